"""The few things that the two engines are told in words of their own."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def in_file(session: Session) -> bool:
    """True for a store in a file, False for one on a server."""
    return session.get_bind().dialect.name == "sqlite"


def defer_references(session: Session) -> None:
    """Let rows come before those that they refer to, until the commit."""
    session.execute(text("PRAGMA defer_foreign_keys=ON" if in_file(session) else "SET CONSTRAINTS ALL DEFERRED"))
