"""A child's story: where they lived, moved, went to school and were missing, how each home ended and what was learned.

It is put together from what the team logged and is never typed. No address stands in it: a home is named, with its kind
and how far it is from the child's own home. A page for the child leaves out the names of the people who fostered them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from placement_tui.domain.care import CareHistory, open_period, status_on
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.codes.care import CEASED, REVIEW_CODES
from placement_tui.domain.codes.endings import CLASSES, FACTORS, WHO_SAYS
from placement_tui.domain.codes.provision import HOME_KINDS, KINDS
from placement_tui.domain.codes.ssda903 import CIN, LEGAL_STATUS, REASON_PLACE_CHANGE
from placement_tui.domain.endings import EndingRow, LessonRow
from placement_tui.domain.placements import PlacementRow

KINDS_OF_ENTRY = ("care", "status", "placement", "school", "ending", "missing", "order", "review", "lesson")
_FOSTERED = ("inhouse", "household")  # homes whose name is that of the people who live there
_WEEK = 7
_AWAY = {"M": "missing from placement", "A": "away without authorisation"}
_BAD = ("disrupted", "protective")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, from a day until another; `lines` say more of it. `level` is "", `warn` or `bad`."""

    on: date
    kind: str
    words: str
    lines: tuple[str, ...] = ()
    until: date | None = None
    lasts: bool = False  # it has a length, though it may go on
    level: str = ""
    id: UUID | None = None

    def length(self, today: date) -> str:
        """How long it lasted, or has lasted so far; empty for a day."""
        return lasted(self.on, self.until or today) if self.lasts else ""


@dataclass(frozen=True, slots=True)
class Story:
    """A child's story in the order of its days."""

    child_id: UUID
    child: str
    identifier: str
    name: str
    born_on: date | None
    today: date
    history: CareHistory
    placements: tuple[PlacementRow, ...]  # the earliest first
    entries: tuple[Entry, ...]
    named: bool = True

    @property
    def moves(self) -> int:
        """Placements after the first of each period of care, but for those that kept the carer."""
        starts = {period.began_on for period in self.history.periods}
        after = [row for row in self.placements[1:] if not row.same_carer]
        return sum(london_day(row.started_at) not in starts for row in after)


def tell(
    history: CareHistory, placements: Sequence[PlacementRow], endings: Mapping[UUID, EndingRow],
    lessons: Sequence[LessonRow], today: date, *, name: str = "", named: bool = True,
) -> Story:  # fmt: skip
    """The story of what is logged. `named` tells the names of foster carers; a page for the child has them not."""
    rows = tuple(sorted(placements, key=lambda row: (row.started_at, row.id)))
    found = [*_care(history), *_statuses(history), *_apart(history, today)]
    before: PlacementRow | None = None
    school = ""
    for row in rows:
        found.append(_placement(row, before, named))
        found += _school(row, school)
        school = row.school or school
        ending = endings.get(row.id)
        if ending is not None:
            found.append(_ending(row, ending, named))
        before = row
    found += [Entry(each.learned_on, "lesson", each.lesson, id=each.id) for each in lessons]
    order = {kind: at for at, kind in enumerate(KINDS_OF_ENTRY)}
    found.sort(key=lambda entry: (entry.on, _ends_first(entry), order[entry.kind]))
    words = f"{history.initials} {history.identifier}".strip()
    return Story(history.child_id, words, history.identifier, name, history.born_on, today, history, rows,
                 tuple(found), named)  # fmt: skip


def home_words(row: PlacementRow, named: bool) -> str:
    """A home by its name; foster carers are not named where the page is for the child or for others."""
    if named or row.kind not in _FOSTERED:
        return row.name
    return "foster carers of our own" if row.kind == "inhouse" else f"foster carers with {row.provider}"


def where_words(row: PlacementRow) -> str:
    """How far from the child's own home, and whether in the council's area."""
    area = {True: "in our area", False: "out of our area", None: ""}[row.in_area]
    miles = "" if row.miles is None else f"{row.miles:g} miles from home"
    return ", ".join(part for part in (miles, area) if part)


def travel_words(before: PlacementRow | None, row: PlacementRow) -> str:
    """The direction of a move: further from home or nearer, out of the area or back."""
    if before is None:
        return ""
    said = []
    if before.miles is not None and row.miles is not None:
        by = round(row.miles - before.miles, 1)
        said.append(f"{abs(by):g} miles {'further from' if by > 0 else 'nearer'} home" if by else "as far from home")
    if (before.in_area, row.in_area) == (True, False):
        said.append("out of our area now")
    elif (before.in_area, row.in_area) == (False, True):
        said.append("back in our area")
    return ", ".join(said)


def lasted(first: date, last: date) -> str:
    """How long it is between two days: `hours`, `5 nights`, `7 weeks`, `8 months`, `2 years 3 months`."""
    nights = (last - first).days
    if not nights:
        return "hours"
    if nights < 2 * _WEEK:
        return f"{nights} night{'' if nights == 1 else 's'}"
    if nights < 2 * 31:
        return f"{nights // _WEEK} weeks"
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < 24:
        return f"{months} months"
    years, left = divmod(months, 12)
    return f"{years} years" + (f" {left} month{'' if left == 1 else 's'}" if left else "")


def reason_words(ending: EndingRow) -> str:
    """Why a placement ended, as it is counted: `carer asks, behaviour (disrupted)`."""
    return f"{REASON_PLACE_CHANGE.spoken(ending.reason)} ({CLASSES.label(ending.reason_class).lower()})"


def _ends_first(entry: Entry) -> int:
    """On one day a home ends before the next begins; what was learned stands with the ending."""
    return 0 if entry.kind in ("ending", "lesson") or entry.words.startswith("care ceased") else 1


def _care(history: CareHistory) -> list[Entry]:
    found = []
    for period in history.periods:
        need = f"category of need: {CIN.label(period.cin).lower()} ({period.cin})" if period.cin else ""
        found.append(
            Entry(period.began_on, "care", "came into care", tuple(filter(None, (need,))), period.ended_on, True, "", period.id)
        )  # fmt: skip
        if period.ended_on is not None:
            why = f"care ceased: {CEASED.spoken(period.rec).lower()}" if period.rec else "care ceased"
            found.append(Entry(period.ended_on, "care", why, id=period.id))
    return found


def _statuses(history: CareHistory) -> list[Entry]:
    return [
        Entry(each.from_on, "status", f"{LEGAL_STATUS.label(each.code)} ({each.code})", (), each.until_on, True, "", each.id)
        for each in history.statuses
    ]  # fmt: skip


def _apart(history: CareHistory, today: date) -> list[Entry]:
    """Times missing, orders that deprive of liberty, reviews."""
    found = []
    for each in history.missing:
        over = "" if each.until_on else ", not back yet"
        found.append(
            Entry(
                each.from_on,
                "missing",
                _AWAY.get(each.kind, "missing") + over,
                (),
                each.until_on,
                True,
                "warn",
                each.id,
            )
        )
    for order in history.liberty:
        words = "under an order that permits depriving of liberty"
        over_on = order.until_on if order.until_on and order.until_on <= today else None
        found.append(Entry(order.from_on, "order", words, (), over_on, True, "warn", order.id))
    for review in history.reviews:
        found.append(Entry(review.held_on, "review", REVIEW_CODES.label(review.code).lower(), id=review.id))
    return found


def _placement(row: PlacementRow, before: PlacementRow | None, named: bool) -> Entry:
    kind = KINDS.label(row.type_obtained)
    forced = row.type_wanted not in (None, row.type_obtained)
    wanted = f"; {KINDS.label(row.type_wanted or '').lower()} was wanted" if forced else ""
    carer = "the same carer as before" if row.same_carer else ""
    home = "" if row.kind == "res" else f" · {HOME_KINDS.label(row.kind).lower()}"
    lines = (f"{kind}{wanted}{home}", where_words(row), travel_words(before, row), carer)
    start = london_day(row.started_at)
    return Entry(start, "placement", home_words(row, named), tuple(filter(None, lines)), row.ended_on, True,
                 "warn" if forced else "", row.id)  # fmt: skip


def _school(row: PlacementRow, before: str) -> list[Entry]:
    """Another school, or that there is another where nobody said which."""
    on, changed = london_day(row.started_at), "a change of school with the move"
    if row.school and row.school != before:
        return [Entry(on, "school", row.school, (changed,) if row.school_changes else (), id=row.id)]
    return [Entry(on, "school", changed, level="warn", id=row.id)] if row.school_changes and not row.school else []


def _ending(row: PlacementRow, ending: EndingRow, named: bool) -> Entry:
    notice = "" if ending.notice_days is None else f"notice of {ending.notice_days} days" if ending.notice_days else "no notice"  # fmt: skip
    factors = "; ".join(
        f"{FACTORS.label(f.code).lower()} ({WHO_SAYS.spoken(f.said_by)} says so)" for f in ending.factors
    )
    warned = {True: "there were signs before", False: "no signs before", None: ""}[ending.warned]
    lines = (
        notice, f"{warned}: {ending.warnings}" if warned and ending.warnings else warned,
        f"what contributed: {factors}" if factors else "",
        f"what would have kept it going: {ending.kept_going}" if ending.kept_going else "",
        ending.note,
    )  # fmt: skip
    words = f"left {home_words(row, named)}: {reason_words(ending)}"
    level = "bad" if ending.reason_class in _BAD else ""
    return Entry(ending.ended_on, "ending", words, tuple(filter(None, lines)), level=level, id=ending.id)


def stands(story: Story) -> list[tuple[str, str]]:
    """How it stands today, as names and values."""
    history, today = story.history, story.today
    period, status = open_period(history), status_on(history, today)
    now = next((row for row in reversed(story.placements) if row.ended_on is None), None)
    year = [row for row in story.placements if london_day(row.started_at) > today - timedelta(days=365)]
    away = sum(max(1, ((each.until_on or today) - each.from_on).days) for each in history.missing)
    homes = len({row.home_id for row in story.placements})
    return [
        ("In care", f"since {said_day(period.began_on)}, {lasted(period.began_on, today)}" if period else "not now, by what is logged"),
        ("Legal status", f"{LEGAL_STATUS.label(status.code)}, since {said_day(status.from_on)}" if status else ""),
        ("Lives", f"at {home_words(now, story.named)} since {said_day(london_day(now.started_at))}, {where_words(now)}".rstrip(", ")
         if now else "nowhere, by what is logged"),
        ("Homes", f"{homes}, with {story.moves} move{'' if story.moves == 1 else 's'}; {len(year)} begun in the last 12 months" if homes else ""),
        ("Missing", f"{_many(len(history.missing), 'time')}, {_many(away, 'day')}" if history.missing else ""),
        ("Reviews", f"{len(history.reviews)}, the latest on {said_day(history.reviews[-1].held_on)}" if history.reviews else ""),
    ]  # fmt: skip


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def said_day(day: date) -> str:
    """`3 May 2025`."""
    return f"{day.day} {day:%b %Y}"
