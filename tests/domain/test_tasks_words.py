"""What is late, today or later; how it is said; and references short enough to type."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from placement_tui.domain.clocks import Due
from placement_tui.domain.tasks import (
    TaskRow,
    counts_of,
    derived_row,
    due_words,
    group_of,
    in_order,
    matching,
    reference_of,
    task_id,
)

NOW = datetime(2026, 7, 14, 22, 30, 30, tzinfo=UTC)  # Tuesday 14 July, 23:30 in London


def task(due_at: datetime, source: str = "test", law: str = "Reg 13 CPPCR 2010") -> TaskRow:
    """Something due."""
    return derived_row(Due(source, "L6", law, "tell the GP", "the GP", due_at))


GROUPS = [
    ("a minute ago", datetime(2026, 7, 14, 22, 29, tzinfo=UTC), "late"),
    ("in this minute", datetime(2026, 7, 14, 22, 30, tzinfo=UTC), "today"),
    ("the last minute of today", datetime(2026, 7, 14, 22, 59, tzinfo=UTC), "today"),
    ("midnight in London, still today in UTC", datetime(2026, 7, 14, 23, 0, tzinfo=UTC), "this week"),
    ("the end of this day next week", datetime(2026, 7, 21, 22, 59, tzinfo=UTC), "this week"),
    ("the day after that", datetime(2026, 7, 22, 22, 59, tzinfo=UTC), "later"),
]


@pytest.mark.parametrize(("when", "due_at", "group"), GROUPS, ids=[row[0] for row in GROUPS])
def test_where_a_task_stands(when: str, due_at: datetime, group: str) -> None:
    assert group_of(task(due_at), NOW) == group


WORDS = [
    ("the end of today", datetime(2026, 7, 14, 22, 59, tzinfo=UTC), "by today"),
    ("a time today", datetime(2026, 7, 14, 22, 45, tzinfo=UTC), "23:45"),
    ("the end of a day", datetime(2026, 7, 17, 22, 59, tzinfo=UTC), "by Fri 17 Jul"),
    ("a time of another day", datetime(2026, 7, 17, 16, 0, tzinfo=UTC), "Fri 17 Jul 17:00"),
    ("the end of a day in winter time", datetime(2026, 11, 6, 23, 59, tzinfo=UTC), "by Fri 6 Nov"),
]


@pytest.mark.parametrize(("what", "due_at", "words"), WORDS, ids=[row[0] for row in WORDS])
def test_when_it_is_due_in_words(what: str, due_at: datetime, words: str) -> None:
    assert due_words(due_at, NOW) == words


def test_late_ones_come_first_then_by_time_and_finished_ones_last() -> None:
    late, soon, far = (task(NOW + timedelta(days=days), f"at {days}") for days in (-1, 1, 5))
    done = replace(task(NOW - timedelta(days=9), "done"), state="done", done_at=NOW)
    assert in_order([far, done, soon, late], NOW) == [late, soon, far, done]
    assert counts_of([far, done, soon, late], NOW) == (1, 0)


def test_a_working_clock_that_was_moved_is_late_by_its_new_time_and_one_of_the_law_by_its_first() -> None:
    first, later = NOW - timedelta(hours=1), NOW + timedelta(hours=5)
    assert replace(task(first, law=""), due_at=later).late(NOW) is False
    assert replace(task(first), due_at=later).late(NOW) is True
    assert replace(task(later), due_at=first).late(NOW) is True  # brought forward, the nearer day counts


def test_references_are_short_plain_and_found_by_their_first_letters() -> None:
    rows = [task(NOW, f"source {number}") for number in range(300)]
    refs = [row.ref for row in rows]
    assert all(len(ref) == 5 and set(ref) <= set("23456789bcdfghjkmnpqrstvwxz") for ref in refs)
    assert reference_of(task_id("source 1")) == rows[1].ref  # the same on every machine
    assert matching(rows, rows[7].ref.upper()) == [rows[7]]
    assert matching(rows, str(rows[7].id)) == [rows[7]]
    assert len(matching(rows, rows[7].ref[0])) > 1  # three hundred tasks and twenty-seven letters
    assert matching(rows, "") == []
