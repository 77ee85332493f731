"""The tokens of the query line: what each stands for, and what to say of a word that only looks like one."""

from __future__ import annotations

import re
from typing import Any

from placement_tui.domain.codes.provision import home_kinds_for

Typed = dict[str, Any]  # fields of Query and their values

QUOTES = '"“”„'
KINDS: dict[str, tuple[str, ...]] = {
    "foster": home_kinds_for("foster"),
    "ifa": ("household", "agency"),
    "inhouse": ("inhouse",),
    "res": ("res",),
    "sa": ("sa",),
    "school": ("school",),
    "secure": ("secure",),
    "pc": home_kinds_for("parent_and_child"),
    "sb": home_kinds_for("short_breaks"),
}
KIND_WORDS = {
    "foster": "fostering",
    "ifa": "agency fostering",
    "inhouse": "own foster carers",
    "res": "residential",
    "sa": "supported accommodation",
    "school": "residential school",
    "secure": "secure",
    "pc": "parent and child",
    "sb": "short breaks",
}
WISH_WORDS = {
    "foster": "fostering",
    "residential": "residential",
    "supported": "supported accommodation",
    "parent_and_child": "parent and child",
    "short_breaks": "short breaks",
}
GRADES: dict[str, frozenset[str]] = {
    "outstanding": frozenset({"outstanding"}),
    "good+": frozenset({"outstanding", "good", "consistently_strong"}),
    "ri+": frozenset({"outstanding", "good", "requires_improvement", "consistently_strong", "inconsistent"}),
    "graded": frozenset(
        {
            "outstanding",
            "good",
            "requires_improvement",
            "inadequate",
            "consistently_strong",
            "inconsistent",
            "serious_weaknesses",
        }
    ),
}
GRADE_WORDS = {
    "outstanding": "outstanding",
    "good+": "good or better",
    "ri+": "requires improvement or better",
    "graded": "graded",
}
LIFTS = {"anywhere": "miles", "anytype": "type"}
OLDEST = 25  # a care leaver may stay with former carers, or in supported lodgings, until then
MOST_TOGETHER = 12
LEAST_POUNDS, MOST_POUNDS = 50, 100_000

_SIMPLE: dict[str, Typed] = {
    **{token: {"kinds": (token,)} for token in KINDS},
    **{token: {"grade": token} for token in GRADES},
    **{token: {"lifted": (name,)} for token, name in LIFTS.items()},
    "outstanding+": {"grade": "outstanding"},
    "free": {"free": True},
    "in": {"areas": ("in",)},
    "adj": {"areas": ("adj",)},
    "new": {"asked": False},
    "asked": {"asked": True},
    "near": {"nearest": True},
    "all": {"show_all": True},
}
_MILES = re.compile(r"<?([0-9]{1,3}(?:\.[0-9]{1,2})?)(?:mi|miles?)")
_CHILD = re.compile(r"([0-9]{1,2})([mfy])|([mf])([0-9]{1,2})")
_TOGETHER = re.compile(r"sib([0-9]{1,2})")
_TIER = re.compile(r"(?:tier|t)([1-9])")
_POUNDS = re.compile(r"(?:<£?|£)([0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,7})")
_NEARLY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<?[0-9][0-9.,]*(?:kms?|metres?)"), "distance is in miles, as 10mi"),
    (re.compile(r"<?[0-9][0-9.,]*(?:mi|miles?)|<[0-9][0-9.,]*mi?"), "a distance is as 10mi or 10.5mi"),
    (re.compile(r"[0-9]+[mfy]|[mf][0-9]{2,}"), f"an age is 0 to {OLDEST}, as 14m or f9"),
    (re.compile(r"sib[0-9]+"), f"sib2 to sib{MOST_TOGETHER}: so many places together"),
    (re.compile(r"tier[0-9]+"), "a tier is tier1 to tier9"),
    (re.compile(r"[<£].*"), f"a weekly fee is as £900 or <900, {LEAST_POUNDS} to {MOST_POUNDS:,}"),
    (re.compile(r"[a-z]+\+"), "a grade is good+, ri+, outstanding or graded"),
)
_SHOWN = 20


def understand(word: str) -> Typed | None:
    """What a token stands for; empty for a plain word; None for what looks like a token and is not one."""
    key = word.lower()
    if key in _SIMPLE:
        return _SIMPLE[key]
    if found := _MILES.fullmatch(key):
        return {"miles": float(found[1])}
    if found := _CHILD.fullmatch(key):
        age, sex = int(found[1] or found[4]), (found[2] or found[3]).upper()
        if age <= OLDEST:
            return {"children": ((age, "" if sex == "Y" else sex),)}
    if (found := _TOGETHER.fullmatch(key)) and 2 <= int(found[1]) <= MOST_TOGETHER:
        return {"together": int(found[1])}
    if found := _TIER.fullmatch(key):
        return {"tiers": (int(found[1]),)}
    if found := _POUNDS.fullmatch(key):
        pounds = int(found[1].replace(",", ""))
        if LEAST_POUNDS <= pounds <= MOST_POUNDS:
            return {"weekly_pence": pounds * 100}
    return None if any(pattern.fullmatch(key) for pattern, _ in _NEARLY) else {}


def trouble(word: str) -> str:
    """A sentence on a word of which `understand` says None: the word, and how the token is written."""
    mend = next((words for pattern, words in _NEARLY if pattern.fullmatch(word.lower())), "not understood")
    return f"{word if len(word) <= _SHOWN else word[: _SHOWN - 1] + '…'}: {mend}"
