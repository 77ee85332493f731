"""A child about whom every text of every table holds a marker of its own, and another child about whom none may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, String, Text

from placement_tui.bootstrap import Services
from placement_tui.db.columns import columns_of
from placement_tui.db.reads import belonging
from placement_tui.db.tables import RECORDS, Record, SiblingGroup
from placement_tui.domain.endings import NewEnding, NewFactor
from tests import builders

TEXTS = 3  # values given to each text one after the other: the last stands in the row, all in the journal


@dataclass(frozen=True, slots=True)
class Planted:
    """A child and what was planted."""

    child: UUID
    referral: UUID
    home: UUID
    markers: tuple[str, ...]
    tables: frozenset[str]


def child(services: Services, initials: str, prefix: str) -> Planted:
    """A child who lived in a home and left it, with a record in every table that can hold one, full of markers."""
    name = f"{prefix}given {prefix}family"
    new = builders.child(initials, f"{prefix}ID", name=name)
    placement_id = builders.placed(services, new)
    placement = services.placements.get(placement_id)
    today = services.desk.today
    services.endings.end(
        placement_id,
        NewEnding(today, "CREQB", (NewFactor("IN2", main=True),), lesson="a lesson", kept_going="more", note="a note"),
    )
    referral = services.placements.get(placement_id).referral_id
    assert referral is not None
    with services.desk.write("plant") as session:
        own, _ = belonging.of_children(session, {placement.child_id})
        group = SiblingGroup(name="group")
        session.add(group)
        session.flush()
        session.get_one(RECORDS["referral"], referral).sibling_group_id = group.id  # type: ignore[attr-defined]  # a referral
        known: dict[str, Any] = {noun: next(iter(keys)) for noun, keys in own.items() if keys}
        known |= {"officer": services.desk.officer.id, "home": placement.home_id, "sibling_group": group.id}
        for noun in (noun for _ in range(3) for noun in sorted(belonging.theirs() - known.keys())):
            if noun not in known and (row := _any(noun, known, services)) is not None:
                session.add(row)
                session.flush()
                known[noun] = row.id
    markers = [prefix + "ID", name]
    for number in range(TEXTS):
        with services.desk.write("plant") as session:
            own, _ = belonging.of_children(session, {placement.child_id})
            own["sibling_group"] = {group.id}
            for noun, keys in own.items():
                for key in keys:
                    markers += _plant(session.get_one(RECORDS[noun], key), noun, f"{prefix}{number}", number)
    services.drafts.save("referral", str(referral), {"note": f"{prefix}draft"})
    services.drafts.save("referral", f"new {prefix}", {"identifier": f"{prefix}ID", "note": f"{prefix}half"})
    markers += [f"{prefix}draft", f"{prefix}half"]
    return Planted(placement.child_id, referral, placement.home_id, tuple(dict.fromkeys(markers)), frozenset(own))


def _any(noun: str, known: dict[str, Any], services: Services) -> Record | None:
    """A record of a table that no service was asked for, leading to the child by every reference that it has."""
    values: dict[str, Any] = {}
    for column in columns_of(RECORDS[noun]):
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if target is not None:
            if target in known:
                values[column.name] = known[target]
            elif not column.nullable:
                return None
        elif not column.nullable and RECORDS[noun].model_fields[column.name].is_required():
            kind = column.type.python_type
            values[column.name] = {datetime: services.desk.now, date: services.desk.today, int: 1}.get(kind, "x")
    return RECORDS[noun](**values)


def _plant(row: Record, noun: str, prefix: str, number: int) -> list[str]:
    made = []
    for column in columns_of(RECORDS[noun]):
        if column.foreign_keys or column.name in ("id", "identifier", "name") or (noun, column.name) in _CLOSED:
            continue
        if isinstance(column.type, JSON | String | Text):
            marker = f"{prefix}{noun}{column.name}{str(row.id)[-6:]}".replace("_", "")
            value: Any = [marker] if isinstance(column.type, JSON) else marker * (200 if column.name == "note" else 1)
            setattr(row, column.name, value)
            made.append(marker)
    return made


# What the program itself reads to see whether somebody still works for the child.
_CLOSED = frozenset({("referral", "state"), ("offer", "state"), ("approach", "outcome"), ("child", "sex")})
