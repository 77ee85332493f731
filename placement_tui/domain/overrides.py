"""Overrides: a block set aside by somebody with the right, by name, with a reason, and for a law on a legal ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from placement_tui.domain.codes.rules import GROUNDS
from placement_tui.domain.rules.catalogue import RULES, Rule
from placement_tui.errors import Invalid, Refused

FEWEST_WORDS = 3  # of a reason: "manager agreed" is none
TEXT_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """One block that was set aside, as shown. `words` are the rule's, as they were said then."""

    id: UUID
    referral_id: UUID
    reference: str
    child: str
    home_id: UUID | None
    name: str
    rule: str
    law: str
    words: str
    ground: str
    why: str
    overridden_at: datetime
    by: str
    by_name: str
    offer_id: UUID | None = None

    @property
    def said(self) -> str:
        """`PL: panel saw the report`, `PL, High Court: order of Tuesday`."""
        ground = f", {GROUNDS.spoken(self.ground)}" if self.ground else ""
        return f"{self.by or '?'}{ground}: {self.why}"


@dataclass(frozen=True, slots=True)
class OverrideCount:
    """How often one rule was set aside: in all, for how many children's referrals, and when last."""

    rule: str
    law: str
    title: str
    count: int
    referrals: int
    last_at: datetime


def checked(rule_id: str, why: str, ground: str | None) -> tuple[Rule, str, str]:
    """The rule, the reason and the ground, tidied. Raises Invalid or Refused with the sentence that mends it.

    A rule of the council's own is set aside by a reason. A law is not: it says itself on which ground it gives way, and
    one of those has to be named.
    """
    rule = RULES.get(rule_id)
    if rule is None:
        raise Invalid("rule", f"{rule_id!r} is no rule", mend=f"one of: {', '.join(_overridable())}")
    if not rule.may_be_set_aside:
        raise Refused(f"{rule.title}: that is not set aside", rule.law, rule.mend)
    reason = " ".join(why.split())
    if len(reason.split()) < FEWEST_WORDS:
        raise Invalid(
            "why", "Say why it is set aside", f"{rule.title} ({rule.law})", f"in {FEWEST_WORDS} words or more"
        )
    if len(reason) > TEXT_LIMIT:
        raise Invalid(
            "why", f"The reason has {len(reason):,} characters", f"at most {TEXT_LIMIT:,} are kept", "shorten it"
        )
    if rule.sort == "policy":
        return rule, reason, ""
    named = ", ".join(f"{code} ({GROUNDS.spoken(code)})" for code in rule.grounds)
    if not ground or not ground.strip():
        raise Invalid("ground", f"{rule.law} is law: a reason alone does not set it aside", rule.title,
                      f"name the legal ground: {named}")  # fmt: skip
    found = GROUNDS.find(ground)
    if found is None or found.code not in rule.grounds:
        what = GROUNDS.spoken(found.code) if found else repr(ground[:40])
        raise Invalid(
            "ground", f"{what} is no ground on which {rule.law} gives way", rule.title, f"its grounds: {named}"
        )
    return rule, reason, found.code


def set_aside(rows: Iterable[OverrideRow], home_id: UUID | None) -> dict[str, str]:
    """What was set aside for a home: by rule, who did so and why; the latest word counts."""
    return {row.rule: row.said for row in sorted(rows, key=lambda row: row.overridden_at) if row.home_id == home_id}


def _overridable() -> list[str]:
    return [rule.id for rule in RULES.values() if rule.may_be_set_aside]
