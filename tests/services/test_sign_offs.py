"""Sign-off: who is asked, who may decide, what lapses, and what may not be accepted meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services, wire
from placement_tui.db.changes import settings as changes
from placement_tui.domain import settings as names
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Invalid, NotFound, PlacementError, Refused
from placement_tui.services.desk import Desk
from tests import builders

LIVERPOOL = "E08000012"
OUTSIDE = ("Zinnia",)


def officer(services: Services, name: str, role: str) -> UUID:
    """An officer more."""
    key = new_id()
    with services.desk.write("add officer") as session:
        changes.add_officer(session, key, name, role)
    return key


def settle(services: Services, **values: object) -> None:
    """The council's settings."""
    with services.desk.write("settings") as session:
        for name, value in values.items():
            changes.put(session, name, value)
    services.desk.refresh()


def seen_by(services: Services, key: UUID) -> Services:
    """The same store at another officer's desk."""
    return wire(Desk(services.desk.store, key))


@pytest.fixture
def helen(timed: Services) -> Services:
    """The manager's desk."""
    return seen_by(timed, officer(timed, "Helen Rowe", "manager"))


@pytest.fixture
def outside(timed: Services) -> UUID:
    """An offer of a home in Liverpool, of 4,150 a week, that stands for four hours."""
    builders.homes(timed, OUTSIDE, ("res",), authority=LIVERPOOL, places=4)
    child = builders.referral(timed)
    [home] = [row.candidate.id for row in timed.homes.find("zinnia").matches][:1]
    timed.approaches.ask(child, [home])
    [call] = timed.approaches.calls(child).rows
    return timed.offers.log(call.id, NewOffer(415_000, expires_at=timed.desk.now + timedelta(hours=4)))[0]


def refusal(error: pytest.ExceptionInfo[PlacementError]) -> str:
    """What was said."""
    return str(error.value)


def test_an_offer_in_the_area_needs_no_sign_off_and_one_outside_needs_the_nominated_officer(
    timed: Services, outside: UUID
) -> None:
    [inside] = builders.offered(timed, builders.referral(timed, builders.child("AB", "W-2")), NewOffer(81_200))
    assert timed.sign_offs.needed(inside) == ()
    assert timed.sign_offs.needed(outside) == ("out_of_area",)


def test_neither_here_nor_next_door_the_director_approves_and_not_the_nominated_officer_too(
    timed: Services, outside: UUID
) -> None:
    settle(timed, adjoining=["E06000049"])
    assert timed.sign_offs.needed(outside) == ("at_distance",)
    settle(timed, adjoining=["E06000049", LIVERPOOL])
    assert timed.sign_offs.needed(outside) == ("out_of_area",)


@pytest.mark.parametrize(("limit", "wanted"), [(414_999, ("out_of_area", "budget")), (415_000, ("out_of_area",))])
def test_a_fee_over_the_limit_needs_the_budget_holder(
    timed: Services, outside: UUID, limit: int, wanted: tuple[str, ...]
) -> None:
    settle(timed, **{names.BUDGET_LIMIT: limit})
    assert timed.sign_offs.needed(outside) == wanted


def test_an_emergency_is_asked_for_and_keeps_nobody_waiting(timed: Services) -> None:
    """Who agreed is named when the placement starts: the four o'clock bed is not held up by it."""
    settle(timed, **{names.APPROVERS: {"emergency_approver": "Jan Cole"}})
    [offer] = builders.offered(timed, builders.referral(timed, urgency="now"), NewOffer(81_200))
    assert timed.sign_offs.needed(offer) == ("emergency",)
    timed.offers.accept(offer)


def test_an_offer_is_not_accepted_until_it_is_approved_and_each_refusal_says_how_it_stands(
    timed: Services, helen: Services, outside: UUID, clock: builders.Clock
) -> None:
    with pytest.raises(Refused) as unasked:
        timed.offers.accept(outside)
    assert "needs sign-off first: out of area (Reg 11(1)(a) CPPCR 2010)" in refusal(unasked)
    [key] = timed.sign_offs.ask(outside, words="Nearest that takes him tonight").ids
    clock.forward(minutes=72)
    with pytest.raises(Refused, match=r"Asked of Helen Rowe 1h 12m ago"):
        timed.offers.accept(outside)
    with pytest.raises(Refused, match=r"Asked of Helen Rowe 1h 12m ago"):
        timed.placements.start(outside, NewPlacement(timed.desk.now))
    helen.sign_offs.return_for(key, "What does his brother say?")
    with pytest.raises(Refused, match=r"returned for: What does his brother say\?"):
        timed.offers.accept(outside)
    timed.sign_offs.ask_again(key, "He agrees")
    helen.sign_offs.approve(key)
    assert timed.sign_offs.needed(outside) == ()
    timed.offers.accept(outside)
    timed.placements.start(outside, NewPlacement(timed.desk.now))


def test_a_refused_sign_off_keeps_the_offer_from_being_accepted(
    timed: Services, helen: Services, outside: UUID
) -> None:
    [key] = timed.sign_offs.ask(outside).ids
    helen.sign_offs.refuse(key, "Try our own carers first")
    with pytest.raises(Refused, match="HR refused the offer of Zinnia House: Try our own carers first"):
        timed.offers.accept(outside)


def test_a_refusal_and_a_return_need_words(timed: Services, helen: Services, outside: UUID) -> None:
    [key] = timed.sign_offs.ask(outside).ids
    with pytest.raises(Invalid, match="Why is it refused"):
        helen.sign_offs.refuse(key, "  ")
    with pytest.raises(Invalid, match="What is missing"):
        helen.sign_offs.return_for(key, "")
    helen.sign_offs.return_for(key, "The fee split")
    with pytest.raises(Invalid, match="Say what was mended"):
        timed.sign_offs.ask_again(key, "")


def test_an_approver_who_is_not_one_is_refused_and_told_who_is(timed: Services, helen: Services, outside: UUID) -> None:
    priya = seen_by(timed, officer(timed, "Priya Lal", "officer"))
    [key] = timed.sign_offs.ask(outside).ids
    with pytest.raises(Refused) as error:
        priya.sign_offs.approve(key)
    assert "Priya Lal does not approve this: out of area. A manager does" in refusal(error)
    with pytest.raises(Refused, match="Priya Lal does not approve this"):
        timed.sign_offs.ask(outside, ("budget",), asked_of="PL")


def test_whom_the_settings_name_decides_though_an_officer_and_a_manager_does_not_in_their_place(
    timed: Services, helen: Services, outside: UUID
) -> None:
    """Regulation 11(1)(a): the nominated officer, once there is one."""
    priya = seen_by(timed, officer(timed, "Priya Lal", "officer"))
    settle(timed, **{names.APPROVERS: {"nominated_officer": "Priya Lal"}})
    for each in (helen, priya):
        each.desk.refresh()
    [key] = timed.sign_offs.ask(outside).ids
    assert timed.sign_offs.get(key).asked_of == "Priya Lal"
    with pytest.raises(Refused, match=r"Priya Lal \(the nominated officer\) does"):
        helen.sign_offs.approve(key)
    assert [row.id for row in priya.sign_offs.waiting(priya.desk.officer.id)] == [key]
    assert helen.sign_offs.waiting(helen.desk.officer.id) == []
    priya.sign_offs.approve(key)
    assert timed.sign_offs.get(key).decided_by == "PL"


def test_nobody_decides_what_they_asked_for_unless_the_council_says_so(
    timed: Services, helen: Services, outside: UUID
) -> None:
    [key] = helen.sign_offs.ask(outside).ids
    with pytest.raises(Refused, match="nobody decides what they asked for"):
        helen.sign_offs.approve(key)
    settle(timed, **{names.OWN_SIGN_OFF: True})
    helen.desk.refresh()
    helen.sign_offs.approve(key)


def test_what_was_said_on_the_phone_is_kept_with_who_said_it_and_who_logged_it(timed: Services, outside: UUID) -> None:
    """Duty managers at night approve by phone: the officer who asked logs it under their name."""
    settle(timed, **{names.APPROVERS: {"nominated_officer": "Anne Vale", "emergency_approver": "Jan Cole"}})
    [key] = timed.sign_offs.ask(outside).ids
    assert timed.sign_offs.get(key).asked_of == "Anne Vale"
    with pytest.raises(Refused, match=r"Jan Cole does not approve this: out of area. Anne Vale \(the nominated"):
        timed.sign_offs.approve(key, by="Jan Cole")
    saved = timed.sign_offs.approve(key, "No bed nearer", by="anne vale")
    row = timed.sign_offs.get(key)
    assert "by the word of anne vale" in saved.words
    assert (row.by_word, row.decided_by_name, row.decided_by) == (True, "anne vale", "KM")


def test_kinds_with_different_approvers_become_a_request_each(timed: Services, helen: Services, outside: UUID) -> None:
    settle(timed, **{names.BUDGET_LIMIT: 1, names.APPROVERS: {"budget_holder": "Omar Bell"}})
    saved = timed.sign_offs.ask(outside)
    asked = {row.asked_of: row.kinds for row in timed.sign_offs.of_offer(outside)}
    assert asked == {"Helen Rowe": ("out_of_area",), "Omar Bell": ("budget",)}
    assert len(saved.ids) == 2
    helen.sign_offs.approve(saved.ids[0])
    assert timed.sign_offs.needed(outside) == ("budget",)


def test_what_was_asked_is_not_asked_twice(timed: Services, helen: Services, outside: UUID) -> None:
    [key] = timed.sign_offs.ask(outside).ids
    with pytest.raises(Refused, match="was asked of Helen Rowe 0m ago"):
        timed.sign_offs.ask(outside)
    helen.sign_offs.approve(key)
    with pytest.raises(Refused, match="needs no sign-off"):
        timed.sign_offs.ask(outside)
    with pytest.raises(Refused, match="approved already"):
        timed.sign_offs.ask(outside, ("out_of_area",))


def test_a_time_that_is_past_or_later_than_the_offer_is_refused(timed: Services, outside: UUID) -> None:
    with pytest.raises(Invalid, match="would have lapsed already"):
        timed.sign_offs.ask(outside, lapses_at=timed.desk.now - timedelta(minutes=1))
    with pytest.raises(Invalid, match="stands until"):
        timed.sign_offs.ask(outside, lapses_at=timed.desk.now + timedelta(hours=5))


def test_a_sign_off_lapses_with_the_offer_and_is_asked_anew_when_the_home_offers_again(
    timed: Services, helen: Services, outside: UUID, clock: builders.Clock
) -> None:
    [key] = timed.sign_offs.ask(outside).ids
    ends = timed.offers.get(outside).expires_at
    assert ends is not None
    clock.now = ends - timedelta(milliseconds=100)
    assert timed.sign_offs.count() == (1, 0)
    clock.now = ends
    row = timed.sign_offs.get(key)
    assert (row.state, row.lapsed_at) == ("lapsed", ends)
    assert timed.sign_offs.count() == (0, 0)
    assert timed.sign_offs.waiting() == []
    assert [each.sign_off.state for each in timed.sign_offs.queue()] == ["lapsed"]
    with pytest.raises(Refused, match="the bed was lost while it waited"):
        helen.sign_offs.approve(key)
    with pytest.raises(Refused, match="Ring them: if it still stands"):
        timed.sign_offs.ask_again(key)
    renewed = replace(NewOffer(415_000), expires_at=timed.desk.now + timedelta(hours=3))
    timed.offers.amend(outside, renewed)
    assert timed.sign_offs.get(key).state == "lapsed", "what was lost stays lost, though the home offers again"
    [again] = timed.sign_offs.ask_again(key, "They hold it until nine").ids
    helen.sign_offs.approve(again)
    timed.offers.accept(outside)


def test_an_offer_that_is_extended_before_it_lapses_takes_the_sign_off_along(
    timed: Services, outside: UUID, clock: builders.Clock
) -> None:
    [key] = timed.sign_offs.ask(outside).ids
    until = timed.desk.now + timedelta(hours=9)
    timed.offers.amend(outside, NewOffer(415_000, expires_at=until))
    clock.forward(hours=5)
    assert (timed.sign_offs.get(key).state, timed.sign_offs.get(key).lapses_at) == ("asked", until)
    timed.history.undo()
    assert timed.sign_offs.get(key).state == "lapsed"


def test_the_home_taking_its_offer_back_loses_the_bed_and_our_own_no_does_not(
    timed: Services, helen: Services, outside: UUID
) -> None:
    [key] = timed.sign_offs.ask(outside).ids
    timed.approaches.withdraw(timed.offers.get(outside).approach_id, "OW")
    assert timed.sign_offs.get(key).state == "lapsed"
    timed.history.undo()
    assert timed.sign_offs.get(key).state == "asked"
    timed.offers.decline(outside, "price")
    assert timed.sign_offs.get(key).state == "over"
    with pytest.raises(Refused, match="does not stand any more"):
        helen.sign_offs.approve(key)


def test_each_step_is_undone_by_one_key(timed: Services, helen: Services, outside: UUID) -> None:
    [key] = timed.sign_offs.ask(outside).ids
    helen.sign_offs.approve(key)
    assert helen.history.undo().words.startswith("undid: approve sign-off")
    assert timed.sign_offs.get(key).state == "asked"
    timed.sign_offs.withdraw(key)
    assert timed.sign_offs.get(key).state == "withdrawn"
    timed.history.undo()
    timed.history.undo()
    with pytest.raises(NotFound):
        timed.sign_offs.get(key)


def test_the_queue_holds_what_a_decision_needs_the_soonest_to_lapse_first(
    timed: Services, helen: Services, outside: UUID
) -> None:
    settle(timed, **{names.BUDGET_LIMIT: 1})
    other = builders.referral(timed, builders.child("AB", "W-2"))
    late, open_one = builders.offered(
        timed, other, NewOffer(81_200, expires_at=timed.desk.now + timedelta(hours=1)), NewOffer(90_000)
    )
    timed.sign_offs.ask(outside, words="Nothing nearer")
    timed.sign_offs.ask(late)
    first, second = helen.sign_offs.queue()
    assert (first.sign_off.offer_id, second.sign_off.offer_id) == (late, outside)
    assert [each.id for each in first.others] == [open_one]
    assert (first.asked, first.waiting) == (20, 18)
    assert first.mine
    assert second.sign_off.words == "Nothing nearer"
    assert second.law[0] == "Outside the council's area (Reg 11(1)(a) CPPCR 2010)"
    assert not any(each.mine for each in timed.sign_offs.queue())


def test_a_child_who_needs_a_home_now_is_not_behind_an_offer_that_lapses_on_tuesday(
    timed: Services, helen: Services, clock: builders.Clock
) -> None:
    """Nobody said until when the bed stands: it is the child who presses."""
    settle(timed, **{names.BUDGET_LIMIT: 1})
    now = builders.referral(timed, urgency="now")
    later = builders.referral(timed, builders.child("AB", "W-2"), urgency="date", needed_by=clock.now + timedelta(9))
    [at_once] = builders.offered(timed, now, NewOffer(81_200))
    [tuesday] = builders.offered(timed, later, NewOffer(81_200, expires_at=clock.now + timedelta(days=2)))
    for offer in (tuesday, at_once):
        timed.sign_offs.ask(offer)
    assert [each.sign_off.offer_id for each in helen.sign_offs.queue()] == [at_once, tuesday]
