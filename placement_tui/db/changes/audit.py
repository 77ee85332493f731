"""Note who looked at which child: operations that set nothing, chained like every other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db import journal
from placement_tui.db.columns import operation
from placement_tui.db.reads import belonging
from placement_tui.domain.audit import QUIET, Sight
from placement_tui.domain.identifiers import ANY, new_id


def note(session: Session, sights: Sequence[Sight], *, always: bool = False) -> int:
    """Append one view for each child seen in each place; gives how many.

    A look that was noted within the last quarter of an hour, by this officer in this place, at this desk or another, is
    not noted again, unless `always`.
    """
    officer = journal.context(session).officer
    changes: list[tuple[UUID, str, dict[str, Any], datetime, UUID | None]] = []
    marks: list[tuple[str, UUID]] = []
    done: set[tuple[UUID, str]] = set()
    for sight in sights:
        for child in sorted(_children(session, sight)):
            if not always and ((child, sight.command) in done or _lately(session, officer, child, sight)):
                continue
            done.add((child, sight.command))
            changes.append((child, belonging.CHILD, {}, sight.at, officer))
            marks.append((sight.command, new_id()))
    if changes:
        journal.write(session, changes, marks=marks)
    return len(changes)


def note_query(session: Session, tables: Collection[str], at: datetime) -> None:
    """Append a view of the officer's own, of a query over tables: which children its rows are about nobody can tell."""
    officer = journal.context(session).officer
    if officer is not None:
        sight = Sight("officer", (officer,), f"sql: {', '.join(sorted(tables))}", at)
        if not _lately(session, officer, officer, sight):
            journal.write(session, [(officer, "officer", {}, at, officer)], marks=[(sight.command, new_id())])


def _children(session: Session, sight: Sight) -> set[UUID]:
    if sight.noun != ANY:
        return belonging.children_of(session, sight.noun, sight.keys)
    nouns = {key: belonging.noun_of(session, key) for key in sight.keys}
    return {child for key, noun in nouns.items() if noun for child in belonging.children_of(session, noun, [key])}


def _lately(session: Session, officer: UUID | None, child: UUID, sight: Sight) -> bool:
    c = operation.c
    query = select(c.id).where(
        c.key == child, c.command == sight.command, c.officer_id == officer, c.at > sight.at - QUIET, c.at <= sight.at
    )
    return session.execute(query.limit(1)).first() is not None
