"""`placement log warning` and `placement warnings`: signs that a placement may not last."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import code, text_of, whole
from placement_tui.domain.codes.endings import FACTORS, WHO_SAYS, who_says
from placement_tui.errors import NotFound

if TYPE_CHECKING:
    from uuid import UUID

    from placement_tui.cli.here import Here
    from placement_tui.domain.warnings import WarningRow

WARNINGS: list[Column[WarningRow]] = [
    Column("ref", "Warning"),
    Column("child", "Child"),
    Column("identifier", "Identifier"),
    Column("name", "Home"),
    Column("seen_on", "Seen", lambda row: row.new.seen_on),
    Column("age", "Days", right=True),
    Column("factor", "Factor", lambda row: row.new.factor, lambda row: FACTORS.spoken(row.new.factor or "")),
    Column("said_by", "Says", lambda row: row.new.said_by, lambda row: WHO_SAYS.spoken(row.new.said_by)),
    Column("what", "What", lambda row: row.new.what),
    Column("action", "Done about it", lambda row: row.new.action),
    Column("closed_on", "Closed"),
    Column("ended_on", "Placement ended"),
    Column("officer", "Who"),
    Column("logged_at"),
    Column("reference", "Ref"),
    Column("placement_id"),
    Column("child_id"),
    Column("home_id"),
    Column("id"),
]


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("placement", metavar="CHILD", nargs="?", help="only of this child's placement")
    parser.add_argument("--all", action="store_true", help="closed ones and those of ended placements too")
    parser.add_argument("--limit", metavar="N", help="at most N with --all (500)")


def _list(here: Here, options: argparse.Namespace) -> None:
    warnings = here.services.warnings
    if options.placement:
        rows = warnings.of_placement(records.placement(here, options.placement).id)
        rows = rows if options.all else [row for row in rows if row.open]
    else:
        rows = warnings.everything(whole("limit", options.limit, 500)) if options.all else warnings.open()
    here.out.rows(WARNINGS, rows, "No warning is open." if not options.all else "No warning was logged.")


def _log_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "placement", metavar="CHILD",
        help="whose: child identifier or initials, a referral's reference, or the placement's id",
    )  # fmt: skip
    parser.add_argument("what", metavar="WORDS", nargs="*", help="what was seen, in one line as on the screen")
    parser.add_argument("--factor", metavar="CODE", help="of which kind it is (see: codes factors)")
    parser.add_argument("--says", metavar="WHO", help="who says so: carer, child, social worker (see: codes says)")
    parser.add_argument("--seen", metavar="DAY", help="the day on which it was seen (today)")
    parser.add_argument("--action", metavar="WORDS", help="what is done about it")
    parser.add_argument(
        "--which", metavar="WARNING", help="correct or close this one: the first letters of its reference"
    )
    parser.add_argument("--close", action="store_true", help="the sign is over, or was dealt with")


def _log(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.approaches import Saved
    from placement_tui.domain.typed import day
    from placement_tui.domain.warnings import NewWarning, read

    warnings, today = here.services.warnings, here.services.desk.today
    where = records.placement(here, options.placement)
    said = " ".join(options.what)
    known = _which(here, where.id, options.which) if options.which or (options.close and not said) else None
    if known is not None and not said:
        new = known.new
    elif options.factor or options.says or not said:
        new = NewWarning(text_of("what", said), today)
    else:
        new = read(said, today)
    if options.factor:
        new = replace(new, factor=code("factor", options.factor, FACTORS))
    if options.says:
        new = replace(new, said_by=who_says(options.says) or code("says", options.says, WHO_SAYS))
    if options.seen:
        new = replace(new, seen_on=day(options.seen, today, field="seen", past=True))
    if options.action is not None and not (known is not None and options.close):
        new = replace(new, action=text_of("action", options.action))
    if known is None:
        key, saved = warnings.log(where.id, new)
    else:
        key = known.id
        changed = [warnings.change(key, new)] if new != known.new else []
        changed += [warnings.close(key, text_of("action", options.action))] if options.close else []
        saved = changed[-1] if changed else Saved(f"{known.child}: nothing to change", (key,))
    row = warnings.get(key)
    here.out.saved(
        saved.words,
        {"ref": row.ref, "id": key, "placement_id": where.id, "child": row.child, "open": row.open,
         "what": row.new.what, "factor": row.new.factor, "said_by": row.new.said_by, "seen_on": row.new.seen_on},
        row.ref,
    )  # fmt: skip


def _which(here: Here, placement: UUID, said: str | None) -> WarningRow:
    """The warning of a placement that is meant: by its reference, or the only one that is open. Raises NotFound."""
    rows = [row for row in here.services.warnings.of_placement(placement) if row.closed_on is None]
    wanted = (said or "").strip().casefold()
    found = [row for row in rows if not wanted or row.ref.startswith(wanted) or str(row.id) == wanted]
    if len(found) != 1:
        named = "open are " + "; ".join(f"{row.ref} {row.new.what[:40]}" for row in rows[: records.SHOWN])
        raise NotFound(
            "No warning answers to that" if not found else f"That could be {len(found)} warnings", named,
            "name one by --which, with the first letters of its reference",
        )  # fmt: skip
    return found[0]


COMMANDS = {
    "log warning": Command(
        'placement log warning W-10234 "CA3 carer: third call this week, asks for respite; respite booked"\n'
        '  placement log warning W-10234 --which k7m --close --action "calm since the respite"',
        _log_options,
        _log,
        "WORDS may begin with a factor and who says so, and a colon; what is done about it comes after a semicolon. The\n"
        "ending's form has what was logged, and the figures count it as a warning before the end.",
    ),
    "warnings": Command("placement warnings\n  placement warnings W-10234 --all", _list_options, _list),
}
