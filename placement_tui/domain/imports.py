"""What an import says of itself: what was read, added, changed, left as it was and refused, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Progress = Callable[[int, int], None]  # (done, total); called often, from the thread that imports


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """One thing wrong in a file: where, what, why (no full stop) and the mend (a sentence).

    `line` counts from 1 as a spreadsheet shows it, `sheet` is "" in a text file, `column` is its header's text. Of a
    statutory return `rule` is the sector's number, and `kept` what becomes of the line all the same.
    """

    line: int
    column: str
    value: str
    reason: str
    mend: str
    sheet: str = ""
    rule: str = ""
    kept: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        if not self.line:
            return self.sheet
        return f"{self.sheet}, line {self.line}" if self.sheet else f"line {self.line}"

    def __str__(self) -> str:
        said = f" '{self.value if len(self.value) <= 60 else self.value[:59] + '…'}'" if self.value else ""
        rule = f" (rule {self.rule})" if self.rule else ""
        kept = f" Until then {self.kept}." if self.kept else ""
        return f"{self.place}, {self.column}{said}: {self.reason}{rule}. {self.mend}{kept}"


@dataclass(frozen=True, slots=True)
class FaultKind:
    """Lines of a return with the same fault: the rule's number, its column, how many, what it is, what is made of them."""

    rule: str
    column: str
    lines: int
    reason: str
    kept: str
    first: str


def kinds(faults: Iterable[RefusedLine]) -> list[FaultKind]:
    """Faults of one kind counted together, the commonest first; the reason is that of the first of them."""
    found: dict[tuple[str, str, bool], list[RefusedLine]] = {}
    for line in faults:
        found.setdefault((line.rule, line.column, bool(line.kept)), []).append(line)
    return [
        FaultKind(rule, column, len(lines), lines[0].reason, lines[0].kept or "the line is left out", lines[0].place)
        for (rule, column, _), lines in sorted(found.items(), key=lambda each: -len(each[1]))
    ]


@dataclass(frozen=True, slots=True)
class ReturnChoices:
    """How returns are brought in: `keep_good` writes what is right where something is wrong; with `accept` they overwrite
    what the team logged itself; `year` is the collection year, where the files do not say it; `dry` writes nothing.
    """

    keep_good: bool = False
    accept: bool = False
    year: int | None = None
    dry: bool = False


WHOLE = ReturnChoices()


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that a file gives otherwise than the store has it: whose, of what, old and new; whether it was `applied`."""

    child: str
    what: str
    old: str
    new: str
    sheet: str
    line: int
    applied: bool

    def __str__(self) -> str:
        done = "" if self.applied else ". The team's own stays"
        where = f"{self.sheet}, line {self.line}" if self.line else self.sheet
        return f"{where}: {self.child}, {self.what}: {self.old} -> {self.new}{done}"


@dataclass(frozen=True, slots=True)
class TakenColumn:
    """How one column of a team's own file was taken: its letters and title, the field (None where it is left aside).

    `label` is the field for people. `how` is `corrected`, `remembered`, `name`, `near` (by a title nearly alike, with
    the `confidence` of 100), `unused` (another column is that field) or `ignored`. `samples` are its first values.
    """

    sheet: str
    letter: str
    title: str
    field: str | None
    label: str
    how: str
    confidence: int
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. `read` rows are `added + changed + unchanged`, those refused, and remarks named in `notes`.

    `kind` is `ofsted`, `providers`, `la`, `postcodes` or `ssda903`. `doubted` are lines with a fault that can be kept in
    part, where the officer says so; `corrections` are values that differ from those in the store. `closed` counts homes that an earlier register listed and this
    one does not. Where `written` is False nothing of the file is in the store: something was refused, or it was a trial.
    """

    kind: str
    source: str
    read: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    refused: tuple[RefusedLine, ...] = ()
    doubted: tuple[RefusedLine, ...] = ()
    corrections: tuple[Correction, ...] = ()
    notes: tuple[str, ...] = ()
    mapping: tuple[TakenColumn, ...] = ()
    written: bool = False
    seconds: float = 0.0

    @property
    def refused_rows(self) -> int:
        """How many rows were refused; one row may be wrong in several ways."""
        return len({(line.sheet, line.line) for line in self.refused})

    @property
    def words(self) -> str:
        """One line for people: `5,600 read: 2,413 added, 2,900 changed, 287 unchanged, 359 closed, 0 refused`."""
        closed = f"{self.closed:,} closed, " if self.closed else ""
        doubted = len({(line.sheet, line.line) for line in self.doubted})
        doubts = f", {doubted:,} doubtful" if doubted else ""
        counts = f"{self.added:,} added, {self.changed:,} changed, {self.unchanged:,} unchanged"
        return f"{self.read:,} read: {counts}, {closed}{self.refused_rows:,} refused{doubts}"


@dataclass(frozen=True, slots=True)
class Change:
    """One record that an import is going to make (`new`) or change: its table's word, its id, the columns' values."""

    noun: str
    key: UUID
    values: Mapping[str, Any]
    new: bool
