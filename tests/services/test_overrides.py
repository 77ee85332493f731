"""A block is set aside by a manager, by name, with a reason, and for a law on a ground; it shows, counts and is taken back."""

from __future__ import annotations

from uuid import UUID

import pytest

from placement_tui.bootstrap import Services, wire
from placement_tui.db.changes import settings as changes
from placement_tui.db.tables import Home
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Invalid, NotFound, PlacementError, Refused
from placement_tui.services.desk import Desk
from tests import builders

WHY = "visited on Monday, action plan seen"


@pytest.fixture
def helen(timed: Services) -> Services:
    """The manager's desk."""
    key = new_id()
    with timed.desk.write("add officer") as session:
        changes.add_officer(session, key, "Helen Rowe", "manager")
    return wire(Desk(timed.desk.store, key))


@pytest.fixture
def offer(timed: Services) -> UUID:
    """An offer of the nearest lawful home for KJ, 14."""
    return builders.offered(timed, builders.referral(timed), NewOffer(81_200))[0]


def of_home(services: Services, offer_id: UUID, **columns: object) -> UUID:
    """Change what is known of the home that offers; its id."""
    home_id = services.offers.get(offer_id).home_id
    assert home_id is not None
    with services.desk.write("change home") as session:
        row = session.get_one(Home, home_id)
        for name, value in columns.items():
            setattr(row, name, value)
    return home_id


def blocks(services: Services, offer_id: UUID) -> list[str]:
    return [each.rule for each in services.rules.of_offer(offer_id) if each.level == "block"]


def refusal(error: pytest.ExceptionInfo[PlacementError]) -> str:
    return str(error.value)


def test_a_grade_below_the_policy_is_set_aside_by_a_manager_with_a_reason(
    timed: Services, helen: Services, offer: UUID
) -> None:
    of_home(timed, offer, grade="inadequate")
    assert blocks(timed, offer) == ["L21"]
    saved = helen.overrides.set_aside(offer, "L21", WHY)
    assert saved.words.endswith(": rule L21 set aside by HR")
    assert blocks(timed, offer) == []
    [said] = [each.text for each in timed.rules.of_offer(offer) if each.rule == "L21"]
    assert said == f"policy: good or better (set aside by HR: {WHY})"
    placed = timed.placements.start(offer, NewPlacement(timed.desk.now))
    assert [each.rule for each in timed.rules.of_placement(placed.placements[0])] == ["L21"]
    [row] = timed.overrides.latest()
    assert (row.rule, row.by_name, row.why, row.ground, row.child) == ("L21", "Helen Rowe", WHY, "", "KJ 14 M")
    [count] = timed.overrides.counts()
    assert (count.rule, count.count, count.referrals) == ("L21", 1, 1)


def test_without_it_the_placement_does_not_start(timed: Services, offer: UUID) -> None:
    of_home(timed, offer, suspended="safeguarding enquiry")
    with pytest.raises(Refused) as refused:
        timed.placements.start(offer, NewPlacement(timed.desk.now))
    assert "not used for now: safeguarding enquiry (council policy)" in refusal(refused)
    assert "A manager may set rule suspended aside, with a reason" in refusal(refused)
    assert timed.placements.open() == []


def test_an_officer_does_not_set_aside(timed: Services, offer: UUID) -> None:
    of_home(timed, offer, grade="inadequate")
    with pytest.raises(Refused, match="may not set a rule aside"):
        timed.overrides.set_aside(offer, "L21", WHY)
    assert timed.overrides.latest() == []


@pytest.mark.parametrize("why", ["", "  ", "ok", "manager agreed"])
def test_a_reason_is_a_few_words(timed: Services, helen: Services, offer: UUID, why: str) -> None:
    of_home(timed, offer, grade="inadequate")
    with pytest.raises(Invalid) as refused:
        helen.overrides.set_aside(offer, "L21", why)
    assert refused.value.field == "why"
    assert "In 3 words or more" in refusal(refused)
    assert blocks(timed, offer) == ["L21"]


def test_a_law_gives_way_to_a_ground_of_its_own_and_to_no_other(timed: Services, helen: Services, offer: UUID) -> None:
    of_home(timed, offer, kind="res", registered=False)
    with pytest.raises(Invalid) as refused:
        helen.overrides.set_aside(offer, "L18", WHY)
    assert "is law: a reason alone does not set it aside" in refusal(refused)
    assert "high_court (High Court)" in refusal(refused)
    with pytest.raises(Invalid) as refused:
        helen.overrides.set_aside(offer, "L18", WHY, "exemption")
    assert "exemption is no ground on which s11 Care Standards Act 2000 gives way" in refusal(refused)
    with pytest.raises(Invalid, match="is no ground"):
        helen.overrides.set_aside(offer, "L18", WHY, "because")
    helen.overrides.set_aside(offer, "L18", "order of Tuesday, FD26P00001", "High Court")
    [row] = timed.overrides.latest()
    assert (row.ground, row.said) == ("high_court", "HR, High Court: order of Tuesday, FD26P00001")
    assert blocks(timed, offer) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("L25", "that is not set aside"),
        ("L3", "ask the nominated officer for sign-off"),
        ("asked", "that is not set aside"),
        ("L1", "that is not set aside"),
        ("L99", "is no rule"),
    ],
)
def test_what_waits_for_approval_or_a_record_is_not_set_aside(
    timed: Services, helen: Services, offer: UUID, rule: str, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        helen.overrides.set_aside(offer, rule, WHY, "high_court")
    assert words.casefold() in refusal(refused).casefold()


def test_a_rule_that_stands_in_nobodys_way_is_not_set_aside(timed: Services, helen: Services, offer: UUID) -> None:
    of_home(timed, offer, suspended="enquiry")
    with pytest.raises(Refused) as refused:
        helen.overrides.set_aside(offer, "L21", WHY)
    assert "What does: suspended (not used for now: enquiry)" in refusal(refused)
    with pytest.raises(NotFound):
        helen.overrides.set_aside(new_id(), "L21", WHY)


def test_it_holds_for_one_referral_and_one_home_only(timed: Services, helen: Services) -> None:
    offers = builders.offered(timed, builders.referral(timed), NewOffer(81_200), NewOffer(90_000))
    for each in offers:
        of_home(timed, each, grade="inadequate")
    helen.overrides.set_aside(offers[0], "L21", WHY)
    assert [blocks(timed, each) for each in offers] == [[], ["L21"]]


def test_a_home_that_may_not_be_asked_may_be_after_it(timed: Services, helen: Services, offer: UUID) -> None:
    home = of_home(timed, offer, grade="inadequate")
    other = builders.referral(timed, builders.child("AB", "W-2"))
    wanted = timed.homes.wanted(other)

    def may(line: str = "all") -> dict[UUID, bool]:
        found = timed.homes.find(line, timed.homes.wanted(other), limit=100)
        return {match.candidate.id: match.may_be_asked for match in found.matches}

    assert not may()[home]
    helen.overrides.set_aside_for_search(other, home, "L21", WHY)
    assert may()[home]
    assert timed.homes.wanted(other).set_aside == frozenset({(home, "L21")})
    assert wanted.set_aside == frozenset()
    [match] = [each for each in timed.homes.find("all", timed.homes.wanted(other)).matches if each.candidate.id == home]
    assert [each.text for each in match.findings if each.rule == "L21"] == ["set aside: policy: good or better"]


def test_undo_and_taking_back_let_the_rule_hold_again(timed: Services, helen: Services, offer: UUID) -> None:
    of_home(timed, offer, grade="inadequate")
    helen.overrides.set_aside(offer, "L21", WHY)
    assert "set a rule aside" in helen.history.undo().words
    assert blocks(timed, offer) == ["L21"]
    key = helen.overrides.set_aside(offer, "L21", WHY).ids[0]
    with pytest.raises(Refused, match="may not set a rule aside"):
        timed.overrides.take_back(key)
    assert "holds again" in helen.overrides.take_back(key).words
    assert (blocks(timed, offer), timed.overrides.latest()) == (["L21"], [])
    with pytest.raises(NotFound):
        helen.overrides.take_back(key)


def test_a_manager_who_sets_the_grade_aside_need_not_sign_it_off_too(
    timed: Services, helen: Services, offer: UUID
) -> None:
    of_home(timed, offer, grade="inadequate")
    assert timed.sign_offs.needed(offer) == ("grade",)
    helen.overrides.set_aside(offer, "L21", WHY)
    assert timed.sign_offs.needed(offer) == ()
