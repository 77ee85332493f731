"""Episodes of the SSDA903 return: one for each stretch of days with the same legal status, placement and carer.

They are derived from the periods of care, the legal statuses and the placements, never typed. Source: Department for
Education, Children looked after by local authorities in England, guide to the SSDA903 collection. Rule numbers are
those of the sector's validation rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from placement_tui.domain.care import CareHistory, CarePeriod, Status, Stay
from placement_tui.domain.carers import same_carer
from placement_tui.domain.codes.ssda903_tables import first_day, last_day

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
SHORT_BREAKS = ("V3", "V4")
NO_URN = ("P1", "P3", "R1", "R2", "R5", *TEMPORARY, "Z11", "Z12", "Z13", "Z14")  # rules 218, 222
NO_PROVIDER = (*TEMPORARY, "Z11", "Z12", "Z13", "Z14")  # rules 178, 213


@dataclass(frozen=True, slots=True)
class Episode:
    """A row of the Episodes table, field by field; the keys are those of the records that it was derived from."""

    child: str
    decom: date
    rne: str
    ls: str
    cin: str
    place: str
    place_provider: str
    dec: date | None
    rec: str
    reason_place_change: str
    home_post: str
    pl_post: str
    urn: str
    child_id: UUID | None = None
    status_id: UUID | None = None
    stay_id: UUID | None = None
    care_id: UUID | None = None
    home_id: UUID | None = None

    @property
    def short_break(self) -> bool:
        """True under an agreed series of short breaks, of which the return wants no address."""
        return self.ls in SHORT_BREAKS

    @property
    def temporary(self) -> bool:
        """True for a temporary move, from which the child returns to the same placement."""
        return self.place in TEMPORARY

    @property
    def continues(self) -> bool:
        """True where another episode begins on the day that this one ends."""
        return self.rec == "X1"


Record = TypeVar("Record", Status, Stay)


@dataclass(slots=True)
class _Span:
    """Days of one period with one status and one placement."""

    first: date
    status: Status | None
    stay: Stay | None


def _never(_: str) -> bool:
    return False


def episodes(history: CareHistory, abroad: Callable[[str], bool] = _never) -> list[Episode]:
    """Every episode of a child, in order. `abroad` says of a postcode that it lies outside England: no URN there (243).

    Days without a placement or a legal status make an episode with that field blank, so that the gap is seen.
    """
    return [row for period in history.periods for row in _of_period(history, period, abroad)]


def in_year(rows: Sequence[Episode], year: int) -> list[Episode]:
    """The episodes that the return of a year holds, as they stood on its last day: what ended later is still open."""
    first, last = first_day(year), last_day(year)
    kept = [row for row in rows if row.decom <= last and (row.dec is None or row.dec >= first)]
    return [_open(row) if row.dec is not None and row.dec > last else row for row in kept]


def _open(row: Episode) -> Episode:
    return replace(row, dec=None, rec="", reason_place_change="")


def _of_period(history: CareHistory, period: CarePeriod, abroad: Callable[[str], bool]) -> Iterator[Episode]:
    spans = _spans(history, period)
    for at, span in enumerate(spans):
        before = spans[at - 1] if at else None
        after = spans[at + 1] if at + 1 < len(spans) else None
        yield _episode(history, period, (before, span, after), abroad)


def _spans(history: CareHistory, period: CarePeriod) -> list[_Span]:
    def inside(day: date) -> bool:
        return day > period.began_on and (period.ended_on is None or day < period.ended_on)

    edges = [(each.from_on, each.until_on) for each in history.statuses]
    edges += [(each.from_on, each.until_on) for each in history.stays]
    days = [period.began_on, *sorted({day for edge in edges for day in edge if day is not None and inside(day)})]
    if period.ended_on is not None and period.ended_on <= period.began_on:
        return []  # less than a day is no episode: rule 355
    spans: list[_Span] = []
    for day in days:
        status, stay = _in_force(history.statuses, day), _in_force(history.stays, day)
        last = spans[-1] if spans else None
        if last is not None and _code(last.status) == _code(status) and _same_to_the_return(last.stay, stay):
            last.stay = stay  # the later record knows how it ended
        else:
            spans.append(_Span(day, status, stay))
    return spans


def _in_force(records: Sequence[Record], day: date) -> Record | None:
    """The record of a day: of several the one that began last, so that a night in hospital stands over the placement."""
    found: Record | None = None
    for each in records:
        if (
            each.from_on <= day
            and (each.until_on is None or day < each.until_on)
            and (found is None or each.from_on >= found.from_on)
        ):
            found = each
    return found


def _same_to_the_return(one: Stay | None, other: Stay | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.id == other.id or (one.home_id == other.home_id and _fields(one) == _fields(other))


def _fields(stay: Stay) -> tuple[str | None, ...]:
    return (stay.place, stay.place_provider, stay.postcode, stay.urn)


def _episode(
    history: CareHistory,
    period: CarePeriod,
    around: tuple[_Span | None, _Span, _Span | None],
    abroad: Callable[[str], bool],
) -> Episode:
    before, span, after = around
    stay, ls = span.stay, _code(span.status)
    place, postcode = (stay.place or "") if stay else "", (stay.postcode or "") if stay else ""
    short = ls in SHORT_BREAKS
    blank_urn = short or place in NO_URN or bool(postcode and abroad(postcode))
    ends = after.first if after else period.ended_on
    return Episode(
        child=history.identifier,
        decom=span.first,
        rne=_rne(before, span),
        ls=ls,
        cin=period.cin or "",
        place=place,
        place_provider="" if stay is None or place in NO_PROVIDER else stay.place_provider or "",
        dec=ends,
        rec="X1" if after else period.rec or "",
        reason_place_change=_reason(span, after),
        home_post="" if short or history.uasc else (period.home_postcode or history.home_postcode or "").upper(),
        pl_post="" if short else postcode.upper(),
        urn="" if stay is None or blank_urn else (stay.urn or "").upper(),
        child_id=history.child_id,
        status_id=span.status.id if span.status else None,
        stay_id=stay.id if stay else None,
        care_id=period.id,
        home_id=stay.home_id if stay else None,
    )


def _rne(before: _Span | None, span: _Span) -> str:
    """Why the episode began: S, then L, P, T, B or U by what changed."""
    if before is None:
        return "S"
    legal, moved = _code(before.status) != _code(span.status), not _same_to_the_return(before.stay, span.stay)
    if not moved:
        return "L"
    if before.stay is not None and span.stay is not None and _same_carer(before.stay, span.stay):
        return "U" if legal else "T"
    return "B" if legal else "P"


def _same_carer(before: Stay, stay: Stay) -> bool:
    if stay.place in TEMPORARY or before.place in TEMPORARY:
        return False  # rules 380, 383
    return same_carer(before, stay)


def _reason(span: _Span, after: _Span | None) -> str:
    """REASON_PLACE_CHANGE of the placement that ends, none to or from a temporary one (226) or while it lasts (233)."""
    if after is None or span.stay is None or _same_to_the_return(span.stay, after.stay):
        return ""
    if span.stay.place in TEMPORARY or (after.stay is not None and after.stay.place in TEMPORARY):
        return ""
    return span.stay.reason or ""


def _code(status: Status | None) -> str:
    return status.code if status else ""
