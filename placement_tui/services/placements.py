"""Placements: an offer becomes one, everyone else is told; and where children live now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from placement_tui.db.changes import approaches as approach_changes
from placement_tui.db.changes import capacity as capacity_changes
from placement_tui.db.changes import offers as offer_changes
from placement_tui.db.changes import placements as changes
from placement_tui.db.changes import referrals as referral_changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import approaches, homes, offers, placements, referrals
from placement_tui.db.reads.children import position_of
from placement_tui.domain.approaches import CallRow, Saved
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.codes.census import ANY_DISTANCE_REASON, ROUTES, TYPES_OF_PROVISION
from placement_tui.domain.codes.declines import DECLINES
from placement_tui.domain.codes.provision import KINDS, coded
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS
from placement_tui.domain.distance import in_area
from placement_tui.domain.homes import Finding
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.placements import Considered, NewPlacement, PlacementRow, Started, ToTell
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services import rules, tasks_opening
from placement_tui.services.capacity import refuse_full
from placement_tui.services.care_rows import open_with_placement
from placement_tui.services.desk import Desk
from placement_tui.services.searching.points import miles_between
from placement_tui.services.siblings import mind_parting
from placement_tui.services.sign_offs_needed import refuse_unsigned

START_GRACE = timedelta(minutes=1)  # an offer logged after the child was driven there is corrected, not refused


class Placements:
    """What an officer does with placements."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self) -> list[PlacementRow]:
        """Where children live now, the latest started first."""
        with self._desk.read() as session:
            return placements.open_now(session, self._desk.today)

    def ended(self, limit: int = 200) -> list[PlacementRow]:
        """Placements that have ended, the latest first."""
        with self._desk.read() as session:
            return placements.ended(session, self._desk.today, limit)

    def get(self, placement_id: UUID) -> PlacementRow:
        """One placement. Raises NotFound."""
        with self._desk.read() as session:
            row = placements.get(session, placement_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such placement", mend="it may have been undone")
        return row

    def of_child(self, child_id: UUID) -> list[PlacementRow]:
        """A child's placements, the latest first."""
        with self._desk.read() as session:
            return placements.of_child(session, child_id, self._desk.today)

    def of_home(self, home_id: UUID) -> list[PlacementRow]:
        """A home's placements, the latest first."""
        with self._desk.read() as session:
            return placements.of_home(session, home_id, self._desk.today)

    def of_referral(self, referral_id: UUID) -> list[PlacementRow]:
        """The placements that a referral came to."""
        with self._desk.read() as session:
            return placements.of_referral(session, referral_id, self._desk.today)

    def to_tell(self, referral_id: UUID) -> list[ToTell]:
        """Whom to tell about a referral's placement, with their numbers."""
        with self._desk.read() as session:
            rows = placements.to_tell(session, referral_id)
            calls = approaches.calls(session, referral_id, self._desk.today)
            referral = referrals.get(session, referral_id, self._desk.today)
        phones = {row.name: row.phone for row in calls.rows} if calls else {}
        if referral and referral.social_worker:
            phones[referral.social_worker] = referral.social_worker_phone
        return [ToTell(row.id, row.who, row.what, phones.get(row.who, ""), row.told_at) for row in rows]

    def told(self, told_id: UUID) -> Saved:
        """Note that somebody on the list was told."""
        with self._desk.write("told") as session:
            row = changes.tell(session, told_id, self._desk.now, self._desk.officer.id)
        return Saved(f"{row.who}: told", (told_id,))

    def start(self, offer_id: UUID, new: NewPlacement) -> Started:
        """Turn an offer into a placement of each child (or of `new.children`), in one step.

        Other open offers are declined with `new.others_reason`, other approaches end as placed elsewhere, everyone to be
        told is listed, and where it is certain that care begins with it, that is logged too. Raises Invalid, Refused: a start before the offer, an overlap, a home that is full.
        """
        with self._desk.write("start placement") as session:
            offer = offers.get(session, offer_id, self._desk.authority, self._desk.today)
            if offer is None:
                raise NotFound("There is no such offer", mend="it may have been undone")
            referral = referrals.get(session, offer.referral_id, self._desk.today)
            home = homes.record(session, offer.home_id) if offer.home_id else None
            if referral is None or home is None:
                raise Refused("The offer is of a provider without a home", mend="name the home first: import or add it")
            self._check(session, offer, referral, home, new)
            refuse_unsigned(self._desk, session, offer)
            minded = rules.checked(self._desk, session, offer, referral, new)
            children = [child for child in referral.children if not new.children or child.id in new.children]
            start = new.started_at
            for child in children:
                other = changes.overlapping(session, child.id, start, None)
                if other is not None:
                    there = placements.get(session, other.id, self._desk.today)
                    ends = f"until {other.ended_on:%d/%m/%Y}" if other.ended_on else "and it is open"
                    raise Refused(
                        f"{child.initials} lives at {there.name if there else 'another home'} from {london_day(other.started_at):%d/%m/%Y} {ends}",
                        "two placements of a child never overlap",
                        "end that one first, or start later",
                    )
            mind_parting(session, self._desk, referral, home.id, [child.id for child in children], new.parting)
            rows = [
                changes.add(session, self._columns(offer, referral, home, new, child.id, child.position, minded))
                for child in children
            ]
            made = [row.id for row in rows]
            day = london_day(start)
            care = [open_with_placement(session, self._desk, row.child_id, day, row.legal_status) for row in rows]
            capacity_changes.let_go(session, referral.id, self._desk.now, home.id, len(rows))
            tasks_opening.placements_started(
                session, self._desk, zip(rows, (child.age for child in children), strict=True)
            )
            offer_changes.decide(session, offer_id, "accepted", self._desk.now, self._desk.officer.id)
            done = {row.child_id for row in placements.of_referral(session, referral.id, self._desk.today)}
            complete = all(child.id in done for child in referral.children)
            tell: list[tuple[UUID | None, str, str]] = [(offer.approach_id, offer.name, "yes: the placement starts")]
            if referral.social_worker:
                tell.append((None, referral.social_worker, f"{referral.child}: placed with {offer.name}"))
            if complete:
                tell += self._finish(session, referral, offer, new)
            changes.list_to_tell(session, referral.id, tell)
        at = start.astimezone(london())
        words = f"{referral.child}: placed with {offer.name} from {at:%a %d %b %H:%M}"
        return Started(tuple(made), words, tuple(self.to_tell(referral.id)), minded, tuple(filter(None, care)))

    def _finish(
        self, session: Session, referral: ReferralRow, offer: OfferRow, new: NewPlacement
    ) -> list[tuple[UUID | None, str, str]]:
        now, officer = self._desk.now, self._desk.officer.id
        referral_changes.change(session, referral.id, {"state": "placed", "closed_at": now})
        capacity_changes.let_go(session, referral.id, now)
        calls = approaches.calls(session, referral.id, self._desk.today)
        rows: dict[UUID, CallRow] = {row.id: row for row in calls.rows} if calls else {}
        tell: list[tuple[UUID | None, str, str]] = []
        for key in offer_changes.others_open(session, referral.id, offer.id):
            row = offer_changes.decide(session, key, "declined", now, officer, new.others_reason)
            tell.append(
                (row.approach_id, rows[row.approach_id].name, f"no: {DECLINES[new.others_reason].label.lower()}")
            )
        for key in approach_changes.close_others(session, referral.id, "PE", now, officer, offer.approach_id):
            tell.append((key, rows[key].name, "placed elsewhere"))
        return tell

    def _check(self, session: Session, offer: OfferRow, referral: ReferralRow, home: Any, new: NewPlacement) -> None:
        if offer.state not in ("open", "accepted"):
            raise Refused(f"The offer of {offer.name} is {offer.state}", mend="log a new offer if it stands again")
        starts_on = london_day(new.started_at)
        if new.started_at < offer.offered_at - START_GRACE and starts_on < london_day(offer.offered_at):
            raise Invalid(
                "start",
                f"The placement would start on {starts_on:%d/%m/%Y}, before it was offered",
                f"{offer.name} offered on {london_day(offer.offered_at):%d/%m/%Y}",
                "correct the start",
            )
        if new.planned_end_on and new.planned_end_on <= starts_on:
            raise Invalid("planned_end", "The planned end is not after the start", mend="give a later day, or none")
        for name, value, codes in (
            ("type_wanted", new.type_wanted, KINDS),
            ("type_obtained", new.type_obtained, KINDS),
            ("route", new.route, ROUTES),
            ("provision", new.provision, TYPES_OF_PROVISION),
            ("legal_status", new.legal_status, LEGAL_STATUS),
            ("others", new.others_reason, DECLINES),
            ("distance_reason", new.distance_reason, ANY_DISTANCE_REASON),
        ):
            if value is not None and value not in codes:
                raise Invalid(name, f"{value!r} is no {codes.name}", mend="`placement codes` lists them")
        wrong = set(new.children) - {child.id for child in referral.children}
        if wrong:
            raise Invalid("children", "A child that is not of this referral", mend="name children of the referral")
        for pence in (new.care_pence, new.education_pence, new.health_pence):
            if pence is not None and pence < 0:
                raise Invalid("fee", "A part of the fee is below zero", mend="a fee is what we pay a week")
        refuse_full(session, self._desk, home, offer.name, referral, len(new.children) or len(referral.children))

    def _columns(
        self, offer: OfferRow, referral: ReferralRow, home: Any, new: NewPlacement, child: UUID, origin: Any,
        minded: Sequence[Finding],
    ) -> dict[str, Any]:  # fmt: skip
        position = position_of(home)
        code = coded(home.kind, home.sector)
        miles = miles_between(origin, position)[0] if origin.location and position.location else offer.miles
        return {
            "child_id": child, "home_id": home.id, "referral_id": referral.id, "offer_id": offer.id,
            "officer_id": self._desk.officer.id, "started_at": new.started_at, "planned_end_on": new.planned_end_on,
            "type_wanted": new.type_wanted or (referral.wanted[0] if referral.wanted else None),
            "type_obtained": new.type_obtained or offer.type_obtained, "provision": new.provision,
            "place": home.place or code.place, "place_provider": home.place_provider or code.provider,
            "legal_status": new.legal_status or referral.legal_status, "route": new.route or offer.route,
            "care_pence": offer.care_pence if new.care_pence is None else new.care_pence,
            "education_pence": offer.education_pence if new.education_pence is None else new.education_pence,
            "health_pence": offer.health_pence if new.health_pence is None else new.health_pence,
            "miles": miles, "in_area": in_area(position, self._desk.authority), "grade_at_start": home.grade, "note": new.note,
            "emergency": tasks_opening.is_emergency(new, referral.urgency, self._desk.now), "outside_terms": new.outside_terms,
            "emergency_until": tasks_opening.night_bed_ends(new, home.on_rota),
            "school_changes": new.school_changes, "approved_by": " ".join(new.approved_by.split()),
            "distance_reason": new.distance_reason, "package": new.package, "solo_required": new.solo_required,
            "solo": new.solo, "school": " ".join(new.school.split()), "same_carer": new.same_carer,
            "considered": Considered(new.considered, tuple(dict.fromkeys(each.rule for each in minded))).text,
        }  # fmt: skip
