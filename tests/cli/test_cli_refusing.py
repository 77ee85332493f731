"""What the command line refuses: a sentence that says what, where and what to do, and the exit code that goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import NEAR, Run, spreadsheet


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["findd"], "did you mean find?"),
        (["log"], "one more word"),
        (["show", "K\udcffJ"], "is not text"),
        (["log", "refusal", "KJ", "x", "--reason=--"], "expected one argument"),
        (["log", "refsal", "KJ", "x"], "goes with"),
        (["referrals", "--what"], "--what"),
        (["referrals", "--format", "xml"], "table, json, csv"),
        (["referrals", "--store"], "wants a value"),
        (["referrals", "--passphrase-fd", "x"], "wants a number"),
        (["referrals", "--passphrase-fd", "77"], "Descriptor 77"),
        (["referrals", "--passphrase-fd", "9" * 20], "Descriptor 9999"),
        (["log", "refusal", "KJ"], "NAME"),
        (["ask", "KJ"], "--nearest"),
        (["codes", "nothing"], "refusals"),
        (["keys", "nowhere"], "board"),
        (["completion", "tcsh"], "bash"),
        (["import", "providers", "x.csv", "--map", "phone"], "FIELD=COLUMN"),
        (["show", "home"], "one more word"),
        (["demo", "--build-only"], "--dir"),
        (["sql", "SELECT 1", "--seconds", "soon"], "--seconds"),
    ],
)
def test_wrong_use_is_2(run: Run, kj: str, master: Path, tmp_path: Path, words: list[str], said: str) -> None:
    locked = None
    if said.startswith("Descriptor"):  # a store that needs a passphrase
        from placement_tui.bootstrap import make_store

        locked = tmp_path / "locked.db"
        make_store(locked, "E08000015", "Karen Moss", "correct horse battery").close()
    ran = run(*words, at=locked) if locked else run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert said.casefold() in ran.err.casefold()
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "26-9999"], "26-9999"),
        (["calls", "ZZ"], "ZZ"),
        (["show", "01a201a2-4b7a-77fd-a7b0-66931723a637"], "no such referral"),
        (["show", "home", "Nowhere Hall"], "No home answers"),
        (["show", "placement", "KJ"], "No placement"),
        (["log", "refusal", "KJ", "Alder House", "--reason", "M1"], "was not asked for 26-0001"),
        (["offers", "ZZ"], "ZZ"),
        (["accept", "KJ", "Alder House"], "no offer"),
        (["referral", "add", "--initials", "AB"], "what is wanted"),
        (["referral", "add", "--wanted", "foster"], "at least one child"),
        (["referral", "add", "--child", "AB,14,M,CH41 5ZZ", "--wanted", "foster"], "CH41 5ZZ"),
        (["referral", "add", "--child", "AB,14,M,CH41", "--wanted", "foster"], "first half of a postcode"),
        (["referral", "add", "--child", "AB,140", "--wanted", "foster"], "140"),
        (["referral", "add", "--child", "Kevin Jones", "--wanted", "foster"], "looks like a name"),
        (["referral", "add", "--initials", "AB", "--age", "9", "--born", "3/5/2012", "--wanted", "foster"], "14"),
        (["referral", "add", "--initials", "AB", "--born", "31/2/2012", "--wanted", "foster"], "31"),
        (["referral", "add", "--initials", "AB", "--wanted", "castle"], "castle"),
        (["referral", "add", "--initials", "AB", "--wanted", "foster", "--by", "whenever"], "whenever"),
        (["referral", "add", "--initials", "AB", "--wanted", "foster", "--need", "violense"], "violence"),
        (["referral", "add", "--initials", "AB", "--wanted", "foster", "--why", "x" * 30_000], "30,000"),
        (["referral", "add", "--initials", "AB", "--wanted", "foster", "--max-miles", "30km"], "miles"),
        (["referral", "close", "KJ", "--reason", " "], "Say why"),
        (["log", "vacancy", "Alder House", "--beds", "9"], "3 places"),
        (["ask", "KJ", "--nearest", "0"], "between 1"),
        (["undo", "--as", "KM"], "undid"),
        (["find", "x", "--limit", "many"], "whole number"),
    ],
)
def test_what_cannot_be_is_1_and_a_sentence(run: Run, kj: str, words: list[str], said: str) -> None:
    ran = run(*words)
    if words[0] == "undo":
        assert ran.code == 0
        assert said in ran.err.casefold()
        return
    assert ran.code == 1
    assert ran.out == ""
    assert said.casefold() in ran.err.casefold()
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 600


def test_a_pasted_page_makes_no_page_of_refusal(run: Run, kj: str) -> None:
    for words in (
        ["show"],
        ["find", "--for"],
        ["import", "ofsted"],
        ["calls"],
        ["lgo"],
        ["show", "home"],
        ["codes"],
        ["keys"],
    ):
        ran = run(*words, "long " * 2000)
        assert ran.code in (1, 2)
        assert len(ran.err) < 1600


def test_a_home_is_asked_once_for_one_referral(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    again = run("ask", asked, name)
    assert again.code == 1
    assert "was asked for 26-0001 already" in again.err
    assert "16:30" in again.err


def test_a_home_that_a_rule_keeps_from_being_asked_is_not(run: Run, tmp_path: Path) -> None:
    boys = ("Vale House", "Fir Tree Care", "IFA", "0151 496 0199", NEAR[0], "0-9", "1", "1", "812", "9000099")
    assert run("import", "providers", str(spreadsheet(tmp_path / "more.csv", 0, (boys,)))).code == 0
    assert run("referral", "add", "--child", "AB,14,M,CH41 5AL", "--wanted", "foster").code == 0
    ran = run("ask", "AB", "Vale House")
    assert ran.code == 1
    assert "may not be asked" in ran.err
    assert "Registration" in ran.err
    (row,) = run("find", "vale all", "--for", "AB", "--format", "json").rows[:1]
    assert row["may_be_asked"] is False
    assert "takes 0 to 9" in row["why_not"][0]


def test_an_answer_is_not_given_twice(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    assert run("log", "offer", asked, name, "--fee", "812").code == 0
    assert run("log", "withdraw", asked, name, "--closing", "OW").code == 0
    ran = run("log", "refusal", asked, name, "--reason", "M1")
    assert ran.code == 1
    assert "withdrawn" in ran.err
    assert "Undo" in ran.err


@pytest.mark.parametrize(
    ("fee", "said"),
    [("-5", "below zero"), ("a lot", "812"), ("99999", "£50,000"), ("1/2/3/4", "care/education/health")],
)
def test_a_fee_that_cannot_be(run: Run, asked: str, fee: str, said: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    ran = run("log", "offer", asked, name, f"--fee={fee}")
    assert ran.code == 1
    assert said in ran.err


def test_a_placement_never_starts_before_its_offer_nor_overlaps(run: Run, asked: str) -> None:
    first, second = (row["name"] for row in run("calls", asked, "--format", "json").rows[:2])
    run("log", "offer", asked, first, "--fee", "812")
    early = run("place", asked, first, "--start", "12 oct")
    assert early.code == 1
    assert "before it was offered" in early.err
    assert run("place", asked, first, "--start", "tonight").code == 0
    other = run("referral", "add", "--child", "KJ,14,M,CH41 5AL,W-10234", "--wanted", "foster").out.strip()
    run("ask", other, second)
    run("log", "offer", other, second, "--fee", "812")
    twice = run("place", other, second, "--start", "tonight 21:00")
    assert twice.code == 1
    assert first in twice.err
    assert "never overlap" in twice.err


def test_an_ending_is_logged_once_and_not_for_tomorrow(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    run("log", "offer", asked, name, "--fee", "812")
    run("place", asked, name, "--start", "16:30")
    assert "still to come" in run("log", "ending", "KJ", "--on", "tomorrow", "--reason", "CREQB").err
    assert "IN99" in run("log", "ending", "KJ", "--reason", "CREQB", "--factor", "IN99").err
    assert "needs a note" in run("log", "ending", "KJ", "--reason", "OTHER").err
    assert run("log", "ending", "KJ", "--reason", "CREQB", "--notice", "0", "--warned", "no").code == 0
    again = run("log", "ending", "KJ", "--reason", "CREQB")
    assert again.code == 1
    assert "14/10/2026" in again.err


def test_a_bad_file_is_refused_whole(run: Run, tmp_path: Path) -> None:
    bad = ("Vale House", "Fir Tree Care", "IFA", "0151 496 0199", "CH41 5ZZ", "0-9", "1", "1", "812", "9000099")
    path = spreadsheet(tmp_path / "bad.csv", 3, (bad,))
    before = run("sql", "SELECT count(*) AS n FROM operation", "--format", "json").row["n"]
    ran = run("import", "providers", str(path))
    assert ran.code == 1
    assert "line 5" in ran.err
    assert "CH41 5ZZ" in ran.err
    assert "Nothing was written" in ran.err
    assert run("sql", "SELECT count(*) AS n FROM operation", "--format", "json").row["n"] == before
    skipped = run("import", "providers", str(path), "--skip-bad", "--format", "json")
    assert skipped.code == 0
    assert skipped.row["refused"][0]["line"] == 5
    for name, content in (("none.csv", None), ("empty.csv", b""), ("zip.xlsx", b"PK\3\4broken")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        ran = run("import", "ofsted", str(tmp_path / name))
        assert ran.code == 1
        assert name in ran.err
        assert ran.err.count("\n") == 1


def test_a_store_is_not_made_over_another_nor_with_a_weak_passphrase(run: Run, store: Path, tmp_path: Path) -> None:
    words = ("init", "--authority", "E08000015", "--officer", "Karen Moss")
    ran = run(*words, passphrase="correct horse battery")
    assert ran.code == 1
    assert "a store already" in ran.err
    weak = run(*words, passphrase="short", at=tmp_path / "new" / "team.db")
    assert weak.code == 1
    assert "12" in weak.err
    assert not (tmp_path / "new" / "team.db").exists()
    wrong = run(
        "init", "--authority", "Wirral", "--officer", "K", passphrase="correct horse battery", at=tmp_path / "n.db"
    )
    assert wrong.code == 1
    assert "E08000015" in wrong.err


def test_a_journal_that_was_tampered_with_is_4_and_named(run: Run, store: Path, kj: str) -> None:
    from placement_tui.bootstrap import open_services

    services = open_services(store)
    with services.desk.store.maintain() as connection:
        connection.exec_driver_sql("DROP TRIGGER operation_stays")
        connection.exec_driver_sql("UPDATE operation SET command = 'nothing' WHERE noun = 'referral'")
        connection.commit()
    services.close()
    ran = run("verify", "--format", "json")
    assert ran.code == 4
    assert "does not hold" in ran.err
    assert any("referral" in row["what"] for row in ran.rows)
