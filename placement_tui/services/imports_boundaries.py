"""Borders of authorities against the store: each under the code that the store knows its authority by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from placement_tui.db.reads import maps as reads
from placement_tui.domain.imports import ImportReport, Progress
from placement_tui.domain.maps import Outline
from placement_tui.services.desk import Desk
from placement_tui.services.imports_plan import Plan, areas_of
from placement_tui.services.imports_run import Run

# The Office for National Statistics gave both a new code in 2025; the Department's tables kept the old one.
_RENAMED = {"E08000038": "E08000016", "E08000039": "E08000019"}
_BOTH = {**_RENAMED, **{old: new for new, old in _RENAMED.items()}}


class _Compared:
    """The borders compared with the store."""

    def __init__(
        self, outlines: Iterable[Outline], stored: Sequence[Mapping[str, Any]], codes: Mapping[str, str]
    ) -> None:
        self.plan = Plan()
        self.added = self.changed = self.unchanged = 0
        rows = {row["authority"]: row for row in stored}
        for outline in outlines:
            code = codes.get(outline.code) or codes.get(_BOTH.get(outline.code, "")) or outline.code
            row = rows.get(code) or rows.get(_BOTH.get(code, ""))
            rings = [[list(spot) for spot in ring] for ring in outline.rings]
            values = {"authority": code, "name": outline.name, "rings": rings}
            if row is None:
                self.plan.add("boundary", values)
                self.added += 1
            elif self.plan.change("boundary", dict(row), values):
                self.changed += 1
            else:
                self.unchanged += 1


def bring_in(desk: Desk, path: Path | str, dry: bool, progress: Progress | None) -> ImportReport:
    """The borders of a GeoJSON file into the store: the whole file or nothing. Raises BadFile, Refused."""
    from placement_tui.exchange.boundaries import read_boundaries

    run = Run("boundaries", progress)
    outlines = read_boundaries(path, run.bar.reading)
    points = sum(len(ring) for outline in outlines for ring in outline.rings)
    run.read(
        Path(path).name, len(outlines), (), [f"Borders of {len(outlines):,} authorities, thinned to {points:,} points."]
    )
    with desk.read() if dry else desk.write("import boundaries") as session:
        codes = areas_of(session).names.upper_tiers()
        run.write(session, _Compared(outlines, reads.stored(session), codes), dry)
        known = {codes.get(outline.code, outline.code) for outline in outlines}
    if desk.authority and not {desk.authority, _BOTH.get(desk.authority, "")} & known:
        run.notes.append(f"The council's own border ({desk.authority}) is not among them.")
    return run.report()
