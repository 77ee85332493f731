"""The base of every form's place: what is typed is kept as it is typed, restored when it is opened, and saved once.

A subclass gives `fields()`, `read_base()` (on a thread), `texts_of(base)` and `submit(values)`; it saves with `commit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from textual.widget import Widget

from placement_tui.domain.history import Changed
from placement_tui.errors import Invalid, PlacementError
from placement_tui.widgets.dialog import Confirm
from placement_tui.widgets.drafting import DraftKeeper
from placement_tui.widgets.fields import Field
from placement_tui.widgets.form import Form
from placement_tui.widgets.lines import StatusLine
from placement_tui.widgets.place import Leave, Place, given
from placement_tui.widgets.settle import settle_each
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import clock_words

T = TypeVar("T")
_SEEN = "seen"  # in a draft: how far the journal had arrived when its form was read
KEPT: Any = type(
    "Kept", (), {"__doc__": "The value of a field that holds what was saved and could not be typed today."}
)()


class FormPlace(Place):
    """A form. Escape leaves it and keeps the draft; nothing typed is lost by a refusal, a dropped line or a colleague."""

    closes: ClassVar[bool] = True
    NAMED: ClassVar[Mapping[str, str]] = {}  # a service's name of a field -> the form's, where they differ

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self.base: Any = None
        self._base: dict[str, str] = {}  # what the fields held before anybody typed
        self._aside: dict[str, str] = {}  # what is typed in fields that do not show now
        self._ready = self._saving = False
        self._both: set[str] = set()  # fields that are typed in here and were changed by a colleague meanwhile
        self.seen: int | None = (
            None  # how far the journal had arrived when this was read: what came later is a colleague's
        )
        self._draft = DraftKeeper(self, self.PLACE, "" if about is None else str(about))
        self._hand = ""
        self._desk: Any = None

    def clock(self) -> datetime:
        """Now; a key that arrives while the program leaves still finds it."""
        found = getattr(self.app, "services", None)
        self._desk = self._desk if found is None else found.desk
        return self._desk.now  # type: ignore[no-any-return]  # a Desk, which may not be imported here

    # for subclasses

    def fields(self) -> Sequence[Field]:
        """The fields that show, for what is known so far."""
        return ()

    def all_fields(self) -> Sequence[Field]:
        """Every field that can hold something, also those that do not show now."""
        return self.fields()

    def show_all(self) -> None:
        """Show every field, since one that did not show cannot be read."""

    def read_base(self) -> Any:
        """Read, on a thread, what the form is about."""
        return None

    def texts_of(self, base: Any) -> dict[str, str]:  # noqa: ARG002 - for forms to override
        """What the fields hold before anybody types."""
        return {}

    def known(self) -> None:
        """What the form is about has been read (`base`): say it."""

    def restore(self, draft: Mapping[str, str]) -> None:
        """Before its texts are put in: what else the draft says, such as how many children it has."""

    def extras(self) -> dict[str, str]:
        """What the draft keeps besides the texts; ids that no field has."""
        return {}

    def typed(self, field_id: str) -> None:
        """A field was changed."""

    def left(self, field_id: str) -> None:
        """A field is no longer in hand."""

    def submit(self, values: dict[str, Any]) -> None:
        """Every field could be read: save."""

    def state(self) -> Line:
        """The line over the form."""
        return ""

    # the frame

    def body(self) -> Iterable[Widget]:
        """A line that says how it stands, then the fields."""
        yield StatusLine(id="state")
        yield Form(self.fields(), id="form")

    @property
    def form(self) -> Form:
        """The fields."""
        return self.query_one("#form", Form)

    def on_mount(self) -> None:
        """Ready to type at once."""
        self.form.focus()
        self._hand = self.form.field.id
        super().on_mount()

    def say_state(self) -> None:
        """Say how it stands, and whether anything typed waits to be saved."""
        kept = Span("draft kept as you type", "muted") if self._ready and self.unsaved else ""
        self.query_one("#state", StatusLine).say(self.state(), kept)

    # what it holds

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, in fields that show and in those that do not."""
        return self._aside | self.form.texts

    @property
    def unsaved(self) -> dict[str, str]:
        """What differs from what is saved: the draft."""
        return {name: text for name, text in self.texts.items() if text != self._base.get(name, "")}

    def show_fields(self, texts: Mapping[str, str] | None = None) -> None:
        """Show `fields()`; what was typed in those that go is put aside and comes back with them."""
        kept = self.texts | dict(texts or {})
        fields = [self._lenient(field) for field in self.fields()]
        self.form.set_fields(fields, kept)
        shown = {field.id for field in fields}
        self._aside = {name: text for name, text in kept.items() if name not in shown}
        self._hand = self.form.field.id

    def _lenient(self, field: Field) -> Field:
        """A field whose text was saved so and is left alone is never in the way, even where it would be refused today."""
        check, saved = field.check, self._base.get(field.id, "")
        if check is None or not saved:
            return field

        def read(text: str) -> Any:
            try:
                return check(text)
            except Invalid:
                if text.strip() == saved.strip():
                    return KEPT
                raise

        beside = field.beside
        words = None if beside is None else lambda value: "" if value is KEPT else beside(value)
        return replace(field, check=read, beside=words)

    def look(self) -> None:
        """Read what it is about, and the draft."""
        drafts, about = self.services.drafts, self._draft.about
        first, conflicts = not self._ready, self.services.conflicts
        self.read(
            lambda: (conflicts.seen(), self.read_base(), drafts.load(self.PLACE, about) if first else None),
            self._loaded,
        )

    def _loaded(self, found: tuple[int, Any, tuple[dict[str, Any], datetime] | None]) -> None:
        seen, base, draft = found
        was, self.base = self._base, base
        self._base = self.texts_of(base)
        if self._ready:
            self._renew(was, seen)
            return
        before = draft[0].pop(_SEEN, None) if draft else None
        self.seen = before if isinstance(before, int) else seen  # typed on what was read then
        typed = {name: text for name, text in self.form.texts.items() if text}  # typed before the store answered
        kept = {name: str(text) for name, text in (draft[0] if draft else {}).items()}
        self.restore(kept)
        self._ready = True
        self.known()
        self.show_fields(self._base | {name: kept[name] for name in kept if name not in self.extras()} | typed)
        if draft:
            when = clock_words(draft[1], self.services.desk.now)
            self.toast.say([Span(f"Draft of {when} restored. ", "accent"), Span("Ctrl+X", "key"), Span(" throws it away", "muted")])  # fmt: skip
        self.say_state()
        self.renew_footer()

    def _renew(self, was: Mapping[str, str], seen: int) -> None:
        """A colleague changed it meanwhile: fields that nobody touched here show what is saved now.

        What is typed in a field that they changed too stays, and is put beside theirs when it is saved.
        """
        now = self.texts
        both = {name for name, text in self._base.items() if text != was.get(name, "") != now.get(name, "")}
        self._both = {name for name in self._both | both if now.get(name, "") != self._base.get(name, "")}
        if not self._both:
            self.seen = seen
        fresh = {name: text for name, text in self._base.items()
                 if text != was.get(name, "") and now.get(name, "") == was.get(name, "")}  # fmt: skip
        self.known()
        self.show_fields(fresh)
        if self._both & both:
            fields = ", ".join(dict.fromkeys(field.label for field in self.all_fields() if field.id in self._both))
            self.toast.say(Span(f"A colleague changed this too: {fields}. Yours is kept; saving shows both", "warn"))
        elif fresh:
            self.toast.say(Span("A colleague changed this meanwhile: what you had not touched is renewed", "accent"))
        self.say_state()

    def changed(self, what: Changed) -> None:
        """What it saves itself is no news."""
        if not self._saving:
            super().changed(what)

    # typing

    def on_form_changed(self, message: Form.Changed) -> None:
        """Keep it."""
        message.stop()
        self.typed(message.field_id)
        if self._ready:
            self.keep()
            self.say_state()

    def on_form_moved(self, message: Form.Moved) -> None:
        """Another field is in hand."""
        message.stop()
        before, self._hand = self._hand, message.field_id
        if before != message.field_id:
            self.left(before)
        self.renew_footer()

    def keep(self) -> None:
        """Write the draft."""
        typed = self.unsaved
        self._draft.keep(typed | self.extras() | ({} if self.seen is None else {_SEEN: self.seen}) if typed else {})

    # saving

    def on_form_ended(self) -> None:
        """Enter on the last field saves."""
        self.action_save()

    def on_form_saved(self, message: Form.Saved) -> None:
        """Every field that shows can be read; so must be those that do not."""
        message.stop()
        values = dict(message.values)
        for field in self.all_fields():
            if field.id not in values and field.kind != "head":
                try:
                    values[field.id] = self._lenient(field).read(self._aside.get(field.id, ""))
                except Invalid as error:
                    self.show_all()
                    self.form.refuse(error)
                    return
        self.submit(values)

    def commit(self, work: Callable[[], T], then: Callable[[T], object]) -> None:
        """Save on the writing thread and forget the draft; a refusal of one field goes to that field."""
        self._saving = True

        def save() -> T:
            value = work()
            self._draft.forget()
            return value

        def saved(value: T) -> None:
            clashes = getattr(value, "clashes", ())
            if not clashes:
                then(value)
                return
            conflicts = self.services.conflicts
            self.read(
                lambda: conflicts.unsettled(clashes),
                lambda rows: settle_each(self, rows, lambda: then(value)),
                "clashes",
            )

        self.write(save, saved, self.refused)

    def refused(self, error: PlacementError) -> bool:
        """Show a refusal where it belongs; everything typed stays."""
        self._saving = False
        self.keep()
        if not isinstance(error, Invalid):
            return False
        self.form.refuse(Invalid(self.NAMED.get(error.field, error.field), error.title, error.detail, error.mend))
        return True

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Nothing is saved twice, or before what it is about was read."""
        if not self.is_mounted:
            return None
        if command_id == "forms.save" and (self._saving or not self._ready):
            return "It is being saved" if self._saving else "It is still being read"
        if command_id == "forms.discard" and not self.unsaved:
            return "Nothing is typed here that is not saved"
        if command_id == "forms.editor" and self.form.field.kind != "long":
            return "Only a field of several lines opens in your editor"
        return None

    def action_save(self) -> None:
        """Check every field; `submit` follows when all can be read."""
        if not self.reason_not("forms.save"):
            self.form.save()

    def action_editor(self) -> None:
        """The long field in hand in the user's own editor."""
        self.form.edit_outside()

    def action_discard(self) -> None:
        """Forget what is typed; asks with another key."""
        count = len(self.unsaved)
        words = f"What is typed in {count} field{'' if count == 1 else 's'} and not saved is forgotten. It cannot be undone."

        def confirmed(yes: bool) -> None:
            if yes:
                self.show_fields({name: self._base.get(name, "") for name in self.texts})
                self.keep()
                self.toast.saved("Thrown away: the form is as it was", undo=False)
                self.say_state()

        self.app.push_screen(Confirm("Throw the draft away?", words, "throw away", "ctrl+x"), given(confirmed))

    def action_leave_form(self) -> None:
        """Back, with the draft kept."""
        self.post_message(
            Leave("The draft is kept: it is there when you come back" if self.unsaved else "", undo=False)
        )

    def action_untype(self) -> None:
        """Ctrl+Z, when the field has nothing to take back: it must not undo a saved change by surprise."""
        self.toast.refused("Nothing typed in this field is left to take back. Elsewhere, u undoes what was saved")
