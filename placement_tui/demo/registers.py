"""What the law wants a register of, and the places of homes: orders, unregistered homes, kinship, checks; holds, siblings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from placement_tui.demo import tasks
from placement_tui.demo.approaches import Logged
from placement_tui.demo.asking import Candidate
from placement_tui.demo.children import Child
from placement_tui.demo.homes import Home
from placement_tui.demo.names import mail_of, person
from placement_tui.demo.places import OWN
from placement_tui.demo.seeded import Chance
from placement_tui.demo.stream import Act
from placement_tui.demo.team import Team
from placement_tui.domain.clocks import About
from placement_tui.domain.clocks_registers import (
    DeprivationFacts,
    KinshipFacts,
    deprivation_clocks,
    kinship_clocks,
    unregistered_clocks,
)
from placement_tui.domain.codes.checks import KINSHIP_CHECKS, SUPPORTED_CHECKS, UNREGISTERED_CHECKS
from placement_tui.domain.registers import EXTEND_FROM, EXTENSION, TEMPORARY

KINSHIP_SHARE = 0.3  # of our own carers' open placements of the last weeks: aunts, grandparents, a teacher
ORDERS, UNREGISTERED = 4, 2
_WHY = (
    "Fourteen homes said no; discharged from hospital with nowhere to go",
    "His home gave notice the same day and no registered home would take him tonight",
)
_PLANS = ("A bed at a registered home is promised from the 1st", "The provider registers; else the crisis team's flat")


def of_placement(team: Team, act: Act, key: UUID, child: Child, home: Home, at: datetime, ends: datetime) -> None:
    """The entries of a placement that goes on: a connected person's, an order, what was checked."""
    chance = Chance(f"registers {act.intention} {key}")  # its own, so that the rest of the history does not hang on it
    if ends <= team.now or act.command == "demo":
        return
    later = Act(team.stream, act.at + timedelta(minutes=20), act.officer, "log entry", chance.id(at))
    if home.kind == "sa":
        _checks(later, key, chance)
    elif home.kind == "inhouse" and at > team.now - TEMPORARY - EXTENSION and chance.happens(KINSHIP_SHARE):
        _kinship(team, later, About(placement_id=key, child_id=child.id, home_id=home.id), at, chance)
    elif home.kind == "res" and child.age(at) >= 11 and at > team.now - timedelta(days=70) and team.orders < ORDERS:
        _order(team, later, About(placement_id=key, child_id=child.id, home_id=home.id), at, chance)


def _checks(act: Act, key: UUID, chance: Chance) -> None:
    done = [check.code for check in SUPPORTED_CHECKS if chance.happens(0.8)]
    act.change("placement", key, {"checks": done})


def _kinship(team: Team, act: Act, about: About, at: datetime, chance: Chance) -> None:
    since = at.date()
    values: dict[str, Any] = {
        "placement_id": about.placement_id, "approved_on": since, "approved_until": since + TEMPORARY, "logged_at": act.at,
        "nominated_officer": "Helen Rowe" if chance.happens(0.8) else "", "officer_id": act.officer,
        "checks": [check.code for check in KINSHIP_CHECKS if chance.happens(0.85)],
    }  # fmt: skip
    if team.now.date() > since + TEMPORARY:
        panel = since + EXTEND_FROM + timedelta(days=chance.randint(1, 20))
        values |= {"extended_until": since + TEMPORARY + EXTENSION, "panel_on": panel, "nominated_officer": "Helen Rowe",
                   "iro_told_at": datetime(panel.year, panel.month, panel.day, 14, tzinfo=at.tzinfo)}  # fmt: skip
    entry = act.new("kinship", values, chance.id(act.at))
    extended = values.get("extended_until")
    tasks.of_register(
        team, act, kinship_clocks(KinshipFacts(entry, since, values["approved_until"], extended, None, about))
    )


def _order(team: Team, act: Act, about: About, at: datetime, chance: Chance) -> None:
    team.orders += 1
    told = act.at + chance.minutes(30, 900) if chance.happens(0.7) else None
    ends, review = (at + timedelta(days=84)).date(), (at + timedelta(days=chance.choice((28, 42)))).date()
    while review < team.now.date():
        review += timedelta(days=28)  # the court looked at it then, and said when it looks again
    sent = told + chance.minutes(5, 2000) if told is not None and chance.happens(0.6) else None
    entry = act.new("deprivation", {
        "child_id": about.child_id, "placement_id": about.placement_id, "order_on": at.date(), "ends_on": ends,
        "review_on": review, "officer_id": act.officer, "logged_at": act.at,
        "case_number": f"FD{at.year % 100}C{chance.randint(40100, 40990)}" if chance.happens(0.8) else "",
        "terms": "Two to one by day; doors locked at night; no telephone without staff", "ofsted_told_at": told and min(told, team.now),
        "judgment_sent_at": sent and min(sent, team.now),
    }, chance.id(act.at))  # fmt: skip
    facts = DeprivationFacts(entry, act.at, at.date(), ends, review, told is not None, sent is not None, about)
    tasks.of_register(team, act, deprivation_clocks(facts))


def tonight(team: Team, seeking: list[tuple[Logged, list[Candidate]]]) -> None:
    """What homes said of other councils' children, beds that are held, crisis flats, and two referrals of one family."""
    chance = Chance(f"places {team.scale}")
    for home in team.homes:
        if home.kind in ("res", "household", "inhouse") and home.places and chance.happens(0.5):
            said = team.now - chance.days(0.1, 20)
            count = min(home.others, max(0, home.places - home.taken))
            team.act(said, "log others' children", team.officers[0]).change(
                "home", home.id, {"others_children": count, "others_said_at": said}
            )
    _holds(team, seeking, chance)
    _family(team, seeking, chance)
    _unregistered(team, seeking, chance)


def _unregistered(team: Team, seeking: list[tuple[Logged, list[Candidate]]], chance: Chance) -> None:
    """Children in a flat with agency staff, whose search goes on: nobody registered has said yes."""
    waiting = [
        logged for logged, _ in seeking
        if len(logged.children) == 1 and logged.children[0].home is None and logged.children[0].spot is not None
        and logged.at < team.now - timedelta(days=2) and 11 <= logged.children[0].age(team.now) <= 16
        and (logged.children[0].free_from is None or logged.children[0].free_from < logged.at)
    ]  # fmt: skip
    for number, logged in enumerate(waiting[:UNREGISTERED]):
        child = logged.children[0]
        spot = next(home.spot for home in team.homes if home.spot.town and home.spot.authority == OWN)
        at = logged.at + timedelta(hours=5)
        act = Act(team.stream, at, logged.officer, "start placement", chance.id(at))
        home = act.new("home", {
            "provider_id": team.market.providers[0].id, "name": f"Flat {number + 3}, {spot.town}", "kind": "res",
            "registered": False, "registration_status": "Applied" if number == 0 else "", **spot.columns(), "town": spot.town,
            "places": 1, "note": "A flat with agency staff, for a crisis", "email": mail_of(team.market.providers[0].name),
        })  # fmt: skip
        key = act.new("placement", {
            "child_id": child.id, "home_id": home, "officer_id": logged.officer, "started_at": at, "emergency": True,
            "type_wanted": logged.plan.wanted[0], "type_obtained": "residential", "provision": "unregistered",
            "place": "Z12", "route": "direct", "care_pence": 1_450_000, "in_area": True,
            "legal_status": logged.plan.legal_status, "approved_by": "Anne Vale",
        })  # fmt: skip
        end_by = (at + timedelta(days=28)).date()
        entry = act.new("unregistered", {
            "placement_id": key, "why": _WHY[number % len(_WHY)], "agreed_by": "Anne Vale",
            "end_plan": _PLANS[number % len(_PLANS)], "end_by": end_by,
            "applied_on": (at + timedelta(days=1)).date() if number == 0 else None, "officer_id": logged.officer,
            "checks": [check.code for check in UNREGISTERED_CHECKS if chance.happens(0.6)],
            "ofsted_told_at": at + timedelta(minutes=40) if number == 0 else None, "logged_at": at,
        })  # fmt: skip
        about = About(logged.id, key, child.id, home)
        tasks.of_register(team, act, unregistered_clocks(entry, end_by, about))


def _holds(team: Team, seeking: list[tuple[Logged, list[Candidate]]], chance: Chance) -> None:
    held = 0
    for logged, chosen in seeking:
        home = next(
            (each.home for each in chosen if each.misfit is None and each.home.says_free() >= len(logged.children)),
            None,
        )
        if home is None or held >= 3 + team.scale or home.kind == "agency" or not chance.happens(0.4):
            continue
        at = max(logged.at + timedelta(minutes=5), team.now - chance.minutes(10, 90))
        if at >= team.now:
            continue
        held += 1
        team.act(at, "log hold", logged.officer).new("hold", {
            "home_id": home.id, "referral_id": logged.id, "beds": len(logged.children), "held_at": at,
            "until_at": team.now + timedelta(hours=chance.choice((2, 4, 20))), "said_by": person(chance), "officer_id": logged.officer,
        })  # fmt: skip


def _family(team: Team, seeking: list[tuple[Logged, list[Candidate]]], chance: Chance) -> None:
    alone = [logged for logged, _ in seeking if len(logged.children) == 1 and logged.at < team.now - timedelta(hours=2)]
    if len(alone) < 2:
        return
    pair = chance.sample(alone, 2)
    act = team.act(team.now - timedelta(hours=1), "link siblings", team.officers[0])
    group = act.new("sibling_group", {"asked_together": 2, "officer_id": team.officers[0]})
    for logged in pair:
        act.change("referral", logged.id, {"sibling_group_id": group})
