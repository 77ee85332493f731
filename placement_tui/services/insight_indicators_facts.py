"""The facts of a period, counted anew or as this store kept them while nothing changed of what they are counted of."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from time import perf_counter
from typing import Any

from placement_tui.db.changes import facts as keeping
from placement_tui.db.engine import Session
from placement_tui.db.reads import facts as journal
from placement_tui.db.reads import indicators as reads
from placement_tui.domain.indicators.collecting import facts as collected
from placement_tui.domain.indicators.facts import Ceased, End, Facts, Living, Start
from placement_tui.domain.indicators.histories import Around, History, Records, histories
from placement_tui.domain.insight import Period
from placement_tui.errors import PlacementError
from placement_tui.services.desk import Desk

SLOW = 0.25  # seconds: what takes longer to count is kept for the next time
_KINDS: dict[str, type[tuple[Any, ...]]] = {"living": Living, "starts": Start, "ends": End, "ceased": Ceased}
_PLAIN = ("began", "outside_before", "entry_to_moving_in", "entry_to_order", "order_to_match")
_VERSION = [1, *(getattr(kind, "_fields", ()) for kind in _KINDS.values())]
_PART = f"{journal.NAMES} indicators"  # erased with the other facts


def facts_of(desk: Desk, periods: Sequence[Period], *, slow: float = SLOW) -> list[Facts]:
    """The facts of some periods. Children's records are read once, and not at all where every period is kept."""
    around = around_of(desk)
    made: dict[str, bytes] = {}
    found = []
    with desk.read() as session:
        here = _Journal(session, around)
        records: Records | None = None
        every: list[History] = []
        for period in periods:
            started = perf_counter()
            known = here.kept(f"{_PART} {period.first} {period.last}", reads.OF_CHILDREN)
            if known is None:
                with _uncollected():
                    if records is None:
                        records = reads.records(session)
                        every = list(histories(records))
                    known = _packed(collected(records, period, around, every))
                if perf_counter() - started > slow:
                    made[f"{_PART} {period.first} {period.last}"] = here.signed(known)
            started = perf_counter()
            asked = here.kept(f"{_PART} finding {period.first} {period.last}", reads.OF_FINDING)
            if asked is None:
                asked = reads.finding(session, period)._asdict()
                if perf_counter() - started > slow:
                    made[f"{_PART} finding {period.first} {period.last}"] = here.signed(asked)
            found.append(_unpacked(period, known, asked, desk.now))
    if made:
        with suppress(PlacementError), desk.store.write(desk.officer.id, "keep facts") as session:
            keeping.keep(session, made, here.at, desk.now)
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of garbage: there are no cycles among a million small tuples, and looking takes half the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Journal:
    """How far the journal goes, and what was kept that it does not gainsay."""

    def __init__(self, session: Session, around: Around) -> None:
        self._session = session
        self.at, self._mark = journal.arrived(session)
        self._erasures = journal.erasures(session)
        self._stamp = json.dumps([_VERSION, around.authority, sorted(around.adjoining), sorted(around.regions.items())])

    def kept(self, name: str, nouns: frozenset[str]) -> dict[str, Any] | None:
        """What was kept under a name, unless one of those tables changed since, or what it was counted by."""
        body = journal.kept(self._session, [name]).get(name)
        if body is None:
            return None
        held: dict[str, Any] = json.loads(body)
        stands = (
            held.get("stamp") == self._stamp
            and held["erasures"] == self._erasures
            and journal.operation_at(self._session, held["through"]) == held["mark"]
            and not reads.changed_nouns(self._session, held["through"]) & nouns
        )
        return held["facts"] if stands else None

    def signed(self, facts: Mapping[str, Any]) -> bytes:
        """Some facts with what they stand on."""
        head = {"stamp": self._stamp, "erasures": self._erasures, "through": self.at, "mark": self._mark}
        return json.dumps({**head, "facts": facts}, separators=(",", ":")).encode()


def around_of(desk: Desk) -> Around:
    """The council's own area and those around it."""
    with desk.read() as session:
        return Around(desk.authority, desk.adjoining, reads.regions(session))


def records_of(desk: Desk) -> Records:
    """Every child's records."""
    with desk.read() as session:
        return reads.records(session)


def _packed(facts: Facts) -> dict[str, Any]:
    counts = {name: [[times, row] for row, times in getattr(facts, name).items()] for name in _KINDS}
    return {**counts, **{name: getattr(facts, name) for name in _PLAIN}}


def _unpacked(period: Period, known: Mapping[str, Any], asked: Mapping[str, Any], now: datetime) -> Facts:
    counts = {name: Counter({kind(*row): times for times, row in known[name]}) for name, kind in _KINDS.items()}
    to_come = max(0.0, (reads.end_of(period) - now).total_seconds() / 3600)  # a word is as old as it is now
    words = {"word_hours": [hours - to_come for hours in asked["word_hours"]]}
    return Facts(period, **counts, **{name: known[name] for name in _PLAIN}, **{**asked, **words})  # type: ignore[arg-type]  # as they were packed


def years_before(period: Period, years: int) -> Period:
    """The same days some years before."""
    return Period(_before(period.first, years), _before(period.last, years))


def _before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
