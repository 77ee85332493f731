"""A child's time in care: periods, legal statuses, placements, times missing and reviews, the latest first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.care import CareHistory, open_period
from placement_tui.domain.care_lines import CareLine
from placement_tui.domain.typed import day
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.care_words import HOW_TO_BEGIN, cells, header_words, misses_line, rows_of
from placement_tui.widgets.columns import Column
from placement_tui.widgets.dialog import Confirm
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span

_CHANGES = ("change", "begin", "status", "missing", "review", "cease", "particulars", "strike")
_ROW, _IN_CARE = ("care.change", "care.strike"), ("care.status", "care.missing", "care.review", "care.cease")


class CareScreen(Place):
    """One child. `about` is the child; `at` in `more` is the row that the cursor goes to."""

    PLACE = "care"
    NOUNS = frozenset({"care", "legal_status", "missing", "review", "placement", "ending", "child", "deprivation"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._seen: CareHistory | None = None

    def body(self) -> Iterable[Widget]:
        """What the return would miss, then the rows."""
        yield StatusLine(id="misses")
        yield RecordTable(
            [Column("What", 12), Column("From", 11), Column("Until", 11), Column("Lasted", 17, drop=1),
             Column("Code", 6), Column("In words", least=24)],
            self._cells, choosing=False, id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The row under the cursor, and what the return's first table says."""
        about = Block(id="about")
        about.styles.height = 2
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The rows."""
        return self.query_one("#list", RecordTable)

    def audited(self) -> tuple[UUID | None, str]:
        """The child."""
        return self.about, self._seen.initials if self._seen else ""

    def called_again(self) -> None:
        """Opened for another row of the same child: the cursor goes there."""
        self.table.move_to(self.more.pop("at", None))

    def look(self) -> None:
        """Read the child's time in care."""
        care, child = self.services.care, self.about
        self.read(lambda: care.of_child(child), self._show)

    def _show(self, seen: CareHistory) -> None:
        self._seen = seen
        today = self.services.desk.today
        self.title_line.say(f"{seen.initials} {seen.identifier}".strip(), "time in care")
        self.table.show(rows_of(seen, today), empty=HOW_TO_BEGIN, cursor=self.more.pop("at", None))
        self.query_one("#misses", StatusLine).say(misses_line(seen, today))
        self._about()

    def _cells(self, row: CareLine) -> list[Line]:
        return cells(row)

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        seen, row = self._seen, self.table.row
        if seen is None:
            return
        said: Line = Span(f" {row.code} {row.words}".rstrip(), "strong") if row is not None else ""
        self.query_one("#about", Block).show(said, Span(f" {header_words(seen)}", "muted"))

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """It has to be read; a row has to be under the cursor; most of it happens in care; a viewer changes nothing."""
        if self._seen is None:
            return "It is still being read"
        changes = command_id.removeprefix("care.") in _CHANGES and command_id.startswith("care.")
        if changes and self.services.desk.officer.role == "viewer":
            return "A viewer reads it, and changes nothing"
        row: CareLine | None = self.table.row
        if command_id in _ROW and row is None:
            return "Nothing is logged yet: b begins"
        if command_id == "care.strike" and row is not None and row.kind == "placement":
            return "A placement is not struck out here"
        if command_id in _IN_CARE and not self._seen.periods:
            return "No period of care is logged: b begins one"
        period = open_period(self._seen)
        if command_id == "care.cease" and period is None:
            return "Care has ceased already"
        if command_id == "care.begin" and period is not None:
            return f"In care since {period.began_on:%d/%m/%Y}: x says when it ceased"
        return None

    def action_change(self) -> None:
        """The row's form; a placement's own place."""
        row: CareLine = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        if row.kind == "placement":
            self.post_message(Open("placements", at=row.id, ended=not row.open))
        else:
            self._form(f"{row.kind} {row.id}")

    def action_begin(self) -> None:
        """A new period."""
        self._form("care new")

    def action_status(self) -> None:
        """Another legal status."""
        self._form("status new")

    def action_missing(self) -> None:
        """A time missing; or back, where one is missing."""
        seen = self._seen
        assert seen is not None, "reason_not saw to it"
        if all(each.until_on is not None for each in seen.missing):
            self._form("missing new")
            return
        care, child, desk = self.services.care, self.about, self.services.desk

        def back(on: Any) -> None:
            self.write(lambda: care.back(child, on), lambda saved: self.toast.saved(saved.words))

        help_ = "The day on which they were back: today, yesterday, 12 oct"
        self.app.push_screen(
            Ask(f"{seen.initials} is back since?", help_, lambda text: day(text, desk.today, past=True), "today"),
            given(back),
        )

    def action_review(self) -> None:
        """A review."""
        self._form("review new")

    def action_cease(self) -> None:
        """Care ceases."""
        self._form("cease new")

    def action_particulars(self) -> None:
        """What the return's first table says."""
        self._form("particulars new")

    def action_strike(self) -> None:
        """Strike the row out, after another key."""
        row: CareLine = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        care, child = self.services.care, self.about

        def sure(yes: bool) -> None:
            if yes:
                self.write(lambda: care.strike(child, row.id), lambda saved: self.toast.saved(saved.words))

        words = f"{row.title} from {row.on:%d/%m/%Y}: {row.words}. It was never so; the journal keeps it, and u puts it back."
        self.app.push_screen(Confirm("Strike this row out?", words, "strike out", "d"), given(sure))

    def action_story(self) -> None:
        """The child's story."""
        self.post_message(Open("story", self.about))

    def _form(self, what: str) -> None:
        self.post_message(Open("care_form", f"{what} {self.about}"))
