"""Whom to tell after a placement was started: everyone who waits, with their number and what to say.

Providers and social workers are rung; whom the law names is told in writing by a day, and those notices are tasks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.placements import ToTell
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.tasks import TaskRow, due_words, is_notice
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import StatusLine
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import clock_words


class _Seen(NamedTuple):
    """What the place shows."""

    referral: ReferralRow
    people: list[ToTell]
    notices: frozenset[UUID]


class TellScreen(Place):
    """Those to be told about a referral's placement. `about` is the referral."""

    PLACE = "tell"
    NOUNS = frozenset({"told", "task", "referral", "placement"})
    _notices: frozenset[UUID] = frozenset()

    def body(self) -> Iterable[Widget]:
        """How many wait, then who."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [Column("Who", least=18), Column("Say", least=25), Column("Phone", 13), Column("Told", 12)],
            self._cells,
            empty="Nobody is to be told: the list is made when a placement is started",
            choosing=False,
            id="list",
        )

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    def called_again(self) -> None:
        """Opened for another of them: the cursor goes there."""
        self.table.move_to(self.more.pop("at", None))

    @property
    def table(self) -> RecordTable:
        """Those to tell."""
        return self.query_one("#list", RecordTable)

    def look(self) -> None:
        """Read who is to be told."""
        services, about = self.services, self.about

        def seen() -> _Seen:
            now = services.desk.now
            notices = [row for row in services.tasks.of_referral(about) if is_notice(row) and row.state != "dropped"]
            people = services.placements.to_tell(about) + [_notice(row, now) for row in notices]
            return _Seen(services.referrals.get(about), people, frozenset(row.id for row in notices))

        self.read(seen, self._show)

    def _show(self, seen: _Seen) -> None:
        lit, self._notices = self.lit("told"), seen.notices
        at = self.more.pop("at", None)
        self.table.show(seen.people, changed=[row.id for row in seen.people if row.id in lit], cursor=at)
        waiting = sum(row.told_at is None for row in seen.people)
        self.title_line.say(
            f"Tell: {seen.referral.reference} {seen.referral.child}", f"{waiting} of {len(seen.people)} to tell"
        )
        words = (
            Span(f"{waiting} still to tell", "warn")
            if waiting
            else Span("Everyone was told" if seen.people else "", "good")
        )
        self.query_one("#counts", StatusLine).say(words)
        self.renew_footer()

    def _cells(self, row: ToTell) -> list[Line]:
        told: Line = Span("to tell", "warn")
        if row.told_at is not None:
            told = Span(clock_words(row.told_at, self.services.desk.now), "good")
        return [row.who, row.what, row.phone, told]

    def on_record_table_moved(self) -> None:
        """Who is under the cursor decides which keys work."""
        self.renew_footer()

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Somebody has to be under the cursor."""
        row: ToTell | None = self.table.row if self.is_mounted else None
        if command_id in ("tell.told", "tell.copy") and row is None:
            return "Nobody is to be told"
        if command_id == "tell.copy" and row is not None and not row.phone:
            return f"There is no number for {row.who}"
        return None

    def action_told(self) -> None:
        """They know now; the cursor goes to the next who does not."""
        row: ToTell = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        if row.told_at is not None:
            self.toast.refused(f"{row.who} was told already, {clock_words(row.told_at, self.services.desk.now)}")
            return
        rows: list[ToTell] = list(self.table.rows)
        following = rows[self.table.cursor + 1 :] + rows[: self.table.cursor]
        after = next((each for each in following if each.told_at is None), None)
        if after is not None:
            self.table.move_to(after.id)
        if row.id in self._notices:
            self.write(lambda: self.services.tasks.done(row.id), self._saved)
        else:
            self.write(lambda: self.services.placements.told(row.id), self._saved)

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)

    def action_copy(self) -> None:
        """The number to the terminal's clipboard."""
        row: ToTell = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        self.app.copy_to_clipboard(row.phone)
        self.toast.saved(f"Copied {row.phone} ({row.who})", undo=False)

    def action_placements(self) -> None:
        """Where the children live now."""
        self.post_message(Open("placements"))


def _notice(row: TaskRow, now: datetime) -> ToTell:
    """A notice of the law as somebody to tell: in writing, by its day."""
    by = due_words(row.counts_from if row.late(now) else row.due_at, now)
    what = f"{row.child} {'late ' + by.removeprefix('by ') if row.late(now) else by} ({row.short_law})"
    return ToTell(row.id, row.title.removeprefix("tell ").split(",")[0], what, "", row.done_at)
