"""A history brought in at once is journaled as if each of its changes had been made in its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db import bulk, journal, migrate, slots, stores
from placement_tui.db.bulk import Step
from placement_tui.db.columns import operation
from placement_tui.db.engine import Store
from placement_tui.db.tables import Officer, Provider, Referral, Wave
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.operations import GENESIS, chain_hash, content_digest, fold
from placement_tui.errors import PlacementError, Refused

START = datetime(2024, 3, 4, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    key = slots.new_key()
    stores.create(tmp_path / "team.db", key)
    made = Store(tmp_path / "team.db", key)
    migrate.migrate(made)
    with made.write(None, "make") as session:
        journal.start_chain(session, new_id())
    yield made
    made.close()


def step(minutes: int, noun: str, key: UUID, new: bool = True, **values: Any) -> Step:
    return Step(START + timedelta(minutes=minutes), None, noun, key, values, new, "history", new_id())


def bring(store: Store, *steps: Step) -> None:
    with store.write(None, "history") as session:
        bulk.append(session, steps)


def state(session: Session, key: UUID) -> dict[str, Any]:
    return {name: each.value for name, each in fold([op for _, op in journal.ops_of(session, [key])]).items()}


def test_a_record_changed_in_the_same_batch_and_in_a_later_one_shows_the_last_value(store: Store) -> None:
    key = new_id()
    bring(
        store,
        step(0, "referral", key, reference="24-0001", received_at=START),
        step(5, "referral", key, new=False, why_now="carer ill"),
    )
    bring(store, step(9, "referral", key, new=False, state="closed", why_now="better again"))
    with store.read() as session:
        row = session.get_one(Referral, key)
        assert (row.state, row.why_now, row.wanted, row.together) == ("closed", "better again", [], True)
        shown = fold([op for _, op in journal.ops_of(session, [key])])
        assert not any(each.conflict for each in shown.values())
        assert {name: shown[name].value for name in journal.created(row)} == journal.created(row)
        times = session.execute(select(operation.c.at).order_by(operation.c.sequence)).scalars().all()
    assert times == [START, START + timedelta(minutes=5), START + timedelta(minutes=9)]


def test_fields_changed_together_in_different_ways_show_the_last_value_of_each(store: Store) -> None:
    """One batch changes several records by the same sets of fields, but not in the same order."""
    first, second = new_id(), new_id()
    bring(store, *(step(0, "referral", key, reference="24-0001", received_at=START) for key in (first, second)))
    bring(
        store,
        step(1, "referral", first, new=False, state="placed", note="late"),
        step(2, "referral", second, new=False, state="placed", why_now="ill"),
        step(3, "referral", second, new=False, state="closed", note="ended"),
        step(4, "referral", first, new=False, state="closed", why_now="well"),
    )
    with store.read() as session:
        for key in (first, second):
            row = session.get_one(Referral, key)
            assert row.state == state(session, key)["state"] == "closed"


def test_the_first_operation_is_the_one_that_the_session_would_have_written(store: Store) -> None:
    key, other = new_id(), new_id()
    bring(store, step(0, "provider", key, name="Alder Fostering", tier=0))
    with store.write(None, "add provider") as session:
        session.add(Provider(id=other, name="Alder Fostering", tier=0))
    with store.read() as session:
        mine, theirs = state(session, key), state(session, other)
    assert {**mine, "id": None} == {**theirs, "id": None}


def test_records_come_before_those_that_refer_to_them_whatever_the_order_of_nouns(store: Store) -> None:
    first, second, wave = new_id(), new_id(), new_id()
    bring(store, step(0, "referral", first, reference="24-0001", received_at=START))
    bring(
        store,
        step(1, "wave", new_id(), referral_id=first, number=1, sent_at=START),
        step(2, "referral", second, reference="24-0002", received_at=START),
        step(3, "wave", wave, referral_id=second, number=1, sent_at=START),
    )
    with store.read() as session:
        assert session.get_one(Wave, wave).referral_id == second


def test_each_step_keeps_its_officer_command_and_intention_and_the_chain_holds(store: Store) -> None:
    officer = new_id()
    with store.write(None, "add officer") as session:
        session.add(Officer(id=officer, name="Karen Moss", initials="KM"))
    steps = [step(n, "provider", new_id(), name=f"Provider {n}")._replace(officer=officer) for n in range(30)]
    bring(store, *steps)
    with store.read() as session:
        rows = session.execute(select(operation).order_by(operation.c.sequence)).mappings().all()
    previous = GENESIS
    for row in rows:
        assert row["digest"] == content_digest(row["fields"], row["salt"])
        previous = chain_hash(previous, journal.header(dict(row)), row["digest"])
        assert row["hash"] == previous
    said = [(row["at"], row["officer_id"], row["command"], row["intention"]) for row in rows[1:]]
    assert said == [(each.at, officer, "history", each.intention) for each in steps]


def test_nothing_of_a_batch_stands_where_one_step_cannot(store: Store) -> None:
    with pytest.raises(PlacementError):
        bring(
            store,
            step(0, "provider", new_id(), name="Alder Fostering"),
            step(1, "wave", new_id(), referral_id=new_id(), number=1, sent_at=START),
        )
    with store.read() as session:
        assert session.execute(select(Provider)).first() is None
        assert session.execute(select(operation)).first() is None


def test_a_session_that_reads_brings_nothing_in(store: Store) -> None:
    with store.read() as session, pytest.raises(Refused):
        bulk.append(session, [step(0, "provider", new_id(), name="Alder Fostering")])
