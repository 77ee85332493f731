"""Grades: every word that the real registers hold is read, and nothing is guessed."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.codes.grades import (
    FOUR_POINT,
    GRADES,
    SUPPORTED,
    good_or_better,
    grade_label,
    grade_rank,
    model_of,
    parse_grade,
)
from placement_tui.errors import Invalid

REGISTERS = Path(__file__).parents[2] / "../shared/data/ofsted"


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("Outstanding", "outstanding"),
        ("Good", "good"),
        ("Adequate", "requires_improvement"),
        ("Satisfactory", "requires_improvement"),
        ("Requires Improvement", "requires_improvement"),
        ("Requires improvement to be good", "requires_improvement"),
        ("Inadequate", "inadequate"),
        ("Not judged", "not_judged"),
        ("Consistently strong service delivery", "consistently_strong"),
        ("Inconsistent quality of service delivery", "inconsistent"),
        ("Serious or widespread weaknesses", "serious_weaknesses"),
        (
            "Serious or widespread weaknesses that mean leaders and managers must make immediate improvements",
            "serious_weaknesses",
        ),
        ("requires_improvement", "requires_improvement"),
        ("", None),
        (" ", None),
    ],
)
def test_a_grade_as_the_register_writes_it(written: str, grade: str | None) -> None:
    assert parse_grade(written) == grade


def test_a_word_that_is_no_grade_is_refused_and_not_guessed() -> None:
    with pytest.raises(Invalid) as refusal:
        parse_grade("Goodish")
    assert refusal.value.field == "grade"
    assert "Outstanding" in refusal.value.mend


@given(st.text(max_size=60))
def test_any_text_is_a_grade_or_none_or_refused(text: str) -> None:
    try:
        grade = parse_grade(text)
    except Invalid:
        return
    assert grade is None or grade in GRADES


def test_good_or_better_leaves_out_what_was_not_judged() -> None:
    assert {code.code for code in GRADES if good_or_better(code.code)} == {"outstanding", "good", "consistently_strong"}
    assert not good_or_better(None)


def test_each_model_has_its_own_order() -> None:
    assert [grade_rank(code.code) for code in FOUR_POINT] == [0, 1, 2, 3, None]
    assert [grade_rank(code.code) for code in SUPPORTED] == [0, 1, 2]
    assert grade_rank(None) is None
    assert model_of("sa") is SUPPORTED
    assert model_of("res") is FOUR_POINT


def test_every_grade_has_a_label() -> None:
    assert grade_label("good") == "Good"
    assert grade_label(None) == "Not inspected"


@pytest.mark.parametrize("year", [2015, 2019, 2023, 2025])
def test_every_grade_of_the_real_registers_is_read(year: int) -> None:
    path = REGISTERS / f"provider_at_march_{year}.csv"
    if not path.exists():
        pytest.skip("the public registers are not beside the checkout")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    rows = list(csv.reader(text.splitlines()))
    head = next(at for at, row in enumerate(rows) if "URN" in row)
    names = ("overall effectiveness", "overall experiences", "supported accommodation outcome")
    columns = [at for at, name in enumerate(rows[head]) if name.strip().lower().startswith(names)]
    assert columns
    found = {parse_grade(row[at]) for row in rows[head + 1 :] for at in columns if at < len(row)}
    assert {"outstanding", "good", "requires_improvement", "inadequate"} <= found
    assert (year < 2025) or {"consistently_strong", "inconsistent", "serious_weaknesses"} <= found
