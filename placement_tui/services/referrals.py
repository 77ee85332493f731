"""Referrals: the duty board, logging one, changing it, closing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from placement_tui.db.changes import approaches as approach_changes
from placement_tui.db.changes import capacity as capacity_changes
from placement_tui.db.changes import referrals as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import children as children_reads
from placement_tui.db.reads import placements, referrals, settings, sign_offs
from placement_tui.domain.approaches import Saved
from placement_tui.domain.board import Board
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.codes.rules import KIN
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS
from placement_tui.domain.referrals import URGENCIES, ChildRow, NewChild, NewReferral, ReferralRow, Tried
from placement_tui.domain.typed_ages import check_age
from placement_tui.domain.typed_times import london
from placement_tui.errors import Conflict, Invalid, NotFound, Refused
from placement_tui.services.desk import Desk

TEXT_LIMIT = 20_000  # characters of one text; a pasted e-mail fits, a pasted mailbox does not


class Referrals:
    """What an officer does with referrals."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def board(self) -> Board:
        """The duty board: open referrals, most urgent first."""
        with self._desk.read() as session:
            found = referrals.board(session, self._desk.now, self._desk.today)
            return replace(found, sign_offs=sign_offs.count_waiting(session, self._desk.now)[0])

    def get(self, referral_id: UUID) -> ReferralRow:
        """One referral whole. Raises NotFound."""
        with self._desk.read() as session:
            row = referrals.get(session, referral_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such referral", mend="it may have been undone")
        return row

    def resolve(self, said: str) -> UUID:
        """The referral that people mean by a reference, or by an open one's child identifier or initials.

        Raises NotFound where none answers to it or several do.
        """
        with self._desk.read() as session:
            found = referrals.find_id(session, said)
        if not found:
            raise NotFound(f"No referral answers to {said!r}", mend="`placement referrals` lists the open ones")
        if len(found) > 1:
            raise NotFound(
                f"{said!r} could be several referrals", ", ".join(ref for _, ref in found), "give the reference"
            )
        return found[0][0]

    def child(self, child_id: UUID) -> ChildRow:
        """One child. Raises NotFound."""
        with self._desk.read() as session:
            row = children_reads.get(session, child_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such child", mend="it may have been undone")
        return row

    def log(self, new: NewReferral, *, again: bool = False) -> tuple[UUID, str]:
        """Log a referral; gives its id and reference. Raises Invalid, naming the field.

        A child with an open referral raises Conflict, unless it is logged `again` on purpose.
        """
        self._check(new)
        places = [self._desk.position_of(child.home_postcode) for child in new.children]
        with self._desk.write("log referral") as session:
            year = self._desk.now.astimezone(london()).year % 100
            letter = settings.device_letter(session)
            prefix = f"{year:02d}-{letter}"
            reference = f"{prefix}{referrals.last_number(session, prefix) + 1:04d}"
            row = changes.add(session, new, reference, self._desk.now, self._desk.officer.id)
            session.flush()
            for number, (child, place) in enumerate(zip(new.children, places, strict=True)):
                known = children_reads.by_identifier(session, child.identifier) if child.identifier else None
                if known:
                    self._check_known(children_reads.get(session, known, self._desk.today), child)
                    self._check_open(session, known, child, again)
                changes.add_child(session, row, child, place, self._desk.today, number, known)
        return row.id, reference

    def amend(
        self,
        referral_id: UUID,
        fields: Mapping[str, Any],
        children: Mapping[UUID, NewChild] | None = None,
        added: Sequence[NewChild] = (),
        *,
        seen: int | None = None,
    ) -> Saved:
        """Change some fields of a referral (names as in NewReferral, without its children), in one step with those of its
        `children`, by id, and with brothers and sisters `added` to it. `seen` is from `Conflicts.seen`, before it was
        read: what a colleague saved since in the same field is kept beside it. Raises Invalid, NotFound.
        """
        now = self.get(referral_id)
        checked = NewReferral((), **{**_shown(now), **fields})
        self._check_texts(checked)
        for child in (*(children or {}).values(), *added):
            self._check_child(child, "")
        places = [self._desk.position_of(child.home_postcode) for child in added]
        with self._desk.write("amend referral", seen=seen) as session:
            values = {name: list(value) if name == "wanted" else value for name, value in fields.items()}
            row = changes.change(session, referral_id, values)
            for child_id, child in (children or {}).items():
                self._change_child(session, referral_id, child_id, child)
            for number, (child, place) in enumerate(zip(added, places, strict=True), len(now.children)):
                known = children_reads.by_identifier(session, child.identifier) if child.identifier else None
                if known in {each.id for each in now.children}:
                    raise Invalid(
                        "identifier",
                        f"{child.identifier} is a child of {row.reference} already",
                        mend="correct the number",
                    )
                if known:
                    self._check_known(children_reads.get(session, known, self._desk.today), child)
                changes.add_child(session, row, child, place, self._desk.today, number, known)
            session.flush()
            clashes = self._desk.clashes(session)
        return Saved(f"{row.reference}: saved", (row.id,), clashes)

    def amend_child(self, referral_id: UUID, child_id: UUID, new: NewChild) -> Saved:
        """Bring a child of a referral up to date with what is typed. Raises Invalid, NotFound."""
        self._check_child(new, "")
        with self._desk.write("amend child") as session:
            self._change_child(session, referral_id, child_id, new)
        return Saved(f"{new.initials}: saved", (child_id, referral_id))

    def remove_child(self, referral_id: UUID, child_id: UUID) -> Saved:
        """Take a brother or sister out of a referral, with their needs there. Raises Refused for the only child, for one
        who is placed by it, and where it is not open; NotFound.
        """
        with self._desk.write("remove child") as session:
            row = referrals.get(session, referral_id, self._desk.today)
            child = next((each for each in row.children if each.id == child_id), None) if row else None
            if row is None or child is None:
                raise NotFound("That child is not of this referral", mend="it may have been undone")
            if row.state != "open":
                raise Refused(f"{row.reference} is {row.state}", "its children stay on record", "log a new referral")
            if len(row.children) == 1:
                raise Refused(f"{child.words} is the only child of {row.reference}", mend="close the referral instead")
            if any(
                each.child_id == child_id for each in placements.of_referral(session, referral_id, self._desk.today)
            ):
                raise Refused(f"{child.words} is placed by {row.reference}", mend="undo the placement first")
            changes.remove_child(session, referral_id, child_id, self._desk.now)
        return Saved(f"{row.reference}: {child.words} taken out", (referral_id, child_id))

    def _change_child(self, session: Session, referral_id: UUID, child_id: UUID, new: NewChild) -> None:
        fields: dict[str, Any] = {
            "identifier": new.identifier, "initials": new.initials, "name": new.name, "sex": new.sex,
            "born_on": new.born_on, "age_said": None if new.born_on else new.age,
            "age_said_on": None if new.born_on or new.age is None else self._desk.today,
            "home_postcode": new.home_postcode, **changes.position_fields(self._desk.position_of(new.home_postcode)),
        }  # fmt: skip
        row = children_reads.get(session, child_id, self._desk.today)
        if row and row.age == new.age and not new.born_on:
            del fields["age_said"], fields["age_said_on"]
        changes.change_child(session, child_id, fields)
        changes.set_needs(session, referral_id, child_id, new.needs, self._desk.now)

    def known(self, identifier: str) -> tuple[ChildRow, tuple[Tried, ...]] | None:
        """The child whom the council knows by that number, and what earlier referrals tried; None for nobody."""
        with self._desk.read() as session:
            key = children_reads.by_identifier(session, identifier.strip())
            row = children_reads.get(session, key, self._desk.today) if key else None
            return (row, tuple(referrals.tried(session, None, [row.id]))) if row else None

    def close(self, referral_id: UUID, reason: str) -> Saved:
        """Close a referral whose home is no longer wanted; approaches still waiting are withdrawn. Raises Refused."""
        if not reason.strip():
            raise Invalid("reason", "Say why it is closed", mend="a few words do")
        row = self.get(referral_id)
        if row.state != "open":
            raise Refused(f"{row.reference} is {row.state} already")
        with self._desk.write("close referral") as session:
            changes.change(
                session, referral_id, {"state": "closed", "closed_at": self._desk.now, "closed_reason": reason.strip()}
            )
            approach_changes.close_others(session, referral_id, "CW", self._desk.now, self._desk.officer.id)
            capacity_changes.let_go(session, referral_id, self._desk.now)
        return Saved(f"{row.reference}: closed", (referral_id,))

    def _check(self, new: NewReferral) -> None:
        if not new.children:
            raise Invalid("child", "A referral is for at least one child", mend="give initials or an identifier")
        numbered = len(new.children) > 1
        for number, child in enumerate(new.children, 1):
            self._check_child(child, f"child {number}: " if numbered else "")
        known = [child.identifier for child in new.children if child.identifier]
        if len(known) != len(set(known)):
            raise Invalid("identifier", "Two children of the referral have the same identifier", ", ".join(known))
        self._check_texts(new)

    def _check_texts(self, new: NewReferral) -> None:
        if not new.wanted:
            raise Invalid(
                "wanted",
                "Say what is wanted",
                "foster, residential, supported...",
                "several are given in order of wish",
            )
        for kind in new.wanted:
            KINDS[kind]
        if new.urgency not in URGENCIES:
            raise Invalid("by", f"{new.urgency!r} is no urgency", mend="now, today, or a date")
        if new.urgency == "date" and new.needed_by is None:
            raise Invalid("by", "Needed by a date, but no date is given", mend="type it like 15 oct or tomorrow 10:00")
        if new.legal_status is not None:
            LEGAL_STATUS[new.legal_status]
        if new.kin_explored is not None:
            KIN[new.kin_explored]
        if new.max_miles is not None and not 0 < new.max_miles <= 900:
            raise Invalid(
                "max_miles", f"{new.max_miles:g} miles is no distance to search in", mend="give 1 to 900, or nothing"
            )
        for name in (
            "why_now",
            "tonight",
            "must_have",
            "nice_to_have",
            "avoid",
            "note",
            "social_worker",
            "social_worker_phone",
        ):
            length = len(getattr(new, name))
            if length > TEXT_LIMIT:
                raise Invalid(
                    name,
                    f"{name.replace('_', ' ').capitalize()} has {length:,} characters",
                    f"at most {TEXT_LIMIT:,} are kept",
                    "shorten it: nothing was saved or lost",
                )

    def _check_child(self, child: NewChild, which: str) -> None:
        if not child.initials and not child.identifier:
            raise Invalid(
                "child", f"{which}Give initials or an identifier".capitalize(), mend="initials do for a start: KJ"
            )
        if child.sex not in ("M", "F", "U"):
            raise Invalid("sex", f"{child.sex!r} is no sex that the return knows", mend="M, F or U")
        check_age(child.age, child.born_on, self._desk.today)
        for need in child.needs:
            NEEDS[need]

    def _check_open(self, session: Session, known: UUID, typed: NewChild, again: bool) -> None:
        there = None if again else referrals.open_of_child(session, known)
        if there is not None:
            raise Conflict(
                f"{typed.initials} {typed.identifier} has an open referral already, {there}".strip(),
                "two officers would call the same homes", "work on that one, or log this one too",
            )  # fmt: skip

    def _check_known(self, known: ChildRow | None, typed: NewChild) -> None:
        if known and known.born_on and typed.born_on and known.born_on != typed.born_on:
            raise Invalid(
                "born",
                f"{typed.identifier} is known with another date of birth",
                f"here {typed.born_on:%d/%m/%Y}, on record {known.born_on:%d/%m/%Y}",
                "correct the one that is wrong",
            )
        if known and known.born_on and typed.age is not None:
            check_age(typed.age, known.born_on, self._desk.today)


def _shown(row: ReferralRow) -> dict[str, Any]:
    names = (
        "wanted",
        "urgency",
        "needed_by",
        "why_now",
        "tonight",
        "legal_status",
        "together",
        "must_have",
        "nice_to_have",
        "avoid",
        "max_miles",
        "social_worker",
        "social_worker_phone",
        "note",
        "kin_explored",
    )
    return {name: getattr(row, name) for name in names}
