"""What a child's time in care and a child's story look like; the time, the team and the data stand still."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from placement_tui.domain.care import NewMissing, NewPeriod, NewReview, NewStatus, Particulars
from placement_tui.domain.endings import NewEnding, NewFactor
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from tests import builders
from tests.snapshots.test_screens import NOW, SIZES, shown, still


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A child in care since the spring: two homes, two legal statuses, a night away, a review."""
    path = tmp_path_factory.mktemp("care") / "team.db"
    clock = builders.Clock(NOW - timedelta(days=120))
    made = builders.team(path, clock)
    builders.homes(made)
    child = builders.child("KJ", "W-1", born_on=date(2012, 5, 3))
    first = builders.placed(made, child)
    key = made.placements.get(first).child_id
    began = made.desk.today
    (period,) = made.care.of_child(key).periods
    made.care.correct(key, period.id, NewPeriod(began, "N1"))
    clock.forward(days=60)
    made.care.change_status(key, NewStatus("C1", made.desk.today))
    made.care.log_review(key, NewReview(began + timedelta(days=19), "PN1"))
    made.care.log_missing(key, NewMissing(began + timedelta(days=40), began + timedelta(days=41)))
    made.care.say(key, Particulars("WBRI", "A123456789012"))
    made.endings.end(first, NewEnding(made.desk.today, "CREQB", (NewFactor("SU1", "carer", True),), 2, True, "slept badly",
                                      kept_going="someone on call at night", lesson="settle him before nine"))  # fmt: skip
    offer = builders.offered(made, builders.referral(made, child), NewOffer(81_200))[0]
    made.placements.start(offer, NewPlacement(clock.now, school="Fir Lane High", school_changes=True))
    for number in range(2, 5):
        builders.referral(made, builders.child(f"A{number}", f"W-{number}"))
    made.close()
    return path


PLACES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "care": ((("p",), "1 go on"), (("c",), "time in care")),
    "care_form": ((("p",), "1 go on"), (("c",), "time in care"), (("l",), "The status before ends")),
    "story": ((("p",), "1 go on"), (("s",), "How it stands")),
}


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", PLACES)
def test_looks(snap_compare: Any, team: Path, place: str, size: tuple[int, int]) -> None:
    assert snap_compare(still(team), terminal_size=size, run_before=shown(*PLACES[place]))
