"""Registers of placements that the law watches: orders that deprive of liberty, unregistered homes, 16 and 17, kinship.

Each row says what is `missing`: the words that an officer reads and acts on. Law: section 11 Care Standards Act 2000
(a children's home is registered), regulations 24, 25 and 27C of the Care Planning, Placement and Case Review (England)
Regulations 2010 (CPPCR), and the President's practice guidance on orders of the High Court that deprive a child of
liberty, by which Ofsted has the order and the judgment at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.domain.codes import Code, CodeSet
from placement_tui.domain.codes.checks import KINSHIP_CHECKS, SUPPORTED_CHECKS, UNREGISTERED_CHECKS

REGISTERS = ("dol", "unregistered", "16-17", "kinship")
TITLES = {"dol": "Deprivation of liberty", "unregistered": "Unregistered homes",
          "16-17": "16 and 17 in supported accommodation", "kinship": "Connected persons"}  # fmt: skip
LAWS = {
    "dol": "President's guidance on DoL orders",
    "unregistered": "s11 Care Standards Act 2000",
    "16-17": "Reg 27C CPPCR 2010",
    "kinship": "Regs 24, 25 CPPCR 2010",
}
CHECKS: dict[str, CodeSet[Code]] = {
    "unregistered": UNREGISTERED_CHECKS,
    "16-17": SUPPORTED_CHECKS,
    "kinship": KINSHIP_CHECKS,
}
CATEGORIES = ("sa_1", "sa_2", "sa_3", "sa_4")  # of supported accommodation, as the regional census has them

TEMPORARY = timedelta(weeks=16)  # reg 24(1) CPPCR
EXTENSION = timedelta(weeks=8)  # reg 25(2)
EXTEND_FROM = timedelta(weeks=12)  # the assessment is due at the panel by then: earlier nobody can know that it is late


@dataclass(frozen=True, slots=True)
class About:
    """Whose entry it is: the child and the placement, as every register shows them."""

    child_id: UUID
    child: str
    identifier: str
    placement_id: UUID | None = None
    home_id: UUID | None = None
    name: str = ""  # the home's
    started_at: datetime | None = None
    ended_on: date | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class NewDeprivation:
    """An order of the High Court as typed; what is not known yet may follow."""

    order_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    case_number: str = ""
    terms: str = ""
    ofsted_told_at: datetime | None = None
    judgment_sent_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewUnregistered:
    """Why a child lives where a registration is wanting, who agreed, and how it ends, as typed."""

    why: str = ""
    agreed_by: str = ""
    end_plan: str = ""
    end_by: date | None = None
    applied_on: date | None = None
    registration: str = ""
    ofsted_told_at: datetime | None = None
    checks: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewSupported:
    """What is typed of a placement in supported accommodation: its category, and what was checked."""

    category: str | None = None
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewKinship:
    """A connected person's temporary approval as typed; sixteen weeks where no end is given."""

    approved_on: date
    approved_until: date | None = None
    nominated_officer: str = ""
    checks: tuple[str, ...] = ()
    approved_fully_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewExtension:
    """The one extension of a temporary approval: until when, after which panel, who was told, who decided."""

    until: date
    panel_on: date | None = None
    iro_told_at: datetime | None = None
    nominated_officer: str = ""


@dataclass(frozen=True, slots=True)
class DeprivationRow:
    """An order as shown."""

    id: UUID
    about: About
    new: NewDeprivation
    logged_at: datetime
    ended_at: datetime | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnregisteredRow:
    """A child in an unregistered home as shown; `id` is None where nobody has logged why yet. `days` so far."""

    id: UUID | None
    about: About
    new: NewUnregistered
    days: int
    closed_at: datetime | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SupportedRow:
    """A young person in supported accommodation as shown; there is one for each such placement that goes on."""

    id: UUID  # the placement's
    about: About
    category: str | None
    registered: bool
    registration: str
    outcome: str | None
    age: int | None
    checks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KinshipRow:
    """A temporary approval as shown. `week` counts from 1; `left` are the days until it ends, below zero after that."""

    id: UUID
    about: About
    new: NewKinship
    approved_until: date
    week: int
    left: int
    extended_until: date | None = None
    panel_on: date | None = None
    iro_told_at: datetime | None = None
    closed_at: datetime | None = None
    missing: tuple[str, ...] = ()

    @property
    def until(self) -> date:
        """The last day of it, the extension counted."""
        return self.extended_until or self.approved_until


Row = DeprivationRow | UnregisteredRow | SupportedRow | KinshipRow


def deprivation_missing(new: NewDeprivation, today: date, ended: bool = False) -> tuple[str, ...]:
    """What an order lacks: Ofsted has the order and the judgment at once; an order has an end and a review."""
    if ended:
        return ()
    return tuple(_deprivation(new, today))


def _deprivation(new: NewDeprivation, today: date) -> Iterator[str]:
    if new.order_on is None:
        yield "the order"
    if not new.case_number:
        yield "case number"
    if new.ends_on is None:
        yield "when it ends"
    elif new.ends_on < today:
        yield "a new order: this one is over"
    if new.review_on is None:
        yield "review day"
    elif new.review_on < today:
        yield "next review day"
    if new.order_on is not None and new.ofsted_told_at is None:
        yield "order to Ofsted"
    if new.order_on is not None and new.judgment_sent_at is None:
        yield "judgment to Ofsted"


def unregistered_missing(new: NewUnregistered, today: date, logged: bool = True) -> tuple[str, ...]:
    """What a placement in an unregistered home lacks: an offence by its provider, and a plan to end it by the council."""
    if not logged:
        return ("everything: not logged",)
    missing = [words for words, value in (
        ("why", new.why), ("agreed by", new.agreed_by), ("end plan", new.end_plan), ("day it ends by", new.end_by),
        ("Ofsted told", new.ofsted_told_at),
    ) if not value]  # fmt: skip
    if new.end_by is not None and new.end_by < today:
        missing.append("a new end: that day is past")
    if not new.registration:
        missing += ["registration number"] if new.applied_on else ["application to register"]
    return (*missing, *checks_missing("unregistered", new.checks))


def supported_missing(row: SupportedRow) -> tuple[str, ...]:
    """What a placement of 16 and 17 lacks: a registered provider (reg 27C CPPCR), its category, its outcome, the checks."""
    missing = []
    if row.age is not None and row.age < 16:
        missing.append("another home: under 16 (reg 27A)")
    if not row.registered:
        missing.append("registration")
    elif not row.registration:
        missing.append("URN")
    if row.category is None:
        missing.append("which of the four categories")
    if row.outcome in (None, "not_judged"):
        missing.append("outcome")
    return (*missing, *checks_missing("16-17", row.checks))


def kinship_missing(row: KinshipRow, today: date) -> tuple[str, ...]:
    """What a temporary approval lacks, and what its weeks ask for: 12, 16, with the extension 24. Regs 24, 25 CPPCR."""
    if row.new.approved_fully_on is not None or row.closed_at is not None:
        return ()
    missing = []
    if today > row.until:
        missing.append("approval: it is over")
    elif today >= row.new.approved_on + EXTEND_FROM and row.extended_until is None:
        missing.append("panel, or the extension")
    if not row.new.nominated_officer:
        missing.append("nominated officer")
    return (*missing, *checks_missing("kinship", row.new.checks))


def checks_missing(register: str, done: tuple[str, ...]) -> tuple[str, ...]:
    """The checks that are not done, in one piece: `checks: staff, premises`; how many where there are more than three."""
    left = [check.spoken for check in CHECKS[register] if check.code not in done]
    if not left:
        return ()
    return (f"checks: {', '.join(left)}",) if len(left) <= 3 else (f"{len(left)} of {len(CHECKS[register])} checks",)


def week_of(approved_on: date, today: date) -> int:
    """The week that an approval is in: 1 on its first day, 17 on the day after the sixteenth is over."""
    return max(0, (today - approved_on).days) // 7 + 1
