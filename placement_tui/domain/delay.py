"""Where the time goes between a referral and a home: stage times, their medians, and the beds lost while waiting.

Action 1 of Wirral's plan of 2019 asks for it: "undue delay to the timeliness of searching for, agreeing to and securing of
placements". Pure functions; every figure carries its n, and its definition stands in `STEPS` and `COUNTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from uuid import UUID

from placement_tui.domain.referrals import URGENCIES
from placement_tui.domain.typed_times import london


@dataclass(frozen=True, slots=True)
class StageTimes:
    """One referral's moments: each the first of its kind, but `decided_at`, the last decision before it was placed.

    `lost` counts its offers whose bed was lost while their sign-off waited, `taken` how many of them were offered again
    and accepted; `returned` its sign-offs that came back at least once.
    """

    id: UUID
    reference: str
    urgency: str
    received_at: datetime
    approached_at: datetime | None = None
    offered_at: datetime | None = None
    asked_at: datetime | None = None
    decided_at: datetime | None = None
    placed_at: datetime | None = None
    lost: int = 0
    taken: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A step from one moment to another; `definition` stands beside its figures."""

    code: str
    label: str
    begins: str
    ends: str
    definition: str


STEPS: tuple[Step, ...] = (
    Step("search", "received to first approach", "received_at", "approached_at",
         "from the referral's receipt to the first home asked"),
    Step("offer", "first approach to first offer", "approached_at", "offered_at",
         "from the first home asked to the first offer logged"),
    Step("asking", "first offer to sign-off asked", "offered_at", "asked_at",
         "from the first offer to the first request for sign-off; referrals that needed none, and requests taken back, are not in it"),
    Step("deciding", "sign-off asked to decided", "asked_at", "decided_at",
         "from the first request to the last decision, approved or refused, before the placement"),
    Step("securing", "decided to placed", "decided_at", "placed_at",
         "from that decision to the placement recorded for the last child; not the day of moving in"),
    Step("whole", "received to placed", "received_at", "placed_at",
         "from the referral's receipt to the placement recorded for the last child"),
)  # fmt: skip

# Counts beside the times: what they are called, and what they count.
COUNTS: dict[str, tuple[str, str]] = {
    "referrals": ("referrals received", "referrals received in the time, whatever became of them"),
    "lost": (
        "beds lost while waiting",
        "offers that lapsed, or that the home took back, while a sign-off asked for them was not decided",
    ),
    "taken": ("of them taken later", "of the beds lost while waiting, those that were offered again and accepted"),
    "returned": ("sign-offs returned", "requests for sign-off that came back at least once for something missing"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: of which referrals (`by` all, urgency or month, and `group`), of which step or count, and its n.

    Minutes; a count has its number in `n` alone. The 90th percentile is the nearest rank: 9 in 10 took no longer.
    """

    by: str
    group: str
    code: str
    label: str
    n: int
    median_minutes: float | None
    p90_minutes: float | None
    definition: str


def figures(rows: Sequence[StageTimes], by: str = "all") -> list[Figure]:
    """The figures of all referrals together, by urgency, or by the month in which they were received in England."""
    found: list[Figure] = []
    for group, part in _groups(rows, by):
        found.append(_count(by, group, "referrals", len(part)))
        for step in STEPS:
            spans = sorted(_minutes(part, step))
            middle, slow = (round(median(spans), 1), nearest_rank(spans, 0.9)) if spans else (None, None)
            found.append(Figure(by, group, step.code, step.label, len(spans), middle, slow, step.definition))
        for code in ("lost", "taken", "returned"):
            found.append(_count(by, group, code, sum(getattr(row, code) for row in part)))
    return found


def nearest_rank(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of the values does not exceed; `ordered` is not empty."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def month_of(at: datetime) -> str:
    """The month in England, `2026-10`."""
    return f"{at.astimezone(london()):%Y-%m}"


def year_before(last: date) -> date:
    """The first of the 365 days that end with `last`."""
    return last - timedelta(days=364)


def _groups(rows: Sequence[StageTimes], by: str) -> Iterable[tuple[str, list[StageTimes]]]:
    if by == "all":
        yield "", list(rows)
        return
    key: Callable[[StageTimes], str] = (
        (lambda row: row.urgency) if by == "urgency" else (lambda row: month_of(row.received_at))
    )
    there = {key(row) for row in rows}
    order = [each for each in URGENCIES if each in there] if by == "urgency" else sorted(there)
    for group in order:
        yield group, [row for row in rows if key(row) == group]


def _minutes(rows: Iterable[StageTimes], step: Step) -> Iterable[float]:
    for row in rows:
        begins, ends = getattr(row, step.begins), getattr(row, step.ends)
        if begins is not None and ends is not None:
            # a laptop's clock may run behind the one that wrote the first moment
            yield round(max(0.0, (ends - begins).total_seconds() / 60), 1)


def _count(by: str, group: str, code: str, number: int) -> Figure:
    label, definition = COUNTS[code]
    return Figure(by, group, code, label, number, None, None, definition)
