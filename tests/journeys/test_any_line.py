"""Whatever the line and the window do: no key is lost, nothing wrong stands on the screen, and nothing outlives its terminal."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import pyte
import pytest

pytest.importorskip("termios", reason="a pseudo-terminal")
from placement_tui.bootstrap import open_services
from tests import needs
from tests.journeys.terminals import PATIENCE, PLACEMENT, AnyTerminal, board, board_alone, until

pytestmark = [pytest.mark.pty, pytest.mark.xdist_group("terminals")]
DOWN, LETTERS = "j", "a carer who knows him may take him until friday "
KIB = 1024


def form(term: AnyTerminal) -> None:
    """The eight fields of an emergency, the last of them in front: a long text."""
    term.press("e")
    term.wait("eight fields")
    term.wait("› Child")
    term.press(*["tab"] * 7)
    term.wait("› Why now")


def typed(screen: pyte.Screen) -> str:
    """What shows of the long text: where the cursor is, its end."""
    found = [line[12:].strip() for line in screen.display if line[2:9] == "Why now"]
    return found[0] if found else ""


def drafted(store: Path) -> str:
    """What the store keeps of it."""
    services = open_services(store, "Priya Lal", None)
    try:
        for place, key in [(each[0], each[1]) for each in services.drafts.waiting()]:
            draft = services.drafts.load(place, key)
            if draft is not None:
                return str(draft[0])
        return ""
    finally:
        services.close()


def ended(term: AnyTerminal) -> bool:
    """True once the program is gone."""
    pid, _ = os.waitpid(term.pid, os.WNOHANG)
    if pid:
        term.pid = 0x7FFFFFFF  # nothing is left to kill
    return bool(pid)


def test_every_size_and_every_change_of_it(demo: Path, tmp_path: Path) -> None:
    with AnyTerminal(demo, tmp_path, size=(59, 19)) as term:
        term.wait("Too small: 59x19")
        term.press("e", "x", "ctrl+s")  # would act on what cannot be seen
        term.idle()
        term.resize(60, 20)
        term.wait(board)
        form(term)
        term.press(*"KJ ")
        term.wait("KJ")
        term.resize(200, 60)
        term.wait(lambda screen: "KJ" in typed(screen))
        term.settled()
        term.press(*"was moved ")
        term.idle()
        term.resize(40, 10)
        term.wait("Too small: 40x10")
        term.press(*"zzz")
        term.paste("yyy")
        term.idle()
        for columns, rows in ((1, 1), (3, 2), (20, 5), (59, 60), (200, 19)):
            term.resize(columns, rows)
            term.wait("T")
        term.resize(80, 24)
        term.wait(lambda screen: typed(screen) == "KJ was moved")
        term.settled()
        term.press("escape")
        term.wait(board)
        term.press(":")
        term.wait("letters find records too")
        term.resize(40, 10)  # behind the words, the dialog goes and another comes
        term.wait("Too small")
        term.resize(100, 30)
        term.wait("letters find records too")
        dice = random.Random(9)
        for letter in "referral":
            for _ in range(4):  # thirty in a second, while somebody types
                term.resize(dice.randint(60, 160), dice.randint(20, 50))
                term.quiet(0.03)
            term.press(letter)
        for _ in range(30):  # and some of them too small
            term.resize(dice.randint(1, 160), dice.randint(1, 50))
        term.resize(120, 40)
        term.wait("Do  referral")
        term.settled()
        term.resize(90, 30)
        term.resize(120, 40)  # and back before anybody looked
        term.stream.feed(b"\x1b[2J")  # a terminal that cut its lines
        term.wait("Do  referral")
        term.settled()
        term.press("escape")
        term.wait(board_alone)
        term.leave()


def test_another_size_while_it_still_starts(demo: Path, tmp_path: Path) -> None:
    with AnyTerminal(demo, tmp_path) as term:
        for columns in (100, 61, 59, 140, 90):
            term.resize(columns, 30)
            term.quiet(0.1)
        term.press("j", "j")
        term.wait(lambda screen: board(screen) and screen.display[5].startswith("›"))
        term.settled()
        term.leave()


def test_a_hundred_kilobytes_pasted_anywhere(demo: Path, tmp_path: Path) -> None:
    """With and without brackets around it: into a field, into a search, into a list."""
    with AnyTerminal(demo, tmp_path) as term:
        term.wait(board)
        form(term)
        term.paste("Carer ill at 5. " * 6_400)
        term.wait("102,399 characters")
        pasted = "Carer ill at 5. " * 6_399
        until(lambda: pasted in drafted(demo), "what was pasted is not in its order")
        term.paste("Carer ill at 5. " * 6_400, bracketed=False)
        term.wait("204,799 characters")
        term.press("escape")
        term.wait(board)
        term.press("f")
        term.wait("Homes for")
        term.idle()
        term.press("i")
        term.idle()
        for bracketed in (True, False):
            term.paste("brdgv house " * 8_500, bracketed)
            term.wait("No home passes")
            term.press("ctrl+u")
            term.wait(lambda screen: "No home passes" not in "\n".join(screen.display))
        term.press("escape")
        term.wait(board)
        before = term.text.splitlines()[3:17]
        term.paste("X\rq" * 30_000)
        term.idle()
        assert term.text.splitlines()[3:17] == before  # nobody asked for a command
        term.leave()


@pytest.mark.slow
def test_a_key_held_down_and_a_line_that_stalls_for_ten_seconds(demo: Path, tmp_path: Path) -> None:
    text = (LETTERS * 7)[:300]
    with AnyTerminal(demo, tmp_path) as term:
        term.wait(board)
        form(term)
        term.wait("Why now")
        for letter in text[:150]:
            term.hold(letter, 1)
        term.wait(lambda screen: typed(screen).endswith(text[:150][-20:].strip()))
        held = term.peak_rss_kib()
        # The terminal takes nothing for ten seconds, and hears every key: the draft is kept all the same.
        had = len(term.sent)
        began = time.monotonic()
        for letter in text[150:]:
            term.hold(letter, 1, reading=False)
        for _ in range(3):
            term.hold("ctrl+l", 3, reading=False)  # as much to paint as there can be
        until(lambda: text.strip() in drafted(demo), "while the line stalls the draft is not kept")
        time.sleep(max(0.0, 10 - (time.monotonic() - began)))
        term.wait(lambda screen: typed(screen).endswith(text.strip()[-20:]))
        term.settled()
        assert len(term.sent) - had < 200 * KIB
        assert term.peak_rss_kib() - held < 16 * KIB
        # Stopped outright, as on a machine that sleeps.
        os.kill(term.pid, signal.SIGSTOP)
        term.hold("!", 40, reading=False)
        os.kill(term.pid, signal.SIGCONT)
        term.wait(lambda screen: typed(screen).endswith("!" * 20))
        term.settled()
        until(
            lambda: text.strip() + " " * (len(text) - len(text.rstrip())) + "!" * 40 in drafted(demo), "keys are lost"
        )
        term.press("escape")
        term.wait(board)
        term.press("t")
        term.wait("everybody")
        term.idle()
        term.press("g")
        term.hold(DOWN, 150)
        term.hold("k", 120)
        term.idle()
        term.settled()
        under = next(line for line in term.text.splitlines() if line.startswith("›"))
        term.press("g", *["down"] * 30)
        term.idle()
        assert next(line for line in term.text.splitlines() if line.startswith("›")) == under
        term.leave()


@pytest.mark.parametrize("how", ["the line drops", "it is told to end"])
def test_a_terminal_that_takes_nothing_keeps_no_program(demo: Path, tmp_path: Path, how: str) -> None:
    with AnyTerminal(demo, tmp_path, size=(160, 50)) as term:
        term.wait(board)
        form(term)
        for number in range(60):  # far more than the system keeps for a terminal that does not read
            term.hold("ctrl+l", 1, 60, reading=False)
            term.hold(str(number % 10), 1, 60, reading=False)
        until(lambda: "0123456789" * 6 in drafted(demo), "what is typed is not kept")
        if how == "the line drops":
            os.close(term.fd)
            term.fd = os.open(os.devnull, os.O_RDONLY)
            until(lambda: ended(term), "the program goes on without its terminal")
        else:
            os.kill(term.pid, signal.SIGTERM)
            until(lambda: ended(term), "the program waits for its terminal")
            until(lambda: [term.quiet(0.3), "1049" not in term.modes][1], "the terminal was not given back")
            assert "was ended from outside" in term.text or board not in term.modes
    assert "0123456789" * 6 in drafted(demo)


def test_stopped_by_the_shell_and_brought_back(demo: Path, tmp_path: Path) -> None:
    bash = needs.program("bash")
    argv = [bash, "--norc", "--noprofile", "-i"]
    with AnyTerminal(demo, tmp_path, {"PS1": "ready> "}, argv=argv) as term:
        term.wait("ready>")
        term.press(f"{' '.join(PLACEMENT)} --store {demo}", "enter")
        term.wait(board)
        form(term)
        term.press(*"KJ ")
        term.wait(lambda screen: typed(screen) == "KJ")
        children = Path(f"/proc/{term.pid}/task/{term.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGTSTP)
        term.wait("Stopped")
        term.quiet(0.2)
        assert "1049" not in term.modes
        term.press("echo typed at the shell", "enter")
        term.wait(lambda screen: sum("typed at the shell" in line for line in screen.display) == 2)
        term.resize(100, 30)
        term.press("fg", "enter")
        term.wait(lambda screen: "Why now" in "\n".join(screen.display) and typed(screen) == "KJ")
        term.press(*"is back", "ctrl+s")  # which stops no output: the program took that from the terminal
        term.wait("Child")
        term.press("f1")
        term.wait("closes this")
        term.press("escape", "ctrl+q")
        term.wait("ready> ")
        term.quiet(0.3)
        term.press("echo once more", "enter")
        term.wait(lambda screen: sum("once more" in line for line in screen.display) == 2)
        assert "1049" not in term.modes
        term.press("exit", "enter")
        assert term.exit_code(PATIENCE) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="processes are read from /proc")
def test_a_killed_program_leaves_a_shell_that_can_be_typed_into(demo: Path, tmp_path: Path) -> None:
    bash = needs.program("bash")
    with AnyTerminal(demo, tmp_path, {"PS1": "ready> "}, argv=[bash, "--norc", "--noprofile", "-i"]) as term:
        term.wait("ready>")
        term.press(f"{' '.join(PLACEMENT)} --store {demo}", "enter")
        term.wait(board)
        children = Path(f"/proc/{term.pid}/task/{term.pid}/children").read_text().split()
        os.kill(int(children[0]), signal.SIGKILL)
        term.wait("was ended from outside")
        term.press("echo typed at the shell", "enter")
        term.wait(lambda screen: sum("typed at the shell" in line for line in screen.display) == 2)
        assert not {"1049", "2004", "1004"} & (term.modes - {"2004"})
        term.press("exit", "enter")
        term.exit_code(PATIENCE)
