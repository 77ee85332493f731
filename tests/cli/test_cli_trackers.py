"""Warnings, plans, steps down, lessons and the views of endings on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.cli.test_cli_registers import placed


@pytest.fixture
def lives(run: Run, asked: str) -> str:
    """KJ lives at the first home that was asked."""
    placed(run, asked)
    return asked


def test_a_sign_is_logged_corrected_and_closed(run: Run, lives: str) -> None:
    first = run("log", "warning", lives, "CA3 carer: third call this week; respite booked", "--format", "json").row
    assert (first["factor"], first["said_by"], first["what"], first["open"]) == (
        "CA3",
        "carer",
        "third call this week",
        True,
    )
    second = run("log", "warning", "W-10234", "missing again", "--factor", "CH3", "--format", "json").row
    rows = run("warnings", "--format", "json").rows
    assert {row["ref"] for row in rows} == {first["ref"], second["ref"]}
    several = run("log", "warning", "W-10234", "--close")
    assert several.code == 1
    assert "could be 2 warnings" in several.err
    assert first["ref"] in several.err
    changed = run("log", "warning", "W-10234", "--which", first["ref"], "--action", "carer has a named worker")
    assert "warning changed" in changed.err
    assert run("log", "warning", "W-10234", "--which", first["ref"], "--close").code == 0
    assert [row["ref"] for row in run("warnings", "W-10234", "--format", "json").rows] == [second["ref"]]
    kept = {row["ref"]: row for row in run("warnings", "--all", "--format", "json").rows}
    assert kept[first["ref"]]["closed_on"] == "2026-10-14"
    assert kept[first["ref"]]["action"] == "carer has a named worker"
    assert "look again: missing again" in run("tasks").out


def test_a_plan_its_steps_and_what_holds_it_up(run: Run, lives: str) -> None:
    made = run(
        "permanence", "add", "W-10234", "ltf", "--target", "31 mar", "--decided", "today", "--format", "json"
    ).row
    assert (made["plan"], made["target_on"]) == ("long_term_foster", "2027-03-31")
    assert run("permanence", "step", "W-10234", "panel", "by", "12", "dec").code == 0
    assert run("permanence", "step", "W-10234", "match agreed").code == 0
    done = run("permanence", "step", "W-10234", "panel", "--done", "--format", "json").row
    assert [step["done_on"] for step in done["steps"]] == ["2026-10-14", None]
    assert run("permanence", "change", "W-10234", "--held-up", "waits for a match").code == 0
    row = run("permanence", "--format", "json").row
    assert (row["held_up_by"], row["matches"], row["late"]) == ("waits for a match", False, False)
    assert "match agreed" in run("permanence", "W-10234").out
    assert run("permanence", "--overdue", "--format", "json").rows == []
    again = run("permanence", "add", "W-10234", "adoption")
    assert again.code == 1
    assert "has a plan" in again.err
    assert run("permanence", "close", "W-10234", "--why", "matched at panel").code == 0
    assert run("permanence", "--format", "json").rows == []
    assert len(run("permanence", "--all", "--format", "json").rows) == 1
    assert "not a plan" in run("permanence", "add", "W-10234", "moon").err


def test_a_step_down_and_its_review(run: Run, lives: str) -> None:
    assert run("step-downs", "add", "W-10234", "home", "--target", "1 dec").code == 0
    row = run("step-downs", "--format", "json").row
    assert (row["to_type"], row["review_on"], row["drift"]) == ("home", "2026-12-09", None)
    assert run("step-downs", "change", "W-10234", "--reviewed", "--review", "12 jan").code == 0
    row = run("step-downs", "--format", "json").row
    assert (row["reviewed_on"], row["review_on"]) == ("2026-10-14", "2027-01-12")
    assert run("step-downs", "close", "W-10234", "--outcome", "went home").code == 0
    assert run("step-downs", "--format", "json").rows == []
    assert run("emergencies", "--format", "json").row["identifier"] == "W-10234"


def test_an_ending_is_in_the_figures_and_its_lesson_is_found(run: Run, lives: str) -> None:
    assert run("log", "warning", "W-10234", "asks for respite").code == 0
    ended = run("log", "ending", "W-10234", "--reason", "CREQB", "--factor", "SU2:carer", "--lesson", "ring on Fridays")
    assert ended.code == 0, ended.err
    assert run("lessons", "fridays", "--format", "json").row["lesson"] == "ring on Fridays"
    assert run("lessons", "mondays").err.strip() == "No lesson says that."
    figures = run("insight", "endings", "--format", "json").rows
    disrupted = next(row for row in figures if row["block"] == "disruption" and row["label"] == "Disrupted")
    assert (disrupted["numerator"], disrupted["denominator"]) == (1, 1)
    behind = run("insight", "endings", "--behind", "class=disrupted", "--format", "json").rows
    assert [row["child"] for row in behind] == ["KJ"]
    assert run("insight", "factors", "--behind", "factor=SU2", "--format", "json").rows[0]["noun"] == "placement"
