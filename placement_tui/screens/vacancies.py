"""The free beds: who said so and when, those to ask again first, and which open referrals each fits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from textual.widget import Widget

from placement_tui.domain.approaches import Saved, WaveSent
from placement_tui.domain.typed_times import london
from placement_tui.domain.vacancies import Vacant
from placement_tui.domain.vacancies_fits import Fit
from placement_tui.widgets.choose import Option
from placement_tui.widgets.columns import Column
from placement_tui.widgets.dialog import Choose
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.vacancy_words import ask_vacancy, bed_cells, fit_lines
from placement_tui.widgets.wave_words import send_wave
from placement_tui.widgets.words import miles_words

_MINUTE = 60.0
_CHOICES = 9
_EMPTY = "No bed is free that anybody spoke of in four weeks. Ctrl+G logs one while they are on the phone"


class VacanciesScreen(Place):
    """Every bed that is free, expected, or left by a child of ours."""

    PLACE = "vacancies"
    NOUNS = frozenset({"vacancy", "home", "provider", "placement", "ending", "hold", "referral", "approach"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._rows: list[Vacant] = []
        self._fits: list[Fit] = []
        self._to_check = False

    def body(self) -> Iterable[Widget]:
        """How many, then the beds."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [
                Column("Beds", 4, "right"), Column("Home", least=16), Column("For whom, when", least=14),
                Column("Said", 14), Column("Phone", 13),
            ],
            self._cells,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """Whom the bed under the cursor fits."""
        about = Block(id="about")
        about.styles.height = 4
        yield about

    def on_mount(self) -> None:
        """The list takes the keys; words grow old by the minute."""
        self.table.focus()
        self.set_interval(_MINUTE, self.again)
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The beds."""
        return self.query_one("#list", RecordTable)

    @property
    def picked(self) -> Vacant:
        """The row under the cursor, in a command that `reason_not` lets run only where there is one."""
        return cast(Vacant, self.table.row)

    def look(self) -> None:
        """Read what stands."""
        self.read(self.services.vacancies.standing, self._show)

    def _show(self, rows: list[Vacant]) -> None:
        desk = self.services.desk
        now, hours, today = desk.now, desk.policy.stale_hours, desk.now.astimezone(london()).date()
        lit = self.lit("vacancy")
        asks = [row for row in rows if row.asks(now, hours)]
        self._rows = rows
        shown = asks if self._to_check else rows
        self.table.show(shown, changed=[row.id for row in shown if row.id in lit],
                        empty="Every word is fresh: f shows all" if self._to_check and rows else _EMPTY)  # fmt: skip
        free = sum(row.left for row in rows if row.begun(today) and not row.asks(now, hours))
        coming = sum(row.left for row in rows if not row.begun(today))
        self.title_line.say("Free beds", f"{free} free  {coming} to come")
        words: list[Span] = [Span(f"{len(asks)} to check", "warn" if asks else "muted"),
                             Span(f": older than {hours} hours, or their day has come", "muted")]  # fmt: skip
        self.query_one("#counts", StatusLine).say(
            words, Span("f shows all" if self._to_check else "f those to check", "muted")
        )
        self._about()

    def _cells(self, row: Vacant) -> list[Line]:
        desk = self.services.desk
        return bed_cells(row, desk.now, desk.policy.stale_hours)

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def on_record_table_chosen(self) -> None:
        """Enter opens the home's page."""
        self.action_page()

    def _about(self) -> None:
        self.renew_footer()
        row: Vacant | None = self.table.row
        self._fits = []
        if row is None:
            self.query_one("#about", Block).show("", "", "", "")
            return
        key, vacancies = row.id, self.services.vacancies
        self.read(lambda: vacancies.fits(key), lambda fits: self._show_fits(row, fits), "fits", lambda _: True)

    def _show_fits(self, row: Vacant, fits: list[Fit]) -> None:
        if self.table.key != row.id:
            return
        self._fits = fits
        lines = fit_lines(row, fits, self.services.desk.now)
        self.query_one("#about", Block).show(*lines, *[""] * (4 - len(lines)))
        self.renew_footer()

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """A bed has to be under the cursor, and to fit somebody."""
        row: Vacant | None = self.table.row if self.is_mounted else None
        if row is None and command_id != "vacancies.check" and command_id.startswith("vacancies."):
            return "No bed is under the cursor"
        if command_id == "vacancies.ask" and not any(each.lawful for each in self._fits):
            return "No open referral fits this bed"
        if command_id == "vacancies.copy" and row is not None and not row.phone:
            return f"There is no number for {row.name}"
        return None

    def action_still(self) -> None:
        """It is as they said."""
        key, vacancies = self.picked.id, self.services.vacancies
        self._next()
        self.write(lambda: vacancies.still_so(key), self._saved)

    def action_gone(self) -> None:
        """It is taken."""
        key, vacancies = self.picked.id, self.services.vacancies
        self._next()
        self.write(lambda: vacancies.gone(key), self._saved)

    def _next(self) -> None:
        rows = list(self.table.rows)
        if self.table.cursor + 1 < len(rows):
            self.table.move_to(rows[self.table.cursor + 1].id)

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)

    def action_again(self) -> None:
        """What they say now."""
        row = self.picked
        ask_vacancy(self, row.home_id, row.name)

    def action_ask(self) -> None:
        """The home on the call list of a referral that the bed fits."""
        row, approaches = self.picked, self.services.approaches
        fits = [each for each in self._fits if each.lawful][:_CHOICES]
        options = [
            Option(each.id, f"{each.reference} {each.label}, {miles_words(each.miles, each.approximate) or '?'} miles")
            for each in fits
        ]

        def ask(referral: Any) -> None:
            def asked(wave: WaveSent) -> None:
                self.post_message(
                    Open("calls", referral, approach=wave.approaches[0], said=f"{row.name} is on the call list")
                )

            send_wave(self, lambda why: approaches.ask(referral, [row.home_id], off_framework_why=why), asked)

        self.app.push_screen(Choose(f"{row.name}: ask for", options), given(ask))

    def action_page(self) -> None:
        """The home's page."""
        row: Vacant | None = self.table.row
        if row is not None:
            self.post_message(Open("home", row.home_id))

    def action_copy(self) -> None:
        """The number to the terminal's clipboard."""
        row = self.picked
        self.app.copy_to_clipboard(row.phone)
        self.toast.saved(f"Copied {row.phone} ({row.name})", undo=False)

    def action_check(self) -> None:
        """Only those to check, or all."""
        self._to_check = not self._to_check
        self.again()
