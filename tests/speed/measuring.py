"""The measurements of `make bench`: each gives samples or milliseconds, and prints nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyte

from tests.ptydrive import Sample, Terminal
from tests.speed.steps import BARE, ENV, PROGRAM, QUIET, SEARCHED, Desk, make_demo, shown

COUNTED = ("referral", "approach", "home", "operation")
READS = (
    ("placement --help", ["--help"]),
    ("placement referrals", ["referrals"]),
    ("placement homes", ["homes"]),
    ('placement find "brdgv ifa 20mi"', ["find", "brdgv ifa 20mi"]),
    ('placement sql "SELECT count(*) FROM approach"', ["sql", "SELECT count(*) FROM approach"]),
)


@dataclass(frozen=True)
class DemoStore:
    """A demonstration store, its scale, the seconds that it took to make, and how much is in it."""

    path: Path
    scale: int
    seconds: float
    rows: dict[str, int]


@dataclass
class Results:
    """What was measured on one store: samples by step, seconds by what else was timed, bytes of doing nothing."""

    store: DemoStore
    steps: dict[str, list[Sample]] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    idle_bytes: int = 0
    mouse_bytes: int = 0
    peak_kib: int = 0
    bare_peak_kib: int = 0

    def add(self, name: str, *samples: Sample) -> None:
        """Keep samples of a step."""
        self.steps.setdefault(name, []).extend(samples)

    def time(self, name: str, *seconds: float) -> None:
        """Keep times that have no bytes."""
        self.seconds.setdefault(name, []).extend(seconds)


def store(folder: Path, scale: int) -> DemoStore:
    """Make a demonstration and count what is in it."""
    folder.mkdir(parents=True)
    start = time.perf_counter()
    path = make_demo(folder, scale)
    taken = time.perf_counter() - start
    columns = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in COUNTED)
    said = subprocess.run(
        [*PROGRAM, "--store", str(path), "--format", "csv", "sql", f"SELECT {columns}"],
        check=True, capture_output=True, text=True, env={**os.environ, **ENV},
    ).stdout  # fmt: skip
    titles, values = said.split()
    return DemoStore(path, scale, taken, dict(zip(titles.split(","), map(int, values.split(",")), strict=True)))


def results(demo: DemoStore, rounds: int) -> Results:
    """Everything, on one store."""
    found = Results(demo)
    starts(found, max(5, rounds // 2))
    session(found, rounds)
    searching(found, rounds)
    one_shots(found, max(5, rounds // 2))
    return found


def starts(found: Results, rounds: int) -> None:
    """Starts of the program and of a bare Textual program, in turns."""
    for _ in range(rounds):
        with Terminal(BARE, env=ENV) as term:
            found.add("bare: first paint", Sample(term.wait("ready"), tuple(term.chunks)))
            term.quiet(0.3)
            found.bare_peak_kib = max(found.bare_peak_kib, term.peak_rss_kib())
        with Terminal(BARE, env=ENV) as term:
            term.press("z")
            found.time("bare: a key typed at once", term.wait(typed_in_field))
        with Desk(found.store.path) as desk:
            found.add("first paint", desk.first_paint())
            found.add("referrals on the board", desk.board())
        with Desk(found.store.path) as desk:
            desk.press("?")
            found.time("a key typed at once", desk.wait("closes this"))


def typed_in_field(screen: pyte.Screen) -> bool:
    """True where a z stands in the bare program's field, and not only as the terminal's own echo of it."""
    return "ready" in screen.display[0] and any("z" in line for line in screen.display[1:])


def session(found: Results, rounds: int) -> None:
    """One officer's session, each step again and again; and the keys of a bare field."""
    with Terminal(BARE, env=ENV) as term:
        term.wait("ready")
        term.quiet(0.3)
        typed = ""
        for number in range(rounds):
            typed += str(number % 10)
            found.add("bare: a key in a field", term.measure(typed[-1], typed, QUIET))
    with Desk(found.store.path) as desk:
        desk.board()
        desk.press("g")
        found.idle_bytes, found.mouse_bytes = desk.idle(5), desk.mouse()
        for number in range(rounds):
            found.add("cursor, one line", desk.move("down" if number % 8 < 4 else "up"))
            for name, steps in (("help", desk.help), ("call list", desk.call_list), ("homes", desk.homes)):
                there, back = steps()
                found.add(f"{name}, opened", there)
                found.add(f"{name}, left", back)
        count = min(rounds, 10)
        for _ in range(max(1, rounds // count)):
            saved, undone = desk.refusals(count)
            found.add("a refusal, to 'saved'", *saved)
            found.add("its undoing", *undone)
        found.peak_kib = desk.peak_rss_kib()


def searching(found: Results, rounds: int) -> None:
    """Letters in the search, to the echo and to the last change of the list; and in fzf on the same names."""
    again = max(2, rounds // len(SEARCHED))
    with Desk(found.store.path) as desk:
        desk.board()
        for _ in range(again):
            typed = desk.search()
            found.add("search key, to its echo", *typed)
            found.time("search key, to the last change", *map(last, typed))
            found.time("search, quick fingers: echo", *desk.burst())
    fzf = shutil.which("fzf")
    if fzf is None:
        return
    names = found.store.path.with_name("names")
    said = subprocess.run(
        [*PROGRAM, "--store", str(found.store.path), "--format", "csv", "sql", "SELECT name FROM home"],
        check=True, capture_output=True, text=True, env={**os.environ, **ENV},
    ).stdout  # fmt: skip
    names.write_text(said, encoding="utf-8")
    for _ in range(again):
        with Terminal(["sh", "-c", f"{fzf} < {names}"], env=ENV) as term:
            term.wait(shown(r"^> *$"))
            term.quiet(0.5)
            for end, letter in enumerate(SEARCHED):
                sample = term.measure(letter, shown(rf"^> {SEARCHED[: end + 1]}"), QUIET)
                found.add("fzf: a key, to its echo", sample)
                found.time("fzf: a key, to the last change", last(sample))


def last(sample: Sample) -> float:
    """Seconds until nothing changed any more."""
    return max(sample.seconds, *(at for at, _ in sample.chunks))


def one_shots(found: Results, rounds: int) -> None:
    """Whole runs of the command line, beside an interpreter that does nothing."""
    environment = {**os.environ, **ENV}

    def run(command: list[str]) -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        return time.perf_counter() - start

    for _ in range(rounds):
        found.time("python -c pass", run([PROGRAM[0], "-c", "pass"]))
        for title, words in READS:
            found.time(title, run([*PROGRAM, "--store", str(found.store.path), *words]))


def at(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def middle(samples: Sequence[Sample], of: Callable[[Sample], float]) -> float:
    """The median of something that each sample has."""
    return at([of(sample) for sample in samples], 0.5)
