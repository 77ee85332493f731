"""People who are named by what they are: by title, as family, at the head and the foot of a letter that was pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from placement_tui.domain.leaks_numbers import Match
from placement_tui.domain.leaks_seen import Seen, listed

_NAME = r"[A-Z][\w'’.&-]*"
_PLAIN = r"[A-Z](?:[a-z'’-]+|[A-Z'’-]+)"
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|PC|DC|Sgt)\b\.?[ \t]+(?!and\b){_NAME}(?:[ \t]+{_NAME})?"
)
_RELATION = re.compile(
    r"\b(?:mum|mother|dad|father|brother|sister|gran|nan|nana|grandma|grandad|grandmother|grandfather|aunt|auntie|uncle|"
    r"cousin|friend|boyfriend|girlfriend|stepdad|stepmum|stepfather|stepmother|carer|worker|teacher|partner)"
    r"(?:,|:|[ \t]*\(|[ \t]+(?:(?:is|was)[ \t]+)?called|[ \t]+named)?[ \t]*(?<![a-z])([A-Z][a-z'’-]+(?:[ \t]+[A-Z][a-z'’-]+)?)"
)
_SHOUTED = re.compile(
    r"\b(?:(?i:mum|mother|dad|father|brother|sister|carer|worker|teacher))"
    rf"(?:[ \t]*[:(]|[ \t]+(?i:called|named))[ \t]*({_PLAIN}(?:[ \t]+{_PLAIN})?)"
)
_CALLED = re.compile(
    rf"\b(?i:(?:is|was|are)[ \t]+(?:called|named)|names?[ \t]+(?:is|was|are)|friends?[ \t]+with)[ \t]+({_PLAIN}(?:[ \t]+{_PLAIN})?)"
)
_OFFICE = re.compile(rf"\b(?:SW|IRO|Judge|Guardian|SENCO)[ \t]*:?[ \t]+({_PLAIN}[ \t]+{_PLAIN})")
_HEADER = re.compile(
    rf"^[ \t*]*(?i:from|to|cc|bcc|sender|reply-to)\*{{0,2}}:[ \t*\"']*({_NAME}(?:,?[ \t]+{_NAME}){{0,3}})", re.MULTILINE
)
_GREETING = re.compile(rf"\b(?:Dear|DEAR|Hi|HI|Hello|Hiya)[ \t]+({_PLAIN}(?:[ \t]+{_PLAIN})?)")
_SIGNED = re.compile(
    rf"\b(?i:regards|wishes|many thanks|sincerely|faithfully)[ \t]*,?[ \t]*\n{{0,3}}[ \t]*({_NAME}(?:[ \t]+{_NAME}){{0,3}})"
)
_NO_NAME = listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter eid ramadan diwali english welsh polish arabic kurdish urdu muslim christian
    catholic facetime whatsapp zoom teams skype snapchat instagram tiktok youtube minecraft roblox fortnite liverpool
    everton tranmere manchester wirral i we he she they it the his her in at on and but when if all team colleague colleagues
    both everyone everybody there sir madam duty placements london a an this that their our my what who as so for not to
    from sent subject cc date"""
)


def find_people(seen: Seen) -> Iterator[Match]:
    """People called by a title, by what they are to the child, or as the writer or the reader of a letter."""
    flat = seen.flat
    for match in _TITLED.finditer(flat):
        yield Match("somebody's name", *seen.flat_span(*match.span()))
    for pattern in (_RELATION, _SHOUTED, _CALLED, _OFFICE, _HEADER, _GREETING, _SIGNED):
        for match in pattern.finditer(flat):
            if re.split(r"[\s,.]", match[1])[0].casefold() not in _NO_NAME:
                yield Match("somebody's name", *seen.flat_span(*match.span(1)))
