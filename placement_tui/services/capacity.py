"""Places of homes: who lives there, beds held, other authorities' children, terms of approval, exemptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from placement_tui.db.changes import capacity as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import capacity, homes, placements, referrals
from placement_tui.domain.approaches import Saved
from placement_tui.domain.capacity import Capacity, ExemptionRow, HoldRow, Terms, outside_terms
from placement_tui.domain.codes.provision import HOME_KINDS, serves
from placement_tui.domain.homes import Candidate
from placement_tui.domain.others import Others, others_words, read_others
from placement_tui.domain.referrals import ChildRow, ReferralRow
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk

MOST_BEDS = 99
LONGEST_HOLD = timedelta(days=60)  # who keeps a bed for longer has not heard of it since
TEXT_LIMIT = 2_000


class Capacities:
    """What an officer does with the places of homes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, home_id: UUID) -> Capacity:
        """One home's places. Raises NotFound."""
        with self._desk.read() as session:
            found = capacity.of(session, home_id, self._desk.now, self._desk.today)
        if found is None:
            raise NotFound("There is no such home", mend="it may have been undone")
        return found

    def everywhere(self) -> dict[UUID, Capacity]:
        """Every home's places, by home."""
        with self._desk.read() as session:
            return capacity.everywhere(session, self._desk.now, self._desk.today)

    def holds(self) -> list[HoldRow]:
        """Every bed that is held now, the first to end first."""
        with self._desk.read() as session:
            return capacity.holds(session, self._desk.now)

    def exemptions(self) -> list[ExemptionRow]:
        """Every exemption, past ones too, those that end first first."""
        with self._desk.read() as session:
            return capacity.exemptions(session)

    # beds held

    def hold(
        self, home_id: UUID, beds: int, until: datetime, *, referral_id: UUID | None = None, said_by: str = ""
    ) -> tuple[UUID, Saved]:
        """Log that a home keeps beds until a time, for a referral where one is named.

        Raises Invalid for no bed or a time that is past, Refused where there is no room, or the home is approved for none
        of the referral's children.
        """
        now = self._desk.now
        if not 0 < beds <= MOST_BEDS:
            raise Invalid("beds", f"{beds} beds cannot be held", mend=f"give 1 to {MOST_BEDS}")
        if until <= now:
            raise Invalid("until", "That is past already", "a hold ends by itself at its time", "give a time to come")
        if until - now > LONGEST_HOLD:
            raise Invalid(
                "until", f"No home keeps a bed for {(until - now).days} days", mend=f"at most {LONGEST_HOLD.days} days"
            )
        with self._desk.write("log hold") as session:
            home = self._home(session, home_id)
            here = self._capacity(session, home_id)
            row = self._open(session, referral_id) if referral_id is not None else None
            if row is not None:
                refuse_unfit(home, row.children)
                if here.held_for(row.id):
                    raise Refused(
                        f"{home.name} holds {here.held_for(row.id)} for {row.reference} already",
                        mend="release that hold first",
                    )
            if here.free is not None and beds > here.free and home.kind != "agency":
                raise Refused(f"{home.name} has {here.free} free", here.words, "hold fewer, or correct its places")
            made = changes.add_hold(
                session, home_id, beds, now, until, " ".join(said_by.split())[:200], referral_id, self._desk.officer.id
            )
        at = until.astimezone(london())
        whom = f" for {row.reference}" if row is not None else ""
        return made.id, Saved(f"{home.name}: {beds} held{whom} until {at:%a %d %b %H:%M}", (made.id, home_id))

    def release(self, hold_id: UUID) -> Saved:
        """Let go of a hold. Raises Refused where its time has come already, NotFound."""
        with self._desk.write("release hold") as session:
            row = capacity.hold_of(session, hold_id)
            if row is None:
                raise NotFound("There is no such hold", mend="it was released, or undone")
            if not row.stands(self._desk.now):
                raise Refused(f"The hold at {row.name} has ended by itself", mend="nothing is held there")
            changes.release(session, hold_id, self._desk.now)
        return Saved(f"{row.name}: {row.beds} no longer held", (hold_id, row.home_id))

    # what homes say of themselves

    def read_others(self, text: str) -> tuple[Others, ...]:
        """What a home says of other authorities' children: `2 Liverpool since 1 mar, 1 Sefton`. Raises Invalid."""
        return read_others(text, self._desk.today)

    def say_others(self, home_id: UUID, said: Sequence[Others] | int) -> Saved:
        """Log how many children of other authorities live in a home: counts, and that it was said now. Raises Invalid."""
        parts = ((Others(said),) if said else ()) if isinstance(said, int) else tuple(said)
        children = said if isinstance(said, int) else sum(each.beds for each in parts)
        if not 0 <= children <= MOST_BEDS:
            raise Invalid("others", f"{children} children of others", mend=f"give 0 to {MOST_BEDS}")
        with self._desk.write("log others' children") as session:
            home, here = self._home(session, home_id), self._capacity(session, home_id)
            if home.places is not None and here.ours + children > home.places and home.kind != "agency":
                raise Invalid(
                    "others", f"{children} and {here.ours} of ours are more than its {home.places} places",
                    home.name, "correct the number, or its places",
                )  # fmt: skip
            changes.change_home(session, home_id, {"others_children": children, "others_said_at": self._desk.now})
            changes.say_others(session, home_id, parts, self._desk.now, self._desk.officer.id)
        return Saved(f"{home.name}: {others_words(parts, self._desk.today)}", (home_id,))

    def say_terms(self, home_id: UUID, terms: Terms) -> Saved:
        """Log a home's terms of approval or registration: ages, number, sex; an import of the register leaves them alone.

        Raises Invalid for terms that cannot be, and for fewer places than children who live there.
        """
        low, high = terms.age_min, terms.age_max
        if low is not None and high is not None and low > high:
            raise Invalid("ages", f"From {low} to {high} is no range", mend="the younger age comes first")
        if terms.sexes not in (None, "M", "F"):
            raise Invalid("sexes", f"{terms.sexes!r} is neither boys nor girls", mend="M, F, or nothing for both")
        if terms.places is not None and not 0 <= terms.places <= 999:
            raise Invalid("places", f"{terms.places} places cannot be", mend="give 0 to 999")
        with self._desk.write("log terms") as session:
            home, here = self._home(session, home_id), self._capacity(session, home_id)
            if terms.places is not None and terms.places < here.ours:
                raise Invalid(
                    "places", f"{here.ours} of our children live there", f"{terms.places} places are fewer",
                    "end a placement first, or correct the number",
                )  # fmt: skip
            fields = {"age_min": low, "age_max": high, "sexes": terms.sexes, "places": terms.places}
            said = dict.fromkeys((*homes.said_of(session, home_id), *fields))
            changes.change_home(session, home_id, {**fields, "said": list(said)})
        return Saved(f"{home.name}: {terms.words}", (home_id,))

    # exemptions from the usual fostering limit

    def exempt(
        self, home_id: UUID, child_id: UUID, *, given_by: str = "", from_on: date | None = None,
        until_on: date | None = None, why: str = "", referral_id: UUID | None = None,
    ) -> tuple[UUID, Saved]:  # fmt: skip
        """Log an exemption that names a child who lives in a household, or is to come by a referral.

        Schedule 7 paragraph 4 Children Act 1989: given by the authority where the carer lives. Raises Invalid, Refused.
        """
        start = from_on or self._desk.today
        if until_on is not None and until_on < start:
            raise Invalid("until", "It would end before it begins", f"it begins on {start:%d/%m/%Y}", "correct the day")
        with self._desk.write("log exemption") as session:
            home, here = self._home(session, home_id), self._capacity(session, home_id)
            if "foster" not in serves(home.kind) or home.kind == "agency":
                raise Refused(
                    f"{home.name} is no foster household", HOME_KINDS.label(home.kind),
                    "only a carer has a fostering limit: Schedule 7 Children Act 1989",
                )  # fmt: skip
            child = self._named(session, home, here, child_id, referral_id)
            by = self._given_by(home, given_by)
            if any(row.child_id == child_id and row.stands(start) for row in here.exemptions):
                raise Refused(f"{child} is named in an exemption of {home.name} already", mend="end that one first")
            made = changes.add_exemption(
                session, home_id, child_id, by, start, until_on, why.strip()[:TEXT_LIMIT], self._desk.officer.id
            )
        return made.id, Saved(f"{home.name}: exempt for {child}, by {by}", (made.id, home_id))

    def end_exemption(self, exemption_id: UUID) -> Saved:
        """An exemption was cancelled: today is its last day. Raises Refused where it is over, NotFound."""
        with self._desk.write("end exemption") as session:
            row = next((each for each in capacity.exemptions(session) if each.id == exemption_id), None)
            if row is None:
                raise NotFound("There is no such exemption", mend="it may have been undone")
            if not row.stands(self._desk.today):
                raise Refused(f"The exemption for {row.child} does not stand today", row.name)
            changes.end_exemption(session, exemption_id, self._desk.today)
        return Saved(f"{row.name}: no longer exempt for {row.child} after today", (exemption_id, row.home_id))

    def _named(
        self, session: Session, home: Candidate, here: Capacity, child_id: UUID, referral_id: UUID | None
    ) -> str:
        """The child's words, where they live there or come by the referral. Raises Refused."""
        today = self._desk.today
        if child_id in here.children:
            where = next(row for row in placements.of_child(session, child_id, today) if row.home_id == home.id)
            return where.child
        row = referrals.get(session, referral_id, today) if referral_id is not None else None
        child = next((each for each in row.children if each.id == child_id), None) if row is not None else None
        if child is None or row is None or row.state != "open":
            said = f"that child is not of {row.reference}" if row is not None else "nobody is exempted in general"
            raise Refused(
                f"That child does not live at {home.name}", said,
                "name a child who lives there, or the open referral by which the child is to come",
            )  # fmt: skip
        refuse_unfit(home, (child,))
        return child.words

    def _given_by(self, home: Candidate, said: str) -> str:
        """The authority where the carer lives. Raises Invalid where another one is named, or none is known."""
        desk, by = self._desk, " ".join(said.split())[:200]
        ours = home.position.authority is not None and home.position.authority == desk.authority
        area = home.area or (desk.authority_name if ours and desk.authority_name != desk.authority else "")
        if not by and not area:
            raise Invalid(
                "given_by",
                "Which authority gave it?",
                "Schedule 7 paragraph 4: the one where the carer lives",
                "name it",
            )
        if by and area and by.casefold() != area.casefold():
            raise Invalid(
                "given_by", f"{home.name} lives in {area}: {by} may not exempt them",
                "Schedule 7 paragraph 4: the authority where the carer lives", f"ask {area}",
            )  # fmt: skip
        return by or area

    def _home(self, session: Session, home_id: UUID) -> Candidate:
        found = homes.candidates(session, self._desk.now, {home_id})
        if not found:
            raise NotFound("There is no such home", mend="it may have been undone")
        return found[0]

    def _capacity(self, session: Session, home_id: UUID) -> Capacity:
        return capacity.of(session, home_id, self._desk.now, self._desk.today) or Capacity()

    def _open(self, session: Session, referral_id: UUID) -> ReferralRow:
        row = referrals.get(session, referral_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such referral", mend="it may have been undone")
        if row.state != "open":
            raise Refused(f"{row.reference} is {row.state}", "beds are held for open referrals", "name an open one")
        return row


def refuse_unfit(home: Candidate, children: Sequence[ChildRow]) -> None:
    """Refuse a home that is approved for none of some children. Raises Refused, saying what its terms are."""
    terms = Terms(home.age_min, home.age_max, home.places, home.sexes)
    why = [outside_terms(terms, child.age, child.sex) for child in children]
    if children and all(why):
        whom = "this child" if len(children) == 1 else "none of these children"
        verb = "is not approved for" if len(children) == 1 else "is approved for"
        raise Refused(f"{home.name} {verb} {whom}: {why[0]}", terms.words, "choose another home, or correct its terms")


def refuse_full(session: Session, desk: Desk, home: Any, name: str, referral: ReferralRow, coming: int) -> None:
    """Refuse more children than a home has places for, beds that it holds for others counted. Raises Refused."""
    here = capacity.of(session, home.id, desk.now, desk.today)
    free = here.free_for(referral.id) if here is not None else None
    if here is None or free is None or home.kind == "agency" or coming <= free:
        return
    others = [row for row in here.holds if row.referral_id != referral.id]
    mend = "release the hold first, or start later" if others else "end a placement there, or correct its places"
    more = [f"{here.others} of other authorities"] if here.others else []
    more += [f"{sum(row.beds for row in others)} held for somebody else"] if others else []
    raise Refused(
        f"{name} has {here.registered} places and {here.ours} of our children live there",
        ", ".join([*more, f"{coming} more would be too many"]),
        mend,
    )
