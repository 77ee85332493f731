"""Money, miles and counts as people type them. Money is integer pence per week; miles are a float."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from placement_tui.domain.typed_text import clean, shown
from placement_tui.errors import Invalid

MOST_PENCE = 50_000_00  # a week; beyond it a figure was mistyped, since the dearest homes of the country are below
MOST_MILES = 900.0  # Great Britain from end to end
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_MONEY = re.compile(rf"(-?)£?({_NUMBER})(?:\.([0-9]*))?")
_PER_WEEK = re.compile(r"\s*(?:/|p\.?/?|per|a|each)\s*(?:w|wk|week)\.?$|\s*weekly$")
_OTHER_TIMES = re.compile(r"(?:/|per|a|p\.?)\s*(?:day|night|month|year|annum|n|m|d|a|y)$|(?:daily|monthly|yearly)$")
_MILES = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:m|mi|mls|mile|miles)?")


def _folded(text: str) -> str:
    # One dash for all minus signs: the negative is refused as what it is.
    return re.sub("[−–—‐‑]", "-", unicodedata.normalize("NFKC", clean(text))).casefold()


def money(text: str, field: str = "fee") -> int:
    """A weekly amount in pence: `812`, `£812`, `4,150.50`, `812 pw`, `812 a week`.

    Raises Invalid for less than nothing, more than two decimals, another period than a week, and over £50,000 a week.
    """
    plain = _folded(text)
    if not plain:
        raise Invalid(field, "No amount was typed", "It is pounds a week", "Type it like 812 or 4,150.50")
    weekly = _PER_WEEK.sub("", plain)
    match = _MONEY.fullmatch(weekly.replace("£ ", "£").replace("£-", "-£"))
    if match is None:
        if _OTHER_TIMES.search(plain):
            raise Invalid(
                field, f"{shown(text)} is not by the week", "Fees are kept as pounds a week", "Type it like 812 pw"
            )
        raise Invalid(field, f"{shown(text)} is not an amount", "It is pounds a week", "Type it like 812 or 4,150.50")
    minus, pounds, pence = match.groups(default="")
    if len(pence) > 2:
        raise Invalid(
            field, f"{shown(text)} has parts of a penny", "Two decimals are the most", "Type it like 4,150.50"
        )
    if len(pounds) > 12:
        raise _too_much(field, text)
    amount = int(pounds.replace(",", "")) * 100 + int(pence.ljust(2, "0") or "0")
    if minus and amount:
        raise Invalid(
            field, f"{shown(text)} is an offer below zero", "A week costs nothing or more", "Type it like 812"
        )
    if amount > MOST_PENCE:
        raise _too_much(field, text)
    return amount


def _too_much(field: str, text: str) -> Invalid:
    return Invalid(
        field,
        f"{shown(text)} is over £50,000 a week",
        "No home costs that",
        "Type pounds a week, like 4,150; not a year's",
    )


def money_words(pence: int) -> str:
    """Pence for people: `£4,150`, and with pence only where there are any: `£4,150.50`."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}" + (f".{rest:02}" if rest else "")


class FeeSplit(NamedTuple):
    """A weekly fee in pence: the total, and what of it is social care, education and health."""

    total: int
    care: int
    education: int
    health: int


_LABELS = {
    **dict.fromkeys(("care", "social", "social care", "sc"), "care"),
    **dict.fromkeys(("edu", "ed", "education", "educ", "school"), "education"),
    **dict.fromkeys(("health", "nhs", "icb", "hea"), "health"),
}
_PART = re.compile(r"(?P<before>[a-z ]*?)\s*(?P<amount>-?£?\s?-?[0-9][0-9.,]*)\s*(?P<after>[a-z ]*)")
_TEACH = "Type 812 (all care), 3600/550/0 (care/education/health), or 4150 = 3600 care + 550 edu"


def fee_split(text: str, field: str = "fee") -> FeeSplit:
    """A weekly fee with its parts, in pence. Three ways to type it:

    `812`                          all of it social care
    `3600/550/0`, `3600/550`       care / education / health, in this order; the total is their sum
    `3600 care + 550 edu`          parts by name, joined with +; the total is their sum

    `4150 = ` before either of the last two says the total as well: it must be the sum, or, where care is not among
    the named parts, care is the rest. Raises Invalid, and the sentence teaches this grammar.
    """
    plain = _PER_WEEK.sub("", _folded(text))
    head, equals, tail = plain.partition("=")
    total = money(head, field) if equals else None
    parts = tail if equals else plain
    if "/" in parts:
        split = _by_order(parts, text, field)
    elif "+" in parts or any(letter.isalpha() for letter in parts) or equals:
        split = _by_name(parts, text, field)
    elif len(parts.split()) > 1 and not parts.startswith("£ "):
        raise Invalid(field, f"{shown(text)} does not say which part is which", _TEACH)
    else:
        split = {"care": money(parts, field)}
    if total is not None and "care" not in split:
        split["care"] = total - sum(split.values())
    found = sum(split.values())
    if total is not None and (total != found or split["care"] < 0):
        raise _unequal(field, text, total, sum(max(0, part) for part in split.values()))
    if found > MOST_PENCE:
        raise _too_much(field, text)
    return FeeSplit(found, split.get("care", 0), split.get("education", 0), split.get("health", 0))


def _unequal(field: str, text: str, total: int, found: int) -> Invalid:
    detail = f"The parts make {money_words(found)}, the total says {money_words(total)}"
    return Invalid(field, f"{shown(text)} does not add up", detail, _TEACH)


def _by_order(parts: str, text: str, field: str) -> dict[str, int]:
    amounts = parts.split("/")
    if len(amounts) > 3:
        raise Invalid(field, f"{shown(text)} has {len(amounts)} parts", "There are care, education and health", _TEACH)
    return {name: money(each, field) for name, each in zip(("care", "education", "health"), amounts, strict=False)}


def _by_name(parts: str, text: str, field: str) -> dict[str, int]:
    split: dict[str, int] = {}
    for part in parts.split("+"):
        match = _PART.fullmatch(part.strip())
        label = f"{match['before']} {match['after']}".strip() if match else ""
        name = _LABELS.get(label)
        if match is None or name is None:
            raise Invalid(
                field, f"{shown(text)} is not a fee with parts", "Each part wants an amount and a name", _TEACH
            )
        if name in split:
            raise Invalid(field, f"{shown(text)} names {name} twice", "Each part stands once", _TEACH)
        split[name] = money(match["amount"], field)
    return split


def fee_words(split: FeeSplit) -> str:
    """A fee for people, which `fee_split` reads back: `£812`, `£4,150 = £3,600 care + £550 edu`."""
    named = ((split.care, "care"), (split.education, "edu"), (split.health, "health"))
    parts = [f"{money_words(pence)} {name}" for pence, name in named if pence]
    if split.care == split.total:
        return money_words(split.total)
    return f"{money_words(split.total)} = {' + '.join(parts)}"


def miles(text: str, field: str = "miles") -> float:
    """A distance in miles: `20`, `20mi`, `6.5 miles`. Raises Invalid below zero, over 900, and for kilometres."""
    plain = _folded(text)
    match = _MILES.fullmatch(plain)
    if match is None or len(match[1]) > 12:
        why = "Distances are in miles" if "k" in plain else "A distance is a number of miles, zero or more"
        raise Invalid(field, f"{shown(text)} is not a distance", why, "Type it like 20 or 6.5")
    value = float(match[1])
    if value > MOST_MILES:
        raise Invalid(field, f"{shown(text)} is too far", "Great Britain is under 900 miles long", "Type it like 20")
    return value


_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def count(text: str, field: str = "number", *, least: int = 0, most: int = 99) -> int:
    """A whole number between `least` and `most`: `3`, `three`. Raises Invalid."""
    plain = _folded(text)
    value = _WORDS.index(plain) if plain in _WORDS else None
    if value is None and re.fullmatch("-?[0-9]{1,9}", plain):
        value = int(plain)
    if value is None:
        raise Invalid(
            field, f"{shown(text)} is not a whole number", "Only figures can be", f"Type it like {max(least, 2)}"
        )
    if not least <= value <= most:
        raise Invalid(
            field, f"{value} cannot be", f"It lies between {least} and {most}", f"Type it like {max(least, 1)}"
        )
    return value
