"""What the arrays of the search say is what the rules say, one home at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement_tui.domain.distance import in_area
from placement_tui.domain.homes import Candidate, Policy, Wanted
from placement_tui.domain.query import parse
from placement_tui.domain.rules import findings
from placement_tui.services.search import SearchIndex, miles_between
from tests.services.search_cases import BIRKENHEAD, OWN, home, named, names, passes, registers, searches
from tests.speed.search_corpus import NOW, homes, words

FIELDS = words(
    """kind position registered grade places age_min age_max sexes tier weekly_pence free free_said_at
free_said_by ours others held asked offered refused lessons suspended urn phone town area provider name route graded_on"""
)


@given(registers)
def test_candidates_come_back_as_they_were_given(register: list[Candidate]) -> None:
    found = SearchIndex.build(register).search("all", now=NOW)
    assert {match.candidate.id: match.candidate for match in found.matches} == {one.id: one for one in register}
    assert found.considered == len(register)


@settings(max_examples=300)
@given(searches())
def test_a_home_may_be_asked_exactly_where_no_rule_blocks_and_every_filter_passes(
    search: tuple[list[Candidate], Wanted, Policy, str],
) -> None:
    register, wanted, policy, line = search
    found = SearchIndex.build(register).search(f"{line} all", wanted, policy, now=NOW)
    query = parse(line)
    effective = query.applied_to(wanted)
    passing = [one for one in register if passes(one, query, effective, policy)]
    blocked: dict[UUID, list[str]] = {}
    for one in passing:
        why = [said.about for said in findings(one, effective, policy) if said.level == "block"]
        if why and not (query.asked and why == ["asked"]):
            blocked[one.id] = why
    assert {match.candidate.id for match in found.matches[: found.total]} == {
        one.id for one in passing if one.id not in blocked
    }
    assert {match.candidate.id for match in found.matches[found.total :]} == set(blocked)
    assert dict(found.blocked) == Counter(
        next(about for about in why if not (query.asked and about == "asked")) for why in blocked.values()
    )
    hidden = SearchIndex.build(register).search(line, wanted, policy, now=NOW)
    assert (list(hidden.matches), hidden.blocked) == (list(found.matches[: found.total]), found.blocked)


@given(searches())
def test_the_order_is_the_sum_of_the_stated_parts(search: tuple[list[Candidate], Wanted, Policy, str]) -> None:
    register, wanted, policy, line = search
    found = SearchIndex.build(register).search(line, wanted, policy, now=NOW)
    far = float("inf")
    keys = [
        (far if match.miles is None else match.miles) if "near" in line.split() else -match.score
        for match in found.matches
    ]
    assert keys == pytest.approx(sorted(keys))
    effective = parse(line).applied_to(wanted)
    for match in found.matches:
        assert match.score == pytest.approx(sum(part.points for part in match.parts))
        assert (match.miles, match.approximate) == miles_between(wanted.origin, match.candidate.position)
        assert match.in_area == in_area(match.candidate.position, wanted.authority)
        assert match.findings == findings(match.candidate, effective, policy)
        assert match.asked_already == (match.candidate.id in wanted.asked)


@settings(max_examples=60)
@given(searches(), st.sampled_from(["", "brdgvw", "fls", "osul", "free", "care"]))
def test_a_relaxation_brings_what_it_says(search: tuple[list[Candidate], Wanted, Policy, str], word: str) -> None:
    register, wanted, policy, line = search
    index = SearchIndex.build(register)
    query = parse(f'{line} "{word}"')
    have = index.search(query, wanted, policy, now=NOW).total
    brought = {one.name: one.more for one in index.relaxations(query, wanted, policy, now=NOW)}
    for name in query.active(wanted):
        relaxed = index.search(query.relaxed(name), wanted, policy, now=NOW)
        assert brought.get(name, 0) == max(0, relaxed.total - have)


@settings(max_examples=60)
@given(registers, registers, st.data())
def test_changes_are_found_as_if_all_were_built_anew(
    before: list[Candidate], after: list[Candidate], data: st.DataObject
) -> None:
    known = [one.id for one in before]
    changed = [
        replace(one, id=data.draw(st.sampled_from(known))) if known and at % 2 else one for at, one in enumerate(after)
    ]
    gone = data.draw(st.sets(st.sampled_from(known), max_size=2)) if known else set()
    index = SearchIndex.build(before).with_changes(changed[:3]).with_changes(changed[3:], gone)
    now_there = {one.id: one for one in [*before, *changed]}
    anew = SearchIndex.build(one for one in now_there.values() if one.id not in gone)
    wanted = Wanted(kinds=("foster",), ages=(9,), origin=BIRKENHEAD, authority=OWN)
    for line in ("", "all", "bridgeview", "brdgvw all", "fls", "osul", "wallasey 40mi", "0151", "free all", "\\free"):
        # Of homes that stand equal in everything, either may come first.
        one, other = index.search(line, wanted, now=NOW), anew.search(line, wanted, now=NOW)
        assert Counter(names(one)) == Counter(names(other))
        assert {match.candidate.id: match for match in one.matches} == {
            match.candidate.id: match for match in other.matches
        }
        assert (one.total, one.considered, one.blocked) == (other.total, other.considered, other.blocked)
        assert [match.score for match in one.matches] == pytest.approx([match.score for match in other.matches])


def test_many_changes_build_everything_again() -> None:
    index = named(*(f"Home {number}" for number in range(2500)))
    moved = [home(number, f"Moved {number}", kind="res") for number in range(1, 2202)]
    changed = index.with_changes(moved)
    assert (len(index), len(changed)) == (2500, 2500)
    assert index.search("moved").total == 0
    assert changed.search("moved").total == 2201
    assert changed.with_changes((), [UUID(int=1)]).search("moved").total == 2200


@pytest.mark.parametrize("field", FIELDS)
def test_a_change_of_any_field_reaches_the_search(field: str) -> None:
    first, *others = homes(60)
    other = {
        "free_said_by": "PJ",
        "refused": 3,
        "suspended": "enquiry",
        "route": "framework",
        "ours": 1,
        "others": 2,
        "held": 1,
    }
    values = [other[field]] if field in other else [getattr(one, field) for one in others]
    changed = replace(first, **{field: next(value for value in values if value != getattr(first, field))})
    index = SearchIndex.build([first]).with_changes([changed])
    assert [match.candidate for match in index.search("all", now=NOW).matches] == [changed]
