"""What the rules say of one home of the register for one referral, as a search asks it: blocks first, then warnings."""

from __future__ import annotations

from dataclasses import replace

from placement_tui.domain.homes import Candidate, Finding, Policy, Wanted
from placement_tui.domain.rules.area import abroad, area
from placement_tui.domain.rules.fostering import fostering_limit
from placement_tui.domain.rules.provision import (
    grade,
    registration,
    supported_from_16,
    supported_scale,
    supported_to_17,
)
from placement_tui.domain.rules.terms import age_range, asked_already, avoid, places, sex, suspended, type_served
from placement_tui.domain.rules.words import ASKS_A_MANAGER, TEXT_LIMIT

# What a search counts homes under that may not be asked; a home with several counts under the first.
BLOCKS = (
    "registration", "under 16", "abroad", "age", "sex", "places", "limit", "policy", "suspended", "avoid", "asked", "type",
)  # fmt: skip
_ASIDE = "set aside: "


def findings(candidate: Candidate, wanted: Wanted, policy: Policy) -> tuple[Finding, ...]:
    """Everything the rules say of a candidate: blocks in the order of `BLOCKS`, then warnings.

    A block that somebody with the right set aside for this referral and home is a warning that says so.
    """
    said = (
        registration(candidate),
        supported_from_16(candidate, wanted),
        abroad(candidate),
        age_range(candidate, wanted),
        sex(candidate, wanted),
        places(candidate, wanted),
        fostering_limit(candidate, wanted, policy),
        grade(candidate, policy),
        suspended(candidate),
        avoid(candidate, wanted),
        asked_already(candidate, wanted),
        type_served(candidate, wanted),
        supported_to_17(candidate, wanted),
        supported_scale(candidate),
        area(candidate, wanted),
    )
    found = [finding for finding in said if finding is not None]
    aside = {rule for key, rule in wanted.set_aside if key == candidate.id} if wanted.set_aside else set()
    if aside:
        found = [laid_aside(finding) if finding.rule in aside else finding for finding in found]
    return tuple(sorted(found, key=lambda finding: finding.level != "block"))


def laid_aside(finding: Finding, by: str = "") -> Finding:
    """A block that was set aside, as the warning that it has become; `by` is who, and why."""
    if finding.level != "block":
        return finding
    said = finding.text.removesuffix(ASKS_A_MANAGER)
    text = f"{said} (set aside by {by})" if by else (_ASIDE + said)[:TEXT_LIMIT]
    return replace(finding, level="warn", text=text)
