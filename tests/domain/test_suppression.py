"""Small counts stay hidden: what a reader can work out from everything that is shared, worked out independently."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import lil_matrix

from placement_tui.domain.suppression import (
    MaskedList,
    MaskedTable,
    masked_list,
    masked_nested,
    masked_share,
    masked_table,
    percent,
)

COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 60))
TABLES = st.integers(1, 5).flatmap(
    lambda wide: st.lists(st.lists(COUNTS, min_size=wide, max_size=wide), min_size=1, max_size=5)
)


def feasible(
    masked: MaskedTable, zeros_shown: bool, guessed: dict[tuple[int, int], int] | None = None
) -> list[tuple[int, int]]:
    """The least and most that each hidden count may be, by integer programming over everything that is shown.

    Written without the network: one unknown for every count and total, one equation for every line.
    """
    tall, wide = len(masked.cells), len(masked.columns)
    known = [each for row in masked.cells for each in row] + [*masked.rows, *masked.columns, masked.total]
    size = len(known)
    lines = lil_matrix((tall + wide + 2, size))
    for i in range(tall):
        lines[i, i * wide : (i + 1) * wide] = 1
        lines[i, tall * wide + i] = -1
    for j in range(wide):
        lines[tall + j, [i * wide + j for i in range(tall)]] = 1
        lines[tall + j, tall * wide + tall + j] = -1
    lines[tall + wide, tall * wide : tall * wide + tall] = 1
    lines[tall + wide, size - 1] = -1
    lines[tall + wide + 1, tall * wide + tall : size - 1] = 1
    lines[tall + wide + 1, size - 1] = -1
    low = np.array([(1 if zeros_shown else 0) if each is None else each for each in known], dtype=float)
    high = np.array([1_000 if each is None else each for each in known], dtype=float)
    for (i, j), most in (guessed or {}).items():
        high[i * wide + j] = most
    found = []
    for place in (place for place, each in enumerate(known) if each is None):
        ends = []
        for sign in (1, -1):
            wanted = np.zeros(size)
            wanted[place] = sign
            solved = milp(
                wanted, constraints=LinearConstraint(lines.tocsr(), 0, 0), bounds=(low, high), integrality=np.ones(size)
            )
            assert solved.success
            ends.append(round(sign * solved.fun))
        found.append((ends[0], ends[1]))
    return found


@settings(max_examples=120, deadline=None)
@given(TABLES, st.sampled_from([2, 5, 9]), st.booleans())
@example([[3, 0], [0, 7]], 5, True)
@example([[1, 1], [1, 1]], 5, True)
@example([[5, 5], [5, 5]], 5, True)
@example([[1, 30, 30], [30, 30, 30], [30, 30, 30]], 5, True)
def test_no_hidden_count_can_be_told_from_what_is_shown(cells: list[list[int]], small: int, zeros_shown: bool) -> None:
    masked = masked_table(cells, small, zeros_shown=zeros_shown)
    guessed = {
        (i, j): small
        for i, row in enumerate(cells)
        for j, each in enumerate(row)
        if masked.cells[i][j] is None and each <= small and (each or not zeros_shown)
    }
    for least, most in [*feasible(masked, zeros_shown), *feasible(masked, zeros_shown, guessed)]:
        assert least < most


@settings(max_examples=200, deadline=None)
@given(TABLES, st.integers(0, 9), st.booleans())
def test_a_small_count_is_never_shown_and_a_shown_one_is_true(
    cells: list[list[int]], small: int, zeros_shown: bool
) -> None:
    masked = masked_table(cells, small, zeros_shown=zeros_shown)
    true = [*[each for row in cells for each in row], *map(sum, cells), *map(sum, zip(*cells, strict=True))]
    seen = [*[each for row in masked.cells for each in row], *masked.rows, *masked.columns]
    for shown, each in zip([*seen, masked.total], [*true, sum(map(sum, cells))], strict=True):
        assert shown in (None, each)
        assert shown is None or shown > small or (shown == 0 and (zeros_shown or small == 0))


@settings(max_examples=200, deadline=None)
@given(st.lists(COUNTS, min_size=1, max_size=9), st.sampled_from([2, 5]), st.booleans())
def test_nor_can_one_of_a_list_with_its_total(counts: list[int], small: int, zeros_shown: bool) -> None:
    masked = masked_list(counts, small, zeros_shown=zeros_shown)
    least = 1 if zeros_shown else 0
    hidden = [place for place, each in enumerate(masked.cells) if each is None]
    if masked.total is None or not hidden:
        return
    left = masked.total - sum(each for each in masked.cells if each is not None)
    for place in hidden:
        others = [small if counts[other] <= small else left for other in hidden if other != place]
        most = left - least * len(others)
        fewest = max(least, left - sum(others))
        assert fewest < (min(most, small) if counts[place] <= small else most)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 60).flatmap(lambda whole: st.tuples(st.lists(st.integers(0, whole), max_size=4), st.just(whole))))
def test_shares_of_one_whole_give_no_small_difference_away(said: tuple[list[int], int]) -> None:
    numerators, whole = said
    masked = masked_nested(numerators, whole)
    shown = sorted({0, *(each for each in (*masked.cells, masked.total) if each is not None)})
    assert not any(1 <= after - before <= 5 for before, after in pairwise(shown))
    for number, each in zip(numerators, masked.cells, strict=True):
        if each is None and masked.total is not None:
            below, above = max(n for n in shown if n <= number), min(n for n in shown if n >= number)
            assert above - below >= 3  # two whole numbers between them at least


def test_one_hidden_count_takes_the_cheapest_others_with_it() -> None:
    masked = masked_table([[3, 20, 40], [30, 9, 50], [60, 70, 80]])
    assert masked.cells == ((None, None, 40), (None, None, 50), (60, 70, 80))
    assert masked.rows == (63, 89, 210)
    assert masked.total == 362


def test_a_list_hides_its_smallest_neighbour_too() -> None:
    assert masked_list([4, 12, 30]) == MaskedList((None, None, 30), 46)
    assert masked_list([2, 3]).cells == (None, None)
    assert masked_list([2, 3]).total is None  # five children in all are few themselves
    assert masked_list([0, 12, 30]) == MaskedList((0, 12, 30), 42)
    assert masked_list([1, 1, 40], 5).cells == (None, None, None)  # 2 of two that are not none are 1 and 1


def test_a_share_is_hidden_by_either_of_its_ends() -> None:
    assert masked_share(6, 40) == (6, 40)
    assert masked_share(3, 40) == (None, 40)
    assert masked_share(38, 40) == (None, 40)  # of the two others it would say the same
    assert masked_share(40, 40) == (40, 40)
    assert masked_share(4, 4) == (None, None)
    assert percent(None, 40) is None


def test_in_the_area_within_20_miles_and_either_are_not_shared_where_two_children_are_the_difference() -> None:
    assert masked_nested([30, 50, 52], 90).cells == (30, None, 52)
    assert masked_nested([30, 44, 52], 90).cells == (30, 44, 52)


@pytest.mark.parametrize(("numerator", "said"), [(1, "13"), (3, "38"), (5, "63"), (0, "0"), (8, "100")])
def test_a_percentage_rounds_halves_up_as_the_department(numerator: int, said: str) -> None:
    assert percent(numerator, 8) == Decimal(said)


def test_what_is_no_table_of_counts_is_not_taken() -> None:
    with pytest.raises(ValueError, match="counts"):
        masked_table([[1, 2], [3]])
    with pytest.raises(ValueError, match="counts"):
        masked_list([-1])
