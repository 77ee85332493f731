"""A store to work at, and the command line as a call: `run("referrals")` gives its exit code, data and words."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import make_store
from placement_tui.cli.main import main
from placement_tui.db import slots

PASSPHRASE = "correct horse battery staple"
NOW = datetime(2026, 10, 14, 15, 30, tzinfo=UTC)  # a Wednesday, half past four in London
NEAR = ("CH41 5AA", "CH41 5AD", "CH41 5AE", "CH41 5AG", "CH41 5AH", "CH41 5AJ", "CH41 5AL", "CH41 5AN")
HEADER = ("Name", "Agency", "Type", "Telephone", "Postcode", "Ages", "Places", "Tier", "Weekly fee", "URN")
TREES = ("Alder", "Beech", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple")


@dataclass(frozen=True)
class Ran:
    """What one run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The data, where JSON was asked for."""
        found = json.loads(self.out)
        assert isinstance(found, list)
        return found

    @property
    def row(self) -> dict[str, Any]:
        """The one object of the data."""
        (found,) = self.rows
        return found


Run = Callable[..., Ran]


def spreadsheet(path: Path, count: int = 24, extra: tuple[tuple[str, ...], ...] = ()) -> Path:
    """A team's list of agency fostering households near Birkenhead, with made-up names, phones and URNs."""
    rows = [
        (
            f"{TREES[number % 12]} {'House' if number < 12 else 'Lodge'}",
            "Fir Tree Care" if number % 2 else "Ó Súilleabháin Fostering",
            "IFA",
            f"0151 496 0{100 + number}",
            NEAR[number % len(NEAR)],
            "0-17",
            "3",
            "1",
            "812",
            f"90000{number:02d}",
        )
        for number in range(count)
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows, *extra])
    return path


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of 24 homes that opens without a passphrase, made once."""
    folder = tmp_path_factory.mktemp("master")
    path = folder / "team.db"
    services = make_store(path, "E08000015", "Karen Moss", PASSPHRASE, clock=lambda: NOW)
    services.imports.providers(spreadsheet(folder / "homes.csv"))
    key, officer = services.desk.store.data_key, services.desk.officer.id
    services.close()
    slots.write(path, key, officer, (), demo=True)
    return folder


@pytest.fixture
def store(master: Path, tmp_path: Path) -> Path:
    """A copy of that store of this test's own."""
    for each in master.iterdir():
        shutil.copy2(each, tmp_path / each.name)
    return tmp_path / "team.db"


@pytest.fixture
def run(store: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the store of this test; `passphrase=` is given on a descriptor, `store=` names another."""

    def running(*words: str, passphrase: str | None = None, at: Path | None = store) -> Ran:
        arguments = list(words)
        if at is not None:
            arguments = ["--store", str(at), *arguments]
        capsys.readouterr()
        if passphrase is None:
            code = main(arguments, lambda: NOW)
        else:
            reading, writing = os.pipe()
            try:
                os.write(writing, (passphrase + "\n").encode())
                code = main([*arguments, "--passphrase-fd", str(reading)], lambda: NOW)
            finally:
                os.close(reading)
                os.close(writing)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return running


@pytest.fixture
def kj(run: Run) -> str:
    """The reference of an emergency referral: KJ, a boy of 14 at CH41."""
    return run(
        "referral", "add", "--child", "KJ,14,M,CH41 5AL,W-10234", "--wanted", "foster", "--by", "tonight"
    ).out.strip()


@pytest.fixture
def asked(run: Run, kj: str) -> str:
    """The same, with the six nearest homes asked."""
    assert run("ask", kj, "--nearest", "6").code == 0
    return kj
