"""Why a placement ended: the statutory reason, what contributed and who says so, and what the next home should know."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from placement_tui.demo import tasks
from placement_tui.demo.children import Child
from placement_tui.demo.homes import Home
from placement_tui.demo.lessons import ENDING_NOTES, KEPT_GOING, LESSONS, WARNINGS
from placement_tui.demo.seeded import Odds
from placement_tui.demo.suited import suited
from placement_tui.demo.team import Team
from placement_tui.domain.clocks import About
from placement_tui.domain.codes.endings import FACTOR_FAMILIES, FACTORS, class_of
from placement_tui.domain.codes.needs import RELATED

_SAYS = Odds({"carer": 34, "social_worker": 26, "officer": 14, "child": 14, "iro": 8, "family": 4})
_FAMILIES = {
    reason: Odds({family.code: 5.0 if reason in family.beside else 1.0 for family in FACTOR_FAMILIES})
    for reason in ("CREQB", "CREQO", "CHILD", "LAREQ", "CLOSE", "ALLEG", "STAND", "APPRR")
}
_IN_FAMILY = {
    family.code: tuple(factor.code for factor in FACTORS if factor.family == family.code) for family in FACTOR_FAMILIES
}
_CHILD_FACTORS = tuple(code for code in _IN_FAMILY["CH"] if code in RELATED)
_BY_NEED: dict[str, list[int]] = defaultdict(list)
for _number, (_, _needs) in enumerate(LESSONS):
    for _need in _needs:
        _BY_NEED[_need].append(_number)
_SENTENCES = tuple(sentence for sentence, _ in LESSONS)


def write(
    team: Team, child: Child, home: Home, placement: UUID, started: datetime, ends: datetime, reason: str, notice: int
) -> None:
    """The ending of a placement, its factors, and its lesson where there is one."""
    chance = team.chance
    logged = min(ends + chance.minutes(20, 1_800), team.now - timedelta(minutes=5))
    kind = class_of(reason)
    act = team.act(logged, "end placement")
    act.change("placement", placement, {"ended_on": ends.date()})
    hard = kind in ("disrupted", "protective")
    warned = chance.happens(0.6) if hard else None
    sex = child.sex
    signs = chance.pick(suited(WARNINGS, sex)) if warned else ""
    if placement in team.warned:
        warned, signs = True, team.warned[placement]
    ending = act.new(
        "ending",
        {
            "placement_id": placement, "ended_on": ends.date(), "logged_at": logged, "officer_id": act.officer,
            "reason": reason, "reason_class": kind, "notice_days": min(notice, (ends - started).days), "warned": warned,
            "warnings": signs,
            "stability_meeting": chance.happens(0.45) if hard else None,
            "kept_going": chance.pick(suited(KEPT_GOING, sex)) if hard and chance.happens(0.8) else "",
            "note": chance.pick(suited(ENDING_NOTES, sex)) if reason == "OTHER" else "",
        },
    )  # fmt: skip
    about = About(placement_id=placement, child_id=child.id, home_id=home.id)
    tasks.of_ending(team, act, about, ends.date(), hard and not notice, kind != "not_a_move")
    if reason in _FAMILIES:
        for number, code in enumerate(_factors(team, child, reason)):
            act.new("factor", {"ending_id": ending, "code": code, "said_by": chance.draw(_SAYS), "main": number == 0})
    if chance.happens(0.8 if hard else 0.25):
        sentence, needs = LESSONS[_lesson(team, child)]
        child.lessons += 1
        act.new(
            "lesson",
            {"ending_id": ending, "child_id": child.id, "home_id": home.id, "learned_on": ends.date(),
             "lesson": sentence, "needs": [need for need in needs if need in child.needs] or list(needs)},
        )  # fmt: skip


def _factors(team: Team, child: Child, reason: str) -> list[str]:
    chance = team.chance
    found: list[str] = []
    mine = [code for code in _CHILD_FACTORS if set(RELATED[code]).intersection(child.needs)]
    if mine and reason in ("CREQB", "CHILD", "LAREQ"):
        found.append(chance.pick(mine))
    for _ in range(chance.choice((1, 1, 2, 2, 3))):
        found.append(chance.pick(_IN_FAMILY[chance.draw(_FAMILIES[reason])]))
    return list(dict.fromkeys(found))


def _lesson(team: Team, child: Child) -> int:
    """A lesson that speaks to one of the child's needs, in words that suit the child, one that was seldom learned."""
    able = set(suited(_SENTENCES, child.sex))
    fitting = [number for need in child.needs for number in _BY_NEED.get(need, ()) if _SENTENCES[number] in able] or [
        number for number, sentence in enumerate(_SENTENCES) if sentence in able
    ]
    least = min(team.lessons[number] for number in fitting)
    chosen = team.chance.pick([number for number in fitting if team.lessons[number] == least])
    team.lessons[chosen] += 1
    return chosen
