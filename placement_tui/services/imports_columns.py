"""How the columns of the team's files were taken before: remembered for each set of headers, as one of the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from placement_tui.domain.imports import TakenColumn
from placement_tui.errors import BadFile
from placement_tui.exchange.provider_fields import LABELS
from placement_tui.exchange.providers import recognise
from placement_tui.exchange.spreadsheets import Headers, Mapped, fold_title

_MOST = 30  # sets of headers that are remembered, the latest first

Kept = Sequence[Mapping[str, Any]]  # each {"headers": [folded titles], "columns": {folded title: field, "" for none}}


def recall(headers: Headers, kept: Kept) -> dict[str, str] | None:
    """How the columns of a file with these very headers were taken the last time, None where there was none."""
    there = {fold_title(cell) for sheet in headers.sheets for row in sheet.rows for cell in row.cells if cell}
    for each in kept:
        # "Min" may have taken the merged title above it: "ages min".
        if any(title not in there and title.rpartition(" ")[2] not in there for title in each["headers"]):
            continue
        try:
            mapped = recognise(headers, each["columns"])
        except BadFile:
            continue
        if _titles(mapped) == each["headers"]:
            return dict(each["columns"])
    return None


def remember(headers: Headers, mapped: Mapped, kept: Kept) -> list[dict[str, Any]]:
    """What to keep from now on; `kept` as it was where nothing is new."""
    columns = mapped.remembered()
    taken = {(sheet.sheet, column.index): column.field for sheet in mapped.sheets for column in sheet.columns}
    for sheet in recognise(headers, columns).sheets:  # as the next file will be taken
        for column in sheet.columns:
            if column.field and taken.get((sheet.sheet, column.index), column.field) is None:
                columns[fold_title(column.title)] = ""  # somebody said that it is not what its name says
    entry = {"headers": _titles(mapped), "columns": columns}
    others = [dict(each) for each in kept if each["headers"] != entry["headers"]]
    if any(dict(each) == entry for each in kept):
        return [dict(each) for each in kept]
    return [entry, *others][:_MOST]


def shown(mapped: Mapped) -> tuple[TakenColumn, ...]:
    """The columns for people."""
    return tuple(
        TakenColumn(
            sheet.sheet,
            column.letter,
            column.title,
            column.field,
            LABELS.get(column.field or "", ""),
            column.how,
            column.confidence,
            column.samples,
        )
        for sheet in mapped.sheets
        for column in sheet.columns
    )


def titles_of(mapped: Mapped, field: str) -> dict[str, str]:
    """The header of a field's first column, by sheet."""
    return {sheet.sheet: sheet.titles[sheet.indexes(field)[0]] for sheet in mapped.sheets if sheet.indexes(field)}


def _titles(mapped: Mapped) -> list[str]:
    return sorted({fold_title(title) for sheet in mapped.sheets for title in sheet.titles if title})
