"""The stores that are measured: a council's, and one a hundred times that. Copies, so that the ones given stay as they were."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.speed.steps import ENV, PROGRAM

COUNTED = ("referral", "approach", "home", "placement", "operation")
HOMES = 50_000
MANAGER = "Helen Rowe"  # of every demonstration: the journal is not open to an officer
SMALL, LARGE = "small", "large"


@dataclass(frozen=True)
class Measured:
    """A store under measurement: which of the two, where, how much is in it, and the seconds that making it took."""

    name: str
    path: Path
    rows: dict[str, int]
    seconds: float = 0.0

    @property
    def words(self) -> str:
        """What is in it."""
        size = self.path.stat().st_size / 1e6
        rows = ", ".join(f"{self.rows[table]:,} {table}{'es' if table == 'approach' else 's'}" for table in COUNTED[:4])
        made = f"; made in {self.seconds:,.0f} s" if self.seconds else ""
        return f"{rows}; {self.rows['operation']:,} operations in the journal, {size:,.0f} MB{made}"


def copied(given: Path, folder: Path, name: str) -> Measured:
    """A copy of a demonstration's store, brought up to this program's tables."""
    folder.mkdir(parents=True, mode=0o700)
    path = folder / "demo.db"
    for end in ("", ".keys", ".head"):
        if Path(f"{given}{end}").exists():
            shutil.copyfile(f"{given}{end}", f"{path}{end}")
            os.chmod(f"{path}{end}", 0o600)
    return Measured(name, path, counted(path))


def made(folder: Path, name: str, scale: int, homes: int | None) -> Measured:
    """A demonstration of that scale, with a market of so many homes."""
    folder.mkdir(parents=True, mode=0o700)
    more = [] if homes is None else ["--homes", str(homes)]
    begun = time.perf_counter()
    command = [*PROGRAM, "demo", "--dir", str(folder), "--scale", str(scale), *more, "--build-only"]
    subprocess.run(command, check=True, env={**os.environ, **ENV}, stdout=subprocess.DEVNULL)
    taken = time.perf_counter() - begun
    path = folder / "demo.db"
    return Measured(name, path, counted(path), taken)


def asked(store: Path, query: str) -> list[dict[str, str]]:
    """Rows of a query, by the command line."""
    command = [*PROGRAM, "--store", str(store), "--as", MANAGER, "--format", "csv", "sql", query]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **ENV}).stdout
    return list(csv.DictReader(said.splitlines()))


def counted(store: Path) -> dict[str, int]:
    """How much is in a store."""
    columns = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in COUNTED)
    (row,) = asked(store, f"SELECT {columns}")
    return {table: int(count) for table, count in row.items()}


def names(store: Measured) -> Path:
    """A file with the names of its homes, one a line, beside it."""
    path = store.path.with_name("names")
    if not path.exists():
        of = "CASE h.name WHEN '' THEN p.name ELSE h.name END"
        rows = asked(store.path, f"SELECT {of} AS name FROM home h JOIN provider p ON p.id = h.provider_id")
        path.write_text("\n".join(row["name"] for row in rows) + "\n", encoding="utf-8")
    return path
