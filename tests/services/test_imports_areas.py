"""Reference files and postcodes come in: homes are put where they are known to be, and never to the metre by guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import settings as changes
from placement_tui.domain import settings as names
from placement_tui.domain.homes import Wanted
from placement_tui.errors import BadFile, Refused, WrongUse
from tests import builders
from tests.exchange import written_files as files
from tests.services.market_files import (
    AUTHORITIES,
    SEATS,
    agency,
    areas,
    counts,
    facts,
    held,
    listed,
    operations,
    register,
    team_list,
)


def put(services: Services, name: str, value: object) -> None:
    with services.desk.write("change a setting") as session:
        changes.put(session, name, value)
    services.desk.refresh()


def test_areas_come_in_any_order_and_a_second_run_writes_nothing(services: Services, tmp_path: Path) -> None:
    paths = areas(tmp_path)
    report = services.imports.areas(paths)
    assert (counts(report), report.written) == ((8, 8, 0, 0), True)
    before = operations(services)
    again = services.imports.areas(list(reversed(paths)))
    assert (counts(again), operations(services)) == ((8, 0, 0, 8), before)
    for path in paths:
        assert counts(services.imports.areas([path]))[1:3] == (0, 0)
    assert operations(services) == before


def test_neighbours_are_taken_unless_somebody_chose_others(services: Services, tmp_path: Path) -> None:
    paths = areas(tmp_path)
    services.imports.areas(paths)
    assert services.desk.adjoining == {"E06000050"}
    closer = [line.replace("-3.08,896", "-3.08,896|341") for line in AUTHORITIES]
    path = files.write_csv(tmp_path / "authorities.csv", [line.split(",") for line in closer])
    assert counts(services.imports.areas([path])) == (4, 0, 1, 3)
    assert services.desk.adjoining == {"E06000050", "E08000012"}
    put(services, names.ADJOINING, ["E08000012"])
    report = services.imports.areas(paths)
    assert services.desk.adjoining == {"E08000012"}
    assert any("chosen by hand" in note for note in report.notes)


def test_the_council_gets_its_name_where_it_had_only_a_code(tmp_path: Path) -> None:
    services = builders.team(tmp_path / "own.db")
    put(services, names.AUTHORITY_NAME, "E08000015")
    services.imports.providers(team_list(tmp_path, "Ref,Carer,Type", "C1,Moss,In-house"))
    services.imports.areas(areas(tmp_path))
    assert services.desk.authority_name == "Wirral"
    assert facts(held(services)["C1"], "provider", "sector") == ("Wirral", "own")
    put(services, names.AUTHORITY_NAME, "Wirral Council")
    services.imports.areas(areas(tmp_path))
    assert services.desk.authority_name == "Wirral Council"
    services.close()


def test_homes_without_an_address_are_placed_about_where_their_constituency_is(
    services: Services, tmp_path: Path
) -> None:
    rows = [
        listed(2025, "9100001", owner="Fir Ltd", seat="Birkenhead"),
        listed(2025, "9100002", owner="Elm Ltd", seat="Old Seat", **{"Local authority": "Liverpool"}),
        listed(2025, "9100003", owner="Ash Ltd", seat="Old Seat", **{"Local authority": "Elmet"}),
    ]
    path = register(tmp_path, 2025, *rows)
    report = services.imports.register(path)
    assert any(note.startswith("3 homes without a public address") and "import la" in note for note in report.notes)
    assert {held(services)[urn]["location"] for urn in ("9100001", "9100002", "9100003")} == {None}
    placed = services.imports.areas(areas(tmp_path))
    assert "Placed, or put into their authority: 2 homes." in placed.notes
    store = held(services)
    assert facts(store["9100001"], "location", "latitude", "authority") == ("approximate", 53.383, "E08000015")
    assert facts(store["9100002"], "location", "latitude", "authority") == ("approximate", 53.41, "E08000012")
    assert facts(store["9100003"], "location", "authority") == (None, None)
    before = operations(services)
    assert counts(services.imports.register(path)) == (3, 0, 0, 3)  # the register would have said the same
    assert operations(services) == before


def test_an_approximate_place_gives_no_statutory_distance(services: Services, tmp_path: Path) -> None:
    services.imports.areas(areas(tmp_path))
    services.imports.register(register(tmp_path, 2025, listed(2025, "9100001", owner="Fir Ltd", seat="Birkenhead")))
    origin = services.desk.position_of("CH62 7AA")
    match = services.homes.find("fir ltd all", Wanted(origin=origin, authority="E08000015")).matches[0]
    assert not match.candidate.position.on_grid
    assert (match.approximate, match.in_area) == (True, True)
    assert match.miles is not None


def test_a_known_address_is_never_made_approximate_again(services: Services, tmp_path: Path) -> None:
    services.imports.areas(areas(tmp_path))
    market = register(tmp_path, 2025, listed(2025, "9100001", owner="Fir Ltd", seat="Birkenhead"))
    services.imports.register(market)
    services.imports.providers(team_list(tmp_path, "URN,Home,Type,Postcode", "9100001,Fir House,Residential,CH62 7AA"))
    before = held(services)["9100001"]
    assert before["location"] == "postcode"
    services.imports.register(register(tmp_path, 2023, listed(2023, "9100001", owner="Fir Ltd", seat="Birkenhead")))
    services.imports.register(market)
    services.imports.areas(areas(tmp_path))
    assert facts(held(services)["9100001"], "postcode", "easting", "location") == facts(
        before, "postcode", "easting", "location"
    )


def test_the_upper_tier_is_known_after_the_districts(services: Services, tmp_path: Path) -> None:
    services.imports.register(register(tmp_path, 2025, agency(2025, "9100002", "Tern Fostering", Postcode="LA1 1YN")))
    assert facts(held(services)["9100002"], "location", "authority") == ("postcode", None)
    services.imports.areas(areas(tmp_path))
    assert held(services)["9100002"]["authority"] == "E10000017"
    assert services.desk.place_of("LA1 1YN").authority == "E10000017"


def test_an_older_code_of_the_council_becomes_that_of_today(services: Services, tmp_path: Path) -> None:
    renamed = [line.replace("E08000015,,344", "E08000099,E08000015,344") for line in AUTHORITIES]
    path = files.write_csv(tmp_path / "authorities.csv", [line.split(",") for line in renamed])
    report = services.imports.areas([path])
    assert services.desk.authority == "E08000099"
    assert services.desk.place_of("CH41 5AL").authority == "E08000099"
    assert {home["authority"] for home in held(services).values()} == {"E08000099"}
    assert any("E08000099" in note for note in report.notes)


def test_the_councils_homes_are_gathered_when_its_names_become_known(tmp_path: Path) -> None:
    services = builders.team(tmp_path / "own.db")
    put(services, names.AUTHORITY_NAME, "E08000015")
    row = listed(2025, "9100001", owner="Metropolitan Borough of Wirral", Sector="Local Authority")
    path = register(tmp_path, 2025, row)
    services.imports.register(path)
    assert held(services)["9100001"]["sector"] == "local_authority"
    services.imports.areas(areas(tmp_path))
    assert facts(held(services)["9100001"], "provider", "sector") == ("Wirral", "own")
    before = operations(services)
    assert counts(services.imports.register(path)) == (1, 0, 0, 1)
    assert operations(services) == before
    services.close()


def test_a_bad_line_of_one_file_refuses_all_of_them(services: Services, tmp_path: Path) -> None:
    paths = areas(tmp_path)
    files.write_csv(paths[0], [line.split(",") for line in (*SEATS, SEATS[1].replace("331000", "east"))])
    before = operations(services)
    report = services.imports.areas(paths)
    assert (report.written, report.refused[0].line, report.refused[0].column) == (False, 4, "easting")
    assert operations(services) == before
    with pytest.raises(BadFile, match="not a reference file"):
        services.imports.areas([team_list(tmp_path, "Name,Kind", "Fir House,res")])
    with pytest.raises(WrongUse, match="No file is named"):
        services.imports.areas([])


def test_one_undo_takes_back_the_areas_and_who_adjoins(services: Services, tmp_path: Path) -> None:
    before = services.desk.adjoining
    services.imports.areas(areas(tmp_path))
    services.desk.refresh()
    assert services.desk.adjoining != before
    services.history.undo()
    services.desk.refresh()
    assert services.desk.adjoining == before


CODE_POINT = "CH41 9ZZ,10,332400,388900,E92000001,E19000001,E18000002,,E08000015,E05000969"


def test_a_new_postcode_is_known_after_its_file_and_homes_are_placed(services: Services, tmp_path: Path) -> None:
    services.imports.register(register(tmp_path, 2025, agency(2025, "9100002", "Gull", Postcode="CH41 9ZZ")))
    assert facts(held(services)["9100002"], "postcode", "location") == ("CH41 9ZZ", None)
    path = files.write_csv(tmp_path / "ch.csv", [CODE_POINT.split(",")])
    report = services.imports.postcodes(path)
    assert (counts(report), report.written) == ((1, 1, 0, 0), True)
    assert "Placed: 1 home." in report.notes
    assert facts(held(services)["9100002"], "location", "easting", "authority") == ("postcode", 332400, "E08000015")
    assert services.desk.place_of("CH41 9ZZ").easting == 332400
    before = operations(services)
    assert counts(services.imports.postcodes(path)) == (1, 0, 0, 1)
    assert operations(services) == before
    newer = files.write_csv(tmp_path / "ch.csv", [CODE_POINT.replace("332400", "332500").split(",")])
    assert counts(services.imports.postcodes(newer)) == (1, 0, 1, 0)


def test_a_wrong_postcode_file_keeps_nothing(services: Services, tmp_path: Path) -> None:
    folder = services.desk.store.path.parent / "postcodes"
    bad = files.write_csv(
        tmp_path / "ch.csv", [CODE_POINT.split(","), CODE_POINT.replace("388900", "north").split(",")]
    )
    with pytest.raises(BadFile, match="cannot be read"):
        services.imports.postcodes(bad)
    assert not list(folder.glob("*"))
    builders.as_role(services, "viewer")
    with pytest.raises(Refused, match="may not change anything"):
        services.imports.postcodes(files.write_csv(tmp_path / "ch.csv", [CODE_POINT.split(",")]))
    assert not list(folder.glob("*"))
