"""Whether the store is whole: its pages, its references, its journal's end, the clock it was written by."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from placement_tui.db.columns import draft, local, operation
from placement_tui.db.dialects import in_file
from placement_tui.db.journal import CHAIN, header
from placement_tui.domain.operations import GENESIS, chain_hash

LATEST = 200  # operations of each device whose chain a quick look walks


def library() -> tuple[str, tuple[int, ...]]:
    """The versions of SQLCipher and of the SQLite in it."""
    with closing(sqlcipher.connect(":memory:")) as connection:
        said = connection.execute("PRAGMA cipher_version").fetchone()
    return str(said[0]) if said else "unknown", tuple(int(part) for part in sqlcipher.sqlite_version.split("."))


def last_time(session: Session) -> datetime | None:
    """When the last operation was made, by the clock of the machine that made it."""
    query = select(operation.c.at).order_by(operation.c.hlc.desc()).limit(1)
    return session.execute(query).scalar()


def pages(session: Session, *, full: bool) -> list[str]:
    """What the file's own check finds wrong; the full one also reads every index against its table."""
    if not in_file(session):  # a server sees to its own pages
        return []
    said = session.execute(text("PRAGMA integrity_check" if full else "PRAGMA quick_check")).scalars().all()
    return [] if list(said) == ["ok"] else [str(each) for each in said]


def references(session: Session) -> list[str]:
    """The tables that refer to rows that are not there."""
    if not in_file(session):  # a server lets no such row in
        return []
    return sorted({str(row[0]) for row in session.execute(text("PRAGMA foreign_key_check"))})


def chain_end(session: Session) -> tuple[int, str]:
    """A quick look at the journal: its last operations follow each other. How many were walked, and what is wrong."""
    c = operation.c
    walked = 0
    for device in session.execute(select(c.device).distinct()).scalars():
        query = select(operation).where(c.device == device).order_by(c.sequence.desc()).limit(LATEST + 1)
        rows: list[Any] = list(reversed(session.execute(query).all()))
        first = rows.pop(0) if len(rows) > LATEST else None
        previous, expected = (first.hash, first.sequence + 1) if first is not None else (GENESIS, 1)
        for row in rows:
            walked += 1
            if row.sequence != expected or chain_hash(previous, header(dict(row._mapping)), row.digest) != row.hash:
                return walked, f"operation {row.sequence} of device {device.hex[:8]} does not follow the one before it"
            previous, expected = row.hash, row.sequence + 1
    chain = session.execute(select(local.c.value).where(local.c.name == CHAIN)).scalar()
    if chain:
        last = session.execute(select(func.max(c.sequence)).where(c.device == UUID(chain["device"]))).scalar() or 0
        if last != chain["sequence"]:
            return walked, f"the journal ends at operation {last}, not at {chain['sequence']}"
    return walked, ""


def ahead(session: Session, until: datetime) -> int:
    """How many operations claim a time after that one: a clock stood wrong when they were made."""
    return session.execute(select(func.count()).where(operation.c.at > until)).scalar_one()


def drafts(session: Session, before: datetime) -> tuple[int, int]:
    """How many half-typed forms are kept, of everybody, and how many of them since before that time."""
    count = select(func.count()).select_from(draft)
    return (
        session.execute(count).scalar_one(),
        session.execute(count.where(draft.c.saved_at < before)).scalar_one(),
    )
