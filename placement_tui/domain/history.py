"""What was done, by whom, when: intentions made of operations, and what they say to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from placement_tui.errors import Invalid

_NOTHING: Mapping[str, frozenset[UUID]] = MappingProxyType({})

# What the program notes by itself at opening in an officer's name: nobody means it by "the last thing I did".
BY_ITSELF = ("failed tries to open", "told of failed tries")


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One change of one record, as the journal has it. `fields` is None where the values were erased, or are not here (`away`)."""

    id: UUID
    sequence: int
    at: datetime
    officer: str
    command: str
    intention: UUID
    undoes: UUID | None
    noun: str
    key: UUID
    fields: Mapping[str, Any] | None
    base: Mapping[str, list[str]]
    hash: str
    away: bool = False


@dataclass(frozen=True, slots=True)
class Intention:
    """Everything that one thing done changed, in order."""

    id: UUID
    at: datetime
    officer_id: UUID | None
    command: str
    undoes: UUID | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed, by table, and by whom; those who show it read it again."""

    ids: Mapping[str, frozenset[UUID]] = field(default_factory=lambda: _NOTHING)
    by: str = ""

    @property
    def nouns(self) -> frozenset[str]:
        """The tables that something changed in."""
        return frozenset(self.ids)


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold: at which operation, in which record, and what is wrong with it."""

    device: str
    sequence: int
    what: str
    noun: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: its device, the number of its last operation, and that operation's hash."""

    device: str
    sequence: int
    hash: str

    @property
    def words(self) -> str:
        """As a person writes it down; `read_head` takes it back."""
        return f"{self.device}:{self.sequence}:{self.hash}"


def read_head(text: str) -> Head:
    """The end of a chain as `Head.words` gave it. Raises Invalid."""
    parts = text.strip().lower().split(":")
    lengths = [len(part) for part in parts]
    if lengths[:1] != [32] or lengths[2:] != [64] or not parts[1].isdigit():
        raise Invalid("head", "That is no line of `placement verify`", mend="give it whole, with both of its colons")
    return Head(parts[0], int(parts[1]), parts[2])


@dataclass(frozen=True, slots=True)
class Verified:
    """What was walked through and found: `said` is what could not be compared, `head` where the store's chain ends."""

    operations: int
    devices: int
    faults: tuple[Fault, ...] = ()
    records: int = 0
    head: Head | None = None
    said: tuple[str, ...] = ()
