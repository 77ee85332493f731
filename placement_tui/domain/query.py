"""The query line: free words that match names, and tokens that filter.

    brdgview ifa 10mi good+       words and tokens in any order, upper or lower case

    ifa foster inhouse res sa school secure pc sb     kinds of home; several mean either
    10mi 10.5mi <10mi   within so many miles          good+ outstanding ri+ graded   inspection grade
    free                a bed said free lately        14m f9 14y   a boy of 14, a girl of 9, a child of 14
    sib3                three places together         in adj       own area, an adjoining one; both mean either
    tier1 t2            framework tier                new asked    not asked, or asked, for this referral
    £900 <900           weekly fee at most            all          also those that may not be asked
    near                nearest first                 anywhere anytype   lift the referral's own distance, types

A token asks for what is known: `good+` leaves out homes without a grade, `£900` those without a known fee. A home whose
name is a token is found by a quoted word, `"free"`, or a leading backslash, `\\free`; inside quotes nothing is a token.
Anything at all may be typed: what looks like a token and is not one is named in `problems` and left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from placement_tui.domain import query_tokens as tokens
from placement_tui.domain.homes import Wanted
from placement_tui.domain.query_words import child_in_words, in_words

CONSTRAINTS = ("words", "type", "child", "sib", "miles", "area", "grade", "free", "tier", "asked", "price")
MOST_WORDS = 12  # more than any name; a pasted page must not hold up the next key
MOST_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query line. Miles in statute miles, money in whole pence a week, ages in whole years."""

    words: tuple[str, ...] = ()  # as typed, without their quotes
    kinds: tuple[str, ...] = ()  # tokens, not kinds of home: see `home_kinds`
    children: tuple[tuple[int, str], ...] = ()  # age and "M", "F" or "" for each
    together: int = 0
    miles: float | None = None
    areas: tuple[str, ...] = ()
    grade: str | None = None
    free: bool = False
    tiers: tuple[int, ...] = ()
    asked: bool | None = None
    weekly_pence: int | None = None
    lifted: tuple[str, ...] = ()  # constraints of the referral that this line lifts
    nearest: bool = False
    show_all: bool = False
    problems: tuple[str, ...] = ()

    @property
    def home_kinds(self) -> frozenset[str]:
        """The kinds of home that the kind tokens stand for; empty for any."""
        return frozenset(kind for token in self.kinds for kind in tokens.KINDS[token])

    @property
    def grades(self) -> frozenset[str]:
        """The grades that the grade token lets through; empty for any."""
        return tokens.GRADES[self.grade] if self.grade else frozenset()

    def applied_to(self, wanted: Wanted) -> Wanted:
        """What is wanted when this line is typed over a referral: what is typed stands in place of what was asked."""
        if self.kinds or "type" in self.lifted:
            wanted = replace(wanted, kinds=())
        if self.miles is not None or "miles" in self.lifted:
            wanted = replace(wanted, max_miles=self.miles)
        if self.children:
            ages = tuple(age for age, _ in self.children)
            sexes = tuple(sex for _, sex in self.children if sex)
            return replace(wanted, ages=ages, sexes=sexes, together=self.together)
        return replace(wanted, together=self.together) if self.together else wanted

    def active(self, wanted: Wanted | None = None) -> tuple[str, ...]:
        """The names of the constraints that hold, the referral's own type and distance among them."""
        effective = self.applied_to(wanted or Wanted())
        held = {
            "words": self.words,
            "type": self.kinds or effective.kinds,
            "child": self.children,
            "sib": self.together,
            "miles": effective.max_miles is not None,
            "area": self.areas,
            "grade": self.grade,
            "free": self.free,
            "tier": self.tiers,
            "asked": self.asked is not None,
            "price": self.weekly_pence is not None,
        }
        return tuple(name for name in CONSTRAINTS if held[name])

    def without(self, name: str) -> Query:
        """The line without one typed constraint (see `CONSTRAINTS`); an unknown name changes nothing."""
        return replace(self, **_CLEARED[name]) if name in _CLEARED else self

    def relaxed(self, name: str) -> Query:
        """The line with a constraint given up for good: the referral's own type or distance is lifted too."""
        bare = self.without(name)
        if name not in tokens.LIFTS.values() or name in bare.lifted:
            return bare
        return replace(bare, lifted=(*bare.lifted, name))

    def in_words(self, wanted: Wanted | None = None) -> str:
        """The filter for people: "residential · within 20 miles of CH41 · good or better"; "every home" for none.

        With `wanted` the referral's own types, children and distance are named too.
        """
        effective = self.applied_to(wanted or Wanted())
        named: list[str] = []
        if self.words:
            named.append("“" + " ".join(self.words) + "”")
        if self.kinds:
            named.append(" or ".join(tokens.KIND_WORDS[token] for token in self.kinds))
        elif effective.kinds:
            named.append(", then ".join(tokens.WISH_WORDS.get(wish, wish) for wish in effective.kinds))
        if effective.ages or effective.sexes:
            named.append(child_in_words(effective, self.children))
        return in_words(self, effective, named)

    def to_text(self) -> str:
        """A line that parses to this query (its problems aside)."""
        return " ".join([*_tokens_of(self), *(_literal(word) for word in self.words)])


def parse(text: str) -> Query:
    """The query of a typed line. Never raises: what cannot be understood is in `problems`."""
    query, words, problems = Query(), list[str](), list[str]()
    for word, quoted in _split(text):
        typed = {} if quoted else tokens.understand(word)
        if typed is None:
            problems.append(tokens.trouble(word))
        elif typed:
            query = _merged(query, typed)
        else:
            words.append(word)
    if len(words) > MOST_WORDS:
        problems.insert(0, f"{len(words):,} words: the first {MOST_WORDS} are searched for")
    return replace(query, words=tuple(words[:MOST_WORDS]), problems=tuple(dict.fromkeys(problems))[:MOST_PROBLEMS])


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether it was quoted. A quote that is not closed runs to the end of the line."""
    rest = text.strip()
    while rest:
        if rest[0] in tokens.QUOTES:
            closing = min((at for mark in tokens.QUOTES if (at := rest.find(mark, 1)) > 0), default=len(rest))
            yield from ((word, True) for word in rest[1:closing].split())
            rest = rest[closing + 1 :].lstrip()
            continue
        word, *others = rest.split(maxsplit=1)
        rest = others[0] if others else ""
        if not word.startswith("\\"):
            yield word, False
        elif len(word) > 1:
            yield word[1:], True


def _literal(word: str) -> str:
    plain = word[0] not in tokens.QUOTES and word[0] != "\\" and tokens.understand(word) == {}
    return word if plain else "\\" + word


def _merged(query: Query, typed: tokens.Typed) -> Query:
    """The query with one token more: lists grow, single values are replaced by the later one."""
    changes: tokens.Typed = {}
    for name, value in typed.items():
        held = getattr(query, name)
        if isinstance(held, tuple) and isinstance(value, tuple):
            added = value if name == "children" else tuple(one for one in value if one not in held)
            changes[name] = held + added
        else:
            changes[name] = value
    return replace(query, **changes)


def _tokens_of(query: Query) -> Iterator[str]:
    yield from query.kinds
    for age, sex in query.children:
        yield f"{age}{sex.lower() or 'y'}"
    if query.together:
        yield f"sib{query.together}"
    if query.miles is not None:
        yield f"{query.miles:g}mi"
    yield from query.areas
    if query.grade:
        yield query.grade
    if query.free:
        yield "free"
    for tier in query.tiers:
        yield f"tier{tier}"
    if query.asked is not None:
        yield "asked" if query.asked else "new"
    if query.weekly_pence is not None:
        yield f"£{query.weekly_pence // 100}"
    for token, name in tokens.LIFTS.items():
        if name in query.lifted:
            yield token
    if query.nearest:
        yield "near"
    if query.show_all:
        yield "all"


_CLEARED: dict[str, tokens.Typed] = {
    "words": {"words": ()},
    "type": {"kinds": ()},
    "child": {"children": ()},
    "sib": {"together": 0},
    "miles": {"miles": None},
    "area": {"areas": ()},
    "grade": {"grade": None},
    "free": {"free": False},
    "tier": {"tiers": ()},
    "asked": {"asked": None},
    "price": {"weekly_pence": None},
    "all": {"show_all": False},
    "near": {"nearest": False},
}
