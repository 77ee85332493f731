"""Bring in files: the public register, the team's own list, areas, postcodes. The whole file or nothing, each time.

Every import is one intention: one transaction with its journal rows, undone as one. A second run of a file changes
nothing and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING

from placement_tui.db.changes import register as changes
from placement_tui.db.changes import settings as settings_changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import register as reads
from placement_tui.db.reads import settings as settings_reads
from placement_tui.domain import settings as names
from placement_tui.domain.imports import WHOLE, ImportReport, Progress, ReturnChoices
from placement_tui.domain.typed_text import spaced_postcode
from placement_tui.errors import Refused, WrongUse
from placement_tui.services.desk import Desk
from placement_tui.services.imports_run import Run

if TYPE_CHECKING:
    from placement_tui.exchange import cells
    from placement_tui.exchange.postcode_letters import PostcodeRow
    from placement_tui.exchange.postcodes import Place
    from placement_tui.exchange.providers import ProviderRow
    from placement_tui.services.imports_plan import Areas, Council

_LETTER = "postcodes_{}.msgpack.br"


class Imports:
    """What an officer brings in from files. Each report says what was read, added, changed and refused, and why."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """What a column of the team's list may be: each field's name, and its label for people."""
        from placement_tui.exchange.provider_fields import LABELS

        return tuple(LABELS.items())

    def ofsted(
        self, path: Path | str, *, skip_bad: bool = False, dry: bool = False, progress: Progress | None = None
    ) -> ImportReport:
        """What Ofsted publishes or sends: the public register, or a list for authorities, whichever the file is."""
        from placement_tui.exchange.lists import is_list
        from placement_tui.services.imports_lists import bring_in

        if is_list(path):
            return bring_in(self._desk, path, skip_bad=skip_bad, dry=dry, progress=progress)
        return self.register(path, dry=dry, progress=progress)

    def register(self, path: Path | str, *, dry: bool = False, progress: Progress | None = None) -> ImportReport:
        """The public register of one year. Where a line is refused, nothing of the file is written.

        `dry` only says what would be. Raises BadFile where it cannot be read or is no register, Refused for a viewer.
        """
        from placement_tui.exchange.ofsted import read_register
        from placement_tui.services.imports_alerts import raise_alerts
        from placement_tui.services.imports_plan import Locator, areas_of, look_up
        from placement_tui.services.imports_register import RegisterPlan

        run = Run("ofsted", progress)
        file = read_register(path, run.bar.reading)
        run.read(file.source, file.rows, file.refused, file.notes)
        if file.refused:
            return run.report()
        as_at = file.as_at
        if as_at is None:
            days = [day for home in file.homes for day in (home.inspected_on, home.published_on) if day]
            as_at = max(days, default=self._desk.today)
            run.notes.append(f"It is taken for that of {as_at.day} {as_at:%B %Y}, its latest day.")
        if file.premises:
            run.notes.append(
                f"{len(file.premises):,} premises of supported accommodation are left aside: the file names their "
                "providers, which are read, but no address or number to know them by."
            )
        with self._desk.read() as session:
            placed = reads.placed_postcodes(session)
        sought = {spaced_postcode(home.postcode) for home in file.homes if home.postcode} - placed
        places = look_up(self._desk.postcodes, sought, run.bar)
        with self._session("import register", dry) as session:
            areas, homes = areas_of(session), reads.homes(session)
            kept = settings_reads.everything(session)
            compared = RegisterPlan(
                file,
                as_at,
                homes,
                reads.providers(session),
                reads.grades(session),
                self._council(areas),
                Locator(areas, self._desk.postcodes, places, homes),
                {kind: date.fromisoformat(day) for kind, day in (kept.get(names.OFSTED_LISTS) or {}).items()},
            )
            run.write(session, compared, dry)
            alerts = raise_alerts(session, self._desk, as_at, homes, compared.plan.changes, {}, dry)
        run.notes += [*compared.notes, *alerts]
        return replace(run.report(), closed=compared.closed)

    def providers(
        self,
        path: Path | str,
        *,
        corrections: Mapping[str, str] | None = None,
        kind: str | None = None,
        skip_bad: bool = False,
        dry: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """The team's own list of agencies, homes and foster carers.

        `corrections` maps a field (of `fields`, or `ignore`) to a column's header or letters; how the columns were
        taken is remembered for files with the same headers. `kind` is that of rows that do not say theirs. Where a
        row is refused nothing is written, unless `skip_bad` leaves out those rows alone. Raises BadFile, WrongUse.
        """
        from placement_tui.exchange.providers import read_providers, recognise
        from placement_tui.exchange.spreadsheets import read_headers
        from placement_tui.services import imports_columns as columns
        from placement_tui.services.imports_plan import Locator, areas_of, look_up
        from placement_tui.services.imports_providers import ListPlan

        run = Run("providers", progress)
        headers = read_headers(path)
        with self._desk.read() as session:
            kept = settings_reads.everything(session).get(names.PROVIDER_COLUMNS) or []
        mapped = recognise(headers, columns.recall(headers, kept), corrections)
        file = read_providers(path, mapped, run.bar.reading, kind)
        places = look_up(self._desk.postcodes, (row.postcode for row in file.rows if row.postcode), run.bar)
        lost = _without_place(file.rows, places, columns.titles_of(mapped, "postcode"))
        run.read(file.source, 0, (*file.refused, *lost), file.notes)
        run.mapping = columns.shown(mapped)
        bad = {(line.sheet, line.line) for line in lost}
        rows = [row for row in file.rows if (row.sheet, row.line) not in bad]
        run.rows = len(rows) + len({(line.sheet, line.line) for line in run.refused})
        if run.refused and not (skip_bad and rows):
            return run.report()
        with self._session("import list", dry) as session:
            areas = areas_of(session)
            compared = ListPlan(
                rows,
                reads.homes(session),
                reads.providers(session),
                reads.grades(session),
                self._council(areas),
                Locator(areas, self._desk.postcodes, places),
            )
            run.write(session, compared, dry)
            taken = columns.remember(headers, mapped, kept)
            if not dry and taken != kept:
                settings_changes.put(session, names.PROVIDER_COLUMNS, taken)
        if not dry:
            self._desk.refresh()
        run.notes += compared.notes
        return run.report()

    def areas(
        self, paths: Sequence[Path | str], *, dry: bool = False, progress: Progress | None = None
    ) -> ImportReport:
        """Reference files of authorities, districts and constituencies, in any order, as one import.

        The council's name and its adjoining authorities are taken from them where nobody chose others; homes that lay
        nowhere are put where they are now known to be. Raises BadFile, and WrongUse where no file is named.
        """
        from placement_tui.exchange.authorities import read_reference
        from placement_tui.exchange.boundaries import is_boundaries
        from placement_tui.exchange.postcodes import Postcodes
        from placement_tui.services.imports_areas import AreasPlan, gather_own, relocate, settings_of, unplaced
        from placement_tui.services.imports_plan import Council, Locator, areas_of, look_up, many

        if not paths:
            raise WrongUse("No file is named", mend="name the files of authorities, districts and constituencies")
        if any(is_boundaries(path) for path in paths):
            if len(paths) > 1:
                raise WrongUse("Borders come in by themselves", mend="name the GeoJSON file alone, the others after it")
            return self.boundaries(paths[0], dry=dry, progress=progress)
        run = Run("la", progress)
        files = [read_reference(path, run.bar.reading) for path in paths]
        refused = [line for file in files for line in file.refused]
        rows = sum(len(file.records) + len(file.refused) for file in files)
        notes = [f"{file.source}: {len(file.records):,} {file.kind}." for file in files]
        run.read(", ".join(file.source for file in files), rows, refused, notes)
        if refused:
            return run.report()
        with self._session("import areas", dry) as session:
            before = areas_of(session)
            stored = {
                "authority": reads.authorities(session),
                "district": reads.districts(session),
                "constituency": reads.constituencies(session),
            }
            compared = AreasPlan([each for file in files for each in file.records], stored, before)
            after, homes = compared.areas, reads.homes(session)
            settings, said = settings_of(after, before, settings_reads.everything(session))
            council = Council(
                settings.get(names.AUTHORITY, self._desk.authority),
                settings.get(names.AUTHORITY_NAME, self._desk.authority_name),
                after,
            )
            postcodes = Postcodes(council.names.upper_tiers(), self._folder)
            places = look_up(postcodes, unplaced(homes), run.bar)
            moved = relocate(compared.plan, homes, Locator(after, postcodes, places), council.names)
            gather_own(compared.plan, homes, reads.providers(session), council)
            run.write(session, compared, dry)
            for name, value in settings.items() if not dry else ():
                settings_changes.put(session, name, value)
        if not dry:
            self._desk.refresh()
        run.notes += [*said, *([f"Placed, or put into their authority: {many(moved, 'home')}."] if moved else [])]
        return run.report()

    def boundaries(self, path: Path | str, *, dry: bool = False, progress: Progress | None = None) -> ImportReport:
        """Borders of authorities from GeoJSON, for the map. Raises BadFile, Refused for a viewer."""
        from placement_tui.services.imports_boundaries import bring_in

        return bring_in(self._desk, path, dry, progress)

    def dfe(self, paths: Sequence[Path | str], *, dry: bool = False, progress: Progress | None = None) -> ImportReport:
        """The Department's published figures, of the council's own and other authorities. Raises BadFile, Refused."""
        from placement_tui.services.imports_benchmarks import bring_in

        return bring_in(self._desk, paths, dry, progress)

    def postcodes(self, path: Path | str, *, progress: Progress | None = None) -> ImportReport:
        """A newer postcode file (Code-Point Open, ONSPD, NSPL), kept beside the store; homes without a place get one.

        Counted by the first letter: the postcodes of a letter whose file becomes another one count as changed. Raises
        BadFile, and nothing of the file is kept then; Refused for a viewer or where the folder cannot be written.
        """
        from placement_tui.exchange.postcode_files import read_postcodes, write_postcodes
        from placement_tui.services.imports_areas import relocate, unplaced
        from placement_tui.services.imports_plan import Locator, Plan, areas_of, look_up, many

        run = Run("postcodes", None)
        with self._desk.write("import postcodes"):
            before = {letter: self._digest(letter) for letter in ascii_uppercase}
        letters: Counter[str] = Counter()
        try:
            write_postcodes(_counted(read_postcodes(path, progress), letters), self._folder)
        except OSError as cause:
            raise Refused(
                "The postcodes cannot be kept", f"{self._folder}: {cause.strerror}", "free some space, then do it again"
            ) from None
        self._desk.refresh()
        run.read(str(path), letters.total(), (), [f"Kept in {self._folder}."])
        with self._desk.write("import postcodes") as session:
            areas, homes = areas_of(session), reads.homes(session)
            places = look_up(self._desk.postcodes, unplaced(homes), run.bar)
            plan = Plan()
            moved = relocate(plan, homes, Locator(areas, self._desk.postcodes, places), areas.names)
            changes.write(session, plan.changes)
        for letter, count in letters.items():
            if before[letter] is None:
                run.added += count
            elif before[letter] == self._digest(letter):
                run.unchanged += count
            else:
                run.changed += count
        if moved:
            run.notes.append(f"Placed: {many(moved, 'home')}.")
        run.written = True
        return run.report()

    def ssda903(
        self, paths: Sequence[Path | str], choices: ReturnChoices = WHOLE, *, progress: Progress | None = None
    ) -> ImportReport:
        """Statutory returns of any years, files and folders of them: the team's own history. Where anything is wrong,
        nothing is written, unless the choices keep what is right. Raises BadFile, WrongUse, Refused for a viewer.
        """
        from placement_tui.services.imports_ssda903 import bring_in

        return bring_in(self._desk, paths, choices, progress)

    @property
    def _folder(self) -> Path:
        return self._desk.store.path.parent / "postcodes"

    def _digest(self, letter: str) -> bytes | None:
        file = self._folder / _LETTER.format(letter)
        return hashlib.sha256(file.read_bytes()).digest() if file.is_file() else None

    def _session(self, command: str, dry: bool) -> AbstractContextManager[Session]:
        return self._desk.read() if dry else self._desk.write(command)

    def _council(self, areas: Areas) -> Council:
        from placement_tui.services.imports_plan import Council

        return Council(self._desk.authority, self._desk.authority_name, areas)


def _without_place(
    rows: Sequence[ProviderRow], places: Mapping[str, Place | None], titles: Mapping[str, str]
) -> list[cells.RefusedLine]:
    from placement_tui.exchange.cells import RefusedLine as Refused
    from placement_tui.services.imports_providers import no_place

    found = []
    for row in rows:
        why = no_place(row.postcode, places.get(row.postcode)) if row.postcode else None
        if why and row.postcode:
            found.append(Refused(row.line, titles.get(row.sheet, "postcode"), row.postcode, *why, row.sheet))
    return found


def _counted(rows: Iterable[PostcodeRow], letters: Counter[str]) -> Iterator[PostcodeRow]:
    for row in rows:
        letters[row.key[0]] += 1
        yield row
