"""A duty officer's whole day on the command line, with a real passphrase at every step."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import PASSPHRASE, Ran, Run, spreadsheet


def test_a_whole_day_from_an_empty_folder_to_the_lesson(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "day" / "team.db"

    def do(*words: str) -> Ran:
        ran = run(*words, passphrase=PASSPHRASE, at=path)
        assert ran.code == 0, ran.err
        return ran

    made = do("init", "--authority", "E08000015", "--officer", "Duty Officer", "--authority-name", "Wirral")
    assert made.out.strip() == str(path)
    assert PASSPHRASE not in made.out + made.err
    assert path.read_bytes()[:15] != b"SQLite format 3", "the store is encrypted from the first byte"

    read = do("import", "providers", str(spreadsheet(tmp_path / "market.csv")))
    assert "24 added" in read.err
    assert "0 refused" in read.err
    assert {"Telephone", "number"} <= set(read.out.split()), "the mapping of the columns is shown"
    again = do("import", "providers", str(tmp_path / "market.csv"), "--format", "json").row
    assert (again["unchanged"], again["changed"], again["added"]) == (24, 0, 0), "a second run changes nothing"

    logged = do(
        "log", "referral", "--child", "KJ,14,M,CH41 5AL,W-10234", "--wanted", "foster, residential", "--by", "now",
        "--why", "carer taken ill", "--tonight", "at the office", "--need", "violence, missing",
    )  # fmt: skip
    reference = logged.out.strip()
    assert reference == "26-0001"

    wave = do("ask", reference, "--nearest", "20", "--emergency", "--format", "json").rows
    assert len(wave) == 20
    assert {row["outcome"] for row in wave} == {"awaiting"}
    assert all(row["miles"] is not None and row["miles"] < 2 for row in wave)
    for row in wave[:18]:
        said = do("log", "refusal", "KJ", row["name"], "--reason", "M1,V1", "--change", "fee")
        assert said.err == f"{row['name']}: no matching\n"
    do("log", "no-reply", "KJ", wave[18]["name"])
    offer = do("log", "offer", reference, wave[19]["name"], "--fee", "3600/550/0", "--start", "tonight 21:00")
    assert "£4,150 a week" in offer.err
    (line,) = do("referrals", "--format", "json").rows
    assert (line["asked"], line["refused"], line["no_reply"], line["offered"]) == (20, 18, 1, 1)

    placed = do("place", reference, wave[19]["name"], "--start", "tonight 21:00", "--format", "json").row
    assert placed["state"] == "placed"
    assert len(placed["placement_ids"]) == 1
    assert {(told["who"], told["what"]) for told in placed["tell"]} >= {(wave[18]["name"], "placed elsewhere")}
    assert do("referrals").out == ""

    ended = do(
        "log", "ending", "W-10234", "--on", "today", "--reason", "CREQB", "--factor", "IN2:carer",
        "--factor", "SU1:social worker", "--notice", "0", "--warned", "yes", "--kept", "a break for the carer",
        "--lesson", "settle contact with his brother first", "--lesson-need", "violence",
    )  # fmt: skip
    assert "counts as disrupted" in ended.err

    name = wave[19]["name"]
    (found,) = [row for row in do("find", name, "--format", "json").rows if row["name"] == name]
    assert found["lessons"] == 1, "the next search knows of the lesson"
    assert "settle contact with his brother first" in do("show", "home", name).out
    second = do("referral", "add", "--child", "KJ,14,M,CH41 5AL,W-10234", "--wanted", "foster").out.strip()
    assert "settle contact with his brother first" in do("lessons", "--for", second).out
    assert do("show", second, "--format", "json").row["tried"][0]["refused"] == 18

    counted = "SELECT outcome, count(*) AS n FROM approach GROUP BY outcome ORDER BY outcome"
    assert do("sql", counted, "--format", "json").rows == [
        {"outcome": "offer", "n": 1},
        {"outcome": "refusal", "n": 18},
        {"outcome": "withdrawn", "n": 1},
    ]
    journal = do("sql", "SELECT DISTINCT command FROM operation ORDER BY sequence", "--format", "csv").out.split("\n")
    assert {"log referral", "send wave", "log refusal", "log offer", "start placement", "end placement"} <= set(journal)
    assert "The journal holds" in do("verify").err

    assert do("undo").err.startswith("Undid: log referral")
    assert do("undo").err.startswith("Undid: end placement, KJ 14 M")
    assert len(do("placements", "--format", "json").rows) == 1, "he lives there again"
    assert do("redo").err.startswith("Did again: end placement")
    assert "The journal holds" in do("verify").err
