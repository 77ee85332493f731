"""Vacancies: what a home says of its beds, which of it still stands, and the open referrals that a bed lawfully fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from placement_tui.db.changes import homes as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import capacity
from placement_tui.db.reads import homes as register
from placement_tui.db.reads import vacancies as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.capacity import Capacity, Terms, room_on, terms_apart
from placement_tui.domain.homes import Candidate
from placement_tui.domain.typed_dates import day_words
from placement_tui.domain.typed_times import london
from placement_tui.domain.vacancies import (
    Leaving,
    NewVacancy,
    Vacant,
    beds_words,
    check,
    in_order,
    lines_of,
    more_words,
    overlap,
    standing,
)
from placement_tui.domain.vacancies_fits import Fit
from placement_tui.domain.vacancies_typed import read
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk
from placement_tui.services.vacancies_fits import fitting

NAMED = 3  # references that a line names before it says how many more there are


class Vacancies:
    """What an officer does with free beds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self, text: str) -> NewVacancy:
        """What is said on the phone, typed in one line. Raises Invalid, saying which words were not understood."""
        return read(text, self._desk.today)

    def log(self, home_id: UUID, new: NewVacancy) -> Saved:
        """Log what a home says of its beds, as it was said just now.

        Raises Invalid for days past or more beds than places, Refused for a second vacancy of one bed.
        """
        new = check(new, self._desk.today)
        with self._desk.write("log vacancy") as session:
            home = self._home(session, home_id)
            self._refuse_impossible(session, home, new)
            made = changes.add_vacancy(session, home_id, new, self._desk.now, self._desk.officer.id)
        words = beds_words(new.beds, "expected" if new.expected else "free")
        return Saved(f"{home.name}: {words}{more_words(replace(new, note=''), self._desk.today)}", (made.id, home_id))

    def standing(self, home_id: UUID | None = None) -> list[Vacant]:
        """Every bed that is free, expected, or left by a child of ours (of one home); those to be asked again first."""
        with self._desk.read() as session:
            rows, _ = self._standing(session, None if home_id is None else {home_id}, reads.since(self._desk.now))
            if home_id is not None and not rows:
                rows, _ = self._standing(session, {home_id})
        return in_order(rows, self._desk.now, self._desk.policy.stale_hours)

    def still_so(self, key: UUID) -> Saved:
        """They say it is still so: the same word, said just now. Raises NotFound where nothing of it stands."""
        row = self._one(key)
        new = NewVacancy(row.left, row.age_min, row.age_max, row.sexes, row.from_on, row.until_on, row.expected,
                         row.said_by, row.note)  # fmt: skip
        if row.begun(self._desk.today):  # what was expected is here, or was asked for: it is free now
            new = replace(new, from_on=None, expected=False)
        return self.log(row.home_id, new)

    def gone(self, key: UUID) -> Saved:
        """They say it is gone: no bed of it is free any more. Raises NotFound."""
        row = self._one(key)
        later = None if row.begun(self._desk.today) else row.from_on
        with self._desk.write("log vacancy") as session:
            new = NewVacancy(0, from_on=later, expected=row.expected and later is not None)
            made = changes.add_vacancy(session, row.home_id, new, self._desk.now, self._desk.officer.id)
        when = f" from {day_words(later, self._desk.today)}" if later else ""
        return Saved(f"{row.name}: no bed free{when}", (made.id, row.home_id))

    def fits(self, key: UUID) -> list[Fit]:
        """The open referrals of a line of the free beds, those that it lawfully fits first, best first. Raises NotFound."""
        with self._desk.read() as session:
            row, homes = self._found(session, key)
            return self._fits(session, [row], homes)[row.id]

    def news(self, ids: Iterable[UUID]) -> list[str]:
        """For vacancies just logged, the line that says whom they fit: `Cedar House: 1 bed fits 26-0142, 26-0144`."""
        with self._desk.read() as session:
            where = reads.home_of(session, ids)
            lines, homes = self._standing(session, set(where.values()))
            rows = [row for row in lines if row.id in where]
            fits = self._fits(session, rows, homes)
        said = []
        for row in rows:
            found = [each for each in fits[row.id] if each.lawful]
            if found:
                named = ", ".join(each.reference for each in found[:NAMED])
                more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
                said.append(f"{row.name}: {beds_words(row.left)} {'fits' if row.left == 1 else 'fit'} {named}{more}")
        return said

    def for_referral(self, referral_id: UUID) -> list[tuple[Vacant, Fit]]:
        """The beds that a referral may have, said lately or to come, best first. Raises NotFound."""
        now, hours = self._desk.now, self._desk.policy.stale_hours
        with self._desk.read() as session:
            lines, homes = self._standing(session, None, reads.since(now))
            rows = [row for row in lines if not row.asks(now, hours)]
            fits = self._fits(session, rows, homes, referral_id)
        found = [(row, each) for row in rows for each in fits[row.id] if each.lawful]
        return sorted(found, key=lambda pair: (not pair[0].begun(self._desk.today), -pair[1].score, pair[0].name))

    def _fits(
        self, session: Session, rows: Sequence[Vacant], homes: Mapping[UUID, Candidate], only: UUID | None = None
    ) -> dict[UUID, list[Fit]]:
        facts = fitting(session, self._desk, {row.home_id: homes[row.home_id] for row in rows}, only)
        return {row.id: facts.of(row) for row in rows}

    def _one(self, key: UUID) -> Vacant:
        with self._desk.read() as session:
            return self._found(session, key)[0]

    def _found(self, session: Session, key: UUID) -> tuple[Vacant, dict[UUID, Candidate]]:
        said = reads.get(session, key)
        home_id = said.home_id if said is not None else reads.home_of_placement(session, key)
        # as the whole list shows it; else a word so old that the list leaves it out
        for since in (reads.since(self._desk.now), None):
            if home_id is None:
                break
            lines, homes = self._standing(session, {home_id}, since)
            for row in lines:
                if row.id == key:
                    return row, homes
        raise NotFound("That bed is not free any more", mend="somebody said otherwise since, or a child moved in")

    def _standing(
        self, session: Session, only: set[UUID] | None, since: datetime | None = None
    ) -> tuple[list[Vacant], dict[UUID, Candidate]]:
        """Every line that stands of what was said since then, and the homes that they are of."""
        now, today = self._desk.now, self._desk.today
        said = reads.said(session, only, since)
        leaving = reads.leaving(session, today, only)
        left = reads.left(session, today, only)
        going: dict[UUID, list[Leaving]] = defaultdict(list)
        for each in leaving:
            going[each.home_id].append(each)
        found: list[Vacant] = []
        known: dict[UUID, Candidate] = {}
        for home in register.candidates(session, now, set(said) | set(going) | set(left), current=True):
            lines = lines_of(home, said.get(home.id, ()), going[home.id], left.get(home.id, ()), today)
            if lines:
                known[home.id] = home
                found += lines
        return found, known

    def _home(self, session: Session, home_id: UUID) -> Candidate:
        found = register.candidates(session, self._desk.now, {home_id})
        if not found:
            raise NotFound("There is no such home", mend="it may have been undone")
        return found[0]

    def _refuse_impossible(self, session: Session, home: Candidate, new: NewVacancy) -> None:
        """Refuse more beds than a home can have on that day, and a second word of one bed. Raises Invalid, Refused."""
        if not new.beds:
            return
        own = Terms(home.age_min, home.age_max, None, home.sexes)
        if terms_apart(own, new.terms):
            raise Refused(
                f"{home.name} is not for {new.terms.words}", f"it takes {own.words}",
                "type whom it takes, or correct its terms: `placement log terms`",
            )  # fmt: skip
        if home.places is None:
            return
        here = capacity.of(session, home.id, self._desk.now, self._desk.today) or Capacity()
        leaving = reads.leaving(session, self._desk.today, {home.id})
        room_then = (
            home.places
            if home.kind == "agency"
            else room_on(here, [each.on for each in leaving], new.from_on or self._desk.today, self._desk.today)
        )
        if new.beds > room_then:
            raise Invalid(
                "beds",
                f"{home.name} cannot have {beds_words(new.beds, 'free')}",
                here.words,
                _mend(here, home.places, new.beds),
            )
        if new.expected:
            return  # what they think is no promise; it is asked for on its day
        word, coming, _ = standing(reads.said(session, {home.id}).get(home.id, ()), self._desk.today)
        others = [each for each in coming if each.from_on != new.from_on and not each.expected]
        others += [word] if new.from_on is not None and word is not None and home.free else []
        others = [each for each in others if overlap(new, each)]
        already = sum(home.free or 0 if each is word else each.beds for each in others)
        if others and already + new.beds > room_then:
            raise self._twice(home, others[0], room_then)

    def _twice(self, home: Candidate, said: Any, room_then: int) -> Refused:
        at, today = said.said_at.astimezone(london()), self._desk.today
        when = f"{at:%H:%M}" if at.date() == today else day_words(at.date(), today)
        days = f" from {day_words(said.from_on, today)}" if said.from_on else " free"
        return Refused(
            f"{home.name}: two vacancies for one bed",
            f"{said.initials or 'somebody'} logged {beds_words(said.beds)}{days} at {when}, and there is room for {room_then}",
            f"if the other is gone, x among the free beds, or `placement log vacancy {home.name!r} --gone`; then log this again",
        )


def _mend(here: Capacity, places: int, beds: int) -> str:
    if beds > places:
        return "correct the number, or its places: `placement log terms`"
    if here.held:
        return "release the hold first: the bed is kept for somebody"
    if here.others:
        return "log how many children of others live there now, then this"
    return "log the ending of the child who left, then this"
