"""What the returns say of a child against what the store holds: what is new, filled in, corrected, or only shown.

Three things are compared: what the returns said when they were brought in before, what they say now, and the store. A
value that came from a return, and that nobody changed since, follows a later return. What the team logged is never
overwritten: its blanks are filled, and where it differs that is shown, and changed only where the officer accepts it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from placement_tui.domain.clocks_days import at_london, london_day
from placement_tui.domain.codes.endings import class_of
from placement_tui.domain.codes.ssda903_tables import last_day
from placement_tui.domain.imports import Change, Correction
from placement_tui.domain.ssda903_chains import Lived
from placement_tui.domain.ssda903_facts import Fact, Facts
from placement_tui.domain.ssda903_rows import ReturnRow
from placement_tui.services.imports_plan import Plan, Row
from placement_tui.services.imports_ssda903_homes import Homes, type_of

SOURCE = "ssda903"
_STARTS = {"care": "began_on", "legal_status": "from_on", "placement": "started_at", "missing": "from_on",
           "review": "held_on", "deprivation": "order_on"}  # fmt: skip
_ENDS = {"care": "ended_on", "legal_status": "until_on", "placement": "ended_on", "missing": "until_on",
         "deprivation": "ends_on"}  # fmt: skip
_ONE_AT_A_TIME = ("care", "legal_status", "placement")
_PLACED = ("place", "place_provider", "postcode", "urn")
_WORDS = {
    "care": "care", "legal_status": "legal status", "placement": "placement", "missing": "missing", "review": "review",
    "deprivation": "order", "began_on": "begins", "from_on": "begins", "started_at": "begins", "order_on": "begins",
    "held_on": "day", "ended_on": "ends", "until_on": "ends", "ends_on": "ends", "cin": "CIN", "rec": "REC", "code": "code",
    "home_postcode": "HOME_POST", "place": "PLACE", "place_provider": "PLACE_PROVIDER", "postcode": "PL_POST", "urn": "URN",
    "same_carer": "same carer", "home_id": "home", "reason": "REASON_PLACE_CHANGE", "born_on": "date of birth", "sex": "sex",
    "ethnicity": "ethnicity", "upn": "UPN", "mother": "mother", "mother_since": "birth of the first child", "uasc": "UASC",
    "uasc_ceased_on": "UASC until", "kind": "kind",
}  # fmt: skip
_FOREVER = date.max
Distance = Callable[[Lived], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Stored:
    """One child as the store has them: the record, those of other tables by word, endings by placement."""

    child: Row
    records: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    endings: Mapping[UUID, Row] = field(default_factory=dict)


class Comparing:
    """Gathers in `plan` what is to be written, and in `corrections` what differed."""

    def __init__(self, plan: Plan, homes: Homes, distance: Distance, now: datetime, accept: bool) -> None:
        self.plan, self._homes, self._distance, self._now, self._accept = plan, homes, distance, now, accept
        self.corrections: list[Correction] = []
        self._who = ""

    def new_child(self, identifier: str, said: Facts, place: Mapping[str, Any]) -> UUID:
        """A child whom nobody logged yet; the return has no initials, so the identifier stands for them."""
        return self.plan.add("child", {"identifier": identifier, "initials": identifier, **said.child, **place})

    def child(self, stored: Stored, before: Facts, said: Facts, place: Mapping[str, Any]) -> None:
        """The child's own fields; `place` where they lived when care began, if that is to be kept."""
        row, values = stored.child, dict[str, Any]()
        self._who = str(row["identifier"])
        for name, wanted in said.child.items():
            have = row[name]
            if have == wanted:
                continue
            if have in (None, "", False) or (name == "sex" and have == "U"):
                values[name] = wanted
            elif said.header is not None:
                ours = before.child.get(name) == have
                if self._told(said.header, "", name, have, wanted, ours):
                    values[name] = wanted
        self.plan.change("child", row, values | dict(place))

    def records(self, child_id: UUID, stored: Stored | None, before: Facts, said: Facts) -> None:
        """Everything else that the returns say of the child."""
        self._who = str(stored.child["identifier"]) if stored else said.records[0].row.child if said.records else ""
        for noun in _STARTS:
            rows = list(stored.records.get(noun, ())) if stored else []
            facts = [fact for fact in said.records if fact.noun == noun]
            was = {fact.day: fact for fact in before.records if fact.noun == noun}
            pairs = self._pairs(noun, rows, facts)
            taken = {row["id"] for row in pairs.values()}
            for fact in facts:
                row = pairs.get(fact.day)
                if row is not None:
                    self._meet(noun, row, fact, was.get(_start(noun, row)), stored)
                elif not self._in_the_way(noun, rows, taken, fact):
                    self._add(child_id, fact)
            for row in rows:
                if row["id"] not in taken and _returned(noun, row) and _start(noun, row) in was:
                    self._strike(noun, row, was[_start(noun, row)], stored)

    def _pairs(self, noun: str, rows: Sequence[Row], facts: Sequence[Fact]) -> dict[date, Row]:
        """Which record each fact is: first by the day and where it came from, then by days in common."""
        found: dict[date, Row] = {}
        taken: set[UUID] = set()
        tries: tuple[Callable[[Row, Fact], bool], ...] = (
            lambda row, fact: _returned(noun, row) and _start(noun, row) == fact.day,
            lambda row, fact: _start(noun, row) == fact.day and self._alike(noun, row, fact),
            lambda row, fact: _overlap(noun, row, fact) and self._alike(noun, row, fact),
        )
        for agrees in tries:
            for fact in facts:
                if fact.day in found:
                    continue
                row = next((row for row in rows if row["id"] not in taken and agrees(row, fact)), None)
                if row is not None:
                    found[fact.day] = row
                    taken.add(row["id"])
        return found

    def _alike(self, noun: str, row: Row, fact: Fact) -> bool:
        if noun == "placement":
            return fact.lived is not None and self._homes.is_same(row["home_id"], fact.lived)
        return noun not in ("legal_status", "missing") or row.get("code", row.get("kind")) == fact.values.get(
            "code", fact.values.get("kind")
        )

    def _in_the_way(self, noun: str, rows: Sequence[Row], taken: set[UUID], fact: Fact) -> bool:
        """Whether the team logged something else of these days: then it stays, and the return's word is shown."""
        if noun not in _ONE_AT_A_TIME:
            return False
        for row in rows:
            if not _returned(noun, row) and row["id"] not in taken and _overlap(noun, row, fact):
                old = f"{self._said_of(noun, row)} from {_start(noun, row):%d/%m/%Y}"
                new = (
                    f"{fact.row.text('PL_POST') or fact.row.text('PLACE')} from {fact.day:%d/%m/%Y}"
                    if noun == "placement"
                    else f"{fact.values.get('code') or 'care'} from {fact.day:%d/%m/%Y}"
                )
                self._note(fact.row, _WORDS[noun], old, new, applied=False)
                return True
        return False

    def _said_of(self, noun: str, row: Row) -> str:
        return self._homes.name(row["home_id"]) if noun == "placement" else str(row.get("code") or "care")

    def _meet(self, noun: str, row: Row, fact: Fact, was: Fact | None, stored: Stored | None) -> None:
        """One record that is there already."""
        ours, values = _returned(noun, row), dict[str, Any]()
        what = f"{_WORDS[noun]} of {fact.day:%d/%m/%Y}"
        for name, wanted in fact.values.items():
            have = _plain(row[name])
            if have == wanted:
                continue
            mine = ours and was is not None and was.values.get(name) == have
            end = name == _ENDS.get(noun)
            if end and wanted is None and not mine and (have is None or have > last_day(fact.row.year)):
                continue  # it was open on 31 March, and ended since
            if mine and have in (None, ""):
                values[name] = wanted
            elif not mine and not end and (have in (None, "") or wanted in (None, "")):
                if have in (None, ""):
                    values[name] = wanted
            elif self._told(fact.row, what, name, have, wanted, mine):
                values[name] = wanted
        if noun == "placement" and fact.lived is not None and stored is not None:
            self._home(row, fact, was if ours else None, values, what)
            self._ending(row["id"], stored.endings.get(row["id"]), fact, values.get("ended_on", row["ended_on"]), what)
        if values.get("started_at"):
            values["started_at"] = _midnight(values["started_at"])
        self.plan.change(noun, row, values)

    def _home(self, row: Row, fact: Fact, was: Fact | None, values: dict[str, Any], what: str) -> None:
        """Where a placement from a return was: another place by a later return, or a home that is known by now."""
        lived, there = fact.lived, row["home_id"]
        if lived is None or was is None:
            return
        if any(was.values[name] != fact.values[name] for name in _PLACED):
            home = self._homes.of(lived)
            if home != there:
                values["home_id"] = home
            values |= self._distance(lived)
        elif self._homes.is_past(there):
            known = self._homes.find(lived)
            if known is not None and known != there and not self._homes.is_past(known):
                self._note(fact.row, f"{what}, home", self._homes.name(there), self._homes.name(known), applied=True)
                values["home_id"] = known

    def _ending(self, placement: UUID, ending: Row | None, fact: Fact, ended: date | None, what: str) -> None:
        """Why it ended, as the return says: an ending that an officer logged stays what it is."""
        reason = fact.lived.reason if fact.lived else ""
        if ending is None:
            if reason and ended is not None:
                self.plan.add("ending", _ending_of(placement, reason, ended, fact, self._now))
            return
        mine = ending["officer_id"] is None
        if not reason or ended is None:
            if mine:
                self._drop("ending", ending)
            return
        values: dict[str, Any] = {}
        if ending["reason"] != reason and self._told(fact.row, what, "reason", ending["reason"], reason, mine):
            values = {"reason": reason, "reason_class": class_of(reason, fact.values.get("place"))}
        if mine or self._accept:
            values["ended_on"] = ended
        self.plan.change("ending", ending, values)

    def _add(self, child_id: UUID, fact: Fact) -> None:
        values = {"child_id": child_id, **fact.values}
        source = f"{SOURCE} {fact.year}"
        if fact.noun == "deprivation":
            values |= {"logged_at": self._now, "note": source}
        else:
            values["source"] = source
        lived = fact.lived
        if lived is None:
            self.plan.add(fact.noun, values)
            return
        values |= {"home_id": self._homes.of(lived), "type_obtained": type_of(lived), "started_at": _midnight(fact.day)}
        key = self.plan.add("placement", values | self._distance(lived))
        if lived.reason and lived.end is not None:
            self.plan.add("ending", _ending_of(key, lived.reason, lived.end, fact, self._now))

    def _strike(self, noun: str, row: Row, was: Fact, stored: Stored | None) -> None:
        """Take out what an earlier return said and the later one does not; what somebody worked on stays."""
        ending = stored.endings.get(row["id"]) if stored and noun == "placement" else None
        touched = any(_plain(row[name]) != value for name, value in was.values.items())
        if touched or (ending is not None and ending["officer_id"] is not None):
            self._note(
                was.row, f"{_WORDS[noun]} of {was.day:%d/%m/%Y}", "there", "not in the return any more", applied=False
            )
            return
        self._note(
            was.row, f"{_WORDS[noun]} of {was.day:%d/%m/%Y}", "there", "not in the return any more", applied=True
        )
        if ending is not None:
            self._drop("ending", ending)
        self._drop(noun, row)

    def _drop(self, noun: str, row: Row) -> None:
        self.plan.changes.append(Change(noun, row["id"], {"struck_at": self._now}, False))

    def _told(self, row: ReturnRow, what: str, name: str, old: Any, new: Any, ours: bool) -> bool:
        """Show a difference; whether it is taken over."""
        applied = ours or self._accept
        self._note(
            row, ", ".join(filter(None, (what, _WORDS.get(name, name)))), _shown(name, old), _shown(name, new), applied
        )
        return applied

    def _note(self, row: ReturnRow, what: str, old: str, new: str, applied: bool) -> None:
        self.corrections.append(Correction(self._who or row.child, what, old, new, row.file, row.line, applied))


def _ending_of(placement: UUID, reason: str, ended: date, fact: Fact, now: datetime) -> dict[str, Any]:
    return {
        "placement_id": placement, "ended_on": ended, "logged_at": now, "reason": reason,
        "reason_class": class_of(reason, fact.values.get("place")),
    }  # fmt: skip


def _returned(noun: str, row: Row) -> bool:
    """Whether a record came from a return."""
    return str(row["note"] if noun == "deprivation" else row["source"]).startswith(f"{SOURCE} ")


def _plain(value: Any) -> Any:
    return london_day(value) if isinstance(value, datetime) else value


def _start(noun: str, row: Row) -> date:
    found: date = _plain(row[_STARTS[noun]]) or date.min
    return found


def _overlap(noun: str, row: Row, fact: Fact) -> bool:
    start, end = _start(noun, row), row[_ENDS[noun]] if noun in _ENDS else None
    if noun not in _ENDS:
        return start == fact.day
    return start == fact.day or (start < (fact.end or _FOREVER) and fact.day < (end or _FOREVER))


def _midnight(day: date) -> datetime:
    return at_london(day, time(0))


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return "open" if name in _ENDS.values() else "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
