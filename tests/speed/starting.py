"""Starts, first keys, quitting and coming back, beside a bare Textual program and whatever peers are on the PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pyte

from tests.ptydrive import Sample, Terminal, Until
from tests.speed.measuring import Results
from tests.speed.steps import BARE, BOARD, ENV, PROGRAM, Desk, cursor, shown
from tests.speed.stores import Measured, names

BARE_PAINT, PAINT, BOARD_FILLED = "bare: first paint", "first paint", "referrals on the board"
BARE_EARLY, EARLY = "bare: a key typed at once", "a key typed at once"
LOADING, QUIT, BACK = "cursor, while the rest still loads", "quitting", "back by tmux"
# Programs of others that draw a list of names: what is run on the file of names.
PEERS = {"fzf": ["sh", "-c", "fzf < {names}"], "vd": ["vd", "{names}"], "tl": ["tl", "{names}"]}


def starts(results: Results, rounds: int) -> None:
    """Every program started in turns."""
    file = names(results.stores[0])
    peers = {name: command for name, command in PEERS.items() if shutil.which(name)}
    with file.open(encoding="utf-8") as lines:
        known = lines.readline().strip()
    for _ in range(rounds):
        with Terminal(BARE, env=ENV) as term:
            results.add("bare", BARE_PAINT, Sample(term.wait("ready"), tuple(term.chunks)))
            term.quiet(0.2)
            results.time("bare", "bare: quitting", left(term))
        with Terminal(BARE, env=ENV) as term:
            term.press("z")
            results.time("bare", BARE_EARLY, term.wait(typed_in_field))
        for store in results.stores:
            whole(results, store)
            with Desk(store.path) as desk:
                desk.press("?")
                results.time(store.name, EARLY, desk.wait("closes this"))
        for name, command in peers.items():
            words = [word.format(names=file) for word in command]
            home = {"HOME": str(file.parent), "XDG_CONFIG_HOME": str(file.parent)}  # no settings of anybody's
            try:
                with Terminal(words, env=ENV | home) as term:
                    results.add(name, PAINT, Sample(term.wait(known, 10), tuple(term.chunks)))
            except TimeoutError:
                results.said[f"start of {name}"] = "did not show its list within ten seconds"
    if shutil.which("tmux"):
        for store in results.stores:
            come_back(results, store, rounds)


def whole(results: Results, store: Measured) -> None:
    """One start to its end: the frame, the referrals, keys while the rest loads, the memory of an idle desk, quitting."""
    with Desk(store.path) as desk:
        results.add(store.name, PAINT, desk.first_paint())
        seconds = desk.wait(lambda screen: shown(BOARD.pattern)(screen) and cursor(screen) != "")
        results.add(store.name, BOARD_FILLED, Sample(seconds, tuple(desk.chunks)))
        for number in range(8):
            before = cursor(desk.screen)
            desk.press("down" if number % 4 < 2 else "up")
            results.time(store.name, LOADING, desk.wait(other_line(before)))
        desk.quiet(1)
        kib = desk.peak_rss_kib()
        results.counts[store.name, "idle KiB"] = max(kib, results.counts.get((store.name, "idle KiB"), 0))
        results.time(store.name, QUIT, left(desk))


def other_line(before: str) -> Until:
    """True once the cursor stands on another line than that."""
    return lambda screen: cursor(screen) not in ("", before)


def typed_in_field(screen: pyte.Screen) -> bool:
    """True where a z stands in the bare program's field, and not only as the terminal's own echo of it."""
    return "ready" in screen.display[0] and any("z" in line for line in screen.display[1:])


def left(term: Terminal) -> float:
    """Seconds from Ctrl+Q until the program has let go of the terminal."""
    term.press("ctrl+q")
    while not term.ended:
        if not term.read(time.perf_counter() + 10) and not term.ended:
            raise TimeoutError("the program did not quit")
    return time.perf_counter() - term.mark


def come_back(results: Results, store: Measured, rounds: int) -> None:
    """`tmux attach` to the program that was left running, until its board shows."""
    socket = ["tmux", "-L", f"placement-bench-{os.getpid()}-{store.name}", "-f", os.devnull]
    environment = {**os.environ, **ENV}
    command = [*PROGRAM, "--store", str(store.path)]
    subprocess.run(
        [*socket, "new-session", "-d", "-s", "duty", "-x", "120", "-y", "40", *command], check=True, env=environment
    )
    try:
        attach = [*socket, "attach", "-t", "duty"]
        with Terminal(attach, env={"TMUX": ""}) as term:
            term.wait(shown(BOARD.pattern))
            term.quiet(1)
        for _ in range(rounds):
            with Terminal(attach, env={"TMUX": ""}) as term:
                results.add(store.name, BACK, Sample(term.wait(shown(BOARD.pattern)), tuple(term.chunks)))
    finally:
        subprocess.run([*socket, "kill-server"], check=False, capture_output=True)


def version(name: str) -> str:
    """What a peer calls itself, in a word or two; empty where it is not installed."""
    path = shutil.which(name)
    if path is None:
        return ""
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    lines = (done.stdout or done.stderr).strip().splitlines()
    return f"{Path(path).name} {lines[-1].split(' (')[0].split()[-1]}" if lines else name
