"""What insight looks like: the views, figures as charts and as a table, a heat map, the records behind a figure."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from placement_tui.domain.approaches import Refusal
from placement_tui.domain.offers import NewOffer
from tests import builders
from tests.snapshots.test_screens import NOW, SIZES, shown, still

CODES = ("V1", "M1", "N1", "V1", "L1", "C1", "I1", "V2", "N2", "V1", "M2", "K1", "T1")


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three children for whom twenty homes each were asked through half a year."""
    path = tmp_path_factory.mktemp("insight") / "team.db"
    clock = builders.Clock(NOW - timedelta(days=190))
    made = builders.team(path, clock)
    builders.homes(made)
    children = (
        builders.child("KJ", "W-1", age=14, needs=("VIOLENCE", "10A")),
        builders.child("AB", "W-2", age=7, sex="F", needs=("AUTISM",)),
        builders.child("TS", "W-3", age=11, needs=("FIRE", "VIOLENCE")),
    )
    for number, child in enumerate(children):
        key = builders.referral(made, child)
        asked = made.approaches.ask(key, made.homes.nearest(key, 18)).approaches
        for at, approach in enumerate(asked):
            clock.forward(minutes=11 + 7 * at)
            if at % 6 == 5:
                made.offers.log(approach, NewOffer(80_000 + 1_000 * at))
            elif at % 7 == 6:
                made.approaches.no_reply(approach)
            elif at < 16:
                change = (("fee",), ("phased", "more_info"), ())[at % 3]
                made.approaches.refuse(approach, Refusal((CODES[(at + number) % len(CODES)],), would_change=change))
        clock.forward(days=60)
    made.close()
    return path


PLACES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "views": ((("I",), "Why providers refuse"),),
    "refusals": ((("I",), "Why providers refuse"), (("enter",), "Refusals by family"), (("j", "j"), "refused:")),
    "table": ((("I",), "Why providers refuse"), (("enter",), "Refusals by family"), (("tab",), "as a table")),
    "need": ((("I",), "Why providers refuse"), (("enter",), "Refusals by family"), (("b",), "Set apart by"), (("8",), "by need, as charts"),
             (("G",), "What would change it, by need")),
    "offers": ((("I",), "Why providers refuse"), (("j", "enter"), "offers per approach")),
    "behind": ((("I",), "Why providers refuse"), (("enter",), "Refusals by family"), (("j", "j"), "refused:"), (("enter",), "Behind a figure")),
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("place", PLACES)
def test_looks(snap_compare: Any, team: Path, place: str, size: tuple[int, int]) -> None:
    assert snap_compare(still(team), terminal_size=size, run_before=shown(*PLACES[place]))
