"""A demonstration store: made, opened, refused, and made again the same."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import open_services
from placement_tui.db import stores
from placement_tui.demo import build, homes
from placement_tui.demo.names import Names
from placement_tui.demo.places import Places
from placement_tui.demo.seeded import Chance
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.homes import Wanted
from placement_tui.errors import Refused, WrongUse
from tests.demo.conftest import NOW, Asked

CONTENT = """setting officer authority district constituency provider home grade vacancy child referral referral_child need
wave approach offer placement ending factor lesson told device"""


def test_it_leaves_a_store_and_its_key_and_nothing_else(demo_path: Path) -> None:
    assert demo_path.name == "demo.db"
    assert {each.name for each in demo_path.parent.iterdir()} <= {
        "demo.db",
        "demo.db.keys",
        "demo.db-wal",
        "demo.db-shm",
    }
    assert demo_path.read_bytes()[:15] != b"SQLite format 3"


def test_it_opens_without_a_passphrase_and_says_that_it_is_a_demonstration(demo_path: Path) -> None:
    store, officer = stores.open_store(demo_path, None, None)
    store.close()
    assert store.demo
    assert officer is None


def test_a_store_that_is_there_is_never_overwritten(demo_path: Path) -> None:
    before = demo_path.stat()
    with pytest.raises(Refused):
        build(demo_path.parent)
    assert (demo_path.stat().st_mtime_ns, demo_path.stat().st_size) == (before.st_mtime_ns, before.st_size)


def test_a_scale_below_one_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse):
        build(tmp_path, scale=0)
    assert not list(tmp_path.iterdir())


def test_a_market_may_be_larger_than_its_team_and_not_smaller_than_a_usual_one(tmp_path: Path) -> None:
    chance = Chance("market")
    made = homes.make(chance, Places(chance), Names(chance), 3, NOW)
    assert len(made.homes) == 3 * homes.USUAL
    assert len({home.urn for home in made.homes if home.urn}) == sum(
        home.kind in homes.REGULATED for home in made.homes
    )
    with pytest.raises(WrongUse):
        build(tmp_path, homes=homes.USUAL - 1)
    assert not list(tmp_path.iterdir())


def test_the_same_seed_scale_and_moment_make_the_same_team(demo_path: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    again = build(tmp_path, progress=lambda done, of: told.append((done, of)), now=NOW)
    assert _content(again) == _content(demo_path)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_the_promised_numbers(ask: Asked) -> None:
    def count(table: str) -> int:
        return int(ask.one(f"SELECT count(*) FROM {table}"))

    assert count("home") == 402  # two of them flats with agency staff, for a crisis
    assert 670 <= count("child") <= 730
    assert 7_500 <= count("approach") <= 9_000
    assert ask.one("SELECT count(*) FROM referral WHERE state = 'open'") == 60
    assert count("officer") == 7  # five at their desks, the administrator, and one who left
    assert ask.one("SELECT count(DISTINCT lesson) FROM lesson") >= 70
    assert ask.one("SELECT min(received_at) FROM referral") < (NOW - timedelta(days=715)).isoformat(" ")
    settings = dict(ask.rows("SELECT name, value FROM setting"))
    assert settings["authority"] == '"E08000015"'
    assert {"authority_name", "adjoining", "grades_home", "stale_hours", "team_name"} <= set(settings)


def test_an_officer_can_work_in_it_at_once(demo_path: Path, tmp_path: Path) -> None:
    for name in ("demo.db", "demo.db.keys"):
        shutil.copy(demo_path.parent / name, tmp_path / name)
    services = open_services(tmp_path / "demo.db", clock=lambda: NOW + timedelta(minutes=1))
    try:
        board = services.referrals.board()
        assert len(board.rows) == 60
        assert board.tonight > 10
        assert board.due > 0
        assert board.offers > 5
        row = next(row for row in board.rows if row.awaiting)
        call = next(call for call in services.approaches.calls(row.id).rows if call.outcome == "awaiting")
        services.approaches.refuse(call.id, Refusal(("V1",)))
        unasked = next(row for row in board.rows if not row.asked)
        nearest = services.homes.nearest(unasked.id)
        why = "no home on a framework is near"
        assert len(services.approaches.ask(unasked.id, nearest, off_framework_why=why).approaches) == len(nearest) > 5
        assert services.homes.find("res 10mi good+", Wanted()).considered == 402
        assert not services.history.verify().faults
        assert "send wave" in services.history.undo().words or services.history.latest(1)
    finally:
        services.close()


def _content(path: Path) -> dict[str, list[Any]]:
    store, _ = stores.open_store(path, None, None)
    connection = store.raw()
    try:
        tables = {name: connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in CONTENT.split()}
        said = "SELECT sequence, at, officer_id, command, intention, noun, key, fields FROM operation ORDER BY sequence"
        return {**tables, "operation": connection.execute(said).fetchall()}
    finally:
        connection.close()
        store.close()
