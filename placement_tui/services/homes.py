"""Homes: the search of the register for a referral, one home's page, vacancies, and finding anything by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, time
from threading import RLock
from uuid import UUID

from placement_tui.db.engine import Session
from placement_tui.db.reads import approaches, capacity, children, homes, overrides, referrals, restricted, siblings
from placement_tui.db.reads import vacancies as spoken
from placement_tui.domain.finding import Hit
from placement_tui.domain.history import Changed
from placement_tui.domain.homes import Candidate, Found, HomePage, Wanted
from placement_tui.domain.query import parse
from placement_tui.domain.typed_times import london
from placement_tui.errors import NotFound
from placement_tui.services.desk import Desk
from placement_tui.services.rules_facts import wanted_for
from placement_tui.services.search import SearchIndex

_BY_RECORD = ("vacancy", "approach", "lesson", "placement", "hold")
_ABOUT_HOMES = frozenset({"home", "provider", *_BY_RECORD})
FRAME_SHARE = 0.006  # seconds of its own work that a search may take before a key's frame is painted without guesses
_MOST_AT_ONCE = 200_000  # homes; more than the register of all England holds
_REBUILT_AFTER = 3000  # homes changed at once: an import, and everything is read again


def _waited_for() -> bool:
    return True


class Homes:
    """What an officer does with the register."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._index: SearchIndex | None = None
        self._index_whole = True  # it knows where homes of restricted addresses are
        self._stale: set[UUID] | None = set()
        self._ends: list[tuple[datetime, UUID]] = []  # when holds end and words of beds begin or are over, and where
        self._guard = RLock()
        desk.listen(self._heard)

    def ready(self) -> None:
        """Build the search index where it is not there yet; half a second for 50,000 homes, so on a thread."""
        self._current()

    def wanted(self, referral_id: UUID | None) -> Wanted:
        """The hard facts of a referral, for the search; those of the council alone for None. Raises NotFound."""
        if referral_id is None:
            return Wanted(authority=self._desk.authority, adjoining=self._desk.adjoining)
        with self._desk.read() as session:
            row = referrals.get(session, referral_id, self._desk.today)
            if row is None:
                raise NotFound("There is no such referral", mend="it may have been undone")
            asked = frozenset(approaches.asked_homes(session, referral_id))
            row = replace(row, children=(*row.children, *siblings.linked(session, referral_id, self._desk.today)))
            facts = capacity.for_children(
                session, referral_id, [child.id for child in row.children], self._desk.now, self._desk.today
            )
            aside = overrides.aside(session, referral_id)
        return replace(wanted_for(self._desk, row, asked), **facts, set_aside=aside)

    def find(self, line: str, wanted: Wanted | None = None, *, limit: int = 200) -> Found:
        """The homes that a query line finds."""
        return self._whole(self._current(), line, wanted or self.wanted(None), limit, None)

    def _whole(
        self, index: SearchIndex, line: str, wanted: Wanted, limit: int, still: Callable[[], bool] | None
    ) -> Found:
        policy, now = self._desk.policy, self._desk.now
        found = index.search(line, wanted, policy, limit=limit, now=now, still=still)
        if not found.total and found.blocked:
            # somebody who names a home wants to see it, and why it may not be asked
            return index.search(f"{line} all", wanted, policy, limit=limit, now=now, still=still)
        return found

    def at_once(self, line: str, wanted: Wanted, *, limit: int = 200) -> tuple[Found, bool] | None:
        """What a key shows in its own frame, and whether that is all that `typed` would find; it reads nothing.

        The whole answer where it takes no more than its share of a frame, else the exact hits. None where the register
        has to be read first or is larger than a key has time for.
        """
        from placement_tui.services.searching.pace import Superseded, within

        index = self._at_hand()
        if index is None:
            return None
        try:
            return self._whole(index, line, wanted, limit, within(FRAME_SHARE)), True
        except Superseded:
            return index.search_exact(line, wanted, self._desk.policy, limit=limit, now=self._desk.now), False

    def typed(self, line: str, wanted: Wanted, still: Callable[[], bool], *, limit: int = 200) -> Found | None:
        """As `find`, for a line that is still being typed: given up, with None, as soon as `still` says False."""
        from placement_tui.services.searching.pace import Superseded

        try:
            return self._whole(self._current(), line, wanted, limit, still)
        except Superseded:
            return None

    def nearest(self, referral_id: UUID, count: int = 20, line: str = "") -> list[UUID]:
        """The best homes that may be asked for a referral, in order."""
        found = self.find(line, self.wanted(referral_id), limit=count)
        return [match.candidate.id for match in found.matches if match.may_be_asked][:count]

    def relaxed(self, line: str, wanted: Wanted) -> tuple[str, Wanted, str] | None:
        """The query line, or the referral's own limits, with the one constraint given up that brings the most homes.

        Gives the line, what is wanted, and the words that say what was given up; None where nothing is left to give up.
        """
        options = self._current().relaxations(parse(line), wanted, self._desk.policy, now=self._desk.now)
        if not options:
            return None
        best = options[0]
        query = parse(line).relaxed(best.name)
        text = query.to_text()
        words = f"{best.words}: {best.more:,} more"
        if text == line.strip() and best.name == "miles":
            return line, replace(wanted, max_miles=None), words
        return text, wanted, words

    def page(self, home_id: UUID) -> HomePage:
        """One home with what is known of it. Raises NotFound."""
        with self._desk.read() as session:
            row = homes.record(session, home_id)
            found = homes.candidates(session, self._desk.now, {home_id})
            if row is None or not found:
                raise NotFound("There is no such home", mend="it may have been undone")
            graded = homes.grades(session, home_id)
            said = homes.vacancies(session, home_id)
            night = row.out_of_hours_phone or row.provider_night_phone or ""
            return restricted.shown(session, HomePage(
                found[0], row.address, row.postcode, night, row.email, row.provision_type, row.registration_status,
                row.constituency, row.note, tuple(graded), tuple(said), row.on_rota, row.deregistered_on,
            ))  # fmt: skip

    def resolve(self, said: str, among: Collection[UUID] | None = None) -> Candidate:
        """The home that people mean by a URN or a few letters of its name. Raises NotFound where none or several could be."""
        with self._desk.read() as session:
            key = homes.by_urn(session, said.strip())
            if key is not None:
                return homes.candidates(session, self._desk.now, {key})[0]
        found = self.find(f"{said} all", limit=200)
        matches = [match.candidate for match in found.matches if among is None or match.candidate.id in among]
        exact = [home for home in matches if home.name.casefold() == said.strip().casefold()]
        if len(exact) == 1:
            return exact[0]
        if not matches:
            raise NotFound(f"No home answers to {said!r}", mend="try other letters, or its URN")
        if len(matches) == 1:
            return matches[0]
        names = ", ".join(f"{home.name} ({home.urn or home.town or home.area})" for home in matches[:5])
        raise NotFound(f"{said!r} could be several homes", names, "give more of the name, or its URN")

    def anything(self, text: str, limit: int = 30, still: Callable[[], bool] | None = None) -> list[Hit]:
        """Referrals, children and homes that a few letters, a reference, a URN or a phone number mean.

        Where `still` says False there is nobody who waits for the rest: the homes are left out.
        """
        said = text.strip()
        if not said:
            return []
        hits: list[Hit] = []
        with self._desk.read() as session:
            for key, reference in referrals.find_id(session, said):
                row = referrals.get(session, key, self._desk.today)
                if row is not None:
                    hits.append(Hit("referral", key, f"{reference}  {row.child}", row.why_now))
            for child, initials, identifier, referral, latest in children.named(session, said):
                if referral is not None and all(hit.id != referral for hit in hits):
                    hits.append(Hit("referral", referral, f"{latest}  {initials}", identifier))
                elif referral is None:
                    hits.append(Hit("child", child, f"{initials}  {identifier}"))
        found = self.typed(f"{said} all", self.wanted(None), still or _waited_for, limit=limit)
        hits += [
            Hit(
                "home",
                match.candidate.id,
                match.candidate.name,
                " ".join(
                    part for part in (match.candidate.provider, match.candidate.town, match.candidate.phone) if part
                ),
            )
            for match in (found.matches if found else ())
        ]
        return hits[:limit]

    def count(self) -> int:
        """How many homes the register holds."""
        with self._desk.read() as session:
            return homes.count(session)

    def _current(self) -> SearchIndex:
        with self._guard:
            self._let_go_of_holds()
            if self._index_whole != self._desk.sees_addresses:
                self._index, self._index_whole = None, self._desk.sees_addresses
            if self._index is None or self._stale is None or len(self._stale) > _REBUILT_AFTER:
                self._stale = set()
                with self._desk.read() as session:
                    self._index = SearchIndex.build(homes.each_candidate(session, self._desk.now))
                    self._ends = self._turns(session)
            elif self._stale:
                stale, self._stale = self._stale, set()
                with self._desk.read() as session:
                    changed = homes.candidates(session, self._desk.now, stale, current=True)
                    self._ends = self._turns(session)
                self._index = self._index.with_changes(changed, stale - {each.id for each in changed})
            return self._index

    def _at_hand(self) -> SearchIndex | None:
        """The index where it stands ready, else None: nothing is read and nobody is waited for."""
        if not self._guard.acquire(blocking=False):
            return None
        try:
            self._let_go_of_holds()
            ready = not self._stale and self._stale is not None and self._index_whole == self._desk.sees_addresses
            return self._index if ready and self._index is not None and len(self._index) <= _MOST_AT_ONCE else None
        finally:
            self._guard.release()

    def _turns(self, session: Session) -> list[tuple[datetime, UUID]]:
        """When a hold ends, and when what was said for a day to come begins to count or is over."""
        days = [
            (datetime.combine(day, time(), london()), home) for day, home in spoken.begins(session, self._desk.today)
        ]
        return sorted([*capacity.ends(session, self._desk.now), *days])  # by each key only the first is looked at

    def _let_go_of_holds(self) -> None:
        """A hold ends by the clock, and nobody says so: its home is read again from that minute on."""
        now = self._desk.now
        if self._ends and self._ends[0][0] <= now and self._stale is not None:
            self._stale |= {home for at, home in self._ends if at <= now}
            self._ends = [(at, home) for at, home in self._ends if at > now]

    def _heard(self, changed: Changed) -> None:
        if not changed.nouns & _ABOUT_HOMES:
            return
        with self._guard:
            if self._stale is None or "provider" in changed.nouns:
                self._stale = None
                return
            self._stale |= set(changed.ids.get("home", ()))
            others = [key for noun in _BY_RECORD for key in changed.ids.get(noun, ())]
            if others:
                with self._desk.read() as session:
                    self._stale |= homes.of_records(session, others)
