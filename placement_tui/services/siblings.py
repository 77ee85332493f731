"""Brothers and sisters: referrals linked as a group, homes with room for all, the least bad split, why they were parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from placement_tui.db.changes import siblings as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import referrals
from placement_tui.db.reads import siblings as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.checks import PARTINGS
from placement_tui.domain.codes.provision import serves
from placement_tui.domain.homes import Candidate, Match, Wanted
from placement_tui.domain.matching import beds_for, lately_said
from placement_tui.domain.referrals import ChildRow, ReferralRow
from placement_tui.domain.siblings import MOST_CHILDREN, MOST_HOMES, GroupRow, Parting, Room, Split, room_for, splits
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk
from placement_tui.services.homes import Homes
from placement_tui.services.searching.points import miles_between

TEXT_LIMIT = 20_000
_LOOKED_AT = 3 * MOST_HOMES  # of each child's homes in order; those that take most of them are kept


@dataclass(frozen=True, slots=True)
class Splits:
    """What a search for a group came to: the children, youngest first; the splits; what was looked at."""

    children: tuple[ChildRow, ...]
    found: tuple[Split, ...]
    homes: int  # that may take at least one of them
    together: int  # of these, with room for all
    agencies: int  # that may be asked for all of them through their office
    group: GroupRow | None = None


class Siblings:
    """What an officer does with a group of brothers and sisters."""

    def __init__(self, desk: Desk, homes: Homes) -> None:
        self._desk, self._homes = desk, homes

    def groups(self) -> list[GroupRow]:
        """Every group of linked referrals of which one is open."""
        with self._desk.read() as session:
            return reads.groups(session, self._desk.today)

    def group_of(self, referral_id: UUID) -> GroupRow | None:
        """The group that a referral is linked to, or None."""
        with self._desk.read() as session:
            return reads.group_of(session, referral_id, self._desk.today)

    def link(self, referral_id: UUID, other_id: UUID) -> Saved:
        """Link two open referrals of brothers and sisters. Raises Refused: a referral of another group, a child twice."""
        with self._desk.write("link siblings") as session:
            first, second = self._open(session, referral_id), self._open(session, other_id)
            if first.id == second.id:
                raise Refused(f"{first.reference} is one referral already", mend="name the other one")
            twice = {child.id for child in first.children} & {child.id for child in second.children}
            one = reads.group_of(session, first.id, self._desk.today)
            two = reads.group_of(session, second.id, self._desk.today)
            if one is not None and two is not None:
                if one.id == two.id:
                    raise Refused(f"{first.reference} and {second.reference} are linked already")
                raise Refused(
                    f"{second.reference} is of another group: {two.words}", "a child is in one group of siblings only",
                    "unlink it there first",
                )  # fmt: skip
            for group, joining in ((one, second), (two, first)):
                if group is not None:
                    twice |= {child.id for child in group.children} & {child.id for child in joining.children}
            if twice:
                named = [child.words for child in (*first.children, *second.children) if child.id in twice]
                raise Refused(
                    f"{named[0]} is in both", f"{first.reference} and {second.reference}",
                    "take the child out of one of them, or close that one",
                )  # fmt: skip
            known = one or two
            key = known.id if known else changes.add(session, 0, self._desk.officer.id).id
            for row in (first, second):
                changes.link(session, row.id, key)
            session.flush()
            group = reads.group_of(session, first.id, self._desk.today)
            assert group is not None
            changes.count(session, key, len(group.children))
        return Saved(f"Linked: {group.words}", (first.id, second.id))

    def unlink(self, referral_id: UUID) -> Saved:
        """Take a referral out of its group; a group of one is none. Raises Refused where it is linked to nothing."""
        with self._desk.write("unlink siblings") as session:
            group = reads.group_of(session, referral_id, self._desk.today)
            if group is None:
                raise Refused("This referral is linked to no other", mend="link it to its brothers' or sisters'")
            changes.link(session, referral_id, None)
            left = [key for key, _ in group.referrals if key != referral_id]
            if len(left) < 2:
                for key in left:
                    changes.link(session, key, None)
                changes.strike(session, group.id, self._desk.now)
            reference = next(ref for key, ref in group.referrals if key == referral_id)
        return Saved(f"{reference}: unlinked", (referral_id,))

    def part(self, referral_id: UUID, parting: Parting | None) -> Saved:
        """Say why brothers and sisters are parted, or with None that they are looked for together again.

        Raises Invalid for a reason that is none, Refused where there is one child only.
        """
        if parting is not None:
            check_parting(parting)
        with self._desk.write("part siblings" if parting else "together again") as session:
            row = self._referral(session, referral_id)
            group = reads.group_of(session, referral_id, self._desk.today)
            children = group.children if group else row.children
            if len(children) < 2:
                raise Refused(
                    f"{row.reference} is for one child", mend="link the referrals of brothers and sisters first"
                )
            record_parting(session, self._desk, row, parting)
        if parting is None:
            return Saved(f"{row.reference}: looked for together again", (referral_id,))
        return Saved(f"{row.reference}: parted, {PARTINGS.spoken(parting.reason)}", (referral_id,))

    def splits(self, referral_id: UUID, line: str = "") -> Splits:
        """Homes with room for all of them, else the least bad splits, each with every distance between siblings.

        `line` narrows the homes as on the query line. Raises NotFound, Refused for one child or for too many.
        """
        with self._desk.read() as session:
            row = self._referral(session, referral_id)
            group = reads.group_of(session, referral_id, self._desk.today)
        everybody = group.children if group else row.children
        if not 1 < len(everybody) <= MOST_CHILDREN:
            raise Refused(
                f"{row.reference} is for {len(everybody)} child{'' if len(everybody) == 1 else 'ren'}",
                f"siblings are 2 to {MOST_CHILDREN}", "link the referrals of brothers and sisters first",
            )  # fmt: skip
        children = tuple(sorted(everybody, key=lambda child: (child.age is None, child.age or 0, child.initials)))
        wanted = replace(self._homes.wanted(referral_id), asked=frozenset())
        candidates, rooms, agencies = self._rooms(children, wanted, line)
        found = splits(
            len(children), rooms, lambda a, b: miles_between(candidates[a].position, candidates[b].position)[0]
        )
        whole = frozenset(range(len(children)))
        together = sum(room.room >= len(children) and room.fits == whole for room in rooms)
        return Splits(children, tuple(found), len(rooms), together, agencies, group)

    def _rooms(
        self, children: Sequence[ChildRow], wanted: Wanted, line: str
    ) -> tuple[list[Candidate], list[Room], int]:
        """The homes that may take one of the children at least, those that take most of them first; and the agencies."""
        fitting: dict[UUID, set[int]] = {}
        known: dict[UUID, Match] = {}
        rank: dict[UUID, int] = {}
        for number, child in enumerate(children):
            alone = replace(wanted, ages=() if child.age is None else (child.age,), sexes=(child.sex,), together=0)
            found = self._homes.find(line, alone, limit=_LOOKED_AT)
            for place, match in enumerate(found.matches):
                if match.may_be_asked:
                    fitting.setdefault(match.candidate.id, set()).add(number)
                    known.setdefault(match.candidate.id, match)
                    rank[match.candidate.id] = min(place, rank.get(match.candidate.id, place))
        rooms = [self._room(match, frozenset(fitting[key]), wanted) for key, match in known.items()]
        agencies = sum(match.candidate.kind == "agency" for match in known.values())
        rooms = [room for room in rooms if room.room and room.kind != "agency"]
        rooms.sort(key=lambda room: (-min(room.room, len(room.fits)), rank[room.id]))
        rooms = rooms[:MOST_HOMES]
        return [known[room.id].candidate for room in rooms], rooms, agencies

    def _room(self, match: Match, fits: frozenset[int], wanted: Wanted) -> Room:
        home, policy, now = match.candidate, self._desk.policy, self._desk.now
        siblings = wanted.siblings_at(home.id)
        living = home.ours + (home.others or 0)
        most = room_for(
            home.places, living, home.held, wanted.held_at(home.id), siblings,
            foster="foster" in serves(home.kind), exempt=home.id in wanted.exempt,
        )  # fmt: skip
        free = beds_for(home, wanted)
        sure = free is not None and lately_said(home, wanted, policy, now)
        if sure and free is not None:
            most = min(most, free) if home.places is not None else free
        return Room(home.id, home.name, most, fits, match.miles, home.kind, home.phone, sure and most > 0, siblings)

    def _referral(self, session: Session, referral_id: UUID) -> ReferralRow:
        row = referrals.get(session, referral_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such referral", mend="it may have been undone")
        return row

    def _open(self, session: Session, referral_id: UUID) -> ReferralRow:
        row = self._referral(session, referral_id)
        if row.state != "open":
            raise Refused(f"{row.reference} is {row.state}", "open referrals are linked", "name an open one")
        return row


def check_parting(parting: Parting) -> None:
    """A reason of the list, with words where it is another one. Raises Invalid."""
    PARTINGS[parting.reason]
    if parting.reason == "other" and not parting.why.strip():
        raise Invalid("parted_why", "Another reason needs its words", mend="say in a few words why they are parted")
    if len(parting.why) > TEXT_LIMIT:
        raise Invalid("parted_why", f"That text has {len(parting.why):,} characters", f"at most {TEXT_LIMIT:,} are kept", "shorten it")  # fmt: skip


def record_parting(session: Session, desk: Desk, row: ReferralRow, parting: Parting | None) -> None:
    """Keep with the group of a referral why it is parted; a referral of several children becomes a group of its own."""
    group = reads.group_of(session, row.id, desk.today)
    if group is None:
        key = changes.add(session, len(row.children), desk.officer.id).id
        changes.link(session, row.id, key)
    else:
        key = group.id
    changes.part(session, key, parting, desk.now, desk.officer.id)
    session.flush()


def mind_parting(
    session: Session, desk: Desk, row: ReferralRow, home_id: UUID, coming: Sequence[UUID], parting: Parting | None
) -> None:
    """Where brothers and sisters who are to live together will not, why is asked once and kept with their group.

    Who lives in the home, and who is offered a place there too, is not apart from those who come. Raises Invalid.
    """
    group = reads.group_of(session, row.id, desk.today)
    children = group.children if group else row.children
    if len(children) < 2 or not row.together or (group is not None and group.wish != "together"):
        return
    if parting is None and group is not None and group.parted_reason is not None:
        return
    here = {*coming, *reads.with_them(session, group.id if group else None, row.id, home_id)}
    apart = [child for child in children if child.id not in here]
    if not apart:
        return
    if parting is None:
        raise Invalid(
            "parted", f"{', '.join(child.words for child in apart)} would live elsewhere", "they are to live together",
            "say why they are parted, or correct the wish",
        )  # fmt: skip
    check_parting(parting)
    record_parting(session, desk, row, parting)
