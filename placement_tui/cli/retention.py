"""`placement retention` and `erase`: what is over its time, and taking it out; `export child`: what is held of a child."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.typed_text import shown
from placement_tui.errors import NotFound, WrongUse
from placement_tui.paths import typed_path

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.retention import Due, Erased, Going, Way

DUE: list[Column[Due]] = [
    Column("kind", "", lambda row: row.schedule.kind),
    Column("title", "What", lambda row: row.schedule.title),
    Column("years", "Kept", shown=lambda row: _kept(row)),
    Column("after", "", lambda row: row.schedule.after),
    Column("held", "Held", right=True),
    Column("due", "Over", right=True),
    Column("oldest", "Oldest"),
    Column("unknown", "No date", right=True, shown=lambda row: str(row.unknown or "")),
    Column("way", "Then", lambda row: row.schedule.way if row.years is not None else "kept"),
    Column("law", "Why", lambda row: row.schedule.law),
]

GOING: list[Column[Going]] = [
    Column("who", "Of", shown=lambda row: ", ".join(row.who)),
    Column("records", "Records", shown=lambda row: _records(row)),
    Column("operations", "Changes in the journal", shown=lambda row: f"{row.operations:,}"),
    Column("drafts", "Drafts"),
    Column("mentions", "Other records that name them"),
    Column("shared", "Kept, of others as well"),
    Column("open", "But"),
    Column("early", "Too early", shown=lambda row: row.early),
]


def _kept(row: Due) -> str:
    if row.years is None:
        return "as long as the journal"
    span = f"{row.years:g} year{'' if row.years == 1 else 's'}" if row.years >= 1 else f"{row.years * 12:.0f} months"
    return f"{span} from {row.schedule.after}"


def _records(row: Going) -> str:
    named = sorted(row.records.items(), key=lambda each: (-each[1], each[0]))
    return f"{row.total:,}: " + ", ".join(f"{count:,} {noun.replace('_', ' ')}" for noun, count in named)


def _retention_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help="do what the schedules say with all that is over its time")
    parser.add_argument("--why", metavar="WORDS", help="the reason; it is kept for good, and names nobody")
    parser.add_argument("--finish", action="store_true", help="clean the files again where a reader was in the way")


def _retention(here: Here, options: argparse.Namespace) -> None:
    service = here.services.retention
    if options.finish:
        _tell(here, [service.finish()])
    elif options.apply:
        if not options.why:
            raise WrongUse("--apply wants its reason", mend='for example --why "yearly review"')
        done = service.apply(options.why)
        if not done:
            here.out.say("Nothing is over its time.")
        _tell(here, done)
    else:
        rows = service.due()
        here.out.rows(DUE, rows)
        if any(row.due for row in rows):
            here.out.say(
                'Nothing was changed. `placement retention --apply --why "..."` takes out what is over its time.'
            )


def _erase_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--child", metavar="CHILD", action="append", required=True,
                        help="by the council's identifier, or by a record's id; again for a brother or sister")  # fmt: skip
    parser.add_argument(
        "--why", metavar="WORDS", help="the reason; without it, what would go is shown and nothing is done"
    )
    parser.add_argument(
        "--anonymise", action="store_true", help="leave codes, ages and durations, which statistics need"
    )


def _erase(here: Here, options: argparse.Namespace) -> None:
    children = [child_of(here, said) for said in options.child]
    service = here.services.retention
    if not options.why:
        going = service.going(children)
        here.out.fields(GOING, going)
        if not going.open and here.out.shape == "table":
            here.out.say('Nothing was changed. Give --why "..." to erase it; that cannot be undone.')
        return
    way: Way = "anonymise" if options.anonymise else "erase"
    _tell(here, [service.erase(children, options.why, way)])


def _tell(here: Here, done: list[Erased]) -> None:
    for each in done:
        data = {
            "words": each.words, "way": each.way, "records": each.records, "operations": each.operations,
            "drafts": each.drafts, "mentions": each.mentions, "backup": each.backup, "removed": each.removed,
        }  # fmt: skip
        here.out.saved(each.words, data)
    for left in dict.fromkeys(left for each in done for left in each.left):
        here.out.say(left[:1].upper() + left[1:] + ".")
    removed = [path for each in done for path in each.removed]
    if removed:
        backup = next((each.backup for each in done if each.backup), None)
        instead = f", and a new one was made: {backup.name}" if backup else ""
        here.out.say(f"{len(removed)} older backup{'s' if len(removed) > 1 else ''} removed{instead}.")


def child_of(here: Here, said: str) -> UUID:
    """The child that is meant: by id, by the council's identifier, or the one child of a referral. Raises NotFound."""
    key = records.as_id(said)
    if key is not None:
        return key
    found = here.queries.child_of(said)
    if found is not None:
        return found
    row = here.services.referrals.get(records.referral(here, said))
    if len(row.children) != 1:
        names = ", ".join(each.identifier or each.initials for each in row.children)
        raise NotFound(f"{shown(said)} is of {len(row.children)} children", names, "give the identifier of one")
    return row.children[0].id


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("child", metavar="CHILD", help="by the council's identifier, a referral's reference, or an id")
    parser.add_argument("--out", metavar="DIR", required=True, help="a new folder for the files")


def _export(here: Here, options: argparse.Namespace) -> None:
    found = here.services.retention.access(child_of(here, options.child), typed_path(options.out))
    data = {"folder": found.folder, "files": found.files, "records": found.records, "marked": found.marked}
    here.out.saved(found.words, data)


COMMANDS = {
    "retention": Command(
        'placement retention\n  placement retention --apply --why "yearly review"',
        _retention_options,
        _retention,
        "A dry look unless --apply is given. Each time is a setting of the council's (`placement settings keep`).\n"
        "Children who live in a home or wait for one are left, whatever their age.",
    ),
    "erase": Command(
        'placement erase --child W-10234\n  placement erase --child W-10234 --why "asked for by the person, 12 October"',
        _erase_options,
        _erase,
        "Values go from the records, the journal, drafts, free pages and the log; the journal's hashes stay and verify.\n"
        "The store's own backups are replaced by a new, verified one. It cannot be undone.",
    ),
    "export child": Command(
        "placement export child W-10234 --out ./W-10234",
        _export_options,
        _export,
        "What is held about one child, for a request of access (UK GDPR, article 15): a page to read and the same as JSON.\n"
        "What is of others is marked, to be looked through before it is handed over. The files are yours alone (0600).",
    ),
}
