"""Values in words, the same on screens, on paper and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.typed import day_words
from placement_tui.domain.typed_times import london


def wanted_words(kinds: Sequence[str]) -> str:
    """`foster, res`."""
    return ", ".join(KINDS.spoken(kind).lower() for kind in kinds)


def clock_words(at: datetime, now: datetime) -> str:
    """`16:45`, `tomorrow 10:00`, `Wed 15 Oct 10:00`."""
    local, today = at.astimezone(london()), now.astimezone(london()).date()
    clock = f"{local:%H:%M}"
    return clock if local.date() == today else f"{day_words(local.date(), today)} {clock}"


def outcome_words(outcome: str, reason: str | None) -> str:
    """`no, matching`, `yes`, `no reply`: an answer in the fewest words."""
    if outcome == "refusal":
        return f"no, {REFUSALS[reason].spoken.lower()}" if reason is not None else "no"
    return {"offer": "yes", "no_reply": "no reply", "withdrawn": "withdrawn", "awaiting": "not answered yet"}[outcome]
