"""An ending, written once: why, what contributed and who says so, and what the next home should know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.widget import Widget

from placement_tui.domain.codes.endings import class_of
from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.typed import day_words
from placement_tui.domain.typed_times import london
from placement_tui.domain.warnings import WarningRow, told
from placement_tui.errors import Invalid
from placement_tui.widgets.ending_fields import ending_fields, lacks_note, needs_of, new_ending, read_factors
from placement_tui.widgets.fields import Field
from placement_tui.widgets.formplace import FormPlace
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Leave
from placement_tui.widgets.placement_words import class_words, codes_page, started_words
from placement_tui.widgets.readdialog import ReadDialog
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.typed_fields import needs_text


class EndingScreen(FormPlace):
    """The end of a placement. `about` is the placement."""

    PLACE = "ending"
    NOUNS = frozenset({"placement", "early_warning"})
    _warned: Sequence[WarningRow] = ()

    def fields(self) -> Sequence[Field]:
        """Factors that usually stand beside the reason come first."""
        return ending_fields(self.clock, self._reason, self._placed_as)

    @property
    def _placed_as(self) -> str | None:
        row: PlacementRow | None = self.base
        return row.place if row else None

    @property
    def _reason(self) -> str | None:
        if not self.is_mounted or not self.form.texts.get("reason"):
            return None
        field = next(each for each in ending_fields(self.clock, None, None) if each.id == "reason")
        try:
            return str(field.read(self.form.texts["reason"]))
        except Invalid:
            return None

    def foot(self) -> Iterable[Widget]:
        """The placement, in a line."""
        about = Block(id="about")
        about.styles.height = 1
        yield about

    def read_base(self) -> PlacementRow:
        """The placement, and the warnings that were logged of it."""
        self._warned = self.services.warnings.of_placement(self.about)
        return self.services.placements.get(self.about)

    def texts_of(self, base: PlacementRow) -> dict[str, str]:  # noqa: ARG002 - the same for every placement
        """Most endings are written on the day; signs that were logged stand there already."""
        warned = {"warned": "yes", "warnings": told(self._warned)} if self._warned else {}
        return {"ended": "today", **warned}

    def known(self) -> None:
        """Who leaves which home."""
        row: PlacementRow = self.base
        self.title_line.say(f"{row.child} leaves {row.name}", row.reference or "")
        wanted = (
            ""
            if row.type_wanted in (None, row.type_obtained)
            else f", {KINDS.label(row.type_wanted or '').lower()} was wanted"
        )
        words = f" placed {started_words(row, self.clock().astimezone(london()).date())} · {KINDS.label(row.type_obtained).lower()}{wanted}"
        self.query_one("#about", Block).show(Span(words, "muted"))

    def state(self) -> Line:
        """How it will be counted."""
        row: PlacementRow | None = self.base
        if row is not None and row.ended_on is not None:
            return Span(
                f"This placement ended on {day_words(row.ended_on, self.clock().astimezone(london()).date())}", "warn"
            )
        reason = self._reason
        if reason is None:
            return Span("F5 shows what the codes mean", "muted")
        if lacks_note(reason, self.texts.get("note", "")):
            return Span("OTHER is for the exceptional: it needs a note", "warn")
        return class_words(class_of(reason, self._placed_as))

    def typed(self, field_id: str) -> None:
        """Another reason brings other factors to the front."""
        if field_id == "reason":
            self.show_fields()

    def left(self, field_id: str) -> None:
        """The factors say which needs the lesson probably bears on; what was typed there stays."""
        if field_id != "factors" or self.texts.get("lesson_needs", "").strip():
            return
        try:
            needs = needs_of(read_factors(self.texts.get("factors", "")))
        except Invalid:
            return
        if needs:
            self.show_fields({"lesson_needs": needs_text(needs)})
            self.keep()

    def action_codes(self) -> None:
        """What the codes mean."""
        place, today = self._placed_as, self.clock().astimezone(london()).date()
        self.app.push_screen(ReadDialog("What the codes mean", lambda width: codes_page(place, today, width), ("f5",)))

    def submit(self, values: dict[str, Any]) -> None:
        """End it, once."""
        services, about = self.services, self.about
        if lacks_note(values["reason"], values["note"] or ""):
            self.form.refuse(Invalid("note", "OTHER needs a note", "it is for the exceptional", "say what happened"))
            return
        new = new_ending(values)
        self.commit(lambda: services.endings.end(about, new)[1], lambda saved: self.post_message(Leave(saved.words)))
