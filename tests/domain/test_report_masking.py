"""What is shared together: no small count stands in it, and none can be worked out from all of its tables at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from placement_tui.domain.insight import Block, Cut, Row, share
from placement_tui.domain.report import SharedBlock, SharedRow
from placement_tui.domain.report_masking import shareable

SMALL = 5
TYPES, AGES, ENDS = ("Fostering", "Residential", "Supported"), ("0-4", "5-9", "10-15"), ("disrupted", "planned")
Child = tuple[str, str, str]
CELLS: tuple[Child, ...] = tuple(product(TYPES, AGES, ENDS))


def counted(name: str, rows: Sequence[tuple[str, int]], across: str = "") -> Block:
    return Block(name, name, "Counted", tuple(Row(label, number, number, across=across) for label, number in rows))


def hidden(block: SharedBlock) -> list[str]:
    return [f"{row.label} {row.across}".strip() for row in block.rows if row.hidden]


def test_a_small_count_is_hidden_and_one_more_so_that_the_total_does_not_tell_it() -> None:
    (block,) = shareable([counted("type", [("Fostering", 40), ("Residential", 3), ("Secure", 0)])], 6)
    assert hidden(block) == ["Fostering", "Residential"]
    assert block.rows[2].value == 0  # a nought tells of nobody


def test_the_second_hidden_is_hidden_on_every_sheet_with_the_same_count() -> None:
    first = counted("type", [("Fostering", 40), ("Residential", 3), ("Secure", 20)])
    again = counted("who", [("Fostering", 40), ("Secure", 20), ("Kinship", 33)])
    one, other = shareable([first, again], 6)
    assert hidden(one) == ["Residential", "Secure"]
    assert "Secure" in hidden(other)
    assert len(hidden(other)) == 2  # it, and one that covers it there


def test_a_total_row_does_not_give_away_what_it_sums() -> None:
    rows = [share("Fostering", 30, 90), share("Residential", 2, 40), share("all", 32, 130)]
    (block,) = shareable([Block("forced", "Forced", "d", tuple(rows), "share")], 6)
    assert hidden(block) == ["Fostering", "Residential"]
    assert (block.rows[2].numerator, block.rows[2].denominator) == (32, 130)


def test_a_share_that_leaves_a_small_number_over_is_hidden_but_not_its_whole() -> None:
    (block,) = shareable([Block("grade", "Grade", "d", (share("good", 38, 40),), "share")], 6)
    (row,) = block.rows
    assert row.hidden
    assert (row.value, row.numerator, row.low) == (None, None, None)
    assert row.denominator == 40


def test_a_share_of_a_small_whole_is_hidden_with_its_whole() -> None:
    rows = (share("school", 0, 2), share("homes", 10, 30), share("carers", 20, 90))
    (block,) = shareable([Block("kind", "Kind", "d", rows, "share")], 6)
    assert (block.rows[0].n, block.rows[0].denominator) == (None, None)
    assert sum(row.n is None for row in block.rows) == 2


def test_two_shares_within_each_other_do_not_tell_their_difference() -> None:
    rows = (share("within 20 miles", 38, 60), share("within 20 miles or in the area", 40, 60))
    (block,) = shareable([Block("near", "Near", "d", rows, "share")], 6)
    assert sum(row.hidden for row in block.rows) == 1


def test_a_row_of_those_above_does_not_tell_the_rest_of_them() -> None:
    (block,) = shareable([counted("class", [("Planned", 40), ("  of them closed", 37), ("Other", 60)])], 6)
    assert hidden(block) == ["of them closed"]


def test_a_family_less_the_reason_that_is_named_tells_no_small_rest() -> None:
    families = Block("family", "f", "d", (
        replace(share("Vacancy", 60, 100), cuts=(Cut("outcome", "refusal"), Cut("family", "V"))),
        replace(share("Information", 40, 100), cuts=(Cut("outcome", "refusal"), Cut("family", "I"))),
    ), "share")  # fmt: skip
    reasons = Block("reason", "r", "d", (
        replace(share("V1 No vacancy", 50, 100), cuts=(Cut("reason", "V1"),)),
        replace(share("I1 Not enough", 37, 100), cuts=(Cut("reason", "I1"),)),
        share("5 others", 13, 100),
    ), "share")  # fmt: skip
    shared = {row.label: row for block in shareable([families, reasons], 6) for row in block.rows}
    assert shared["I1 Not enough"].hidden or shared["Information"].hidden  # 40 less 37 would be three


def test_the_same_children_counted_twice_do_not_tell_who_is_in_one_count_only() -> None:
    month = (Cut("month", "2026-01"),)
    asked = Block("offers", "o", "d", (share("offers", 20, 90, cuts=month),), "share")
    answered = Block("refusals", "r", "d", (share("refused", 60, 87, cuts=month),), "share")
    one, other = shareable([asked, answered], 6)
    assert not hidden(one)
    assert other.rows[0].denominator is None


def indicators(*said: tuple[str, int, int]) -> Block:
    rows = tuple(share(name, part, whole, cuts=(Cut("indicator", name),)) for name, part, whole in said)
    return Block("near", "Near", "Counted", rows, "share")


def test_an_indicator_is_no_part_of_the_next_one() -> None:
    (block,) = shareable([indicators(("I-1", 2, 90), ("I-2", 40, 80), ("I-3", 20, 90))], 6)
    assert hidden(block) == ["I-1"]
    assert block.rows[0].denominator == 90


def test_indicators_that_add_up_to_their_whole_do_not_tell_the_small_one() -> None:
    (block,) = shareable([indicators(("I-1", 30, 40), ("own", 45, 80), ("other", 2, 80), ("private", 33, 80))], 6)
    assert hidden(block) == ["other", "private"]


def test_an_indicator_hidden_beside_another_is_hidden_where_it_is_counted_of_fewer() -> None:
    (block,) = shareable(
        [indicators(("with our own carers", 60, 90), ("with our own of carers'", 60, 75), ("our own", 62, 90))], 6
    )
    assert hidden(block) in (["with our own carers", "with our own of carers'"], ["our own"])


def test_money_and_days_are_no_children() -> None:
    rows = (Row("Fostering", 64557.0, 262), Row("Secure", 700000.0, 2), Row("Residential", 537389.0, 59))
    (block,) = shareable([Block("weekly", "Weekly", "d", rows, "pence")], 6)
    assert hidden(block) == ["Secure", "Residential"]
    assert block.rows[0].value == 64557.0


def test_a_share_of_money_counts_nobody() -> None:
    rows = (Row("paid by health", 0.004, 40, 3.0, 750.0),)
    (block,) = shareable([Block("joint", "j", "d", rows, "share")], 6)
    assert block.rows[0].value == 0.004
    assert block.rows[0].numerator is None


def test_a_curve_keeps_the_points_between_which_more_than_a_few_ended() -> None:
    lasts, n, rows = 1.0, 100, []
    for day in range(0, 100, 5):
        rows.append(Row("All", lasts, n, across=str(day), low=lasts - 0.05, high=lasts))
        lasts, n = lasts * (n - 2) / n, n - 2
    (block,) = shareable([Block("curve", "c", "d", tuple(rows), "share", "survival")], 6)
    values = [row.value for row in block.rows]
    assert len(values) > 3
    assert all(row.n == 100 for row in block.rows)
    assert all(one - other >= 0.05 for one, other in pairwise(values) if one and other)
    assert block.left_out == 20 - len(values)


def test_a_threshold_of_three_hides_ones_and_twos_only() -> None:
    (block,) = shareable([counted("type", [("a", 1), ("b", 3), ("c", 2), ("d", 9)])], 3)
    assert hidden(block) == ["a", "c"]


# All tables at once: children of three types, ages and endings; a reader who knows the rules looks for one of them.


def tables(children: Counter[Child]) -> list[Block]:
    """By type, by age, type by age, and the share that broke down by each: what several sheets say of the same children."""

    def of(pick: Callable[[Child], bool]) -> int:
        return sum(number for child, number in children.items() if pick(child))

    by_type = [(each, of(lambda child, each=each: child[0] == each)) for each in TYPES]
    by_age = [(each, of(lambda child, each=each: child[1] == each)) for each in AGES]
    grid = tuple(
        Row(kind, number, number, across=age)
        for kind, age in product(TYPES, AGES)
        for number in (of(lambda child, kind=kind, age=age: child[:2] == (kind, age)),)
    )
    broke = tuple(
        share(
            kind,
            of(lambda child, kind=kind: child[0] == kind and child[2] == "disrupted"),
            number,
            cuts=(Cut("type", kind),),
        )
        for kind, number in by_type
    )
    return [
        counted("type", by_type), counted("age", by_age), Block("grid", "g", "d", grid, chart="heat"),
        Block("broke", "b", "d", broke, "share"),
    ]  # fmt: skip


def equations(blocks: Sequence[SharedBlock]) -> list[tuple[Callable[[Child], bool], int | None, int | None]]:
    """What each published or hidden count is of, and its number; one that is hidden is known to be at least one."""
    found: list[tuple[Callable[[Child], bool], int | None, int | None]] = []

    def add(pick: Callable[[Child], bool], number: float | None) -> None:
        found.append((pick, None if number is None else int(number), 1))

    for row in blocks[0].rows:
        add(lambda child, row=row: child[0] == row.label, row.value)
    for row in blocks[1].rows:
        add(lambda child, row=row: child[1] == row.label, row.value)
    for row in blocks[2].rows:
        add(lambda child, row=row: child[:2] == (row.label, row.across), row.value)
    for row in blocks[3].rows:
        kind = row.label
        add(lambda child, kind=kind: child[0] == kind, row.denominator)
        if row.denominator is not None or row.numerator is not None:
            whole = lambda child, kind=kind: child[0] == kind and child[2] == "disrupted"  # noqa: E731  # as the others
            found.append((whole, row.numerator, 0))
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 31]), min_size=len(CELLS), max_size=len(CELLS)))
def test_no_small_count_can_be_worked_out_of_all_tables_at_once(numbers: list[int]) -> None:
    children = Counter(dict(zip(CELLS, numbers, strict=True)))
    blocks = shareable(tables(children), SMALL + 1)
    rows, totals, upper, least = [], [], [], []
    for pick, number, low in equations(blocks):
        line = np.array([float(pick(child)) for child in CELLS])
        if number is None:
            upper.append(-line)
            least.append(-float(low or 0))
        else:
            rows.append(line)
            totals.append(float(number))
    for pick, number, _ in equations(blocks):
        true = sum(count for child, count in children.items() if pick(child))
        if number is not None or not 1 <= true <= SMALL:
            assert number is None or not 1 <= number <= SMALL
            continue
        line = np.array([float(pick(child)) for child in CELLS])
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * line, A_ub=np.array(upper) if upper else None, b_ub=least or None,
                A_eq=np.array(rows) if rows else None, b_eq=totals or None, bounds=(0, 400),
            )  # fmt: skip
            assert found.status == 0
            ends.append(sign * found.fun)
        assert ends[1] - ends[0] >= 1 - 1e-6, (pick, true)


@pytest.mark.parametrize("threshold", [3, 6, 10])
def test_nothing_that_is_shown_is_below_the_threshold(threshold: int) -> None:
    numbers = [7, 1, 0, 4, 12, 3, 30, 2, 9, 5, 6, 0, 11, 1, 2, 8, 15, 3]
    for block in shareable(tables(Counter(dict(zip(CELLS, numbers, strict=True)))), threshold):
        for row in block.rows:
            assert not any(below(number, threshold) for number in shown(row, block))


def shown(row: SharedRow, block: SharedBlock) -> list[float]:
    numbers = [row.n, row.numerator, row.denominator, row.value if block.unit == "count" else None]
    left = None if row.numerator is None or row.denominator is None else row.denominator - row.numerator
    return [float(number) for number in (*numbers, left) if number is not None]


def below(number: float, threshold: int) -> bool:
    return 0 < number < threshold
