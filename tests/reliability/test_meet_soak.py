"""The quick form of `tests/reliability/meet_soak.py`, the same each time."""

from __future__ import annotations

import pytest

from tests.reliability import meet_soak


@pytest.mark.slow
def test_any_work_any_meetings_cut_anywhere_and_all_stores_are_the_same() -> None:
    meet_soak.COUNTS.clear()
    meet_soak.run(examples=5, steps=20, fixed=True)
    done = meet_soak.COUNTS
    assert done["examples"] >= 5
    assert done["operations"] > 300
    assert done["cut"] + done["met"] > 5
    assert done["fields split"] > 0
