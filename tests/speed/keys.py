"""How many keys a refusal takes, counted from what the program declares: no hand, no clock.

The model is that of the keystroke literature (Card, Moran and Newell 1980) as the design uses it: which of fifty reasons
a provider gives follows Zipf's law, the commonest on the digits; which of twenty providers is on the phone is geometric
with p = 0.35 in the order of the list.
"""

from __future__ import annotations

from dataclasses import dataclass

from placement_tui.domain.codes.refusals import FAMILIES, REFUSALS, commonest, in_family

WAITING, CHANCE = 20, 0.35
RINGING = 4  # R, two letters of the name, its label


@dataclass(frozen=True)
class Keys:
    """Keys on average: for the reason alone, and with the way to whichever of twenty providers it is."""

    reason: float
    any_provider: float


def keys(kind: str = "res") -> Keys:
    """The average for a kind of home."""
    digits = {code.code for code in commonest(kind)}
    costs = sorted(1 if code.code in digits else 2 for family in FAMILIES for code in in_family(family.key))
    weights = [1 / (rank + 1) for rank in range(len(REFUSALS))]
    reason = sum(cost * weight for cost, weight in zip(costs, weights, strict=True)) / sum(weights)
    shares = [CHANCE * (1 - CHANCE) ** place for place in range(WAITING)]
    way = sum(min(place, RINGING) * share for place, share in enumerate(shares)) / sum(shares)
    return Keys(reason, reason + way)
