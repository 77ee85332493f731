"""The statutory return of a year: what must be mended before it is sent, one key to the record of each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.widget import Widget

from placement_tui.domain.returns import MEND, Fault, YearReturn
from placement_tui.domain.returns.saying import said_day
from placement_tui.domain.returns.typed import HELP, Returned, checked_returned, returned_text
from placement_tui.paths import typed_path
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.return_words import fault_cells, fault_lines, return_title
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span

_BACK = 3  # years before this one that the key goes through
_IN_CARE = frozenset({"child", "care", "status", "missing", "review", "held"})


class ReturnsScreen(Place):
    """The faults, those of one rule together."""

    PLACE = "returns"
    NOUNS = frozenset(
        {
            "child",
            "care",
            "legal_status",
            "placement",
            "ending",
            "home",
            "provider",
            "missing",
            "review",
            "deprivation",
            "held",
        }
    )

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._year: int | None = self.more.pop("year", None)
        self._look_too = True
        self._seen: YearReturn | None = None

    def body(self) -> Iterable[Widget]:
        """Which year, then the faults."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [Column("Rule", 5), Column("Child", 11), Column("What is wrong", least=30)],
            self._cells,
            lambda fault: (fault.rule, fault.child_id, fault.noun, fault.key, fault.day, fault.text),
            choosing=False,
            id="list",
        )

    def foot(self) -> Iterable[Widget]:
        """The fault under the cursor."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The faults."""
        return self.query_one("#list", RecordTable)

    def look(self) -> None:
        """Check the return of the year."""
        returns = self.services.returns
        year = self._year = self._year or returns.last_whole_year
        self.title_line.say(f"Statutory return {year - 1}-{year % 100:02}", "being checked...")
        self.read(lambda: returns.of_year(year), self._show)

    def _show(self, found: YearReturn) -> None:
        self._seen = found
        year = found.year
        faults = found.faults if self._look_too else found.to_mend
        rows = sorted(faults, key=lambda fault: (fault.level != MEND, _number(fault.rule), fault.child, str(fault.day)))
        empty = (
            f"Nothing to mend in the return of {year - 1}-{year % 100:02}: e writes its files"
            if found.children
            else "No child was in care in this year, as far as this store knows"
        )
        self.table.show(rows, empty=empty)
        self.title_line.say(f"Statutory return {year - 1}-{year % 100:02}", return_title(found))
        self.query_one("#counts", StatusLine).say(
            Span(f"1 April {year - 1} to 31 March {year}", "muted"),
            Span(
                "by rule; with what is to be explained" if self._look_too else "by rule; only what is to be mended",
                "muted",
            ),
        )
        self._about()

    def _cells(self, fault: Fault) -> list[Line]:
        return fault_cells(fault)

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        fault: Fault | None = self.table.row
        self.query_one("#about", Block).show(*(fault_lines(fault) if fault is not None else ["", "", ""]))

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """A fault has to be under the cursor; a return has to be read before it is written."""
        if not self.is_mounted:
            return None
        if command_id == "returns.mend" and self.table.row is None:
            return "Nothing is to be mended here"
        if command_id == "returns.export" and self._seen is None:
            return "The return is still being checked"
        return None

    def action_mend(self) -> None:
        """The record of the fault."""
        fault: Fault = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        if fault.noun in _IN_CARE:
            self.post_message(Open("care", fault.child_id, at=fault.key))
        elif fault.noun == "ending":
            self.post_message(Open("ending", fault.key))
        elif fault.noun == "placement":
            self._say(fault)
        else:
            self.post_message(Open("entry", f"deprivation entry {fault.key}"))

    def _say(self, fault: Fault) -> None:
        """What the return says of a placement, in one line."""
        returns, desk, key = self.services.returns, self.services.desk, fault.key
        children = self._seen.children if self._seen is not None else ()
        stays = [stay for child in children for stay in child.history.stays]
        now = next((stay for stay in stays if stay.id == key), None)
        if now is None or key is None:
            self.post_message(Open("care", fault.child_id, at=key))
            return

        def save(said: Returned) -> None:
            self.write(lambda: returns.say(key, said), lambda saved: self.toast.saved(saved.words))

        title = f"{fault.child} at {now.home} from {said_day(now.from_on)}: what the return says"
        self.app.push_screen(Ask(title, HELP, checked_returned(desk.place_of), returned_text(now)), given(save))

    def action_year(self) -> None:
        """Another year: the running one, then those before the one that is due."""
        due = self.services.returns.last_whole_year
        years = [due, due + 1, *(due - back for back in range(1, _BACK))]
        at = years.index(self._year) if self._year in years else -1
        self._year = years[(at + 1) % len(years)]
        self._seen = None
        self.look()

    def action_look_too(self) -> None:
        """With what is to be explained, or without."""
        self._look_too = not self._look_too
        if self._seen is not None:
            self._show(self._seen)

    def action_export(self) -> None:
        """Into a folder."""
        seen = self._seen
        assert seen is not None, "reason_not saw to it"
        year, returns = seen.year, self.services.returns
        faults = f"{len(seen.to_mend):,} faults are in it still. " if seen.to_mend else ""
        help_ = f"{faults}CSV files with addresses, not encrypted: only you may read them. Not sent anywhere"

        def write(folder: Path) -> None:
            self.toast.say("Being written...")
            self.read(
                lambda: returns.export(folder, year),
                lambda made: self.toast.saved(made.words, undo=False),
                group="file",
            )

        suggested = str(Path.home() / f"ssda903-{year}")
        self.app.push_screen(Ask(f"Write the return of {year} to a folder", help_, typed_path, suggested), given(write))


def _number(rule: str) -> tuple[int, str]:
    digits = "".join(letter for letter in rule if letter.isdigit())
    return (int(digits) if digits else 0, rule)
