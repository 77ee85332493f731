"""Finding anything from anywhere: a referral, a child, a home, by a few letters."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: what it is (`referral`, `home`, `child`), its id, a line for people, a second, fainter one."""

    noun: str
    id: UUID
    words: str
    more: str = ""
