"""The duty board as it was last read, kept so that the next start can paint it before the store is loaded.

It says when it was read, and is never shown without that: what happened since is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from placement_tui.domain.board import Board, BoardRow
from placement_tui.domain.tasks import TaskRow

MOST = 60  # rows: as many as the tallest screen shows
_TIMES = frozenset({"needed_by", "received_at", "last_at", "due_at", "first_due_at", "made_at", "done_at"})
T = TypeVar("T", BoardRow, TaskRow)


@dataclass(frozen=True, slots=True)
class Glance:
    """A board, how many referrals were open, when that was so, and whose board it is."""

    board: Board
    open: int
    read_at: datetime
    council: str
    tables: str


def packed(board: Board, read_at: datetime, council: str, tables: str) -> bytes:
    """The first rows of a board with its counts; `tables` is the version of the tables that it was read from."""
    return json.dumps(
        {
            "read_at": read_at.isoformat(), "council": council, "tables": tables, "open": len(board.rows),
            "rows": [_plain(row) for row in board.rows[:MOST]],
            **{each.name: getattr(board, each.name) for each in fields(board) if each.name != "rows"},
        }, separators=(",", ":"),
    ).encode()  # fmt: skip


def unpacked(body: bytes) -> Glance:
    """What `packed` wrote. Raises ValueError, KeyError, TypeError for anything else."""
    said = json.loads(body)
    rows = tuple(_row(BoardRow, row) for row in said["rows"])
    rows = tuple(
        replace(row, due=tuple(_row(TaskRow, task) for task in cast(Any, row.due)), wanted=tuple(row.wanted), waiting=tuple(row.waiting))
        for row in rows
    )  # fmt: skip
    counts = {each.name: int(said[each.name]) for each in fields(Board) if each.name != "rows"}
    return Glance(
        Board(rows, **counts), int(said["open"]), datetime.fromisoformat(said["read_at"]), str(said["council"]),
        str(said["tables"]),
    )  # fmt: skip


def _plain(row: BoardRow | TaskRow) -> dict[str, Any]:
    found = {}
    for each in fields(row):
        value = getattr(row, each.name)
        if each.default is MISSING or value != each.default:
            found[each.name] = _plain_value(value)
    return found


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain_value(each) for each in value]
    if isinstance(value, BoardRow | TaskRow):
        return _plain(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value.hex if isinstance(value, UUID) else value


def _row(kind: type[T], said: Mapping[str, Any]) -> T:
    values = dict(said)
    for name, value in said.items():
        if isinstance(value, str):
            if name in _TIMES:
                values[name] = datetime.fromisoformat(value)
            elif name == "id" or name.endswith("_id"):
                values[name] = UUID(value)
    return kind(**values)
