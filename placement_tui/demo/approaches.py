"""One referral put to one home, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from placement_tui.demo.answers import Answer
from placement_tui.demo.asking import Candidate
from placement_tui.demo.children import Child
from placement_tui.demo.plans import Plan
from placement_tui.demo.stream import Act
from placement_tui.demo.team import Team

SAYING = ("duty desk", "registered manager", "deputy manager", "the carer", "referrals team", "assistant manager",
          "supervising social worker", "on-call manager")  # fmt: skip


@dataclass(slots=True)
class Logged:
    """A referral in the store, and its children."""

    id: UUID
    at: datetime
    plan: Plan
    children: list[Child]
    officer: UUID


@dataclass(slots=True)
class Call:
    """One approach as it will go. `group` is the group of children that the home says yes to, None for no."""

    candidate: Candidate
    asked_at: datetime
    answered_at: datetime
    wave: int
    rank: int
    outcome: str
    officer: UUID
    channel: str
    group: int | None = None
    reopens: UUID | None = None  # the answered approach that this one asks again


def refused(team: Team, logged: Logged, call: Call, wave: UUID, said: Answer) -> UUID:
    """A home's no."""
    act = team.act(call.answered_at, "log refusal", call.officer)
    return approach(team, logged, call, wave, act, "refusal", {
        "reason": said.reason, "stage": said.stage, "other_reasons": said.other_reasons, "note": said.note,
        "would_change": said.would_change, "said_by": team.chance.pick(SAYING) if team.chance.happens(0.4) else "",
    })  # fmt: skip


def no_reply(team: Team, logged: Logged, call: Call, wave: UUID) -> UUID:
    """Nobody answered."""
    act = team.act(call.answered_at, "log no reply", call.officer)
    return approach(team, logged, call, wave, act, "no_reply", {})


def awaiting(team: Team, logged: Logged, call: Call, wave: UUID, back: datetime | None) -> UUID:
    """A home that has not answered yet, and when it is to be called back."""
    act = team.act(call.asked_at, "send wave", call.officer)
    return act.new("approach", {**_question(logged, call, wave), "call_back_at": back})


def approach(
    team: Team, logged: Logged, call: Call, wave: UUID, answered: Act, outcome: str, answer: dict[str, Any]
) -> UUID:
    """One approach with its answer: asked and answered as two operations where it is recent, as one where it is old."""
    team.asked += 1
    question = _question(logged, call, wave)
    answer = {"outcome": outcome, "answered_at": answered.at, "answered_by": answered.officer,
              **{name: value for name, value in answer.items() if value not in (None, "", [])}}  # fmt: skip
    if call.asked_at < team.recent:
        return answered.new("approach", {**question, **answer})
    key = team.act(call.asked_at, "send wave", call.officer).new("approach", question)
    answered.change("approach", key, answer)
    return key


def _question(logged: Logged, call: Call, wave: UUID) -> dict[str, Any]:
    home = call.candidate.home
    return {
        "referral_id": logged.id, "provider_id": home.provider.id, "home_id": home.id, "wave_id": wave,
        "officer_id": call.officer, "asked_at": call.asked_at, "channel": call.channel, "miles": call.candidate.miles,
        "rank": call.rank, **({"reopens_id": call.reopens} if call.reopens else {}),
    }  # fmt: skip
