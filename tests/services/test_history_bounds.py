"""How far undo reaches, and what stands against it: it says so in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from placement_tui.bootstrap import Services, open_services, wire
from placement_tui.db.changes import officers
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Conflict, Refused
from placement_tui.services.desk import Desk
from tests import builders


@pytest.fixture
def colleague(timed: Services) -> Iterator[Services]:
    """Another officer at the same store."""
    key = new_id()
    with timed.desk.write("add officer") as session:
        officers.add(session, key, "Ada Bell", "AB", "manager", timed.desk.now)
    opened = wire(Desk(timed.desk.store, key))
    yield opened
    opened.audit.close()


def test_an_offer_that_a_colleague_accepted_since_is_not_taken_back(timed: Services, colleague: Services) -> None:
    offer = builders.offered(timed, builders.referral(timed), NewOffer(81_200))[0]
    colleague.offers.accept(offer)
    with pytest.raises(Conflict, match=r"“accept offer” came after it, by AB at 15:00. That is undone first"):
        timed.history.undo()
    assert timed.offers.get(offer).state == "accepted"
    colleague.history.undo()
    assert timed.history.undo().words.startswith("undid: log offer")


def test_an_offer_that_became_a_placement_is_not_taken_back(timed: Services, colleague: Services) -> None:
    referral = builders.referral(timed)
    offer = builders.offered(timed, referral, NewOffer(81_200))[0]
    placement = colleague.placements.start(offer, NewPlacement(timed.desk.now)).placements[0]
    with pytest.raises(Conflict, match="“start placement” came after it, by AB"):
        timed.history.undo()
    assert timed.placements.get(placement).ended_on is None


def test_a_wave_that_a_colleague_logged_an_answer_to_stays(timed: Services, colleague: Services) -> None:
    referral = builders.referral(timed)
    _, second = timed.approaches.ask(referral, timed.homes.nearest(referral, 2)).approaches
    colleague.approaches.refuse(second, Refusal(("M1",)))
    with pytest.raises(Conflict, match="“log refusal” came after it, by AB"):
        timed.history.undo()
    colleague.history.undo()  # what was taken back stands against nothing
    timed.history.undo()
    assert timed.approaches.calls(referral).rows == ()


def test_undo_reaches_back_a_day_and_over_sessions(timed: Services, clock: builders.Clock) -> None:
    referral = builders.referral(timed)
    timed.approaches.ask(referral, timed.homes.nearest(referral, 2))
    clock.forward(hours=20)
    later = open_services(timed.desk.store.path, None, builders.PASSPHRASE, clock)
    assert later.history.undo().words.startswith("undid: send wave")
    clock.forward(hours=5)
    with pytest.raises(Refused, match=r"since yesterday.*“log referral” on Sun 18 Oct 2026, 15:00. Change it by hand"):
        later.history.undo()
    assert later.history.redo().words.startswith("did again: send wave")  # that was undone five hours ago
    clock.forward(hours=25)
    with pytest.raises(Refused, match="since yesterday"):
        later.history.undo()
    later.close()


def test_nothing_to_undo_says_how_far_it_looked(timed: Services, colleague: Services) -> None:
    with pytest.raises(Refused, match=r"nothing of yours to undo\. You changed nothing in this store yet"):
        colleague.history.undo()
    builders.referral(colleague)
    colleague.history.undo()
    with pytest.raises(Refused, match="Everything of yours since Sun 18 Oct, 15:00 is undone already"):
        colleague.history.undo()


def test_what_was_erased_since_is_not_undone(timed: Services, colleague: Services, clock: builders.Clock) -> None:
    placement = builders.placed(colleague)
    colleague.endings.end(placement, NewEnding(timed.desk.today, "CREQB"))
    timed.retention.erase({timed.placements.get(placement).child_id}, "asked for")
    with pytest.raises(Refused, match="what it changed was erased since"):
        colleague.history.undo()
    with pytest.raises(Refused, match="cannot be brought back"):
        timed.history.undo()
