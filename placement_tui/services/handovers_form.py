"""The night team's form: made from a hand-over, and brought in again when it comes back filled."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from placement_tui.db.changes import approaches as changes
from placement_tui.db.changes import offers as offer_changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import approaches, homes, referrals
from placement_tui.domain.approaches import ALLOWED
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.handovers import HandOver
from placement_tui.domain.handovers_form import COLUMNS, NightLine, missing_columns, read_line, rows_of
from placement_tui.domain.imports import ImportReport, RefusedLine
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.typed_text import clean
from placement_tui.errors import BadFile, NotFound
from placement_tui.exchange.pages import write_private
from placement_tui.exchange.sheets import open_book
from placement_tui.services.desk import Desk
from placement_tui.services.homes import Homes
from placement_tui.services.searching.points import miles_between

_BOM = "\ufeff"  # a spreadsheet opened by a double click reads UTF-8 only with it


class NightForm:
    """Out with the hand-over, back in the morning."""

    def __init__(self, desk: Desk, homes_service: Homes) -> None:
        self._desk, self._homes = desk, homes_service

    def save(self, said: HandOver, path: Path, anonymised: bool = False) -> int:
        """Write the form as a table that any spreadsheet opens; gives its lines. Raises Refused where a file is there."""
        rows = rows_of(said, anonymised)
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        write_private(path, (_BOM + out.getvalue()).encode())
        return len(rows) - 1

    def take(self, path: Path, *, dry: bool = False) -> ImportReport:
        """Bring in a filled form: the whole of it or nothing, one step that one undo takes back.

        A line that says what is logged already changes nothing. Raises BadFile where it is not the form.
        """
        began = monotonic()
        lines, refused = self._lines(path)
        planned: list[tuple[NightLine, UUID, UUID, UUID | None]] = []
        unchanged = 0
        with self._desk.read() as session:
            for line in lines:
                found = self._place(session, line)
                if isinstance(found, RefusedLine):
                    refused.append(found)
                elif found is None:
                    unchanged += 1
                else:
                    planned.append((line, *found))
        twice = _twice(planned)
        refused += twice
        written = not refused and not dry and bool(planned)
        if written:
            with self._desk.write("bring in the night team's form") as session:
                for line, referral_id, home_id, approach_id in planned:
                    self._log(session, line, referral_id, home_id, approach_id)
        new = sum(approach_id is None for _, _, _, approach_id in planned)
        return ImportReport(
            "night", path.name, len(lines) + len({each.line for each in refused if each not in twice}),
            new, len(planned) - new, unchanged, refused=tuple(sorted(refused, key=lambda each: each.line)),
            notes=("A yes without a fee is logged at nothing a week: ask and amend it.",)
            if any(line.outcome == "offer" and not line.pence for line, *_ in planned) else (),
            written=written, seconds=monotonic() - began,
        )  # fmt: skip

    def _lines(self, path: Path) -> tuple[list[NightLine], list[RefusedLine]]:
        book = open_book(path)
        rows = book.sheets[0].rows()
        titles = [clean(cell).removeprefix(_BOM) for cell in rows[0].cells] if rows else []
        missing = missing_columns(titles)
        if missing:
            raise BadFile(
                f"{path.name} is not the night team's form",
                f"it has no column {', '.join(missing)}",
                f"Its first line is: {', '.join(COLUMNS)}.",
            )
        by_title = {title.casefold(): at for at, title in enumerate(titles)}
        columns = {name: by_title.get(name.casefold()) for name in COLUMNS}
        lines: list[NightLine] = []
        refused: list[RefusedLine] = []
        for row in rows[1:]:
            said = read_line(row.line, {name: row.cell(at) for name, at in columns.items()}, self._desk.now)
            if isinstance(said, NightLine):
                lines.append(said)
            elif said is not None:
                refused.append(said)
        return lines, refused

    def _place(self, session: Session, line: NightLine) -> tuple[UUID, UUID, UUID | None] | RefusedLine | None:
        found = [key for key, reference in referrals.find_id(session, line.reference) if reference == line.reference]
        if not found:
            return RefusedLine(line.line, "Ref", line.reference, "no referral has it", "Copy it from the hand-over.")
        whole = referrals.get(session, found[0], self._desk.today)
        if whole is None or whole.state != "open":
            state = whole.state if whole else "gone"
            return RefusedLine(
                line.line, "Ref", line.reference, f"it is {state}", "Log the answer by hand if it matters."
            )
        asked = approaches.asked_homes(session, found[0])
        home = self._home(session, line, asked)
        if isinstance(home, RefusedLine):
            return home
        calls = approaches.calls(session, found[0], self._desk.today)
        row = next((each for each in calls.rows if each.home_id == home), None) if calls else None
        if row is None:
            return found[0], home, None
        if row.outcome == line.outcome and (line.outcome != "refusal" or row.reason == line.reason):
            return None
        if line.outcome not in ALLOWED[row.outcome]:
            return RefusedLine(
                line.line, "Answer", line.outcome.replace("_", " "),
                f"{line.home} is logged as {row.outcome.replace('_', ' ')} already", "Settle it on the call list.",
            )  # fmt: skip
        return found[0], home, row.id

    def _home(self, session: Session, line: NightLine, asked: dict[UUID, Any]) -> UUID | RefusedLine:
        wanted = clean(line.home).casefold()
        named = [
            each.id for each in homes.candidates(session, self._desk.now, set(asked)) if each.name.casefold() == wanted
        ]
        if len(named) == 1:
            return named[0]
        try:
            return self._homes.resolve(line.home).id
        except NotFound as cause:
            why = f"{cause.title[:1].lower()}{cause.title[1:]}"
            return RefusedLine(line.line, "Home", line.home, why, "Write its name as the register has it, or its URN.")

    def _log(
        self, session: Session, line: NightLine, referral_id: UUID, home_id: UUID, approach_id: UUID | None
    ) -> None:
        officer = self._desk.officer.id
        if approach_id is None:
            home = homes.candidates(session, self._desk.now, {home_id})[0]
            whole = referrals.get(session, referral_id, self._desk.today)
            origin = (
                next((child.position for child in whole.children if child.position.location), None) if whole else None
            )
            miles = miles_between(origin, home.position)[0] if origin else None
            columns = {"provider_id": home.provider_id, "home_id": home_id, "miles": miles}
            number = approaches.next_wave(session, referral_id)
            _, made = changes.add_wave(session, referral_id, number, line.at, True, [columns], officer)
            approach_id = made[0].id
        note = "\n".join(part for part in ("(night team)", line.note) if part)
        fields: dict[str, Any] = {
            "outcome": line.outcome, "answered_at": line.at, "answered_by": officer, "said_by": line.said_by,
            "call_back_at": None, "note": note,
        }  # fmt: skip
        if line.outcome == "refusal":
            fields |= {"reason": REFUSALS[str(line.reason)].code, "stage": "desk"}
        changes.change(session, approach_id, fields)
        if line.outcome == "offer":
            offer_changes.add(session, approach_id, NewOffer(line.pence, said_by=line.said_by), line.at, officer)


def _twice(planned: Sequence[tuple[NightLine, UUID, UUID, UUID | None]]) -> list[RefusedLine]:
    """Lines about one home for one referral after the first: only one of them can be the answer."""
    seen: dict[tuple[UUID, UUID], int] = {}
    refused = []
    for line, referral_id, home_id, _ in planned:
        first = seen.setdefault((referral_id, home_id), line.line)
        if first != line.line:
            refused.append(
                RefusedLine(line.line, "Home", line.home, f"line {first} says something of it too", "Keep one of them.")
            )
    return refused
