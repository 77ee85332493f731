"""Locked: covers everything while the officer is away. Nothing of a record stands on it or behind it."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from placement_tui import commands
from placement_tui.errors import Invalid, Locked, PlacementError
from placement_tui.widgets.bindings import Commanded, bindings_for
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from placement_tui.widgets.idle import Cover
from placement_tui.widgets.lines import Block, FooterLine, Rule, TitleLine, ToastLine
from placement_tui.widgets.text import Line, Span, plain, wrap


class LockedScreen(Commanded, Cover, ModalScreen[None]):
    """The passphrase of the officer who was here."""

    PLACE = "locked"
    DEFAULT_CSS = "LockedScreen { background: $background; } LockedScreen Form { height: 1fr; }"
    BINDINGS = bindings_for(PLACE)
    AUTO_FOCUS = None

    def __init__(self, initials: str, at: str, why: str) -> None:
        """Whose it is, the time of day, and why it locked, where no key asked for it."""
        super().__init__()
        self._initials, self._at, self._why = initials, at, why
        self._trying = False

    def compose(self) -> ComposeResult:
        """The frame of a place, and one field."""
        host: Any = self.app
        yield TitleLine("Locked", council=host.council, id="title")
        said = Block(*self._words(), id="words")
        said.styles.height = 9
        yield said
        help_ = f"The passphrase of {self._initials}. Enter goes on"
        yield Form([Field("passphrase", "Passphrase", help_, "secret", required=True, limit=1000)], id="form")
        yield Rule()
        yield ToastLine(id="toast")
        yield FooterLine(commands.footer_for(self.PLACE), place=self.PLACE, id="footer")

    def _words(self, error: PlacementError | None = None) -> list[Line]:
        why = f". {self._why}" if self._why else ""
        refused = wrap(plain(str(error)), max(20, self.app.size.width - 2))[:2] if error else ()
        return [
            "",
            [Span(f" {self._initials}", "strong"), Span(f" locked at {self._at}{why}")],
            " Everything is as it was left, half-typed text too. The store is closed.",
            "",
            Span(" Somebody else? Quit, and start the program as yourself: everything is saved.", "muted"),
            "",
            *(Span(f" {line}", "warn") for line in refused),
        ]

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Form).focus()

    def on_key(self, event: events.Key) -> None:
        """Every key stays here."""
        event.stop()

    def action_save(self) -> None:
        """Try it."""
        if not self._trying:
            self.query_one(Form).save()

    def on_form_ended(self) -> None:
        """Enter is enough."""
        self.action_save()

    def on_form_saved(self, message: Form.Saved) -> None:
        """Try to open the store again."""
        host: Any = self.app
        self._trying = True
        self.query_one(ToastLine).say(Span("Opening…", "muted"))
        host.unlock_again(message.values["passphrase"], self._refused)

    def _refused(self, error: PlacementError) -> None:
        self._trying = False
        form = self.query_one(Form)
        form.fill({"passphrase": ""})
        toast = self.query_one(ToastLine)
        toast.failed(error.title)
        if isinstance(error, Locked):
            form.refuse(Invalid("passphrase", error.title, error.detail, error.mend))
            self.query_one("#words", Block).show(*self._words(error))
        else:
            toast.failed(str(error))
