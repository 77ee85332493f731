"""One spelling for what people type, hear and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.folding import fold, initials, skeleton


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ó Súilleabháin", "o suilleabhain"),
        ("St. Mary's (North)", "st marys north"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Weston-super-Mare", "weston super mare"),
        ("Smith & Co", "smith and co"),
        ("Smith [/b]", "smith b"),
        ("ÆLFRIC’S", "aelfrics"),
        ("Łódź Straße Ørsted", "lodz strasse orsted"),
        ("ﬁr  lane\tSchool", "fir lane school"),
        ("  ", ""),
        ("—…!", ""),
        ("Number 10", "number 10"),
        ("日本", "日本"),
    ],
)
def test_folded(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == " ".join(once.split())
    assert not set(once) & set("'\"&[](){}<>/\\*%_")


@given(st.text(st.characters(codec="ascii")))
def test_both_ways_of_folding_agree_on_plain_text(text: str) -> None:
    assert fold(text) == fold(text + " é").removesuffix("e").rstrip()


def test_initials_need_two_words() -> None:
    assert initials(fold("Fir Lane School")) == "fls"
    assert initials("bridgeview") == ""
    assert initials("") == ""


@pytest.mark.parametrize(
    ("word", "bones"),
    [
        ("bridgeview", "brdgvw"),
        ("brdgvew", "brdgvw"),
        ("brdgvw", "brdgvw"),
        ("willow", "wlw"),
        ("wllw", "wlw"),
        ("oakfield", "kfld"),
        ("abbey", "b"),
        ("yew", "yw"),
        ("aia", ""),
        ("", ""),
    ],
)
def test_skeletons(word: str, bones: str) -> None:
    assert skeleton(word) == bones


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxz")))  # a y may be either
def test_dropping_vowels_keeps_the_skeleton(word: str) -> None:
    assert skeleton("".join(mark for mark in word if mark not in "aeiou")) == skeleton(word)
