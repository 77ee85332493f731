"""The records behind a figure, the latest first. Enter opens one; Escape goes back to the figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.widget import Widget

from placement_tui.domain.insight import Asked, Behind
from placement_tui.domain.insight_words import period_words
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span, plain, wrap

MOST = 500
_FOOT = 2
# What a record is -> the place that opens it, and how it is told which: as its `about`, or as the row to go to.
_OPENS = {
    "referral": ("calls", ""), "home": ("home", ""), "provider": ("provider", ""), "placement": ("placements", "at"),
    "child": ("story", ""),
}  # fmt: skip


class BehindScreen(Place):
    """A list of records. `about` says which."""

    PLACE = "behind"

    def body(self) -> Iterable[Widget]:
        """Which figure, then its records."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [Column("When", 9), Column("Ref", 8, drop=1), Column("Child", 10), Column("What", least=20)], _cells,
            key=lambda row: (row.noun, row.key, row.when, row.what), choosing=False, id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The record under the cursor, whole."""
        about = Block(id="about")
        about.styles.height = _FOOT
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The records."""
        return self.query_one("#list", RecordTable)

    def look(self) -> None:
        """Read them."""
        insight, asked = self.services.insight, self._asked_for
        self.title_line.say("Behind a figure", period_words(asked.period))
        self.query_one("#counts", StatusLine).say(asked.words, Span("reading", "accent"))
        self.read(
            lambda: insight.behind(asked.view, asked.cuts, asked.period.first, asked.period.last, MOST), self._show
        )

    @property
    def _asked_for(self) -> Asked:
        found: Asked = self.about
        return found

    def _show(self, rows: Sequence[Behind]) -> None:
        said = f"the latest {MOST}" if len(rows) == MOST else f"{len(rows):,}"
        self.query_one("#counts", StatusLine).say(self._asked_for.words, Span(said, "muted"))
        self.table.show(rows, empty="Nothing stands behind that figure")
        self._about()
        self.renew_footer()

    def on_record_table_moved(self) -> None:
        """The record under the cursor explains itself."""
        self._about()
        self.renew_footer()

    def on_resize(self) -> None:
        """Its words are broken for the width."""
        self._about()

    def _about(self) -> None:
        row: Behind | None = self.table.row if self.is_mounted else None
        width = max(20, self.size.width - 2)
        lines: list[Line] = [] if row is None else [Span(" " + line) for line in wrap(plain(_words(row)), width)]
        self.query_one("#about", Block).show(*lines[:_FOOT], *[""] * (_FOOT - len(lines)))

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Some records have no place of their own."""
        row: Behind | None = self.table.row if self.is_mounted else None
        if command_id != "behind.open":
            return None
        if row is None:
            return "Nothing stands behind that figure"
        return None if row.noun in ("approach", *_OPENS) else f"A {row.noun.replace('_', ' ')} has no page of its own"

    def action_open(self) -> None:
        """The record itself; of an approach the call list, on its row."""
        row: Behind | None = self.table.row
        if row is None:
            return
        if row.noun == "approach":  # its key names the referral and the approach
            referral, _, approach = row.key.partition(" ")
            self.post_message(Open("calls", _id(referral), approach=_id(approach)))
            return
        place, as_ = _OPENS[row.noun]
        self.post_message(Open(place, **{as_: _id(row.key)}) if as_ else Open(place, _id(row.key)))


def _id(text: str) -> Any:
    from placement_tui.domain.identifiers import as_id

    return as_id(text) or text


def _cells(row: Behind) -> list[Line]:
    when = f"{row.when:%d %b %y}" if row.when else ""
    return [Span(when, "muted"), row.reference, row.child, row.what]


def _words(row: Behind) -> str:
    return " · ".join(part for part in (f"{row.reference} {row.child}".strip(), row.what) if part)
