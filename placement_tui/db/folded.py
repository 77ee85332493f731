"""The second walk of `verify`: every record against the fold of its operations, in the order of their keys.

Operations and rows are both read in that order, side by side, so that memory holds one record at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Uuid
from sqlalchemy.sql.schema import Column

from placement_tui.db.columns import columns_of
from placement_tui.db.tables import RECORDS
from placement_tui.db.types import UtcDateTime
from placement_tui.domain.history import Fault
from placement_tui.domain.operations import EMPTY, WITHHELD, Op, content_digest, fold

_OPERATIONS = (
    "SELECT key, noun, id, device, sequence, hlc, fields, base, salt, digest, intention FROM operation ORDER BY key"
)
_NONE: tuple[Any, ...] = (None,)


class Folded:
    """Walks once over all operations and all rows of all records."""

    def __init__(self, raw: Any, step: Callable[[], None]) -> None:
        self._raw, self._step = raw, step
        self.faults: list[Fault] = []
        self.records = 0
        self.withheld = (
            0  # operations whose values are at the council, in a laptop's store with the open referrals alone
        )
        self._part = bool(raw.execute("SELECT 1 FROM local WHERE name = 'open only'").fetchone())
        self._rows = {noun: _Rows(raw, noun) for noun in RECORDS}
        self._erasures = _erasures(raw)
        self._redacted: Counter[str] = Counter()
        # Of them, those of other devices: logged elsewhere by who did not know of it yet.
        self._beside: Counter[str] = Counter()
        self._either: Counter[str] = Counter()  # taken by one of several erasures of the record

    def walk(self) -> None:
        """Compare everything."""
        key: str | None = None
        group: list[Any] = []
        for row in self._raw.execute(_OPERATIONS):
            self._step()
            if row[0] != key:
                self._record(group)
                key, group = row[0], []
            group.append(row)
        self._record(group)
        for noun, rows in self._rows.items():
            self.faults += [_unmade(noun, left) for left in rows.rest()]
        for intention, (count, key_) in self._erasures.items():
            found = self._redacted[intention]
            if (
                not found - self._beside[intention]
                <= count
                <= (count if self._part else found + self._either[intention])
            ):
                self.faults.append(
                    Fault("", 0, f"{found:,} operations are erased by it, not {count:,}", "erasure", key_)
                )

    def _record(self, group: list[Any]) -> None:
        if not group:
            return
        ops = [op for row in group if (op := self._operation(row)) is not None]
        away = self._away(group)
        if not away:
            self._cover(group)
        noun = group[0][1]
        rows = self._rows.get(noun)
        if rows is None:  # of a newer version: kept, and not read
            return
        missed, found = rows.upto(group[0][0])
        self.faults += [_unmade(noun, key) for key in missed]
        if found is None:
            if not away and any(row[6] != "{}" for row in group):
                self.faults.append(_fault(group[-1], f"the row of this {_words(noun)} is gone"))
            return
        self.records += 1
        self.faults += [
            _fault(group[-1], f"{name.replace('_', ' ')} is not what the journal says ({_words(noun)})")
            for name in rows.differing(found, _values(ops))
        ]

    def _operation(self, row: Any) -> Op | None:
        """The operation as the fold takes it; its values must be those that were hashed."""
        try:
            fields = json.loads(row[6]) if row[6] is not None else None
            base = json.loads(row[7]) if row[7] != "{}" else {}
            altered = fields is not None and content_digest(fields, row[8]) != row[9]
            op = Op(row[2], row[3], row[5], fields, base)
        except (ValueError, TypeError, RecursionError):
            altered, op = True, None
        if altered:
            self.faults.append(_fault(row, f"its values were changed ({row[1]})"))
        return op

    def _away(self, group: list[Any]) -> bool:
        """True where values are at the council: only such a laptop's store may lack them, and then the record may be missing."""
        lacking = [row for row in group if row[6] is None and row[8] == WITHHELD]
        self.withheld += len(lacking)
        if not self._part:
            self.faults += [
                _fault(row, f"its values are laid aside, in a store that holds everything ({row[1]})")
                for row in lacking
            ]
        return bool(lacking) and self._part

    def _cover(self, group: list[Any]) -> None:
        """Values may be gone only where an erasure that the journal has took them."""
        erased = [row for row in group if row[6] is None and row[8] != WITHHELD]
        if not erased:
            return
        erasing = sorted((row[5], row[10], row[3]) for row in group if row[10] in self._erasures)
        for row in erased:
            elsewhere = {each[1] for each in erasing if each[2] != row[3]}
            took = elsewhere | {each[1] for each in erasing if each[0] > row[5]}
            if not took or row[8] != "":
                self.faults.append(_fault(row, f"its values were taken out, and no erasure took them ({row[1]})"))
            elif len(took) == 1:
                self._redacted.update(took)
                self._beside.update(elsewhere)
            else:
                self._either.update(took)


class _Rows:
    """The rows of one table in the order of their keys."""

    def __init__(self, raw: Any, noun: str) -> None:
        columns: list[Column[Any]] = list(columns_of(RECORDS[noun]))
        self._names = [column.name for column in columns]
        self._plain = [_reader(column) for column in columns]
        self._default = [_default(column) for column in columns]
        names = ", ".join(f"[{name}]" for name in self._names)  # in double quotes a column that is not there is a text
        # The names are the program's own. A cursor of its own for each table: they advance side by side.
        self._cursor: Iterator[Any] = iter(raw.cursor().execute(f"SELECT {names} FROM [{noun}] ORDER BY id"))  # noqa: S608 - see above
        self._id = self._names.index("id")
        self._next = next(self._cursor, None)

    def upto(self, key: str) -> tuple[list[str], Any]:
        """The keys of rows before this one that nothing led to, and the row itself if it is there."""
        missed = []
        while self._next is not None and str(self._next[self._id]) < key:
            missed.append(str(self._next[self._id]))
            self._next = next(self._cursor, None)
        if self._next is None or self._next[self._id] != key:
            return missed, None
        found, self._next = self._next, next(self._cursor, None)
        return missed, found

    def rest(self) -> list[str]:
        """The keys of the rows that are left."""
        missed = [] if self._next is None else [str(self._next[self._id])]
        return missed + [str(row[self._id]) for row in self._cursor]

    def differing(self, row: Any, values: Mapping[str, Any]) -> list[str]:
        """The columns that are not as the fold has them."""
        wrong = []
        for name, stored, plain, default in zip(self._names, row, self._plain, self._default, strict=True):
            if name in values:
                value = values[name]
                if stored == value or (value in EMPTY and stored in EMPTY):
                    continue
                try:
                    shown = plain(stored)
                except (ValueError, TypeError):
                    shown = object()
                if shown != value and not (value in EMPTY and shown in EMPTY):
                    wrong.append(name)
            elif stored not in EMPTY and stored not in default and name != "id":
                wrong.append(name)
        return wrong


def _values(ops: list[Op]) -> Mapping[str, Any]:
    """What a record's operations leave standing; most records have one."""
    if len(ops) == 1:
        return ops[0].fields or {}
    return {name: state.value for name, state in fold(ops).items()}


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    """How a stored value is said in the journal."""
    kind: Any = column.type
    if isinstance(kind, UtcDateTime):
        from placement_tui.db.verify import iso

        return iso
    if isinstance(kind, JSON):
        return lambda stored: None if stored is None else json.loads(stored)
    if isinstance(kind, Boolean):
        return lambda stored: bool(stored) if stored in (0, 1) else stored
    if isinstance(kind, Uuid | Date):
        return str
    return lambda stored: stored


def _default(column: Column[Any]) -> tuple[Any, ...]:
    """What a row has that was there before its column was; an empty list as it is stored."""
    if isinstance(column.type, JSON):
        return ("null", "[]", "{}", '""')
    said = column.server_default
    return _NONE if said is None else (str(getattr(said, "arg", "")).strip("'"), 0)


def _erasures(raw: Any) -> dict[str, tuple[int, str]]:
    """How many operations each erasure says that it erased, by its intention, with its key."""
    query = (
        "SELECT o.intention, e.operations, e.id FROM erasure e CROSS JOIN operation o ON o.key = e.id"
        " WHERE o.noun = 'erasure' AND instr(o.fields, '\"id\"') > 0"
    )
    return {row[0]: (row[1], row[2]) for row in raw.execute(query)}


def _fault(row: Any, what: str) -> Fault:
    return Fault(str(row[3]), row[4] if isinstance(row[4], int) else 0, what, str(row[1]), str(row[0]))


def _unmade(noun: str, key: str) -> Fault:
    return Fault("", 0, f"no operation made this {_words(noun)}", noun, key)


def _words(noun: str) -> str:
    return noun.replace("_", " ")
