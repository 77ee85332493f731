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
from typing import TYPE_CHECKING

from placement_tui.domain.typed_times import london

if TYPE_CHECKING:
    from placement_tui.domain.policy import Around, SettingKind

MOST_HOURS = 744  # a month
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


def read_hours(kind: SettingKind, said: str, _: Around) -> int:
    """Hours between two automatic backups, as typed: `24`, `12 hours`, `never`. Raises Invalid."""
    word = said.strip().casefold().removesuffix("hours").removesuffix("h").strip()
    if word in ("never", "no", "off"):
        return 0
    if not word.isdecimal() or int(word) > MOST_HOURS:
        raise kind.refuse(said, f"a whole number of hours, at most {MOST_HOURS}, or never")
    return int(word)


def hours_words(hours: object, _: Around) -> str:
    """The same for people."""
    return f"every {hours} hours" if hours else "never by itself"


def read_keep(kind: SettingKind, said: str, _: Around) -> list[int]:
    """How many copies are kept, as typed: `7/4/12`. Raises Invalid."""
    parts = [part.strip() for part in said.split("/")]
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 4 for part in parts) or int(parts[0]) < 1:
        raise kind.refuse(said, "days/weeks/months: the last copy of each of so many, and at least one day")
    return [int(part) for part in parts]


def keep_words(keep: object, _: Around) -> str:
    """The same for people."""
    daily, weekly, monthly = keep if isinstance(keep, list | tuple) and len(keep) == 3 else (7, 4, 12)
    return f"the last of {daily} days, {weekly} weeks and {monthly} months"
