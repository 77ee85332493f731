"""Places of a home: approved, lived in, kept for somebody, free; and the usual fostering limit, counted.

Children of other authorities are counts only: who they are is no business of this store. The limit is Schedule 7 of the
Children Act 1989: three children (paragraph 2), any number of brothers and sisters together (paragraph 3), and an
exemption by the authority where the carer lives that describes the children by name (paragraph 4). Who fosters a child
not named there, and exceeds the limit in so doing, is treated as carrying on a children's home (paragraph 5).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from placement_tui.domain.typed_text import clean, shown
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid

USUAL_FOSTERING_LIMIT = 3
READINGS = ("household", "carer")  # whose limit it is: a council's own reading, a setting
REASONS = ("within", "siblings", "exempt", "over")


@dataclass(frozen=True, slots=True)
class HoldRow:
    """Beds that a home keeps for us: how many, for which referral, said by whom, until when."""

    id: UUID
    home_id: UUID
    beds: int
    held_at: datetime
    until_at: datetime | None = None
    said_by: str = ""
    referral_id: UUID | None = None
    reference: str | None = None
    name: str = ""  # the home's

    def stands(self, now: datetime) -> bool:
        """True until its time has come: at that minute it is no more."""
        return self.until_at is None or self.until_at > now


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """Leave to foster one named child over the usual limit: given by which authority, from when until when."""

    id: UUID
    home_id: UUID
    child_id: UUID
    child: str
    given_by: str
    from_on: date
    until_on: date | None = None
    why: str = ""
    name: str = ""  # the home's

    def stands(self, on: date) -> bool:
        """True from its first day to its last."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of approval or registration: ages, how many, one sex only; None where there is no such limit or none known."""

    age_min: int | None = None
    age_max: int | None = None
    places: int | None = None
    sexes: str | None = None

    @property
    def words(self) -> str:
        """`ages 4 to 12, girls only, 2 places`."""
        low, high = self.age_min, self.age_max
        if low is None and high is None:
            ages = "any age"
        else:
            ages = f"up to {high}" if low is None else f"from {low}" if high is None else f"{low} to {high}"
            ages = f"ages {ages}"
        sexes = {"M": "boys only", "F": "girls only"}.get(self.sexes or "", "")
        places = "" if self.places is None else _counted(self.places, "place")
        return ", ".join(part for part in (ages, sexes, places) if part)


_RANGE = re.compile(
    r"(?:(?:from )?([0-9]{1,2}) ?(?:-|to) ?([0-9]{1,2})|(?:from )?([0-9]{1,2}) ?\+|(?:up to |-) ?([0-9]{1,2}))"
)
_SEXES = {
    "M": ("m", "boys", "boy", "male"),
    "F": ("f", "girls", "girl", "female"),
    None: ("any", "both", "all", "mixed"),
}


def typed_ages(text: str) -> tuple[int | None, int | None]:
    """`4-12`, `4+`, `up to 12`, `any`: the youngest and the oldest. Raises Invalid."""
    said = clean(text).casefold().replace("\u2013", "-")
    if said in ("any", "all", ""):
        return None, None
    found = _RANGE.fullmatch(said)
    if found is None:
        raise Invalid("ages", f"{shown(text)} is no range of ages", mend="type it like 4-12, 4+, up to 12, or any")
    low, high, above, below = (None if part is None else int(part) for part in found.groups())
    return (low if above is None else above), (high if below is None else below)


def typed_sexes(text: str) -> str | None:
    """`boys` is M, `girls` is F, `any` is None. Raises Invalid."""
    said = clean(text).casefold()
    for sex, named in _SEXES.items():
        if said in named:
            return sex
    raise Invalid("only", f"{shown(text)} is neither boys nor girls", mend="boys, girls, or any")


def outside_terms(terms: Terms, age: int | None, sex: str) -> str:
    """Why a child is not within the terms, in words; empty where they are, or where it cannot be said."""
    low, high = terms.age_min, terms.age_max
    if age is not None and ((low is not None and age < low) or (high is not None and age > high)):
        return f"the child is {age}"
    if terms.sexes is not None and sex in ("M", "F") and sex != terms.sexes:
        return "takes boys only" if terms.sexes == "M" else "takes girls only"
    return ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """One home's places now. `others` is None where nobody said; `children` are ours who live there.

    `free` are the places that nobody has: what is approved or registered less ours, the others that were said, and the
    beds held. None where nobody knows how many places there are.
    """

    registered: int | None = None
    ours: int = 0
    others: int | None = None
    held: int = 0
    free: int | None = None
    children: tuple[UUID, ...] = ()
    exemptions: tuple[ExemptionRow, ...] = ()
    holds: tuple[HoldRow, ...] = ()
    others_said_at: datetime | None = None

    @property
    def living(self) -> int:
        """Children who live there: ours, and those of others that were said."""
        return self.ours + (self.others or 0)

    @property
    def words(self) -> str:
        """`4 places: 2 ours, 1 of others, 1 held, 0 free`."""
        if self.registered is None and not (self.living or self.held):
            return ""
        parts = [f"{self.ours} ours"]
        parts.append("others not said" if self.others is None else f"{self.others} of others")
        parts += [f"{self.held} held"] if self.held else []
        parts += [f"{self.free} free"] if self.free is not None else []
        places = "places not known" if self.registered is None else _counted(self.registered, "place")
        return f"{places}: {', '.join(parts)}"

    def held_for(self, referral_id: UUID | None) -> int:
        """Beds that are kept for that referral."""
        return sum(hold.beds for hold in self.holds if referral_id is not None and hold.referral_id == referral_id)

    def free_for(self, referral_id: UUID | None) -> int | None:
        """Places that a referral may have: the free ones and those held for it."""
        if self.registered is None:
            return None
        return room(self.registered, self.ours, self.others, self.held - self.held_for(referral_id))


def room(registered: int, ours: int, others: int | None, held: int) -> int:
    """Places that nobody has; none where more live there than there are places."""
    return max(0, registered - ours - (others or 0) - held)


def room_on(here: Capacity, leaving: Iterable[date], on: date, today: date) -> int:
    """Places that nobody has on a day: those of today, and for a day to come those that planned ends and the ends of
    holds free until then. `leaving` are the days on which children of ours are to leave.
    """
    gone = sum(day <= on for day in leaving) if on > today else 0
    kept = sum(
        hold.beds for hold in here.holds if hold.until_at is None or hold.until_at.astimezone(london()).date() >= on
    )
    return room(here.registered or 0, max(0, here.ours - gone), here.others, kept)


def terms_apart(one: Terms, other: Terms) -> bool:
    """True where no child can be within both: no age of theirs is shared, or one is for boys and the other for girls."""
    if one.sexes and other.sexes and one.sexes != other.sexes:
        return True
    low, high = max(one.age_min or 0, other.age_min or 0), min(one.age_max or 99, other.age_max or 99)
    return low > high


def capacity(
    registered: int | None,
    children: Sequence[UUID],
    others: int | None,
    others_said_at: datetime | None,
    holds: Sequence[HoldRow] = (),
    exemptions: Sequence[ExemptionRow] = (),
) -> Capacity:
    """A home's places from what is known of it."""
    held = sum(hold.beds for hold in holds)
    free = None if registered is None else room(registered, len(children), others, held)
    return Capacity(registered, len(children), others, held, free, tuple(children), tuple(exemptions), tuple(holds),
                    others_said_at)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """A child of ours who left a home: when they had come, the day they left, and when that was logged."""

    placement_id: UUID
    initials: str
    started_at: datetime
    ended_on: date
    logged_at: datetime

    def since(self, said_at: datetime) -> bool:
        """True where they lived there when the home last spoke of its beds, and left after it."""
        said_on = said_at.astimezone(london()).date()
        after = self.ended_on > said_on or (self.ended_on == said_on and self.logged_at > said_at)
        return self.started_at <= said_at and after


def still_free(
    said: int | None, said_at: datetime | None, starts: Iterable[datetime], holds: Iterable[HoldRow],
    left: Iterable[Left] = (), most: int | None = None,
) -> int | None:  # fmt: skip
    """Beds still free of those that a home said: less those lived in or held since it was said, and more by those that
    children of ours left since, as far as there is room (`most`); None where nobody said.
    """
    if said is None:
        return None
    since = [start for start in starts if said_at is None or start > said_at]
    kept = sum(hold.beds for hold in holds if said_at is None or hold.held_at > said_at)
    freed = sum(each.since(said_at) for each in left) if said_at is not None else 0
    found = max(0, said - len(since) - kept)
    return found + freed if most is None else max(found, min(found + freed, most))


@dataclass(frozen=True, slots=True)
class Limit:
    """How the usual fostering limit bears on a home that takes some children: how many then, how many may be, why.

    `reason` is one of `REASONS`; `unnamed` are our children there that no exemption names, where that is what fails.
    """

    children: int
    most: int
    reason: str
    unnamed: tuple[UUID, ...] = ()

    @property
    def lawful(self) -> bool:
        """True but where the limit is exceeded."""
        return self.reason != "over"


def fostering_limit(
    here: Capacity,
    coming: Sequence[UUID],
    family: Collection[UUID],
    on: date,
    *,
    reading: str = "household",
    carers: int = 1,
) -> Limit:
    """The usual fostering limit for a household that takes `coming` on a day. Schedule 7 Children Act 1989.

    `family` are all children who are brothers and sisters of those coming, themselves among them; children of other
    authorities are nobody's sibling here. `reading` is the council's: three for a household, or for each of `carers`.
    """
    most = USUAL_FOSTERING_LIMIT * (max(1, carers) if reading == "carer" else 1)
    ours = tuple(dict.fromkeys((*here.children, *coming)))
    there = len(ours) + (here.others or 0)
    if there <= most:
        return Limit(there, most, "within")
    if not here.others and all(child in family for child in ours):
        return Limit(there, most, "siblings")
    named = {exemption.child_id for exemption in here.exemptions if exemption.stands(on)}
    unnamed = tuple(child for child in ours if child not in named)
    return Limit(there, most, "over" if unnamed else "exempt", unnamed)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
