"""The homes of a return: known ones by URN, or by postcode and type; the others made, as homes of the past.

A home of the past is known from returns only. Nobody is offered it: it carries no vacancy, no phone, no grade, and the
search, the bed board and the counts leave it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from placement_tui.domain.restricted import REDACTED_KINDS
from placement_tui.domain.ssda903_chains import Lived
from placement_tui.domain.typed_text import spaced_postcode
from placement_tui.services.imports_plan import Locator, Owners, Plan, Row

PARENTS = "Own parents or person with parental responsibility"
_REGIONAL = "XXXXXXX"  # a regional adoption agency's URN: rule 242
_FAMILY = ("inhouse", "household")
_KINDS = {"K1": "secure", "K2": "res", "K3": "sa", "H5": "sa", "P2": "sa", "R3": "family_centre", "S1": "school"}
_NAMES = {
    "secure": "Secure home",
    "res": "Children's home",
    "sa": "Supported accommodation",
    "family_centre": "Family centre",
    "school": "Residential school",
    "inhouse": "Our foster carer",
    "household": "Foster carer",
}
_OTHERS = {
    "P1": PARENTS,
    "P3": "Residential employment",
    "R1": "Care home",
    "R2": "Hospital or nursing care",
    "R5": "Young offender institution",
    "A4": "Adopters",
    "A6": "Adopters",
    "T0": "Temporary place",
    "T1": "Hospital",
    "T2": "Holiday",
    "T3": "Temporary carer",
    "T4": "Temporary place",
}
_TYPES = {"res": "residential", "secure": "secure", "sa": "supported", "family_centre": "parent_and_child",
          "school": "residential", "inhouse": "foster", "household": "foster"}  # fmt: skip
# Who ran the homes that nobody knows any more, by PLACE_PROVIDER; the council's own are its own.
_OWNERS = {
    "PR0": ("Parents and family", "unknown"),
    "PR2": ("Other councils, in old returns", "local_authority"),
    "PR3": ("NHS and other public bodies, in old returns", "health"),
    "PR4": ("Private providers, in old returns", "private"),
    "PR5": ("Voluntary providers, in old returns", "voluntary"),
}
_NOBODY = ("Not named in old returns", "unknown")


def kind_of(lived: Lived) -> str:
    """The kind of home that PLACE and PLACE_PROVIDER mean."""
    if lived.place[:1] == "U" or lived.place in ("A3", "A5"):
        return "inhouse" if lived.place_provider == "PR1" else "household"
    return _KINDS.get(lived.place, "other")


def type_of(lived: Lived) -> str:
    """The kind of provision that a placement was."""
    return "short_breaks" if lived.legal_status in ("V3", "V4") else _TYPES.get(kind_of(lived), "other")


class Homes:
    """The homes of the store and those that an import makes."""

    def __init__(self, rows: Iterable[Row], owners: Owners, locator: Locator, plan: Plan) -> None:
        self._owners, self._locator, self._plan = owners, locator, plan
        self._rows: dict[UUID, Mapping[str, Any]] = {}
        self._by_urn: dict[str, list[Row]] = defaultdict(list)
        self._by_post: dict[str, list[Row]] = defaultdict(list)
        self._past: dict[tuple[str, str, str, str], UUID] = {}
        self._agencies: dict[str, UUID] = {}
        self.made = 0
        for row in rows:
            self._rows[row["id"]] = row
            if row["past"]:
                self._past[_key(row["kind"], row["urn"], row["postcode"], row["name"])] = row["id"]
                continue
            if row["urn"]:
                self._by_urn[row["urn"].upper()].append(row)
                if row["kind"] in ("agency", "adoption"):
                    self._agencies[row["urn"].upper()] = row["provider_id"]
            if row["postcode"]:
                self._by_post[spaced_postcode(row["postcode"])].append(row)

    def is_past(self, home_id: UUID) -> bool:
        """Whether a home is known from returns only."""
        return bool(self._rows[home_id]["past"])

    def name(self, home_id: UUID) -> str:
        """What a home is called."""
        row = self._rows[home_id]
        return str(row["name"] or row["urn"] or "a home")

    def is_same(self, home_id: UUID, lived: Lived) -> bool:
        """Whether a return means this home: its URN or its postcode, or the very home that it would be."""
        row = self._rows[home_id]
        urn, post = _urn(lived), spaced_postcode(lived.postcode)
        if (urn and urn == (row["urn"] or "").upper()) or (post and post == spaced_postcode(row["postcode"] or "")):
            return True
        return self.find(lived) == home_id

    def find(self, lived: Lived) -> UUID | None:
        """The home that a return means, where it is known."""
        found = self._known(lived)
        if found is not None:
            return found
        return self._past.get(_key(kind_of(lived), _urn(lived), spaced_postcode(lived.postcode), _name(lived)))

    def of(self, lived: Lived) -> UUID:
        """The home that a return means, made where nobody knows it."""
        found = self.find(lived)
        return found if found is not None else self._make(lived)

    def _known(self, lived: Lived) -> UUID | None:
        kind, post, urn = kind_of(lived), spaced_postcode(lived.postcode), _urn(lived)
        near = self._by_post.get(post, []) if post else []
        if kind in _FAMILY:
            # A household carries the URN of its agency: the postcode alone tells carers apart.
            same = [row for row in near if row["kind"] in _FAMILY and _agree(row["urn"], urn)]
            return same[0]["id"] if len(same) == 1 else None
        if kind == "other":
            return None
        registered = [row for row in self._by_urn.get(urn, []) if row["kind"] not in (*_FAMILY, "agency", "adoption")]
        at_post = [row for row in registered if row["postcode"] and spaced_postcode(row["postcode"]) == post]
        for found in (at_post, registered if kind != "sa" or len(registered) == 1 else []):
            if found:
                key: UUID = found[0]["id"]
                return key
        same = [row for row in near if row["kind"] == kind and _agree(row["urn"], urn)]
        return same[0]["id"] if len(same) == 1 else None

    def _make(self, lived: Lived) -> UUID:
        kind, post, urn, name = kind_of(lived), spaced_postcode(lived.postcode), _urn(lived), _name(lived)
        values: dict[str, Any] = {
            "provider_id": self._provider(lived, urn), "kind": kind, "name": name, "past": True,
            "place": lived.place or None, "place_provider": lived.place_provider or None,
        }  # fmt: skip
        if urn:
            values["urn"] = urn
        if post:
            values |= self._locator.facts(None, post, None, None)
            values["restricted"] = kind in REDACTED_KINDS  # what the register redacts is no less so in a return
        key = self._plan.add("home", values)
        self._rows[key] = {"urn": None, "postcode": None, **values, "id": key}
        self._past[_key(kind, urn, post, name)] = key
        self.made += 1
        return key

    def _provider(self, lived: Lived, urn: str) -> UUID:
        if lived.place_provider == "PR1":
            return self._owners.own()
        if urn in self._agencies:
            return self._agencies[urn]
        return self._owners.named(*_OWNERS.get(lived.place_provider, _NOBODY))


def _urn(lived: Lived) -> str:
    return "" if lived.urn == _REGIONAL else lived.urn.upper()


def _name(lived: Lived) -> str:
    kind = kind_of(lived)
    what = _OTHERS.get(lived.place) or _NAMES.get(kind) or f"Other place {lived.place}".strip()
    where = spaced_postcode(lived.postcode) or _urn(lived)
    return f"{what}, {where}" if where else what


def _key(kind: str, urn: str | None, postcode: str | None, name: str) -> tuple[str, str, str, str]:
    return kind, (urn or "").upper(), spaced_postcode(postcode or ""), name


def _agree(one: str | None, other: str) -> bool:
    return not one or not other or one.upper() == other
