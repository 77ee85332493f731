"""The Placements North West census: its own words exactly, what is missing told with the command, nothing guessed."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Child, Deprivation, Missing, Placement
from placement_tui.domain.census import FORMS, CensusPage
from placement_tui.domain.census_typed import Said
from placement_tui.domain.codes import CodeSet, census
from placement_tui.errors import Invalid, NotFound, Refused, WrongUse
from tests import builders

# The region's form of 2025, from its published schema; the strings are what its drop-down lists hold.
SOURCED = """NW Contract - Supported Accommodation DPS or previous
NW Contract - Residential FPS or previous
NW Contract - Fostering FPS or previous
NW Contract - SEND FPS
Sub Regional Contract - LCR PPA
Sub Regional Contract - Other
Direct Award / Off Framework
Local Contract or Framework
Block Contract - Local
Block Contract - Collaborative
GM RCC Flexi Block
Remand
Secure Welfare Hub"""
TYPES = """Fostering - Mainstream
Fostering - Enhanced
Fostering - Parent and child
Fostering - Short breaks
Residential - Mainstream
Residential - With Education
Residential - Parent and Child
Residential - 38 week Residential School/College
Residential - 52 week Residential School/College
Supported Accommodation - Category 1: Self contained solo accommodation
Supported Accommodation - Category 2: Shared or group living for LAC and care leavers
Supported Accommodation - Category 3: Shared or group living not limited to LAC or care leavers
Supported Accommodation - Category 4: Supported Lodgings
Secure Welfare
Student accommodation
Unregistered (where it should be registered)
Youth Offending Institution
Remand
CQC"""
REASONS = """CYP/Parental preference
Safeguarding requirement
Provision within distance exists but is not available
Provision within distance does not exist
Carer moving out of area
Legal reasons
Not applicable"""
REASONS_2022 = """Placement available locally but provider refused due to need
Placement available locally but provider refused due to matching
Requirement for DOLS or LPS placement
Requirement for specialist SEND provision
Requirement for other specialist provision
Requirement to place quickly
Requirement to place at distance (eg CSE/CCE/Parental choice/move to near family or support)
No placement available locally
Other (please specify)
Unknown
Not applicable"""
SOLO = """Yes, and is in a solo placement
Yes, but is not in a solo placement
No, but is in a solo placement
No, and is not in a solo placement"""
REGISTERED = "Ofsted\nCQC only\nUnregistered\nCare Inspectorate Scotland\nCare Inspectorate Wales"
REGISTERED_2022 = "Ofsted\nCQC\nUnregistered\nCare Inspectorate Scotland\nCare Inspectorate Wales\nUnknown"
LIBERTY = "DoLS (current)\nDoLS (previous)\nNo"
LOOKED_AFTER = "Looked after child (under 18)\nPost 18 (CSC placement)"
GENDERS = "Male (including trans male)\nFemale (including trans female)\nNon-binary\nOther"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (census.ROUTES, SOURCED), (census.TYPES_OF_PROVISION, TYPES), (census.DISTANCE_REASONS, REASONS),
        (census.DISTANCE_REASONS_2022, REASONS_2022), (census.SOLO, SOLO), (census.REGISTRATIONS, REGISTERED),
        (census.REGISTRATIONS_2022, REGISTERED_2022), (census.LIBERTY, LIBERTY), (census.LOOKED_AFTER, LOOKED_AFTER),
        (census.GENDERS, GENDERS), (census.YES_NO, "Yes\nNo"), (census.UASC, "Yes\nNo\nNot yet established\nUnknown"),
    ],
    ids=lambda each: each.name if isinstance(each, CodeSet) else "",
)  # fmt: skip
def test_the_vocabularies_are_the_region_s_to_the_letter(said: CodeSet[Any], words: str) -> None:
    assert [each.label for each in said] == words.split("\n")


def test_there_are_twenty_ethnic_groups() -> None:
    assert len(census.ETHNIC_GROUPS) == 20
    assert census.ETHNIC_GROUPS["WBRI"].label == "English, Welsh, Scottish, Northern Irish or British (White)"


def change(services: Services, key: UUID, **fields: Any) -> None:
    with services.desk.write("correct") as session:
        rows.change(session, Placement, key, fields)


def child_of(services: Services, placement: UUID) -> UUID:
    return services.placements.get(placement).child_id


def cell(page: CensusPage, column: str, row: int = 0) -> str:
    return page.rows[row].cells[page.columns.index(column)]


def lacking(page: CensusPage) -> set[str]:
    return {lack.column for lack in page.lacks}


def whole(services: Services) -> UUID:
    """A placement of which everything is said."""
    key = builders.placed(services)
    services.census.say(
        "W-10234",
        Said("lcr_ppa", "foster_mainstream", None, False, False, False, 70_000, 5_000, 0, "WBRI"),
    )
    return key


def test_a_row_says_all_that_is_known_in_the_form_s_words(services: Services) -> None:
    key = whole(services)
    change(services, key, in_area=True, miles=3.2)
    page = services.census.page()
    assert page.lacks == ()
    said = dict(zip(page.columns, page.rows[0].cells, strict=True))
    assert {
        name: said[name] for name in said if name not in ("Organisation", "Placement start date", "Legal status")
    } == {
        "Looked after child?": "Looked after child (under 18)",
        "Placing Authority": "Wirral",
        "Identifier": "W-10234",
        "Age": "14",
        "Gender": "Male (including trans male)",
        "Ethnic Group": "English, Welsh, Scottish, Northern Irish or British (White)",
        "How the placement was sourced": "Sub Regional Contract - LCR PPA",
        "Provider Company number": "",
        "Provider Ofsted (or equivalent) URN": "9000000",
        "Establishment": "foster carer",
        "Primary registration type": "Ofsted",
        "Establishment URN": "",
        "Placing at Distance Reason": "Not applicable",
        "Type of provision": "Fostering - Mainstream",
        "UASC": "No",
        "Total weekly cost": "750.00",
        "Contribution from Social Care": "700.00",
        "Contribution from Education": "50.00",
        "Contribution from Health": "0.00",
        "Does this placement cost include additional packages?": "No",
        "Deprivation of Liberty Safeguards in place?": "No",
        "Does this CYP require a solo placement?": "No, and is not in a solo placement",
        "In area": "In",
        "Distance from home (miles)": "3.2",
        "EHCP or SEN noted": "",
        "Missing episodes in 12 months": "0",
        "Placements in 12 months": "1",
    }


def test_what_is_missing_is_told_with_the_command_that_says_it(services: Services) -> None:
    key = builders.placed(services)
    change(services, key, in_area=False, route=None, provision=None, care_pence=0, education_pence=0, health_pence=0)
    page = services.census.page()
    assert lacking(page) == {
        "Ethnic Group", "How the placement was sourced", "Placing at Distance Reason", "Type of provision",
        "Total weekly cost", "Does this placement cost include additional packages?",
        "Does this CYP require a solo placement?",
    }  # fmt: skip
    assert all(lack.mend.startswith("placement log census W-10234 --") for lack in page.lacks)
    assert cell(page, "Type of provision") == ""


def test_a_word_of_another_year_is_told_and_never_put_in(services: Services) -> None:
    whole(services)
    services.census.say("W-10234", Said(distance_reason="refused_need"))
    assert lacking(services.census.page()) == {"Placing at Distance Reason"}
    assert "refused_need" in services.census.page().lacks[0].text
    page = services.census.page(year=2022)
    assert (
        cell(page, "Primary Placing at Distance Reason")
        == "Placement available locally but provider refused due to need"
    )
    assert lacking(page) == {"Type of provision"}  # 2022 cut mainstream fostering otherwise: only a person can say


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ethnicity": "REFU"}, "Unknown"),
        ({"ethnicity": "WIRT"}, "Gypsy or Irish Traveller (White)"),
        ({"ethnicity": "WROM"}, ""),
    ],
)
def test_an_ethnic_group_is_translated_only_where_it_means_one(
    services: Services, fields: dict[str, Any], said: str
) -> None:
    key = whole(services)
    with services.desk.write("correct") as session:
        rows.change(session, Child, child_of(services, key), fields)
    assert cell(services.census.page(), "Ethnic Group") == said


def test_liberty_missing_and_earlier_placements_are_counted_on_the_day(services: Services) -> None:
    key, today = whole(services), services.desk.today
    child = child_of(services, key)
    with services.desk.write("order") as session:
        session.add(
            Deprivation(
                child_id=child,
                order_on=today - timedelta(days=30),
                ends_on=today - timedelta(days=2),
                logged_at=services.desk.now,
            )
        )
        session.add(Missing(child_id=child, from_on=today - timedelta(days=10), until_on=today - timedelta(days=9)))
        session.add(Missing(child_id=child, from_on=today - timedelta(days=900), until_on=today - timedelta(days=899)))
    page = services.census.page()
    assert cell(page, "Deprivation of Liberty Safeguards in place?") == "DoLS (previous)"
    assert cell(page, "Missing episodes in 12 months") == "1"


def test_only_placements_open_on_the_day_are_counted(services: Services) -> None:
    key, today = whole(services), services.desk.today
    change(services, key, started_at=services.desk.now - timedelta(days=40), ended_on=today - timedelta(days=5))
    assert services.census.page().rows == ()
    assert len(services.census.page(today - timedelta(days=10)).rows) == 1
    assert services.census.page(today - timedelta(days=60)).rows == ()
    with pytest.raises(Invalid, match="to come"):
        services.census.page(today + timedelta(days=1))
    with pytest.raises(Invalid, match="no form of 2019"):
        services.census.page(year=2019)


def test_an_unregistered_home_says_so(services: Services) -> None:
    key = whole(services)
    change(services, key, provision="unregistered")
    assert cell(services.census.page(), "Primary registration type") == "Unregistered"


def test_our_own_carers_are_left_out_where_only_the_commissioned_are_asked_for(services: Services) -> None:
    key = whole(services)
    home = services.homes.find("inhouse").matches[0].candidate.id
    change(services, key, home_id=home, route=None)
    page = services.census.page()
    assert "How the placement was sourced" not in lacking(page)
    assert "our own carers" in page.notes[0]
    assert services.census.page(commissioned=True).rows == ()


def test_the_file_is_private_whole_and_written_over_nothing(services: Services, tmp_path: Path) -> None:
    whole(services)
    for name in ("c.csv", "c.xlsx"):
        page, words = services.census.export(tmp_path / name)
        assert "1 placements open on" in words
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
        with pytest.raises(Refused, match="already"):
            services.census.export(tmp_path / name)
    with pytest.raises(WrongUse):
        services.census.export(tmp_path / "c.pdf")
    header, line = csv.reader(io.StringIO((tmp_path / "c.csv").read_text("utf-8-sig")))
    assert header == [column for column, _ in FORMS[2025]]
    assert line == list(page.rows[0].cells)
    sheet = load_workbook(tmp_path / "c.xlsx")["Census 2025"]
    assert [each.value for each in sheet[1]] == header
    assert sheet.cell(2, header.index("Total weekly cost") + 1).value == 750
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(("c.", ".c"))) == ["c.csv", "c.xlsx"]
    assert any(row.command == "view census" for row in services.audit.find(kind="view"))


def test_a_carer_s_name_and_a_formula_do_not_get_out(services: Services, tmp_path: Path) -> None:
    key = whole(services)
    with services.desk.write("correct") as session:
        rows.change(session, Child, child_of(services, key), {"identifier": "=1+1"})
    page, _ = services.census.export(tmp_path / "c.csv")
    assert services.placements.get(key).name not in cell(page, "Establishment")
    assert "'=1+1" in (tmp_path / "c.csv").read_text("utf-8-sig")


def test_what_is_said_is_a_code_of_its_set_and_undone_as_one(services: Services) -> None:
    whole(services)
    with pytest.raises(Invalid):
        services.census.say("W-10234", Said(route="spot"))
    with pytest.raises(Invalid, match="Nothing is said"):
        services.census.say("W-10234", Said())
    with pytest.raises(NotFound):
        services.census.say("W-9", Said(package=True))
    services.census.say("W-10234", Said(package=True, ethnicity="APKN"))
    services.history.undo()
    page = services.census.page()
    assert cell(page, "Does this placement cost include additional packages?") == "No"
    assert cell(page, "Ethnic Group").startswith("English")


def test_a_viewer_may_look_and_say_nothing(services: Services) -> None:
    whole(services)
    builders.as_role(services, "viewer")
    assert services.census.page().rows
    with pytest.raises(Refused):
        services.census.say("W-10234", Said(package=True))


def test_a_birthday_counts_on_the_day(services: Services) -> None:
    key = whole(services)
    today = services.desk.today
    with services.desk.write("correct") as session:
        rows.change(
            session,
            Child,
            child_of(services, key),
            {"born_on": date(today.year - 18, today.month, min(today.day, 28)), "age_said": None},
        )
    assert cell(services.census.page(), "Looked after child?") == "Post 18 (CSC placement)"
