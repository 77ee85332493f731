"""The audit, verify, retention, erasing and a request of access from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_who_saw_and_changed_a_referral(run: Run, asked: str) -> None:
    assert run("show", asked).code == 0
    views = run("audit", asked, "--views", "--format", "json").rows
    assert [row["command"] for row in views] == ["view referral"]
    changes = run("audit", asked, "--changes", "--format", "json").rows
    assert {"log referral", "send wave"} <= {row["command"] for row in changes}
    assert "view audit" in {row["command"] for row in run("audit", asked, "--views", "--format", "json").rows}
    assert run("audit", asked, "--views", "--changes").code == 2
    none = run("audit", "--officer", "KM", "--from", "1 oct 2020", "--to", "2 oct 2020")
    assert "Nobody saw or changed anything of that." in none.err
    assert "No officer is called" in run("audit", "--officer", "Nemo").err


def test_verify_ends_with_a_line_that_a_later_run_takes(run: Run, asked: str) -> None:
    said = run("verify")
    assert said.code == 0
    assert "records are as it says" in said.err
    line = said.err.split("It ends at ")[1].split()[0]
    assert run("verify", "--head", line).code == 0
    changed = line[:-1] + ("0" if line[-1] != "0" else "1")
    again = run("verify", "--head", changed)
    assert again.code == 4
    assert "is not the one that stood there" in again.out
    assert run("verify", "--head", "no line").code == 1


def test_a_dry_look_changes_nothing(run: Run, asked: str) -> None:
    rows = run("retention", "--format", "json").rows
    assert {row["kind"] for row in rows} >= {"child", "referral", "approach", "draft"}
    assert run("retention", "--apply").code == 2
    assert "Nothing is over its time." in run("retention", "--apply", "--why", "yearly review").err
    looked = run("erase", "--child", asked)
    assert looked.code == 0
    assert "is open" in looked.out
    refused = run("erase", "--child", asked, "--why", "asked for")
    assert refused.code == 1
    assert "is open" in refused.err


def test_erasing_says_what_went(run: Run, asked: str) -> None:
    assert run("referral", "close", asked, "--reason", "went home").code == 0
    done = run("erase", "--child", asked, "--why", "asked for by the person", "--anonymise")
    assert done.code == 0, done.err
    assert "Made anonymous" in done.err
    assert "copies that were taken to another place" in done.err.casefold()
    assert run("show", asked).code == 1
    assert run("undo").code == 1
    assert run("verify").code == 0


def test_what_is_held_is_written_for_its_owner_alone(run: Run, asked: str, tmp_path: Path) -> None:
    out = tmp_path / "access"
    done = run("export", "child", asked, "--out", str(out))
    assert done.code == 0, done.err
    assert "not encrypted" in done.err
    assert sorted(file.name for file in out.iterdir()) == ["READ FIRST.txt", "record.html", "record.json", "story.html"]
    assert {file.stat().st_mode & 0o777 for file in out.iterdir()} == {0o600}
    assert run("export", "child", asked, "--out", str(out)).code == 1
