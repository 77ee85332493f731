"""Ten times as much that was makes no place slower: counted in steps of the store's machine, which no load changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db import bulk
from placement_tui.db.bulk import Step
from placement_tui.domain.identifiers import new_id
from tests import builders
from tests.speed.deeds import Day
from tests.speed.statements import steps_of

FEW, MANY = 400, 4_000  # approaches of referrals that are over
REACH = 1.3
# What is held, of a referral that is worked on now: what was must not weigh on it.
HELD = ("board", "call list", "waves", "referral", "offers", "search opened", "search", "due, counted", "sign-offs, counted",
        "free beds", "holds")  # fmt: skip


def lived(services: Services, approaches: int) -> None:
    """Closed referrals of children, each with ten refusals and an offer that was declined, over the years before."""
    officer, homes = services.desk.officer.id, _homes(services)
    steps: list[Step] = []
    for number in range(approaches // 10):
        at = services.desk.now - timedelta(days=400 + 1_100 * number / (approaches // 10))
        intention = new_id()

        def new(noun: str, at: Any = at, intention: UUID = intention, **values: Any) -> UUID:
            key = new_id()
            steps.append(Step(at, officer, noun, key, values, True, "before", intention))
            return key

        child = new("child", identifier=f"B-{number}", initials="QQ", sex="M")
        referral = new(
            "referral", reference=f"20-{number:04}", received_at=at, officer_id=officer, state="closed", closed_at=at,
        )  # fmt: skip
        new("referral_child", referral_id=referral, child_id=child)
        new("need", referral_id=referral, child_id=child, code="VIOLENCE")
        wave = new("wave", referral_id=referral, number=1, sent_at=at)
        for turn in range(10):
            home, provider = homes[(number + turn) % len(homes)]
            key = new(
                "approach", referral_id=referral, provider_id=provider, home_id=home, wave_id=wave, officer_id=officer,
                asked_at=at, answered_at=at, answered_by=officer, outcome="refusal" if turn else "offer", reason="M1" if turn else None,
            )  # fmt: skip
            if not turn:
                new("offer", approach_id=key, offered_at=at, care_pence=90_000, state="declined", decided_at=at)
        new("task", source=f"before/{number}", rule="told", title="done", due_at=at, first_due_at=at, made_at=at,
            state="done", done_at=at, referral_id=referral)  # fmt: skip
    with services.desk.store.write(officer, "before") as session:
        bulk.append(session, steps)


def _homes(services: Services) -> list[tuple[UUID, UUID]]:
    raw = services.desk.store.raw()
    try:
        rows = raw.execute("SELECT id, provider_id FROM home ORDER BY id").fetchall()
    finally:
        raw.close()
    return [(UUID(home), UUID(provider)) for home, provider in rows]


@pytest.fixture
def both(made_team: Path, tmp_path: Path) -> Iterator[list[Day]]:
    """Two teams that work on the same today, one of which has ten times as much behind it."""
    days = []
    for name, count in (("few", FEW), ("many", MANY)):
        path = tmp_path / f"{name}.db"
        for each in ("", ".keys"):
            shutil.copy(f"{made_team}{each}", f"{path}{each}")
        path.chmod(0o600)
        services = builders.opened(path)
        lived(services, count)
        for number in range(6):
            key = builders.referral(services, builders.child("AB", f"W-{number}"))
            services.approaches.ask(key, services.homes.nearest(key, 6))
        builders.placed(services, builders.child("CD", "W-9"))
        days.append(Day(services))
    yield days
    for day in days:
        day.services.close()


def test_ten_times_as_much_that_was_weighs_no_more(both: list[Day]) -> None:
    reads, writes = [day.reads() for day in both], [day.writes() for day in both]
    ratios = {}
    for few, many, names in ((*reads, HELD), (*writes, tuple(writes[0]))):
        for name in names:
            few_steps, many_steps = steps_of(few[name]), steps_of(many[name])
            ratios[name] = (many_steps + 200) / (
                few_steps + 200
            )  # the machine counts by tens, and a page more is no growth
    assert {name: ratio for name, ratio in ratios.items() if ratio > REACH} == {}
