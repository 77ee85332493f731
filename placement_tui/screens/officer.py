"""An officer and a passphrase: somebody new, a new passphrase for a colleague, or one's own. Nothing typed here is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from textual.widget import Widget

from placement_tui.domain.officers import ROLES, check_name
from placement_tui.errors import Invalid, Locked, PlacementError
from placement_tui.widgets.choose import Option
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from placement_tui.widgets.lines import StatusLine
from placement_tui.widgets.place import Leave, Place
from placement_tui.widgets.text import Span

_TITLES = {
    "add": "A new officer", "reset": "A new passphrase", "enable": "Let in again", "mine": "My own passphrase",
}  # fmt: skip
_HELP = "Four unrelated words do well, and no name. How strong it is stands above as you type"


class OfficerScreen(Place):
    """`about` is `add`, `mine`, or (`reset` or `enable`, an officer's id)."""

    PLACE = "officer"
    closes = True

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._what, self._key = about if isinstance(about, tuple) else (about or "mine", None)
        self._typed = ""
        self._saving = False

    def body(self) -> Iterable[Widget]:
        """How strong it is, then the fields."""
        yield StatusLine(id="strength")
        yield Form(self._fields(), {"role": ROLES[0]} if self._what == "add" else None, id="form")

    def _fields(self) -> Sequence[Field]:
        fields: list[Field] = []
        if self._what == "add":
            fields = [
                Field("name", "Name", "As colleagues know them: it stands beside what they do", required=True, check=check_name),
                Field("role", "Role", "What they may do; it can be changed later", "choice", tuple(Option(role, role) for role in ROLES), required=True),
            ]  # fmt: skip
        if self._what == "mine":
            fields = [
                Field(
                    "old",
                    "Passphrase now",
                    "The one that opens the store for you now",
                    "secret",
                    required=True,
                    limit=1000,
                )
            ]
        return [
            *fields,
            Field("passphrase", "New passphrase", _HELP, "secret", required=True, limit=1000, check=self._take),
            Field(
                "again",
                "The same again",
                "So that a slip of the finger locks nobody out",
                "secret",
                required=True,
                limit=1000,
            ),
        ]

    def _take(self, text: str) -> None:
        self._typed = text

    def on_mount(self) -> None:
        """Ready to type."""
        self.title_line.say(_TITLES[self._what], self.more.get("words", ""))
        self._say("")
        self.query_one(Form).focus()
        super().on_mount()

    # as it is typed

    def on_form_changed(self, message: Form.Changed) -> None:
        """Say how strong it is, from a thread: it is thought about for longer than a key may take."""
        message.stop()
        if message.field_id != "passphrase":
            return
        typed, name, officers = (
            self._typed,
            message.texts.get("name", "") or self.more.get("words", ""),
            self.services.officers,
        )
        self.read(lambda: officers.strength(typed, name), self._say, group="strength")

    def _say(self, weak: str | None) -> None:
        line = self.query_one("#strength", StatusLine)
        if not self._typed:
            line.say(Span("nothing typed here is kept until it is saved, and a passphrase never is", "muted"))
        elif weak:
            line.say(Span(f"too weak: {weak}", "warn"))
        else:
            line.say(Span("strong enough", "good"))

    # saving

    def on_form_ended(self) -> None:
        """Enter on the last field saves."""
        self.action_save()

    def action_save(self) -> None:
        """Check every field."""
        if not self._saving:
            self.query_one(Form).save()

    def reason_not(self, command_id: str) -> str | None:
        """Nothing is saved twice."""
        return "It is being saved" if self._saving and command_id == "forms.save" else None

    def on_form_saved(self, message: Form.Saved) -> None:
        """Both are the same: save."""
        message.stop()
        values, form = message.values, self.query_one(Form)
        if values["passphrase"] != values["again"]:
            form.refuse(Invalid("again", "The two differ", mend="type the same passphrase in both"))
            return
        work, said = self._work(values)
        self._saving = True
        self.toast.say(Span("saving…", "muted"))
        self.write(work, lambda _: self.post_message(Leave(said, undo=False)), self._refused)

    def _work(self, values: dict[str, Any]) -> tuple[Callable[[], Any], str]:
        officers, new, name = self.services.officers, values["passphrase"], self.more.get("words", "")
        if self._what == "add":
            name = values["name"]
            return lambda: officers.add(name, values["role"], new), f"{name} can open the store with that passphrase"
        if self._what == "mine":
            return lambda: officers.change_passphrase(
                values["old"], new
            ), "Your new passphrase opens the store from now on"
        if self._what == "enable":
            return lambda: officers.enable(self._key, new), f"{name} can open the store again"
        return lambda: officers.reset(self._key, new), f"{name} opens the store with the new passphrase"

    def _refused(self, error: PlacementError) -> bool:
        self._saving = False
        form = self.query_one(Form)
        if isinstance(error, Locked):
            form.refuse(Invalid("old", error.title, error.detail, error.mend))
        elif isinstance(error, Invalid) and error.field in ("name", "role", "passphrase"):
            form.refuse(error)
        else:
            return False
        return True
