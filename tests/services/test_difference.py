"""What would make the difference: refusals by what would change them, and who may be asked again because it has changed."""

from __future__ import annotations

from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import settings as stored
from placement_tui.db.tables import Referral, Risk, Vacancy
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.difference import UNSAID, Again, groups
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.settings import BUDGET_LIMIT
from placement_tui.errors import Invalid, Refused
from tests import builders


def said_no(services: Services, key: UUID, home: str, *codes: str, change: tuple[str, ...] = ()) -> UUID:
    """A home of that name was asked for a referral and said no."""
    approach = services.approaches.ask(key, [services.homes.resolve(home).id]).approaches[0]
    services.approaches.refuse(approach, Refusal(codes, would_change=change))
    return approach


def of(services: Services, approach: UUID) -> Again:
    """That refusal, as the place of what would make the difference shows it."""
    return next(each for each in services.differences.look().behind if each.refused.id == approach)


def test_refusals_stand_under_what_would_change_them_with_n(timed: Services) -> None:
    key = builders.referral(timed)
    said_no(timed, key, "Brackenfield House", "C1", change=("fee",))
    said_no(timed, key, "Fern House", "C1")
    said_no(timed, key, "Hazel House", "V1")
    said_no(timed, key, "Nettle House", "N2")
    said_no(timed, key, "Rowan House", "M1", change=("extra_staffing", "phased"))
    look = timed.differences.look()
    rows = {row.code: row for row in look.rows}
    assert (look.refusals, look.ready) == (5, 0)
    assert (rows["fee"].refusals, rows["fee"].said, rows["fee"].providers, rows["fee"].open) == (2, 1, 2, 2)
    assert (rows["bed"].refusals, rows[UNSAID].refusals) == (1, 1)
    assert (rows["extra_staffing"].refusals, rows["phased"].refusals) == (1, 1)
    assert [each.refused.name for each in look.of("fee")] == ["Fern House", "Brackenfield House"]
    only = timed.differences.look(timed.homes.resolve("Fern House").provider_id)
    assert (only.refusals, [row.code for row in only.rows]) == (1, ["fee"])


def test_what_is_older_than_asked_for_counts_only_while_its_referral_is_open(
    timed: Services, clock: builders.Clock
) -> None:
    key = builders.referral(timed)
    said_no(timed, key, "Fern House", "V1")
    clock.forward(days=100)
    assert timed.differences.look().refusals == 1
    timed.referrals.close(key, "Stays with an aunt")
    assert timed.differences.look().refusals == 0
    assert timed.differences.look(days=120).refusals == 1
    for days in (0, -1, 10_000):
        with pytest.raises(Invalid):
            timed.differences.look(days=days)


def test_a_bed_said_free_since_reopens_the_refusal_for_a_bed_and_goes_stale(
    timed: Services, clock: builders.Clock
) -> None:
    key = builders.referral(timed)
    approach = said_no(timed, key, "Brackenfield House", "V1")
    fee = said_no(timed, key, "Fern House", "C1")
    assert not of(timed, approach).changes
    clock.forward(hours=1)
    home = timed.homes.resolve("Brackenfield House").id
    free(timed, home, 1)
    each = of(timed, approach)
    assert each.ready
    assert each.changes[0].words.startswith("1 bed free, said 18 Oct")
    assert not of(timed, fee).changes
    assert timed.differences.look().rows[0].again == 1
    clock.forward(hours=60)
    assert not of(timed, approach).ready, "an old word is no bed"
    free(timed, home, 0)
    assert not of(timed, approach).ready


def free(services: Services, home: UUID, beds: int) -> None:
    """A home says how many beds are free."""
    with services.desk.write("log vacancy") as session:
        session.add(Vacancy(home_id=home, beds=beds, said_at=services.desk.now, officer_id=services.desk.officer.id))


def test_a_limit_that_is_raised_reopens_the_fee_and_one_that_is_lowered_does_not(
    timed: Services, clock: builders.Clock
) -> None:
    def limit(pence: int) -> None:
        clock.forward(minutes=5)
        with timed.desk.write("settings") as session:
            stored.put(session, BUDGET_LIMIT, pence)

    limit(400_000)
    key = builders.referral(timed)
    approach = said_no(timed, key, "Brackenfield House", "C1")
    bed = said_no(timed, key, "Fern House", "V1")
    limit(300_000)
    assert not of(timed, approach).changes
    limit(500_000)
    assert of(timed, approach).changes[0].words == "the limit without the budget holder was raised to £5,000 on 18 Oct"
    assert not of(timed, bed).changes


def test_a_fuller_referral_reopens_what_lacked_information(timed: Services, clock: builders.Clock) -> None:
    key = builders.referral(timed)
    approach = said_no(timed, key, "Brackenfield House", "I1")
    risk = said_no(timed, key, "Fern House", "N2", change=("updated_risk",))
    clock.forward(minutes=5)
    child = timed.referrals.get(key).children[0].id
    timed.approaches.note(approach, "they were kind")
    assert not of(timed, approach).changes, "a note on the call is no news to them"
    with timed.desk.write("change referral") as session:
        session.get_one(Referral, key).must_have = "A carer at home all day"
    assert of(timed, approach).ready
    assert not of(timed, risk).changes
    with timed.desk.write("risk") as session:
        session.add(Risk(child_id=child, what="Missing", mitigation="Rings his brother"))
    assert of(timed, risk).changes[0].words.endswith("were updated on 18 Oct")


def test_asking_again_is_a_new_approach_that_remembers_the_first(timed: Services, clock: builders.Clock) -> None:
    key = builders.referral(timed)
    approach = said_no(timed, key, "Brackenfield House", "V1")
    with pytest.raises(Invalid, match="has changed"):
        timed.differences.ask_again(approach)
    clock.forward(hours=1)
    free(timed, timed.homes.resolve("Brackenfield House").id, 1)
    saved = timed.differences.ask_again(approach)
    assert "said no on 18 Oct 15:00 (no bed); 1 bed free" in saved.words
    first, again = timed.approaches.calls(key).rows
    assert (first.id, first.outcome, first.reason) == (approach, "refusal", "V1")
    assert (again.outcome, again.reopens, again.home_id) == ("awaiting", approach, first.home_id)
    assert again.note.startswith("asked again: said no on 18 Oct 15:00 (no bed)")
    with pytest.raises(Refused, match="asked again for 26-0001 already"):
        timed.differences.ask_again(approach, "to be sure")
    assert not of(timed, approach).ready
    timed.offers.log(again.id, NewOffer(400_000))
    assert [row.outcome for row in timed.approaches.calls(key).rows] == ["refusal", "offer"]
    timed.history.undo()
    timed.history.undo()
    assert [row.id for row in timed.approaches.calls(key).rows] == [approach]
    assert of(timed, approach).ready
    assert timed.history.verify().faults == ()


def test_an_officers_word_reopens_what_no_record_shows_but_no_rule(timed: Services) -> None:
    key = builders.referral(timed)
    approach = said_no(timed, key, "Brackenfield House", "S1", change=("extra_staffing",))
    timed.providers.suspend([timed.homes.resolve("Brackenfield House").id], "Under investigation")
    with pytest.raises(Refused, match="may not be asked"):
        timed.differences.ask_again(approach, "a night worker is paid for")
    timed.history.undo()
    timed.differences.ask_again(approach, "a night worker is paid for")
    assert timed.approaches.calls(key).rows[-1].note.endswith("a night worker is paid for")


def test_only_a_no_of_an_open_referral_is_asked_again(timed: Services) -> None:
    key = builders.referral(timed)
    waiting = timed.approaches.ask(key, [timed.homes.resolve("Fern House").id]).approaches[0]
    refused = said_no(timed, key, "Brackenfield House", "C1")
    with pytest.raises(Refused, match="who said no"):
        timed.differences.ask_again(waiting, "why not")
    timed.referrals.close(key, "Stays with an aunt")
    with pytest.raises(Refused, match="not open"):
        timed.differences.ask_again(refused, "fee agreed")


def test_who_was_asked_already_is_told_when_they_said_no_and_why(timed: Services) -> None:
    key = builders.referral(timed)
    said_no(timed, key, "Brackenfield House", "C1")
    with pytest.raises(Refused, match="sked 15:00 on 18 Oct by KM: no, fee"):
        timed.approaches.ask(key, [timed.homes.resolve("Brackenfield House").id])


def test_those_asked_again_are_told_with_the_others_when_a_child_is_placed(timed: Services) -> None:
    key = builders.referral(timed)
    approach = said_no(timed, key, "Brackenfield House", "C1")
    timed.differences.ask_again(approach, "fee agreed")
    taken = timed.approaches.ask(key, [timed.homes.nearest(key, 1)[0]]).approaches[0]
    offer, _ = timed.offers.log(taken, NewOffer(400_000))
    timed.placements.start(offer, NewPlacement(timed.desk.now))
    told = [(row.who, row.what) for row in timed.placements.to_tell(key)]
    assert told.count(("Brackenfield House", "placed elsewhere")) == 1


@pytest.mark.parametrize(
    ("reason", "others", "change", "under"),
    [
        ("C1", (), (), ("fee",)),
        ("V1", (), ("earlier_notice",), ("earlier_notice", "bed")),
        ("M1", ("V2",), (), ("bed",)),
        ("N3", (), (), (UNSAID,)),
        ("C1", (), ("nothing",), ("nothing",)),
        (None, (), (), (UNSAID,)),
        ("M1", ("C1", "I2"), (), ("fee", "updated_risk")),
    ],
)
def test_what_a_refusal_counts_under(
    reason: str | None, others: tuple[str, ...], change: tuple[str, ...], under: tuple[str, ...]
) -> None:
    assert groups(reason, others, change) == under
