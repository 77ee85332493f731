"""A child's story: the order of its days, the direction of each move, what is said and what is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from placement_tui.domain.care import CareHistory, CarePeriod, Liberty, MissingRow, ReviewRow, Status
from placement_tui.domain.endings import EndingRow, LessonRow, NewFactor
from placement_tui.domain.pages_text import as_text
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.story import lasted, tell, travel_words
from placement_tui.domain.story_page import page_of

CHILD, TODAY = UUID(int=7), date(2026, 10, 18)


def placed(start: date, end: date | None = None, **fields: Any) -> PlacementRow:
    """A placement with the council's own carers, four miles from home, in the area."""
    values: dict[str, Any] = {
        "id": uuid4(), "child_id": CHILD, "child": "KJ 14 M", "identifier": "W-1", "home_id": uuid4(), "name": "Dawn Nuttall",
        "provider": "Wirral Council", "kind": "inhouse", "phone": "", "reference": None, "referral_id": None,
        "started_at": datetime(start.year, start.month, start.day, 12, tzinfo=UTC), "planned_end_on": None, "ended_on": end,
        "days": ((end or TODAY) - start).days, "type_wanted": "foster", "type_obtained": "foster", "provision": None,
        "place": "U6", "place_provider": "PR1", "route": None, "care_pence": 0, "education_pence": 0, "health_pence": 0,
        "miles": 4.0, "in_area": True, "grade_at_start": None,
    }  # fmt: skip
    return PlacementRow(**(values | fields))


def history(**fields: Any) -> CareHistory:
    """KJ, in care since March under section 20."""
    values: dict[str, Any] = {
        "child_id": CHILD, "identifier": "W-1", "initials": "KJ", "sex": "M", "born_on": date(2012, 5, 3), "ethnicity": "WBRI",
        "upn": None, "mother": None, "mother_since": None, "uasc": False, "uasc_ceased_on": None, "home_postcode": "CH41 5AL",
        "periods": (CarePeriod(uuid4(), CHILD, date(2026, 3, 2), None, "N1", None, "CH41 5AL"),),
        "statuses": (Status(uuid4(), CHILD, "V2", date(2026, 3, 2), None),),
    }  # fmt: skip
    return CareHistory(**(values | fields))


def ended(row: PlacementRow, reason: str = "CREQB", reason_class: str = "disrupted") -> EndingRow:
    """How that placement ended."""
    assert row.ended_on is not None
    return EndingRow(
        uuid4(), row.id, "KJ", row.name, row.ended_on, reason, reason_class, 2, True, "slept badly", None,
        "someone on call at night", "", (NewFactor("SU1", "carer", True),), None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2026, 1, 1), "hours"),
        (date(2026, 1, 2), "1 night"),
        (date(2026, 1, 14), "13 nights"),
        (date(2026, 1, 15), "2 weeks"),
        (date(2026, 3, 3), "8 weeks"),
        (date(2026, 3, 5), "2 months"),
        (date(2027, 12, 30), "23 months"),
        (date(2028, 1, 1), "2 years"),
        (date(2029, 2, 3), "3 years 1 month"),
    ],
)  # fmt: skip
def test_lengths_are_said_as_people_say_them(last: date, said: str) -> None:
    assert lasted(date(2026, 1, 1), last) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((4.0, True), (31.5, False), "27.5 miles further from home, out of our area now"),
        ((31.5, False), (4.0, True), "27.5 miles nearer home, back in our area"),
        ((4.0, True), (4.0, True), "as far from home"),
        ((None, False), (4.0, False), ""),
        ((4.0, None), (None, True), ""),
    ],
)
def test_a_move_has_a_direction(before: tuple[Any, Any], after: tuple[Any, Any], said: str) -> None:
    first = placed(date(2026, 3, 2), miles=before[0], in_area=before[1])
    assert travel_words(first, placed(date(2026, 5, 1), miles=after[0], in_area=after[1])) == said


def test_a_home_ends_before_the_next_begins_and_what_was_learned_stands_with_it() -> None:
    one = placed(date(2026, 3, 2), date(2026, 5, 1), school="Fir Lane High")
    two = placed(date(2026, 5, 1), name="Moor View", kind="res", type_obtained="residential", miles=31.5, in_area=False,
                 school="Moor Academy", school_changes=True)  # fmt: skip
    lesson = LessonRow(uuid4(), "settle him before nine", date(2026, 5, 1), CHILD, "KJ", one.home_id, one.name, "CREQB")
    story = tell(history(), [two, one], {one.id: ended(one)}, [lesson], TODAY)
    assert [(entry.on.month, entry.kind) for entry in story.entries] == [
        (3, "care"), (3, "status"), (3, "placement"), (3, "school"),
        (5, "ending"), (5, "lesson"), (5, "placement"), (5, "school"),
    ]  # fmt: skip
    assert story.moves == 1
    move = story.entries[6]
    assert move.words == "Moor View"
    assert move.level == "warn"
    assert move.lines == (
        "Residential, children's home; fostering was wanted", "31.5 miles from home, out of our area",
        "27.5 miles further from home, out of our area now",
    )  # fmt: skip
    left = story.entries[4]
    assert left.words == "left Dawn Nuttall: carer asks, behaviour (disrupted)"
    assert "what would have kept it going: someone on call at night" in left.lines
    assert story.entries[7].lines == ("a change of school with the move",)


def test_what_lasts_has_its_length_and_what_goes_on_so_far() -> None:
    away = MissingRow(uuid4(), CHILD, "M", date(2026, 10, 16), None)
    held = ReviewRow(uuid4(), CHILD, date(2026, 3, 20), "PN1")
    order = Liberty(uuid4(), CHILD, date(2026, 9, 1), date(2026, 12, 1))
    story = tell(history(missing=(away,), reviews=(held,), liberty=(order,)), [], {}, [], TODAY)
    said = {entry.kind: (entry.words, entry.length(TODAY)) for entry in story.entries}
    assert said["missing"] == ("missing from placement, not back yet", "2 nights")
    assert said["review"] == ("attends, and speaks for themselves", "")
    assert said["order"] == ("under an order that permits depriving of liberty", "6 weeks")
    assert said["care"] == ("came into care", "7 months")


def test_the_page_for_the_child_names_no_foster_carer() -> None:
    one = placed(date(2026, 3, 2), date(2026, 5, 1))
    two = placed(date(2026, 5, 1), name="Ann and Bo Price", kind="household", provider="Fir Tree Fostering")
    three = [one, two]
    full = as_text(page_of(tell(history(), three, {one.id: ended(one)}, [], TODAY), "Wirral"))
    bare = as_text(page_of(tell(history(), three, {one.id: ended(one)}, [], TODAY, named=False), "Wirral"))
    for name in ("Dawn Nuttall", "Ann and Bo Price"):
        assert name in full
        assert name not in bare
    assert "foster carers of our own" in bare
    assert "Fir Tree Fostering" in bare
    assert "CH41" not in full + bare


def test_a_child_of_whom_nothing_is_logged_has_a_page_that_says_so() -> None:
    story = tell(history(periods=(), statuses=()), [], {}, [], TODAY, name="Kai Jones")
    text = as_text(page_of(story))
    assert "The story of Kai Jones" in text
    assert "Nothing is logged of this child's care yet." in text
    assert "In care: not now, by what is logged" in text
