"""What warnings, the trackers and the lessons look like; the time, the team and the data stand still."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.permanence import NewPlan
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.step_downs import NewStepDown
from placement_tui.domain.warnings import NewWarning
from tests import builders
from tests.snapshots.test_screens import NOW, SIZES, still
from tests.snapshots.test_screens import shown as pressed

DAY = timedelta(days=1)


@pytest.fixture
def team(made_once: Path, tmp_path: Path) -> Path:
    """A copy of that team's store, this test's own."""
    for name in (made_once.name, made_once.name + ".keys"):
        shutil.copy(made_once.parent / name, tmp_path / name)
    (tmp_path / made_once.name).chmod(0o600)
    return tmp_path / made_once.name


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three children placed, one gone: a plan held up, a step down that drifts, two signs, a lesson; three looked for."""
    path = tmp_path_factory.mktemp("trackers") / "team.db"
    clock = builders.Clock(NOW - 100 * DAY)
    made = builders.team(path, clock)
    ids = builders.homes(made)
    first = london_day(clock.now)
    lives = []
    for at, (initials, home) in enumerate((("KJ", 0), ("CD", 1), ("EF", 5), ("GH", 9))):
        key = builders.referral(made, builders.child(initials, f"W-{at + 1}", age=9 + at))
        offer, _ = made.offers.log(made.approaches.ask(key, [ids[home]]).approaches[0], NewOffer(81_200 + at * 1_000))
        lives += made.placements.start(offer, NewPlacement(clock.now)).placements
    plan, _ = made.permanence.add(made.placements.get(lives[0]).child_id,
                                  NewPlan("long_term_foster", first, first + 150 * DAY, "waits for a match"))  # fmt: skip
    step, _ = made.permanence.add_step(plan, "assessment", first + 60 * DAY)
    made.permanence.add_step(plan, "panel", first + 130 * DAY)
    made.permanence.step_done(step)
    made.permanence.add(made.placements.get(lives[2]).child_id, NewPlan("adoption", target_on=first + 80 * DAY))
    made.step_downs.add(lives[1], NewStepDown("foster", first + 90 * DAY, first + 120 * DAY, "two carers know him"))
    clock.now = NOW - 12 * DAY
    made.warnings.log(lives[0], NewWarning("third call this week, asks for respite", london_day(clock.now), "CA3", "carer",
                                           "respite booked for the weekend"))  # fmt: skip
    clock.now = NOW - 2 * DAY
    made.warnings.log(lives[1], NewWarning("missing twice since Friday", london_day(clock.now), "CH3"))
    made.endings.end(lives[3], NewEnding(london_day(clock.now), "CREQB", lesson="Ring the carer on Fridays, before contact",
                                         lesson_needs=("VIOLENCE",)))  # fmt: skip
    clock.now = NOW - timedelta(minutes=30)
    for at, initials in enumerate(("AB", "TS", "LM")):
        builders.referral(made, builders.child(initials, f"W-{at + 20}", age=11 + at))
    made.close()
    return path


PLACES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "placements": ((("p",), "warned 12d"),),
    "warning": ((("p",), "warned 12d"), (("w",), "Enter saves"), (("S", "U", "2", "space", "c", "a", "r", "e", "r", "space", "x"), "no respite, carer says")),
    "plans": ((("p",), "warned 12d"), (("P",), "held up")),
    "step_downs": ((("p",), "warned 12d"), (("P", "2"), "10d past")),
    "warnings": ((("p",), "warned 12d"), (("P", "5"), "open 12 days")),
    "lessons": ((("p",), "warned 12d"), (("L",), "bears on now")),
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", PLACES)
def test_looks(snap_compare: Any, team: Path, place: str, size: tuple[int, int]) -> None:
    assert snap_compare(still(team), terminal_size=size, run_before=pressed(*PLACES[place]))
