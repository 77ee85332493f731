"""The fields of an ending, and how what contributed is typed: `IN2 carer, SU1 sw`, the main one first."""

from __future__ import annotations

import re
from typing import Any

from placement_tui.domain import typed
from placement_tui.domain.codes import fold
from placement_tui.domain.codes.endings import (
    FACTOR_FAMILIES,
    FACTORS,
    NEEDS_NOTE,
    WHO_SAYS,
    Factor,
    class_of,
    who_says,
)
from placement_tui.domain.codes.needs import related_needs
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
from placement_tui.domain.endings import NewEnding, NewFactor
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid
from placement_tui.widgets.choose import Option
from placement_tui.widgets.fields import Field
from placement_tui.widgets.placement_words import class_words, factors_words
from placement_tui.widgets.typed_fields import LINE, YES_NO, Clock, day_field, long_field, needs_field

_NOTICE = re.compile(r"([0-9]{1,4})\s*(d|days?|w|wks?|weeks?)?")


def read_factors(text: str) -> tuple[NewFactor, ...]:
    """Codes or words, each with who says so after it (the officer where nobody is named). Raises Invalid."""
    found: dict[tuple[str, str], NewFactor] = {}
    for piece in re.split("[,;\n]", text):
        if words := piece.split():
            code, rest = _factor(words)
            who = _who(rest, code)
            found.setdefault((code.code, who), NewFactor(code.code, who, not found))
    return tuple(found.values())


def _factor(words: list[str]) -> tuple[Factor, list[str]]:
    for count in range(len(words), 0, -1):
        code = FACTORS.find(" ".join(words[:count]))
        if code is not None:
            return code, words[count:]
    raise FACTORS.unknown(" ".join(words), "factors")


def _who(words: list[str], code: Factor) -> str:
    if not words:
        return "officer"
    known = who_says("".join(words))
    if known is None:
        people = ", ".join(who.short for who in WHO_SAYS)
        raise Invalid(
            "factors", f"Nobody is called {' '.join(words)!r} after {code.code}", mend=f"Who says so: {people}"
        )
    return known


def read_notice(text: str) -> int:
    """Days of notice: `28`, `4 weeks`, `none`. Raises Invalid."""
    plain = text.strip().casefold()
    if plain in ("none", "no", "nil", "same day"):
        return 0
    match = _NOTICE.fullmatch(plain)
    weeks = bool(match and (match[2] or "").startswith("w"))
    return typed.count(match[1] if match else text, "notice", most=52 if weeks else 365) * (7 if weeks else 1)


class _FactorsField(Field):
    """Factors, read as a whole; the help shows the families, then what the letters may become, then who says so.

    Its options are the families, the likely ones in another ink.
    """

    def matching(self, text: str) -> list[Option]:
        """What a typed piece may mean."""
        words = text.split()
        if not words:
            return list(self.options)
        whole = FACTORS.find(words[0])
        if whole is not None and (len(words) > 1 or text.endswith(" ")):
            start = fold("".join(words[1:]))
            return [
                Option(who.code, who.short)
                for who in WHO_SAYS
                if fold(who.short).startswith(start) or who.code == who_says(start)
            ]
        start = text.strip().casefold()
        codes = [f for f in FACTORS if f.code.casefold().startswith(start)]
        codes = codes or [f for f in FACTORS if any(word.startswith(start) for word in f.spoken.casefold().split())]
        return [Option(f.code, f.spoken, f.code) for f in codes or [f for f in FACTORS if start in f.label.casefold()]]


def ending_fields(clock: Clock, reason: str | None, place: str | None) -> list[Field]:
    """The fields; the families that usually stand beside the reason come first."""
    today = clock().astimezone(london()).date()
    reasons = tuple(Option(code.code, code.spoken) for code in REASON_PLACE_CHANGE.on(today))
    families = sorted(FACTOR_FAMILIES, key=lambda family: reason not in family.beside)
    factors = tuple(Option(f.code, f.label.lower(), f.code, "accent" if reason in f.beside else "") for f in families)
    return [
        day_field("ended", "Ended on", "The day the child left: today, yesterday, 12 oct", clock, past=True, required=True, suggested="today"),
        Field("reason", "Reason", "", "choice", reasons, required=True, beside=lambda code: _reason_words(code, place)),
        _FactorsField(
            "factors", "Factors", "A code and who says so, the main one first; F5 shows them", options=factors, limit=LINE, check=read_factors, example="IN2 carer, SU1 sw",
            beside=factors_words,
        ),
        Field("notice", "Notice, days", "How many days' notice was given: 28, 4 weeks, none", check=read_notice,
              beside=lambda days: "" if days else "unplanned: no notice"),
        Field("warned", "Warned", "Was there any sign before?", "choice", YES_NO),
        long_field("warnings", "Warnings", "Which signs, and what was done: two calls in November"),
        Field("stability", "Stability mtg", "Was a stability meeting held?", "choice", YES_NO),
        long_field("kept_going", "Kept it going", "What would have kept it going: a named person to ring after 22:00"),
        long_field("lesson", "LESSON", "What the next home should know or have. It shows in the next search for this child, and for this home", 3),
        needs_field("lesson_needs", "It bears on"),
        long_field("note", "Note", "Anything else; OTHER cannot do without it"),
    ]  # fmt: skip


def _reason_words(code: str, place: str | None) -> str:
    return f"{code}, {class_words(class_of(code, place)).text}"


def needs_of(factors: tuple[NewFactor, ...]) -> list[str]:
    """The needs that the factors speak of: what the lesson probably bears on."""
    return list(dict.fromkeys(need for factor in factors for need in related_needs(factor.code)))


def lacks_note(reason: str | None, note: str) -> bool:
    """True where the reason wants a note and there is none."""
    return reason in NEEDS_NOTE and not note.strip()


def new_ending(values: dict[str, Any]) -> NewEnding:
    """The ending as typed."""
    return NewEnding(
        values["ended"], values["reason"], values["factors"] or (), values["notice"], values["warned"],
        values["warnings"] or "", values["stability"], values["kept_going"] or "", values["lesson"] or "",
        values["lesson_needs"] or (), values["note"] or "",
    )  # fmt: skip
