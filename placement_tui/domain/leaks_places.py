"""Schools and streets: patterns, for no register has them all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from placement_tui.domain.leaks_names import COMMON
from placement_tui.domain.leaks_numbers import Match
from placement_tui.domain.leaks_seen import Seen, listed

_NAME = r"[A-Z][\w'’.&-]*"
_SCHOOLS = "School|Academy|College|High|Primary|Infants?|Juniors?|Grammar|Nursery|Pre-?school|PRU|Sixth Form"
_SCHOOL = re.compile(
    rf"\b((?:{_NAME}[ \t]+(?:(?:of|the|and|C)[ \t]+)?){{1,6}}?)((?:(?:C ?of ?E|RC|Catholic|Church of England|Community|"
    rf"Primary|High|Junior|Infant|Nursery|Grammar|Special|Secondary)[ \t]+){{0,3}}(?:{_SCHOOLS}))\b"
)
_SAINT = re.compile(
    r"\b(?:st\.?|saint|our lady|holy|sacred heart)[ \t]+[\w'’.-]+(?:[ \t]+[\w'’.-]+){0,4}?[ \t]+"
    r"(?:school|academy|primary|high|college|infants?|juniors?|nursery)\b",
    re.IGNORECASE,
)
_NO_SCHOOL = listed(
    """the a an his her their this that at in to of for no new old any every each year key stage special mainstream primary
    secondary high junior infant nursery after before day boarding state private local home pre sixth attends enjoys loves
    likes hates misses missed needs wants going full part time all i he she they and or sunday saturday music art sports
    goes going went gone profile attendance enjoys good excellent currently none sen send ehcp small large nearby local former
    previous current both settled started starting tuition he's she's independent grammar community catholic church education virtual which what when where our we my your next last"""
)
_KINDS = "Road|Rd|Street|Avenue|Ave|Lane|Drive|Close|Grove|Terrace|Crescent|Gardens|Mews|Court|Way|Place|Square|Hill|Park|Row|Walk|Rise|Green"
_STREET = re.compile(rf"\b((?:{_NAME}[ \t]+){{1,3}})(?:{_KINDS})\b")
_NUMBERED = re.compile(
    r"\b(?:flat[ \t]+\d{1,4}[a-z]?,?[ \t]+)?\d{1,4}[a-z]?,?[ \t]+((?:[a-z'’.-]+[ \t\n]+){1,3})"
    r"(?:road|rd|street|avenue|ave|lane|drive|close|grove|terrace|crescent|gardens|mews|court|way|place|square|park|row|walk|rise)\b",
    re.IGNORECASE,
)
_FLAT = re.compile(r"\bflat[ \t]+(?:no\.?[ \t]*)?\d{1,4}[a-z]?\b", re.IGNORECASE)
_NO_STREET = listed(
    """the a an of in to on by from his her their this that at for every each which some any no per minutes minute mins min
    miles mile hours hour days day weeks week months month years year times time and or with hours' minutes' foot metre metres
    coronation sesame magistrates magistrates' family high youth crown county civil milky long same only own one two other
    better best good half right wrong national theme car safe adventure play skate water country main busy quiet front back
    new big great steps short little cross busy dead gentle little nice bus train car school step another different all it is"""
)
_EASED = re.compile(r"(?<![\w'’-])[A-Z][A-Z'’-]+(?![\w'’-])")
_SCHOOL_IN_SMALL = re.compile(
    r"\b(?:at|to|from|attend(?:s|ed|ing)?)[ \t]+((?:[a-z'’-]+[ \t]+){1,3})"
    r"(?:high|primary|junior|infant|grammar|secondary|community)[ \t\n]+(?:school|academy)\b"
)
_SCHOOL_SAID = re.compile(
    rf"\b[Ss]chool(?:[ \t]+(?:is|was))?(?:[ \t]+(?:called|named)[ \t]+|:[ \t]+)({_NAME}(?:[ \t]+{_NAME}){{0,3}})"
    rf"|\b(?:pupil|student|enrolled|on roll)[ \t]+at[ \t]+(?:the[ \t]+)?({_NAME}(?:[ \t]+{_NAME}){{0,3}})"
    rf"|\b(?:attends|attended|attending|goes to|went to|moved to)[ \t]+((?:St\.?|Saint|Our Lady)[ \t\n]+{_NAME})"
)
_SCHOOL_OVER = re.compile(
    rf"({_NAME})[ \t]*\n[ \t]*(?:(?:Community|Primary|High|Junior|Infant|Grammar|Secondary)[ \t]+)+(?:School|Academy|College)\b"
    rf"|\b(?:at|to|attends)[ \t]+({_NAME}(?:[ \t]+{_NAME}){{0,3}})[ \t]*\n[ \t]*(?:School|Academy|College|Primary|High)\b(?![ \t]+[a-z])"
)
_STREET_OVER = re.compile(
    rf"({_NAME})[ \t]*\n[ \t]*(?:Road|Street|Avenue|Crescent|Terrace|Grove|Drive|Lane)\b(?![ \t]+[a-z])"
)
_STREET_IN_SMALL = re.compile(
    r"\b(?:on|in|at|off|near|from|to)[ \t]+([a-z'’-]{3,})[ \t\n]+(?:avenue|crescent|terrace|road|street|grove)\b"
)


def find_places(seen: Seen) -> Iterator[Match]:
    """Schools and streets, also where they are shouted, in small letters or broken by a line's end."""
    flat = seen.flat
    eased = _EASED.sub(lambda match: match[0].capitalize(), flat)
    for text in dict.fromkeys((flat, eased)):
        yield from _schools(seen, text)
        yield from _streets(seen, text)
    for match in _SAINT.finditer(flat):
        yield _match(seen, "a school", match)
    for match in _SCHOOL_IN_SMALL.finditer(flat):
        if any(word not in _NO_SCHOOL and word not in COMMON for word in match[1].split()):
            yield _match(seen, "a school", match)
    for match in _NUMBERED.finditer(flat):
        if not any(word.casefold() in _NO_STREET for word in re.findall(r"[\w'’-]+", match[1])):
            yield _match(seen, "a street", match)
    for match in _STREET_IN_SMALL.finditer(flat):
        if match[1] not in _NO_STREET and match[1] not in COMMON:
            yield _match(seen, "a street", match)
    for match in _FLAT.finditer(flat):
        yield _match(seen, "an address", match)


def _schools(seen: Seen, flat: str) -> Iterator[Match]:
    for match in _SCHOOL.finditer(flat):
        words = re.findall(r"[\w'’-]+", match[1])
        named = [at for at, word in enumerate(words) if word.casefold() not in _NO_SCHOOL]
        only_first = (
            named == [0] and len(words) == 1 and match[2] in ("School", "College") and _sentence(flat, match.start())
        )
        if named and not only_first and (flat is seen.flat or _names(words[-1], _NO_SCHOOL)):
            yield _match(seen, "a school", match)
    for pattern in (_SCHOOL_SAID, _SCHOOL_OVER):
        for match in pattern.finditer(flat):
            name = next(group for group in match.groups() if group)
            if name.split()[0].rstrip(".,").casefold() not in _NO_SCHOOL:
                yield _match(seen, "a school", match)


def _streets(seen: Seen, flat: str) -> Iterator[Match]:
    for match in _STREET.finditer(flat):
        words = re.findall(r"[\w'’-]+", match[1])
        kept = [word for word in words if word.casefold() not in _NO_STREET]
        if (
            kept
            and not (
                len(words) == 1 and _sentence(flat, match.start()) and match[0].split()[-1] in ("Way", "Place", "Park")
            )
            and (flat is seen.flat or _names(words[-1], _NO_STREET))
        ):
            yield _match(seen, "a street", match)
    for match in _STREET_OVER.finditer(flat):
        if match[1].casefold() not in _NO_STREET:
            yield _match(seen, "a street", match)


def _names(word: str, none: frozenset[str]) -> bool:
    return word.casefold() not in none and word.casefold() not in COMMON


def _sentence(flat: str, start: int) -> bool:
    before = flat[:start].rstrip()[-1:] if start < 200 else flat[start - 200 : start].rstrip()[-1:]
    return before in ("", ".", "!", "?", ":", ">", "-", "*")


def _match(seen: Seen, what: str, match: re.Match[str]) -> Match:
    return Match(what, *seen.flat_span(*match.span()))
