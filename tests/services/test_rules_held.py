"""The rules at work: shown of offers, held at confirm, seen of placements that go on; and what a council chooses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from placement_tui.bootstrap import Services
from placement_tui.db.tables import Deprivation, Exemption, Home, Placement
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.referrals import NewChild
from placement_tui.errors import Invalid, Refused
from tests import builders
from tests.services.test_overrides import of_home

TICKS = ("near", "education", "sibling", "disability", "area")


def offer_of(services: Services, *children: NewChild, **fields: object) -> UUID:
    return builders.offered(services, builders.referral(services, *children, **fields), NewOffer(81_200))[0]


def rules(services: Services, offer_id: UUID, new: NewPlacement | None = None) -> dict[str, str]:
    return {each.rule: each.level for each in services.rules.of_offer(offer_id, new)}


def test_what_is_still_owed_is_shown_of_an_offer_and_goes_as_it_is_said(timed: Services) -> None:
    referral = builders.referral(timed)
    offer = builders.offered(timed, referral, NewOffer(81_200))[0]
    assert rules(timed, offer) == {"L1": "warn", "L2": "warn", "L9": "warn", "L25": "warn"}
    timed.referrals.amend(referral, {"kin_explored": "nobody"})
    new = NewPlacement(timed.desk.now, considered=TICKS, school_changes=False, approved_by="Helen Rowe")
    assert rules(timed, offer, new) == {}


def test_warnings_are_kept_with_the_decision(timed: Services) -> None:
    started = timed.placements.start(
        offer_of(timed), NewPlacement(timed.desk.now, considered=("near", "area"), school_changes=True)
    )
    assert [each.rule for each in started.minded] == ["L25", "L1", "L2", "L9"]
    row = timed.placements.get(started.placements[0])
    assert row.considered.ticks == ("near", "area")
    assert row.considered.shown == ("L25", "L1", "L2", "L9")


def test_a_consideration_that_is_none_is_refused(timed: Services) -> None:
    with pytest.raises(Invalid, match="is no consideration"):
        timed.placements.start(offer_of(timed), NewPlacement(timed.desk.now, considered=("near", "cheap")))
    with pytest.raises(Invalid):
        timed.referrals.amend(builders.referral(timed, builders.child("AB", "W-2")), {"kin_explored": "perhaps"})


def test_a_brother_whose_age_is_known_is_held_against_it_though_his_sisters_is_not(timed: Services) -> None:
    children = builders.child(age=14), builders.child("AB", "W-2", age=None, sex="F")
    offer = offer_of(timed, *children)
    of_home(timed, offer, kind="sa", grade="consistently_strong")
    assert timed.homes.wanted(timed.offers.get(offer).referral_id).children == 2
    assert rules(timed, offer)["L15"] == "block"
    grown = offer_of(timed, builders.child("CD", "W-3", age=17), builders.child("EF", "W-4", age=None))
    of_home(timed, grown, kind="sa", grade="consistently_strong")
    assert rules(timed, grown)["L15"] == "block"  # nobody said that EF is sixteen
    with pytest.raises(Refused, match="give the age"):
        timed.placements.start(grown, NewPlacement(timed.desk.now, approved_by="Helen Rowe"))


def test_where_nothing_adjoins_every_home_elsewhere_is_the_directors(timed: Services) -> None:
    """Regulation 11(5): an island, say. That nobody said which areas adjoin is another thing."""
    offer = offer_of(timed)
    of_home(timed, offer, authority="E08000012")
    assert rules(timed, offer)["L3"] == "block"
    timed.settings.change("adjoining", "none")
    assert {"L3", "L4"} & rules(timed, offer).keys() == {"L4"}


def test_an_emergency_names_who_agreed(timed: Services) -> None:
    timed.settings.change("emergency_approver", "the duty manager")
    offer = offer_of(timed)
    with pytest.raises(Invalid) as refused:
        timed.placements.start(offer, NewPlacement(timed.desk.now, emergency=True))
    assert refused.value.field == "approved_by"
    assert "Name the duty or on-call manager who agreed" in str(refused.value)
    [placement] = timed.placements.start(
        offer, NewPlacement(timed.desk.now, emergency=True, approved_by="Helen Rowe")
    ).placements
    assert timed.placements.get(placement).approved_by == "Helen Rowe"


def test_a_child_who_is_15_today_and_16_on_the_day_may_go_to_supported_accommodation(timed: Services) -> None:
    birthday = timed.desk.today.replace(year=timed.desk.today.year - 16) + timedelta(days=3)
    offer = offer_of(timed, builders.child(born_on=birthday))
    of_home(timed, offer, kind="sa", grade="consistently_strong", provision_type="Self-contained")
    before, on = (NewPlacement(timed.desk.now + timedelta(days=days)) for days in (2, 3))
    assert rules(timed, offer, before)["L15"] == "block"
    assert "L15" not in rules(timed, offer, on)
    with pytest.raises(Refused, match="under 16: not in supported accommodation"):
        timed.placements.start(offer, before)
    assert timed.placements.start(offer, on).placements


def test_three_in_a_foster_home_and_a_fourth_only_as_a_sibling_or_by_exemption(timed: Services) -> None:
    first = offer_of(timed)
    home = of_home(timed, first, kind="household", places=5)
    timed.placements.start(first, NewPlacement(timed.desk.now))
    with timed.desk.write("others") as session:
        session.get_one(Home, home).others_children = 2
    referral = builders.referral(timed, builders.child("AB", "W-2"))
    timed.approaches.ask(referral, [home])
    offer = timed.offers.log(timed.approaches.calls(referral).rows[0].id, NewOffer(90_000))[0]
    assert rules(timed, offer)["L13"] == "block"
    with pytest.raises(Refused) as refused:
        timed.placements.start(offer, NewPlacement(timed.desk.now))
    assert "4 fostered there: over 3, and no exemption (Sch 7 Children Act 1989)" in str(refused.value)
    children = [row.child_id for row in timed.placements.open()] + [timed.referrals.get(referral).children[0].id]
    with timed.desk.write("exempt") as session:
        session.add_all(Exemption(home_id=home, child_id=child, from_on=timed.desk.today) for child in children)
    assert rules(timed, offer)["L13"] == "warn"
    assert timed.placements.start(offer, NewPlacement(timed.desk.now)).placements


def test_an_order_that_deprives_of_liberty_is_held_against_the_placement_type(timed: Services) -> None:
    offer = offer_of(timed)
    of_home(timed, offer, kind="household")
    [child] = timed.referrals.get(timed.offers.get(offer).referral_id).children
    with timed.desk.write("order") as session:
        session.add(Deprivation(child_id=child.id, order_on=timed.desk.today, logged_at=timed.desk.now))
    assert rules(timed, offer)["L20"] == "warn"
    with timed.desk.write("order ended") as session:
        session.add(
            Deprivation(
                child_id=child.id, order_on=timed.desk.today, ends_on=timed.desk.today, logged_at=timed.desk.now
            )
        )
    tomorrow = NewPlacement(timed.desk.now + timedelta(days=1))
    assert rules(timed, offer, tomorrow)["L20"] == "warn"  # the first has no end yet


def test_a_placement_that_goes_on_is_looked_at_as_time_passes(timed: Services, clock: builders.Clock) -> None:
    key = builders.placed(timed, builders.child(age=17), legal_status="L1")
    assert timed.rules.of_open() == {}
    clock.forward(hours=71, minutes=59)
    assert timed.rules.of_placement(key) == ()
    clock.forward(minutes=2)
    assert [each.rule for each in timed.rules.of_open()[key]] == ["L23"]
    with timed.desk.write("grade fell") as session:
        session.get_one(Home, session.get_one(Placement, key).home_id).grade = "inadequate"
    assert [(each.level, each.rule) for each in timed.rules.of_placement(key)] == [("block", "L21"), ("warn", "L23")]


def test_no_rule_costs_a_statement_for_each_offer_or_placement(timed: Services) -> None:
    def statements(task: Callable[[], object]) -> int:
        run: list[str] = []

        def note(*said: object) -> None:
            run.append(str(said[2]))

        event.listen(Engine, "before_cursor_execute", note)
        try:
            task()
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(run)

    one = builders.referral(timed)
    builders.offered(timed, one, NewOffer(81_200))
    many = builders.referral(timed, builders.child("AB", "W-2"))
    builders.offered(timed, many, *(NewOffer(80_000 + number) for number in range(8)))
    assert statements(lambda: timed.rules.of_offers(many)) == statements(lambda: timed.rules.of_offers(one))
    builders.placed(timed, builders.child("CD", "W-3"))
    few = statements(timed.rules.of_open)
    for number in range(6):
        builders.placed(timed, builders.child("EF", f"W-{number + 10}"))
    assert statements(timed.rules.of_open) == few


def test_settings_are_changed_journaled_and_taken_back(timed: Services) -> None:
    offer = offer_of(timed)
    assert "L21" not in rules(timed, offer)
    saved = timed.settings.change("grades_home", "outstanding")
    assert saved.words == "Grades accepted of children's homes: outstanding"
    timed.settings.change("grades_agency", "outstanding")
    assert rules(timed, offer)["L21"] == "block"
    timed.history.undo()
    timed.history.undo()
    assert "L21" not in rules(timed, offer)
    assert not timed.settings.get("grades_home").chosen


def test_an_approver_is_one_of_several_and_forgotten_alone(timed: Services) -> None:
    timed.settings.change("director", "Ruth Cole")
    timed.settings.change("nominated_officer", "Karen Moss")
    assert timed.desk.setting("approvers") == {"director": "Ruth Cole", "nominated_officer": "Karen Moss"}
    assert "as the program has it" in timed.settings.forget("director").words
    assert timed.desk.setting("approvers") == {"nominated_officer": "Karen Moss"}
    assert "it is so already" in timed.settings.change("nominated_officer", "Karen  Moss").words


def test_what_a_council_chooses_reaches_the_search_at_once(timed: Services) -> None:
    before = timed.homes.find("").total
    timed.settings.change("ungraded", "no")
    timed.settings.change("grades_home", "outstanding")
    assert timed.homes.find("").total < before


def test_a_setting_that_cannot_be_changes_nothing(timed: Services) -> None:
    with pytest.raises(Invalid) as refused:
        timed.settings.change("stale_hours", "0")
    assert refused.value.field == "stale_hours"
    with pytest.raises(Invalid):
        timed.settings.change("stale_hours", "9" * 5000)
    assert timed.settings.get("stale_hours").shown == "48 hours"
    assert "stale_hours" in [row.name for row in timed.settings.every()]
