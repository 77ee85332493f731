"""Small teams for tests: a real encrypted store, homes around a real postcode, referrals of fictional children."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.bootstrap import Services, make_store, services_at
from placement_tui.db import slots, stores, ways
from placement_tui.db.changes import rows
from placement_tui.db.tables import Home, Officer, Provider, Vacancy
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.referrals import NewChild, NewReferral
from tests import engines

PASSPHRASE = "correct horse battery staple"
WIRRAL = "E08000015"
NAMES = [
    "Alder", "Brackenfield", "Cedar", "Dunes", "Elm", "Fern", "Gorse", "Hazel", "Ivy", "Juniper", "Kestrel", "Larch",
    "Maple", "Nettle", "Oak", "Pine", "Quarry", "Rowan", "Sorrel", "Thorn", "Umber", "Vale", "Willow", "Yarrow", "Zephyr",
]  # fmt: skip
KINDS = ("agency", "res", "inhouse", "sa")


class Clock:
    """A clock that a test sets and moves; it ticks a millisecond a reading, so that times have an order."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def forward(self, **parts: float) -> None:
        """Let time pass."""
        self.now += timedelta(**parts)


def team(path: Path, clock: Any = None, officer: str = "Karen Moss") -> Services:
    """An open store of a team in Wirral, without homes."""
    if engines.on_server() and not path.exists():
        engines.note(path)
    return make_store(path, WIRRAL, officer, PASSPHRASE, authority_name="Wirral", clock=clock)


def homes(
    services: Services, names: tuple[str, ...] = tuple(NAMES), kinds: tuple[str, ...] = KINDS, **columns: Any
) -> list[UUID]:
    """Homes in a line eastwards from CH41 5AL, the kinds in turn, each with a provider of its own."""
    at = services.desk.position_of("CH41 5AL")
    assert at.easting is not None
    assert at.northing is not None
    made = []
    with services.desk.write("add homes") as session:
        for number, name in enumerate(names):
            kind = kinds[number % len(kinds)]
            provider = Provider(
                name=f"{name} {'Fostering' if kind == 'agency' else 'Care'}", sector="own" if kind == "inhouse" else "private",
                phone=f"0151 496 01{number % 100:02d}", tier=number % 3 + 1,
            )  # fmt: skip
            session.add(provider)
            session.flush()
            values: dict[str, Any] = {
                "kind": kind, "urn": f"90{number:05d}", "name": "" if kind == "agency" else f"{name} House", "places": 4,
                "grade": "consistently_strong" if kind == "sa" else "good", "easting": at.easting + number * 800,
                "northing": at.northing + number * 300, "latitude": 53.39, "longitude": -3.03 + number * 0.01,
                "location": "postcode", "authority": at.authority, "weekly_pence": 80_000 + number * 1_000,
                "age_min": 0, "age_max": 17,
            }  # fmt: skip
            home = Home(provider_id=provider.id, **(values | columns))
            session.add(home)
            session.flush()
            made.append(home.id)
            if number % 3 == 0:
                said = services.desk.now - timedelta(hours=number)
                session.add(Vacancy(home_id=home.id, beds=1, said_at=said, officer_id=services.desk.officer.id))
    return made


def child(initials: str = "KJ", identifier: str = "W-10234", **fields: Any) -> NewChild:
    """A child of fourteen whose home is in CH41."""
    values: dict[str, Any] = {"age": 14, "sex": "M", "home_postcode": "CH41 5AL", "needs": ("VIOLENCE",)}
    if "born_on" in fields:
        values["age"] = None
    return NewChild(initials, identifier, **(values | fields))


def referral(services: Services, *children: NewChild, **fields: Any) -> UUID:
    """A referral for tonight, for KJ where no child is given."""
    values: dict[str, Any] = {
        "wanted": ("foster", "residential"), "urgency": "today", "why_now": "Carer taken ill today",
        "tonight": "At the office with the duty worker", "legal_status": "V2", "social_worker": "Pat Lowe",
        "social_worker_phone": "0151 496 0900",
    }  # fmt: skip
    key, _ = services.referrals.log(NewReferral(children or (child(),), **(values | fields)), again=True)
    return key


def offered(services: Services, referral_id: UUID, *offers: NewOffer) -> list[UUID]:
    """Ask the nearest homes for a referral, and log these offers on the first of its call list."""
    services.approaches.ask(referral_id, services.homes.nearest(referral_id))
    rows = services.approaches.calls(referral_id).rows
    return [services.offers.log(row.id, offer)[0] for row, offer in zip(rows, offers, strict=False)]


def placed(services: Services, *children: NewChild, **fields: Any) -> UUID:
    """A child who lives at the nearest home that may be asked, since now; the placement's id."""
    offer = offered(services, referral(services, *children, **fields), NewOffer(81_200))[0]
    return services.placements.start(offer, NewPlacement(services.desk.now)).placements[0]


def as_role(services: Services, role: str) -> None:
    """The officer at the desk becomes a manager, a viewer...: in the store, where roles are read."""
    with services.desk.write("role") as session:
        rows.change(session, Officer, services.desk.officer.id, {"role": role})


def opened(path: Path, clock: Any = None) -> Services:
    """The open store of a team with one officer. A passphrase is stretched once for all tests: a quarter of a second each."""
    store = stores.open_by(path, lambda file: _way(file.slot(None)), clock)
    return services_at(store, store.way.officer if store.way else None)


@cache
def _way(slot: slots.Slot) -> ways.Way:
    return ways.unlock(slot, PASSPHRASE)
