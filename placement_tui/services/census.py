"""The Placements North West census: what it says, what it lacks, the file, and the facts that only it asks for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.db.changes import census as changes
from placement_tui.db.reads import census as reads
from placement_tui.db.reads import children
from placement_tui.domain.approaches import Saved
from placement_tui.domain.census import YEARS, CensusPage, filled
from placement_tui.domain.census_typed import Said
from placement_tui.domain.codes.census import ANY_DISTANCE_REASON, ROUTES, TYPES_OF_PROVISION
from placement_tui.domain.codes.ssda903 import ETHNICITY
from placement_tui.errors import Invalid, NotFound
from placement_tui.services.desk import Desk

_CODED = {
    "route": ROUTES, "provision": TYPES_OF_PROVISION, "distance_reason": ANY_DISTANCE_REASON, "ethnicity": ETHNICITY,
}  # fmt: skip
_PLACEMENT = (
    "route", "provision", "distance_reason", "package", "solo_required", "solo", "care_pence", "education_pence", "health_pence",
)  # fmt: skip


class Census:
    """What an officer does with the regional census."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(self, on: date | None = None, year: int = YEARS[0], commissioned: bool = False) -> CensusPage:
        """The form of a year for the placements open on a day, today where none is given; what is missing is in it.

        `commissioned` leaves out the council's own carers. Raises Invalid for a year without a form, or a day to come.
        """
        self._desk.require_everything("Returns")
        if year not in YEARS:
            raise Invalid("year", f"There is no form of {year}", "", "give " + " or ".join(map(str, YEARS)))
        day = on or self._desk.today
        if day > self._desk.today:
            raise Invalid("on", f"{day:%d/%m/%Y} is to come", "", "a census counts who lives where on a day that was")
        with self._desk.read() as session:
            facts = reads.open_on(session, day, self._desk.today)
        wanted = [each for each in facts if not commissioned or each.kind != "inhouse"]
        return filled(wanted, year, day, self._desk.authority_name)

    def export(
        self, path: Path, on: date | None = None, year: int = YEARS[0], commissioned: bool = False
    ) -> tuple[CensusPage, str]:
        """Write the form; what leaves the program is noted in the journal first. Raises Refused where a file is there."""
        from placement_tui.exchange import census as files
        from placement_tui.services.audit import Audit

        files.check_target(path)
        page = self.page(on, year, commissioned)
        if page.rows:
            Audit(self._desk).noted("placement", [row.placement_id for row in page.rows], "census")
        files.save(page, path)
        return page, f"{len(page.rows):,} placements open on {page.on:%d/%m/%Y} written to {path}"

    def say(self, identifier: str, said: Said) -> Saved:
        """Say what the census asks of the child's open placement. Raises Invalid, NotFound."""
        for name, codes in _CODED.items():
            value = getattr(said, name)
            if value is not None and value not in codes:
                raise codes.unknown(value, name)
        given = {name: value for name in _PLACEMENT if (value := getattr(said, name)) is not None}
        if not given and said.ethnicity is None:
            raise Invalid(
                "census", "Nothing is said", "", "name at least one: --route, --provision, --package, --solo..."
            )
        if any(isinstance(value, int) and value < 0 for value in given.values()):
            raise Invalid("fee", "A part of the fee is below zero", mend="a fee is what we pay a week")
        with self._desk.write("say for the census") as session:
            child = children.by_identifier(session, identifier.strip())
            if child is None:
                raise NotFound(f"No child has the identifier {identifier!r}", mend="give the council's own: W-10234")
            there = reads.open_placements_of(session, child)
            if given and not there:
                raise NotFound(f"{identifier} lives nowhere now", mend="the census is of open placements")
            touched: list[UUID] = []
            if given:
                changes.say(session, there[0], given)
                touched.append(there[0])
            if said.ethnicity is not None:
                changes.say_child(session, child, {"ethnicity": said.ethnicity})
                touched.append(child)
        return Saved(f"{identifier}: {_words(given, said)}", tuple(touched))


def _words(given: dict[str, Any], said: Said) -> str:
    names = [*given, *(["ethnicity"] if said.ethnicity is not None else [])]
    return ", ".join(name.removesuffix("_pence").replace("_", " ") for name in names) + " saved for the census"
