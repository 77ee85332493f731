"""The clocks of what the law keeps a register of: connected persons, orders that deprive of liberty, unregistered homes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from placement_tui.domain.clocks import About, Due
from placement_tui.domain.clocks_days import at_london, day_end, weeks_after
from placement_tui.domain.typed_times import OFFICE_OPENS

REG_24, REG_25 = "Reg 24 CPPCR 2010", "Reg 25 CPPCR 2010"
DOL_LAW = "President's guidance on DoL orders, Oct 2023"
REGISTRATION_LAW = "s11 Care Standards Act 2000"

ASSESSMENT_WEEKS = 12
TEMPORARY_WEEKS = 16
EXTENDED_WEEKS = 24


@dataclass(frozen=True, slots=True)
class KinshipFacts:
    """A connected person's temporary approval: from when, until when, and how it was settled."""

    id: UUID
    approved_on: date
    approved_until: date
    extended_until: date | None = None
    approved_fully_on: date | None = None
    about: About = field(default_factory=About)


def kinship_ends(approved_on: date, extended: bool = False) -> date:
    """The last day of temporary approval: sixteen weeks (reg 24), with the one extension of eight, twenty-four (reg 25)."""
    return weeks_after(approved_on, EXTENDED_WEEKS if extended else TEMPORARY_WEEKS)


def kinship_clocks(facts: KinshipFacts) -> tuple[Due, ...]:
    """Regulations 24 and 25: the assessment at week 12, the end at week 16, with the extension at week 24."""
    if facts.approved_fully_on is not None:
        return ()
    base = f"kinship/{facts.id}"
    ready = min(weeks_after(facts.approved_on, ASSESSMENT_WEEKS), facts.approved_until)
    found = [
        Due(f"{base}/assessed/{ready}", "L12", REG_24, "finish the kinship assessment for the panel", "the fostering panel",
            day_end(ready), facts.about),
    ]  # fmt: skip
    if facts.extended_until is None:
        found.append(Due(f"{base}/ends/{facts.approved_until}", "L12", REG_24, "temporary approval ends: approve, extend or move", "the nominated officer",
                         day_end(facts.approved_until), facts.about))  # fmt: skip
    else:
        found.append(Due(f"{base}/extension_ends/{facts.extended_until}", "L12", REG_25, "the extension ends: approve or move, no second one",
                         "the nominated officer", day_end(facts.extended_until), facts.about))  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class DeprivationFacts:
    """An order that a child may be deprived of liberty; `logged_at` is when the council's clock began.

    `told` and `sent`: Ofsted has the order, and the judgment.
    """

    id: UUID
    logged_at: datetime
    order_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None
    told: bool = False
    sent: bool = False
    about: About = field(default_factory=About)


def deprivation_clocks(facts: DeprivationFacts) -> tuple[Due, ...]:
    """Ofsted gets the order and the judgment at once, where the home is not registered; then the review and the end."""
    base = f"deprivation/{facts.id}"
    found: list[Due] = []
    if facts.order_on is not None:
        at = max(facts.logged_at, at_london(facts.order_on, OFFICE_OPENS))
        for key, what, had in (("order", "order", facts.told), ("judgment", "judgment", facts.sent)):
            if not had:
                title = f"send Ofsted the {what}, at once"
                found.append(Due(f"{base}/{key}", "L19", DOL_LAW, title, "Ofsted", at, facts.about))
    if facts.review_on is not None:
        found.append(Due(f"{base}/review/{facts.review_on}", "L19", DOL_LAW, "the court reviews the DoL order", "the court",
                         day_end(facts.review_on), facts.about))  # fmt: skip
    if facts.ends_on is not None:
        found.append(Due(f"{base}/ends/{facts.ends_on}", "L19", DOL_LAW, "the DoL order ends: apply again, or end it", "the court",
                         day_end(facts.ends_on), facts.about))  # fmt: skip
    return tuple(found)


def unregistered_clocks(key: UUID, end_by: date | None, about: About) -> tuple[Due, ...]:
    """A child in a home that is not registered: the day by which the plan ends it (section 11 Care Standards Act 2000)."""
    if end_by is None:
        return ()
    title = "the unregistered placement ends by its plan"
    return (Due(f"unregistered/{key}/end/{end_by}", "L18", REGISTRATION_LAW, title, "", day_end(end_by), about),)
