"""Tasks: what is due, who has it, how late it is, and the short reference that a person types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from placement_tui.domain.clocks import NOTICE, Due
from placement_tui.domain.clocks_days import day_end, london_day
from placement_tui.domain.typed_dates import day, day_words
from placement_tui.domain.typed_times import DAY_ENDS, london, when
from placement_tui.errors import Invalid

TASK_STATES = ("open", "done", "dropped")
REFERENCE_LENGTH = 5

_SPACE = UUID("0b7a3f52-9f0e-5c44-8a6d-4f1c2f6be7d9")
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # none that is read as another, none that makes a word


def task_id(source: str) -> UUID:
    """The identifier of the task of a source: every store that opens it gives it the same."""
    return uuid5(_SPACE, source)


def reference_of(key: UUID) -> str:
    """Five letters and digits for people, from the identifier: `k7m3x`."""
    value, letters = key.int, ""
    for _ in range(REFERENCE_LENGTH):
        value, rest = divmod(value, len(_LETTERS))
        letters += _LETTERS[rest]
    return letters


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as shown. `stored` is False where it follows from a call, an offer or a referral and was never touched.

    `first_due_at` is what the rule said; `due_at` is later where somebody moved it, and `moved_why` says why.
    """

    id: UUID
    source: str
    rule: str
    law: str
    title: str
    to_whom: str
    due_at: datetime
    first_due_at: datetime
    child: str = ""
    reference: str = ""
    name: str = ""
    officer_id: UUID | None = None
    officer: str = ""
    state: str = "open"
    made_at: datetime | None = None
    done_at: datetime | None = None
    done_by: str = ""
    moved_why: str = ""
    note: str = ""
    referral_id: UUID | None = None
    placement_id: UUID | None = None
    child_id: UUID | None = None
    home_id: UUID | None = None
    approach_id: UUID | None = None
    offer_id: UUID | None = None
    stored: bool = True

    @property
    def ref(self) -> str:
        """The short reference that a person types."""
        return reference_of(self.id)

    @property
    def moved(self) -> bool:
        """True where it is due at another time than its rule said."""
        return self.due_at != self.first_due_at

    @property
    def counts_from(self) -> datetime:
        """When it is late: what the law set stays the measure, whatever day it was moved to."""
        return min(self.first_due_at, self.due_at) if self.law else self.due_at

    @property
    def short_law(self) -> str:
        """`Reg 13` of `Reg 13 CPPCR 2010`; empty where no law asks for it."""
        return self.law.split(" CPPCR")[0]

    def late(self, now: datetime) -> bool:
        """True where it is open and its time is over."""
        return self.state == "open" and self.counts_from < minute_of(now)

    def today(self, now: datetime) -> bool:
        """True where it is open, not late, and due before today is over."""
        return self.state == "open" and not self.late(now) and london_day(self.due_at) <= london_day(now)


class Counts(NamedTuple):
    """How many tasks are late, and how many are due before today is over."""

    overdue: int
    today: int

    @property
    def due(self) -> int:
        """Both together: what is to be done today."""
        return self.overdue + self.today


def counts_of(rows: Iterable[TaskRow], now: datetime) -> Counts:
    """Count what is late and what is due today."""
    late = today = 0
    for row in rows:
        late += row.late(now)
        today += row.today(now)
    return Counts(late, today)


def minute_of(now: datetime) -> datetime:
    """The minute that the clock shows: what is due in it is not late while it lasts."""
    return now.replace(second=0, microsecond=0)


def derived_row(due: Due, **more: str | UUID | None) -> TaskRow:
    """The task that a call, an offer or a referral amounts to while nobody has touched it."""
    about = due.about
    values: dict[str, object] = {
        "referral_id": about.referral_id, "placement_id": about.placement_id, "child_id": about.child_id,
        "home_id": about.home_id, "approach_id": about.approach_id, "offer_id": about.offer_id,
    }  # fmt: skip
    return TaskRow(
        task_id(due.source), due.source, due.rule, due.law, due.title, due.to_whom, due.due_at, due.due_at,
        stored=False, **(values | more),  # type: ignore[arg-type]  # names of its own fields, each with its type
    )  # fmt: skip


def in_order(rows: Iterable[TaskRow], now: datetime) -> list[TaskRow]:
    """Late ones first, then by when they are due; what is finished comes last, the latest first."""

    def order(row: TaskRow) -> tuple[int, float, str]:
        if row.state != "open":
            return 2, -(row.done_at or row.due_at).timestamp(), row.source
        return int(not row.late(now)), row.due_at.timestamp(), row.source

    return sorted(rows, key=order)


def group_of(row: TaskRow, now: datetime) -> str:
    """Where a task stands in the list: `late`, `today`, `this week` (seven days), `later`, or its state."""
    if row.state != "open":
        return row.state
    if row.late(now):
        return "late"
    if row.today(now):
        return "today"
    return "this week" if london_day(row.due_at) <= london_day(now) + timedelta(days=7) else "later"


def due_words(at: datetime, now: datetime) -> str:
    """`16:45`, `by today`, `by Wed 21 Oct`, `Wed 21 Oct 17:00`: a time, or a day where the whole day is meant."""
    local, today = at.astimezone(london()), london_day(now)
    on = day_words(local.date(), today)
    if local.time() == DAY_ENDS:
        return f"by {on}"
    return f"{local:%H:%M}" if local.date() == today else f"{on} {local:%H:%M}"


def read_due(text: str, now: datetime) -> datetime:
    """When something is due, as typed: a day is meant until it is over, a time to the minute. Raises Invalid for the past."""
    moment = when(text, now)
    try:
        return day_end(day(text, london_day(now)))
    except Invalid:
        return moment


def is_notice(row: TaskRow) -> bool:
    """True for a notice of regulation 13, which stands on the list of those to tell."""
    return row.rule == NOTICE


def matching(rows: Sequence[TaskRow], said: str) -> list[TaskRow]:
    """The tasks whose reference begins with what was typed, or that carry exactly that identifier."""
    wanted = said.strip().casefold()
    return [row for row in rows if wanted and (row.ref.startswith(wanted) or str(row.id) == wanted)]
