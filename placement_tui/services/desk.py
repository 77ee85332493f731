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
from placement_tui.db.reads import officers
from placement_tui.db.reads import settings as settings_reads
from placement_tui.domain import settings as names
from placement_tui.domain.history import Changed
from placement_tui.domain.homes import Policy, Position
from placement_tui.domain.officers import RIGHT_WORDS, OfficerRow, may, who_may
from placement_tui.domain.policy import policy_of
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
        """The GSS codes of the authorities that adjoin the council's own."""
        return frozenset(self._settings.get(names.ADJOINING) or ())

    @property
    def policy(self) -> Policy:
        """The council's rules for a search."""
        return policy_of(self._settings)

    def setting(self, name: str) -> Any:
        """One of the council's choices, None where it was never made."""
        return self._settings.get(name)

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
            yield session

    @contextmanager
    def write(self, command: str, *, undoes: UUID | None = None) -> Iterator[Session]:
        """One intention: one transaction with its journal rows; whoever listens hears of it after the commit.

        Raises Refused for a viewer.
        """
        self.require("log")
        with self.store.write(self.officer.id, command, undoes=undoes) as session:
            yield session
            session.flush()
        touched = journal.context(session).touched
        self.tell(Changed({noun: frozenset(ids) for noun, ids in touched.items()}, self.officer.initials))

    def require(self, right: str) -> None:
        """Go on only where the officer's role has the right. Raises Refused, saying who has it."""
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
        """Tell everyone who listens of a change."""
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


def _who(everyone: list[OfficerRow], key: UUID | None, said: str | None) -> OfficerRow:
    for officer in everyone:
        if officer.id == key:
            return officer
    if key is None and everyone:
        if said is None:
            return everyone[0]
        wanted = said.casefold().strip()
        for officer in everyone:
            if wanted in (officer.name.casefold(), officer.initials.casefold()):
                return officer
        raise Locked(f"Nobody called {said!r} works with this store", ", ".join(each.name for each in everyone))
    raise Locked("The slot opens the store, but its officer is not in it", mend="restore the key file from a backup")
