"""Indicators as a view of insight: every figure of the councils' strategies, and the children or placements behind one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placement_tui.db.reads import indicators as reads
from placement_tui.domain import settings as names
from placement_tui.domain.indicators import indicator
from placement_tui.domain.indicators.collecting import counted
from placement_tui.domain.indicators.histories import histories
from placement_tui.domain.indicators.report import earlier, of_theme, overview
from placement_tui.domain.insight import Behind, Cut, Period, Report
from placement_tui.domain.targets import by_code
from placement_tui.errors import Invalid, NotFound
from placement_tui.services.desk import Desk
from placement_tui.services.insight_indicators_facts import around_of, facts_of

_WHAT = {
    "living": "looked after on the day", "starts": "began", "ends": "ended", "ceased": "ceased to be looked after",
}  # fmt: skip


def report(desk: Desk, period: Period, by: str) -> Report:
    """Every indicator on the last day and for the period, or those of a theme with how they were before."""
    targets = by_code(desk.setting(names.TARGETS))
    if by:
        blocks = of_theme(by, facts_of(desk, earlier(period)), targets)
    else:
        blocks = overview(facts_of(desk, [period])[0], targets)
    return Report("indicators", "Indicators", period, blocks, by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The children's placements in an indicator's numerator, on the day of the figure. Raises Invalid, NotFound."""
    day = day_of(cuts, period)
    return behind_one(desk, next((each for each in earlier(period) if each.last == day), period), cuts, limit)


def behind_one(desk: Desk, whole: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """Who is in the numerator of the cut's indicator, for a period and on its last day. Raises NotFound."""
    one = indicator(next((cut.value for cut in cuts if cut.dimension == "indicator"), ""))
    if not one.of:
        raise NotFound(f"No child or placement stands behind {one.code} by itself", one.name)
    around = around_of(desk)
    with desk.read() as session:
        every = list(histories(reads.records(session)))
        rows = [
            row
            for row in counted(every, whole, around)
            if row.of == one.of
            and (one.among is None or one.among(row.fact))
            and (one.counts is None or one.counts(row.fact))
        ]
        return reads.behind(session, rows, f"{one.name}: {_WHAT[one.of]}", limit)


def day_of(cuts: Sequence[Cut], period: Period) -> date:
    """The day of the figure that was cut, the period's last where none is said. Raises Invalid."""
    said = next((cut.value for cut in cuts if cut.dimension == "day"), None)
    try:
        return date.fromisoformat(said) if said else period.last
    except ValueError:
        raise Invalid("day", f"{said!r} is no day", mend="type it like 2026-03-31")
