"""Officers: who works with the store."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

ROLES = ("officer", "manager", "viewer", "administrator")

# What a role may do. A right is asked for where the thing is done, in the services, never on a screen.
RIGHTS: dict[str, frozenset[str]] = {
    "log": frozenset({"officer", "manager", "administrator"}),
    "sign_off": frozenset({"manager"}),
    "override": frozenset({"manager"}),
    "settings": frozenset({"manager", "administrator"}),
    "audit": frozenset({"manager", "administrator"}),
    "officers": frozenset({"administrator"}),
    "retention": frozenset({"administrator"}),
}
RIGHT_WORDS = {
    "log": "change anything",
    "sign_off": "sign off",
    "override": "set a rule aside",
    "settings": "change the council's settings",
    "audit": "read who saw and changed what",
    "officers": "add or change officers",
    "retention": "erase records",
}


def may(role: str, right: str) -> bool:
    """True where a role has a right. Raises KeyError for a right that there is not."""
    return role in RIGHTS[right]


def who_may(right: str) -> str:
    """The roles that have a right, for people: "a manager or an administrator"."""
    named = [("an " if role[0] in "aeio" else "a ") + role for role in ROLES if role in RIGHTS[right]]
    return " or ".join(named) if len(named) < 3 else ", ".join(named[:-1]) + " or " + named[-1]


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
