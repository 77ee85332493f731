"""What `placement doctor` looks at besides the store: this process, its terminal, its language, the keyring."""

from __future__ import annotations

import os
import platform
import shutil
import sys

from placement_tui import __version__
from placement_tui.domain.doctor import BAD, OK, WARN, Check
from placement_tui.errors import PlacementError

LEAST_PYTHON = (3, 11)


def checks() -> list[Check]:
    """Everything that can be looked at without a store."""
    return [_program(), _locale(), *_terminal(), _keyring(), _memory()]


def _program() -> Check:
    system = f"{platform.system()} {platform.release()} {platform.machine()}".strip()
    return Check("program", OK, f"placement {__version__}, Python {platform.python_version()}, {system}")


def _locale() -> Check:
    from placement_tui.terminal import ascii_only, encoding

    if ascii_only():
        return Check(
            "language", WARN, f"the terminal is spoken to in {encoding()}: names lose their accents on the screen",
            "set a UTF-8 locale, for example: export LANG=C.UTF-8 LC_ALL=C.UTF-8",
        )  # fmt: skip
    return Check("language", OK, f"{os.environ.get('LC_ALL') or os.environ.get('LANG') or 'the system’s'}, UTF-8")


def _terminal() -> list[Check]:
    from placement_tui.terminal import LEAST_SIZE, colour_system, colours_wanted

    term = os.environ.get("TERM", "")
    if not sys.stdout.isatty() and not sys.stderr.isatty():
        return [Check("terminal", OK, "this run has none; the command line needs none")]
    if term == "dumb":
        return [Check("terminal", BAD, "TERM is dumb: it cannot place its cursor", "set TERM, for example: export TERM=xterm-256color; the command line works without")]  # fmt: skip
    colours = {"truecolor": "24-bit colours", "256": "256 colours", "standard": "16 colours"}
    found = colours.get(colour_system(term, os.environ.get("COLORTERM", "")), "16 colours")
    if not colours_wanted():
        found = "no colours (NO_COLOR)"
    size = shutil.get_terminal_size()
    named = term or ("TERM is not set" if sys.platform != "win32" else platform.system())
    said = f"{named}, {found}, {size.columns}x{size.lines}"
    if size.columns < LEAST_SIZE[0] or size.lines < LEAST_SIZE[1]:
        return [Check("terminal", WARN, said, f"make the window larger: {LEAST_SIZE[0]}x{LEAST_SIZE[1]} at least, 80x24 is better")]  # fmt: skip
    if named == "TERM is not set":
        return [Check("terminal", WARN, said, "set TERM, for example: export TERM=xterm-256color")]
    return [Check("terminal", OK, said)]


def _keyring() -> Check:
    from placement_tui import keyrings

    if keyrings.over_ssh():
        return Check("keyring", OK, "not used over SSH: the passphrase is asked for")
    try:
        return Check(
            "keyring", OK, f"{keyrings.available()}; it holds nothing unless you ask: placement passwd --remember"
        )
    except PlacementError as error:
        return Check("keyring", OK, f"none that is used: {error.detail}; the passphrase is asked for")


def _memory() -> Check:
    from placement_tui.hardening import harden, protection

    harden()
    found = protection()
    open_to = [
        words
        for words, state in (
            ("a core dump may be written", found.core_dumps),
            ("another program of this account may read its memory", found.memory_closed),
        )
        if state is False
    ]
    if open_to:
        return Check(
            "memory", WARN, "; ".join(open_to), "have the machine's administrator forbid core dumps: ulimit -c 0"
        )
    if found.swap is False:
        return Check(
            "memory", OK, "no core dumps; swap is kept out by the machine alone: it should be encrypted, or off"
        )
    return Check("memory", OK, "no core dumps")
