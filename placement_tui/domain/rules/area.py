"""Where a home lies: in the area, out of it, at a distance, outside England and Wales (L3 to L5)."""

from __future__ import annotations

from collections.abc import Collection

from placement_tui.domain.distance import at_a_distance, in_area
from placement_tui.domain.homes import Candidate, Finding, Wanted
from placement_tui.domain.rules.words import REG_11_A, REG_11_B, REG_12, block, warn

_ABROAD = frozenset("SNLM")  # how a GSS code, or PL_LA, begins in Scotland, Northern Ireland and on the islands


def outside_england_and_wales(authority: str | None) -> bool:
    """True where a GSS code, or what the return writes for one (`SCO`, `NIR`), lies outside England and Wales."""
    return bool(authority) and (authority or "")[0] in _ABROAD


def abroad(candidate: Candidate) -> Finding | None:
    """L5: outside England and Wales blocks.

    Regulation 12 CPPCR by its title; that paragraph 19 of Schedule 2 to the Children Act 1989 asks for the approval of
    the court for a child in care, and of everyone with parental responsibility for any other, is general knowledge.
    """
    if not outside_england_and_wales(candidate.position.authority):
        return None
    return block("L5", REG_12, "outside England and Wales: the court approves", "abroad")


def area(candidate: Candidate, wanted: Wanted) -> Finding | None:
    """L3, L4 in a search: whoever is asked now, somebody has to approve it before it takes effect. Regulation 11 CPPCR."""
    where = _where(candidate, wanted)
    if where is None:
        return None
    if candidate.kind == "inhouse":
        return warn("L3", REG_11_A, "out of area, our own carer: tell the area authority", "area")
    if where == "L4":
        return warn("L4", REG_11_B, "at a distance: the Director approves", "area")
    return warn("L3", REG_11_A, "out of area: the nominated officer approves", "area")


def area_approved(candidate: Candidate, wanted: Wanted, approved: Collection[str]) -> Finding | None:
    """L3, L4 at confirm: the decision must not be put into effect until it is approved. Regulation 11 CPPCR.

    (1)(a): outside the area, by a nominated officer. (1)(b) and (5): at a distance, outside the area and every adjoining
    one, by the Director of Children's Services, the area authority having been consulted and sent the care plan
    ((2)(d)(ii)); a Director's approval answers for the nominated officer's. Each block's own approval takes it away
    (`Rule.approval`). That a carer approved by the council itself
    needs neither (paragraph (4)) is general knowledge: it stays a warning.
    """
    where = _where(candidate, wanted)
    if where is None or candidate.kind == "inhouse":
        return area(candidate, wanted)
    if where == "L4":
        return block("L4", REG_11_B, "at a distance: not yet approved by the Director", "area")
    if "at_distance" in approved:
        return None
    return block("L3", REG_11_A, "out of area: not yet approved by the nominated officer", "area")


def _where(candidate: Candidate, wanted: Wanted) -> str | None:
    if in_area(candidate.position, wanted.authority) is not False:
        return None
    # Which areas adjoin is the council's setting. Where nobody said, the lesser rule is the one that surely holds.
    return "L4" if at_a_distance(candidate.position, wanted.authority, wanted.adjoining) else "L3"
