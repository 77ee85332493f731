"""The board as it stands now: referrals just logged, called down, half answered, with offers that will not wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from placement_tui.demo import offers, referrals, sign_offs
from placement_tui.demo.answers import Asked
from placement_tui.demo.approaches import SAYING, Call, Logged, approach, awaiting, no_reply, refused
from placement_tui.demo.asking import candidates
from placement_tui.demo.children import Child
from placement_tui.demo.plans import plan
from placement_tui.demo.seeded import in_hours
from placement_tui.demo.sign_offs import Offered
from placement_tui.demo.team import Team

OPEN = 59  # and one more for each unit of scale


@dataclass(frozen=True, slots=True)
class Case:
    """An open referral to be: received so many minutes ago; each wave by size and minutes ago; how far the calls are.

    `answered` is the share of the last wave that has answered (earlier waves have all answered), `offered` how many
    said yes, `back` in how many minutes somebody is to be called back, each once (negative: overdue).
    """

    urgency: str
    ago: float
    waves: tuple[tuple[int, float], ...] = ()
    answered: float = 0.0
    offered: int = 0
    back: tuple[int, ...] = ()
    size: int = 1
    known: bool = False


_DAY = 1_440
# The first are what a duty officer finds at half past four on a bad day; every line is one referral.
EVENING = (
    Case("now", 96, ((20, 84),), 0.9, 1, (15,)),
    Case("now", 41, ((6, 33),), 0.34, 0, (12,), size=3),
    Case("now", 12, ()),
    Case("now", 27, ((20, 8),), 0.15, known=True),
    Case("today", 410, ((12, 380), (9, 150)), 0.8, 0, (15, 40), known=True),
    Case("today", 300, ((12, 270),), 0.85, 2),
    Case("today", 365, ((14, 330),), 1.0, 1, known=True),
    Case("today", 150, ((10, 125),), 0.5, 0, (-10,)),
    Case("today", 75, ()),
    Case("today", 220, ((8, 190),), 0.4, 0, (25,), size=2),
    Case("today", 505, ((13, 470), (12, 260), (6, 95)), 0.7, known=True),
    Case("today", 130, ((7, 60),), 0.0),
    Case("today", 260, ((20, 240),), 1.0, 0, known=True),
    Case("today", 18, ()),
    Case("today", 345, ((11, 310),), 0.6, 1, (55,)),
    Case("today", 190, ((9, 160),), 0.7, known=True),
)


def plan_ahead(team: Team) -> None:
    """Let the referrals with a date to keep be received in their time, among all the others."""
    for case in _dated(team, OPEN + team.scale - len(EVENING)):
        team.later(team.now - timedelta(minutes=case.ago), _received(team, case))


def tell(team: Team) -> None:
    """Tonight's own referrals, the first received first."""
    again = iter([child for group in team.coming for child in group])
    for case in sorted(EVENING, key=lambda case: -case.ago):
        child = next(again, None) or _known(team, team.now) if case.known else None
        received = team.now - timedelta(minutes=case.ago)
        _open(team, received, [child] if child else team.nursery.group(received, case.size), case, moved=bool(child))


def _received(team: Team, case: Case) -> Callable[[datetime], None]:
    def happens(at: datetime) -> None:
        child = _known(team, at) if case.known and case.size == 1 else None
        _open(team, at, [child] if child else team.nursery.group(at, case.size), case, moved=child is not None)

    return happens


def _dated(team: Team, count: int) -> Iterator[Case]:
    chance = team.chance
    for number in range(count):
        known = number % 2 == 0
        size = 2 if number % 11 == 5 else 3 if number % 23 == 7 else 1
        ago = chance.randint(1, 22) * _DAY - chance.randint(0, 400)
        if number % 6 == 0:
            yield Case("date", chance.randint(30, 700), (), known=known, size=size)
            continue
        waves = [(chance.randint(4, 9), ago * 0.96)]
        while len(waves) < 4 and waves[-1][1] > 3 * _DAY and chance.happens(0.7):
            waves.append((chance.randint(4, 9), waves[-1][1] * (0.25 + 0.4 * chance.random())))
        offered = chance.choice((0, 0, 0, 1, 1, 2)) if number % 3 == 1 else 0
        back = (chance.choice((15, 75, 160, 1_080, 1_300)),) if number % 5 == 2 else ()
        yield Case("date", ago, tuple(waves), chance.choice((0.3, 0.6, 0.8, 1.0)), offered, back, size, known)


def _known(team: Team, at: datetime) -> Child | None:
    """A child whom the team knows and nobody seeks a home for: back in care with lessons, or given notice in a home."""
    soon = (team.now + timedelta(days=70)).date()
    back = team.chance.happens(0.7)
    for _ in range(40 * min(len(team.children), 100)):
        child = team.chance.pick(team.children)
        if child.sought or child.adult_on < soon or child.free_from is None:
            continue
        away = child.home is None and child.lessons and child.free_from < at - timedelta(days=3)
        if away if back else child.home is not None and child.free_from > team.now + timedelta(days=3):
            child.sought = True
            return child
    return None


def _open(team: Team, received: datetime, children: list[Child], case: Case, *, moved: bool) -> None:
    chance, urgency = team.chance, case.urgency
    wish = plan(chance, received, children, chance.pick(team.workers), moved=moved, urgency=urgency)
    if urgency == "date":
        wish = replace(wish, needed_by=_six(team.now + chance.days(1, 34)))
    logged = referrals.log(team, received, children, wish)
    chosen = candidates(team, received, children, wish.wanted, sum(size for size, _ in case.waves))
    put = Asked(chance, frozenset(need for child in children for need in child.needs), len(children), urgency,
                children[0].sex)  # fmt: skip
    team.seeking.append((logged, chosen))
    able = [n for n, each in enumerate(chosen) if each.misfit is None and each.home.says_free() >= len(children)]
    yes = set(chance.sample(able, min(case.offered, len(able))))
    backs = list(case.back)
    place = 0
    for number, (size, ago) in enumerate(case.waves, 1):
        sent = max(team.now - timedelta(minutes=ago), received + timedelta(minutes=2))
        if urgency == "date" and in_hours(sent, chance) < team.now - timedelta(minutes=90):
            sent = in_hours(sent, chance)
        officer = logged.officer if chance.happens(0.6) else team.officer()
        wave = team.act(sent, "send wave", officer).new(
            "wave", {"referral_id": logged.id, "number": number, "sent_at": sent, "emergency": urgency == "now"}
        )
        last = number == len(case.waves)
        part = chosen[place : place + size]
        answered = round(len(part) * case.answered) if last else len(part) - chance.happens(0.2)
        for rank, candidate in enumerate(part):
            asked = sent + (team.now - sent) * (0.35 * rank / (len(part) + 1)) if last else sent
            answer = asked + (team.now - asked) * (0.05 + 0.9 * chance.random() ** 1.6)
            if urgency == "date":
                asked = sent
                later = in_hours(asked + chance.minutes(3, 2_900), chance)
                answer = later if later < team.now else answer
            call = Call(candidate, asked, answer, number - 1, rank, "", officer, "phone" if last else "email")
            if place in yes:
                _offer(team, logged, call, wave, urgency)
            elif rank < answered:
                _answer(team, logged, call, wave, put)
            else:
                back = team.now + timedelta(minutes=backs.pop(0)) if backs else None
                awaiting(team, logged, call, wave, back)
            place += 1


def _answer(team: Team, logged: Logged, call: Call, wave: UUID, put: Asked) -> None:
    if team.chance.happens(0.1):
        no_reply(team, logged, call, wave)
    else:
        refused(team, logged, call, wave, put.refusal(call.candidate.home, call.candidate.miles, call.candidate.misfit))


def _offer(team: Team, logged: Logged, call: Call, wave: UUID, urgency: str) -> None:
    """A yes that waits for an answer: until this evening where the child has to move soon."""
    chance, at = team.chance, call.answered_at
    act = team.act(at, "log offer", call.officer)
    key = approach(team, logged, call, wave, act, "offer", {"said_by": chance.pick(SAYING)})
    evening = team.now.replace(hour=18, minute=0, second=0, microsecond=0)
    if evening < team.now + timedelta(minutes=40):
        evening = team.now + timedelta(minutes=chance.choice((55, 85, 110)))
    expires = evening if urgency != "date" or chance.happens(0.35) else _six(team.now + chance.days(1, 5))
    starts = team.now + (chance.minutes(60, 240) if urgency == "now" else chance.days(0.4, 9))
    facts = {**offers.columns(team, call, at), "start_at": starts, "expires_at": expires}
    offer = chance.id(at)
    offered = Offered(offer, logged, call, offers.total(facts), expires, at)
    needs = bool(sign_offs.kinds(offered))
    first = sign_offs.open_now(team, offered, team.signing) if needs else None
    act.new("offer", {"approach_id": key, **facts, **({"expires_at": first} if first else {})}, offer)
    team.signing += needs
    if first is not None:  # the home held it no longer, and offered again
        team.act(first + (team.now - first) * 0.4, "amend offer", call.officer).change(
            "offer", offer, {"expires_at": expires}
        )


def _six(at: datetime) -> datetime:
    return at.replace(hour=18, minute=0, second=0, microsecond=0)
