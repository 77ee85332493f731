"""A child's time in care: what is logged of it, what is refused with the sentence that mends it, what follows along."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.reads import care as reads
from placement_tui.db.tables import Home
from placement_tui.domain.care import (
    NewMissing,
    NewPeriod,
    NewReview,
    NewStatus,
    Particulars,
    return_misses,
)
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Invalid, NotFound, PlacementError, Refused
from tests import builders

TODAY = date(2026, 10, 18)  # of the clock that stands in `timed`
BEGAN = date(2026, 3, 2)


def a_child(services: Services, **fields: Any) -> UUID:
    """A child of a referral, of whose care nothing is logged."""
    key = builders.referral(services, builders.child(**({"born_on": date(2012, 5, 3)} | fields)))
    return services.referrals.get(key).children[0].id


def in_care(services: Services, **fields: Any) -> UUID:
    """A child in care since March under section 20."""
    child = a_child(services, **fields)
    services.care.begin(child, NewPeriod(BEGAN, "N1", "V2"))
    return child


def refused(work: Any, kind: type[PlacementError] = Invalid) -> str:
    """What a refusal says, with the field that it is about."""
    with pytest.raises(kind) as caught:
        work()
    return f"{getattr(caught.value, 'field', '')}: {caught.value}"


def spans(services: Services, child: UUID) -> list[tuple[str, date, date | None]]:
    """The legal statuses with their days."""
    return [(each.code, each.from_on, each.until_on) for each in services.care.of_child(child).statuses]


# beginning and ceasing


def test_care_begins_with_its_legal_status_and_the_childs_home_postcode(timed: Services) -> None:
    child = a_child(timed)
    _, saved = timed.care.begin(child, NewPeriod(BEGAN, "N1", "V2"))
    assert saved.words == "KJ: in care from 02/03/2026, s20"
    found = timed.care.of_child(child)
    (period,) = found.periods
    assert (period.began_on, period.ended_on, period.cin, period.rec, period.home_postcode) == (
        BEGAN, None, "N1", None, "CH41 5AL",
    )  # fmt: skip
    assert spans(timed, child) == [("V2", BEGAN, None)]


def test_one_key_takes_back_all_that_one_intention_wrote(timed: Services) -> None:
    child = in_care(timed)
    timed.care.change_status(child, NewStatus("C1", date(2026, 5, 1)))
    assert spans(timed, child) == [("V2", BEGAN, date(2026, 5, 1)), ("C1", date(2026, 5, 1), None)]
    timed.history.undo()
    assert spans(timed, child) == [("V2", BEGAN, None)]
    timed.history.undo()
    assert timed.care.of_child(child).periods == ()
    assert spans(timed, child) == []


def test_care_ceases_with_a_reason_and_ends_what_was_open(timed: Services) -> None:
    child = in_care(timed)
    timed.care.log_missing(child, NewMissing(date(2026, 8, 1)))
    saved = timed.care.cease(child, date(2026, 8, 3), "E4A")
    assert saved.words == "KJ: care ceased on 03/08/2026, returned home, planned"
    found = timed.care.of_child(child)
    assert (found.periods[0].ended_on, found.periods[0].rec) == (date(2026, 8, 3), "E4A")
    assert spans(timed, child) == [("V2", BEGAN, date(2026, 8, 3))]
    assert found.missing[0].until_on == date(2026, 8, 3)
    assert "Begin care first" in refused(lambda: timed.care.cease(child, TODAY, "E8"), Refused)


def test_care_that_ceases_while_the_child_is_placed_says_so(timed: Services) -> None:
    placement = builders.placed(timed)
    child = timed.placements.get(placement).child_id
    timed.desk.store.clock.forward(days=3)
    ceased = TODAY + timedelta(days=3)
    assert "Still placed at" in timed.care.cease(child, ceased, "E4B").words
    assert return_misses(timed.care.of_child(child), ceased) == (
        f"care ceased on {ceased:%d/%m/%Y}, the placement goes on: end it, or correct the day",
    )


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewPeriod(TODAY + timedelta(days=1), "N1", "V2"), "began: 19/10/2026 is still to come"),
        (NewPeriod(date(2012, 5, 2), "N1", "V2"), "began: 02/05/2012 is before the child was born"),
        (NewPeriod(BEGAN, "N1"), "status: Say under which legal status"),
        (NewPeriod(BEGAN, "N9", "V2"), "cin: \"N9\" is not a category of need"),
        (NewPeriod(BEGAN, "N1", "V9"), "status: \"V9\" is not a legal status"),
        (NewPeriod(BEGAN, "N1", "V2", ended_on=date(2026, 4, 1)), "rec: Say why care ceased"),
        (NewPeriod(BEGAN, "N1", "V2", rec="E8"), "ended: Say on which day care ceased"),
        (NewPeriod(BEGAN, "N1", "V2", ended_on=BEGAN, rec="E8"), "ended: Care would cease on the day it began"),
        (NewPeriod(BEGAN, "N1", "V2", ended_on=date(2026, 4, 1), rec="X1"), "rec: \"X1\" is not a reason that care"),
        (NewPeriod(BEGAN, "N1", "V2", home_postcode="ZZ99 9ZZ"), "home_postcode: "),
    ],
)  # fmt: skip
def test_a_period_that_cannot_be_is_refused_at_its_field(timed: Services, new: NewPeriod, said: str) -> None:
    child = a_child(timed)
    assert refused(lambda: timed.care.begin(child, new)).startswith(said)
    assert timed.care.of_child(child).periods == ()


def test_a_weekday_that_is_the_next_one_is_refused_with_how_to_say_the_last(timed: Services) -> None:
    child = in_care(timed)
    soon, far = TODAY + timedelta(days=1), TODAY + timedelta(days=8)
    weekday = soon.strftime("%a").lower()
    change = timed.care.change_status
    assert f"`last {weekday}`, or log it on the day" in refused(lambda: change(child, NewStatus("C1", soon)))
    assert "to come. Log it on the day" in refused(lambda: change(child, NewStatus("C1", far)))


def test_periods_of_care_never_overlap_but_may_touch(timed: Services) -> None:
    child = in_care(timed)
    again = NewPeriod(date(2026, 9, 1), "N1", "C1")
    assert "in care from 02/03/2026 on already" in refused(lambda: timed.care.begin(child, again))
    timed.care.cease(child, date(2026, 9, 1), "E4A")
    timed.care.begin(child, again)
    assert len(timed.care.of_child(child).periods) == 2


# legal status


def test_a_legal_status_lies_within_care_apart_from_the_others(timed: Services) -> None:
    child = in_care(timed)
    care = timed.care
    assert "lies within a time in care" in refused(lambda: care.change_status(child, NewStatus("C1", date(2026, 3, 1))))
    assert "It is s20 already" in refused(lambda: care.change_status(child, NewStatus("V2", TODAY)), Refused)
    care.change_status(child, NewStatus("C1", date(2026, 6, 1)))
    same_day = NewStatus("L1", date(2026, 6, 1))
    assert "ICO holds from 01/06/2026 on" in refused(lambda: care.change_status(child, same_day))
    care.change_status(child, NewStatus("L2", date(2026, 5, 30)))
    assert spans(timed, child) == [
        ("V2", BEGAN, date(2026, 5, 30)), ("L2", date(2026, 5, 30), date(2026, 6, 1)), ("C1", date(2026, 6, 1), None),
    ]  # fmt: skip


def test_a_status_that_is_corrected_takes_its_neighbour_along(timed: Services) -> None:
    child = in_care(timed)
    key, _ = timed.care.change_status(child, NewStatus("C1", date(2026, 6, 1)))
    timed.care.correct(child, key, NewStatus("C2", date(2026, 6, 5)))
    assert spans(timed, child) == [("V2", BEGAN, date(2026, 6, 5)), ("C2", date(2026, 6, 5), None)]
    timed.care.strike(child, key)
    assert spans(timed, child) == [("V2", BEGAN, None)]


def test_a_period_that_is_corrected_takes_its_first_and_last_status_along(timed: Services) -> None:
    child = in_care(timed)
    timed.care.change_status(child, NewStatus("C1", date(2026, 6, 1)))
    (period,) = timed.care.of_child(child).periods
    timed.care.correct(child, period.id, NewPeriod(date(2026, 3, 9), "N2", ended_on=date(2026, 7, 1), rec="E8"))
    assert spans(timed, child) == [
        ("V2", date(2026, 3, 9), date(2026, 6, 1)), ("C1", date(2026, 6, 1), date(2026, 7, 1)),
    ]  # fmt: skip
    late = NewPeriod(date(2026, 6, 10), "N2", ended_on=date(2026, 7, 1), rec="E8")
    assert "would lie outside" in refused(lambda: timed.care.correct(child, period.id, late), Refused)
    assert timed.care.strike(child, period.id).words == "KJ: struck out, with 2 legal statuses"
    assert timed.care.of_child(child).periods == ()
    assert spans(timed, child) == []


# missing


def test_a_time_missing_lies_within_care_and_is_closed_by_one_word(timed: Services) -> None:
    child = in_care(timed)
    care = timed.care
    assert "lies within a time in care" in refused(lambda: care.log_missing(child, NewMissing(date(2026, 1, 1))))
    assert "back before being missing" in refused(
        lambda: care.log_missing(child, NewMissing(date(2026, 5, 3), date(2026, 5, 2)))
    )
    assert '"X" is not a kind of absence' in refused(lambda: care.log_missing(child, NewMissing(TODAY, kind="X")))
    care.log_missing(child, NewMissing(date(2026, 5, 1), date(2026, 5, 1)))
    _, saved = care.log_missing(child, NewMissing(date(2026, 10, 16), kind="A"))
    assert saved.words == "KJ: away from 16/10/2026, not back yet"
    assert "missing from 16/10/2026 on already" in refused(lambda: care.log_missing(child, NewMissing(TODAY)))
    assert care.back(child, TODAY).words == "KJ: back on 18/10/2026"
    assert "is not missing" in refused(lambda: care.back(child, TODAY), Refused)
    assert [each.kind for each in care.of_child(child).missing] == ["M", "A"]


# reviews


def test_a_review_says_how_the_child_took_part_by_its_age(timed: Services) -> None:
    older, baby = in_care(timed), in_care(timed, initials="BB", identifier="W-2", born_on=date(2024, 5, 3))
    care = timed.care
    assert "PN0 is for children under 4" in refused(lambda: care.log_review(older, NewReview(TODAY, "PN0")))
    assert "PN1 is for children of 4 and over" in refused(lambda: care.log_review(baby, NewReview(TODAY, "PN1")))
    _, saved = care.log_review(older, NewReview(TODAY, "PN1"))
    assert saved.words == "KJ: review on 18/10/2026, attends, speaks"
    assert "is logged already" in refused(lambda: care.log_review(older, NewReview(TODAY, "PN2")))
    care.log_review(baby, NewReview(TODAY, "PN0"))


# what the header says


@pytest.mark.parametrize(
    ("sex", "new", "said"),
    [
        ("M", Particulars(ethnicity="XXXX"), "ethnicity: \"XXXX\" is not an ethnicity"),
        ("M", Particulars(upn="I123456789012"), "upn: "),
        ("M", Particulars(mother=True), "mother: Only a girl is returned as a mother"),
        ("F", Particulars(mother_since=BEGAN), "mother: Since when a mother is said"),
        ("M", Particulars(uasc_ceased_on=BEGAN), "uasc: When it ceased is said"),
    ],
)  # fmt: skip
def test_particulars_that_cannot_be_are_refused(timed: Services, sex: str, new: Particulars, said: str) -> None:
    child = a_child(timed, sex=sex)
    assert refused(lambda: timed.care.say(child, new)).startswith(said)


def test_particulars_are_kept_as_the_return_writes_them(timed: Services) -> None:
    child = in_care(timed, sex="F")
    timed.care.say(child, Particulars("WBRI", " a123456789012", True, date(2026, 1, 5), True, date(2026, 2, 1)))
    found = timed.care.of_child(child)
    assert (found.ethnicity, found.upn, found.mother, found.uasc) == ("WBRI", "A123456789012", True, True)
    assert (found.mother_since, found.uasc_ceased_on) == (date(2026, 1, 5), date(2026, 2, 1))


# a placement that starts


def test_a_first_placement_opens_care_where_that_is_certain(timed: Services) -> None:
    child = timed.placements.get(builders.placed(timed)).child_id
    found = timed.care.of_child(child)
    assert [(each.began_on, each.cin) for each in found.periods] == [(TODAY, None)]
    assert spans(timed, child) == [("V2", TODAY, None)]
    assert return_misses(found, TODAY)[0] == "no category of need"
    timed.history.undo()
    assert timed.care.of_child(child).periods == ()


def test_a_move_opens_no_second_period(timed: Services) -> None:
    first = builders.placed(timed)
    timed.desk.store.clock.forward(days=2)
    timed.endings.end(first, NewEnding(TODAY + timedelta(days=2), "CARPL"))
    child = timed.placements.get(builders.placed(timed)).child_id
    assert len(timed.care.of_child(child).periods) == 1


def test_a_placement_without_a_legal_status_says_that_the_return_would_miss_it(timed: Services) -> None:
    key = builders.referral(timed, builders.child(), legal_status=None)
    (offer,) = builders.offered(timed, key, NewOffer(81_200))
    started = timed.placements.start(offer, NewPlacement(timed.desk.now))
    assert started.care == ("KJ: no period of care is logged, the return would miss it",)
    child = timed.placements.get(started.placements[0]).child_id
    assert return_misses(timed.care.of_child(child), TODAY) == (
        "no period of care since 18/10/2026: the return would miss it",
    )


def test_a_child_with_earlier_placements_and_no_care_logged_is_left_to_the_officer(timed: Services) -> None:
    first = builders.placed(timed)
    child = timed.placements.get(first).child_id
    (period,) = timed.care.of_child(child).periods
    timed.care.strike(child, period.id)
    timed.desk.store.clock.forward(days=2)
    timed.endings.end(first, NewEnding(TODAY + timedelta(days=2), "CARPL"))
    builders.placed(timed)
    assert timed.care.of_child(child).periods == ()


def test_what_the_placement_form_asks_for_the_census_is_kept(timed: Services) -> None:
    (offer,) = builders.offered(timed, builders.referral(timed), NewOffer(81_200))
    asked = NewPlacement(timed.desk.now, distance_reason="refused_need", package=True, solo_required=True, solo=False,
                         school="  Fir Lane   High ", same_carer=False)  # fmt: skip
    row = timed.placements.get(timed.placements.start(offer, asked).placements[0])
    assert (row.distance_reason, row.package, row.solo_required, row.solo) == ("refused_need", True, True, False)
    assert (row.school, row.same_carer) == ("Fir Lane High", False)


# reading many


def test_histories_are_of_all_who_were_ever_in_care_and_none_else(timed: Services) -> None:
    stays = in_care(timed)
    left = in_care(timed, initials="LF", identifier="W-3")
    timed.care.cease(left, date(2026, 6, 1), "E4A")
    a_child(timed, initials="NO", identifier="W-4")
    assert {each.child_id for each in timed.care.histories()} == {stays, left}
    assert {each.child_id for each in timed.care.histories(since=date(2026, 6, 2))} == {stays}
    assert {each.child_id for each in timed.care.histories(since=date(2026, 6, 1))} == {stays, left}
    with pytest.raises(NotFound):
        timed.care.of_child(UUID(int=1))


def test_a_foster_home_is_returned_under_its_agencys_registration(timed: Services) -> None:
    placement = timed.placements.get(builders.placed(timed))
    (stay,) = timed.care.of_child(placement.child_id).stays
    home = timed.homes.page(placement.home_id).candidate
    assert (stay.place, stay.place_provider, stay.urn, stay.until_on) == ("U6", "PR4", home.urn, None)


def test_a_viewer_reads_no_restricted_address_of_a_childs_homes(timed: Services) -> None:
    placement = timed.placements.get(builders.placed(timed))
    with timed.desk.write("change home") as session:
        rows.change(session, Home, placement.home_id, {"restricted": True, "postcode": "CH41 5AA"})
    assert timed.care.of_child(placement.child_id).stays[0].postcode == "CH41 5AA"
    builders.as_role(timed, "viewer")
    timed.desk.refresh_officer()
    assert timed.care.of_child(placement.child_id).stays[0].postcode is None


def test_many_children_are_read_in_as_many_statements_as_one(timed: Services) -> None:
    ids = [in_care(timed, initials=f"A{at}", identifier=f"W-{at}") for at in range(12)]
    said: list[str] = []
    with timed.desk.read() as session:
        connection = session.connection()
        event.listen(connection, "before_cursor_execute", lambda _c, _k, sql, *_: said.append(sql))
        one = len(reads.histories(session, TODAY, ids[:1])) and len(said)
        found = reads.histories(session, TODAY, ids)
    assert len(found) == 12
    assert len(said) == 2 * one
