"""What a child's time in care takes: codes of the day, days that can be, nothing that overlaps, each status within care.

Rule numbers are those of the sector's validation rules for the SSDA903. What is typed is weighed against the child's
other rows only: a fault that came with an old return does not keep anybody from logging today's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from placement_tui.domain.care import (
    CareHistory,
    CarePeriod,
    NewMissing,
    NewPeriod,
    NewReview,
    NewStatus,
    Particulars,
    period_on,
)
from placement_tui.domain.codes import Code, CodeSet
from placement_tui.domain.codes.care import CEASED, MISSING, REVIEW_CODES, TALKS_FROM, UPN
from placement_tui.domain.codes.ssda903 import CIN, ETHNICITY, LEGAL_STATUS
from placement_tui.domain.typed_ages import age_on, birthday
from placement_tui.domain.typed_dates import DAYS
from placement_tui.domain.typed_text import shown
from placement_tui.errors import Invalid

TEXT_LIMIT = 20_000


def check_period(new: NewPeriod, history: CareHistory, today: date, but: UUID | None = None) -> None:
    """A period of care among the child's others; `but` is the one that is corrected. Raises Invalid, naming the field."""
    _not_to_come("began", new.began_on, today)
    _born("began", new.began_on, history)
    _code("cin", new.cin, CIN, new.began_on)
    _code("status", new.status, LEGAL_STATUS, new.began_on)
    if (new.ended_on is None) != (new.rec is None):
        if new.rec is None:
            raise Invalid(
                "rec", "Say why care ceased", "an end has a day and a reason, rule 148", "E4A is home, planned"
            )
        raise Invalid(
            "ended", "Say on which day care ceased", "an end has a day and a reason, rule 148", "give the day"
        )
    if new.ended_on is not None:
        _not_to_come("ended", new.ended_on, today)
        _code("rec", new.rec, CEASED, new.ended_on)
        if new.ended_on <= new.began_on:
            said = "on the day" if new.ended_on == new.began_on else "before the day"
            raise Invalid(
                "ended", f"Care would cease {said} it began", "less than a day is not returned, rule 355", "correct the day"
            )  # fmt: skip
    for other in history.periods:
        if other.id != but and _overlap((new.began_on, new.ended_on), (other.began_on, other.ended_on)):
            raise Invalid(
                "began", f"The child is in care from {_days(other.began_on, other.ended_on)} already",
                "two periods of care never overlap", "correct that one, or give another day",
            )  # fmt: skip


def check_status(new: NewStatus, history: CareHistory, today: date, but: UUID | None = None) -> None:
    """A legal status within a period of care, apart from the others. Raises Invalid, naming the field."""
    _not_to_come("from", new.from_on, today)
    _code("code", new.code, LEGAL_STATUS, new.from_on)
    if new.until_on is not None and new.until_on <= new.from_on:
        raise Invalid("until", "It would end on the day it began or before", mend="correct the days")
    _not_to_come("until", new.until_on, today)
    _within("from", new.from_on, new.until_on or date.max, history, "A legal status")
    for other in history.statuses:
        if other.id != but and _overlap((new.from_on, new.until_on), (other.from_on, other.until_on)):
            raise Invalid(
                "from", f"{LEGAL_STATUS.spoken(other.code)} holds from {_days(other.from_on, other.until_on)}",
                "two legal statuses never overlap", "correct that one, or give another day",
            )  # fmt: skip


def check_missing(new: NewMissing, history: CareHistory, today: date, but: UUID | None = None) -> None:
    """A time missing within care, apart from the others. Raises Invalid, naming the field."""
    _not_to_come("from", new.from_on, today)
    _not_to_come("until", new.until_on, today)
    _code("kind", new.kind, MISSING, new.from_on)
    if new.until_on is not None and new.until_on < new.from_on:
        raise Invalid("until", "The child would be back before being missing", "rule 567", "correct the days")
    _within("from", new.from_on, new.until_on or date.max, history, "A time missing")
    for other in history.missing:
        if other.id == but:
            continue
        first, last = new.until_on or date.max, other.until_on or date.max
        if new.from_on <= last and other.from_on <= first and (new.from_on != last and other.from_on != first):
            raise Invalid(
                "from", f"The child is missing from {_days(other.from_on, other.until_on)} already",
                "two times missing never overlap, rule 574", "say when that one ended, or correct the days",
            )  # fmt: skip
    check_text("note", new.note)


def check_review(new: NewReview, history: CareHistory, today: date, but: UUID | None = None) -> None:
    """A review within care, with a code for the child's age. Raises Invalid, naming the field."""
    _not_to_come("held", new.held_on, today)
    _code("code", new.code, REVIEW_CODES, new.held_on)
    _within("held", new.held_on, new.held_on, history, "A review")
    if any(other.id != but and other.held_on == new.held_on for other in history.reviews):
        raise Invalid("held", f"A review on {new.held_on:%d/%m/%Y} is logged already", mend="correct that one")
    if history.born_on is None:
        return
    talks = birthday(history.born_on, TALKS_FROM)
    if new.code == "PN0" and new.held_on > talks:
        raise Invalid(
            "code", "PN0 is for children under 4", f"four on {talks:%d/%m/%Y}, rule 440", "say how they took part"
        )
    if new.code != "PN0" and new.held_on < talks:
        raise Invalid("code", f"{new.code} is for children of 4 and over", f"four on {talks:%d/%m/%Y}, rule 441", "PN0")


def check_particulars(new: Particulars, history: CareHistory, today: date) -> None:
    """Ethnicity, pupil number, motherhood and asylum as the return takes them. Raises Invalid, naming the field."""
    _code("ethnicity", new.ethnicity, ETHNICITY, today)
    if new.upn is not None and not UPN.fullmatch(new.upn):
        raise Invalid(
            "upn", f"{shown(new.upn)} has not the form of a pupil number", "a letter and twelve digits, rule 168",
            "UN1 for a child too young, UN5 where it was only asked for",
        )  # fmt: skip
    if (new.mother or new.mother_since) and history.sex == "M":
        raise Invalid("mother", "Only a girl is returned as a mother", "rule 174", "leave it out, or correct the sex")
    if new.mother_since is not None and not new.mother:
        raise Invalid(
            "mother", "Since when a mother is said, but not that she is one", mend="say yes, or leave the day out"
        )
    _not_to_come("mother_since", new.mother_since, today)
    _born("mother_since", new.mother_since, history)
    ceased = new.uasc_ceased_on
    if ceased is not None and not new.uasc:
        raise Invalid("uasc", "When it ceased is said, but not that the child was unaccompanied", mend="say yes")
    _not_to_come("uasc_ceased", ceased, today)
    if ceased is not None and history.born_on is not None and ceased > birthday(history.born_on, 18):
        raise Invalid(
            "uasc_ceased", "It ceases on the 18th birthday at the latest", f"{birthday(history.born_on, 18):%d/%m/%Y}",
            "give that day, or an earlier one",
        )  # fmt: skip


def check_text(name: str, text: str) -> None:
    """No text is longer than is kept. Raises Invalid."""
    if len(text) > TEXT_LIMIT:
        raise Invalid(name, f"That text has {len(text):,} characters", f"at most {TEXT_LIMIT:,} are kept", "shorten it")


def _code(name: str, code: str | None, codes: CodeSet[Code], day: date) -> None:
    if code is None:
        return
    if code not in codes:
        raise codes.unknown(code, name)
    if not codes[code].valid(day):
        raise Invalid(name, f"{code} is no code of that day", f"{codes.name}, {day:%d/%m/%Y}", "see: placement codes")


def _not_to_come(name: str, day: date | None, today: date) -> None:
    if day is not None and day > today:
        # "fri" alone is the next one, and what is logged here has been
        weekday = f"`last {DAYS[day.weekday()].lower()}`, or " if (day - today).days <= 7 else ""
        raise Invalid(name, f"{day:%d/%m/%Y} is still to come", mend=f"{weekday}log it on the day")


def _born(name: str, day: date | None, history: CareHistory) -> None:
    if day is not None and history.born_on is not None and day < history.born_on:
        raise Invalid(
            name,
            f"{day:%d/%m/%Y} is before the child was born",
            f"born on {history.born_on:%d/%m/%Y}",
            "correct the day",
        )
    if day is not None and history.born_on is not None and name == "began" and age_on(history.born_on, day) >= 18:
        raise Invalid(name, f"The child was 18 by {day:%d/%m/%Y}", "care ends at 18", "correct the day, or the birth")


def _within(name: str, first: date, last: date, history: CareHistory, what: str) -> None:
    period = period_on(history, first)
    if period is None:
        raise Invalid(
            name, f"{what} lies within a time in care, and there is none on {first:%d/%m/%Y}", _known(history.periods),
            "begin care first, or correct the day",
        )  # fmt: skip
    if period.ended_on is not None and last > period.ended_on:
        raise Invalid(
            "until", f"Care ceased on {period.ended_on:%d/%m/%Y}", f"{what.lower()} ends with it at the latest",
            "give its last day",
        )  # fmt: skip


def _known(periods: Iterable[CarePeriod]) -> str:
    days = [_days(each.began_on, each.ended_on) for each in periods]
    return f"in care from {'; '.join(days)}" if days else "nothing is logged of their care"


def _days(first: date, last: date | None) -> str:
    return f"{first:%d/%m/%Y} to {last:%d/%m/%Y}" if last else f"{first:%d/%m/%Y} on"


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    """Two spans of days, each until the day on which the next may begin."""
    return one[0] < (other[1] or date.max) and other[0] < (one[1] or date.max)
