"""A restricted address is planted, and then looked for in everything that any command says: to a viewer, and in files."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import is_zipfile

import pytest

from placement_tui.bootstrap import open_services
from placement_tui.cli.registry import ENTRIES
from placement_tui.db import slots
from placement_tui.db.changes import rows
from placement_tui.db.changes import settings as officers
from placement_tui.db.tables import Placement
from placement_tui.domain.identifiers import new_id
from tests import builders
from tests.cli.conftest import NOW, Run
from tests.exchange import written_lists as lists

STREET, TOWN, POSTCODE = "7 Zyxmarker Street", "Zyxtown", "CH62 7DY"
MARKERS = ("zyxmarker", "zyxtown", "ch62 7dy", "ch627dy", "334620", "381819")
URN = "SC900777"
VIEWER = "Vera Quill"
# What changes the store at large, or the machine, and tells nothing of homes; a laptop has the whole store, sealed.
_NOT_RUN = {"undo", "redo", "erase", "restore", "demo", "init", "rotate", "passwd", "lock", "recovery", "import la",
            "import postcodes", "import ofsted", "import providers", "completion"}  # fmt: skip
_STATUTORY = {"export ssda903"}  # its PL_POST is asked for by law
SQL = [
    "SELECT * FROM home",
    "SELECT * FROM main.home",
    "SELECT address, town, postcode, easting FROM main.home AS h",
    "SELECT group_concat(address || town || postcode) FROM home",
    "WITH h AS (SELECT * FROM main.home) SELECT * FROM h",
    "SELECT * FROM placement",
    "SELECT * FROM main.placement",
    "SELECT * FROM operation",
    "SELECT * FROM main.operation",
    "SELECT json_extract(fields, '$.address') FROM main.operation",
    "SELECT name FROM home WHERE address LIKE '%Zyx%'",
]


@pytest.fixture
def planted(store: Path, tmp_path: Path) -> Path:
    """The store with a home of a restricted address, a child who lives there, one more who may, and a viewer."""
    services = open_services(store, None, None, lambda: NOW)
    bad = lists.home(urn=URN, street=STREET, town=TOWN, postcode=POSTCODE, name="Willow Rise")
    assert services.imports.ofsted(lists.combined(tmp_path, bad)).added == 1
    home = services.homes.resolve(URN).id
    placement = builders.placed(services)
    with services.desk.write("place") as session:
        rows.change(session, Placement, placement, {"home_id": home, "postcode": POSTCODE})
    waiting = builders.referral(services, builders.child("AB", "W-20", home_postcode="CH41 5AN"))
    services.approaches.ask(waiting, [home])
    with services.desk.write("add viewer") as session:
        officers.add_officer(session, new_id(), VIEWER, "viewer")
    services.close()
    return store


def leaks(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker in text.casefold()]


def every_command(folder: Path) -> list[tuple[str, ...]]:
    """Every command of the program with everything that might be its words; most are wrong use of most."""
    spoken = ["26-0001", "W-10234", "Willow Rise"]
    found: list[tuple[str, ...]] = []
    for number, words in enumerate(ENTRIES):
        if words in _NOT_RUN | _STATUTORY or words == "sql" or ENTRIES[words].module == "laptops":
            continue
        found.append(tuple(words.split()))
        found += [(*words.split(), said) for said in spoken]
        if words == "show":
            found += [("show", "home", URN), ("show", "placement", "KJ"), ("show", "26-0001")]
        if words == "find":
            found += [("find", "willow", "--for", "26-0002"), ("find", "Zyx"), ("find", "all")]
        if words.startswith(("export", "report", "handover", "profile", "story")):
            for said in ("", spoken[1]):
                for end in ("", ".csv", ".xlsx", ".html"):
                    both = (*words.split(), *filter(None, [said]))
                    target = str(folder / f"out{number}{len(found)}{end}")
                    found += [(*both, target), (*both, "--out", target)]
    return found


def written(folder: Path) -> str:
    """Everything in the files of a folder, unpacked where they are workbooks."""
    said = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".xlsx" and is_zipfile(path):
            shutil.unpack_archive(path, path.with_suffix(".d"), "zip")
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            said.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(said)


def test_the_officer_sees_it_on_the_screen(run: Run, planted: Path) -> None:
    assert planted
    shown = run("show", "home", URN)
    assert STREET in shown.out
    assert POSTCODE in shown.out
    assert run("find", "Zyxtown all").out.count("Willow Rise") == 1


@pytest.mark.slow
def test_no_command_says_it_to_a_viewer(run: Run, planted: Path, tmp_path: Path) -> None:
    assert planted
    folder = tmp_path / "out"
    folder.mkdir()
    for words in every_command(folder):
        ran = run("--as", VIEWER, "--format", "json", *words)
        assert not leaks(ran.out + ran.err), words
    assert not leaks(written(folder))


@pytest.mark.slow
def test_no_command_writes_it_into_a_file_for_an_officer(run: Run, planted: Path, tmp_path: Path) -> None:
    assert planted
    folder = tmp_path / "out"
    folder.mkdir()
    for words in every_command(folder):
        ran = run("--format", "csv", *words)
        assert not leaks(ran.out), words
    assert any(folder.iterdir())  # something was written, or the test would say nothing
    assert not leaks(written(folder))


@pytest.mark.parametrize("query", SQL)
def test_no_query_reads_it_for_anybody(run: Run, planted: Path, query: str) -> None:
    assert planted
    for who in ((), ("--as", VIEWER)):
        for shape in ("table", "csv"):
            ran = run(*who, "--format", shape, "sql", query)
            assert not leaks(ran.out + ran.err), (who, query)


def test_a_query_reads_public_addresses_and_counts_every_home(run: Run, planted: Path) -> None:
    assert planted
    shown = run(
        "--format", "json", "sql", "SELECT count(*) AS n, count(postcode) AS p, sum(restricted) AS r FROM home"
    ).row
    assert shown["r"] == 1
    assert shown["p"] == shown["n"] - 1


def test_a_request_of_access_says_that_it_is_restricted(run: Run, planted: Path, tmp_path: Path) -> None:
    assert planted
    folder = tmp_path / "record"
    assert run("export", "child", "W-10234", "--out", str(folder)).code == 0, run("export", "child", "--help").out
    said = written(folder)
    assert not leaks(said)
    assert "address restricted" in said


def test_a_viewer_sees_how_far_it_is_to_the_mile(run: Run, planted: Path) -> None:
    assert planted
    exact = run("--format", "json", "find", "willow", "--for", "26-0002").row
    coarse = run("--as", VIEWER, "--format", "json", "find", "willow", "--for", "26-0002").row
    assert exact["miles"] == 4.5
    assert not exact["approximate"]
    assert coarse["miles"] in (4.0, 5.0)
    assert coarse["approximate"]
    assert slots.read(planted).demo
