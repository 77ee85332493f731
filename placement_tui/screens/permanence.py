"""The trackers: plans for where children grow up, steps down, emergencies past their plan, Reg 24, early warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain import permanence, step_downs, warnings
from placement_tui.domain.approaches import Saved
from placement_tui.domain.permanence import PlanRow
from placement_tui.domain.registers import KinshipRow
from placement_tui.domain.step_downs import StepDownRow
from placement_tui.domain.trackers import EmergencyRow
from placement_tui.domain.typed import day
from placement_tui.domain.warnings import WarningRow
from placement_tui.errors import PlacementError
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.readdialog import ReadDialog
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.tracker_words import (
    TABS,
    Row,
    cells,
    is_late,
    is_over,
    lines,
    plan_page,
    plan_words,
    step_down_words,
    tabs_line,
)
from placement_tui.widgets.warning_words import typed_words

_TITLES = {
    "plans": "Permanence plans", "step_downs": "Steps down", "emergencies": "Emergency placements that go on",
    "kinship": "Reg 24: connected persons", "warnings": "Early warnings",
}  # fmt: skip
_EMPTY = {
    "plans": "No child has a plan here: P on a placement, then n, logs one",
    "step_downs": "Nobody is to step down: P on a placement, then 2 and n, logs one",
    "emergencies": "No placement that was made in an emergency goes on",
    "kinship": "No connected person has a temporary approval",
    "warnings": "No warning is open: w on a placement logs a sign",
}
_PLAN_HELP = (
    "home, kinship, ltf, adoption, res or independence, by when; what holds it up: ltf by 31 mar, waits for a match"
)
_DOWN_HELP = "To foster, kinship, home, res or supported, by when; the next review: foster by 31 mar, review 12 jan"


class InHand(NamedTuple):
    """The child that was in hand where the trackers were asked for."""

    child_id: UUID
    placement_id: UUID
    words: str


class PermanenceScreen(Place):
    """One tracker at a time, the others counted beside it."""

    PLACE = "permanence"
    NOUNS = frozenset(
        {"permanence_plan", "permanence_step", "step_down", "early_warning", "kinship", "placement", "child"}
    )

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._tab, self._over, self._turned = "plans", False, False
        self._seen: dict[str, Sequence[Row]] = {}
        self._take()

    def _take(self) -> None:
        """Whom it was opened for."""
        given_now = self.more.pop("child", None)
        self._hand = InHand(*given_now) if given_now is not None else None
        self._look_for = self._hand is not None
        self._tab = self.more.pop("tab", self._tab)

    def body(self) -> Iterable[Widget]:
        """The five, then the rows of one."""
        yield StatusLine(id="tabs")
        columns = [
            Column("Child", 11),
            Column("Home", 20, drop=1),
            Column("How it stands", 26),
            Column("Next", least=18),
        ]
        yield RecordTable(columns, self._cells, _key, choosing=False, id="list")

    def foot(self) -> Iterable[Widget]:
        """What is under the cursor."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The rows."""
        return self.query_one("#list", RecordTable)

    def called_again(self) -> None:
        """Opened for another child."""
        self._take()
        self._stale = True
        self.arrive()

    def look(self) -> None:
        """Read all five: each is a few dozen rows."""
        services, over = self.services, self._over

        def read() -> dict[str, Sequence[Row]]:
            return {
                "plans": services.permanence.rows(over),
                "step_downs": services.step_downs.rows(over),
                "emergencies": services.step_downs.emergencies(),
                "kinship": cast(Sequence[KinshipRow], services.registers.rows("kinship", over)),
                "warnings": services.warnings.everything() if over else services.warnings.open(),
            }

        self.read(read, self._show)

    def _show(self, seen: dict[str, Sequence[Row]]) -> None:
        self._seen = seen
        today, rows = self.services.desk.today, seen[self._tab]
        at = next((_key(row) for row in rows if self._hand and _child(row) == self._hand.child_id), None)
        top = _key(rows[0]) if rows and self._turned else None  # another tracker begins at its top
        self.table.show(rows, empty=_EMPTY[self._tab], cursor=at if at is not None and self._look_for else top)
        if self._look_for and self._hand is not None and at is None and self._tab in ("plans", "step_downs"):
            what = "plan" if self._tab == "plans" else "step down"
            self.toast.say([Span(f"{self._hand.words} has no {what}: "), Span("n", "key"), Span(" logs one", "muted")])
        self._look_for = self._turned = False
        counts = {
            name: (sum(not is_over(row) for row in found), sum(is_late(row, today) for row in found))
            for name, found in seen.items()
        }
        some, late = counts[self._tab]
        self.title_line.say(_TITLES[self._tab], f"{some} open, {late} overdue")
        over = Span("with those over" if self._over else "", "muted")
        self.query_one("#tabs", StatusLine).say(tabs_line(self._tab, counts), over)
        self._about()

    def _cells(self, row: Row) -> list[Line]:
        return cells(row, self.services.desk.today)

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        row: Row | None = self.table.row
        shown = lines(row, self.services.desk.today, self.size.width) if row is not None else ["", "", ""]
        self.query_one("#about", Block).show(*shown)

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """What can be done differs from tracker to tracker."""
        if not self.is_mounted or command_id in ("permanence.tab", "permanence.over"):
            return None
        row: Row | None = self.table.row
        if command_id == "permanence.new":
            if self._tab not in ("plans", "step_downs"):
                return "A plan is new on 1, a step down on 2; a warning is logged on its placement, by w"
            return None if self._hand or row is not None else "No child is in hand: P on a placement brings one"
        if row is None:
            return "Nothing is under the cursor"
        if command_id in ("permanence.open", "permanence.home"):
            return "This child has no home of ours" if command_id == "permanence.home" and _home(row) is None else None
        if isinstance(row, EmergencyRow | KinshipRow):
            return (
                "It follows from the placement: Enter goes there"
                if isinstance(row, EmergencyRow)
                else "Enter opens its entry"
            )
        if is_over(row):
            return "It is over"
        if command_id in ("permanence.step", "permanence.held") and not isinstance(row, PlanRow):
            return "Only a plan has that: 1 shows them"
        if command_id == "permanence.done" and isinstance(row, WarningRow):
            return "A sign is not done: c closes it"
        if command_id == "permanence.done" and isinstance(row, PlanRow) and row.next_step is None:
            return "No step is left: c closes the plan"
        return None

    def action_tab(self, key: str) -> None:
        """Another tracker."""
        self._tab = list(TABS)[int(key) - 1]
        self._look_for, self._turned = self._hand is not None, True
        self._show(self._seen) if self._seen else self.look()

    def action_over(self) -> None:
        """With those that are over, or without."""
        self._over = not self._over
        self.look()

    def action_new(self) -> None:
        """A plan, or a step down, for the child in hand, else for the one under the cursor."""
        row: Row | None = self.table.row
        child = self._hand.child_id if self._hand else _child(row) if row is not None else None
        where = self._hand.placement_id if self._hand else _placement(row) if row is not None else None
        who = (
            self._hand.words if self._hand else row.child if row is not None and not isinstance(row, KinshipRow) else ""
        )
        services, today = self.services, self.services.desk.today
        self._look_for = self._hand is not None  # the cursor goes to what is new
        if self._tab == "plans":
            self._ask(f"{who}: plan", _PLAN_HELP, lambda text: permanence.read_plan(text, today),
                      lambda new: services.permanence.add(cast(UUID, child), new)[1], heard=plan_words)  # fmt: skip
        else:
            self._ask(f"{who}: step down", _DOWN_HELP, lambda text: step_downs.read(text, today),
                      lambda new: services.step_downs.add(cast(UUID, where), new)[1], heard=step_down_words)  # fmt: skip

    def action_step(self) -> None:
        """Another step."""
        row, plans, today = self._plan, self.services.permanence, self.services.desk.today
        self._ask(f"{row.child}: another step", "What, by when: panel by 12 dec",
                  lambda text: permanence.read_step(text, today), lambda step: plans.add_step(row.id, *step)[1])  # fmt: skip

    def action_done(self) -> None:
        """The next step of a plan; the review of a step down."""
        row = self.table.row
        if isinstance(row, PlanRow):
            plans, step = self.services.permanence, row.next_step
            self.write(lambda: plans.step_done(step.id), self._saved)  # type: ignore[union-attr]  # reason_not saw to it
            return
        downs, key, today = self.services.step_downs, cast(StepDownRow, row).id, self.services.desk.today
        self._ask("Reviewed today. When again?", "A day to come: 9 mar, +56d", lambda text: day(text, today, field="review"),
                  lambda on: downs.reviewed(key, on), text="+56d")  # fmt: skip

    def action_held(self) -> None:
        """What holds a plan up."""
        row, plans = self._plan, self.services.permanence
        self._ask(f"{row.child}: what holds it up?", "A few words; empty where nothing does", str.strip,
                  lambda words: plans.hold_up(row.id, words), text=row.new.held_up_by)  # fmt: skip

    def action_change(self) -> None:
        """As it was typed in one line."""
        row, services, today = self.table.row, self.services, self.services.desk.today
        if isinstance(row, PlanRow):
            kept = row.new
            self._ask(f"{row.child}: plan", _PLAN_HELP, lambda text: permanence.read_plan(text, today, kept),
                      lambda new: services.permanence.change(row.id, new), text=plan_words(kept), heard=plan_words)  # fmt: skip
        elif isinstance(row, StepDownRow):
            self._ask(f"{row.child}: step down", _DOWN_HELP, lambda text: step_downs.read(text, today),
                      lambda new: services.step_downs.change(row.id, new), text=step_down_words(row.new),
                      heard=step_down_words)  # fmt: skip
        elif isinstance(row, WarningRow):
            self._ask(f"{row.child}: warning", "As it was typed; what is done about it after ;",
                      lambda text: warnings.read(text, today), lambda new: services.warnings.change(row.id, new),
                      text=typed_words(row), heard=lambda new: warnings.words_of(new, today))  # fmt: skip

    def action_close(self) -> None:
        """It is over; asks for a few words."""
        row, services = self.table.row, self.services
        if isinstance(row, PlanRow):
            self._ask(f"{row.child}: the plan is over", "Why? Reached, another plan, left care", _some,
                      lambda why: services.permanence.close(row.id, why))  # fmt: skip
        elif isinstance(row, StepDownRow):
            self._ask(f"{row.child}: the step down is over", "What came of it? Moved, plan changed, not ready", _some,
                      lambda outcome: services.step_downs.close(row.id, outcome))  # fmt: skip
        elif isinstance(row, WarningRow):
            self._ask(f"{row.child}: the warning is closed", "What was done? It may stay empty", str.strip,
                      lambda done: services.warnings.close(row.id, done))  # fmt: skip

    def action_open(self) -> None:
        """The plan whole; the entry of Reg 24; the placement."""
        row: Row = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        today = self.services.desk.today
        if isinstance(row, PlanRow):
            self.app.push_screen(ReadDialog(f"{row.child}: plan", lambda width: plan_page(row, today, width)))
        elif isinstance(row, KinshipRow):
            self.post_message(Open("entry", f"kinship entry {row.id}"))
        else:
            self.post_message(Open("placements", None, at=row.placement_id))

    def action_home(self) -> None:
        """The home's page."""
        self.post_message(Open("home", _home(self.table.row)))  # type: ignore[arg-type]  # reason_not saw to it

    # what they share

    @property
    def _plan(self) -> PlanRow:
        return cast(PlanRow, self.table.row)

    def _ask(
        self, title: str, help_: str, check: Callable[[str], Any], save: Callable[[Any], Saved], text: str = "",
        heard: Callable[[Any], str] | None = None, wrong: str = "",
    ) -> None:  # fmt: skip
        """Ask for one line and save it; what the store refuses comes back with the words as they were typed."""
        typed = [text]

        def read(said: str) -> Any:
            typed[0] = said
            return check(said)

        def refused(error: PlacementError) -> bool:
            self._ask(title, help_, check, save, typed[0], heard, str(error))
            return True

        def take(value: Any) -> None:
            self.write(lambda: save(value), self._saved, refused)

        self.app.push_screen(Ask(title, help_, read, text, heard=heard, wrong=wrong), given(take))

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)


def _some(text: str) -> str:
    return permanence.some_words(text)


def _key(row: Row) -> Any:
    return row.placement_id if isinstance(row, EmergencyRow) else row.id


def _child(row: Row) -> UUID:
    return row.about.child_id if isinstance(row, KinshipRow) else row.child_id


def _placement(row: Row) -> UUID | None:
    return row.about.placement_id if isinstance(row, KinshipRow) else row.placement_id


def _home(row: Row) -> UUID | None:
    return row.about.home_id if isinstance(row, KinshipRow) else row.home_id
