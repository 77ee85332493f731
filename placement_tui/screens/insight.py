"""Insight: the views, each with the question that it answers. Enter opens one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from textual.message import Message
from textual.widget import Widget

from placement_tui.errors import Invalid, PlacementError
from placement_tui.paths import typed_path
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span, plain, wrap

_FOOT = 4


class _Door(NamedTuple):
    """A view, or a place that is one by itself."""

    id: str
    title: str
    about: str
    by: tuple[str, ...] = ()
    place: str = "figures"


_PLACES = (
    _Door("difference", "What would make the difference", "Refusals by what would change them; who could be asked again "
          "today because that very thing has changed.", place="difference"),
    _Door("delay", "Where the time goes", "How long each stage takes from a referral to a home, and the beds that were "
          "lost while waiting for sign-off.", ("urgency", "month"), place="delay"),
)  # fmt: skip


class Packed(Message):
    """How far the board pack is counted."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done, self.total = done, total


class InsightScreen(Place):
    """The list of views."""

    PLACE = "insight"

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._packing = False

    def body(self) -> Iterable[Widget]:
        """The views."""
        yield RecordTable(
            [Column("View", least=24), Column("Set apart by", least=20, drop=1)], self._cells,
            empty="There is no view yet", choosing=False, id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The question that the view under the cursor answers."""
        about = Block(id="about")
        about.styles.height = _FOOT
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The views."""
        return self.query_one("#list", RecordTable)

    def look(self) -> None:
        """Which there are."""
        self.read(self.services.insight.views, self._show)

    def _show(self, views: Sequence[Any]) -> None:
        doors = [_Door(view.name, view.title, view.about, view.by) for view in views]
        self.title_line.say("Insight", f"{len(doors) + len(_PLACES)} views")
        self.table.show([*doors, *_PLACES])
        self._about()
        self.renew_footer()

    def _cells(self, row: _Door) -> list[Line]:
        return [row.title, Span(", ".join(row.by), "muted")]

    def on_record_table_moved(self) -> None:
        """The view under the cursor explains itself."""
        self._about()

    def on_resize(self) -> None:
        """Its words are broken for the width."""
        self._about()

    def _about(self) -> None:
        row: _Door | None = self.table.row if self.is_mounted else None
        if row is None:
            return
        width = max(20, self.size.width - 2)
        lines: list[Line] = [Span(f" {row.title}", "strong")]
        lines += [Span(" " + line, "muted") for line in wrap(plain(row.about), width)][: _FOOT - 2]
        lines.append(Span(f" as JSON or CSV: placement insight {row.id}", "muted"))
        self.query_one("#about", Block).show(*lines, *[""] * (_FOOT - len(lines)))

    # commands

    def action_open(self) -> None:
        """The figures."""
        row: _Door | None = self.table.row
        if row is not None:
            self.post_message(Open(row.place, row.id if row.place == "figures" else None))

    def reason_not(self, command_id: str) -> str | None:
        """One pack at a time."""
        return "The board pack is being written" if command_id == "insight.pack" and self._packing else None

    def action_pack(self) -> None:
        """To a file, as its ending says; it is counted on a thread."""
        report, today = self.services.report, self.services.desk.today

        def write(target: Path) -> None:
            self._packing = True
            self.renew_footer()

            def told(done: int, total: int) -> None:
                self.post_message(Packed(done, total))

            def work() -> str:
                made = report.write(target, progress=told)
                return f"Written, {made.hidden:,} of {made.figures:,} figures hidden: {target}"

            self.read(work, self._packed, "pack", self._not_packed)

        help_ = (
            "The last year, every view. Its ending says what: .xlsx with charts, or .html for print. Counts too small to "
            "share are hidden, nobody is named; only you may read the file"
        )
        name = str(Path.home() / f"board-pack-{today:%Y-%m-%d}.xlsx")
        self.app.push_screen(Ask("Write the board pack to a file", help_, read_target, name), given(write))

    def on_packed(self, message: Packed) -> None:
        """How far it is, where the count of views stood."""
        self.title_line.say("Insight", f"board pack: {message.done} of {message.total}")

    def _packed(self, words: str) -> None:
        self._packing = False
        self.toast.saved(words, undo=False)
        self.look()

    def _not_packed(self, _error: PlacementError) -> bool:
        self._packing = False
        self.look()
        return False


def read_target(text: str) -> Path:
    """A file's name with an ending that the pack has. Raises Invalid."""
    target = typed_path(text)
    if target.suffix.casefold() not in (".xlsx", ".html", ".htm"):
        raise Invalid("file", "Its ending says what it is", mend="end it in .xlsx or .html")
    if target.exists():
        raise Invalid("file", "There is a file of that name already", mend="give it another name")
    return target
