"""How a fault is put together: which row or record it is of, and its words."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from placement_tui.domain.episodes import Episode
from placement_tui.domain.returns import MEND, ChildReturn, Fault


def said_day(day: date) -> str:
    """A day in words: `3 May 2025`."""
    return f"{day.day} {day:%b %Y}"


def of_row(row: Episode) -> str:
    """An episode in words: `K2 from 3 May 2025`."""
    return f"{row.place or 'No placement'} from {said_day(row.decom)}"


def of_child(
    child: ChildReturn, rule: str, text: str, mend: str, *, level: str = MEND, also: tuple[str, ...] = ()
) -> Fault:
    """A fault of the child's own record."""
    history = child.history
    return Fault(rule, text, mend, history.identifier, history.child_id, "child", history.child_id, None, level, also)


def of_episode(
    child: ChildReturn,
    row: Episode,
    rule: str,
    text: str,
    mend: str,
    *,
    noun: str = "placement",
    level: str = MEND,
    also: tuple[str, ...] = (),
) -> Fault:
    """A fault of an episode, mended in its placement, ending, status or care; in care where there is no such record."""
    keys = {"placement": row.stay_id, "ending": row.stay_id, "status": row.status_id}
    key = keys.get(noun)
    if key is None:
        noun, key = "care", row.care_id
    history = child.history
    return Fault(
        rule, f"{of_row(row)}: {text}", mend, history.identifier, history.child_id, noun, key, row.decom, level, also
    )


def of_record(
    child: ChildReturn,
    noun: str,
    key: UUID | None,
    day: date | None,
    rules: tuple[str, ...],
    text: str,
    mend: str,
    level: str = MEND,
) -> Fault:
    """A fault of a record beside the episodes; the first of the numbers leads."""
    history = child.history
    return Fault(rules[0], text, mend, history.identifier, history.child_id, noun, key, day, level, rules[1:])
