"""Offers: logging a yes with its fee, comparing, declining with a reason, accepting."""

from __future__ import annotations

from uuid import UUID

from placement_tui.db.changes import approaches as approach_changes
from placement_tui.db.changes import offers as changes
from placement_tui.db.changes import sign_offs as sign_off_changes
from placement_tui.db.reads import approaches, offers
from placement_tui.domain.approaches import ALLOWED, Saved
from placement_tui.domain.codes.declines import DECLINES
from placement_tui.domain.offers import NewOffer, OfferRow
from placement_tui.domain.typed_numbers import MOST_PENCE, money_words
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk
from placement_tui.services.sign_offs_needed import refuse_unsigned


class Offers:
    """What an officer does with offers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, referral_id: UUID) -> list[OfferRow]:
        """A referral's offers, in the order in which they came."""
        with self._desk.read() as session:
            return offers.of_referral(session, referral_id, self._desk.authority, self._desk.today)

    def get(self, offer_id: UUID) -> OfferRow:
        """One offer. Raises NotFound."""
        with self._desk.read() as session:
            row = offers.get(session, offer_id, self._desk.authority, self._desk.today)
        if row is None:
            raise NotFound("There is no such offer", mend="it may have been undone")
        return row

    def log(self, approach_id: UUID, new: NewOffer) -> tuple[UUID, Saved]:
        """Log an offer on an approach; gives its id and what to say.

        Raises Invalid for a fee below zero or a time that is past, Refused where the approach cannot be one any more.
        """
        self._check(new)
        with self._desk.write("log offer") as session:
            row = approach_changes.get(session, approach_id)
            if "offer" not in ALLOWED[row.outcome]:
                raise Refused(
                    f"This approach is {row.outcome.replace('_', ' ')} already", mend="undo the last answer first"
                )
            offer = changes.add(session, approach_id, new, self._desk.now, self._desk.officer.id)
            approach_changes.change(session, approach_id, {
                "outcome": "offer", "answered_at": self._desk.now, "answered_by": self._desk.officer.id,
                "call_back_at": None, "said_by": new.said_by or row.said_by,
                "reason": None, "other_reasons": [], "would_change": [],
            })  # fmt: skip
        name = self.get(offer.id).name
        return offer.id, Saved(f"{name}: offer, {money_words(new.total_pence)} a week", (offer.id, approach_id))

    def amend(self, offer_id: UUID, new: NewOffer, *, seen: int | None = None) -> Saved:
        """Correct an open offer's fee, start, conditions or expiry; `seen` is from `Conflicts.seen`, before it was read.

        Raises Invalid, Refused.
        """
        self._check(new)
        before = self._open(offer_id)
        with self._desk.write("amend offer", seen=seen) as session:
            fields = ("care_pence", "education_pence", "health_pence", "start_at", "expires_at", "conditions", "note")
            changes.change(session, offer_id, {name: getattr(new, name) for name in fields})
            sign_off_changes.stands_until(session, offer_id, before.expires_at, new.expires_at, self._desk.now)
            session.flush()
            clashes = self._desk.clashes(session)
        return Saved(f"{self.get(offer_id).name}: offer saved", (offer_id,), clashes)

    def decline(self, offer_id: UUID, reason: str, note: str = "") -> Saved:
        """Decline an open offer with a reason. Raises Invalid, Refused."""
        label = DECLINES[reason].label
        self._open(offer_id)
        with self._desk.write("decline offer") as session:
            changes.decide(session, offer_id, "declined", self._desk.now, self._desk.officer.id, reason, note)
        return Saved(f"{self.get(offer_id).name}: offer declined, {label.lower()}", (offer_id,))

    def accept(self, offer_id: UUID) -> Saved:
        """Accept an open offer; the placement is started by its own step.

        Raises Refused where another is accepted, and where a sign-off that it needs was not given.
        """
        row = self._open(offer_id)
        if row.lapsed(self._desk.now):
            raise Refused(
                f"The offer of {row.name} lapsed", mend="ring them: if it still stands, log when it lapses now"
            )
        others = [other for other in self.of(row.referral_id) if other.state == "accepted"]
        if others:
            raise Refused(f"The offer of {others[0].name} is accepted already", mend="decline that one first")
        with self._desk.write("accept offer") as session:
            if approaches.live_offer(session, row.approach_id) != offer_id:
                raise Refused("The offer changed in the meantime", mend="look again")
            refuse_unsigned(self._desk, session, row)
            changes.decide(session, offer_id, "accepted", self._desk.now, self._desk.officer.id)
        return Saved(f"{row.name}: offer accepted", (offer_id,))

    def _open(self, offer_id: UUID) -> OfferRow:
        row = self.get(offer_id)
        if row.state not in ("open", "accepted"):
            raise Refused(f"The offer of {row.name} is {row.state} already")
        return row

    def _check(self, new: NewOffer) -> None:
        parts = {"care": new.care_pence, "education": new.education_pence, "health": new.health_pence}
        for name, pence in parts.items():
            if pence < 0:
                raise Invalid(
                    "fee", f"The {name} part is below zero", money_words(pence), "a fee is what we pay a week"
                )
        if new.total_pence > MOST_PENCE:
            raise Invalid(
                "fee", f"{money_words(new.total_pence)} a week is more than any home costs", mend="is it in pence?"
            )
        if new.expires_at is not None and new.expires_at <= self._desk.now:
            raise Invalid(
                "expires", "The offer would have lapsed already", mend="give a time to come: 18:00, tomorrow 12:00"
            )
