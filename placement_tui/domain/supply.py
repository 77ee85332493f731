"""What the market lacks: demand against supply, forced choices, who holds the local beds, and which were not asked.

Wirral 2019 asks why other authorities' children hold local homes and "why we have not accessed those placements", and
names "3 referrals for every vacancy"; Worcestershire 2015 that residential homes were used "as there were no other
placements available". Counts, each with what exactly it counts; nothing is predicted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.provision import HOME_KINDS, KINDS
from placement_tui.domain.insight import Block, Cut, Row, share

AGES: tuple[tuple[str, int, int], ...] = (
    ("under 1", 0, 0),
    ("1 to 4", 1, 4),
    ("5 to 9", 5, 9),
    ("10 to 15", 10, 15),
    ("16 and 17", 16, 17),
)
UNKNOWN = "not said"
WORD_LASTS = timedelta(days=14)  # before a placement, that a home's word of a free bed is taken for still so


@dataclass(frozen=True, slots=True)
class Asked:
    """A referral: what it wants first, its children's ages and needs, when it came and whether it is open or placed."""

    id: UUID
    received_on: date
    state: str
    type: str
    ages: tuple[int | None, ...]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Free:
    """Beds that a home says are free now: what kind of home, for which ages, whether in the council's own area."""

    home_id: UUID
    kind: str
    beds: int
    age_min: int | None
    age_max: int | None
    local: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A placement that began: what was wanted, what was got, whether in the area, from which referral."""

    id: UUID
    referral_id: UUID | None
    started_at: datetime
    wanted: str
    got: str
    in_area: bool | None


@dataclass(frozen=True, slots=True)
class LocalHome:
    """A home in the council's own area: its places, our children there, other authorities' and whose they are."""

    id: UUID
    name: str
    kind: str
    places: int | None
    ours: int
    others: int | None
    said_at: datetime | None
    whose: tuple[tuple[str, int, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """What a home said of its free beds, and when."""

    said_at: datetime
    beds: int


def type_words(code: str) -> str:
    """A type of provision for people."""
    return KINDS.label(code) if code in KINDS else UNKNOWN


def age_band(age: int | None) -> str:
    """The band of an age, as `10 to 15`."""
    return next((words for words, low, high in AGES if age is not None and low <= age <= high), UNKNOWN)


def serves(kind: str) -> tuple[str, ...]:
    """The types that a kind of home may serve."""
    return HOME_KINDS[kind].serves if kind in HOME_KINDS else ()


def demand(asked: Iterable[Asked], free: Sequence[Free], by: str) -> Block:
    """Open referrals for each free bed, now: by type (the first wish), by age band or by need."""
    wants: Counter[str] = Counter()
    for row in asked:
        if row.state == "open":
            wants.update(
                {"type": [row.type], "age": sorted({age_band(age) for age in row.ages}), "need": sorted(row.needs)}[by]
            )
    beds: Counter[str] = Counter()
    for bed in free:
        if by == "type":
            beds.update({serves(bed.kind)[0]: bed.beds} if serves(bed.kind) else {})
        elif by == "age":
            beds.update({words: bed.beds for words, low, high in AGES if _takes(bed, low, high)})
    label: Callable[[str], str] = {"type": type_words, "need": NEEDS.label}.get(by, str)
    rows = []
    for key in sorted(set(wants) | set(beds), key=lambda each: (-wants[each], each)):
        note = "" if by == "need" else "no bed free" if not beds[key] else ""
        ratio = wants[key] / beds[key] if beds[key] else None
        rows.append(
            Row(
                label(key),
                ratio,
                wants[key],
                wants[key],
                None if by == "need" else beds[key],
                note=note,
                cuts=(Cut(by, key),),
            )
        )
    if by == "need":
        rows = [Row(row.label, row.n, row.n, cuts=row.cuts) for row in rows]
    else:
        total, all_beds = sum(row.state == "open" for row in asked), sum(bed.beds for bed in free)
        rows.append(Row("all", total / all_beds if all_beds else None, total, total, all_beds))
    count = "open referrals with such a need; nobody says which needs a free bed is for" if by == "need" else (
        "open referrals for each bed that a home says is free (a word of the last 28 days): "
        + ("by the type wished for first; a bed counts once, as what that kind of home usually is" if by == "type" else
           "a referral counts in each band that it has a child in, a bed in each band that it is for")
    )  # fmt: skip
    return Block(
        "demand", f"Referrals per vacancy now, by {by}", count, tuple(rows), "count" if by == "need" else "rate",
        source="Wirral 2019: 3 referrals for every vacancy", empty="No referral is open and no bed is free.",
    )  # fmt: skip


def _takes(bed: Free, low: int, high: int) -> bool:
    return (bed.age_min or 0) <= high and low <= (17 if bed.age_max is None else bed.age_max)


def flow(asked: Iterable[Asked], first: date, last: date) -> Block:
    """Referrals received month by month, by the type wished for first."""
    counted: Counter[tuple[str, str]] = Counter()
    months: set[str] = set()
    for row in asked:
        if first <= row.received_on <= last:
            month = f"{row.received_on:%Y-%m}-01"
            counted[row.type, month] += 1
            months.add(month)
    kinds = sorted(
        {kind for kind, _ in counted}, key=lambda kind: (-sum(n for (k, _), n in counted.items() if k == kind), kind)
    )
    rows = [Row(type_words(kind), counted[kind, month], counted[kind, month], across=month, cuts=(Cut("type", kind), Cut("month", month)))
            for kind in kinds for month in sorted(months)]  # fmt: skip
    return Block("flow", "Referrals received, by month", "referrals received in each month, by the type wished for first", tuple(rows),
                 "count", "trend", "Sefton 2023; Walsall 2023-26: demand", "No referral was received in that time.")  # fmt: skip


def forced(begun: Sequence[Begun]) -> Block:
    """Placements of another type than was wanted, of those that say what was wanted, by what was wanted."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for row in begun:
        if row.wanted:
            groups[row.wanted][row.got] += 1
    rows = []
    for kind, got in sorted(groups.items(), key=lambda each: -each[1].total()):
        other = got.total() - got[kind]
        instead = ", ".join(f"{n} {type_words(code).lower()}" for code, n in got.most_common() if code != kind)
        rows.append(
            share(
                type_words(kind),
                other,
                got.total(),
                note=f"got: {instead}" if instead else "",
                cuts=(Cut("wanted", kind),),
            )
        )
    whole = sum(got.total() for got in groups.values())
    if rows:
        rows.append(share("all", sum(row.numerator or 0 for row in rows), whole, cuts=(Cut("wanted", ""),)))
    return Block("forced", "Got something else than was wanted", "placements that began in the period whose type is not the one "
                 "wanted, of those that say what was wanted", tuple(rows), "share",
                 source="Worcestershire 2015: forced substitution", empty="No placement of that time says what was wanted.")  # fmt: skip


def holders(homes: Sequence[LocalHome], away_now: int = 0) -> Block:
    """Which authorities' children hold beds in the council's own area, and since when at the latest word."""
    held: Counter[str] = Counter()
    since: dict[str, date] = {}
    spoken = [home for home in homes if home.others is not None]
    for home in spoken:
        named = 0
        for authority, beds, day in home.whose:
            held[authority or UNKNOWN] += beds
            named += beds
            if day is not None:
                since[authority or UNKNOWN] = min(day, since.get(authority or UNKNOWN, day))
        held[UNKNOWN] += max(0, (home.others or 0) - named)
    places = sum(home.places or 0 for home in spoken)
    rows = [
        Row(f"of {authority}" if authority != UNKNOWN else "nobody said whose", n, n, n, places or None,
            note=f"since {since[authority]:%d/%m/%Y} or before" if authority in since else "", cuts=(Cut("holder", authority),))
        for authority, n in held.most_common() if n
    ]  # fmt: skip
    if homes:
        ours, known = sum(home.ours for home in homes), sum(home.places or 0 for home in homes)
        rows.append(Row("ours, in all local homes", ours, ours, ours, known or None))
        rows.append(Row("ours, outside the area", away_now, away_now))
    return Block("holders", "Who holds our local beds", f"beds in homes of the council's own area by whose child has them, as {len(spoken)} of "
                 f"{len(homes)} local homes said at their last word, of the places of those homes; then our own children, of all "
                 "registered places, and those whom we placed outside the area", tuple(rows), "count",
                 source="Wirral 2019, action 5: 175 children of other authorities; Sefton 2023: net importer",
                 empty="No home lies in the council's own area.")  # fmt: skip


def not_asked(
    begun: Iterable[Begun], words: Mapping[UUID, Sequence[Word]], homes: Mapping[UUID, LocalHome],
    asked: Mapping[UUID, frozenset[UUID]],
) -> dict[UUID, tuple[str, ...]]:  # fmt: skip
    """By placement that went away, the names of local homes of its type that had said a bed was free and were not asked.

    A home counts where its last word before the start, of the 14 days before it, was of a free bed.
    """
    gone = sorted(
        (row for row in begun if row.in_area is False and row.referral_id is not None), key=lambda row: row.started_at
    )
    said = sorted(
        ((word.said_at, key, word.beds) for key, spoken in words.items() for word in spoken), key=lambda each: each[0]
    )
    free: dict[str, dict[UUID, datetime]] = defaultdict(dict)  # by type, the homes whose last word was of a free bed
    missed: dict[UUID, tuple[str, ...]] = {}
    heard = 0
    for row in gone:
        while heard < len(said) and said[heard][0] <= row.started_at:
            at, key, beds = said[heard]
            heard += 1
            for kind in serves(homes[key].kind):
                if beds:
                    free[kind][key] = at
                else:
                    free[kind].pop(key, None)
        were = asked.get(row.referral_id, frozenset()) if row.referral_id else frozenset()
        since, standing = row.started_at - WORD_LASTS, free[row.wanted or row.got]
        for key in [key for key, at in standing.items() if at < since]:
            del standing[key]
        names = sorted(homes[key].name for key in standing if key not in were)
        if names:
            missed[row.id] = tuple(names)
    return missed


def away(begun: Sequence[Begun], missed: Mapping[UUID, Sequence[str]]) -> Block:
    """Children who went out of the area while a local home said that it had a bed and was not asked."""
    gone = [row for row in begun if row.in_area is False]
    named: Counter[str] = Counter(name for names in missed.values() for name in names)
    rows = []
    if gone:
        rows.append(
            share("went away while a local bed was not asked for", len(missed), len(gone), cuts=(Cut("away", ""),))
        )
        rows += [
            Row(f"not asked: {name}", n / len(gone), n, n, len(gone), cuts=(Cut("away", name),))
            for name, n in named.most_common(10)
        ]
    return Block("away", "Local vacancies not asked while a child went away", "placements outside the council's area that began in the period "
                 "while a local home serving the type wanted had said in the 14 days before that a bed was free, and was not "
                 "approached for that referral; of all placements outside the area", tuple(rows), "share",
                 source="Wirral 2019, action 5", empty="No placement outside the area began in that time.")  # fmt: skip
