"""Children moving in and moving out: what was wanted and got, how long it holds, why it ends, what is learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from placement_tui.demo import endings, registers, tasks, trackers
from placement_tui.demo.approaches import Logged
from placement_tui.demo.asking import Candidate
from placement_tui.demo.children import RISKS, Child
from placement_tui.demo.homes import Home
from placement_tui.demo.nearby import miles_between
from placement_tui.demo.places import OWN
from placement_tui.demo.seeded import Chance, Odds
from placement_tui.demo.stream import Act
from placement_tui.demo.team import Team
from placement_tui.domain.clocks import About, PlacementFacts
from placement_tui.domain.codes.provision import coded, serves

_BREAKS = {"inhouse": 0.17, "household": 0.22, "agency": 0.23, "res": 0.27, "sa": 0.22, "secure": 0.05}
_DISRUPTED = Odds({"CREQB": 46, "CREQO": 16, "CHILD": 16, "LAREQ": 10, "ALLEG": 5, "STAND": 4, "CUSTOD": 3})
_DISRUPTED_YOUNG = Odds({"CREQB": 36, "CREQO": 34, "LAREQ": 14, "ALLEG": 9, "STAND": 7})
_PLANNED = Odds({"CARPL": 86, "CLOSE": 7, "OTHER": 3, "APPRR": 1, "CREQO": 3})
_TYPES = {
    "inhouse": Odds({"foster_mainstream": 84, "foster_enhanced": 16}),
    "household": Odds({"foster_mainstream": 72, "foster_enhanced": 28}),
    "agency": Odds({"foster_mainstream": 72, "foster_enhanced": 28}),
    "res": Odds({"res_mainstream": 84, "res_education": 16}),
    "sa": Odds({"sa_1": 26, "sa_2": 34, "sa_3": 18, "sa_4": 22}),
    "school": Odds({"res_school_38": 45, "res_school_52": 55}),
    "family_centre": Odds({"res_parent_child": 100}),
    "secure": Odds({"secure_welfare": 100}),
}
_OF_WISH = {"parent_and_child": "foster_parent_child", "short_breaks": "foster_short_breaks"}
AGAIN_UNTIL = timedelta(hours=12)  # who needs a home since then is looked for tonight
_SETTLED_YEARS = 8


@dataclass(frozen=True, slots=True)
class Fate:
    """How a placement will go: when and why it ends, with how much notice, and whether another home is needed."""

    ends: datetime
    reason: str
    notice_days: int
    again: bool


def groups(children: list[Child], together: bool) -> list[list[Child]]:
    """The children as they will be placed: all in one home, or the eldest apart."""
    if together or len(children) == 1:
        return [children]
    return [children[:1], children[1:]]


def start(
    team: Team, act: Act, logged: Logged, child: Child, candidate: Candidate, offer: dict[str, Any], at: datetime
) -> None:
    """A child moves into a home; `offer` are the columns that the placement takes from the offer."""
    wish, home, plan = candidate.wish, candidate.home, logged.plan
    forced, short = wish != plan.wanted[0], wish == "short_breaks"
    fate = fate_of(team.chance, child, home, at, plan.urgency, forced, short)
    ends = (at + plan.planned_end).date() if plan.planned_end else None
    _move_in(team, act, child, home, at, fate, wish, {
        "referral_id": logged.id, "type_wanted": plan.wanted[0], "legal_status": plan.legal_status,
        "planned_end_on": ends, "miles": candidate.miles, "emergency": plan.urgency != "date", **offer,
    })  # fmt: skip


def before(team: Team, child: Child, home: Home) -> None:
    """A placement that stood already when the history began."""
    chance = team.chance
    at = max(team.start - chance.days(20, 1500), datetime.combine(child.born, time(12), UTC) + timedelta(days=1))
    if child.age(at) < home.age_min:
        at = team.start - chance.days(1, 20)
    act = team.act(team.start, "demo")
    child.written = True
    team.children.append(child)
    act.new("child", child.columns(team.start), child.id)
    fate = fate_of(chance, child, home, team.start + chance.days(2, 40), "date", False, False)
    wish = serves(home.kind)[0]
    _move_in(team, act, child, home, at, fate, wish, {
        "type_wanted": wish, "legal_status": "C2", "care_pence": home.pence,
        "miles": miles_between(child.spot, home.spot) if child.spot else None,
    })  # fmt: skip


def fate_of(chance: Chance, child: Child, home: Home, at: datetime, urgency: str, forced: bool, short: bool) -> Fate:
    """Drawn by the kind of home, the child's age and needs, and whether it was what was wanted."""
    age = child.age(at)
    share = _BREAKS.get(home.kind, 0.2) * (1 + 0.2 * len(RISKS.intersection(child.needs)))
    share *= (1.4 if forced else 1.0) * (1.25 if urgency == "now" else 1.0) * (0.5 if age < _SETTLED_YEARS else 1.0)
    adult = datetime.combine(child.adult_on, time(9), UTC) - timedelta(days=1)
    if short:
        fate = Fate(at + chance.days(1.5, 9), "CARPL", 7, False)
    elif chance.happens(min(0.7, share)):
        ends = at + timedelta(days=min(600.0, 1.5 + chance.lognormvariate(4.2, 0.9)))
        reason = chance.draw(_DISRUPTED if age >= 12 else _DISRUPTED_YOUNG)
        notice = 0 if reason in ("ALLEG", "CUSTOD") or chance.happens(0.3) else chance.choice((1, 2, 5, 7, 14, 28, 28))
        fate = Fate(ends, reason, notice, reason != "CUSTOD" and chance.happens(0.9))
    elif urgency != "date" and chance.happens(0.3):
        fate = Fate(at + chance.days(2, 45), "CARPL", chance.choice((1, 3, 7)), chance.happens(0.5))
    else:
        ends = at + timedelta(days=60 + chance.lognormvariate(6.0, 0.8))
        fate = Fate(ends, chance.draw(_PLANNED), chance.choice((14, 28, 28, 42)), chance.happens(0.3))
    if fate.ends >= adult:
        fate = Fate(max(adult, at + timedelta(hours=20)), "CARPL", 28, False)
    return fate


def _move_in(
    team: Team, act: Act, child: Child, home: Home, at: datetime, fate: Fate, wish: str, facts: dict[str, Any]
) -> None:
    place = coded(home.kind, home.provider.sector)
    key = act.new("placement", {
        "child_id": child.id, "home_id": home.id, "officer_id": act.officer, "started_at": at, "type_obtained": wish,
        "provision": _OF_WISH.get(wish) or team.chance.draw(_TYPES[home.kind]), "place": place.place,
        "place_provider": place.provider, "route": home.route, "grade_at_start": home.grade,
        "in_area": home.spot.authority == OWN, **facts,
    })  # fmt: skip
    referral = facts.get("referral_id")
    if referral is not None:
        about = About(referral_id=referral, placement_id=key, child_id=child.id, home_id=home.id)
        tasks.of_placement(team, act, PlacementFacts(
            key, at, facts["emergency"], None, home.spot.authority == OWN, False, place.place, wish, child.age(at),
            facts["planned_end_on"], about,
        ), fate.ends)  # fmt: skip
    registers.of_placement(team, act, key, child, home, at, fate.ends)
    course = trackers.Course(at, fate.ends, fate.reason, facts.get("planned_end_on"), wish)
    trackers.of_placement(team, act, key, child, home, course)
    home.taken += 1
    child.home = home.id
    if fate.ends <= team.now - timedelta(hours=3):
        team.later(fate.ends, _moves_out(team, child, home, key, at, fate))
        if fate.again:
            notice = max(at, act.at, fate.ends - timedelta(days=fate.notice_days, hours=team.chance.randint(0, 5)))
            team.later(notice, _needs_another(team, child, fate))
    child.free_from = fate.ends


def _moves_out(
    team: Team, child: Child, home: Home, key: UUID, started: datetime, fate: Fate
) -> Callable[[datetime], None]:
    def happens(_at: datetime) -> None:
        home.taken -= 1
        if child.home == home.id and child.free_from == fate.ends:
            child.home = None
        endings.write(team, child, home, key, started, fate.ends, fate.reason, fate.notice_days)

    return happens


def _needs_another(team: Team, child: Child, fate: Fate) -> Callable[[datetime], None]:
    def happens(at: datetime) -> None:
        if at > team.now - AGAIN_UNTIL:
            team.coming.append([child])
        elif child.adult_on > (fate.ends + timedelta(days=60)).date():
            settled = min(fate.ends + team.chance.minutes(30, 300), team.now - timedelta(hours=1))
            team.seek(at, [child], settled)

    return happens
