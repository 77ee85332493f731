"""Schools, streets, and people called by title or by what they are to the child: patterns, for no register has them all."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    independent grammar community catholic church education virtual which what when where our we my your next last"""
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
    new big great steps short little gentle little nice bus train car school step another different all it is"""
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|PC|DC|Sgt)\b\.?[ \t]+(?!and\b){_NAME}(?:[ \t]+{_NAME})?"
)
_RELATION = re.compile(
    r"\b(?:mum|mother|dad|father|brother|sister|gran|nan|nana|grandma|grandad|grandmother|grandfather|aunt|auntie|uncle|"
    r"cousin|friend|boyfriend|girlfriend|stepdad|stepmum|stepfather|stepmother|carer|worker|teacher|partner)"
    r"(?:,|:|[ \t]+called|[ \t]+named)?[ \t]+([A-Z][a-z'’-]+(?:[ \t]+[A-Z][a-z'’-]+)?)"
)
_NO_NAME = listed(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Christmas Easter Eid Ramadan Diwali English Welsh Polish Arabic Kurdish Urdu Muslim Christian
    Catholic Facetime FaceTime WhatsApp Zoom Teams Skype Snapchat Instagram TikTok YouTube Minecraft Roblox Fortnite Liverpool
    Everton Tranmere Manchester Wirral I We He She They The His Her In At On And But When If"""
)


def find_places(seen: Seen) -> Iterator[Match]:
    """Schools, streets, and people called by a title or by what they are to the child."""
    flat = seen.flat
    for match in _SCHOOL.finditer(flat):
        words = re.findall(r"[\w'’-]+", match[1])
        named = [at for at, word in enumerate(words) if word.casefold() not in _NO_SCHOOL]
        only_first = (
            named == [0] and len(words) == 1 and match[2] in ("School", "College") and _sentence(flat, match.start())
        )
        if named and not only_first:
            yield _match(seen, "a school", match)
    for match in _SAINT.finditer(flat):
        yield _match(seen, "a school", match)
    for match in _STREET.finditer(flat):
        words = re.findall(r"[\w'’-]+", match[1])
        kept = [word for word in words if word.casefold() not in _NO_STREET]
        if kept and not (
            len(words) == 1 and _sentence(flat, match.start()) and match[0].split()[-1] in ("Way", "Place", "Park")
        ):
            yield _match(seen, "a street", match)
    for match in _NUMBERED.finditer(flat):
        if not any(word.casefold() in _NO_STREET for word in re.findall(r"[\w'’-]+", match[1])):
            yield _match(seen, "a street", match)
    for match in _FLAT.finditer(flat):
        yield _match(seen, "an address", match)
    for match in _TITLED.finditer(flat):
        yield _match(seen, "somebody's name", match)
    for match in _RELATION.finditer(flat):
        if match[1].split()[0] not in _NO_NAME:
            yield Match("somebody's name", *seen.flat_span(*match.span(1)))


def _sentence(flat: str, start: int) -> bool:
    before = flat[:start].rstrip()[-1:] if start < 200 else flat[start - 200 : start].rstrip()[-1:]
    return before in ("", ".", "!", "?", ":", ">", "-", "*")


def _match(seen: Seen, what: str, match: re.Match[str]) -> Match:
    return Match(what, *seen.flat_span(*match.span()))
