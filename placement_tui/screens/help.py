"""Help: what this place is for and which keys work in it, then the keys that work everywhere."""

from __future__ import annotations

from itertools import groupby

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from placement_tui import commands
from placement_tui.widgets.gathering import Gathering
from placement_tui.widgets.lines import Block
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.text import Line, Span, fit, wrap

_KEYS = 16
ABOUT: dict[str, str] = {
    "board": "Every open referral, most urgent first. The line under the cursor explains itself below. It is live: what a "
    "colleague changes lights up for a second.",
    "calls": "Everyone asked for this referral. With a provider under the cursor one key is the whole answer: it is saved, "
    "and the next one to call is under the cursor. No question is asked; u takes it back.",
    "homes": "The homes that may be asked, best first, and why. Type a few letters of a name, misheard is fine, or words "
    "such as ifa res inhouse sa 10mi good+ free 14m sib3 in tier1. Put a home's own name in quotes if it is one of those.",
    "offers": "The offers side by side. A digit accepts one; the others can then be declined with a reason.",
    "sign_offs": "What nobody has decided yet, the soonest to lapse first. What a decision needs stands below: the home, the "
    "cost, the law, the child, who else was tried. It lapses with the offer, and a bed that was lost by waiting says so.",
    "delay": "From the records alone: when each referral was received, first put to a home, first offered one, put to sign-off, "
    "decided, placed. What each figure counts stands below them, and every one has its n.",
    "insight": "Views of what the team's own records say. Each answers a question that councils ask; the line under the "
    "cursor says which.",
    "figures": "Every figure stands with its n; a share that somebody would compare has its 95% interval beside it, and what "
    "rests on fewer than ten says few. Below stands what exactly is counted. Enter leads to the records behind a figure.",
    "behind": "The records that a figure counts, the latest first. Escape goes back to the figure.",
    "placements": "Where the children live now, and how earlier placements ended.",
    "referral": "Everything is kept as you type it, so you may leave at any moment and come back.",
    "offer": "What was heard can be corrected as long as the offer stands. Everything is kept as you type it.",
    "placement": "From the offer to the placement in one step: other offers are declined, other approaches end, and whom "
    "to tell is listed.",
    "tell": "Everyone who waits to hear, with their number. Enter notes that they know, and goes on to the next.",
    "home": "What is known of a home: lessons of placements there, its answers to us, free beds, judgements, our children.",
    "vacancies": "Beds that homes said are free, and those that are expected. Old words stand first and ask to be checked: s "
    "they are still so, x they are gone. Under each bed the open referrals that it lawfully fits, and why.",
    "beds": "Every home in use and who has its places. Said is the home's own word and how old it is. Block beds are paid for "
    "whether they are used or not: the empty ones stand with what they cost in a week.",
    "officers": "Who may open the store, and as what. What takes a way in away gives the store a new data key.",
    "officer": "Nothing typed here is kept until it is saved, and a passphrase never is.",
    "audit": "Every view and every change of it, the latest first, as they are kept: nothing is opened from here.",
    "ending": "Written once; the return, the figures and the next search all read it.",
}


class HelpDialog(ModalScreen[None], Gathering[None]):
    """Scrolls with j and k; any other key closes it."""

    DEFAULT_CSS = """
    HelpDialog { align: center middle; background: transparent; }
    HelpDialog > Vertical { width: 78; max-width: 100%; height: 90%; max-height: 32; border: solid $accent; background: $surface; }
    """
    AUTO_FOCUS = "Reading"

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """The page."""
        with Vertical():
            yield Reading(list(self._page(min(76, self.app.size.width - 4))))
            yield Block(
                [Span(" j k", "key"), Span(" scroll  ", "muted"), Span("Esc", "key"), Span(" closes this", "muted")]
            )

    def _page(self, width: int) -> list[Line]:
        name = commands.PLACES.get(self._place, "This place")
        page: list[Line] = [Span(f" {name}", "strong"), ""]
        page += [Span(" " + line) for line in wrap(ABOUT.get(self._place, ""), width - 2) if line]
        rows = list(commands.keys_page(self._place))
        for place, group in groupby(rows, key=lambda row: row[0]):
            page += ["", Span(f" {place}", "head")]
            for _, keys, title, help_ in group:
                page.append([Span(" " + fit(keys or ":", _KEYS), "key"), Span(title, "strong")])
                page += [Span(" " * (_KEYS + 1) + line, "muted") for line in wrap(help_, width - _KEYS - 3)]
        return page

    def on_key(self, event: events.Key) -> None:
        """Close."""
        if event.key in ("escape", "q", "question_mark", "f1", "enter"):
            event.stop()
            self.dismiss(None)
