"""The referral's form: eight fields in an emergency, all of them otherwise; for a new one, or one that is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.referrals import NewChild, NewReferral, ReferralRow
from placement_tui.errors import Conflict, Invalid, PlacementError
from placement_tui.widgets.dialog import Confirm
from placement_tui.widgets.drafting import NEW, next_new
from placement_tui.widgets.fields import Field
from placement_tui.widgets.formplace import KEPT, FormPlace
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Leave, Open, given
from placement_tui.widgets.referral_fields import (
    CHILD,
    MOST_CHILDREN,
    count_typed,
    identifier_in,
    missing,
    new_child,
    on_record,
    prefix,
    referral_columns,
    referral_fields,
    texts_of,
    with_saved,
    without_child,
)
from placement_tui.widgets.referral_words import KnownChild, earlier_lines
from placement_tui.widgets.text import Line, Span


class ReferralScreen(FormPlace):
    """A referral. `about` is `new` or its id; `more["short"]` asks for the eight fields of an emergency."""

    PLACE = "referral"
    NOUNS = frozenset({"referral", "referral_child", "child", "need"})
    NAMED: ClassVar[Mapping[str, str]] = {
        "postcode": "home_postcode", "born": "age", "identifier": "child", "initials": "child", "kind": "wanted",
    }  # fmt: skip

    def __init__(self, about: Any = NEW, **more: Any) -> None:
        super().__init__(about, **more)
        self._short = bool(more.get("short", False))
        self._urgent = self._short
        self._children = 1
        self._known: dict[str, KnownChild] = {}  # by identifier
        self._asked_for: set[str] = set()
        self._again = False  # also where a child has an open referral

    @property
    def _new(self) -> bool:
        return isinstance(self.about, str)

    # the form

    def fields(self) -> Sequence[Field]:
        """Those that show; what is on record of a known child stands in its fields, and is kept where nothing is typed."""
        saved = self._on_record
        found = referral_fields(self.clock, self._short, self._urgent, self._children)
        return [
            replace(field, example=f"{saved[field.id]} (on record)") if field.id in saved else field for field in found
        ]

    def all_fields(self) -> Sequence[Field]:
        """Those of the whole form."""
        return referral_fields(self.clock, False, self._urgent, self._children)

    def show_all(self) -> None:
        """The whole form."""
        self._short = False
        self.show_fields()
        self._title()

    def foot(self) -> Iterable[Widget]:
        """What earlier searches for the same child came to, and what was learned."""
        about = Block(id="about")
        about.styles.height = 2
        yield about

    def on_mount(self) -> None:
        """A new one is known before anything was read."""
        if self._new:
            self._title()
            self.say_state()
        super().on_mount()

    def read_base(self) -> ReferralRow | None:
        """The referral, where it is there already."""
        return None if self._new else self.services.referrals.get(self.about)

    def texts_of(self, base: ReferralRow | None) -> dict[str, str]:
        """What it holds."""
        return {} if base is None else texts_of(base)

    def known(self) -> None:
        """Say whose it is, and look for earlier ones."""
        row: ReferralRow | None = self.base
        self._children = max(self._children, len(row.children) if row else 1)
        self._title()
        if row is not None:
            for child in row.children:
                self._look_up(child.identifier)

    def restore(self, draft: Mapping[str, str]) -> None:
        """How many children the draft has, and which fields it showed."""
        count = draft.get("children", "")
        self._children = min(MOST_CHILDREN, max(1, int(count))) if count.isdigit() else 1
        if self._new:
            self._urgent = draft.get("urgent", "1" if self._urgent else "") == "1"

    def extras(self) -> dict[str, str]:
        """How many children there are, and whether it is an emergency."""
        return {"children": str(self._children), "urgent": "1" if self._urgent else ""}

    def _title(self) -> None:
        row: ReferralRow | None = self.base
        where = f"{row.reference} {row.child}" if row else "Emergency referral" if self._urgent else "New referral"
        self.title_line.say(where, "eight fields" if self._short else "all fields")

    def state(self) -> Line:
        """What a provider will ask for."""
        lacks = missing(self._on_record | {name: text for name, text in self.texts.items() if text}, self._children)
        if not lacks:
            return Span("Everything that providers ask for is here", "good")
        return [Span("providers ask for: ", "muted"), Span(", ".join(lacks), "warn")]

    def called_again(self) -> None:
        """Asked for as an emergency, or whole: show it so."""
        wanted = bool(self.more.get("short", False))
        if self.is_mounted and self._new:
            if not self.unsaved:
                self._urgent = wanted
            self._turn(wanted)

    # as fields are left

    def left(self, field_id: str) -> None:
        """A postcode is looked up, a known child recognised, as soon as it was typed."""
        name = field_id.rpartition(":")[2]
        text = self.texts.get(field_id, "").strip()
        if name == "home_postcode" and text and field_id not in self.form.errors:
            self._look_at_postcode(field_id, text)
        elif name == "child" and text and field_id not in self.form.errors:
            self._look_up(identifier_in(text))

    def _look_at_postcode(self, field_id: str, text: str) -> None:
        desk = self.services.desk

        def found(place: Any) -> None:
            if place.caution:
                self.toast.refused(place.caution)

        def unknown(error: PlacementError) -> bool:
            if self.texts.get(field_id, "").strip() == text:
                self.form.object_to(Invalid(field_id, error.title, error.detail, error.mend))
                self.toast.refused(f"{error.title}: check it with whoever gave it")
            return True

        self.read(lambda: desk.place_of(text), found, field_id, unknown)

    def _look_up(self, identifier: str) -> None:
        if not identifier or identifier in self._asked_for:
            return
        self._asked_for.add(identifier)
        services = self.services

        def read() -> KnownChild | None:
            found = services.referrals.known(identifier)
            return (*found, services.endings.lessons_for(children=[found[0].id])) if found else None

        def show(found: KnownChild | None) -> None:
            if found is not None:
                self._known[identifier] = found
                self.show_fields()
                self.say_state()
                own = self.base.reference if self.base else ""
                self.query_one("#about", Block).show(*earlier_lines(self._known.values(), own))

        self.read(read, show, f"known {identifier}")

    @property
    def _on_record(self) -> dict[str, str]:
        if not self._new or not self._known or not self.is_mounted:
            return {}
        return on_record(self.texts, self._children, {number: found[0] for number, found in self._known.items()})

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """A group of brothers and sisters has an end."""
        if command_id == "referrals.sibling" and self._children >= MOST_CHILDREN:
            return f"{MOST_CHILDREN} children are the most in one referral: log another for the others"
        if command_id == "referrals.drop" and (self._saving or not self._ready or self._children < 2):
            return "It is being saved" if self._saving else "A referral is for one child at least"
        if command_id == "referrals.another" and not self._new:
            return "This referral is logged: F2 begins a new one"
        return super().reason_not(command_id)

    def action_all_fields(self) -> None:
        """The short form or the whole one; nothing typed is lost."""
        self._turn(not self._short)

    def _turn(self, short: bool) -> None:
        self._short = short
        self.show_fields()
        self._title()
        self.say_state()

    def action_another(self) -> None:
        """The next half-typed referral, or a blank one; this one is kept."""
        services, typed = self.services, bool(self.unsaved)

        def go(waiting: list[tuple[str, str, datetime]]) -> None:
            other = next_new(self.about, typed, [about for form, about, _ in waiting if form == self.PLACE])
            if other is None:
                self.toast.refused("This one is blank, and no other is half typed")
            else:
                self.post_message(Open("referral", other, short=self._short, instead=True))

        self.read(services.drafts.waiting, go, "drafts")

    def action_sibling(self) -> None:
        """One more child, and their first field in hand."""
        self._children += 1
        self.show_fields()
        self.form.go_to(f"{prefix(self._children)}child")
        self.keep()
        self.say_state()

    def action_drop(self) -> None:
        """The child in hand is no longer of this referral; one on record after a question."""
        number = int(self.form.field.id.partition(":")[0]) if ":" in self.form.field.id else 1
        saved = self.base.children[number - 1] if self.base and number <= len(self.base.children) else None
        referrals, about = self.services.referrals, self.about

        def gone(done: Saved | None = None) -> None:
            texts, self._children = without_child(self.texts, number, self._children), self._children - 1
            self.show_fields(texts)
            self.keep()
            self.say_state()
            if done is not None:
                self.toast.saved(done.words, undo=False)

        if saved is None:
            gone()
            return
        child = saved

        def sure(yes: bool) -> None:
            if yes:
                self.write(lambda: referrals.remove_child(about, child.id), gone)

        detail = "Their needs here go too; the child stays on record."
        self.app.push_screen(Confirm(f"Take {child.words} out?", detail, "take out", "ctrl+r"), given(sure))

    # saving

    def refused(self, error: PlacementError) -> bool:
        """A child with an open referral is asked about: another one may be meant."""
        handled = super().refused(error)
        if not (self._new and isinstance(error, Conflict)):
            return handled

        def again(yes: bool) -> None:
            if yes:
                self._again = True
                self.form.save()

        self.app.push_screen(
            Confirm(f"{error.title}.", f"{error.detail.capitalize()}.", "log this one too", "ctrl+s"), given(again)
        )
        return True

    def submit(self, values: dict[str, Any]) -> None:
        """Log it, or change what was changed. A brother or sister of whom nothing was typed is not there."""
        self._children = max(count_typed(self.texts, self._children), len(self.base.children) if self.base else 1)
        for number in range(2, self._children + 1):
            at = f"{prefix(number)}child"
            if not self.texts.get(at, "").strip():
                self.show_all()
                self.form.refuse(Invalid(at, "needed", mend="initials or our own number"))
                return
        if self._new:
            self._log(values)
        else:
            self._amend(values)

    def _typed_children(self, values: Mapping[str, Any], first: int = 1) -> list[NewChild]:
        return [new_child(number, values) for number in range(first, self._children + 1)]

    def _log(self, values: dict[str, Any]) -> None:
        own = {
            name: text
            for name, text in self._on_record.items()
            if name.endswith("home_postcode") and not values.get(name)
        }
        services, children, again = self.services, self._typed_children(values | own), self._again
        new = NewReferral(tuple(children), **referral_columns(values, self._urgent))

        def work() -> tuple[UUID, str]:
            self._check_postcodes(children)
            return services.referrals.log(new, again=again)

        def logged(made: tuple[UUID, str]) -> None:
            self.post_message(Open("homes", made[0], said=f"{made[1]} logged: these homes may be asked", instead=True))

        self.commit(work, logged)

    def _amend(self, values: dict[str, Any]) -> None:
        row: ReferralRow = self.base
        services, about, typed, seen = self.services, self.about, self.unsaved, self.seen
        columns = referral_columns({name: value for name, value in values.items() if value is not KEPT}, False)
        own = {"by": ("urgency", "needed_by")}
        fields = {column: columns[column] for name in typed for column in own.get(name, (name,)) if column in columns}
        changed = {}
        for number, child in enumerate(row.children, 1):
            at = prefix(number)
            if any(f"{at}{name}" in typed for name in CHILD):
                changed[child.id] = new_child(number, with_saved(number, child, values, KEPT))
        added = self._typed_children(values, len(row.children) + 1)

        def work() -> Saved:
            self._check_postcodes([changed.get(child.id, NewChild()) for child in row.children] + added)
            return services.referrals.amend(about, fields, changed, added, seen=seen)

        self.commit(work, lambda saved: self.post_message(Leave(saved.words)))

    def _check_postcodes(self, children: Sequence[NewChild]) -> None:
        """On the writing thread, so that a refusal names the child whose it is."""
        for number, child in enumerate(children, 1):
            if child.home_postcode:
                try:
                    self.services.desk.place_of(child.home_postcode)
                except Invalid as error:
                    at = f"{prefix(number)}home_postcode"
                    raise Invalid(at if self.texts.get(at) else "home_postcode", error.title, error.detail, error.mend)
