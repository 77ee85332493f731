"""Officers: who may open the store, as what, and by which passphrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from placement_tui import keyrings
from placement_tui.db import attempts, rotation, slots, ways
from placement_tui.db.changes import officers as changes
from placement_tui.db.changes import settings as settings_changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import officers
from placement_tui.db.slots import Slot
from placement_tui.domain import settings as names
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.officers import (
    RECOVERY,
    AttemptRow,
    OfficerRow,
    check_leaving,
    check_name,
    check_role,
    failed_words,
    initials_of,
)
from placement_tui.errors import Invalid, Locked, NotFound, PlacementError, Refused
from placement_tui.services import officers_passphrases as passphrases
from placement_tui.services.desk import Desk


class Officers:
    """The officers of the store.

    What takes a way in away (an officer ended or reset, a passphrase changed, a new recovery code) is followed by a new
    data key, so that an old slot file, passphrase or code opens nothing that is written from then on. In a
    demonstration, which opens without a passphrase, officers have no slots and the rest is the same.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.failed: list[AttemptRow] = []

    def take_in_attempts(self) -> None:
        """At opening: keep the failed tries noted beside the store in it, and learn which were made in one's own name."""
        store, me = self._desk.store, self._desk.officer
        try:
            tried = attempts.take(store.path, self._desk.now, me.name)
            if tried:
                with store.write(me.id, "failed tries to open") as session:
                    changes.add_attempts(session, tried)
            with self._desk.read() as session:
                self.failed = officers.attempts_untold(session, me.id, me.name)
            if self.failed:
                with store.write(me.id, "told of failed tries") as session:
                    changes.attempts_told(session, me.id, self.failed[-1].tried_at)
        except (PlacementError, OSError):  # a store that may only be read: the tries stay noted beside it
            return

    @property
    def failed_words(self) -> str:
        """The failed tries in one's own name since one's last visit, in words; empty where there were none."""
        return failed_words(self.failed, self._desk.today)

    def remember(self) -> str:
        """Let this machine's keyring open the store for the officer from now on; gives its name. Raises Refused."""
        self._not_a_demonstration("opens without a passphrase")
        store, me = self._desk.store, self._desk.officer
        if store.way is None or me.recovery:
            raise Refused(f"{RECOVERY} is kept on paper", mend="open the store with a passphrase of your own")
        return keyrings.remember(store.path, UUID(slots.read(store.path).store), me.name, store.way)

    def forget(self) -> bool:
        """Let this machine forget it; True where something was remembered."""
        return keyrings.forget(self._desk.store.path)

    def everyone(self) -> list[OfficerRow]:
        """Everyone who works or worked with the store, in the order in which they were added."""
        with self._desk.read() as session:
            rows = officers.everyone(session)
        if self._desk.store.demo:
            return rows
        file = slots.read(self._desk.store.path)
        return [replace(row, has_slot=file.slot_of(row.id) is not None) for row in rows]

    def add(self, name: str, role: str, passphrase: str) -> UUID:
        """A new officer with a first passphrase, which they change themselves; gives the id.

        Raises Invalid for a name, role or passphrase that will not do, Refused where the name is taken.
        """
        self._desk.require("officers")
        name, role = check_name(name), check_role(role)
        rows = self.everyone()
        if any(row.name.casefold() == name.casefold() for row in rows):
            raise Refused(
                f"{name} works with this store already",
                mend="give a middle name or a number for a namesake, or let the officer in again with: officers enable",
            )
        self._check(passphrase, (name,))
        key = new_id()
        with self._desk.write(f"add officer {name}") as session:
            initials = initials_of(name, [row.initials for row in rows])
            changes.add(session, key, name, initials, role, self._desk.now)
            self._put(session, lambda old, data: (*_known(old, rows), ways.make_slot(key, name, passphrase, data)))
        return key

    def disable(self, officer: UUID, why: str) -> None:
        """End an officer's access: their slot goes, and the store gets a new data key.

        Raises Refused for oneself and for the last administrator, Invalid where no reason is given.
        """
        self._desk.require("officers")
        row, rows = self._find(officer)
        if officer == self._desk.officer.id:
            raise Refused("Nobody ends their own access", mend="ask another administrator")
        if not row.works:
            raise Refused(f"The access of {row.name} has ended already")
        check_leaving(rows, officer)
        why = " ".join(why.split())
        if not why:
            raise Invalid("why", "Say why the access ends", mend="for example: left the team")
        with self._desk.write(f"end access of {row.name}") as session:
            changes.change(
                session,
                officer,
                {"disabled_at": self._desk.now, "disabled_why": why[:500], "passphrase_at": None},
            )
            self._put(session, lambda old, _: tuple(slot for slot in old if slot.officer != officer.hex), due=True)
        self._follow(f"{row.name} can no longer open the store")

    def enable(self, officer: UUID, passphrase: str) -> None:
        """Let an officer in again, with a new passphrase. Raises Refused where they were never out, Invalid."""
        self._desk.require("officers")
        row, rows = self._find(officer)
        if row.works:
            raise Refused(f"{row.name} can work with the store", mend="to give a new passphrase: officers reset")
        self._give(row, rows, passphrase, f"let {row.name} in again")

    def reset(self, officer: UUID, passphrase: str) -> None:
        """Give an officer a new passphrase in place of one that is lost or known to others; the old opens nothing.

        Raises Refused for an officer whose access ended, Invalid for a passphrase that will not do.
        """
        self._desk.require("officers")
        row, rows = self._find(officer)
        if not row.works:
            raise Refused(f"The access of {row.name} has ended", row.disabled_why, "let them in again: officers enable")
        if officer == self._desk.officer.id:
            raise Refused("Your own passphrase is changed with the old one", mend="say: placement passwd")
        self._give(row, rows, passphrase, f"reset the passphrase of {row.name}")

    def set_role(self, officer: UUID, role: str) -> None:
        """Change what an officer may do. Raises Refused for the last administrator, Invalid for no role."""
        self._desk.require("officers")
        role = check_role(role)
        row, rows = self._find(officer)
        if row.recovery:
            raise Refused(f"{RECOVERY} is an administrator's, always")
        if row.role == role:
            raise Refused(f"{row.name} is {role} already")
        if role != "administrator" and row.role == "administrator":
            check_leaving(rows, officer)
        with self._desk.write(f"make {row.name} {role}") as session:
            changes.change(session, officer, {"role": role})
        if officer == self._desk.officer.id:
            self._desk.refresh_officer()

    def change_passphrase(self, old: str, new: str) -> None:
        """Change one's own passphrase, whatever one's role. Raises Locked for a wrong old one, Invalid for a weak new."""
        store, me = self._desk.store, self._desk.officer
        self._not_a_demonstration("has no passphrase to change")
        attempts.hold_back(store.path, me.name, self._desk.now)  # whoever finds the desk open may guess here as well
        slot = slots.read(store.path).slot_of(me.id)
        if slot is None or ways.open_slot(slot, old) is None:
            attempts.note(store.path, me.name, self._desk.now)
            raise Locked("That is not your passphrase of now", mend="type the old one again")
        if me.recovery:
            raise Refused("A recovery code is not changed", mend="print a new one: placement recovery")
        if old == new:
            raise Invalid("passphrase", "That is the passphrase that you have", mend="choose another")
        self._check(new, (me.name,))
        made: list[Slot] = []

        def edit(old_slots: tuple[Slot, ...], key: bytes) -> tuple[Slot, ...]:
            made.append(ways.make_slot(me.id, me.name, new, key))
            return _with(old_slots, made[-1])

        with store.write(me.id, "change passphrase") as session:  # a viewer's too: it is no record of the work
            changes.change(session, me.id, {"passphrase_at": self._desk.now})
            rotation.put_slots(session, store, edit, due=True)
        store.way = ways.unlock(made[-1], new)
        with suppress(PlacementError):
            keyrings.forget(store.path)  # it holds the secret of the slot that went
        self._follow("The new passphrase opens the store, and the old one does not")

    def rotate(self) -> None:
        """Give the store a new data key, while everybody goes on working. Raises Refused where there is no room."""
        self._desk.require("officers")
        self._not_a_demonstration("lies open, so that a new data key guards nothing")
        rotation.rotate(self._desk.store)
        self._rotated()

    def recovery_code(self) -> str:
        """A new recovery code, shown once, to be printed and sealed; the one before opens nothing any more.

        Whoever has it opens the store as an administrator: for the day when none of them can.
        """
        self._desk.require("officers")
        self._not_a_demonstration("needs no recovery")
        store = self._desk.store
        key = slots.recovery_officer(UUID(slots.read(store.path).store))
        code = ways.new_code()
        before = any(row.id == key for row in self.everyone())
        fields = {"passphrase_at": self._desk.now, "disabled_at": None, "disabled_why": ""}
        with self._desk.write("print a recovery code") as session:
            if not before:
                changes.add(session, key, RECOVERY, "RC", "administrator", self._desk.now)
            else:
                changes.change(session, key, fields)
            self._put(session, lambda old, data: _with(old, ways.make_slot(key, RECOVERY, code, data)), due=before)
        if before:
            self._follow("The new code opens the store, and the old one does not")
        return code

    def attempts(self, limit: int = 200) -> list[AttemptRow]:
        """The tries to open the store that failed, the latest first. Raises Refused but for who may audit."""
        self._desk.require("audit")
        with self._desk.read() as session:
            return officers.attempts(session, limit)

    def strength(self, passphrase: str, name: str = "") -> str | None:
        """Why a passphrase is too easy to guess, in words; None for one that will do."""
        try:
            ways.check_length(passphrase)
        except Invalid as refusal:
            return f"{refusal.title[:1].lower()}{refusal.title[1:]}"
        return passphrases.strength(passphrase, self._anyone_would_try((name,)))

    def _give(self, row: OfficerRow, rows: list[OfficerRow], passphrase: str, command: str) -> None:
        self._check(passphrase, (row.name,))
        had = row.has_slot
        with self._desk.write(command) as session:
            fields = {"disabled_at": None, "disabled_why": "", "passphrase_at": self._desk.now}
            changes.change(session, row.id, fields)
            self._put(
                session,
                lambda old, key: _with(_known(old, rows), ways.make_slot(row.id, row.name, passphrase, key)),
                due=had,
            )
        if had:
            self._follow(f"{row.name} opens the store with the new passphrase, and not with the old")

    def _put(
        self, session: Session, edit: Callable[[tuple[Slot, ...], bytes], tuple[Slot, ...]], *, due: bool = False
    ) -> None:
        if not self._desk.store.demo:
            rotation.put_slots(session, self._desk.store, edit, due=due)

    def _follow(self, done: str) -> None:
        """The new data key after a way in was taken away. Raises Refused, saying what holds already."""
        if self._desk.store.demo:
            return
        try:
            rotation.rotate(self._desk.store)
            self._rotated()
        except PlacementError as refusal:
            raise Refused(
                f"{done}, but the store has no new data key yet",
                str(refusal),
                "the next to open it makes one, or say: placement rotate",
            ) from None

    def _rotated(self) -> None:
        with self._desk.store.write(self._desk.officer.id, "new data key") as session:
            settings_changes.put(session, names.DATA_KEY_AT, self._desk.now.isoformat())

    def _find(self, officer: UUID) -> tuple[OfficerRow, list[OfficerRow]]:
        rows = self.everyone()
        for row in rows:
            if row.id == officer:
                return row, rows
        raise NotFound("There is no such officer", mend="placement officers lists them")

    def _check(self, passphrase: str, known: Iterable[str]) -> None:
        if self._desk.store.demo:
            return
        ways.check_length(passphrase)
        passphrases.check_strength(passphrase, self._anyone_would_try(known))

    def _anyone_would_try(self, known: Iterable[str]) -> list[str]:
        return [*known, *(row.name for row in self.everyone()), self._desk.authority_name, "placement", "placements"]

    def _not_a_demonstration(self, words: str) -> None:
        if self._desk.store.demo:
            raise Refused(f"A demonstration {words}", mend="make a store of your own with: placement init")


def _with(old: tuple[Slot, ...], slot: Slot) -> tuple[Slot, ...]:
    """The slots with that one in place of the officer's former."""
    return (*(each for each in old if each.officer != slot.officer), slot)


def _known(old: tuple[Slot, ...], rows: list[OfficerRow]) -> tuple[Slot, ...]:
    """The slots of officers that the store knows: one of a killed `add` goes."""
    return tuple(slot for slot in old if any(row.id.hex == slot.officer and row.works for row in rows))
