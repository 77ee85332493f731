"""What comes out: tables for people, JSON and CSV for scripts, nobody's text taken for anything but text."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from placement_tui.cli import tables
from placement_tui.cli.output import Column, Output
from tests.cli.conftest import NEAR, Run, spreadsheet

KEYS = {
    "referrals": "reference child wanted urgency needed_by asked awaiting refused no_reply offered last_at last_by due why_now "
    "tonight home_postcode received_at id",
    "homes": "name kind places age_min age_max sexes grade graded_on registered phone weekly_pence provider urn town area tier "
    "route free free_said_at free_said_by asked offered refused lessons suspended conditions restricted id",
    "find": "may_be_asked why_not miles approximate in_area name provider kind grade free free_said_at tier weekly_pence lessons "
    "asked offered refused asked_already warnings law score parts phone town urn id",
    "calls KJ": "name kind miles approximate phone outcome reason other_reasons would_change stage closing call_back_at "
    "asked_at asked_by answered_at answered_by wave note provider tier grade home_id provider_id offer_id referral_id "
    "reference id",
}


@pytest.mark.parametrize("command", KEYS)
def test_the_keys_that_scripts_rely_on(run: Run, asked: str, command: str) -> None:
    rows = run(*command.split(), "--format", "json").rows
    assert rows
    assert list(rows[0]) == KEYS[command].split()
    header = run(*command.split(), "--format", "csv").out.split("\n")[0]
    assert header == ",".join(KEYS[command].split())


def test_times_are_iso_money_is_pence_and_people_see_london(run: Run, asked: str) -> None:
    name = run("calls", asked, "--format", "json").rows[0]["name"]
    run("log", "offer", asked, name, "--fee", "3600/550.50/0", "--start", "tonight 21:00")
    (offer,) = run("offers", asked, "--format", "json").rows
    assert (offer["total_pence"], offer["care_pence"], offer["education_pence"]) == (415050, 360000, 55050)
    assert offer["start_at"] == "2026-10-14T20:00:00+00:00"
    shown = run("offers", asked).out
    assert "£4,150.50" in shown
    assert "today 21:00" in shown


def test_nothing_to_show_is_an_empty_list_and_words(run: Run) -> None:
    assert run("referrals", "--format", "json").out == "[]\n"
    assert run("referrals", "--format", "csv").out.startswith("reference,child,")
    assert "\n\n" not in run("referrals").out
    table = run("referrals")
    assert table.out == ""
    assert "placement referral add" in table.err


NAMES = ["Smith [/b]", "Ó Súilleabháin", "=HYPERLINK(1)", "木の家", "\u202eesuoh", "x" * 190]


def test_names_are_text_and_nothing_else(run: Run, tmp_path: Path) -> None:
    extra = tuple(
        (name, "Fir Tree Care", "IFA", "0151 496 0150", NEAR[0], "0-17", "1", "1", "812", f"90001{number:02d}")
        for number, name in enumerate(NAMES)
    )
    assert run("import", "providers", str(spreadsheet(tmp_path / "names.csv", 0, extra))).code == 0
    shown = run("homes").out
    assert "Smith [/b]" in shown
    assert "Ó Súilleabháin" in shown
    assert "木の家" in shown
    assert "\u202e" not in shown
    rows = run("homes", "--format", "json").rows
    assert {"Smith [/b]", "Ó Súilleabháin", "x" * 190} <= {row["name"] for row in rows}
    read = list(csv.DictReader(io.StringIO(run("homes", "--format", "csv").out)))
    assert "'=HYPERLINK(1)" in {row["name"] for row in read}, "a spreadsheet takes it for text"
    for name in ("Smith [/b]", "O Suilleabhain", "9000100"):
        assert run("show", "home", name).code == 0


def test_ten_thousand_characters_are_kept_and_a_table_stays_readable(run: Run, kj: str) -> None:
    long = "wanders at night " * 588
    assert run("referral", "change", kj, "--why", long).code == 0
    assert run("referrals", "--format", "json").rows[0]["why_now"] == long.strip()
    assert max(map(len, run("referrals").out.split("\n"))) < 400


def test_a_table_fits_its_terminal(run: Run, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (60, 80, 120):
        monkeypatch.setattr(tables, "terminal_width", lambda width=width: width)
        lines = run("calls", asked).out.rstrip("\n").split("\n")
        assert max(map(tables.width_of, lines)) <= width
        assert "House" in lines[1]


def test_wide_letters_keep_the_columns_in_line() -> None:
    layout = tables.layout_of(["Name", "Next"], [False, False], [["木の家", "a"], ["Oak", "b"]])
    assert [tables.width_of(layout.line(row).rstrip("\n")) for row in (["木の家", "a"], ["Oak", "b"])] == [9, 9]
    assert tables.clip("木の家にいる", 6) == "木の…"


def test_a_long_list_streams(capsys: pytest.CaptureFixture[str]) -> None:
    taken = []

    def numbers() -> Iterator[int]:
        for number in range(2000):
            taken.append(number)
            yield number

    Output("table").rows([Column[int]("n", "N", lambda number: number)], numbers())
    assert capsys.readouterr().out.count("\n") == 2001
    assert taken[-1] == 1999


def test_json_says_controls_as_escapes(run: Run, kj: str) -> None:
    shown = run("sql", "SELECT char(27) || char(155) || char(8238) AS x", "--format", "json")
    assert shown.out.isascii()
    assert json.loads(shown.out)[0]["x"] == "\x1b\x9b\u202e"


def test_a_bar_only_on_a_terminal(run: Run, tmp_path: Path) -> None:
    ran = run("import", "providers", str(spreadsheet(tmp_path / "a.csv")))
    assert "[#" not in ran.err
    assert "\r" not in ran.err


def test_options_stand_before_or_after_the_command(run: Run, store: Path) -> None:
    before = run("--format", "json", "officers", at=store)
    after = run("officers", "--format=json", "--store", str(store), at=None)
    assert before.out == after.out
    assert before.row["initials"] == "KM"


def test_writes_give_ids_that_the_next_command_takes(run: Run, kj: str) -> None:
    wave = run("ask", kj, "--nearest", "3", "--format", "json").rows
    said = run("log", "refusal", wave[0]["referral_id"], wave[0]["id"], "--reason", "M1", "--format", "json").row
    assert said["approach_id"] == wave[0]["id"]
    assert said["outcome"] == "refusal"
    assert said["reference"] == kj
    offer = run("log", "offer", kj, wave[1]["home_id"], "--fee", "812", "--format", "json").row
    assert run("accept", kj, offer["offer_id"]).code == 0
    placed = run("place", kj, offer["offer_id"], "--start", "tonight", "--format", "json").row
    ended = run("log", "ending", placed["placement_ids"][0], "--reason", "CREQB", "--format", "json").row
    assert ended["reason_class"] == "disrupted"
    assert ended["ending_id"]
    told = run("log", "told", kj, placed["tell"][0]["id"], "--format", "json").row
    assert told["left"] == len(placed["tell"]) - 1
    assert os.environ.get("PLACEMENT_STORE") is None
