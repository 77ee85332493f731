"""Signs that a placement may not last: logged in one line, due again in a week, known to the ending, gone with an undo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.warnings import NewWarning, read
from placement_tui.errors import Invalid, Refused
from tests import builders

TODAY = date(2026, 10, 18)  # a Sunday


@pytest.mark.parametrize(
    ("typed", "factor", "who", "what", "seen", "action"),
    [
        ("CA3 carer: third call this week; respite booked", "CA3", "carer", "third call this week", TODAY, "respite booked"),
        ("two calls at night", None, "officer", "two calls at night", TODAY, ""),
        ("ch3 missing twice, seen fri", "CH3", "officer", "missing twice", date(2026, 10, 16), ""),
        ("mum: he will not come home", None, "family", "he will not come home", TODAY, ""),
        ("burn-out sw: at the end of her tether", "CA3", "social_worker", "at the end of her tether", TODAY, ""),
        ("Jo rang: he broke the door, seen 12 oct; repaired", None, "officer", "Jo rang: he broke the door",
         date(2026, 10, 12), "repaired"),
    ],
)  # fmt: skip
def test_a_sign_is_typed_in_one_line(
    typed: str, factor: str | None, who: str, what: str, seen: date, action: str
) -> None:
    assert read(typed, TODAY) == NewWarning(what, seen, factor, who, action)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Say what was seen"), ("IN2 postman: x", "does not say who"), ("x, seen 1 nov 2027", "still to come")],
)
def test_what_is_not_understood_is_said(typed: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read(typed, TODAY)


def test_a_warning_is_due_again_in_a_week_and_done_closes_all_of_the_placement(
    timed: Services, clock: builders.Clock
) -> None:
    placement = builders.placed(timed)
    key, saved = timed.warnings.log(placement, NewWarning("asks for respite", london_day(clock.now), "SU2", "carer"))
    assert "warning saved" in saved.words
    clock.forward(days=2)
    timed.warnings.log(placement, NewWarning("a second call", london_day(clock.now)))
    (due,) = (row for row in timed.tasks.due() if row.rule == "warning")
    assert (due.title, due.child) == ("warning, look again: a second call (+1)", "KJ")
    assert london_day(due.due_at) == london_day(clock.now) + timedelta(days=7)
    with pytest.raises(Refused, match="is not moved"):
        timed.tasks.move(due.id, clock.now + timedelta(days=9), "later")
    with pytest.raises(Refused, match="not dropped"):
        timed.tasks.drop(due.id, "no need")
    timed.tasks.done(due.id, "respite began")
    assert timed.warnings.open() == []
    assert timed.warnings.get(key).new.action == "respite began"
    assert [row for row in timed.tasks.due() if row.rule == "warning"] == []
    timed.history.undo()
    assert len(timed.warnings.open()) == 2


def test_an_ending_knows_what_was_logged_before_it(timed: Services, clock: builders.Clock) -> None:
    placement = builders.placed(timed)
    timed.warnings.log(
        placement, NewWarning("asks for respite", london_day(clock.now), "SU2", "carer", "asked the agency")
    )
    clock.forward(days=9)
    timed.endings.end(placement, NewEnding(london_day(clock.now), "CREQB", notice_days=0))
    ending = timed.endings.of(placement)
    assert (ending.warned, ending.warnings) == (True, "18 Oct no respite: asks for respite (done: asked the agency)")
    assert timed.warnings.open() == []
    with pytest.raises(Refused, match="A warning comes before the end"):
        timed.warnings.log(placement, NewWarning("too late", london_day(clock.now)))


def test_a_warning_is_corrected_closed_once_and_not_seen_before_the_child_came(
    timed: Services, clock: builders.Clock
) -> None:
    placement = builders.placed(timed)
    key, _ = timed.warnings.log(placement, NewWarning("shouting", london_day(clock.now)))
    timed.warnings.change(key, NewWarning("shouting at night", london_day(clock.now), "CH1", "carer"))
    row = timed.warnings.get(key)
    assert (row.new.what, row.new.factor, row.new.said_by, row.officer) == ("shouting at night", "CH1", "carer", "KM")
    with pytest.raises(Invalid, match="before the placement started"):
        timed.warnings.change(key, NewWarning("shouting", london_day(clock.now) - timedelta(days=1)))
    timed.warnings.close(key, "calm")
    with pytest.raises(Refused, match="was closed on"):
        timed.warnings.close(key)


def test_the_childs_record_holds_the_warnings_of_its_placements(timed: Services, clock: builders.Clock) -> None:
    placement = builders.placed(timed)
    key, _ = timed.warnings.log(placement, NewWarning("asks for respite", london_day(clock.now)))
    child = timed.placements.get(placement).child_id
    rows = timed.audit.find(child=child)
    assert ("log warning", "early_warning", key) in {(row.command, row.noun, row.key) for row in rows}
