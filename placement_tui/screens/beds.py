"""The bed board: every home in use, who has its places, what is free, and what is paid for and stands empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.beds import FILTER_WORDS, FILTERS, SORTS, BedRow, NewBlock, narrowed, totals
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.typed_numbers import money_words
from placement_tui.domain.vacancies import is_stale
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.vacancy_words import ask_vacancy
from placement_tui.widgets.words import ago_words

_EMPTY = "No home is in use yet: a placement, a hold, a free bed or a block bed puts it here. Ctrl+G logs a free bed"


class BedsScreen(Place):
    """Every home in use."""

    PLACE = "beds"
    NOUNS = frozenset({"home", "provider", "vacancy", "placement", "ending", "hold", "block_bed"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._rows: list[BedRow] = []
        self._by, self._sort, self._words = FILTERS[0], SORTS[0], ""

    def body(self) -> Iterable[Widget]:
        """The totals, then the homes."""
        yield StatusLine(id="counts")
        yield StatusLine(id="paid")
        yield RecordTable(
            [
                Column("Home", least=16), Column("Kind", 13, drop=3), Column("Plc", 3, "right"), Column("Ours", 4, "right"),
                Column("Oth", 3, "right"), Column("Held", 4, "right"), Column("Free", 4, "right"),
                Column("Said", 11), Column("Paid", 4, "right", drop=2), Column("Unused", 10, drop=1),
            ],
            self._cells,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The home under the cursor."""
        about = Block(id="about")
        about.styles.height = 2
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The homes."""
        return self.query_one("#list", RecordTable)

    @property
    def picked(self) -> BedRow:
        """The row under the cursor, in a command that `reason_not` lets run only where there is one."""
        return cast(BedRow, self.table.row)

    def look(self) -> None:
        """Read the board."""
        self.read(self.services.beds.board, self._known)

    def _known(self, rows: list[BedRow]) -> None:
        self._rows = rows
        self._show()

    def _show(self, first: bool = False) -> None:
        shown, lit = narrowed(self._rows, self._by, self._sort, self._words), self.lit("home")
        empty = _EMPTY if not self._rows else f"No home is {FILTER_WORDS[self._by]}: f shows others"
        cursor = shown[0].id if first and shown else None
        self.table.show(shown, changed=[row.id for row in shown if row.id in lit], cursor=cursor, empty=empty)
        sums = totals(shown)
        words = f" · {self._words}" if self._words else ""
        self.title_line.say("Bed board", f"{FILTER_WORDS[self._by]}, by {self._sort}{words}")
        self.query_one("#counts", StatusLine).say(sums.words)
        self.query_one("#paid", StatusLine).say(Span(sums.block_words or "no bed is paid for ahead: b logs block beds",
                                                     "warn" if sums.unused else "muted"))  # fmt: skip
        self._about()

    def _cells(self, row: BedRow) -> list[Line]:
        now, hours = self.services.desk.now, self.services.desk.policy.stale_hours
        said: Line = ""
        if row.said is not None and row.said_at is not None:
            old = is_stale(row.said_at, now, hours)
            said = Span(
                f"{row.said or 'full'} {ago_words(row.said_at, now)}{'?' if old else ''}", "warn" if old else "muted"
            )
        unused = f"{row.unused} {money_words(row.wasted_pence)}" if row.unused else ""
        return [
            Span(row.name, "struck" if row.closed else ""), Span(HOME_KINDS.spoken(row.kind), "muted"),
            "" if row.registered is None else str(row.registered), str(row.ours or ""),
            "?" if row.others is None else str(row.others or ""), Span(str(row.held or ""), "accent"),
            Span("" if row.free is None else str(row.free), "good" if row.free and not row.closed else "muted"), said,
            str(row.paid or ""), Span(unused, "warn"),
        ]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def on_record_table_chosen(self) -> None:
        """Enter opens the home's page."""
        self.action_page()

    def _about(self) -> None:
        self.renew_footer()
        row: BedRow | None = self.table.row
        block = self.query_one("#about", Block)
        if row is None:
            block.show("", "")
            return
        owner = f" · {row.provider}" if row.provider != row.name else ""
        head: list[Span] = [Span(f" {row.name}", "strong"), Span(owner, "muted"), Span(f"  {row.closed}", "bad")]
        said = "nobody said what is free"
        if row.said is not None and row.said_at is not None:
            said = f"{row.said or 'none'} free, said {ago_words(row.said_at, self.services.desk.now)} ago {row.said_by}".rstrip()
        others = "others not said" if row.others is None else f"{row.others} of others"
        paid = f"; {row.used} of {row.paid} paid beds used, {money_words(row.weekly_pence)} a week" if row.paid else ""
        block.show(head, Span(f" {said}; {others}{paid}", "muted"))

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """A home has to be under the cursor."""
        row: BedRow | None = self.table.row if self.is_mounted else None
        if row is None and command_id in ("beds.page", "beds.vacancy", "beds.block"):
            return "No home is under the cursor"
        return None

    def action_page(self) -> None:
        """The home's page."""
        row: BedRow | None = self.table.row
        if row is not None:
            self.post_message(Open("home", row.id))

    def action_vacancy(self) -> None:
        """What they say now."""
        ask_vacancy(self, self.picked.id, self.picked.name)

    def action_block(self) -> None:
        """Beds that are paid for."""
        row, beds, today = self.picked, self.services.beds, self.services.desk.today

        def log(new: NewBlock) -> None:
            self.write(lambda: beds.log_block(row.id, new), self._saved)

        help_ = "How many beds at how much a week for one: 2 at 4200 from mon until 31 mar"
        box = Ask(f"{row.name}: block beds", help_, beds.read, heard=lambda new: new.words(today))
        self.app.push_screen(box, given(log))

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)

    def action_filter(self) -> None:
        """The next kind of homes."""
        self._by = FILTERS[(FILTERS.index(self._by) + 1) % len(FILTERS)]
        self._show(first=True)

    def action_sort(self) -> None:
        """The next order."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self._show(first=True)

    def action_narrow(self) -> None:
        """Only homes with some words."""

        def narrow(words: str) -> None:
            self._words = words
            self._show()

        check = lambda text: " ".join(text.split())[:80]  # noqa: E731 - two lines say less
        self.app.push_screen(
            Ask("Narrow the board", "Words of a home, its owner, a kind. Empty shows all", check, self._words),
            given(narrow),
        )
