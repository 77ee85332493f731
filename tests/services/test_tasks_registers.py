"""The clocks of the registers: what an order, a temporary approval and an unregistered home make due, and when not any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.registers import DeprivationRow, NewDeprivation, NewExtension, NewKinship, NewUnregistered
from tests import builders
from tests.services.test_tasks import placed

TODAY = date(2026, 10, 18)
ORDER = NewDeprivation(TODAY, TODAY + timedelta(84), TODAY + timedelta(28), "FD26C40123", "2:1 at all times")


def due(services: Services, rule: str) -> dict[str, str]:
    """What is due by one rule: each title with its day."""
    return {row.title: london_day(row.due_at).isoformat() for row in services.tasks.due() if row.rule == rule}


def test_an_order_is_due_to_ofsted_at_once_with_its_review_and_its_end(timed: Services) -> None:
    placement = placed(timed)
    key, _ = timed.registers.log_order(NewDeprivation(), placement_id=placement)
    assert due(timed, "L19") == {}
    timed.registers.change_order(key, ORDER)
    assert due(timed, "L19") == {
        "send Ofsted the order, at once": "2026-10-18",
        "send Ofsted the judgment, at once": "2026-10-18",
        "the court reviews the DoL order": "2026-11-15",
        "the DoL order ends: apply again, or end it": "2027-01-10",
    }
    timed.history.undo()
    assert due(timed, "L19") == {}


def test_what_is_ticked_off_as_sent_stands_in_the_register_and_the_other_way(timed: Services) -> None:
    key, _ = timed.registers.log_order(ORDER, placement_id=placed(timed))
    [order] = [row for row in timed.tasks.due() if row.title.startswith("send Ofsted the order")]
    timed.tasks.done(order.id)
    [row] = timed.registers.rows("dol")
    assert isinstance(row, DeprivationRow)
    assert row.missing == ("judgment to Ofsted",)
    timed.registers.change_order(key, replace(row.new, judgment_sent_at=timed.desk.now))
    assert set(due(timed, "L19")) == {"the court reviews the DoL order", "the DoL order ends: apply again, or end it"}
    finished = {row.title: row.state for row in timed.tasks.due(include_done=True) if row.state != "open"}
    assert finished == {"send Ofsted the order, at once": "done", "send Ofsted the judgment, at once": "done"}


def test_another_review_day_is_another_clock_and_a_closed_entry_has_none(timed: Services) -> None:
    key, _ = timed.registers.log_order(ORDER, placement_id=placed(timed))
    timed.registers.change_order(key, replace(ORDER, review_on=TODAY + timedelta(35)))
    assert due(timed, "L19")["the court reviews the DoL order"] == "2026-11-22"
    timed.registers.close("dol", key)
    assert due(timed, "L19") == {}


def test_a_temporary_approval_counts_its_weeks_and_the_extension_takes_over(
    timed: Services, clock: builders.Clock
) -> None:
    key, _ = timed.registers.log_kinship(placed(timed), NewKinship(TODAY, nominated_officer="Helen Rowe"))
    assert due(timed, "L12") == {
        "finish the kinship assessment for the panel": "2027-01-10",
        "temporary approval ends: approve, extend or move": "2027-02-07",
    }
    clock.forward(days=100)
    day = london_day(clock.now)
    timed.registers.extend(key, NewExtension(TODAY + timedelta(weeks=24), day, clock.now, "Helen Rowe"))
    assert due(timed, "L12") == {
        "finish the kinship assessment for the panel": "2027-01-10",
        "the extension ends: approve or move, no second one": "2027-04-04",
    }


def test_full_approval_finishes_the_weeks(timed: Services) -> None:
    new = NewKinship(TODAY, nominated_officer="Helen Rowe")
    key, _ = timed.registers.log_kinship(placed(timed), new)
    timed.registers.change_kinship(key, replace(new, approved_fully_on=TODAY))
    assert due(timed, "L12") == {}
    states = {row.state for row in timed.tasks.due(include_done=True) if row.rule == "L12"}
    assert states == {"done"}


@pytest.mark.parametrize("ends", [True, False])
def test_an_unregistered_home_ends_by_its_plan_or_with_its_placement(timed: Services, ends: bool) -> None:
    placement = placed(timed)
    key, _ = timed.registers.log_unregistered(
        placement, NewUnregistered("no bed anywhere", "Helen Rowe", "moves to Elm", TODAY + timedelta(5))
    )
    assert due(timed, "L18") == {"the unregistered placement ends by its plan": "2026-10-23"}
    if ends:
        timed.endings.end(placement, NewEnding(TODAY, "CARPL", notice_days=0))
    else:
        timed.registers.close("unregistered", key)
    assert due(timed, "L18") == {}
