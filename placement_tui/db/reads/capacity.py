"""Who lives where, which beds are held, who is exempt from the limit: one statement each, for one home or for all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, exemption, hold, home, live, placement, provider, referral
from placement_tui.db.reads import siblings
from placement_tui.domain.capacity import Capacity, ExemptionRow, HoldRow, capacity


@dataclass(slots=True)
class Occupied:
    """What the store knows of one home's places: our children there with the starts of their placements, the holds."""

    children: list[UUID] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    holds: list[HoldRow] = field(default_factory=list)


def occupied(session: Session, now: datetime, only: set[UUID] | None = None) -> dict[UUID, Occupied]:
    """By home, those where a child of ours lives or a bed is held: two statements, however many homes there are."""
    found: dict[UUID, Occupied] = defaultdict(Occupied)
    living = select(placement.c.home_id, placement.c.child_id, placement.c.started_at).where(
        placement.c.ended_on.is_(None)
    )
    if only is not None:
        living = living.where(placement.c.home_id.in_(only))
    for row in session.execute(live(living, placement).order_by(placement.c.started_at, placement.c.id)):
        found[row.home_id].children.append(row.child_id)
        found[row.home_id].starts.append(row.started_at)
    for each in holds(session, now, only):
        found[each.home_id].holds.append(each)
    return dict(found)


def holds(session: Session, now: datetime, only: set[UUID] | None = None) -> list[HoldRow]:
    """The holds that stand at `now`, the first to end first; those without an end last."""
    query = _holds().where(hold.c.released_at.is_(None), or_(hold.c.until_at.is_(None), hold.c.until_at > now))
    if only is not None:
        query = query.where(hold.c.home_id.in_(only))
    return _hold_rows(session, query)


def hold_of(session: Session, hold_id: UUID) -> HoldRow | None:
    """One hold that was not released, though its time may have come; or None."""
    rows = _hold_rows(session, _holds().where(hold.c.id == hold_id, hold.c.released_at.is_(None)))
    return rows[0] if rows else None


def exemptions(session: Session, only: set[UUID] | None = None, today: date | None = None) -> list[ExemptionRow]:
    """Exemptions from the usual fostering limit, past ones too unless `today` is given; those that end first first."""
    query = live(
        select(exemption, child.c.initials, child.c.identifier, _name())
        .join(child, child.c.id == exemption.c.child_id)
        .join(home, home.c.id == exemption.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id),
        exemption,
    )
    if only is not None:
        query = query.where(exemption.c.home_id.in_(only))
    if today is not None:
        query = query.where(or_(exemption.c.until_on.is_(None), exemption.c.until_on >= today))
    c = exemption.c
    query = query.order_by(c.until_on.is_(None), c.until_on, c.id)
    return [
        ExemptionRow(row.id, row.home_id, row.child_id, f"{row.initials} {row.identifier}".strip(), row.given_by,
                     row.from_on, row.until_on, row.why, row.home_name)
        for row in session.execute(query)
    ]  # fmt: skip


def of(session: Session, home_id: UUID, now: datetime, today: date) -> Capacity | None:
    """One home's places, or None where there is no such home."""
    return everywhere(session, now, today, {home_id}).get(home_id)


def everywhere(session: Session, now: datetime, today: date, only: set[UUID] | None = None) -> dict[UUID, Capacity]:
    """Every home's places (or those of `only`), by home: four statements, however many homes there are."""
    query = select(home.c.id, home.c.places, home.c.others_children, home.c.others_said_at)
    query = query.where(home.c.past.is_(False) if only is None else home.c.id.in_(only))
    taken = occupied(session, now, only)
    named: dict[UUID, list[ExemptionRow]] = defaultdict(list)
    for row in exemptions(session, only, today):
        named[row.home_id].append(row)
    none = Occupied()
    return {
        row.id: capacity(row.places, (there := taken.get(row.id, none)).children, row.others_children,
                         row.others_said_at, there.holds, named.get(row.id, ()))
        for row in session.execute(live(query, home))
    }  # fmt: skip


def ends(session: Session, now: datetime) -> list[tuple[datetime, UUID]]:
    """When the holds that stand at `now` come to their end, and in which home."""
    return [(each.until_at, each.home_id) for each in holds(session, now) if each.until_at is not None]


def for_children(
    session: Session, referral_id: UUID, children: Sequence[UUID], now: datetime, today: date
) -> dict[str, Any]:
    """What a search needs of the children of a referral, as fields of `Wanted`: beds held, siblings' homes, exemptions."""
    kept: Counter[UUID] = Counter()
    for each in holds(session, now):
        if each.referral_id == referral_id:
            kept[each.home_id] += each.beds
    family = siblings.family(session, children)
    living = _living_at(session, family.difference(children))
    named: dict[UUID, set[UUID]] = defaultdict(set)
    for row in exemptions(session, today=today):
        if row.stands(today):
            named[row.home_id].add(row.child_id)
    homes = {key for key, of in named.items() if of.issuperset(children)}
    there = occupied(session, now, homes) if homes else {}
    exempt = {key for key in homes if named[key].issuperset(there[key].children if key in there else ())}
    return {"held": frozenset(kept.items()), "siblings": frozenset(living.items()), "exempt": frozenset(exempt)}


def _living_at(session: Session, children: Collection[UUID]) -> Counter[UUID]:
    if not children:
        return Counter()
    query = select(placement.c.home_id).where(placement.c.child_id.in_(children), placement.c.ended_on.is_(None))
    return Counter(session.execute(live(query, placement)).scalars())


def _holds() -> Select[Any]:
    return live(
        select(hold, referral.c.reference, _name())
        .join(home, home.c.id == hold.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(referral, referral.c.id == hold.c.referral_id),
        hold,
    ).order_by(hold.c.until_at.is_(None), hold.c.until_at, hold.c.id)


def _hold_rows(session: Session, query: Select[Any]) -> list[HoldRow]:
    return [
        HoldRow(row.id, row.home_id, row.beds, row.held_at, row.until_at, row.said_by, row.referral_id, row.reference,
                row.home_name)
        for row in session.execute(query)
    ]  # fmt: skip


def _name() -> Any:
    return func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home_name")
