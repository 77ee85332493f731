"""Officers: who works with the store."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

ROLES = ("officer", "manager", "viewer", "administrator")


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer as shown."""

    id: UUID
    name: str
    initials: str
    role: str


def initials_of(name: str) -> str:
    """`Karen Moss` -> `KM`; at most three letters."""
    return "".join(word[0] for word in name.split() if word)[:3].upper() or "?"
