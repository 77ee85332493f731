"""Tasks: what is due, done, moved with a reason, handed to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from placement_tui.db.changes import approaches as approach_changes
from placement_tui.db.changes import offers as offer_changes
from placement_tui.db.changes import referrals as referral_changes
from placement_tui.db.changes import registers as register_changes
from placement_tui.db.changes import tasks as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import officers, tasks
from placement_tui.domain.approaches import Saved
from placement_tui.domain.clocks import ASSESSED, DECIDED, REG_19, decided_by
from placement_tui.domain.clocks_calls import DOUBLE
from placement_tui.domain.officers import OfficerRow, may
from placement_tui.domain.tasks import Counts, TaskRow, counts_of, due_words, in_order, matching, minute_of, task_id
from placement_tui.domain.trackers import TRACKED
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.exchange.calendar import is_working
from placement_tui.services import tasks_trackers
from placement_tui.services.desk import Desk

NOTE_LIMIT = 2_000


class Tasks:
    """What an officer does with what is due."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def due(
        self, owner: UUID | None = None, until: datetime | None = None, include_done: bool = False
    ) -> list[TaskRow]:
        """What is due, late ones first: of one officer, until a moment, with those finished; else all that is open."""
        now = self._desk.now
        with self._desk.read() as session:
            rows = tasks.open_now(session, now)
            if include_done:
                rows += tasks.finished(session)
        if owner is not None:
            rows = [row for row in rows if row.officer_id == owner]
        if until is not None:
            rows = [row for row in rows if row.due_at <= until or row.state != "open"]
        return in_order(rows, now)

    def counts(self, owner: UUID | None = None) -> Counts:
        """How many are late, and how many are due before today is over."""
        return counts_of(self.due(owner), self._desk.now)

    def of_placements(self, placements: Sequence[UUID]) -> list[TaskRow]:
        """Every task of some placements, finished ones too."""
        with self._desk.read() as session:
            return tasks.of_placements(session, placements)

    def of_referral(self, referral_id: UUID) -> list[TaskRow]:
        """Every task of a referral and what it came to, finished ones too."""
        with self._desk.read() as session:
            return tasks.of_referral(session, referral_id)

    def resolve(self, said: str, finished: bool = False) -> TaskRow:
        """The task that people mean by the first letters of its reference. Raises NotFound for none, or several."""
        found = matching(self.due(include_done=finished), said)
        if not found:
            raise NotFound(f"No task answers to {said!r}", mend="`placement tasks` lists them with their references")
        if len(found) > 1:
            named = ", ".join(f"{row.ref} ({row.title})" for row in found[:5])
            raise NotFound(f"{said!r} could be several tasks", named, "type more of the reference")
        return found[0]

    def done(self, task_id: UUID, note: str = "") -> Saved:
        """Note that it was done. Raises Refused where it is finished, or is finished only by what it waits for."""
        return self.done_all((task_id,), note)

    def done_all(self, ids: Sequence[UUID], note: str = "") -> Saved:
        """Note that several were done, in one step."""
        return self._finish(ids, "done", note)

    def drop(self, task_id: UUID, why: str) -> Saved:
        """Take it off the list because it need not be done, and say why: a parent who may not be told, no school.

        Raises Invalid without a reason.
        """
        return self._finish((task_id,), "dropped", _reason(why, "Say why it need not be done"))

    def move(self, task_id: UUID, due_at: datetime, why: str) -> Saved:
        """Move it to another time, with a reason. What the law said first stays on it and stays the measure.

        A call back, an offer or a needed-by is moved where it is kept: on the call list, the offer, the referral.
        Raises Invalid for a time that is past, or without a reason.
        """
        now = self._desk.now
        if due_at < minute_of(now):
            at = due_at.astimezone(london())
            raise Invalid(
                "when", f"{at:%a %d %b %H:%M} is past", "a clock is not moved back",
                "give a time to come, or mark it done if it was done then",
            )  # fmt: skip
        why = _reason(why, "Say why it is moved")
        with self._desk.write("move task") as session:
            [row] = _still_open(session, (task_id,))
            if row.rule == DOUBLE:
                raise Refused(f"{row.title}: that is not moved", mend=_FINISHED_BY[DOUBLE])
            if row.stored:
                said = f"{row.moved_why}\n{why}".strip() if row.moved_why and row.moved_why != why else why
                changes.change(session, task_id, {"due_at": due_at, "moved_why": said})
            else:
                self._move_what_it_follows(session, row, due_at, why)
        words = f"{row.title}: moved, due {due_words(due_at, now)}"
        late = f"; the law's day stays {row.first_due_at.astimezone(london()):%d %b}" if row.law else ""
        return Saved(words + late, (task_id,))

    def people(self) -> list[OfficerRow]:
        """Those of the team who can have a task: everyone who may log."""
        with self._desk.read() as session:
            return [each for each in officers.everyone(session) if may(each.role, "log")]

    def hand_to(self, task_id: UUID, officer_id: UUID) -> Saved:
        """Give it to somebody. Raises Refused for a person who may change nothing."""
        return self.hand_all((task_id,), officer_id)

    def hand_all(self, ids: Sequence[UUID], officer_id: UUID) -> Saved:
        """Give several to somebody, in one step."""
        with self._desk.write("hand over task") as session:
            chosen = _still_open(session, ids)
            found = next((each for each in officers.everyone(session) if each.id == officer_id), None)
            if found is None:
                raise NotFound("Nobody with that name works with this store", mend="`placement officers` lists them")
            if not may(found.role, "log"):
                raise Refused(
                    f"{found.name} may only read", "a task needs somebody who can finish it", "choose another"
                )
            for row in chosen:
                changes.keep(session, row, self._desk.now, officer_id)
        return Saved(f"{_several(chosen)}: now with {found.name}", tuple(row.id for row in chosen))

    def take(self, task_id: UUID) -> Saved:
        """Take it over."""
        return self.hand_to(task_id, self._desk.officer.id)

    def _finish(self, ids: Sequence[UUID], state: str, note: str) -> Saved:
        note = _short(note)
        with self._desk.write("finish task" if state == "done" else "drop task") as session:
            chosen = _still_open(session, ids)
            for row in chosen:
                if row.rule in _FINISHED_BY:
                    raise Refused(f"{row.title}: that is not ticked off", mend=_FINISHED_BY[row.rule])
            for row in chosen:
                if row.rule in TRACKED:
                    tasks_trackers.finish(session, self._desk, row, state, note)
                elif row.rule == "call_back" and row.approach_id:
                    before = approach_changes.get(session, row.approach_id).note
                    said = f"{before}\n{note}".strip() if note else before
                    approach_changes.change(session, row.approach_id, {"call_back_at": None, "note": said})
                else:
                    fields = {"state": state, "done_at": self._desk.now, "done_by": self._desk.officer.id}
                    changes.change(session, row.id, fields | ({"note": note} if note else {}))
                if state == "done":
                    self._tell_the_register(session, row)
                    self._decide_in_time(session, row)
        return Saved(
            f"{_several(chosen)}: {'done' if state == 'done' else 'not needed'}", tuple(row.id for row in chosen)
        )

    def _tell_the_register(self, session: Session, row: TaskRow) -> None:
        """What Ofsted was sent of a deprivation of liberty stands in its register as well."""
        noun, _, rest = row.source.partition("/")
        entry, _, what = rest.partition("/")
        column = {"order": "ofsted_told_at", "judgment": "judgment_sent_at"}.get(what)
        if noun == "deprivation" and column is not None:
            register_changes.change(session, "dol", UUID(entry), {column: self._desk.now})

    def _decide_in_time(self, session: Session, row: TaskRow) -> None:
        """An assessment of parents that is done sooner than it had to be brings the decision nearer: reg 19(c) CPPCR."""
        if row.source.endswith(ASSESSED) and row.law == REG_19:
            decision = task_id(row.source.removesuffix(ASSESSED) + DECIDED)
            last = decided_by(self._desk.today, is_working)
            waits = tasks.some(session, (decision,)).get(decision)
            if waits is not None and waits.state == "open" and last < waits.due_at:
                changes.change(session, decision, {"due_at": last, "moved_why": "the assessment is done"})

    def _move_what_it_follows(self, session: Session, row: TaskRow, due_at: datetime, why: str) -> None:
        if row.rule == "call_back" and row.approach_id:
            before = approach_changes.get(session, row.approach_id).note
            approach_changes.change(
                session, row.approach_id, {"call_back_at": due_at, "note": f"{before}\n{why}".strip()}
            )
        elif row.rule == "offer" and row.offer_id:
            offer = offer_changes.change(session, row.offer_id, {"expires_at": due_at})
            offer_changes.change(session, row.offer_id, {"note": f"{offer.note}\n{why}".strip()})
        elif row.rule in TRACKED:
            tasks_trackers.move(session, row, due_at, why)
        elif row.rule == "wave":
            approach_changes.change_wave(session, UUID(row.source.split("/")[1]), {"until_at": due_at})
        elif row.referral_id:
            referral = referral_changes.change(session, row.referral_id, {"needed_by": due_at})
            referral_changes.change(session, row.referral_id, {"note": f"{referral.note}\n{why}".strip()})


# What follows from another record is finished there.
_FINISHED_BY = {
    "offer": "accept or decline the offer, or move it if they hold it longer",
    "wave": "N on its call list asks the next tier; move it if they have more time",
    "needed_by": "a placement finishes it, or closing the referral; move it if there is more time",
    DOUBLE: "Enter shows both on the screen; `placement doubles` says how each is mended",
    **tasks_trackers.FINISHED_BY,
}


def _still_open(session: Session, ids: Sequence[UUID]) -> list[TaskRow]:
    """The tasks of these ids, each once, in their order. Raises NotFound, Refused where one is finished."""
    if not ids:
        raise Refused("No task is chosen", mend="mark some with Space, or put the cursor on one")
    rows = tasks.some(session, ids)
    found = []
    for key in dict.fromkeys(ids):
        row = rows.get(key)
        if row is None:
            raise NotFound("There is no such task", mend="it may have been undone, or what it follows was answered")
        if row.state != "open":
            raise Refused(f"{row.title}: {row.state} already", mend="u undoes your last change")
        found.append(row)
    return found


def _several(rows: Sequence[TaskRow]) -> str:
    return rows[0].title if len(rows) == 1 else f"{len(rows)} tasks"


def _reason(why: str, title: str) -> str:
    if not why.strip():
        raise Invalid("why", title, mend="a few words do")
    return _short(why)


def _short(text: str) -> str:
    text = text.strip()
    if len(text) > NOTE_LIMIT:
        raise Invalid("note", f"That has {len(text):,} characters", f"at most {NOTE_LIMIT:,} are kept", "shorten it")
    return text
