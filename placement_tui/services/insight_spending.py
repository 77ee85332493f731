"""What homes cost, as a view of insight."""

from __future__ import annotations

from collections.abc import Sequence

from placement_tui.db.reads import spending as reads
from placement_tui.domain import settings as names
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row
from placement_tui.domain.spending import BY, committed, financial_year, joint, moving, premium, routes, weekly
from placement_tui.services.beds import Beds
from placement_tui.services.desk import Desk

DEAR = 5_000_00  # a week, in pence, where the council set no limit above which the budget holder signs


def report(desk: Desk, period: Period, by: str) -> Report:
    """Weekly cost, premium, this financial year, joint funding, routes, dear and moving, paid beds that stand empty."""
    on = period.last
    with desk.read() as session:
        costs = reads.costs(session, min(period.first, financial_year(on)[0]))
    limit, budget = desk.setting(names.BUDGET_LIMIT), desk.setting(names.PLACEMENTS_BUDGET)
    blocks = (
        weekly(costs, on, by or "type"), premium(costs, on), committed(costs, on, budget), joint(costs, on),
        routes(costs, period.first, on), moving(costs, on, limit or DEAR), _voids(desk),
    )  # fmt: skip
    return Report("spending", "What homes cost", period, blocks, by or "type")


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The placements with a fee that stand on the last day, of one type, route or provider."""
    with desk.read() as session:
        costs = reads.costs(session, period.last)
        kept = {
            row.id for row in costs
            if row.lives(period.last) and row.weekly and all(BY[cut.dimension](row) == cut.value for cut in cuts)
        }  # fmt: skip
        return reads.placements(session, kept, limit)


def _voids(desk: Desk) -> Block:
    empty = [row for row in Beds(desk).paid() if row.unused]
    rows = [
        Row(row.name, row.wasted_pence, row.unused, note=f"{row.unused} of {row.paid} paid beds empty") for row in empty
    ]
    rows.sort(key=lambda row: -(row.value or 0))
    if rows:
        rows.append(Row("all", sum(row.value or 0 for row in rows), sum(row.n for row in rows)))
    return Block(
        "voids", "Paid beds that stand empty now", "block beds that no child of ours lives in, and what they cost in a week; now, whatever the period",
        tuple(rows), "pence", source="Walsall 2023-26: residential block bed contracts", empty="No bed is paid for and empty.",
    )  # fmt: skip
