"""What has to be known of the terminal, and set, before Textual is imported."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping
from functools import lru_cache
from typing import TYPE_CHECKING

from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from textual.driver import Driver

# Textual would write every key and every message into a file or to another program, picture the screen, run other code.
_TELLTALE = (
    "TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_DRIVER", "TEXTUAL_PRESS", "TEXTUAL_SHOW_RETURN",
    "TEXTUAL_SCREENSHOT", "TEXTUAL_SCREENSHOT_LOCATION", "TEXTUAL_SCREENSHOT_FILENAME",
)  # fmt: skip
UTF8 = ("utf-8", "utf8")
LEAST_SIZE = (60, 20)  # columns, rows: below this a screen says so instead of drawing


def prepare_environment(environ: MutableMapping[str, str] | None = None) -> None:
    """Set what Textual reads when it is imported; what the user has set stays, unless it would keep what is typed.

    One repaint a key instead of one a sixtieth of a second, Escape told from a sequence in 25 ms, no animations, and
    only as many colours as the terminal says it has. Raises WrongUse for a terminal that cannot place its cursor.
    """
    environ = os.environ if environ is None else environ
    term = environ.get("TERM", "")
    if term == "dumb":
        raise WrongUse(
            "This terminal cannot place its cursor",
            "TERM is dumb",
            "Use the same work from the command line: placement --help",
        )
    for name in _TELLTALE:
        environ.pop(name, None)
    environ.setdefault("TEXTUAL_FPS", "1000")
    environ.setdefault("ESCDELAY", "25")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    if "TEXTUAL_COLOR_SYSTEM" not in environ and sys.platform != "win32":
        environ["TEXTUAL_COLOR_SYSTEM"] = colour_system(term, environ.get("COLORTERM", ""))


def colour_system(term: str, colorterm: str) -> str:
    """How many colours the terminal says it has: `truecolor`, `256` or `standard` (16).

    An unknown terminal gets 16: Rich would send it 24-bit colours.
    """
    if colorterm.strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    if term.endswith(("-direct", "-truecolor")):
        return "truecolor"
    return "256" if "256color" in term or term.startswith(("xterm-kitty", "alacritty", "foot")) else "standard"


def colours_wanted(environ: Mapping[str, str] | None = None) -> bool:
    """False where NO_COLOR says that no colour may be sent (no-color.org: any value but an empty one)."""
    return not (os.environ if environ is None else environ).get("NO_COLOR")


def encoding(environ: Mapping[str, str] | None = None) -> str:
    """The encoding that the terminal's user asked for, in lower case; `ascii` where the locale is C or POSIX.

    Python 3.11 speaks UTF-8 in a C locale whatever the terminal is; plain ASCII shows right on all of them.
    """
    environ = os.environ if environ is None else environ
    forced = environ.get("PLACEMENT_ASCII", "")
    if forced:
        return "utf-8" if forced == "0" else "ascii"
    if sys.platform == "win32":
        return "utf-8"
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "C"
    if locale in ("C", "POSIX") or (locale == "C.UTF-8" and environ.get("LANG", "C") in ("", "C", "POSIX")):
        return "ascii"  # an interpreter in the C locale sets LC_CTYPE=C.UTF-8 itself
    stream = sys.__stderr__  # Textual draws on it
    spoken = ((stream.encoding if stream else None) or "ascii").lower().replace("_", "-")
    if spoken in UTF8 and not _reads_utf8(locale):
        return "ascii"  # where that locale is not installed, Python speaks UTF-8 all the same
    return spoken


def _reads_utf8(locale: str) -> bool:
    """Whether a locale's name leaves UTF-8 open: `en_GB.UTF-8`; of `en_GB` only who asked for UTF-8 knows."""
    _, _, charset = locale.partition("@")[0].partition(".")
    return charset.lower().replace("_", "-") in UTF8 if charset else not sys.flags.utf8_mode


@lru_cache(maxsize=1)
def ascii_only() -> bool:
    """True where lines, marks and arrows have to be ASCII."""
    return encoding() not in UTF8


def driver_class() -> type[Driver] | None:
    """The driver that writes only changed cells; None means Textual's own (Windows, or PLACEMENT_DRIVER=stock)."""
    if os.environ.get("PLACEMENT_DRIVER", "") == "stock":
        return None
    try:
        import termios  # noqa: F401 - its absence is the question
    except ImportError:
        return None
    from placement_tui.driver import DiffDriver

    return DiffDriver
