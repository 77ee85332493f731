"""Welcome: the first run makes a store, in four fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.widget import Widget

from placement_tui.domain.typed import short_text
from placement_tui.errors import Invalid, PlacementError
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Place
from placement_tui.widgets.text import Span

_TEXT = (
    "There is no store here yet. These five fields make one: encrypted from its",
    "first byte, on this machine only. Ctrl+S makes it. To look around on made-up",
    "children first: Ctrl+Q, then: placement demo",
)


class WelcomeScreen(Place):
    """Authority, officer, passphrase twice."""

    PLACE = "welcome"

    def body(self) -> Iterable[Widget]:
        """A few words, then the fields."""
        words = Block(*(Span(" " + line, "muted") for line in _TEXT), "", id="words")
        words.styles.height = 4
        yield words
        yield Form(
            [
                Field("authority", "Authority's code", "The council's nine-character GSS code: Wirral is E08000015", required=True, limit=9),
                Field("authority_name", "Authority's name", "As people say it: Wirral", required=True, limit=80),
                Field("officer", "Your name", "First and last name; your initials show beside what you log", required=True, limit=80),
                Field("passphrase", "Passphrase", "At least twelve characters: four unrelated words do well. Nobody can recover it", "secret", required=True, limit=1000),
                Field("again", "Passphrase again", "The same, so that a slip does not lock you out. Enter makes the store", "secret", required=True, limit=1000),
            ],
            id="form",
        )  # fmt: skip

    def on_mount(self) -> None:
        """Ready to type."""
        host: Any = self.app
        self.title_line.say("Welcome to placement", str(host.opening.path))
        self.query_one(Form).focus()

    def arrive(self) -> None:
        """There is nothing to read before it is made."""

    def action_save(self) -> None:
        """Make it."""
        self.query_one(Form).save()

    def on_form_ended(self) -> None:
        """Enter on the last field is enough."""
        self.action_save()

    def on_form_saved(self, message: Form.Saved) -> None:
        """Make the store on a thread, and open it."""
        host: Any = self.app
        values = message.values
        if values["passphrase"] != values["again"]:
            self.query_one(Form).refuse(Invalid("again", "The two passphrases differ", mend="type the same twice"))
            return
        self.toast.say(Span("Making the store…", "muted"))
        name = short_text("officer", values["officer"], 80, required=True)
        host.work(self, lambda: host.opening.make(values["authority"], values["authority_name"], name, values["passphrase"]),
                  host.opened, self._no, False)  # fmt: skip

    def _no(self, error: PlacementError) -> bool:
        if isinstance(error, Invalid):
            self.query_one(Form).refuse(error)
        self.toast.failed(str(error))
        return True
