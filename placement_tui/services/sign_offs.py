"""Sign-off: what an offer needs, asking for it, deciding it by who may, and what stands in the way of accepting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from placement_tui.db.changes import sign_offs as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import approaches, offers, officers, referrals, sign_offs
from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.sign_offs import KINDS
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.sign_offs import Approver, SignOffRow, ToDecide, clock, kinds_words, may_decide, waited
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk
from placement_tui.services.sign_offs_needed import outstanding, refuse_unsigned
from placement_tui.services.sign_offs_who import approvers, decider_of, own_allowed, usual, who_holds

LATELY = timedelta(hours=24)  # how long a bed lost while waiting stays on the queue
STANDING = ("open", "accepted")
TEXT_LIMIT = 20_000


class SignOffs:
    """What officers and approvers do with sign-off."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # what there is

    def needed(self, offer_id: UUID) -> tuple[str, ...]:
        """The kinds that an offer needs and that were not given yet. Raises NotFound."""
        with self._desk.read() as session:
            return outstanding(self._desk, session, self._offer(session, offer_id))

    def check(self, offer_id: UUID) -> None:
        """Go on only where an offer has every sign-off that it needs. Raises Refused, saying how it stands."""
        with self._desk.read() as session:
            refuse_unsigned(self._desk, session, self._offer(session, offer_id))

    def may_decide(self, row: SignOffRow) -> bool:
        """True where the officer at this desk decides it."""
        with self._desk.read() as session:
            return self._mine(row, who_holds(self._desk, officers.everyone(session)))

    def approver(self, kind: str) -> Approver | None:
        """Whom a kind is asked of, where that is one person."""
        with self._desk.read() as session:
            return usual(self._desk, kind, officers.everyone(session))

    def get(self, key: UUID) -> SignOffRow:
        """One request. Raises NotFound."""
        with self._desk.read() as session:
            return self._row(session, key)

    def of_offer(self, offer_id: UUID) -> list[SignOffRow]:
        """What was asked for an offer, the first asked first."""
        with self._desk.read() as session:
            return sign_offs.of_offer(session, offer_id, self._desk.now, self._desk.today)

    def of_referral(self, referral_id: UUID) -> list[SignOffRow]:
        """What was asked for a referral, the first asked first."""
        with self._desk.read() as session:
            return sign_offs.of_referral(session, referral_id, self._desk.now, self._desk.today)

    def waiting(self, of: UUID | None = None) -> list[SignOffRow]:
        """What waits, the soonest to lapse first; with `of`, what that officer may decide."""
        now = self._desk.now
        with self._desk.read() as session:
            rows = sign_offs.undecided(session, now, self._desk.today, now)
            everyone = {each.id: each for each in officers.everyone(session)}
        rows = [row for row in rows if row.waiting]
        if of is None:
            return rows
        held = who_holds(self._desk, everyone.values())
        return [row for row in rows if of in everyone and may_decide(row.kinds, everyone[of], held)]

    def count(self) -> tuple[int, int]:
        """How many wait for a decision, and how many were returned."""
        with self._desk.read() as session:
            return sign_offs.count_waiting(session, self._desk.now)

    def queue(self) -> list[ToDecide]:
        """What waits, what presses most first, with what a decision needs; then what lapsed in the last day, for it was
        lost by waiting.
        """
        now, today = self._desk.now, self._desk.today
        with self._desk.read() as session:
            rows = sign_offs.undecided(session, now, today, now - LATELY)
            held = who_holds(self._desk, officers.everyone(session))
            shown = [row for row in rows if row.waiting] + [row for row in rows if row.state == "lapsed"]
            found = [self._to_decide(session, row, held) for row in shown]
        return sorted(found, key=lambda each: (not each.sign_off.waiting, each.presses_at(now), each.sign_off.asked_at))

    def _to_decide(self, session: Session, row: SignOffRow, held: dict[str, Approver]) -> ToDecide:
        now, today = self._desk.now, self._desk.today
        offer = offers.get(session, row.offer_id, self._desk.authority, today) if row.offer_id else None
        referral = referrals.get(session, row.referral_id, today)
        calls = approaches.calls(session, row.referral_id, today)
        outcomes = [call.outcome for call in calls.rows] if calls else []
        others = [
            each for each in offers.of_referral(session, row.referral_id, self._desk.authority, today)
            if each.id != row.offer_id and each.state in STANDING and not each.lapsed(now)
        ]  # fmt: skip
        child = referral.children[0] if referral and referral.children else None
        return ToDecide(
            row, offer, referral.why_now if referral else "", referral.tonight if referral else "",
            referral.urgency if referral else "date", referral.needed_by if referral else None,
            child.home_postcode if child else None, len(outcomes), outcomes.count("refusal"), outcomes.count("awaiting"),
            tuple(others), tuple(f"{KINDS[kind].label} ({KINDS[kind].law})" for kind in row.kinds if kind in KINDS),
            self._mine(row, held),
        )  # fmt: skip

    def _mine(self, row: SignOffRow, held: dict[str, Approver]) -> bool:
        officer = self._desk.officer
        return may_decide(row.kinds, officer, held) and (row.asked_by_id != officer.id or own_allowed(self._desk))

    # asking

    def ask(
        self,
        offer_id: UUID,
        kinds: Sequence[str] = (),
        asked_of: str | None = None,
        words: str = "",
        lapses_at: datetime | None = None,
    ) -> Saved:
        """Ask for sign-off of an offer: of these kinds, or of all that it needs; one request for each approver.

        `asked_of` is an officer's name or initials, or the name of who holds the office. It lapses with the offer where
        no earlier time is given. Raises Invalid, Refused: nothing to ask, asked already, somebody who does not approve it.
        """
        self._check_text("words", words)
        with self._desk.write("ask for sign-off") as session:
            offer = self._offer(session, offer_id)
            self._check_stands(offer)
            wanted = tuple(dict.fromkeys(KINDS[kind].code for kind in kinds)) or outstanding(self._desk, session, offer)
            if not wanted:
                raise Refused(f"The offer of {offer.name} needs no sign-off", mend="it may be accepted as it is")
            if "other" in wanted and not words.strip():
                raise Invalid("words", "Say what is to be signed off", mend="a few words do")
            for row in sign_offs.of_offer(session, offer_id, self._desk.now, self._desk.today):
                self._check_new(row, wanted)
            until = self._until(offer, lapses_at)
            made = []
            for approver, group in approvers(self._desk, session, wanted, asked_of).items():
                made.append(changes.add(session, {
                    "referral_id": offer.referral_id, "offer_id": offer_id, "home_id": offer.home_id,
                    "kinds": list(group), "words": words.strip(), "asked_at": self._desk.now,
                    "asked_by": self._desk.officer.id, "asked_of": approver.officer,
                    "asked_of_name": "" if approver.officer else approver.name, "approver": approver.office,
                    "lapses_at": until,
                }).id)  # fmt: skip
            said = "; ".join(
                f"{kinds_words(row.kinds)} asked of {row.asked_of or 'a manager'}"
                for row in (self._row(session, key) for key in made)
            )
        return Saved(f"{offer.name}: {said}", tuple(made))

    def ask_again(self, key: UUID, words: str = "", lapses_at: datetime | None = None) -> Saved:
        """Ask once more: with an answer to what it was returned for, or anew where it lapsed and the offer stands again.

        Raises Refused where it is still waiting, or was decided.
        """
        self._check_text("words", words)
        row = self.get(key)
        if row.state == "lapsed" and row.offer_id is not None:
            return self.ask(row.offer_id, row.kinds, row.asked_of or None, words or row.words, lapses_at)
        with self._desk.write("ask for sign-off again") as session:
            row = self._row(session, key)
            if row.state != "returned":
                raise Refused(
                    f"The sign-off of {row.name} is {_state_words(row)}", mend="only a returned one is asked again"
                )
            if not words.strip():
                raise Invalid(
                    "words", "Say what was mended", f"it was returned for: {row.returned_for}", "a few words do"
                )
            changes.change(session, key, {"state": "asked", "words": words.strip()})
        return Saved(f"{row.name}: asked again of {row.asked_of or 'a manager'}", (key,))

    def withdraw(self, key: UUID) -> Saved:
        """Take a request back. Raises Refused where it was decided."""
        with self._desk.write("withdraw sign-off") as session:
            row = self._row(session, key)
            if not row.waiting:
                raise Refused(f"The sign-off of {row.name} is {_state_words(row)}", mend="nothing waits any more")
            changes.change(session, key, {"state": "withdrawn", "decided_by": self._desk.officer.id})
        return Saved(f"{row.name}: sign-off no longer asked", (key,))

    # deciding

    def approve(self, key: UUID, why: str = "", by: str = "") -> Saved:
        """Approve. `by` names who did so where they are not at the program; who logs it is kept beside it.

        Raises Refused for somebody who does not approve that kind, for one's own request, and for an offer that is gone.
        """
        return self._decide(key, "approved", why, by)

    def refuse(self, key: UUID, why: str, by: str = "") -> Saved:
        """Refuse, and say why. Raises as `approve`, and Invalid without words."""
        return self._decide(key, "refused", why, by)

    def return_for(self, key: UUID, what: str, by: str = "") -> Saved:
        """Send it back for something that is missing. Raises as `refuse`."""
        return self._decide(key, "returned", what, by)

    def _decide(self, key: UUID, state: str, why: str, by: str) -> Saved:
        self._check_text("why", why)
        verb = {"approved": "approve", "refused": "refuse", "returned": "return"}[state]
        with self._desk.write(f"{verb} sign-off") as session:
            row = self._row(session, key)
            self._check_waits(row, state)
            decider = decider_of(self._desk, session, row, by)
            why = why.strip()
            if not why and state != "approved":
                which = "What is missing?" if state == "returned" else "Why is it refused?"
                raise Invalid("why", which, "the officer has to know what to do now", "a few words do")
            now, own = self._desk.now, self._desk.officer.id
            if state == "returned":
                fields = {"state": state, "returned_at": now, "returned_for": why}
            else:
                fields = {
                    "state": state, "why": why, "decided_at": now, "decided_by": own, "decided_by_name": decider,
                }  # fmt: skip
            changes.change(session, key, fields)
        said = f" by the word of {decider}" if decider else ""
        return Saved(f"{row.reference} {row.name}: {state}{said} ({kinds_words(row.kinds)})", (key,))

    # what it rests on

    def _row(self, session: Session, key: UUID) -> SignOffRow:
        row = sign_offs.get(session, key, self._desk.now, self._desk.today)
        if row is None:
            raise NotFound("There is no such sign-off", mend="it may have been undone")
        return row

    def _offer(self, session: Session, offer_id: UUID) -> OfferRow:
        row = offers.get(session, offer_id, self._desk.authority, self._desk.today)
        if row is None:
            raise NotFound("There is no such offer", mend="it may have been undone")
        return row

    def _until(self, offer: OfferRow, lapses_at: datetime | None) -> datetime | None:
        if lapses_at is None:
            return offer.expires_at
        if lapses_at <= self._desk.now:
            raise Invalid("lapses", "The sign-off would have lapsed already", mend="give a time to come, or none")
        if offer.expires_at is not None and lapses_at > offer.expires_at:
            raise Invalid(
                "lapses", f"The offer of {offer.name} stands until {clock(offer.expires_at)} only",
                mend="give an earlier time, or none",
            )  # fmt: skip
        return lapses_at

    def _check_new(self, row: SignOffRow, wanted: Sequence[str]) -> None:
        again = [kind for kind in wanted if kind in row.kinds]
        if not again or not (row.waiting or row.state == "approved"):
            return
        if row.state == "approved":
            raise Refused(f"{row.name}: {kinds_words(again)} is approved already", mend="it need not be asked again")
        age = waited(self._desk.now - row.asked_at)
        mend = "wait, or withdraw it" if row.state == "asked" else "answer what it was returned for, and ask it again"
        raise Refused(
            f"{row.name}: {kinds_words(again)} was asked of {row.asked_of or 'a manager'} {age} ago", mend=mend
        )

    def _check_stands(self, offer: OfferRow) -> None:
        if offer.lapsed(self._desk.now):
            raise Refused(
                f"The offer of {offer.name} lapsed", mend="ring them: if it still stands, log when it lapses now"
            )
        if offer.state not in STANDING:
            raise Refused(f"The offer of {offer.name} is {offer.state} already", mend="there is nothing to sign off")

    def _check_waits(self, row: SignOffRow, state: str) -> None:
        if row.state == "lapsed":
            at = row.lapsed_at or self._desk.now
            raise Refused(
                f"The sign-off of {row.name} lapsed at {clock(at)}: the bed was lost while it waited",
                f"it waited {waited(at - row.asked_at)}",
                "if the home offers again, ask again",
            )
        if row.state == "over":
            raise Refused(f"The offer of {row.name} does not stand any more", mend="there is nothing to decide")
        if row.state != "asked" and not (row.state == "returned" and state != "returned"):
            raise Refused(f"The sign-off of {row.name} is {_state_words(row)}", mend="nothing waits any more")

    def _check_text(self, field: str, text: str) -> None:
        if len(text) > TEXT_LIMIT:
            raise Invalid(field, f"That has {len(text):,} characters", f"at most {TEXT_LIMIT:,} are kept", "shorten it")


def _state_words(row: SignOffRow) -> str:
    return {"asked": "waiting", "over": "over: the offer does not stand any more"}.get(row.state, row.state)
