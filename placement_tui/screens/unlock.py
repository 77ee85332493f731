"""Unlock: the passphrase, asked while the rest of the program is still being read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.widget import Widget

from placement_tui.errors import Invalid, Locked, PlacementError
from placement_tui.paths import words
from placement_tui.widgets.choose import Option
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Place
from placement_tui.widgets.text import Line, Span, plain, wrap

_WORDS = 5  # lines above the fields


class UnlockScreen(Place):
    """Who, and the passphrase."""

    PLACE = "unlock"

    def body(self) -> Iterable[Widget]:
        """Two fields at most."""
        host: Any = self.app
        names = host.opening.names
        fields = [Field("passphrase", "Passphrase", "Enter opens the store", "secret", required=True, limit=1000)]
        if len(names) > 1 and not host.opening.officer:
            fields.insert(
                0,
                Field(
                    "officer",
                    "Officer",
                    "Whose passphrase",
                    "choice",
                    tuple(Option(name, name) for name in names),
                    required=True,
                ),
            )
        yield Block(*self._words(), id="words")
        yield Form(fields, id="form")

    def _words(self, error: PlacementError | None = None) -> list[Line]:
        """What is opened, and what to do without a passphrase; after a refusal the refusal, whole."""
        host: Any = self.app
        first: Line = [
            Span(f" {words(host.opening.path)}", "strong"),
            Span(" is encrypted. It opens with your passphrase.", "muted"),
        ]
        if error is not None:
            said = wrap(plain(str(error)), max(20, self.size.width - 2))
            return [first, "", *(Span(f" {line}", "warn") for line in said[: _WORDS - 2])]
        mend = (
            "Forgotten? An administrator gives you a new one. The sealed recovery code opens it too, as Recovery code."
        )
        return [first, "", *(Span(f" {line}", "muted") for line in wrap(mend, max(20, self.size.width - 2)))]

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one("#words", Block).styles.height = _WORDS + 1
        self.query_one("#words", Block).show(*self._words())
        self.title_line.say("Open the store")
        self.query_one(Form).focus()

    def arrive(self) -> None:
        """There is nothing to read before it is open."""

    def action_save(self) -> None:
        """Try it."""
        self.query_one(Form).save()

    def on_form_ended(self) -> None:
        """Enter on the last field is enough."""
        self.action_save()

    def on_form_saved(self, message: Form.Saved) -> None:
        """Every field is there: open on a thread."""
        host: Any = self.app
        values = message.values
        self.toast.say(Span("Opening…", "muted"))
        officer = values.get("officer") or host.opening.officer
        host.work(self, lambda: host.opening.open(officer, values["passphrase"]), host.opened, self._no, False)

    def _no(self, error: PlacementError) -> bool:
        host: Any = self.app
        if not self.is_current:  # the last board came in front already: it goes, for the store does not open
            host.opening.glance = None
            host.open_place(self.PLACE)
        form = self.query_one(Form)
        form.fill({"passphrase": ""})
        if isinstance(error, Locked):  # beside the field: a dialog would eat the first letter of the next try
            form.refuse(Invalid("passphrase", error.title, error.detail, error.mend))
            self.query_one("#words", Block).show(*self._words(error))
            self.toast.failed(error.title)
        else:
            self.show_error(error)
        return True
