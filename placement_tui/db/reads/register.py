"""The whole register as it stands, for an import to compare with: homes, their providers, their grades, the areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import authority, benchmark, constituency, district, grade, home, live, provider

Row = Mapping[str, Any]


def homes(session: Session) -> list[Row]:
    """Every home by its columns, in the order in which they were made; not those known from old returns alone."""
    query = live(select(home).where(home.c.past.is_(False)), home).order_by(home.c.id)
    return [cast(Row, row._mapping) for row in session.execute(query)]


def providers(session: Session) -> list[Row]:
    """Every provider by its columns, in the order in which they were made; then those that were merged into another.

    A register goes on naming a double: whoever reads it must know which provider is meant (`merged_into_id`).
    """
    merged = select(provider).where(provider.c.merged_into_id.is_not(None), provider.c.struck_at.is_not(None))
    rows = session.execute(merged.order_by(provider.c.id))
    return [*_all(session, provider), *(cast(Row, row._mapping) for row in rows)]


def authorities(session: Session) -> list[Row]:
    """Every imported authority by its columns."""
    return _all(session, authority)


def benchmarks(session: Session) -> list[Row]:
    """Every published figure by its columns."""
    return _all(session, benchmark)


def districts(session: Session) -> list[Row]:
    """Every imported district by its columns."""
    return _all(session, district)


def constituencies(session: Session) -> list[Row]:
    """Every imported constituency by its columns."""
    return _all(session, constituency)


def grades(session: Session) -> dict[UUID, dict[tuple[date | None, str], Row]]:
    """Every judgement, by home and then by (day of the inspection, overall grade)."""
    found: dict[UUID, dict[tuple[date | None, str], Row]] = defaultdict(dict)
    for row in _all(session, grade):
        found[row["home_id"]].setdefault((row["inspected_on"], row["overall"]), row)
    return found


def placed_postcodes(session: Session) -> set[str]:
    """The postcodes of homes whose place and authority are known by them."""
    placed = live(select(home.c.postcode).distinct(), home).where(
        home.c.location == "postcode", home.c.authority.is_not(None), home.c.postcode.is_not(None)
    )
    return set(session.execute(placed).scalars())


def _all(session: Session, table: Table) -> list[Row]:
    return [cast(Row, row._mapping) for row in session.execute(live(select(table), table).order_by(table.c.id))]
