"""Law, overrides and settings on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import open_services
from placement_tui.db.changes import settings as changes
from placement_tui.db.tables import Home
from placement_tui.domain.identifiers import new_id
from tests.cli.conftest import Run

WHY = "visited on Monday, action plan seen"


@pytest.fixture
def offered(run: Run, asked: str, store: Path) -> tuple[str, str]:
    """KJ's reference and the name of a home that offers and whose grade fell; Helen Rowe is a manager."""
    name = str(run("calls", asked, "--format", "json").rows[0]["name"])
    assert run("log", "offer", asked, name, "--fee", "812").code == 0
    services = open_services(store)
    home_id = services.offers.of(services.referrals.resolve(asked))[0].home_id
    with services.desk.write("the grade fell") as session:
        changes.add_officer(session, new_id(), "Helen Rowe", "manager")
        session.get_one(Home, home_id).grade = "inadequate"
    services.close()
    return asked, name


def law(run: Run, reference: str) -> list[str]:
    [row] = run("offers", reference, "--format", "json").rows
    found: list[str] = row["law"]
    return found


def test_an_offer_says_what_the_law_and_the_policy_say(run: Run, offered: tuple[str, str]) -> None:
    reference, _ = offered
    assert "block L21: policy: good or better (manager) (council policy)" in law(run, reference)
    assert "NO: policy: good or better" in run("offers", reference).out


def test_an_officer_is_refused_and_a_manager_sets_it_aside_with_a_reason(run: Run, offered: tuple[str, str]) -> None:
    reference, name = offered
    words = ("override", reference, name, "--rule", "l21")
    assert run(*words, "--why", WHY).err == (
        "Karen Moss may not set a rule aside. Their role is administrator. Ask a manager.\n"
    )
    ran = run("--as", "Helen Rowe", *words)
    assert (ran.code, ran.out) == (1, "")
    assert "Say why it is set aside" in ran.err
    assert "In 3 words or more" in ran.err
    ran = run("--as", "HR", *words, "--why", WHY)
    assert (ran.code, "set aside by HR" in ran.err) == (0, True)
    assert law(run, reference)[0] == f"warn L21: policy: good or better (set aside by HR: {WHY}) (council policy)"
    [row] = run("overrides", "--format", "json").rows
    assert (row["reference"], row["rule"], row["by_name"], row["why"]) == (reference, "L21", "Helen Rowe", WHY)
    assert run("overrides", "--counts", "--format", "json").row["count"] == 1
    assert run("place", reference, name, "--start", "tonight 19:00").code == 0


def test_without_it_nothing_starts_and_the_way_out_is_said(run: Run, offered: tuple[str, str]) -> None:
    reference, name = offered
    ran = run("place", reference, name, "--start", "tonight 19:00")
    assert (ran.code, ran.out) == (1, "")
    assert "grade below policy" in ran.err


def test_taking_back_lets_it_hold_again(run: Run, offered: tuple[str, str]) -> None:
    reference, name = offered
    words = ("--as", "HR", "override", reference, name, "--rule", "L21")
    assert run(*words, "--take-back").code == 1
    assert run(*words, "--why", WHY).code == 0
    assert "holds again" in run(*words, "--take-back").err
    assert run("overrides").err == "No rule was set aside.\n"


def test_what_was_considered_is_kept_and_what_is_to_be_minded_is_said(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    run("log", "offer", asked, name, "--fee", "812")
    words = ("place", asked, name, "--start", "tonight 19:00")
    assert "is not a consideration" in run(*words, "--considered", "cost").err
    ran = run(*words, "--considered", "near home, area", "--school-changes", "yes", "--approved-by", "Helen Rowe")
    assert ran.code == 0
    assert "Mind: not yet considered: schooling, siblings and disability (s22C(7)-(9) Children Act 1989)" in ran.err
    assert "Mind: GCSE years: arrange schooling as soon as possible (Reg 10 CPPCR 2010)" in ran.err


def test_kin_explored_is_said_of_a_referral(run: Run, kj: str) -> None:
    assert run("referral", "change", kj, "--kin", "nobody").code == 0
    assert "is not a kin answer" in run("referral", "change", kj, "--kin", "perhaps").err
    assert run("codes", "kin", "--format", "json").rows[0]["code"] == "nobody"


def test_every_rule_is_listed_without_a_store(run: Run) -> None:
    rows = run("rules", "--format", "json", at=None).rows
    assert {"L1", "L25", "approval"} <= {row["id"] for row in rows}
    assert all(row["law"] for row in rows)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("stale_hours", "24"), 0, "A vacancy is an old word after: 24 hours"),
        (("stale_hours", "0"), 1, "stale_hours cannot be"),
        (("grades-home", "strong"), 1, "grades_home cannot be"),
        (("grades_home", "outstanding"), 0, "Grades accepted of children's homes: outstanding"),
        (("colour", "red"), 1, "is no setting"),
        (("--forget",), 2, "--forget takes a NAME"),
    ],
)
def test_settings_are_changed_and_refused_in_words(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    ran = run("settings", *words)
    assert (ran.code, said in ran.err) == (code, True), ran.err


def test_settings_are_shown_and_forgotten(run: Run) -> None:
    def now(name: str) -> Any:
        return run("settings", name, "--format", "json").row["value"]

    assert len(run("settings", "--format", "json").rows) > 10
    run("settings", "stale_hours", "24")
    assert now("stale_hours") == 24
    assert run("undo").code == 0
    assert now("stale_hours") == 48
    run("settings", "director", "Ruth", "Cole")
    assert now("director") == "Ruth Cole"
    run("settings", "director", "--forget")
    assert now("director") is None
