"""The hand-over: the sheet for the night at 17:15, what the night brought at 08:30. One key each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.handover_page import page_of
from placement_tui.domain.handovers import EVENING, MORNING, ROLES, HandOver, NewRota, kind_at, night_of
from placement_tui.domain.typed import phone
from placement_tui.errors import Invalid
from placement_tui.paths import typed_path
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.page_lines import page_lines
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.words import clock_words


class HandoverScreen(Place):
    """The evening's or the morning's hand-over."""

    PLACE = "handover"
    NOUNS = frozenset({"referral", "approach", "offer", "placement", "ending", "task", "sign_off", "rota", "hand_over"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._kind = ""
        self._said = ""
        self._anonymised = False
        self._seen: HandOver | None = None

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Reading(id="page")

    def on_mount(self) -> None:
        """The page scrolls."""
        self.query_one(Reading).focus()
        super().on_mount()

    def on_resize(self) -> None:
        """Its lines are broken for the width."""
        self._paint()

    def look(self) -> None:
        """Make it from what is logged now."""
        self._kind = self._kind or kind_at(self.services.desk.now)
        service, words, kind = self.services.handovers, self._said, self._kind
        self.title_line.say("Hand-over" if kind == EVENING else "What the night brought", "being made")
        self.read(lambda: service.evening(words) if kind == EVENING else service.morning(), self._show)

    def _show(self, seen: HandOver) -> None:
        self.services.audit.seen("referral", [child.referral_id for child in seen.children], "hand-over")
        self._seen = seen
        self._paint()
        self.renew_footer()

    def _paint(self) -> None:
        seen = self._seen
        if seen is None:
            return
        page = page_of(seen, self._anonymised)
        shown = "anonymised" if self._anonymised else "full"
        if seen.kind == EVENING:
            count = len(seen.children)
            state = f"{count} waiting, {shown}"
        else:
            state = f"since {clock_words(seen.since, seen.made_at)}, {shown}" if seen.since else shown
        # eighty columns hold the title, where it is a demonstration, and since when: the year is the page's own
        self.title_line.say(page.title.replace(f" {seen.made_at:%Y} ", " "), state)
        self.query_one(Reading).show(page_lines(page, self.size.width - 1), keep=True)

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """The evening's own commands belong to the evening; a viewer changes nothing."""
        if self._seen is None:
            return "The hand-over is still being made"
        changes = command_id in ("handover.made", "handover.rota")
        if changes and self.services.desk.officer.role == "viewer":
            return "A viewer reads it, and changes nothing"
        if command_id == "handover.say" and self._kind == MORNING:
            return "Words go with the evening's hand-over: Tab turns to it"
        return None

    def action_made(self) -> None:
        """The night team has it."""
        service, kind, words, hidden = self.services.handovers, self._kind, self._said, self._anonymised
        self.write(lambda: service.made(kind, words, hidden), self._saved)

    def action_turn(self) -> None:
        """The other one."""
        self._kind = MORNING if self._kind == EVENING else EVENING
        self.look()

    def action_anonymise(self) -> None:
        """With or without what names a child."""
        self._anonymised = not self._anonymised
        self._paint()
        self.toast.say("Anonymised: initials and free text are left out" if self._anonymised else "In full")

    def action_say(self) -> None:
        """A word beside the facts."""

        def keep(words: str) -> None:
            self._said = words
            self.look()

        ask = Ask("Said beside the facts", "What the night team should know and no list says", str.strip, self._said)
        self.app.push_screen(ask, given(keep))

    def action_save(self) -> None:
        """To a file, as its ending says."""
        seen, hidden, services = self._seen, self._anonymised, self.services
        assert seen is not None, "reason_not saw to it"
        name = f"handover-{seen.made_at:%Y-%m-%d}.pdf"
        what = "ANONYMISED" if hidden else "FULL, with initials and reasons"

        def write(target: Path) -> None:
            def work() -> str:
                if target.suffix.casefold() == ".csv":
                    lines = services.night_form.save(seen, target, hidden)
                    return f"Written, {lines} lines to fill; bring it back with placement import night: {target}"
                services.handovers.save(page_of(seen, hidden), target)
                return f"Written, {what}: {target}"

            self.read(work, lambda words: self.toast.saved(words, undo=False), group="file")

        help_ = f"{what}. Its ending says what: .pdf, .html, .txt, or .csv for the form to fill. Only you may read it"
        self.app.push_screen(Ask("Write it to a file", help_, read_target, str(Path.home() / name)), given(write))

    def action_rota(self) -> None:
        """Somebody on call tonight."""
        night, service = night_of(self.services.desk.now), self.services.handovers
        help_ = f"Part, name, number: approver Pat Lowe 0151 496 0100. Parts: {', '.join(ROLES)}"

        def add(said: tuple[str, str, str]) -> None:
            self.write(lambda: service.add_rota(NewRota(night, *said)), self._saved)

        self.app.push_screen(Ask(f"On call, night of {night:%a %d %b}", help_, read_rota), given(add))

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)
        self.look()


def read_target(text: str) -> Path:
    """A file's name with an ending that can be written. Raises Invalid."""
    target = typed_path(text)
    if target.suffix.casefold() not in (".pdf", ".html", ".htm", ".txt", ".csv"):
        raise Invalid("file", "Its ending says what it is", mend="end it in .pdf, .html, .txt or .csv")
    if target.exists():
        raise Invalid("file", "There is a file of that name already", mend="give it another name")
    return target


def read_rota(text: str) -> tuple[str, str, str]:
    """`approver Pat Lowe 0151 496 0100` as part, name and number. Raises Invalid."""
    part, _, rest = " ".join(text.split()).partition(" ")
    if part.casefold() not in ROLES:
        raise Invalid("part", f"{part!r} is nobody's part", mend=f"begin with one of {', '.join(ROLES)}")
    at = next((place for place, letter in enumerate(rest) if letter.isdigit() or letter == "+"), len(rest))
    name, number = rest[:at].strip(" ,("), rest[at:].strip()
    if not name:
        raise Invalid("name", "Somebody on call has a name", mend=f"like: {part} Pat Lowe 0151 496 0100")
    return part.casefold(), name, phone(number) if number else ""
