"""A child about whom every text of every table holds a marker of its own, and another child about whom none may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, String, Text

from placement_tui.bootstrap import Services
from placement_tui.db.columns import columns_of
from placement_tui.db.reads import belonging
from placement_tui.db.tables import (
    RECORDS,
    Deprivation,
    Exemption,
    Hold,
    Kinship,
    Override,
    Record,
    SiblingGroup,
    SignOff,
    Task,
    Unregistered,
)
from placement_tui.domain.endings import NewEnding, NewFactor
from placement_tui.domain.identifiers import new_id
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
        offer = next(iter(own["offer"]))
        at, officer = services.desk.now, services.desk.officer.id
        for row in (
            Exemption(home_id=placement.home_id, child_id=placement.child_id, from_on=today),
            Deprivation(child_id=placement.child_id, logged_at=at),
            Unregistered(placement_id=placement_id, logged_at=at),
            Kinship(placement_id=placement_id, approved_on=today, approved_until=today, logged_at=at),
            Hold(home_id=placement.home_id, referral_id=referral, held_at=at),
            Override(referral_id=referral, offer_id=offer, rule="L1", overridden_at=at, officer_id=officer),
            SignOff(referral_id=referral, offer_id=offer, asked_at=at, state="refused"),
            Task(source=f"{prefix} {new_id()}", rule="R", title="t", child_id=placement.child_id, made_at=at, due_at=at,
                 first_due_at=at, state="done"),
        ):  # fmt: skip
            session.add(row)
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
