"""The public register comes in: every layout, every order of years, and never half of a file."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement_tui.bootstrap import Services
from placement_tui.errors import BadFile, Refused
from tests import builders
from tests.services.market_files import (
    HEADERS,
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

OLD, NEW = date(2018, 5, 1), date(2024, 6, 2)


@pytest.mark.parametrize(("year", "ods"), [(2015, False), (2019, False), (2023, False), (2025, False), (2025, True)])
def test_each_layout_brings_its_homes(services: Services, tmp_path: Path, year: int, ods: bool) -> None:
    home = listed(year, "9100001", owner="Fir Tree Care Ltd", grade="Good", on=OLD, places=4)
    report = services.imports.register(
        register(tmp_path, year, home, agency(year, "9100002", "Gull Fostering"), ods=ods)
    )
    assert counts(report) == (2, 2, 0, 0)
    assert report.written
    store = held(services)
    owner = "Owner not known" if year == 2015 else "Fir Tree Care Ltd"
    assert facts(store["9100001"], "kind", "name", "provider", "grade", "graded_on") == ("res", "", owner, "good", OLD)
    assert store["9100001"]["places"] == (None if year == 2015 else 4)
    expected = ("agency", "Gull Fostering", "CH41 5AL", "postcode", "E08000015")
    assert facts(store["9100002"], "kind", "name", "postcode", "location", "authority") == expected
    assert store["9100002"]["listed_on"] == date(year, 3, 31)


def test_a_redacted_home_is_shown_by_its_owner(services: Services, tmp_path: Path) -> None:
    services.imports.register(register(tmp_path, 2025, listed(2025, "9100001", owner="Fir Tree Care Ltd")))
    match = services.homes.find("fir tree all").matches[0]
    assert match.candidate.name == "Fir Tree Care Ltd"
    page = services.homes.page(match.candidate.id)
    assert (page.address, page.postcode, page.candidate.town) == ("", None, "")


def test_a_second_run_writes_nothing(services: Services, tmp_path: Path) -> None:
    path = register(tmp_path, 2025, listed(2025, "9100001", grade="Good", on=OLD), agency(2025, "9100002", "Gull"))
    services.imports.register(path)
    before = operations(services)
    again = services.imports.register(path)
    assert counts(again) == (2, 0, 0, 2)
    assert again.written
    assert operations(services) == before


def test_a_later_year_changes_the_same_homes_and_keeps_their_grades(services: Services, tmp_path: Path) -> None:
    services.imports.register(
        register(tmp_path, 2023, listed(2023, "9100001", owner="Fir Ltd", grade="Good", on=OLD, places=4))
    )
    report = services.imports.register(
        register(tmp_path, 2025, listed(2025, "9100001", owner="Oak Ltd", grade="Inadequate", on=NEW, places=5))
    )
    assert counts(report) == (1, 0, 1, 0)
    home = held(services)["9100001"]
    assert facts(home, "provider", "places", "grade", "graded_on") == ("Oak Ltd", 5, "inadequate", NEW)
    assert home["grades"] == [("2018-05-01", "good"), ("2024-06-02", "inadequate")]
    match = services.homes.find("oak ltd all").matches[0]
    assert [grade for _, grade, _ in services.homes.page(match.candidate.id).grades] == ["inadequate", "good"]


def years(folder: Path) -> dict[int, Path]:
    """Three years of which each has a home of its own, one stays throughout, and one comes back."""
    rows = {
        2019: [
            listed(2019, "9100001", owner="Fir Ltd", grade="Good", on=OLD, places=4, seat="Birkenhead"),
            listed(2019, "9100002", owner="Elm Ltd", grade="Outstanding", on=OLD),
            listed(2019, "9100003", owner="Ash Ltd", seat="Birkenhead"),
        ],
        2023: [
            listed(2023, "9100001", owner="Oak Ltd", grade="Requires improvement", on=date(2022, 1, 9), places=5),
            listed(2023, "9100004", owner="Ivy Ltd", grade="Good", on=date(2022, 3, 3)),
        ],
        2025: [
            listed(2025, "9100001", owner="Oak Ltd", grade="Inadequate", on=NEW, places=6),
            listed(2025, "9100003", owner="Ash Ltd", grade="Good", on=NEW),
            agency(2025, "9100005", "Gull Fostering"),
        ],
    }
    return {year: register(folder, year, *rows[year]) for year in rows}


@pytest.mark.parametrize("order", list(permutations((2019, 2023, 2025))))
def test_the_order_of_the_years_makes_no_difference(services: Services, tmp_path: Path, order: tuple[int, ...]) -> None:
    services.imports.areas(areas(tmp_path))
    files = years(tmp_path)
    for year in order:
        services.imports.register(files[year])
    store = held(services)
    assert facts(store["9100001"], "provider", "grade", "graded_on", "places") == ("Oak Ltd", "inadequate", NEW, 6)
    assert [day for day, _ in store["9100001"]["grades"]] == ["2018-05-01", "2022-01-09", "2024-06-02"]
    assert facts(store["9100002"], "registered", "registration_status") == (
        False,
        "not in the register of 31 March 2023",
    )
    assert facts(store["9100004"], "registered", "registration_status") == (
        False,
        "not in the register of 31 March 2025",
    )
    assert facts(store["9100003"], "registered", "registration_status", "grade") == (True, "Active", "good")
    assert [store[urn]["listed_on"].year for urn in sorted(store) if urn.startswith("91")] == [
        2025,
        2019,
        2025,
        2023,
        2025,
    ]
    before = operations(services)
    for year in order:
        assert counts(services.imports.register(files[year]))[1:3] == (0, 0)
    assert operations(services) == before


def test_homes_that_left_the_register_are_counted_and_not_asked(services: Services, tmp_path: Path) -> None:
    files = years(tmp_path)
    services.imports.register(files[2019])
    report = services.imports.register(files[2023])
    assert (report.closed, counts(report)) == (2, (2, 1, 1, 0))
    assert "2 closed" in report.words
    assert services.homes.find("elm ltd").blocked == (("registration", 1),)
    back = services.imports.register(files[2025])
    assert back.closed == 1  # 9100004; 9100003 is there again
    assert [match.candidate.urn for match in services.homes.find("ash ltd").matches] == ["9100003"]


def test_homes_of_the_team_alone_are_never_closed(services: Services, tmp_path: Path) -> None:
    before = {urn: home for urn, home in held(services).items() if urn.startswith("90")}
    files = years(tmp_path)
    services.imports.register(files[2019])
    services.imports.register(files[2025])
    assert {urn: home for urn, home in held(services).items() if urn.startswith("90")} == before


def test_an_extract_closes_nothing_and_says_so(services: Services, tmp_path: Path) -> None:
    services.imports.register(register(tmp_path, 2023, *(listed(2023, f"91{n:05}") for n in range(120))))
    report = services.imports.register(register(tmp_path, 2025, *(listed(2025, f"91{n:05}") for n in range(20))))
    assert report.closed == 0
    assert any(note.startswith("100 of 120 homes listed before are not in this file") for note in report.notes)
    assert all(home["registered"] for home in held(services).values())


def test_a_urn_that_stands_twice_refuses_the_whole_file(services: Services, tmp_path: Path) -> None:
    before, store = operations(services), held(services)
    path = register(tmp_path, 2025, listed(2025, "9100001"), listed(2025, "9100002"), listed(2025, "9100001"))
    report = services.imports.register(path)
    assert (report.written, counts(report), report.refused_rows) == (False, (3, 0, 0, 0), 1)
    assert str(report.refused[0]).startswith("line 7, URN '9100001': this URN stands on line 5 already. Keep one")
    assert (operations(services), held(services)) == (before, store)


def test_an_impossible_date_and_a_wrong_file_write_nothing(services: Services, tmp_path: Path) -> None:
    before = operations(services)
    row = listed(2025, "9100001", grade="Good", on=NEW)
    row[row.index("02/06/2024")] = "31/02/2024"
    report = services.imports.register(register(tmp_path, 2025, row))
    assert (report.written, report.refused[0].reason) == (False, "the calendar has no such day")
    with pytest.raises(BadFile, match="not a provider register"):
        services.imports.register(team_list(tmp_path, "Name,Kind", "Fir House,res"))
    assert operations(services) == before


def test_a_trial_writes_nothing_and_counts_the_same(services: Services, tmp_path: Path) -> None:
    path = register(tmp_path, 2025, listed(2025, "9100001"), agency(2025, "9100002", "Gull"))
    before = operations(services)
    trial = services.imports.register(path, dry=True)
    assert (trial.written, operations(services)) == (False, before)
    done = services.imports.register(path)
    assert (counts(trial), trial.notes) == (counts(done), done.notes)


def test_a_viewer_may_try_but_not_import(services: Services, tmp_path: Path) -> None:
    builders.as_role(services, "viewer")
    path = register(tmp_path, 2025, listed(2025, "9100001"))
    assert services.imports.register(path, dry=True).added == 1
    with pytest.raises(Refused, match="may not change anything"):
        services.imports.register(path)


def test_a_register_without_a_day_is_taken_for_that_of_its_latest_inspection(
    services: Services, tmp_path: Path
) -> None:
    report = services.imports.register(
        register(tmp_path, 2023, listed(2023, "9100001", grade="Good", on=OLD), day=False)
    )
    assert held(services)["9100001"]["listed_on"] == OLD
    assert any("1 May 2018" in note for note in report.notes)


def test_the_councils_own_homes_are_its_own(services: Services, tmp_path: Path) -> None:
    services.imports.areas(areas(tmp_path))
    own, trust, near = (
        listed(2025, urn, owner=owner, Sector="Local Authority", **{"Local authority": where})
        for urn, owner, where in (
            ("9100001", "Metropolitan Borough of Wirral", "Wirral"),
            ("9100002", "Together for Wirral's Children", "Wirral"),
            ("9100003", "Liverpool City Council", "Wirral"),
        )
    )
    services.imports.register(register(tmp_path, 2025, own, trust, near))
    store = held(services)
    assert facts(store["9100001"], "sector") == facts(store["9100002"], "sector") == ("own",)
    assert facts(store["9100003"], "provider", "sector") == ("Liverpool City Council", "local_authority")


def test_what_the_teams_list_says_stands_and_both_files_come_to_rest(services: Services, tmp_path: Path) -> None:
    market = register(
        tmp_path, 2025, listed(2025, "9100001", owner="Fir Ltd", places=4, grade="Good", on=OLD, seat="Birkenhead"),
        agency(2025, "9100002", "Gull Fostering Ltd"),
    )  # fmt: skip
    ours = team_list(
        tmp_path, "URN,Home,Type,Postcode,Beds,Phone",
        "9100001,Fir House,Residential,CH41 5AL,3,0151 496 0101", "9100002,Gull,IFA,,,0151 496 0102",
    )  # fmt: skip
    services.imports.register(market)
    assert counts(services.imports.providers(ours)) == (2, 0, 2, 0)
    before = operations(services)
    for report in (services.imports.register(market), services.imports.providers(ours)):
        assert counts(report) == (2, 0, 0, 2)
    assert operations(services) == before
    store = held(services)
    assert facts(store["9100001"], "name", "places", "postcode", "location", "provider") == (
        "Fir House", 3, "CH41 5AL", "postcode", "Fir Ltd",
    )  # fmt: skip
    assert facts(store["9100001"], "grade", "constituency", "provision_type") == (
        "good",
        "Birkenhead",
        "Children's home",
    )
    assert facts(store["9100002"], "name", "phone", "places") == ("Gull", "0151 496 0102", None)


def test_the_list_first_and_the_register_later_give_the_same_home(services: Services, tmp_path: Path) -> None:
    ours = team_list(tmp_path, "URN,Home,Type,Agency", "9100001,Fir House,Residential,Fir Ltd")
    services.imports.providers(ours)
    report = services.imports.register(
        register(tmp_path, 2025, listed(2025, "9100001", owner="Fir Holdings", places=4))
    )
    assert counts(report) == (1, 0, 1, 0)
    assert facts(held(services)["9100001"], "name", "provider", "places") == ("Fir House", "Fir Ltd", 4)


def test_progress_goes_up_to_the_end(services: Services, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    path = register(tmp_path, 2025, *(agency(2025, f"91{n:05}", f"Agency {n}") for n in range(300)))
    services.imports.register(path, progress=lambda done, total: heard.append((done, total)))
    assert {total for _, total in heard} == {300}
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1] == (300, 300)


GRADES = st.sampled_from(["", "Good", "Outstanding", "Adequate", "Inadequate", "Not judged"])
HOMES = st.lists(
    st.tuples(
        st.integers(9_100_000, 9_100_009), GRADES, st.dates(date(2010, 1, 1), date(2014, 12, 31)),
        st.sampled_from(["", "REDACTED", "Fir Ltd", "fir  ltd.", "Ó Súilleabháin & Co", "Smith [/b]", "Wirral Council"]),
        st.sampled_from(["Private", "Local Authority", "Voluntary", ""]), st.integers(0, 20),
    ),
    unique_by=lambda row: row[0], max_size=8,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=HOMES, then=HOMES, one=st.sampled_from(sorted(HEADERS)), other=st.sampled_from(sorted(HEADERS)))
def test_any_register_imported_again_changes_nothing_and_is_undone_whole(
    services: Services,
    tmp_path: Path,
    first: list[tuple[int, str, date, str, str, int]],
    then: list[tuple[int, str, date, str, str, int]],
    one: int,
    other: int,
) -> None:
    begun, written = held(services), 0
    try:
        for year, homes in ((one, first), (other, then)):
            rows = [
                listed(year, str(urn), grade=grade, on=day, owner=owner, Sector=sector, places=places)
                for urn, grade, day, owner, sector, places in homes
            ]
            path = register(tmp_path, year, *rows)
            before = operations(services)
            done = services.imports.register(path)
            assert done.read == done.added + done.changed + done.unchanged == len(homes)
            written += operations(services) > before
            before = operations(services)
            assert counts(services.imports.register(path)) == (len(homes), 0, 0, len(homes))
            assert operations(services) == before
    finally:
        for _ in range(written):
            services.history.undo()
        assert held(services) == begun
