"""What is due: notices, plans, calls to make, offers that lapse; late ones first, each with its law and who has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.clocks import NOTICE
from placement_tui.domain.clocks_calls import DOUBLE
from placement_tui.domain.doubles import KEPT, DoubleRow
from placement_tui.domain.officers import OfficerRow
from placement_tui.domain.tasks import TaskRow, read_due
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import Option
from placement_tui.widgets.columns import Column
from placement_tui.widgets.dialog import Choose
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.task_words import counts_line, due_cell, task_lines
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import clock_words

_MINUTE = 60.0
_WHY = 500  # characters of a reason that is typed in one line


class _Seen(NamedTuple):
    """What the place shows."""

    rows: list[TaskRow]
    people: list[OfficerRow]


class DueScreen(Place):
    """The tasks of the team, or the officer's own."""

    PLACE = "due"
    NOUNS = frozenset({"task", "approach", "offer", "referral", "placement", "child", "early_warning", "permanence_plan",
                       "permanence_step", "step_down", "home"})  # fmt: skip

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._mine = self._finished = False
        self._people: list[OfficerRow] = []

    def body(self) -> Iterable[Widget]:
        """How much is late, then what is due."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [
                Column("Due", 16), Column("What", least=24), Column("Child", 13), Column("Law", 7, drop=1),
                Column("Who", 3, drop=2), Column("Ref", 5, drop=3),
            ],
            self._cells,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The task under the cursor."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The list takes the keys; what becomes late is seen within the minute."""
        self.table.focus()
        self.set_interval(_MINUTE, self._minute)
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The tasks."""
        return self.query_one("#list", RecordTable)

    @property
    def picked(self) -> TaskRow:
        """The row under the cursor, in a command that `reason_not` lets run only where there is one."""
        return cast(TaskRow, self.table.row)

    @property
    def chosen(self) -> list[TaskRow]:
        """Those marked, else the one under the cursor."""
        return [row for row in self.table.rows if row.id in self.table.marks] or [self.picked]

    def look(self) -> None:
        """Read what is due."""
        tasks, owner = self.services.tasks, self.services.desk.officer.id if self._mine else None
        finished = self._finished
        self.read(lambda: _Seen(tasks.due(owner, include_done=finished), tasks.people()), self._show)

    def _minute(self) -> None:
        self._stale = True
        if self.is_current:
            self.arrive()

    def _show(self, seen: _Seen) -> None:
        now, lit = self.services.desk.now, self.lit("task")
        self._people = seen.people
        here = {row.id for row in seen.rows}
        self.table.mark([key for key in self.table.marks if key not in here], on=False)
        self.table.show(seen.rows, changed=[row.id for row in seen.rows if row.id in lit], empty=self._empty())
        self.title_line.say("Due", f"{'mine' if self._mine else 'everybody'} {clock_words(now, now)}")
        whose = "f shows all" if self._mine else "f shows yours"
        self.query_one("#counts", StatusLine).say(counts_line(seen.rows, now), Span(whose, "muted"))
        self._about()

    def _empty(self) -> str:
        if self._mine:
            return "Nothing is due from you. f shows what the team has"
        return "Nothing is due. A placement opens its notices and its plan; call backs and offers stand here too"

    def _cells(self, row: TaskRow) -> list[Line]:
        now = self.services.desk.now
        ink = "muted" if row.state != "open" else ""
        child = " ".join(part for part in (row.child, row.reference) if part)
        moved = Span("moved ", "warn") if row.moved and row.state == "open" else Span("")
        return [due_cell(row, now), [moved, Span(row.title, ink)], Span(child, ink), Span(row.short_law, "muted"),
                row.officer, Span(row.ref, "muted")]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def on_record_table_chosen(self) -> None:
        """Enter opens the record."""
        self.action_open()

    def _about(self) -> None:
        self.renew_footer()
        row: TaskRow | None = self.table.row
        lines: list[Line] = task_lines(row, self.services.desk.now) if row else ["", "", ""]
        marks = len(self.table.marks)
        if marks:
            lines[2] = Span(f" {marks} marked: d finishes them all", "accent")
        self.query_one("#about", Block).show(*lines)

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Something has to be under the cursor, and open."""
        if not self.is_mounted or command_id in ("due.mine", "due.finished"):
            return None
        row: TaskRow | None = self.table.row
        if row is None:
            return "Nothing is due here"
        if row.state != "open" and command_id not in ("due.open", "due.copy", "due.mark", "due.mark_all"):
            return f"{row.title} is finished: u undoes your last change"
        if command_id == "due.take" and row.officer_id == self.services.desk.officer.id:
            return "It is yours already"
        return None

    def action_done(self) -> None:
        """It was done, or all that are marked were."""
        ids = [row.id for row in self.chosen]
        self._step_on(ids)
        self.write(lambda: self.services.tasks.done_all(ids), self._saved)

    def action_drop(self) -> None:
        """It need not be done; asks why."""
        row = self.picked

        def dropped(why: str) -> None:
            self._step_on([row.id])
            self.write(lambda: self.services.tasks.drop(row.id, why), self._saved)

        help_ = "Why need it not be done? For example: not to be told, risk of harm; no school; no contact"
        self.app.push_screen(Ask(f"Not needed: {row.title}", help_, _why), given(dropped))

    def action_move(self) -> None:
        """Asks when, then why."""
        row, now = self.picked, self.services.desk.now

        def timed(at: datetime) -> None:
            def moved(why: str) -> None:
                self.write(lambda: self.services.tasks.move(row.id, at, why), self._saved)

            self.app.push_screen(
                Ask(f"Move {row.title} to {clock_words(at, now)}", "Why? A few words", _why), given(moved)
            )

        help_ = "To when? A day (wed, 21 oct) or a time (16:45, tomorrow 10:00)."
        help_ += " The law's day stays the measure of being late" if row.law else ""
        self.app.push_screen(Ask(f"Move: {row.title}", help_, lambda text: read_due(text, now)), given(timed))

    def action_hand(self) -> None:
        """One of the team, by one key."""
        rows = [row for row in self.chosen if row.state == "open"]
        options = [
            Option(
                each.id, f"{each.initials} {each.name}", reason_not="has it" if rows[0].officer_id == each.id else ""
            )
            for each in self._people
        ]
        what = rows[0].title if len(rows) == 1 else f"{len(rows)} tasks"
        handed = given(lambda officer: self._hand([row.id for row in rows], officer))
        self.app.push_screen(Choose(f"Hand to whom: {what}", options), handed)

    def action_take(self) -> None:
        """Mine from now on."""
        self._hand([row.id for row in self.chosen if row.state == "open"], self.services.desk.officer.id)

    def _hand(self, ids: Sequence[UUID], officer: UUID) -> None:
        self.table.unmark_all()
        self.write(lambda: self.services.tasks.hand_all(ids, officer), self._saved)

    def action_mark(self) -> None:
        """Mark, and go on."""
        key = self.picked.id
        self.table.mark([key], key not in self.table.marks)
        self.table.action_move(1)
        self._about()

    def action_mark_all(self) -> None:
        """Everything open of the same placement and law."""
        row = self.picked
        like = [each.id for each in self.table.rows if each.state == "open" and _like(each, row)]
        self.table.mark(like)
        self._about()

    def action_mine(self) -> None:
        """Mine, or everybody's."""
        self._mine = not self._mine
        self.table.unmark_all()
        self.look()

    def action_finished(self) -> None:
        """With what is finished, or without."""
        self._finished = not self._finished
        self.look()

    def action_open(self) -> None:
        """Where it comes from."""
        row: TaskRow | None = self.table.row
        if row is None:
            return
        if row.rule == DOUBLE:
            self.read(lambda: self.services.doubles.of_task(row.source), self._mend, "double")
        elif row.rule == "call_back":
            self.post_message(Open("calls", row.referral_id, approach=row.approach_id))
        elif row.rule == "offer":
            self.post_message(Open("offers", row.referral_id))
        elif row.rule == NOTICE and row.referral_id is not None:
            self.post_message(Open("tell", row.referral_id, at=row.id))
        elif row.placement_id is not None:
            self.post_message(Open("placements", at=row.placement_id))
        elif row.referral_id is not None:
            self.post_message(Open("calls", row.referral_id))
        else:
            self.toast.refused("It comes from no referral and no placement")

    def _mend(self, double: DoubleRow) -> None:
        """A child who is there twice becomes one by one key; the others are mended where they are."""
        if double.twins:
            options = [
                Option(each.id, f"{each.reference or 'no referral'} {each.initials} {each.identifier}")
                for each in double.twins
            ]
            dialog = Choose("One child, logged twice: which is kept?", options, detail=KEPT)
            self.app.push_screen(dialog, given(lambda kept: self._merge(double, kept)))
        elif double.noun == "home":
            self.post_message(Open("home", double.keys[0]))
        else:
            self.post_message(Open("placements", at=double.keys[0]))

    def _merge(self, double: DoubleRow, kept: UUID) -> None:
        other = next(each.id for each in double.twins if each.id != kept)
        self.write(lambda: self.services.doubles.merge_children(other, kept), self._saved)

    def action_copy(self) -> None:
        """The reference to the terminal's clipboard."""
        self.app.copy_to_clipboard(self.picked.ref)
        self.toast.saved(f"Copied {self.picked.ref}", undo=False)

    def _step_on(self, ids: Sequence[UUID]) -> None:
        """The cursor goes to the next that stays."""
        rows, gone = list(self.table.rows), set(ids)
        following = rows[self.table.cursor :] + rows[: self.table.cursor]
        after = next((row for row in following if row.id not in gone), None)
        self.table.unmark_all()
        if after is not None:
            self.table.move_to(after.id)

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)


def _like(row: TaskRow, other: TaskRow) -> bool:
    return (row.placement_id or row.referral_id, row.law) == (other.placement_id or other.referral_id, other.law)


def _why(text: str) -> str:
    from placement_tui.domain.typed import short_text

    return short_text("why", text, _WHY, required=True)
