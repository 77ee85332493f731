"""Early warnings: signs, seen while the child still lives there, that a placement may not last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.domain.codes.endings import FACTORS, WHO_SAYS, who_says
from placement_tui.domain.tasks import reference_of
from placement_tui.domain.typed_dates import day
from placement_tui.domain.typed_text import clean, long_text, shown
from placement_tui.errors import Invalid

TEXT_LIMIT = 2_000
LOOK_AGAIN = timedelta(days=7)  # after a sign was seen somebody says what became of it, or closes it
EXAMPLE = "type it like CA3 carer: third call this week, asks for respite; respite booked"
_SEEN = re.compile(r"^(?P<head>.*?),? *\bseen (?P<day>[^,;]+)$", re.IGNORECASE)

_CODE = re.compile(r"[A-Za-z]{2}[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class NewWarning:
    """A sign as typed: what was seen, on which day, which factor it is of, who says so, and what is done about it."""

    what: str
    seen_on: date
    factor: str | None = None
    said_by: str = "officer"
    action: str = ""


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning as shown; `age` is the days since it was seen, until it was closed or the placement ended."""

    id: UUID
    placement_id: UUID
    child_id: UUID
    child: str
    identifier: str
    home_id: UUID
    name: str
    reference: str | None
    new: NewWarning
    age: int
    logged_at: datetime
    officer: str
    closed_on: date | None = None
    ended_on: date | None = None

    @property
    def ref(self) -> str:
        """The short reference that a person types."""
        return reference_of(self.id)

    @property
    def open(self) -> bool:
        """True while nobody closed it and the child still lives there."""
        return self.closed_on is None and self.ended_on is None


def check(new: NewWarning, today: date) -> NewWarning:
    """A warning that may be saved, its texts trimmed. Raises Invalid, naming the field."""
    what, action = (
        long_text(name, text, TEXT_LIMIT).strip() for name, text in (("what", new.what), ("action", new.action))
    )
    if not what:
        raise Invalid("what", "Say what was seen", mend=EXAMPLE)
    if new.factor is not None:
        FACTORS[new.factor]
    WHO_SAYS[new.said_by]
    if new.seen_on > today:
        raise Invalid("seen", f"{new.seen_on:%d/%m/%Y} is still to come", mend="a sign is logged once it was seen")
    return NewWarning(what, new.seen_on, new.factor, new.said_by, action)


def read(text: str, today: date) -> NewWarning:
    """A warning typed in one line while they speak: `CA3 carer: third call this week, seen mon; respite booked`.

    A factor and who says so may come first, a colon after them; what is done about it after a semicolon; the day last.
    Raises Invalid, saying what was not understood.
    """
    said, _, action = clean(text).partition(";")
    seen_on = today
    if found := _SEEN.match(said.strip()):
        said, seen_on = found["head"], _past(found["day"].strip(), today)
    head, colon, rest = said.partition(":")
    factor, said_by = None, "officer"
    if colon and (known := _head(head)):
        (factor, said_by), said = known, rest
    elif colon and FACTORS.find(head.split()[0] if head.split() else ""):
        raise Invalid("said_by", f"{shown(head)} does not say who says so", mend=EXAMPLE)
    else:
        code, _, after = said.strip().partition(" ")
        if _CODE.fullmatch(code) and (known_code := FACTORS.find(code)):
            factor, said = known_code.code, after
            who, _, after = said.strip().partition(" ")
            if (after or not said.strip().count(" ")) and (name := who_says(who)):
                said_by, said = name, after
    return check(NewWarning(said.strip(" ,"), seen_on, factor, said_by, action.strip()), today)


def _past(text: str, today: date) -> date:
    """A day that was: `mon` is the last Monday."""
    said = day(text, today, field="seen", past=True)
    week = timedelta(days=7)
    return said - week if today < said <= today + week and text.isalpha() else said


def _head(head: str) -> tuple[str | None, str] | None:
    """A factor, who says so, or both, before a colon; None where it is neither, and the colon is part of what was seen."""
    words = head.split()
    for count in range(len(words), 0, -1):
        factor = FACTORS.find(" ".join(words[:count]))
        who = who_says(" ".join(words[count:])) if words[count:] else "officer"
        if factor is not None and who is not None:
            return factor.code, who
    who = who_says(head)
    return (None, who) if who is not None else None


def words_of(new: NewWarning, today: date) -> str:
    """What was understood, in words: `burn-out, carer says: third call this week (today); done: respite booked`."""
    factor = f"{FACTORS.spoken(new.factor)}, " if new.factor else ""
    when = "today" if new.seen_on == today else f"{new.seen_on:%d %b}"
    done = f"; done: {new.action}" if new.action else ""
    return f"{factor}{WHO_SAYS.spoken(new.said_by)} says: {new.what} ({when}){done}"


def told(rows: Sequence[WarningRow]) -> str:
    """Warnings in the words of an ending's form: `12 Oct burn-out: third call this week (done: respite booked)`."""
    parts = []
    for row in sorted(rows, key=lambda row: (row.new.seen_on, row.logged_at)):
        new = row.new
        factor = f"{FACTORS.spoken(new.factor)}: " if new.factor else ""
        parts.append(
            f"{new.seen_on.day} {new.seen_on:%b} {factor}{new.what}" + (f" (done: {new.action})" if new.action else "")
        )
    return "; ".join(parts)
