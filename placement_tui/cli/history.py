"""`placement undo`, `redo`, `history`, `verify`."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import whole
from placement_tui.domain.audit import AWAY, command_words
from placement_tui.domain.history import read_head
from placement_tui.domain.identifiers import ANY
from placement_tui.errors import NotFound, StoreDamaged

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import Saved
    from placement_tui.domain.history import Fault, OperationRow

HISTORY: list[Column[OperationRow]] = [
    Column("at", "When"),
    Column("officer", "By"),
    Column("command", "Command", shown=lambda row: command_words(row.command)),
    Column("noun", "What"),
    Column("fields", "Fields", shown=lambda row: _fields(row)),
    Column("sequence"),
    Column("key"),
    Column("intention"),
    Column("undoes"),
    Column("hash"),
    Column("id"),
]

FAULTS: list[Column[Fault]] = [
    Column("device", "Device"),
    Column("sequence", "Operation", right=True),
    Column("what", "What is wrong"),
    Column("noun"),
    Column("key", "Record"),
]


def _fields(row: OperationRow) -> str:
    """What was set, without the ids: those are for machines."""
    if row.fields is None:
        return f"({AWAY if row.away else 'erased'})"
    shown = {name: value for name, value in row.fields.items() if name != "id" and records.as_id(str(value)) is None}
    return ", ".join(
        f"{name} {value if isinstance(value, str) else json.dumps(value)}" for name, value in shown.items()
    )


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def _undo(here: Here, _options: argparse.Namespace) -> None:
    _taken(here, here.services.history.undo())


def _redo(here: Here, _options: argparse.Namespace) -> None:
    _taken(here, here.services.history.redo())


def _taken(here: Here, saved: Saved) -> None:
    here.out.saved(saved.words[:1].upper() + saved.words[1:], {"saved": saved.words, "ids": saved.ids})


def _history_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "about", metavar="REF|NAME", nargs="?", help="of a referral or a home, or of a record's id; else of all"
    )
    parser.add_argument("--limit", metavar="N", help="at most N (50)")


def _history(here: Here, options: argparse.Namespace) -> None:
    limit = whole("limit", options.limit, 50)
    here.out.rows(HISTORY, _changes(here, options.about, limit), "Nothing was changed yet.")


def _changes(here: Here, about: str | None, limit: int) -> list[OperationRow]:
    history = here.services.history
    if about is None:
        return history.latest(limit)
    key = records.as_id(about)
    if key is not None:
        here.services.audit.seen(ANY, key, "history")
        return history.of(key, limit)
    try:
        referral = records.referral(here, about)
        here.services.audit.seen("referral", referral, "history")
        return here.queries.history_of(referral, limit)
    except NotFound as refusal:
        if refusal.detail:
            raise
    return history.of(records.home(here, about).id, limit)


def _verify_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--head", metavar="LINE", help="a line that an earlier run ended with: nothing up to it was changed"
    )


def _verify(here: Here, options: argparse.Namespace) -> None:
    known = read_head(options.head) if options.head else None
    with here.out.progress("verify") as progress:
        found = here.services.history.verify(progress, known)
    chains = "1 chain" if found.devices == 1 else f"{found.devices} chains"
    here.out.rows(FAULTS, found.faults)
    for each in found.said:
        here.out.say(each + ".")
    if found.faults:
        faults = "1 fault" if len(found.faults) == 1 else f"{len(found.faults)} faults"
        raise StoreDamaged(
            f"The journal does not hold: {faults} in {found.operations:,} operations and {found.records:,} records",
            str(here.path),
            "keep the file as it is, and compare it with a backup",
        )
    here.out.say(
        f"The journal holds: {found.operations:,} operations in {chains}, and {found.records:,} records are as it says."
    )
    if found.head is not None:
        here.out.say(f"It ends at {found.head.words}")


COMMANDS = {
    "undo": Command(
        "placement undo",
        _nothing,
        _undo,
        "Your own last change of the last day, of this session or an earlier one. Refused, with the reason, where a\n"
        "colleague changed or built on it since; an erasure cannot be undone.",
    ),
    "redo": Command("placement redo", _nothing, _redo),
    "history": Command(
        'placement history 26-0142 --limit 20\n  placement history "fir lane"', _history_options, _history
    ),
    "verify": Command(
        "placement verify && echo sound",
        _verify_options,
        _verify,
        "Exit code 4 where a fault is found, each named: an operation changed, taken out, moved or put in, a record that is\n"
        "not what its operations say, an end that was cut off. The line that it ends with, written down by somebody else\n"
        "and given back with --head, shows later that nothing before it was changed.",
    ),
}
