"""Markers planted in a child's record, and everywhere that they are then looked for."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pyte

from placement_tui.bootstrap import Services
from placement_tui.domain.referrals import NewChild
from tests import builders
from tests.ptydrive import Screen, Stream, Terminal

# Words that stand nowhere else: where one is found, it came out of the record.
MARKERS = {
    "identifier": "W-77QUOLL31",
    "name": "Ottoline Vexwright",
    "home": "Zephyrine Parsloe, grandmother",
    "why": "Quibblefrost was at the door",
    "tonight": "Flat 9 Wobblesome Terrace",
    "must": "Somewhere without Grumbletoft",
    "avoid": "Never near Snickerdale Road",
    "note": "Told Mxyzptlkine about the Blatherwick matter",
    "worker": "Persimmon Thwaitelock",
    "conditions": "Only with Hobblethwack on nights",
    "search": "zanzibarquux",
    "draft": "Fizzlewump half typed",
    "cli": "Crumblewick on the command line",
}
PASSPHRASE = builders.PASSPHRASE


def planted(services: Services) -> Any:
    """A referral that holds the markers, with a wave of homes asked; its id."""
    child = NewChild(
        "QZXV",
        MARKERS["identifier"],
        name=MARKERS["name"],
        age=14,
        sex="M",
        home_postcode="CH41 5AL",
        needs=("VIOLENCE",),
    )
    key = builders.referral(
        services, child, why_now=MARKERS["why"], tonight=MARKERS["tonight"], must_have=MARKERS["must"],
        avoid=MARKERS["avoid"], note=MARKERS["note"], social_worker=MARKERS["worker"],
    )  # fmt: skip
    services.approaches.ask(key, services.homes.nearest(key))
    return key


class TwoScreens(pyte.HistoryScreen, Screen):
    """A terminal with its history and its alternate screen, both of which stay to be looked at."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines, history=1000, ratio=0.5)
        self.away: dict[str, Any] = {}
        self.alternate = ""
        self.titles: list[str] = []

    def set_mode(self, *modes: int, **named: bool) -> None:
        """1049: the other screen."""
        if named.get("private") and 1049 in modes and not self.away:
            self.away = {"buffer": deepcopy(self.buffer), "cursor": deepcopy(self.cursor)}
            self.buffer.clear()
        super().set_mode(*modes, **named)

    def reset_mode(self, *modes: int, **named: bool) -> None:
        """Back, and the other one is kept as it was left."""
        if named.get("private") and 1049 in modes and self.away:
            self.alternate = self.shown()
            self.buffer = self.away["buffer"]
            self.cursor = self.away["cursor"]
            self.away = {}
        super().reset_mode(*modes, **named)

    def index(self) -> None:
        """The alternate screen has no history."""
        (Screen if self.away else pyte.HistoryScreen).index(self)

    def set_title(self, param: str) -> None:
        """OSC 0 and 2."""
        self.titles.append(param)

    def set_icon_name(self, param: str) -> None:
        """OSC 0 and 1."""
        self.titles.append(param)

    def shown(self) -> str:
        """The screen in front."""
        return "\n".join(self.display)

    def places(self) -> Iterator[tuple[str, str]]:
        """Each place of the terminal where something may have stayed."""
        yield "the screen", self.shown()
        yield "the alternate screen as it was left", self.alternate
        for name, lines in (("history", self.history.top), ("history below", self.history.bottom)):
            yield f"the {name}", "\n".join("".join(row[x].data for x in range(self.columns)) for row in lines)
        yield "the titles", "\n".join(self.titles)


class Watched(Terminal):
    """A program in a terminal that remembers everything it was sent."""

    def __init__(self, argv: list[str], cols: int = 100, rows: int = 30, env: dict[str, str] | None = None) -> None:
        super().__init__(argv, cols, rows, env)
        self.screen: TwoScreens = TwoScreens(cols, rows)  # type: ignore[assignment]  # it is one, with more
        self.stream = Stream(self.screen)
        self.sent = b""

    def read(self, until: float) -> bool:
        """Collect output, and keep it."""
        had = len(self.pending)
        found = super().read(until)
        self.sent += b"".join(data for _, data in self.pending[had:])
        return found


class Account:
    """One person's account on a machine: home, temporary files, state; nothing of anybody else's."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home, self.temporary, self.store = root / "home", root / "tmp", root / "store" / "team.db"
        for folder in (self.home, self.temporary, self.store.parent):
            folder.mkdir(mode=0o700)
        self.shared_before = set(_shared_memory())

    @property
    def env(self) -> dict[str, str]:
        """What the program is started with."""
        return {
            "HOME": str(self.home), "TMPDIR": str(self.temporary), "XDG_STATE_HOME": str(self.home / ".local/state"),
            "XDG_DATA_HOME": str(self.home / ".local/share"), "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_CONFIG_HOME": str(self.home / ".config"), "HISTFILE": str(self.home / ".bash_history"),
            "PYTHONPATH": str(Path(__file__).parents[1]), "CI": "",
        }  # fmt: skip

    @property
    def argv(self) -> list[str]:
        """The program on the account's store."""
        return [sys.executable, "-m", "placement_tui", "--store", str(self.store)]

    def files(self) -> list[Path]:
        """Everything that lies in the account, and what is new in shared memory."""
        mine = [path for path in self.root.rglob("*") if path.is_file() and not path.is_symlink()]
        return mine + sorted(set(_shared_memory()) - self.shared_before)


def _shared_memory() -> Iterator[Path]:
    folder = Path("/dev/shm")
    if folder.is_dir():
        yield from (path for path in folder.rglob("placement-*/*") if path.is_file())


class Search:
    """Looks for markers in bytes, and counts what it looked through."""

    def __init__(self) -> None:
        self.bytes = self.places = 0
        self.found: dict[str, list[str]] = defaultdict(list)

    def look(self, where: str, data: bytes | str) -> None:
        """Look through one place, whatever encoding the text would be in."""
        data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape")
        self.bytes += len(data)
        self.places += 1
        for name, marker in MARKERS.items():
            for word in {marker, *(part for part in marker.split() if len(part) > 9)}:
                if any(word.encode(coding) in data for coding in ("utf-8", "utf-16-le", "utf-32-le")):
                    self.found[where].append(name)

    def found_nothing(self) -> None:
        """Fail where a marker was found; say how much was searched (`pytest -rP` shows it)."""
        print(f"searched {self.places} places, {self.bytes} bytes")
        assert not self.found
        assert self.bytes > 0

    def files(self, paths: list[Path]) -> None:
        """Look through files, and their names."""
        for path in paths:
            self.look(str(path), path.read_bytes())
            self.look(f"the name {path}", str(path))

    def process(self, pid: int) -> None:
        """What everybody may see of a running program: its arguments, its environment, the files that it holds open."""
        folder = Path(f"/proc/{pid}")
        for name in ("cmdline", "environ", "comm"):
            self.look(str(folder / name), (folder / name).read_bytes())
        for entry in (folder / "fd").iterdir():
            target = os.readlink(entry)
            self.look(f"the name of descriptor {entry.name}", target)
            if target.endswith("(deleted)"):
                self.look(f"descriptor {entry.name}", entry.read_bytes())

    def terminal(self, term: Watched) -> None:
        """What stayed on the terminal."""
        for where, text in term.screen.places():
            self.look(where, text)
