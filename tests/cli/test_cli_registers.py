"""Registers, places, siblings on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import NEAR, Run, spreadsheet

PAIR = ("--child", "AB,4,F,CH41 5AL,W-1", "--child", "CD,6,M,CH41 5AL,W-2")


def placed(run: Run, reference: str) -> None:
    """The first of the six that were asked takes the child of a referral."""
    home = run("calls", reference, "--format", "json").rows[0]["name"]
    assert run("log", "offer", reference, home, "--fee", "812").code == 0
    done = run("place", reference, home, "--start", "now", "--approved-by", "Ann Poole")
    assert done.code == 0, done.err


@pytest.fixture
def carers(run: Run, tmp_path: Path) -> tuple[str, ...]:
    """Our own carers, with three places each."""
    names = ("Dawn Nuttall", "Farah Khan", "Gwen Price")
    rows = tuple(
        (name, "Wirral Council", "In-house", f"0151 496 02{at:02d}", NEAR[at], "0-17", "3", "1", "", "")
        for at, name in enumerate(names)
    )
    assert run("import", "providers", str(spreadsheet(tmp_path / "carers.csv", 0, rows))).code == 0
    return names


@pytest.fixture
def lives(run: Run, asked: str) -> str:
    """KJ lives at the first home that was asked."""
    placed(run, asked)
    return asked


def test_an_order_is_begun_and_brought_up_to_date_by_the_same_command(run: Run, lives: str) -> None:
    first = run("log", "dol", "W-10234", "--order", "today", "--ends", "4 jan", "--format", "json").row
    assert first["missing"] == ["case number", "review day", "order to Ofsted", "judgment to Ofsted"]
    second = run(
        "log", "dol", "W-10234", "--case", "FD26C40123", "--review", "9 nov", "--ofsted", "now", "--judgment", "now"
    )
    assert second.code == 0
    row = run("registers", "dol", "--format", "json").row
    assert (row["case_number"], row["ends_on"], row["missing"], row["identifier"]) == (
        "FD26C40123",
        "2027-01-04",
        [],
        "W-10234",
    )
    wrong = run("log", "dol", "W-10234", "--ends", "1 oct")
    assert wrong.code == 1
    assert "before it was made" in wrong.err
    assert run("log", "dol", "W-10234", "--close").code == 0
    assert run("registers", "dol", "--format", "json").rows == []
    assert len(run("registers", "dol", "--all", "--format", "json").rows) == 1


def test_an_order_before_a_home_is_of_a_child_of_a_referral(run: Run, kj: str) -> None:
    assert run("log", "dol", "KJ", "--for", kj, "--order", "today").code == 0
    assert (
        run("log", "dol", "W-10234", "--for", kj, "--case", "FD1", "--format", "json").row["missing"][0]
        == "when it ends"
    )
    assert len(run("registers", "dol", "--format", "json").rows) == 1


def test_kinship_counts_weeks_and_refuses_an_early_extension(run: Run, lives: str) -> None:
    assert "Say since when" in run("log", "kinship", "W-10234").err
    assert (
        run(
            "log", "kinship", "W-10234", "--approved", "today", "--officer", "Ann Poole", "--check", "visited, DBS"
        ).code
        == 0
    )
    row = run("registers", "kinship", "--format", "json").row
    assert (row["week"], row["left"], row["until"]) == (1, 112, "2027-02-03")
    early = run("log", "kinship", "W-10234", "--extend", "31 mar 2027", "--panel", "today", "--iro", "now")
    assert early.code == 1
    assert "from week 12" in early.err.lower()
    assert "sixteen weeks" in run("log", "kinship", "W-10234", "--until", "1 mar 2027").err


def test_unregistered_and_16_17_are_refused_and_logged(run: Run, lives: str) -> None:
    assert "why the child lives there" in run("log", "unregistered", "W-10234").err
    logged = run("log", "unregistered", "W-10234", "--why", "nobody registered said yes", "--by", "31 oct", "--check", "staff", "--format", "json")  # fmt: skip
    assert "agreed by" in logged.row["missing"]
    assert run("log", "unregistered", "W-10234", "--agreed", "Director").code == 0
    row = run("registers", "unregistered", "--format", "json").row
    assert (row["why"], row["agreed_by"], row["checks"]) == ("nobody registered said yes", "Director", ["staff"])
    assert "is no supported accommodation" in run("log", "16-17", "W-10234", "--category", "sa_2").err
    counts = {row["register"]: row["open"] for row in run("registers", "--format", "json").rows}
    assert counts == {"dol": 0, "unregistered": 1, "16-17": 0, "kinship": 0}
    assert run("registers", "nothing").code == 2


def test_beds_are_held_for_a_referral_and_released(run: Run, kj: str) -> None:
    held = run("log", "hold", "Alder House", "--until", "tomorrow 12:00", "--for", kj)
    assert held.code == 0
    assert "1 held for 26-0001 until" in held.err
    row = run("places", "Alder House", "--format", "json").row
    assert (row["registered"], row["ours"], row["held"], row["free"]) == (3, 0, 1, 2)
    assert run("holds", "--format", "json").row["reference"] == kj
    assert "is past already" in run("log", "hold", "Beech House", "--until", "now").err
    assert run("log", "release", "Alder House").code == 0
    assert run("holds", "--format", "json").rows == []
    assert "holds nothing" in run("log", "release", "Alder House").err


def test_others_and_terms_of_a_home_are_said(run: Run, kj: str, carers: tuple[str, ...]) -> None:
    dawn = carers[0]
    assert run("log", "others", dawn, "2").code == 0
    assert run("places", dawn, "--format", "json").row["free"] == 1
    assert "more than its 3 places" in run("log", "others", dawn, "4").err
    assert run("log", "terms", dawn, "--ages", "0-9", "--only", "girls").code == 0
    refused = run("log", "hold", dawn, "--until", "tomorrow", "--for", kj)
    assert refused.code == 1
    assert "is not approved for this child: the child is 14. Ages 0 to 9, girls only, 3 places" in refused.err
    assert run("log", "terms", dawn, "--ages", "old").code == 1
    assert run("log", "terms", dawn).code == 2
    home = {row["name"]: row for row in run("homes", "--format", "json").rows}[dawn]
    assert (home["age_min"], home["age_max"], home["sexes"]) == (0, 9, "F")


def test_an_exemption_names_a_child_who_lives_there_or_is_to_come(run: Run, kj: str, carers: tuple[str, ...]) -> None:
    dawn, farah, _ = carers
    assert run("ask", kj, dawn).code == 0
    assert "is no foster household" in run("log", "exemption", "Alder House", "W-10234", "--for", kj).err
    assert "Which authority gave it?" in run("log", "exemption", dawn, "W-10234", "--for", kj).err
    placed(run, kj)
    assert f"does not live at {farah}" in run("log", "exemption", farah, "W-10234", "--by", "Wirral").err
    named = run("log", "exemption", dawn, "W-10234", "--by", "Wirral", "--until", "31 mar")
    assert named.code == 0, named.err
    assert "is named in an exemption" in run("log", "exemption", dawn, "W-10234", "--by", "Wirral").err
    row = run("holds", "--exemptions", "--format", "json").row
    assert (row["name"], row["child"], row["given_by"]) == (dawn, "KJ W-10234", "Wirral")
    assert run("log", "exemption", dawn, "W-10234", "--end").code == 0


def test_siblings_are_linked_split_and_parted(run: Run, carers: tuple[str, ...]) -> None:
    first = run("referral", "add", *PAIR, "--wanted", "foster").out.strip()
    second = run("referral", "add", "--child", f"EF,9,F,{NEAR[0]},W-3", "--wanted", "foster").out.strip()
    assert run("siblings", "link", first, second).code == 0
    assert run("siblings", "--format", "json").row["references"] == [first, second]
    splits = run("siblings", first, "--format", "json").rows
    assert splits[0]["shape"] == [3]
    assert splits[0]["homes"][0]["name"] in carers
    assert splits[0]["points"] <= splits[1]["points"]
    assert run("siblings", "part", first).code == 2
    assert run("siblings", "part", first, "--reason", "other").code == 1
    assert run("siblings", "part", first, "--reason", "no_home", "--why", "none of nine").code == 0
    assert run("siblings", "--format", "json").row["parted_reason"] == "no_home"
    assert run("siblings", "unlink", second).code == 0
    assert "is for 1 child" in run("siblings", second).err


def test_a_child_is_taken_out_and_a_second_open_referral_asked_about(run: Run) -> None:
    pair = run("referral", "add", *PAIR, "--wanted", "foster").out.strip()
    again = run("referral", "add", "--child", "AB,4,F,,W-1", "--wanted", "foster")
    assert again.code == 1
    assert f"has an open referral already, {pair}" in again.err
    assert run("referral", "change", pair, "--remove", "CD").code == 0
    assert [child["initials"] for child in run("show", pair, "--format", "json").row["children"]] == ["AB"]
    assert run("referral", "add", "--child", "AB,4,F,,W-1", "--wanted", "foster", "--again").code == 0
    assert run("referral", "change", pair, "--remove", "AB", "--why", "x").code == 2


def test_parting_is_asked_for_when_part_of_a_group_is_placed(run: Run) -> None:
    pair = run("referral", "add", *PAIR, "--wanted", "foster", "--by", "tonight").out.strip()
    assert run("ask", pair, "--nearest", "3").code == 0
    home = run("calls", pair, "--format", "json").rows[0]["name"]
    assert run("log", "offer", pair, home, "--fee", "812").code == 0
    start = ("place", pair, home, "--start", "now", "--child", "W-1", "--approved-by", "Ann Poole")
    refused = run(*start)
    assert refused.code == 1
    assert "CD 6 M would live elsewhere" in refused.err
    done = run(*start, "--parted", "tonight")
    assert done.code == 0, done.err
    assert run("siblings", "--format", "json").row["parted_reason"] == "tonight"
