"""Every record that is about a child, whole, as it stands: for a request of access."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import columns_of, home
from placement_tui.db.reads import belonging, labels
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS

_PEOPLE = ("inhouse", "agency")  # kinds of home whose name may be that of the people who live there


class Whole(NamedTuple):
    """One record: its columns, those that refer to another with that one's words, and which tables these are."""

    noun: str
    key: UUID
    struck: bool
    shared: bool
    values: dict[str, Any]
    refers: dict[str, str]


def of_child(session: Session, child: UUID) -> list[Whole]:
    """What is held of a child, by table in the order of the tables, the oldest first; struck out ones too."""
    own, shared = belonging.of_children(session, {child})
    rows = [
        (noun, dict(row._mapping), key_is_shared)
        for noun in RECORDS
        for found, key_is_shared in ((own, False), (shared, True))
        for row in _rows(session, noun, found.get(noun, set()))
    ]
    refers = {
        (noun, column.name): key.column.table.name
        for noun in RECORDS
        for column in columns_of(RECORDS[noun])
        for key in column.foreign_keys
    }
    wanted = {
        (refers[noun, name], value)
        for noun, row, _ in rows
        for name, value in row.items()
        if value and (noun, name) in refers
    }
    words = labels.of(session, wanted)
    carers = set(session.execute(select(home.c.id).where(home.c.kind.in_(_PEOPLE))).scalars())
    return [
        Whole(
            noun, row["id"], row["struck_at"] is not None, is_shared,
            {name: words.get(value, "") if (noun, name) in refers else value for name, value in row.items()},
            {
                name: "carer" if row[name] in carers else refers[noun, name]
                for name in row if (noun, name) in refers and row[name]
            },
        )
        for noun, row, is_shared in rows
    ]  # fmt: skip


def _rows(session: Session, noun: str, keys: set[UUID]) -> Iterable[Any]:
    columns = columns_of(RECORDS[noun])
    for chunk in chunks(sorted(keys)):
        yield from session.execute(select(*columns).where(columns.id.in_(chunk)).order_by(columns.id))
