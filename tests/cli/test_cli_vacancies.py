"""Free beds, the bed board and tiers on the command line."""

from __future__ import annotations

from tests.cli.conftest import Run


def a_home(run: Run) -> str:
    """The name of a home that has three places and takes KJ."""
    return str(run("homes", "--format", "json").rows[0]["name"])


def test_a_bed_is_said_in_one_line_and_tells_whom_it_fits(run: Run, kj: str) -> None:
    home = a_home(run)
    done = run("log", "vacancy", home, "1 boy 12-15, Jo")
    assert done.code == 0, done.err
    assert "1 bed free, ages 12 to 15, boys only" in done.out + done.err
    assert f"1 bed fits {kj}" in done.out + done.err
    row = next(row for row in run("vacancies", "--format", "json").rows if row["name"] == home)
    assert (row["left"], row["age_min"], row["sexes"], row["said_by"], row["asks"]) == (1, 12, "M", "Jo", False)
    assert run("vacancies", "--for", kj, "--format", "json").rows[0]["name"] == home
    fit = run("vacancies", home, "--format", "json").row
    assert (fit["reference"], fit["lawful"]) == (kj, True)
    assert run("log", "vacancy", home, "--gone").code == 0
    assert all(row["name"] != home for row in run("vacancies", "--format", "json").rows)


def test_what_cannot_be_is_refused_with_what_mends_it(run: Run, kj: str) -> None:
    home = a_home(run)
    for said, words in (
        ("9", "cannot have 9 beds"),
        ("1 from 1/1/2020", "has passed"),
        ("two grils", "not understood"),
    ):
        refused = run("log", "vacancy", home, said)
        assert refused.code == 1
        assert words in refused.err
    both = run("log", "vacancy", home, "1", "--beds", "1")
    assert both.code == 2
    beside = run("log", "vacancy", home, "1, Jo", "--from", "1/1/2030")
    assert (beside.code, "the words and --from" in beside.err) == (2, True), "no word is passed over in silence"
    assert run("log", "vacancy", home, "--gone", "--beds", "1").code == 2
    assert run("log", "vacancy", home, "--still-so").code == 1


def test_the_bed_board_tells_what_is_paid_and_stands_empty(run: Run, kj: str) -> None:
    home = a_home(run)
    assert run("log", "block", home, "1 at 4200 from tomorrow").code == 0
    early = run("log", "block", home, "--end")
    assert (early.code, "begin on" in early.err) == (1, True)
    assert run("undo").code == 0
    assert run("log", "block", home, "1 at 4200", "--contract", "BL/26/7").code == 0
    row = run("beds", "--show", "unused", "--format", "json").row
    assert (row["name"], row["paid"], row["unused"], row["wasted_pence"]) == (home, 1, 1, 420_000)
    assert run("beds", "--show", "whatever").code == 1
    assert run("log", "block", home, "100 at 4200").code == 1
    again = run("log", "block", home, "1 at 4200", "--contract", "bl/26/7")
    assert (again.code, "has this contract already" in again.err) == (1, True)
    assert run("log", "block", home, "--end").code == 0


def test_the_next_tier_is_asked_by_itself(run: Run, kj: str) -> None:
    asked = run("ask", kj, "--next-tier")
    if asked.code:  # the team's spreadsheet names no tiers
        assert "No tier" in asked.err
    else:
        assert "wave 1, tier" in asked.out + asked.err
    assert run("ask", kj, "--next-tier", "--emergency").code == 2
