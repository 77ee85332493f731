"""What homes cost, on a store small enough to work out by hand. The day is Sunday 18 October 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.tables import Placement
from placement_tui.domain.beds import NewBlock
from placement_tui.domain.insight import Block, Cut, Row
from placement_tui.domain.policy import Around, setting_kind
from placement_tui.domain.spending import financial_year
from placement_tui.errors import Invalid
from tests import builders

FIRST = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def team(tmp_path: Path, clock: builders.Clock) -> tuple[Services, list[UUID]]:
    """Two agencies' households, a children's home of somebody else and one foster carer of the council's own."""
    services = builders.team(tmp_path / "team.db", clock)
    return services, builders.homes(
        services, ("Ash", "Beech", "Cope", "Dell"), ("household", "res", "inhouse", "household")
    )


def lives(services: Services, home: UUID, number: int, care: int, **columns: Any) -> UUID:
    """A placement at so many pence a week for care since 1 September."""
    child = builders.child("PL", columns.pop("identifier", f"P-{number}"))
    referral = builders.referral(services, child)
    values = {"type_obtained": "foster", "started_at": FIRST, "route": "nw_fostering"} | columns
    with services.desk.write("place") as session:
        made = Placement(child_id=services.referrals.get(referral).children[0].id, home_id=home, referral_id=referral,
                         care_pence=care, **values)  # fmt: skip
        session.add(made)
        session.flush()
        return made.id


def block(services: Services, name: str, by: str = "") -> Block:
    report = services.insight.report("spending", by=by)
    return next(each for each in report.blocks if each.name == name)


def row(found: Block, label: str) -> Row:
    return next(each for each in found.rows if each.label == label)


def test_mean_weekly_fees_and_the_premium_over_our_own(team: tuple[Services, list[UUID]]) -> None:
    services, (ash, beech, cope, dell) = team
    bought = [lives(services, ash, 1, 80_000), lives(services, dell, 2, 100_000, health_pence=10_000)]
    lives(services, cope, 3, 40_000)
    lives(services, beech, 4, 400_000, type_obtained="residential", route="direct", education_pence=50_000)
    lives(services, ash, 5, 90_000, ended_on=date(2026, 10, 18))  # left today: costs nothing tonight
    lives(services, ash, 6, 0)  # no fee is known: in no mean

    by_type = block(services, "weekly")
    assert row(by_type, "Fostering").value == pytest.approx((80_000 + 110_000 + 40_000) / 3)
    assert (row(by_type, "Residential, children's home").value, row(by_type, "all").n) == (450_000, 4)
    own = block(services, "weekly", "own")
    assert (row(own, "the council's own").value, row(own, "bought").n) == (40_000, 3)
    over = block(services, "premium")
    assert [(each.label, each.value) for each in over.rows] == [("Fostering", 95_000 - 40_000)]

    joint = block(services, "joint")
    assert (row(joint, "jointly funded").numerator, row(joint, "jointly funded").denominator) == (2, 4)
    assert row(joint, "paid by health").value == pytest.approx(10_000 / 680_000)
    routes = block(services, "routes")
    assert row(routes, "Direct Award / Off Framework").note == "spot"
    assert (row(routes, "Direct Award / Off Framework").numerator, routes.rows[0].denominator) == (1, 6)
    behind = services.insight.behind("spending", (Cut("provider", "Ash Care"),))
    assert [UUID(each.key) for each in behind] == bought[:1]


def test_what_this_financial_year_costs(team: tuple[Services, list[UUID]]) -> None:
    services, (ash, beech, *_) = team
    builders.as_role(services, "administrator")
    services.settings.change("placements_budget_pence", "43,600")
    lives(services, ash, 1, 70_000)  # £100 a day: 1 September to 18 October is 48 days, to 31 March 164 more
    lives(
        services, beech, 2, 7_000, type_obtained="residential", planned_end_on=date(2026, 10, 28)
    )  # £10: 48 and 10 days
    lives(
        services, ash, 3, 7_000, started_at=datetime(2026, 3, 30, 9, tzinfo=UTC), ended_on=date(2026, 4, 3)
    )  # 1 and 2 April
    found = block(services, "committed")
    foster = row(found, "Fostering")
    assert (foster.value, foster.note) == (48 * 10_000 + 164 * 10_000 + 2 * 1_000, "£4,820 so far, £16,400 to come")
    home = row(found, "Residential, children's home")
    assert (home.value, home.note) == (58 * 1_000, "£480 so far, £100 to come")
    assert row(found, "all").value == 2_122_000 + 58_000
    assert row(found, "all").note == "£5,300 so far, £16,500 to come; 50% of the budget of £43,600"


def test_dear_and_moving(team: tuple[Services, list[UUID]]) -> None:
    services, (ash, beech, *_) = team
    for start, end in (("2026-01-05", "2026-03-01"), ("2026-03-01", "2026-06-01")):
        lives(services, ash, 1, 80_000, identifier="P-1", started_at=datetime.fromisoformat(start).replace(tzinfo=UTC),
              ended_on=date.fromisoformat(end))  # fmt: skip
    lives(
        services,
        beech,
        1,
        500_001,
        identifier="P-1",
        type_obtained="residential",
        started_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    lives(services, beech, 2, 500_001, type_obtained="residential")  # dear, but never moved
    found = block(services, "moving").rows[0]
    assert (found.numerator, found.denominator) == (1, 2)


def test_a_paid_bed_that_stands_empty(team: tuple[Services, list[UUID]]) -> None:
    services, (_, beech, *_) = team
    services.beds.log_block(beech, NewBlock(2, 420_000, date(2026, 10, 1)))
    lives(services, beech, 1, 420_000, type_obtained="residential")
    found = block(services, "voids")
    assert [(each.label, each.value, each.note) for each in found.rows] == [
        ("Beech House", 420_000, "1 of 2 paid beds empty"), ("all", 420_000, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), (2025, 2026)), (date(2026, 4, 1), (2026, 2027)), (date(2027, 1, 1), (2026, 2027))],
)
def test_a_financial_year_begins_on_the_first_of_april(day: date, year: tuple[int, int]) -> None:
    assert financial_year(day) == (date(year[0], 4, 1), date(year[1], 3, 31))


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("39m", 3_900_000_000), ("£850k", 85_000_000), ("7,000", 700_000), ("1.5 million", 150_000_000)],
)
def test_a_budget_is_read(typed: str, pence: int) -> None:
    kind = setting_kind("placements_budget_pence")
    assert kind.read(kind, typed, Around()) == pence


@pytest.mark.parametrize("typed", ["", "nought", "0", "-5m", "39m a week", "9999999m"])
def test_what_is_no_budget_is_refused(typed: str) -> None:
    kind = setting_kind("placements_budget_pence")
    with pytest.raises(Invalid):
        kind.read(kind, typed, Around())
