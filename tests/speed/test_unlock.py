"""Opening costs a guesser what a current recommendation asks, and an officer less than a second.

The figures: python -m tests.speed.unlock
"""

from __future__ import annotations

from pathlib import Path

from placement_tui.db import slots
from tests.speed import unlock


def test_a_slot_is_made_at_that_cost_and_opens_within_a_second_of_one_core(made_team: Path) -> None:
    (slot,) = slots.read(made_team).slots
    assert (slot.memory_kib, slot.passes, slot.lanes) == (slots.MEMORY_KIB, slots.PASSES, slots.LANES)
    best = min(each.cpu for each in unlock.openings(made_team, 3))
    assert best < 1
    assert min(each.cpu for each in unlock.guesses(made_team, 2)) > best / 4  # it is the passphrase that takes the time


def test_the_longer_measurement_runs(tmp_path: Path) -> None:
    path = unlock.made(tmp_path)
    ((megabytes, seconds),) = unlock.rotations(path, (1,), 1)
    assert megabytes > 0.5
    assert seconds > 0
