"""The facts of a period, out of children's histories: who lives where on its last day, what began and ended in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from placement_tui.domain.distance import within_20
from placement_tui.domain.indicators.facts import ADOPTION, TEMPORARY, Ceased, End, Facts, Start
from placement_tui.domain.indicators.histories import (
    Around,
    History,
    Placement,
    Records,
    histories,
    inside,
    lives,
    living,
    months_before,
)
from placement_tui.domain.insight import Period
from placement_tui.domain.typed_ages import age_on

_ADOPTED = ("E11", "E12")


class Counted(NamedTuple):
    """One fact with the records that it is of: the child, the placement where there is one."""

    of: str
    child: str
    placement: str | None
    fact: tuple[object, ...]


def counted(every: Sequence[History], period: Period, around: Around) -> Iterator[Counted]:
    """Every fact of a period that is somebody's: `living` on its last day, `starts`, `ends`, `ceased`."""
    for history in every:
        found = living(history, period.last, around)
        if found is not None:
            yield Counted("living", history.child, found[0].id if found[0] else None, found[1])
        for placement in history.placements:
            if period.first <= placement.from_on <= period.last:
                yield Counted("starts", history.child, placement.first.id, _start(history, placement, around))
        for stay in history.stays:
            if stay.until is not None and period.first <= stay.until <= period.last and stay.place not in TEMPORARY:
                yield Counted("ends", history.child, stay.id, End(stay.reason, stay.place))
        last = _ceased(history, period)
        if last is not None:
            yield Counted("ceased", history.child, None, last)


def facts(records: Records, period: Period, around: Around, every: Sequence[History] | None = None) -> Facts:
    """What is counted of children's records; what is counted of referrals and offers is added by the caller.

    `every` are their histories, where they were made already for another period.
    """
    every = list(histories(records)) if every is None else every
    kinds: dict[str, Counter[tuple[object, ...]]] = {
        "living": Counter(),
        "starts": Counter(),
        "ends": Counter(),
        "ceased": Counter(),
    }
    for row in counted(every, period, around):
        kinds[row.of][row.fact] += 1
    before = period.first - timedelta(days=1)
    outside = sum(_outside(history, before, around) for history in every)
    known = Facts(period, began=sum(_began(each, period) for each in every), outside_before=outside, **kinds)  # type: ignore[arg-type]  # counted by kind
    return _adopted(every, records, known)


def _start(history: History, placement: Placement, around: Around) -> Start:
    stay, born = placement.first, history.person.born_on
    return Start(
        age_on(born, placement.from_on) if born else None, stay.place, stay.provider, stay.kind, within_20(stay.miles),
        inside(stay, around), stay.wanted, stay.obtained, stay.grade, stay.emergency, stay.school,
        placement.before.place if placement.before else None,
    )  # fmt: skip


def _outside(history: History, day: date, around: Around) -> bool:
    """Whether the child lived outside the area on a day: `Living.inside`, without all else that is known of them."""
    if not any(each.holds(day) for each in history.periods):
        return False
    stay = lives(history, day)
    return stay is not None and inside(stay, around) is False


def _began(history: History, period: Period) -> bool:
    return any(period.first <= each.first <= period.last for each in history.periods)


def _ceased(history: History, period: Period) -> Ceased | None:
    ends = [each for each in history.periods if each.until is not None and period.first <= each.until <= period.last]
    if not ends or ends[-1].until is None:
        return None
    return Ceased(ends[-1].code, ends[-1].first > months_before(ends[-1].until, 12))


def _adopted(every: Sequence[History], records: Records, known: Facts) -> Facts:
    moving, order, match = [], [], []
    for history in every:
        for at, each in enumerate(history.periods):
            if (
                each.code not in _ADOPTED
                or each.until is None
                or not known.period.first <= each.until <= known.period.last
            ):
                continue
            order.append((each.until - each.first).days)
            home = next(
                (
                    placement
                    for placement in history.placements
                    if placement.at == at and placement.last.place in ADOPTION
                ),
                None,
            )
            if home is not None:
                moving.append((home.from_on - each.first).days)
        day = records.matched.get(history.child)
        ordered = [each.first for each in history.statuses if each.code == "E1"]
        if day is not None and known.period.first <= day <= known.period.last and ordered and ordered[0] <= day:
            match.append((day - ordered[0]).days)
    return replace(known, entry_to_moving_in=tuple(moving), entry_to_order=tuple(order), order_to_match=tuple(match))
