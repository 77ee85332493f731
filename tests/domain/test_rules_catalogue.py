"""The list of rules is the rules: each has its law, its way out, and is said where the list says that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from placement_tui.domain import rules as package
from placement_tui.domain.codes.rules import GROUNDS
from placement_tui.domain.codes.sign_offs import KINDS
from placement_tui.domain.homes import Policy, Position, Wanted
from placement_tui.domain.rules import RULES, Rule, findings
from placement_tui.domain.rules.catalogue import PLACES, SORTS
from tests.domain.rule_tables import HOME, WIRRAL, home

SAID = re.compile(r'\b(?:block|warn)\(\s*"(\w+)"')


def of_code() -> dict[str, set[str]]:
    """The rules that each module of the package says."""
    folder = Path(package.__file__).parent
    return {path.stem: set(SAID.findall(path.read_text(encoding="utf-8"))) for path in folder.glob("*.py")}


def test_every_rule_that_is_said_is_listed_and_every_one_listed_is_said() -> None:
    said = set().union(*of_code().values())
    assert said == {rule.id for rule in RULES.values() if rule.sort != "clock"}


def test_the_twenty_five_are_there() -> None:
    assert [key for key in RULES if re.fullmatch(r"L\d+", key)] == [f"L{number}" for number in range(1, 26)]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_each_has_its_law_its_places_and_its_way_out(rule: Rule) -> None:
    assert rule.law
    assert rule.sort in SORTS
    assert rule.where
    assert set(rule.where) <= set(PLACES)
    assert rule.mend or rule.sort == "clock"
    assert rule.approval is None or rule.approval in KINDS
    assert all(code in GROUNDS for code in rule.grounds)
    assert bool(rule.grounds) == (rule.sort == "law")  # a law says on what it gives way, and nothing else does
    assert (rule.level == "block") == (rule.sort in ("law", "policy", "approval", "record"))
    assert (rule.level == "task") == (rule.where == ("due",))


def test_every_legal_ground_is_one_of_some_rule() -> None:
    assert {code.code for code in GROUNDS} == {code for rule in RULES.values() for code in rule.grounds}


def test_what_a_search_says_is_what_is_listed_of_a_search() -> None:
    wrong = {"registered": False, "grade": "inadequate", "age_min": 12, "sexes": "M", "suspended": "x", "places": 1}
    wanted = Wanted(
        kinds=("secure",),
        ages=(9, 18),
        sexes=("F",),
        authority=WIRRAL,
        asked=frozenset({HOME}),
        avoid_homes=frozenset({HOME}),
    )
    found = set()
    for kind in ("res", "sa", "household", "inhouse"):
        for code in (WIRRAL, "E08000030", "S12000036"):
            for grade in ("inadequate", "serious_weaknesses"):
                one = home(kind, **{**wrong, "grade": grade, "position": Position(authority=code), "ours": 3})
                for reading in ("household", "carer"):
                    adjoining = frozenset({"E08000014"} if kind == "res" else ())
                    asked = Wanted(**{**_fields(wanted), "adjoining": adjoining})
                    found |= {each.rule for each in findings(one, asked, Policy(fostering_limit=reading))}
    assert found == {rule.id for rule in RULES.values() if "search" in rule.where}


def _fields(wanted: Wanted) -> dict[str, object]:
    return {name: getattr(wanted, name) for name in Wanted.__dataclass_fields__}
