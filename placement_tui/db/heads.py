"""What the operations of a record leave standing, and what of it whoever changes the record had read.

An operation names what it replaces. What a colleague saved after the officer read is not replaced: it stays beside the
officer's own, as a second value of the field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import arrival, operation
from placement_tui.db.tables import Local
from placement_tui.domain.conflicts_stamps import to_settle
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.operations import FieldState, Op, fold, same
from placement_tui.errors import Refused

CONFLICTS = "conflicts"
CONTEXT = "journal"
_AS_IT_IS = frozenset({str, int, float, bool, list, dict, type(None)})
_CHUNK = 500
_NEVER_SET = FieldState(None, (), False)


@dataclass(slots=True)
class Context:
    """Who changes something, by what command, at what time; one for each transaction."""

    officer: UUID | None
    command: str
    clock: Callable[[], datetime]
    undoes: UUID | None = None
    intention: UUID = field(default_factory=new_id)
    seen: int | None = None  # how far the journal had arrived when whoever changes this read it; None: it is read now
    heads: dict[UUID, dict[str, list[str]]] = field(default_factory=dict)
    shown: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    was: dict[UUID, dict[str, FieldState]] = field(default_factory=dict)  # as it was when it was read
    own: set[str] = field(default_factory=set)
    split: dict[UUID, str] = field(default_factory=dict)  # records of which a field has more than one value
    clashes: set[UUID] = field(default_factory=set)  # those that this intention made so
    values: dict[UUID, dict[str, dict[str, Any]]] = field(default_factory=dict)  # of fields with several heads, by head
    touched: dict[str, set[UUID]] = field(default_factory=dict)

    def beside(self, key: UUID, name: str, own: set[str]) -> list[Any]:
        """What a field's heads besides some operations say, the latest first: a colleague's value beside one's own."""
        found = self.values.get(key, {}).get(name, {})
        return [value for head, value in reversed(found.items()) if head not in own] if own & found.keys() else []


def context(session: Session) -> Context:
    """The context of a writing session. Raises Refused for a session that may not write."""
    found = session.info.get(CONTEXT)
    if not isinstance(found, Context):
        raise Refused("This only reads", mend="changes go through a writing session")
    return found


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it: ids as hex, times as UTC text, dates as text."""
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def load_heads(session: Session, here: Context, keys: Iterable[UUID]) -> None:
    """Learn what the operations so far of these records leave standing, to name what a change replaces."""
    missing = [key for key in dict.fromkeys(keys) if key not in here.heads]
    for start in range(0, len(missing), _CHUNK):
        chunk = missing[start : start + _CHUNK]
        found: dict[UUID, list[Op]] = {key: [] for key in chunk}
        for key, op in ops_of(session, chunk):
            found[key].append(op)
        read: dict[UUID, list[Op]] = {key: [] for key in chunk}
        if here.seen is not None:
            for key, op in ops_of(session, chunk, here.seen):
                read[key].append(op)
        for key, ops in found.items():
            states = fold(ops)
            here.heads[key] = {name: list(state.heads) for name, state in states.items()}
            by_id = {op.id: op for op in ops}
            here.values[key] = {
                name: {head: (by_id[head].fields or {}).get(name) for head in state.heads}
                for name, state in states.items()
                if len(state.heads) > 1
            }
            here.shown[key] = {name: state.value for name, state in states.items()}
            if any(state.conflict for state in states.values()):
                here.split[key] = ""
            if here.seen is not None:
                here.was[key] = fold(read[key])


def ops_of(session: Session, keys: Sequence[UUID], arrived: int | None = None) -> list[tuple[UUID, Op]]:
    """The operations of some records, as the fold takes them; only those that had `arrived` in this store by then."""
    c = operation.c
    query = select(c.key, c.id, c.device, c.hlc, c.fields, c.base).where(c.key.in_(keys))
    if arrived is not None:
        query = query.where(arrival <= arrived)
    return [
        (key, Op(op.hex, device.hex, hlc, fields, base))
        for key, op, device, hlc, fields, base in session.execute(query)
    ]


def left_alone(session: Session, key: UUID, fields: Mapping[str, Any]) -> set[str]:
    """Those of some fields that hold what whoever changes them had read, while a colleague has changed them since."""
    here = context(session)
    if here.seen is None:
        return set()
    load_heads(session, here, [key])
    was, shown = here.was[key], here.shown[key]
    return {
        name
        for name, value in fields.items()
        if same(plain(value), was[name].value if name in was else None) and not same(plain(value), shown.get(name))
    }


def read_live(session: Session, keys: Sequence[UUID]) -> set[UUID] | None:
    """Those of some records that stood when whoever changes them read them; None where they are read only now."""
    here = context(session)
    if here.seen is None:
        return None
    load_heads(session, here, keys)
    return {key for key in keys if here.was[key] and (here.was[key].get("struck_at", _NEVER_SET).value in (None, ""))}


def unseen(here: Context, key: UUID, name: str) -> list[str]:
    """The heads of a field that whoever changes it never read, where they say something else than what they read."""
    if here.seen is None or key not in here.was:
        return []
    was = here.was[key].get(name)
    read = {*(was.heads if was else ()), *here.own}
    found = [head for head in here.heads[key].get(name, ()) if head not in read]
    return found if found and not same(here.shown[key].get(name), was.value if was else None) else []


def note_conflicts(session: Session, here: Context) -> None:
    """Keep the list of the records of which a field has more than one value: everybody sees how many wait."""
    row = session.get(Local, CONFLICTS)
    before = dict(row.value) if row else {}
    after = dict(before)
    for key, noun in here.split.items():
        if noun and to_settle(noun, key, fold(op for _, op in ops_of(session, [key]))):
            after[key.hex] = noun
        elif noun:
            after.pop(key.hex, None)
    if after != before and row is not None:
        row.value = after
    elif after != before:
        session.add(Local(name=CONFLICTS, value=after))
