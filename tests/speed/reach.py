"""What each figure is to reach, as the design says it, and whether it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

REACHED, MISSED = "reached", "missed"


@dataclass(frozen=True, slots=True)
class Reach:
    """Limits of one kind of key: milliseconds (and times a bare field's), bytes, pieces, milliseconds over the slow line."""

    p50: float | None = None
    p95: float | None = None
    p99: float | None = None
    bare: float | None = None
    size: int | None = None
    pieces: int | None = None
    line: float | None = None

    @property
    def words(self) -> str:
        """The limits, as a cell of a table says them."""
        said = [
            f"{name} {value:g}" for name, value in (("p50", self.p50), ("p95", self.p95), ("p99", self.p99)) if value
        ]
        said += [f"{self.bare:g}x bare"] if self.bare else []
        said += [f"{self.size:,} B"] if self.size else []
        said += [f"{self.pieces} piece"] if self.pieces else []
        said += [f"line {self.line:g}"] if self.line else []
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one kind of key took on one store."""

    p50: float
    p95: float
    p99: float
    size: float
    pieces: float
    line: float


ROUND_TRIP = 100.0
ECHO = Reach(bare=1.2, p99=17, size=130, pieces=1, line=ROUND_TRIP + 25)
CURSOR = Reach(bare=1.2, p99=17, size=350, pieces=1, line=ROUND_TRIP + 25)
LOADING = Reach(p99=17)
SEARCH = Reach(size=600, pieces=1, line=ROUND_TRIP + 25)
DIALOG = Reach(p50=40, size=3_500, line=ROUND_TRIP + 180)
LEFT = Reach(p50=45, size=7_000, line=ROUND_TRIP + 330)
SCREEN = Reach(p50=40, size=7_000, line=ROUND_TRIP + 330)
SAVED = Reach(p95=50, line=ROUND_TRIP + 330)


def missed(reach: Reach, taken: Iterable[Taken], bare: float) -> list[str]:
    """The names of the limits that any of the stores is beyond; none where all are reached."""
    found = []
    every = list(taken)
    for name, limit in (
        ("p50", reach.p50), ("p95", reach.p95), ("p99", reach.p99), ("size", reach.size), ("pieces", reach.pieces), ("line", reach.line),
    ):  # fmt: skip
        if limit is not None and any(getattr(each, name) > limit for each in every):
            found.append({"size": "bytes"}.get(name, name))
    if reach.bare is not None and any(each.p50 > reach.bare * bare for each in every):
        found.append("bare")
    return found


def verdict(beyond: Iterable[str]) -> str:
    """Reached, or missed and in what."""
    names = list(beyond)
    return f"**{MISSED}**: {', '.join(names)}" if names else REACHED


def judged(value: float | None, limit: float, more_is_better: bool = False) -> str:
    """Whether one figure is within its limit; nothing where it was not measured."""
    if value is None:
        return "not measured"
    good = value >= limit if more_is_better else value <= limit
    return REACHED if good else f"**{MISSED}**"
