"""The team's own list against the store: which of its rows is which home, and what it says that is new.

A row is a home by its URN, else by its reference, else by kind, name and provider. An empty cell says nothing. What the
list says of a home is kept in `home.said`, so that a register imported later leaves it alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from placement_tui.domain.folding import fold
from placement_tui.exchange import kinds
from placement_tui.exchange.providers import ProviderRow
from placement_tui.services.imports_plan import Council, Locator, Owners, Plan, Row, many

if TYPE_CHECKING:
    from placement_tui.exchange.postcodes import Place

SOURCE = "the team's list"
_REPEATED = ("inhouse", "household")  # fostering households carry the URN of their agency
_WORDS = ("urn", "address", "town", "area", "phone", "out_of_hours_phone", "email", "places", "age_min", "age_max", "tier",
          "route", "weekly_pence", "reference", "note")  # fmt: skip
_EITHER_WAY = ("sexes", "suspended")  # written as None they say something: any, in use
_SAID = ("name", "provider_id", "kind", "address", "town", "postcode", "area", "places")  # what a register says too
_OF_PROVIDER = ("phone", "out_of_hours_phone", "email", "tier", "route")
_ELSEWHERE = ("L", "M")  # the first letters of district codes in the Channel Islands and on the Isle of Man: no grid
Key = tuple[str, str]


class ListPlan:
    """One list compared with the store; `plan`, the counts and `notes` are what comes of it."""

    def __init__(
        self,
        rows: Sequence[ProviderRow],
        homes: Sequence[Row],
        providers: Sequence[Row],
        grades: Mapping[UUID, Mapping[tuple[date | None, str], Row]],
        council: Council,
        locator: Locator,
    ) -> None:
        self.plan = Plan()
        self.added = self.changed = self.unchanged = 0
        self.notes: list[str] = []
        self._council, self._locator, self._grades = council, locator, grades
        self._owners = Owners(providers, council)
        self._told: set[UUID] = set()  # providers that a row of this list has spoken of
        self._undated = 0
        matches = _Matches(rows, homes, self)
        for at, row in enumerate(rows):
            self._row(row, matches.of(at))
        self.plan.changes[:0] = self._owners.changes()
        if self._undated:
            self.notes.append(
                f"{many(self._undated, 'grade')} without a date where a dated one is known: that one stays."
            )

    def provider_of(self, row: ProviderRow) -> UUID | None:
        """The provider that a row names; None where it names none, or an agency only itself."""
        if row.kind == "inhouse" or _is_own(row.provider, self._council):
            return self._owners.own()
        if "provider" not in row.given or names_itself(row):
            return None
        return self._owners.named(row.provider, row.sector)

    def _row(self, row: ProviderRow, home: Row | None) -> None:
        values = self._values(row, home)
        if home is None:
            key = self.plan.add("home", values)
            provider = values["provider_id"]
            differs = True
        else:
            key, provider = home["id"], values.get("provider_id", home["provider_id"])
            differs = self.plan.change("home", home, values)
        differs |= self._judge(key, row)
        if row.kind == "agency" and self._owners.folded(provider) == fold(row.name) and provider not in self._told:
            self._told.add(provider)
            said = {name: value for name in _OF_PROVIDER if (value := getattr(row, name)) not in (None, "")}
            if row.sector not in (None, "unknown", "own"):
                said["sector"] = row.sector
            differs |= self._owners.say(provider, said)
        if home is None:
            self.added += 1
        elif differs:
            self.changed += 1
        else:
            self.unchanged += 1

    def _values(self, row: ProviderRow, home: Row | None) -> dict[str, Any]:
        values = {name: value for name in _WORDS if (value := getattr(row, name)) not in (None, "")}
        values |= {name: getattr(row, name) for name in _EITHER_WAY if name in row.given}
        provider = self.provider_of(row)
        if provider is None and home is None:
            provider = self._owners.named(row.provider or row.name, row.sector)
        if provider is not None:
            values["provider_id"] = provider
        if home is None or "kind" in row.given:
            values["kind"] = row.kind
        if home is None or "name" in row.given or names_itself(row):
            values["name"] = row.name
        constituency = home["constituency"] if home else None
        area = row.area or (home["area"] if home else None)
        values |= self._locator.facts(home, row.postcode, constituency, area)
        said = {name for name in _SAID if name in values}
        if row.postcode is None:
            said.discard("postcode")
        values["said"] = sorted(said | set(home["said"] if home else ()))
        return values | self._grade_now(row, home)

    def _grade_now(self, row: ProviderRow, home: Row | None) -> dict[str, Any]:
        if row.grade is None:
            return {}
        if home is not None and home["graded_on"] is not None:
            if row.graded_on is None:
                self._undated += row.grade != home["grade"]
                return {}
            # Of one day the register's word counts, where there is one; a list of the team's own may be corrected.
            if row.graded_on < home["graded_on"] or (home["listed_on"] and row.graded_on == home["graded_on"]):
                return {}
        return {"grade": row.grade, "graded_on": row.graded_on}

    def _judge(self, home_id: UUID, row: ProviderRow) -> bool:
        known = self._grades.get(home_id, {})
        if row.grade is None or (row.graded_on, row.grade) in known:
            return False
        if row.graded_on is None and any(day is not None for day, _ in known):
            return False
        values = {"home_id": home_id, "overall": row.grade, "inspected_on": row.graded_on, "source": SOURCE}
        self.plan.add("grade", values)
        return True


class _Matches:
    """Which home each row is. A home is one row's only, and the pairs that agree most are taken first.

    So a list that was imported meets again the very homes that it made or changed.
    """

    def __init__(self, rows: Sequence[ProviderRow], homes: Sequence[Row], plan: ListPlan) -> None:
        self._plan = plan
        self._by_urn: dict[str, list[Row]] = defaultdict(list)
        self._by_reference: dict[str, list[Row]] = defaultdict(list)
        self._by_name: dict[Key, list[Row]] = defaultdict(list)
        for home in homes:
            if home["urn"] and home["kind"] not in _REPEATED:
                self._by_urn[home["urn"]].append(home)
            if home["reference"]:
                self._by_reference[home["reference"].casefold()].append(home)
            self._by_name[home["kind"], fold(home["name"])].append(home)
        self._urns = Counter(row.urn for row in rows)
        self._found: dict[int, Row] = {}  # by the row's place in the list
        self._taken: set[UUID] = set()
        pairs = [(self._strength(row, home), -at, home) for at, row in enumerate(rows) for home in self._likely(row)]
        for _, at, home in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
            if -at not in self._found and home["id"] not in self._taken:
                self._take(-at, home)
        self._take_movers(rows)

    def of(self, at: int) -> Row | None:
        """The home that the row at that place in the list is; None for a new one."""
        return self._found.get(at)

    def _take(self, at: int, home: Row) -> None:
        self._found[at] = home
        self._taken.add(home["id"])

    def _likely(self, row: ProviderRow) -> list[Row]:
        found = [*self._urn(row), *self._reference(row)]
        found += [home for home in self._names(row) if home["postcode"] == row.postcode]
        return list({home["id"]: home for home in found}.values())

    def _strength(self, row: ProviderRow, home: Row) -> tuple[bool, bool, bool, int]:
        """How surely a home is the row's: it says nothing that is not so, then URN, reference, and how much is so."""
        provider = self._plan.provider_of(row)
        told = (
            (row.kind if "kind" in row.given else home["kind"], home["kind"]),
            (fold(row.name), fold(home["name"])),
            (provider or home["provider_id"], home["provider_id"]),
            (row.reference, home["reference"]),
            (row.urn, home["urn"]),
            (row.postcode, home["postcode"]),
        )
        settled = all(said is None or said == known for said, known in told)
        by_reference = bool(row.reference) and not _differ(row.reference, home["reference"])
        return settled, row.urn == home["urn"] is not None, by_reference, sum(said == known for said, known in told)

    def _urn(self, row: ProviderRow) -> list[Row]:
        if not row.urn or row.kind in _REPEATED:
            return []
        found = self._by_urn.get(row.urn, [])
        if row.kind != "sa":
            return found
        # Every setting of a provider of supported accommodation carries the provider's URN.
        alone = len(found) == 1 and self._urns[row.urn] == 1
        return [home for home in found if alone and (home["listed_on"] or fold(home["name"]) == fold(row.name))]

    def _reference(self, row: ProviderRow) -> list[Row]:
        found = self._by_reference.get(row.reference.casefold(), []) if row.reference else []
        return [home for home in found if home["kind"] == row.kind or fold(home["name"]) == fold(row.name)]

    def _names(self, row: ProviderRow) -> list[Row]:
        provider = self._plan.provider_of(row)
        return [
            home
            for home in self._by_name.get((row.kind, fold(row.name)), [])
            if not _differ(home["reference"], row.reference)
            and not _differ(home["urn"], row.urn)
            and provider in (None, home["provider_id"])
        ]

    def _take_movers(self, rows: Sequence[ProviderRow]) -> None:
        # One of that name here and one there: it has moved, or only one of the two says where it is.
        left: dict[tuple[str, str, UUID | None], list[int]] = defaultdict(list)
        for at, row in enumerate(rows):
            if at not in self._found:
                left[row.kind, fold(row.name), self._plan.provider_of(row)].append(at)
        for places in left.values():
            free = [home for home in self._names(rows[places[0]]) if home["id"] not in self._taken]
            if len(places) == len(free) == 1:
                self._take(places[0], free[0])


def names_itself(row: ProviderRow) -> bool:
    """An agency that is its own provider: a list of agencies has one column of names."""
    return row.kind == "agency" and fold(row.provider) == fold(row.name)


def no_place(postcode: str, place: Place | None) -> tuple[str, str] | None:
    """Why a row with that postcode is refused, and the mend; None where it may stand."""
    if place is None:
        return f"there is no postcode {postcode}", "Correct it, or import a newer postcode file if it is new."
    if place.ended:
        return f"{postcode} was withdrawn in {place.ended:%B %Y}", "Ask for the postcode of today."
    if not place.position.location and (place.district or "")[:1] not in _ELSEWHERE:
        return f"{postcode} is listed without a place: it was withdrawn long ago", "Ask for the postcode of today."
    return None


def _is_own(provider: str, council: Council) -> bool:
    if not provider:
        return False
    # "Lancashire County Council" is somebody's own council, but ours only where it is our name.
    return council.means(provider) or (kinds.is_own(provider) and not fold(provider).endswith(" council"))


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one.casefold() != other.casefold())
