"""Places of homes in the store: who lives there, beds held until a time, exemptions that name; and what search makes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.reads import capacity
from placement_tui.db.tables import Home
from placement_tui.domain.capacity import Terms
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.vacancies import NewVacancy
from placement_tui.errors import Invalid, NotFound, Refused
from tests import builders

TODAY = date(2026, 10, 18)


def carers(services: Services) -> list[UUID]:
    """Our own carers, with four places each, of whom nobody said yet how many beds are free."""
    found = services.homes.find("inhouse", limit=50).matches
    return [match.candidate.id for match in found if match.candidate.free is None]


def lives(services: Services, home: UUID, identifier: str = "W-1", **fields: Any) -> UUID:
    """A child who lives in a home now; the child's id."""
    key = builders.referral(services, builders.child("AB", identifier, **fields), wanted=("foster", "residential"))
    wave = services.approaches.ask(key, [home])
    offer = services.offers.log(wave.approaches[0], NewOffer(50_000))[0]
    services.placements.start(offer, NewPlacement(services.desk.now, approved_by="Ann Poole"))
    return services.referrals.get(key).children[0].id


def free_homes(services: Services, referral: UUID | None = None) -> set[UUID]:
    wanted = services.homes.wanted(referral)
    return {match.candidate.id for match in services.homes.find("free", wanted, limit=99).matches}


def test_a_home_is_read_as_it_is_with_all_of_the_others(timed: Services, clock: builders.Clock) -> None:
    home, other = carers(timed)[:2]
    child = lives(timed, home)
    timed.capacity.say_others(home, 1)
    timed.capacity.hold(home, 1, clock.now + timedelta(hours=2))
    one = timed.capacity.of(home)
    assert (one.registered, one.ours, one.others, one.held, one.free, one.children) == (4, 1, 1, 1, 1, (child,))
    everywhere = timed.capacity.everywhere()
    assert everywhere[home] == one
    assert everywhere[other].words == "4 places: 0 ours, others not said, 4 free"
    assert len(everywhere) == timed.homes.count()
    with pytest.raises(NotFound):
        timed.capacity.of(UUID(int=1))


def test_all_homes_cost_as_many_statements_as_one(timed: Services) -> None:
    home = carers(timed)[0]
    lives(timed, home)

    def statements(only: set[UUID] | None) -> int:
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.append(statement)

        with timed.desk.read() as session:
            engine = session.get_bind()
            event.listen(engine, "before_cursor_execute", note)
            try:
                capacity.everywhere(session, timed.desk.now, TODAY, only)
            finally:
                event.remove(engine, "before_cursor_execute", note)
        return sum(statement.lstrip().upper().startswith("SELECT") for statement in seen)

    assert statements({home}) == statements(None) == 4


def test_free_beds_in_search_wear_off_as_children_move_in_and_beds_are_held(
    timed: Services, clock: builders.Clock
) -> None:
    home = carers(timed)[0]
    timed.vacancies.log(home, NewVacancy(2))
    first = builders.referral(timed, builders.child("EF", "W-5", age=9))
    second = builders.referral(timed, builders.child("GH", "W-6", age=10))
    assert home in free_homes(timed, first)
    lives(timed, home)
    assert home in free_homes(timed, first)  # one of the two is left
    held, _ = timed.capacity.hold(home, 1, clock.now + timedelta(hours=3), referral_id=second)
    assert home not in free_homes(timed, first)
    assert home in free_homes(timed, second)  # it is kept for this one
    part = next(
        m for m in timed.homes.find("free", timed.homes.wanted(second), limit=99).matches if m.candidate.id == home
    )
    assert "1 held for this referral" in [each.label for each in part.parts]
    timed.capacity.release(held)
    assert home in free_homes(timed, first)
    timed.history.undo()
    assert home not in free_homes(timed, first)
    clock.forward(hours=3)
    assert home in free_homes(timed, first)  # the hold has ended by the clock; nobody said anything
    with pytest.raises(Refused, match="has ended by itself"):
        timed.capacity.release(held)


def test_a_home_that_fills_up_may_not_be_asked(timed: Services, clock: builders.Clock) -> None:
    home = carers(timed)[0]
    timed.capacity.say_terms(home, Terms(0, 17, 1, None))
    referral = builders.referral(timed, builders.child("EF", "W-5", age=9))
    assert home in timed.homes.nearest(referral, 99)
    timed.capacity.hold(home, 1, clock.now + timedelta(hours=3))
    assert home not in timed.homes.nearest(referral, 99)
    clock.forward(hours=4)
    assert home in timed.homes.nearest(referral, 99)
    lives(timed, home)
    assert home not in timed.homes.nearest(referral, 99)


def test_a_hold_that_cannot_be_is_refused(timed: Services, clock: builders.Clock) -> None:
    home, later = carers(timed)[0], clock.now + timedelta(hours=2)
    referral = builders.referral(timed, builders.child("EF", "W-5", age=9))
    for beds, until, words in ((0, later, "cannot be held"), (1, clock.now, "past already"), (1, clock.now + timedelta(91), "for 90 days")):  # fmt: skip
        with pytest.raises(Invalid, match=words):
            timed.capacity.hold(home, beds, until)
    with pytest.raises(Refused, match="has 4 free"):
        timed.capacity.hold(home, 5, later)
    timed.capacity.hold(home, 1, later, referral_id=referral)
    with pytest.raises(Refused, match="holds 1 for 26-0001 already"):
        timed.capacity.hold(home, 1, later, referral_id=referral)
    timed.referrals.close(referral, "home again")
    assert timed.capacity.holds() == []  # who needs no home has no bed kept
    with pytest.raises(Refused, match="is closed"):
        timed.capacity.hold(home, 1, later, referral_id=referral)


def test_a_carer_approved_for_none_of_the_children_holds_no_bed_for_them(
    timed: Services, clock: builders.Clock
) -> None:
    home = carers(timed)[0]
    timed.capacity.say_terms(home, Terms(0, 5, 3, "F"))
    boys = builders.referral(timed, builders.child("EF", "W-5", age=9), builders.child("GH", "W-6", age=4))
    with pytest.raises(Refused, match="is approved for none of these children") as refused:
        timed.capacity.hold(home, 1, clock.now + timedelta(hours=2), referral_id=boys)
    assert "Ages 0 to 5, girls only, 3 places" in str(refused.value)
    mixed = builders.referral(timed, builders.child("IJ", "W-7", age=4, sex="F"), builders.child("KL", "W-8", age=9))
    timed.capacity.hold(home, 1, clock.now + timedelta(hours=2), referral_id=mixed)  # for one of them it is


def test_a_placement_takes_the_bed_that_was_held_for_it(timed: Services, clock: builders.Clock) -> None:
    home = carers(timed)[0]
    timed.capacity.say_terms(home, Terms(0, 17, 1, None))
    referral = builders.referral(timed, builders.child("EF", "W-5", age=9))
    timed.capacity.hold(home, 1, clock.now + timedelta(hours=9), referral_id=referral)
    wave = timed.approaches.ask(referral, [home])
    offer = timed.offers.log(wave.approaches[0], NewOffer(50_000))[0]
    other = builders.referral(timed, builders.child("ZZ", "W-9", age=9))
    late = timed.offers.log(timed.approaches.ask(other, [home]).approaches[0], NewOffer(50_000))[0]
    with pytest.raises(Refused, match="1 held for somebody else"):
        timed.placements.start(late, NewPlacement(clock.now, approved_by="Ann Poole"))
    timed.placements.start(offer, NewPlacement(clock.now, approved_by="Ann Poole"))
    here = timed.capacity.of(home)
    assert (here.ours, here.held, here.free) == (1, 0, 0)


def test_terms_stay_as_the_team_says_them_and_never_below_who_lives_there(timed: Services) -> None:
    home = carers(timed)[0]
    lives(timed, home)
    assert timed.capacity.say_terms(home, Terms(4, 12, 2, "M")).words.endswith("ages 4 to 12, boys only, 2 places")
    with timed.desk.read() as session:
        row = session.get_one(Home, home)
        assert {"age_min", "age_max", "places", "sexes"} <= set(row.said)
    with pytest.raises(Invalid, match="1 of our children live there"):
        timed.capacity.say_terms(home, Terms(4, 12, 0, None))
    with pytest.raises(Invalid, match="is no range"):
        timed.capacity.say_terms(home, Terms(12, 4, 2, None))
    with pytest.raises(Invalid, match="more than its 2 places"):
        timed.capacity.say_others(home, 2)


def test_an_exemption_names_a_child_who_lives_there_or_comes_by_an_open_referral(timed: Services) -> None:
    home, elsewhere = carers(timed)[:2]
    child = lives(timed, home)
    with pytest.raises(Refused, match="does not live at") as refused:
        timed.capacity.exempt(elsewhere, child)
    assert "the open referral by which the child is to come" in str(refused.value)
    stranger = builders.referral(timed, builders.child("EF", "W-5", age=9))
    coming = timed.referrals.get(stranger).children[0].id
    with pytest.raises(Refused, match="does not live at"):
        timed.capacity.exempt(home, coming)
    with pytest.raises(Refused, match="is not of 26-0002"):
        timed.capacity.exempt(elsewhere, child, referral_id=stranger)
    with pytest.raises(Invalid, match="Sefton may not exempt them") as by:
        timed.capacity.exempt(home, child, given_by="Sefton")
    assert by.value.field == "given_by"
    with pytest.raises(Invalid, match="end before it begins"):
        timed.capacity.exempt(home, child, until_on=TODAY - timedelta(1))
    key, saved = timed.capacity.exempt(home, child)
    assert saved.words.endswith("exempt for AB 14 M, by Wirral")
    timed.capacity.exempt(home, coming, referral_id=stranger, given_by="Wirral")
    assert home in timed.homes.wanted(stranger).exempt  # both who would be there are named
    timed.capacity.end_exemption(key)
    assert home in timed.homes.wanted(stranger).exempt  # today is its last day
    with pytest.raises(Refused, match="is named in an exemption"):
        timed.capacity.exempt(home, child)
    with timed.desk.write("res") as session:
        rows.change(session, Home, elsewhere, {"kind": "res"})
    with pytest.raises(Refused, match="is no foster household"):
        timed.capacity.exempt(elsewhere, coming, referral_id=stranger)
