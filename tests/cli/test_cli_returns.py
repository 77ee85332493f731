"""The statutory return on the command line: checked, mended, written."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.test_cli_registers import placed


def in_care(run: Run, reference: str) -> None:
    """KJ lives at the first home that was asked, and is in care since."""
    placed(run, reference)
    begun = run("log", "care", "W-10234", "--from", "today", "--legal", "s20", "--need", "N1")
    assert begun.code == 0, begun.err


def test_check_says_what_to_mend_with_the_record_and_exit_code_one(run: Run, asked: str) -> None:
    placed(run, asked)
    found = run("check", "ssda903", "--year", "2027", "--format", "json")
    assert found.code == 1
    assert {row["level"] for row in found.rows} <= {"mend", "look"}
    assert all(row["noun"] and row["child_id"] for row in found.rows)
    assert "to mend" in found.err
    table = run("check", "ssda903", "--year", "2027")
    assert table.out.splitlines()[0].split()[:2] == ["Rule", "Child"]


def test_nothing_to_mend_is_said_and_exit_code_zero(run: Run, asked: str) -> None:
    found = run("check", "ssda903", "--year", "2026")
    assert found.code == 0
    assert "Nothing to mend in the return of 2026" in found.err


def test_what_the_return_says_of_a_placement_is_one_line(run: Run, asked: str, tmp_path: Path) -> None:
    in_care(run, asked)
    assert run("log", "returned", asked, "K2 pr5 ch415al SC123456 another carer").code == 0
    rows = run("check", "ssda903", "--year", "2027", "--format", "json").rows
    assert any(row["text"].startswith("K2 from") for row in rows)
    refused = run("log", "returned", asked, "K2 K3")
    assert refused.code == 1
    assert "K2 and K3" in refused.err
    nowhere = run("log", "returned", asked, "CH99 9ZZ")
    assert "There is no postcode CH99 9ZZ" in nowhere.err


def test_the_files_are_written_once_and_again_only_by_force(run: Run, asked: str, tmp_path: Path) -> None:
    in_care(run, asked)
    out = tmp_path / "return"
    first = run("export", "ssda903", str(out), "--year", "2027", "--format", "json")
    assert first.code == 0
    assert first.row["rows"]["Header"] == 1
    assert "placement check ssda903 --year 2027" in first.err
    again = run("export", "ssda903", str(out), "--year", "2027")
    assert again.code == 1
    assert "--force" in again.err
    assert run("export", "ssda903", str(out), "--year", "2027", "--force").code == 0


def test_a_year_that_is_none_is_refused(run: Run) -> None:
    assert run("check", "ssda903", "--year", "26").code == 2
    assert "begins on 1 April 2030" in run("check", "ssda903", "--year", "2031").err
