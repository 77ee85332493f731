"""The Department's figures against the store: which areas are kept, what is new, what it corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from placement_tui.db.reads import register as reads
from placement_tui.domain.benchmarks import AUTHORITY, ENGLAND, REGION, Published
from placement_tui.domain.imports import ImportReport, Progress
from placement_tui.errors import Refused, WrongUse
from placement_tui.exchange.authorities import Authority
from placement_tui.exchange.benchmarks import read_tables
from placement_tui.services.desk import Desk
from placement_tui.services.imports_plan import Areas, Plan, Row, areas_of, many
from placement_tui.services.imports_run import Run

_SHOWN = 12  # corrections that are named one by one
_FIRST = "bring them in first: placement import la FILE"


class Neighbours:
    """The authorities whose figures stand beside the council's own: statistical neighbours, adjoining, of its region."""

    def __init__(self, areas: Areas, own: str | None, adjoining: Iterable[str]) -> None:
        """Raises Refused where the authorities, or the council's own among them, are not known yet."""
        if not areas.authorities:
            raise Refused(
                "The Department's figures are kept of some authorities only, and none is known yet", "", _FIRST
            )
        by_gss = {code: each for each in areas.authorities for code in (each.gss, each.other_gss) if code}
        mine = by_gss.get(own or "")
        if mine is None:
            raise Refused("The council's own area is not among the authorities that are known", own or "", _FIRST)
        self.own: Authority = mine
        self.statistical = tuple(dict.fromkeys(code for code in mine.statistical_neighbours if code != mine.dfe_code))
        near = {*mine.neighbours, *(by_gss[code].dfe_code for code in adjoining if code in by_gss)}
        region = {each.dfe_code for each in areas.authorities if each.region == mine.region}
        self.kept = {mine.dfe_code, *self.statistical, *near, *region}
        self.names: Mapping[str, str] = {each.dfe_code: each.name for each in areas.authorities}

    def keeps(self, figure: Published) -> bool:
        """Whether a figure's area is one of them, a region or England."""
        return figure.area.level in (ENGLAND, REGION) or figure.area.code in self.kept


class BenchmarkPlan:
    """Published figures compared with those that are there; `plan`, the counts and `notes` are what comes of it."""

    def __init__(self, figures: Sequence[Published], stored: Iterable[Row], neighbours: Neighbours) -> None:
        self.plan = Plan()
        self.added = self.changed = self.unchanged = 0
        self.notes: list[str] = []
        self._there = {(row["indicator"], row["period"], row["level"], row["area"]): row for row in stored}
        skipped: Counter[str] = Counter()
        corrected: list[str] = []
        made: set[tuple[str, str, str, str]] = set()
        for figure in figures:
            if not neighbours.keeps(figure):
                skipped[figure.area.code] += 1
                continue
            key = (figure.indicator, figure.period, figure.area.level, figure.area.code)
            if key in made:
                continue
            made.add(key)
            name = (
                neighbours.names.get(figure.area.code, figure.area.name)
                if figure.area.level == AUTHORITY
                else figure.area.name
            )
            self._one(figure, key, name, corrected)
        if skipped:
            self.notes.append(
                f"{sum(skipped.values()):,} figures of {many(len(skipped), 'authority').replace('authoritys', 'authorities')} are left "
                "aside: kept are the council's own, its statistical neighbours, those of its region or that adjoin, the regions and England."
            )
        self.notes += corrected[:_SHOWN]
        if len(corrected) > _SHOWN:
            self.notes.append(f"and {len(corrected) - _SHOWN:,} more were corrected.")
        if not neighbours.statistical:
            self.notes.append(f"No statistical neighbours of {neighbours.own.name} are known: {_FIRST}.")

    def _one(self, figure: Published, key: tuple[str, str, str, str], name: str, corrected: list[str]) -> None:
        values = {"shown": figure.shown, "value": figure.value, "area_name": name}
        # A table that gives a percentage alone takes no count away that another gave.
        values |= {
            column: number for column, number in (("numerator", figure.numerator), ("denominator", figure.denominator)) if number is not None
        }  # fmt: skip
        row = self._there.get(key)
        if row is None:
            indicator, period, level, area = key
            places = {"indicator": indicator, "period": period, "level": level, "area": area, "source": figure.source}
            self.plan.add("benchmark", {**places, **values})
            self.added += 1
        elif self.plan.change("benchmark", row, values):
            self.changed += 1
            if row["shown"] != figure.shown:
                corrected.append(
                    f"{name} {figure.period}, {figure.indicator}: was {row['shown'] or 'nothing'}, is {figure.shown or 'nothing'}."
                )
        else:
            self.unchanged += 1


def bring_in(desk: Desk, paths: Sequence[Path | str], dry: bool, progress: Progress | None) -> ImportReport:
    """Tables of the Department, in any order, as one import. Raises BadFile, Refused, and WrongUse where no file is named."""
    if not paths:
        raise WrongUse("No file is named", mend="name the Department's tables")
    run = Run("dfe", progress)
    files = [read_tables(path, run.bar.reading) for path in paths]
    notes = [
        f"{file.source}: {many(len(file.figures), 'figure')} that an indicator has beside it, {file.others:,} other lines."
        for file in files
    ]
    refused = [line for file in files for line in file.refused]
    run.read(", ".join(file.source for file in files), sum(file.read for file in files), refused, notes)
    if refused:
        return run.report()
    with desk.read() if dry else desk.write("import published figures") as session:
        neighbours = Neighbours(areas_of(session), desk.authority, desk.adjoining)
        figures = [each for file in files for each in file.figures]
        compared = BenchmarkPlan(figures, reads.benchmarks(session), neighbours)
        run.write(session, compared, dry)
    run.notes += compared.notes
    return run.report()
