"""What the market lacks, on a store small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Home, Placement
from placement_tui.domain.insight import Block, Cut, Row
from placement_tui.domain.others import Others, others_words, read_others
from placement_tui.domain.vacancies import NewVacancy
from placement_tui.errors import Invalid
from tests import builders


def block(services: Services, name: str, by: str = "") -> Block:
    report = services.insight.report("market", by=by)
    return next(each for each in report.blocks if each.name == name)


def row(found: Block, label: str, across: str = "") -> Row:
    return next(each for each in found.rows if each.label == label and each.across == across)


@pytest.fixture
def market(tmp_path: Any, clock: builders.Clock) -> tuple[Services, list[UUID]]:
    """Four homes in Wirral without a word of a bed: two children's homes, a foster carer of the council's, a supported one."""
    services = builders.team(tmp_path / "team.db", clock)
    homes = builders.homes(services, ("Ash", "Beech", "Cope", "Dell"), ("res", "res", "inhouse", "sa"))
    clock.forward(days=60)  # what the builder's homes said counts no more
    return services, homes


def test_referrals_for_each_free_bed_by_type_and_age(market: tuple[Services, list[UUID]]) -> None:
    services, (ash, beech, cope, dell) = market
    for home, beds in ((ash, 2), (beech, 0), (cope, 1), (dell, 0)):
        services.vacancies.log(home, NewVacancy(beds))
    for number, wanted in enumerate(("residential", "residential", "residential", "foster", "supported")):
        age = 16 if wanted == "supported" else 12
        builders.referral(services, builders.child("AB", f"W-{number}", age=age), wanted=(wanted,))

    by_type = block(services, "demand")
    home = row(by_type, "Residential, children's home")
    assert (home.numerator, home.denominator, home.value) == (3, 2, 1.5)
    assert row(by_type, "Fostering").value == 1.0
    alone = row(by_type, "Supported accommodation, 16 and 17")
    assert (alone.value, alone.note) == (None, "no bed free")
    assert row(by_type, "all").value == pytest.approx(5 / 3)

    by_age = block(services, "demand", "age")
    assert (row(by_age, "10 to 15").numerator, row(by_age, "10 to 15").denominator) == (4, 3)
    assert (row(by_age, "16 and 17").numerator, row(by_age, "16 and 17").denominator) == (1, 3)
    needs = block(services, "demand", "need")
    assert [(each.value, each.n) for each in needs.rows] == [(5, 5)]  # violence, of each of the five
    behind = services.insight.behind("market", (Cut("type", "residential"),))
    assert len(behind) == 3
    assert {each.noun for each in behind} == {"referral"}


def test_a_bed_for_small_children_is_no_supply_for_a_teenager(market: tuple[Services, list[UUID]]) -> None:
    services, (ash, *_) = market
    services.vacancies.log(ash, NewVacancy(1, age_min=5, age_max=9))
    builders.referral(services, builders.child("AB", "W-1", age=14))
    by_age = block(services, "demand", "age")
    assert row(by_age, "10 to 15").note == "no bed free"
    assert (row(by_age, "5 to 9").numerator, row(by_age, "5 to 9").denominator) == (0, 1)


def test_a_word_of_five_weeks_ago_is_no_supply(market: tuple[Services, list[UUID]], clock: builders.Clock) -> None:
    services, (ash, *_) = market
    services.vacancies.log(ash, NewVacancy(1))
    clock.forward(days=35)
    builders.referral(services, wanted=("residential",))
    assert row(block(services, "demand"), "Residential, children's home").note == "no bed free"


def begun(services: Services, home: UUID, number: int, **columns: Any) -> UUID:
    """A placement as logged, with what the test says of it."""
    referral = builders.referral(services, builders.child("PL", f"P-{number}"), wanted=("residential",))
    child = services.referrals.get(referral).children[0].id
    values: Mapping[str, Any] = {
        "type_wanted": "residential", "type_obtained": "residential", "in_area": True, "started_at": services.desk.now,
    } | columns  # fmt: skip
    with services.desk.write("place") as session:
        made = Placement(child_id=child, home_id=home, referral_id=referral, **values)
        session.add(made)
        session.flush()
        return made.id


def test_what_was_got_instead_of_what_was_wanted(market: tuple[Services, list[UUID]]) -> None:
    services, (ash, *_) = market
    begun(services, ash, 1, type_wanted="foster", type_obtained="foster")
    forced = [begun(services, ash, n, type_wanted="foster", type_obtained="residential") for n in (2, 3)]
    begun(services, ash, 4, type_wanted="residential")
    begun(services, ash, 5, type_wanted=None)  # nobody said what was wanted: in neither count
    begun(services, ash, 6, type_wanted="foster", place="T3")  # a carer's holiday is no placement
    found = block(services, "forced")
    foster = row(found, "Fostering")
    assert (foster.numerator, foster.denominator) == (2, 3)
    assert foster.note == "got: 2 residential, children's home"
    assert (row(found, "all").numerator, row(found, "all").denominator) == (2, 4)
    behind = services.insight.behind("market", (Cut("wanted", "foster"),))
    assert {UUID(each.key) for each in behind} == set(forced)


def test_whose_children_hold_the_local_beds(market: tuple[Services, list[UUID]]) -> None:
    services, (ash, beech, cope, dell) = market
    capacity = services.capacity
    capacity.say_others(ash, capacity.read_others("3 Liverpool"))
    capacity.say_others(ash, capacity.read_others("2 Liverpool since 1 mar, 1 Sefton"))  # in place of the word before
    capacity.say_others(beech, 1)
    with services.desk.write("move") as session:
        rows.change(session, Home, dell, {"authority": "E08000012"})  # in Liverpool: not one of ours
    capacity.say_others(dell, capacity.read_others("4 Wirral"))
    begun(services, cope, 1)
    begun(services, dell, 2, in_area=False)
    found = block(services, "holders")
    assert {each.label: each.value for each in found.rows} == {
        "of Liverpool": 2, "of Sefton": 1, "nobody said whose": 1, "ours, in all local homes": 1, "ours, outside the area": 1,
    }  # fmt: skip
    assert row(found, "of Liverpool").denominator == 8  # the places of the two homes that said
    assert row(found, "of Liverpool").note == "since 01/03/2026 or before"
    assert row(found, "ours, in all local homes").denominator == 12
    assert [each.what for each in services.insight.behind("market", (Cut("holder", "Sefton"),))] == [
        "Ash House: 3 of others", "Beech House: 1 of others",
    ]  # fmt: skip


def test_local_beds_that_were_not_asked_for(market: tuple[Services, list[UUID]], clock: builders.Clock) -> None:
    services, (ash, beech, _cope, dell) = market
    services.vacancies.log(ash, NewVacancy(1))
    services.vacancies.log(beech, NewVacancy(1))
    clock.forward(days=1)
    services.vacancies.log(beech, NewVacancy(0))  # gone again before anybody left
    clock.forward(days=1)
    missed = begun(services, dell, 1, in_area=False)
    asked = begun(services, dell, 2, in_area=False)
    referral = services.placements.get(asked).referral_id
    assert referral is not None
    services.approaches.ask(referral, [ash])
    begun(services, dell, 3)  # stayed in the area
    clock.forward(days=20)
    begun(services, dell, 4, in_area=False)  # the word is three weeks old by now
    found = block(services, "away")
    assert (found.rows[0].numerator, found.rows[0].denominator) == (1, 3)
    assert [(each.label, each.n) for each in found.rows[1:]] == [("not asked: Ash House", 1)]
    assert [UUID(each.key) for each in services.insight.behind("market", (Cut("away", ""),))] == [missed]


def test_referrals_by_month(market: tuple[Services, list[UUID]], clock: builders.Clock) -> None:
    services, _ = market
    clock.now = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)  # half past eleven at night in England, still September
    builders.referral(services, builders.child("AB", "W-1"), wanted=("foster",))
    clock.forward(minutes=45)
    builders.referral(services, builders.child("CD", "W-2"), wanted=("foster",))
    found = block(services, "flow")
    assert {each.across: each.value for each in found.rows} == {"2026-09-01": 1, "2026-10-01": 1}
    behind = services.insight.behind("market", (Cut("type", "foster"), Cut("month", "2026-09-01")))
    assert [each.child for each in behind] == ["AB W-1"]


def test_nothing_logged_says_so(market: tuple[Services, list[UUID]]) -> None:
    services, _ = market
    assert not block(services, "forced").rows
    assert block(services, "forced").empty == "No placement of that time says what was wanted."


TODAY = datetime(2026, 10, 18, tzinfo=UTC).date()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("3", "3 of other authorities"),
        ("none", "0 of other authorities"),
        (
            "2 Liverpool since 1 mar, 1 Sefton",
            "3 of other authorities (2 of Liverpool since Sun 1 Mar 2026, 1 of Sefton)",
        ),
        ("2 of Cheshire East and 1 from Halton", "3 of other authorities (2 of Cheshire East, 1 of Halton)"),
        ("1 since 1/9/2025", "1 of other authorities (1 since Mon 1 Sep 2025)"),
    ],
)
def test_what_a_home_says_of_others_is_understood(typed: str, words: str) -> None:
    assert others_words(read_others(typed, TODAY), TODAY) == words


@pytest.mark.parametrize(
    "typed", ["", "Liverpool", "2 Sefton, 1 sefton", "1 Sefton since tomorrow", "400", "-1", "2 " + "x" * 90]
)
def test_what_is_no_word_of_others_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_others(typed, TODAY)


def test_a_home_with_more_children_than_places_is_refused(market: tuple[Services, list[UUID]]) -> None:
    services, (ash, *_) = market
    with pytest.raises(Invalid, match="more than its 4 places"):
        services.capacity.say_others(ash, (Others(3, "Liverpool"), Others(2, "Sefton")))
    assert not block(services, "holders").rows[0].value  # nothing was kept


def test_undo_takes_a_word_of_others_back(market: tuple[Services, list[UUID]], clock: builders.Clock) -> None:
    services, (ash, *_) = market
    services.capacity.say_others(ash, (Others(2, "Liverpool"),))
    clock.forward(seconds=5)
    services.capacity.say_others(ash, (Others(1, "Sefton"),))
    services.history.undo()
    labels = {each.label: each.value for each in block(services, "holders").rows}
    assert labels["of Liverpool"] == 2
    assert "of Sefton" not in labels
