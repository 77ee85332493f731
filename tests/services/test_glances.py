"""The board kept for the next start: the same rows, not oftener than is due, for nobody who may not open the store, and gone with every erasure."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db import slots
from placement_tui.db.migrate import HEAD
from placement_tui.db.reads.glances import Look
from placement_tui.db.tables import Local
from placement_tui.domain.glance import MOST, packed, unpacked
from tests import builders

pytestmark = pytest.mark.file_store  # a server's store shows no last board


def keep(services: Services) -> bool:
    """Keep the board as it is now."""
    return services.glances.keep(services.referrals.board(), services.glances.arrived())


def seen(services: Services) -> bytes | None:
    """What a start would find."""
    look = Look(services.desk.store.path, services.desk.store.way)
    try:
        return look.board()
    finally:
        look.close()


@pytest.fixture
def kept(timed: Services, clock: builders.Clock) -> Services:
    """A store with something overdue on its board, kept."""
    builders.referral(timed, urgency="date", needed_by=timed.desk.now + timedelta(hours=1))
    clock.forward(hours=2)
    assert keep(timed)
    return timed


def test_what_is_kept_is_what_the_board_shows(kept: Services) -> None:
    board = kept.referrals.board()
    found = unpacked(seen(kept) or b"")
    assert board.rows
    assert any(row.due for row in board.rows)
    assert (found.board, found.open, found.council) == (board, len(board.rows), kept.desk.authority_name)
    assert found.tables == HEAD
    assert timedelta() < kept.desk.now - found.read_at < timedelta(seconds=1)


def test_of_a_long_board_the_first_rows_are_kept_and_the_number_of_all(kept: Services) -> None:
    board = kept.referrals.board()
    long = type(board)(board.rows * (MOST + 1), board.tonight, board.due, board.overdue, board.offers, board.sign_offs)
    found = unpacked(packed(long, kept.desk.now, "", HEAD))
    assert (len(found.board.rows), found.open) == (MOST, len(board.rows) * (MOST + 1))


def test_it_is_written_where_something_was_done_and_once_a_minute_at_most(
    kept: Services, clock: builders.Clock
) -> None:
    clock.forward(minutes=5)
    assert not keep(kept)  # nothing was done
    builders.referral(kept, builders.child("AB", "W-2"))
    assert keep(kept)
    builders.referral(kept, builders.child("CD", "W-3"))
    assert not keep(kept)
    clock.forward(minutes=2)
    assert keep(kept)


def test_an_erasure_takes_it_away(kept: Services) -> None:
    with kept.desk.store.write(None, "erase") as session:
        from placement_tui.db.changes import facts

        facts.forget(session)
    assert seen(kept) is None


def test_a_backup_shows_none(kept: Services) -> None:
    with kept.desk.store.write(None, "mark") as session:
        session.add(Local(name="backup", value={"of": "team.db"}))
    assert seen(kept) is None


def test_an_older_slot_file_than_the_store_knows_shows_none(kept: Services, store_path: Path) -> None:
    generation = slots.read(store_path).generation
    with kept.desk.store.write(None, "mark") as session:
        session.merge(Local(name="keys", value={"generation": generation + 1}))
    assert seen(kept) is None


def test_whose_access_was_ended_is_shown_none(kept: Services) -> None:
    from sqlalchemy import text

    with kept.desk.store.write(None, "mark") as session:
        session.execute(text("UPDATE officer SET disabled_at = '2026-01-01 00:00:00.000000'"))
    assert seen(kept) is None


def test_without_a_way_in_nothing_is_looked_at(kept: Services) -> None:
    look = Look(kept.desk.store.path, None)
    assert look.board() is None
    look.close()
