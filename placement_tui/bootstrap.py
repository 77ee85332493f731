"""The one place of wiring: a path and a passphrase become an unlocked store and its services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any
from uuid import UUID

from placement_tui import keyrings
from placement_tui.db import backups, engine, heads_kept, migrate, private, rotation, slots, stores, ways
from placement_tui.db.changes import officers
from placement_tui.db.changes import settings as changes
from placement_tui.domain import settings as names
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.officers import called, check_name, initials_of
from placement_tui.errors import Invalid, Locked
from placement_tui.services.desk import Desk
from placement_tui.services.officers_passphrases import check_strength

if TYPE_CHECKING:
    from placement_tui.db.ways import Way
    from placement_tui.services.approaches import Approaches
    from placement_tui.services.audit import Audit
    from placement_tui.services.backups import Backups
    from placement_tui.services.beds import Beds
    from placement_tui.services.capacity import Capacities
    from placement_tui.services.care import Care
    from placement_tui.services.census import Census
    from placement_tui.services.conflicts import Conflicts
    from placement_tui.services.delay import Delay
    from placement_tui.services.difference import Differences
    from placement_tui.services.doubles import Doubles
    from placement_tui.services.drafts import Drafts
    from placement_tui.services.endings import Endings
    from placement_tui.services.feed import ChangeFeed
    from placement_tui.services.glances import Glances
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


class Part:
    """A service that is imported and made when it is first asked for: a start does not wait for what it does not use.

    From then on it stands in the services' own dictionary, which Python looks at first.
    """

    def __init__(self, module: str, kind: str, *needs: str) -> None:
        self._module, self._kind, self._needs = module, kind, needs

    def kind(self) -> Any:
        """The class of the service."""
        return getattr(import_module(f"placement_tui.services.{self._module}"), self._kind)

    def __set_name__(self, owner: type[Services], name: str) -> None:
        self._name = name

    def __get__(self, services: Services | None, owner: type[Services]) -> Any:
        if services is None:  # asked of the class
            return self
        with services.making:  # of two threads that ask for it at once, both are given the same
            made = vars(services).get(self._name)
            if made is None:
                made = self.kind()(services.desk, *(getattr(services, need) for need in self._needs))
                if services.desk.store.server:
                    from placement_tui.retrying import retried

                    made = retried(made)
                vars(services)[self._name] = made
        return made


def _part(module: str, kind: str, *needs: str) -> Any:
    return Part(module, kind, *needs)


class Services:
    """Everything an officer can do at one open store; each service is made with the desk and the services that it needs."""

    referrals: Referrals = _part("referrals", "Referrals")
    homes: Homes = _part("homes", "Homes")
    approaches: Approaches = _part("approaches", "Approaches")
    offers: Offers = _part("offers", "Offers")
    rules: Rules = _part("rules", "Rules")
    overrides: Overrides = _part("overrides", "Overrides")
    settings: Settings = _part("settings", "Settings")
    sign_offs: SignOffs = _part("sign_offs", "SignOffs")
    delay: Delay = _part("delay", "Delay")
    insight: Insight = _part("insight", "Insight")
    report: Boards = _part("report", "Boards", "insight")
    placements: Placements = _part("placements", "Placements")
    endings: Endings = _part("endings", "Endings")
    warnings: Warnings = _part("warnings", "Warnings")
    permanence: Permanence = _part("permanence", "Permanence")
    step_downs: StepDowns = _part("step_downs", "StepDowns")
    capacity: Capacities = _part("capacity", "Capacities")
    care: Care = _part("care", "Care")
    census: Census = _part("census", "Census")
    stories: Stories = _part("story", "Stories")
    returns: Returns = _part("ssda903", "Returns")
    providers: Providers = _part("providers", "Providers")
    merging: Merging = _part("providers_merge", "Merging")
    differences: Differences = _part("difference", "Differences", "homes")
    vacancies: Vacancies = _part("vacancies", "Vacancies")
    beds: Beds = _part("beds", "Beds")
    waves: Waves = _part("waves", "Waves", "homes", "approaches")
    siblings: Siblings = _part("siblings", "Siblings", "homes")
    profiles: Profiles = _part("profiles", "Profiles")
    registers: Registers = _part("registers", "Registers")
    tasks: Tasks = _part("tasks", "Tasks")
    handovers: Handovers = _part("handovers", "Handovers", "homes")
    night_form: NightForm = _part("handovers_form", "NightForm", "homes")
    officers: Officers = _part("officers", "Officers")
    history: History = _part("history", "History")
    audit: Audit = _part("audit", "Audit")
    retention: Retention = _part("retention", "Retention", "backups")
    drafts: Drafts = _part("drafts", "Drafts")
    conflicts: Conflicts = _part("conflicts", "Conflicts")
    doubles: Doubles = _part("doubles", "Doubles")
    meetings: Meetings = _part("meetings", "Meetings", "retention")
    laptops: Laptops = _part("laptops", "Laptops", "backups")
    backups: Backups = _part("backups", "Backups")
    watch: Watch = _part("watch", "Watch", "backups")
    imports: Imports = _part("imports", "Imports")
    feed: ChangeFeed = _part("feed", "ChangeFeed")
    glances: Glances = _part("glances", "Glances")

    def __init__(self, desk: Desk) -> None:
        self.desk, self.making = desk, RLock()

    @property
    def demo(self) -> bool:
        """True where the store is a demonstration."""
        return self.desk.store.demo

    def close(self) -> None:
        """Stop watching and let go of the store."""
        made = vars(self)
        for name, end in (("feed", "stop"), ("watch", "stop"), ("audit", "close")):
            if name in made:
                getattr(made[name], end)()
        heads_kept.keep(self.desk.store)
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
    path: Path,
    name: str | None = None,
    passphrase: str | None = None,
    clock: Callable[[], datetime] | None = None,
    way: Way | None = None,
) -> Services:
    """Unlock the store at `path`, bring its tables to this version, and wire the services.

    Without a passphrase a machine that remembers the officer opens it by its keyring. A `way` in that was found before
    opens it by itself. Raises NotFound, Locked, Refused, StoreDamaged.
    """
    store, officer = _opened(path, name, passphrase, clock, way)
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
    path: Path, name: str | None, passphrase: str | None, clock: Callable[[], datetime] | None, found: Way | None
) -> tuple[engine.Store, UUID | None]:
    if found is not None:
        return stores.open_by(path, lambda _: found, clock), found.officer
    remembered = keyrings.remembered(path) if passphrase is None else None
    if remembered is None or not called(remembered, name):
        return stores.open_store(path, name, passphrase, clock)
    way = keyrings.recall(path)
    return stores.open_by(path, lambda _: way, clock), way.officer


def wire(desk: Desk) -> Services:
    """The services at one desk."""
    return Services(desk)


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
    store = stores.at(path, key, clock=clock, way=way)
    try:
        migrate.migrate(store)
        values: dict[str, Any] = {names.AUTHORITY: gss, names.AUTHORITY_NAME: authority_name or gss}
        first_words(store, first, name, values)
        slots.write(path, key, store_id, (slot,))
    except BaseException:
        store.close()
        stores.discard(path)
        raise
    return wire(Desk(store, first))


def first_words(store: engine.Store, officer: UUID, name: str, values: dict[str, Any]) -> None:
    """The first things that a new store says: its device, its first officer, its settings."""
    with store.write(officer, "make store") as session:
        changes.first_device(session, "team")
        officers.add(session, officer, name, initials_of(name), "administrator", store.clock())
        for setting, value in values.items():
            changes.put(session, setting, value)
