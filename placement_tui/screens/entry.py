"""An entry of a register: what the law wants to be known, typed as it becomes known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.census import TYPES_OF_PROVISION
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.registers import (
    CATEGORIES,
    CHECKS,
    EXTEND_FROM,
    LAWS,
    TITLES,
    DeprivationRow,
    KinshipRow,
    NewDeprivation,
    NewExtension,
    NewKinship,
    NewSupported,
    NewUnregistered,
    Row,
    SupportedRow,
    UnregisteredRow,
)
from placement_tui.widgets.choose import Option
from placement_tui.widgets.fields import Field
from placement_tui.widgets.formplace import FormPlace
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Leave
from placement_tui.widgets.register_words import entry_lines
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.typed_fields import (
    code_options,
    day_field,
    day_text,
    line_field,
    long_field,
    moment_field,
    moment_text,
)


class _About(NamedTuple):
    """The entry where there is one, and the placement that it is of, where it has one."""

    row: Row | None
    placement: PlacementRow | None


class EntryScreen(FormPlace):
    """An entry. `about` is `dol entry ID`, or `dol placement ID` for the placement's own, a new one where it has none."""

    PLACE = "entry"
    NOUNS = frozenset({"deprivation", "unregistered", "kinship", "placement"})
    NAMED: ClassVar[dict[str, str]] = {"given": "officer"}

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        register, self._by, key = str(about).split(" ")
        self._register, self._key = register, UUID(key)

    # the form

    def fields(self) -> Sequence[Field]:
        """Those of this register."""
        return _FIELDS[self._register](self)

    def foot(self) -> Iterable[Widget]:
        """The entry as it is saved."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    @property
    def row(self) -> Row | None:
        """The entry as it is saved."""
        return self.base.row if self.base is not None else None

    def read_base(self) -> _About:
        """The entry, or the placement of which one is made."""
        registers, placements = self.services.registers, self.services.placements
        if self._by == "entry":
            row = registers.get(self._register, self._key)
            where = placements.get(row.about.placement_id) if row.about.placement_id else None
            return _About(row, where)
        where = placements.get(self._key)
        known = registers.entry_of(self._register, self._key)
        return _About(registers.get(self._register, known) if known else None, where)

    def texts_of(self, base: _About) -> dict[str, str]:
        """What is known already."""
        row = base.row
        if isinstance(row, DeprivationRow):
            new = row.new
            return {
                "order": day_text(new.order_on), "ends": day_text(new.ends_on), "review": day_text(new.review_on),
                "case": new.case_number, "terms": new.terms, "ofsted": moment_text(new.ofsted_told_at),
                "judgment": moment_text(new.judgment_sent_at), "note": new.note,
            }  # fmt: skip
        if isinstance(row, UnregisteredRow):
            known = row.new
            return {
                "why": known.why, "agreed_by": known.agreed_by, "end_plan": known.end_plan,
                "end_by": day_text(known.end_by), "applied": day_text(known.applied_on),
                "registration": known.registration, "ofsted": moment_text(known.ofsted_told_at),
                "checks": _checks_text(self._register, known.checks), "note": known.note,
            }  # fmt: skip
        if isinstance(row, SupportedRow):
            return {"category": row.category or "", "checks": _checks_text(self._register, row.checks)}
        if isinstance(row, KinshipRow):
            kin = row.new
            return {
                "approved": day_text(kin.approved_on), "until": day_text(row.approved_until), "officer": kin.nominated_officer,
                "checks": _checks_text(self._register, kin.checks), "full": day_text(kin.approved_fully_on), "note": kin.note,
            }  # fmt: skip
        return {}

    def known(self) -> None:
        """Whose entry, by which law."""
        about: _About = self.base
        who = about.row.about.child if about.row else about.placement.child if about.placement else ""
        self.title_line.say(f"{who}: {TITLES[self._register].lower()}", LAWS[self._register])
        if about.row is not None:
            self.query_one("#about", Block).show(*entry_lines(about.row, self.services.desk.today))
        elif about.placement is not None:
            first = [
                Span(f" {about.placement.child} {about.placement.identifier}", "strong"),
                Span(f" · {about.placement.name}", "muted"),
            ]
            self.query_one("#about", Block).show(
                first, Span(" a new entry: what is not known yet may follow", "muted"), ""
            )

    def state(self) -> Line:
        """What is missing of what is saved."""
        if self.base is None:
            return ""
        row = self.row
        if row is None:
            return Span("Not logged yet", "warn")
        return Span(f"Missing: {'; '.join(row.missing)}", "warn") if row.missing else Span("Nothing is missing", "good")

    # saving

    def submit(self, values: dict[str, Any]) -> None:
        """Save it, and go back."""
        work: Callable[[], Saved] = {
            "dol": self._order, "unregistered": self._unregistered, "16-17": self._supported, "kinship": self._kinship
        }[self._register](values)  # fmt: skip
        self.commit(work, lambda saved: self.post_message(Leave(saved.words)))

    def _order(self, values: dict[str, Any]) -> Callable[[], Saved]:
        registers, row, where = self.services.registers, self.row, self.base.placement
        new = NewDeprivation(
            values["order"], values["ends"], values["review"], values["case"] or "", values["terms"] or "",
            values["ofsted"], values["judgment"], values["note"] or "",
        )  # fmt: skip
        if row is not None and row.id is not None:
            key = row.id
            return lambda: registers.change_order(key, new)
        return lambda: registers.log_order(new, placement_id=where.id)[1]

    def _unregistered(self, values: dict[str, Any]) -> Callable[[], Saved]:
        registers, row, where = self.services.registers, self.row, self.base.placement
        new = NewUnregistered(
            values["why"] or "", values["agreed_by"] or "", values["end_plan"] or "", values["end_by"], values["applied"],
            values["registration"] or "", values["ofsted"], values["checks"], values["note"] or "",
        )  # fmt: skip
        if row is not None and row.id is not None:
            key = row.id
            return lambda: registers.change_unregistered(key, new)
        return lambda: registers.log_unregistered(where.id, new)[1]

    def _supported(self, values: dict[str, Any]) -> Callable[[], Saved]:
        registers, key = self.services.registers, self.base.placement.id
        new = NewSupported(values["category"], values["checks"])
        return lambda: registers.change_supported(key, new)

    def _kinship(self, values: dict[str, Any]) -> Callable[[], Saved]:
        registers, row, where = self.services.registers, self.row, self.base.placement
        new = NewKinship(
            values["approved"],
            values["until"],
            values["officer"] or "",
            values["checks"],
            values["full"],
            values["note"] or "",
        )
        if row is None or row.id is None:
            return lambda: registers.log_kinship(where.id, new)[1]
        key, extends = row.id, values.get("extend")
        if extends is None:
            return lambda: registers.change_kinship(key, new)
        more = NewExtension(extends, values.get("panel"), values.get("iro"), values["officer"] or "")
        also = self.unsaved.keys() - {"extend", "panel", "iro"}

        def work() -> Saved:
            if also:
                registers.change_kinship(key, new)
            return registers.extend(key, more)

        return work


def _checks_text(register: str, codes: Sequence[str]) -> str:
    return ", ".join(CHECKS[register].spoken(code) for code in codes)


def _checks_field(register: str, help_: str) -> Field:
    return Field(
        "checks", "Checked", help_, "multi", code_options(CHECKS[register]), example="those that are done, with commas"
    )


def _order_fields(form: EntryScreen) -> list[Field]:
    return [
        day_field("order", "Order of", "The day of the order; empty while one is sought", form.clock, past=True),
        day_field("ends", "Ends", "The last day of the order", form.clock, past=True),
        day_field("review", "Review", "The day on which the court reviews it", form.clock, past=True),
        line_field("case", "Case number", "As it stands on the order", 100),
        long_field("terms", "Allows", "What may be done: staffing, doors, telephone, restraint"),
        moment_field("ofsted", "Order: Ofsted", "When Ofsted had the order: at once. now, today 10:00", form.clock, past=True),
        moment_field("judgment", "Judgment", "When Ofsted had the judgment: now, yesterday 16:00", form.clock, past=True),
        long_field("note", "Note", "Anything else"),
    ]  # fmt: skip


def _unregistered_fields(form: EntryScreen) -> list[Field]:
    return [
        long_field("why", "Why", "Why the child lives where a registration is wanting", required=True),
        line_field("agreed_by", "Agreed by", "Who agreed to it, by name", 200),
        long_field("end_plan", "How it ends", "The plan to end it"),
        day_field("end_by", "Ends by", "The day by which it ends", form.clock, past=True),
        moment_field("ofsted", "Ofsted told", "When Ofsted was told of it: now, today 10:00", form.clock, past=True),
        day_field("applied", "Applied", "The day on which the provider applied to register", form.clock, past=True),
        line_field("registration", "URN", "The registration number, once there is one", 100),
        _checks_field("unregistered", "What we have checked ourselves: nobody else inspects it"),
        long_field("note", "Note", "Anything else"),
    ]  # fmt: skip


def _supported_fields(_form: EntryScreen) -> list[Field]:
    options = tuple(Option(code, TYPES_OF_PROVISION.label(code).split(" - ")[1], code[-1]) for code in CATEGORIES)
    return [
        Field("category", "Category", "Which of the four, 1 to 4", "choice", options, beside=TYPES_OF_PROVISION.label),
        _checks_field("16-17", "What was checked before, or since, the young person came"),
    ]


def _kinship_fields(form: EntryScreen) -> list[Field]:
    row = form.row
    found = [
        day_field("approved", "Approved", "The day of the temporary approval, reg 24", form.clock, past=True, required=True),
        day_field("until", "Until", "Its last day, sixteen weeks on at most; empty: sixteen weeks", form.clock, past=True),
        line_field("officer", "By", "The nominated officer", 200),
        _checks_field("kinship", "What was assessed, Schedule 4"),
        day_field("full", "Fully approved", "The day of the panel's full approval: the entry is over then", form.clock, past=True),
    ]  # fmt: skip
    extendable = (
        isinstance(row, KinshipRow) and row.extended_until is None and row.closed_at is None
        and form.clock().date() >= row.new.approved_on + EXTEND_FROM
    )  # fmt: skip
    if extendable:
        found += [
            day_field("extend", "Extend to", "Once, eight weeks on at most, reg 25; empty: not extended", form.clock),
            day_field("panel", "Panel of", "The day of the panel that was asked", form.clock, past=True),
            moment_field("iro", "IRO told", "When the independent reviewing officer was told", form.clock, past=True),
        ]
    return [*found, long_field("note", "Note", "Anything else")]


_FIELDS: dict[str, Callable[[EntryScreen], list[Field]]] = {
    "dol": _order_fields, "unregistered": _unregistered_fields, "16-17": _supported_fields, "kinship": _kinship_fields,
}  # fmt: skip
