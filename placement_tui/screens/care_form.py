"""A row of a child's time in care: a period, a legal status, a time missing, a review; or what the return's header says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.care import (
    CareHistory,
    CarePeriod,
    MissingRow,
    NewMissing,
    NewPeriod,
    NewReview,
    NewStatus,
    Particulars,
    ReviewRow,
    Row,
    Status,
    found_in,
)
from placement_tui.domain.codes.care import CEASED, MISSING, REVIEW_CODES
from placement_tui.domain.codes.ssda903 import CIN, ETHNICITY
from placement_tui.widgets.care_words import header_words, misses_line
from placement_tui.widgets.fields import Field
from placement_tui.widgets.formplace import FormPlace
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Leave
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.typed_fields import (
    YES_NO,
    code_field,
    day_field,
    day_text,
    legal_field,
    legal_text,
    line_field,
    long_field,
    yes_text,
)

_TITLES = {"care": "in care", "cease": "care ceases", "status": "legal status", "missing": "missing", "review": "review",
           "particulars": "particulars"}  # fmt: skip


class CareFormScreen(FormPlace):
    """A form. `about` is `KIND KEY CHILD`: `care`, `status`, `missing` or `review` with the row's id, or `new`."""

    PLACE = "care_form"
    NOUNS = frozenset({"care", "legal_status", "missing", "review", "child"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._kind, key, child = str(about).split(" ")
        self._key = None if key == "new" else UUID(key)
        self._child = UUID(child)

    def fields(self) -> Sequence[Field]:
        """Those of this kind."""
        return _FIELDS[self._kind](self)

    def foot(self) -> Iterable[Widget]:
        """What the return would miss as it is."""
        about = Block(id="about")
        about.styles.height = 2
        yield about

    @property
    def row(self) -> Row | None:
        """The row that is corrected."""
        return found_in(self.base, self._key) if self.base is not None and self._key is not None else None

    @property
    def is_new(self) -> bool:
        """Whether a row is made."""
        return self._key is None

    def read_base(self) -> CareHistory:
        """The child's time in care; the row has to be there."""
        history = self.services.care.of_child(self._child)
        if self._key is not None:
            found_in(history, self._key)
        return history

    def texts_of(self, base: CareHistory) -> dict[str, str]:
        """What is known already."""
        row = found_in(base, self._key) if self._key is not None else None
        if isinstance(row, CarePeriod):
            return {
                "began": day_text(row.began_on), "cin": CIN.spoken(row.cin) if row.cin else "",
                "home_postcode": row.home_postcode or "", "ended": day_text(row.ended_on),
                "rec": CEASED.spoken(row.rec) if row.rec else "",
            }  # fmt: skip
        if isinstance(row, Status):
            return {"code": legal_text(row.code), "from": day_text(row.from_on), "until": day_text(row.until_on)}
        if isinstance(row, MissingRow):
            return {"from": day_text(row.from_on), "until": day_text(row.until_on), "kind": MISSING.spoken(row.kind)}
        if isinstance(row, ReviewRow):
            return {"held": day_text(row.held_on), "code": REVIEW_CODES.spoken(row.code)}
        if self._kind == "particulars":
            return {
                "ethnicity": ETHNICITY.spoken(base.ethnicity) if base.ethnicity else "", "upn": base.upn or "",
                "mother": yes_text(base.mother), "mother_since": day_text(base.mother_since),
                "uasc": yes_text(base.uasc or None), "uasc_ceased": day_text(base.uasc_ceased_on),
            }  # fmt: skip
        return {"home_postcode": base.home_postcode or ""} if self._kind == "care" else {}

    def known(self) -> None:
        """Whose row, and what the return would miss."""
        history: CareHistory = self.base
        what = _TITLES[self._kind] if self.is_new else f"correct: {_TITLES[self._kind]}"
        self.title_line.say(f"{history.initials} {history.identifier}".strip(), what)
        missed = misses_line(history, self.services.desk.today)
        self.query_one("#about", Block).show(
            Span(f" {header_words(history)}", "muted"), [Span(" "), missed] if isinstance(missed, Span) else missed
        )

    def state(self) -> Line:
        """What saving does besides."""
        if self._kind == "status" and self.is_new:
            return Span("The status before ends on that day", "muted")
        return Span("The legal status ends with it", "muted") if self._kind == "cease" else ""

    def submit(self, values: dict[str, Any]) -> None:
        """Save it, and go back."""
        self.commit(self._work(values), lambda saved: self.post_message(Leave(saved.words)))

    def _work(self, values: dict[str, Any]) -> Callable[[], Saved]:
        care, child, key = self.services.care, self._child, self._key
        if self._kind == "particulars":
            said = Particulars(values["ethnicity"], values["upn"] or None, values.get("mother"), values.get("mother_since"),
                               bool(values["uasc"]), values["uasc_ceased"])  # fmt: skip
            return lambda: care.say(child, said)
        if self._kind == "cease":
            return lambda: care.cease(child, values["ended"], values["rec"])
        new = _made(self._kind, values)
        if key is not None:
            return lambda: care.correct(child, key, new)
        if isinstance(new, NewPeriod):
            return lambda: care.begin(child, new)[1]
        if isinstance(new, NewStatus):
            return lambda: care.change_status(child, new)[1]
        if isinstance(new, NewMissing):
            return lambda: care.log_missing(child, new)[1]
        return lambda: care.log_review(child, new)[1]


def _made(kind: str, values: dict[str, Any]) -> NewPeriod | NewStatus | NewMissing | NewReview:
    if kind == "care":
        status = values.get("status")
        return NewPeriod(values["began"], values["cin"], status.code if status else None, values["home_postcode"],
                         values.get("ended"), values.get("rec"))  # fmt: skip
    if kind == "status":
        return NewStatus(values["code"].code, values["from"], values["until"])
    if kind == "missing":
        return NewMissing(values["from"], values["until"], values["kind"] or "M", values["note"] or "")
    return NewReview(values["held"], values["code"])


def _period_fields(form: CareFormScreen) -> list[Field]:
    found = [
        day_field("began", "Began", "The first day in care", form.clock, past=True, required=True),
        code_field("cin", "Need", "The category of need: it stays the same for the whole period (rule 504)", CIN),
        line_field("home_postcode", "Home", "The postcode of home when care began", 12),
    ]
    if form.is_new:
        found.insert(1, legal_field("status", "Legal status", "Under which it begins: s20, ICO, police protection"))
        return found
    return [
        *found,
        day_field("ended", "Ceased", "The day on which care ceased; empty while it goes on", form.clock, past=True),
        code_field("rec", "Why", "Why it ceased (REC), where it did", CEASED),
    ]


def _cease_fields(form: CareFormScreen) -> list[Field]:
    return [
        day_field("ended", "Ceased", "The day on which care ceased", form.clock, past=True, required=True),
        code_field(
            "rec", "Why", "Why it ceased: by code (E4A) or words (returned home, planned)", CEASED, required=True
        ),
    ]


def _status_fields(form: CareFormScreen) -> list[Field]:
    status = legal_field("code", "Legal status", "As people say it: s20, ICO, C2")
    return [
        Field(status.id, status.label, status.help, options=status.options, required=True, check=status.check, beside=status.beside),
        day_field("from", "From", "The first day on which it holds", form.clock, past=True, required=True),
        day_field("until", "Until", "Empty while it holds, or until the next that is known", form.clock, past=True),
    ]  # fmt: skip


def _missing_fields(form: CareFormScreen) -> list[Field]:
    return [
        day_field("from", "Since", "Since which day", form.clock, past=True, required=True),
        day_field("until", "Back", "The day on which the child was back; empty while missing", form.clock, past=True),
        code_field("kind", "Kind", "Missing (M), or away without authorisation but known where (A)", MISSING, example="missing"),
        long_field("note", "Note", "Anything else"),
    ]  # fmt: skip


def _review_fields(form: CareFormScreen) -> list[Field]:
    help_ = "How the child took part: PN0 under 4, else PN1 to PN7"
    return [
        day_field("held", "Held", "The day of the review", form.clock, past=True, required=True),
        code_field("code", "Took part", help_, REVIEW_CODES, required=True, beside=REVIEW_CODES.label),
    ]


def _particulars_fields(form: CareFormScreen) -> list[Field]:
    found = [
        code_field("ethnicity", "Ethnicity", "By code or words: white british, NOBT", ETHNICITY),
        line_field("upn", "UPN", "A letter and twelve digits; UN1 to UN5 where there is none", 20),
    ]
    if form.base is None or form.base.sex != "M":
        found += [
            Field("mother", "Mother", "Is she a mother: yes or no", "choice", YES_NO),
            day_field("mother_since", "Child born", "The birth of her child", form.clock, past=True),
        ]
    return [
        *found,
        Field("uasc", "Alone", "An unaccompanied asylum-seeking child: yes or no", "choice", YES_NO),
        day_field("uasc_ceased", "Until", "The day on which that ceased; empty while it holds", form.clock, past=True),
    ]


_FIELDS: dict[str, Callable[[CareFormScreen], list[Field]]] = {
    "care": _period_fields, "cease": _cease_fields, "status": _status_fields, "missing": _missing_fields,
    "review": _review_fields, "particulars": _particulars_fields,
}  # fmt: skip
