"""Who lives where: the columns and joins that every list of placed children shares."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func

from placement_tui.db.columns import child, home, placement, provider, referral

# The child (its id as `who`), the placement, the home; `child_row` makes the child's words of it.
WHO = (
    child.c.id.label("who"), child.c.initials, child.c.identifier, child.c.name, child.c.born_on, child.c.age_said,
    child.c.age_said_on, child.c.sex, child.c.home_postcode, child.c.easting, child.c.northing, child.c.latitude,
    child.c.longitude, child.c.location, child.c.authority, placement.c.id.label("where"), placement.c.home_id,
    placement.c.started_at, placement.c.ended_on, placement.c.place, placement.c.type_obtained, placement.c.planned_end_on,
    placement.c.emergency, placement.c.emergency_until, referral.c.reference,
    func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home_name"),
)  # fmt: skip


def of_placement(query: Select[Any], placement_id: Any) -> Select[Any]:
    """Joined to the placement that the column names, and to its child and home."""
    return with_home(query.join(placement, placement.c.id == placement_id))


def with_home(query: Select[Any]) -> Select[Any]:
    """A query of placements joined to the child and the home."""
    return (
        query.join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(referral, referral.c.id == placement.c.referral_id)
    )


class Known:
    """A joined row as a child's, whose id stands under another name there."""

    def __init__(self, row: Any) -> None:
        self._row, self.id = row, row.who

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)
