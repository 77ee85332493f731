"""A whole day in a real terminal: from an empty store to a placement that ended, and what the next search knows of it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests import builders
from tests.ptydrive import Terminal
from tests.services import market_files as market

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "ofsted" / "provider_at_march_2025.csv"
POSTCODES = [
    "CH41 5AL",
    "CH42 0LQ",
    "CH43 5RE",
    "CH44 5UF",
    "CH45 4JG",
    "CH46 8TA",
    "CH47 2EG",
    "CH49 5PE",
    "CH60 0AJ",
    "CH61 9PE",
    "CH62 1AB",
    "CH63 3HX",
]
SURNAMES = [
    "Ashby",
    "Barlow",
    "Crane",
    "Dale",
    "Ellery",
    "Farrow",
    "Garnet",
    "Hollis",
    "Ives",
    "Jessop",
    "Kirby",
    "Lomax",
    "Marsh",
    "Nuttall",
    "Orrell",
    "Parr",
    "Quill",
    "Rigby",
    "Sykes",
    "Tarn",
    "Upton",
    "Vance",
    "Wray",
    "Yates",
]
PLACEMENT = [sys.executable, "-m", "placement_tui"]


def run(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line, with the passphrase on a descriptor."""
    read, write = os.pipe()
    os.write(write, (builders.PASSPHRASE + "\n").encode())
    os.close(write)
    try:
        return subprocess.run(
            [*PLACEMENT, "--store", str(store), "--passphrase-fd", str(read), *arguments],
            capture_output=True, text=True, pass_fds=(read,), timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(read)


def carers(folder: Path) -> Path:
    """The council's own foster carers, as a team keeps them: a merged title, then headers of its own."""
    path = folder / "our carers.csv"
    with path.open("w", newline="", encoding="cp1252") as out:
        sheet = csv.writer(out)
        sheet.writerow(["Wirral fostering – carers as of Monday"])
        sheet.writerow(["Carer", "Type", "Post code", "Tel no", "Ages", "Places", "Weekly fee"])
        for number, name in enumerate(SURNAMES):
            sheet.writerow(
                [
                    f"{name} family",
                    "own foster carer",
                    POSTCODES[number % len(POSTCODES)],
                    f"0151 496 02{number:02d}",
                    "0-17",
                    2,
                    "£412.50",
                ]
            )
    return path


def fictional(folder: Path) -> Path:
    """A register of agencies in the official layout of 2025."""
    rows = [market.agency(2025, f"90{n:05d}", f"{name} Fostering", Postcode=POSTCODES[n % len(POSTCODES)], grade="Good", on=date(2025, 1, 14))
            for n, name in enumerate(builders.NAMES)]  # fmt: skip
    return market.register(folder, 2025, *rows)


def sql(store: Path, query: str) -> list[dict[str, object]]:
    """Rows of a query, read-only."""
    done = run(store, "sql", query, "--format", "json")
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


def step(term: Terminal, keys: str | tuple[str, ...], *sees: str) -> None:
    """Press, and wait for words."""
    term.press(*(keys if isinstance(keys, tuple) else (keys,)))
    for words in sees:
        term.wait(words)


@pytest.mark.pty
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("real", [False, True], ids=["fictional register", "the real register of 2025"])
def test_the_whole_day(tmp_path: Path, real: bool) -> None:
    if real and not REAL.is_file():
        pytest.skip("the public register is not beside the project")
    store = tmp_path / "store" / "team.db"
    assert run(store, "init", "--authority", builders.WIRRAL, "--officer", "Duty Officer").returncode == 0
    imported = run(store, "import", "ofsted", str(REAL if real else fictional(tmp_path)))
    assert imported.returncode == 0, imported.stderr
    listed = run(store, "import", "providers", str(carers(tmp_path)))
    assert listed.returncode == 0, listed.stdout + listed.stderr
    homes = sql(store, "select kind, count(*) as n from home group by kind")
    assert {"kind": "inhouse", "n": len(SURNAMES)} in homes

    with Terminal([*PLACEMENT, "--store", str(store)], 80, 24, {"HOME": str(tmp_path), "CI": ""}) as term:
        term.wait("Passphrase")
        step(term, (builders.PASSPHRASE, "enter"), "No referral is open")
        term.press("e")
        term.wait("eight fields")
        for typed in ("KJ W-10234", "14", "m", "CH41 5AL", "at the office", "", "", "carer taken ill"):
            term.press(*(part for part in (typed, "enter") if part))
            term.quiet(0.05)
        term.wait("logged")
        step(term, "a", "marked")
        step(term, "w", "20 asked  20 waiting")
        for number in range(18):
            step(term, "123456789"[number % 9], f"20 asked  {19 - number} waiting")
        step(term, "-", "no reply. u undoes")
        step(term, "o", "Enter saves")
        step(term, ("812/0/50", "enter"), "offer, £862 a week")
        step(term, "=", "to year end", "£862")
        step(term, "1", "Accept the offer")
        step(term, "a", "offer accepted")
        step(term, "enter", "Starts")
        step(term, "ctrl+s", "still to tell", "placed with")
        step(term, "enter", "told")
        step(term, "p", "Placements", "KJ 14 M")
        step(term, "e", "leaves")
        step(term, ("enter", "CREQB", "enter"), "disrupted")
        step(term, ("IN2 carer, SU1 sw", "enter", "0", "enter"), "IN2")
        for field in ("yes", "two calls in November", "no", "a name to ring after 22:00"):
            term.press(*field, "tab")
            term.quiet(0.05)
        term.press(*"goes to his brother in L20; ring there first")
        term.press("ctrl+s", "f7")  # gone before it is saved: what ends behind must not disturb what is in front
        term.wait("Duty board")
        term.press("e")
        term.wait("eight fields")
        for typed in ("KJ W-10234", "14", "m", "CH41 5AL", "at the office", "", "", "home broke down"):
            term.press(*(part for part in (typed, "enter") if part))
            term.quiet(0.05)
        term.wait("logged")
        term.wait("goes to his brother in L20; ring there first")
        step(term, ("/", *SURNAMES[0]), SURNAMES[0])
        term.press("ctrl+q")
        assert term.exit_code() == 0

    outcomes = {
        row["outcome"]: row["n"] for row in sql(store, "select outcome, count(*) as n from approach group by outcome")
    }
    assert outcomes == {"refusal": 18, "offer": 1, "withdrawn": 1}
    assert sql(store, "select closing from approach where outcome = 'withdrawn'") == [{"closing": "PE"}]
    assert sql(store, "select reason, reason_class, notice_days from ending") == [
        {"reason": "CREQB", "reason_class": "disrupted", "notice_days": 0}
    ]
    assert [row["code"] for row in sql(store, "select code from factor order by main desc, code")] == ["IN2", "SU1"]
    assert sql(store, "select lesson from lesson")[0]["lesson"] == "goes to his brother in L20; ring there first"
    assert sql(
        store, "select care_pence, education_pence, health_pence, type_wanted, type_obtained from placement"
    ) == [
        {
            "care_pence": 81200,
            "education_pence": 0,
            "health_pence": 5000,
            "type_wanted": "foster",
            "type_obtained": "foster",
        }
    ]
    commands = {
        row["command"]: row["n"]
        for row in sql(store, "select command, count(distinct intention) as n from operation group by command")
    }
    for command, times in (
        ("log refusal", 18),
        ("log no reply", 1),
        ("log offer", 1),
        ("accept offer", 1),
        ("start placement", 1),
        ("end placement", 1),
        ("log referral", 2),
    ):
        assert commands[command] == times, command
    home = sql(store, "select h.urn, h.name from lesson l join home h on h.id = l.home_id")[0]
    shown = run(store, "show", "home", str(home["urn"] or home["name"]))
    assert "brother in L20" in shown.stdout, shown.stdout + shown.stderr
    assert run(store, "verify").returncode == 0
