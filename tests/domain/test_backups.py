"""Which copies are kept, what they are called, when one is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.backups import (
    ASKED,
    AUTOMATIC,
    BEFORE,
    RESCUED,
    BackupRow,
    Keep,
    due,
    file_name,
    read_name,
    superfluous,
)
from placement_tui.domain.typed_times import london

NOW = datetime(2026, 10, 18, 14, 0, tzinfo=UTC)


def row(at: datetime, kind: str = AUTOMATIC) -> BackupRow:
    """A copy made then."""
    return BackupRow(Path(file_name("team", at, kind)), at, kind, 1, True)


@pytest.mark.parametrize("kind", [AUTOMATIC, ASKED, RESCUED, f"{BEFORE} 0003"])
def test_a_name_says_when_and_why(kind: str) -> None:
    assert read_name(file_name("team 1", NOW, kind)) == (NOW, kind)
    assert not set(file_name("team", NOW, kind)) & set('<>:"/\\|?*')  # Windows keeps these for itself


@pytest.mark.parametrize(
    "name", ["team.db", "team-2026.db", "team-20261399T990000Z.db", "team-20261018T140000Z.db.keys"]
)
def test_other_files_are_no_copies(name: str) -> None:
    assert read_name(name) is None


def test_a_year_of_copies_each_six_hours_comes_down_to_the_number_kept() -> None:
    copies = [row(NOW - timedelta(hours=6 * n)) for n in range(4 * 400)]
    gone = {each.path for each in superfluous(copies, Keep(), NOW)}
    kept = [each.made_at.astimezone(london()) for each in copies if each.path not in gone]
    assert len({at.date() for at in kept if at.date() > NOW.date() - timedelta(days=7)}) == 7
    assert len({at.strftime("%Y-%m") for at in kept}) == 12
    assert len(kept) == len({at.date() for at in kept})  # one a day at most
    assert 7 + 2 + 9 <= len(kept) <= 7 + 4 + 12


def test_what_was_made_before_a_migration_stays_a_year_and_what_was_rescued_for_good() -> None:
    copies = [row(NOW - timedelta(days=n)) for n in range(30)]
    before, old = row(NOW - timedelta(days=200), f"{BEFORE} 0003"), row(NOW - timedelta(days=500), f"{BEFORE} 0002")
    rescued = row(NOW - timedelta(days=900), RESCUED)
    gone = superfluous([*copies, before, old, rescued], Keep(7, 0, 0), NOW)
    assert before not in gone
    assert rescued not in gone
    assert old in gone


@given(
    st.lists(st.integers(0, 2_000), unique=True, min_size=1), st.integers(0, 9), st.integers(0, 9), st.integers(0, 20)
)
def test_the_newest_is_always_kept_and_tidying_twice_removes_nothing_more(
    hours: list[int], daily: int, weekly: int, monthly: int
) -> None:
    copies = [row(NOW - timedelta(hours=each)) for each in hours]
    keep = Keep(daily, weekly, monthly)
    gone = superfluous(copies, keep, NOW)
    assert max(copies, key=lambda each: each.made_at) not in gone
    left = [each for each in copies if each not in gone]
    assert superfluous(left, keep, NOW) == []
    assert len(left) <= max(1, daily + weekly + monthly)


def test_one_is_due_after_so_many_hours_and_a_clock_that_jumped_holds_none_back() -> None:
    assert due(None, 24, NOW)
    assert not due(NOW - timedelta(hours=23), 24, NOW)
    assert due(NOW - timedelta(hours=24), 24, NOW)
    assert due(NOW + timedelta(days=365), 24, NOW)  # made while the clock stood a year ahead
    assert not due(None, 0, NOW)  # never, by choice
