"""What stands on the screen, and what is loaded for it, before the store is open: counted, never timed."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pyte
import pytest

pytest.importorskip("termios", reason="a pseudo-terminal")
from placement_tui.bootstrap import open_services
from placement_tui.db import bare
from placement_tui.db.reads import glances
from placement_tui.domain.glance import unpacked
from tests.architecture.programs import HEAVY
from tests.ptydrive import Terminal
from tests.speed.steps import BARE, BOARD, ENV

pytestmark = [pytest.mark.pty, pytest.mark.xdist_group("speed")]

MODULES = 20  # more than a bare Textual program loads, besides our own and the driver's
DRIVER = ("sqlcipher3", "cryptography", "_cffi_backend", "_openssl")
# Of what lies below the screens: the slot file, the connection, one look.
LEAN = {"", ".bare", ".private", ".reads", ".reads.glances", ".slots", ".ways"}
STATEMENTS = 8  # besides those that open the connection
PATIENCE = 30.0


@pytest.fixture
def store(demo_store: Path, tmp_path: Path) -> Path:
    """A demonstration whose board was read before."""
    for name in ("demo.db", "demo.db.keys"):
        shutil.copy(demo_store.with_name(name), tmp_path / name)
    services = open_services(tmp_path / "demo.db")
    services.glances.keep(services.referrals.board(), services.glances.arrived())
    services.close()
    return tmp_path / "demo.db"


def rows(screen: pyte.Screen) -> int:
    """The referrals that the board shows."""
    return sum(re.match(r"[› ] \d\d-\d{4} ", line) is not None for line in screen.display)


def counted(screen: pyte.Screen) -> bool:
    """True where the board's own line of counts stands, and what is shown is of now."""
    return BOARD.search("\n".join(screen.display)) is not None and not any("as of" in line for line in screen.display)


def test_the_last_board_is_painted_before_anything_heavy_is_loaded(store: Path, tmp_path: Path) -> None:
    program, target, go = Path(__file__).with_name("start_program.py"), tmp_path / "modules", tmp_path / "go"
    with Terminal([sys.executable, str(program), str(target), str(store), str(go)], env=ENV) as term:
        term.wait(lambda screen: any(" as of " in line for line in screen.display), PATIENCE)
        assert rows(term.screen) > 10
        term.wait(lambda _: target.exists() and target.stat().st_size > 0, PATIENCE)
        go.touch()
        term.wait(counted, PATIENCE)
        assert rows(term.screen) > 10
    loaded = set(json.loads(target.read_text(encoding="utf-8")))
    assert not loaded & (HEAVY - {"sqlcipher3", "cryptography"})
    ours = {name for name in loaded if name.startswith("placement_tui")}
    assert {name.removeprefix("placement_tui.db") for name in ours if name.startswith("placement_tui.db")} <= LEAN
    assert not {name for name in ours if name.startswith(("placement_tui.services", "placement_tui.bootstrap"))}
    driver = {name for name in loaded if name.split(".")[0] in DRIVER}
    more = loaded - ours - driver - bare_modules(tmp_path)
    assert len(more) <= MODULES, more


def test_looking_for_it_takes_a_few_statements_whatever_the_store_holds(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def connect(*where: object, **how: object) -> object:
        connection = bare.connect(*where, **how)  # type: ignore[arg-type]  # handed on as it came
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(glances, "connect", connect)
    look = glances.Look(store, None)
    found = unpacked(look.board() or b"")
    assert found.tables == look.tables()
    assert found.board.rows
    assert len(asked) <= STATEMENTS, asked
    look.close()


def bare_modules(folder: Path) -> set[str]:
    """What a bare Textual program has loaded once it is painted."""
    target = folder / "bare"
    code = (
        "import json, runpy, sys, atexit\n"
        f"atexit.register(lambda: open({str(target)!r}, 'w').write(json.dumps(sorted(sys.modules))))\n"
        f"runpy.run_path({BARE[1]!r}, run_name='__main__')"
    )
    with Terminal([sys.executable, "-c", code], env=ENV) as term:
        term.wait("ready", PATIENCE)
        term.quiet(0.3)
        term.press("ctrl+q")
        term.exit_code()
    return set(json.loads(target.read_text(encoding="utf-8")))
