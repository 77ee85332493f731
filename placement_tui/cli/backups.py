"""`placement backup` and `placement restore`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.doctor import size_words
from placement_tui.errors import PlacementError, WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.backups import BackupRow, Comparison, Last, TableRow

BACKUPS: list[Column[BackupRow]] = [
    Column("made_at", "Made"),
    Column("kind", "Why"),
    Column("size", "Size", shown=lambda row: size_words(row.size), right=True),
    Column("keys", "Opens", shown=lambda row: "" if row.keys else "no: its key file is missing"),
    Column("name", "File", value=lambda row: row.path.name),
    Column("path", value=lambda row: str(row.path)),
]

TABLES: list[Column[TableRow]] = [
    Column("table", "Table", shown=lambda row: row.table.replace("_", " ")),
    Column("backup", "In the backup", right=True),
    Column("store", "In the store", right=True),
    Column("lacks", "Lacks", shown=lambda row: str(row.lacks) if row.lacks else "", right=True),
]


def _backup_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", metavar="DIR", help="another folder, such as a disk that is taken away; nothing is removed there"
    )
    parser.add_argument("--list", action="store_true", help="the copies that there are; needs no passphrase")


def _backup(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.paths import backups_dir, typed_path
    from placement_tui.services.backups import listed

    folder = typed_path(options.to) if options.to else None
    if options.list:
        where = folder or backups_dir(here.path)
        here.out.rows(BACKUPS, listed(where), f"There is no backup in {where}.")
        return
    made = here.services.backups.make(folder)
    removed = f", {len(made.removed)} older removed" if made.removed else ""
    here.out.saved(
        f"Copied and verified: {made.rows:,} rows, {made.operations:,} operations, {size_words(made.size)} in "
        f"{made.seconds:.1f} s{removed}",
        {"path": str(made.path), "rows": made.rows, "operations": made.operations, "size": made.size,
         "removed": [str(path) for path in made.removed]},
        str(made.path),
    )  # fmt: skip


def _restore_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", metavar="BACKUP", help="`latest`, a name from `placement backup --list`, or a path")
    parser.add_argument("--into", metavar="PATH", help="the new store; without it the backup is only compared")


def _restore(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.db import slots
    from placement_tui.paths import typed_store
    from placement_tui.services.backups import open_backup, resolve

    if options.into is not None and not options.into:
        raise WrongUse("--into names no file", mend="give the path of the store that is to be made")
    path = resolve(here.path, options.backup)
    passphrase = None if slots.read(path).demo else here.typed_passphrase()
    restoring = open_backup(path, here.asked.officer, passphrase, here.clock)
    try:
        found: Comparison | None = None
        try:
            found = restoring.compared(here.path, passphrase, here.asked.officer)
        except PlacementError as error:  # the store is lost: that is what a backup is for
            here.out.say(f"The backup cannot be compared with a store: {error}")
        if options.into is None:
            _say(here, found)
            return
        target = typed_store(options.into)
        made = restoring.into(target)
        _say(here, found or made)
        here.out.say(
            f"Restored into {target}, verified, as a device of its own: {made.store.operations - 1:,} operations.\n"
            f"Work in it with: placement --store {target}"
        )
    finally:
        restoring.close()


def _move_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="postgresql://USER@HOST/DATABASE, or the path of a new file")


def _move(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.paths import typed_store

    target = typed_store(options.target)
    rows = here.services.backups.move(target)
    here.out.saved(
        f"Moved {sum(rows.values()):,} rows, {rows['operation']:,} of them operations: every table counted and compared\n"
        f"by the hashes of its rows. Work in it with: placement --store {options.target}\n"
        "The old store is kept and opens no more.",
        {"target": options.target, "rows": rows},
        options.target,
    )


def _say(here: Here, found: Comparison | None) -> None:
    if found is None:
        return
    shown = [row for row in found.tables if row.backup or row.store] if here.out.shape == "table" else found.tables
    here.out.rows(TABLES, shown)
    here.out.say(f"Last in the backup: {_last(found.backup.last)}")
    here.out.say(f"Last in the store:  {_last(found.store.last)}")
    if found.forked:
        here.out.say("The store and the backup went different ways from one copy: each holds what the other lacks.")
    elif found.lacks:
        most = ", ".join(f"{count} × {command}" for command, count in found.missing[:5])
        here.out.say(f"The backup lacks {found.lacks:,} operations of the store: {most}.")
    else:
        here.out.say("The backup lacks nothing of the store.")


def _last(last: Last | None) -> str:
    from placement_tui.domain.conflicts import moment_words

    return f"{last.command} by {last.officer or 'the program'}, {moment_words(last.at)}" if last else "nothing"


COMMANDS = {
    "backup": Command(
        "placement backup\n  placement backup --to /media/stick\n  placement backup --list",
        _backup_options, _backup,
        "Colleagues go on working meanwhile. The copy is encrypted under the same key, with its key file beside it, and "
        "was opened to verify it.",
    ),
    "move": Command(
        "placement --store team.db move postgresql://placement@db.example.org/wirral\n"
        "  placement --store postgresql://placement@db.example.org/wirral move team.db",
        _move_options, _move,
        "Nobody saves anything meanwhile. Officers, passphrases, laptops and the journal go on as they were.",
    ),
    "restore": Command(
        "placement restore latest\n  placement restore latest --into ~/restored/team.db",
        _restore_options, _restore,
        "Into a new place only: nothing is ever written over. Whoever could open the store then opens the backup, with "
        "the passphrase of then.",
    ),
}  # fmt: skip
