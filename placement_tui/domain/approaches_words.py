"""What came of an approach, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from placement_tui.domain.codes.declines import CLOSINGS
from placement_tui.domain.codes.refusals import REFUSALS, WOULD_CHANGE


def came_of(outcome: str, closing: str | None, reason: str | None, would_change: Sequence[str] = ()) -> str:
    """`no, matching (more information)`, `offer`, `no reply`, `withdrawn: placed elsewhere`, `waiting`."""
    if outcome == "refusal":
        said = f"no, {REFUSALS.spoken(reason)}" if reason else "no"
        change = ", ".join(WOULD_CHANGE.spoken(code) for code in would_change)
        return f"{said} ({change})" if change else said
    if outcome == "withdrawn":
        return f"withdrawn: {CLOSINGS.spoken(closing)}" if closing else "withdrawn"
    return {"awaiting": "waiting", "no_reply": "no reply"}.get(outcome, outcome)
