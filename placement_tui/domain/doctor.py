"""What `placement doctor` says: one line for each thing that it looks at, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from placement_tui.domain.typed_times import london

OK, WARN, BAD = "ok", "warn", "bad"
AHEAD = timedelta(hours=24)  # an operation from farther in the future than this comes from a wrong clock


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `damage` is true where the store itself is harmed or out of reach."""

    name: str
    level: str
    said: str
    mend: str = ""
    damage: bool = False


def exit_code(checks: Iterable[Check]) -> int:
    """0 where nothing is bad (a warning is not), 1 where something is, 4 where the store is damaged."""
    found = list(checks)
    if any(check.damage and check.level == BAD for check in found):
        return 4
    return int(any(check.level == BAD for check in found))


def clock_words(last: datetime | None, now: datetime, grace: timedelta = AHEAD) -> str:
    """What is wrong with the clock, empty where nothing is known to be: the last thing logged lies in its future."""
    if last is None or last - now <= grace:
        return ""
    return f"The clock of this machine says {_day(now)}, but the last change was logged on {_day(last)}"


def _day(at: datetime) -> str:
    local = at.astimezone(london())
    return f"{local.day} {local:%b %Y %H:%M}"


def age_words(age: timedelta) -> str:
    """How long ago, in the largest unit that says enough."""
    hours = age.total_seconds() / 3600
    if hours < 1:
        return f"{max(0, round(hours * 60))} minutes ago"
    if hours < 48:
        return f"{round(hours)} hours ago" if round(hours) != 1 else "an hour ago"
    return f"{round(hours / 24)} days ago"


def size_words(size: float) -> str:
    """Bytes in the unit that people read."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:,.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:,.1f} {unit}"
        size /= 1000
    return ""
