"""Borders, and where children live now: for a map on the screen, never for a file."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import authority, boundary, home, live, placement
from placement_tui.db.dialects import stored as as_stored
from placement_tui.domain.maps import Outline


class Living(NamedTuple):
    """A child who lives at a home now: which authority that is in, how far from home; the home's place and its kind."""

    authority: str | None
    miles: float | None
    longitude: float | None
    latitude: float | None
    location: str | None
    restricted: bool


def stored(session: Session) -> list[dict[str, Any]]:
    """The borders as they are kept."""
    rows = session.execute(live(select(boundary), boundary)).all()
    return [dict(row._mapping) for row in rows]


def outlines(session: Session) -> list[Outline]:
    """The borders, by code."""
    query = select(boundary.c.authority, boundary.c.name, boundary.c.rings).order_by(boundary.c.authority)
    return [
        Outline(row.authority, row.name, tuple(tuple((spot[0], spot[1]) for spot in ring) for ring in row.rings))
        for row in session.execute(live(query, boundary))
    ]


def living(session: Session) -> list[Living]:
    """Everybody placed now; temporary stays (T0-T4) and placements of old returns are none.

    Each table is read from end to end: looking a home up for each of many thousand children takes three times as long. The
    identifiers stay as they are stored, for the same reason.
    """
    where = select(
        as_stored(home.c.id).label("id"), home.c.authority, home.c.longitude, home.c.latitude,
        home.c.location, home.c.restricted,
    )  # fmt: skip
    homes = {row[0]: row[1:] for row in session.execute(where)}
    query = (
        select(as_stored(placement.c.home_id), placement.c.miles)
        .where(placement.c.ended_on.is_(None), placement.c.source == "")
        .where(or_(placement.c.place.is_(None), placement.c.place.not_like("T%")))
    )
    found = []
    for key, miles in session.execute(live(query, placement)):
        area, longitude, latitude, location, restricted = homes[key]
        found.append(Living(area, miles, longitude, latitude, location, bool(restricted)))
    return found


def centroids(session: Session) -> dict[str, tuple[str, float | None, float | None]]:
    """Each authority's name, longitude and latitude, by its code."""
    query = live(select(authority.c.gss, authority.c.name, authority.c.longitude, authority.c.latitude), authority)
    return {row.gss: (row.name, row.longitude, row.latitude) for row in session.execute(query)}
