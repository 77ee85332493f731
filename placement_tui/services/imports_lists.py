"""Ofsted's restricted lists against the store: where homes are, their registration, its conditions, their grades.

A list describes one day. An older one than the store knows of that kind of home only fills in what nobody said. The
fields that the team's own list says (`home.said`) are left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.db.changes import settings as settings_changes
from placement_tui.db.reads import register as reads
from placement_tui.db.reads import settings as settings_reads
from placement_tui.domain import settings as names
from placement_tui.domain.folding import fold
from placement_tui.domain.imports import ImportReport, Progress
from placement_tui.domain.lists import conditions_text
from placement_tui.exchange.lists import ListHome, read_list
from placement_tui.services.desk import Desk
from placement_tui.services.imports_alerts import raise_alerts
from placement_tui.services.imports_grades import Known, grade_now, judge
from placement_tui.services.imports_plan import (
    PLACE,
    PRECISE,
    Council,
    Locator,
    Owners,
    Plan,
    Row,
    areas_of,
    look_up,
    many,
)
from placement_tui.services.imports_run import Run

SOURCE = "Ofsted's list for authorities"
_REPEATED = ("inhouse", "household")  # fostering households carry the URN of their agency
_FILLED = ("name", "address", "town", "area", "phone", "email", "places", "registered_on", "place", "place_provider")
_NOWHERE = "Owner not known"


def bring_in(
    desk: Desk, path: Path | str, *, skip_bad: bool = False, dry: bool = False, progress: Progress | None = None
) -> ImportReport:
    """A restricted list of homes and providers. Where a line is refused nothing is written, unless `skip_bad`.

    What it changes of a home where a child lives opens a task for that child. Raises BadFile, Refused for a viewer.
    """
    desk.require("log")
    run = Run("lists", progress)
    file = read_list(path, run.bar.reading)
    run.read(file.source, file.rows, file.refused, file.notes)
    if file.refused and not (skip_bad and file.homes):
        return run.report()
    as_at = min(file.as_at or desk.today, desk.today)
    if not file.said:
        run.notes.append(f"It is taken for that of {as_at.day} {as_at:%B %Y}, its latest day: its name says none.")
    with desk.read() as session:
        placed = reads.placed_postcodes(session)
    sought = {home.postcode for home in file.homes if home.postcode} - placed
    places = look_up(desk.postcodes, sought, run.bar)
    with desk.read() if dry else desk.write("import Ofsted's list") as session:
        areas, homes = areas_of(session), reads.homes(session)
        kept = settings_reads.everything(session).get(names.OFSTED_LISTS) or {}
        compared = ListsPlan(
            file.homes, as_at, homes, reads.providers(session), reads.grades(session),
            Council(desk.authority, desk.authority_name, areas), Locator(areas, desk.postcodes, places, homes),
            {kind: date.fromisoformat(day) for kind, day in kept.items()},
        )  # fmt: skip
        run.write(session, compared, dry)
        alerts = raise_alerts(session, desk, as_at, homes, compared.plan.changes, compared.names, dry)
        days = {kind: day.isoformat() for kind, day in compared.days.items()}
        if not dry and days != kept:
            settings_changes.put(session, names.OFSTED_LISTS, days)
    run.notes += [*compared.notes, *alerts]
    return run.report()


class ListsPlan:
    """One list compared with the store; `plan`, the counts, `days` and `notes` are what comes of it."""

    def __init__(
        self,
        rows: Sequence[ListHome],
        as_at: date,
        homes: Sequence[Row],
        providers: Sequence[Row],
        grades: Known,
        council: Council,
        locator: Locator,
        days: Mapping[str, date],
    ) -> None:
        """`days` are those of the latest list by kind of home."""
        self.plan = Plan()
        self.added = self.changed = self.unchanged = self.judged = 0
        self.notes: list[str] = []
        self.names: dict[UUID, str] = {row["id"]: row["name"] for row in homes}
        self._as_at, self._known_days = as_at, days
        self._council, self._locator, self._grades = council, locator, grades
        self._owners = Owners(providers, council)
        self._by_urn: dict[str, list[Row]] = defaultdict(list)
        for row in homes:
            if row["urn"] and row["kind"] not in _REPEATED:
                self._by_urn[row["urn"]].append(row)
        self._met: set[UUID] = set()
        self._nowhere: list[int] = []
        self._older: Counter[str] = Counter()
        for home in rows:
            self._row(home)
        self.plan.changes[:0] = self._owners.changes()
        self.days = {**days, **{home.kind: max(as_at, days.get(home.kind, as_at)) for home in rows}}
        self._tell()

    def _row(self, home: ListHome) -> None:
        row = self._match(home)
        values = self._facts(home, row)
        if row is None:
            values |= {"provider_id": self._owner(home) or self._owners.named(_NOWHERE), "name": home.name or ""}
            if home.grade_overall:
                values |= {"grade": home.grade_overall, "graded_on": home.inspected_on}
            key = self.plan.add("home", values)
            differs = True
        else:
            key = row["id"]
            self._met.add(key)
            fresh = self._is_fresh(home, row)
            values = self._fresh(home, row, values) if fresh else self._filled(home, row, values)
            values |= grade_now(home, row, fresh)
            differs = self.plan.change("home", row, values)
        self.names[key] = values.get("name") or self.names.get(key, "")
        new, judged = judge(self.plan, self._grades, key, home, SOURCE)
        self.judged += new
        if row is None:
            self.added += 1
        elif differs or judged:
            self.changed += 1
        else:
            self.unchanged += 1
        if home.postcode and values.get("location", row["location"] if row else None) not in PRECISE:
            self._nowhere.append(home.line)

    def _match(self, home: ListHome) -> Row | None:
        found = [row for row in self._by_urn.get(home.urn, []) if row["id"] not in self._met]
        if home.setting:  # one of several under the provider's URN: known by where it is
            found = [row for row in found if row["kind"] == "sa" and row["listed_on"] is None]
            same = [row for row in found if row["postcode"] == home.postcode]
            exact = [row for row in same if fold(row["address"]) == fold(", ".join(home.address))]
            return next(iter(exact or (same if len(same) == 1 and not same[0]["address"] else ())), None)
        listed = [row for row in found if row["listed_on"] is not None]
        if home.kind == "sa" and not listed:  # the provider itself, not one of its settings
            found = [row for row in found if not row["restricted"]]
        return next(iter(listed or found), None)

    def _is_fresh(self, home: ListHome, row: Row) -> bool:
        known = self._known_days.get(home.kind) if row["restricted"] else None
        fresh = all(day is None or day <= self._as_at for day in (known, row["listed_on"]))
        self._older[home.kind] += not fresh
        return fresh

    def _facts(self, home: ListHome, row: Row | None) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "urn": home.urn,
            "name": home.name,
            "kind": home.kind if row is None or row["kind"] == "other" or home.kind != "other" else row["kind"],
            "provision_type": home.provision_type,
            "registered_on": home.registered_on,
            "address": ", ".join(home.address),
            "town": home.town,
            "area": home.authority_name,
            "phone": home.phone,
            "email": home.email,
            "places": home.places,
            "place": home.place,
            "place_provider": home.place_provider,
        }
        facts = {name: value for name, value in facts.items() if value not in (None, "")}
        area = home.authority_name or (row["area"] if row else None)
        facts |= self._locator.facts(row, home.postcode, row["constituency"] if row else None, area)
        facts |= {
            "registered": home.registered,
            "registration_status": home.registration_status,
            "deregistered_on": home.deregistered_on,
            "conditions": conditions_text(row["conditions"] if row else "", home.conditions, home.needs),
        }
        if (home.address or home.postcode) and not _is_public(row):
            facts["restricted"] = True
        return facts

    def _fresh(self, home: ListHome, row: Row, facts: Mapping[str, Any]) -> dict[str, Any]:
        said = set(row["said"])
        values = {name: value for name, value in facts.items() if name not in said}
        if "postcode" in said:
            values = {name: value for name, value in values.items() if name not in PLACE}
        if "phone" not in said and row["phone"] and row["phone"] != home.phone and not row["restricted"]:
            values.pop("phone", None)  # the team's own number, which somebody typed
        owner = self._owner(home)
        if owner is not None and "provider_id" not in said:
            values["provider_id"] = owner
        return values

    def _filled(self, home: ListHome, row: Row, facts: Mapping[str, Any]) -> dict[str, Any]:
        values = {name: facts[name] for name in _FILLED if name in facts and row[name] in (None, "")}
        if row["postcode"] is None:
            values |= {name: facts[name] for name in ("postcode", *PLACE) if name in facts}
        if not row["conditions"] and not row["restricted"]:
            values["conditions"] = facts["conditions"]
        if facts.get("restricted") and ("address" in values or "postcode" in values):
            values["restricted"] = True
        owner = self._owner(home)
        if owner is not None and self._owners.folded(row["provider_id"]) == fold(_NOWHERE):
            values["provider_id"] = owner
        return values

    def _owner(self, home: ListHome) -> UUID | None:
        if home.sector == "local_authority" and self._council.owns(home.owner, home.authority_name):
            return self._owners.own()
        name = home.owner or (home.name if home.setting or home.kind == "agency" else None)
        return self._owners.named(name, home.sector) if name else None

    def _tell(self) -> None:
        restricted = sum(1 for change in self.plan.changes if change.values.get("restricted"))
        if restricted:
            self.notes.append(
                f"{many(restricted, 'address')[:-1] + 'es' if restricted > 1 else '1 address'} marked restricted: shown to "
                "those who work with the store, never to viewers, never in an export."
            )
        if older := sum(self._older.values()):
            self.notes.append(
                f"A later list or register is in the store already for {many(older, 'home')}: of these only what was not "
                "known is filled in, and the history of grades."
            )
        if self.judged:
            self.notes.append(f"{many(self.judged, 'grade')} added to the history.")
        if self._nowhere:
            lines = ", ".join(map(str, self._nowhere[:8])) + (" and more" if len(self._nowhere) > 8 else "")
            self.notes.append(
                f"{many(len(self._nowhere), 'postcode')} that the postcode file does not have, line {lines}: these homes are "
                "placed at about their authority; a newer file (`placement import postcodes FILE`) may know them."
            )


def _is_public(row: Row | None) -> bool:
    """True where the public register said where it is: an agency's office."""
    return row is not None and not row["restricted"] and row["listed_on"] is not None and bool(row["address"])
