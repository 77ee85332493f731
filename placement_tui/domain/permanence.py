"""Permanence plans: where a child is to grow up, by when, in which steps, and what holds it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.domain.codes.permanence import PLANS, parse_plan
from placement_tui.domain.typed_dates import day
from placement_tui.domain.typed_text import clean, long_text, short_text
from placement_tui.errors import Invalid

LINE, TEXT = 200, 2_000
MOST_STEPS = 40
LONGEST = timedelta(days=366 * 18)


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan as typed."""

    plan: str
    decided_on: date | None = None
    target_on: date | None = None
    held_up_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a plan as shown."""

    id: UUID
    what: str
    due_on: date | None
    done_on: date | None = None
    position: int = 0

    def late(self, today: date) -> bool:
        """True where it is not done and its day is over."""
        return self.done_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as shown, with where the child lives now (`place` is its PLACE, None where nowhere, or not coded)."""

    id: UUID
    child_id: UUID
    child: str
    identifier: str
    new: NewPlan
    steps: tuple[StepRow, ...]
    logged_at: datetime
    placement_id: UUID | None = None
    home_id: UUID | None = None
    name: str = ""
    place: str | None = None
    closed_on: date | None = None
    closed_why: str = ""

    @property
    def open(self) -> bool:
        """True while it is followed."""
        return self.closed_on is None

    @property
    def matches(self) -> bool | None:
        """Whether the child lives as the plan says; None where nothing can be said: no placement, no code, no decision."""
        places = PLANS[self.new.plan].places if self.new.plan in PLANS else ()
        return None if not places or self.place is None else self.place in places

    @property
    def next_step(self) -> StepRow | None:
        """The first step that is not done."""
        return next((step for step in self.steps if step.done_on is None), None)

    def late(self, today: date) -> bool:
        """True where it is open and its target, or a step, is past."""
        past = self.new.target_on is not None and self.new.target_on < today
        return self.open and (past or any(step.late(today) for step in self.steps))


def check(new: NewPlan, today: date) -> NewPlan:
    """A plan that may be saved. Raises Invalid, naming the field."""
    PLANS[new.plan]
    if new.decided_on is not None and new.decided_on > today:
        raise Invalid(
            "decided", f"{new.decided_on:%d/%m/%Y} is still to come", mend="leave it empty until it is decided"
        )
    if new.target_on is not None and not today - LONGEST <= new.target_on <= today + LONGEST:
        raise Invalid(
            "target", f"{new.target_on:%d/%m/%Y} cannot be a target", mend="a child grows up in eighteen years"
        )
    held, note = (
        long_text(name, text, TEXT).strip() for name, text in (("held_up", new.held_up_by), ("note", new.note))
    )
    return NewPlan(new.plan, new.decided_on, new.target_on, held, note)


def check_step(what: str, due_on: date | None, today: date) -> tuple[str, date | None]:
    """A step that may be saved. Raises Invalid."""
    what = short_text("what", what, LINE).strip()
    if not what:
        raise Invalid("what", "Say what the step is", mend="for example: panel by 12 dec")
    if due_on is not None and not today - LONGEST <= due_on <= today + LONGEST:
        raise Invalid("due", f"{due_on:%d/%m/%Y} cannot be its day", mend="a child grows up in eighteen years")
    return what, due_on


def read_plan(text: str, today: date, kept: NewPlan | None = None) -> NewPlan:
    """A plan typed in one line: `long-term foster by 31 mar, waits for a match`; `kept` has what no line says.

    Raises Invalid.
    """
    first, _, held = clean(text).partition(",")
    plan, by = read_by(first, today)
    decided, note = (kept.decided_on, kept.note) if kept else (None, "")
    return check(NewPlan(parse_plan(plan).code, decided, by, held.strip(), note), today)


def some_words(text: str) -> str:
    """Why, in a few words. Raises Invalid where there are none."""
    words = text.strip()
    if not words:
        raise Invalid("why", "Say it in a few words", mend="or leave with Esc")
    return words


def read_step(text: str, today: date) -> tuple[str, date | None]:
    """A step typed in one line: `panel by 12 dec`. Raises Invalid."""
    what, due = read_by(clean(text), today)
    return check_step(what, due, today)


def read_by(text: str, today: date) -> tuple[str, date | None]:
    """Words and the day after the last `by`; words alone where what follows is no day. Raises Invalid for none at all."""
    words, by, said = text.strip().rpartition(" by ")
    if not by:
        return text.strip(), None
    try:
        return words.strip(), day(said, today, field="due", past=True)
    except Invalid:
        if any(letter.isdigit() for letter in said):
            raise
        return text.strip(), None  # `signed by the manager`
