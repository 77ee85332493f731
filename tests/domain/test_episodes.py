"""Episodes of the return as an officer would expect them from what was logged."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.care import CareHistory, CarePeriod, Status, Stay
from placement_tui.domain.episodes import Episode, episodes, in_year

CHILD = uuid4()
MAY, JULY, SEPT, DEC = date(2025, 5, 1), date(2025, 7, 1), date(2025, 9, 1), date(2025, 12, 1)
ONE, TWO = UUID(int=1), UUID(int=2)


def care(began: date = MAY, ended: date | None = None, rec: str | None = None) -> CarePeriod:
    return CarePeriod(uuid4(), CHILD, began, ended, "N1", rec, "CH41 5AL")


def status(code: str, first: date = MAY, last: date | None = None) -> Status:
    return Status(uuid4(), CHILD, code, first, last)


def stay(
    home: UUID = ONE, first: date = MAY, last: date | None = None, place: str = "U6", reason: str | None = None,
    same: bool | None = None, postcode: str = "L20 3AA",
) -> Stay:  # fmt: skip
    return Stay(
        uuid4(), CHILD, home, "Carer", first, last, place, "PR4", reason, postcode, f"90000{home.int}", same
    )  # fmt: skip


def history(*parts: CarePeriod | Status | Stay, uasc: bool = False) -> CareHistory:
    return CareHistory(
        CHILD, "W-1", "KJ", "M", date(2013, 5, 1), "WBRI", "A123456789012", None, None, uasc, None, "CH41 5AL",
        tuple(part for part in parts if isinstance(part, CarePeriod)),
        tuple(part for part in parts if isinstance(part, Status)),
        tuple(part for part in parts if isinstance(part, Stay)),
    )  # fmt: skip


def shown(rows: list[Episode]) -> list[tuple[object, ...]]:
    return [(row.decom, row.rne, row.ls, row.place, row.dec, row.rec, row.reason_place_change) for row in rows]


def test_a_child_who_came_and_stays_is_one_open_episode() -> None:
    (row,) = episodes(history(care(), status("V2"), stay()))
    assert (row.child, row.decom, row.rne, row.ls, row.cin) == ("W-1", MAY, "S", "V2", "N1")
    assert (row.place, row.place_provider, row.pl_post, row.urn) == ("U6", "PR4", "L20 3AA", "900001")
    assert (row.dec, row.rec, row.home_post) == (None, "", "CH41 5AL")


def test_a_new_order_a_new_carer_and_both_on_one_day_are_l_p_and_b() -> None:
    rows = episodes(
        history(
            care(ended=DEC, rec="E4A"), status("V2", last=JULY), status("C1", JULY, date(2025, 10, 1)),
            status("C2", date(2025, 10, 1), DEC),
            stay(last=SEPT, reason="CREQB"), stay(TWO, SEPT, date(2025, 10, 1), reason="LAREQ"),
            stay(UUID(int=3), date(2025, 10, 1), DEC, reason="CARPL"),
        )
    )  # fmt: skip
    assert shown(rows) == [
        (MAY, "S", "V2", "U6", JULY, "X1", ""),
        (JULY, "L", "C1", "U6", SEPT, "X1", "CREQB"),
        (SEPT, "P", "C1", "U6", date(2025, 10, 1), "X1", "LAREQ"),
        (date(2025, 10, 1), "B", "C2", "U6", DEC, "E4A", ""),
    ]


@pytest.mark.parametrize(
    ("second", "rne"),
    [
        (stay(ONE, SEPT, place="U4"), "T"),
        (stay(TWO, SEPT, place="U4", same=True), "T"),
        (stay(ONE, SEPT, place="U4", same=False), "P"),
        (stay(TWO, SEPT, place="U4"), "P"),
        (stay(TWO, SEPT, place="A5"), "T"),
    ],
)
def test_the_same_carer_is_known_by_what_was_said_or_by_the_home(second: Stay, rne: str) -> None:
    rows = episodes(history(care(), status("C2"), stay(last=SEPT, reason="CARPL"), second))
    assert [row.rne for row in rows] == ["S", rne]


def test_a_change_of_status_only_keeps_the_carer_and_with_an_order_on_the_day_is_u() -> None:
    parts = (care(), stay(last=SEPT, reason="PLACE"), stay(TWO, SEPT, place="U4"))
    assert [row.rne for row in episodes(history(*parts, status("C2")))] == ["S", "T"]
    both = (status("C1", last=SEPT), status("C2", SEPT))
    assert [row.rne for row in episodes(history(*parts, *both))] == ["S", "U"]


def test_a_week_in_hospital_stands_over_the_placement_and_has_no_reason_on_either_side() -> None:
    ward = stay(TWO, JULY, date(2025, 7, 8), "T1", postcode="L7 8XP")
    rows = episodes(history(care(), status("C2"), stay(), ward))
    assert shown(rows) == [
        (MAY, "S", "C2", "U6", JULY, "X1", ""),
        (JULY, "P", "C2", "T1", date(2025, 7, 8), "X1", ""),
        (date(2025, 7, 8), "P", "C2", "U6", None, "", ""),
    ]
    assert (rows[1].place_provider, rows[1].urn) == ("", "")


def test_what_the_return_must_not_say_is_blank() -> None:
    (row,) = episodes(history(care(), status("V4"), stay()))
    assert (row.home_post, row.pl_post, row.urn) == ("", "", "")
    (row,) = episodes(history(care(), status("C2"), stay(place="P1")))
    assert row.urn == ""
    (row,) = episodes(history(care(), status("C2"), stay(place="Z12")))
    assert (row.place_provider, row.urn) == ("", "")
    (row,) = episodes(history(care(), status("V2"), stay(), uasc=True))
    assert (row.home_post, row.pl_post) == ("", "L20 3AA")
    (row,) = episodes(history(care(), status("C2"), stay()), abroad=lambda _: True)
    assert row.urn == ""


def test_days_that_nobody_logged_are_seen() -> None:
    rows = episodes(history(care(), status("C2"), stay(last=JULY, reason="CREQO"), stay(TWO, SEPT)))
    assert [(row.decom, row.place, row.stay_id is None) for row in rows] == [
        (MAY, "U6", False), (JULY, "", True), (SEPT, "U6", False),
    ]  # fmt: skip


def test_days_outside_the_time_in_care_are_no_episode() -> None:
    before = date(2025, 1, 1)
    rows = episodes(history(care(ended=SEPT, rec="E4A"), status("V2", before), stay(first=before)))
    assert shown(rows) == [(MAY, "S", "V2", "U6", SEPT, "E4A", "")]


def test_what_ended_after_the_year_was_still_open_then() -> None:
    ends = date(2026, 5, 1)
    rows = episodes(history(care(), status("C2"), stay(last=ends, reason="CREQB"), stay(TWO, ends)))
    assert shown(in_year(rows, 2026)) == [(MAY, "S", "C2", "U6", None, "", "")]
    assert [row.decom for row in in_year(rows, 2027)] == [MAY, ends]
    assert in_year(rows, 2025) == []


days = st.integers(0, 700).map(lambda count: MAY + timedelta(days=count))


@given(
    ended=st.none() | days,
    marks=st.lists(st.tuples(days, st.none() | days, st.sampled_from(["C1", "C2", "V2"])), max_size=5),
    lived=st.lists(
        st.tuples(days, st.none() | days, st.integers(1, 4), st.sampled_from(["U6", "K2", "T1", "U4"])), max_size=6
    ),
)
def test_episodes_cover_care_without_gap_or_overlap_whatever_was_logged(
    ended: date | None,
    marks: list[tuple[date, date | None, str]],
    lived: list[tuple[date, date | None, int, str]],
) -> None:
    known = history(
        care(ended=ended, rec="E4A" if ended else None),
        *(status(code, first, last) for first, last, code in marks),
        *(stay(UUID(int=home), first, last, place, "CARPL") for first, last, home, place in lived),
    )
    rows = episodes(known)
    if ended is not None and ended <= MAY:
        assert rows == []
        return
    assert rows[0].decom == MAY
    assert rows[0].rne == "S"
    assert rows[-1].dec == ended
    for before, row in pairwise(rows):
        assert before.dec == row.decom > before.decom
        assert before.rec == "X1"
        legal, placed = before.ls != row.ls, row.rne in "PTBU"
        assert (row.rne in "LBU") == legal
        assert placed or legal
        if "T1" in (before.place, row.place):
            assert before.reason_place_change == ""
