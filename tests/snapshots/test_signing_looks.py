"""What sign-off and the figures of delay look like; the time, the team and the data stand still."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import wire
from placement_tui.db.changes import settings as changes
from placement_tui.domain import settings as names
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.services.desk import Desk
from tests import builders
from tests.snapshots.test_screens import NOW, SIZES, shown, still

LIVERPOOL = "E08000012"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four requests: one waits, one was returned, one lapsed an hour ago, one was given and its child placed."""
    path = tmp_path_factory.mktemp("signing") / "team.db"
    clock = builders.Clock(NOW - timedelta(hours=5))
    made = builders.team(path, clock)
    builders.homes(made)
    outside = builders.homes(made, ("Zinnia", "Yucca", "Xylia", "Wisteria"), ("res",), authority=LIVERPOOL)
    helen = new_id()
    with made.desk.write("settings") as session:
        changes.add_officer(session, helen, "Helen Rowe", "manager")
        changes.put(session, names.APPROVERS, {"nominated_officer": "Karen Moss"})
    made.desk.refresh()
    asking = wire(Desk(made.desk.store, helen))
    keys = []
    for number, (home, hours) in enumerate(zip(outside, (6, 7, 4, 9), strict=True)):
        clock.now = NOW - timedelta(hours=5) + timedelta(minutes=7 * number)
        child = builders.referral(made, builders.child("KJ", f"W-{number}", age=11 + number))
        clock.forward(minutes=20)
        near = made.homes.nearest(child, 2, "res")
        calls = made.approaches.ask(child, [home, *near]).approaches
        clock.forward(minutes=35)
        expires = NOW - timedelta(hours=5) + timedelta(hours=hours)
        fee = NewOffer(415_000 + 5_000 * number, start_at=NOW + timedelta(hours=3), expires_at=expires)
        offer, _ = made.offers.log(calls[0], fee)
        clock.forward(minutes=11)
        keys.append((offer, asking.sign_offs.ask(offer, words="Nearest that takes him tonight; mother agrees").ids[0]))
    clock.forward(minutes=25)
    made.sign_offs.return_for(keys[1][1], "How will the school run work?")
    made.sign_offs.approve(keys[3][1], "Nothing nearer stands")
    clock.forward(minutes=6)
    made.placements.start(keys[3][0], NewPlacement(clock.now))
    made.close()
    return path


PLACES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "queue": ((("s",), "to decide"),),
    "lost": ((("s",), "to decide"), (("G",), "bed lost")),
    "offer": ((("s",), "to decide"), (("enter",), "to year end")),
    "delay": ((("colon",), "commands;"), ((*tuple("where"), "space", *"the"), "Where"), (("enter",), "all referrals")),
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", PLACES)
def test_looks(snap_compare: Any, team: Path, place: str, size: tuple[int, int]) -> None:
    assert snap_compare(still(team), terminal_size=size, run_before=shown(*PLACES[place]))
