"""The public register against the store: which homes are new, changed, closed, and what their grades were.

A register describes one day. What an older one says never overwrites what a newer one said: it fills in what nobody
said and adds to the history of grades. So the order in which the years are imported makes no difference, save to a
field that the latest leaves empty and two older ones fill in differently. Fields that the team's own list says
(`home.said`) are left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from placement_tui.domain.folding import fold
from placement_tui.domain.typed_text import spaced_postcode
from placement_tui.exchange.cells import CellError, read_date
from placement_tui.exchange.ofsted import Register, RegisterHome
from placement_tui.services.imports_grades import grade_now, judge
from placement_tui.services.imports_plan import PLACE, PRECISE, Council, Locator, Owners, Plan, Row, many

SOURCE = "Ofsted's register"
NOBODY = "Owner not known"  # the provider of homes whose row names none
_ABSENT = "not in the register of "
_FEW = 50  # so many homes may close or be closed already before a file is taken for an extract
_REPEATED = ("inhouse", "household")  # fostering households carry the URN of their agency
_FILLED = ("name", "address", "town", "area", "constituency", "places", "registered_on")


class RegisterPlan:
    """One register compared with the store; `plan`, the counts and `notes` are what comes of it."""

    def __init__(
        self,
        register: Register,
        as_at: date,
        homes: Sequence[Row],
        providers: Sequence[Row],
        grades: Mapping[UUID, Mapping[tuple[date | None, str], Row]],
        council: Council,
        locator: Locator,
        lists: Mapping[str, date] | None = None,
    ) -> None:
        """`lists` are the days of the latest restricted list by kind of home: what a later one said stands."""
        self.plan = Plan()
        self._lists = lists or {}
        self.added = self.changed = self.unchanged = self.closed = self.judged = 0
        self.notes: list[str] = []
        self._as_at, self._homes, self._grades = as_at, homes, grades
        self._council, self._locator = council, locator
        self._owners = Owners(providers, council)
        self._by_urn: dict[str, list[Row]] = defaultdict(list)
        for row in homes:
            if row["urn"] and row["kind"] not in _REPEATED:
                self._by_urn[row["urn"]].append(row)
        self._later = self._later_register()
        self._sectors = _sectors(register.homes)
        self._placed: Counter[str | None] = Counter()
        self._compare(register.homes)

    def _compare(self, listed: Sequence[RegisterHome]) -> None:
        pairs = [(home, self._match(home)) for home in listed]
        if self._later:
            over = sum(1 for home, row in pairs if home.registered and self._is_fresh(row))
            if over > max(_FEW, len(pairs) // 2):
                self.notes.append(
                    f"{over:,} of its homes are not in the register of {said_day(self._later)}, which seems to have "
                    "been an extract: they count as registered."
                )
                self._later = None
        met: set[UUID] = set()
        for home, row in pairs:
            if row is None:
                self._add(home)
            else:
                met.add(row["id"])
                self._update(home, row)
        self._close(met)
        self.plan.changes[:0] = self._owners.changes()
        self._tell()

    def _later_register(self) -> date | None:
        known = {row["listed_on"] for row in self._homes} | {absent_since(row) for row in self._homes}
        return min((day for day in known if day is not None and day > self._as_at), default=None)

    def _match(self, home: RegisterHome) -> Row | None:
        found = self._by_urn.get(home.urn, [])
        listed = [row for row in found if row["listed_on"] is not None]
        if listed:
            return listed[0]
        if (
            home.kind == "sa"
        ):  # several premises, of the team's list or a restricted one, may carry their provider's URN
            found = [row for row in found if row["kind"] == "sa" and not row["restricted"]] if len(found) == 1 else []
        return found[0] if found else None

    def _is_fresh(self, row: Row | None) -> bool:
        if row is None:
            return True
        told = self._lists.get(row["kind"]) if row["restricted"] else None
        return all(day is None or day <= self._as_at for day in (row["listed_on"], told))

    def _facts(self, home: RegisterHome, row: Row | None) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "urn": home.urn,
            "name": home.name,
            "kind": home.kind,
            "provision_type": home.provision_type,
            "registered_on": home.registered_on,
            "address": ", ".join(home.address),
            "town": home.town,
            "area": home.authority_name,
            "constituency": home.constituency,
            "places": home.places,
        }
        constituency, area = home.constituency, home.authority_name
        if row is not None:  # what was not said before or is not said now
            known = (row["constituency"], row["area"])
            constituency, area = (
                (constituency or known[0], area or known[1])
                if self._is_fresh(row)
                else (known[0] or constituency, known[1] or area)
            )
        facts = {name: value for name, value in facts.items() if value not in (None, "")}
        postcode = spaced_postcode(home.postcode) if home.postcode else None
        return facts | self._locator.facts(row, postcode, constituency, area)

    def _status(self, home: RegisterHome) -> dict[str, Any]:
        if home.registered and self._later:
            return {"registered": False, "registration_status": _absent(self._later)}
        return {"registered": home.registered, "registration_status": home.registration_status}

    def _owner(self, home: RegisterHome, row: Row | None) -> UUID | None:
        if home.sector == "local_authority" and self._council.owns(home.owner, home.authority_name):
            return self._owners.own()
        if home.owner:
            return self._owners.named(home.owner, self._sectors.get(fold(home.owner)))
        return None if row is not None else self._owners.named(NOBODY)

    def _add(self, home: RegisterHome) -> None:
        values = self._facts(home, None) | self._status(home)
        values |= {
            "provider_id": self._owner(home, None),
            "short_breaks_only": home.short_breaks_only,
            "listed_on": self._as_at,
        }
        if home.grade_overall:
            values |= {"grade": home.grade_overall, "graded_on": home.inspected_on}
        self._placed[values.get("location")] += 1
        self._judge(self.plan.add("home", values), home)
        self.added += 1

    def _update(self, home: RegisterHome, row: Row) -> None:
        facts, owner = self._facts(home, row), self._owner(home, row)
        if self._is_fresh(row):
            said = set(row["said"])
            values = {name: value for name, value in facts.items() if name not in said}
            if "postcode" in said:
                values = {name: value for name, value in values.items() if name not in PLACE}
            values |= self._status(home) | {"short_breaks_only": home.short_breaks_only}
            if owner is not None and "provider_id" not in said:
                values["provider_id"] = owner
        else:
            values = {name: facts[name] for name in _FILLED if name in facts and row[name] in (None, "")}
            if row["postcode"] is None and row["location"] not in PRECISE:
                values |= {name: facts[name] for name in ("postcode", *PLACE) if name in facts}
            if owner is not None and self._owners.folded(row["provider_id"]) == fold(NOBODY):
                values["provider_id"] = owner
        values |= grade_now(home, row, self._is_fresh(row))
        self._placed[values.get("location", row["location"])] += 1
        seen = any(row[name] != value for name, value in values.items())
        listed = max(self._as_at, row["listed_on"] or self._as_at)
        self.plan.change("home", row, values | {"listed_on": listed})
        judged = self._judge(row["id"], home)
        if seen or judged:
            self.changed += 1
        else:
            self.unchanged += 1

    def _judge(self, home_id: UUID, home: RegisterHome) -> bool:
        new, changed = judge(self.plan, self._grades, home_id, home, SOURCE)
        self.judged += new
        return changed

    def _close(self, met: set[UUID]) -> None:
        before = [row for row in self._homes if row["listed_on"] and row["listed_on"] < self._as_at]
        absent = [row for row in before if row["id"] not in met]
        closing = [row for row in absent if row["registered"]]
        standing = [row for row in self._homes if row["listed_on"] and row["registered"]]
        if len(closing) > max(_FEW, len(standing) // 2):
            self.notes.append(
                f"{len(closing):,} of {len(standing):,} homes listed before are not in this file. It is taken for an "
                "extract: none of them is marked as no longer registered."
            )
            return
        for row in closing:
            self.plan.change("home", row, {"registered": False, "registration_status": _absent(self._as_at)})
        for row in absent:
            since = absent_since(row)
            if since is not None and since > self._as_at:
                self.plan.change("home", row, {"registration_status": _absent(self._as_at)})
        self.closed = len(closing)

    def _tell(self) -> None:
        if self._later:
            self.notes.append(
                f"A later register, of {said_day(self._later)}, is in the store already: this one adds to the history of "
                "grades and fills in what was not known; homes that have left the register since are marked so."
            )
        if self.judged:
            self.notes.append(f"{many(self.judged, 'grade')} added to the history.")
        placed = ", ".join(
            f"{self._placed[how]:,} {words}"
            for how, words in (("postcode", "by postcode"), ("given", "by latitude and longitude"), ("approximate", "about"))
            if self._placed[how]
        )  # fmt: skip
        if placed:
            self.notes.append(f"Placed: {placed}.")
        if nowhere := self._placed[None]:
            mend = (
                "their authority is not among the imported ones (it may have been abolished)."
                if self._council.areas_known
                else "import the reference files (`placement import la FILE...`) to place them."
            )
            self.notes.append(f"{many(nowhere, 'home')} without a public address and without a place yet: {mend}")


def said_day(day: date) -> str:
    """A day as registers write it: 31 March 2025."""
    return f"{day.day} {day:%B %Y}"


def _absent(day: date) -> str:
    return _ABSENT + said_day(day)


def absent_since(row: Row) -> date | None:
    """The day of the first register that a home was missing from, None for one that was not."""
    status: str = row["registration_status"]
    if row["registered"] or not status.startswith(_ABSENT):
        return None
    try:
        return read_date(status.removeprefix(_ABSENT))
    except CellError:
        return None


def _sectors(homes: Sequence[RegisterHome]) -> dict[str, str]:
    # An owner is listed under two sectors now and then: the one that most of its homes have.
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for home in homes:
        if home.owner and home.sector != "unknown":
            said[fold(home.owner)][home.sector] += 1
    return {name: min(counts, key=lambda each: (-counts[each], each)) for name, counts in said.items()}
