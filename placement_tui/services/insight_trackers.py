"""The trackers as figures: plans and whether children live by them, Reg 24, emergencies past their plan, steps down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from placement_tui.db.engine import Session
from placement_tui.db.reads import permanence, registers, step_downs, trackers, warnings
from placement_tui.domain.codes.permanence import FAMILY, PLANS, STEPS_DOWN
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row, share
from placement_tui.domain.registers import week_of
from placement_tui.errors import Invalid
from placement_tui.services.desk import Desk

SOURCE = "plans, registers and placements as they stand today"
_MATCH = (
    "open plans whose child lives in another type of placement (PLACE) than the plan names / open plans whose child lives in "
    "a coded placement; return home P1; kinship U1-U3; long-term foster U1, U4; adoption A3-A6, U2, U5; residential to 18 K2, "
    "S1, R1; independence K3, P3; a child on the way there counts; interval: Wilson, 95%"
)
_KIN = "open temporary approvals of connected persons (regs 24, 25), by the week that they are in; past week 16 and 24 their time is over"
_EMERGENCY = (
    "placements made in an emergency that go on: past the end of the bed or the planned end, within it, or with neither"
)
_STEPS = (
    "open steps down; overdue: the day of review is past; drift: past the target, or past the placement's planned end where "
    "no target was set; into a family: to foster, kinship or home from a children's home (K1, K2)"
)


class _Item(NamedTuple):
    """One tracked thing: in which figure, of whom, and its words."""

    key: str
    noun: str
    id: str
    when: date | None
    child: str
    what: str
    reference: str = ""


def report(desk: Desk, period: Period, by: str) -> Report:  # noqa: ARG001 - a tracker stands as it stands today
    """How many plans, approvals, emergencies, steps down and warnings there are, and how many are past their day."""
    today = desk.today
    with desk.read() as session:
        items = {name: read(session, today) for name, read in _READ.items()}
    return Report("trackers", "Trackers", Period(today, today), (
        _count("permanence", "Permanence plans", "open plans of children; overdue: its target or one of its steps is past",
               items, {"open": "Open plans", "late": "Overdue", "held": "Something holds it up", "undated": "No target"}),
        _plans(items["permanence"]),
        _match(items["match"]),
        _count("kinship", "Reg 24: connected persons", _KIN, items,
               {"within": "Within 16 weeks", "past 16": "Past week 16", "past 24": "Past week 24"}),
        _count("emergency", "Emergency placements", _EMERGENCY, items,
               {"past": "Past their plan", "within": "Within it", "no plan": "No end was planned"}),
        _count("step_down", "Steps down", _STEPS, items, {
            "open": "Open", "late": "Review overdue", "drift": "Past the plan: drift", "family": "From a home into a family",
        }),
        _count("warning", "Early warnings", "signs that are open, of placements that go on", items,
               {"open": "Open", "old": "Open for more than a week"}),
    ))  # fmt: skip


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:  # noqa: ARG001 - the same
    """The children behind a count, by `tracker = which` and its state; the longest overdue first. Raises Invalid."""
    with desk.read() as session:
        items = {name: read(session, desk.today) for name, read in _READ.items()}
    chosen: dict[str, _Item] | None = None
    for cut in cuts:
        if cut.dimension not in items:
            raise Invalid("cut", f"Trackers are not set apart by {cut.dimension!r}", mend=f"by {', '.join(items)}")
        found = {item.id: item for item in items[cut.dimension] if item.key == cut.value}
        chosen = found if chosen is None else {key: item for key, item in chosen.items() if key in found}
    rows = list((chosen or {}).values())
    rows.sort(key=lambda item: (item.when is None, item.when or desk.today))
    return [Behind(item.noun, item.id, item.when, item.reference, item.child, item.what) for item in rows[:limit]]


def _count(name: str, title: str, words: str, items: dict[str, list[_Item]], labels: dict[str, str]) -> Block:
    counts = Counter(item.key for item in items[name])
    rows = tuple(Row(label, counts[key], counts[key], cuts=(Cut(name, key),)) for key, label in labels.items())
    return Block(name, title, words, rows, source=SOURCE)


def _plans(items: Sequence[_Item]) -> Block:
    counts = Counter(item.key.removeprefix("plan ") for item in items if item.key.startswith("plan "))
    rows = tuple(
        Row(plan.label, counts[plan.code], counts[plan.code], cuts=(Cut("permanence", f"plan {plan.code}"),))
        for plan in PLANS
    )
    return Block("plans", "Plans by kind", "open plans of children, by what is planned", rows, source=SOURCE)


def _match(items: Sequence[_Item]) -> Block:
    counts = Counter(item.key for item in items)
    known = counts["matches"] + counts["differs"]
    rows = (
        share("Living otherwise than the plan says", counts["differs"], known, cuts=(Cut("match", "differs"),)),
        share("Living as the plan says", counts["matches"], known, cuts=(Cut("match", "matches"),)),
    )
    return Block("match", "Plan against placement", _MATCH, rows, "share", source=SOURCE)


def _permanence(session: Session, today: date) -> list[_Item]:
    found = []
    for row in permanence.open_now(session, today):
        step = row.next_step
        words = PLANS.spoken(row.new.plan) + (f", next {step.what}" if step else "")
        words += f", held up by {row.new.held_up_by}" if row.new.held_up_by else ""
        states = ["open", f"plan {row.new.plan}"] + ["late"] * row.late(today) + ["held"] * bool(row.new.held_up_by)
        states += ["undated"] * (row.new.target_on is None)
        found += [_Item(key, "permanence_plan", str(row.id), row.new.target_on, row.child, words) for key in states]
    return found


def _matching(session: Session, today: date) -> list[_Item]:
    return [
        _Item("matches" if row.matches else "differs", "permanence_plan", str(row.id), row.new.target_on, row.child,
              f"{PLANS.spoken(row.new.plan)}; lives at {row.name}, {row.place}")
        for row in permanence.open_now(session, today) if row.matches is not None
    ]  # fmt: skip


def _kinship(session: Session, today: date) -> list[_Item]:
    found = []
    for row in registers.connected(session, today):
        week = week_of(row.new.approved_on, today)
        states = ["within"] if week <= 16 else ["past 16", *(["past 24"] if week > 24 else [])]
        found += [
            _Item(key, "placement", str(row.about.placement_id), row.until, row.about.child,
                  f"{row.about.name}: week {week}{', extended' if row.extended_until else ''}", row.about.reference or "")
            for key in states
        ]  # fmt: skip
    return found


def _emergencies(session: Session, today: date) -> list[_Item]:
    found = []
    for row in trackers.emergencies(session, today):
        past = row.past(today)
        key = "no plan" if row.until is None else "within" if past is None else "past"
        words = f"{row.name}: {row.days} days" + (f", {past} past its plan" if past else "")
        found.append(_Item(key, "placement", str(row.placement_id), row.until, row.child, words, row.reference or ""))
    return found


def _step_downs(session: Session, today: date) -> list[_Item]:
    found = []
    for row in step_downs.open_now(session, today):
        drift = row.drift(today)
        words = f"{row.name}: to {STEPS_DOWN.spoken(row.new.to_type)}" + (f", {drift} days past" if drift else "")
        states = ["open"] + ["late"] * row.review_late(today) + ["drift"] * bool(drift)
        states += ["family"] * (row.new.to_type in FAMILY and row.obtained in ("residential", "secure"))
        found += [_Item(key, "placement", str(row.placement_id), row.new.review_on, row.child, words) for key in states]
    return found


def _warnings(session: Session, today: date) -> list[_Item]:
    found = []
    for row in warnings.open_now(session, today):
        states = ["open"] + ["old"] * (row.age > 7)
        words = f"{row.name}: {row.new.what} ({row.age} days)"
        found += [_Item(key, "placement", str(row.placement_id), row.new.seen_on, row.child, words) for key in states]
    return found


_READ: dict[str, Callable[[Session, date], Any]] = {
    "permanence": _permanence, "match": _matching, "kinship": _kinship, "emergency": _emergencies,
    "step_down": _step_downs, "warning": _warnings,
}  # fmt: skip
