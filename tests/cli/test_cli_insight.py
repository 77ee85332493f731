"""`placement insight` as a script and as somebody at a terminal use it."""

from __future__ import annotations

import csv
import io

import pytest

from placement_tui.services.insight import VIEWS
from tests.cli.conftest import Run

LINE = {
    "view", "by", "from", "to", "block", "title", "label", "across", "value", "unit", "n", "numerator", "denominator", "low",
    "high", "note", "cuts", "definition", "source", "hidden",
}  # fmt: skip


@pytest.fixture
def refused(run: Run, asked: str) -> str:
    """Six homes were asked; two of them said no, one with what would change it."""
    first, second = (row["name"] for row in run("calls", asked, "--format", "json").rows[:2])
    assert run("log", "refusal", asked, first, "--reason", "M1", "--change", "fee").code == 0
    assert run("log", "refusal", asked, second, "--reason", "V1").code == 0
    return asked


def test_the_views_are_listed_with_the_ways_to_set_them_apart(run: Run) -> None:
    rows = {row["name"]: row for row in run("insight", "--format", "json").rows}
    assert set(rows) == {view.name for view in VIEWS}
    assert {"name", "title", "by", "behind", "about"} == set(rows["refusals"])
    assert "provider" in rows["refusals"]["by"]


def test_a_view_is_a_list_of_figures_with_numerator_denominator_n_and_definition(run: Run, refused: str) -> None:
    rows = run("insight", "refusals", "--format", "json").rows
    assert all(set(row) == LINE for row in rows)
    [family] = [row for row in rows if row["block"] == "family" and row["label"] == "Matching"]
    assert (family["value"], family["n"], family["numerator"], family["denominator"]) == (0.5, 2, 1, 2)
    assert (round(family["low"], 4), round(family["high"], 4)) == (0.0945, 0.9055)
    assert family["cuts"] == ["outcome=refusal", "family=M"]
    assert family["definition"].startswith("Of all refusals")
    assert (family["from"], family["to"], family["by"]) == ("2025-10-15", "2026-10-14", "")
    [head, *lines] = csv.reader(io.StringIO(run("insight", "refusals", "--by", "need", "--format", "csv").out))
    assert set(head) == LINE
    assert [line[head.index("label")] for line in lines][:1] == ["No need written down"]


def test_a_figure_leads_to_its_records(run: Run, refused: str) -> None:
    [row] = run("insight", "refusals", "--behind", "outcome=refusal", "--behind", "family=M", "--format", "json").rows
    assert (row["noun"], row["reference"]) == ("approach", refused)
    assert row["what"].endswith("no, matching (fee)")
    assert len(run("insight", "refusals", "--behind", "outcome=awaiting", "--most", "3", "--format", "json").rows) == 3
    none = run("insight", "refusals", "--behind", "reason=N9")
    assert (none.code, none.out) == (0, "")
    assert "Nothing stands behind that" in none.err


def test_the_table_says_few_and_what_each_block_counts(run: Run, refused: str) -> None:
    table = run("insight", "refusals")
    assert "1 of 2, few" in table.out
    assert "Refusals by family of reasons: Of all refusals" in table.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("moons",), 1, "There is no view 'moons'"),
        (("refusals", "--by", "moon"), 1, "cannot be set apart by 'moon'"),
        (("refusals", "--behind", "reason"), 2, "is no cut of a figure"),
        (("refusals", "--behind", "reason=M99"), 1, "has no value 'M99'"),
        (("refusals", "--behind", "moon=full"), 1, "There is no dimension 'moon'"),
        (("refusals", "--behind", "reason=M1", "--most", "0"), 2, "A number from 1"),
        (("refusals", "--from", "1/10/2026", "--to", "1/9/2026"), 1, "comes before the first"),
        (("refusals", "--from", "31/2/2026"), 1, "28"),
        (("endings", "--from", "1/1/2030", "--to", "1/2/2030"), 1, "That time has not begun. 01/01/2030. Begin it"),
        (("trackers", "--by", "type"), 1, "It stands as a whole: leave that out"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    ran = run("insight", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_every_view_comes_in_every_way_and_as_json(run: Run, refused: str) -> None:
    for view in VIEWS:
        for by in ("", *view.by):
            ran = run("insight", view.name, *(("--by", by) if by else ()), "--format", "json")
            assert ran.code == 0, (view.name, by, ran.err)
            assert all(set(row) == LINE for row in ran.rows)
