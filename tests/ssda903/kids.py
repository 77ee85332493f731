"""Children in care as tests write them down, and a store that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from placement_tui.bootstrap import Services
from placement_tui.db.tables import (
    Care,
    Child,
    Deprivation,
    Ending,
    Held,
    Home,
    LegalStatus,
    Missing,
    Placement,
    Provider,
    Review,
)
from placement_tui.domain.clocks_days import at_london
from placement_tui.exchange import postcodes
from placement_tui.exchange.postcode_letters import spaced

NOON = time(12)


@dataclass
class Lived:
    """One placement: where, of what type, from when; `urn` and `postcode` None take those of the home."""

    home: str
    place: str
    provider: str | None
    postcode: str | None
    urn: str | None
    first: date
    last: date | None = None
    reason: str | None = None
    same_carer: bool | None = None
    by_home: bool = False  # type, provider, postcode and URN are said of the home, not of the placement


@dataclass
class Kid:
    """A child and everything that the return asks of it."""

    identifier: str
    born: date | None
    sex: str = "M"
    ethnicity: str | None = "WBRI"
    upn: str | None = ""
    mother: bool | None = None
    mother_since: date | None = None
    uasc: bool = False
    uasc_ceased: date | None = None
    home: str | None = None
    care: list[tuple[date, date | None, str | None, str | None]] = field(default_factory=list)
    statuses: list[tuple[str, date, date | None]] = field(default_factory=list)
    lived: list[Lived] = field(default_factory=list)
    missing: list[tuple[str, date, date | None]] = field(default_factory=list)
    reviews: list[tuple[date, str]] = field(default_factory=list)
    orders: list[tuple[date, date | None]] = field(default_factory=list)
    held: list[tuple[int, str, dict[str, str]]] = field(default_factory=list)


def save(services: Services, kids: Iterable[Kid]) -> dict[str, UUID]:
    """Write the children and their homes; gives each child's key by its identifier."""
    homes: dict[str, UUID] = {}
    keys: dict[str, UUID] = {}
    with services.desk.write("children in care") as session:
        now = services.desk.now
        for kid in kids:
            child = Child(
                identifier=kid.identifier, initials="KJ", born_on=kid.born, sex=kid.sex, home_postcode=kid.home,
                ethnicity=kid.ethnicity, upn=kid.upn, mother=kid.mother, mother_since=kid.mother_since, uasc=kid.uasc,
                uasc_ceased_on=kid.uasc_ceased,
            )  # fmt: skip
            session.add(child)
            session.flush()
            keys[kid.identifier] = child.id
            for began, ended, cin, rec in kid.care:
                session.add(
                    Care(child_id=child.id, began_on=began, ended_on=ended, cin=cin, rec=rec, home_postcode=kid.home)
                )
            for code, first, last in kid.statuses:
                session.add(LegalStatus(child_id=child.id, code=code, from_on=first, until_on=last))
            for lived in kid.lived:
                key = homes.get(lived.home) or _home(session, lived)
                homes[lived.home] = key
                _placement(session, child.id, key, lived, now)
            for kind, first, last in kid.missing:
                session.add(Missing(child_id=child.id, kind=kind, from_on=first, until_on=last))
            for day, code in kid.reviews:
                session.add(Review(child_id=child.id, held_on=day, code=code))
            for first, last in kid.orders:
                session.add(Deprivation(child_id=child.id, order_on=first, ends_on=last, logged_at=now))
            for year, part, fields in kid.held:
                session.add(Held(child_id=child.id, year=year, part=part, fields=fields))
    return keys


def _home(session: Any, lived: Lived) -> UUID:
    provider = Provider(name=f"{lived.home} Care", sector="private")
    session.add(provider)
    session.flush()
    said: dict[str, Any] = {}
    if lived.by_home:
        said = {
            "place": lived.place, "place_provider": lived.provider, "postcode": lived.postcode, "urn": lived.urn,
        }  # fmt: skip
    home = Home(provider_id=provider.id, kind="other", name=lived.home, **said)
    session.add(home)
    session.flush()
    return home.id


def _placement(session: Any, child: UUID, home: UUID, lived: Lived, now: datetime) -> None:
    said: dict[str, Any] = {}
    if not lived.by_home:
        said = {
            "place": lived.place or None, "place_provider": lived.provider, "postcode": lived.postcode, "urn": lived.urn,
        }  # fmt: skip
    row = Placement(
        child_id=child, home_id=home, started_at=at_london(lived.first, NOON), ended_on=lived.last,
        same_carer=lived.same_carer, **said,
    )  # fmt: skip
    session.add(row)
    session.flush()
    if lived.reason and lived.last:
        session.add(
            Ending(
                placement_id=row.id,
                ended_on=lived.last,
                logged_at=now,
                reason=lived.reason,
                reason_class="planned",
            )
        )


@cache
def pool(area: str, size: int = 60) -> tuple[str, ...]:
    """Real postcodes with a grid reference in an area: `own` (Wirral), `near`, `far` (England), `wales`."""
    wanted = {
        "own": ("C", ("E08000015",)),
        "near": ("L", ("E08000012", "E08000014")),
        "far": ("L", ("E08000035", "E06000016")),
        "wales": ("L", ("W06000001", "W06000002", "W06000003", "W06000006")),
    }
    letter_name, districts = wanted[area]
    folder = postcodes._package_folder()
    assert folder is not None
    letter = postcodes._load(folder / f"postcodes_{letter_name}.msgpack.br")
    numbers = {letter.names.index(name) for name in districts}
    found = [
        at
        for at in range(len(letter))
        if letter.districts[at] in numbers and letter.eastings[at] > 0 and letter.northings[at] > 0
    ]
    chosen = Random(903).sample(found, size)
    return tuple(spaced(letter[at].decode()) for at in chosen)


def days(first: date, count: int) -> date:
    """So many days after."""
    return first + timedelta(days=count)
