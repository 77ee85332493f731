"""Every record that is about a child, whole, as it stands: for a request of access."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db.columns import columns_of, draft, home
from placement_tui.db.reads import belonging, labels, retention
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS
from placement_tui.domain.restricted import ADDRESS, WORDS

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
    shared["sibling_group"] = belonging.groups_with(session, own.get("referral", set()) | shared.get("referral", set()))
    rows = [
        (noun, dict(row._mapping), key_is_shared)
        for noun in RECORDS
        for found, key_is_shared in ((own, False), (shared, True))
        for row in _rows(session, noun, found.get(noun, set()))
    ]
    secret = set(session.execute(select(home.c.id).where(home.c.restricted)).scalars())
    for noun, row, _ in rows:  # an address that Ofsted sent to the authority alone goes into no file
        if row.get("home_id") in secret:
            row |= {name: WORDS for name in ADDRESS.get(noun, ()) if row[name]}
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


def drafts(session: Session, child: UUID) -> list[tuple[UUID, str, datetime, dict[str, Any]]]:
    """Half-typed forms that are about a child or name them: id, form, when, what was typed."""
    wanted = retention.drafts_about(session, retention.subject(session, {child}))
    query = select(draft.c.id, draft.c.form, draft.c.saved_at, draft.c.typed).where(draft.c.id.in_(wanted))
    return [tuple(row) for row in session.execute(query.order_by(draft.c.saved_at))]


def _rows(session: Session, noun: str, keys: set[UUID]) -> Iterable[Any]:
    columns = columns_of(RECORDS[noun])
    for chunk in chunks(sorted(keys)):
        yield from session.execute(select(*columns).where(columns.id.in_(chunk)).order_by(columns.id))
