"""The registers: orders that deprive of liberty, unregistered homes, 16 and 17, kinship; what each entry lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.registers import REGISTERS, TITLES, DeprivationRow, Row
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.register_words import entry_lines, missing_words, stands_words, tabs_line
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span


class _Seen(NamedTuple):
    """What the place shows."""

    rows: Sequence[Row]
    counts: dict[str, tuple[int, int]]


def _key(row: Row) -> Any:
    return row.id or row.about.placement_id


class RegistersScreen(Place):
    """One register at a time, the others counted beside it."""

    PLACE = "registers"
    NOUNS = frozenset({"deprivation", "unregistered", "kinship", "placement", "home", "child"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._register = REGISTERS[0]
        self._over = False

    def body(self) -> Iterable[Widget]:
        """The four, then the entries of one."""
        yield StatusLine(id="tabs")
        yield RecordTable(
            [Column("Child", 11), Column("Home", least=16), Column("How it stands", 19), Column("Missing", least=22)],
            self._cells,
            _key,
            choosing=False,
            id="list",
        )

    def foot(self) -> Iterable[Widget]:
        """The entry under the cursor."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The entries."""
        return self.query_one("#list", RecordTable)

    def look(self) -> None:
        """Read the register that shows, and count them all."""
        registers, register, over = self.services.registers, self._register, self._over
        self.read(lambda: _Seen(registers.rows(register, over), registers.counts()), self._show)

    def _show(self, seen: _Seen) -> None:
        words = "Nobody is on this register. In the list of placements, r logs an entry"
        self.table.show(seen.rows, empty=words)
        some, lacking = seen.counts[self._register]
        self.title_line.say(TITLES[self._register], f"{some} open, {lacking} lack something")
        self.query_one("#tabs", StatusLine).say(
            tabs_line(self._register, seen.counts), Span("with those over" if self._over else "", "muted")
        )
        self._about()

    def _cells(self, row: Row) -> list[Line]:
        ink = "muted" if _over(row) else ""
        return [
            Span(row.about.child, ink), Span(row.about.name or "no home yet", ink),
            stands_words(row, self.services.desk.today), missing_words(row) if not _over(row) else "",
        ]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        row: Row | None = self.table.row
        lines = entry_lines(row, self.services.desk.today) if row is not None else ["", "", ""]
        self.query_one("#about", Block).show(*lines)

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Somebody has to be under the cursor; what is over stays as it was."""
        if not self.is_mounted or command_id in ("registers.tab", "registers.over"):
            return None
        row: Row | None = self.table.row
        if row is None:
            return "Nobody is on this register"
        if command_id in ("registers.change", "registers.close") and _over(row):
            return "This entry is over"
        if command_id == "registers.close" and self._register == "16-17":
            return "It ends with the placement: end that, in the placements"
        if command_id == "registers.close" and row.id is None:
            return "Nobody has logged why yet: Enter does"
        if command_id == "registers.home" and row.about.home_id is None:
            return "This child has no home yet"
        return None

    def action_tab(self, key: str) -> None:
        """Another register."""
        self._register = REGISTERS[int(key) - 1]
        self.look()

    def action_over(self) -> None:
        """With those that are over, or without."""
        self._over = not self._over
        self.look()

    def action_change(self) -> None:
        """The entry's form."""
        row: Row = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        about = f"entry {row.id}" if row.id is not None else f"placement {row.about.placement_id}"
        self.post_message(Open("entry", f"{self._register} {about}"))

    def action_close(self) -> None:
        """It is over."""
        row: Row = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        registers, register, key = self.services.registers, self._register, row.id

        def close() -> Saved:
            return registers.close(register, key)  # type: ignore[arg-type]  # reason_not saw to it

        self.write(close, lambda saved: self.toast.saved(saved.words))

    def action_home(self) -> None:
        """The home's page."""
        self.post_message(Open("home", self.table.row.about.home_id))  # type: ignore[union-attr]  # reason_not saw to it


def _over(row: Row) -> bool:
    if isinstance(row, DeprivationRow):
        return row.ended_at is not None
    return getattr(row, "closed_at", None) is not None
