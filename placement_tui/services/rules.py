"""What law and policy say: of each offer, at confirm, and of the placements that go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn
from uuid import UUID

from placement_tui.db.engine import Session
from placement_tui.db.reads import offers, referrals
from placement_tui.domain.codes.rules import CONSIDERED
from placement_tui.domain.homes import Finding
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.rules import RULES, Rule, as_it_stands, at_confirm
from placement_tui.errors import Invalid, Refused
from placement_tui.services.desk import Desk
from placement_tui.services.rules_facts import decisions, standing


class Rules:
    """The rules, asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_offers(self, referral_id: UUID) -> dict[UUID, tuple[Finding, ...]]:
        """What stands in the way of each offer of a referral, were it to start now: blocks first. Homes only.

        What is only answered when it is confirmed, and so is the same for every offer, is left for then.
        """
        with self._desk.read() as session:
            referral = referrals.get(session, referral_id, self._desk.today)
            rows = offers.of_referral(session, referral_id, self._desk.authority, self._desk.today)
            found = _said(self._desk, session, referral, rows) if referral else {}
        return {key: tuple(each for each in said if "offer" in RULES[each.rule].where) for key, said in found.items()}

    def of_offer(self, offer_id: UUID, new: NewPlacement | None = None) -> tuple[Finding, ...]:
        """The same of one offer, as it would start; nothing where it is gone or names no home."""
        with self._desk.read() as session:
            row = offers.get(session, offer_id, self._desk.authority, self._desk.today)
            referral = referrals.get(session, row.referral_id, self._desk.today) if row else None
            if row is None or referral is None:
                return ()
            return _said(self._desk, session, referral, [row], new).get(offer_id, ())

    def of_open(self) -> dict[UUID, tuple[Finding, ...]]:
        """What the rules say today of every placement that goes on; those of which they say nothing are left out."""
        desk = self._desk
        with desk.read() as session:
            rows = standing(desk, session)
        policy, now, today = desk.policy, desk.now, desk.today
        said = {row.id: as_it_stands(row, policy, now, today) for row in rows}
        return {key: found for key, found in said.items() if found}

    def of_placement(self, placement_id: UUID) -> tuple[Finding, ...]:
        """What they say of one that goes on."""
        desk = self._desk
        with desk.read() as session:
            rows = standing(desk, session, placement_id)
        return as_it_stands(rows[0], desk.policy, desk.now, desk.today) if rows else ()

    def every(self) -> Sequence[Rule]:
        """Every rule there is."""
        return tuple(RULES.values())


def checked(
    desk: Desk, session: Session, offer: OfferRow, referral: ReferralRow, new: NewPlacement
) -> tuple[Finding, ...]:
    """The warnings that go with a placement about to start. Raises Refused where a block stands, saying how it ends."""
    wrong = [code for code in new.considered if code not in CONSIDERED]
    if wrong:
        raise Invalid(
            "considered", f"{wrong[0]!r} is no consideration", mend=f"one of: {', '.join(c.code for c in CONSIDERED)}"
        )
    said = _said(desk, session, referral, [offer], new).get(offer.id, ())
    blocks = [finding for finding in said if finding.level == "block"]
    if blocks:
        _refuse(offer.name, blocks)
    return tuple(finding for finding in said if finding.level == "warn")


def _said(
    desk: Desk, session: Session, referral: ReferralRow, rows: Sequence[OfferRow], new: NewPlacement | None = None
) -> dict[UUID, tuple[Finding, ...]]:
    found = decisions(desk, session, referral, rows, new)
    return {key: at_confirm(decision, desk.policy) for key, decision in found.items()}


def _refuse(name: str, blocks: Sequence[Finding]) -> NoReturn:
    first = blocks[0]
    rule = RULES[first.rule]
    others = [f"{finding.text} ({finding.law})" for finding in blocks[1:]]
    detail = f"also: {'; '.join(others)}" if others else ""
    if rule.id == "L25":
        raise Invalid("approved_by", "Name the manager who agreed", f"{name}: an emergency ({first.law})", rule.mend)
    mend = rule.mend
    if rule.sort == "law":
        mend = f"{mend}; on a legal ground a manager may set rule {rule.id} aside"
    elif rule.sort == "policy":
        mend = f"a manager may set rule {rule.id} aside, with a reason"
    raise Refused(f"{name}: {first.text} ({first.law})", detail, mend)
