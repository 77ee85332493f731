"""Backups: what a copy is called, which copies are kept, and how a copy compares with the store.

A backup holds everything of everyone, so that more of them than are needed is a harm of its own (UK GDPR, article
5(1)(e), storage limitation): those beyond the number kept are removed when a new one is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from placement_tui.domain.typed_times import london

HOURS = 24  # between two automatic backups, unless the council says otherwise
AUTOMATIC, ASKED, BEFORE, RESCUED = "automatic", "asked for", "before", "rescued"
_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6}Z)(?:-(?P<kind>auto|before-\w+|rescued))?\.db")
_SPAN = timedelta(days=366)  # copies made before a migration are kept as long as the monthly ones of a year


@dataclass(frozen=True, slots=True)
class Keep:
    """How many copies are kept: the last of each of so many days, weeks and months."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One copy of a store, as its folder has it; no passphrase is needed to list it."""

    path: Path
    made_at: datetime
    kind: str
    size: int
    keys: bool  # whether its slot file lies beside it: without one nobody opens it


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made and verified by opening it: what it holds, and what was removed to keep the number."""

    path: Path
    rows: int
    operations: int
    size: int
    seconds: float
    removed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Last:
    """The last operation of a store."""

    at: datetime
    officer: str
    command: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds: rows by table, operations by device with the hash of the last, and the last operation."""

    rows: dict[str, int]
    chains: dict[str, tuple[int, str]]
    last: Last | None = None

    @property
    def operations(self) -> int:
        """The operations of all devices."""
        return sum(count for count, _ in self.chains.values())


@dataclass(frozen=True, slots=True)
class TableRow:
    """One table of both."""

    table: str
    backup: int | None
    store: int | None

    @property
    def lacks(self) -> int:
        """Rows of the store that the backup has not."""
        return (self.store or 0) - (self.backup or 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A backup beside the present store. `missing` are operations of the store that the backup lacks, by command."""

    tables: tuple[TableRow, ...]
    backup: Contents
    store: Contents
    missing: tuple[tuple[str, int], ...] = ()
    forked: tuple[str, ...] = ()  # devices whose operations differ in both: one of them went on from a copy

    @property
    def lacks(self) -> int:
        """Operations that the backup lacks."""
        return sum(count for _, count in self.missing)


def file_name(stem: str, at: datetime, kind: str) -> str:
    """What a copy made at that time is called; it sorts by time, on every system."""
    mark = {AUTOMATIC: "-auto", RESCUED: "-rescued", ASKED: ""}.get(kind, f"-{kind.replace(' ', '-')}")
    return f"{stem}-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{mark}.db"


def read_name(name: str) -> tuple[datetime, str] | None:
    """When a copy was made and why, from its file's name; None for any other file."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    kind = found["kind"] or ""
    return at, {"": ASKED, "auto": AUTOMATIC, "rescued": RESCUED}.get(kind, kind.replace("-", " "))


def superfluous(copies: Iterable[BackupRow], keep: Keep, now: datetime) -> list[BackupRow]:
    """The copies that need not be kept: all but the last of each day, week and month that count.

    The newest is always kept, and what was rescued; a copy made before a migration is kept for a year.
    """
    latest = sorted(copies, key=lambda row: row.made_at, reverse=True)
    kept = {row.path for row in latest[:1]}
    kept |= {row.path for row in latest if row.kind == RESCUED}
    kept |= {row.path for row in latest if row.kind.startswith(BEFORE) and now - row.made_at < _SPAN}
    for most, period in ((keep.daily, "%Y-%m-%d"), (keep.weekly, "%G-%V"), (keep.monthly, "%Y-%m")):
        seen: dict[str, Path] = {}
        for row in latest:
            seen.setdefault(row.made_at.astimezone(london()).strftime(period), row.path)
        kept |= set(list(seen.values())[:most])
    return [row for row in latest if row.path not in kept]


def due(last: datetime | None, hours: float, now: datetime) -> bool:
    """True where an automatic backup should be made now. One from the future (a clock that jumped) counts as none."""
    if hours <= 0:
        return False
    return last is None or last > now + timedelta(hours=1) or now - last >= timedelta(hours=hours)


def compare(backup: Contents, store: Contents, missing: Sequence[tuple[str, int]], forked: Iterable[str]) -> Comparison:
    """Both beside each other, table by table."""
    names = sorted(set(backup.rows) | set(store.rows))
    tables = tuple(TableRow(name, backup.rows.get(name), store.rows.get(name)) for name in names)
    return Comparison(tables, backup, store, tuple(missing), tuple(sorted(forked)))
