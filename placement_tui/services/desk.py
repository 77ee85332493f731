"""What every service works at: the open store, the officer, the clock, where things lie, and who hears of a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from threading import Lock
from typing import Any
from uuid import UUID

from placement_tui.db import journal
from placement_tui.db.engine import Session, Store
from placement_tui.db.reads import laptops, officers, restricted
from placement_tui.db.reads import settings as settings_reads
from placement_tui.db.shut import ShutStore
from placement_tui.domain import settings as names
from placement_tui.domain.distance import NOTHING_ADJOINS
from placement_tui.domain.history import Changed
from placement_tui.domain.homes import Policy, Position
from placement_tui.domain.officers import RIGHT_WORDS, OfficerRow, may, who_may
from placement_tui.domain.typed_times import london
from placement_tui.errors import Locked, Refused
from placement_tui.exchange.postcodes import Place, Postcodes


class Desk:
    """One officer at one store. Reads and writes of all services go through it."""

    def __init__(self, store: Store, officer: UUID | None, said: str | None = None) -> None:
        """`said` is the officer's name as given, where the store was opened without a slot (a demonstration).

        Raises Locked where there is no such officer.
        """
        self.store = store
        with store.read() as session:
            everyone = officers.everyone(session)
            self._settings: dict[str, Any] = settings_reads.everything(session)
            districts = settings_reads.districts(session)
        self.officer = _who(everyone, officer, said)
        self.postcodes = Postcodes(districts, store.path.parent / "postcodes")
        self._listeners: list[Callable[[Changed], None]] = []
        self._lock = Lock()

    @property
    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return self.store.clock()

    @property
    def today(self) -> date:
        """The day that it is in England."""
        return self.now.astimezone(london()).date()

    @property
    def authority(self) -> str | None:
        """The council's own GSS code."""
        value = self._settings.get(names.AUTHORITY)
        return str(value) if value else None

    @property
    def authority_name(self) -> str:
        """The council's name for people."""
        return str(self._settings.get(names.AUTHORITY_NAME) or self.authority or "")

    @property
    def adjoining(self) -> frozenset[str]:
        """The GSS codes of the authorities that adjoin the council's own; empty while nobody said which do."""
        said = self._settings.get(names.ADJOINING)
        return NOTHING_ADJOINS if said == [] else frozenset(said or ())

    @property
    def policy(self) -> Policy:
        """The council's rules for a search."""
        from placement_tui.domain.policy import policy_of

        return policy_of(self._settings)

    @property
    def sees_addresses(self) -> bool:
        """True where the officer's role may see addresses that Ofsted sends to authorities alone."""
        return may(self.officer.role, "addresses")

    def setting(self, name: str) -> Any:
        """One of the council's choices, None where it was never made."""
        return self._settings.get(name)

    def shut(self) -> None:
        """Close the store and let its key go, while the officer is away; every use of it is refused until `reopen`."""
        store = self.store
        self.store = ShutStore(store.path, demo=store.demo, clock=store.clock)
        store.close()

    def reopen(self, store: Store, officer: UUID | None) -> None:
        """Work on, in the store opened again. Raises Locked where it was opened for somebody else, and closes it."""
        shut, self.store = self.store, store
        try:
            if officer != self.officer.id:
                raise Locked(f"Only {self.officer.name} can go on here", mend="quit, and start the program as yourself")
            self.refresh_officer()
            self.refresh()
        except BaseException:
            self.store = shut
            store.close()
            raise

    def refresh(self) -> None:
        """Read the settings and the districts again, after somebody changed them."""
        with self.store.read() as session:
            self._settings = settings_reads.everything(session)
            districts = settings_reads.districts(session)
        self.postcodes = Postcodes(districts, self.store.path.parent / "postcodes")

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the store."""
        with self.store.read() as session:
            if not self.sees_addresses:
                restricted.hide(session)
            yield session

    @contextmanager
    def write(self, command: str, *, undoes: UUID | None = None, seen: int | None = None) -> Iterator[Session]:
        """One intention: one transaction with its journal rows; whoever listens hears of it after the commit.

        `seen` is how far the journal had arrived when the officer read what they change (`Conflicts.seen`): what a
        colleague saved since in the same field is kept beside it. Raises Refused for a viewer.
        """
        self.require("log")
        with self.store.write(self.officer.id, command, undoes=undoes) as session:
            journal.context(session).seen = seen
            yield session
            session.flush()
        touched = journal.context(session).touched
        self.tell(Changed({noun: frozenset(ids) for noun, ids in touched.items()}, self.officer.initials))

    def clashes(self, session: Session) -> tuple[UUID, ...]:
        """The records of which an intention just written left two values of a field."""
        return tuple(sorted(journal.context(session).clashes))

    def require(self, right: str) -> None:
        """Go on only where the officer's role, as it is now, has the right. Raises Refused, saying who has it; Locked."""
        self.refresh_officer()
        self._may(right)

    def require_everything(self, what: str) -> None:
        """Go on only in a store that holds everything: figures of a part are wrong figures. Raises Refused on other laptops."""
        with self.store.read() as session:
            part = laptops.open_only(session)
        if part:
            raise Refused(
                f"{what} are made at the council",
                "this laptop holds the open referrals alone",
                "make them in the council's store: ssh to it, or ask there",
            )

    def refresh_officer(self) -> None:
        """Read one's own name and role again. Raises Locked where one's access was ended."""
        with self.store.read() as session:
            self._take(officers.one(session, self.officer.id))

    def _take(self, row: OfficerRow | None) -> None:
        if row is None or not row.works:
            raise _ended(self.officer.name if row is None else row.name, "" if row is None else row.disabled_why)
        self.officer = row

    def _may(self, right: str) -> None:
        if not may(self.officer.role, right):
            raise Refused(
                f"{self.officer.name} may not {RIGHT_WORDS[right]}",
                f"their role is {self.officer.role}",
                f"ask {who_may(right)}",
            )

    def listen(self, hears: Callable[[Changed], None]) -> None:
        """Call `hears` after each change, from the thread that made it."""
        with self._lock:
            self._listeners.append(hears)

    def unlisten(self, hears: Callable[[Changed], None]) -> None:
        """Call it no more."""
        with self._lock:
            if hears in self._listeners:
                self._listeners.remove(hears)

    def tell(self, changed: Changed) -> None:
        """Tell everyone who listens of a change; what the council chose is read again before."""
        if "setting" in changed.nouns:
            self.refresh()
        with self._lock:
            listeners = tuple(self._listeners)
        for hears in listeners:
            hears(changed)

    def place_of(self, postcode: str) -> Place:
        """Where a postcode lies. Raises Invalid where there is none such."""
        return self.postcodes.look_up(postcode)

    def position_of(self, postcode: str | None) -> Position:
        """A postcode's position, an empty one for none."""
        return self.place_of(postcode).position if postcode else Position()


def _ended(name: str, why: str) -> Locked:
    return Locked(f"The access of {name} to this store was ended", why, "ask an administrator of the store")


def _who(everyone: list[OfficerRow], key: UUID | None, said: str | None) -> OfficerRow:
    for officer in everyone:
        if officer.id == key:
            if not officer.works:
                raise _ended(officer.name, officer.disabled_why)
            return officer
    if key is None and everyone:
        if said is None:
            return next((officer for officer in everyone if officer.works), everyone[0])
        wanted = said.casefold().strip()
        for officer in everyone:
            if wanted in (officer.name.casefold(), officer.initials.casefold()):
                if not officer.works:
                    raise _ended(officer.name, officer.disabled_why)
                return officer
        raise Locked(f"Nobody called {said!r} works with this store", ", ".join(each.name for each in everyone))
    raise Locked("The slot opens the store, but its officer is not in it", mend="restore the key file from a backup")
