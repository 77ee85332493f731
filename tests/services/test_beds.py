"""The bed board: who has which place, and what is paid for and stands empty."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.beds import BedRow, NewBlock, narrowed, read_block, totals
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.vacancies import NewVacancy
from placement_tui.errors import Invalid
from tests import builders

TODAY = date(2026, 10, 18)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("2 at 4200 from mon until 31 mar", "2 beds at £4,200 a week each, from Mon 19 Oct until Wed 31 Mar"),
        ("1 bed at £3,100", "1 bed at £3,100 a week, from today"),
        ("3 beds for 900 each from 1/9/2026", "3 beds at £900 a week each, from Tue 1 Sep"),
    ],
)
def test_block_beds_are_typed_as_they_are_bought(typed: str, heard: str) -> None:
    assert read_block(typed, TODAY).words(TODAY) == heard


@pytest.mark.parametrize("typed", ["", "two", "2", "0 at 100", "2 at lots", "1 at 100 from fri until mon"])
def test_what_is_no_block_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_block(typed, TODAY)


def test_paid_beds_are_filled_first_and_the_empty_ones_have_their_price() -> None:
    row = BedRow(new_id(), "Fir Lane", "", "res", 4, 1, 0, 0, 3, paid=3, weekly_pence=900_000)
    assert (row.used, row.unused, row.wasted_pence) == (1, 2, 600_000)
    assert totals([row, row]).block_words == "4 of 6 paid beds unused, £12,000 a week"


def test_a_closed_home_has_no_free_place_in_the_sum() -> None:
    home = BedRow(new_id(), "Fir Lane", "", "res", 4, 1, 0, 0, 3)
    closed = BedRow(new_id(), "Elm", "", "res", 4, 0, 0, 0, 4, closed="not used: fire safety")
    assert totals([home, closed]).free == 3
    assert [row.name for row in narrowed([home, closed], "closed")] == ["Elm"]
    assert [row.name for row in narrowed([home, closed], "free")] == ["Fir Lane"]
    with pytest.raises(Invalid, match="none of"):
        narrowed([home], "everything")


def test_the_board_counts_each_place_once(timed: Services, clock: builders.Clock) -> None:
    home = timed.homes.resolve("Brackenfield House").id
    builders.placed(timed)
    timed.capacity.say_others(home, 1)
    timed.capacity.hold(home, 1, clock.now + timedelta(hours=3))
    timed.vacancies.log(home, NewVacancy(1))
    today = timed.desk.today
    timed.beds.log_block(home, NewBlock(2, 420_000, today))
    row = next(row for row in timed.beds.board() if row.id == home)
    assert (row.registered, row.ours, row.others, row.held, row.free, row.said) == (4, 0, 1, 1, 2, 1)
    assert (row.paid, row.unused, row.wasted_pence) == (2, 2, 840_000)
    for more in (NewBlock(3, 420_000, today), NewBlock(3, 420_000, today - timedelta(days=5), today)):
        with pytest.raises(Invalid, match="2 of them are paid for already"):
            timed.beds.log_block(home, more)
    block = timed.beds.blocks(home)[0]
    timed.beds.end_block(block.id)
    clock.forward(hours=23)
    assert next(row for row in timed.beds.board() if row.id == home).paid == 0
    timed.history.undo()
    assert next(row for row in timed.beds.board() if row.id == home).paid == 2
