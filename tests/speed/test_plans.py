"""No place that is open all day reads a table from end to end that grows with the years; nor asks more the more there is.

Plans and counts of statements are the same on every machine; no time is measured here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services, open_services
from tests import builders
from tests.speed.deeds import Day
from tests.speed.statements import watched, whole

# What may be read whole, and why that stays small or is what was asked for.
SMALL = {
    "authority": "there are some hundred and fifty",
    "block_bed": "one for each contract of beds",
    "boundary": "one for each authority that was imported",
    "constituency": "there are six hundred and fifty",
    "device": "one for each machine that writes",
    "district": "there are some three hundred",
    "erasure": "counted: one for each time that somebody was erased",
    "exemption": "leave to foster one more, named child by child: a handful a year",
    "officer": "one for each who works or worked here",
    "override": "a manager by name and with a reason, for one home of one referral; and the list shows them all",
    "setting": "the council's own choices",
}
ASKED_FOR = {
    ("providers", "provider"): "the list is of every provider",
    ("providers", "home"): "with how many homes each has; a register grows with the market, not with the log",
    ("evening hand-over", "home"): "the few on the rota, of a register that grows with the market, not with the log",
}
INSIGHT = {
    ("refusals", "*"): "the first look makes the blocks that every later one reads",
    ("*", "home"): "kinds and places of homes; a register grows with the market, not with the log",
    ("*", "provider"): "their names; as homes",
    ("indicators", "*"): "children in care on any day of eleven years, as the statutory return counts them",
    ("endings", "*"): "placements that began before the time and go on in it",
    ("survival", "*"): "placements that began before the time and go on in it",
    ("warnings", "early_warning"): "signs are set beside the endings that they foretold, whenever they were seen",
    ("spending", "placement"): "placements that began before the time and go on in it",
}
# How many statements a deed may take. They do not depend on how much there is.
MOST = {
    "board": 22, "drafts": 1, "conflicts": 1, "last met": 2, "call list": 5, "waves": 1, "referral": 12, "search": 0, "due": 20,
    "due, counted": 20, "placements": 1, "free beds": 12, "bed board": 20, "story": 14, "home": 12, "offers": 2,
    "referral received": 34, "wave sent": 32, "refusal": 18, "undone": 20, "no reply": 18, "call back": 17, "offer": 18,
    "free bed said": 18, "sign of trouble": 8,
}  # fmt: skip


@pytest.fixture(scope="module")
def day(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """A demonstration of this file's own, whose records it may change."""
    folder = tmp_path_factory.mktemp("plans")
    for each in demo_store.parent.glob("demo.db*"):
        if each.is_file():
            shutil.copy(each, folder / each.name)
    services = open_services(folder / "demo.db")
    yield Day(services)
    services.close()


def readings(services: Services, deeds: dict[str, Callable[[], object]]) -> set[tuple[str, str]]:
    """Each deed done once, and the tables that it read from end to end."""
    found = set()
    for name, deed in deeds.items():
        with watched() as asked:
            deed()
        found |= {(name, reading.table) for reading in whole(services, asked.statements)}
    return found


def test_no_place_and_no_deed_reads_a_growing_table_from_end_to_end(day: Day) -> None:
    found = readings(day.services, day.reads()) | readings(day.services, day.writes())
    left = {each for each in found if each[1] not in SMALL}
    assert left <= set(ASKED_FOR)
    assert set(ASKED_FOR) <= left, "a reason for what is not read any more"


def test_a_deed_is_a_few_statements(day: Day) -> None:
    counts = {}
    day.reads()["search"]()  # takes in what was written before
    for name, deed in (day.reads() | day.writes()).items():
        with watched() as asked:
            deed()
        counts[name] = len(asked.said)
    assert {name: count for name, count in counts.items() if count > MOST.get(name, count)} == {}


def test_insight_reads_whole_what_it_must_and_says_why(day: Day) -> None:
    for _ in range(2):  # blocks of facts are made by the first
        found = readings(day.services, day.views())
    reasons = {(name, table) for name, table in found if table in SMALL}
    reasons |= {(name, table) for name, table in found if {(name, table), (name, "*"), ("*", table)} & INSIGHT.keys()}
    assert found == reasons


def test_a_fuller_board_asks_no_more_often(services: Services) -> None:
    def asked() -> dict[str, int]:
        counts = {}
        for name, deed in (("board", services.referrals.board), ("due", services.tasks.due)):
            with watched() as heard:
                deed()
            counts[name] = len(heard.said)
        return counts

    builders.placed(services)
    for number in range(2):
        key = builders.referral(services, builders.child("AB", f"W-{number}"))
        services.approaches.ask(key, services.homes.nearest(key, 4))
    few = asked()
    for number in range(2, 9):
        key = builders.referral(services, builders.child("CD", f"W-{number}"))
        services.approaches.ask(key, services.homes.nearest(key, 4))
    assert asked() == few
