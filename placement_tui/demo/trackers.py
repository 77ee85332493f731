"""Signs before a home gives up, plans for where children grow up, and who is to step down from a children's home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.demo.children import Child
from placement_tui.demo.homes import Home
from placement_tui.demo.lessons import WARNINGS
from placement_tui.demo.seeded import Chance, Odds, in_hours
from placement_tui.demo.stream import Act
from placement_tui.demo.suited import suited
from placement_tui.demo.team import Team
from placement_tui.domain.codes.endings import class_of

_SAYS = Odds({"carer": 50, "social_worker": 24, "officer": 12, "child": 10, "iro": 4})
_FACTOR = {"two calls": "SU3", "missing": "CH3", "school": "ED1", "respite": "SU2", "ofsted": "SG3", "review": "CH7",
           "sleep": "CH2", "police": "CH5", "own": "CA4", "contact": "FT1", "manager": "CA7", "eating": "CH2"}  # fmt: skip
_DONE = (
    "Respite for two weekends is booked", "Social worker visits on Thursday", "Stability meeting asked for", "",
    "CAMHS rang back: first appointment in three weeks", "Support worker two evenings a week",
)  # fmt: skip
_PLANS = {
    "foster": Odds({"long_term_foster": 52, "return_home": 20, "kinship": 14, "not_decided": 14}),
    "young": Odds({"adoption": 34, "kinship": 26, "return_home": 26, "long_term_foster": 14}),
    "residential": Odds({"residential": 40, "long_term_foster": 32, "return_home": 16, "independence": 12}),
    "supported": Odds({"independence": 86, "return_home": 14}),
}
_STEPS = {
    "long_term_foster": ("match proposed to panel", "panel", "decision by the agency decision maker"),
    "return_home": ("parenting assessment", "review agrees the plan", "weekend stays", "move"),
    "kinship": ("viability assessment", "guardianship assessment", "final hearing"),
    "adoption": ("medical", "decision that adoption is the plan", "placement order", "match at panel"),
    "residential": ("review agrees the plan", "funding to 18 agreed"),
    "independence": ("pathway plan", "flat viewed", "tenancy training done"),
    "not_decided": ("permanence meeting",),
}
_HELD = ("waits for a match", "court date moved to the new year", "expert's report is late", "social worker changed twice",
         "the assessment needs both grandparents")  # fmt: skip
_NOTES = (
    "Two of our carers have met the key worker",
    "New Horizons: carers in training",
    "Waits for the end of the school year",
)
_LITTLE, _OLDER = 8, ("Missing", "School", "Police", "review")  # signs that nobody sees of little children
SOON, LONG = timedelta(days=60), timedelta(days=150)


@dataclass(frozen=True, slots=True)
class Course:
    """How a placement goes: from when to when, why it ends, until when it was planned, and as what."""

    starts: datetime
    ends: datetime
    reason: str
    planned: date | None
    wish: str


def of_placement(team: Team, act: Act, key: UUID, child: Child, home: Home, course: Course) -> None:
    """What is tracked of a placement, by a chance of its own, so that the rest of the history does not hang on it."""
    chance = Chance(f"trackers {key}")
    goes_on = course.ends > team.now
    if goes_on:
        _plan_moves(team, act, key, course, chance)
    if not goes_on and class_of(course.reason) == "disrupted":
        if chance.happens(0.45):
            _warn_before(team, act, key, child, course, chance)
    elif goes_on and chance.happens(0.06):
        seen = team.now - chance.days(0.5, 20)
        _warn(team, act, key, child, max(seen, course.starts + timedelta(hours=20)), chance, chance.happens(0.4))
    if goes_on and course.starts < team.now - SOON:
        if child.id not in team.planned and chance.happens(0.14):
            _plan(team, act, child, course, chance)
        if home.kind == "res" and course.starts < team.now - LONG and chance.happens(0.25):
            _step_down(team, act, key, course, chance)


def _plan_moves(team: Team, act: Act, key: UUID, course: Course, chance: Chance) -> None:
    """Where a child stays longer than was planned, a review mostly says until when now."""
    if course.planned is None or course.planned >= team.now.date() or chance.happens(0.1):
        return
    at = max(act.at, datetime.combine(course.planned, act.at.time(), act.at.tzinfo) - timedelta(days=2))
    until = team.now.date() + timedelta(days=chance.randint(20, 240))
    Act(team.stream, min(at, team.now), act.officer, "change placement", chance.id(at)).change(
        "placement", key, {"planned_end_on": until}
    )


def _warn_before(team: Team, act: Act, key: UUID, child: Child, course: Course, chance: Chance) -> None:
    said = []
    for _ in range(chance.choice((1, 1, 2))):
        seen = course.ends - chance.days(4, 60)
        if seen > max(course.starts, act.at) + timedelta(days=1):
            said.append(_warn(team, act, key, child, seen, chance, False))
    if said:
        team.warned[key] = " ".join(said)


def _warn(team: Team, act: Act, key: UUID, child: Child, seen: datetime, chance: Chance, closed: bool) -> str:
    """A sign, logged in office hours of the day on which it was seen, or the next; closed some days later."""
    at = min(max(in_hours(seen, chance), act.at + timedelta(hours=1)), team.now)
    lines = suited(WARNINGS, child.sex)
    if child.age(at) < _LITTLE:
        lines = tuple(line for line in lines if not any(word in line for word in _OLDER))
    what = chance.pick(lines)
    factor = next((code for word, code in _FACTOR.items() if word in what.casefold()), None)
    entry = Act(team.stream, at, act.officer, "log warning", chance.id(at)).new("early_warning", {
        "placement_id": key, "seen_on": at.date(), "factor": factor, "said_by": chance.draw(_SAYS), "what": what.rstrip("."),
        "action": chance.pick(_DONE), "logged_at": at, "officer_id": act.officer,
    }, chance.id(at))  # fmt: skip
    later = at + chance.days(2, 12)
    if closed and later < team.now:
        Act(team.stream, later, act.officer, "close warning", chance.id(later)).change(
            "early_warning", entry, {"closed_on": later.date()}
        )
    return what


def _plan(team: Team, act: Act, child: Child, course: Course, chance: Chance) -> None:
    team.planned.add(child.id)
    young = course.wish == "foster" and child.age(team.now) < 5
    plan = chance.draw(_PLANS["young" if young else course.wish] if course.wish in _PLANS else _PLANS["foster"])
    at = in_hours(max(act.at, course.starts) + chance.days(10, 40), chance)
    entry = Act(team.stream, at, act.officer, "log permanence plan", chance.id(at)).new("permanence_plan", {
        "child_id": child.id, "plan": plan, "decided_on": at.date(), "officer_id": act.officer, "logged_at": at,
        "target_on": (team.now + chance.days(-40, 200)).date() if chance.happens(0.85) else None,
        "held_up_by": chance.pick(_HELD) if chance.happens(0.35) else "",
    }, chance.id(at))  # fmt: skip
    steps = _STEPS[plan]
    done = chance.randint(0, len(steps) - 1)
    for number, what in enumerate(steps):
        due = (team.now + timedelta(days=28 * (number - done)) + chance.days(-15, 40)).date()
        step = Act(team.stream, at, act.officer, "add step", chance.id(at)).new("permanence_step", {
            "permanence_plan_id": entry, "what": what, "due_on": due, "position": number,
        }, chance.id(at))  # fmt: skip
        taken = min(datetime.combine(due, at.time(), at.tzinfo), team.now - chance.days(1, 9))
        if number < done and taken > at:
            Act(team.stream, taken, act.officer, "step done", chance.id(taken)).change(
                "permanence_step", step, {"done_on": taken.date()}
            )


def _step_down(team: Team, act: Act, key: UUID, course: Course, chance: Chance) -> None:
    at = in_hours(max(act.at, course.starts) + chance.days(30, 60), chance)
    Act(team.stream, at, act.officer, "log step down", chance.id(at)).new("step_down", {
        "placement_id": key, "to_type": chance.pick(("foster", "foster", "foster", "home", "kinship")),
        "target_on": (team.now + chance.days(-60, 150)).date(), "review_on": (team.now + chance.days(-20, 60)).date(),
        "reviewed_on": (team.now - chance.days(10, 60)).date() if chance.happens(0.5) else None, "logged_at": at,
        "officer_id": act.officer, "note": chance.pick(_NOTES) if chance.happens(0.5) else "",
    }, chance.id(at))  # fmt: skip
