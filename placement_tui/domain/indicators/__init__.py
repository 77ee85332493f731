"""The indicators that councils' published strategies and the Department ask for: each with its definition and its function.

What these papers ask for and another view answers, or no record here can, is said in `elsewhere`.
"""

from __future__ import annotations

from placement_tui.domain.folding import fold
from placement_tui.domain.indicators.facts import Facts, Living
from placement_tui.domain.indicators.finding import FINDING
from placement_tui.domain.indicators.flows import ENDINGS, FLOWS
from placement_tui.domain.indicators.homes import CHILDREN, HOMES
from placement_tui.domain.indicators.kinds import Indicator, Measured, Theirs, measure
from placement_tui.domain.indicators.location import LOCATION
from placement_tui.domain.indicators.stability import STABILITY
from placement_tui.errors import NotFound

__all__ = [
    "INDICATORS",
    "THEMES",
    "Facts",
    "Indicator",
    "Living",
    "Measured",
    "Theirs",
    "by_theme",
    "indicator",
    "measure",
]

INDICATORS: tuple[Indicator, ...] = (*STABILITY, *LOCATION, *HOMES, *CHILDREN, *FLOWS, *ENDINGS, *FINDING)
THEMES: dict[str, str] = {
    "stability": "How often children move",
    "location": "Where they live",
    "homes": "With whom they live",
    "children": "Who they are",
    "flows": "What happened",
    "endings": "How placements ended",
    "finding": "How a home is found",
}
_BY_CODE = {fold(each.code): each for each in INDICATORS}


def indicator(code: str) -> Indicator:
    """The indicator of that code, in any case. Raises NotFound."""
    found = _BY_CODE.get(fold(code))
    if found is None:
        raise NotFound(
            f"There is no indicator {code[:20]!r}", mend=f"they are {', '.join(each.code for each in INDICATORS)}"
        )
    return found


def by_theme(theme: str) -> tuple[Indicator, ...]:
    """The indicators of a theme, in the order of the questions."""
    return tuple(each for each in INDICATORS if each.theme == theme)
