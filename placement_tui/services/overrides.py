"""Overrides: a block set aside by who has the right, for one referral and one home; listed, counted, taken back."""

from __future__ import annotations

from uuid import UUID

from placement_tui.db.changes import overrides as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import homes, offers, overrides, referrals
from placement_tui.domain.approaches import Saved
from placement_tui.domain.homes import Candidate, Finding
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.overrides import OverrideCount, OverrideRow, checked
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.rules import at_confirm, findings
from placement_tui.errors import NotFound, Refused
from placement_tui.services.desk import Desk
from placement_tui.services.rules_facts import decisions, wanted_for


class Overrides:
    """What managers set aside."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set_aside(self, offer_id: UUID, rule: str, why: str, ground: str | None = None) -> Saved:
        """Set a block aside for an offer's referral and home.

        Raises Refused for who may not, a rule that does not block here or is not set aside; Invalid without a reason, or
        for a law without its ground.
        """
        self._desk.require("override")
        with self._desk.write("set a rule aside") as session:
            offer = offers.get(session, offer_id, self._desk.authority, self._desk.today)
            if offer is None or offer.home_id is None:
                raise NotFound("There is no such offer of a home", mend="it may have been undone")
            referral = self._referral(session, offer.referral_id)
            return self._add(session, referral, self._home(session, offer.home_id), rule, why, ground, offer)

    def set_aside_for_search(
        self, referral_id: UUID, home_id: UUID, rule: str, why: str, ground: str | None = None
    ) -> Saved:
        """The same before anybody was asked, so that the home may be asked at all. Raises as `set_aside`."""
        self._desk.require("override")
        with self._desk.write("set a rule aside") as session:
            referral = self._referral(session, referral_id)
            return self._add(session, referral, self._home(session, home_id), rule, why, ground, None)

    def take_back(self, override_id: UUID) -> Saved:
        """The rule holds again. Raises NotFound, Refused for who may not."""
        self._desk.require("override")
        with self._desk.write("let a rule hold again") as session:
            row = overrides.get(session, override_id, self._desk.today)
            if row is None:
                raise NotFound("That was not set aside", mend="it may have been undone")
            changes.take_back(session, override_id, self._desk.now)
        return Saved(f"{row.name}: rule {row.rule} holds again for {row.reference}", (override_id,))

    def of_referral(self, referral_id: UUID) -> list[OverrideRow]:
        """What was set aside for a referral."""
        with self._desk.read() as session:
            return overrides.of_referral(session, referral_id, self._desk.today)

    def latest(self, limit: int = 500) -> list[OverrideRow]:
        """What was set aside, the latest first."""
        with self._desk.read() as session:
            return overrides.latest(session, self._desk.today, limit)

    def counts(self) -> list[OverrideCount]:
        """How often each rule was set aside, the commonest first."""
        with self._desk.read() as session:
            return overrides.counts(session)

    def _add(
        self, session: Session, referral: ReferralRow, home: Candidate, rule_id: str, why: str, ground: str | None,
        offer: OfferRow | None,
    ) -> Saved:  # fmt: skip
        rule, reason, named = checked(rule_id, why, ground)
        said = self._said(session, referral, home, offer)
        finding = next((each for each in said if each.rule == rule.id and each.level == "block"), None)
        if finding is None:
            standing = ", ".join(f"{each.rule} ({each.text})" for each in said if each.level == "block")
            raise Refused(
                f"Rule {rule.id} does not stand in the way of {home.name} for {referral.reference}",
                f"{rule.title} ({rule.law})",
                f"what does: {standing}" if standing else "nothing needs to be set aside",
            )
        row = changes.add(session, {
            "referral_id": referral.id, "home_id": home.id, "offer_id": offer.id if offer else None, "rule": rule.id,
            "law": finding.law, "words": finding.text, "ground": named, "why": reason,
            "overridden_at": self._desk.now, "officer_id": self._desk.officer.id,
        })  # fmt: skip
        return Saved(f"{home.name}: rule {rule.id} set aside by {self._desk.officer.initials}", (row.id, referral.id))

    def _said(
        self, session: Session, referral: ReferralRow, home: Candidate, offer: OfferRow | None
    ) -> tuple[Finding, ...]:
        desk = self._desk
        if offer is not None:
            found = decisions(desk, session, referral, [offer])
            return at_confirm(found[offer.id], desk.policy) if offer.id in found else ()
        return findings(home, wanted_for(desk, referral), desk.policy)

    def _home(self, session: Session, home_id: UUID) -> Candidate:
        found = homes.candidates(session, self._desk.now, {home_id})
        if not found:
            raise NotFound("There is no such home", mend="it may have been undone")
        return found[0]

    def _referral(self, session: Session, referral_id: UUID) -> ReferralRow:
        row = referrals.get(session, referral_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such referral", mend="it may have been undone")
        return row
