"""Sign-off without a store: what a home needs, who decides, and how a request stands at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from placement_tui.domain.codes.sign_offs import KINDS
from placement_tui.domain.homes import Finding
from placement_tui.domain.officers import OfficerRow
from placement_tui.domain.sign_offs import OFFICES, holders, may_decide, needed, state_at, waited, who_decides

SIX = datetime(2026, 10, 14, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HELEN = OfficerRow(UUID(int=1), "Helen Rowe", "HR", "manager")
PRIYA = OfficerRow(UUID(int=2), "Priya Lal", "PL", "officer")
AREA = Finding("warn", "Reg 11(1)(a) CPPCR 2010", "out of area", "area")
FAR = Finding("warn", "Reg 11(1)(b) CPPCR 2010", "at a distance", "area")
GRADE = Finding("block", "council policy", "good or better", "policy")
ASIDE = Finding("warn", "council policy", "set aside: good or better", "policy")
UNREGISTERED = Finding("block", "s11 Care Standards Act 2000", "not registered", "registration")


@pytest.mark.parametrize(
    ("given", "kind", "pence", "emergency", "then"),
    [
        ((), "res", 100, False, ()),
        ((AREA,), "res", 100, False, ("out_of_area",)),
        ((FAR,), "agency", 100, False, ("at_distance",)),
        ((AREA,), "inhouse", 100, False, ()),  # Reg 11(4): the council's own carers
        ((GRADE,), "res", 100, False, ("grade",)),
        ((ASIDE,), "res", 100, False, ()),  # a manager set it aside
        ((UNREGISTERED, AREA), "res", 100, False, ("out_of_area", "unregistered")),
        ((UNREGISTERED,), "household", 100, False, ()),  # approved, not registered: another rule
        ((), "res", 500_000, False, ()),
        ((), "res", 500_001, False, ("budget",)),
        ((AREA,), "res", 500_001, True, ("out_of_area", "budget", "emergency")),
    ],
)
def test_what_the_rules_find_says_what_is_signed_off(
    given: tuple[Finding, ...], kind: str, pence: int, emergency: bool, then: tuple[str, ...]
) -> None:
    assert needed(given, kind, pence, 500_000, emergency) == then


def test_without_a_limit_no_fee_is_too_high() -> None:
    assert needed((), "res", 9_000_000, None, False) == ()


@pytest.mark.parametrize(
    ("stored", "lapses", "offer", "ended", "closed", "now", "then"),
    [
        ("asked", SIX, "open", None, None, SIX - MINUTE, ("asked", None)),
        ("asked", SIX, "open", None, None, SIX, ("lapsed", SIX)),
        ("returned", SIX, "open", None, None, SIX + MINUTE, ("lapsed", SIX)),
        ("approved", SIX, "open", None, None, SIX + MINUTE, ("approved", None)),
        ("asked", None, "open", None, None, SIX, ("asked", None)),
        ("asked", SIX, "withdrawn", SIX - MINUTE, None, SIX + MINUTE, ("lapsed", SIX - MINUTE)),
        ("asked", None, "withdrawn", SIX, None, SIX, ("lapsed", SIX)),
        ("asked", SIX, "declined", SIX - MINUTE, None, SIX + MINUTE, ("over", None)),
        ("asked", SIX, "declined", SIX + MINUTE, None, SIX + 2 * MINUTE, ("lapsed", SIX)),
        ("asked", SIX, "open", None, SIX - MINUTE, SIX + MINUTE, ("over", None)),
        ("asked", SIX, "lapsed", SIX, SIX, SIX, ("lapsed", SIX)),
    ],
)
def test_of_what_ends_a_request_the_first_counts(
    stored: str, lapses: datetime | None, offer: str, ended: datetime | None, closed: datetime | None, now: datetime,
    then: tuple[str, datetime | None],
) -> None:  # fmt: skip
    assert state_at(stored, lapses, offer, ended, closed, now) == then


def test_the_law_names_who_approves_outside_the_area_and_policy_leaves_it_to_a_manager_too() -> None:
    held = holders(
        {"nominated_officer": "PL", "budget_holder": "priya lal", "nobody": "X", "director": " "}, [HELEN, PRIYA]
    )
    assert set(held) == {"nominated_officer", "budget_holder"}
    assert may_decide(("out_of_area", "budget"), PRIYA, held)
    assert not may_decide(("out_of_area",), HELEN, held)
    assert may_decide(("budget", "grade", "at_distance"), HELEN, held), "nobody is named as the Director"
    assert not may_decide(("grade",), PRIYA, held)
    assert who_decides(("out_of_area",), held) == "Priya Lal (the nominated officer)"
    assert who_decides(("budget",), held) == "Priya Lal (the budget holder) or a manager"


def test_every_kind_has_an_office_and_a_law() -> None:
    assert {kind.office for kind in KINDS} <= set(OFFICES)
    assert all(kind.law for kind in KINDS)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(-3, "0m"), (0, "0m"), (59, "59m"), (60, "1h"), (72, "1h 12m"), (1_439, "23h 59m"), (1_500, "1d 1h")],
)
def test_a_wait_is_said_to_the_minute_within_a_day(minutes: int, said: str) -> None:
    assert waited(timedelta(minutes=minutes)) == said
