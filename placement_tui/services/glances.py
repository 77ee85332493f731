"""The duty board kept as it was last read, for the first frame of the next start."""

from __future__ import annotations

from datetime import timedelta

from placement_tui.db.changes import facts as changes
from placement_tui.db.migrate import HEAD
from placement_tui.db.reads import facts as reads
from placement_tui.db.reads.glances import NAME
from placement_tui.db.reads.operations import latest
from placement_tui.domain.board import Board
from placement_tui.domain.glance import packed
from placement_tui.services.desk import Desk

AGAIN = timedelta(minutes=1)  # however many sit at their boards, the team writes it no oftener


class Glances:
    """What is kept of the board. It is derived of records, not journaled, and goes with every erasure."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def arrived(self) -> int:
        """How far the journal goes; asked before the board is read."""
        with self._desk.read() as session:
            return latest(session)

    def keep(self, board: Board, through: int) -> bool:
        """Keep a board that was read when the journal went so far; True where it was due.

        A store on a server takes none: the driver that would read it there is loaded as late as all else. Raises Refused.
        """
        desk = self._desk
        if desk.store.server:
            return False
        with desk.read() as session:
            kept = reads.kept_when(session, NAME)
        if kept is not None and (kept[0] == through or desk.now - kept[1] < AGAIN):
            return False
        body = packed(board, desk.now, desk.authority_name, HEAD)
        with desk.store.write(None, "keep board") as session:
            changes.keep(session, {NAME: body}, through, desk.now)
        return True
