"""Lessons of earlier endings: found by their words, with the child, the home, and whom each bears on now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.widget import Widget

from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
from placement_tui.domain.endings import LessonRow
from placement_tui.domain.typed import day_words
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block
from placement_tui.widgets.pages import said
from placement_tui.widgets.picker import Picker
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.readdialog import ReadDialog
from placement_tui.widgets.text import Line, Span

SHOWN = 500


class LessonsScreen(Place):
    """The lessons under a query line, the newest first."""

    PLACE = "lessons"
    NOUNS = frozenset({"lesson", "ending", "home", "child", "referral", "need"})

    def body(self) -> Iterable[Widget]:
        """Query line, what was found, the lessons."""
        yield Picker(
            [Column("Learned", 11), Column("Child", 5), Column("Home", 22, drop=1), Column("Lesson", least=24)],
            self._cells,
            prompt="Search ",
            empty="No lesson says that: other words, or fewer",
            choosing=False,
            typing=False,
            id="list",
        )

    def foot(self) -> Iterable[Widget]:
        """The lesson under the cursor, and whom it bears on."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> Picker:
        """The query line and the lessons."""
        return self.query_one("#list", Picker)

    def look(self) -> None:
        """Read them."""
        self.title_line.say("Lessons")
        self._search(self.table.query_text, None)

    def on_picker_typed(self, message: Picker.Typed) -> None:
        """Each key searches."""
        self._search(message.text, message.serial)

    def _search(self, text: str, serial: int | None) -> None:
        endings = self.services.endings
        self.read(lambda: endings.find_lessons(text, SHOWN), lambda rows: self._show(rows, serial))

    def _show(self, rows: list[LessonRow], serial: int | None) -> None:
        bearing = sum(bool(row.bears_on) for row in rows)
        count = (
            f"{len(rows)}{' or more' if len(rows) == SHOWN else ''} lessons, {bearing} bear on a child looked for now"
        )
        self.table.show(rows, Span("the newest first", "muted"), Span(count, "muted"), serial=serial)
        self._about()

    def _cells(self, row: LessonRow) -> list[Line]:
        today = self.services.desk.today
        return [
            day_words(row.learned_on, today),
            row.child,
            row.name,
            Span(row.lesson, "accent" if row.bears_on else ""),
        ]

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        row: LessonRow | None = self.table.row
        if row is None:
            self.query_one("#about", Block).show("", "", "")
            return
        needs = ", ".join(NEEDS.spoken(need) for need in row.needs)
        who = [
            Span(f" {row.child}", "strong"),
            Span(f" \u00b7 {row.name} \u00b7 {row.reason or ''} \u00b7 {needs}", "muted"),
        ]
        bears = f" bears on now: {', '.join(row.bears_on)}" if row.bears_on else " bears on nobody looked for now"
        self.query_one("#about", Block).show(
            who, Span(f" {row.lesson}"), Span(bears, "accent" if row.bears_on else "muted")
        )

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """A lesson has to be under the cursor."""
        if not self.is_mounted or command_id == "lessons.search":
            return None
        row: LessonRow | None = self.table.row
        if row is None:
            return "No lesson is under the cursor"
        if command_id == "lessons.placement" and row.placement_id is None:
            return "This lesson was written without an ending"
        return None

    def action_search(self) -> None:
        """Letters go to the query line."""
        self.table.turn(True)

    def action_open(self) -> None:
        """The lesson whole."""
        row: LessonRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        today = self.services.desk.today
        self.app.push_screen(ReadDialog(f"Lesson of {row.child}", lambda width: lesson_page(row, today, width)))

    def action_placement(self) -> None:
        """The placement that taught it, in its list."""
        row: LessonRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        self.post_message(Open("placements", None, at=row.placement_id, ended=True))

    def action_home(self) -> None:
        """The home's page."""
        row: LessonRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        self.post_message(Open("home", row.home_id))


def lesson_page(row: LessonRow, today: Any, width: int) -> list[Line]:
    """A lesson whole."""
    reason = f"{row.reason} {REASON_PLACE_CHANGE.label(row.reason)}" if row.reason else ""
    return [
        *said("LESSON", Span(row.lesson, "accent"), width),
        *said("learned", day_words(row.learned_on, today), width),
        *said("child", row.child, width),
        *said("home", row.name, width),
        *said("ended by", reason, width),
        *said("bears on", ", ".join(NEEDS.label(need) for need in row.needs), width),
        *said("now", ", ".join(row.bears_on) or "nobody looked for now", width),
    ]
