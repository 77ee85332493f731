"""What a search finds among 50,000 homes and among three, and what its answer says."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from random import Random
from threading import Thread
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.homes import Candidate, Policy, Position, Wanted
from placement_tui.domain.query import parse
from placement_tui.domain.rules import findings
from placement_tui.services.search import SearchIndex
from placement_tui.services.searching.pace import Superseded
from tests.services.search_cases import BIRKENHEAD, home, named, names
from tests.speed.search_corpus import NOW, homes, letters_swapped, letters_wrong, vowels_dropped

ODD = SearchIndex.build(
    [home(1, "Ó Súilleabháin"), home(2, ""), home(3, "…"), home(4, "日本 \ud800\0"), home(5, "x" * 999)]
)
NOBODY = SearchIndex.build([])


# Names


@pytest.fixture(scope="module")
def register() -> list[Candidate]:
    return list(homes())


@pytest.fixture(scope="module")
def index(register: list[Candidate]) -> SearchIndex:
    return SearchIndex.build(register)


@pytest.fixture(scope="module")
def planted(register: list[Candidate]) -> list[Candidate]:
    """240 homes whose name no other home of the 50,000 has, and that may be asked."""
    often = Counter(one.name for one in register)
    lone = [one for one in register if often[one.name] == 1 and not findings(one, Wanted(), Policy())]
    return Random(11).sample(lone, 240)


def share_in_first_ten(index: SearchIndex, typed: list[tuple[str, Candidate]]) -> float:
    found = 0
    for line, one in typed:
        matches = index.search(f'"{line}"', now=NOW).matches[:10]
        found += one.id in {match.candidate.id for match in matches}
    return found / len(typed)


@pytest.mark.parametrize("wrong", ["vowels dropped", "letters swapped", "letters wrong"])
def test_misspelt_names_are_among_the_first_ten(index: SearchIndex, planted: list[Candidate], wrong: str) -> None:
    random = Random(3)
    misspell = {
        "vowels dropped": vowels_dropped,
        "letters swapped": lambda name: letters_swapped(name, random),
        "letters wrong": lambda name: letters_wrong(name, random),
    }[wrong]
    part = ["vowels dropped", "letters swapped", "letters wrong"].index(wrong)
    typed = [(misspell(one.name).lower(), one) for one in planted[part * 80 : part * 80 + 80]]
    assert share_in_first_ten(index, typed) >= 0.95


def test_a_misspelt_first_word_is_enough_where_few_homes_share_it(
    index: SearchIndex, register: list[Candidate]
) -> None:
    askable = [one for one in register if not findings(one, Wanted(), Policy())]
    often = Counter(one.name.split()[0] for one in askable)
    lone = [one for one in askable if often[one.name.split()[0]] <= 4 and len(one.name.split()[0]) > 7]
    random = Random(5)
    typed = [(letters_swapped(one.name.split()[0], random).lower(), one) for one in random.sample(lone, 80)]
    assert share_in_first_ten(index, typed) >= 0.95


def test_initials_and_beginnings_find_the_home(index: SearchIndex, planted: list[Candidate]) -> None:
    for one in planted[:80]:
        begun = " ".join(word[:4] for word in one.name.split())
        found = index.search_exact(f'"{begun}"', now=NOW, limit=1000)
        assert one.id in {match.candidate.id for match in found.matches}
    three = [one for one in planted if len(one.name.split()) == 3]
    assert len(three) > 30
    for one in three:
        short = "".join(word[0] for word in one.name.split())
        found = index.search_exact(f'"{short}"', now=NOW, limit=2000)
        assert one.id in {match.candidate.id for match in found.matches}
        assert one.id in {match.candidate.id for match in index.search_exact(f'"{one.name}"', now=NOW).matches[:1]}


def test_initials_and_a_few_letters_bring_the_home_among_the_first_ten(
    index: SearchIndex, planted: list[Candidate]
) -> None:
    words = {one.id: one.name.lower().split() for one in planted}
    three = [one for one in planted if len(words[one.id]) == 3]
    assert len(three) > 60
    short = [("".join(word[0] for word in words[one.id]), one) for one in three]
    assert share_in_first_ten(index, short) >= 0.95
    few = [(" ".join([words[one.id][0], *(word[:2] for word in words[one.id][1:])]), one) for one in planted]
    assert share_in_first_ten(index, few) >= 0.95


@pytest.mark.parametrize("asked", range(4))
def test_a_search_that_nobody_waits_for_any_more_is_given_up_between_its_steps(index: SearchIndex, asked: int) -> None:
    left = iter([True] * asked)
    with pytest.raises(Superseded):
        index.search(f"brdgvw hs lxz{asked}", now=NOW, still=lambda: next(left, False))
    assert index.search(f"brdgvw hs lxz{asked}", now=NOW, still=lambda: True).total >= 0


def test_the_short_hands_of_the_phone() -> None:
    index = named(
        "Bridgeview", "Fir Lane School", "Ó Súilleabháin", "Smith [/b]", "St. Mary's", "Old Orchard", "Free Spirit"
    )
    for typed, name in (
        ("brdgvew", "Bridgeview"),
        ("BRDGVW", "Bridgeview"),
        ("brigdeview", "Bridgeview"),
        ("bridge view", "Bridgeview"),
        ("ridgeview", "Bridgeview"),
        ("fls", "Fir Lane School"),
        ("firlane", "Fir Lane School"),
        ("scho fir", "Fir Lane School"),
        ("o suill", "Ó Súilleabháin"),
        ("osull", "Ó Súilleabháin"),
        ("smith", "Smith [/b]"),
        ("smiht [/b]", "Smith [/b]"),
        ("st marys", "St. Mary's"),
        ("st mary’s", "St. Mary's"),
        ("oldorchrd", "Old Orchard"),
        ('"free"', "Free Spirit"),
        ("\\free", "Free Spirit"),
        ("spirt", "Free Spirit"),
    ):
        assert names(index.search(typed))[:1] == [name], typed


def test_provider_town_area_urn_and_phone_are_words_too() -> None:
    index = SearchIndex.build(
        [
            home(
                1, "Alpha", provider="National Fostering Agency", town="Wallasey", urn="9000001", phone="0151 496 0123"
            ),
            home(2, "Beta", provider="Harbour Care", area="Sefton", urn="9000002", phone="01632 960001"),
        ]
    )
    for typed in ("national", "nfa", "wallasey", "9000001", "0151 496 0123", "0151496", "walasey", "alpha nfa"):
        assert names(index.search(typed)) == ["Alpha"], typed
    assert names(index.search("sefton")) == ["Beta"]


def test_how_well_the_name_is_met_leads_over_every_point() -> None:
    index = SearchIndex.build(
        [
            home(1, "Brook House", tier=1, grade="outstanding", asked=9, offered=9),
            home(2, "Brook"),
            home(3, "The Old Brook", tier=1, asked=5, offered=5),
            home(4, "Elm", provider="Brook Care", tier=1, grade="outstanding", asked=9, offered=9),
            home(5, "Brock", tier=1, grade="outstanding", asked=9, offered=9),
        ]
    )
    assert names(index.search("brook")) == ["Brook", "Brook House", "The Old Brook", "Elm", "Brock"]
    # Among names that are met alike, the order of points, then the shorter name.
    alike = named("Brook House", "Brook Cottage", "Brook Barn")
    assert names(alike.search("brook")) == ["Brook Barn", "Brook House", "Brook Cottage"]


def test_what_the_first_frame_shows_stays_at_the_head(index: SearchIndex) -> None:
    for line in ("b", "bri", "bridgefi", "bridgefold hou", "ohg", "brdgfld", "willow 30mi", "", "£900 res"):
        wanted = Wanted(origin=BIRKENHEAD)
        exact, whole = index.search_exact(line, wanted, now=NOW), index.search(line, wanted, now=NOW)
        assert list(whole.matches[: exact.total]) == list(exact.matches)
        assert whole.total >= exact.total


def test_a_token_half_typed_empties_nothing() -> None:
    index = SearchIndex.build([home(1, "Bridgeview"), home(2, "Number 10"), home(3, "Elm")])
    assert names(index.search("bridge 1")) == names(index.search("bridge 14")) == ["Bridgeview"]
    assert index.search("3").total == 3
    assert names(index.search("10")) == ["Number 10"]
    assert names(index.search("number 10")) == ["Number 10"]


def test_a_name_that_the_filter_hides_is_not_guessed_at_but_counted() -> None:
    index = SearchIndex.build([home(1, "Bridgeview", kind="sa"), home(2, "Ridgeview")])
    found = index.search("bridgeview res")
    assert names(found) == []
    assert [(one.name, one.words, one.more) for one in found.relaxations] == [
        ("words", "any name", 1),
        ("type", "any type", 2),
    ] or [(one.name, one.more) for one in found.relaxations] == [("type", 2), ("words", 1)]
    younger = index.search("bridgeview 14m")
    assert (names(younger), younger.blocked_in_words()) == ([], "1 more may not be asked: under 16 1")


@given(st.text(max_size=60))
def test_any_line_is_answered(line: str) -> None:
    for index in (ODD, NOBODY):
        found = index.search(line, Wanted(origin=BIRKENHEAD, ages=(14,)), now=NOW)
        assert found.total + sum(count for _, count in found.blocked) <= found.considered == len(index)
        assert len(found.matches) <= found.considered


def test_long_lines_are_answered() -> None:
    for line in ("x" * 10_000, "xy " * 3333, "\\" * 10_000, '"' * 10_000, "brook " * 2000, "14m " * 2500, "\0\ud800"):
        assert ODD.search(line, now=NOW).considered == len(ODD)


# The answer


def test_the_referrals_distance_holds_until_the_line_says_otherwise() -> None:
    north = Position(332_525, 388_700 + 48_000, location="postcode")  # 29.8 miles
    index = SearchIndex.build([home(1, position=north)])
    wanted = Wanted(origin=BIRKENHEAD, max_miles=20, place="CH41")
    found = index.search("", wanted)
    assert (found.total, found.words) == (0, "within 20 miles of CH41")
    assert [(one.name, one.words, one.more) for one in found.relaxations] == [("miles", "any distance", 1)]
    relaxed = parse("").relaxed(found.relaxations[0].name)
    assert (relaxed.to_text(), index.search(relaxed, wanted).total) == ("anywhere", 1)
    assert index.search("30mi", wanted).total == 1


def test_blocked_homes_are_counted_and_shown_last_with_all() -> None:
    index = SearchIndex.build(
        [
            home(1, "Elm", grade="inadequate", tier=1),
            home(2, "Fir", age_max=10),
            home(3, "Oak"),
            home(4, "Ash", grade="inadequate"),
        ]
    )
    wanted = Wanted(ages=(14,))
    found = index.search("", wanted)
    assert (names(found), found.total, found.considered) == (["Oak"], 1, 4)
    assert found.blocked_in_words() == "3 more may not be asked: policy 2, age 1"
    shown = index.search("all", wanted)
    assert names(shown)[0] == "Oak"
    assert [match.may_be_asked for match in shown.matches] == [True, False, False, False]
    assert [one.text for one in shown.matches[-1].findings]


def test_what_was_asked_is_left_out_and_can_be_looked_at() -> None:
    index = SearchIndex.build([home(1, "Elm"), home(2, "Fir")])
    wanted = Wanted(asked=frozenset({UUID(int=1)}))
    assert names(index.search("", wanted)) == names(index.search("new", wanted)) == ["Fir"]
    asked = index.search("asked", wanted)
    assert [(match.candidate.name, match.asked_already, match.may_be_asked) for match in asked.matches] == [
        ("Elm", True, False)
    ]


def test_the_matches_are_a_sequence_and_no_more_than_asked_for(index: SearchIndex) -> None:
    found = index.search("", limit=7, now=NOW)
    assert len(found.matches) == 7
    assert found.total > 20_000
    assert found.considered == len(index) == 50_000
    assert found.matches[-1] == list(found.matches)[-1]
    assert list(found.matches[2:4]) == list(found.matches)[2:4]
    assert found.matches[0] is found.matches[0]
    with pytest.raises(IndexError):
        found.matches[7]
    assert list(index.search("", limit=0, now=NOW).matches) == []


def test_several_threads_search_one_index(index: SearchIndex) -> None:
    lines = ["bridge", "brdgfld", "willow 50mi", "", "oak good+", "res free"]
    alone = {line: [match.candidate.id for match in index.search(line, now=NOW).matches[:20]] for line in lines}
    wrong: list[str] = []

    def work() -> None:
        for line in lines * 3:
            if [match.candidate.id for match in index.search(line, now=NOW).matches[:20]] != alone[line]:
                wrong.append(line)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_importing_the_search_loads_nothing_heavy() -> None:
    code = "import sys, placement_tui.services.search; print([m for m in ('numpy', 'rapidfuzz', 'geopy', 'pyproj') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_index_of_50_000_homes_is_small(index: SearchIndex) -> None:
    text = index._index._names._base.nbytes
    columns = [column.array.nbytes for column in vars(index._index._register).values() if hasattr(column, "array")]
    assert text + sum(columns) < 18 * 2**20
