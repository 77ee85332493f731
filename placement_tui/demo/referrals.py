"""A referral from its first line to its end: logged, put to homes in waves, answered, decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from placement_tui.demo import offers, placements, reasked
from placement_tui.demo.answers import Asked
from placement_tui.demo.approaches import Call, Logged, approach, no_reply, refused
from placement_tui.demo.asking import Candidate, candidates
from placement_tui.demo.children import RISKS, Child
from placement_tui.demo.plans import Plan, plan
from placement_tui.demo.seeded import in_hours
from placement_tui.demo.stream import Act
from placement_tui.demo.suited import suited
from placement_tui.demo.team import Team
from placement_tui.demo.words import CLOSED

PLACED = 0.9
NO_REPLY = 0.12
KIN = ("nobody", "nobody", "somebody", "nobody", "unsafe", "not_yet", None)
RECENT = timedelta(days=14)
MARGIN = timedelta(hours=1)  # the history ends so long before now; what is open tonight is told elsewhere


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast things go, in minutes: to the first wave, between waves, to an answer, a decision, the move."""

    wave: int
    first: tuple[float, float]
    gap: tuple[float, float]
    answer: tuple[float, float]
    decide: tuple[float, float]
    move: tuple[float, float]


PACES = {
    "now": Pace(20, (2, 15), (30, 90), (1, 60), (10, 70), (30, 240)),
    "today": Pace(12, (10, 80), (60, 240), (2, 420), (20, 320), (60, 900)),
    "date": Pace(7, (60, 2_900), (1_400, 8_600), (3, 4_300), (240, 4_300), (720, 20_000)),
}


@dataclass(slots=True)
class Course:
    """How a referral goes: its calls, when and by whom each wave was sent, when it was decided, when they move in."""

    calls: list[Call]
    waves: list[tuple[datetime, UUID]]
    done: datetime
    moved_in: datetime

    def squeeze(self, since: datetime, until: datetime, not_before: datetime | None) -> None:
        """Let all of it happen between two moments, in the same order."""
        share = (until - since) / (self.moved_in - since)

        def sooner(at: datetime) -> datetime:
            return since + (at - since) * share

        for call in self.calls:
            call.asked_at, call.answered_at = sooner(call.asked_at), sooner(call.answered_at)
        self.waves = [(sooner(at), by) for at, by in self.waves]
        self.done = sooner(self.done)
        self.moved_in = max(until, not_before or until)


def log(team: Team, at: datetime, children: list[Child], wish: Plan) -> Logged:
    """Write a referral down: the children that are new, their order and needs."""
    officer = team.officer()
    act = team.act(at, "log referral", officer)
    for child in children:
        if not child.written:
            child.written = True
            team.children.append(child)
            act.new("child", child.columns(at), child.id)
    referral = act.new(
        "referral",
        {
            "reference": team.reference(at),
            "received_at": at,
            "officer_id": officer,
            "kin_explored": KIN[at.minute % len(KIN)],
            **wish.columns(),
        },
    )
    for position, child in enumerate(children):
        act.new("referral_child", {"referral_id": referral, "child_id": child.id, "position": position})
        for code in child.needs:
            act.new("need", {"referral_id": referral, "child_id": child.id, "code": code})
    return Logged(referral, at, wish, children, officer)


def seek(
    team: Team, at: datetime, children: list[Child], *, moved: bool = False, not_before: datetime | None = None
) -> None:
    """A whole referral of the past; the placements that it leads to start after `not_before`."""
    chance = team.chance
    soon = min(child.adult_on for child in children) < (at + timedelta(days=60)).date()
    wish = plan(chance, at, children, chance.pick(team.workers), moved=moved, urgency="today" if soon else None)
    logged = log(team, at, children, wish)
    many = _how_many(team, at, children)
    chosen = candidates(team, at, children, wish.wanted, many)
    groups = placements.groups(children, wish.together)
    winners: list[int] = []
    if chance.happens(PLACED):
        winners = _winners(team, chosen, groups)
        if not winners:  # nobody on the list has room: they ask on
            chosen = candidates(team, at, children, wish.wanted, many + 8)
            winners = _winners(team, chosen, groups)
    course = _course(team, logged, chosen, winners, not_before)
    limit = team.now - MARGIN
    if course.moved_in > limit:
        course.squeeze(at, limit, not_before)
    _write(team, logged, course, groups if winners else [])


def _how_many(team: Team, at: datetime, children: Sequence[Child]) -> int:
    """As many as keeps the whole on its course; more for those who are harder to find a home for."""
    chance = team.chance
    risks = max(len(RISKS.intersection(child.needs)) for child in children)
    share = 0.6 + 0.3 * risks if children[0].age(at) >= 10 else 0.62
    share *= 1.3 if len(children) > 1 else 1.0
    return max(1, min(60, round(chance.expovariate(1 / (team.pace() * share)) + 0.6)))


def _winners(team: Team, chosen: list[Candidate], groups: list[list[Child]]) -> list[int]:
    """Which of those asked say yes, by their place in the list: one for each group of children, or none at all."""
    found: list[int] = []
    for group in groups:
        able = [
            number
            for number, each in enumerate(chosen)
            if each.misfit is None and number not in found and each.home.free() >= len(group)
        ]
        if not able:
            return []
        found.append(team.chance.choices(able, [chosen[number].home.eager for number in able])[0])
    return found


def _course(
    team: Team, logged: Logged, chosen: list[Candidate], winners: list[int], not_before: datetime | None
) -> Course:
    chance, pace = team.chance, PACES[logged.plan.urgency]
    unhurried = logged.plan.urgency == "date"
    size = max(1, round(pace.wave * (0.7 + 0.6 * chance.random())))
    order = _in_order(team, len(chosen), winners, size)
    sent = logged.at + chance.minutes(*pace.first)
    course = Course([], [], sent + chance.minutes(30, 600), sent)
    for start in range(0, len(order), size):
        sent = in_hours(sent, chance) if unhurried else sent
        officer = logged.officer if chance.happens(0.6) else team.officer()
        asked = sent
        for rank, place in enumerate(order[start : start + size]):
            channel = "email" if chance.happens(0.3) else "phone"
            answered = asked + chance.minutes(*pace.answer)
            answered = in_hours(answered, chance) if unhurried else answered
            group = winners.index(place) if place in winners else None
            outcome = "offer" if group is not None else "no_reply" if chance.happens(NO_REPLY) else "refusal"
            wave = len(course.waves)
            course.calls.append(Call(chosen[place], asked, answered, wave, rank, outcome, officer, channel, group))
            asked += timedelta(seconds=chance.randint(60, 320) if channel == "phone" else 0)
        course.waves.append((sent, officer))
        sent = max(asked, sent + chance.minutes(*pace.gap))
    if course.calls:
        yes = [call.answered_at for call in course.calls if call.group is not None]
        course.done = max(yes or [course.calls[-1].asked_at]) + chance.minutes(*pace.decide)
    move = course.done + chance.minutes(*pace.move)
    if unhurried:
        course.done, move = (
            in_hours(course.done, chance),
            in_hours(in_hours(course.done, chance) + (move - course.done), chance),
        )
    course.moved_in = max(move, not_before or move)
    return course


def _in_order(team: Team, count: int, winners: list[int], size: int) -> list[int]:
    """The places in the list as they are called: whoever says yes comes in the last wave, since nobody asks on after it."""
    last = (count - 1) // size * size
    order = [number for number in range(count) if number not in winners]
    for winner in winners:
        order.insert(team.chance.randint(min(last, len(order)), len(order)), winner)
    return order


def _write(team: Team, logged: Logged, course: Course, groups: list[list[Child]]) -> None:
    chance, plan, done = team.chance, logged.plan, course.done
    needs = frozenset(need for child in logged.children for need in child.needs)
    put = Asked(chance, needs, len(logged.children), plan.urgency, logged.children[0].sex)
    waves = [
        team.act(sent, "send wave", by).new(
            "wave",
            {"referral_id": logged.id, "number": number, "sent_at": sent, "emergency": plan.urgency == "now"},
        )
        for number, (sent, by) in enumerate(course.waves, 1)
        if sent < done
    ]
    decision = team.act(done, "start placement" if groups else "close referral")
    accepted: dict[int, tuple[Candidate, dict[str, Any]]] = {}
    told: list[tuple[UUID | None, str, str]] = []
    for call in course.calls:
        if call.asked_at >= done:
            continue
        wave, home = waves[call.wave], call.candidate.home
        if call.group is not None:
            taken = offers.accepted(team, logged, call, wave, decision, course.moved_in)
            accepted[call.group] = (call.candidate, taken)
        elif call.answered_at >= done:
            key = approach(team, logged, call, wave, decision, "withdrawn", {"closing": "PE" if groups else "CW"})
            told.append((key, home.name, "placed elsewhere"))
        elif call.outcome == "no_reply":
            no_reply(team, logged, call, wave)
        elif call.candidate.misfit is None and chance.happens(min(0.2, 0.045 * home.eager)):
            key, words = offers.not_taken(team, logged, call, wave, decision, bool(groups))
            told += [(key, home.name, words)] if words else []
        else:
            said = put.refusal(home, call.candidate.miles, call.candidate.misfit)
            first = refused(team, logged, call, wave, said)
            offered = reasked.again(team, logged, call, wave, first, said, put, decision, bool(groups))
            told += [(offered[0], home.name, offered[1])] if offered and offered[1] else []
    if not groups:
        reason = chance.pick(suited(CLOSED, logged.children[0].sex, len(logged.children) > 1))
        decision.change("referral", logged.id, {"state": "closed", "closed_at": done, "closed_reason": reason})
        return
    for number, group in enumerate(groups):
        candidate, taken = accepted[number]
        for child in group:
            placements.start(team, decision, logged, child, candidate, taken, course.moved_in)
        told.append((None, candidate.home.name, "yes: the placement starts"))
    decision.change("referral", logged.id, {"state": "placed", "closed_at": done})
    told.append((None, plan.social_worker, "placed"))
    _tell(team, logged.id, decision, told)


def _tell(team: Team, referral: UUID, decision: Act, told: list[tuple[UUID | None, str, str]]) -> None:
    """Whom to tell of a recent placement; some have been told."""
    if decision.at < team.now - RECENT:
        return
    for key, who, what in told:
        row = decision.new("told", {"referral_id": referral, "approach_id": key, "who": who, "what": what})
        at = decision.at + team.chance.days(0.02, 4)
        if at < team.now:
            by = team.officer()
            team.act(at, "told", by).change("told", row, {"told_at": at, "officer_id": by})
