"""The judgements of homes as files tell them: which one stands now, and the history of them all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from placement_tui.services.imports_plan import Plan, Row

Known = Mapping[UUID, Mapping[tuple[date | None, str], Row]]


class Judged(Protocol):
    """What a row of a file says of its last full inspection."""

    @property
    def grade_overall(self) -> str | None: ...
    @property
    def grade_help(self) -> str | None: ...
    @property
    def grade_leaders(self) -> str | None: ...
    @property
    def inspected_on(self) -> date | None: ...


def grade_now(said: Judged, row: Row, fresh: bool) -> dict[str, Any]:
    """The columns of the grade that stands: the later inspection's; of the same day, what the newer file says."""
    day, known = said.inspected_on, row["graded_on"]
    if said.grade_overall is None:
        return {}
    if row["grade"] is not None:
        older = known is not None and (day is None or day < known or (day == known and not fresh))
        if older or (known is None and day is None and not fresh):
            return {}
    return {"grade": said.grade_overall, "graded_on": day}


def judge(plan: Plan, known: Known, home_id: UUID, said: Judged, source: str) -> tuple[bool, bool]:
    """Add the judgement to the history, or what was not known of it; whether it is new, and whether anything changed."""
    if said.grade_overall is None:
        return False, False
    row = known.get(home_id, {}).get((said.inspected_on, said.grade_overall))
    parts = {"help": said.grade_help, "leaders": said.grade_leaders}
    if row is not None:
        return False, plan.change("grade", row, {n: part for n, part in parts.items() if part and row[n] is None})
    plan.add(
        "grade",
        {
            "home_id": home_id,
            "overall": said.grade_overall,
            "inspected_on": said.inspected_on,
            "source": source,
            **parts,
        },
    )
    return True, True
