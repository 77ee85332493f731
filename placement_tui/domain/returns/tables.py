"""The rows of each table of the return, as they are written: text in the order of the table's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from placement_tui.domain.codes.ssda903_tables import DATES, HELD, TABLES, asked, last_day
from placement_tui.domain.returns import ChildReturn, birthday

Row = tuple[str, ...]
Table = tuple[str, list[Row]]

_LAST_OF_NUMBERS = 2024


def tables(children: Sequence[ChildReturn], year: int) -> list[Table]:
    """Each table that the year asks for and that has rows, Header and Episodes always, in order."""
    made: list[Table] = []
    for name in asked(year):
        rows = list(_rows(name, children, year))
        if rows or name in ("Header", "Episodes"):
            made.append((name, rows))
    return made


def day_text(day: date | None) -> str:
    """A day as the return writes it, dd/mm/yyyy; empty for none."""
    return "" if day is None else f"{day:%d/%m/%Y}"


def sex_in(sex: str, year: int) -> str:
    """SEX in the code of the year: 1 and 2 until 2023-24, M and F since; otherwise as it is."""
    return {"M": "1", "F": "2"}.get(sex, sex) if year <= _LAST_OF_NUMBERS else sex


def mother_in(child: ChildReturn, year: int) -> tuple[str, date | None]:
    """MOTHER and MC_DOB as they were when the year, or the child's time in care in it, was over.

    Blank for boys (174) and for children in a series of short breaks (399).
    """
    history = child.history
    if history.sex == "M" or history.mother is None or not child.rows or child.short_breaks_only:
        return "", None
    last = child.rows[-1].dec or last_day(year)
    if not history.mother or (history.mother_since is not None and history.mother_since > last):
        return "0", None
    return "1", history.mother_since


def uasc_until(child: ChildReturn, year: int) -> date | None:
    """DUC: the day on which the status ceased by the end of the year, else the 18th birthday, when it will (205B)."""
    ceased, born = child.history.uasc_ceased_on, child.history.born_on
    if ceased is not None and ceased <= last_day(year):
        return ceased
    return birthday(born, 18) if born else None


def is_uasc(child: ChildReturn, year: int) -> bool:
    """True where the child was an unaccompanied asylum-seeking child at some time of the year (104)."""
    ceased = child.history.uasc_ceased_on
    return child.history.uasc and bool(child.rows) and (ceased is None or ceased >= date(year - 1, 4, 1))


def _rows(name: str, children: Iterable[ChildReturn], year: int) -> Iterator[Row]:
    make = _MADE.get(name)
    for child in children:
        if make is not None:
            yield from (tuple(value.upper() for value in row) for row in make(child, year))
        elif name in HELD:
            for held in child.held_of(name):
                yield tuple(_held(column, held[column]) for column in TABLES[name])


def _held(column: str, value: str) -> str:
    """A value as it came; a day written as ISO as the return writes it."""
    if column in DATES and len(value) == 10 and value[4] == "-" == value[7]:
        return "/".join(reversed(value.split("-")))
    return value


def _header(child: ChildReturn, year: int) -> Iterator[Row]:
    of = child.history
    mother, since = mother_in(child, year)
    yield (
        of.identifier,
        sex_in(of.sex, year),
        day_text(of.born_on),
        of.ethnicity or "",
        of.upn or "",
        mother,
        day_text(since),
    )


def _episodes(child: ChildReturn, _: int) -> Iterator[Row]:
    for row in child.rows:
        yield (
            row.child, day_text(row.decom), row.rne, row.ls, row.cin, row.place, row.place_provider, day_text(row.dec),
            row.rec, row.reason_place_change, row.home_post, row.pl_post, row.urn,
        )  # fmt: skip


def _reviews(child: ChildReturn, _: int) -> Iterator[Row]:
    of = child.history
    for row in child.reviews:
        yield (of.identifier, day_text(of.born_on), day_text(row.held_on), row.code)


def _uasc(child: ChildReturn, year: int) -> Iterator[Row]:
    of = child.history
    if is_uasc(child, year):
        yield (of.identifier, sex_in(of.sex, year), day_text(of.born_on), day_text(uasc_until(child, year)))


def _missing(child: ChildReturn, _: int) -> Iterator[Row]:
    of = child.history
    for row in child.missing:
        yield (of.identifier, day_text(of.born_on), row.kind, day_text(row.from_on), day_text(row.until_on))


def _liberty(child: ChildReturn, _: int) -> Iterator[Row]:
    of = child.history
    for row in child.liberty:
        yield (of.identifier, day_text(of.born_on), day_text(row.from_on), day_text(row.until_on))


_MADE: dict[str, Callable[[ChildReturn, int], Iterator[Row]]] = {
    "Header": _header,
    "Episodes": _episodes,
    "Reviews": _reviews,
    "UASC": _uasc,
    "Missing": _missing,
    "DoLo": _liberty,
}
