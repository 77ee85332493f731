"""London's midnight and not Greenwich's: what happens at half past midnight in summer happened on the day it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Invalid
from tests import builders

THE_14TH = date(2026, 7, 14)


@pytest.fixture
def clock() -> builders.Clock:
    """Tuesday 14 July 2026, half past midnight in London; Monday 13 July, 23:30 UTC."""
    return builders.Clock(datetime(2026, 7, 13, 23, 30, tzinfo=UTC))


def test_a_planned_end_on_the_day_of_the_start_is_refused(timed: Services) -> None:
    [offer] = builders.offered(timed, builders.referral(timed), NewOffer(81_200))
    with pytest.raises(Invalid, match="planned end is not after the start"):
        timed.placements.start(offer, NewPlacement(timed.desk.now, planned_end_on=THE_14TH))
    with pytest.raises(Invalid, match="would start on 13/07/2026, before it was offered"):
        timed.placements.start(offer, NewPlacement(timed.desk.now - timedelta(hours=2)))
    assert timed.placements.open() == []
    timed.placements.start(offer, NewPlacement(timed.desk.now, planned_end_on=date(2026, 7, 15)))


def test_a_placement_cannot_end_the_day_before_it_started(timed: Services, clock: builders.Clock) -> None:
    key = builders.placed(timed)
    with pytest.raises(Invalid, match="13/07/2026 is before the placement started"):
        timed.endings.end(key, NewEnding(date(2026, 7, 13), "CREQB"))
    clock.forward(days=3)
    assert timed.placements.get(key).days == 3


def test_a_child_who_left_that_day_may_come_to_another_home_that_day(timed: Services, clock: builders.Clock) -> None:
    """The first placement ends on the 14th; the next begins at half past midnight of the 14th, which is no overlap."""
    clock.forward(days=-4)
    key = builders.placed(timed)
    clock.forward(days=4)
    timed.endings.end(key, NewEnding(THE_14TH, "CREQB"))
    [offer] = builders.offered(timed, builders.referral(timed), NewOffer(81_200))
    assert timed.placements.start(offer, NewPlacement(timed.desk.now)).placements
