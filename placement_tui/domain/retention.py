"""How long what is kept: a schedule for each kind of record, with its law, and what erasing leaves.

A child who was looked after: the case record is kept until the seventy-fifth anniversary of birth, or fifteen years
from the death of a child who dies before eighteen (regulation 50, Care Planning, Placement and Case Review (England)
Regulations 2010). For the rest there is no such rule: personal data is kept no longer than it is needed (UK GDPR,
article 5(1)(e)), and each time below is a council setting with the reason of its default beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

if TYPE_CHECKING:
    from placement_tui.domain.policy import Around, SettingKind

Way = Literal["erase", "anonymise"]

ERASED = "[erased]"  # stands where a text that stays named somebody who was erased
DAYS_A_YEAR = 365.25
LEAST_YEARS, MOST_YEARS = 0.08, 150


@dataclass(frozen=True, slots=True)
class Schedule:
    """One kind of record: from when its time runs, how long, why so long, and what becomes of it then.

    `years` is None for what goes only with what it belongs to.
    """

    kind: str
    title: str
    after: str
    years: float | None
    law: str
    way: Way
    least: float = 0.0  # years that a statute wants; the council may keep longer

    @property
    def setting(self) -> str:
        """What the council's own choice of the time is called."""
        return f"keep_{self.kind}_years"


SCHEDULES: tuple[Schedule, ...] = (
    Schedule("child", "Children who lived in a home that was found here", "birth", 75,
             "reg 50 CPPCR 2010: until the seventy-fifth anniversary of birth (fifteen years after a death before eighteen)", "erase", 75),
    Schedule("referral", "Children for whom no placement came of it", "birth", 25,
             "UK GDPR art 5(1)(e); the time to bring a claim runs from eighteen: Limitation Act 1980 s 28", "anonymise"),
    Schedule("approach", "What was said on the calls of a closed search", "the end of the search", 6,
             "UK GDPR art 5(1)(e); claims of contract end after six years: Limitation Act 1980 s 5", "anonymise"),
    Schedule("hand_over", "What was written beside a hand-over", "the hand-over", 1,
             "UK GDPR art 5(1)(e): it serves one night", "erase"),
    Schedule("rota", "Who was on call", "the night", 1, "UK GDPR art 5(1)(e)", "erase"),
    Schedule("attempt", "Tries to open the store that failed", "the try", 1,
             "UK GDPR art 5(1)(e) and 32: long enough to look into misuse", "erase"),
    Schedule("draft", "Half-typed forms that nobody went on with", "the last key", 0.25, "UK GDPR art 5(1)(e)", "erase"),
    Schedule("view", "Who looked at which record", "", None,
             "UK GDPR art 5(2) and 32(1)(d): part of the journal's chain, kept as long as it; it holds no value", "erase"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule as it stands: how many records there are, how many are over their time, the oldest of these.

    `unknown` counts children without a date of birth or an age: they are never over their time by themselves.
    """

    schedule: Schedule
    years: float | None
    held: int
    due: int
    oldest: date | None = None
    unknown: int = 0
    keys: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Going:
    """What erasing would take: records by table, operations whose values go, drafts, mentions in what stays.

    `shared` is what belongs to brothers and sisters as well and stays; `open` says why it may not be done now, `early`
    that the law wants it kept for longer.
    """

    who: tuple[str, ...]
    records: Mapping[str, int]
    operations: int
    drafts: int
    mentions: int
    shared: int
    open: str = ""
    early: str = ""

    @property
    def total(self) -> int:
        """How many records go."""
        return sum(self.records.values())


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: how many records and operations lost their values, and what became of the copies."""

    words: str
    way: Way
    records: int
    operations: int
    drafts: int
    mentions: int
    removed: tuple[Path, ...] = ()
    backup: Path | None = None
    left: tuple[str, ...] = ()


def over(since: date, years: float, today: date) -> bool:
    """True where so many years have passed; whole years by the calendar."""
    if years == int(years):
        return (today.year - since.year, today.month, today.day) >= (int(years), since.month, since.day)
    return today >= since + timedelta(days=round(years * DAYS_A_YEAR))


def early(born: Iterable[date | None], today: date) -> str:
    """That a statute wants the record of a child who lived in a home kept for longer, empty where it does not."""
    schedule = SCHEDULES[0]
    years = [
        (each.year + int(schedule.least), each)
        for each in born
        if each is not None and not over(each, schedule.least, today)
    ]
    if not years:
        return ""
    year, last = max(years)
    return f"{schedule.law}, here {last:%d/%m}/{year}. Erase it earlier only if it should never have been kept"


def born_at_latest(born_on: date | None, age_said: int | None, age_said_on: date | None) -> date | None:
    """The latest day on which a child can have been born, None where nobody said."""
    if born_on is not None:
        return born_on
    if age_said is None or age_said_on is None:
        return None
    month, day = (2, 28) if (age_said_on.month, age_said_on.day) == (2, 29) else (age_said_on.month, age_said_on.day)
    return date(age_said_on.year - age_said, month, day)


def read_years(kind: SettingKind, said: str, _: Around) -> float:
    """A typed number of years. Raises Invalid."""
    bare = said.strip().casefold().removesuffix("years").removesuffix("year").removesuffix("y")
    try:
        years = float(bare)
    except ValueError:
        years = 0.0
    if not LEAST_YEARS <= years <= MOST_YEARS:
        raise kind.refuse(said, f"it is a number of years, {LEAST_YEARS:g} (a month) to {MOST_YEARS}")
    least = next((each for each in SCHEDULES if each.setting == kind.name and each.least > years), None)
    if least is not None:
        raise kind.refuse(said, f"the law wants at least {least.least:g}: {least.law}")
    return years


def years_words(value: float, _: Around) -> str:
    """A number of years, for people."""
    return f"{value:g} year{'' if value == 1 else 's'}"


# What statistics need of a text column: codes of a closed set. Every other text goes, also of a column made later.
CODES: Mapping[str, frozenset[str]] = {
    "child": frozenset({"sex", "authority"}),
    "referral": frozenset({"state", "wanted", "urgency", "legal_status", "kin_explored"}),
    "need": frozenset({"code"}),
    "approach": frozenset(
        {"channel", "outcome", "stage", "reason", "other_reasons", "would_change", "closing"}
    ),
    "offer": frozenset({"state", "declined_reason"}),
    "placement": frozenset(
        {"type_wanted", "type_obtained", "provision", "place", "place_provider", "legal_status", "route", "grade_at_start",
         "distance_reason"}
    ),
    "ending": frozenset({"reason", "reason_class"}),
    "care": frozenset({"cin", "rec"}),
    "legal_status": frozenset({"code"}),
    "missing": frozenset({"kind"}),
    "review": frozenset({"code"}),
    "factor": frozenset({"code", "said_by"}),
    "lesson": frozenset({"needs"}),
    "sibling_group": frozenset({"wish", "parted_reason"}),
    "task": frozenset({"rule", "law", "state"}),
    "sign_off": frozenset({"kinds", "state"}),
    "override": frozenset({"rule", "law"}),
}  # fmt: skip
PLACED = frozenset({"easting", "northing", "latitude", "longitude"})  # where somebody lives, in numbers


def month_of(day: date) -> date:
    """The first of its month: a date of birth that is nobody's."""
    return day.replace(day=1)


def shift_of(first: datetime | None) -> timedelta:
    """How far a child's times move back: the first of them to the beginning of its month, so that durations stay."""
    if first is None:
        return timedelta()
    return first - first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def anonymous(noun: str, name: str, value: Any, shift: timedelta) -> Any:
    """What is left of a value where statistics need the row; `...` where nothing is.

    Names, identifiers, notes, postcodes and places go, and so does every text that is no code; a date of birth becomes
    its month, miles whole miles, and times move by `shift`.
    """
    if name in PLACED or value is None:
        return ...
    if noun == "child" and name in ("born_on", "age_said_on"):
        return month_of(value)
    if isinstance(value, bool | int | UUID):
        return value
    if isinstance(value, float):
        return float(round(value))
    if isinstance(value, datetime):
        return value - shift
    if isinstance(value, date):
        return value - timedelta(days=shift.days)
    return value if name in CODES.get(noun, ()) else ...
