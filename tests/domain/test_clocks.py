"""The statutory clocks, as tables: given, when, then, law. Real English bank holidays; London's clock, not UTC's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from placement_tui.domain import clocks, clocks_registers
from placement_tui.domain.clocks import Due, EndingFacts, PlacementFacts, ending_clocks, placement_clocks
from placement_tui.domain.clocks_days import emergency_ends, london_day, working_days_after
from placement_tui.domain.clocks_registers import DeprivationFacts, KinshipFacts
from placement_tui.domain.rules.fostering import temporary_approval
from placement_tui.domain.tasks import derived_row
from placement_tui.domain.typed_times import london
from placement_tui.exchange.calendar import is_working

KEY = UUID(int=7)


def at(words: str) -> datetime:
    """`2026-10-16 16:30` on London's clock."""
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=london()).astimezone(UTC)


def day(words: str) -> date:
    """`2026-10-16`."""
    return date.fromisoformat(words)


def placement(started: str, **fields: object) -> PlacementFacts:
    """A child of fourteen placed at a time in London."""
    return PlacementFacts(KEY, at(started), **({"age": 14} | fields))  # type: ignore[arg-type]  # as its fields are


def one(dues: Sequence[Due], key: str) -> Due:
    """The clock whose source ends so."""
    (found,) = [due for due in dues if due.source.endswith("/" + key)]
    return found


# Regulation 13(1): in an emergency, notice within five working days of the start. The day of the start is not counted.
NOTICES = [
    # given an emergency that starts               then notice is due by the end of   law
    ("a Monday morning", "2026-10-12 10:00", "2026-10-19"),
    ("a Tuesday", "2026-10-13 16:30", "2026-10-20"),
    ("a Friday at 16:30", "2026-10-16 16:30", "2026-10-23"),
    ("a Saturday", "2026-10-17 11:00", "2026-10-23"),
    ("a Sunday", "2026-10-18 11:00", "2026-10-23"),
    ("a Friday at 16:30 before the late May bank holiday", "2026-05-22 16:30", "2026-06-01"),
    ("the bank holiday Monday itself", "2026-05-25 09:00", "2026-06-01"),
    ("the Tuesday after a bank holiday", "2026-05-26 09:00", "2026-06-02"),
    ("a Friday at 16:30 before the August bank holiday", "2026-08-28 16:30", "2026-09-07"),
    ("Maundy Thursday: Good Friday and Easter Monday lie ahead", "2026-04-02 16:30", "2026-04-13"),
    ("Good Friday", "2026-04-03 12:00", "2026-04-13"),
    ("Christmas Eve 2026, with the substitute Monday 28 December and New Year", "2026-12-24 16:30", "2027-01-05"),
    ("Christmas Day 2026", "2026-12-25 12:00", "2027-01-05"),
    ("Christmas Eve 2021: Christmas and Boxing Day both on a weekend", "2021-12-24 16:30", "2022-01-05"),
    ("New Year's Eve 2027: New Year on a Saturday", "2027-12-31 10:00", "2028-01-10"),
    ("the Friday before the Queen's funeral, Monday 19 September 2022", "2022-09-16 16:30", "2022-09-26"),
    ("the Wednesday before the Platinum Jubilee's two days", "2022-06-01 16:30", "2022-06-10"),
    ("the Friday before the Coronation's Monday, 8 May 2023", "2023-05-05 16:30", "2023-05-15"),
    ("five minutes before midnight in summer (22:55 UTC)", "2026-07-13 23:55", "2026-07-20"),
    ("five minutes after midnight in summer (23:05 UTC the day before)", "2026-07-14 00:05", "2026-07-21"),
    ("five minutes before midnight in winter", "2026-11-09 23:55", "2026-11-16"),
    ("five minutes after midnight in winter", "2026-11-10 00:05", "2026-11-17"),
    ("the Sunday on which the clocks go back", "2026-10-25 01:30", "2026-10-30"),
]


@pytest.mark.parametrize(("given", "started", "due"), NOTICES, ids=[row[0] for row in NOTICES])
def test_reg_13_in_an_emergency_notice_is_due_within_five_working_days(given: str, started: str, due: str) -> None:
    dues = placement_clocks(placement(started, emergency=True), is_working)
    for each in dues:
        if each.rule == clocks.NOTICE:
            assert (each.law, london_day(each.due_at)) == ("Reg 13 CPPCR 2010", day(due))
    assert one(dues, "plan").due_at == one(dues, "notice/child").due_at  # reg 9(2): five working days as well
    assert one(dues, "plan").law == "Reg 9 CPPCR 2010"


# A notice is late when its last day is over: the day before, the day, the day after.
LATE = [
    ("the day before", "2026-10-22 12:00", False),
    ("the last day, in the morning", "2026-10-23 09:00", False),
    ("the last day, after the office has closed", "2026-10-23 22:00", False),
    ("the last minute of the last day", "2026-10-23 23:59", False),
    ("the day after, at midnight", "2026-10-24 00:00", True),
    ("the Monday after", "2026-10-26 09:00", True),
]


@pytest.mark.parametrize(("when", "now", "late"), LATE, ids=[row[0] for row in LATE])
def test_reg_13_a_notice_is_late_once_its_last_day_is_over(when: str, now: str, late: bool) -> None:
    due = one(placement_clocks(placement("2026-10-16 16:30", emergency=True), is_working), "notice/gp")
    assert derived_row(due).late(at(now)) is late


def test_reg_13_without_an_emergency_notice_and_plan_come_before_the_placement() -> None:
    dues = placement_clocks(placement("2026-10-20 10:00"), is_working)
    assert {due.due_at for due in dues} == {at("2026-10-20 10:00")}
    assert {due.rule for due in dues} == {"L6", "L8"}


# Whom regulation 13(2) names; 13(4) adds those of the area where the child will live.
EVERYONE = ["child", "parents", "contacts", "carer", "health", "gp", "school", "iro"]
RECIPIENTS = [
    # given                                             then these are told
    ("in our area, aged 14", {"in_area": True}, EVERYONE),
    ("area not known", {"in_area": None}, EVERYONE),
    ("out of area", {"in_area": False}, [*EVERYONE, "health_there", "area"]),
    ("in our area, aged 4: a school", {"in_area": True, "age": 4}, EVERYONE),
    ("in our area, aged 3: no school", {"in_area": True, "age": 3}, [who for who in EVERYONE if who != "school"]),
    ("age not known: perhaps a school", {"in_area": True, "age": None}, EVERYONE),
]


@pytest.mark.parametrize(("given", "facts", "told"), RECIPIENTS, ids=[row[0] for row in RECIPIENTS])
def test_reg_13_who_is_told(given: str, facts: dict[str, object], told: list[str]) -> None:
    found = clocks.notices(placement("2026-10-16 16:30", emergency=True, **facts), is_working)
    assert [due.source.rsplit("/", 1)[1] for due in found] == told


def test_reg_13_4_the_area_authority_gets_the_needs_the_reasons_and_the_care_plan() -> None:
    found = clocks.notices(placement("2026-10-16 16:30", emergency=True, in_area=False), is_working)
    area = one(found, "notice/area")
    assert area.title == "tell the area authority, with needs, reasons and care plan"


# Regulation 14: notice before the ending; after it, within ten working days, where somebody was at immediate risk.
ENDINGS = [
    # given                                                      ended          at risk  then notice is due by
    ("a planned ending", "2026-10-16", False, "2026-10-16"),
    ("an ending at once on a Friday", "2026-10-16", True, "2026-10-30"),
    ("an ending at once on a Saturday", "2026-10-17", True, "2026-10-30"),
    ("an ending at once before Christmas", "2026-12-18", True, "2027-01-06"),
    ("an ending at once before Easter", "2026-03-27", True, "2026-04-14"),
]


@pytest.mark.parametrize(("given", "ended", "at_risk", "due"), ENDINGS, ids=[row[0] for row in ENDINGS])
def test_reg_14_notice_of_an_ending(given: str, ended: str, at_risk: bool, due: str) -> None:
    dues = ending_clocks(EndingFacts(KEY, day(ended), at_risk), is_working)
    assert [(each.law, london_day(each.due_at)) for each in dues] == [("Reg 14 CPPCR 2010", day(due))] * 2
    assert {each.source.rsplit("/", 1)[1] for each in dues} == {"notice", "review"}


@pytest.mark.parametrize(("in_area", "told"), [(True, False), (None, False), (False, True)])
def test_reg_14_2_c_who_is_told_that_it_ends(in_area: bool | None, told: bool) -> None:
    dues = ending_clocks(EndingFacts(KEY, day("2026-10-16"), False, in_area=in_area), is_working)
    assert "carer" in one(dues, "notice").to_whom
    assert ("area authority" in one(dues, "notice").to_whom) is told


def test_reg_14_a_change_that_is_no_move_tells_nobody_anything() -> None:
    assert ending_clocks(EndingFacts(KEY, day("2026-10-16"), False, moved=False), is_working) == ()


def test_reg_14_where_the_end_is_planned_the_case_is_reviewed_by_the_day_before() -> None:
    dues = placement_clocks(placement("2026-10-16 16:30", planned_end_on=day("2026-11-20")), is_working)
    assert london_day(one(dues, "review").due_at) == day("2026-11-19")


# Regulation 23: outside the terms of approval for six working days at most.
OUTSIDE_TERMS = [
    ("a Monday", "2026-10-12 16:30", "2026-10-20"),
    ("a Friday", "2026-10-16 16:30", "2026-10-26"),
    ("a Friday before a bank holiday", "2026-08-28 16:30", "2026-09-08"),
    ("after midnight in summer", "2026-07-14 00:30", "2026-07-22"),
    ("Christmas Eve", "2026-12-24 16:30", "2027-01-06"),
]


@pytest.mark.parametrize(("given", "started", "due"), OUTSIDE_TERMS, ids=[row[0] for row in OUTSIDE_TERMS])
def test_reg_23_outside_the_terms_six_working_days(given: str, started: str, due: str) -> None:
    found = one(placement_clocks(placement(started, emergency=True, outside_terms=True), is_working), "terms")
    assert (found.law, london_day(found.due_at)) == ("Reg 23 CPPCR 2010", day(due))


def test_reg_23_within_the_terms_no_clock_runs() -> None:
    assert clocks.outside_terms(placement("2026-10-12 16:30", emergency=True), is_working) == ()


# A bed for the night ends at 17:00 on the next working day.
NIGHTS = [
    ("Tuesday 16:30", "2026-10-13 16:30", "2026-10-14 17:00"),
    ("Tuesday 23:30", "2026-10-13 23:30", "2026-10-14 17:00"),
    ("Wednesday 02:00, the night of Tuesday", "2026-10-14 02:00", "2026-10-14 17:00"),
    ("Wednesday 08:29, still the night", "2026-10-14 08:29", "2026-10-14 17:00"),
    ("Wednesday 08:30, the day has begun", "2026-10-14 08:30", "2026-10-15 17:00"),
    ("Friday 16:30", "2026-10-16 16:30", "2026-10-19 17:00"),
    ("Saturday 03:00", "2026-10-17 03:00", "2026-10-19 17:00"),
    ("Monday 03:00, the night of Sunday", "2026-10-19 03:00", "2026-10-19 17:00"),
    ("Friday 16:30 before a bank holiday", "2026-08-28 16:30", "2026-09-01 17:00"),
    ("bank holiday Monday 23:00", "2026-08-31 23:00", "2026-09-01 17:00"),
    ("Christmas Eve", "2026-12-24 20:00", "2026-12-29 17:00"),
    ("summer, 00:30 in London and still yesterday in UTC", "2026-07-14 00:30", "2026-07-14 17:00"),
    ("the night on which the clocks go back", "2026-10-24 23:00", "2026-10-26 17:00"),
]


@pytest.mark.parametrize(("given", "started", "ends"), NIGHTS, ids=[row[0] for row in NIGHTS])
def test_a_bed_for_the_night_ends_at_17_on_the_next_working_day(given: str, started: str, ends: str) -> None:
    assert emergency_ends(at(started), is_working) == at(ends)


# Regulations 24 and 25: sixteen weeks, and one extension of eight.
KINSHIP = [
    # given approval on   then assessed by, ends, with the extension
    ("2026-01-05", "2026-03-30", "2026-04-27", "2026-06-22"),
    ("2026-10-14", "2027-01-06", "2027-02-03", "2027-03-31"),
    ("2028-02-29", "2028-05-23", "2028-06-20", "2028-08-15"),
]


@pytest.mark.parametrize(("approved", "week_12", "week_16", "week_24"), KINSHIP)
def test_reg_24_weeks_12_16_and_24(approved: str, week_12: str, week_16: str, week_24: str) -> None:
    ends = clocks_registers.kinship_ends(day(approved))
    extended = clocks_registers.kinship_ends(day(approved), extended=True)
    assert (ends, extended) == (day(week_16), day(week_24))
    plain = clocks_registers.kinship_clocks(KinshipFacts(KEY, day(approved), ends))
    assert [(due.law, london_day(due.due_at)) for due in plain] == [
        ("Reg 24 CPPCR 2010", day(week_12)),
        ("Reg 24 CPPCR 2010", day(week_16)),
    ]
    longer = clocks_registers.kinship_clocks(KinshipFacts(KEY, day(approved), ends, extended))
    assert [(due.law, london_day(due.due_at)) for due in longer] == [
        ("Reg 24 CPPCR 2010", day(week_12)),
        ("Reg 25 CPPCR 2010", day(week_24)),
    ]


EXPIRED = [
    # given                                             extended until  fully approved  today          then it is over
    ("the day before week 16 is over", None, None, "2026-04-26", False),
    ("the last day of week 16", None, None, "2026-04-27", False),
    ("the day after week 16", None, None, "2026-04-28", True),
    ("the day after week 16, extended", "2026-06-22", None, "2026-04-28", False),
    ("the last day of week 24", "2026-06-22", None, "2026-06-22", False),
    ("the day after week 24", "2026-06-22", None, "2026-06-23", True),
    ("the day after week 16, approved fully", None, "2026-04-20", "2026-04-28", False),
]


@pytest.mark.parametrize(("given", "extended", "fully", "today", "over"), EXPIRED, ids=[row[0] for row in EXPIRED])
def test_reg_25_6_a_temporary_approval_that_is_over_blocks(
    given: str, extended: str | None, fully: str | None, today: str, over: bool
) -> None:
    facts = KinshipFacts(
        KEY, day("2026-01-05"), day("2026-04-27"), day(extended) if extended else None, day(fully) if fully else None
    )
    last = None if facts.approved_fully_on else facts.extended_until or facts.approved_until
    found = temporary_approval(last, day(today))
    assert (found is not None) is over
    assert found is None or (found.level, found.law) == ("block", "Reg 25(6) CPPCR 2010")
    assert (clocks_registers.kinship_clocks(facts) == ()) is (fully is not None)


def test_a_dol_order_goes_to_ofsted_at_once_and_its_review_and_end_are_kept() -> None:
    facts = DeprivationFacts(KEY, at("2026-10-16 15:00"), day("2026-10-16"), day("2027-01-15"), day("2026-11-13"))
    found = {due.title: due for due in clocks_registers.deprivation_clocks(facts)}
    assert found["send Ofsted the order, at once"].due_at == at("2026-10-16 15:00")
    assert found["send Ofsted the judgment, at once"].due_at == at("2026-10-16 15:00")
    assert london_day(found["the court reviews the DoL order"].due_at) == day("2026-11-13")
    assert london_day(found["the DoL order ends: apply again, or end it"].due_at) == day("2027-01-15")


def test_a_dol_order_that_is_only_asked_for_has_nothing_to_send_yet() -> None:
    assert clocks_registers.deprivation_clocks(DeprivationFacts(KEY, at("2026-10-16 15:00"))) == ()


# Regulations 17 to 19: living with parents. 19(b): the assessment within ten working days of the placement; 19(c): the
# decision within ten working days after the assessment.
R18, R19 = "Reg 18 CPPCR 2010", "Reg 19 CPPCR 2010"
PARENTS = [
    # given                              starts              at once  assessed by         decided by
    ("planned: before they go home", "2026-10-16 10:00", False, "2026-10-16 10:00", "2026-10-16 10:00", R18),
    ("at once on a Friday", "2026-10-16 16:30", True, "2026-10-30 23:59", "2026-11-13 23:59", R19),
    ("at once, over Christmas", "2026-12-18 16:30", True, "2027-01-06 23:59", "2027-01-20 23:59", R19),
]


@pytest.mark.parametrize(
    ("given", "started", "emergency", "assessed", "decided", "law"), PARENTS, ids=[row[0] for row in PARENTS]
)
def test_regs_17_to_19_living_with_parents(
    given: str, started: str, emergency: bool, assessed: str, decided: str, law: str
) -> None:
    dues = placement_clocks(placement(started, emergency=emergency, place="P1"), is_working)
    assert (one(dues, "parents/assessed").due_at, one(dues, "parents/assessed").law) == (at(assessed), law)
    assert (one(dues, "parents/decided").due_at, one(dues, "parents/decided").law) == (at(decided), law)
    assert one(dues, "parents/decided").to_whom == "the nominated officer"


SECURE = [
    ("a Friday at 16:30: hours run through the weekend", "2026-10-16 16:30", "2026-10-19 16:30"),
    ("over the hour that comes twice", "2026-10-24 12:00", "2026-10-27 11:00"),
    ("over the hour that is skipped", "2026-03-28 12:00", "2026-03-31 13:00"),
]


@pytest.mark.parametrize(("given", "started", "due"), SECURE, ids=[row[0] for row in SECURE])
def test_s25_secure_without_an_order_ends_after_72_hours(given: str, started: str, due: str) -> None:
    dues = placement_clocks(placement(started, emergency=True, type_obtained="secure"), is_working)
    assert one(dues, "secure").due_at == at(due)


def test_a_day_is_never_counted_twice_nor_left_out() -> None:
    start = day("2026-12-01")
    for count in range(1, 40):
        end = working_days_after(start, count, is_working)
        between = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
        assert sum(map(is_working, between)) == count
        assert is_working(end)


def test_the_sources_of_one_placement_are_all_different_and_name_it() -> None:
    facts = placement(
        "2026-10-16 16:30", emergency=True, in_area=False, outside_terms=True, place="P1", type_obtained="secure",
        emergency_until=at("2026-10-19 17:00"), planned_end_on=day("2026-12-01"),
    )  # fmt: skip
    sources = [due.source for due in placement_clocks(facts, is_working)]
    assert len(sources) == len(set(sources)) == 17
    assert all(source.startswith(f"placement/{KEY}/") for source in sources)
