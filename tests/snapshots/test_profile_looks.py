"""What a child's profile looks like: empty, written, checked, with what gives the child away, and as it is written."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from placement_tui.domain.profiles import RiskRow
from tests import builders
from tests.snapshots.test_screens import NOW, SIZES, shown, still

TEXT = {
    "strengths": "Funny and kind. He bakes for everybody, sings in the kitchen, and is proud of his garden.",
    "words": '"I want a garden and somebody who listens."',
    "helps": "When he feels frightened he needs to know who is there. Ask Kieran what would help.",
    "education": "Year 9, attendance of 94 per cent this term, a plan for education, likes art and cooking best.",
    "family": "Every second Saturday from ten to noon with his dad, supervised.",
    "support": "20 hours of a mentor each week and transport, for six months.",
}


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three referrals: one with a profile that names the child, two without."""
    path = tmp_path_factory.mktemp("profiles") / "team.db"
    clock = builders.Clock(NOW - timedelta(hours=2))
    made = builders.team(path, clock)
    builders.homes(made)
    key = builders.referral(made, builders.child("KO", name="Kieran O'Hare", born_on=date(2012, 3, 14)), urgency="now")
    child = made.profiles.of_referral(key)[0].child.id
    made.profiles.save(
        child, TEXT, [RiskRow("Goes missing", date(2026, 8, 3), "after calls that were cut short", "", "ring back")]
    )
    builders.referral(made, builders.child("AB", "W-2", age=4, sex="F"), builders.child("CD", "W-3", age=6))
    builders.referral(made, builders.child("TS", "W-4", age=16), wanted=("supported",))
    made.close()
    return path


PLACES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "written": ((("full_stop",), "[Kieran]"),),
    "checked": ((("full_stop",), "[Kieran]"), (("tab",), "Ten checks")),
    "form": ((("full_stop",), "[Kieran]"), (("enter",), "1:2 2:2")),
    "stopped": ((("full_stop",), "[Kieran]"), (("y",), "gives the child away in 1 place")),
    "empty": ((("j", "full_stop"), "Nothing is written yet"),),
}


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", PLACES)
def test_looks(snap_compare: Any, team: Path, place: str, size: tuple[int, int]) -> None:
    assert snap_compare(still(team), terminal_size=size, run_before=shown(*PLACES[place]))
