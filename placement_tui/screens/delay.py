"""Where the time goes between a referral and a home, and the beds lost while waiting for sign-off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from textual.widget import Widget

from placement_tui.domain.delay import Figure
from placement_tui.widgets.delay_words import delay_page, span_words
from placement_tui.widgets.lines import StatusLine
from placement_tui.widgets.place import Place
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.text import Span

_BY = (("all", "all together"), ("urgency", "by urgency"), ("month", "by month of receipt"))
_SPANS = ((365, "a year"), (730, "two years"), (30, "30 days"), (91, "a quarter"))


class DelayScreen(Place):
    """The figures."""

    PLACE = "delay"
    NOUNS = frozenset({"referral", "approach", "offer", "sign_off", "placement"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._by = self._span = 0
        self._seen: list[Figure] = []

    def body(self) -> Iterable[Widget]:
        """Which referrals, then the figures."""
        yield StatusLine(id="counts")
        yield Reading(id="page")

    def on_mount(self) -> None:
        """The page scrolls."""
        self.query_one(Reading).focus()
        super().on_mount()

    def on_resize(self) -> None:
        """Bars are as long as the width allows."""
        self._paint()

    def look(self) -> None:
        """Read and count."""
        services, by = self.services, _BY[self._by][0]
        last = services.desk.today
        first = last - timedelta(days=_SPANS[self._span][0] - 1)
        self.title_line.say("Where the time goes", span_words(first, last))
        self.query_one("#counts", StatusLine).say(
            Span(f"referrals received in {_SPANS[self._span][1]}, {_BY[self._by][1]}"),
            Span("as CSV: placement insight delay", "muted"),
        )
        self.read(lambda: services.delay.figures(first, last, by), self._show)

    def _show(self, figures: list[Figure]) -> None:
        self._seen = figures
        self._paint(keep=False)
        self.renew_footer()

    def _paint(self, keep: bool = True) -> None:
        if self.is_mounted and (self._seen or not keep):
            self.query_one(Reading).show(delay_page(self._seen, self.size.width - 1), keep=keep)

    # commands

    def action_by(self) -> None:
        """The next way to set them apart."""
        self._by = (self._by + 1) % len(_BY)
        self.look()

    def action_span(self) -> None:
        """The next span of time."""
        self._span = (self._span + 1) % len(_SPANS)
        self.look()
