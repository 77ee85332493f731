"""`placement doctor`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.doctor import BAD, OK, WARN, Check, exit_code
from placement_tui.domain.typed_text import drawn
from placement_tui.errors import Locked, PlacementError, StoreDamaged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from placement_tui.cli.here import Here

CHECKS: list[Column[Check]] = [
    Column("level", ""),
    Column("name", "What"),
    Column("said", "Found"),
    Column("mend", "What to do"),
    Column("damage"),
]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--full", action="store_true", help="read every page, every row and the whole journal")
    parser.add_argument("--locked", action="store_true", help="only what can be looked at without a passphrase")


def _run(here: Here, options: argparse.Namespace) -> int:
    found = list(_checks(here, full=options.full, locked=options.locked))
    if here.out.shape == "table":
        _lines(here, found)
    else:
        here.out.rows(CHECKS, found)
    return exit_code(found)


def _checks(here: Here, *, full: bool, locked: bool) -> Iterator[Check]:
    from placement_tui import surroundings
    from placement_tui.services import doctor

    yield from surroundings.checks()
    yield from doctor.outside(here.path, here.clock() if here.clock else datetime.now(UTC))
    if not here.path.is_file():
        return
    if locked:
        yield Check("inside", OK, "not looked at, as asked")
        return
    try:
        yield from doctor.inside(here.services.desk, full=full)
    except Locked as error:
        tried = here.asked.passphrase_fd is not None
        yield Check("inside", BAD if tried else WARN, f"not looked at: {error.title}", error.mend)
    except PlacementError as error:
        damaged = isinstance(error, StoreDamaged)
        yield Check("inside", BAD, ": ".join(part for part in (error.title, error.detail) if part), error.mend, damaged)


def _lines(here: Here, found: list[Check]) -> None:
    width = max(len(check.name) for check in found)
    for check in found:
        here.out.data.write(f"{check.level:4}  {check.name:{width}}  {drawn(check.said)}\n")
        if check.mend and check.level != OK:
            here.out.data.write(f"{'':4}  {'':{width}}  -> {drawn(check.mend)}\n")
    bad, warned = (sum(check.level == level for check in found) for level in (BAD, WARN))
    here.out.say(
        "All is well." if not bad + warned
        else f"{bad or 'Nothing'} {'is' if bad < 2 else 'are'} wrong, {warned or 'nothing'} to look at."
    )  # fmt: skip


COMMANDS = {
    "doctor": Command(
        "placement doctor\n  placement doctor --full --format json", _options, _run,
        "Exit code 0 where nothing is wrong (a warning is not), 1 where something is, 4 where the store is damaged. Works "
        "on a locked store for what can be looked at from outside.",
    ),
}  # fmt: skip
