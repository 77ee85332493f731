"""`placement backup`, `restore`, `doctor`, `conflicts` and `settle`, as somebody types them."""

from __future__ import annotations

import json
import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from placement_tui.bootstrap import open_services
from placement_tui.cli.main import main
from placement_tui.paths import backups_dir, keys_path
from tests.cli.conftest import NOW, PASSPHRASE, Ran, Run


def test_a_backup_is_made_listed_compared_and_put_back(run: Run, kj: str, store: Path, tmp_path: Path) -> None:
    made = run("backup")
    assert made.code == 0
    assert made.err.startswith("Copied and verified: ")
    path = Path(made.out.strip())
    (listed,) = run("backup", "--list", "--format", "json").rows
    assert (listed["path"], listed["kind"], listed["keys"]) == (str(path), "asked for", True)
    assert "lacks nothing" in run("restore", "latest").err
    run("referral", "add", "--child", "TW,9,F,CH41 5AL,W-2", "--wanted", "foster", "--by", "today")
    compared = run("restore", path.name)
    assert "× log referral." in compared.err
    assert next(line for line in compared.out.splitlines() if line.startswith("referral ")).split() == [
        "referral",
        "1",
        "2",
        "1",
    ]
    target = tmp_path / "again" / "team.db"
    restored = run("restore", "latest", "--into", str(target))
    assert restored.code == 0
    assert "as a device of its own" in restored.err
    assert [row["reference"] for row in run("referrals", "--format", "json", at=target).rows] == [kj]
    assert run("verify", at=target).code == 0
    again = run("restore", "latest", "--into", str(target))
    assert again.code == 1
    assert "nothing is written over" in again.err
    assert run("restore", "latest", "--into", str(store)).code == 1


def test_a_backup_is_put_back_where_the_store_is_lost(run: Run, kj: str, store: Path, tmp_path: Path) -> None:
    run("backup")
    for each in (store, keys_path(store)):
        each.unlink()
    assert f"There is no store at {store}" in run("referrals").err
    target = tmp_path / "again.db"
    found = run("restore", "latest", "--into", str(target))
    assert found.code == 0
    assert "The backup cannot be compared with a store" in found.err
    assert [row["reference"] for row in run("referrals", "--format", "json", at=target).rows] == [kj]


def test_a_backup_is_no_place_to_work_in(run: Run, kj: str, tmp_path: Path) -> None:
    path = Path(run("backup", "--to", str(tmp_path / "stick")).out.strip())
    assert path.parent == tmp_path / "stick"
    before = path.read_bytes()
    refused = run("referral", "close", kj, "--reason", "went home", at=path)
    assert refused.code == 1
    assert "That is a backup" in refused.err
    assert "placement restore" in refused.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [("restore", "nothing"), ("restore", "latest"), ("restore", "/")])
def test_a_backup_that_is_not_there_is_not_found(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.code == 1
    assert "There is no backup" in ran.err


def levels(ran: Ran) -> dict[str, str]:
    """What doctor said of each thing; the worst where it said several."""
    found: dict[str, str] = {}
    for row in ran.rows:
        found[row["name"]] = max(row["level"], found.get(row["name"], ""), key=["", "ok", "warn", "bad"].index)
    return found


def test_a_sound_store_is_called_sound(run: Run, kj: str) -> None:
    run("backup")
    ran = run("doctor", "--full", "--format", "json")
    assert ran.code == 0
    said = levels(ran)
    for name in ("pages", "references", "journal", "clock", "privacy", "writing", "library", "drafts", "backups"):
        assert said[name] == "ok", name
    assert "Nothing is wrong" in run("doctor").err


def test_doctor_names_what_is_wrong_and_how_to_mend_it(run: Run, kj: str, store: Path) -> None:
    ran = run("doctor", "--format", "json")
    assert levels(ran)["backups"] == "warn"
    assert "placement backup" in str(ran.rows)
    store.chmod(0o644)
    ran = run("doctor", "--format", "json")
    assert (ran.code, levels(ran)["privacy"]) == (1, "bad")
    assert "chmod o=" in str(ran.rows)
    store.chmod(0o600)
    with store.open("r+b") as file:
        file.seek(4096 * 20)
        file.write(os.urandom(4096))
    ran = run("doctor", "--full", "--format", "json")
    assert ran.code == 4
    assert "restore" in str([row for row in ran.rows if row["level"] == "bad"])
    os.truncate(store, 0)
    ran = run("doctor", "--format", "json")
    assert (ran.code, levels(ran)["store"]) == (4, "bad")
    store.unlink()
    assert run("doctor").code == 4


def test_doctor_works_on_a_locked_store(store: Path, tmp_path: Path, made_locked: Path, run: Run) -> None:
    ran = run("doctor", "--locked", "--format", "json", at=made_locked)
    assert (ran.code, levels(ran)["keys"]) == (0, "ok")
    ran = run("doctor", "--format", "json", at=made_locked)  # no terminal to ask on
    assert (ran.code, levels(ran)["inside"]) == (0, "warn")
    ran = run("doctor", "--format", "json", at=made_locked, passphrase="not this one at all")
    assert (ran.code, levels(ran)["inside"]) == (1, "bad")
    ran = run("doctor", "--format", "json", at=made_locked, passphrase=PASSPHRASE)
    assert "inside" not in levels(ran)
    assert levels(ran)["pages"] == "ok"
    keys_path(made_locked).write_text("{}")
    assert run("doctor", "--locked", at=made_locked).code == 4


@pytest.fixture
def made_locked(tmp_path: Path, made_team: Path) -> Path:
    """A store that opens with a passphrase, in a folder of its own."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o700)
    for name in ("team.db", "team.db.keys"):
        shutil.copy(made_team.parent / name, folder / name)
        (folder / name).chmod(0o600)
    return folder / "team.db"


def test_a_clock_that_stood_a_year_ahead_is_flagged(store: Path, capsys: pytest.CaptureFixture[str], run: Run) -> None:
    words = [
        "--store",
        str(store),
        "referral",
        "add",
        "--child",
        "KJ,14,M,CH41 5AL",
        "--wanted",
        "foster",
        "--by",
        "today",
    ]
    assert main(words, lambda: NOW + timedelta(days=365)) == 0
    ran = run("doctor", "--format", "json")
    assert (ran.code, levels(ran)["clock"]) == (1, "bad")
    (clock,) = [row for row in ran.rows if row["name"] == "clock"]
    assert "14 Oct 2026" in clock["said"]
    assert "14 Oct 2027" in clock["said"]


def test_two_values_are_listed_and_settled(run: Run, kj: str, store: Path) -> None:
    assert run("conflicts").err == "No field has two values.\n"
    services = open_services(store, clock=lambda: NOW)
    referral, seen = services.referrals.resolve(kj), services.conflicts.seen()
    services.referrals.amend(referral, {"tonight": "With an aunt"})
    services.referrals.amend(referral, {"tonight": "In a taxi"}, seen=seen)
    services.close()
    (row,) = run("conflicts", "--format", "json").rows
    assert (row["about"], row["field"]) == (f"{kj} KJ 14 M", "tonight")
    assert [value.split(": ")[1] for value in row["values"]] == ["‘With an aunt’", "‘In a taxi’"]
    assert run("settle", kj, "tonight", "--keep", "XX").code == 1
    assert run("settle", kj, "wanted", "--keep", "KM").code == 1
    assert "KM said both" in run("settle", kj, "tonight", "--keep", "km").err
    assert "‘With an aunt’" in run("settle", kj, "tonight", "--keep", "with an aunt").err
    assert json.loads(run("conflicts", "--format", "json").out) == []


def test_a_backup_without_its_key_file_is_marked(run: Run, store: Path) -> None:
    path = Path(run("backup").out.strip())
    keys_path(path).unlink()
    assert "its key file is missing" in run("backup", "--list").out
    assert levels(run("doctor", "--format", "json"))["backups"] == "warn"
    assert "no key file" in run("restore", "latest").err
    assert backups_dir(store).is_dir()
