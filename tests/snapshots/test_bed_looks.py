"""What the free beds and the bed board look like; the time, the team and the data stand still."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from placement_tui.domain.beds import NewBlock
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.vacancies import NewVacancy
from tests import builders
from tests.snapshots.test_screens import NOW, SIZES, shown, still


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Old words and new ones, a bed that is expected, a child who is to leave, a hold, block beds half used."""
    path = tmp_path_factory.mktemp("beds") / "team.db"
    clock = builders.Clock(NOW - timedelta(hours=60))
    made = builders.team(path, clock)
    ids = builders.homes(made)
    girl = builders.referral(made, builders.child("AB", "W-2", age=9, sex="F"))
    builders.referral(made, builders.child("CD", "W-3", age=12))
    builders.referral(made, builders.child("TS", "W-4", age=16), wanted=("supported",), urgency="now")
    living = builders.referral(made, builders.child("KJ", "W-1"))
    offer, _ = made.offers.log(made.approaches.ask(living, [ids[9]]).approaches[0], NewOffer(395_000))
    leaves = (NOW + timedelta(days=6)).date()
    made.placements.start(offer, NewPlacement(clock.now, planned_end_on=leaves))
    made.beds.log_block(ids[9], NewBlock(3, 395_000, clock.now.date()))
    clock.now = NOW - timedelta(minutes=50)
    today = made.desk.today
    made.vacancies.log(ids[1], NewVacancy(2, 8, 14, "F", said_by="Jo"))
    made.vacancies.log(ids[5], NewVacancy(1, from_on=today + timedelta(days=5), expected=True, said_by="Tom"))
    made.capacity.hold(ids[1], 1, NOW + timedelta(hours=3), referral_id=girl)
    made.capacity.say_others(ids[3], 2)
    made.close()
    return path


PLACES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "vacancies": ((("V",), "to check"), (("G",), "fits")),
    "vacancy": ((("v",), "Which home?"), (("b", "r", "a"), "Brackenfield"), (("1",), "free beds"), (tuple("2 girls"), "girls only")),
    "board": ((("b",), "Bed board"), (("o", "o"), "paid beds unused")),
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", PLACES)
def test_looks(snap_compare: Any, team: Path, place: str, size: tuple[int, int]) -> None:
    steps = tuple((tuple("space" if key == " " else key for key in keys), words) for keys, words in PLACES[place])
    assert snap_compare(still(team), terminal_size=size, run_before=shown(*steps))
