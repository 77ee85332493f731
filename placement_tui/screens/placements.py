"""Where the children live now, and how earlier placements ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.codes.endings import CLASSES
from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.endings import EndingRow
from placement_tui.domain.homes import Finding
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.registers import REGISTERS, TITLES
from placement_tui.domain.typed import day_words
from placement_tui.domain.typed_dates import MONTHS
from placement_tui.domain.typed_times import london
from placement_tui.domain.warnings import WarningRow
from placement_tui.widgets.choose import Option
from placement_tui.widgets.columns import Column
from placement_tui.widgets.dialog import Choose
from placement_tui.widgets.law_words import law_line
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.placement_words import CLASS_INK, ending_lines, placement_page
from placement_tui.widgets.readdialog import ReadDialog
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.warning_words import ask_warning, warned_line, warned_mark
from placement_tui.widgets.words import fee_line, miles_words


class PlacementsScreen(Place):
    """The placements."""

    PLACE = "placements"
    NOUNS = frozenset(
        {"placement", "ending", "lesson", "home", "child", "override", "setting", "deprivation", "early_warning"}
    )

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._ended = bool(self.more.pop("ended", False))
        self._warned: dict[UUID, list[WarningRow]] = {}
        self._law: dict[UUID, tuple[Finding, ...]] = {}
        self._seen: tuple[list[PlacementRow], list[PlacementRow]] | None = None

    def body(self) -> Iterable[Widget]:
        """How many, then which."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [
                Column("Child", 11), Column("Home", least=18), Column("Kind", 12, drop=2), Column("From", 11),
                Column("Days", 5, "right"), Column("Miles", 5, "right", drop=3), Column("£ a week", 9, "right", drop=1),
                Column("State", 10, drop=0),
            ],
            self._cells,
            empty="No child of ours is placed yet: an accepted offer becomes a placement",
            choosing=False,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The placement under the cursor."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The placements."""
        return self.query_one("#list", RecordTable)

    def audited(self) -> tuple[UUID | None, str]:
        """The placement under the cursor."""
        row: PlacementRow | None = self.table.row
        return (None, "") if row is None else (row.id, row.child)

    def look(self) -> None:
        """Read those that go on, and those that ended where they are asked for."""
        placements, ended = self.services.placements, self._ended
        self.read(lambda: (placements.open(), placements.ended() if ended else []), self._show)
        self.read(self.services.rules.of_open, self._show_law, "law")
        self.read(self.services.warnings.by_placement, self._show_warned, "warned")

    def _show_law(self, law: dict[UUID, tuple[Finding, ...]]) -> None:
        self._law = law
        if self._seen is not None:
            self._show(self._seen)

    def _show_warned(self, warned: dict[UUID, list[WarningRow]]) -> None:
        self._warned = warned
        if self._seen is not None:
            self._show(self._seen)

    def called_again(self) -> None:
        """Opened for another placement: the cursor goes there."""
        if self.more.pop("ended", False) and not self._ended:
            self._ended = True
            self.look()
            return
        self.table.move_to(self.more.pop("at", None))

    def _show(self, found: tuple[list[PlacementRow], list[PlacementRow]]) -> None:
        self._seen = found
        now, before = found
        lit = self.lit("placement")
        rows = [*now, *before]
        empty = (
            "No placement goes on now: x shows those that have ended"
            if not self._ended
            else "There is no placement yet"
        )
        self.table.show(rows, changed=[row.id for row in rows if row.id in lit], empty=empty,
                        cursor=self.more.pop("at", None))  # fmt: skip
        unlawful = sum(any(each.level == "block" for each in law) for law in self._law.values())
        left = f", {unlawful} against law or policy" if unlawful else ""
        self.title_line.say("Placements", f"{len(now)} go on{left}" + (f", {len(before)} ended" if self._ended else ""))
        words = "those that go on, then those that ended" if self._ended else "those that go on"
        self.query_one("#counts", StatusLine).say(
            Span(words, "muted"), Span("" if self._ended else "x shows those that ended", "muted")
        )
        self._about()

    def _cells(self, row: PlacementRow) -> list[Line]:
        today = self.services.desk.today
        kind = KINDS.spoken(row.type_obtained)
        forced = row.type_wanted is not None and row.type_wanted != row.type_obtained
        ended: Line = _law_mark(self._law.get(row.id, ())) or warned_mark(self._warned.get(row.id, ()))
        if row.ended_on is not None:
            reason_class = row.reason_class or ""
            ended = Span(
                CLASSES.label(reason_class).lower() if reason_class else "ended", CLASS_INK.get(reason_class, "muted")
            )
        return [
            row.child, row.name, Span(kind, "warn" if forced else ""),
            _short_day(row.started_at.astimezone(london()).date(), today), str(row.days), miles_words(row.miles),
            fee_line(row.care_pence, row.education_pence, row.health_pence).split(" ")[0], ended,
        ]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        row: PlacementRow | None = self.table.row
        block = self.query_one("#about", Block)
        if row is None:
            block.show("", "", "")
            return
        who = [Span(f" {row.child} {row.identifier}".rstrip(), "strong"), Span(f" · {row.name}")]
        who += [Span(f" · {row.provider}", "muted")] if row.provider != row.name else []
        who += [Span(f" · {row.phone}", "muted")] if row.phone else []
        where = {True: "in our area", False: "out of our area", None: ""}[row.in_area]
        forced = (
            ""
            if row.type_wanted in (None, row.type_obtained)
            else f"{KINDS.label(row.type_wanted or '').lower()} was wanted"
        )
        fee = fee_line(row.care_pence, row.education_pence, row.health_pence)
        parts = [part for part in (row.reference, f"{fee} a week", where, forced) if part]
        law = self._law.get(row.id, ())
        said: Line = [Span(" "), *_one(law_line(law))] if law else ""
        said = said or warned_line(self._warned.get(row.id, ()), self.size.width)
        block.show(who, Span(f" {' · '.join(parts)}", "muted"), said)
        if row.ended_on is not None:
            endings = self.services.endings
            self.read(
                lambda: endings.of(row.id), lambda ending: self._show_ending(row, ending), "about", lambda _: True
            )

    def _show_ending(self, row: PlacementRow, ending: EndingRow) -> None:
        if self.table.key != row.id:
            return
        lines = ending_lines(ending, self.services.desk.today, self.size.width)
        lesson: Line = [Span(" lesson: ", "accent"), Span(ending.lesson)] if ending.lesson else lines[2]
        block = self.query_one("#about", Block)
        block.show(*block.lines[:2], lesson)

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Somebody has to be under the cursor, and a placement ends once."""
        if not self.is_mounted or command_id in ("placements.ended", "placements.lessons", "returns.open"):
            return None
        row: PlacementRow | None = self.table.row
        if row is None:
            return "No placement is under the cursor"
        if command_id == "placements.end" and row.ended_on is not None:
            return f"It ended on {day_words(row.ended_on, self.services.desk.today)}: Enter shows why"
        if command_id == "placements.warn" and row.ended_on is not None:
            return "It has ended: what was seen before stands in its ending"
        if command_id == "placements.copy" and not row.reference:
            return "This placement has no referral's reference"
        return None

    def action_end(self) -> None:
        """The ending's form."""
        self.post_message(Open("ending", self.table.row.id))  # type: ignore[union-attr]  # reason_not saw to it

    def action_open(self) -> None:
        """The whole placement to read."""
        row: PlacementRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        endings, today, law = self.services.endings, self.services.desk.today, self._law.get(row.id, ())

        def show(ending: EndingRow | None) -> None:
            title = f"{row.child} at {row.name}"
            self.app.push_screen(ReadDialog(title, lambda width: placement_page(row, ending, today, width, law)))

        if row.ended_on is None:
            show(None)
        else:
            self.read(lambda: endings.of(row.id), show, "open")

    def action_ended(self) -> None:
        """With those that ended, or without."""
        self._ended = not self._ended
        self.look()

    def action_warn(self) -> None:
        """A sign that it may not last, in one line."""
        row: PlacementRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        ask_warning(self, row.id, f"{row.child} at {row.name}")

    def action_permanence(self) -> None:
        """The trackers, at this child."""
        row: PlacementRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        self.post_message(Open("permanence", None, child=(row.child_id, row.id, row.child)))

    def action_lessons(self) -> None:
        """Lessons of earlier endings."""
        self.post_message(Open("lessons"))

    def action_register(self) -> None:
        """The entry of this placement in one of the four registers."""
        row: PlacementRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        options = [
            Option(register, TITLES[register], str(key), reason_not=_not_there(row, register))
            for key, register in enumerate(REGISTERS, 1)
        ]

        def chosen(register: str) -> None:
            self.post_message(Open("entry", f"{register} placement {row.id}"))

        self.app.push_screen(Choose(f"{row.child} at {row.name}: which register?", options), given(chosen))

    def action_care(self) -> None:
        """The child's time in care, at this placement."""
        row: PlacementRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        self.post_message(Open("care", row.child_id, at=row.id))

    def action_story(self) -> None:
        """The child's story."""
        self.post_message(Open("story", self.table.row.child_id))  # type: ignore[union-attr]  # reason_not saw to it

    def action_home(self) -> None:
        """The home's page."""
        self.post_message(Open("home", self.table.row.home_id))  # type: ignore[union-attr]  # reason_not saw to it

    def action_returns(self) -> None:
        """The statutory return."""
        self.post_message(Open("returns"))

    def action_copy(self) -> None:
        """The reference to the terminal's clipboard."""
        row: PlacementRow = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        self.app.copy_to_clipboard(row.reference or "")
        self.toast.saved(f"Copied {row.reference}", undo=False)


def _not_there(row: PlacementRow, register: str) -> str:
    """Why a placement has no place in a register; empty where it may have one."""
    if row.ended_on is not None:
        return "This placement has ended"
    return f"{row.name} is no supported accommodation" if register == "16-17" and row.kind != "sa" else ""


def _short_day(day: date, today: date) -> str:
    """`Tue 14 Oct`, and `14 Oct 25` where it is half a year ago."""
    words = day_words(day, today)
    return words if len(words) <= len("Tue 14 Oct") else f"{day.day} {MONTHS[day.month - 1]} {day.year % 100:02}"


def _law_mark(law: Sequence[Finding]) -> Line:
    """`law L18` where something is against it today, `mind L23` where something is to be weighed."""
    if not law:
        return ""
    return Span(f"law {law[0].rule}", "bad") if law[0].level == "block" else Span(f"mind {law[0].rule}", "warn")


def _one(line: Line) -> list[Span]:
    return [line] if isinstance(line, Span) else []
