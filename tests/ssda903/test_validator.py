"""The sector's own validator finds nothing in what the program exports, and the same faults where there are some."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from placement_tui.domain import returns
from placement_tui.domain.codes import CodeSet
from placement_tui.domain.codes import ssda903 as codes
from placement_tui.domain.codes.care import MISSING, REVIEW_CODES
from placement_tui.domain.codes.ssda903_tables import last_day
from placement_tui.domain.distance import statutory_miles
from placement_tui.domain.homes import Position
from placement_tui.domain.returns import About, Fault, YearReturn
from placement_tui.services.desk import Desk
from tests.ssda903 import dirty, teams
from tests.ssda903.check_903 import YEARS, a_team, exported
from tests.ssda903.validator import BROKEN, Job, Judgement, code_lists, judge, unexplained

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("ssda903")]

CHECKS = Path(returns.__file__).parent
ONLY_OURS = {
    "144": "a blank legal status, which the validator lets pass",
    "145": "a blank category of need, which it lets pass",
    "146": "a blank placement type, which it finds by what else is blank",
    "355": "no episode is made of less than a day",
    "356": "no episode is made of days in the wrong order",
    "501": "of two placements at a time the episodes hold one",
}


@dataclass(frozen=True)
class Run:
    """A return with what the program and the validator say of it."""

    name: str
    job: Job
    ours: tuple[Fault, ...]
    theirs: Judgement
    derived: dict[tuple[str, str], tuple[float | None, str | None]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Run]]:
    """Two clean teams over three years, and the children with one fault each, all validated in one go."""
    made: list[tuple[str, Job, tuple[Fault, ...], dict[tuple[str, str], tuple[float | None, str | None]]]] = []
    for seed in (7, 8):
        folder = tmp_path_factory.mktemp("team")
        with a_team(folder, teams.team(seed, 50)) as services:
            for job in exported(services, folder):
                ours = services.returns.of_year(job.year)
                made.append(("clean", job, ours.faults, _derived(services.desk, ours, job)))
    for year, kids in ((2026, dirty.dirty()), (2027, dirty.dirty_next())):
        folder = tmp_path_factory.mktemp("dirty")
        with a_team(folder, [kid for _, kid in kids]) as services:
            files = services.returns.export(folder / "return", year).files
            made.append(("dirty", Job(year, files, alone=True), services.returns.of_year(year).faults, {}))
    found = judge([job for _, job, _, _ in made])
    kept: dict[str, list[Run]] = defaultdict(list)
    for (name, job, ours, derived), theirs in zip(made, found, strict=True):
        kept[name].append(Run(name, job, ours, theirs, derived))
    return kept


def _derived(desk: Desk, ours: YearReturn, job: Job) -> dict[tuple[str, str], tuple[float | None, str | None]]:
    """Our distance and location of each episode, by child and first day."""
    posts = {post for child in ours.children for row in child.rows for post in (row.home_post, row.pl_post) if post}
    places = desk.postcodes.find_many(posts)

    def place_of(postcode: str) -> Position | None:
        found = places.get(postcode)
        return found.position if found else None

    about = About(job.year, job.authority, place_of)
    rows = {}
    for child in ours.children:
        for row in child.rows:
            home, place = about.place_of(row.home_post), about.place_of(row.pl_post)
            miles = statutory_miles(home, place) if home and place else None
            area = about.area_of(row.pl_post)
            where = ("IN" if area == job.authority else "OUT") if area else None
            rows[row.child, f"{row.decom:%d/%m/%Y}"] = (miles, where)
    return rows


def _numbers(found: Iterator[Fault] | tuple[Fault, ...]) -> dict[str, set[str]]:
    by_child: dict[str, set[str]] = defaultdict(set)
    for fault in found:
        by_child[fault.child].update(fault.rules)
    return by_child


def _implemented() -> set[str]:
    """Every number that a check of ours may give."""
    text = (
        "".join(path.read_text() for path in CHECKS.glob("checks*.py"))
        + (CHECKS.parent / "rules/returns.py").read_text()
    )
    return set(re.findall(r'"(\d{3,4}[a-d]?)"', text))


def test_what_is_exported_is_clean(runs: dict[str, list[Run]]) -> None:
    assert {run.job.year for run in runs["clean"]} == set(YEARS)
    for run in runs["clean"]:
        assert unexplained(run.job, run.theirs) == []
        assert run.theirs.fails <= BROKEN
        assert run.theirs.done > (180 if run.job.last else 150)
        assert run.ours == ()


def test_distance_and_location_are_the_validators_on_every_row(runs: dict[str, list[Run]]) -> None:
    rows = 0
    for run in runs["clean"]:
        for child, decom, miles, location, _ in run.theirs.derived:
            assert run.derived[child, decom] == (miles, location)
            rows += miles is not None
    assert rows > 300


def test_each_fault_has_the_validators_numbers(runs: dict[str, list[Run]]) -> None:
    implemented = _implemented()
    for run in runs["dirty"]:
        assert run.theirs.fails <= BROKEN
        ours, theirs = _numbers(run.ours), run.theirs.by_child
        names = {
            kid.identifier: words for words, kid in (dirty.dirty() if run.job.year == 2026 else dirty.dirty_next())
        }
        for child, words in names.items():
            here = ours[child] - set(ONLY_OURS) - BROKEN
            there = (theirs.get(child, set()) & implemented) - set(ONLY_OURS)
            assert here == there, f"{child} {words}"
        clean = {child for child, words in names.items() if words in ("nothing", "asylum", "fits")}
        assert {child for child in names if not ours[child]} == clean, "a fault that nobody finds, or one that is none"


def test_every_check_is_tried_by_a_fault(runs: dict[str, list[Run]]) -> None:
    raised = {rule for run in runs["dirty"] for fault in run.ours for rule in fault.rules}
    assert _implemented() - raised == set()


def test_the_broken_rules_are_checked_by_us(runs: dict[str, list[Run]]) -> None:
    by_child = _numbers(runs["dirty"][1].ours)
    assert by_child["D-006"] == {"709"}
    assert by_child["D-007"] == {"709", "710"}


def test_code_lists_are_the_validators() -> None:
    lists = code_lists(2026)
    day = last_day(2026)

    def ours(found: CodeSet[codes.Code]) -> set[str]:
        return {code.code for code in found.on(day)}

    assert ours(codes.SEX) == lists["101"]
    assert ours(codes.ETHNICITY) == lists["103"]
    assert ours(codes.RNE) == lists["143"]
    assert ours(codes.LEGAL_STATUS) == lists["144"]
    assert ours(codes.CIN) == lists["145"]
    assert ours(codes.PLACE) == lists["146"]
    assert ours(codes.REC) == lists["149"]
    assert ours(codes.PLACE_PROVIDER) == lists["178"]
    assert ours(codes.REASON_PLACE_CHANGE) == lists["1009"]
    assert {code.code for code in REVIEW_CODES} == lists["167"]
    assert {code.code for code in MISSING} == lists["1006"]
