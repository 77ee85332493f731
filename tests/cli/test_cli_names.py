"""Which home is meant: misheard names are understood, and a doubtful one is asked about, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import NEAR, Run, spreadsheet


@pytest.fixture
def named(run: Run, kj: str, tmp_path: Path) -> Run:
    """A call list of homes whose names are near each other."""
    names = [
        "Bridgeview",
        "Fir Lane School",
        "Rose House 3",
        "Rose House 13",
        "St. Mary's (North)",
        "All Saints",
        "Free",
    ]
    extra = tuple(
        (name, "Acorn Care", "IFA", f"0151 496 016{number}", NEAR[0], "0-17", "2", "1", "812", f"90003{number:02d}")
        for number, name in enumerate(names)
    )
    assert run("import", "providers", str(spreadsheet(tmp_path / "named.csv", 0, extra))).code == 0
    assert run("ask", kj, *(f"90003{number:02d}" for number in range(len(names)))).code == 0
    return run


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Bridgeview", "Bridgeview"), ("bridgeview", "Bridgeview"), ("brdgvw", "Bridgeview"), ("bridgviw", "Bridgeview"),
        ("birdgeview", "Bridgeview"), ("bridge", "Bridgeview"), ("fir", "Fir Lane School"), ("fir lane", "Fir Lane School"),
        ("lane fir", "Fir Lane School"), ("fur lane", "Fir Lane School"), ("rose 3", "Rose House 3"),
        ("rose house 13", "Rose House 13"), ("st marys", "St. Mary's (North)"), ("saint", "All Saints"), ("all", "All Saints"),
        ("free", "Free"), ("9000305", "All Saints"),
    ],
)  # fmt: skip
def test_who_is_meant_on_a_call_list(named: Run, said: str, meant: str) -> None:
    assert named("log", "no-reply", "KJ", said).err == f"{meant}: no reply\n"


@pytest.mark.parametrize("said", ["rose", "rose house", "rse hse", "acorn", "rose house 4", "zzz", "", "'"])
def test_who_is_not_clear_is_asked_about(named: Run, said: str) -> None:
    ran = named("log", "no-reply", "KJ", said)
    assert ran.code == 1
    assert "could be" in ran.err or "No home answers" in ran.err or "give" in ran.err.casefold()
    assert {row["outcome"] for row in named("calls", "KJ", "--format", "json").rows} == {"awaiting"}


def test_homes_of_one_name_are_told_apart_by_their_urn(run: Run, kj: str, tmp_path: Path) -> None:
    """A register names many homes after their owner: asking for more of that name would lead nowhere."""
    extra = tuple(
        (
            "New Start",
            "New Start",
            "Children's home",
            "0151 496 0170",
            NEAR[0],
            "0-17",
            "2",
            "1",
            "812",
            f"900040{number}",
        )
        for number in range(2)
    )
    run("import", "providers", str(spreadsheet(tmp_path / "named.csv", 0, extra)))
    run("referral", "change", kj, "--wanted", "residential")
    assert run("ask", kj, "9000400", "9000401").code == 0
    ran = run("log", "no-reply", "KJ", "new start")
    assert (ran.code, ran.err.count("9000400"), ran.err.count("9000401")) == (1, 1, 1)
    assert "URN" in ran.err
    assert run("log", "no-reply", "KJ", "9000401").err == "New Start: no reply\n"


def test_the_register_is_searched_where_nobody_of_that_name_was_asked(named: Run) -> None:
    ran = named("log", "no-reply", "KJ", "Gorse House")
    assert ran.code == 1
    assert "Gorse House was not asked for 26-0001" in ran.err
    assert "placement ask 26-0001" in ran.err


def test_a_referral_answers_to_reference_identifier_initials_and_id(run: Run, kj: str) -> None:
    key = run("referrals", "--format", "json").row["id"]
    for said in (kj, "W-10234", "kj", "KJ", key, key.replace("-", "")):
        assert run("show", said, "--format", "json").row["reference"] == kj
    run("referral", "close", "KJ", "--reason", "stays with his aunt")
    assert run("show", "KJ", "--format", "json").row["state"] == "closed", "the child's latest, where none is open"


def test_two_children_of_the_same_initials_are_asked_about(run: Run, kj: str) -> None:
    run("referral", "add", "--child", "KJ,9,F,,W-2", "--wanted", "foster")
    ran = run("show", "KJ")
    assert ran.code == 1
    assert "26-0001, 26-0002" in ran.err
    assert run("show", "W-2", "--format", "json").row["reference"] == "26-0002"
