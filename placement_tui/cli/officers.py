"""`placement officers` and what changes them, `passwd`, `lock`, `rotate`, `recovery`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import whole
from placement_tui.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.officers import AttemptRow, OfficerRow
    from placement_tui.services.officers import Officers

OFFICERS: list[Column[OfficerRow]] = [
    Column("name", "Name"),
    Column("initials", "Initials"),
    Column("role", "Role"),
    Column("id"),
    Column("standing", "Access", value=lambda row: row.standing),
    Column("disabled_why", "Why"),
    Column("passphrase_at", "Passphrase set"),
    Column("disabled_at"),
    Column("has_slot"),
]
ATTEMPTS: list[Column[AttemptRow]] = [
    Column("tried_at", "When"),
    Column("name", "As"),
    Column("machine", "On"),
    Column("account", "By account"),
]
NEW = "The new passphrase is asked for twice on a terminal, or read from --new-passphrase-fd."


def officer_of(here: Here, said: str) -> OfficerRow:
    """The officer whom a name or initials mean. Raises NotFound."""
    wanted = said.casefold().strip()
    rows = here.services.officers.everyone()
    found = [row for row in rows if wanted == row.name.casefold()] or [
        row for row in rows if wanted == row.initials.casefold()
    ]
    if len(found) != 1:
        named = found or rows
        raise NotFound(
            f"{said!r} may be more than one officer" if found else f"There is no officer {said!r}",
            ", ".join(f"{row.name} ({row.initials})" for row in named),
            "give the whole name",
        )
    return found[0]


def _officers_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--attempts", action="store_true", help="the tries to open the store that failed")
    parser.add_argument("--limit", metavar="N", help="at most N of them (50)")


def _officers(here: Here, options: argparse.Namespace) -> None:
    if options.attempts:
        rows = here.services.officers.attempts(whole("limit", options.limit, 50))
        here.out.rows(ATTEMPTS, rows, "No try to open the store failed.")
        return
    here.out.rows(OFFICERS, here.services.officers.everyone())


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("officer", metavar="OFFICER", help="name or initials")


def _new_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--new-passphrase-fd", metavar="N", help="read the new passphrase, one line, from descriptor N")


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="first name and last name")
    parser.add_argument(
        "--role", metavar="ROLE", default="officer", help="officer (unless said), manager, viewer, administrator"
    )
    _new_passphrase(parser)


def _add(here: Here, options: argparse.Namespace) -> None:
    service = _administered(here)
    key = service.add(options.name, options.role, _typed(here, options, options.name))
    row = next(each for each in service.everyone() if each.id == key)
    here.out.saved(
        f"Added {row.name} ({row.initials}), {row.role}. Ask them to change the passphrase with: placement passwd",
        {"officer": row.name, "initials": row.initials, "role": row.role, "officer_id": row.id},
    )


def _disable_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--why", metavar="WORDS", required=True, help="why, for the journal")


def _disable(here: Here, options: argparse.Namespace) -> None:
    row = officer_of(here, options.officer)
    here.services.officers.disable(row.id, options.why)
    _said(here, row, f"Ended the access of {row.name}: what is written from now on opens for them by no key file")


def _enable_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    _new_passphrase(parser)


def _enable(here: Here, options: argparse.Namespace) -> None:
    service = _administered(here)
    row = officer_of(here, options.officer)
    service.enable(row.id, _typed(here, options, row.name))
    _said(here, row, f"{row.name} can open the store again, with the new passphrase")


def _reset(here: Here, options: argparse.Namespace) -> None:
    service = _administered(here)
    row = officer_of(here, options.officer)
    service.reset(row.id, _typed(here, options, row.name))
    _said(here, row, f"{row.name} opens the store with the new passphrase; the old one opens nothing any more")


def _role_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("role", metavar="ROLE", help="officer, manager, viewer or administrator")


def _role(here: Here, options: argparse.Namespace) -> None:
    row = officer_of(here, options.officer)
    here.services.officers.set_role(row.id, options.role)
    _said(here, row, f"{row.name} is {options.role.strip().casefold()} now")


def _administered(here: Here) -> Officers:
    """The service, for whoever may use it: nobody types a passphrase twice to be refused. Raises Refused."""
    here.services.desk.require("officers")
    return here.services.officers


def _said(here: Here, row: OfficerRow, words: str) -> None:
    here.out.saved(f"{words}.", {"officer": row.name, "officer_id": row.id})


def _passwd_options(parser: argparse.ArgumentParser) -> None:
    _new_passphrase(parser)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--remember", action="store_true", help="open without a passphrase here, by the laptop's keyring"
    )
    choice.add_argument("--forget", action="store_true", help="ask for the passphrase here again")


def _passwd(here: Here, options: argparse.Namespace) -> None:
    if options.forget:
        from placement_tui import keyrings

        gone = keyrings.forget(here.path)
        here.out.say("This machine asks for the passphrase again." if gone else "This machine remembered nothing.")
        return
    old = "" if here.is_demo() else here.typed_passphrase()
    service = here.services.officers
    if options.remember:
        where = service.remember()
        here.out.say(
            f"{where[0].upper()}{where[1:]} opens {here.path} for {here.services.desk.officer.name} from now on."
        )
        return
    service.change_passphrase(old, _typed(here, options, here.services.desk.officer.name))
    here.out.say("Changed. The old passphrase opens nothing any more.")


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def _lock(here: Here, _options: argparse.Namespace) -> None:
    from placement_tui import keyrings, locks

    if not here.path.is_file():
        raise NotFound(f"There is no store at {here.path}", mend="name it with --store")
    locks.ask(here.path)
    forgot = keyrings.forget(here.path)
    here.out.say(
        "Your sessions at this store lock themselves" + (", and nothing is remembered here." if forgot else ".")
    )


def _rotate(here: Here, _options: argparse.Namespace) -> None:
    here.services.officers.rotate()
    here.out.say("The store has a new data key. Everybody's passphrase stays as it is.")


def _recovery(here: Here, _options: argparse.Namespace) -> None:
    code = here.services.officers.recovery_code()
    here.out.saved(
        "A new recovery code. It is shown this once: print or write it down, seal it, and lock it away.\n"
        'Whoever has it opens the store as an administrator, with: placement --as "Recovery code"\n'
        "A code printed before opens nothing any more.",
        {"recovery_code": code},
        line=code,
    )


def _typed(here: Here, options: argparse.Namespace, name: str) -> str:
    """The new passphrase, from its descriptor or typed twice. Raises Invalid, Locked, WrongUse."""
    from placement_tui.cli.here import ask_twice, read_passphrase

    given = options.new_passphrase_fd
    if given is None and here.services.demo:
        return ""  # it opens without one
    if given is None:
        return ask_twice(f"New passphrase for {name}: ", "--new-passphrase-fd 4 4<FILE")
    if not (given.isascii() and given.isdigit()):
        raise WrongUse(
            "--new-passphrase-fd wants a number", "it is a descriptor that the passphrase is read from", "for example 4"
        )
    return read_passphrase(int(given))


COMMANDS = {
    "officers": Command("placement officers\n  placement officers --attempts", _officers_options, _officers),
    "officers add": Command('placement officers add "Priya Lal" --role manager', _add_options, _add, NEW),
    "officers disable": Command(
        'placement officers disable PL --why "left the team"',
        _disable_options,
        _disable,
        "The officer's way in goes, and the store gets a new data key while everybody else goes on working.",
    ),
    "officers enable": Command("placement officers enable PL", _enable_options, _enable, NEW),
    "officers reset": Command("placement officers reset PL", _enable_options, _reset, NEW),
    "officers role": Command("placement officers role PL manager", _role_options, _role),
    "passwd": Command(
        "placement passwd\n  placement passwd --passphrase-fd 3 --new-passphrase-fd 4 3<OLD 4<NEW\n"
        "  placement passwd --remember",
        _passwd_options,
        _passwd,
        f"The old passphrase first. {NEW}\n"
        "--remember keeps your way in (not the passphrase) in the keyring of this laptop: the Secret Service, KWallet,\n"
        "the Windows Credential Locker or the macOS Keychain, and no other. Over SSH it is never used.",
    ),
    "lock": Command(
        "placement lock",
        _nothing,
        _lock,
        "No passphrase is needed to lock. Every session of your account at this store hides what it shows and wants the\n"
        "passphrase again; what is half-typed is kept. What the laptop's keyring remembers for it is forgotten.",
    ),
    "rotate": Command(
        "placement rotate",
        _nothing,
        _rotate,
        "Encrypts the store again under a new key while officers work in it: a second for each 75 MB. It is done by itself\n"
        "whenever an officer's access ends or a passphrase changes; do it after a copy of the store was lost.",
    ),
    "recovery": Command(
        "placement recovery | lp",
        _nothing,
        _recovery,
        "For the day when no administrator can open the store.",
    ),
}
