"""What was done, by whom, when: intentions made of operations, and what they say to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

_NOTHING: Mapping[str, frozenset[UUID]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One change of one record, as the journal has it. `fields` is None where the values were erased."""

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
    """A place where the journal does not hold: which operation, and what is wrong with it."""

    device: str
    sequence: int
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along every chain found."""

    operations: int
    devices: int
    faults: tuple[Fault, ...] = ()
