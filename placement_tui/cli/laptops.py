"""`placement laptops`, `laptop add`, `sync`, `meet`, `bundle`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.typed_times import london
from placement_tui.errors import PlacementError, WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.meetings import LaptopRow, Met

LAPTOPS: list[Column[LaptopRow]] = [
    Column("letter", "Letter"),
    Column("name", "Device", shown=lambda row: f"{row.name} (this one)" if row.own else row.name),
    Column("known", "Changes", right=True),
    Column("last_at", "Last change"),
    Column("holds", "Holds"),
    Column("id"),
]


def _none(_: argparse.ArgumentParser) -> None:
    """No options."""


def _laptops(here: Here, _: argparse.Namespace) -> None:
    here.out.rows(LAPTOPS, here.services.laptops.every(), "No device is known.")
    for each in here.services.meetings.last():
        changes = "1 change" if each.unshared == 1 else f"{each.unshared:,} changes"
        at = each.at.astimezone(london())
        here.out.say(f"{each.name}: last met at {at:%H:%M on %d/%m/%Y}; {changes} made here since.")


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what the laptop is called, such as 'Laptop 3'")
    parser.add_argument(
        "--to", metavar="DIR", required=True, help="where its file is written: a disk that is carried to it"
    )
    parser.add_argument(
        "--open-only",
        action="store_true",
        help="with the register and the open referrals alone: closed cases stay here",
    )


def _add(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.paths import keys_path, typed_path

    made = here.services.laptops.make_file(options.name, typed_path(options.to), options.open_only)
    what = "the register and the open referrals" if options.open_only else "everything the team holds"
    here.out.saved(
        f"Made {made} for {options.name}: {what}, encrypted. Carry it with {keys_path(made).name} beside it.\n"
        f"On the laptop: placement init --join {made.name}",
        {"path": str(made), "name": options.name}, str(made),
    )  # fmt: skip


def _sync_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("where", metavar="USER@HOST", nargs="?", help="the team's server, as ssh knows it")
    parser.add_argument("--there", metavar="PATH", help="the store there (else the one that is your own there)")
    parser.add_argument("--as-there", metavar="NAME", help="who you are there (else the same as here)")
    parser.add_argument("--there-fd", metavar="N", help="read your passphrase there, one line, from descriptor N")
    parser.add_argument("--ssh", metavar="COMMAND", default="ssh", help="the ssh to use, with its options (ssh)")
    parser.add_argument(
        "--program", metavar="NAME", default="placement", help="what this program is called there (placement)"
    )


def _sync(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.cli.here import ask, read_passphrase
    from placement_tui.exchange.meetings import over_ssh
    from placement_tui.services.meetings_talk import call

    services = here.services
    if not options.where:
        here.out.say(services.meetings.status() or "This store is no laptop's: laptops come to it.")
        return
    if options.there_fd is not None and not options.there_fd.isdecimal():
        raise WrongUse(
            "--there-fd wants a number", mend="it is a descriptor that the passphrase is read from, for example 4"
        )
    if options.there_fd is not None:
        passphrase = read_passphrase(int(options.there_fd))
    else:
        passphrase = ask(f"Your passphrase at {options.where}: ", "--there-fd 4 4<FILE")
    command = [options.program, *(("--store", options.there) if options.there else ()),
               "--as", options.as_there or services.desk.officer.name, "--passphrase-fd", "0", "meet"]  # fmt: skip
    with (
        over_ssh(options.where, command, passphrase, options.ssh) as line,
        _cleaned(here),
        here.out.progress("sent") as sent,
        here.out.progress("received") as received,
    ):
        talk = call(services.meetings, line, sent, received)
    if talk.other.skew:
        here.out.say(f"{talk.other.skew}.")
    gone = services.meetings.clean(talk.met, talk.other)
    here.out.saved(
        f"Met {talk.other.name or options.where}: {talk.gone:,} changes went, {_came(talk.met)}.{_waits(talk.met)}{_gone(gone)}",
        {"with": talk.other.name, "went": talk.gone, "came": talk.met.taken, "records": len(talk.met.records),
         "conflicts": len(talk.met.clashing), "erased": talk.met.erased, "bytes_sent": talk.sent, "bytes_received": talk.came},
    )  # fmt: skip
    _doubles(here)


@contextmanager
def _cleaned(here: Here) -> Iterator[None]:
    """Where a meeting breaks off, what an erasure had taken out by then is cleaned out of the files all the same."""
    try:
        yield
    except PlacementError:
        here.services.meetings.finish()
        raise


def _meet(here: Here, _: argparse.Namespace) -> None:
    from placement_tui.exchange.meetings import Line
    from placement_tui.services.meetings_talk import answer

    services = here.services
    into = sys.stdin.buffer.raw if hasattr(sys.stdin.buffer, "raw") else sys.stdin.buffer
    with _cleaned(here):
        talk = answer(services.meetings, Line(into, sys.stdout.buffer))
    services.meetings.clean(talk.met, talk.other)


def _bundle_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the bundle to take in, or with --for the one to make")
    parser.add_argument("--for", dest="whom", metavar="NAME", help="make one for this device: its name or letter")


def _bundle(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.doctor import size_words
    from placement_tui.paths import typed_path

    path, meetings = typed_path(options.file), here.services.meetings
    if options.whom:
        with here.out.progress("written") as progress:
            count, size = meetings.write_bundle(options.whom, path, progress)
        here.out.saved(
            f"Wrote {path}: {count:,} changes, {size_words(size)}, which {options.whom} alone can open",
            {"path": str(path), "operations": count, "size": size}, str(path),
        )  # fmt: skip
        return
    with here.out.progress("read") as progress, _cleaned(here):
        other, met = meetings.read_bundle(path, progress)
    if other.skew:
        here.out.say(f"{other.skew}.")
    gone = meetings.clean(met, other)
    here.out.saved(
        f"From {other.name}: {_came(met)}.{_waits(met)}{_gone(gone)}",
        {"with": other.name, "came": met.taken, "records": len(met.records), "conflicts": len(met.clashing), "erased": met.erased},
    )  # fmt: skip
    _doubles(here)


def _doubles(here: Here) -> None:
    found = here.services.doubles.found()
    for each in found[:3]:
        here.out.say(f"{each.words}. {each.mend[:1].upper()}{each.mend[1:]}.")
    if len(found) > 3:
        here.out.say(f"{len(found) - 3} more: placement doubles")


def _came(met: Met) -> str:
    if not met.taken:
        return "nothing came that was not known"
    made = ", ".join(
        f"{n:,} {noun.replace('_', ' ')}" for noun, n in sorted(met.made.items(), key=lambda each: -each[1])[:4]
    )
    return f"{met.taken:,} came" + (f" ({made})" if made else "")


def _waits(met: Met) -> str:
    said = []
    if met.clashing:
        said.append(
            f" {len(met.clashing)} {'waits' if len(met.clashing) == 1 else 'wait'} for an officer: two values of one field (! on the board, `placement conflicts`)."
        )
    if met.ahead:
        said.append(f" {met.ahead:,} changes are dated more than a day ahead: the clock that made them was wrong.")
    if met.erased:
        said.append(f" {met.erased:,} changes were erased, as the team did.")
    return "".join(said)


def _gone(count: int) -> str:
    return f" {count:,} records are at the council alone now: their referrals were closed." if count else ""


COMMANDS = {
    "laptops": Command("placement laptops", _none, _laptops, "Every device that writes: the letter in its references, how far it is known here."),
    "laptop add": Command('placement laptop add "Laptop 3" --to /media/stick', _add_options, _add,
                          "A verified, encrypted copy; the laptop's store is made from it once: placement init --join FILE."),
    "sync": Command("placement sync karen@duty-server", _sync_options, _sync,
                    "Over the system's own ssh: the same program answers at the other end, with your account and your\n"
                    "passphrase there. What came is kept as it comes; after a broken line the next sync goes on from there."),
    "meet": Command("placement meet --passphrase-fd 0", _none, _meet, "The other end of `placement sync`: it talks on its input and output, not with people."),
    "bundle": Command("placement bundle --for team FILE\n  placement bundle FILE", _bundle_options, _bundle,
                      "Half a meeting in a file, sealed to the store that it is for. Meet once over a line before."),
}  # fmt: skip
