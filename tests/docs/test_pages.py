"""What the pages say is there: links, pictures, commands, keys, files, targets of make."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from placement_tui import __version__, commands
from placement_tui.cli.asking import parser_of, take_apart
from placement_tui.cli.registry import ENTRIES, words_of
from placement_tui.domain.query import parse
from placement_tui.errors import WrongUse

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
IDS = [str(page.relative_to(ROOT)) for page in PAGES]
FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^ *```", re.S | re.M)
# Keys of every list and every form, which are no commands.
OTHERS = {"Tab", "Enter", "Up", "Down", "Left", "Right", "Backspace", "Space", "Esc", "j", "k", "g", "G"}


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def blocks(page: Path) -> Iterator[str]:
    """The lines of its blocks of code that are typed, each whole; what commands said is left out."""
    for _, language, text in FENCED.findall(page.read_text(encoding="utf-8")):
        if language != "text":
            yield from text.replace("\\\n", " ").splitlines()


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as a reader on the web gets them."""
    found = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in found}


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if link.startswith("https://"):
            continue
        where, _, anchor = link.partition("#")
        target = (page.parent / where).resolve() if where else page
        if not target.is_file() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_the_commands_of_a_page_can_be_typed(page: Path) -> None:
    inline = re.findall(r"`(placement [^`]+)`", prose(page))
    for line in [*blocks(page), *inline]:
        line = re.sub(r"^\s*|\s+(?:3?<|>|&&|\|).*$", "", line)
        if not line.startswith("placement ") or line.startswith("placement placement"):
            continue
        try:
            typed = take_apart(shlex.split(line)[1:]).words
            if not typed or typed[0].startswith("--") or (words := words_of(typed))[0] == "":
                assert not typed or typed[0] in ("--help",), f"there is no command {line!r}"
                continue
            command = import_module(f"placement_tui.cli.{ENTRIES[words[0]].module}").COMMANDS[words[0]]
            if line in inline and len(typed) == words[1]:
                continue  # the name of a command, not a use of it
            parser_of(words[0], command).read(typed[words[1] :])
        except (WrongUse, argparse.ArgumentError) as error:
            pytest.fail(f"{line!r}: {error}")


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_the_keys_of_a_page_are_keys(page: Path) -> None:
    known = OTHERS | {
        commands.key_words(key)
        for command in commands.ALL
        for key in (*command.keys, *(key for _, key in command.local))
    }
    assert set(re.findall(r"<kbd>(.+?)</kbd>", prose(page))) - known == set()


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_the_files_and_targets_that_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:placement_tui|tests|docs)/[^`*\s]*)`", prose(page))
    assert [name for name in named if not (ROOT / name).exists()] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    typed = [line for line in blocks(page) if line.startswith("make ")]
    for said in re.findall(r"`make ([a-z]+)`", text) + [line.split()[1] for line in typed]:
        assert said in targets, f"make {said}"


def test_the_pages_that_are_written_from_the_program_are_current() -> None:
    command = [sys.executable, str(ROOT / "docs/reference.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tokens_that_the_page_of_the_search_shows_are_understood() -> None:
    page = (ROOT / "docs/explanation/search.md").read_text(encoding="utf-8")
    table = page.split("| you type |")[1].split("\n\n")[0]
    tokens = [token for line in table.splitlines()[2:] for token in re.findall(r"`([^`]+)`", line.split("|")[1])]
    assert len(tokens) > 20
    for token in tokens:
        query = parse(token)
        assert (query.words, query.problems) == ((), ()), token


def test_the_readme_begins_with_what_a_newcomer_types() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:15]
    assert any(line.startswith("make demo") for line in lines)
    assert any(line.startswith("make test") for line in lines)


def test_the_changes_begin_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+?),", text, re.M)[0] == __version__


@pytest.mark.parametrize("picture", sorted((ROOT / "docs/images").glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_is_of_the_demonstration_and_asks_nobody_else_for_anything(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert "DEMO" in text
    assert "@font-face" not in text
    assert "url(http" not in text
    assert any(picture.name in page.read_text(encoding="utf-8") for page in PAGES), "no page shows it"
