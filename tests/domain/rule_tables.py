"""What the rule tables share: a home, a decision about to be confirmed, and a case as a lawyer reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from placement_tui.domain.homes import Candidate, Finding, Policy, Position, Wanted
from placement_tui.domain.rules import ChildFacts, Decision, at_confirm
from placement_tui.domain.rules.decision import CONSIDERED

HOME = UUID(int=1)
WIRRAL, SEFTON, WALSALL, EDINBURGH, CARDIFF = "E08000015", "E08000014", "E08000030", "S12000036", "W06000015"
STARTS = date(2026, 11, 23)
ALL = frozenset(code.code for code in CONSIDERED)
NOTHING = ("", "", "")


@dataclass(frozen=True, slots=True)
class Case:
    """Given and when in words; then the level, the rule and its law: all empty where the rule says nothing."""

    given: str
    when: str
    then: tuple[str, str, str]
    facts: dict[str, Any]

    def __str__(self) -> str:
        level, rule, _ = self.then
        return f"{self.given}, {self.when}: {f'{level} {rule}' if level else 'nothing'}"


def case(given: str, when: str, then: tuple[str, str, str], **facts: Any) -> Case:
    """One line of a table."""
    return Case(given, when, then, facts)


def home(kind: str = "res", **known: Any) -> Candidate:
    """A home in the council's own area that fits, but for what is given."""
    usual: dict[str, Any] = {
        "grade": "consistently_strong" if kind == "sa" else "good",
        "position": Position(authority=WIRRAL),
    }
    return Candidate(HOME, UUID(int=2), "Bridgeview", "Harbour Care", kind, **(usual | known))


def children(*ages: int, **known: Any) -> tuple[ChildFacts, ...]:
    """Children of those ages."""
    return tuple(ChildFacts(UUID(int=100 + at), f"C{at}", age, **known) for at, age in enumerate(ages))


def decision(ages: Sequence[int] = (9,), kind: str = "res", **known: Any) -> Decision:
    """A decision in which everything is as it should be, but for what is given; `home_` sets a fact of the home."""
    of_home = {name.removeprefix("home_"): known.pop(name) for name in list(known) if name.startswith("home_")}
    of_child = {name.removeprefix("child_"): known.pop(name) for name in list(known) if name.startswith("child_")}
    adjoining = known.pop("adjoining", frozenset({SEFTON}))
    made = Decision(
        home(kind, **of_home), Wanted(ages=tuple(ages), authority=WIRRAL, adjoining=adjoining), STARTS,
        children(*ages, **of_child), kin_explored="nobody", considered=ALL, school_changes=False,
        category="sa_1" if kind == "sa" else "",
    )  # fmt: skip
    return replace(made, **known)


def said(of: Decision, rules: Sequence[str], policy: Policy = Policy()) -> list[Finding]:  # noqa: B008 - it is frozen
    """What some rules say of a decision."""
    return [finding for finding in at_confirm(of, policy) if finding.rule in rules]


def then(found: Sequence[Finding]) -> tuple[str, str, str]:
    """Level, rule and law of the first of them."""
    return (found[0].level, found[0].rule, found[0].law) if found else NOTHING
