"""Where things are: one noun has one file name in every layer, files stay short, and nothing names a place on the net."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests import needs

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "placement_tui"
LONGEST = 360  # lines
LONG = {
    "db/migrations/versions/0001_the_first_tables.py": "written by alembic, never by hand",
    "db/migrations/versions/0003_clocks_sign_off_registers.py": "written by alembic, never by hand",
}
# Modules of `services` that no file of `db/reads` is named after, and why.
OWN_WORDS = {
    "backups": "copies files whole: db/backups",
    "desk": "who works at which store: it holds the session of all the others",
    "drafts": "a draft is read and written by one statement each, in db/changes",
    "feed": "watches the file, reads no rows",
    "history": "reads the journal: db/reads/operations",
    "insight": "asks the file of each view",
    "imports": "what is imported is read as homes and register",
    "laptops": "a copy of the store that becomes another device: db/backups, and reads and changes of meetings",
    "story": "is told from care, placements, endings and lessons",
    "search": "an index over db/reads/homes",
    "watch": "looks at the file, its copies and the clock: db/reads/doctor",
}
SHARED = {"rows": "what every noun's writes share"}  # modules of db/changes that are no noun
# What a package index or a mirror is called; broken up so that this file may stand.
ADDRESSES = re.compile(r"pythonhoste[d]|pyp[i]\.org|npmj[s]\.|deb\.debia[n]|artifactor[y]|/simpl[e]/", re.I)
SHUSHED = re.compile(r"#\s*(?:type: ignore\[[^\]]+\]|noqa: [A-Z0-9, ]+)(?P<why>.*)")


def names(layer: str) -> set[str]:
    """The nouns of a layer: its files, without what is private or only wires."""
    return {file.stem for file in (PACKAGE / layer).glob("*.py") if file.stem != "__init__"}


def noun_of(name: str, among: set[str]) -> str:
    """The noun that a file belongs to: `imports_plan` to imports, where there is such a file; itself otherwise."""
    return max((noun for noun in among if name.startswith(noun + "_")), key=len, default=name)


def tracked() -> list[Path]:
    """Every file that git knows, as it lies here."""
    git = needs.program("git")
    done = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        needs.missing("this is no checkout")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    long = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST and file.relative_to(PACKAGE).as_posix() not in LONG:
            long[file.relative_to(PACKAGE).as_posix()] = lines
    assert long == {}


def test_the_exceptions_are_still_needed() -> None:
    for name in LONG:
        assert len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) > LONGEST, name
    assert set(OWN_WORDS) <= names("services")


def test_a_noun_has_the_same_file_name_in_every_layer() -> None:
    services, reads = names("services"), names("db/reads")
    nouns = {name for name in services if noun_of(name, services) == name}
    assert nouns - reads - set(OWN_WORDS) == set()
    assert names("db/changes") - reads - services == set(SHARED)
    assert {noun_of(name, services) for name in names("commands")} - {"anywhere", "declaring", "forms"} <= services | {
        "board", "calls", "due", "handover", "home", "locked", "market", "returns", "tell",
    }  # fmt: skip


def test_every_package_says_why_it_is_needed_and_is_locked() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.M))
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        line = next(line for line in text.splitlines() if f'"{requirement}"' in line)
        assert re.search(r'",\s+# \w+', line), f"no reason beside {requirement}"
        name = re.split(r"[^A-Za-z0-9-]", requirement)[0].lower()
        assert name in locked, f"{name} is not in constraints.txt"
        assert re.search(r"==|<|>=\d+\.\d+\.\d+|tzdata", requirement), f"{requirement} is open at the top"


def test_every_locked_package_has_hashes() -> None:
    entries = re.split(r"\n(?=[a-z0-9-]+==)", (ROOT / "constraints.txt").read_text(encoding="utf-8"))[1:]
    assert len(entries) > 50
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_file_names_a_package_index_or_somebodys_folder() -> None:
    found = []
    for file in tracked():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a workbook
        found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in ADDRESSES.finditer(text)]
        found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in re.finditer(r"/(?:home|Users)/[a-z]\w+/", text)]
    assert found == []


# Whatever goes wrong is caught in few places only, and each says why beside it.
@pytest.mark.parametrize("words", [r"except Exception\b[^#]*$", r"raise NotImplemente[d]Error", r"pragma: no cove[r]"])
def test_nothing_is_left_hollow(words: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(words, line)
    ]
    assert found == []


def test_a_check_that_is_turned_off_says_why() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for folder in ("placement_tui", "docs")
        for file in sorted((ROOT / folder).rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if (match := SHUSHED.search(line)) and len(re.findall(r"[a-z]{2,}", match["why"])) < 2
    ]
    assert found == []
