"""Writes the SSDA903 return: one CSV file for each table, UTF-8, exact columns, readable by its owner only.

All files or none: each is written beside its place first. The columns are those of `domain.codes.ssda903_tables`.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from placement_tui.domain.codes.ssda903_tables import TABLES
from placement_tui.domain.returns.tables import Row, Table
from placement_tui.errors import Refused
from placement_tui.exchange.pages import write_private

FILES = {
    "Header": "header.csv",
    "Episodes": "episodes.csv",
    "Reviews": "reviews.csv",
    "UASC": "uasc.csv",
    "OC2": "oc2.csv",
    "OC3": "oc3.csv",
    "AD1": "ad1.csv",
    "PlacedAdoption": "placed_for_adoption.csv",
    "PrevPerm": "previous_permanence.csv",
    "Missing": "missing.csv",
    "SWEpisodes": "sw_episodes.csv",
    "DoLo": "dolo.csv",
}
"""The file of each table, as the validator's own offline run names them."""

_PART = ".part"


def as_csv(name: str, rows: Sequence[Row]) -> bytes:
    """A table of the return as a CSV file."""
    text = StringIO(newline="")
    out = csv.writer(text)
    out.writerow(TABLES[name])
    out.writerows(rows)
    return text.getvalue().encode("utf-8")


def write(folder: Path, tables: Sequence[Table], force: bool = False) -> tuple[Path, ...]:
    """The files of a return in a folder, made where there is none; gives their paths.

    With `force` the files of an earlier return there are replaced, and those that this one has not are removed.
    Raises Refused where a file is there already or none can be written; then nothing was changed.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = [name for name in FILES.values() if (folder / name).exists()]
    except OSError as cause:
        raise Refused(f"No folder can be made at {folder}", cause.strerror or "", "name another place") from None
    if there and not force:
        mend = "name another folder, or say --force to replace it"
        raise Refused(f"There is a return in {folder} already", ", ".join(there), mend)
    made: list[Path] = []
    try:
        for name, rows in tables:
            part = folder / (FILES[name] + _PART)
            part.unlink(missing_ok=True)
            write_private(part, as_csv(name, rows))
            made.append(part)
        return _put(folder, [name for name, _ in tables], there)
    except OSError as cause:
        raise Refused(f"The return cannot be written to {folder}", cause.strerror or "", "name another place") from None
    finally:
        for part in made:
            part.unlink(missing_ok=True)


def _put(folder: Path, names: Sequence[str], there: Sequence[str]) -> tuple[Path, ...]:
    written = []
    for name in names:
        path = folder / FILES[name]
        os.replace(folder / (FILES[name] + _PART), path)
        written.append(path)
    for name in set(there) - {path.name for path in written}:
        (folder / name).unlink(missing_ok=True)
    return tuple(written)
