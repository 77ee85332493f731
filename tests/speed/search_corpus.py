"""A made-up register for the search: 50,000 homes from small word lists, the same on every machine.

Many names are near each other, which is harder than a real register. Planted names stand in it once each.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from placement_tui.domain.homes import Candidate, Position


def words(text: str) -> list[str]:
    """A list of words as it is written."""
    return text.split()


NOW = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)
STEMS = words(
    """alder amber apple ash badger barley beacon beech bell birch black bracken bramble briar bridge broad brook
burn castle cedar chapel cherry clover copper coral corn crest cross dale deer dove eagle elder elm ember falcon farm
fern field finch flint ford forge fox gold grange green grove hare harvest haven hawk hazel heath heather hedge heron
high hill holly hope ivy jasmine juniper kestrel kings lake lamb larch lark laurel lavender lime linden long lower
maple marsh meadow mill minster moor moss nether north oak old orchard otter owl park pear pebble pine plum pond poplar
priory quarry raven red reed ridge river robin rose rowan saffron salt sand silver spring spruce star stone sun swan
thistle thorn tower upper vale violet walnut water wheat white willow wind winter wood wren yew"""
)
TAILS = words(
    """acre bank beck borough bourne bridge brook burn bury by cliff combe cote croft dale dean den down edge end
field fold ford garth gate ham haven head hill holm hurst land lea leigh ley low mead mere mill moor mount nook ridge
rigg side stead stock stoke ston thorpe thwaite ton top vale view ville wade water way well wick with wold wood worth
yard"""
)
LASTS = words(
    """House Lodge Cottage Court Grange Hall Manor Farm Villa Place Rise Mews Gardens Drive Lane Gate Close Home View
Barn Terrace Avenue School Centre Project"""
)
FIRSTS = ["The", "Old", "New", "Little", "Great", "Upper", "Lower", "North", "South", "East", "West", "Saint"]
OWNERS = ["Care", "Homes", "Fostering", "Children's Services", "Young People", "Futures", "Pathways", "Support"]
GRADES = ["outstanding", "good", "good", "good", "requires_improvement", "inadequate", None]
KINDS = ["res", "res", "res", "household", "household", "inhouse", "agency", "sa", "school", "family_centre", "secure"]


def homes(count: int = 50_000, seed: int = 7) -> Iterator[Candidate]:
    """`count` fictional homes across England."""
    random = Random(seed)
    towns = sorted({stem.title() + tail for stem in STEMS for tail in ("ton", "ham", "by", "port", "bury")})[::3]
    providers = [
        (
            f"{random.choice(STEMS).title()}{random.choice(TAILS)} {random.choice(OWNERS)}",
            UUID(int=random.getrandbits(128)),
        )
        for _ in range(2500)
    ]
    for number in range(count):
        kind = random.choice(KINDS)
        provider, provider_id = random.choice(providers)
        supported = kind == "sa"
        low = 16 if supported else random.choice([0, 0, 5, 8, 10])
        yield Candidate(
            id=UUID(int=random.getrandbits(128)),
            provider_id=provider_id,
            name=_name(random),
            provider=provider,
            kind=kind,
            position=_position(random),
            town=random.choice(towns),
            area=f"{random.choice(STEMS).title()}shire",
            urn=str(9_000_000 + number),
            phone=f"01632 960{number % 1000:03d}",
            registered=random.random() > 0.02,
            grade=random.choice(["consistently_strong", "inconsistent", None]) if supported else random.choice(GRADES),
            graded_on=date(2025, 1, 1) + timedelta(days=random.randrange(365)),
            places=random.choice([1, 2, 3, 4, 6, None]),
            age_min=low,
            age_max=random.choice([11, 17, 17, 17, 25]) if not supported else 17,
            sexes=random.choice([None, None, None, None, "M", "F"]),
            tier=random.choice([1, 2, 3, None]),
            weekly_pence=random.choice([None, random.randrange(50_000, 600_000)]),
            free=random.choice([None, None, 0, 1, 2]),
            free_said_at=NOW - timedelta(hours=random.randrange(200)),
            free_said_by="KM",
            asked=(asked := random.choice([0, 0, 0, random.randrange(20)])),
            offered=random.randrange(asked + 1),
            lessons=random.choice([0, 0, 0, 0, 1, 2]),
            suspended="safeguarding enquiry" if random.random() < 0.005 else None,
        )


def _name(random: Random) -> str:
    first = random.choice(STEMS).title()
    shape = random.random()
    if shape < 0.7:
        return f"{first}{random.choice(TAILS)} {random.choice(LASTS)}"
    if shape < 0.85:
        return f"{first} {random.choice(STEMS).title()} {random.choice(LASTS)}"
    return f"{random.choice(FIRSTS)} {first}{random.choice(TAILS)} {random.choice(LASTS)}"


def _position(random: Random) -> Position:
    easting, northing = random.randrange(300_000, 620_000), random.randrange(90_000, 560_000)
    latitude, longitude = 49.8 + northing / 111_200, -2.0 + (easting - 400_000) / 68_000
    authority = f"E0800{random.randrange(150):04d}"
    known = random.random()
    if known < 0.6:
        return Position(easting, northing, latitude, longitude, "postcode", authority)
    if known < 0.98:
        return Position(None, None, latitude, longitude, "approximate" if known < 0.95 else "given", authority)
    return Position()


def vowels_dropped(name: str) -> str:
    """`Bridgeview House` as `Brdgvw Hs`."""
    return "".join(mark for mark in name if mark.lower() not in "aeiou")


def letters_swapped(name: str, random: Random) -> str:
    """Two neighbours changed in each word of five letters or more."""
    words = []
    for word in name.split():
        places = [at for at in range(len(word) - 1) if word[at].lower() != word[at + 1].lower()]
        if len(word) >= 5 and places:
            at = random.choice(places)
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        words.append(word)
    return " ".join(words)


def letters_wrong(name: str, random: Random) -> str:
    """One letter wrong in each word of five letters or more."""
    words = []
    for word in name.split():
        if len(word) >= 5:
            at = random.randrange(len(word))
            wrong = random.choice([mark for mark in "abcdefghijklmnopqrstuvwxyz" if mark != word[at].lower()])
            word = word[:at] + wrong + word[at + 1 :]
        words.append(word)
    return " ".join(words)
