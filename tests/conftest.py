"""Settings of the whole suite."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import textual._wait
from hypothesis import settings

from placement_tui.bootstrap import Services
from placement_tui.db import slots, ways
from tests import builders, engines

# What a screen would be told by the terminal it is tested on; a developer's own settings change no test.
for name in ("NO_COLOR", "COLORTERM", "PLACEMENT_ASCII", "PLACEMENT_DRIVER", "TEXTUAL_THEME"):
    os.environ.pop(name, None)
os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"
os.environ["PLACEMENT_ASCII"] = "0"
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="placement-state-")  # nothing of a developer's own is touched
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)
for name in ("SSH_CONNECTION", "SSH_TTY"):
    os.environ.pop(name, None)

# Textual waits 20 ms for each key to settle; 2 ms are enough, and the suite is four times as fast. The names are
# private: tests/widgets/test_speed_settings.py says so when they go.
textual._wait.SLEEP_GRANULARITY = 0.002
textual._wait.SLEEP_IDLE = 0.0015

# A passphrase of a test's own store costs a fortieth of a second instead of a quarter: tests make and open thousands. What a
# guess really costs is tested at its full cost (tests/db/test_ways.py, tests/speed/test_unlock.py).
slots.MEMORY_KIB, slots.PASSES = ways.FLOOR_KIB, 1

settings.register_profile("placement", deadline=None)  # two shared cores: a slow second is no failure
settings.load_profile("placement")


# Tests against the clock of a machine that others use too: what a person sees, how a real terminal or a server answers.
AGAINST_THE_CLOCK = ("snapshots", "screens", "widgets", "journeys", "speed")
ON_SERVERS = "test_servers.py"
TRIES_MORE = int(os.environ.get("PLACEMENT_TEST_TRIES_MORE", "2"))  # none, to look for what is not sure


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that waits for a screen is tried again where it fails; the summary counts it as rerun."""
    for item in items:
        waits = item.path.parent.name in AGAINST_THE_CLOCK or item.path.name == ON_SERVERS
        if waits or item.get_closest_marker("pty") or engines.on_server():
            item.add_marker(pytest.mark.flaky(reruns=TRIES_MORE, reruns_delay=1))
    if engines.on_server():
        for item in items:
            if item.get_closest_marker("file_store"):
                item.add_marker(pytest.mark.skip(reason="about a store in a file"))


@pytest.fixture
def full_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slots are made at the cost that officers pay."""
    for name in ("memory_kib", "passes", "lanes"):
        monkeypatch.setattr(slots, name.upper(), slots.Slot.__dataclass_fields__[name].default)


@pytest.fixture(scope="session")
def made_team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A team's store with homes and nobody in it, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("team") / "team.db"
    services = builders.team(path)
    builders.homes(services)
    services.close()
    return path


@pytest.fixture
def clock() -> builders.Clock:
    """Sunday 18 October 2026, 14:00 UTC (15:00 in London), until the test moves it."""
    return builders.Clock(datetime(2026, 10, 18, 14, 0, tzinfo=UTC))


@pytest.fixture
def store_path(made_team: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the team's store, this test's own."""
    path = engines.copied(made_team, tmp_path / made_team.name)
    yield path
    engines.dropped(path)


@pytest.fixture
def services(store_path: Path) -> Iterator[Services]:
    """The open store of a team with 25 homes."""
    opened = builders.opened(store_path)
    yield opened
    opened.close()


@pytest.fixture
def timed(store_path: Path, clock: builders.Clock) -> Iterator[Services]:
    """The same, at a time that the test sets."""
    opened = builders.opened(store_path, clock)
    yield opened
    opened.close()
