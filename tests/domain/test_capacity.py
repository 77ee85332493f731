"""Places and the usual fostering limit: the third and the fourth child, siblings and not, exemption and not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from placement_tui.domain.capacity import Capacity, ExemptionRow, HoldRow, capacity, fostering_limit, still_free

DAY = date(2026, 10, 14)
NOW = datetime(2026, 10, 14, 15, 0, tzinfo=UTC)
A, B, C, D, E = (UUID(int=number) for number in range(1, 6))
HOME, REFERRAL = UUID(int=90), UUID(int=91)


def home(*children: UUID, others: int | None = None, named: tuple[UUID, ...] = (), **days: date) -> Capacity:
    """A household where some children live, with an exemption that names others."""
    exemptions = [
        ExemptionRow(UUID(int=100 + at), HOME, child, "", "Wirral", days.get("from_on", DAY), days.get("until_on"))
        for at, child in enumerate(named)
    ]
    return capacity(4, children, others, None, (), exemptions)


def hold(beds: int = 1, referral: UUID | None = None, at: datetime = NOW, until: datetime | None = None) -> HoldRow:
    return HoldRow(UUID(int=80), HOME, beds, at, until, referral_id=referral)


# given who lives there, who is to come, who are brothers and sisters; then the reason. Schedule 7 Children Act 1989.
LIMIT = [
    ("the third child is within it", home(A, B), [C], [C], "within"),
    ("the fourth is over it", home(A, B, C), [D], [D], "over"),
    ("four brothers and sisters and nobody else are together", home(A, B, C), [D], [A, B, C, D], "siblings"),
    ("four brothers and sisters who all come are together", home(), [A, B, C, D], [A, B, C, D], "siblings"),
    ("one stranger there, and siblings count as any four", home(E, A, B), [C], [A, B, C], "over"),
    ("a child of another authority counts", home(A, B, others=1), [C], [C], "over"),
    ("and is nobody's brother", home(A, others=1), [B, C], [A, B, C], "over"),
    ("nobody said how many others live there", home(A, B, others=None), [C], [C], "within"),
    ("all four are named in the exemption", home(A, B, C, named=(A, B, C, D)), [D], [D], "exempt"),
    ("the one who comes is not named", home(A, B, C, named=(A, B, C)), [D], [D], "over"),
    ("one who lives there is not named", home(A, B, C, named=(A, B, D)), [D], [D], "over"),
    ("a child who lives there already is not counted twice", home(A, B, C), [C], [C], "within"),
]


@pytest.mark.parametrize(
    ("here", "coming", "family", "reason"), [row[1:] for row in LIMIT], ids=[row[0] for row in LIMIT]
)
def test_the_usual_fostering_limit(here: Capacity, coming: list[UUID], family: list[UUID], reason: str) -> None:
    found = fostering_limit(here, coming, family, DAY)
    assert (found.reason, found.lawful) == (reason, reason != "over")


def test_the_limit_says_whom_no_exemption_names() -> None:
    found = fostering_limit(home(A, B, C, named=(A, D)), [D], [D], DAY)
    assert (found.unnamed, found.children, found.most) == ((B, C), 4, 3)


@pytest.mark.parametrize(("on", "lawful"), [(DAY - timedelta(1), False), (DAY, True), (DAY + timedelta(9), True), (DAY + timedelta(10), False)])  # fmt: skip
def test_an_exemption_holds_from_its_first_day_to_its_last(on: date, lawful: bool) -> None:
    here = home(A, B, C, named=(A, B, C, D), from_on=DAY, until_on=DAY + timedelta(9))
    assert fostering_limit(here, [D], [D], on).lawful is lawful


def test_a_council_may_read_the_limit_for_each_carer() -> None:
    here = home(A, B, C)
    assert not fostering_limit(here, [D], [D], DAY, reading="household", carers=2).lawful
    assert fostering_limit(here, [D], [D], DAY, reading="carer", carers=2).lawful
    assert not fostering_limit(here, [D], [D], DAY, reading="carer", carers=1).lawful
    assert fostering_limit(home(A, B, C, others=2), [D], [D], DAY, reading="carer", carers=2).lawful  # the sixth
    assert not fostering_limit(home(A, B, C, others=3), [D], [D], DAY, reading="carer", carers=2).lawful


def test_places_are_counted_and_said() -> None:
    here = capacity(4, [A, B], 1, NOW, [hold()])
    assert (here.ours, here.others, here.held, here.free, here.living) == (2, 1, 1, 0, 3)
    assert here.words == "4 places: 2 ours, 1 of others, 1 held, 0 free"
    assert capacity(1, [], None, None).words == "1 place: 0 ours, others not said, 1 free"
    assert capacity(1, [A, B], 3, None).free == 0  # more than it may have: nothing is free, and not less than nothing
    unknown = capacity(None, [A], None, None)
    assert unknown.free is None
    assert unknown.words == "places not known: 1 ours, others not said"
    assert capacity(None, [], None, None).words == ""


def test_a_held_bed_is_free_to_the_referral_that_it_is_held_for() -> None:
    here = capacity(3, [A], 0, NOW, [hold(2, REFERRAL)])
    assert (here.free, here.free_for(REFERRAL), here.free_for(UUID(int=7)), here.free_for(None)) == (0, 2, 0, 0)


def test_what_was_said_to_be_free_wears_off_as_children_move_in_and_beds_are_held() -> None:
    before, after = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
    assert still_free(2, NOW, [before], [hold(at=before)]) == 2  # whoever said it knew of these
    assert still_free(2, NOW, [after], []) == 1
    assert still_free(2, NOW, [after], [hold(at=after)]) == 0
    assert still_free(1, NOW, [after, after], []) == 0
    assert still_free(None, None, [after], []) is None


def test_a_hold_stands_until_its_minute() -> None:
    assert hold(until=NOW).stands(NOW - timedelta(seconds=1))
    assert not hold(until=NOW).stands(NOW)
    assert hold(until=None).stands(NOW)
