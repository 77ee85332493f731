"""Whether a free bed may be for an open referral, and how well: the rules' own findings and the search's own order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from placement_tui.domain.capacity import outside_terms
from placement_tui.domain.homes import Candidate, Finding, Part, Policy, Wanted
from placement_tui.domain.matching import Weights, order_parts, order_score
from placement_tui.domain.referrals import urgency_order
from placement_tui.domain.rules import findings
from placement_tui.domain.typed_dates import day_words
from placement_tui.domain.typed_times import london
from placement_tui.domain.vacancies import OpenReferral, Vacant, beds_words, terms_words


@dataclass(frozen=True, slots=True)
class Fit:
    """An open referral beside a free bed: why it fits or does not, how far it is from the child's home."""

    id: UUID
    reference: str
    label: str
    urgency: str
    needed_by: datetime | None
    received_at: datetime
    miles: float | None
    approximate: bool
    score: float
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    why_not: str = ""  # why the bed itself is not for them: whom it is for, from when, how many
    needs: int = 0  # how many needs were named of the children
    lessons: int = 0  # how many earlier placements taught something, of the children or the home

    @property
    def lawful(self) -> bool:
        """True where no rule stands in its way and the bed is for these children."""
        return not self.why_not and not any(finding.level == "block" for finding in self.findings)

    @property
    def reason(self) -> str:
        """Why it does not fit, in a few words; empty where it does."""
        blocks = [finding.text for finding in self.findings if finding.level == "block"]
        return self.why_not or (blocks[0] if blocks else "")


def fit(
    bed: Vacant, home: Candidate, referral: OpenReferral, wanted: Wanted, policy: Policy, now: datetime,
    distance: tuple[float | None, bool], lessons: int = 0,
) -> Fit:  # fmt: skip
    """One referral beside one bed. `distance` is miles from the child's home and whether that is approximate."""
    miles, approximate = distance
    beside = replace(home, free=bed.left, free_said_at=bed.said_at, free_age_min=bed.age_min, free_age_max=bed.age_max,
                     free_sexes=bed.sexes)  # fmt: skip
    said, why = findings(beside, wanted, policy), _why_not(bed, referral, wanted, now, miles)
    barred = why or any(finding.level == "block" for finding in said)
    parts = () if barred else order_parts(beside, miles, wanted, policy, Weights(), now, approximate)
    needs = len({code for child in referral.children for code in child.needs})
    return Fit(
        referral.id, referral.reference, referral.label, referral.urgency, referral.needed_by, referral.received_at,
        miles, approximate, order_score(parts), parts, said, why, needs, lessons,
    )  # fmt: skip


def _why_not(bed: Vacant, referral: OpenReferral, wanted: Wanted, now: datetime, miles: float | None) -> str:
    today = now.astimezone(london()).date()
    if bed.left < wanted.children:
        return f"{beds_words(bed.left)} for {wanted.children} children"
    for child in referral.children:
        why = outside_terms(bed.terms, child.age, child.sex)
        if why:
            return f"the bed is for {terms_words(bed.terms)}"
    if bed.from_on is not None and bed.from_on > today:
        wanted_on = referral.needed_by.astimezone(london()).date() if referral.needed_by else today
        if referral.urgency != "date" or wanted_on < bed.from_on:
            needed = "now" if referral.urgency != "date" else day_words(wanted_on, today)
            return f"free from {day_words(bed.from_on, today)}, needed {needed}"
    if wanted.max_miles is not None and miles is not None and miles > wanted.max_miles:
        return f"{miles:.1f} miles away, {wanted.max_miles:g} at most"
    return ""


def best_first(fits: Iterable[Fit]) -> list[Fit]:
    """Those that fit first, the most urgent of them first, then by the search's own order."""
    return sorted(
        fits,
        key=lambda each: (
            not each.lawful,
            urgency_order(each.urgency, each.needed_by, each.received_at)[0],
            -each.score,
        ),
    )
