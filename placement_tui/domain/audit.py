"""The audit: who saw and who changed what, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

Kind = Literal["view", "change"]

AWAY = "kept at the council"
VIEW = "view "  # how the command of a view begins: "view call list"
QUIET = timedelta(minutes=15)  # one officer's looks at one child in one place count once in it


@dataclass(frozen=True, slots=True)
class Sight:
    """That somebody opened a record: of what table, which, in what place, when."""

    noun: str
    keys: tuple[UUID, ...]
    place: str
    at: datetime

    @property
    def command(self) -> str:
        """How the journal names it."""
        return VIEW + self.place


@dataclass(frozen=True, slots=True)
class AuditField:
    """One field of a change, as it was before and as it is after; values as the journal keeps them."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One view or one change of one record.

    `what` says in a few words which record it is (a reference, a child's initials, a home's name). `erased` is true for
    a change whose values were erased since: that it was made still stands; `away` for one whose values are at the council,
    in a laptop's store that holds the open referrals alone.
    """

    id: UUID
    at: datetime
    officer_id: UUID | None
    officer: str
    initials: str
    kind: Kind
    command: str
    noun: str
    key: UUID
    what: str
    fields: tuple[AuditField, ...] = ()
    erased: bool = False
    away: bool = False


def command_words(command: str) -> str:
    """The command for people: what was undone and then undone again was done again."""
    bare = command.removeprefix("undo ")
    while bare.startswith("undo "):
        bare = bare.removeprefix("undo ")
    undone = (len(command) - len(bare)) // len("undo ")
    return bare if not undone else f"undo {bare}" if undone % 2 else f"redo {bare}"


def changed_words(row: AuditRow) -> tuple[str, ...]:
    """What was set, field by field, before and after, without the ids: those are for machines."""
    if row.erased or row.away:
        return (f"({AWAY if row.away else 'erased'})",)
    said = []
    for each in row.fields:
        if not _is_id(each.after or each.before):
            before, after = _words(each.before), _words(each.after) or "nothing"
            said.append(f"{each.name} {before} -> {after}" if before else f"{each.name} {after}")
    return tuple(said)


def _words(value: Any) -> str:
    return value if isinstance(value, str) else "" if value in (None, []) else json.dumps(value, ensure_ascii=False)


def _is_id(value: Any) -> bool:
    if not isinstance(value, str) or len(value.replace("-", "")) != 32:
        return False
    try:
        UUID(value)
    except ValueError:
        return False
    return True
