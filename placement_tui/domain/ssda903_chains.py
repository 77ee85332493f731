"""From the rows of returns to a child's time in care: periods, legal statuses and placements, across the years.

A later return says more of an episode than an earlier one: rows are matched by the day on which the episode began. What
contradicts itself is put in the order of the days and told, with the number of the validator's rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from placement_tui.domain.codes.ssda903 import LEGAL_STATUS, REASON_PLACE_CHANGE
from placement_tui.domain.codes.ssda903_tables import last_day
from placement_tui.domain.ssda903_rows import Fault, ReturnRow, year_words

_FACTS = ("PLACE", "PLACE_PROVIDER", "PL_POST", "URN")
_SAME_CARER = ("T", "U")
_NEW_CARER = ("P", "B")
_ORDER = "Correct the days in the file."


@dataclass(slots=True)
class Lived:
    """A placement as the returns say it: PLACE, PLACE_PROVIDER, PL_POST, URN, why it ended.

    `row` is that of its start, `year` that of the first return which names it.
    """

    row: ReturnRow
    start: date
    end: date | None
    place: str
    place_provider: str
    postcode: str
    urn: str
    same_carer: bool | None
    legal_status: str
    home_post: str
    reason: str = ""
    year: int = 0


@dataclass(slots=True)
class Span:
    """A period of care or a legal status as the returns say it; `row` and `year` as of a placement."""

    row: ReturnRow
    start: date
    end: date | None
    code: str  # LS of a legal status, CIN of a period
    rec: str = ""
    home_post: str = ""
    year: int = 0


@dataclass(slots=True)
class Chains:
    """A child's whole time in care, each list in order of its days, and what was wrong on the way."""

    periods: list[Span] = field(default_factory=list)
    statuses: list[Span] = field(default_factory=list)
    lived: list[Lived] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def chains(rows: Iterable[ReturnRow], years: Collection[int]) -> Chains:
    """The time in care of one child from its rows of Episodes; `years` are those whose returns are known."""
    found = Chains()
    latest: dict[date, ReturnRow] = {}
    first: dict[date, int] = {}
    for row in sorted(rows, key=lambda each: each.year):
        if (begun := row.day("DECOM")) is not None:
            latest[begun] = row
            first.setdefault(begun, row.year)
    order = sorted(latest.items())
    for at, (start, row) in enumerate(order):
        before = order[at - 1] if at else None
        following = order[at + 1] if at + 1 < len(order) else None
        end = _end(found, row, following, years)
        _add(found, start, end, row, before[1] if before else None)
    for span in (*found.periods, *found.statuses):
        span.year = first[span.start]
        if span.end is None:
            span.rec = ""
    for lived in found.lived:
        lived.year = first[lived.start]
    return found


def _end(
    found: Chains, row: ReturnRow, following: tuple[date, ReturnRow] | None, years: Collection[int]
) -> date | None:
    """The day on which an episode ended, as far as it agrees with the one that follows."""
    end, rec = row.day("DEC"), row.text("REC")
    if end is None and rec:
        found.faults.append(
            Fault(
                row,
                "DEC",
                "148",
                f"it has no day on which it ceased, and yet a reason, {rec}",
                "Give both, or neither.",
                "it is open, and the reason left aside",
            )
        )
    if end is not None and not rec:
        found.faults.append(
            Fault(
                row,
                "REC",
                "148",
                "it ceased, and no reason is given",
                "Give both, or neither.",
                "it ends without a reason",
            )
        )
    if following is not None:
        begins, other = following
        if end is None:
            rule = "142" if other.year == row.year else "502"
            found.faults.append(
                Fault(
                    row,
                    "DEC",
                    rule,
                    f"it has not ended, and yet another begins on {begins:%d/%m/%Y}",
                    _ORDER,
                    f"it ends on {begins:%d/%m/%Y}",
                )
            )
            return begins
        if end > begins:
            found.faults.append(
                Fault(
                    other,
                    "DECOM",
                    "501",
                    f"it begins before the one of {row.text('DECOM')} ends, on {end:%d/%m/%Y}",
                    _ORDER,
                    f"that one ends on {begins:%d/%m/%Y}",
                )
            )
            return begins
        return end
    if end is None and (later := [year for year in years if year > row.year]):
        over = last_day(row.year)
        found.faults.append(
            Fault(
                row,
                "DEC",
                "1010",
                f"it is open in {year_words(row.year)}, and the child is not in the return of {year_words(min(later))}",
                "Give the day on which it ceased.",
                f"it ends on {over:%d/%m/%Y}",
            )
        )
        return max(over, row.day("DECOM") or over)
    return end


def _add(found: Chains, start: date, end: date | None, row: ReturnRow, before: ReturnRow | None) -> None:
    """Put one episode behind the others: what goes on is made longer, what changed begins."""
    ls, rne = row.text("LS"), row.text("RNE")
    period = found.periods[-1] if found.periods else None
    went_on = period is not None and before is not None and period.end == start and not _begins_again(before, row)
    if before is None and rne not in ("S", "") and start > last_day(row.year - 1):
        found.faults.append(
            Fault(
                row,
                "RNE",
                "357",
                f"it is the first episode, and {rne} instead of S",
                "Write S, or bring in the earlier returns.",
                "care begins on its day",
            )
        )
    if before is not None and period is not None:
        _check_join(found, before, row, period.end, start, went_on)
    if not went_on:
        found.periods.append(Span(row, start, end, row.text("CIN"), row.text("REC"), row.text("HOME_POST")))
    elif period is not None:
        if row.text("CIN") != period.code and row.text("CIN"):
            found.faults.append(
                Fault(
                    row,
                    "CIN",
                    "504",
                    f"the category of need was {period.code or 'empty'} when this period of care began",
                    "It stays the same for the whole period.",
                    f"it stays {period.code or 'empty'}",
                )
            )
        period.end, period.rec = end, row.text("REC")
    last = found.statuses[-1] if found.statuses else None
    if went_on and last is not None and last.code == ls and last.end == start:
        last.end = end
    elif ls in LEGAL_STATUS:
        found.statuses.append(Span(row, start, end, ls))
    lived = found.lived[-1] if found.lived else None
    if (
        went_on
        and lived is not None
        and before is not None
        and rne not in (*_SAME_CARER, *_NEW_CARER)
        and not _moved(before, row)
    ):
        if lived.reason:
            found.faults.append(
                Fault(
                    before,
                    "REASON_PLACE_CHANGE",
                    "",
                    "it gives a reason for a change of placement, and the placement goes on",
                    "Leave it empty.",
                    "it is left aside",
                )
            )
        lived.end, lived.reason = end, _reason(found, row, end)
        return
    carer = True if rne in _SAME_CARER and went_on else False if went_on and rne in _NEW_CARER else None
    place, provider, postcode, urn = (row.text(name) for name in _FACTS)
    found.lived.append(
        Lived(
            row, start, end, place, provider, postcode, urn, carer, ls, row.text("HOME_POST"), _reason(found, row, end)
        )
    )


def _begins_again(before: ReturnRow, row: ReturnRow) -> bool:
    """Whether care began anew on the day on which it had ended; S against X1 of the same day does not say so."""
    joined = before.text("REC") == "X1" and before.text("DEC") == row.text("DECOM")
    return row.text("RNE") == "S" and not joined


def _check_join(
    found: Chains, before: ReturnRow, row: ReturnRow, ended: date | None, start: date, went_on: bool
) -> None:
    rne, rec = row.text("RNE"), before.text("REC")

    def tell(which: ReturnRow, column: str, rule: str, reason: str, mend: str, kept: str) -> None:
        found.faults.append(Fault(which, column, rule, reason, mend, kept))

    if ended is not None and ended < start:
        if rec == "X1":
            tell(
                before,
                "REC",
                "388",
                f"X1 says that another episode follows at once, and the next begins on {start:%d/%m/%Y}",
                _ORDER,
                "care ends there and begins again",
            )
        if rne != "S":
            tell(
                row,
                "RNE",
                "433",
                f"{rne or 'it'} goes on from the episode before, which ended on {ended:%d/%m/%Y}",
                _ORDER,
                "care begins again on its day",
            )
        return
    if not went_on:
        return
    if rne == "S":
        tell(
            row,
            "RNE",
            "431",
            "S begins care, and the episode before ended on the same day with X1",
            "Say what changed: L, P, T, B or U.",
            "care goes on",
        )
    elif rec not in ("X1", ""):
        tell(
            row,
            "RNE",
            "432",
            f"care ended the same day with {rec}, and {rne} goes on from it",
            "Correct one of the two.",
            "care goes on",
        )
    moved, other = _moved(before, row), before.text("LS") != row.text("LS")
    if rne == "L" and (moved or not other):
        tell(
            row,
            "RNE",
            "434",
            "L changes the legal status alone, and the row does not"
            if not moved
            else "L changes the legal status alone, and the placement changes too",
            "Correct the code, or the row.",
            "the row counts, not the code",
        )
    elif rne in ("P", "T") and (other or not moved):
        tell(
            row,
            "RNE",
            "435",
            f"{rne} changes the placement alone, and the row {'changes the legal status too' if other else 'names the same'}",
            "Correct the code, or the row.",
            "another placement begins",
        )
    elif rne in ("B", "U") and not (moved and other):
        tell(
            row,
            "RNE",
            "436",
            f"{rne} changes placement and legal status, and the row does not change both",
            "Correct the code, or the row.",
            "another placement begins",
        )


def _moved(before: ReturnRow, row: ReturnRow) -> bool:
    return any(before.text(name) != row.text(name) for name in _FACTS)


def _reason(found: Chains, row: ReturnRow, end: date | None) -> str:
    """Why the placement ended, as the row says; a code that is on no list was told of already."""
    said = row.text("REASON_PLACE_CHANGE")
    if said and end is None:
        found.faults.append(
            Fault(
                row,
                "REASON_PLACE_CHANGE",
                "233",
                "the episode is open, and has a reason for a change of placement",
                "Leave it empty until it ends.",
                "it is left aside",
            )
        )
        return ""
    return said if said in REASON_PLACE_CHANGE else ""


def covering(spans: Sequence[Span], day: date) -> Span | None:
    """The span in which a day falls, its first day included and its last left out."""
    return next((each for each in spans if each.start <= day and (each.end is None or day < each.end)), None)
