"""Law and policy as pure functions: findings with a level (block, warn, task), the law, words for people, and an id.

A `block` needs a named override or an approval, a `warn` is shown, a `task` opens a clock. Law as in force in England:
Care Planning, Placement and Case Review (England) Regulations 2010 (CPPCR) with regulations 27A (9 September 2021) and
27C (28 October 2023), Care Standards Act 2000, Children Act 1989. What no source was found for, a docstring calls
general knowledge. `RULES` lists every rule with its law, its level and where it shows.

search.py     one home of the register, as a search asks it
confirm.py    an offer that becomes a placement
standing.py   a placement that goes on, as time passes
"""

from __future__ import annotations

from placement_tui.domain.codes.rules import GROUNDS
from placement_tui.domain.rules.catalogue import RULES, Rule
from placement_tui.domain.rules.confirm import ChildFacts, Decision, at_confirm
from placement_tui.domain.rules.fostering import most_fostered
from placement_tui.domain.rules.provision import (
    FOSTER_HOUSEHOLDS,
    OTHER_ARRANGEMENTS,
    SUPPORTED_FROM,
    SUPPORTED_GRADES,
    UNGRADED,
)
from placement_tui.domain.rules.search import BLOCKS, findings, laid_aside
from placement_tui.domain.rules.standing import Standing, as_it_stands
from placement_tui.domain.rules.terms import OTHER_SEX

__all__ = [
    "BLOCKS",
    "FOSTER_HOUSEHOLDS",
    "GROUNDS",
    "OTHER_ARRANGEMENTS",
    "OTHER_SEX",
    "RULES",
    "SUPPORTED_FROM",
    "SUPPORTED_GRADES",
    "UNGRADED",
    "ChildFacts",
    "Decision",
    "Rule",
    "Standing",
    "as_it_stands",
    "at_confirm",
    "findings",
    "laid_aside",
    "most_fostered",
]
