"""A view that took long to count is kept, and shown again while the journal says that nothing of it changed.

Kept beside the facts, in this store alone: it is not journaled, and goes with every erasure.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from time import perf_counter
from typing import Any

from placement_tui import __version__
from placement_tui.db.changes import facts as keeping
from placement_tui.db.migrate import HEAD
from placement_tui.db.reads import facts as journal
from placement_tui.db.reads import indicators
from placement_tui.domain.insight import Block, Cut, Period, Report, Row
from placement_tui.errors import PlacementError
from placement_tui.services.desk import Desk

SLOW = 0.25  # seconds: what takes longer is kept
# What none of these views reads, and a team changes all day long.
QUIET = frozenset(
    {
        "wave",
        "told",
        "sent",
        "attempt",
        "hand_over",
        "rota",
        "profile",
        "risk",
        "contact",
        "visit",
        "concern",
        "voice",
        "override",
    }
)
_CALLS = frozenset({"approach", "offer", "sign_off", "vacancy", "hold"})
KEPT: dict[str, frozenset[str]] = {
    "endings": QUIET | _CALLS, "survival": QUIET | _CALLS, "factors": QUIET | _CALLS, "lessons": QUIET | _CALLS, "warnings": QUIET | _CALLS,
    "spending": QUIET, "market": QUIET,
}  # fmt: skip


def report(desk: Desk, name: str, period: Period, by: str, make: Callable[[], Report], *, slow: float = SLOW) -> Report:
    """The view as it was kept, where nothing that it reads changed since; else counted, and kept where that took long."""
    if name not in KEPT:
        return make()
    key = f"{journal.NAMES} view {name} {by} {period.first} {period.last}"
    with desk.read() as session:
        at, mark = journal.arrived(session)
        erasures = journal.erasures(session)
        held = _held(journal.kept(session, [key]).get(key))
        stands = (
            held is not None
            and held["stamp"] == _stamp(desk)
            and held["erasures"] == erasures
            and journal.operation_at(session, held["through"]) == held["mark"]
            and not indicators.changed_nouns(session, held["through"]) - KEPT[name]
        )
    if stands and held is not None:
        return _unpacked(held["report"])
    started = perf_counter()
    made = make()
    if perf_counter() - started > slow:
        body = {"stamp": _stamp(desk), "erasures": erasures, "through": at, "mark": mark, "report": asdict(made)}
        with suppress(PlacementError), desk.store.write(desk.officer.id, "keep facts") as session:
            keeping.keep(session, {key: json.dumps(body, default=date.isoformat).encode()}, at, desk.now)
    return made


def _stamp(desk: Desk) -> list[str]:
    """By what it was counted: figures at a day still to come are of another day tomorrow."""
    return [__version__, HEAD, desk.today.isoformat()]


def _held(body: bytes | None) -> dict[str, Any] | None:
    try:
        found = json.loads(body) if body else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _unpacked(said: dict[str, Any]) -> Report:
    period = Period(*(date.fromisoformat(said["period"][name]) for name in ("first", "last")))
    blocks = tuple(
        Block(
            **{
                **block,
                "rows": tuple(
                    Row(**{**row, "cuts": tuple(Cut(**cut) for cut in row["cuts"])}) for row in block["rows"]
                ),
            }
        )
        for block in said["blocks"]
    )
    return Report(**{**said, "period": period, "blocks": blocks})
