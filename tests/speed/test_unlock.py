"""Opening costs a guesser what a current recommendation asks, and an officer less than a second.

The figures: python -m tests.speed.unlock
"""

from __future__ import annotations

from pathlib import Path

from placement_tui.db import slots
from tests.speed import unlock


def test_a_slot_is_made_at_that_cost_and_opens_within_a_second_of_one_core(tmp_path: Path, full_cost: None) -> None:
    path = unlock.made(tmp_path)
    (slot,) = slots.read(path).slots
    assert (slot.memory_kib, slot.passes, slot.lanes) == (64 * 1024, 3, 4)
    best = min(each.cpu for each in unlock.openings(path, 3))
    assert best < 1
    assert min(each.cpu for each in unlock.guesses(path, 2)) > best / 4  # it is the passphrase that takes the time


def test_the_longer_measurement_runs(tmp_path: Path) -> None:
    path = unlock.made(tmp_path)
    ((megabytes, seconds),) = unlock.rotations(path, (1,), 1)
    assert megabytes > 0.5
    assert seconds > 0
