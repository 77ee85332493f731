"""Reference files about areas against the store; and homes that lie nowhere yet, put where they are now known to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from placement_tui.domain import settings as names
from placement_tui.exchange.authorities import Authority, AuthorityNames, Constituency, District
from placement_tui.services.imports_plan import PRECISE, Areas, Council, Locator, Owners, Plan, Row

Record = Authority | District | Constituency


class AreasPlan:
    """The records of reference files compared with the store; `plan`, the counts and `areas` as they will be."""

    def __init__(self, records: Iterable[Record], stored: Mapping[str, Sequence[Row]], before: Areas) -> None:
        self.plan = Plan()
        self.added = self.changed = self.unchanged = 0
        found: dict[str, dict[str, Record]] = {"authority": {}, "district": {}, "constituency": {}}
        for each in (*before.authorities, *before.districts, *before.constituencies, *records):
            noun, key, _ = _columns(each)
            found[noun][key] = each
        self.areas = Areas(
            tuple(each for each in found["authority"].values() if isinstance(each, Authority)),
            tuple(each for each in found["district"].values() if isinstance(each, District)),
            tuple(each for each in found["constituency"].values() if isinstance(each, Constituency)),
        )
        rows = {(noun, row[_KEYS[noun]]): row for noun in _KEYS for row in stored[noun]}
        for each in records:
            noun, key, values = _columns(each)
            row = rows.get((noun, key))
            if row is None:
                self.plan.add(noun, values)
                self.added += 1
            elif self.plan.change(noun, row, values):
                self.changed += 1
            else:
                self.unchanged += 1


_KEYS = {"authority": "gss", "district": "code", "constituency": "code"}


def _columns(record: Record) -> tuple[str, str, dict[str, Any]]:
    """The table, its key, and the columns of a record."""
    if isinstance(record, Authority):
        columns: dict[str, Any] = {
            "gss": record.gss,
            "other_gss": record.other_gss,
            "dfe_code": record.dfe_code,
            "name": record.name,
            "kind": record.kind,
            "region": record.region,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "neighbours": list(record.neighbours),
            "statistical_neighbours": list(record.statistical_neighbours),
        }
        return "authority", record.gss, columns
    if isinstance(record, District):
        return (
            "district",
            record.code,
            {"code": record.code, "name": record.name, "authority": record.authority_gss},
        )
    return (
        "constituency",
        record.code,
        {
            "code": record.code,
            "name": record.name,
            "easting": record.easting,
            "northing": record.northing,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "authorities": list(record.authorities),
            "authority_codes": list(record.authority_codes),
        },
    )


def settings_of(areas: Areas, before: Areas, held: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The settings that the areas bring: the council's code of today, its name, its neighbours; and what to say of it.

    A name or neighbours that somebody chose are left alone: neighbours are taken where there are none yet, or still
    those that an earlier import took.
    """
    own = next((each for each in areas.authorities if held.get(names.AUTHORITY) in (each.gss, each.other_gss)), None)
    if own is None:
        return {}, []
    settings: dict[str, Any] = {}
    notes: list[str] = []
    if held[names.AUTHORITY] != own.gss:
        settings[names.AUTHORITY] = own.gss
        notes.append(f"The council's code is {own.gss} now, which replaces {held[names.AUTHORITY]}.")
    if held.get(names.AUTHORITY_NAME) in (None, "", own.gss, own.other_gss):
        settings[names.AUTHORITY_NAME] = own.name
    taken, chosen = _neighbours(areas, own.gss), held.get(names.ADJOINING)
    if chosen is None or sorted(chosen) == _neighbours(before, own.gss):
        if taken != chosen:
            settings[names.ADJOINING] = taken
            called = ", ".join(sorted(each.name for each in areas.authorities if each.gss in taken))
            notes.append(
                f"Adjoining authorities: {called or 'none'}. Across an estuary none is taken: add those by hand."
            )
    elif sorted(chosen) != taken:
        notes.append("The adjoining authorities that were chosen by hand are left as they are.")
    return settings, notes


def _neighbours(areas: Areas, gss: str) -> list[str]:
    by_number = {each.dfe_code: each.gss for each in areas.authorities}
    own = next((each for each in areas.authorities if each.gss == gss), None)
    return sorted(by_number[code] for code in (own.neighbours if own else ()) if code in by_number)


def unplaced(homes: Iterable[Row]) -> list[str]:
    """The postcodes whose place is worth another look."""
    return [
        row["postcode"]
        for row in homes
        if row["postcode"] and (row["authority"] is None or row["location"] not in PRECISE)
    ]


def relocate(plan: Plan, homes: Iterable[Row], locator: Locator, known: AuthorityNames) -> int:
    """Put homes where they are now known to be; how many were put somewhere new, or into an authority."""
    moved = 0
    for row in homes:
        values = locator.facts(row, row["postcode"], row["constituency"], row["area"])
        authority = values.get("authority", row["authority"])
        if authority and (found := known.find(authority)):
            values["authority"] = found  # an older code of the same authority
        moved += plan.change("home", row, values)
    return moved


def gather_own(plan: Plan, homes: Iterable[Row], providers: Sequence[Row], council: Council) -> None:
    """The council's own homes under its own provider, where a register named it before its names were known."""
    owners = Owners(providers, council)
    other = {row["id"] for row in providers if row["sector"] == "local_authority" and council.means(row["name"])}
    known = next((row for row in providers if row["sector"] == "own"), None)
    if other or (known is not None and known["name"] == council.authority):
        own = owners.own()
        owners.say(own, {"name": council.name})
        for row in homes:
            if row["provider_id"] in other and row["provider_id"] != own:
                plan.change("home", row, {"provider_id": own})
    plan.changes.extend(owners.changes())
