"""Steps down: that a child is to move on from a placement to a family, or to less support, and when that is reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.domain.codes.permanence import STEPS_DOWN, parse_plan
from placement_tui.domain.permanence import LONGEST, TEXT, read_by
from placement_tui.domain.typed_dates import day
from placement_tui.domain.typed_text import clean, long_text
from placement_tui.errors import Invalid

REVIEW_EVERY = timedelta(days=56)  # where no day of review was said: eight weeks, so that it does not drift


@dataclass(frozen=True, slots=True)
class NewStepDown:
    """A step down as typed."""

    to_type: str
    target_on: date | None = None
    review_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepDownRow:
    """A step down as shown; `days` the child has lived in the placement, `planned_end_on` is the placement's own plan."""

    id: UUID
    placement_id: UUID
    child_id: UUID
    child: str
    identifier: str
    home_id: UUID
    name: str
    obtained: str
    new: NewStepDown
    days: int
    logged_at: datetime
    reviewed_on: date | None = None
    planned_end_on: date | None = None
    ended_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""

    @property
    def open(self) -> bool:
        """True while nobody closed it and the child still lives there."""
        return self.closed_on is None and self.ended_on is None

    def review_late(self, today: date) -> bool:
        """True where the review is past and was not held."""
        return self.open and self.new.review_on is not None and self.new.review_on < today

    def drift(self, today: date) -> int | None:
        """Days past the target, or past the placement's planned end where no target was set; None where it is not past."""
        plan = self.new.target_on or self.planned_end_on
        return (today - plan).days if self.open and plan is not None and plan < today else None


def check(new: NewStepDown, today: date) -> NewStepDown:
    """A step down that may be saved. Raises Invalid, naming the field."""
    STEPS_DOWN[new.to_type]
    for name, on in (("target", new.target_on), ("review", new.review_on)):
        if on is not None and not today - LONGEST <= on <= today + LONGEST:
            raise Invalid(name, f"{on:%d/%m/%Y} cannot be its day", mend="a child grows up in eighteen years")
    return NewStepDown(new.to_type, new.target_on, new.review_on, long_text("note", new.note, TEXT).strip())


def read(text: str, today: date) -> NewStepDown:
    """A step down typed in one line: `foster by 31 mar, review 12 jan`. Raises Invalid."""
    first, _, rest = clean(text).partition(",")
    to, target = read_by(first, today)
    review, note = None, rest.strip()
    if note.casefold().startswith("review "):
        said, _, note = note[len("review ") :].partition(",")
        review = day(said.strip(), today, field="review")
    new = NewStepDown(parse_plan(to, STEPS_DOWN, "to").code, target, review or today + REVIEW_EVERY, note.strip())
    return check(new, today)
