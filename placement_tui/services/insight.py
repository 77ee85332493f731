"""Insight: which views there are, and the figures of one. Each view lives in a file of its own noun."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module

from placement_tui.domain import settings as names
from placement_tui.domain.delay import year_before
from placement_tui.domain.facts import OF_APPROACHES, OF_REFUSALS
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row
from placement_tui.domain.insight_endings import BY as ENDINGS_BY
from placement_tui.domain.report import THRESHOLD, SharedBlock
from placement_tui.errors import Invalid, NotFound
from placement_tui.services import insight_kept
from placement_tui.services.desk import Desk

Make = Callable[[Desk, Period, str], Report]
Look = Callable[[Desk, Period, Sequence[Cut], int], list[Behind]]


@dataclass(frozen=True, slots=True)
class View:
    """A view as it is listed; `module` under `placement_tui.services` has `report(desk, period, by)`.

    Where figures lead to records, it has `behind(desk, period, cuts, limit)` as well. `by` are the ways to set them
    apart; `about` is the question that it answers, in a sentence.
    """

    name: str
    title: str
    module: str
    by: tuple[str, ...] = ()
    behind: bool = False
    about: str = ""


VIEWS: tuple[View, ...] = (
    View(
        "refusals",
        "Why providers refuse",
        "insight_refusals",
        (*OF_REFUSALS, *OF_APPROACHES),
        True,
        "By reason and need, age, type, provider, distance and more; what would change it, and whether we could.",
    ),
    View(
        "offers",
        "How often they offer",
        "insight_offers",
        OF_APPROACHES,
        True,
        "Offers of those who were asked, no replies, and how long an answer takes; by everything known of child and home.",
    ),
    View(
        "endings",
        "Why it did not last",
        "insight_endings",
        ENDINGS_BY,
        True,
        "How often homes do not last, and whose; by everything known of the placement.",
    ),
    View(
        "survival",
        "How long placements last",
        "insight_survival",
        ("type", "provider", "forced"),
        True,
        "What share still goes on after a week, a month, a year, until a disruption and until any move.",
    ),
    View(
        "factors",
        "What contributed",
        "insight_factors",
        ("family", "factor", "who", "reason", "again"),
        True,
        "Why homes did not last: families of factors, who says so, main or beside others, and beside which reason.",
    ),
    View(
        "lessons",
        "What was learned",
        "insight_lessons",
        ("need", "provider"),
        True,
        "Endings that left a lesson, the needs that the lessons bear on, and endings that left none.",
    ),
    View(
        "warnings",
        "Who saw it coming",
        "insight_warnings",
        ("type", "provider", "forced", "month"),
        True,
        "Whether anybody logged a sign before a placement broke down, and how long before.",
    ),
    View(
        "trackers",
        "Trackers",
        "insight_trackers",
        (),
        True,
        "Plans, temporary approvals, emergencies, steps down, warnings: how many, and how many are overdue.",
    ),
    View(
        "indicators",
        "Indicators",
        "insight_indicators",
        ("stability", "location", "homes", "children", "flows", "endings", "finding"),
        True,
        "The figures of the councils' strategies and of the Department, each by its definition; by theme with earlier years.",
    ),
    View(
        "beside",
        "Beside others",
        "insight_beside",
        ("stability", "location", "homes", "children", "flows", "endings"),
        True,
        "Each indicator next to the statistical neighbours, the region and England, as the Department published them.",
    ),
    View(
        "market",
        "What the market lacks",
        "insight_supply",
        ("type", "age", "need"),
        True,
        "Referrals per vacancy, forced choices, who holds the local beds, local beds that were not asked for.",
    ),
    View(
        "spending",
        "What homes cost",
        "insight_spending",
        ("type", "route", "provider", "own"),
        True,
        "Weekly cost, the premium over our own, this financial year, joint funding, routes, paid beds that stand empty.",
    ),
    View(
        "map",
        "Where our children live",
        "insight_map",
        about="By authority and distance from home, with a map of the area where borders were imported.",
    ),
)


class Insight:
    """The figures that a commissioner, a manager or an inspector asks for, counted from what officers logged."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def views(self) -> tuple[View, ...]:
        """The views, in the order of the questions."""
        return VIEWS

    def report(self, name: str, first: date | None = None, last: date | None = None, by: str = "") -> Report:
        """The figures of a view, for the year up to today where no days are given. Raises NotFound, Invalid."""
        self._desk.require_everything("Figures")
        view = self._view(name)
        if by and by not in view.by:
            mend = f"it is one of {', '.join(view.by)}" if view.by else "it stands as a whole: leave that out"
            raise Invalid("by", f"{name} cannot be set apart by {by!r}", mend=mend)
        make: Make = import_module(f"placement_tui.services.{view.module}").report
        period = self._period(first, last)
        return insight_kept.report(self._desk, name, period, by, lambda: make(self._desk, period, by))

    def shared(self, report: Report) -> Report:
        """A report as it may leave the team: counts below the council's threshold hidden, and what gives one away."""
        from placement_tui.domain.indicators.sharing import hidden_in, withhold
        from placement_tui.domain.report_masking import shareable

        said = self._desk.setting(names.SMALL_NUMBER)
        least = THRESHOLD if said is None else int(said)
        if (
            report.name == "beside"
        ):  # others' figures are published already; of ours the same is hidden as anywhere else
            whole = self.report("indicators", report.period.first, report.period.last)
            return withhold(report, least - 1, hidden_in(whole, least - 1))
        held = withhold(report, least - 1)
        if report.name == "indicators":  # which of them tells another is known: no more need be hidden
            return held
        blocks = tuple(
            _as_shared(block, masked) for block, masked in zip(held.blocks, shareable(held.blocks, least), strict=True)
        )
        return replace(held, blocks=blocks)

    def behind(
        self, name: str, cuts: Sequence[Cut], first: date | None = None, last: date | None = None, limit: int = 500
    ) -> list[Behind]:
        """The records behind a figure, the latest first. Raises NotFound, Invalid."""
        self._desk.require_everything("Figures")
        view = self._view(name)
        if not view.behind:
            raise NotFound(f"No records stand behind the figures of {view.title}")
        look: Look = import_module(f"placement_tui.services.{view.module}").behind
        return look(self._desk, self._period(first, last), cuts, limit)

    def _view(self, name: str) -> View:
        found = next((view for view in VIEWS if view.name == name), None)
        if found is None:
            raise NotFound(f"There is no view {name!r}", mend=f"there are {', '.join(view.name for view in VIEWS)}")
        return found

    def _period(self, first: date | None, last: date | None) -> Period:
        end = last or self._desk.today
        start = first or year_before(end)
        if end < start:
            raise Invalid(
                "to", "The last day comes before the first", f"{start:%d/%m/%Y} to {end:%d/%m/%Y}", "turn them round"
            )
        if start > self._desk.today:
            raise Invalid("from", "That time has not begun", f"{start:%d/%m/%Y}", "begin it today or before")
        return Period(start, end)


def _as_shared(block: Block, masked: SharedBlock) -> Block:
    """The block with what was hidden of it left out; words beside a figure might tell it."""
    rows = tuple(
        Row(
            row.label,
            row.value,
            row.n or 0,
            row.numerator,
            row.denominator,
            row.low,
            row.high,
            row.across,
            hidden=row.hidden,
        )
        for row in masked.rows
    )
    return replace(block, rows=rows)
