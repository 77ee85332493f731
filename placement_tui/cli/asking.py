"""What was asked: the options that work everywhere, and the parser of one command."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from placement_tui.cli.registry import ALIASES, ENTRIES, GROUPS, PROGRAM, under
from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here

FORMATS = ("table", "json", "csv")
_MOST_WORDS = 1_000_000  # bytes
_WIDEST = 118  # columns of a page of help
EVERYWHERE = (
    ("--store", "PATH", "the store (else PLACEMENT_STORE, else your own: see `placement paths`)"),
    ("--passphrase-fd", "N", "read the passphrase, one line, from descriptor N"),
    (
        "--words-fd",
        "N",
        "read further words from descriptor N, one a line: names that no list of processes shows",
    ),
    ("--as", "OFFICER", "who you are, by name or initials, where several can open the store"),
    ("--format", "FORMAT", "table, json (a list of objects) or csv (with a header)"),
)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: an example of its use, what it takes, and what it does. `run` gives an exit code, None for 0."""

    example: str
    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Here, argparse.Namespace], int | None]
    more: str = ""


@dataclass(slots=True)
class Asked:
    """A command line taken apart: the options that work everywhere, and the words that are left."""

    store: Path | None = None
    passphrase_fd: int | None = None
    officer: str | None = None
    format: str = "table"
    version: bool = False
    words: list[str] = field(default_factory=list)


def take_apart(arguments: Sequence[str]) -> Asked:
    """The options that work everywhere, wherever they stand; everything after `--` stays. Raises WrongUse."""
    asked = Asked()
    left = list(arguments)
    known = {name for name, _, _ in EVERYWHERE}
    while left:
        word = left.pop(0)
        if word == "--":
            asked.words += [word, *left]
            break
        name, equals, value = word.partition("=")
        if word == "--version":
            asked.version = True
        elif name not in known:
            asked.words.append(word)
        elif not equals and not left:
            raise WrongUse(f"{name} wants a value", mend=f"`{PROGRAM} --help` shows which")
        else:
            _set(asked, name, value if equals else left.pop(0))
    return asked


def check_text(words: Sequence[str]) -> None:
    """Refuse words that are no text: bytes that the terminal's encoding has no letters for. Raises WrongUse."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            near = word.encode("utf-8", "replace").decode()[:40]
            raise WrongUse(
                f"{near!r} is not text", "it holds bytes that no letter has", "type it again in UTF-8"
            ) from None


def _set(asked: Asked, name: str, value: str) -> None:
    if name == "--store":
        if not value:
            raise WrongUse("--store names no file", mend="give the path of the store")
        from placement_tui.paths import typed_store

        asked.store = typed_store(value)
    elif name == "--as":
        asked.officer = value
    elif name == "--format":
        if value not in FORMATS:
            raise WrongUse(f"There is no format {value!r}", mend=f"it is one of {', '.join(FORMATS)}")
        asked.format = value
    elif not (value.isascii() and value.isdigit()):
        what = "the passphrase is" if name == "--passphrase-fd" else "further words are"
        raise WrongUse(f"{name} wants a number", f"it is a descriptor that {what} read from", "for example 3")
    elif name == "--words-fd":
        asked.words += read_words(int(value))
    else:
        asked.passphrase_fd = int(value)


def read_words(descriptor: int) -> list[str]:
    """Words from a descriptor, one a line; or apart by NUL, so that a note may have lines. Raises WrongUse.

    A command line stands in the shell's history and in the list of processes that everybody on the machine can read;
    what comes this way does not.
    """
    try:
        with open(descriptor, "rb", closefd=False) as given:
            data = given.read(_MOST_WORDS + 1)
    except (OSError, OverflowError) as cause:
        raise WrongUse(
            f"Descriptor {descriptor} cannot be read from", getattr(cause, "strerror", "") or "it is not open",
            f"open it for the program, for example: --words-fd {descriptor} {descriptor}<FILE",
        ) from None  # fmt: skip
    if len(data) > _MOST_WORDS:
        raise WrongUse(f"Descriptor {descriptor} holds too many words", f"{_MOST_WORDS:,} bytes can be read")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise WrongUse(f"The words on descriptor {descriptor} are not UTF-8 text", mend="write them in UTF-8") from None
    if "\0" in text:
        return text.removesuffix("\0").split("\0")
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


class Parser(argparse.ArgumentParser):
    """A parser whose refusals are sentences. No option may be cut short: scripts outlive new options."""

    def error(self, message: str) -> NoReturn:
        """Refuse in the program's own way."""
        from placement_tui.domain.typed_text import clean

        said = clean(message)
        raise WrongUse(said[:1].upper() + said[1:], mend=f"`{self.prog} --help` shows how")

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """The options of a command's words. Raises WrongUse."""
        options, left = self.parse_known_args(words)
        if left:  # a query that goes on after an option
            options = self.parse_intermixed_args(words)
        for action in self._actions:
            value = getattr(options, action.dest, None)
            # of `--reason=--` argparse makes an empty list where one text was asked for
            if action.nargs is None and (value == [] or (isinstance(value, list) and [] in value)):
                self.error(f"argument {'/'.join(action.option_strings)}: expected one argument")
        return options


def parser_of(words: str, command: Command) -> Parser:
    """The parser of one command, with the options that work everywhere in its help."""
    text = ENTRIES[words].help
    about = f"{text[0].upper()}{text[1:]}." + (f"\n\n{_in_lines(command.more)}" if command.more else "")
    parser = Parser(
        prog=f"{PROGRAM} {words}",
        description=about,
        epilog=f"for example:\n  {command.example.strip()}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.options(parser)
    everywhere = parser.add_argument_group("everywhere")
    for name, value, what in EVERYWHERE:
        everywhere.add_argument(name, metavar=value, help=what, default=argparse.SUPPRESS)
    return parser


def _in_lines(text: str) -> str:
    """Lines that a terminal of 120 columns need not break."""
    from textwrap import fill

    return "\n".join(line if len(line) <= _WIDEST else fill(line, _WIDEST) for line in text.split("\n"))


def help_page() -> str:
    """The page of `placement --help`."""
    lines = [
        f"usage: {PROGRAM} [COMMAND] [OPTIONS]",
        "",
        "Find homes for children in care. Without a command the terminal program opens.",
    ]
    width = max(len(words) for words in ENTRIES) + 2
    for title, entries in GROUPS:
        lines += ["", f"{title}:", *(f"  {entry.words:{width}}{entry.help}" for entry in entries)]
    lines += ["", "Everywhere, before or after the command:"]
    lines += [f"  {f'{name} {value}':{width + 4}}{what}" for name, value, what in EVERYWHERE]
    lines += [
        f"  {'--version':{width + 4}}the version",
        "",
        "REF is a referral's reference, or a child's identifier or initials; NAME is a home's name (misheard will do)",
        f"or its URN. `{PROGRAM} COMMAND --help` explains one command with an example.",
        "stdout is data, stderr is words. Exit codes: 0 done, 1 not found or refused, 2 wrong use, 3 locked, 4 damaged.",
    ]
    return "\n".join(lines) + "\n"


def unknown(typed: Sequence[str]) -> WrongUse:
    """The refusal of words that call no command, with those that are meant most likely."""
    from difflib import get_close_matches

    second = under(typed[0])
    if second:
        said = (
            f"`{PROGRAM} {typed[0]}` wants one more word" if len(typed) < 2 else f"There is no `{' '.join(typed[:2])}`"
        )
        return WrongUse(said, f"it goes with: {', '.join(second)}", f"`{PROGRAM} --help` explains each")
    near = get_close_matches(" ".join(typed[:2]), [*ENTRIES, *ALIASES], n=2, cutoff=0.5)
    near += [word for word in get_close_matches(typed[0], [*ENTRIES], n=2, cutoff=0.6) if word not in near]
    meant = f"did you mean {' or '.join(near[:2])}?" if near else f"`{PROGRAM} --help` lists them all"
    return WrongUse(f"There is no command {typed[0]!r}", mend=meant)
