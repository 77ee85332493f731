"""Bring in statutory returns: what a council sent each year becomes its team's history, as one intention.

Every row is kept as it came (`held`), and the children's time in care is worked out anew from all rows of all years: so
the order in which returns are brought in makes no difference, and bringing one in again changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from placement_tui.db.reads import register
from placement_tui.db.reads import ssda903 as reads
from placement_tui.domain.distance import in_area
from placement_tui.domain.homes import Position
from placement_tui.domain.imports import Change, ImportReport, Progress, RefusedLine, ReturnChoices
from placement_tui.domain.ssda903_chains import Lived
from placement_tui.domain.ssda903_facts import Facts, facts, held_key
from placement_tui.domain.ssda903_rows import Fault, ReturnRow, check_rows, year_words
from placement_tui.domain.typed_text import spaced_postcode
from placement_tui.errors import WrongUse
from placement_tui.exchange.ssda903 import ReturnFiles, read_return
from placement_tui.services.desk import Desk
from placement_tui.services.imports_plan import Council, Locator, Owners, Plan, Row, areas_of, look_up, many
from placement_tui.services.imports_run import Run
from placement_tui.services.imports_ssda903_compare import Comparing, Stored
from placement_tui.services.imports_ssda903_homes import Homes
from placement_tui.services.searching.points import miles_between

if TYPE_CHECKING:
    from placement_tui.db.engine import Session
    from placement_tui.exchange.postcodes import Place

_POSTCODES = ("HOME_POST", "PL_POST")


@dataclass(slots=True)
class _Known:
    """What the store holds of returns: the rows as they came, by child, and which children there are."""

    children: dict[str, Row] = field(default_factory=dict)
    held: dict[str, list[tuple[Row, ReturnRow]]] = field(default_factory=lambda: defaultdict(list))
    years: set[int] = field(default_factory=set)

    def all_held(self) -> Iterable[tuple[Row, ReturnRow]]:
        """Every row of every child."""
        return (pair for pairs in self.held.values() for pair in pairs)

    def rows(self, child: str) -> list[ReturnRow]:
        """A child's rows of returns."""
        return [row for _, row in self.held.get(child, ())]


class ReturnPlan:
    """Returns compared with the store; `plan`, the counts, faults and corrections are what comes of it."""

    def __init__(
        self, desk: Desk, session: Session, rows: Sequence[ReturnRow], places: Mapping[str, Place | None], accept: bool
    ) -> None:
        self.plan = Plan()
        self.added = self.changed = self.unchanged = 0
        self.faults: list[Fault] = []
        self._desk, self._places = desk, places
        self._known = _known(session)
        areas = areas_of(session)
        owners = Owners(register.providers(session), Council(desk.authority, desk.authority_name, areas))
        self._locator = Locator(areas, desk.postcodes, places)
        self._homes = Homes(reads.homes(session), owners, self._locator, self.plan)
        self._comparing = Comparing(self.plan, self._homes, self._distance, desk.now, accept)
        self.new_children = 0
        self._compare(session, rows)
        self.plan.changes[:0] = owners.changes()
        self.corrections = self._comparing.corrections
        self.new_homes = self._homes.made

    def _compare(self, session: Session, rows: Sequence[ReturnRow]) -> None:
        new: dict[str, list[ReturnRow]] = defaultdict(list)
        for row in rows:
            new[row.child].append(row)
        years = self._known.years | {row.year for row in rows if row.part == "Episodes"}
        before: dict[str, Facts] = {}
        after: dict[str, tuple[list[ReturnRow], Facts]] = {}
        for child in {**dict.fromkeys(new), **dict.fromkeys(self._known.held)}:
            was = self._known.rows(child)
            now = _replaced(was, new[child]) if child in new else was
            before[child] = facts(was, self._known.years)
            said = facts(now, years)
            if child in new or said.records != before[child].records:
                after[child] = now, said
        known = {self._known.children[child]["id"] for child in after if child in self._known.children}
        records, endings = reads.records(session, known), reads.endings(session, known)
        for child, (now, said) in after.items():
            old = set(map(_mark, before[child].faults))
            fresh = {id(row) for row in new.get(child, ())}
            self.faults += [fault for fault in said.faults if id(fault.row) in fresh or _mark(fault) not in old]
            record = self._known.children.get(child)
            # Where a child lived follows from the returns, unless the team said otherwise.
            ours = record is None or (record["home_postcode"] or "") in ("", before[child].home_post)
            moved = record is None or record["home_postcode"] != said.home_post
            place = self._place(said.home_post) if ours and moved else {}
            if record is None:
                key = self._comparing.new_child(child, said, place)
                stored = None
                self.new_children += 1
            else:
                key = record["id"]
                stored = Stored(record, records.get(key, {}), endings)
                self._comparing.child(stored, before[child], said, place)
            self._comparing.records(key, stored, before[child], said)
            if child in new:
                self._keep(key, child, now)

    def _keep(self, child_id: UUID, child: str, now: Sequence[ReturnRow]) -> None:
        """Every row as it came: new ones, those that say something else, those that are gone."""
        there = {held_key(row): (stored, row) for stored, row in self._known.held.get(child, ())}
        for row in now:
            stored, old = there.pop(held_key(row), (None, None))
            if stored is None or old is None:
                self.plan.add(
                    "held", {"child_id": child_id, "year": row.year, "part": row.part, "fields": dict(row.fields)}
                )
                self.added += 1
            elif old is row:
                continue  # of another year or part than those that were read
            elif old.fields != row.fields:
                self.plan.change("held", stored, {"fields": dict(row.fields)})
                self.changed += 1
            else:
                self.unchanged += 1
        for stored, _ in there.values():
            self.plan.changes.append(Change("held", stored["id"], {"struck_at": self._desk.now}, False))

    def _place(self, postcode: str) -> dict[str, Any]:
        """A child's home: the postcode with where it is."""
        if not postcode:
            return {}
        found = self._locator.facts(None, postcode, None, None)
        return {"home_postcode": found.pop("postcode"), **found}

    def _distance(self, lived: Lived) -> dict[str, Any]:
        there, home = self._position(lived.postcode), self._position(lived.home_post)
        return {"miles": miles_between(home, there)[0], "in_area": in_area(there, self._desk.authority)}

    def _position(self, postcode: str) -> Position:
        place = self._places.get(spaced_postcode(postcode)) if postcode else None
        return place.position if place else Position()


def bring_in(
    desk: Desk, paths: Sequence[Path | str], choices: ReturnChoices, progress: Progress | None = None
) -> ImportReport:
    """Bring in returns of any years; where anything is wrong nothing is written, unless the choices keep what is right.

    Raises BadFile, WrongUse, Refused for a viewer.
    """
    if not paths:
        raise WrongUse("No file is named", mend="name the folder of the return, or its files")
    if not choices.dry:
        desk.require("log")
    run = Run("ssda903", progress)
    files = read_return(paths, run.bar.reading, choices.year)
    run.bar.reading(1, max(1, len(files.rows)))
    rows, faults = check_rows(files.rows)
    with desk.read() as session:
        held = [row for _, row in _known(session).all_held()]
    # All at once and in order: each letter of the directory takes a moment to read.
    places = look_up(desk.postcodes, _postcodes([*rows, *held]), run.bar)
    faults += _nowhere(rows, places)
    run.read(files.source, len(files.rows), (), files.notes)
    sure = choices.keep_good and not choices.dry and bool(rows)
    if not sure:
        with desk.read() as session:
            compared = ReturnPlan(desk, session, rows, places, choices.accept)
        sure = not (choices.dry or files.refused or faults or compared.faults) and bool(rows)
        run.added, run.changed, run.unchanged = compared.added, compared.changed, compared.unchanged
    if sure:
        with desk.write("import ssda903") as session:
            compared = ReturnPlan(desk, session, rows, places, choices.accept)
            run.write(session, compared, dry=False)
    told = [*faults, *compared.faults]
    run.notes += _notes(compared, files)
    refused = (*files.refused, *(_line(fault) for fault in told if not fault.kept))
    return replace(
        run.report(),
        refused=refused,
        doubted=tuple(_line(fault) for fault in told if fault.kept),
        corrections=tuple(compared.corrections),
    )


def _known(session: Session) -> _Known:
    found = _Known()
    by_id: dict[UUID, str] = {}
    for row in reads.children(session):
        child = str(row["identifier"]).upper()
        by_id[row["id"]] = child
        found.children.setdefault(child, row)
    for row in reads.rows_held(session):
        child = by_id.get(row["child_id"], "")
        came = ReturnRow(
            row["year"], row["part"], f"the return of {year_words(row['year'])}, in the store", 0, row["fields"]
        )
        found.held[child].append((row, came))
        if row["part"] == "Episodes":
            found.years.add(row["year"])
    return found


def _replaced(was: Sequence[ReturnRow], new: Sequence[ReturnRow]) -> list[ReturnRow]:
    """A child's rows: those of a year and part that came again take the place of the earlier ones."""
    again = {(row.year, row.part) for row in new}
    return [*(row for row in was if (row.year, row.part) not in again), *new]


def _mark(fault: Fault) -> tuple[str, ...]:
    return fault.rule, fault.column, fault.row.child, fault.row.part, *(str(part) for part in held_key(fault.row))


def _postcodes(rows: Iterable[ReturnRow]) -> set[str]:
    return {
        spaced_postcode(row.text(name))
        for row in rows
        if row.part == "Episodes"
        for name in _POSTCODES
        if row.text(name)
    }


def _nowhere(rows: Iterable[ReturnRow], places: Mapping[str, Place | None]) -> list[Fault]:
    """Postcodes that are on no list, of each the first time that a child's episodes name it."""
    found, met = [], set()
    for row in rows:
        if row.part != "Episodes":
            continue
        for name in _POSTCODES:
            said = spaced_postcode(row.text(name))
            if said and places.get(said) is None and (row.child, row.text("DECOM"), name, said) not in met:
                met.add((row.child, row.text("DECOM"), name, said))
                found.append(
                    Fault(
                        row,
                        name,
                        "392c",
                        "there is no such postcode",
                        "Correct it, or import a newer postcode file.",
                        "it is kept, and no distance is known",
                    )
                )
    return found


def _line(fault: Fault) -> RefusedLine:
    row = fault.row
    return RefusedLine(
        row.line, fault.column, row.text(fault.column), fault.reason, fault.mend, row.file, fault.rule, fault.kept
    )


def _notes(compared: ReturnPlan, files: ReturnFiles) -> list[str]:
    made = Counter(change.noun for change in compared.plan.changes if change.new)
    notes = []
    if made["child"] or made["placement"]:
        notes.append(
            f"New: {compared.new_children:,} children, {many(made['care'], 'period')} of care, "
            f"{many(made['placement'], 'placement')}, {many(made['ending'], 'ending')}, {many(made['review'], 'review')}."
        )
    if compared.new_homes:
        notes.append(
            f"{many(compared.new_homes, 'home')} known from returns only: never offered, never counted as supply."
        )
    shown = sum(1 for each in compared.corrections if not each.applied)
    if shown:
        notes.append(f"{many(shown, 'difference')} from what the team logged itself: shown, not taken over.")
    return notes if files.rows else []
