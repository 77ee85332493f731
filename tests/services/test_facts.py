"""Facts of approaches: brought up to date record by record they are what all records give; what was erased leaves them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.changes import facts
from placement_tui.db.columns import summary
from placement_tui.db.reads import facts as reads
from placement_tui.db.tables import Approach, Child, Home, Need, Provider, Referral, Wave
from placement_tui.demo import build
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.facts import OF_APPROACHES, OF_REFUSALS, age_band, score_band
from placement_tui.domain.insight import Cut
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import PlacementError
from placement_tui.services.facts import columns, counting, keeping
from tests import builders, engines
from tests.services import approaches_apart as apart


def kept(services: Services) -> dict[str, bytes]:
    """The blocks that the store keeps."""
    with services.desk.read() as session:
        return {row.name: row.body for row in session.execute(select(summary.c.name, summary.c.body))}


def same(services: Services) -> int:
    """What was brought up to date is what all records give; how many approaches there are."""
    quick = keeping.as_rows(keeping.up_to_date(services.desk, keys=True))
    with services.desk.read() as session:
        whole = keeping.as_rows(keeping.whole(session))
    assert quick == whole
    return len(whole)


class Day:
    """Things that happen to a store, each chosen by a number."""

    def __init__(self, services: Services, clock: builders.Clock) -> None:
        self.services, self.clock = services, clock

    def _one(self, table: Any, number: int) -> Any:
        with self.services.desk.read() as session:
            found = session.execute(select(table.id).order_by(table.id)).scalars().all()
        return found[number % len(found)] if found else None

    def _set(self, table: Any, number: int, **fields: Any) -> None:
        key = self._one(table, number)
        if key is not None:
            with self.services.desk.write("change it") as session:
                row = session.get(table, key)
                for name, value in fields.items():
                    setattr(row, name, value)

    def refer(self, number: int) -> None:
        needs = (("VIOLENCE",), ("FIRE", "10A"), ())[number % 3]
        children = [builders.child("AB", f"N-{number}-{self.clock.now.timestamp()}", age=number % 18, needs=needs)]
        if number % 2:
            children.append(builders.child("CD", f"M-{number}-{self.clock.now.timestamp()}", age=3, sex="F", needs=()))
        builders.referral(self.services, *children)

    def ask(self, number: int) -> None:
        key = self._one(Referral, number)
        self.services.approaches.ask(key, self.services.homes.nearest(key, 1 + number % 3))

    def refuse(self, number: int) -> None:
        code = ("V1", "M1", "N13", "C1")[number % 4]
        self.services.approaches.refuse(
            self._one(Approach, number), Refusal((code,), would_change=("fee",) if number % 2 else ())
        )

    def offer(self, number: int) -> None:
        self.services.offers.log(self._one(Approach, number), NewOffer(80_000))

    def silent(self, number: int) -> None:
        self.services.approaches.no_reply(self._one(Approach, number))

    def withdraw(self, number: int) -> None:
        self.services.approaches.withdraw(self._one(Approach, number), ("OW", "CW", "PE")[number % 3])

    def again(self, number: int) -> None:
        self.services.differences.ask_again(self._one(Approach, number), "they have room")

    def grow(self, number: int) -> None:
        self._set(Child, number, born_on=date(2010, 1, 1) + timedelta(days=200 * (number % 20)), sex="MFU"[number % 3])

    def strike_need(self, number: int) -> None:
        self._set(Need, number, struck_at=self.clock.now)

    def other_need(self, number: int) -> None:
        self._set(Need, number, code=("15A", "24A", "PREGNANT")[number % 3])

    def move(self, number: int) -> None:
        self._set(Home, number, kind=("res", "agency", "sa")[number % 3], tier=number % 4 or None)

    def tier(self, number: int) -> None:
        self._set(Provider, number, tier=number % 5 or None)

    def score(self, number: int) -> None:
        self._set(Wave, number, score=number % 21)

    def strike(self, number: int) -> None:
        self._set((Approach, Referral)[number % 2], number, struck_at=self.clock.now)

    def merge(self, number: int) -> None:
        self.services.merging.merge(self._one(Provider, number), self._one(Provider, number + 1))

    def undo(self, number: int) -> None:
        self.services.history.undo()

    def redo(self, number: int) -> None:
        self.services.history.redo()

    def wait(self, number: int) -> None:
        self.clock.forward(hours=number % 700)


HAPPENS = [name for name in vars(Day) if not name.startswith("_")]


@pytest.fixture(scope="module")
def lived(made_team: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A store to which much happens; nobody else looks at it."""
    folder = tmp_path_factory.mktemp("lived")
    engines.copied(made_team, folder / made_team.name)
    clock = builders.Clock(datetime(2026, 10, 18, 14, 0, tzinfo=UTC))
    opened = builders.opened(folder / made_team.name, clock)
    day = Day(opened, clock)
    for number in range(3):
        day.refer(number)
        day.ask(number + 1)
    yield day
    opened.close()


@given(
    st.lists(st.tuples(st.sampled_from(HAPPENS), st.integers(0, 500)), min_size=1, max_size=8),
    st.sampled_from([1, 4, 2_000]),
)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def many_days(lived: Day, happens: list[tuple[str, int]], much: int) -> None:
    before, block = keeping.MUCH, keeping.BLOCK
    keeping.MUCH, keeping.BLOCK = much, 4  # small blocks: several are written, and some are not
    try:
        keeping.up_to_date(lived.services.desk)
        for name, number in happens:
            try:
                getattr(lived, name)(number)
            except PlacementError:
                continue  # what may not be done changes nothing
        same(lived.services)  # brought up to date, and kept where that was much
        same(lived.services)  # as it was kept
    finally:
        keeping.MUCH, keeping.BLOCK = before, block
        with lived.services.desk.store.write(None, "test") as session:
            facts.forget(session)


def test_record_by_record_they_are_what_all_records_give(lived: Day) -> None:
    many_days(lived)


def test_after_each_thing_that_can_happen_they_are_what_all_records_give(
    timed: Services, clock: builders.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "BLOCK", 2)
    day = Day(timed, clock)
    happens = (
        ("refer", 0), ("refer", 1), ("ask", 2), ("refuse", 0), ("again", 0), ("offer", 1), ("silent", 2), ("withdraw", 3), ("grow", 1),
        ("strike_need", 0), ("other_need", 1), ("move", 1), ("tier", 4), ("score", 7), ("merge", 3), ("wait", 2), ("undo", 0), ("redo", 0),
        ("strike", 1),
    )  # fmt: skip
    assert {name for name, _ in happens} == set(HAPPENS)
    for name, number in happens:
        getattr(day, name)(number)
        same(timed)


def test_what_is_kept_is_read_and_not_made_anew(timed: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    key = builders.referral(timed)
    timed.approaches.ask(key, timed.homes.nearest(key, 3))
    keeping.up_to_date(timed.desk)
    monkeypatch.setattr(keeping, "whole", lambda _session: pytest.fail("made anew"))
    assert len(keeping.up_to_date(timed.desk).tables["approach"]["day"]) == 3
    timed.approaches.ask(key, [timed.homes.resolve("Rowan House").id])
    assert len(keeping.up_to_date(timed.desk).tables["approach"]["day"]) == 4


def test_other_codes_another_journal_or_half_a_block_and_they_are_made_anew(
    timed: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = builders.referral(timed)
    timed.approaches.ask(key, timed.homes.nearest(key, 3))
    keeping.up_to_date(timed.desk)
    first = set(kept(timed))
    monkeypatch.setattr(columns, "version", lambda: "another")
    keeping.up_to_date(timed.desk)
    second = set(kept(timed))
    assert first & second == {"facts"}, "what stands is of one making only"
    monkeypatch.setattr(reads, "operation_at", lambda _session, _at: "of another journal")
    keeping.up_to_date(timed.desk)
    assert second & set(kept(timed)) == {"facts"}
    monkeypatch.undo()
    keeping.up_to_date(timed.desk)
    with timed.desk.store.write(None, "test") as session:
        name = next(name for name in sorted(kept(timed)) if " approach 0" in name)
        session.execute(summary.delete().where(summary.c.name == name))
    assert same(timed) == 3


def test_what_is_derived_does_not_outlive_an_erasure(timed: Services, clock: builders.Clock) -> None:
    key = builders.referral(timed)
    approach = timed.approaches.ask(key, timed.homes.nearest(key, 1)).approaches[0]
    timed.approaches.refuse(approach, Refusal(("N3",)))
    timed.referrals.close(key, "Lives with an aunt")
    [told] = timed.insight.behind("refusals", [Cut("outcome", "refusal")])
    assert told.key == f"{key} {approach}"
    assert any(approach.int.to_bytes(16, "big")[8:][::-1] in body for body in kept(timed).values())
    with timed.desk.read() as session:
        child = session.execute(select(Child.id)).scalars().one()
    builders.as_role(timed, "administrator")
    timed.retention.erase([child], "asked for it")
    assert kept(timed) == {}
    assert timed.insight.behind("refusals", [Cut("outcome", "refusal")]) == []
    assert same(timed) == 1, "the struck record stands, and counts nowhere"


def test_who_may_only_look_sees_figures_of_now(timed: Services) -> None:
    key = builders.referral(timed)
    timed.approaches.ask(key, timed.homes.nearest(key, 2))
    builders.as_role(timed, "viewer")
    assert timed.insight.report("refusals").blocks[0].rows[0].n == 2


def test_bytes_that_are_no_block_are_refused() -> None:
    with pytest.raises(ValueError, match="no rows of home"):
        columns.unpacked("home", [b"12345"])


def test_bands_of_age_and_score_meet_without_a_gap() -> None:
    assert [age_band(age) for age in (None, 0, 1, 4, 5, 9, 10, 15, 16, 17)] == [5, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert [score_band(score) for score in (None, 0, 6, 7, 13, 14, 20)] == [0, 1, 1, 2, 2, 3, 3]


def test_the_ways_that_are_offered_are_those_that_there_are() -> None:
    assert (*OF_REFUSALS, *OF_APPROACHES) == counting.NAMES
    none = counting.Facts(keeping.Tables())
    for dimension in counting.DIMENSIONS:
        assert none.count(dimension, np.empty(0, "i8")).sum() == 0


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The demonstration at scale 1, with the store's plain rows."""
    from tests.demo.conftest import NOW

    services = open_services(build(tmp_path_factory.mktemp("figures"), now=NOW), None, None, builders.Clock(NOW))
    raw = services.desk.store.raw()
    yield services, raw
    raw.close()
    services.close()


@pytest.mark.slow
def test_every_figure_is_that_of_another_way_of_counting(demonstration: tuple[Services, Any]) -> None:
    services, raw = demonstration
    compared = sum(agreed(services, raw, first, date(2026, 10, 13)) for first in (date(2024, 1, 1), date(2026, 3, 29)))
    assert compared > 500


def agreed(services: Services, raw: Any, first: date, last: date) -> int:
    """Compare every share of both views by every way; how many were compared."""
    rows, told = apart.frame(raw, first, last), apart.of_children(raw)
    compared = 0
    for by in (*OF_APPROACHES,):
        wide = apart.by(rows, raw, by, told)
        pairs = (
            [("refusals", "refused", "refused", "answered")] if by == "month" else
            [("refusals", "refused", "refused", "answered"), ("offers", "offers", "offered", "concluded"),
             ("offers", "answers", "offered", "answered"), ("offers", "silent", "silent", "concluded")]
        )  # fmt: skip
        for view, block, part, whole in pairs:
            ours = apart.told(services.insight.report(view, first, last, by), block)
            theirs = apart.shares(wide, part, whole)
            assert len(ours) == min(40, len(theirs)), (view, by, block)
            assert ours == {label: theirs[label] for label in ours}, (view, by, block)
            compared += len(ours)
    no = rows[rows["refused"]]
    for by in ("reason", "family", "changeable", "stage", "change"):
        ours = apart.told(services.insight.report("refusals", first, last, by), "refusals")
        counted = apart.by(no, raw, by, told).groupby("of").size()
        assert {label: part for label, (part, _) in ours.items()} == {
            str(of): int(n) for of, n in counted.items() if str(of) in ours
        }
        assert len(ours) == min(40, len(counted))
        compared += len(ours)
    hours = {row.label: row.value for row in services.insight.report("offers", first, last, "type").blocks[-1].rows}
    answered = rows[rows["answered"] & (rows["hours"] >= 0)]
    medians = apart.by(answered, raw, "type", told).groupby("of")["hours"].median()
    assert hours == {str(of): pytest.approx(value) for of, value in medians.items()}
    return compared + len(hours)
