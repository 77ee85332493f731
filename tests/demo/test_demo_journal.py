"""Every record of the demonstration has its operations, they give the record, and the chain holds."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from placement_tui.db import journal, stores
from placement_tui.db.columns import operation
from placement_tui.db.tables import RECORDS
from placement_tui.domain.operations import EMPTY, GENESIS, chain_hash, content_digest, fold
from tests.demo.conftest import Asked


def test_the_chain_holds_from_its_first_operation_to_its_last(demo_path: Path) -> None:
    store, _ = stores.open_store(demo_path, None, None)
    previous, expected, clock = GENESIS, 0, 0
    with store.read() as session:
        for row in session.execute(select(operation).order_by(operation.c.sequence)).mappings():
            expected += 1
            assert row["sequence"] == expected
            assert row["hlc"] > clock
            assert row["digest"] == content_digest(row["fields"], row["salt"])
            assert row["hash"] == chain_hash(previous, journal.header(dict(row)), row["digest"])
            previous, clock = row["hash"], row["hlc"]
    store.close()
    assert expected > 20_000


def test_every_record_is_what_its_operations_say(demo_path: Path) -> None:
    store, _ = stores.open_store(demo_path, None, None)
    with store.read() as session:
        for noun, table in RECORDS.items():
            rows = session.execute(select(table).limit(400)).scalars().all()
            found: dict[UUID, list[object]] = {row.id: [] for row in rows}
            keys = list(found)
            for start in range(0, len(keys), 200):
                for key, op in journal.ops_of(session, keys[start : start + 200]):
                    found[key].append(op)
            for row in rows:
                state = fold(found[row.id])  # type: ignore[arg-type]  # a list of operations
                assert state, (noun, row.id)
                assert not any(each.conflict for each in state.values())
                for name, value in journal.created(row).items():
                    assert state[name].value == value, (noun, name)
                for name, each in state.items():
                    assert each.value in EMPTY or name in journal.created(row)
    store.close()


def test_who_did_what_when_is_as_the_record_says(ask: Asked) -> None:
    rows = ask.rows(
        "SELECT a.answered_by, a.answered_at, o.officer_id, o.at FROM approach a JOIN operation o ON o.key = a.id "
        "WHERE a.outcome = 'refusal' AND o.fields LIKE '%\"refusal\"%'"
    )
    assert len(rows) > 4_000
    assert all((by, at) == (officer, moment) for by, at, officer, moment in rows)


def test_recent_approaches_were_asked_before_they_were_answered(ask: Asked) -> None:
    rows = ask.rows(
        "SELECT o.key, o.fields, o.base FROM operation o JOIN approach a ON a.id = o.key "
        "WHERE a.asked_at > datetime('2026-10-13', '-50 days') AND a.outcome = 'refusal' ORDER BY o.sequence"
    )
    by_key: dict[str, list[tuple[dict[str, object], dict[str, object]]]] = {}
    for key, fields, base in rows:
        by_key.setdefault(key, []).append((json.loads(fields), json.loads(base)))
    assert len(by_key) > 200
    for asked, answered in by_key.values():
        assert asked[0]["outcome"] == "awaiting"
        assert "outcome" in answered[1]
