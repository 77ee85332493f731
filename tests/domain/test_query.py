"""The query line: whatever is typed is accepted, and a name that is a token is still found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.homes import Wanted
from placement_tui.domain.query import CONSTRAINTS, MOST_PROBLEMS, MOST_WORDS, Query, parse
from placement_tui.domain.query_tokens import GRADES, KINDS, LIFTS
from placement_tui.domain.query_words import RELAXED_WORDS

typed = st.lists(
    st.one_of(
        st.sampled_from(
            [*KINDS, *GRADES, *LIFTS, "free", "in", "adj", "new", "asked", "near", "all", '"', "\\", "“", "”"]
        ),
        st.from_regex(r"[<£]?[0-9]{1,4}(\.[0-9]{1,3})?(mi|m|f|y|km|,000)?", fullmatch=True),
        st.from_regex(r"(sib|tier|t|m|f)[0-9]{0,3}\+?", fullmatch=True),
        st.text(max_size=8),
    ),
    max_size=16,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Query()),
        ("brdgview ifa 10mi good+", Query(words=("brdgview",), kinds=("ifa",), miles=10.0, grade="good+")),
        ("IFA RES ifa", Query(kinds=("ifa", "res"))),
        ("10.5mi", Query(miles=10.5)),
        ("<10mi", Query(miles=10.0)),
        ("10miles", Query(miles=10.0)),
        ("5mi 10mi", Query(miles=10.0)),
        ("14m", Query(children=((14, "M"),))),
        ("f9 16f m0 3y", Query(children=((9, "F"), (16, "F"), (0, "M"), (3, "")))),
        ("9f 9f", Query(children=((9, "F"), (9, "F")))),  # twins
        ("sib3", Query(together=3)),
        ("in adj in", Query(areas=("in", "adj"))),
        ("t1 tier2", Query(tiers=(1, 2))),
        ("new", Query(asked=False)),
        ("new asked", Query(asked=True)),
        ("£900", Query(weekly_pence=90_000)),
        ("<900", Query(weekly_pence=90_000)),
        ("<£1,200", Query(weekly_pence=120_000)),
        ("free near all", Query(free=True, nearest=True, show_all=True)),
        ("anywhere anytype", Query(lifted=("miles", "type"))),
        ("outstanding", Query(grade="outstanding")),
        ("graded outstanding+", Query(grade="outstanding")),
        ("2nd 1st 12a 10 tier sib good", Query(words=("2nd", "1st", "12a", "10", "tier", "sib", "good"))),
    ],
)
def test_words_and_tokens(text: str, query: Query) -> None:
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"free"', ("free",)),
        ("\\free", ("free",)),
        ('"In"', ("In",)),
        ('"Free Spirit"', ("Free", "Spirit")),
        ("“all saints”", ("all", "saints")),
        ('"10mi house', ("10mi", "house")),  # a quote that is not closed runs to the end
        ('\\"free"', ('"free"',)),
        ("O'Brien", ("O'Brien",)),
        ('""', ()),
        ("\\", ()),
    ],
)
def test_a_name_that_is_a_token_is_found_by_quoting_it(text: str, words: tuple[str, ...]) -> None:
    assert parse(text) == Query(words=words)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10km", "10km: distance is in miles, as 10mi"),
        ("99m", "99m: an age is 0 to 25, as 14m or f9"),
        ("f26", "f26: an age is 0 to 25, as 14m or f9"),
        ("sib1", "sib1: sib2 to sib12: so many places together"),
        ("tier0", "tier0: a tier is tier1 to tier9"),
        ("£9", "£9: a weekly fee is as £900 or <900, 50 to 100,000"),
        ("<", "<: a weekly fee is as £900 or <900, 50 to 100,000"),
        ("bad+", "bad+: a grade is good+, ri+, outstanding or graded"),
        ("1.234mi", "1.234mi: a distance is as 10mi or 10.5mi"),
        ("<10m", "<10m: a distance is as 10mi or 10.5mi"),
        ("£" + "9" * 10_000, "£" + "9" * 18 + "…: a weekly fee is as £900 or <900, 50 to 100,000"),
    ],
)
def test_what_only_looks_like_a_token_is_named_and_left_out(text: str, said: str) -> None:
    query = parse(f"brook {text}")
    assert query.problems == (said,)
    assert replace(query, problems=()) == Query(words=("brook",))


@given(st.text() | typed)
def test_anything_typed_is_accepted_and_said_back_in_words_and_text(text: str) -> None:
    query = parse(text)
    assert query.in_words()
    assert len(query.words) <= MOST_WORDS
    assert len(query.problems) <= MOST_PROBLEMS
    again = parse(query.to_text())
    assert again == replace(query, problems=())
    assert again.to_text() == query.to_text()


def test_ten_thousand_characters_are_accepted() -> None:
    assert parse("x" * 10_000).words == ("x" * 10_000,)
    many = parse("ab " * 3333)
    assert len(many.words) == MOST_WORDS
    assert many.problems == (f"3,333 words: the first {MOST_WORDS} are searched for",)
    assert parse('" ' * 5000).problems == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "every home"),
        ("res 20mi good+", "residential · within 20 miles of CH41 · good or better"),
        ("brdgview ifa inhouse", "“brdgview” · agency fostering or own foster carers"),
        ("14m f9 3y", "boy of 14, girl of 9 and child of 3 · 3 places together"),
        ("sib3 in adj", "3 places together · in the area or in an adjoining area"),
        ("1mi free t1 t2 new", "within 1 mile of CH41 · free now · tier 1 or 2 · not asked yet"),
        ("£1200 near all", "up to £1,200 a week · nearest first · also those that may not be asked"),
    ],
)
def test_the_filter_in_words(text: str, words: str) -> None:
    assert parse(text).in_words(Wanted(place="CH41")) == words


def test_the_referrals_own_wishes_are_named_until_the_line_replaces_or_lifts_them() -> None:
    wanted = Wanted(kinds=("foster", "residential"), ages=(14,), sexes=("F",), max_miles=20, place="CH41")
    assert parse("").in_words(wanted) == "fostering, then residential · girl of 14 · within 20 miles of CH41"
    assert parse("res 5mi 9m").in_words(wanted) == "residential · boy of 9 · within 5 miles of CH41"
    assert parse("anywhere anytype").in_words(wanted) == "girl of 14"
    assert parse("").active(wanted) == ("type", "miles")
    assert parse("anywhere anytype").active(wanted) == ()
    assert parse("30mi").applied_to(wanted).max_miles == 30
    assert parse("f9 sib2").applied_to(wanted).children == 2


@pytest.mark.parametrize(
    ("text", "name"),
    zip(["bridge", "res", "14m", "sib3", "10mi", "in", "good+", "free", "t1", "new", "£900"], CONSTRAINTS, strict=True),
)
def test_each_constraint_is_named_and_can_be_given_up(text: str, name: str) -> None:
    query = parse(f"{text} all")
    assert query.active() == (name,)
    assert query.without(name) == parse("all")
    assert query.relaxed(name).active(Wanted(kinds=("foster",), max_miles=5)) == tuple(
        held for held in ("type", "miles") if held != name
    )
    assert name in RELAXED_WORDS


def test_a_name_that_is_no_constraint_changes_nothing() -> None:
    assert parse("res 10mi").without("weather") == parse("res 10mi")
