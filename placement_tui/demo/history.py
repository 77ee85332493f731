"""Two years of the team's work, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from placement_tui.demo import placements, referrals
from placement_tui.demo.answers import misfit
from placement_tui.demo.asking import MIDDLE
from placement_tui.demo.children import GROUPS, Child
from placement_tui.demo.homes import Home
from placement_tui.demo.seeded import in_hours
from placement_tui.demo.team import HISTORY, Team

CHILDREN = 700  # for each unit of scale
BEFORE = 120  # of them already in a home when the history begins
TONIGHT = 46  # of them kept for tonight's board
_LAST_HOURS = timedelta(hours=12)
_LONG_STANDING = ("inhouse", "household", "agency", "res")
_SAYING = ("duty desk", "registered manager", "weekly vacancy list", "their e-mail", "carer", "rang us", "we rang")
_DAYS_FRESH = 9


def tell(team: Team, progress: Callable[[int, int], None] | None) -> None:
    """Everything from the first day to now, but for tonight's board."""
    team.seek = lambda at, children, not_before: referrals.seek(team, at, children, moved=True, not_before=not_before)
    _long_standing(team)
    _arrivals(team)
    days = HISTORY.days
    for day in range(days):
        if progress is not None:
            progress(day, days)
        morning = team.start + timedelta(days=day)
        _vacancies(team, morning, day)
        team.run(morning + timedelta(days=1))


def _long_standing(team: Team) -> None:
    for _ in range(BEFORE * team.scale):
        [child] = team.nursery.group(team.start, 1, oldest=15)
        home = _room_for(team, child)
        if home is not None:
            placements.before(team, child, home)


def _room_for(team: Team, child: Child) -> Home | None:
    tried = 0
    for ring in team.nearby.around(child.spot or MIDDLE, _LONG_STANDING):
        for home in ring:
            fits = misfit(home, (child.age(team.start),), (child.sex,)) is None
            if fits and home.free() > 0 and home.registered and team.chance.happens(0.3):
                return home
            tried += 1
        if tried > 400:
            return None
    return None


def _arrivals(team: Team) -> None:
    """Children who need a home for the first time, spread over the two years, one in five out of office hours."""
    chance = team.chance
    wanted = (CHILDREN - BEFORE) * team.scale - TONIGHT
    while wanted > 0:
        size = min(chance.draw(GROUPS), wanted)
        wanted -= size
        team.later(_moment(team), _arrive(team, size))


def _moment(team: Team) -> datetime:
    span = HISTORY - _LAST_HOURS - timedelta(days=1)
    at = team.start + timedelta(hours=1) + span * team.chance.random()
    return at if team.chance.happens(0.2) else min(in_hours(at, team.chance), team.now - _LAST_HOURS)


def _arrive(team: Team, size: int) -> Callable[[datetime], None]:
    def happens(at: datetime) -> None:
        referrals.seek(team, at, team.nursery.group(at, size))

    return happens


def _vacancies(team: Team, morning: datetime, day: int) -> None:
    """What homes say of their beds that day; in the last days many more of them, as somebody has been ringing round."""
    chance = team.chance
    fresh = day >= HISTORY.days - _DAYS_FRESH
    share = 0.07 if fresh else 0.0045
    last = team.now - timedelta(minutes=4)
    expected = len(team.homes) * share
    count = int(expected) + chance.happens(expected % 1)
    for _ in range(count):
        home = chance.pick(team.homes)
        at = morning + chance.minutes(30, 1_430)
        if day < HISTORY.days - 2:  # the last two days are not moved into office hours: the board is alive now
            at = in_hours(at, chance)
        team.later(min(at, last), _says(team, home))


def _says(team: Team, home: Home) -> Callable[[datetime], None]:
    def happens(at: datetime) -> None:
        chance = team.chance
        if home.places:
            home.others = max(0, min(home.places, home.others + chance.choice((-1, -1, 0, 0, 1))))
        beds = home.says_free()
        act = team.act(at, "log vacancy")
        facts = {"home_id": home.id, "beds": beds, "said_at": at, "said_by": chance.pick(_SAYING)}
        if beds and chance.happens(0.12):
            facts["from_on"] = (at + timedelta(days=chance.randint(2, 25))).date()
        act.new("vacancy", {**facts, "officer_id": act.officer})

    return happens
