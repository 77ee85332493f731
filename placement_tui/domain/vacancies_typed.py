"""A vacancy as it is said on the phone, typed in one line while they are still speaking."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from placement_tui.domain.capacity import typed_ages, typed_sexes
from placement_tui.domain.typed_dates import day
from placement_tui.domain.typed_numbers import count
from placement_tui.domain.typed_text import clean, short_text, shown
from placement_tui.domain.vacancies import MOST_BEDS, NewVacancy, check
from placement_tui.errors import Invalid

WHO_LIMIT = 100
NOTE_LIMIT = 500
EXAMPLE = "type it like 2 girls 8-14 from mon, Jo"

_NONE = ("none", "no", "full", "nothing", "nil")
_ONE = ("a", "an", "one")
_SAID = re.compile(r"(?:said by|says|said|by) ")
_UNTIL = re.compile(r"^(?P<head>.*?)\b(?:until|till) (?P<until>.+)$")
_AGES = re.compile(
    r"\b(?:ages? |aged )?(?:[0-9]{1,2} ?(?:-|to) ?[0-9]{1,2}\b|[0-9]{1,2} ?\+|(?:up to|under) [0-9]{1,2}\b)"
    r"|\b(?:aged?) [0-9]{1,2}\b"
)
_MORE = re.compile(r"(?:from|until|till|expected|ages?|aged|girls?|boys?|under|up to|only|either|[0-9])\b")
_FILLER = ("bed", "beds", "free", "for", "place", "places", "aged", "age", "ages", "only", "child", "children", "or",
           "and", "either", "sex")  # fmt: skip


def read(text: str, today: date) -> NewVacancy:
    """What is said on the phone, typed in one line: `2 girls 8-14 from mon until 4 dec, Jo`, `none`, `1 expected from fri`.

    How many, boys or girls, ages, days; after a comma who said so, after another anything else. A comma within what is
    said of the bed parts nothing. Raises Invalid, and says which words were not understood.
    """
    facts, *rest = _parted(clean(text).split(","), text, today)
    who = _SAID.sub("", short_text("said_by", rest[0] if rest else "", WHO_LIMIT).strip(), count=1)
    note = short_text("note", ",".join(rest[1:]), NOTE_LIMIT).strip()
    new = _facts(facts, text, today)
    return check(replace(new, said_by=who, note=note), today)


def _parted(parts: list[str], text: str, today: date) -> list[str]:
    """What is said of the bed as one, then the parts that are something else: `one bed, boy 12-15, from fri, Jo`."""
    facts, *rest = parts
    others: list[str] = []
    for part in rest:
        said = part.strip().casefold()
        if _MORE.match(said):
            begins = said.startswith(("from ", "until ", "till "))
            days = re.search(r"\b(?:until|till) " if begins else r"\b(?:from|until|till) ", facts, re.IGNORECASE)
            at = len(facts) if said.startswith(("until ", "till ")) or days is None else days.start()
            joined = f"{facts[:at]} {said} {facts[at:]}"
            # a day that cannot be is refused, and never taken for somebody's name
            if (begins and not others) or _readable(joined, text, today):
                facts = joined
                continue
        others.append(part)
    return [facts, *others]


def _readable(facts: str, text: str, today: date) -> bool:
    try:
        _facts(facts, text, today)
    except Invalid:
        return False
    return True


def _facts(facts: str, text: str, today: date) -> NewVacancy:
    """How many, for whom, from when until when. Raises Invalid."""
    words = " ".join(facts.casefold().replace("\u2013", "-").split())
    if not words:
        raise Invalid("beds", "How many beds?", mend=EXAMPLE)
    until_on = None
    if ends := _UNTIL.match(words):
        words, until_on = ends["head"].strip(), day(ends["until"], today, field="until")
    head, begins = _from(words)
    if begins and until_on is None and " to " in begins:
        begins, _, last = begins.partition(" to ")
        until_on = day(last, today, field="until")
    from_on = day(begins, today, field="from") if begins else None
    head, expected = _expected(head)
    low = high = None
    if found := _AGES.search(_after_beds(head)):
        ages = re.sub(r"^(?:ages? |aged )", "", found[0]).replace("under ", "up to ")
        low, high = typed_ages(f"{ages}-{ages}" if ages.isdigit() else ages)
        head = head.replace(found[0], " ", 1)
    beds, sexes = _beds(head.split(), text)
    if from_on is not None and from_on <= today and expected:
        from_on = None
    return NewVacancy(beds, low, high, sexes, from_on, until_on, expected)


def _from(words: str) -> tuple[str, str]:
    head, sign, begins = words.rpartition("from ")
    return (head.strip(), begins.strip()) if sign else (words, "")


def _expected(head: str) -> tuple[str, bool]:
    kept = [word for word in head.split() if word not in ("expected", "exp", "maybe")]
    return " ".join(kept), len(kept) < len(head.split())


def _after_beds(head: str) -> str:
    """The words after the number of beds, so that `2 8-14` is two beds and not ages from 2."""
    first, _, rest = head.partition(" ")
    return rest if first.isdigit() or first in (*_NONE, *_ONE) else head


def _beds(words: list[str], text: str) -> tuple[int, str | None]:
    beds: int | None = None
    sexes: set[str | None] = set()
    strange: list[str] = []
    for word in words:
        if word in _NONE and beds is None:
            beds = 0
        elif word in _ONE and beds is None:
            beds = 1
        elif word.isdigit() and beds is None:
            beds = count(word, "beds", most=MOST_BEDS)
        elif word in _FILLER:
            continue
        else:
            try:
                sexes.add(typed_sexes(word))
            except Invalid:
                strange.append(word)
                continue
            if beds is None and word in ("girl", "boy"):
                beds = 1
    if strange:
        raise Invalid("beds", f"{shown(' '.join(strange))} was not understood", mend=EXAMPLE)
    if beds is None:
        raise Invalid("beds", f"{shown(text)} does not say how many beds", mend=EXAMPLE)
    return beds, sexes.pop() if len(sexes) == 1 else None
