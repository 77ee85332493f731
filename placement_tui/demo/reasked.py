"""Homes that said no and were asked again, because what they had named had changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from placement_tui.demo import offers
from placement_tui.demo.answers import Answer, Asked
from placement_tui.demo.approaches import Call, Logged, no_reply, refused
from placement_tui.demo.stream import Act
from placement_tui.demo.team import Team

_ASKED_AGAIN, _OFFERS, _SILENT = 0.3, 0.3, 0.08


def again(
    team: Team,
    logged: Logged,
    call: Call,
    wave: UUID,
    first: UUID,
    said: Answer,
    put: Asked,
    decision: Act,
    placed: bool,
) -> tuple[UUID, str] | None:
    """Ask once more where the no named something, now and then; gives its approach and what to say of an offer not taken."""
    chance = team.chance
    if set(said.would_change) <= {"nothing"} or not chance.happens(_ASKED_AGAIN):
        return None
    asked = call.answered_at + chance.minutes(60, 1_800)
    answered = asked + chance.minutes(8, 300)
    if answered >= decision.at or not _awake(asked):
        return None
    once_more = replace(call, asked_at=asked, answered_at=answered, reopens=first)
    if chance.happens(_OFFERS):
        return offers.not_taken(team, logged, once_more, wave, decision, placed)
    if chance.happens(_SILENT):
        no_reply(team, logged, once_more, wave)
    else:
        home = call.candidate
        refused(team, logged, once_more, wave, put.refusal(home.home, home.miles, home.misfit))
    return None


def _awake(at: datetime) -> bool:
    return 8 <= at.hour < 18
