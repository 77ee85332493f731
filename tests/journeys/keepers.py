"""What keeps the program while nobody is attached: a tmux server or a GNU screen of one test's own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.terminals import PLACEMENT, ROOT, AnyTerminal
from tests.needs import program

_TMUX = "set -g default-terminal tmux-256color\nset -g focus-events on\nset -g status off\nset -g escape-time 10\n"
_SCREEN = "startup_message off\ndefutf8 on\nvbell off\naltscreen on\n"


@dataclass(frozen=True)
class Keeper:
    """How to attach, which makes the session the first time; and how to ask it something."""

    attach: tuple[str, ...]
    ask: tuple[str, ...]
    end: tuple[str, ...]
    env: Mapping[str, str]
    home: Path
    store: Path

    def attached(self, size: tuple[int, int] = (80, 24)) -> AnyTerminal:
        """A terminal attached to it."""
        return AnyTerminal(self.store, self.home, self.env, size, argv=self.attach)

    def says(self, *words: str) -> str:
        """What it answers."""
        env = {**os.environ, **self.env}
        return subprocess.run([*self.ask, *words], env=env, capture_output=True, text=True, check=True).stdout.strip()


def _environment(home: Path, store: Path) -> dict[str, str]:
    return {
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(home), "XDG_STATE_HOME": str(home), "SHELL": "/bin/sh",
        "PYTHONPATH": str(ROOT), "PLACEMENT_STORE": str(store),
    }  # fmt: skip


@contextmanager
def tmux(home: Path, store: Path) -> Iterator[Keeper]:
    """As the how-to says: `tmux new -A -s duty placement`."""
    found, settings = program("tmux"), home / "tmux.conf"
    settings.write_text(_TMUX)
    server = (found, "-S", str(home / "socket"), "-f", str(settings))
    own = (*PLACEMENT, "--store", str(store))
    yield from _kept(
        Keeper(
            (*server, "new", "-A", "-s", "duty", *own),
            server,
            (*server, "kill-server"),
            _environment(home, store),
            home,
            store,
        )
    )


@contextmanager
def screen(home: Path, store: Path) -> Iterator[Keeper]:
    """GNU screen, for machines that have no tmux: `screen -D -RR -S duty placement`."""
    found, settings, folder = program("screen"), home / "screenrc", home / "screens"
    settings.write_text(_SCREEN)
    folder.mkdir(mode=0o700, exist_ok=True)
    session = (found, "-c", str(settings), "-U")
    own = (*PLACEMENT, "--store", str(store))
    env = {**_environment(home, store), "SCREENDIR": str(folder)}
    ask = (found, "-S", "duty", "-Q")
    yield from _kept(
        Keeper((*session, "-D", "-RR", "-S", "duty", *own), ask, (found, "-S", "duty", "-X", "quit"), env, home, store)
    )


def _kept(keeper: Keeper) -> Iterator[Keeper]:
    try:
        yield keeper
    finally:
        subprocess.run(keeper.end, env={**os.environ, **keeper.env}, capture_output=True, check=False)
