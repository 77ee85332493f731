"""From children's records to what indicators count: periods of care, placements as the Department counts them, carers.

A placement is a run of placements with the same carer; a new one begins with a new period of care or another carer
(reasons for a new episode S, P and B). Temporary moves (T0 to T4), a change of legal status (L), a move with the same carer
(T, U) and a change of status only (PLACE) begin none. An agreed series of short breaks (V3, V4) is not counted at all. A
child is looked after on a day that lies in a period of care, the day on which it ends left out; where nobody logged a
period, a placement that is open on the day says so.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from placement_tui.domain.carers import same_carer
from placement_tui.domain.distance import NOTHING_ADJOINS, within_20
from placement_tui.domain.indicators.facts import ADOPTION, SHORT_BREAKS, TEMPORARY, Living
from placement_tui.domain.typed_ages import age_on


class Stay(NamedTuple):
    """One placement as it lies in the store, with what is known of its home. Ids are text, only to be compared."""

    id: str
    child: str
    home_id: str
    from_on: date
    until: date | None
    place: str | None = None
    provider: str | None = None
    reason: str | None = None
    same_carer: bool | None = None
    miles: float | None = None
    inside: bool | None = None
    legal: str | None = None
    wanted: str | None = None
    obtained: str | None = None
    grade: str | None = None
    route: str | None = None
    planned_end: date | None = None
    school: bool | None = None
    emergency: bool = False
    kind: str | None = None
    authority: str | None = None
    registered: bool | None = None
    home_grade: str | None = None


class Person(NamedTuple):
    """What of a child is counted."""

    born_on: date | None = None
    uasc: bool = False
    uasc_ceased_on: date | None = None


class Span(NamedTuple):
    """Some days: of a period of care with its REC, of a legal status or of an order by its code."""

    first: date
    until: date | None
    code: str | None = None

    def holds(self, day: date) -> bool:
        """Whether the day is one of them; that on which it ends is not."""
        return self.first <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Records:
    """What the store holds of children's time in care, by child."""

    stays: Mapping[str, Sequence[Stay]] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    periods: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    statuses: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    liberty: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    matched: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """The council's own area, those that adjoin it, and the region of each authority, by GSS code."""

    authority: str | None = None
    adjoining: frozenset[str] = frozenset()
    regions: Mapping[str, str] = field(default_factory=dict)


class Placement(NamedTuple):
    """A placement as it is counted: from when to when with one carer, in which period of care (`at` in its order).

    `here` is since when the child lives in the same home, or with those who are to adopt; `first` and `last` are its
    records.
    """

    from_on: date
    until: date | None
    at: int
    here: date
    first: Stay
    last: Stay
    before: Stay | None


@dataclass(frozen=True, slots=True)
class History:
    """One child's time in care as it is counted."""

    child: str
    person: Person
    periods: tuple[Span, ...]
    by_care: bool
    statuses: tuple[Span, ...]
    liberty: tuple[Span, ...]
    stays: tuple[Stay, ...]
    placements: tuple[Placement, ...]


def histories(records: Records) -> Iterator[History]:
    """Each child with a period of care or a placement."""
    nobody = Person()
    for child in records.stays.keys() | records.periods.keys():
        statuses = tuple(records.statuses.get(child, ()))
        stays = tuple(piece for each in records.stays.get(child, ()) for piece in _without_breaks(each, statuses))
        own = records.periods.get(child)
        periods = _counting(_joined(own), statuses) if own else _chained(stays)
        yield History(
            child, records.people.get(child, nobody), periods, bool(own), statuses,
            tuple(records.liberty.get(child, ())), stays, tuple(_placements(stays, periods)),
        )  # fmt: skip


def living(history: History, day: date, around: Around) -> tuple[Stay | None, Living] | None:
    """Where the child lives on the day, as it is counted; None where the child is not looked after then."""
    at = next((at for at, each in enumerate(history.periods) if each.holds(day)), None)
    if at is None:
        return None
    period, person = history.periods[at], history.person
    stay = lives(history, day)
    away = any(each.place in TEMPORARY and _open(each, day) for each in history.stays)
    now = next((each for each in reversed(history.placements) if each.from_on <= day), None)
    stays_on = now is not None and now.at == at and (away or now.until is None or day < now.until)
    year, two = months_before(day, 12), months_before(day, 24)
    status = _code(history.statuses, day) or (stay.legal if stay else None)
    return stay, Living(
        age=age_on(person.born_on, day) if person.born_on else None,
        **_where(stay, day, around),
        by_care=history.by_care,
        uasc=person.uasc and (person.uasc_ceased_on is None or day < person.uasc_ceased_on),
        remanded=status == "J1",
        liberty=any(each.holds(day) for each in history.liberty),
        two_years=period.first <= two,
        two_and_a_half=period.first <= months_before(day, 30),
        placements_year=_since(history.placements, year, day),
        placements_two=_since(history.placements, two, day),
        moves_year=_moves(history.placements, year, day),
        moves_two=_moves(history.placements, two, day),
        same_carer=stays_on and now is not None and now.from_on <= two,
        same_place=stays_on and now is not None and now.here <= two,
    )


def lives(history: History, day: date) -> Stay | None:
    """The placement in which the child lives on a day; a temporary one only where no other goes on."""
    known = [each for each in history.stays if _open(each, day)]
    return next((each for each in reversed(known) if each.place not in TEMPORARY), known[-1] if known else None)


@lru_cache(maxsize=1024)
def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def inside(stay: Stay, around: Around) -> bool | None:
    """Whether it lies in the council's own area: as it was recorded, else by where the home is."""
    if stay.inside is not None or around.authority is None or not stay.authority:
        return stay.inside
    return stay.authority == around.authority


def _open(stay: Stay, day: date) -> bool:
    return stay.from_on <= day and (stay.until is None or day < stay.until)


def _where(stay: Stay | None, day: date, around: Around) -> dict[str, Any]:
    if stay is None:
        return {}
    here = inside(stay, around)
    region = around.regions.get(around.authority or "")
    theirs = region if here else around.regions.get(stay.authority or "")
    return {
        "place": stay.place, "provider": stay.provider, "near": within_20(stay.miles), "inside": here,
        "distant": _distant(stay, here, around), "in_region": theirs == region if region and theirs else None,
        "kind": stay.kind, "registered": stay.registered, "grade": stay.home_grade, "route": stay.route,
        "overstays": stay.planned_end is not None and stay.planned_end < day,
    }  # fmt: skip


def _distant(stay: Stay, here: bool | None, around: Around) -> bool | None:
    """At a distance by reg 11(5) CPPCR 2010: outside the area and every adjoining one; None where that is not known."""
    if here:
        return False
    if here is None or not around.adjoining or (not stay.authority and around.adjoining != NOTHING_ADJOINS):
        return None
    return stay.authority not in around.adjoining


def _without_breaks(stay: Stay, statuses: Sequence[Span]) -> Iterator[Stay]:
    """The placement, as far as it was no short break of an agreed series."""
    if not statuses:
        if stay.legal not in SHORT_BREAKS and (stay.legal or stay.obtained != "short_breaks"):
            yield stay
        return
    for first, until in _pieces(stay.from_on, stay.until, statuses):
        yield stay if (first, until) == (stay.from_on, stay.until) else stay._replace(from_on=first, until=until)


def _counting(periods: Sequence[Span], statuses: Sequence[Span]) -> tuple[Span, ...]:
    """Periods of care without the short breaks in them; REC is that of the piece which goes to the end."""
    return tuple(
        Span(first, until, each.code if until == each.until else None)
        for each in periods
        for first, until in _pieces(each.first, each.until, statuses)
    )


def _pieces(first: date, until: date | None, statuses: Sequence[Span]) -> Iterator[tuple[date, date | None]]:
    """Some days without those of an agreed series of short breaks."""
    for each in statuses:
        if (
            each.code not in SHORT_BREAKS
            or (until is not None and each.first >= until)
            or (each.until or date.max) <= first
        ):
            continue
        if first < each.first:
            yield first, each.first
        if each.until is None or (until is not None and each.until >= until):
            return
        first = each.until
    yield first, until


def _code(statuses: Sequence[Span], day: date) -> str | None:
    if not statuses:
        return None
    return next((each.code for each in reversed(statuses) if each.holds(day)), None)


def _joined(periods: Sequence[Span]) -> tuple[Span, ...]:
    """Periods of care without a day between them are one."""
    found: list[Span] = []
    for each in periods:
        if found and found[-1].until is not None and each.first <= found[-1].until:
            found[-1] = Span(found[-1].first, each.until, each.code)
        else:
            found.append(each)
    return tuple(found)


def _chained(stays: Sequence[Stay]) -> tuple[Span, ...]:
    """Placements without a day between them, where no period of care was logged."""
    found: list[Span] = []
    for each in stays:
        last = found[-1] if found else None
        if last is not None and (last.until is None or each.from_on <= last.until):
            until = None if last.until is None or each.until is None else max(last.until, each.until)
            found[-1] = Span(last.first, until)
        else:
            found.append(Span(each.from_on, each.until))
    return tuple(found)


def _placements(stays: Sequence[Stay], periods: Sequence[Span]) -> Iterator[Placement]:
    now: Placement | None = None
    for stay in stays:
        if stay.place in TEMPORARY:
            continue
        at = next((at for at, each in enumerate(periods) if each.holds(stay.from_on)), -1)
        again = now is not None and now.at == at and at >= 0
        if now is not None and again and same_carer(now.last, stay):
            moved = stay.home_id != now.last.home_id and stay.place not in ADOPTION
            until = None if now.until is None or stay.until is None else max(now.until, stay.until)
            now = now._replace(until=until, here=stay.from_on if moved else now.here, last=stay)
            continue
        before = now.last if now is not None and again else None
        # NI 63 adds to the time with adopters that of the placement before it.
        here = now.here if now is not None and again and stay.place in ADOPTION else stay.from_on
        if now is not None:
            yield now
        now = Placement(stay.from_on, stay.until, at, here, stay, stay, before)
    if now is not None:
        yield now


def _since(placements: Sequence[Placement], after: date, day: date) -> int:
    """Placements with a day after one day and up to another: that on which a child left is one of its days."""
    return sum(each.from_on <= day and (each.until is None or each.until > after) for each in placements)


def _moves(placements: Sequence[Placement], after: date, day: date) -> int:
    return sum(each.before is not None and after < each.from_on <= day for each in placements)


def by_child(stays: Sequence[Stay]) -> dict[str, list[Stay]]:
    """Placements by child, each child's in the order of their days."""
    found: dict[str, list[Stay]] = defaultdict(list)
    for each in stays:
        found[each.child].append(each)
    for own in found.values():
        if len(own) > 1:
            own.sort(key=lambda each: (each.from_on, each.until or date.max, each.id))
    return found
