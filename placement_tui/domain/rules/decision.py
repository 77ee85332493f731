"""What a decision to place has to show for itself: kin, the five considerations, schooling, who agreed (L1, L2, L9, L25)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from placement_tui.domain.codes.rules import CONSIDERED, KIN
from placement_tui.domain.homes import Finding, Policy
from placement_tui.domain.rules.words import POLICY, REG_10, S22C, S22C_7, block, listed, warn

KEY_STAGE_4 = (14, 16)  # whole years in which a pupil can be in the fourth key stage


def kin_explored(answer: str | None) -> Finding | None:
    """L1: parents and those with parental responsibility first; then the most appropriate home, with preference to a

    relative, friend or other connected person who is a foster parent. Section 22C(2) to (7)(a) Children Act 1989.
    """
    if answer in KIN and answer != "not_yet":
        return None
    said = "not explored yet" if answer == "not_yet" else "nobody said whether they were explored"
    return warn("L1", S22C, f"family and friends: {said}", "kin")


def considered(ticked: Collection[str]) -> Finding | None:
    """L2: near home, schooling, brothers and sisters, disability, area, so far as is reasonably practicable.

    Section 22C(7)(b) and (c), (8) and (9) Children Act 1989; the wording of (8) and (9) is general knowledge. What does
    not apply, since there is no brother or sister, is considered by saying so: it is ticked.
    """
    missing = [code.spoken for code in CONSIDERED if code.code not in ticked]
    if not missing:
        return None
    return warn("L2", S22C_7, f"not yet considered: {listed(missing)}", "considered")


def schooling(
    ages: Sequence[int], school_changes: bool | None, emergency: bool, approved: Collection[str]
) -> Finding | None:
    """L9: a change that disrupts the schooling of a pupil in the fourth key stage waits for a nominated officer.

    Regulation 10(1) CPPCR; not in an emergency (10(3)), when arrangements are made as soon as they can be. Which pupils
    are in that stage is taken from their age, 14 to 16 (years 10 and 11): general knowledge.
    """
    first, last = KEY_STAGE_4
    if not any(first <= age <= last for age in ages) or school_changes is False or "education" in approved:
        return None
    if school_changes is None:
        return warn("L9", REG_10, "year 10 or 11? say whether the school changes", "schooling")
    if emergency:
        return warn("L9", REG_10, "GCSE years: arrange schooling as soon as possible", "schooling")
    return warn("L9", REG_10, "school changes in year 10 or 11: nominated officer", "schooling")


def emergency_agreed(
    emergency: bool | None, approved_by: str, approved: Collection[str], policy: Policy
) -> Finding | None:
    """L25: an emergency placement is agreed by the duty or on-call manager, and the panel sees it afterwards.

    Councils' own procedures (Calderdale, Durham, East Riding): whoever is rung at night is named on the record. Where the
    council has said who agrees emergencies it blocks, else it reminds. `emergency` is None where nobody said so and the
    dates look like one.
    """
    if emergency is False or approved_by.strip() or "emergency" in approved:
        return None
    if emergency is None or not policy.emergencies_agreed:
        return warn("L25", POLICY, "at once: name the manager who agreed", "approver")
    return block("L25", POLICY, "an emergency: name the manager who agreed", "approver")
