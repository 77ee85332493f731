"""Places of a home in words, and what is typed of them in one line: a hold, terms of approval."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from placement_tui.domain.capacity import Capacity, Terms, typed_ages, typed_sexes
from placement_tui.domain.typed import clean, count, day_words, when
from placement_tui.errors import Invalid
from placement_tui.widgets.pages import heading, said
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import clock_words

_HOLD = re.compile(r"(?:([0-9]{1,2}) ?)?(?:until )?(.+?)(?: for ([\w-]+))?", re.IGNORECASE)


class Hold(NamedTuple):
    """A hold as typed: how many beds, until when, for which referral."""

    beds: int
    until: datetime
    reference: str


def read_hold(text: str, now: datetime) -> Hold:
    """`2 until tomorrow 12:00 for 26-0142`, `until 18:00`. Raises Invalid."""
    said_text = clean(text)
    found = _HOLD.fullmatch(said_text) if "until" in said_text.casefold() else None
    if found is None:
        raise Invalid(
            "until", "Until when?", "a hold ends by itself", "type it like 1 until tomorrow 12:00 for 26-0142"
        )
    return Hold(int(found[1] or 1), when(found[2], now, field="until"), found[3] or "")


def read_terms(text: str, before: Terms) -> Terms:
    """`4-12, 2, girls`: what is not typed stays as it was. Raises Invalid."""
    low, high, places, sexes = before.age_min, before.age_max, before.places, before.sexes
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise Invalid("terms", "No terms were typed", before.words, "type them like 4-12, 2, girls")
    for part in parts:
        if part.isdigit():
            places = count(part, "places", least=0, most=999)
        elif any(letter.isdigit() for letter in part) or part.casefold() == "any age":
            low, high = typed_ages(part.casefold().replace("any age", "any"))
        else:
            sexes = typed_sexes(part)
    return Terms(low, high, places, sexes)


def capacity_lines(here: Capacity, now: datetime, today: date, width: int) -> list[Line]:
    """The places of a home: how many are lived in, held, free; the holds and exemptions one by one."""
    lines: list[Line] = [*heading(f"Places: {here.words}" if here.words else "Places: nobody said how many")]
    if here.others is not None and here.others_said_at is not None:
        lines += said("others", f"{here.others}, said {clock_words(here.others_said_at, now)}", width)
    for hold in here.holds:
        until = f" until {clock_words(hold.until_at, now)}" if hold.until_at else ""
        whom = f" for {hold.reference}" if hold.reference else ""
        by = f", says {hold.said_by}" if hold.said_by else ""
        lines += said("held", Span(f"{hold.beds}{whom}{until}{by}", "accent"), width)
    for row in here.exemptions:
        until = f" until {day_words(row.until_on, today)}" if row.until_on else ""
        lines += said("exemption", f"{row.child}, by {row.given_by}{until}", width)
    return lines
