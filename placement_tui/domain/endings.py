"""Endings: why a placement ended, what contributed and who says so, and what the next home should know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewFactor:
    """One contributing factor, by code, and who says so."""

    code: str
    said_by: str = "officer"
    main: bool = False


@dataclass(frozen=True, slots=True)
class NewEnding:
    """An ending as logged, once. `reason` is a REASON_PLACE_CHANGE code (SSDA903); `notice_days` whole days given."""

    ended_on: date
    reason: str
    factors: tuple[NewFactor, ...] = ()
    notice_days: int | None = None
    warned: bool | None = None
    warnings: str = ""
    stability_meeting: bool | None = None
    kept_going: str = ""
    lesson: str = ""
    lesson_needs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson as shown in the next search: what was learned, when, of which child and home, by which placement's end.

    `bears_on` are the children now looked for whom it concerns: the child itself, or one with a need that it names.
    """

    id: UUID
    lesson: str
    learned_on: date
    child_id: UUID
    child: str
    home_id: UUID
    name: str
    reason: str | None
    needs: tuple[str, ...] = ()
    placement_id: UUID | None = None
    bears_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EndingRow:
    """An ending as shown."""

    id: UUID
    placement_id: UUID
    child: str
    name: str
    ended_on: date
    reason: str
    reason_class: str
    notice_days: int | None
    warned: bool | None
    warnings: str
    stability_meeting: bool | None
    kept_going: str
    note: str
    factors: tuple[NewFactor, ...]
    lesson: str | None


@dataclass(frozen=True, slots=True)
class Sought:
    """A child for whom a home is looked for now, with the needs; `words` name the child and the referral."""

    child_id: UUID
    words: str
    needs: frozenset[str]
