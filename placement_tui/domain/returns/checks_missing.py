"""Times missing, reviews, and orders that deprive of liberty (from 2026-27)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from placement_tui.domain.care import Liberty, MissingRow
from placement_tui.domain.codes.care import MISSING, REVIEW_CODES, TALKS_FROM
from placement_tui.domain.codes.ssda903_tables import FIRST_YEAR
from placement_tui.domain.returns import LOOK, About, ChildReturn, Fault, birthday
from placement_tui.domain.returns.saying import of_episode, of_record, said_day
from placement_tui.domain.rules.returns import DEPRIVED_EXPECTED, DEPRIVED_NEVER

Run = tuple[date, date | None]


def check(child: ChildReturn, about: About) -> Iterator[Fault]:
    """Missing, Reviews, DoLo."""
    runs = _runs(child)
    for row in child.missing:
        yield from _missing(child, row, runs)
    for before, row in pairwise(child.missing):
        if before.until_on is None or row.from_on < before.until_on:
            text = f"missing again on {said_day(row.from_on)} before the time before was over"
            yield _of_missing(child, row, ("574",), text, "Say when the earlier time ended")
    yield from _reviews(child)
    if about.year >= FIRST_YEAR["DoLo"]:
        yield from _liberty(child, runs)


def _runs(child: ChildReturn) -> list[Run]:
    """The times in care of the year, each with its last day."""
    runs: list[Run] = []
    for row in child.rows:
        if runs and (runs[-1][1] is None or row.decom <= (runs[-1][1] or row.decom)):
            runs[-1] = (runs[-1][0], row.dec)
        else:
            runs.append((row.decom, row.dec))
    return runs


def _missing(child: ChildReturn, row: MissingRow, runs: Sequence[Run]) -> Iterator[Fault]:
    started = f"missing from {said_day(row.from_on)}"
    if row.kind not in MISSING:
        yield _of_missing(child, row, ("1006",), f"{started}: {row.kind or 'blank'} is neither M nor A", "Choose one")
    if row.until_on is not None and row.from_on > row.until_on:
        yield _of_missing(child, row, ("567",), f"{started}: over before it began", "Correct the days")
    born = child.history.born_on
    if born is not None and row.from_on <= born:
        yield _of_missing(child, row, ("586",), f"{started}: before the child was born", "Correct the day")
    outside = all(row.from_on < first or (last is not None and row.from_on > last) for first, last in runs)
    left = all(_not_over(row.from_on, row.until_on, run) for run in runs)
    if outside:
        rules = ("578", "577", "581") if left else ("578", "581")
        yield _of_missing(child, row, rules, f"{started}: not in care then", "Correct the days, or those in care")
        return
    ended = row.until_on is None and any(
        each.dec is not None and each.decom <= row.from_on <= each.dec for each in child.rows
    )
    if left:
        text = f"{started}: still missing when care had ended"
        yield _of_missing(child, row, ("577", "575") if ended else ("577",), text, "Say when it ended")
    elif ended:
        yield _of_missing(child, row, ("575",), f"{started}: the placement has ended since", "Say when it ended")
    yield from _missing_at_eighteen(child, row)


def _not_over(start: date, end: date | None, run: Run) -> bool:
    """True where a time does not end within this time in care (rules 577, 707)."""
    first, last = run
    if end is None:
        return last is not None or start < first
    return end < first or (last is not None and end > last)


def _missing_at_eighteen(child: ChildReturn, row: MissingRow) -> Iterator[Fault]:
    born = child.history.born_on
    if born is None or row.until_on is None or row.until_on != birthday(born, 18):
        return
    for each in child.rows:
        if each.dec == row.until_on and each.rec != "E8":
            text = f"missing on the 18th birthday, but care ended with {each.rec or 'no reason'}"
            yield of_episode(child, each, "580", text, "E8 where the child was missing then", noun="care")


def _of_missing(child: ChildReturn, row: MissingRow, rules: tuple[str, ...], text: str, mend: str) -> Fault:
    return of_record(child, "missing", row.id, row.from_on, rules, text, mend)


def _reviews(child: ChildReturn) -> Iterator[Fault]:
    born = child.history.born_on
    for row in child.reviews:
        held = f"review of {said_day(row.held_on)}"
        if row.code not in REVIEW_CODES:
            text = f"{held}: not said how the child took part" if not row.code else f"{held}: {row.code} is no code"
            yield of_record(child, "review", row.id, row.held_on, ("167",), text, "PN0 to PN7")
        elif born is not None and row.code == "PN0" and row.held_on > birthday(born, TALKS_FROM):
            text = f"{held}: PN0 is for children under 4"
            yield of_record(child, "review", row.id, row.held_on, ("440",), text, "PN1 to PN7")
        elif born is not None and row.code != "PN0" and row.held_on < birthday(born, TALKS_FROM):
            yield of_record(child, "review", row.id, row.held_on, ("441",), f"{held}: under 4, so PN0", "PN0")


def _liberty(child: ChildReturn, runs: Sequence[Run]) -> Iterator[Fault]:
    born = child.history.born_on
    for row in child.liberty:
        began = f"deprivation of liberty order of {said_day(row.from_on)}"
        if row.until_on is not None and row.until_on <= row.from_on:
            yield _of_order(child, row, "702", f"{began}: over before it began", "Correct the days")
        if born is not None and row.from_on <= born:
            yield _of_order(child, row, "708", f"{began}: before the child was born", "Correct the day")
        if all(_not_over(row.from_on, row.until_on, run) for run in runs):
            yield _of_order(child, row, "707", f"{began}: goes on after care had ended", "Say when it ended")
        yield from _kept_where(child, row)
    for before, row in pairwise(child.liberty):
        if before.until_on is None or row.from_on < before.until_on:
            text = f"deprivation of liberty order of {said_day(row.from_on)} begins before the one before has ended"
            yield _of_order(child, row, "705", text, "Say when the earlier one ended")


def _kept_where(child: ChildReturn, row: Liberty) -> Iterator[Fault]:
    """Rules 709 and 710, which the validator cannot run (it looks for another column's name)."""
    for each in child.rows:
        if (each.dec is not None and row.from_on > each.dec) or (row.until_on and row.until_on < each.decom):
            continue
        if each.place in DEPRIVED_NEVER:
            text = f"an order of {said_day(row.from_on)} deprives of liberty: never in {each.place}"
            yield of_episode(child, each, "710", text, "Correct the order or the placement's type", also=("709",))
        elif each.place and each.place not in DEPRIVED_EXPECTED:
            text = f"an order of {said_day(row.from_on)} deprives of liberty: {each.place} is unexpected"
            yield of_episode(child, each, "709", text, "Explain it with the return where it is right", level=LOOK)


def _of_order(child: ChildReturn, row: Liberty, rule: str, text: str, mend: str) -> Fault:
    return of_record(child, "deprivation", row.id, row.from_on, (rule,), text, mend)
