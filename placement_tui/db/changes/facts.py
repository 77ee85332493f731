"""Blocks of facts that this store keeps and may throw away; they are not journaled."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from placement_tui.db.columns import summary
from placement_tui.db.reads.facts import NAMES


def keep(session: Session, blocks: Mapping[str, bytes], through: int, now: datetime) -> None:
    """Keep some blocks under their names, in place of those that were there."""
    for name, body in blocks.items():
        session.execute(summary.delete().where(summary.c.name == name))
        session.execute(summary.insert().values(name=name, through=through, made_at=now, body=body))


def keep_head(session: Session, head: Mapping[str, Any], through: int, now: datetime) -> None:
    """Say what the kept blocks are; from now on they stand."""
    keep(session, {NAMES: json.dumps(head).encode()}, through, now)


def drop(session: Session, names: Collection[str]) -> None:
    """Throw some blocks away."""
    for name in names:
        session.execute(summary.delete().where(summary.c.name == name))


def forget(session: Session) -> None:
    """Throw everything away: what is derived of records does not outlive their erasure (Art 17 UK GDPR)."""
    session.execute(summary.delete())
