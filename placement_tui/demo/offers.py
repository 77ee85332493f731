"""What a yes costs, until when it stands, and what becomes of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from placement_tui.demo import sign_offs
from placement_tui.demo.approaches import SAYING, Call, Logged, approach
from placement_tui.demo.seeded import Odds
from placement_tui.demo.sign_offs import Offered
from placement_tui.demo.stream import Act
from placement_tui.demo.suited import suited
from placement_tui.demo.team import Team
from placement_tui.demo.words import CONDITIONS
from placement_tui.domain.codes.declines import DECLINES

_DECLINED: Odds[str] = Odds({"other_accepted": 46, "price": 14, "match": 14, "distance": 12, "child_wish": 6, "grade": 4,
                             "too_late": 4})  # fmt: skip
_NOBODY_PLACED: Odds[str] = Odds({"price": 34, "match": 30, "distance": 22, "child_wish": 14})
_FATES = Odds({"declined": 70, "lapsed": 16, "withdrawn": 14})
_EDUCATION = {"school": 0.9, "res": 0.16}


def columns(team: Team, call: Call, at: datetime) -> dict[str, Any]:
    """An offer as it is heard: the home's price give or take, split where school or health pay a part."""
    chance, home = team.chance, call.candidate.home
    care = round(home.pence * (0.96 + 0.1 * chance.random()) / 500) * 500
    education = chance.randint(6, 22) * 5_000 if chance.happens(_EDUCATION.get(home.kind, 0)) else 0
    health = chance.randint(4, 14) * 5_000 if home.kind in ("res", "school") and chance.happens(0.08) else 0
    return {
        "offered_at": at,
        "officer_id": call.officer,
        "care_pence": care,
        "education_pence": education,
        "health_pence": health,
        "conditions": chance.pick(suited(CONDITIONS, "U")) if chance.happens(0.35) else "",
    }


def accepted(team: Team, logged: Logged, call: Call, wave: UUID, decision: Act, starts: datetime) -> dict[str, Any]:
    """The offer that became a placement; gives what the placement takes from it, as columns."""
    at = call.answered_at
    act = team.act(at, "log offer", call.officer)
    key = approach(team, logged, call, wave, act, "offer", {"said_by": team.chance.pick(SAYING)})
    facts = columns(team, call, at)
    stands = max(decision.at, at + team.chance.days(0.3, 5))
    offer = act.new("offer", {"approach_id": key, **facts, "start_at": starts, "expires_at": stands})
    sign_offs.given(team, Offered(offer, logged, call, total(facts), stands, act.at), decision.at)
    decision.change("offer", offer, _decided("accepted", decision))
    return {"offer_id": offer, **{name: facts[name] for name in ("care_pence", "education_pence", "health_pence")}}


def not_taken(team: Team, logged: Logged, call: Call, wave: UUID, decision: Act, placed: bool) -> tuple[UUID, str]:
    """An offer that the council declined or let lapse, or that the home took back; gives its approach and what to say."""
    chance, at = team.chance, call.answered_at
    fate = chance.draw(_FATES)
    ends = decision
    if fate != "declined":
        moment = at + (decision.at - at) * (0.2 + 0.7 * chance.random())
        ends = team.act(moment, "withdraw approach" if fate == "withdrawn" else "decline offer", decision.officer)
    facts = columns(team, call, at)
    facts["start_at"] = at + timedelta(hours=chance.randint(3, 160))
    facts["expires_at"] = ends.at if fate == "lapsed" else max(decision.at, at + chance.days(0.3, 5))
    act = team.act(at, "log offer", call.officer)
    if fate == "withdrawn":
        key = approach(team, logged, call, wave, ends, "withdrawn", {"closing": "OW", "stage": "offer_withdrawn"})
        act = ends if call.asked_at < team.recent else act
    else:
        key = approach(team, logged, call, wave, act, "offer", {"said_by": "duty desk"})
    reason = chance.draw(_DECLINED if placed else _NOBODY_PLACED) if fate == "declined" else None
    offer = act.new("offer", {"approach_id": key, **facts})
    sign_offs.not_given(team, Offered(offer, logged, call, total(facts), facts["expires_at"], act.at), fate, ends.at)
    ends.change("offer", offer, _decided(fate, ends) | ({"declined_reason": reason} if reason else {}))
    return key, f"no: {DECLINES[reason].label.lower()}" if reason else ""


def total(facts: dict[str, Any]) -> int:
    """An offer's weekly pence."""
    return sum(int(facts[name]) for name in ("care_pence", "education_pence", "health_pence"))


def _decided(state: str, act: Act) -> dict[str, Any]:
    return {"state": state, "decided_at": act.at, "decided_by": act.officer}
