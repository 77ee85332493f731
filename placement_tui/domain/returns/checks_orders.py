"""Legal statuses and leaving care: how long an order may last, at what age, in which placement.

Emergency powers and short breaks: sections 43 to 46 Children Act 1989, section 38 Police and Criminal Evidence Act 1984,
regulation 48 Care Planning, Placement and Case Review (England) Regulations 2010.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from placement_tui.domain.episodes import Episode
from placement_tui.domain.returns import About, ChildReturn, Fault, birthday
from placement_tui.domain.returns.saying import of_episode, said_day
from placement_tui.domain.rules.returns import SHORT_BREAK_DAYS, SHORT_BREAK_YEAR

# status: longest days in a run, rule, words
_LONGEST = {
    "L1": (3, "361", "police protection lasts 72 hours at most"),
    "L2": (21, "362", "an emergency protection order lasts 21 days at most"),
    "L3": (7, "363", "a child assessment order lasts 7 days at most"),
    "J2": (21, "364", "detention under PACE is of days, not weeks"),
}
_ADOPTED = ("E11", "E12")
_SGO = ("E45", "E46", "E47", "E48")
_EARLIEST = (date(1991, 10, 14), "353")
_PLACEMENT_ORDERS_FROM = date(2005, 12, 1)


def check(child: ChildReturn, about: About) -> Iterator[Fault]:
    """Statuses, ages, reasons for leaving."""
    yield from _runs(child, about)
    yield from _short_breaks(child, about)
    for row in child.rows:
        yield from _status(child, row)
        yield from _left(child, row)
        yield from _ages(child, row, about)
    yield from _adopted_before(child)


def _runs(child: ChildReturn, about: About) -> Iterator[Fault]:
    for status, (most, rule, words) in _LONGEST.items():
        for run in _continuous([row for row in child.rows if row.ls == status]):
            days = ((run[-1].dec or about.known) - run[0].decom).days
            if days > most:
                text = f"{words}; this is {days} days"
                yield of_episode(child, run[0], rule, text, "Log the status that followed", noun="status")


def _continuous(rows: Sequence[Episode]) -> list[list[Episode]]:
    runs: list[list[Episode]] = []
    for row in rows:
        if runs and runs[-1][-1].dec == row.decom:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _short_breaks(child: ChildReturn, about: About) -> Iterator[Fault]:
    breaks = [row for row in child.rows if row.ls == "V3"]
    for row in breaks:
        days = ((row.dec or about.known) - row.decom).days
        if days > SHORT_BREAK_DAYS:
            yield of_episode(child, row, "365", f"a short break of {days} days; 17 at most", "Correct it", noun="care")
    spent = sum(((row.dec or about.known) - max(row.decom, about.first)).days for row in breaks)
    if spent > SHORT_BREAK_YEAR:
        text = f"{spent} days of short breaks in the year; 75 at most"
        yield of_episode(child, breaks[-1], "367", text, "A child away for longer is accommodated (V2)", noun="status")
    agreements = [row for row in child.rows if row.ls == "V4"]
    if breaks and agreements:
        text = "short breaks one by one (V3) and as an agreement (V4) in one year"
        yield of_episode(child, agreements[0], "426", text, "Choose one of the two", noun="status")


def _status(child: ChildReturn, row: Episode) -> Iterator[Fault]:
    born = child.history.born_on
    if row.place == "P1" and row.ls == "V2":
        text = "with parents, yet accommodated under section 20 (V2)"
        yield of_episode(child, row, "378", text, "Correct the status or the placement", noun="status")
    if row.place in ("A5", "A6") and row.ls != "E1":
        text = f"placed for adoption under a placement order, but the status is {row.ls or 'blank'}"
        yield of_episode(child, row, "408", text, "Log the placement order (E1)", noun="status")
    if row.ls == "E1" and row.decom < _PLACEMENT_ORDERS_FROM:
        yield of_episode(child, row, "446", "there were no placement orders then", "Correct it", noun="status")
    if row.ls.startswith("J") and born is not None and birthday(born, 10) >= row.decom:
        yield of_episode(child, row, "358", f"{row.ls} for a child under 10", "Correct the status", noun="status")
    if row.decom < _EARLIEST[0]:
        yield of_episode(child, row, _EARLIEST[1], "begins before October 1991", "Correct the day", noun="care")


def _left(child: ChildReturn, row: Episode) -> Iterator[Fault]:
    """What the reason for leaving says against the placement."""
    if row.rec in _ADOPTED and not row.place.startswith("A"):
        text = f"adopted ({row.rec}) without having been placed for adoption"
        yield of_episode(child, row, "390", text, "Log the placement for adoption (A3 to A6)")
    if row.rec in ("E45", "E46") and not row.place.startswith("U"):
        text = f"{row.rec} is an order to a former foster carer"
        yield of_episode(child, row, "516", text, "E47 or E48 for others", noun="care")


def _ages(child: ChildReturn, row: Episode, about: About) -> Iterator[Fault]:
    born = child.history.born_on
    if born is None:
        return
    adult = birthday(born, 18)
    if row.dec is None:
        if adult < about.known and not (row.ls == "V2" and row.place == "K2"):
            text = f"turned 18 on {said_day(adult)} and is still in care"
            yield of_episode(child, row, "359", text, "Say when and why care ended", noun="care")
        return
    if row.rec in _ADOPTED and adult <= row.dec:
        yield _aged(child, row, "386", "adopted at 18 or over")
    if row.rec in _SGO and adult < row.dec:
        yield _aged(child, row, "407", "a special guardianship order after turning 18")
    if row.rec == "E17" and adult > row.dec:
        yield _aged(child, row, "460", "stayed with the carers at 18, but was not yet 18")
    if row.rec in ("E5", "E6") and birthday(born, 14) > row.dec:
        yield _aged(child, row, "387", "independent living under 14")
    if row.rec == "E7" and birthday(born, 16) > row.dec:
        yield _aged(child, row, "389", "adult social care under 16")


def _aged(child: ChildReturn, row: Episode, rule: str, words: str) -> Fault:
    return of_episode(child, row, rule, f"{row.rec}: {words}", "Correct the reason or the day", noun="care")


def _adopted_before(child: ChildReturn) -> Iterator[Fault]:
    adopted = False
    for row in child.every:
        if adopted and row in child.rows:
            yield of_episode(child, row, "199", "in care again after an adoption", "A new child's record", noun="care")
            return
        adopted = adopted or row.rec in _ADOPTED
