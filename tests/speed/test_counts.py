"""What goes over the wire and what is loaded, counted in a real pseudo-terminal. Counts are held, times are reported.

The limits leave room beside what is measured (docs/performance.md), not for a second repaint: a whole screen painted
for one key costs seven thousand bytes and more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import pytest

pytest.importorskip("termios", reason="a pseudo-terminal")
from tests.architecture.programs import HEAVY
from tests.ptydrive import Sample, Terminal
from tests.speed.steps import BARE, BOARD, ENV, Desk, shown

pytestmark = [pytest.mark.pty, pytest.mark.xdist_group("speed")]

FIRST_PAINT, FULL_BOARD = 10_000, 13_000  # bytes at 120x40 in 24-bit colour
CURSOR, SEARCH_KEY, DIALOG, SCREEN, REFUSAL = 1_400, 3_000, 6_000, 11_000, 3_000
MODULES = 12  # more than a bare Textual program loads, besides our own


@pytest.fixture(scope="module")
def desk(demo_store: Path) -> Iterator[Desk]:
    """The program at its duty board; each test leaves it there."""
    with Desk(demo_store) as desk:
        desk.board()
        yield desk


def most(samples: Sequence[Sample]) -> int:
    """The most bytes of any."""
    return max(sample.size for sample in samples)


def pieces(samples: Sequence[Sample]) -> int:
    """The most writes of any."""
    return max(len(sample.chunks) for sample in samples)


def test_the_board_is_painted_once(demo_store: Path) -> None:
    with Desk(demo_store) as desk:
        assert desk.first_paint().size <= FIRST_PAINT
        assert desk.board().size <= FULL_BOARD


def test_doing_nothing_costs_nothing(desk: Desk) -> None:
    assert desk.idle(2) == 0
    assert desk.mouse() == 0


def test_the_cursor_repaints_what_it_leaves_and_where_it_goes(desk: Desk) -> None:
    desk.press("g")
    desk.quiet()
    moves = [desk.move("down") for _ in range(8)]
    assert most(moves) <= CURSOR
    assert pieces(moves) <= 3


def test_a_key_in_the_search_repaints_the_lines_that_change(desk: Desk) -> None:
    first, *more = desk.search()
    assert first.size <= SCREEN  # another list
    assert median(sample.size for sample in more) <= SEARCH_KEY
    assert pieces([first, *more]) <= 6


def test_a_dialog_and_a_place_cost_what_they_show(desk: Desk) -> None:
    assert most(desk.help()) <= DIALOG
    assert most(desk.call_list()) <= SCREEN
    assert most(desk.homes()) <= SCREEN


def test_a_refusal_is_one_key_and_its_undoing_one_more(desk: Desk) -> None:
    saved, undone = desk.refusals(3)
    assert most(saved) <= REFUSAL
    assert most(undone) <= REFUSAL


def test_nothing_heavy_is_loaded_before_the_first_frame(demo_store: Path, tmp_path: Path) -> None:
    program = Path(__file__).with_name("modules_program.py")
    target = tmp_path / "modules"
    with Terminal([sys.executable, str(program), str(target), str(demo_store)], env=ENV) as term:
        term.wait(shown(BOARD.pattern))
    loaded = json.loads(target.read_text(encoding="utf-8"))
    assert not set(loaded) & HEAVY
    ours = {name for name in loaded if name.startswith("placement_tui")}
    assert not {name for name in ours if name.startswith(("placement_tui.db", "placement_tui.services"))}
    more = set(loaded) - ours - bare_modules(tmp_path)
    assert len(more) <= MODULES, more


def bare_modules(folder: Path) -> set[str]:
    """What a bare Textual program has loaded once it is painted."""
    target = folder / "bare"
    code = (
        "import json, runpy, sys, atexit\n"
        f"atexit.register(lambda: open({str(target)!r}, 'w').write(json.dumps(sorted(sys.modules))))\n"
        f"runpy.run_path({BARE[1]!r}, run_name='__main__')"
    )
    with Terminal([sys.executable, "-c", code], env=ENV) as term:
        term.wait("ready")
        term.quiet(0.3)
        term.press("ctrl+q")
        term.exit_code()
    return set(json.loads(target.read_text(encoding="utf-8")))
