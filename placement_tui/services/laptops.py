"""Laptops: a file from which a laptop's store is made, and the making of it. Afterwards the two meet (services/meetings)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from uuid import UUID

from placement_tui.db import backups as copies
from placement_tui.db import migrate, rotation, slots
from placement_tui.db.changes import laptops as parts
from placement_tui.db.changes import meetings as changes
from placement_tui.db.engine import Session, Store
from placement_tui.db.reads import laptops
from placement_tui.db.reads import meetings as reads
from placement_tui.domain.backups import file_name
from placement_tui.domain.meetings import LaptopRow
from placement_tui.domain.officers import check_name
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.exchange import bundles
from placement_tui.services.backups import Backups, open_backup
from placement_tui.services.desk import Desk

JOINED = "join"


class Laptops:
    """What an administrator of the team's store does for laptops."""

    def __init__(self, desk: Desk, backups: Backups) -> None:
        self._desk, self._backups = desk, backups

    def every(self) -> list[LaptopRow]:
        """The team's devices: letter, name, how many changes of each are known here, when the last was made."""
        with self._desk.read() as session:
            return reads.devices(session)

    def make_file(self, name: str, folder: Path, open_only: bool = False) -> Path:
        """A verified copy of the store, encrypted as the store is, from which one laptop's store is made, once.

        The laptop gets a letter, which marks the references that it gives out. With `open_only` the copy holds the register
        and the families of the open referrals, and of all others that something was logged, not what. Raises Invalid, Refused.
        """
        self._desk.require("officers")
        said = check_name(name)
        if self._desk.store.demo:
            raise Refused("A demonstration has no laptops", mend="make a store of your own with: placement init")
        with self._desk.write("add laptop") as session:
            rows = reads.devices(session)
            if any(row.name.casefold() == said.casefold() for row in rows):
                raise Invalid("name", f"There is a device called {said} already", mend="give it another name")
            free = [letter for letter in _letters() if letter not in {row.letter for row in rows}]
            private = bundles.new_key()
            made = changes.add_member(session, said, free[0], bundles.public_of(private))
            changes.own_key(session, bundles.new_key, bundles.public_of)
            changes.hand_over(session, private)
            if open_only:
                parts.choose(session, made.id)
        has = None
        try:
            if open_only:
                file, has = self._open_only(folder)
            else:
                file = self._backups.make(folder, JOINED).path
        finally:
            with self._desk.store.write(None, "add laptop") as session:
                changes.hand_over(session, None)
        with self._desk.store.write(None, "add laptop") as session:
            known = {key: number for key, (number, _) in reads.standing(session).items()}
            changes.keep(session, made.id.hex, said, self._desk.now, known, has)
        return file

    def _open_only(self, folder: Path) -> tuple[Path, list[str]]:
        """The copy with the open referrals alone, and the children in it. The values of others never reach `folder`."""
        store = self._desk.store
        target = folder / file_name(store.path.stem, self._desk.now, JOINED)
        copies.refuse_occupied(target)
        with self._aside() as copy:
            with copy.write(None, "lay aside") as session:
                parts.become_open_only(session)
                has = sorted({key.hex for each in laptops.families(session) for key in each.children})
            copies.make(copy, target)
        return target, has

    @contextmanager
    def _aside(self) -> Iterator[Store]:
        """A copy of everything in the store's own place, open, and gone afterwards."""
        store = self._desk.store
        with TemporaryDirectory(dir=store.path.parent, prefix=".laptop-") as aside:
            made = self._backups.make(Path(aside), JOINED)
            copy = Store(made.path, store.data_key, clock=store.clock)
            try:
                yield copy
            finally:
                copy.close()


def join(
    file: Path, target: Path, officer: str | None, passphrase: str, clock: Callable[[], datetime] | None = None
) -> tuple[str, str, bool]:
    """Make a laptop's store of the file that the team made for it; gives its name, its officer's, and if it holds everything.

    Whoever makes it opens the file with their own passphrase, and only they and the recovery code open the laptop's
    store, under a data key of its own. Raises NotFound, Locked, Refused, StoreDamaged.
    """
    source = open_backup(file, officer, passphrase, clock)
    try:
        said = source.owner
        if said is None:
            raise Refused("A demonstration has no laptops", mend="make a store of your own with: placement init")
        named: list[tuple[str, bool]] = []

        def become(session: Session) -> None:
            found = reads.newest_member(session)
            if found is None:
                raise NotFound(
                    "The file was not made for a laptop", str(file), "`placement laptop add NAME --to DIR` makes one"
                )
            changes.become(session, found.id)
            known = {key: number for key, (number, _) in reads.standing(session).items()}
            changes.keep(session, found.team.hex, found.team_name or "the team", source.clock(), known)
            named.append((found.name, not laptops.open_only(session)))

        store = source.put(target, become)
        try:
            migrate.migrate(store, copy=False)
            name = _only(store, said)
            rotation.rotate(store)
        finally:
            store.close()
    finally:
        source.close()
    device, whole = named[0]
    return device, name, whole


def _only(store: Store, officer: UUID) -> str:
    """Take every way in away but the officer's and the recovery code; gives the officer's name."""
    recovery = slots.recovery_officer(UUID(slots.read(store.path).store))
    stay = {officer.hex, recovery.hex}
    with store.write(officer, "join") as session:
        kept = rotation.put_slots(
            session, store, lambda old, _: tuple(each for each in old if each.officer in stay), due=True
        )
    return next(each.name for each in kept.slots if each.officer == officer.hex)


def _letters() -> list[str]:
    """A, B ... Z, AA, AB ...: I and O are left out, for they are read as digits."""
    plain = [letter for letter in ascii_uppercase if letter not in "IO"]
    return [*plain, *(one + other for one in plain for other in plain)]
