"""The registers: what an entry lacks, and what is refused with the sentence that mends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Home
from placement_tui.domain.codes.checks import KINSHIP_CHECKS, SUPPORTED_CHECKS, UNREGISTERED_CHECKS
from placement_tui.domain.registers import (
    DeprivationRow,
    KinshipRow,
    NewDeprivation,
    NewExtension,
    NewKinship,
    NewSupported,
    NewUnregistered,
    SupportedRow,
    UnregisteredRow,
)
from placement_tui.errors import Invalid, NotFound, Refused
from tests import builders

TODAY = date(2026, 10, 18)  # of the clock that stands in `timed`
ALL_KINSHIP = tuple(check.code for check in KINSHIP_CHECKS)


def changed_home(services: Services, placement: UUID, **columns: Any) -> None:
    """Make the home where a child lives another kind of home."""
    with services.desk.write("change home") as session:
        rows.change(session, Home, services.placements.get(placement).home_id, columns)


def the(rows_: Any, kind: type) -> Any:
    (row,) = rows_
    assert isinstance(row, kind)
    return row


# orders that deprive of liberty: the judgment goes to Ofsted at once


def test_an_order_lists_what_is_missing_until_ofsted_has_it(timed: Services, clock: builders.Clock) -> None:
    placement = builders.placed(timed)
    key, saved = timed.registers.log_order(NewDeprivation(), placement_id=placement)
    assert saved.words == (
        "KJ 14 M, deprivation of liberty: saved; missing: the order, case number, when it ends, review day"
    )
    order = NewDeprivation(TODAY, TODAY + timedelta(84), TODAY + timedelta(28), "FD26C40123", "2:1 at all times")
    timed.registers.change_order(key, order)
    row = the(timed.registers.rows("dol"), DeprivationRow)
    assert row.missing == ("order to Ofsted", "judgment to Ofsted")
    assert (row.about.child, row.about.placement_id) == ("KJ 14 M", placement)
    told = NewDeprivation(
        order.order_on,
        order.ends_on,
        order.review_on,
        order.case_number,
        ofsted_told_at=clock.now,
        judgment_sent_at=clock.now,
    )
    timed.registers.change_order(key, told)
    assert the(timed.registers.rows("dol"), DeprivationRow).missing == ()
    clock.forward(days=28)
    assert the(timed.registers.rows("dol"), DeprivationRow).missing == ()  # the day of the review itself
    clock.forward(days=1)
    assert the(timed.registers.rows("dol"), DeprivationRow).missing == ("next review day",)
    clock.forward(days=56)
    assert "a new order: this one is over" in the(timed.registers.rows("dol"), DeprivationRow).missing
    timed.registers.close("dol", key)
    assert timed.registers.rows("dol") == []
    assert the(timed.registers.rows("dol", closed=True), DeprivationRow).missing == ()
    with pytest.raises(Refused, match="was closed on"):
        timed.registers.close("dol", key)
    timed.history.undo()
    assert len(timed.registers.rows("dol")) == 1


@pytest.mark.parametrize(
    ("order", "field", "words"),
    [
        (NewDeprivation(TODAY, TODAY - timedelta(1)), "ends", "before it was made"),
        (NewDeprivation(TODAY, review_on=TODAY - timedelta(1)), "review", "before it was made"),
        (NewDeprivation(TODAY, TODAY + timedelta(7), TODAY + timedelta(8)), "review", "after the order has ended"),
        (NewDeprivation(TODAY + timedelta(1)), "order", "still to come"),
    ],
)
def test_an_order_whose_days_cannot_be_is_refused(
    timed: Services, order: NewDeprivation, field: str, words: str
) -> None:
    placement = builders.placed(timed)
    with pytest.raises(Invalid, match=words) as refused:
        timed.registers.log_order(order, placement_id=placement)
    assert refused.value.field == field
    assert refused.value.mend
    timed.registers.log_order(NewDeprivation(TODAY, TODAY, TODAY), placement_id=placement)  # all on one day is possible


def test_ofsted_is_not_told_before_there_is_an_order_nor_in_time_to_come(
    timed: Services, clock: builders.Clock
) -> None:
    placement = builders.placed(timed)
    for at, words in (
        (clock.now - timedelta(days=1), "before the order"),
        (clock.now + timedelta(hours=1), "still to come"),
    ):
        with pytest.raises(Invalid, match=words):
            timed.registers.log_order(NewDeprivation(TODAY, ofsted_told_at=at), placement_id=placement)


def test_an_order_may_come_before_a_home_and_a_child_has_one_at_a_time(timed: Services) -> None:
    pair = builders.referral(timed, builders.child(), builders.child("TJ", "W-2", age=9))
    first = timed.referrals.get(pair).children[0]
    with pytest.raises(Invalid, match="for one child"):
        timed.registers.log_order(NewDeprivation(), referral_id=pair)
    timed.registers.log_order(NewDeprivation(), referral_id=pair, child_id=first.id)
    with pytest.raises(Refused, match="open entry for this child"):
        timed.registers.log_order(NewDeprivation(), referral_id=pair, child_id=first.id)
    stranger = timed.referrals.get(builders.referral(timed, builders.child("AB", "W-3"))).children[0].id
    with pytest.raises(Invalid, match="not of this referral"):
        timed.registers.log_order(NewDeprivation(), referral_id=pair, child_id=stranger)


# a home that should be registered and is not: section 11 Care Standards Act 2000


def test_a_child_in_an_unregistered_home_is_on_the_register_before_anybody_logs_why(
    timed: Services, clock: builders.Clock
) -> None:
    placement = builders.placed(timed)
    assert timed.registers.rows("unregistered") == []
    changed_home(timed, placement, kind="res", registered=False)
    row = the(timed.registers.rows("unregistered"), UnregisteredRow)
    assert (row.id, row.missing) == (None, ("everything: not logged",))
    with pytest.raises(Invalid, match="why the child lives there"):
        timed.registers.log_unregistered(placement, NewUnregistered())
    key, _ = timed.registers.log_unregistered(placement, NewUnregistered("no registered home said yes to him"))
    clock.forward(days=9)
    row = the(timed.registers.rows("unregistered"), UnregisteredRow)
    assert (row.id, row.days) == (key, 9)
    assert row.missing == (
        "agreed by", "end plan", "day it ends by", "Ofsted told", "application to register",
        f"{len(UNREGISTERED_CHECKS)} of {len(UNREGISTERED_CHECKS)} checks",
    )  # fmt: skip
    whole = NewUnregistered(
        "nobody else said yes", "Director", "move to Fir Lane", TODAY + timedelta(14), TODAY, "", clock.now,
        tuple(check.code for check in UNREGISTERED_CHECKS if check.code != "staff"),
    )  # fmt: skip
    timed.registers.change_unregistered(key, whole)
    assert the(timed.registers.rows("unregistered"), UnregisteredRow).missing == (
        "registration number",
        "checks: staff",
    )
    clock.forward(days=6)
    assert "a new end: that day is past" in the(timed.registers.rows("unregistered"), UnregisteredRow).missing


def test_what_cannot_be_of_an_unregistered_home_is_refused(timed: Services) -> None:
    placement = builders.placed(timed)
    with pytest.raises(Invalid, match="before the child came") as refused:
        timed.registers.log_unregistered(placement, NewUnregistered("why", end_by=TODAY - timedelta(1)))
    assert refused.value.field == "end_by"
    with pytest.raises(Invalid, match="still to come"):
        timed.registers.log_unregistered(placement, NewUnregistered("why", applied_on=TODAY + timedelta(1)))
    with pytest.raises(Invalid):
        timed.registers.log_unregistered(placement, NewUnregistered("why", checks=("nonsense",)))
    timed.registers.log_unregistered(placement, NewUnregistered("why"))
    with pytest.raises(Refused, match="open entry for this placement"):
        timed.registers.log_unregistered(placement, NewUnregistered("again"))
    with pytest.raises(NotFound):
        timed.registers.log_unregistered(UUID(int=1), NewUnregistered("why"))


# 16 and 17: regulation 27C


def test_everybody_in_supported_accommodation_is_on_the_register_with_category_and_checks(timed: Services) -> None:
    placement = builders.placed(timed, builders.child(age=16))
    with pytest.raises(Refused, match="is no supported accommodation"):
        timed.registers.change_supported(placement, NewSupported("sa_2"))
    changed_home(timed, placement, kind="sa", registered=False, grade=None, provision_type="")
    row = the(timed.registers.rows("16-17"), SupportedRow)
    assert row.missing[:3] == ("registration", "which of the four categories", "outcome")
    done = tuple(check.code for check in SUPPORTED_CHECKS)
    timed.registers.change_supported(placement, NewSupported("sa_2", done))
    changed_home(timed, placement, registered=True, grade="consistently_strong")
    row = the(timed.registers.rows("16-17"), SupportedRow)
    assert (row.category, row.missing) == ("sa_2", ())
    with pytest.raises(Invalid, match="none of the four categories"):
        timed.registers.change_supported(placement, NewSupported("sa_5"))
    with pytest.raises(Refused, match="ends with its placement"):
        timed.registers.close("16-17", placement)


def test_a_child_under_16_there_is_said_to_need_another_home(timed: Services) -> None:
    placement = builders.placed(timed, builders.child(age=15))
    changed_home(timed, placement, kind="sa")
    assert the(timed.registers.rows("16-17"), SupportedRow).missing[0] == "another home: under 16 (reg 27A)"


# connected persons: weeks 12, 16 and 24 of regulations 24 and 25


def kin(services: Services, **fields: Any) -> UUID:
    placement = builders.placed(services)
    return services.registers.log_kinship(placement, NewKinship(TODAY, None, "Ann Poole", ALL_KINSHIP, **fields))[0]


def test_a_temporary_approval_counts_its_weeks(timed: Services, clock: builders.Clock) -> None:
    kin(timed)
    row = the(timed.registers.rows("kinship"), KinshipRow)
    assert (row.week, row.left, row.until, row.missing) == (1, 112, TODAY + timedelta(weeks=16), ())
    clock.forward(days=12 * 7 - 1)
    assert the(timed.registers.rows("kinship"), KinshipRow).missing == ()
    clock.forward(days=1)
    row = the(timed.registers.rows("kinship"), KinshipRow)
    assert (row.week, row.missing) == (13, ("panel, or the extension",))
    clock.forward(days=28)
    row = the(timed.registers.rows("kinship"), KinshipRow)
    assert (row.left, row.missing) == (0, ("panel, or the extension",))  # the last day is a lawful one
    assert "L12" not in [each.rule for said in timed.rules.of_open().values() for each in said]
    clock.forward(days=1)
    assert the(timed.registers.rows("kinship"), KinshipRow).missing == ("approval: it is over",)
    [said] = timed.rules.of_open().values()  # reg 25(6): the child may not stay
    assert [(each.level, each.law) for each in said if each.rule == "L12"] == [("block", "Reg 25(6) CPPCR 2010")]


def test_it_is_extended_once_from_week_12_after_panel_iro_and_nominated_officer(
    timed: Services, clock: builders.Clock
) -> None:
    key = kin(timed)
    ends = TODAY + timedelta(weeks=16)
    good = NewExtension(ends + timedelta(weeks=8), TODAY + timedelta(weeks=12), None, "Ann Poole")
    clock.forward(days=12 * 7 - 1)
    with pytest.raises(Refused, match="It is week 12: an extension is for"):
        timed.registers.extend(key, good)
    clock.forward(days=1)
    with pytest.raises(Invalid, match="independent reviewing officer"):
        timed.registers.extend(key, good)
    told = clock.now
    for until, words in ((ends + timedelta(weeks=8, days=1), "more than eight weeks"), (ends, "not after it ends now")):
        with pytest.raises(Invalid, match=words) as refused:
            timed.registers.extend(key, NewExtension(until, good.panel_on, told))
        assert refused.value.field == "extend"
    with pytest.raises(Invalid, match="panel is asked first"):
        timed.registers.extend(key, NewExtension(good.until, None, told))
    with pytest.raises(Invalid, match="cannot have been for this extension"):
        timed.registers.extend(key, NewExtension(good.until, TODAY + timedelta(weeks=11), told))
    timed.registers.extend(key, NewExtension(good.until, good.panel_on, told))
    row = the(timed.registers.rows("kinship"), KinshipRow)
    assert (row.until, row.left, row.missing) == (TODAY + timedelta(weeks=24), 84, ())
    with pytest.raises(Refused, match="extended already"):
        timed.registers.extend(key, NewExtension(good.until, good.panel_on, told))
    timed.history.undo()
    assert the(timed.registers.rows("kinship"), KinshipRow).extended_until is None


def test_full_approval_closes_the_entry(timed: Services, clock: builders.Clock) -> None:
    key = kin(timed)
    clock.forward(days=70)
    timed.registers.change_kinship(
        key, NewKinship(TODAY, None, "Ann Poole", ALL_KINSHIP, approved_fully_on=TODAY + timedelta(69))
    )
    assert timed.registers.rows("kinship") == []
    with pytest.raises(Refused, match="nothing to extend"):
        timed.registers.extend(key, NewExtension(TODAY + timedelta(weeks=20)))


@pytest.mark.parametrize(
    ("new", "field", "words"),
    [
        (NewKinship(TODAY, TODAY + timedelta(weeks=16, days=1)), "until", "more than sixteen weeks"),
        (NewKinship(TODAY, TODAY), "until", "not after it begins"),
        (NewKinship(TODAY + timedelta(1)), "approved", "still to come"),
        (NewKinship(TODAY, approved_fully_on=TODAY - timedelta(1)), "full", "before the temporary approval"),
    ],
)
def test_an_approval_whose_days_cannot_be_is_refused(timed: Services, new: NewKinship, field: str, words: str) -> None:
    placement = builders.placed(timed)
    with pytest.raises(Invalid, match=words) as refused:
        timed.registers.log_kinship(placement, new)
    assert refused.value.field == field


def test_a_child_who_came_before_the_approval_was_not_lawfully_there(timed: Services, clock: builders.Clock) -> None:
    placement = builders.placed(timed)
    clock.forward(days=2)
    with pytest.raises(Invalid, match="before they were approved"):
        timed.registers.log_kinship(placement, NewKinship(TODAY + timedelta(1)))


def test_the_registers_are_counted_and_an_ended_placement_enters_none(timed: Services, clock: builders.Clock) -> None:
    key = kin(timed)
    assert timed.registers.counts()["kinship"] == (1, 0)
    row = timed.registers.get("kinship", key)
    assert row.about.placement_id is not None
    assert timed.registers.entry_of("kinship", row.about.placement_id) == key
    assert timed.registers.entry_of("dol", row.about.placement_id) is None
    with timed.desk.write("end") as session:
        from placement_tui.db.changes import placements as changes

        changes.get(session, row.about.placement_id).ended_on = TODAY
    with pytest.raises(Refused, match="This placement ended"):
        timed.registers.log_unregistered(row.about.placement_id, NewUnregistered("why"))
