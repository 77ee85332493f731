"""One view of insight: its figures as charts or tables, for a time, set apart; behind each its records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from textual.widget import Widget

from placement_tui.domain.delay import year_before
from placement_tui.domain.insight import Asked, Period, Report
from placement_tui.domain.insight_words import period_words, way_words
from placement_tui.domain.typed import day
from placement_tui.errors import Invalid, PlacementError
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import Option
from placement_tui.widgets.dialog import Choose
from placement_tui.widgets.figures import Figures, FiguresPage
from placement_tui.widgets.insight_words import figures_page, foot_lines
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.text import Span

_FOOT = 4
_OWN, _ALL = "own", ""
_PERIODS = (
    Option("year", "A year, up to today", "y"),
    Option("quarter", "A quarter: 91 days, up to today", "r"),
    Option("month", "30 days, up to today", "m"),
    Option("financial", "The financial year, since 1 April", "f"),
    Option("before", "The financial year before that", "b"),
    Option(_OWN, "Your own days", "o"),
)


class FiguresScreen(Place):
    """A view. `about` is its name."""

    PLACE = "figures"
    NOUNS = frozenset({
        "referral", "referral_child", "child", "need", "approach", "offer", "placement", "ending", "factor", "lesson",
        "home", "provider", "vacancy", "setting", "early_warning", "permanence_plan", "permanence_step", "step_down",
    })  # fmt: skip

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._by, self._table = _ALL, False
        self._period: Period | None = None
        self._report: Report | None = None
        self._view: Any = None

    def body(self) -> Iterable[Widget]:
        """How they are shown, then the figures."""
        yield StatusLine(id="counts")
        yield Figures(id="page")

    def foot(self) -> Iterable[Widget]:
        """The figure under the cursor in words, and what exactly it counts."""
        about = Block(id="about")
        about.styles.height = _FOOT
        yield about

    def on_mount(self) -> None:
        """The page takes the keys."""
        self.page.focus()
        super().on_mount()

    @property
    def page(self) -> Figures:
        """The figures."""
        return self.query_one("#page", Figures)

    def changed(self, what: Any) -> None:
        """Figures do not run away under the eye: what was changed is counted when one comes back, or asks anew."""
        if what.nouns & self.NOUNS:
            self._stale = True

    def look(self) -> None:
        """Read and count."""
        insight, name, by = self.services.insight, self.about, self._by
        self._view = next((view for view in insight.views() if view.name == name), None)
        period = self._period or self._year()
        self._head(period, "counting")
        self.read(lambda: insight.report(name, period.first, period.last, by), self._show, otherwise=self._not_shown)

    def _year(self) -> Period:
        today = self.services.desk.today
        return Period(year_before(today), today)

    def _not_shown(self, _error: PlacementError) -> bool:
        self.query_one("#counts", StatusLine).say(Span("it could not be counted", "warn"))
        return False

    def _show(self, report: Report) -> None:
        self._report = report
        self._head(report.period)
        self._compose_page()

    def _head(self, period: Period, doing: str = "") -> None:
        title = self._report.title if self._report else self._view.title if self._view else str(self.about)
        self.title_line.say(title, period_words(period))
        by = f"by {way_words(self._by)}" if self._by else way_words("")
        shown = "as a table" if self._table else "as charts"
        flag = f" --by {self._by}" if self._by else ""
        self.query_one("#counts", StatusLine).say(
            [Span(f"{by}, {shown}"), Span(f"  {doing}", "accent")],
            Span(f"placement insight {self.about}{flag}", "muted"),
        )

    def _compose_page(self) -> None:
        """Pictures take their time: they are drawn on a thread, the keys go on."""
        report, table, size = self._report, self._table, self.page.size
        if report is not None:
            self.read(lambda: figures_page(report, size.width, size.height, table), self._turn, "page")

    def _turn(self, page: FiguresPage) -> None:
        self.page.show(page)
        self._about()
        self.renew_footer()

    def on_resize(self) -> None:
        """Bars are as long as the width allows."""
        self.call_after_refresh(self._compose_page)

    def on_figures_moved(self) -> None:
        """The figure under the cursor explains itself."""
        self._about()
        self.renew_footer()

    def _about(self) -> None:
        self.query_one("#about", Block).show(*foot_lines(self.page.stop, self.size.width, _FOOT))

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Behind a title there is nothing, and not every figure leads to records."""
        if not self.is_mounted:
            return None
        if command_id == "figures.by" and self._view is not None and not self._view.by:
            return "There is one way only to look at these"
        if command_id != "figures.behind":
            return None
        stop = self.page.stop
        if stop is None or (stop.row is None and self._table):
            return "Put the cursor on a figure: j goes down"
        if stop.row is None:
            bars = stop.block.chart in ("bars", "none")
            return (
                "Put the cursor on a figure: j goes down" if bars else "Tab shows its rows: from there to the records"
            )
        if not stop.row.cuts or self._view is None or not self._view.behind:
            return "No records of one's own stand behind that figure"
        return None

    def action_behind(self) -> None:
        """The records that it counts."""
        stop = self.page.stop
        if stop is not None and stop.row is not None and self._report is not None:
            words = " · ".join(part for part in (stop.block.title, stop.row.label, stop.row.across) if part)
            self.post_message(Open("behind", Asked(self.about, self._report.period, stop.row.cuts, words)))

    def action_table(self) -> None:
        """Charts or tables."""
        self._table = not self._table
        if self._report is not None:
            self._head(self._report.period)
        self._compose_page()

    def action_by(self) -> None:
        """One of the ways, by one key; b takes the next."""
        ways = (_ALL, *(self._view.by if self._view else ()))
        here = ways.index(self._by) if self._by in ways else 0
        next_ = ways[(here + 1) % len(ways)]
        options = [Option(way, _way(way, self._by), "b" if way == next_ else "") for way in ways]

        def chosen(way: str) -> None:
            self._by = way
            self.look()

        self.app.push_screen(Choose("Set apart by", options), given(chosen))

    def action_period(self) -> None:
        """One of the usual ones, or days of one's own."""

        def chosen(which: str) -> None:
            if which == _OWN:
                self._ask_days()
            else:
                self._take(_period(which, self.services.desk.today))

        self.app.push_screen(Choose("Of which time?", _PERIODS), given(chosen))

    def _ask_days(self) -> None:
        today = self.services.desk.today
        help_ = (
            "The first day and the last, with - between spaces: 1 apr - 30 sep. One day alone: from then until today"
        )
        asked = Ask("From when to when?", help_, lambda text: _read_days(text, today), heard=period_words)
        self.app.push_screen(asked, given(self._take))

    def _take(self, period: Period) -> None:
        self._period = period
        self.look()


def _way(way: str, now: str) -> str:
    said = way_words(way)
    return f"{said} (now)" if way == now else said


def _period(which: str, today: date) -> Period:
    """One of the usual periods; the financial year starts on 1 April."""
    april = date(today.year if (today.month, today.day) >= (4, 1) else today.year - 1, 4, 1)
    if which == "financial":
        return Period(april, today)
    if which == "before":
        return Period(april.replace(year=april.year - 1), april - timedelta(days=1))
    return Period(today - timedelta(days={"quarter": 90, "month": 29}.get(which, 364)), today)


def _read_days(text: str, today: date) -> Period:
    """Two days, or one and today. Raises Invalid."""
    parts = [part.strip() for part in text.split(" - ")]
    if len(parts) > 2 or not parts[0]:
        raise Invalid("days", "Two days are wanted", mend="1 apr - 30 sep")
    first = day(parts[0], today, past=True, field="from")
    last = day(parts[1], today, past=True, field="to") if len(parts) == 2 else today
    if last < first:
        raise Invalid("days", "The last day comes before the first", mend="turn them round")
    return Period(first, last)
