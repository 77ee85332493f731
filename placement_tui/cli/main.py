"""One run of the command line: what was asked, its command, its errors as sentences and exit codes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module

from placement_tui.cli.registry import ENTRIES, PROGRAM, words_of
from placement_tui.errors import PlacementError, Refused

STOPPED = 130  # as shells say of what Ctrl+C ended
HELP = ("--help", "-h", "help")


def main(arguments: Sequence[str], clock: Callable[[], datetime] | None = None) -> int:
    """Run one command line; gives its exit code. `clock` stands in for the time of day in tests."""
    _prepare_streams()
    try:
        code = _run(arguments, clock)
        sys.stdout.flush()
        return code
    except PlacementError as error:
        return _say(str(error), error.exit_code)
    except BrokenPipeError:  # whoever reads has seen enough: that is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _say("Stopped: nothing half-done was saved.", STOPPED)
    except OSError as cause:
        where = f" {cause.filename}" if cause.filename else ""
        refusal = Refused(f"The system refused{where}", cause.strerror or "", "nothing half-done was saved")
        return _say(str(refusal), refusal.exit_code)
    except Exception as error:  # whatever it is: a traceback would show what was worked on
        from placement_tui.failures import note, sentence

        return _say(sentence(note(error)), 1)


def _run(arguments: Sequence[str], clock: Callable[[], datetime] | None) -> int:
    from placement_tui.cli.asking import check_text, help_page, parser_of, take_apart, unknown

    asked = take_apart(arguments)
    if asked.version:
        from placement_tui import __version__

        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        return 0
    typed = asked.words
    if not typed:
        from placement_tui.cli.program import open_program

        return open_program(asked)
    words, count = words_of(typed)
    if not words and (typed[0] in HELP or (len(typed) > 1 and typed[1] in HELP)):
        return _help(typed, help_page())
    if not words:
        raise unknown(typed)

    if not words.startswith("import "):  # a file's name may be any bytes
        check_text(typed)
    from placement_tui.cli.here import Here

    gc.disable()  # a short run makes little garbage, and collecting slows the imports by a third
    command = import_module(f"placement_tui.cli.{ENTRIES[words].module}").COMMANDS[words]
    try:
        options = parser_of(words, command).read(typed[count:])
    except SystemExit as shown:  # --help printed the help
        return int(shown.code or 0)
    here = Here(asked, clock)
    try:
        return int(command.run(here, options) or 0)
    finally:
        here.close()
        gc.enable()


def _help(typed: Sequence[str], page: str) -> int:
    """The page of everything, of the commands that begin with a word, or of one command."""
    from placement_tui.cli.registry import under

    rest = [word for word in typed if word not in HELP]
    words, _ = words_of(rest)
    if words:
        return _run([*rest, "--help"], None)
    second = under(rest[0]) if rest else []
    if second:
        from placement_tui.cli.registry import ALIASES

        width = max(len(word) for word in second) + len(rest[0]) + 3
        for word in second:
            full = f"{rest[0]} {word}"
            sys.stdout.write(f"{full:{width}}{ENTRIES[ALIASES.get(full, full)].help}\n")
        return 0
    sys.stdout.write(page)
    return 0


def _say(text: str, code: int) -> int:
    from placement_tui.cli.output import sentences

    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stderr.write(sentences(text) + "\n")
    return code


def _prepare_streams() -> None:
    """UTF-8 where data goes to a file or a pipe; on a terminal its own encoding, what it lacks spelt in ASCII."""
    if sys.stdout is None or sys.stderr is None:  # closed by whoever started the program
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it stands in for a stream until the end
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    if sys.stdout is sys.__stdout__ and sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
        if not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
            return
        from placement_tui.cli.plainly import use_plain_letters
        from placement_tui.terminal import ascii_only

        use_plain_letters(sys.stdout, ascii_only())
        use_plain_letters(sys.stderr, ascii_only())
