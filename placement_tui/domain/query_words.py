"""The query line said back to people, and what giving up each of its constraints is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement_tui.domain.query_tokens import GRADE_WORDS

if TYPE_CHECKING:
    from placement_tui.domain.homes import Wanted
    from placement_tui.domain.query import Query

AREA_WORDS = {"in": "in the area", "adj": "in an adjoining area"}
RELAXED_WORDS = {
    "words": "any name",
    "type": "any type",
    "child": "any age and sex",
    "sib": "any number of places",
    "miles": "any distance",
    "area": "any area",
    "grade": "any grade",
    "free": "with or without a free bed",
    "tier": "any tier",
    "asked": "asked or not",
    "price": "any fee",
}
_CHILD_WORDS = {"M": "boy", "F": "girl"}


def child_in_words(effective: Wanted, typed: tuple[tuple[int, str], ...]) -> str:
    """The children that a home is wanted for: "boy of 14 and girl of 9"."""
    if typed:
        children = [(str(age), sex) for age, sex in typed]
    else:
        number = max(len(effective.ages), len(effective.sexes))
        ages = [str(age) for age in effective.ages] + [""] * (number - len(effective.ages))
        sexes = list(effective.sexes) + [""] * (number - len(effective.sexes))
        children = list(zip(ages, sexes, strict=True))
    named = [_CHILD_WORDS.get(sex, "child") + (f" of {age}" if age else "") for age, sex in children]
    return named[0] if len(named) == 1 else ", ".join(named[:-1]) + " and " + named[-1]


def in_words(query: Query, effective: Wanted, named: list[str]) -> str:
    """`named` (words, type, child) followed by the rest of the filter, apart by middle dots."""
    said = list(named)
    if effective.children > 1:
        said.append(f"{effective.children} places together")
    if effective.max_miles is not None:
        place = f" of {effective.place}" if effective.place else ""
        said.append(f"within {effective.max_miles:g} mile{'' if effective.max_miles == 1 else 's'}{place}")
    if query.areas:
        said.append(" or ".join(AREA_WORDS[area] for area in query.areas))
    if query.grade:
        said.append(GRADE_WORDS[query.grade])
    if query.free:
        said.append("free now")
    if query.tiers:
        said.append("tier " + " or ".join(str(tier) for tier in query.tiers))
    if query.asked is not None:
        said.append("asked already" if query.asked else "not asked yet")
    if query.weekly_pence is not None:
        said.append(f"up to £{query.weekly_pence // 100:,} a week")
    if query.nearest:
        said.append("nearest first")
    if query.show_all:
        said.append("also those that may not be asked")
    return " · ".join(said) or "every home"
