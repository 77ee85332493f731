"""What would give a child away in a text that is to leave: their own and their family's real values in any spelling.

What is known is looked for by value (names, initials, dates of birth, postcodes, numbers, former homes); what gives
anybody away is looked for by its shape (telephone numbers, addresses, schools, register numbers). Article 5(1)(c) UK
GDPR: what is sent is limited to what is necessary; a provider needs no name to say yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from placement_tui.domain import leaks_dates as dates
from placement_tui.domain import leaks_names as names
from placement_tui.domain import leaks_numbers as numbers
from placement_tui.domain import leaks_people as people
from placement_tui.domain import leaks_places as places
from placement_tui.domain.leaks_numbers import Match
from placement_tui.domain.leaks_seen import Seen, fold_word


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the text must not name. `who` is said of what is found: "the child", "a brother or sister"."""

    who: str
    name: str = ""
    initials: str = ""
    identifier: str = ""
    born_on: date | None = None
    postcode: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The real values that are looked for: people, former homes by name, our own references."""

    people: tuple[Person, ...] = ()
    homes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """One place that gives somebody away: `what` it is, and where: the line from one, and from where to where in it."""

    what: str
    line: int
    start: int
    end: int
    found: str
    heading: str = ""

    @property
    def words(self) -> str:
        """`the child's name: "Kieran" (What helps, line 3)`."""
        where = f"{self.heading}, line {self.line}" if self.heading else f"line {self.line}"
        return f'{self.what}: "{self.found}" ({where})'


def find(text: str, known: Known) -> tuple[Leak, ...]:
    """Everything in a text that gives somebody away, in the order of the text; what overlaps is one."""
    seen = Seen(text)
    return tuple(_leaks(text, _parted(_matches(seen, known))))


def find_in_name(name: str, known: Known) -> tuple[Leak, ...]:
    """The same of a file's name, where words are joined in other ways."""
    bare = name.rpartition(".")[0] or name
    spelt = (bare, bare.upper(), _titled(bare), *_apart(bare, known))
    found = {each.found.casefold(): each for text in spelt for each in find(text, known)}
    return tuple(
        Leak(each.what, 1, each.start, each.end, each.found, "the file's name")
        for each in found.values()
        if each.what != "a web address"
    )


def _titled(bare: str) -> str:
    """A file's name as words that may be a school's or a street's; a bare `high` or `primary` names none there."""
    return re.sub(
        r"\b(?:high|primary|junior|infant)s?\b(?! school| academy)", "", re.sub(r"[\W_]+", " ", bare.casefold())
    ).title()


def _apart(bare: str, known: Known) -> Iterator[str]:
    """What is known and stands in a file's name with nothing between it and the next word: `kieranprofile`, `kj14`."""
    plain = fold_word(bare)
    for person in known.people:
        for part in names.tokens(person.name):
            if len(part) > 3 and part not in names.ORDINARY and part in plain:
                yield part.upper()
        initials = fold_word(person.initials)
        if len(initials) > 1 and re.search(rf"(?<![a-z]){initials}(?![a-z])", bare.casefold()):
            yield initials.upper()


def _matches(seen: Seen, known: Known) -> Iterator[Match]:
    for person in known.people:
        for start, end in names.find_name(seen, person.name):
            yield Match(f"{person.who}'s name", *seen.span(start, end))
        for each in dict.fromkeys((person.initials, _initials(person.name))):
            if each:
                for start, end in names.find_initials(seen, each):
                    yield Match(f"{person.who}'s initials", *seen.span(start, end))
        for start, end in names.find_full(seen, person.initials):
            yield Match(f"a name with {person.who}'s initials", *seen.span(start, end))
        if person.who == "the child" and (person.initials or person.name):
            for start, end in names.find_letter(seen, person.initials or person.name[:1]):
                yield Match("the child's initial", *seen.flat_span(start, end))
        if person.born_on is not None:
            for start, end in dates.find_dates(seen, person.born_on):
                yield Match(f"{person.who}'s date of birth", start, end)
        if person.postcode:
            yield from numbers.find_postcode(seen, person.postcode)
        if person.phone:
            yield from numbers.find_phone(seen, person.phone)
        if person.identifier:
            yield from numbers.find_reference(seen, person.identifier, f"{person.who}'s case number")
    for home in known.homes:
        for start, end in names.find_phrase(seen, home):
            yield Match("a home where they lived", *seen.span(start, end))
    for reference in known.references:
        yield from numbers.find_reference(seen, reference, "our reference")
    for start, end in dates.find_labelled(seen):
        yield Match("a date of birth", start, end)
    yield from numbers.find_numbers(seen)
    yield from places.find_places(seen)
    yield from people.find_people(seen)


def _initials(name: str) -> str:
    parts = [part for part in name.split() if part[:1].isalpha()]
    return "".join(part[0] for part in parts) if len(parts) > 1 else ""


def _parted(found: Iterable[Match]) -> list[Match]:
    """What overlaps is one, as far as the widest reaches; a value that is known gives it its name before a mere shape."""
    kept: list[tuple[int, Match]] = []
    ranked = enumerate(dict.fromkeys(found))
    for rank, each in sorted(ranked, key=lambda pair: (pair[1].start, -pair[1].end)):
        if kept and each.start < kept[-1][1].end:
            before, last = kept[-1]
            what = each.what if rank < before else last.what
            kept[-1] = (min(rank, before), Match(what, last.start, max(last.end, each.end)))
            continue
        kept.append((rank, each))
    return [match for _, match in kept]


def _leaks(text: str, found: Iterable[Match]) -> Iterator[Leak]:
    heading, line, begins = "", 1, 0  # the line is counted from the heading, without the empty one below it
    for match in found:
        while (end := text.find("\n", begins)) != -1 and end < match.start:
            said = text[begins:end].lstrip()
            if said.startswith("#"):
                heading, line = said.lstrip("# ").strip(), -1
            elif said and line == 0:
                line = 1
            line, begins = line + 1, end + 1
        words = text[match.start : match.end]
        yield Leak(match.what, max(1, line), match.start - begins, match.end - begins,
                   " ".join(words.split())[:80], heading)  # fmt: skip
