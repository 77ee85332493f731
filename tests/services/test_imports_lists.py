"""Ofsted's restricted lists in the store: real addresses by URN, nothing of the team's overwritten, alerts for children."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.reads import register as reads
from placement_tui.db.tables import Home, Placement, Provider
from placement_tui.domain.clocks import ALERT
from placement_tui.domain.homes import HomePage
from placement_tui.domain.imports import ImportReport
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import Refused
from tests import builders
from tests.exchange import written_lists as lists
from tests.services import market_files as files


def bring(services: Services, path: Path, **more: Any) -> ImportReport:
    report = services.imports.ofsted(path, **more)
    assert report.kind in ("lists", "ofsted")
    return report


def stored(services: Services, urn: str) -> list[Any]:
    with services.desk.read() as session:
        return [row for row in reads.homes(session) if row["urn"] == urn]


def one(services: Services, urn: str = "SC900101") -> Any:
    (row,) = stored(services, urn)
    return row


def page(services: Services, urn: str = "SC900101") -> HomePage:
    return services.homes.page(one(services, urn)["id"])


def child_at(services: Services, home: UUID, initials: str = "KJ", identifier: str = "W-1") -> UUID:
    """A child who lives there since an hour ago; the placement's id."""
    placement = builders.placed(services, builders.child(initials, identifier))
    with services.desk.write("move") as session:
        rows.change(session, Placement, placement, {"home_id": home})
    return placement


def alerts(services: Services) -> list[Any]:
    return [task for task in services.tasks.due() if task.rule == ALERT]


def test_a_home_gets_its_real_address_and_the_point_of_its_postcode(services: Services, tmp_path: Path) -> None:
    bring(services, files.register(tmp_path, 2025, files.listed(2025, "SC900101", owner="Larch Care Ltd")))
    assert one(services)["location"] != "postcode"
    report = bring(services, lists.combined(tmp_path, lists.home()))
    assert (report.changed, report.added) == (1, 0)
    row = one(services)
    assert (row["name"], row["address"], row["town"], row["postcode"]) == (
        "Larch House", "12 Marker Street", "Markerton", "CH41 5AL",
    )  # fmt: skip
    assert (row["location"], row["authority"], row["restricted"]) == ("postcode", builders.WIRRAL, True)
    assert (row["place"], row["place_provider"], row["places"], row["phone"]) == ("K2", "PR4", 4, "0151 496 0199")
    assert row["conditions"].startswith("No more than four children\nRegistered for: emotional")
    with services.desk.read() as session:
        assert reads.grades(session)[row["id"]]


def test_the_same_list_again_changes_and_writes_nothing(services: Services, tmp_path: Path) -> None:
    setting = lists.row(lists.SETTINGS_2025, urn="2900001", name="Mooring", street="1 Quay", postcode="CH41 5AN",
                        status="Active", places=3, category="2")  # fmt: skip
    path = lists.combined(tmp_path, lists.home(), settings=[setting])
    assert bring(services, path).added == 2
    before = services.history.latest(1)[0].sequence
    again = bring(services, path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert services.history.latest(1)[0].sequence == before


def test_an_import_is_undone_as_one(services: Services, tmp_path: Path) -> None:
    bring(services, lists.combined(tmp_path, lists.home()))
    services.history.undo()
    assert stored(services, "SC900101") == []
    assert bring(services, lists.combined(tmp_path, lists.home())).added == 1  # and its day is forgotten too


def test_what_the_team_s_own_list_says_stays(services: Services, tmp_path: Path) -> None:
    ours = files.team_list(
        tmp_path, "Name,Agency,Type,Telephone,Postcode,URN,Places", "Our Larch,Larch Care Ltd,Residential,0151 496 0155,CH41 5AN,SC900101,2"
    )  # fmt: skip
    services.imports.providers(ours)
    bring(services, lists.combined(tmp_path, lists.home()))
    row = one(services)
    assert (row["name"], row["postcode"], row["places"], row["phone"]) == ("Our Larch", "CH41 5AN", 2, "0151 496 0155")
    assert row["conditions"]
    assert row["restricted"]  # what the register redacts is no less so where the team wrote it down as well


def test_an_older_list_only_fills_in_what_nobody_said(services: Services, tmp_path: Path) -> None:
    new = lists.home(email="", grade="Good", on=date(2025, 3, 4), conditions="Four children")
    bring(services, lists.combined(tmp_path, new, name="list 2025-10-31.xlsx"))
    old = lists.home(
        street="1 Old Road", email="old@example.org", status="Suspended", grade="Inadequate", on=date(2023, 1, 2), conditions="Two"
    )  # fmt: skip
    report = bring(services, lists.combined(tmp_path, old, name="list 2024-01-31.xlsx"))
    row = one(services)
    assert (row["address"], row["email"], row["grade"]) == ("12 Marker Street", "old@example.org", "good")
    assert row["registration_status"] == "Active"
    assert row["conditions"].startswith("Four children")
    assert "later list" in " ".join(report.notes)
    assert ("inadequate", date(2023, 1, 2)) in [(overall, on) for on, overall, _ in page(services).grades]


def test_the_public_register_blanks_nothing_that_a_list_gave(services: Services, tmp_path: Path) -> None:
    bring(services, lists.combined(tmp_path, lists.home()))
    before = one(services)
    for year in (2025, 2023):
        bring(
            services, files.register(tmp_path, year, files.listed(year, "SC900101", owner="Larch Care Ltd", places=4))
        )
    after = one(services)
    kept = (
        "name",
        "address",
        "town",
        "postcode",
        "easting",
        "northing",
        "location",
        "restricted",
        "conditions",
        "phone",
        "place",
    )
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_a_registration_that_a_later_list_ended_is_not_revived_by_an_older_register(
    services: Services, tmp_path: Path
) -> None:
    gone = lists.home(status="Cancelled", closed_on=date(2025, 9, 30))
    bring(services, lists.combined(tmp_path, gone))
    bring(services, files.register(tmp_path, 2025, files.listed(2025, "SC900101", owner="Larch Care Ltd")))
    row = one(services)
    assert not row["registered"]
    assert page(services).deregistered_on == date(2025, 9, 30)


def test_a_register_takes_no_setting_for_its_provider(services: Services, tmp_path: Path) -> None:
    setting = lists.row(lists.SETTINGS_2025, urn="2900001", name="Mooring", street="1 Quay", postcode="CH41 5AN",
                        status="Active", places=3, category="2", owner="Mooring Ltd")  # fmt: skip
    bring(services, lists.combined(tmp_path, settings=[setting]))
    row = files.agency(2025, "2900001", "Mooring")
    row[files.HEADERS[2025].index("Provision type")] = "Supported accommodation"
    bring(services, files.register(tmp_path, 2025, row))
    assert sorted((row["address"], row["restricted"]) for row in stored(services, "2900001")) == [
        ("1 Pier Head", False), ("1 Quay", True),
    ]  # fmt: skip


def test_bad_lines_keep_the_whole_out_unless_the_officer_says_so(services: Services, tmp_path: Path) -> None:
    path = lists.combined(tmp_path, lists.home(), lists.home(urn="SC900102", places="Lots"))
    report = bring(services, path)
    assert not report.written
    assert stored(services, "SC900101") == []
    assert bring(services, path, skip_bad=True).written
    assert one(services)["address"]
    assert stored(services, "SC900102") == []


def test_postcodes_that_there_are_not_are_told(services: Services, tmp_path: Path) -> None:
    report = bring(services, lists.combined(tmp_path, lists.home(postcode="ZZ99 9ZZ")))
    assert "1 postcode that the postcode file does not have, line 2" in " ".join(report.notes)


@pytest.mark.parametrize(
    ("later", "said", "law"),
    [
        (
            {"status": "Cancelled", "closed_on": date(2025, 9, 30)},
            "registration cancelled, was active (30 Sep 2025)",
            "s11",
        ),
        ({"status": "Suspended"}, "registration suspended, was active", "s11"),
        ({"grade": "Inadequate", "on": date(2025, 9, 1)}, "grade fell from Good to Inadequate (1 Sep 2025)", ""),
        ({"conditions": "No admissions"}, "conditions changed: No admissions; were: No more than four children", ""),
    ],
)
def test_what_changed_where_a_child_lives_is_a_task_of_today_once(
    services: Services, tmp_path: Path, later: dict[str, Any], said: str, law: str
) -> None:
    bring(services, lists.combined(tmp_path, lists.home(), name="list 2025-06-30.xlsx"))
    placement = child_at(services, one(services)["id"])
    assert alerts(services) == []
    path = lists.combined(tmp_path, lists.home(**later), name="list 2025-10-31.xlsx")
    trial = bring(services, path, dry=True)
    assert said in " ".join(trial.notes)
    assert alerts(services) == []
    report = bring(services, path)
    (task,) = alerts(services)
    assert said in task.title
    assert law in task.law
    assert (task.to_whom, task.officer_id, task.placement_id) == ("the social worker", None, placement)
    assert task.today(services.desk.now)
    assert [row.id for row in services.tasks.of_placements([placement]) if row.rule == ALERT] == [task.id]
    (line,) = [note for note in report.notes if said in note]
    assert "Larch House" in line
    assert "KJ" in line
    services.tasks.done(task.id)
    bring(services, path)
    assert alerts(services) == []


def test_a_better_grade_and_a_first_list_alarm_nobody(services: Services, tmp_path: Path) -> None:
    bring(services, files.register(tmp_path, 2025, files.listed(2025, "SC900101", grade="Good", on=date(2024, 1, 2))))
    child_at(services, one(services)["id"])
    bring(services, lists.combined(tmp_path, lists.home(), name="list 2025-06-30.xlsx"))
    better = lists.home(grade="Outstanding", on=date(2025, 9, 1))
    bring(services, lists.combined(tmp_path, better, name="list 2025-10-31.xlsx"))
    assert alerts(services) == []


def test_what_befalls_an_agency_concerns_the_children_in_its_households(services: Services, tmp_path: Path) -> None:
    agency = {
        "urn": "SC900201",
        "type": "Independent Fostering Agency",
        "name": "Reach Fostering",
        "owner": "Reach Ltd",
        "place": "",
    }
    bring(services, lists.combined(tmp_path, lists.home(**agency), name="list 2025-06-30.xlsx"))
    with services.desk.write("add household") as session:
        provider = Provider(name="Reach Fostering")
        session.add(provider)
        session.flush()
        household = Home(provider_id=provider.id, kind="household", urn="SC900201", name="Carer A")
        session.add(household)
        session.flush()
        key = household.id
    child_at(services, key)
    ended = lists.home(**agency, status="Resigned", closed_on=date(2025, 9, 1))
    bring(services, lists.combined(tmp_path, ended, name="list 2025-10-31.xlsx"))
    assert [task.home_id for task in alerts(services)] == [key]


def test_open_offers_and_calls_that_wait_are_told(services: Services, tmp_path: Path) -> None:
    bring(services, lists.combined(tmp_path, lists.home(), name="list 2025-06-30.xlsx"))
    home = one(services)["id"]
    asked, offering = builders.referral(services), builders.referral(services, builders.child("AB", "W-2"))
    services.approaches.ask(asked, [home])
    (call,) = services.approaches.ask(offering, [home]) and services.approaches.calls(offering).rows
    services.offers.log(call.id, NewOffer(500_000))
    references = [services.referrals.get(key).reference for key in (asked, offering)]
    bad = lists.home(grade="Inadequate", on=date(2025, 9, 1))
    notes = " ".join(bring(services, lists.combined(tmp_path, bad, name="list 2025-10-31.xlsx")).notes)
    assert f"they are being asked: {references[0]}" in notes
    assert f"An offer of theirs is open: {references[1]}" in notes
    assert alerts(services) == []


def test_an_alert_goes_when_the_child_leaves(services: Services, tmp_path: Path) -> None:
    bring(services, lists.combined(tmp_path, lists.home(), name="list 2025-06-30.xlsx"))
    placement = child_at(services, one(services)["id"])
    bring(
        services,
        lists.combined(tmp_path, lists.home(grade="Inadequate", on=date(2025, 9, 1)), name="list 2025-10-31.xlsx"),
    )
    from placement_tui.domain.endings import NewEnding

    services.endings.end(placement, NewEnding(services.desk.today, "CARPL"))
    assert alerts(services) == []


def test_the_public_register_alarms_as_well(services: Services, tmp_path: Path) -> None:
    bring(services, files.register(tmp_path, 2023, files.listed(2023, "SC900101", grade="Good", on=date(2022, 1, 2))))
    child_at(services, one(services)["id"])
    bring(
        services,
        files.register(tmp_path, 2025, files.listed(2025, "SC900101", grade="Inadequate", on=date(2024, 6, 2))),
    )
    assert "grade fell from Good to Inadequate" in alerts(services)[0].title


def test_a_viewer_brings_in_nothing(services: Services, tmp_path: Path) -> None:
    builders.as_role(services, "viewer")
    with pytest.raises(Refused):
        bring(services, lists.combined(tmp_path, lists.home()))


def test_a_list_of_tomorrow_is_one_of_today(timed: Services, clock: builders.Clock, tmp_path: Path) -> None:
    clock.now = datetime(2025, 10, 1, 9, 0, tzinfo=UTC)
    bring(timed, lists.combined(tmp_path, lists.home(), name="list 2031-01-31.xlsx"))
    clock.now = datetime(2025, 11, 1, 9, 0, tzinfo=UTC)
    bring(timed, lists.combined(tmp_path, lists.home(street="2 New Street"), name="list 2025-11-01.xlsx"))
    assert one(timed)["address"] == "2 New Street"
