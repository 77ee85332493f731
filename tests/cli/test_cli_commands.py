"""Each command does what its help says: siblings, changes, vacancies, offers side by side, history, codes, the demo."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement_tui.cli.asking import parser_of
from placement_tui.cli.registry import ALIASES, ENTRIES
from tests.cli.conftest import Run


@pytest.mark.parametrize("words", [*ENTRIES, *ALIASES])
def test_every_command_is_there_with_an_example_of_its_own(run: Run, words: str) -> None:
    from importlib import import_module

    entry = ENTRIES[ALIASES.get(words, words)]
    command = import_module(f"placement_tui.cli.{entry.module}").COMMANDS[entry.words]
    assert f"placement {entry.words}".split()[:2] == command.example.replace("--store team.db ", "").split()[:2]
    shown = run(*words.split(), "--help", at=None)
    assert shown.code == 0
    assert command.example.strip()[:40] in shown.out
    assert "--passphrase-fd" in shown.out
    assert parser_of(entry.words, command).prog == f"placement {entry.words}"


def test_help_lists_every_command_and_goes_by_many_ways(run: Run) -> None:
    page = run("--help", at=None).out
    assert all(words in page for words in ENTRIES)
    assert run("help", at=None).out == run("-h", at=None).out == page
    assert run("help", "find", at=None).out == run("find", "-h", at=None).out
    assert "refusal" in run("log", "--help", at=None).out
    assert max(map(len, page.split("\n"))) <= 120


def test_no_page_of_help_is_wider_than_a_terminal(run: Run) -> None:
    for words in ENTRIES:
        widest = max(run(*words.split(), "--help", at=None).out.split("\n"), key=len)
        assert len(widest) <= 120, (words, widest)


def test_a_sibling_group_with_what_each_needs(run: Run) -> None:
    said = run(
        "referral", "add", "--child", "AB,4,F,CH41 5AL,W-1,nappies", "--wanted", "foster",
    )  # fmt: skip
    assert said.code == 1, "an unknown need is refused, with those that are near"
    ran = run(
        "referral", "add", "--child", "AB,4,F,CH41 5AL,W-1", "--child", "CD,3/5/2015,m,,W-2,violence", "--need", "missing",
        "--wanted", "foster", "--apart", "--by", "tomorrow 10:00", "--legal", "UASC", "--max-miles", "20",
        "--social-worker", "Ann Poole", "--social-worker-phone", "0151 496 0133", "--format", "json",
    )  # fmt: skip
    assert ran.code == 0
    assert len(ran.row["children"]) == 2
    shown = run("show", "W-2", "--format", "json").row
    assert [child["needs"] for child in shown["children"]] == [["10A", "9A"], ["VIOLENCE", "10A", "9A"]]
    assert (shown["together"], shown["max_miles"], shown["legal_status"]) == (False, 20.0, "V2")
    assert shown["needed_by"] == "2026-10-15T09:00:00+00:00"
    assert shown["children"][1]["age"] == 11


def test_a_referral_is_completed_later_and_a_text_taken_out(run: Run, kj: str) -> None:
    done = run(
        "referral", "change", "KJ", "--must", "a dog", "--why", "carer ill", "--need", "violence", "--format", "json"
    )
    assert done.row["changed"] == ["why_now", "must_have", "child"]
    run("referral", "change", "KJ", "--must", "", "--born", "3/5/2012")
    shown = run("show", "KJ", "--format", "json").row
    child = shown["children"][0]
    assert (shown["must_have"], shown["why_now"]) == ("", "carer ill")
    assert (child["born_on"], child["needs"], child["home_postcode"]) == ("2012-05-03", ["VIOLENCE"], "CH41 5AL")
    assert run("referral", "change", "KJ").code == 2


def test_closing_withdraws_what_was_waited_for(run: Run, asked: str) -> None:
    ran = run("referral", "close", asked, "--reason", "stays with his aunt", "--format", "json")
    assert ran.row["withdrawn"] == 6
    assert {row["closing"] for row in run("calls", asked, "--format", "json").rows} == {"CW"}
    assert run("referrals", "--all", "--format", "json").row["closed_reason"] == "stays with his aunt"


def test_a_vacancy_shows_in_the_search(run: Run) -> None:
    assert run("log", "vacancy", "9000000", "--beds", "2", "--said-by", "Tom").err == "Alder House: 2 beds free\n"
    row = run("find", '"alder house"', "--format", "json").rows[0]
    assert (row["name"], row["free"]) == ("Alder House", 2)
    assert "2 free" in run("find", "alder").out


def test_a_search_says_itself_in_words_and_what_it_left_out(run: Run, asked: str) -> None:
    ran = run("find", "fir ifa 10mi 99xx", "--for", asked)
    assert "of 24 homes" in ran.err
    assert "agency fostering" in ran.err
    assert "within 10 miles" in ran.err
    assert "asked" in run("find", "--for", asked).err, "those asked already are left out, and it says so"
    none = run("find", "res 3mi", "--for", asked)
    assert none.code == 0
    assert "0 of 24" in none.err


def test_a_refusal_with_everything(run: Run, asked: str) -> None:
    row = run("calls", asked, "--format", "json").rows[0]
    said = run(
        "log", "refusal", asked, row["name"], "--reason", "N2, m1", "--change", "fee, talk to SW", "--stage", "carer asked",
        "--said-by", "Tom", "--note", "two girls of 12 live there",
    )  # fmt: skip
    assert said.code == 0
    now = run("calls", asked, "--format", "json").rows[0]
    assert (now["reason"], now["other_reasons"], now["stage"]) == ("N2", ["M1"], "carer_asked")
    assert now["would_change"] == ["fee", "talk_to_sw"]
    assert now["note"] == "two girls of 12 live there"
    assert "Matching" not in run("calls", asked).err


def test_a_call_back_is_due_on_the_board(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    ran = run("log", "call-back", asked, name, "--at", "16:45", "--format", "json")
    assert ran.row["call_back_at"] == "2026-10-14T15:45:00+00:00"
    assert "call back 16:45" in ran.err
    assert run("referrals", "--format", "json").row["due"][0]["title"] == f"call back {name}"


def test_offers_side_by_side_one_declined_one_placed(run: Run, asked: str) -> None:
    first, second, third = (row["name"] for row in run("calls", asked, "--format", "json").rows[:3])
    for name, fee in ((first, "812"), (second, "900"), (third, "1000")):
        assert run("log", "offer", asked, name, "--fee", fee, "--expires", "tomorrow 12:00").code == 0
    assert run("decline", asked, second, "--reason", "Price", "--note", "too dear").code == 0
    states = {
        row["name"]: (row["state"], row["declined_reason"]) for row in run("offers", asked, "--format", "json").rows
    }
    assert states == {first: ("open", None), second: ("declined", "price"), third: ("open", None)}
    placed = run(
        "place", asked, first, "--start", "tonight 21:00", "--route", "LCR PPA", "--fee", "700/50", "--planned-end", "+3w",
        "--provision", "foster_mainstream", "--others-reason", "distance", "--legal", "C2",
    )  # fmt: skip
    assert placed.code == 0
    assert "Tell" in placed.out
    assert third in placed.out
    (row,) = run("placements", "--format", "json").rows
    assert (row["care_pence"], row["education_pence"], row["route"]) == (70000, 5000, "lcr_ppa")
    assert (row["planned_end_on"], row["type_obtained"]) == ("2026-11-04", "foster")
    assert run("offers", asked, "--format", "json").rows[2]["declined_reason"] == "distance"
    assert "still to tell" in run("log", "told", asked, third).err
    assert len(run("placements", "--all", "--format", "json").rows) == 1


def test_what_was_done_can_be_read_and_taken_back(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    run("log", "refusal", asked, name, "--reason", "M1")
    latest = run("history", "--limit", "1", "--format", "json").row
    assert (latest["command"], latest["noun"], latest["officer"]) == ("log refusal", "approach", "KM")
    assert latest["fields"]["reason"] == "M1"
    assert {"log refusal", "send wave", "log referral"} <= {
        row["command"] for row in run("history", asked, "--limit", "100", "--format", "json").rows
    }
    assert run("history", name, "--format", "json").rows[-1]["noun"] == "home"
    assert run("undo").err == f"Undid: log refusal, {name}\n"
    assert run("redo").err == f"Did again: log refusal, {name}\n"
    assert "redo log refusal" in run("history", "--limit", "1").out
    assert run("verify").code == 0


def test_codes_are_read_without_a_store(run: Run) -> None:
    sets = run("codes", "--format", "json", at=None).rows
    assert {
        "refusals",
        "needs",
        "endings",
        "factors",
        "kinds",
        "grades",
        "routes",
        "declines",
        "changes",
        "stages",
        "legal",
    } <= {row["set"] for row in sets}
    for row in sets:
        assert len(run("codes", row["set"], "--format", "json", at=None).rows) == row["codes"]
    (found,) = run("codes", "refusals", "no", "vacancy", "--format", "json", at=None).rows
    assert found["code"] == "V1"
    ending = next(row for row in run("codes", "endings", "--format", "json", at=None).rows if row["code"] == "CREQB")
    assert ending["class"] == "disrupted"


def test_keys_and_paths(run: Run, store: Path) -> None:
    assert "No: one of the nine commonest reasons" in run("keys", "calls", at=None).out
    paths = {row["what"]: row for row in run("paths", "--format", "json").rows}
    assert paths["store"] == {"what": "store", "path": str(store), "exists": True}
    assert paths["keys"]["path"] == f"{store}.keys"
    assert {"lock", "state", "log"} <= set(paths)


def test_sql_reads_and_only_reads(run: Run, asked: str) -> None:
    assert run("sql", "SELECT count(*) AS n FROM approach", "--format", "json").row == {"n": 6}
    shown = run("sql", "SELECT id FROM home LIMIT 1", "--format", "json").row["id"]
    assert len(shown) == 32
    assert run("history", shown).code == 0
    assert run("sql", "PRAGMA table_info(home)", "--format", "json").rows[0]["name"] == "id"
    for query in (
        "DELETE FROM home", "UPDATE home SET name = ''", "INSERT INTO home DEFAULT VALUES", "DROP TABLE home", "VACUUM INTO 'x'",
        "ATTACH 'x' AS y", "PRAGMA key = 'x'", "PRAGMA query_only = 0", "PRAGMA journal_mode = DELETE", "BEGIN", "REINDEX",
        "CREATE TEMP TABLE t(a)", "SELECT load_extension('x')", "SELECT sqlcipher_export('x')",
    ):  # fmt: skip
        ran = run("sql", query)
        assert (ran.code, "Only reading is allowed" in ran.err) == (1, True), query
    for query in (
        "",
        "SELECT 1; SELECT 2",
        "SELEC 1",
        "SELECT nope FROM home",
        "SELECT * FROM nope",
        "SELECT 'open",
        "-- none",
    ):
        ran = run("sql", query)
        assert (ran.code, ran.err.count("\n")) == (2, 1), query
    assert run("sql", "SELECT count(*) AS n FROM home", "--format", "json").row["n"] == 24


def test_sql_stops_in_time(run: Run) -> None:
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
    ran = run("sql", endless, "--seconds", "0.2")
    assert ran.code == 1
    assert "0.2 seconds" in ran.err


def test_a_demonstration_is_built_and_opens_without_a_passphrase(run: Run, tmp_path: Path) -> None:
    built = run("demo", "--dir", str(tmp_path / "demo"), "--build-only", at=None)
    assert built.code == 0, built.err
    path = Path(built.out.strip())
    assert path.suffix == ".db"
    assert path.exists()
    rows = run("referrals", "--format", "json", at=path).rows
    assert len(rows) > 20
    assert run("verify", at=path).code == 0
    assert run("find", "ifa", "--for", rows[0]["reference"], at=path).code == 0
    again = run("demo", "--dir", str(tmp_path / "demo"), "--build-only", at=None)
    assert again.code == 1
    assert "already" in again.err
