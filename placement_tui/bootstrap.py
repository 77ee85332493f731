"""The one place of wiring: a path and a passphrase become an unlocked store and its services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui import keyrings
from placement_tui.db import backups, engine, migrate, private, rotation, slots, stores, ways
from placement_tui.db.changes import officers
from placement_tui.db.changes import settings as changes
from placement_tui.domain import settings as names
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.officers import called, check_name, initials_of
from placement_tui.errors import Invalid, Locked
from placement_tui.paths import keys_path
from placement_tui.services.approaches import Approaches
from placement_tui.services.audit import Audit
from placement_tui.services.backups import Backups
from placement_tui.services.beds import Beds
from placement_tui.services.capacity import Capacities
from placement_tui.services.care import Care
from placement_tui.services.census import Census
from placement_tui.services.conflicts import Conflicts
from placement_tui.services.delay import Delay
from placement_tui.services.desk import Desk
from placement_tui.services.difference import Differences
from placement_tui.services.doubles import Doubles
from placement_tui.services.drafts import Drafts
from placement_tui.services.endings import Endings
from placement_tui.services.feed import ChangeFeed
from placement_tui.services.handovers import Handovers
from placement_tui.services.handovers_form import NightForm
from placement_tui.services.history import History
from placement_tui.services.homes import Homes
from placement_tui.services.imports import Imports
from placement_tui.services.insight import Insight
from placement_tui.services.laptops import Laptops
from placement_tui.services.meetings import Meetings
from placement_tui.services.offers import Offers
from placement_tui.services.officers import Officers
from placement_tui.services.officers_passphrases import check_strength
from placement_tui.services.overrides import Overrides
from placement_tui.services.permanence import Permanence
from placement_tui.services.placements import Placements
from placement_tui.services.profiles import Profiles
from placement_tui.services.providers import Providers
from placement_tui.services.providers_merge import Merging
from placement_tui.services.referrals import Referrals
from placement_tui.services.registers import Registers
from placement_tui.services.report import Boards
from placement_tui.services.retention import Retention
from placement_tui.services.rules import Rules
from placement_tui.services.settings import Settings
from placement_tui.services.siblings import Siblings
from placement_tui.services.sign_offs import SignOffs
from placement_tui.services.ssda903 import Returns
from placement_tui.services.step_downs import StepDowns
from placement_tui.services.story import Stories
from placement_tui.services.tasks import Tasks
from placement_tui.services.vacancies import Vacancies
from placement_tui.services.warnings import Warnings
from placement_tui.services.watch import Watch
from placement_tui.services.waves import Waves


@dataclass(frozen=True, slots=True)
class Services:
    """Everything an officer can do at one open store."""

    desk: Desk
    referrals: Referrals
    homes: Homes
    approaches: Approaches
    offers: Offers
    rules: Rules
    overrides: Overrides
    settings: Settings
    sign_offs: SignOffs
    delay: Delay
    insight: Insight
    report: Boards
    placements: Placements
    endings: Endings
    warnings: Warnings
    permanence: Permanence
    step_downs: StepDowns
    capacity: Capacities
    care: Care
    census: Census
    stories: Stories
    returns: Returns
    providers: Providers
    merging: Merging
    differences: Differences
    vacancies: Vacancies
    beds: Beds
    waves: Waves
    siblings: Siblings
    profiles: Profiles
    registers: Registers
    tasks: Tasks
    handovers: Handovers
    night_form: NightForm
    officers: Officers
    history: History
    audit: Audit
    retention: Retention
    drafts: Drafts
    conflicts: Conflicts
    doubles: Doubles
    meetings: Meetings
    laptops: Laptops
    backups: Backups
    watch: Watch
    imports: Imports
    feed: ChangeFeed

    @property
    def demo(self) -> bool:
        """True where the store is a demonstration."""
        return self.desk.store.demo

    def close(self) -> None:
        """Stop watching and let go of the store."""
        self.feed.stop()
        self.watch.stop()
        self.audit.close()
        self.history.close()
        self.desk.store.close()

    def lock(self) -> None:
        """Close the store while its officer is away, and let the key go; everything else stays as it is."""
        self.feed.stop()
        self.backups.give_up()
        self.audit.close()
        self.desk.shut()

    def unlock(self, passphrase: str) -> None:
        """Open it again with the passphrase of the officer who was there. Raises what `open_services` raises."""
        desk = self.desk
        if not passphrase:  # without one, what this machine remembers would open it
            raise Locked("The passphrase is asked for", mend="type it")
        store, officer = stores.open_store(desk.store.path, desk.officer.name, passphrase, desk.store.clock)
        desk.reopen(store, officer)
        self.feed.start()


def open_services(
    path: Path, name: str | None = None, passphrase: str | None = None, clock: Callable[[], datetime] | None = None
) -> Services:
    """Unlock the store at `path`, bring its tables to this version, and wire the services.

    Without a passphrase a machine that remembers the officer opens it by its keyring. Raises NotFound, Locked, Refused,
    StoreDamaged.
    """
    store, officer = _opened(path, name, passphrase, clock)
    return services_at(store, officer, name if officer is None else None)


def services_at(store: engine.Store, officer: UUID | None, said: str | None = None) -> Services:
    """The services at an open store, its tables brought to this version. The store is closed where that is refused."""
    try:
        backups.refuse_backup(store)
        migrate.migrate(store)
        rotation.check(store)
        desk = Desk(store, officer, said)
    except BaseException:
        store.close()
        raise
    services = wire(desk)
    services.officers.take_in_attempts()
    return services


def _opened(
    path: Path, name: str | None, passphrase: str | None, clock: Callable[[], datetime] | None
) -> tuple[engine.Store, UUID | None]:
    remembered = keyrings.remembered(path) if passphrase is None else None
    if remembered is None or not called(remembered, name):
        return stores.open_store(path, name, passphrase, clock)
    way = keyrings.recall(path)
    return stores.open_by(path, lambda _: way, clock), way.officer


def wire(desk: Desk) -> Services:
    """The services at one desk."""
    homes, kept, approaches = Homes(desk), Backups(desk), Approaches(desk)
    retention = Retention(desk, kept)
    insight = Insight(desk)
    return Services(
        desk,
        Referrals(desk),
        homes,
        approaches,
        Offers(desk),
        Rules(desk),
        Overrides(desk),
        Settings(desk),
        SignOffs(desk),
        Delay(desk),
        insight,
        Boards(desk, insight),
        Placements(desk),
        Endings(desk),
        Warnings(desk),
        Permanence(desk),
        StepDowns(desk),
        Capacities(desk),
        Care(desk),
        Census(desk),
        Stories(desk),
        Returns(desk),
        Providers(desk),
        Merging(desk),
        Differences(desk, homes),
        Vacancies(desk),
        Beds(desk),
        Waves(desk, homes, approaches),
        Siblings(desk, homes),
        Profiles(desk),
        Registers(desk),
        Tasks(desk),
        Handovers(desk, homes),
        NightForm(desk, homes),
        Officers(desk),
        History(desk),
        Audit(desk),
        retention,
        Drafts(desk),
        Conflicts(desk),
        Doubles(desk),
        Meetings(desk, retention),
        Laptops(desk, kept),
        kept,
        Watch(desk, kept),
        Imports(desk),
        ChangeFeed(desk),
    )


def make_store(
    path: Path,
    authority: str,
    officer: str,
    passphrase: str,
    *,
    authority_name: str = "",
    clock: Callable[[], datetime] | None = None,
) -> Services:
    """Make an encrypted store for an authority, with its first officer, who is its administrator; gives it open.

    Raises Invalid for a weak passphrase or a code that is no authority's, Refused where something is there already.
    """
    gss = authority.strip().upper()
    if len(gss) != 9 or gss[0] not in "ENSW" or not gss[1:].isdigit():
        raise Invalid(
            "authority",
            f"{authority!r} is no authority's code",
            "it is a letter and eight digits",
            "the Office for National Statistics lists them; Wirral is E08000015",
        )
    name = check_name(officer)
    ways.check_length(passphrase)
    check_strength(passphrase, (name, authority_name, "placement", "placements"))
    key, first, store_id = slots.new_key(), new_id(), new_id()
    slot = ways.make_slot(first, name, passphrase, key)
    if path.parent.is_dir():
        private.check_folder(path.parent)
    stores.create(path, key)
    way = ways.open_slot(slot, passphrase)
    store = engine.Store(path, key, clock=clock, way=way)
    try:
        migrate.migrate(store)
        values: dict[str, Any] = {names.AUTHORITY: gss, names.AUTHORITY_NAME: authority_name or gss}
        first_words(store, first, name, values)
        slots.write(path, key, store_id, (slot,))
    except BaseException:
        store.close()
        for each in (path, keys_path(path)):
            each.unlink(missing_ok=True)
        raise
    return wire(Desk(store, first))


def first_words(store: engine.Store, officer: UUID, name: str, values: dict[str, Any]) -> None:
    """The first things that a new store says: its device, its first officer, its settings."""
    with store.write(officer, "make store") as session:
        changes.first_device(session, "team")
        officers.add(session, officer, name, initials_of(name), "administrator", store.clock())
        for setting, value in values.items():
            changes.put(session, setting, value)
