"""A child's profile as it is written: a field for each heading, with the score beside it as one types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.profiles import RISKS, SECTION_LIMIT, whole_template
from placement_tui.domain.profiles_text import read_risks, risks_text
from placement_tui.domain.typed import long_text
from placement_tui.errors import Invalid
from placement_tui.widgets.fields import Field
from placement_tui.widgets.formplace import FormPlace
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Leave
from placement_tui.widgets.profile_words import live_lines
from placement_tui.widgets.text import Line, Span

if TYPE_CHECKING:
    from placement_tui.services.profiles import Prepared

_RISK = "### what it is, then lines that begin Date:, Context:, Trigger:, Mitigation:"


class ProfileFormScreen(FormPlace):
    """The form. `about` is `REFERRAL CHILD`."""

    PLACE = "profile_form"
    NOUNS = frozenset({"profile", "risk"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._referral, self._child = (UUID(part) for part in str(about).split(" "))

    def audited(self) -> tuple[UUID | None, str]:
        """The referral is what is looked at."""
        return self._referral, self.title_line.said.split("  ")[0]

    def foot(self) -> Iterable[Widget]:
        """The score, what is missing, what gives the child away."""
        live = Block(id="live")
        live.styles.height = 3
        yield live

    def fields(self) -> Sequence[Field]:
        """One for each heading, those of the council's template first."""
        if self.base is None:
            return [Field("strengths", "Strengths", kind="long")]
        made: Prepared = self.base
        today = self.services.desk.today
        return [
            Field(
                prompt.key, prompt.title, f"{prompt.asks}. {_RISK}" if prompt.key == RISKS else prompt.asks, "long",
                limit=SECTION_LIMIT, lines=4 if prompt.key == RISKS else 2,
                check=(lambda text: read_risks(text, today)) if prompt.key == RISKS else _reader(prompt.key),
            )
            for prompt in whole_template(made.template, made.subject.profile.sections)
        ]  # fmt: skip

    def read_base(self) -> Prepared:
        """The profile as it is saved."""
        found: Prepared = self.services.profiles.prepare(self._referral, self._child)
        return found

    def texts_of(self, base: Prepared) -> dict[str, str]:
        """What is written."""
        profile = base.subject.profile
        return {**profile.sections, RISKS: risks_text(profile.risks)}

    def known(self) -> None:
        """Whose profile."""
        made: Prepared = self.base
        self.title_line.say(f"{made.referral.reference} profile", made.subject.child.words)
        self.call_after_refresh(self._check)

    def state(self) -> Line:
        """How it is kept."""
        return Span("Every line counts: write as you would tell a carer on the phone", "muted")

    def typed(self, field_id: str) -> None:  # noqa: ARG002 - any change is looked at
        """What is typed is checked, beside the text."""
        if self._ready:
            self._check()

    def left(self, field_id: str) -> None:  # noqa: ARG002 - the field that is in hand now counts
        """Another section is in hand."""
        if self._ready:
            self._check()

    def _check(self) -> None:
        made: Prepared = self.base
        texts = dict(self.texts)
        try:
            risks = read_risks(texts.pop(RISKS, ""), self.services.desk.today)
        except Invalid:
            risks = made.subject.profile.risks
        service, field = self.services.profiles, self.form.field

        def show(found: Any) -> None:
            self.query_one("#live", Block).show(*live_lines(found[0], found[1], field.id, field.label))

        self.read(lambda: service.typed(made, texts, risks), show, "check")

    def submit(self, values: dict[str, Any]) -> None:
        """Save what was changed."""
        made: Prepared = self.base
        service = self.services.profiles
        sections = {key: value or "" for key, value in values.items() if key != RISKS}
        risks = values.get(RISKS) or ()

        def then(saved: Any) -> None:
            self.post_message(Leave(saved.words))

        self.commit(lambda: service.save(self._child, sections, risks, (), made.subject.profile), then)


def _reader(key: str) -> Any:
    return lambda text: long_text(key, text, SECTION_LIMIT)
