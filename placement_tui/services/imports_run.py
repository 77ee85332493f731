"""One import while it runs: how far it is, and what its report will say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from placement_tui.db.changes import register as changes
from placement_tui.db.engine import Session
from placement_tui.domain.imports import ImportReport, Progress, RefusedLine, TakenColumn

if TYPE_CHECKING:
    from placement_tui.exchange import cells
    from placement_tui.services.imports_plan import Plan


class Bar:
    """One progress, in rows, over three stages: reading the file, looking up postcodes, comparing and writing."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._rows = progress, 0

    def reading(self, done: int, total: int) -> None:
        """So many rows are read."""
        self._rows = total
        self._at(0, 30, done, total)

    def looking(self, done: int, total: int) -> None:
        """So many postcodes are looked up."""
        self._at(30, 60, done, total)

    def writing(self, total: int) -> Callable[[int], None]:
        """Hears how many of `total` records are written."""
        return lambda done: self._at(65, 100, done, total)

    def end(self) -> None:
        """Everything is done."""
        self._at(0, 100, 1, 1)

    def _at(self, start: int, end: int, done: int, total: int) -> None:
        if self._progress and self._rows:
            hundredths = start + (end - start) * done // max(total, 1)
            self._progress(self._rows * hundredths // 100, self._rows)


class Compared(Protocol):
    """What comes of comparing a file with the store."""

    plan: Plan
    added: int
    changed: int
    unchanged: int


class Run:
    """One import while it runs: what its report will say."""

    def __init__(self, kind: str, progress: Progress | None) -> None:
        self.bar = Bar(progress)
        self.rows = self.added = self.changed = self.unchanged = 0
        self.refused: tuple[RefusedLine, ...] = ()
        self.notes: list[str] = []
        self.mapping: tuple[TakenColumn, ...] = ()
        self.written = False
        self._kind, self._source, self._started = kind, "", time.perf_counter()

    def read(self, source: str, rows: int, refused: Iterable[cells.RefusedLine], notes: Iterable[str]) -> None:
        """What the reader of the file said."""
        self._source, self.rows = source, rows
        self.refused = tuple(
            RefusedLine(line.line, line.column, line.value, line.reason, line.mend, line.sheet) for line in refused
        )
        self.notes += notes

    def write(self, session: Session, compared: Compared, dry: bool) -> None:
        """Writes what was found, unless it is a trial."""
        self.added, self.changed, self.unchanged = compared.added, compared.changed, compared.unchanged
        if not dry:
            changes.write(session, compared.plan.changes, self.bar.writing(len(compared.plan.changes)))
            self.written = True

    def report(self) -> ImportReport:
        """The report, at the end."""
        self.bar.end()
        return ImportReport(
            kind=self._kind,
            source=self._source,
            read=self.rows,
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
            refused=self.refused,
            notes=tuple(self.notes),
            mapping=self.mapping,
            written=self.written,
            seconds=time.perf_counter() - self._started,
        )
