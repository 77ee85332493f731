"""The bed board, and the beds that are paid for whether they are used or not."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from placement_tui.db.changes import beds as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import beds as reads
from placement_tui.db.reads import capacity, homes, vacancies
from placement_tui.domain.approaches import Saved
from placement_tui.domain.beds import BedRow, BlockRow, NewBlock, check_block, read_block
from placement_tui.domain.capacity import Capacity
from placement_tui.domain.homes import Candidate
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk


class Beds:
    """What an officer does with the bed board."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def board(self, home_id: UUID | None = None) -> list[BedRow]:
        """Every home in use, by name: places, ours, others', held, free, what it said, paid and unused (or one home)."""
        with self._desk.read() as session:
            now = self._desk.now
            ids = {home_id} if home_id else reads.in_use(session, now, vacancies.since(now), self._desk.today)
            return self._rows(session, ids, reads.blocks(session, home_id, self._desk.today), current=home_id is None)

    def paid(self) -> list[BedRow]:
        """The homes of which beds are paid for today, by name."""
        with self._desk.read() as session:
            blocks = reads.blocks(session, None, self._desk.today)
            return self._rows(session, {each.home_id for each in blocks}, blocks)

    def _rows(self, session: Session, ids: set[UUID], blocks: list[BlockRow], *, current: bool = True) -> list[BedRow]:
        now = self._desk.now
        places = capacity.everywhere(session, now, self._desk.today, ids)
        paid: dict[UUID, list[BlockRow]] = defaultdict(list)
        for each in blocks:
            paid[each.home_id].append(each)
        none = Capacity()
        found = homes.candidates(session, now, ids, current=current)
        rows = [_row(home, places.get(home.id, none), paid[home.id]) for home in found]
        return sorted(rows, key=lambda row: row.name.casefold())

    def blocks(self, home_id: UUID | None = None) -> list[BlockRow]:
        """Every contract of block beds, past ones too (of one home)."""
        with self._desk.read() as session:
            return reads.blocks(session, home_id)

    def read(self, text: str) -> NewBlock:
        """Block beds as typed: `2 at 4200 from mon until 31 mar`. Raises Invalid."""
        return read_block(text, self._desk.today)

    def log_block(self, home_id: UUID, new: NewBlock) -> Saved:
        """Log beds that the council pays for. Raises Invalid for more than the home has."""
        new = check_block(new)
        with self._desk.write("log block beds") as session:
            found = homes.candidates(session, self._desk.now, {home_id})
            if not found:
                raise NotFound("There is no such home", mend="it may have been undone")
            home = found[0]
            meeting = [row for row in reads.blocks(session, home_id) if row.meets(new)]
            there = sum(row.beds for row in meeting)
            if any(row.same(new) for row in meeting):
                raise Refused(
                    f"{home.name} has this contract already", new.words(self._desk.today),
                    "give a second one its number with --contract, or correct the days",
                )  # fmt: skip
            if home.places is not None and home.kind != "agency" and there + new.beds > home.places:
                before = f", and {there} of them are paid for already" if there else ""
                raise Invalid(
                    "beds", f"{new.beds} block beds at {home.name}", f"it has {home.places} places{before}",
                    "correct the number, or end the contract that is over",
                )  # fmt: skip
            made = changes.add_block(session, home_id, new)
        return Saved(f"{home.name}: {new.words(self._desk.today)}", (made.id, home_id))

    def end_block(self, block_id: UUID) -> Saved:
        """Today is the last day of a contract. Raises NotFound."""
        with self._desk.write("end block beds") as session:
            row = changes.end_block(session, block_id, self._desk.today)
            home = homes.candidates(session, self._desk.now, {row.home_id})[0]
        return Saved(f"{home.name}: today is the last day of {row.beds} block beds", (block_id, row.home_id))


def _row(home: Candidate, here: Capacity, paid: list[BlockRow]) -> BedRow:
    closed = f"not used: {home.suspended}" if home.suspended else "" if home.registered else "left the register"
    return BedRow(
        home.id, home.name, home.provider, home.kind, here.registered, here.ours, here.others, here.held, here.free,
        home.free, home.free_said_at, home.free_said_by, closed, sum(row.beds for row in paid),
        sum(row.beds * row.weekly_pence for row in paid),
    )  # fmt: skip
