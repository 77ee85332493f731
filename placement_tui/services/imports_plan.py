"""What every import shares: the changes that it gathers before anything is written, the owners, the areas, the places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from placement_tui.db.engine import Session
from placement_tui.db.reads import register as reads
from placement_tui.domain.folding import fold
from placement_tui.domain.homes import Position
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.imports import Change
from placement_tui.domain.providers_merge import follow
from placement_tui.exchange.authorities import Atlas, Authority, AuthorityNames, Constituency, District, plain_name

if TYPE_CHECKING:
    from placement_tui.exchange.postcodes import Place, Postcodes
    from placement_tui.services.imports_run import Bar

Row = Mapping[str, Any]
PRECISE = ("postcode", "given")
PLACE = ("easting", "northing", "latitude", "longitude", "location", "authority")
_AT_ONCE = 40  # postcodes between two reports of progress


class Plan:
    """The records that an import makes and changes; nothing is written until it is whole."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def add(self, noun: str, values: Mapping[str, Any]) -> UUID:
        """A new record; its id."""
        key = new_id()
        self.changes.append(Change(noun, key, values, True))
        return key

    def change(self, noun: str, row: Row, values: Mapping[str, Any]) -> bool:
        """A change of those values that differ; whether any did."""
        differing = {name: value for name, value in values.items() if row[name] != value}
        if differing:
            self.changes.append(Change(noun, row["id"], differing, False))
        return bool(differing)


@dataclass(frozen=True, slots=True)
class Areas:
    """The imported authorities, districts and constituencies, as the readers of files know them."""

    authorities: tuple[Authority, ...] = ()
    districts: tuple[District, ...] = ()
    constituencies: tuple[Constituency, ...] = ()

    @property
    def names(self) -> AuthorityNames:
        """Authorities by any of their names."""
        return AuthorityNames(self.authorities, self.districts)


def areas_of(session: Session) -> Areas:
    """What the store knows of areas."""
    return Areas(
        tuple(
            Authority(row["gss"], row["other_gss"], row["dfe_code"], row["name"], row["kind"], row["region"],
                      row["latitude"], row["longitude"], tuple(row["neighbours"]), tuple(row["statistical_neighbours"]))
            for row in reads.authorities(session)
        ),
        tuple(District(row["code"], row["name"], row["authority"], "") for row in reads.districts(session)),
        tuple(
            Constituency(row["code"], row["name"], row["easting"], row["northing"], row["latitude"], row["longitude"],
                         tuple(row["authorities"]), tuple(row["authority_codes"]))
            for row in reads.constituencies(session)
        ),
    )  # fmt: skip


class Council:
    """The store's own council: whether a name means it."""

    def __init__(self, authority: str | None, name: str, areas: Areas) -> None:
        self.authority, self.name = authority, name
        self.names = areas.names
        self.areas_known = bool(areas.authorities)

    def means(self, name: str | None) -> bool:
        """True where a name is that of the council or of its area."""
        if not name:
            return False
        found = self.names.find(name)
        return found == self.authority if found else plain_name(name) == plain_name(self.name)

    def owns(self, owner: str | None, area: str | None) -> bool:
        """Whether a home of the sector local authority is the council's own: by its owner, else by where it lies."""
        if not owner:
            return self.means(area)
        if self.means(owner):
            return True
        # A children's trust bears no council's name, but lies in its area; unknown areas say nothing of names.
        return self.areas_known and self.names.find(owner) is None and self.means(area)


class Owners:
    """The providers, found by folded name or made; what of them is new or changed is known at the end."""

    def __init__(self, rows: Iterable[Row], council: Council) -> None:
        self._council = council
        everyone = {row["id"]: row for row in rows}
        merged = {key: row["merged_into_id"] for key, row in everyone.items()}
        self._was = {key: row for key, row in everyone.items() if row["struck_at"] is None}
        self._now: dict[UUID, dict[str, Any]] = {}
        self._ids: dict[str, UUID] = {}
        for key, row in self._was.items():
            self._ids.setdefault(fold(row["name"]), key)
        for key, row in everyone.items():  # a double's name means the provider that it was merged into
            if (kept := follow(merged, key)) in self._was:
                self._ids.setdefault(fold(row["name"]), kept)
        self._own = next((key for key, row in self._was.items() if row["sector"] == "own"), None)

    def own(self) -> UUID:
        """The council itself. One that is there under a spelling of its name becomes it."""
        if self._own is None:
            self._own = next(
                (
                    key
                    for key, row in self._was.items()
                    if row["sector"] in ("local_authority", "unknown") and self._council.means(row["name"])
                ),
                None,
            )
            if self._own is None:
                self._own = new_id()
                self._now[self._own] = {"name": self._council.name}
            self.say(self._own, {"sector": "own", "name": self._council.name})
        return self._own

    def named(self, name: str, sector: str | None = None) -> UUID:
        """The provider of that name. `sector` is taken where none was known."""
        key = self._ids.get(fold(name))
        if key is None:
            key = self._ids[fold(name)] = new_id()
            self._now[key] = {"name": name, "sector": sector or "unknown"}
        elif sector and sector != "unknown" and self.value(key, "sector") == "unknown":
            self.say(key, {"sector": sector})
        return key

    def say(self, key: UUID, values: Mapping[str, Any]) -> bool:
        """Something that a provider is from now on; whether that is new."""
        differs = any(self.value(key, name) != value for name, value in values.items())
        self._now.setdefault(key, {}).update(values)
        return differs

    def value(self, key: UUID, name: str) -> Any:
        """What a provider is."""
        now = self._now.get(key, {})
        return now[name] if name in now else self._was[key][name] if key in self._was else None

    def folded(self, key: UUID) -> str:
        """A provider's name for comparing; "" for the council itself."""
        return "" if key == self._own else fold(self.value(key, "name") or "")

    def changes(self) -> list[Change]:
        """The providers to be made and changed."""
        found = []
        for key, values in self._now.items():
            row = self._was.get(key)
            if row is None:
                found.append(Change("provider", key, values, True))
            elif differing := {name: value for name, value in values.items() if row[name] != value}:
                found.append(Change("provider", key, differing, False))
        return found


class Locator:
    """Where homes are: by postcode, else about where their constituency is, else their authority."""

    def __init__(
        self, areas: Areas, postcodes: Postcodes, places: Mapping[str, Place | None], homes: Iterable[Row] = ()
    ) -> None:
        """`places` are postcodes looked up beforehand, letter by letter, which is much faster than one by one; where
        `homes` stand by postcode is known already.
        """
        self._atlas = Atlas(areas.authorities, areas.constituencies)
        self._names = areas.names
        self._postcodes, self._places = postcodes, dict(places)
        self._stored = {
            row["postcode"]: {name: row[name] for name in PLACE}
            for row in homes
            if row["postcode"] and row["location"] == "postcode" and row["authority"]
        }

    def facts(
        self, row: Row | None, postcode: str | None, constituency: str | None, area: str | None
    ) -> dict[str, Any]:
        """The columns of a home's place. What is known to the metre gives way to another postcode only."""
        facts: dict[str, Any] = {"postcode": postcode} if postcode else {}
        precise = row is not None and row["location"] in PRECISE and (not postcode or postcode == row["postcode"])
        if precise and row is not None and row["authority"]:
            return facts
        if postcode in self._stored and postcode not in self._places:
            return facts | self._stored[postcode]
        place = self._place(postcode) if postcode else None
        if place is not None and place.position.location:
            authority = place.position.authority or self._authority(area)
            facts |= _columns(place.position)
            moved = row is None or row["postcode"] != postcode
            return facts | {"authority": authority} if authority or moved else facts
        if precise:
            authority = self._authority(area)
            return facts | {"authority": authority} if authority else facts
        position = self._atlas.approximate(constituency, area)
        authority = position.authority or self._authority(area)
        if authority:
            facts["authority"] = authority
        if position.location:
            facts |= _columns(position)
        elif row is not None and postcode and row["location"] in PRECISE:
            facts |= _columns(Position())  # it has moved to where nobody can say
        return facts

    def _place(self, postcode: str) -> Place | None:
        if postcode not in self._places:
            self._places[postcode] = self._postcodes.find(postcode)
        return self._places[postcode]

    def _authority(self, area: str | None) -> str | None:
        return self._names.find(area) if area else None


def look_up(postcodes: Postcodes, texts: Iterable[str], bar: Bar) -> dict[str, Place | None]:
    """The places of postcodes, in the order of their letters, each of which takes a moment to read."""
    ordered = sorted(set(texts))
    found: dict[str, Place | None] = {}
    for start in range(0, len(ordered), _AT_ONCE):
        found |= postcodes.find_many(ordered[start : start + _AT_ONCE])
        bar.looking(len(found), len(ordered))
    return found


def many(count: int, noun: str) -> str:
    """A count with its noun: `1 home`, `2,605 homes`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _columns(position: Position) -> dict[str, Any]:
    return {
        "easting": position.easting,
        "northing": position.northing,
        "latitude": position.latitude,
        "longitude": position.longitude,
        "location": position.location,
    }
