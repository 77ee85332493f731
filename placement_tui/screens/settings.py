"""What the council chooses for itself: each setting, what it is now, what it means; Enter changes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from textual.widget import Widget

from placement_tui.domain.officers import RIGHT_WORDS, may, who_may
from placement_tui.domain.policy import SettingRow
from placement_tui.domain.typed_numbers import money_words
from placement_tui.errors import Invalid, PlacementError
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span, plain, wrap

_RIGHT = "settings"


class SettingsScreen(Place):
    """The list of what a council chooses. Law is none of it."""

    PLACE = "settings"
    NOUNS = frozenset({"setting"})

    def body(self) -> Iterable[Widget]:
        """Who may change them, then each."""
        yield StatusLine(id="who")
        yield RecordTable(
            [Column("What", least=30), Column("Now", least=24)],
            self._cells,
            key=lambda row: row.name,
            choosing=False,
            id="list",
        )

    def foot(self) -> Iterable[Widget]:
        """The one under the cursor."""
        about = Block(id="about")
        about.styles.height = 4
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The settings."""
        return self.query_one("#list", RecordTable)

    @property
    def picked(self) -> SettingRow:
        """The one under the cursor, in a command that `reason_not` lets run only where there is one."""
        return cast(SettingRow, self.table.row)

    def look(self) -> None:
        """Read them."""
        self.read(self.services.settings.every, self._show)

    def _show(self, rows: list[SettingRow]) -> None:
        self.table.show(rows)
        chosen = sum(row.chosen for row in rows)
        self.title_line.say("Settings", f"{chosen} of {len(rows)} chosen")
        said = "Law is no setting. What stands muted is as the program comes"
        self.query_one("#who", StatusLine).say(Span(said, "muted"))
        self._about()

    def _cells(self, row: SettingRow) -> list[Line]:
        return [Span(row.title), Span(row.shown, "" if row.chosen else "muted")]

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        row: SettingRow | None = self.table.row
        if row is None:
            return
        now = wrap(plain(row.shown), self.size.width - 8)
        more = f" · {row.help}" if row.help else ""
        self.query_one("#about", Block).show(
            [Span(f" {row.title}", "strong"), Span(more, "muted")],
            [Span(" now   ", "muted"), Span(now[0] if now else "")],
            Span("       " + (" ".join(now[1:]) if len(now) > 1 else "")),
            [Span(" like  ", "muted"), Span(row.example), Span(f" · {row.name}", "muted")],
        )

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Changed by who may."""
        if not self.is_mounted or not command_id.startswith("settings."):
            return None
        if self.table.row is None:
            return "They are still being read"
        officer = self.services.desk.officer
        if command_id != "settings.copy" and not may(officer.role, _RIGHT):
            return f"{officer.name} may not {RIGHT_WORDS[_RIGHT]}: ask {who_may(_RIGHT)}"
        if command_id == "settings.forget" and not self.picked.chosen:
            return "It is as the program comes"
        return None

    def action_change(self) -> None:
        """Ask for the new value."""
        self._ask(self.picked, _typed(self.picked), "")

    def _ask(self, row: SettingRow, text: str, wrong: str) -> None:
        def check(said: str) -> str:
            if not said.strip():
                raise Invalid(row.name, "Nothing was typed", mend=f"type it like: {row.example}")
            return said

        help_ = f"Like: {row.example}" + (f". {row.help[:1].upper()}{row.help[1:]}" if row.help else "")
        self.app.push_screen(Ask(row.title, help_, check, text, wrong=wrong), given(lambda said: self._save(row, said)))

    def _save(self, row: SettingRow, said: str) -> None:
        def again(error: PlacementError) -> bool:
            if isinstance(error, Invalid):
                self._ask(row, said, str(error))
            return isinstance(error, Invalid)

        service = self.services.settings
        self.write(lambda: service.change(row.name, said), lambda saved: self.toast.saved(saved.words), again)

    def action_forget(self) -> None:
        """Back to the program's own."""
        service, name = self.services.settings, self.picked.name
        self.write(lambda: service.forget(name), lambda saved: self.toast.saved(saved.words))

    def action_copy(self) -> None:
        """The name, for the command line."""
        self.app.copy_to_clipboard(self.picked.name)
        self.toast.saved(f"Copied {self.picked.name}", undo=False)


def _typed(row: SettingRow) -> str:
    """The present value as it would be typed; nothing where that is a list, which + and - change."""
    value: Any = row.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if row.name.endswith("_pence") and value is not None:
        return money_words(value).lstrip("£").replace(",", "")
    return str(value) if isinstance(value, str | int | float) else ""
