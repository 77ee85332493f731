"""The steps of the history in order of their time, written in batches: memory holds what is to come, not what was."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from placement_tui.db import bulk
from placement_tui.db.bulk import Step
from placement_tui.db.engine import Store
from placement_tui.demo.seeded import Chance

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that an officer does at a moment; the records that it makes and changes share an intention."""

    stream: Stream
    at: datetime
    officer: UUID | None
    command: str
    intention: UUID

    def new(self, noun: str, values: dict[str, Any], key: UUID | None = None) -> UUID:
        """A record made; whatever it refers to must have been made before it."""
        key = key or self.stream.chance.id(self.at)
        self.stream.push(Step(self.at, self.officer, noun, key, values, True, self.command, self.intention))
        return key

    def change(self, noun: str, key: UUID, values: dict[str, Any]) -> None:
        """A record changed."""
        self.stream.push(Step(self.at, self.officer, noun, key, values, False, self.command, self.intention))


class Stream:
    """Takes steps in any order after the last that was let go, and writes them by time."""

    def __init__(self, store: Store, chance: Chance) -> None:
        self.chance = chance
        self.counts: dict[str, int] = {}
        self._store = store
        self._coming: list[tuple[datetime, int, Step]] = []
        self._ready: list[Step] = []
        self._number = 0

    def act(self, at: datetime, officer: UUID | None, command: str) -> Act:
        """Something done at a moment, not earlier than what was let go."""
        return Act(self, at, officer, command, self.chance.id(at))

    def push(self, step: Step) -> None:
        """One step more."""
        self._number += 1
        if step.new:
            self.counts[step.noun] = self.counts.get(step.noun, 0) + 1
        heapq.heappush(self._coming, (step.at, self._number, step))

    def let_go(self, until: datetime) -> None:
        """Nothing earlier than `until` will be added: what there is of it may be written."""
        while self._coming and self._coming[0][0] < until:
            self._ready.append(heapq.heappop(self._coming)[2])
            if len(self._ready) >= BATCH:
                self._write()

    def close(self) -> None:
        """Write what is left."""
        self.let_go(datetime.max.replace(tzinfo=UTC))
        self._write()

    def _write(self) -> None:
        if self._ready:
            with self._store.write(None, "demo") as session:
                bulk.append(session, self._ready)
            self._ready.clear()
