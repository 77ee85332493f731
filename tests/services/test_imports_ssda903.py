"""Returns of earlier years become the team's history: once, whatever the order, and never over what the team logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.reads import care, ssda903
from placement_tui.db.tables import Child, Home, Placement, Provider
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.imports import WHOLE, ReturnChoices
from placement_tui.errors import BadFile, Refused, WrongUse
from tests import builders, engines
from tests.exchange.written_files import write_xlsx
from tests.services.return_files import (
    ACCEPT,
    FURTHER,
    HOME,
    KEEP,
    THERE,
    episode,
    everything,
    header,
    history,
    operations,
    write_return,
    write_table,
)


def brought(services: Services, *paths: Path, choices: ReturnChoices = WHOLE) -> object:
    report = services.imports.ssda903(list(paths), choices)
    assert report.written, [str(line) for line in (*report.refused, *report.doubted)]
    return report


def moving(child: str = "K1") -> list[dict[str, str]]:
    """A child who came on 1 May 2019, whose order changed, who moved with the carer and then to a children's home."""
    return [
        episode(child, "01/05/2019", "10/06/2019", "X1", LS="V2"),
        episode(child, "10/06/2019", "01/09/2019", "X1", RNE="L", REASON_PLACE_CHANGE="PLACE"),
        episode(child, "01/09/2019", "03/12/2019", "X1", RNE="T", PL_POST=FURTHER, REASON_PLACE_CHANGE="CREQB"),
        episode(child, "03/12/2019", RNE="P", PLACE="K2", PL_POST="PR1 2AA", URN="9000001"),
    ]


def test_a_child_of_a_return_has_periods_statuses_and_placements(services: Services, tmp_path: Path) -> None:
    folder = write_return(
        tmp_path, 2020, Episodes=moving(),
        Header=[header("K1", SEX="2", ETHNIC="MWBC", UPN="A123456789012", MOTHER="0")],
        Reviews=[{"CHILD": "K1", "DOB": "04/05/2012", "REVIEW": "01/07/2019", "REVIEW_CODE": "PN1"}],
        Missing=[{"CHILD": "K1", "MISSING": "A", "MIS_START": "05/08/2019", "MIS_END": "07/08/2019"}],
        UASC=[{"CHILD": "K1", "DUC": "01/02/2030"}],
        DoLo=[{"CHILD": "K1", "DOLO_START": "04/12/2019", "DOLO_END": "20/12/2019"}],
    )  # fmt: skip
    brought(services, folder)
    kj = history(services, "K1")
    assert (kj.sex, kj.born_on, kj.ethnicity, kj.upn, kj.mother) == (
        "F",
        date(2012, 5, 4),
        "MWBC",
        "A123456789012",
        False,
    )
    assert (kj.uasc, kj.uasc_ceased_on, kj.home_postcode) == (True, date(2030, 2, 1), HOME)
    assert [(each.began_on, each.ended_on, each.cin, each.rec) for each in kj.periods] == [
        (date(2019, 5, 1), None, "N1", None)
    ]
    assert [(each.code, each.from_on, each.until_on) for each in kj.statuses] == [
        ("V2", date(2019, 5, 1), date(2019, 6, 10)),
        ("C2", date(2019, 6, 10), None),
    ]
    assert [(each.from_on, each.until_on, each.place, each.reason, each.same_carer) for each in kj.stays] == [
        (date(2019, 5, 1), date(2019, 9, 1), "U6", "PLACE", None),
        (date(2019, 9, 1), date(2019, 12, 3), "U6", "CREQB", True),
        (date(2019, 12, 3), None, "K2", None, False),
    ]
    assert kj.stays[2].home == "Brackenfield House"  # by its URN
    assert kj.stays[0].source == "ssda903 2020"
    assert kj.stays[0].miles == pytest.approx(0.3, abs=0.3)  # between two postcodes of Birkenhead
    assert [(each.kind, each.from_on, each.until_on) for each in kj.missing] == [
        ("A", date(2019, 8, 5), date(2019, 8, 7))
    ]
    assert [(each.held_on, each.code) for each in kj.reviews] == [(date(2019, 7, 1), "PN1")]
    assert [(each.from_on, each.until_on) for each in kj.liberty] == [(date(2019, 12, 4), date(2019, 12, 20))]
    assert services.history.verify().faults == ()


def test_a_second_time_writes_nothing(services: Services, tmp_path: Path) -> None:
    folder = write_return(tmp_path, 2020, Episodes=[*moving("K1"), *moving("K2")])
    brought(services, folder)
    before = operations(services)
    report = services.imports.ssda903([folder])
    assert (report.added, report.changed, report.unchanged, report.corrections) == (0, 0, 10, ())
    assert operations(services) == before


def two_years(folder: Path) -> tuple[Path, Path]:
    open_still = moving()
    later = [
        episode("K1", "03/12/2019", "02/02/2021", "E4A", RNE="P", PLACE="K2", PL_POST="PR1 2AA", URN="9000001"),
    ]
    return write_return(folder, 2020, Episodes=open_still), write_return(folder, 2021, Episodes=later)


def test_years_come_in_any_order_to_the_same_history(store_path: Path, tmp_path: Path) -> None:
    found = []
    first, second = two_years(tmp_path)
    for number, order in enumerate(([first, second], [second, first], [[first, second]])):
        copy = tmp_path / str(number)
        copy.mkdir(mode=0o700)
        engines.copied(store_path, copy / store_path.name)
        services = builders.opened(copy / store_path.name)
        for paths in order:
            brought(services, *(paths if isinstance(paths, list) else [paths]), choices=KEEP)
        found.append(everything(services))
        services.close()
    assert found[0] == found[1] == found[2]
    assert [(each[1], each[3]) for each in found[0][0][8]] == [(date(2021, 2, 2), "E4A")]


def test_a_corrected_return_corrects_what_came_from_it_and_says_so(services: Services, tmp_path: Path) -> None:
    brought(services, write_return(tmp_path, 2020, Episodes=moving()))
    corrected = moving()
    corrected[1]["DEC"] = corrected[2]["DECOM"] = "05/09/2019"
    corrected[2]["REASON_PLACE_CHANGE"] = "ALLEG"
    report = services.imports.ssda903([write_return(tmp_path, 2020, Episodes=corrected)])
    assert report.written
    said = [str(each) for each in report.corrections]
    assert any("placement of 01/05/2019, ends: 01/09/2019 -> 05/09/2019" in each for each in said), said
    assert any("REASON_PLACE_CHANGE: CREQB -> ALLEG" in each and "episodes.csv, line 4" in each for each in said), said
    assert all(each.applied for each in report.corrections)
    assert [(each.from_on, each.until_on, each.reason) for each in history(services, "K1").stays] == [
        (date(2019, 5, 1), date(2019, 9, 5), "PLACE"),
        (date(2019, 9, 5), date(2019, 12, 3), "ALLEG"),
        (date(2019, 12, 3), None, None),
    ]


def test_an_episode_that_a_corrected_return_leaves_out_goes(services: Services, tmp_path: Path) -> None:
    brought(services, write_return(tmp_path, 2020, Episodes=moving()))
    shorter = moving()[:3]
    shorter[2] |= {"DEC": "", "REC": "", "REASON_PLACE_CHANGE": ""}
    report = services.imports.ssda903([write_return(tmp_path, 2020, Episodes=shorter)])
    assert any("not in the return any more" in str(each) for each in report.corrections)
    stays = history(services, "K1").stays
    assert [(each.from_on, each.until_on, each.reason) for each in stays][1:] == [(date(2019, 9, 1), None, None)]


def test_what_an_officer_changed_of_a_return_is_not_changed_back(services: Services, tmp_path: Path) -> None:
    folder = write_return(tmp_path, 2020, Episodes=moving())
    brought(services, folder)
    open_now = history(services, "K1").stays[2]
    services.endings.end(open_now.id, NewEnding(services.desk.today, "CHILD"))
    before = operations(services)
    assert services.imports.ssda903([folder]).corrections == ()
    assert operations(services) == before
    later = [episode("K1", "03/12/2019", "02/02/2021", "X1", RNE="P", PLACE="K2", PL_POST="PR1 2AA", URN="9000001", REASON_PLACE_CHANGE="CARPL"),
             episode("K1", "02/02/2021", RNE="P", PL_POST=FURTHER)]  # fmt: skip
    report = services.imports.ssda903([write_return(tmp_path, 2021, Episodes=later)], KEEP)
    shown = [str(each) for each in report.corrections if not each.applied]
    assert any("CHILD -> CARPL" in each and "The team's own stays" in each for each in shown), shown
    assert history(services, "K1").stays[2].reason == "CHILD"


def logged(services: Services, home: str = "9000001", **fields: object) -> Placement:
    """What an officer logged of K1, who is known to the team as KJ."""
    with services.desk.read() as session:
        found = session.query(Home).filter(Home.urn == home).one()  # type: ignore[call-overload]
    with services.desk.write("log") as session:
        child = Child(identifier="K1", initials="KJ", sex="M", born_on=date(2012, 5, 4))
        session.add(child)
        session.flush()
        placement = Placement(child_id=child.id, home_id=found.id, started_at=services.desk.now, **fields)
        session.add(placement)
        session.flush()
        return placement


def test_what_the_team_logged_is_filled_in_and_never_overwritten(services: Services, tmp_path: Path) -> None:
    today = services.desk.today
    placement = logged(services, place_provider="PR5", type_obtained="residential")
    start = f"{today.replace(day=1):%d/%m/%Y}"
    row = episode("K1", start, PLACE="K2", PLACE_PROVIDER="PR4", PL_POST="PR1 2AA", URN="9000001")
    folder = write_return(tmp_path, today.year + (today.month > 3), Episodes=[row])
    report = services.imports.ssda903([folder])
    (stay,) = history(services, "K1").stays
    assert stay.id == placement.id
    assert (stay.place, stay.urn, stay.postcode) == ("K2", "9000001", "PR1 2AA")  # were blank
    assert stay.place_provider == "PR5"
    assert history(services, "K1").initials == "KJ"
    shown = [str(each) for each in report.corrections]
    assert any("PLACE_PROVIDER: PR5 -> PR4. The team's own stays" in each for each in shown), shown
    assert history(services, "K1").ethnicity == "WBRI"
    before = operations(services)
    again = services.imports.ssda903([folder])
    assert (operations(services), again.corrections) == (before, report.corrections)
    services.imports.ssda903([folder], ACCEPT)
    assert history(services, "K1").stays[0].place_provider == "PR4"


def test_another_home_than_the_team_logged_is_shown_and_left_out(services: Services, tmp_path: Path) -> None:
    logged(services)
    today = services.desk.today
    row = episode("K1", f"{today:%d/%m/%Y}", PL_POST=FURTHER)
    report = services.imports.ssda903([write_return(tmp_path, today.year + (today.month > 3), Episodes=[row])])
    assert any("Brackenfield House" in each.old and FURTHER in each.new for each in report.corrections)
    assert [each.home for each in history(services, "K1").stays] == ["Brackenfield House"]


def test_homes_of_the_past_are_nowhere_offered_or_counted(services: Services, tmp_path: Path) -> None:
    count, board = services.homes.count(), len(services.beds.board())
    providers = {row.name for row in services.providers.every()}
    services.homes.find("alder")  # the search has its index before the import
    rows_ = [episode("K1", "01/05/2019"), episode("K2", "01/05/2019", PLACE="P1", PLACE_PROVIDER="PR0", URN="", PL_POST=HOME),
             episode("K3", "01/05/2019", PLACE="U4", PLACE_PROVIDER="PR1", PL_POST="L20 3AA")]  # fmt: skip
    brought(services, write_return(tmp_path, 2020, Episodes=rows_))
    names = {history(services, child).stays[0].home for child in ("K1", "K2", "K3")}
    assert names == {
        "Foster carer, CH41 5AA",
        "Own parents or person with parental responsibility, CH41 5AL",
        "Our foster carer, L20 3AA",
    }
    assert services.homes.count() == count
    assert len(services.beds.board()) == board
    assert not {"Foster carer, CH41 5AA", "Our foster carer, L20 3AA"} & {
        match.candidate.name for match in services.homes.find("carer all", limit=500).matches
    }
    assert {row.name for row in services.providers.every()} == providers
    page = services.homes.page(history(services, "K1").stays[0].home_id)  # and yet a placement can be opened
    assert page.candidate.name == "Foster carer, CH41 5AA"


def test_a_home_that_is_known_by_now_takes_the_place_of_one_of_the_past(services: Services, tmp_path: Path) -> None:
    row = episode("K1", "01/05/2019", PLACE="K2", URN="9000777", PL_POST=FURTHER)
    folder = write_return(tmp_path, 2020, Episodes=[row])
    brought(services, folder)
    assert history(services, "K1").stays[0].home == "Children's home, L20 3AA"
    with services.desk.write("add home") as session:
        provider = Provider(name="Known by now")
        session.add(provider)
        session.flush()
        session.add(Home(provider_id=provider.id, kind="res", urn="9000777", name="Gull House"))
    report = services.imports.ssda903([folder])
    assert any("Children's home, L20 3AA -> Gull House" in str(each) for each in report.corrections)
    assert history(services, "K1").stays[0].home == "Gull House"
    before = operations(services)
    services.imports.ssda903([folder])
    assert operations(services) == before


S, X = "S", {"DEC": "01/07/2019", "REC": "X1"}
BAD: dict[str, tuple[list[dict[str, str]], str, str]] = {
    "an open episode and another": ([episode("K1", "01/05/2019"), episode("K1", "01/07/2019", RNE="P", PL_POST=FURTHER)], "142", "has not ended"),
    "an overlap": ([episode("K1", "01/05/2019", "01/08/2019", "X1", REASON_PLACE_CHANGE="CARPL"), episode("K1", "01/07/2019", RNE="P", PL_POST=FURTHER)], "501", "begins before the one of 01/05/2019 ends"),
    "a gap": ([episode("K1", "01/05/2019", "01/06/2019", "X1"), episode("K1", "01/07/2019", RNE="P", PL_POST=FURTHER)], "388", "the next begins on 01/07/2019"),
    "going on after a gap": ([episode("K1", "01/05/2019", "01/06/2019", "E4A"), episode("K1", "01/07/2019", RNE="P", PL_POST=FURTHER)], "433", "goes on from the episode before"),
    "DEC without REC": ([episode("K1", "01/05/2019", "01/06/2019")], "148", "no reason is given"),
    "REC without DEC": ([episode("K1", "01/05/2019", "", "E4A")], "148", "no day on which it ceased"),
    "ends before it begins": ([episode("K1", "01/05/2019", "01/04/2019", "E4A")], "356", "ends before it begins"),
    "no such day": ([episode("K1", "31/04/2019")], "141", "not a day"),
    "a code of another year": ([episode("K1", "01/05/2019", PLACE="K3")], "146", "not a code of 2019-20"),
    "a code of no year": ([episode("K1", "01/05/2019", LS="Q9")], "144", "no code of the list"),
    "no such postcode": ([episode("K1", "01/05/2019", PL_POST="ZZ99 9ZZ")], "392c", "no such postcode"),
    "a child twice": ([episode("K1", "01/05/2019"), episode("K1", "01/05/2019", PL_POST=FURTHER)], "", "stands in line 2 too"),
    "L without another status": ([episode("K1", "01/05/2019", "01/07/2019", "X1"), episode("K1", "01/07/2019", RNE="L")], "434", "changes the legal status alone"),
    "another category of need": ([episode("K1", "01/05/2019", "01/07/2019", "X1"), episode("K1", "01/07/2019", RNE="L", LS="E1", CIN="N2")], "504", "category of need was N1"),
    "a reason while it is open": ([episode("K1", "01/05/2019", REASON_PLACE_CHANGE="CARPL")], "233", "the episode is open"),
    "not in Header": ([episode("K1", "01/05/2019"), episode("K9", "01/05/2019", "02/06/2019", "E4A", PL_POST=FURTHER)], "INT03", "not in Header"),
    "care goes on after E4A": ([episode("K1", "01/05/2019", "01/07/2019", "E4A"), episode("K1", "01/07/2019", RNE="P", PL_POST=FURTHER)], "432", "care ended the same day with E4A"),
    "S though care went on": ([episode("K1", "01/05/2019", "01/07/2019", "X1"), episode("K1", "01/07/2019", RNE="S", PL_POST=FURTHER)], "431", "S begins care"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_told_by_file_line_and_rule_and_written_only_if_the_officer_says_so(
    services: Services, tmp_path: Path, what: str
) -> None:
    bad, rule, words = BAD[what]
    good = episode("K2", "01/05/2019", "09/09/2019", "E4A", PL_POST=FURTHER)
    folder = write_return(tmp_path, 2020, Episodes=[*bad, good], Header=[header("K1", SEX="1"), header("K2", SEX="1")])
    before = operations(services)
    report = services.imports.ssda903([folder])
    told = [line for line in (*report.refused, *report.doubted) if line.rule == rule and words in line.reason]
    assert told, [str(line) for line in (*report.refused, *report.doubted)]
    assert told[0].sheet == "episodes.csv"
    assert 2 <= told[0].line <= len(bad) + 1
    assert told[0].mend
    assert not report.written
    assert operations(services) == before
    brought(services, folder, choices=KEEP)
    assert history(services, "K2").periods[0].rec == "E4A"
    after = operations(services)
    brought(services, folder, choices=KEEP)
    assert operations(services) == after


def test_overlapping_placements_never_come_of_a_return(services: Services, tmp_path: Path) -> None:
    rows_ = [row for bad, _, _ in BAD.values() for row in bad]
    spread = [row | {"CHILD": f"{row['CHILD']}-{at // 2}"} for at, row in enumerate(rows_)]
    services.imports.ssda903([write_return(tmp_path, 2020, Episodes=[*rows_, *spread])], KEEP)
    with services.desk.read() as session:
        for each in care.histories(session, services.desk.today):
            days = [(stay.from_on, stay.until_on or date.max) for stay in each.stays]
            assert all(one[1] <= other[0] for one, other in pairwise(days)), each.identifier


def test_a_child_whom_the_next_return_does_not_name_is_told_and_not_left_in_care(
    services: Services, tmp_path: Path
) -> None:
    first = write_return(
        tmp_path, 2020, Episodes=[episode("K1", "01/05/2019"), episode("K2", "01/05/2019", PL_POST=FURTHER)]
    )
    second = write_return(
        tmp_path,
        2021,
        Episodes=[episode("K2", "01/05/2019", PL_POST=FURTHER), episode("K3", "03/05/2020", "04/06/2020", "E4A")],
    )
    brought(services, first)
    report = services.imports.ssda903([second])
    (told,) = report.doubted
    assert (told.rule, told.place) == ("1010", "the return of 2019-20, in the store")
    assert not report.written
    brought(services, second, choices=KEEP)
    assert history(services, "K1").stays[0].until_on == date(2020, 3, 31)
    assert history(services, "K2").stays[0].until_on is None


def test_all_of_it_is_undone_by_one_key(services: Services, tmp_path: Path) -> None:
    first, second = two_years(tmp_path)
    begun = everything(services)
    brought(services, first)
    middle = everything(services)
    brought(services, second)
    assert services.history.undo().words == "undid: import ssda903, 2 rows of returns"
    assert everything(services) == middle
    services.history.undo()
    assert everything(services) == begun
    assert services.history.verify().faults == ()


def test_old_codes_are_kept_as_they_came(services: Services, tmp_path: Path) -> None:
    rows_ = [episode("K1", "01/05/2019", PLACE="H5", URN=""), episode("K2", "01/05/2019", PLACE="Z1", PL_POST=FURTHER)]
    brought(
        services, write_return(tmp_path, 2020, Episodes=rows_, Header=[header("K1", SEX="1"), header("K2", SEX="2")])
    )
    assert [history(services, child).stays[0].place for child in ("K1", "K2")] == ["H5", "Z1"]
    assert [history(services, child).sex for child in ("K1", "K2")] == ["M", "F"]


def test_who_only_looks_may_not_and_nothing_is_read_for_nothing(services: Services, tmp_path: Path) -> None:
    folder = write_return(tmp_path, 2020, Episodes=moving())
    with pytest.raises(WrongUse):
        services.imports.ssda903([])
    dry = services.imports.ssda903([folder], replace(WHOLE, dry=True))
    assert (dry.written, dry.added) == (False, 5)
    builders.as_role(services, "viewer")
    with pytest.raises(Refused):
        services.imports.ssda903([folder])


def test_a_workbook_of_the_return_and_one_without_its_sheet(services: Services, tmp_path: Path) -> None:
    rows_ = moving()
    book = write_xlsx(
        tmp_path / "return.xlsx",
        {
            "Episodes": [list(rows_[0]), *([*row.values()] for row in rows_)],
            "Children": [list(header("K1")), [*header("K1", SEX="1").values()]],
            "Notes": [["made by", "the data team"]],
        },
    )
    report = services.imports.ssda903([book])
    assert [line.sheet for line in report.refused] == ["return.xlsx, sheet Notes"]
    brought(services, book, choices=KEEP)
    assert len(history(services, "K1").stays) == 3
    empty = write_xlsx(tmp_path / "other.xlsx", {"Notes": [["made by", "the data team"]]})
    with pytest.raises(BadFile, match="holds no table of an SSDA903 return"):
        services.imports.ssda903([empty])


def test_the_year_is_told_by_the_days_and_may_be_said(services: Services, tmp_path: Path) -> None:
    file = write_table(tmp_path / "oc2.csv", "OC2", [{"CHILD": "K1", "DOB": "04/05/2012", "HEALTH_CHECK": "1"}])
    report = services.imports.ssda903([file])
    assert not report.written
    assert "of which year" in report.refused[0].reason
    brought(services, file, choices=ReturnChoices(year=2021))
    with services.desk.read() as session:
        (row,) = ssda903.rows_held(session)
    assert (row["year"], row["part"], row["fields"]["HEALTH_CHECK"]) == (2021, "OC2", "1")


def test_the_postcode_of_the_home_is_not_the_childs(services: Services, tmp_path: Path) -> None:
    brought(services, write_return(tmp_path, 2020, Episodes=[episode("K1", "01/05/2019", PL_POST=FURTHER)]))
    assert history(services, "K1").home_postcode == HOME
    assert history(services, "K1").stays[0].postcode == FURTHER
    assert THERE != HOME
    with services.desk.write("other") as session:
        rows.change(session, Child, history(services, "K1").child_id, {"home_postcode": THERE})
    assert history(services, "K1").home_postcode == THERE
