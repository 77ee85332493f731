"""What a form shows of a saved value reads back as that value; what is typed is understood as it was meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain import typed
from placement_tui.domain.codes.legal import parse_legal
from placement_tui.domain.codes.needs import NEEDS, parse_needs
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS
from placement_tui.domain.homes import Position
from placement_tui.domain.referrals import ChildRow
from placement_tui.errors import Invalid
from placement_tui.widgets.drafting import next_new
from placement_tui.widgets.formlines import help_lines
from placement_tui.widgets.referral_fields import named_text, read_age, read_named
from placement_tui.widgets.sheet import Entry
from placement_tui.widgets.text import spans
from placement_tui.widgets.typed_fields import (
    day_text,
    fee_text,
    legal_text,
    moment_text,
    needs_field,
    needs_text,
)

NOW = datetime(2026, 10, 18, 14, 0, tzinfo=UTC)
PENCE = st.integers(0, 1_600_000)


@given(st.integers(-1000, 1500))
def test_days_and_moments_read_back(days: int) -> None:
    day = NOW.date() + timedelta(days=days)
    assert typed.day(day_text(day), NOW.date(), past=True) == day
    at = NOW + timedelta(days=days, minutes=days)
    local = at.replace(second=0, microsecond=0)
    assert typed.when(moment_text(local), NOW, past=True) == local


@given(PENCE, PENCE, PENCE)
def test_fees_read_back(care: int, education: int, health: int) -> None:
    split = typed.fee_split(fee_text(care, education, health))
    assert (split.care, split.education, split.health) == (care, education, health)


def test_codes_read_back() -> None:
    assert [parse_needs(needs_text([need.code]))[0].code for need in NEEDS] == [need.code for need in NEEDS]
    assert [parse_legal(legal_text(code.code)).code for code in LEGAL_STATUS] == [code.code for code in LEGAL_STATUS]


@pytest.mark.parametrize("identifier", ["", "W-10234", "10234", "LCS 12345", "ABC", "[b]1"])
def test_a_child_is_named_by_initials_or_number_and_reads_back(identifier: str) -> None:
    row = ChildRow(
        id=None,  # type: ignore[arg-type]  # not looked at
        initials="KJ", identifier=identifier, age=14, born_on=None, sex="M", home_postcode=None, position=Position(),
    )  # fmt: skip
    assert read_named(named_text(row)) == ("KJ", identifier)


def test_a_name_is_refused_where_initials_belong() -> None:
    for name in ("Kelly Jones", "Smith [/b]", "x" * 10_000):
        with pytest.raises(Invalid):
            read_named(name)
    assert read_named("ÓS") == ("ÓS", "")


def test_an_age_and_a_birth_must_agree() -> None:
    assert read_age("14", NOW) == (14, None)
    assert read_age("12, 3/5/2014", NOW) == (12, date(2014, 5, 3))
    with pytest.raises(Invalid, match="contradicts"):
        read_age("9, 3/5/2014", NOW)


def test_how_soon_is_read_as_people_say_it() -> None:
    assert typed.needed("now", NOW) == typed.Needed("now", None)
    assert typed.needed("tonight", NOW) == typed.Needed("today", None)
    assert typed.needed("wed 10:00", NOW) == typed.Needed("date", datetime(2026, 10, 21, 9, 0, tzinfo=UTC))


def test_the_help_of_needs_follows_the_letters_by_any_synonym() -> None:
    def helped(text: str) -> str:
        return " ".join(
            span.text for line in help_lines(Entry(needs_field("needs", "Needs"), text), "", 78) for span in spans(line)
        )

    assert "violence" in helped("")
    assert "Missing: going or being missing" in helped("violence, mfh")
    assert "is not a need" in helped("xyzzy")


def test_several_new_forms_are_gone_through_one_after_the_other() -> None:
    assert next_new("new", False, []) is None  # blank, and there is no other
    assert next_new("new", True, ["new"]) == "new 2"
    assert next_new("new 2", True, ["new", "new 2"]) == "new 3"
    assert next_new("new 3", False, ["new", "new 2"]) == "new"
    assert next_new("new", True, ["new", "new 5"]) == "new 5"
    assert next_new("new", False, ["new 5"]) == "new 5"
