"""What is due on the command line: listed, finished, moved with a reason, handed on, by references that people can type."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def placed(run: Run, asked: str) -> str:
    """KJ in an emergency at the nearest home, agreed by a manager; the referral's reference."""
    home = run("calls", asked, "--format", "json").rows[0]["name"]
    assert run("log", "offer", asked, home, "--fee", "812").code == 0
    ran = run("place", asked, home, "--start", "now", "--emergency", "--approved-by", "Helen Rowe")
    assert ran.code == 0, ran.err
    return asked


def test_nothing_is_due_and_says_so(run: Run) -> None:
    ran = run("tasks")
    assert (ran.code, ran.out, ran.err.strip()) == (0, "", "Nothing is due.")


def test_the_notices_of_a_placement_with_their_law_and_their_day(run: Run, placed: str) -> None:
    rows = run("tasks", "--format", "json").rows
    plan = next(row for row in rows if row["title"] == "make the placement plan")
    assert (plan["law"], plan["child"], plan["reference"], plan["late"]) == ("Reg 9 CPPCR 2010", "KJ", placed, False)
    assert plan["due_at"].startswith(
        "2026-10-21T22:59"
    )  # Wednesday 14 October and five working days, midnight in London
    assert sum(row["law"] == "Reg 13 CPPCR 2010" for row in rows) >= 8
    table = run("tasks")
    assert "by Wed 21 Oct" in table.out
    assert "0 late, 0 more due today" in table.err
    assert run("tasks", "--overdue").err.strip() == "Nothing is late."
    assert run("tasks", "--until", "fri").out == ""
    assert len(run("tasks", "--mine", "--format", "json").rows) == len(rows)


def test_done_by_reference_several_at_once_and_undone(run: Run, placed: str) -> None:
    rows = run("tasks", "--format", "json").rows
    first, second = rows[0]["ref"], rows[1]["ref"]
    assert run("log", "done", first, second, "--note", "by post").err == "2 tasks: done\n"
    assert len(run("tasks", "--format", "json").rows) == len(rows) - 2
    kept = [row for row in run("tasks", "--done", "--format", "json").rows if row["state"] == "done"]
    assert {(row["note"], row["done_by"]) for row in kept} == {("by post", "KM")}
    again = run("log", "done", first)
    assert again.code == 1
    assert "No task answers to" in again.err
    assert run("undo").code == 0
    assert len(run("tasks", "--format", "json").rows) == len(rows)


def test_moved_with_a_reason_and_never_into_the_past(run: Run, placed: str) -> None:
    ref = run("tasks", "--format", "json").rows[0]["ref"]
    back = run("log", "move", ref, "--to", "yesterday", "--why", "ill")
    assert back.code == 1
    assert "has passed" in back.err
    assert run("log", "move", ref, "--to", "fri").code == 2  # a reason is asked for
    empty = run("log", "move", ref, "--to", "fri", "--why", " ")
    assert empty.code == 1
    assert "Say why it is moved" in empty.err
    moved = run("log", "move", ref, "--to", "30 oct", "--why", "worker is ill")
    assert "moved, due by Fri 30 Oct; the law's day stays 21 Oct" in moved.err
    row = next(row for row in run("tasks", "--format", "json").rows if row["ref"] == ref)
    assert (row["first_due_at"][:10], row["due_at"][:10], row["moved_why"]) == (
        "2026-10-21",
        "2026-10-30",
        "worker is ill",
    )


def test_handed_to_nobody_who_is_not_there_and_not_needed_with_a_reason(run: Run, placed: str) -> None:
    ref = run("tasks", "--format", "json").rows[0]["ref"]
    nobody = run("log", "hand", ref, "Zoe")
    assert nobody.code == 1
    assert "Nobody answers to 'Zoe'" in nobody.err
    assert "KM Karen Moss" in nobody.err
    assert "now with Karen Moss" in run("log", "hand", ref).err
    assert ": not needed" in run("log", "not-needed", ref, "--why", "no school").err


def test_a_reference_that_nothing_answers_to(run: Run, placed: str) -> None:
    ran = run("log", "done", "zzzzz9")
    assert ran.code == 1
    assert "No task answers to 'zzzzz9'. `placement tasks` lists them" in ran.err
