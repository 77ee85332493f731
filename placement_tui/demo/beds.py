"""Block beds that are paid for, and what homes said of their beds this afternoon: for whom, from when, or only expected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from placement_tui.demo.seeded import Chance
from placement_tui.demo.team import Team

BLOCKS, SAID = 6, 14
_WHO = ("Jo", "Tom, manager", "Sue on nights", "the duty line", "Carol", "Dev")
_BLOCK_ROUTES = ("block_local", "block_collaborative")


def tell(team: Team) -> None:
    """Both; after everything else, so that no other part hangs on it."""
    chance = Chance(f"beds {len(team.homes)}")  # its own, so that the rest of the history does not hang on it
    _blocks(team, chance)
    _said(team, chance)


def _blocks(team: Team, chance: Chance) -> None:
    bought = [home for home in team.homes if home.route in _BLOCK_ROUTES and home.places and not home.suspended]
    today = team.now.date()
    begins = date(today.year - (today.month < 4), 4, 1)
    for home in sorted(bought, key=lambda each: (-each.taken, each.name))[: BLOCKS * team.scale]:
        act = team.act(team.now - timedelta(days=chance.randint(20, 60)), "log block beds")
        beds = min(home.places or 1, chance.choice((1, 2, 2, 3)))
        act.new("block_bed", {
            "home_id": home.id, "beds": beds, "weekly_pence": home.pence, "from_on": begins,
            "until_on": date(begins.year + 2, 3, 31), "contract": f"BL/{begins.year % 100}/{chance.randint(10, 99)}",
        }, chance.id(act.at))  # fmt: skip


def _said(team: Team, chance: Chance) -> None:
    able = [home for home in team.homes if home.places and home.free() > home.others and not home.suspended]
    if not able:
        return
    for number in range(SAID * team.scale):
        home = able[number * 37 % len(able)]
        at = team.now - timedelta(minutes=9 + number * 11 % 160)
        values: dict[str, Any] = {"home_id": home.id, "beds": 1, "said_at": at, "said_by": chance.pick(_WHO)}
        low = max(home.age_min, chance.choice((0, 4, 8, 11)))
        if chance.happens(0.6) and low + 3 <= home.age_max:
            values |= {"age_min": low, "age_max": min(home.age_max, low + chance.randint(4, 7))}
        if home.sexes is None and chance.happens(0.35):
            values["sexes"] = chance.choice(("F", "M"))
        if chance.happens(0.35):
            values |= {
                "from_on": (team.now + timedelta(days=chance.randint(2, 12))).date(),
                "expected": chance.happens(0.5),
            }
        act = team.act(at, "log vacancy")
        act.new("vacancy", {**values, "officer_id": act.officer}, chance.id(at))
