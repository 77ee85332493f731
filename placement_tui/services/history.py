"""History: undo and redo, who changed what, and whether the journal holds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from placement_tui.db.changes import operations as changes
from placement_tui.db.reads import operations
from placement_tui.db.verify import verify
from placement_tui.domain.approaches import Saved
from placement_tui.domain.history import Head, Intention, OperationRow, Verified
from placement_tui.domain.officers import may
from placement_tui.domain.typed_times import london
from placement_tui.errors import PlacementError, Refused
from placement_tui.services.desk import Desk

REACH = timedelta(hours=24)  # a night shift takes back what it did before midnight


class History:
    """The journal, as an officer uses it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def undo(self) -> Saved:
        """Take back the officer's own last change, whatever it was, of this session or an earlier one of the same day.

        It reaches back a day (`REACH`): what is older is no slip of the finger, and others have worked on it since.
        Raises Refused, Conflict with the reason.
        """
        with self._desk.read() as session:
            done = operations.intentions(session, self._desk.officer.id)
        target = next((each for each in done if _forward(each, done) and not _undone(each.id, done)), None)
        if target is None:
            raise Refused("There is nothing of yours to undo", _looked(done))
        self._within(target, "There is nothing of yours to undo since yesterday")
        return self._take_back(target, "undid")

    def redo(self) -> Saved:
        """Put back what the last undo took away, where nothing else was done since. Raises Refused, Conflict."""
        with self._desk.read() as session:
            done = operations.intentions(session, self._desk.officer.id)
        for each in done:
            if _forward(each, done):
                if each.undoes is None:
                    break
                continue
            if not _undone(each.id, done):
                self._within(each, "There is nothing to do again since yesterday")
                return self._take_back(each, "did again")
        raise Refused("There is nothing to do again")

    def _within(self, target: Intention, words: str) -> None:
        """Refuse what is too old to be taken back by one key."""
        if target.at < self._desk.now - REACH:
            at = target.at.astimezone(london())
            raise Refused(
                words, f"your last change was “{_named(target)}” on {at:%a %d %b %Y, %H:%M}", "change it by hand"
            )

    def of(self, key: UUID, limit: int = 200) -> list[OperationRow]:
        """Every change of one record, the latest first."""
        with self._desk.read() as session:
            return operations.history(session, key=key, limit=limit)

    def latest(self, limit: int = 200) -> list[OperationRow]:
        """The last changes of anything, the latest first; failed tries to open only for who may audit."""
        self._desk.refresh_officer()
        hidden = () if may(self._desk.officer.role, "audit") else ("attempt",)
        with self._desk.read() as session:
            return operations.history(session, limit=limit, hidden=hidden)

    def verify(self, progress: Callable[[int, int], None] | None = None, known: Head | None = None) -> Verified:
        """Compare the journal with itself, every record with it, and its end with what is kept of it elsewhere.

        `known` is an end that somebody wrote down; `progress` is called with done and total.
        """
        with suppress(PlacementError):  # on a read-only disk there is nothing to bring in
            self._desk.store.checkpoint()  # a page of before a rotation would not verify
        return verify(self._desk.store, progress, known)

    def _take_back(self, target: Intention, words: str) -> Saved:
        with self._desk.write(f"undo {target.command}", undoes=target.id) as session:
            ops = operations.of_intention(session, target.id)
            about = operations.about(session, ops, self._desk.today)
            changes.undo(session, ops, self._desk.now)
        return Saved(
            f"{words}: {_named(target)}{', ' + about if about else ''}", tuple(dict.fromkeys(op.key for op in ops))
        )


def _looked(done: list[Intention]) -> str:
    """How far back it was looked, where all of it was taken back already."""
    if not done:
        return "you changed nothing in this store yet"
    at = done[-1].at.astimezone(london())
    return f"everything of yours since {at:%a %d %b, %H:%M} is undone already"


def _undone(intention: UUID, done: list[Intention]) -> bool:
    by = [each for each in done if each.undoes == intention]
    return any(not _undone(each.id, done) for each in by)


def _forward(each: Intention, done: list[Intention]) -> bool:
    """True for something done and for something done again; false for an undo."""
    if each.undoes is None:
        return True
    target = next((other for other in done if other.id == each.undoes), None)
    return target is not None and not _forward(target, done)


def _named(target: Intention) -> str:
    command = target.command
    while command.startswith("undo "):
        command = command[5:]
    return command
