"""What would make the difference: refusals by what would change them, and the list behind each, to ask again by one key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.difference import DAYS, Again, Difference
from placement_tui.widgets.asking_again import ask_again
from placement_tui.widgets.columns import Column
from placement_tui.widgets.difference_words import again_cells, again_lines, row_cells
from placement_tui.widgets.lines import Block, Rule, StatusLine
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Span

_SPANS = (DAYS, 365, 30)


class DifferenceScreen(Place):
    """The table above, the refusals of the row under the cursor below. `about` is a provider; None is the market."""

    PLACE = "difference"
    NOUNS = frozenset({
        "approach", "offer", "sign_off", "vacancy", "referral", "need", "profile", "risk", "home", "setting", "provider",
    })  # fmt: skip

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._seen: Difference | None = None
        self._span = 0

    def body(self) -> Iterable[Widget]:
        """What would change them, then the refusals."""
        yield StatusLine(id="counts")
        rows = RecordTable(
            [Column("What would change it", least=24), Column("No", 5, "right"), Column("Said so", 7, "right", drop=2),
             Column("Providers", 9, "right", drop=1), Column("Open", 5, "right"), Column("Again now", 9, "right")],
            row_cells, key=lambda row: row.code, empty="Nobody said no in that time", choosing=False, id="rows",
        )  # fmt: skip
        rows.styles.height = "1fr"
        yield rows
        yield Rule()
        yield RecordTable(
            [Column("May", 3), Column("Ref", 8), Column("Child", 10), Column("Home", least=14), Column("Ago", 4, "right"),
             Column("Why", 12, drop=1), Column("Since then", least=16)],
            lambda each: again_cells(each, self.services.desk.now), key=lambda each: each.refused.id, empty="",
            choosing=False, id="behind",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The refusal under the cursor."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The rows take the keys."""
        self.rows.focus()
        super().on_mount()

    @property
    def rows(self) -> RecordTable:
        """What would change them."""
        return self.query_one("#rows", RecordTable)

    @property
    def behind(self) -> RecordTable:
        """The refusals of the row."""
        return self.query_one("#behind", RecordTable)

    @property
    def provider(self) -> UUID | None:
        """Who said the no under the cursor."""
        each: Again | None = self.behind.row
        return each.refused.provider_id if each else None

    def look(self) -> None:
        """Read and count."""
        services, about, days = self.services, self.about, _SPANS[self._span]

        def read() -> tuple[Difference, str]:
            name = services.providers.page(about).name if about is not None else ""
            return services.differences.look(about, days), name

        self.read(read, lambda found: self._show(*found))

    def _show(self, seen: Difference, name: str) -> None:
        self._seen = seen
        self.title_line.say(
            f"What would make the difference{f': {name}' if name else ''}",
            f"{seen.ready} could be asked again" if seen.ready else "",
        )
        self.query_one("#counts", StatusLine).say(
            Span(f"{seen.refusals:,} refusals: {seen.days} days, and open referrals"),
            Span("one may stand under several", "muted"),
        )
        self.rows.show(seen.rows)
        self._list()

    def on_record_table_moved(self, message: RecordTable.Moved) -> None:
        """The list follows the row above; the foot follows the list."""
        if message.table is self.rows:
            self._list()
        else:
            self._about()

    def on_record_table_chosen(self, message: RecordTable.Chosen) -> None:
        """Enter goes down into the list, and there to the call list."""
        if message.table is self.rows:
            self.behind.focus()
        else:
            self.action_calls()

    def _list(self) -> None:
        row = self.rows.row
        found = self._seen.of(row.code) if self._seen is not None and row is not None else ()
        self.behind.show(found)
        self._about()

    def _about(self) -> None:
        self.query_one("#about", Block).show(*again_lines(self.behind.row, self.services.desk.now))
        self.renew_footer()

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Most need a refusal in the list."""
        if not self.is_mounted or command_id in ("difference.span", "difference.tab"):
            return None
        each: Again | None = self.behind.row
        if each is None:
            return "Nobody said no for that"
        if command_id == "difference.again" and not each.refused.open:
            return f"{each.refused.reference} is not open: nobody is asked for it any more"
        if command_id == "difference.again" and each.why_not:
            return f"{each.refused.name} may not be asked: {each.why_not}"
        if command_id == "difference.home" and each.refused.home_id is None:
            return f"{each.refused.name} is a provider without a home in the register"
        if command_id == "difference.copy" and not each.refused.phone:
            return f"There is no number for {each.refused.name}"
        return None

    @property
    def _picked(self) -> Again:
        return self.behind.row  # type: ignore[return-value]  # reason_not saw to it

    def action_tab(self) -> None:
        """The other of the two lists."""
        (self.behind if self.rows.has_focus else self.rows).focus()

    def action_again(self) -> None:
        """Ask again; the cursor goes on."""
        row = self._picked.refused
        ask_again(self, row.id, row.name)

    def action_calls(self) -> None:
        """Their row on the call list."""
        if self.behind.row is not None:
            row = self._picked.refused
            self.post_message(Open("calls", row.referral_id, approach=row.id))

    def action_home(self) -> None:
        """The home's page."""
        self.post_message(Open("home", self._picked.refused.home_id))

    def action_copy(self) -> None:
        """The number to the terminal's clipboard."""
        row = self._picked.refused
        self.app.copy_to_clipboard(row.phone)
        self.toast.saved(f"Copied {row.phone} ({row.name})", undo=False)

    def action_span(self) -> None:
        """How far back."""
        self._span = (self._span + 1) % len(_SPANS)
        self.look()
