"""Moments as people type them: `now`, `16:45`, `+20`, `tomorrow 10:00`, `wed 15 10:00`; and ages as people read them.

What is typed is local time, Europe/London unless another zone is given; what comes back is UTC. No clock: every
function is given now.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from placement_tui.domain.typed_dates import LONGEST, MONTHS, Asked, day_words, folded, in_reach, month_of, read_day
from placement_tui.domain.typed_text import shown
from placement_tui.errors import Invalid

OFFICE_OPENS = time(9, 0)  # a day ahead without a time
OFFICE_CLOSES = time(17, 0)  # `today` without a time, until then
EVENING = time(19, 0)  # `tonight` without a time, until then
DAY_ENDS = time(23, 59)  # `today` and `tonight` after those

_AFTER = re.compile(
    r"(?:in |\+ ?)?(?:([0-9]{1,4}) ?(?:m|mins?|minutes?)|([0-9]{1,4}) ?(?:h|hrs?|hours?)(?: ?([0-9]{1,2}) ?(?:m|mins?)?)?)"
)
_BARE_AFTER = re.compile(r"\+ ?([0-9]{1,4})")
_AGO = re.compile(r"(?:([0-9]{1,4}) ?(?:m|mins?|minutes?)|([0-9]{1,4}) ?(?:h|hrs?|hours?)) ago")
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2})(?::[0-9]{2})?)?(am|pm)?|([0-9]{1,2})\.([0-9]{2})(am|pm)")
_FOUR = re.compile(r"([0-9]{2})([0-9]{2})")
_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{2}")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}t[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:z|[+-][0-9]{2}:[0-9]{2})?"
)


@lru_cache(maxsize=1)
def london() -> tzinfo:
    """Europe/London, read when first asked for: importing this module needs no time zone data."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True, kw_only=True)
class _AskedTime(Asked):
    """`here` is now, on the wall where the clock hangs; `zone` is that place."""

    here: datetime
    zone: tzinfo

    def examples(self) -> str:
        soon = self.today + timedelta(days=7)
        return f"Type it like now, 16:45, +20, tomorrow 10:00 or {soon.day}/{soon.month} 10:00"

    @property
    def minute(self) -> datetime:
        """The minute that the clock shows: what is typed for it has not passed while it lasts."""
        return self.here.replace(second=0, microsecond=0)


def when(text: str, now: datetime, *, zone: tzinfo | None = None, past: bool = False, field: str = "when") -> datetime:
    """The moment that was typed, in UTC. `now` is aware; `zone` is where the clock on the wall hangs.

    `now` · `today` (17:00, later 23:59) · `tonight` (19:00, later 23:59) · `16:45`, `1645`, `4.45pm` (the next time the
    clock shows it) · `+20`, `20m`, `2h`, `2h30` (from now) · a day of `typed_dates.day` (09:00) · a day and a time, in
    either order · ISO. With `past`, moments gone by too: `yesterday 22:00`, `20m ago`, and a time alone is today's.

    A time that the clocks skip in spring is refused; of the hour that comes twice in autumn, the first still ahead is
    meant. Raises Invalid; ValueError where `now` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    zone = zone or london()
    here = now.astimezone(zone)
    asked = _AskedTime(text, field, here.date(), past, here=here, zone=zone)
    plain = re.sub(r"([0-9]) (am|pm)\b", r"\1\2", folded(text))
    if not plain:
        raise Invalid(field, "No time was typed", "", asked.examples())
    if len(plain) > LONGEST:
        raise _unreadable(asked)
    if plain in ("now", "straight away", "asap"):
        return now.astimezone(UTC)
    step = _step(plain)
    found = _moment(plain, asked) if step is None else now.astimezone(UTC) + step
    if found < asked.minute and not past:
        was = found.astimezone(zone)
        why = f"That was {was:%H:%M} {day_words(was.date(), asked.today)}, and it is {here:%H:%M}"
        raise asked.refusal("has passed", why)
    return found


def _step(plain: str) -> timedelta | None:
    """Minutes and hours of real time from now, or before it; None where none were typed."""
    if bare := _BARE_AFTER.fullmatch(plain):
        return timedelta(minutes=int(bare[1]))
    if after := _AFTER.fullmatch(plain):
        minutes, hours, rest = (int(group or 0) for group in after.groups())
        return timedelta(hours=hours, minutes=minutes + rest)
    if ago := _AGO.fullmatch(plain):
        minutes, hours = (int(group or 0) for group in ago.groups())
        return -timedelta(hours=hours, minutes=minutes)
    return None


def _moment(plain: str, asked: _AskedTime) -> datetime:
    if _ISO.fullmatch(plain):
        return _iso(plain, asked)
    words = [word for word in plain.split() if word != "at"]
    clock = _clock(words, asked)
    if not words:
        if clock is None:
            raise _unreadable(asked)
        found = _placed(asked.today, clock, asked)
        return found if asked.past or found >= asked.minute else _placed(asked.today + timedelta(days=1), clock, asked)
    rest = " ".join(words)
    tonight = rest in ("tonight", "this evening", "evening")
    on = asked.today if tonight else read_day(rest, asked)
    if on is None:
        raise _unreadable(asked)
    return _placed(on, clock or _usual(on, tonight, asked), asked)


def _iso(plain: str, asked: _AskedTime) -> datetime:
    try:
        typed = datetime.fromisoformat(plain.upper())
    except ValueError:
        raise _unreadable(asked)
    if not 1900 <= typed.year <= 2999:
        raise _unreadable(asked)
    found = typed.astimezone(UTC) if typed.tzinfo else _placed(typed.date(), typed.time(), asked)
    in_reach(found.astimezone(asked.zone).date(), asked)
    return found


def _usual(on: date, tonight: bool, asked: _AskedTime) -> time:
    """The time that is meant where only a day was typed."""
    if on != asked.today:
        return OFFICE_OPENS
    usual = EVENING if tonight else OFFICE_CLOSES
    return usual if asked.minute.time() <= usual else DAY_ENDS


def _clock(words: list[str], asked: _AskedTime) -> time | None:
    """The time of day among the words, which is taken out of them; None where there is none."""
    if len(words) == 1 and _DOTTED.fullmatch(words[0]):
        mend = f"Type {words[0].replace('.', ':')} or {words[0].replace('.', '/')}"
        raise asked.refusal("can be read in two ways", "A time or a date", mend)
    for at, word in enumerate(words):
        found = time(12) if word in ("noon", "midday") else _clock_word(word, words[at - 1] if at else "", asked)
        if found is not None:
            words.pop(at)
            return found
    return None


def _clock_word(word: str, before: str, asked: _AskedTime) -> time | None:
    if four := _FOUR.fullmatch(word):
        if month_of(before) is not None and 1900 <= int(word) <= 2099:
            return None  # the year of `15 oct 2026`
        if "/" in before and asked.today.year - 1 <= int(word) <= asked.today.year + 9:
            mend = f"Type {before}/{word}, or {before} {four[1]}:{four[2]}"
            raise asked.refusal("can be read in two ways", f"{word} is a year or a time", mend)
        return _time(int(four[1]), int(four[2]), "", asked)
    clock = _CLOCK.fullmatch(word)
    if clock is None:
        return None
    hour, minute, half = clock[1] or clock[4], clock[2] or clock[5], clock[3] or clock[6] or ""
    if minute is None and not half:
        return None
    return _time(int(hour), int(minute or 0), half, asked)


def _time(hour: int, minute: int, half: str, asked: _AskedTime) -> time:
    if half and not 1 <= hour <= 12:
        raise asked.refusal("is not a time", f"There is no {hour} {half}")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise asked.refusal("is not a time", "A day goes from 00:00 to 23:59")
    return time(hour, minute)


def _placed(on: date, at: time, asked: _AskedTime) -> datetime:
    """The wall clock's time as UTC; where the clock shows it twice, the first that has not passed (unless `past`)."""
    wall = datetime.combine(on, at)
    twice = [wall.replace(tzinfo=asked.zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    fitting = [found for found in twice if found.astimezone(asked.zone).replace(tzinfo=None) == wall]
    if not fitting:
        why = f"The clocks go forward on {on.day} {MONTHS[on.month - 1]} {on.year}, and skip {at:%H:%M}"
        raise asked.refusal("does not exist", why, "Type a time an hour later")
    return next((found for found in fitting if asked.past or found >= asked.minute), fitting[0])


def _unreadable(asked: Asked) -> Invalid:
    return asked.refusal("is not a time", "It could not be read")


class Urgency(NamedTuple):
    """How soon a home is needed: `now`, `today`, or `date` with the day by which it is needed."""

    urgency: str
    needed_by: date | None


_NOW = ("now", "n", "asap", "emergency", "immediately", "straight away")
_TODAY = ("today", "tonight", "t", "this evening", "same day")


def urgency(text: str, now: datetime, *, zone: tzinfo | None = None, field: str = "needed_by") -> Urgency:
    """How soon: `now`, `today`, `tonight`, or a day as in `typed_dates.day` (with or without a time, which is dropped).

    `needed_by` is None but for `date`. Raises Invalid, for a day gone by as well.
    """
    plain = folded(text).removeprefix("by ")
    zone = zone or london()
    today = now.astimezone(zone).date()
    if plain in _NOW:
        return Urgency("now", None)
    if plain in _TODAY:
        return Urgency("today", None)
    mend = Asked(text, field, today).examples().replace("Type it like", "Type now, today, or a day like")
    if not plain:
        raise Invalid(field, "Nothing says how soon a home is needed", "", mend)
    try:
        found = when(plain, now, zone=zone, field=field).astimezone(zone).date()
    except Invalid as refusal:
        if refusal.title.endswith("is not a time"):
            raise Invalid(field, f"{shown(text)} does not say how soon", "It could not be read", mend)
        raise
    return Urgency("today", None) if found == today else Urgency("date", found)


class Needed(NamedTuple):
    """How soon a home is needed, and by which moment where one was typed."""

    urgency: str
    needed_by: datetime | None


def needed(text: str, now: datetime, *, field: str = "by") -> Needed:
    """As `urgency`, with the moment: `16:45` is today by then, `today` and `now` name none. Raises Invalid."""
    soon = urgency(text, now, field=field).urgency
    if soon == "now" or folded(text).removeprefix("by ") in _TODAY:
        return Needed(soon, None)
    return Needed(soon, when(text, now, field=field))


def age_words(age: timedelta | int) -> str:
    """How long ago, or how long since, for people: `2m`, `3h`, `4d`, rounded down. An int is minutes.

    Less than nothing, as from a machine whose clock is ahead, is `0m`.
    """
    minutes = max(0, age if isinstance(age, int) else age // timedelta(minutes=1))
    if minutes < 60:
        return f"{minutes}m"
    return f"{minutes // 60}h" if minutes < 24 * 60 else f"{minutes // (24 * 60)}d"
