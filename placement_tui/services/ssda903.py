"""The statutory return of a year: checked in the program's own words, and written as the Department wants it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from placement_tui.db.changes import audit
from placement_tui.db.changes import returns as changes
from placement_tui.db.reads import care
from placement_tui.db.reads import returns as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.audit import Sight
from placement_tui.domain.codes.ssda903_tables import first_day, year_of
from placement_tui.domain.homes import Position
from placement_tui.domain.returns import About, Fault, YearReturn, children_of
from placement_tui.domain.returns.checks import checked
from placement_tui.domain.returns.tables import tables
from placement_tui.domain.returns.typed import Returned
from placement_tui.errors import Invalid
from placement_tui.exchange import ssda903_out
from placement_tui.services.desk import Desk

FIRST_YEAR = 2015
PLACE = "statutory return"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, where, and how many faults are in it still."""

    words: str
    folder: Path
    files: tuple[Path, ...]
    children: int
    rows: dict[str, int]
    to_mend: int


class Returns:
    """What an officer does with the SSDA903 return."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def this_year(self) -> int:
        """The collection year that is running, named by the year in which it ends."""
        return year_of(self._desk.today)

    @property
    def last_whole_year(self) -> int:
        """The latest collection year that is over: the return that is due."""
        return self.this_year - 1

    def of_year(self, year: int) -> YearReturn:
        """The return of a year as the store has it now, with what must be mended. Raises Invalid, Refused."""
        self._desk.require("return")
        self._desk.require_everything("Returns")
        self._check(year)
        desk = self._desk
        with desk.read() as session:
            histories = care.histories(session, desk.today)
            held = reads.held_in(session, year)
        known: dict[str, Position | None] = {}

        def place_of(postcode: str) -> Position | None:
            if postcode not in known:
                found = desk.postcodes.find(postcode)
                known[postcode] = found.position if found else None
            return known[postcode]

        posts = {stay.postcode for each in histories for stay in each.stays}
        posts |= {period.home_postcode for each in histories for period in each.periods}
        posts |= {each.home_postcode for each in histories}
        for text, place in desk.postcodes.find_many(post.upper() for post in posts if post).items():
            known[text] = place.position if place else None
        about = About(year, desk.authority or "", place_of, desk.today)
        return checked(children_of(histories, about, held), histories, about)

    def check(self, year: int) -> list[Fault]:
        """What must be mended or explained before the return of a year is sent. Raises Invalid, Refused."""
        return list(self.of_year(year).faults)

    def export(self, folder: Path, year: int, force: bool = False) -> Exported:
        """Write the return of a year; each child in it is noted first as looked at. Raises Invalid, Refused.

        It is the one export that carries addresses which nobody else may see (PL_POST of children's homes).
        """
        found = self.of_year(year)
        made = tables(found.children, year)
        children = tuple(child.history.child_id for child in found.children)
        if children:
            with self._desk.store.write(self._desk.officer.id, "view") as session:
                audit.note(session, [Sight("child", children, PLACE, self._desk.now)], always=True)
        files = ssda903_out.write(folder, made, force)
        counts = {name: len(rows) for name, rows in made}
        some = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        faults = len(found.to_mend)
        mend = f"; {faults:,} to mend before it is sent" if faults else "; nothing to mend"
        words = f"Return of {year - 1}-{year % 100:02} written: {some}{mend}; in {folder}, not encrypted"
        return Exported(words, folder, files, len(children), counts, faults)

    def say(self, placement_id: UUID, said: Returned) -> Saved:
        """Say of a placement what the return says of it: type, provider, postcode, URN, whether the carer changed.

        Raises Invalid for a postcode that there is not, NotFound, Refused.
        """
        if said.postcode:
            said = replace(said, postcode=self._desk.place_of(said.postcode).postcode)
        with self._desk.write("say what the return says") as session:
            row = changes.say(session, placement_id, said)
            child = row.child_id
        parts = [part for part in (said.place, said.place_provider, said.postcode, said.urn) if part]
        words = f"the return says of the placement: {', '.join(parts) or 'what its home says'}"
        return Saved(words, (placement_id, child))

    def _check(self, year: int) -> None:
        if not FIRST_YEAR <= year <= self.this_year:
            mend = f"2026 is 1 April 2025 to 31 March 2026; say a year from {FIRST_YEAR} to {self.this_year}"
            detail = f"it begins on 1 April {first_day(year).year}" if year > self.this_year else ""
            raise Invalid("year", f"There is no return of {year}", detail, mend)
