"""Run the commands of a page and write down what they say: a tutorial that cannot drift from the program.

In a page, a block of `sh` is run line by line in a new folder with a store of its own, at a fixed hour; where a block of
`text` follows it, that is replaced by what the commands said. `<!-- 61 days later -->` lets time pass. A command that
fails makes this fail.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
HERE = Path(__file__).parent
HOUR = datetime(2026, 10, 14, 15, 30, tzinfo=UTC)  # half past four in London, on a Wednesday
PASSPHRASE = "correct horse battery staple"
BLOCKS = re.compile(
    r"<!-- (?P<days>\d+) days later -->|```sh\n(?P<commands>.*?)```\n(?:\n```text\n(?P<said>.*?)```\n)?", re.S
)
VARIES = (
    (re.compile(r"in \d+\.\d s\b"), "in 0.2 s"),
    (re.compile(r"(It ends at )[0-9a-f]{32}:(\d+):[0-9a-f]{64}"), r"\1(device):\2:(hash)"),
)


class Clock:
    """The fixed hour, going on a little at each look, so that what is done in order stays in order."""

    def __init__(self) -> None:
        self.now = HOUR

    def __call__(self) -> datetime:
        """The time."""
        self.now += timedelta(milliseconds=10)
        return self.now


def retold(page: str) -> str:
    """The page with what its commands say now. Raises SystemExit where one of them fails."""
    clock = Clock()

    def block(match: re.Match[str]) -> str:
        if match["days"]:
            clock.now += timedelta(days=int(match["days"]))
            return match[0]
        said = "".join(run(line, clock) for line in commands(match["commands"]))
        if match["said"] is None:
            return match[0]
        return f"```sh\n{match['commands']}```\n\n```text\n{said}```\n"

    with somewhere_new():
        return BLOCKS.sub(block, page)


def commands(block: str) -> Iterator[str]:
    """The lines that call the program; a backslash at the end goes on in the next line."""
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("placement "):
            yield line


def run(line: str, clock: Clock) -> str:
    """Run one command; gives what it said, words and data in the order in which they came."""
    from placement_tui.cli.main import main

    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\n")
    os.close(writing)
    said = io.StringIO()
    arguments = ["--store", "team.db", "--passphrase-fd", str(reading), *shlex.split(line)[1:]]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = main(arguments, clock)
    finally:
        os.close(reading)
    if code:
        raise SystemExit(f"{line}\nended with {code}:\n{said.getvalue()}")
    text = "\n".join(each.rstrip() for each in said.getvalue().splitlines()) + "\n"
    for pattern, instead in VARIES:
        text = pattern.sub(instead, text)
    return text


@contextlib.contextmanager
def somewhere_new() -> Iterator[None]:
    """A new folder to work in, with the files that the pages bring in."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="placement-docs-") as folder:
        shutil.copytree(HERE / "examples", Path(folder) / "docs" / "examples")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)
