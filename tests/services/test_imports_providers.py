"""The team's own list comes in: columns taken and remembered, rows met with the homes that are there, bad rows named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from placement_tui.bootstrap import Services, open_services
from placement_tui.errors import WrongUse
from tests import builders
from tests.exchange import written_files as files
from tests.services.market_files import agency, counts, facts, held, listed, operations, register, team_list

CARERS = "Carer ref,Carer name,Type,Agency,Postcode,Telephone,Approved ages,Beds,Weekly fee,Sex,Status,Notes"
MOSS = "C1,Moss,In-house,,CH41 5AL,0151 496 0101,0-12,2,,F,On hold,Has a dog"
LOWE = "C2,Lowe,Agency carer,Gull Fostering,CH62 7AA,0151 496 0102,5-17,1,950,Any,Active,"


def test_carers_of_the_council_and_of_an_agency_come_in(services: Services, tmp_path: Path) -> None:
    report = services.imports.providers(team_list(tmp_path, CARERS, MOSS, LOWE))
    assert (counts(report), report.refused, report.written) == ((2, 2, 0, 0), (), True)
    assert [column.field for column in report.mapping][:4] == ["reference", "name", "kind", "provider"]
    assert {column.label for column in report.mapping} > {"the weekly fee", "the postcode"}
    moss, lowe = held(services)["C1"], held(services)["C2"]
    assert facts(moss, "kind", "sector", "sexes", "suspended", "location") == (
        "inhouse",
        "own",
        "F",
        "On hold",
        "postcode",
    )
    assert facts(moss, "age_min", "age_max", "places", "authority", "note") == (0, 12, 2, "E08000015", "Has a dog")
    assert facts(lowe, "kind", "provider", "weekly_pence", "sexes") == ("household", "Gull Fostering", 95_000, None)
    assert "moss" in [match.candidate.name.casefold() for match in services.homes.find("moss all").matches]


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_says_the_same_as_text(services: Services, tmp_path: Path, ending: str) -> None:
    rows = [line.split(",") for line in (CARERS, MOSS, LOWE)]
    write = files.write_xlsx if ending == "xlsx" else files.write_ods
    services.imports.providers(write(tmp_path / f"list.{ending}", {"Carers": rows}))
    before = operations(services)
    again = services.imports.providers(team_list(tmp_path, CARERS, MOSS, LOWE))
    assert counts(again) == (2, 0, 0, 2)
    assert operations(services) == before


def test_empty_cells_erase_nothing_but_any_and_active_say_something(services: Services, tmp_path: Path) -> None:
    services.imports.providers(team_list(tmp_path, CARERS, MOSS))
    before = held(services)["C1"]
    assert counts(services.imports.providers(team_list(tmp_path, CARERS, "C1,Moss,In-house,,,,,,,,,"))) == (1, 0, 0, 1)
    assert held(services)["C1"] == before
    report = services.imports.providers(team_list(tmp_path, CARERS, "C1,Moss,In-house,,,,,,,Any,Active,"))
    assert counts(report) == (1, 0, 1, 0)
    assert facts(held(services)["C1"], "sexes", "suspended", "note") == (None, None, "Has a dog")


@pytest.mark.parametrize(
    ("postcode", "reason"),
    [
        ("CH41 9ZZ", "there is no postcode CH41 9ZZ"),
        ("ZZ99 9ZZ", "not a postcode"),
        ("CH41 5A", "not a postcode"),
        ("CH41 5VV", "not a postcode"),
    ],
)
def test_a_bad_postcode_refuses_the_file_and_names_the_line(
    services: Services, tmp_path: Path, postcode: str, reason: str
) -> None:
    before = operations(services)
    path = team_list(tmp_path, CARERS, MOSS, LOWE.replace("CH62 7AA", postcode))
    report = services.imports.providers(path)
    assert (report.written, counts(report), report.refused_rows) == (False, (2, 0, 0, 0), 1)
    line = report.refused[0]
    assert (line.line, line.column, line.value) == (3, "Postcode", postcode)
    assert reason in line.reason
    assert line.mend
    assert operations(services) == before
    kept = services.imports.providers(path, skip_bad=True)
    assert (kept.written, counts(kept), kept.refused_rows) == (True, (2, 1, 0, 0), 1)
    assert "C1" in held(services)
    assert "C2" not in held(services)


def test_a_withdrawn_postcode_is_refused_with_its_month(services: Services, tmp_path: Path) -> None:
    header = "pcd7,pcd8,pcds,dointr,doterm,lad25cd,east1m,north1m,gridind"
    row = ["CH415AL", "CH41 5AL", "CH41 5AL", "198001", "202306", "E08000015", "332400", "388900", "1"]
    services.imports.postcodes(files.write_csv(tmp_path / "ONSPD.csv", [header.split(","), row]))
    report = services.imports.providers(team_list(tmp_path, CARERS, MOSS))
    assert (report.written, report.refused[0].reason) == (False, "CH41 5AL was withdrawn in June 2023")


def test_where_every_row_is_refused_nothing_is_written_at_all(services: Services, tmp_path: Path) -> None:
    before = operations(services)
    path = team_list(tmp_path, CARERS, MOSS.replace("CH41 5AL", "CH41 9ZZ"))
    assert not services.imports.providers(path, skip_bad=True).written
    assert operations(services) == before


LIST = "Who,Kind,Where,Price"
FIR = "Fir House,Children's home,CH41 5AL,4000"


def test_corrections_are_remembered_for_these_headers(services: Services, store_path: Path, tmp_path: Path) -> None:
    path = team_list(tmp_path, LIST, FIR)
    corrections = {"name": "Who", "postcode": "C", "fee": ""}
    report = services.imports.providers(path, corrections=corrections)
    assert [(each.title, each.field, each.how) for each in report.mapping][:3] == [
        ("Who", "name", "corrected"), ("Kind", "kind", "name"), ("Where", "postcode", "corrected"),
    ]  # fmt: skip
    services.close()
    again = open_services(store_path, None, builders.PASSPHRASE)
    before = operations(again)
    later = again.imports.providers(path)
    assert [(each.title, each.field, each.how) for each in later.mapping] == [
        ("Who", "name", "remembered"), ("Kind", "kind", "remembered"), ("Where", "postcode", "remembered"),
        ("Price", None, "remembered"),
    ]  # fmt: skip
    assert (counts(later), operations(again)) == ((1, 0, 0, 1), before)
    other = again.imports.providers(
        team_list(tmp_path, "Name,Kind,Price", "Fir House,Children's home,4000", name="b.csv")
    )
    assert [each.field for each in other.mapping] == ["name", "kind", "fee"]  # other headers: another memory
    again.close()


def test_a_correction_that_names_no_column_says_which_there_are(services: Services, tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as said:
        services.imports.providers(team_list(tmp_path, CARERS, MOSS), corrections={"fee": "Rate"})
    assert "fee=Rate" in str(said.value)
    assert "Weekly fee" in str(said.value)
    assert ("fee", "the weekly fee") in services.imports.fields


def test_a_home_of_the_register_gets_its_address_by_urn(services: Services, tmp_path: Path) -> None:
    services.imports.register(register(tmp_path, 2025, listed(2025, "9100001", owner="Fir Care Ltd", places=4)))
    total = services.homes.count()
    header = "URN,Home,Type,Address 1,Town,Postcode,Tel"
    row = "9100001,Fir House,Children's home,1 Fir Lane,Birkenhead,CH41 5AL,0151 496 0101"
    report = services.imports.providers(team_list(tmp_path, header, row))
    assert (counts(report), services.homes.count()) == ((1, 0, 1, 0), total)
    home = held(services)["9100001"]
    assert facts(home, "name", "town", "postcode", "provider") == (
        "Fir House",
        "Birkenhead",
        "CH41 5AL",
        "Fir Care Ltd",
    )


def test_two_of_one_name_stay_two_and_a_move_is_no_new_home(services: Services, tmp_path: Path) -> None:
    header, total = "Carer,Type,Postcode", services.homes.count()
    both = team_list(tmp_path, header, "Jones,In-house,CH41 5AL", "Jones,In-house,CH62 7AA")
    assert counts(services.imports.providers(both)) == (2, 2, 0, 0)
    assert counts(services.imports.providers(both)) == (2, 0, 0, 2)
    one = team_list(tmp_path, header, "Evans,In-house,CH41 5AL")
    services.imports.providers(one)
    moved = services.imports.providers(team_list(tmp_path, header, "Evans,In-house,CH62 7AA"))
    assert (counts(moved), services.homes.count()) == ((1, 0, 1, 0), total + 3)


def test_a_reference_is_one_kind_of_home_and_survives_a_new_name(services: Services, tmp_path: Path) -> None:
    header = "Ref,Name,Type"
    services.imports.providers(team_list(tmp_path, header, "1,Moss,In-house"))
    report = services.imports.providers(team_list(tmp_path, header, "1,Moss-Lowe,In-house"))
    assert counts(report) == (1, 0, 1, 0)
    other = services.imports.providers(team_list(tmp_path, header, "1,Fir House,Children's home"))
    assert counts(other) == (1, 1, 0, 0)  # the first of another list


def test_settings_of_supported_accommodation_share_a_urn(services: Services, tmp_path: Path) -> None:
    header = "URN,Name,Provider,Type,Postcode"
    rows = [
        "9100009,Quay House,Next Steps,Supported accommodation,CH41 5AL",
        "9100009,Dock House,Next Steps,Supported accommodation,CH62 7AA",
    ]
    path = team_list(tmp_path, header, *rows)
    assert counts(services.imports.providers(path)) == (2, 2, 0, 0)
    assert counts(services.imports.providers(path)) == (2, 0, 0, 2)
    fewer = services.imports.providers(team_list(tmp_path, header, rows[1]))
    assert counts(fewer) == (1, 0, 0, 1)


def test_an_agency_answers_the_phone_for_its_households(services: Services, tmp_path: Path) -> None:
    services.imports.providers(
        team_list(tmp_path, "Agency,Type,Phone,Tier", "Gull Fostering,IFA,0151 496 0300,Tier 2", name="agencies.csv")
    )
    services.imports.providers(team_list(tmp_path, "Carer,Agency,Type", "Lowe,Gull Fostering,Agency carer"))
    lowe = next(match for match in services.homes.find("lowe all").matches if match.candidate.name == "Lowe")
    assert (lowe.candidate.phone, lowe.candidate.tier) == ("0151 496 0300", 2)


def test_a_grade_without_a_day_gives_way_to_one_with_a_day(services: Services, tmp_path: Path) -> None:
    services.imports.register(
        register(tmp_path, 2025, agency(2025, "9100002", "Gull", grade="Good", on=date(2024, 6, 2)))
    )
    report = services.imports.providers(team_list(tmp_path, "URN,Agency,Type,Ofsted", "9100002,Gull,IFA,Outstanding"))
    home = held(services)["9100002"]
    assert facts(home, "grade", "graded_on", "grades") == ("good", date(2024, 6, 2), [("2024-06-02", "good")])
    assert any("without a date" in note for note in report.notes)
    header = "URN,Agency,Type,Ofsted,Inspection date"
    services.imports.providers(team_list(tmp_path, header, "9100002,Gull,IFA,Outstanding,01/02/2026"))
    assert held(services)["9100002"]["grade"] == "outstanding"
    assert len(held(services)["9100002"]["grades"]) == 2


NAMES = st.sampled_from(
    ["Moss", "moss", "Lowe", "O'Brien", "Ó Súilleabháin", "Smith [/b]", "Gull Fostering", "x" * 190]
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "C1", "C2", "c2", "C3"]), NAMES,
        st.sampled_from(["In-house", "Agency carer", "IFA", "Residential", "SA"]),
        st.sampled_from(["", "Gull Fostering", "gull fostering", "Wirral Council", "LA", "Tern Ltd"]),
        st.sampled_from(["", "CH41 5AL", "ch62 7aa", "L1 8JQ"]), st.sampled_from(["", "M", "Any"]),
        st.sampled_from(["", "Good", "Requires improvement"]),
        st.sampled_from(["", "9100001", "9100002"]),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROWS, then=ROWS)
def test_any_list_imported_again_changes_nothing(
    services: Services,
    tmp_path: Path,
    first: list[tuple[str, ...]],
    then: list[tuple[str, ...]],
) -> None:
    header = ["Ref", "Name", "Type", "Agency", "Postcode", "Sex", "Ofsted", "URN"]
    begun, written = held(services), 0
    try:
        for rows in (first, then):
            table = [header, *([*row[:6], "" if row[2] == "SA" else row[6], row[7]] for row in rows)]
            path = files.write_csv(tmp_path / "list.csv", table)
            before = operations(services)
            done = services.imports.providers(path, skip_bad=True)
            written += operations(services) > before
            kept = done.read - done.refused_rows
            assert done.added + done.changed + done.unchanged == kept
            before = operations(services)
            again = services.imports.providers(path, skip_bad=True)
            assert counts(again) == (done.read, 0, 0, kept)
            assert operations(services) == before
    finally:
        for _ in range(written):
            services.history.undo()
        assert held(services) == begun
