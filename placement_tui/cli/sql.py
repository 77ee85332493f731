"""`placement sql`: one SELECT over the store, reading only."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from placement_tui.cli.here import Here

MOST_SECONDS = 3600.0


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", metavar="SELECT", help="one statement that reads")
    parser.add_argument("--seconds", metavar="N", default="30", help="stop it after so long (30)")


def _run(here: Here, options: argparse.Namespace) -> None:
    answer = here.queries.sql(options.query, _seconds(options.seconds))
    columns = [Column[Any](name, name, _at(at)) for at, name in enumerate(_unlike(answer.columns))]
    here.out.rows(columns, answer.rows, "No rows.", whole=True)


def _at(index: int) -> Callable[[Sequence[Any]], Any]:
    return lambda row: row[index]


def _unlike(names: Sequence[str]) -> list[str]:
    """The columns' names, the second of the same name with a number: JSON holds each key once."""
    made: list[str] = []
    for name in names:
        number, wanted = 2, name or "column"
        while wanted in made:
            wanted = f"{name or 'column'}_{number}"
            number += 1
        made.append(wanted)
    return made


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= MOST_SECONDS:
        raise WrongUse(f"--seconds {text[:20]} is no time to wait", mend=f"give seconds, at most {MOST_SECONDS:g}")
    return seconds


COMMANDS = {
    "sql": Command(
        'placement sql "SELECT reference, state FROM referral ORDER BY received_at DESC LIMIT 10"',
        _options,
        _run,
        "The tables carry the product's words: child, referral, home, provider, approach, offer, placement, ending,\n"
        "lesson; operation (the journal) for who may audit. Ids are shown as they are stored: 32 hex digits. A query over\n"
        "records of children is noted as a look at them.",
    ),
}
