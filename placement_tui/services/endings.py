"""Endings: a placement ends once, and the next home learns from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from placement_tui.db.changes import placements as changes
from placement_tui.db.reads import endings, placements, warnings
from placement_tui.domain.approaches import Saved
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.codes.endings import FACTORS, NEEDS_NOTE, WHO_SAYS, class_of, counts_as_disruption
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
from placement_tui.domain.endings import EndingRow, LessonRow, NewEnding, Sought
from placement_tui.domain.typed_text import clean
from placement_tui.domain.warnings import told
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services import tasks_opening
from placement_tui.services.desk import Desk

TEXT_LIMIT = 20_000
MOST_WORDS = 12  # of a search


class Endings:
    """What an officer does when a placement ends, and what is learned from it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def end(self, placement_id: UUID, new: NewEnding) -> tuple[UUID, Saved]:
        """End a placement once. Raises Invalid, naming the field, and Refused where it has ended."""
        reason = REASON_PLACE_CHANGE[new.reason]
        if new.reason in NEEDS_NOTE and not new.note.strip():
            raise Invalid(
                "note", f"{new.reason} needs a note", "it is for the exceptional", "say in a few words what happened"
            )
        for factor in new.factors:
            FACTORS[factor.code]
            WHO_SAYS[factor.said_by]
        for need in new.lesson_needs:
            NEEDS[need]
        if new.notice_days is not None and not 0 <= new.notice_days <= 365:
            raise Invalid("notice", f"{new.notice_days} days of notice cannot be", mend="0 for none, at most 365")
        for name in ("warnings", "kept_going", "lesson", "note"):
            length = len(getattr(new, name))
            if length > TEXT_LIMIT:
                raise Invalid(
                    name, f"That text has {length:,} characters", f"at most {TEXT_LIMIT:,} are kept", "shorten it"
                )
        new = replace(new, lesson=new.lesson.strip())
        with self._desk.write("end placement") as session:
            row = changes.get(session, placement_id)
            logged = [
                each
                for each in warnings.of_placement(session, placement_id, self._desk.today)
                if each.new.seen_on <= new.ended_on
            ]
            if logged and new.warned is None:
                new = replace(new, warned=True, warnings=new.warnings or told(logged))
            if row.ended_on is not None:
                raise Refused(
                    f"This placement ended on {row.ended_on:%d/%m/%Y}", mend="undo that ending to log another"
                )
            if new.ended_on < london_day(row.started_at):
                raise Invalid(
                    "ended",
                    f"{new.ended_on:%d/%m/%Y} is before the placement started",
                    f"it started on {london_day(row.started_at):%d/%m/%Y}",
                    "correct the day",
                )
            if new.ended_on > self._desk.today:
                raise Invalid(
                    "ended",
                    f"{new.ended_on:%d/%m/%Y} is still to come",
                    mend="log the ending on the day; plan it in the notes",
                )
            ending = changes.end(
                session, row, new, class_of(new.reason, row.place), self._desk.now, self._desk.officer.id
            )
            tasks_opening.placement_ended(session, self._desk, row, new)
            where = placements.get(session, placement_id, self._desk.today)
        broken = " (counts as disrupted)" if counts_as_disruption(new.reason, row.place) else ""
        name = where.name if where else "the home"
        return ending.id, Saved(
            f"{where.child if where else ''} left {name}: {reason.code}{broken}", (placement_id, ending.id)
        )

    def of(self, placement_id: UUID) -> EndingRow:
        """How a placement ended. Raises NotFound."""
        with self._desk.read() as session:
            row = endings.of_placement(session, placement_id, self._desk.today)
        if row is None:
            raise NotFound("That placement has no ending", mend="it is open")
        return row

    def lessons_for(self, children: Sequence[UUID] = (), homes: Sequence[UUID] = ()) -> list[LessonRow]:
        """Lessons of those children and of those homes, newest first."""
        with self._desk.read() as session:
            return endings.lessons_for(session, children, homes)

    def lessons(self, limit: int = 200) -> list[LessonRow]:
        """The latest lessons."""
        with self._desk.read() as session:
            return endings.lessons(session, limit)

    def find_lessons(self, text: str = "", limit: int = 200) -> list[LessonRow]:
        """Lessons with every word of the text, newest first, each with the children looked for now whom it bears on."""
        words = clean(text).split()[:MOST_WORDS]
        with self._desk.read() as session:
            rows = endings.find_lessons(session, words, limit)
            sought = endings.sought(session)
        return [replace(row, bears_on=_bears_on(row, sought)) for row in rows]


def _bears_on(row: LessonRow, sought: Sequence[Sought]) -> tuple[str, ...]:
    """The children looked for now whom a lesson concerns, its own child first."""
    own = [each.words for each in sought if each.child_id == row.child_id]
    others = [each.words for each in sought if each.child_id != row.child_id and each.needs.intersection(row.needs)]
    return (*own, *others)
