"""What the places look like, at the smallest usual terminal and at a roomy one; the time, the team and the data stand still."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from placement_tui.app import PlacementApp
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.endings import NewEnding, NewFactor
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.registers import NewDeprivation
from tests import builders
from tests.officer import At, Officer

SIZES = ((80, 24), (120, 40))
NOW = datetime(2026, 10, 14, 15, 32, tzinfo=UTC)


class Still:
    """A clock that stands still."""

    def __call__(self) -> datetime:
        """Wednesday 14 October 2026, 16:32 in London."""
        return NOW


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A team at half past four: an emergency, a wave half called, two offers, a placement that ended."""
    path = tmp_path_factory.mktemp("looks") / "team.db"
    clock = builders.Clock(NOW - timedelta(days=70))
    made = builders.team(path, clock)
    builders.homes(made)
    old = builders.referral(made, builders.child("KJ", "W-10234"))
    home = made.homes.nearest(old, 1, "res")
    offer, _ = made.offers.log(made.approaches.ask(old, home).approaches[0], NewOffer(395_000, 20_000))
    placed = made.placements.start(offer, NewPlacement(clock.now)).placements[0]
    clock.now = NOW - timedelta(days=9)
    made.endings.end(placed, NewEnding(clock.now.date(), "CREQB", (NewFactor("IN2", "carer", main=True),), 0,
                                       lesson="Goes to his brother's in L20 when frightened; ring there first", lesson_needs=("VIOLENCE",)))  # fmt: skip
    clock.now = NOW - timedelta(hours=2)
    key = builders.referral(made, builders.child("KJ", "W-10234"), max_miles=20.0)
    wave = made.approaches.ask(key, made.homes.nearest(key, 9))
    for number, (codes, change) in enumerate(
        ((("M1",), ()), (("V1",), ()), (("N1", "M1"), ("extra_staffing",)), (("L1",), ()))
    ):
        clock.forward(minutes=4)
        made.approaches.refuse(wave.approaches[number], Refusal(codes, would_change=change))
    made.approaches.no_reply(wave.approaches[4])
    made.offers.log(
        wave.approaches[5], NewOffer(81_200, start_at=NOW + timedelta(hours=2), expires_at=NOW + timedelta(minutes=88))
    )
    made.offers.log(wave.approaches[6], NewOffer(360_000, 55_000, conditions="Solo for the first two weeks"))
    clock.now = NOW - timedelta(minutes=20)
    made.approaches.call_back(wave.approaches[7], NOW + timedelta(minutes=13))
    builders.referral(
        made,
        builders.child("AB", "W-2", age=4, sex="F"),
        builders.child("CD", "W-3", age=6),
        urgency="now",
        why_now="Police protection at the school",
    )
    sought = builders.referral(
        made,
        builders.child("TS", "W-4", age=16),
        wanted=("supported",),
        urgency="date",
        needed_by=NOW + timedelta(days=3),
    )
    made.registers.log_order(NewDeprivation(terms="Two to one by day", note="Sought on Monday"), referral_id=sought)
    made.close()
    return path


def still(path: Path) -> PlacementApp:
    return PlacementApp(At(path, Still(), builders.PASSPHRASE))


def shown(*steps: tuple[tuple[str, ...], str]) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Press keys and wait for words, step by step."""

    async def before(pilot: Pilot[Any]) -> None:
        officer = Officer(pilot)
        await officer.sees("3 open")
        for keys, words in steps:
            await officer.press(*keys)
            await officer.sees(words)
            await officer.settled()

    return before


PLACES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "board": ((("j",), "26-0002"),),
    "calls": ((("j", "enter"), "no:"), (("j",), "last answers")),
    "homes": ((("j", "f"), "answers"),),
    "search": ((("j", "f"), "answers"), (("slash", "b", "r", "c", "k", "n"), "Brackenfield"), (("tab",), "answers")),
    "offers": ((("j", "o"), "to year end"),),
    "family": ((("j", "enter"), "last answers"), (("n",), "needs")),
    "rang_back": ((("R",), "waited for"), (("v",), "waited for")),
    "help": ((("question_mark",), "Duty board"),),
    "palette": ((("colon",), "commands;"), (("u", "n", "d"), "Undo")),
    "emergency": ((("e",), "ostcode"),),
    "placements": ((("p",), "Placements"), (("x",), "KJ")),
    "market": ((("i",), "Bring in homes"),),
    "officers": ((("K",), "1 work with"),),
    "audit": (
        (("j", "H"), "views and changes"),
        (("v",), "views  "),
        (("v",), "send wave"),
    ),
    "siblings": ((("plus",), "all together"),),
    "registers": ((("r",), "TS 16 M"),),
    "entry": ((("r",), "TS 16 M"), (("enter",), "Two to one by day")),
    "locked": ((("ctrl+o",), "locked at"),),
    "provider": ((("j", "enter"), "last answers"), (("greater_than_sign",), "What we asked")),
    "difference": ((("c",), "What would make the difference"),),
    "handover": ((("h",), "Nobody is named"),),
}


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", PLACES)
def test_looks(snap_compare: Any, team: Path, tmp_path: Path, place: str, size: tuple[int, int]) -> None:
    own = shutil.copytree(team.parent, tmp_path / "own") / team.name  # looks at records are noted in the store
    assert snap_compare(still(own), terminal_size=size, run_before=shown(*PLACES[place]))
