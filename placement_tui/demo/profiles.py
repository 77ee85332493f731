"""Profiles of the children for whom a home is sought tonight: some good, some thin, one with a name left in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from placement_tui.demo.children import Child
from placement_tui.demo.seeded import Chance
from placement_tui.demo.stream import Act
from placement_tui.demo.team import Team
from placement_tui.domain.profiles import RISKS

SHARE, WHOLE, OLD = (
    0.6,
    0.55,
    0.15,
)  # of the open children: written at all; of these whole; and not looked at for a year
_STRENGTHS = (
    "Funny and generous. {They} {bakes} for everybody, {sings} in the kitchen, and {is} proud of swimming badges.",
    "Kind to animals and to younger children. {They} {draws} for hours, {knows} every football score, and {makes} people laugh.",
    "Bright and curious. {They} {reads} about the sea, {builds} things out of nothing, and {is} fair when games get loud.",
    "Honest, and loyal to friends. {They} {plays} the drums, {cooks} a good curry, and {helps} without being asked.",
)
_WORDS = (
    '"I want a garden and somebody who listens."',
    '"I am not as bad as it says. I like it when people do what they said."',
    '"I want to stay where my friends are, and I want a dog."',
    '"Ask me first. Then I can try."',
)
_DAYS = (
    "Up at seven with music on, a slow breakfast, and somebody at the door after school. Food first, then quiet.",
    "A plan on the fridge, one job together, time outdoors, and the same bedtime every night.",
)
_HELPS = (
    "When {they} {is} frightened {they} {needs} to know who is there: sit close, say little, offer a walk.",
    "A warning ten minutes before things change. Offer two choices. {They} {feels} safe when nobody shouts.",
)
_NEEDS = (
    "Needs to feel safe at night, because nights were the worst time: a light, and an adult who looks in.",
    "Pushes people away because of the fear of being left: adults who come back after a hard day, and say so.",
)
_WORKED = (
    "A carer who did what they said, one job together each day, and the same driver to school for a year.",
    "Six months with a mentor who came every Thursday, whatever had happened the week before, and cooked together.",
)
_HEALTH = (
    "Well. Eats everything but fish, sleeps eight hours with a light on, glasses since May, dentist in September.",
    "Asthma, with a blue inhaler before sports; last seen by a nurse in August. Sleeps badly before family time.",
)
_SCHOOL = (
    "In a mainstream school with 94% attendance this term. Likes art and cooking; a plan gives ten hours of support.",
    "Part time, fifteen hours a week with a tutor, building up to a whole week after Christmas. Reads well above age.",
)
_FAMILY = (
    "Every second Saturday from ten to noon with a parent, supervised. It goes well; the evening after is hard.",
    "A call each Wednesday at five, and a visit once a month in a centre. Brothers and sisters once a month.",
)
_SUPPORT = (
    "20 hours a week of a mentor for six months, transport to school, and a night of short stay each month.",
    "Therapy for 12 sessions from the first week, funded; a worker who visits every week for the first eight weeks.",
)
_RISKS = (
    ("Goes missing", "after calls that were cut short; back by herself or himself within three hours", "being told no on the phone",
     "ring back the same evening; {they} {answers} texts, not calls"),
    ("Pushes and throws things", "at the end of visits, never at younger children", "crowds and raised voices",
     "leave the room free, offer a walk; nobody was hurt since spring"),
    ("Friends who are older", "met in town after school", "having no plan for the evening", "agreed places and times, a lift home"),
)  # fmt: skip
_THIN = "Aggressive and challenging. ODD and ADHD. Absconds. DO NOT LEAVE ALONE WITH OTHER CHILDREN."


def tonight(team: Team) -> None:
    """Write the profiles, each an hour after its referral."""
    named = False
    for logged, _ in team.seeking:
        at = min(logged.at + timedelta(hours=1), team.now - timedelta(minutes=1))
        for child in logged.children:
            chance = Chance(f"profile {child.id}")
            if child.age(team.now) < 2 or not chance.happens(SHARE):
                continue
            act = Act(team.stream, at, logged.officer, "write profile", chance.id(at))
            if chance.happens(WHOLE):
                sections = _whole(child, chance)
                if child.name and not named:
                    named = True
                    sections["helps"] += f" Ask {child.name.split()[0]} what would help before you decide."
                _risks(act, child, chance, at)
            else:
                sections = {
                    "needs": _THIN,
                    "family": "To be agreed.",
                    "strengths": _said(chance.pick(_STRENGTHS), child)[:40],
                }
            said = (at - timedelta(days=430 if chance.happens(OLD) else chance.randint(0, 200))).date().isoformat()
            act.new("profile", {
                "child_id": child.id, "sections": sections, "said_on": dict.fromkeys((*sections, RISKS), said),
                "changed_at": at, "officer_id": logged.officer,
            }, chance.id(at))  # fmt: skip


def _whole(child: Child, chance: Chance) -> dict[str, str]:
    texts = {
        "strengths": _STRENGTHS, "words": _WORDS, "good_day": _DAYS, "helps": _HELPS, "needs": _NEEDS, "worked": _WORKED,
        "health": _HEALTH, "education": _SCHOOL, "family": _FAMILY, "support": _SUPPORT,
    }  # fmt: skip
    left_out = {chance.pick(list(texts)[5:])} if chance.happens(0.6) else set()
    return {key: _said(chance.pick(several), child) for key, several in texts.items() if key not in left_out}


def _risks(act: Act, child: Child, chance: Chance, at: datetime) -> None:
    if child.age(at) < 6:
        return
    for position, (what, context, trigger, safe) in enumerate(chance.sample(_RISKS, chance.randint(1, 2))):
        values: dict[str, Any] = {
            "child_id": child.id, "what": what, "context": context, "trigger": trigger, "mitigation": _said(safe, child),
            "seen_on": (at - timedelta(days=chance.randint(10, 300))).date() if chance.happens(0.9) else None,
            "position": position,
        }  # fmt: skip
        act.new("risk", values, chance.id(at))


def _said(text: str, child: Child) -> str:
    """The words for a girl, a boy, or a child whose sex nobody said."""
    one = {"F": "she", "M": "he"}.get(child.sex, "they")
    several = one == "they"
    verbs = {
        verb: (verb[:-1] if several else verb)
        for verb in ("bakes", "sings", "draws", "knows", "makes", "reads", "builds", "plays", "cooks", "helps", "needs", "feels",
                     "answers")
    }  # fmt: skip
    return text.format(they=one, They=one.capitalize(), **{"is": "are" if several else "is"}, **verbs)
