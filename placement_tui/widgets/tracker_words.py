"""The trackers in words: how a plan, a step down, an emergency or an approval stands, in a line and in three."""

from __future__ import annotations

from datetime import date

from placement_tui.domain.codes.permanence import PLANS, STEPS_DOWN
from placement_tui.domain.permanence import NewPlan, PlanRow, StepRow
from placement_tui.domain.registers import KinshipRow
from placement_tui.domain.step_downs import NewStepDown, StepDownRow
from placement_tui.domain.trackers import EmergencyRow
from placement_tui.domain.typed import day_words
from placement_tui.domain.typed_times import london
from placement_tui.domain.warnings import WarningRow
from placement_tui.widgets.pages import heading, said
from placement_tui.widgets.register_words import entry_lines, missing_words, stands_words
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.warning_words import seen_words, warning_lines

Row = PlanRow | StepDownRow | EmergencyRow | KinshipRow | WarningRow
SOON = 14  # days before a day that are said in warning ink
TABS = {
    "plans": "plans",
    "step_downs": "step down",
    "emergencies": "emergency",
    "kinship": "Reg 24",
    "warnings": "warnings",
}


def tabs_line(here: str, counts: dict[str, tuple[int, int]]) -> Line:
    """`1 plans 12 !3  2 step down 4 ...`: how many, and how many are overdue; the one that shows stands out."""
    parts: list[Span] = []
    for key, (name, short) in enumerate(TABS.items(), 1):
        some, late = counts.get(name, (0, 0))
        parts += [Span(f"{key} ", "key"), Span(f"{short} {some}", "strong" if name == here else "muted")]
        parts += [Span(f" !{late}", "warn")] if late else []
        parts.append(Span("  "))
    return parts


def is_late(row: Row, today: date) -> bool:
    """Whether a tracked thing is past its day."""
    if isinstance(row, PlanRow):
        return row.late(today)
    if isinstance(row, StepDownRow):
        return row.review_late(today) or bool(row.drift(today))
    if isinstance(row, EmergencyRow):
        return bool(row.past(today))
    return row.left < 0 if isinstance(row, KinshipRow) else row.open and row.age > 7


def is_over(row: Row) -> bool:
    """Whether it is followed no more."""
    if isinstance(row, PlanRow | StepDownRow | WarningRow):
        return not row.open
    return isinstance(row, KinshipRow) and row.closed_at is not None


def cells(row: Row, today: date) -> list[Line]:
    """Child, home, how it stands, what is next."""
    if isinstance(row, KinshipRow):
        return [row.about.child, row.about.name or "no home yet", stands_words(row, today), missing_words(row)]
    ink = "muted" if is_over(row) else ""
    name = row.name or "no home of ours"
    return [Span(row.child, ink), Span(name, ink), _stands(row, today), _next(row, today)]


def _stands(row: PlanRow | StepDownRow | EmergencyRow | WarningRow, today: date) -> Line:
    if isinstance(row, WarningRow):
        return seen_words(row)
    if isinstance(row, EmergencyRow):
        past = row.past(today)
        if row.until is None:
            return Span(f"{row.days} days, no plan", "warn")
        return Span(f"{past} days past", "bad") if past else Span(f"until {day_words(row.until, today)}", "")
    if isinstance(row, PlanRow):
        short = PLANS.spoken(row.new.plan)
        if row.closed_on is not None:
            return Span(f"{short}, closed", "muted")
        return [Span(short), *_by(row.new.target_on, today)]
    if not row.open:
        return Span("over", "muted")
    drift = row.drift(today)
    to = Span(f"to {STEPS_DOWN.spoken(row.new.to_type)}")
    return [to, Span(f", {drift}d past", "bad")] if drift else [to, *_by(row.new.target_on, today)]


def _by(on: date | None, today: date) -> list[Span]:
    if on is None:
        return []
    left = (on - today).days
    return [Span(f" {day_words(on, today)}", "bad" if left < 0 else "warn" if left <= SOON else "muted")]


def _next(row: PlanRow | StepDownRow | EmergencyRow | WarningRow, today: date) -> Line:
    if isinstance(row, WarningRow):
        return row.new.what
    if isinstance(row, EmergencyRow):
        return Span(f"since {day_words(row.started_at.astimezone(london()).date(), today)}", "muted")
    if isinstance(row, StepDownRow):
        if not row.open:
            return Span(row.outcome or "the placement ended", "muted")
        if row.new.review_on is None:
            return Span("no review is planned", "warn")
        late = row.review_late(today)
        return Span(f"review {day_words(row.new.review_on, today)}" + (", late" if late else ""), "bad" if late else "")
    if row.closed_on is not None:
        return Span(row.closed_why, "muted")
    step = row.next_step
    held = [Span(f"held up: {row.new.held_up_by}", "warn")] if row.new.held_up_by else []
    if step is None:
        return held or Span("no step", "muted")
    words = Span(
        step.what + (f" {day_words(step.due_on, today)}" if step.due_on else ""), "bad" if step.late(today) else ""
    )
    return [words, Span(" \u00b7 ", "muted"), *held] if held else words


def lines(row: Row, today: date, width: int) -> list[Line]:
    """A tracked thing in three lines."""
    if isinstance(row, KinshipRow):
        return entry_lines(row, today)
    if isinstance(row, WarningRow):
        return warning_lines(row, width)
    who: Line = [
        Span(f" {row.child} {row.identifier}".rstrip(), "strong"),
        Span(f" \u00b7 {row.name}" if row.name else "", "muted"),
    ]
    if isinstance(row, EmergencyRow):
        until = f"its plan ended {day_words(row.until, today)}" if row.until and row.past(today) else ""
        until = until or ("no end was planned: say one where the placement is changed" if row.until is None else "")
        return [who, Span(f" made in an emergency, {row.days} days ago", "muted"), Span(f" {until}", "warn")]
    if isinstance(row, StepDownRow):
        reviewed = f"last reviewed {day_words(row.reviewed_on, today)}" if row.reviewed_on else "not reviewed yet"
        return [
            who,
            Span(f" {row.days} days there \u00b7 {reviewed}", "muted"),
            Span(f" {row.new.note}" if row.new.note else "", ""),
        ]
    done = sum(step.done_on is not None for step in row.steps)
    lives = {True: "lives as planned", False: "does not live as planned yet", None: ""}[row.matches]
    facts = [f"{done} of {len(row.steps)} steps done" if row.steps else "no steps", lives]
    held = (
        Span(f" held up by {row.new.held_up_by}", "warn") if row.new.held_up_by else Span(f" {row.new.note}", "muted")
    )
    return [who, Span(" " + " \u00b7 ".join(fact for fact in facts if fact), "muted"), held]


def plan_words(new: NewPlan) -> str:
    """A plan as it is typed in one line: `long-term foster by 31/03/2027, waits for a match`."""
    return PLANS.spoken(new.plan) + _on(" by", new.target_on) + (f", {new.held_up_by}" if new.held_up_by else "")


def step_down_words(new: NewStepDown) -> str:
    """A step down as it is typed in one line: `foster by 31/03/2027, review 12/01/2027, carers known`."""
    words = STEPS_DOWN.spoken(new.to_type) + _on(" by", new.target_on) + _on(", review", new.review_on)
    return words + (f", {new.note}" if new.note else "")


def _on(words: str, on: date | None) -> str:
    return f"{words} {on:%d/%m/%Y}" if on else ""


def plan_page(row: PlanRow, today: date, width: int) -> list[Line]:
    """A plan whole, with its steps."""
    new = row.new
    lives = {True: "as planned", False: "otherwise than planned", None: ""}[row.matches]
    where = ", ".join(part for part in (row.name, row.place or "", lives) if part)
    found: list[Line] = [
        *said("child", f"{row.child}  {row.identifier}".strip(), width, "strong"),
        *said("plan", PLANS.label(new.plan), width, "strong"),
        *said("decided", day_words(new.decided_on, today) if new.decided_on else "", width),
        *said("target", day_words(new.target_on, today) if new.target_on else "none", width),
        *said("held up by", Span(new.held_up_by, "warn") if new.held_up_by else "", width),
        *said("lives at", where, width),
        *said("note", new.note, width),
        *said("closed", f"{day_words(row.closed_on, today)}: {row.closed_why}" if row.closed_on else "", width),
        *heading("Steps"),
    ]
    found += [line for number, step in enumerate(row.steps, 1) for line in said(str(number), _step(step, today), width)]
    return found if row.steps else [*found, Span(" none yet: a adds one", "muted")]


def _step(step: StepRow, today: date) -> Line:
    if step.done_on is not None:
        return Span(f"{step.what}: done {day_words(step.done_on, today)}", "good")
    by = f" by {day_words(step.due_on, today)}" if step.due_on else ""
    return Span(f"{step.what}{by}", "bad" if step.late(today) else "")
