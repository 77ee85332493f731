"""Where the time goes, on a store small enough to work it out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services, wire
from placement_tui.db.changes import settings as changes
from placement_tui.domain.delay import Figure, StageTimes, figures, month_of, nearest_rank
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Invalid
from placement_tui.services.desk import Desk
from tests import builders

LIVERPOOL = "E08000012"
START = datetime(2026, 10, 18, 9, 0, tzinfo=UTC)


def at(clock: builders.Clock, minutes: float) -> None:
    """So many minutes after nine."""
    clock.now = START + timedelta(minutes=minutes)


def minutes(found: list[Figure]) -> dict[str, tuple[int, int | None, int | None]]:
    """Each figure's n, median and 90th percentile in whole minutes."""
    return {
        row.code: (
            row.n,
            None if row.median_minutes is None else round(row.median_minutes),
            None if row.p90_minutes is None else round(row.p90_minutes),
        )
        for row in found
    }


@pytest.fixture
def manager(timed: Services) -> Services:
    """Helen's desk."""
    key = new_id()
    with timed.desk.write("add officer") as session:
        changes.add_officer(session, key, "Helen Rowe", "manager")
    return wire(Desk(timed.desk.store, key))


@pytest.fixture
def worked(timed: Services, manager: Services, clock: builders.Clock) -> Services:
    """Three referrals, told by the clock (minutes after nine):

    A  received 0, asked a home 10, offer 40, sign-off asked 60, returned 80, asked again 90, approved 130, placed 160
    B  received 200, asked a home 260, offer 300 until 400, sign-off asked 320, lapsed 400; offered again 430, asked 440,
       approved 500, placed 510
    C  received 600, asked a home 605, offer 665; nothing more
    """
    zinnia, yucca = builders.homes(timed, ("Zinnia", "Yucca"), ("res",), authority=LIVERPOOL)

    def logged(begin: float, asked: float, offered: float, home: UUID, child: str, until: float | None) -> UUID:
        at(clock, begin)
        urgency = "now" if child == "C-3" else "today"
        key = builders.referral(timed, builders.child("AB", child), urgency=urgency)
        at(clock, asked)
        [call] = timed.approaches.ask(key, [home]).approaches
        at(clock, offered)
        expires = START + timedelta(minutes=until) if until else None
        return timed.offers.log(call, NewOffer(400_000, expires_at=expires))[0]

    a = logged(0, 10, 40, zinnia, "A-1", None)
    at(clock, 60)
    [key] = timed.sign_offs.ask(a).ids
    at(clock, 80)
    manager.sign_offs.return_for(key, "The brother?")
    at(clock, 90)
    timed.sign_offs.ask_again(key, "Agrees")
    at(clock, 130)
    manager.sign_offs.approve(key)
    at(clock, 160)
    timed.placements.start(a, NewPlacement(clock.now))
    b = logged(200, 260, 300, yucca, "B-2", 400)
    at(clock, 320)
    [lost] = timed.sign_offs.ask(b).ids
    at(clock, 430)
    timed.offers.amend(b, NewOffer(400_000, expires_at=START + timedelta(minutes=900)))
    at(clock, 440)
    [again] = timed.sign_offs.ask_again(lost).ids
    at(clock, 500)
    manager.sign_offs.approve(again)
    at(clock, 510)
    timed.placements.start(b, NewPlacement(clock.now))
    logged(600, 605, 665, zinnia, "C-3", None)
    at(clock, 700)
    return timed


def test_the_figures_are_those_worked_out_by_hand(worked: Services) -> None:
    assert minutes(worked.delay.figures()) == {
        "referrals": (3, None, None),
        "search": (3, 10, 60),  # 5, 10, 60
        "offer": (3, 40, 60),  # 30, 40, 60
        "asking": (2, 20, 20),  # 20, 20
        "deciding": (2, 125, 180),  # 60 to 130; 320 to 500, with the wait in which the bed was lost
        "securing": (2, 20, 30),  # 30, 10
        "whole": (2, 235, 310),  # 160, 310
        "lost": (1, None, None),
        "taken": (1, None, None),
        "returned": (1, None, None),
    }


def test_by_urgency_each_has_its_own(worked: Services) -> None:
    rows = worked.delay.figures(by="urgency")
    assert list(dict.fromkeys(row.group for row in rows)) == ["now", "today"]
    now = minutes([row for row in rows if row.group == "now"])
    assert (now["referrals"], now["search"], now["whole"], now["lost"]) == (
        (1, None, None), (1, 5, 5), (0, None, None), (0, None, None),
    )  # fmt: skip


def test_a_bed_not_decided_is_lost_only_once_its_time_is_past(worked: Services, clock: builders.Clock) -> None:
    at(clock, 1_000)
    key = builders.referral(worked, builders.child("DE", "D-4"))
    [home] = [row.candidate.id for row in worked.homes.find("yucca").matches][:1]
    [call] = worked.approaches.ask(key, [home]).approaches
    offer, _ = worked.offers.log(call, NewOffer(400_000, expires_at=START + timedelta(minutes=1_060)))
    worked.sign_offs.ask(offer)
    at(clock, 1_059)
    assert minutes(worked.delay.figures())["lost"][0] == 1
    at(clock, 1_060)
    assert minutes(worked.delay.figures())["lost"][0] == 2
    assert minutes(worked.delay.figures())["taken"][0] == 1
    worked.offers.decline(offer, "too_late")
    assert minutes(worked.delay.figures())["lost"][0] == 2, "what we say afterwards brings no bed back"


def test_days_are_english_days_and_both_are_counted(worked: Services, clock: builders.Clock) -> None:
    assert minutes(worked.delay.figures(date(2026, 10, 18), date(2026, 10, 18)))["referrals"][0] == 3
    assert minutes(worked.delay.figures(date(2026, 10, 17), date(2026, 10, 17)))["referrals"][0] == 0
    assert minutes(worked.delay.figures(date(2026, 10, 19), date(2026, 10, 20)))["referrals"][0] == 0
    with pytest.raises(Invalid, match="The last day comes before the first"):
        worked.delay.figures(date(2026, 10, 19), date(2026, 10, 18))
    with pytest.raises(Invalid, match="no way to group"):
        worked.delay.figures(by="colour")


def test_a_referral_undone_is_in_no_figure(worked: Services, clock: builders.Clock) -> None:
    builders.referral(worked, builders.child("EF", "E-5"))
    assert minutes(worked.delay.figures())["referrals"][0] == 4
    worked.history.undo()
    assert minutes(worked.delay.figures())["referrals"][0] == 3


@pytest.mark.parametrize(("count", "rank"), [(1, 1), (2, 2), (9, 9), (10, 9), (11, 10), (20, 18), (21, 19)])
def test_nine_in_ten_took_no_longer_than_the_ninetieth_percentile(count: int, rank: int) -> None:
    assert nearest_rank([float(each) for each in range(1, count + 1)], 0.9) == rank


def test_the_month_is_that_of_the_clock_on_the_wall() -> None:
    """23:30 UTC on 30 September is 1 October in England."""
    late = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)
    assert month_of(late) == "2026-10"
    row = StageTimes(new_id(), "26-0001", "now", late, approached_at=late - timedelta(minutes=3))
    by_month = figures([row], "month")
    assert {each.group for each in by_month} == {"2026-10"}
    assert [each.median_minutes for each in by_month if each.code == "search"] == [0.0], "a clock that ran behind"
