"""Other authorities' children in a home: how many, whose, since when. Counts only; no child of theirs is known by name.

Action 5 of Wirral's plan of 2019: "why and how 175 CLA from other LA's are placed ... Why we have not accessed those
placements". Each word replaces all that was said of the home before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from placement_tui.domain.typed_dates import day, day_words
from placement_tui.domain.typed_numbers import count
from placement_tui.domain.typed_text import clean, shown
from placement_tui.domain.vacancies import MOST_BEDS
from placement_tui.errors import Invalid

EXAMPLE = "type it like 3, or 2 Liverpool since 1 mar, 1 Sefton"
MOST_NAME = 80
_PART = re.compile(
    r"(?P<beds>\S+)(?:\s+(?:of|from)\b)?(?:\s+(?!since\b)(?P<authority>.+?))?(?:\s+since\s+(?P<since>.+))?"
)
_NONE = ("none", "no", "nobody", "0")


@dataclass(frozen=True, slots=True)
class Others:
    """Some beds that hold another authority's children; no name where the home did not say whose."""

    beds: int
    authority: str = ""
    since_on: date | None = None

    def words(self, today: date) -> str:
        """`2 of Liverpool since Sun 1 Mar`."""
        of = f" of {self.authority}" if self.authority else ""
        since = f" since {day_words(self.since_on, today)}" if self.since_on else ""
        return f"{self.beds}{of}{since}"


@dataclass(frozen=True, slots=True)
class OthersRow:
    """Such beds as the home last spoke of them."""

    home_id: UUID
    authority: str
    beds: int
    since_on: date | None
    said_at: datetime


def read_others(text: str, today: date) -> tuple[Others, ...]:
    """`3`, `none`, or `2 Liverpool since 1 mar, 1 Sefton`. Raises Invalid."""
    parts = [part for part in (each.strip() for each in clean(text).replace(" and ", ", ").split(",")) if part]
    if not parts:
        raise Invalid("others", "How many live there?", mend=EXAMPLE)
    if len(parts) == 1 and parts[0].casefold() in _NONE:
        return ()
    found = tuple(_part(part, today) for part in parts)
    if sum(each.beds for each in found) > MOST_BEDS:
        raise Invalid("others", f"More than {MOST_BEDS} children in one home", mend=EXAMPLE)
    named = [each.authority.casefold() for each in found]
    if len(set(named)) < len(named):
        raise Invalid("others", "An authority is named twice", shown(text), "give one number for each")
    return tuple(each for each in found if each.beds)


def _part(text: str, today: date) -> Others:
    match = _PART.fullmatch(text)
    if match is None or not match["beds"].isdecimal():
        raise Invalid("others", f"{shown(text)} was not understood", mend=EXAMPLE)
    authority = " ".join((match["authority"] or "").split())
    if len(authority) > MOST_NAME:
        raise Invalid("others", "No authority has a name that long", shown(authority), EXAMPLE)
    since = day(match["since"], today, past=True, field="since") if match["since"] else None
    if since is not None and since > today and not re.search(r"\d{4}|tomorrow|next", match["since"]):
        since = since.replace(year=since.year - 1, day=min(since.day, 28) if since.month == 2 else since.day)
    if since is not None and since > today:
        raise Invalid("since", f"{day_words(since, today)} is yet to come", mend="say since when they have lived there")
    return Others(count(match["beds"], "others", most=MOST_BEDS), authority, since)


def others_words(said: Sequence[Others], today: date) -> str:
    """`3 of other authorities (2 of Liverpool since Sun 1 Mar, 1 of Sefton)`."""
    total = sum(each.beds for each in said)
    named = ", ".join(each.words(today) for each in said if each.authority or each.since_on)
    return f"{total} of other authorities" + (f" ({named})" if named else "")
