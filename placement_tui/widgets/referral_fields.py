"""The fields of a referral: eight for an emergency, all of them otherwise; and what was typed as a referral."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from placement_tui.domain import typed
from placement_tui.domain.codes.provision import KINDS, parse_kinds
from placement_tui.domain.codes.rules import KIN
from placement_tui.domain.referrals import ChildRow, NewChild, ReferralRow
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid
from placement_tui.widgets.choose import Option
from placement_tui.widgets.fields import Field
from placement_tui.widgets.typed_fields import (
    YES_NO,
    Clock,
    code_field,
    code_options,
    day_text,
    legal_field,
    legal_text,
    line_field,
    long_field,
    moment_text,
    needs_field,
    needs_text,
    yes_text,
)
from placement_tui.widgets.words import clock_words

_SEXES = (Option("M", "male (boy)", "m"), Option("F", "female (girl)", "f"), Option("U", "not known", "u"))
_DEFAULT_WANTED = ("foster",)
_UNACCOMPANIED = "9A"  # the census factor that says so, since no legal status does
_IDENTIFIER = 40
MOST_CHILDREN = 8
CHILD = ("child", "age", "sex", "home_postcode", "needs", "name")  # the fields of one child


class Named(NamedTuple):
    """How a child is named on lists."""

    initials: str
    identifier: str


def prefix(number: int) -> str:
    """What the ids of a child's fields begin with; the first child's with nothing."""
    return "" if number == 1 else f"{number}:"


def read_named(text: str) -> Named:
    """`KJ`, `W-10234`, or both: what has a digit, or a # before it, begins the council's own number. Raises Invalid."""
    words = typed.clean(text).split()
    at = next((n for n, word in enumerate(words) if word[0] == "#" or any(c.isdigit() for c in word)), len(words))
    before, identifier = " ".join(words[:at]), " ".join(words[at:]).removeprefix("#").strip()
    if len(identifier) > _IDENTIFIER:
        raise Invalid("child", f"That number has {len(identifier)} characters", f"at most {_IDENTIFIER} are kept")
    return Named(typed.initials(before) if before else "", identifier)


def named_text(child: ChildRow) -> str:
    """A child as the form shows it and reads it back."""
    first = child.identifier.partition(" ")[0]
    sign = "#" if first and not any(c.isdigit() for c in first) else ""
    return f"{child.initials} {sign}{child.identifier}".strip()


def _named_words(named: Named) -> str:
    return "" if named.initials or not named.identifier else "our number; initials not known"


def read_age(text: str, now: datetime) -> typed.AgeOrBirth:
    """An age, a date of birth, or both with a comma between. Raises Invalid, also where they contradict each other."""
    today = now.astimezone(london()).date()
    first, comma, second = text.partition(",")
    if comma:
        try:
            parts = [typed.age_or_birth(part, today) for part in (first, second)]
        except Invalid:
            parts = []
        born = next((part.born for part in parts if part.born), None)
        said = next((part.age for part in parts if not part.born), None)
        if born is not None and said is not None:
            return typed.AgeOrBirth(typed.check_age(said, born, today), born)
    return typed.age_or_birth(text, today)


def child_fields(number: int, clock: Clock, short: bool, together: int) -> list[Field]:
    """One child's fields; `together` is how many children there are."""
    at = prefix(number)
    same = "" if number == 1 else ". Empty: as the first child's"
    found = (
        []
        if together == 1
        else [Field(f"{at}head", f"Child {number}" if number == 1 else f"Brother or sister {number}", kind="head")]
    )
    found += [
        Field(
            f"{at}child", "Child", "Initials, our own number, or both: KJ, W-10234, KJ W-10234. Never a name",
            required=number == 1, check=read_named, beside=_named_words,
        ),
        Field(
            f"{at}age", "Age or birth", "14, 7 months, or a date of birth: 3/5/2012",
            check=lambda text: read_age(text, clock()), beside=_age_words,
        ),
        Field(f"{at}sex", "Sex", "As the statutory return knows it", "choice", _SEXES),
        Field(
            f"{at}home_postcode", "Home postcode", "Where the child's home is: distances are taken from it" + same,
            check=typed.postcode,
        ),
    ]  # fmt: skip
    if not short:
        found.append(needs_field(f"{at}needs", "Needs"))
        found.append(line_field(f"{at}name", "Name", "For the record: on no list", limit=200))
    return found


def referral_fields(clock: Clock, short: bool, urgent: bool, children: int) -> list[Field]:
    """The fields of the form, in order; `urgent` is what is understood where nothing says how soon."""
    usual = "now" if urgent else "today"
    by = Field(
        "by", "Needed by", f"now, today, or a day: tomorrow, wed 10:00, 15 oct. Empty: {usual}",
        check=lambda text: typed.needed(text, clock()), example=usual,
        beside=lambda by: "" if by.needed_by is None else clock_words(by.needed_by, clock()),
    )  # fmt: skip
    wanted = Field(
        "wanted", "Wanted", "In order of wish, with commas: foster, res. Empty: foster", options=code_options(KINDS),
        check=lambda text: tuple(kind.code for kind in parse_kinds(text)), example="foster",
        beside=lambda kinds: ", then ".join(KINDS.label(kind).lower() for kind in kinds),
    )  # fmt: skip
    tonight = line_field(
        "tonight", "Tonight", "Where they are now, and until when: at the office, with an aunt till 20:00"
    )
    why = line_field("why_now", "Why now", "In a few words: what happened")
    found = [field for n in range(1, children + 1) for field in child_fields(n, clock, short, children)]
    if children > 1:
        found.append(Field("referral:head", "The referral", kind="head"))
    if short:
        return [*found, tonight, wanted, by, why]
    found += [
        wanted,
        by,
        tonight,
        why,
        legal_field("legal_status", "Legal status", "As people say it: s20, ICO, UASC s20"),
    ]
    if children > 1:
        found.append(
            Field("together", "Together", "Are they to live together? Empty: yes", "choice", YES_NO, example="yes")
        )
    return [
        *found,
        code_field("kin_explored", "Kin explored", "Family and friends come first in law: nobody, somebody, unsafe, not yet", KIN),
        long_field("must_have", "Must have", "What the home must have: a room of their own, no dogs, waking nights"),
        long_field("nice_to_have", "Nice to have", "What would be good: near the school, a garden"),
        long_field("avoid", "Avoid", "Places and people to keep away from, and why"),
        Field("max_miles", "Within miles", "The farthest that a home may be. Empty: no limit",
              check=lambda text: typed.miles(text, "max_miles"), beside=lambda miles: f"{miles:g} miles at most"),
        line_field("social_worker", "Social worker", "Name of the social worker", limit=200),
        Field("social_worker_phone", "Their phone", "The number that a provider may ring: 0151 496 0900", check=typed.phone),
        long_field("note", "Note", "Anything else"),
    ]  # fmt: skip


def _age_words(age: typed.AgeOrBirth) -> str:
    return f"{age.age} years" if age.born else ""


def texts_of(row: ReferralRow) -> dict[str, str]:
    """A saved referral as its form shows it."""
    texts = {
        "wanted": ", ".join(KINDS.spoken(kind) for kind in row.wanted), "tonight": row.tonight, "why_now": row.why_now,
        "by": row.urgency if row.needed_by is None else moment_text(row.needed_by),
        "legal_status": legal_text(row.legal_status), "together": yes_text(row.together), "must_have": row.must_have,
        "nice_to_have": row.nice_to_have, "avoid": row.avoid, "max_miles": f"{row.max_miles:g}" if row.max_miles else "",
        "social_worker": row.social_worker, "social_worker_phone": row.social_worker_phone, "note": row.note,
        "kin_explored": KIN.spoken(row.kin_explored) if row.kin_explored else "",
    }  # fmt: skip
    for number, child in enumerate(row.children, 1):
        texts |= child_texts(number, child)
    return texts


def child_texts(number: int, child: ChildRow) -> dict[str, str]:
    """A saved child as the form shows it."""
    at = prefix(number)
    sex = next((option.words for option in _SEXES if option.value == child.sex != "U"), "")
    age = "" if child.age is None else str(child.age)
    return {
        f"{at}child": named_text(child), f"{at}age": day_text(child.born_on) or age, f"{at}sex": sex,
        f"{at}home_postcode": child.home_postcode or "", f"{at}needs": needs_text(child.needs), f"{at}name": child.name,
    }  # fmt: skip


def new_child(number: int, values: Mapping[str, Any]) -> NewChild:
    """A child as typed; what is empty of a brother or sister is the first child's, where that is likely."""
    at = prefix(number)
    named: Named = values.get(f"{at}child") or Named("", "")
    age: typed.AgeOrBirth = values.get(f"{at}age") or typed.AgeOrBirth(None, None)
    legal = values.get("legal_status")
    needs = tuple(values.get(f"{at}needs") or ())
    if legal is not None and legal.unaccompanied and _UNACCOMPANIED not in needs:
        needs = (*needs, _UNACCOMPANIED)
    return NewChild(
        named.initials, named.identifier, values.get(f"{at}name") or "", age.born, None if age.born else age.age,
        values.get(f"{at}sex") or "U", values.get(f"{at}home_postcode") or values.get("home_postcode"), needs,
    )  # fmt: skip


def referral_columns(values: Mapping[str, Any], urgent: bool) -> dict[str, Any]:
    """A referral's own fields as typed, with what is understood where nothing was."""
    by: typed.Needed = values.get("by") or typed.Needed("now" if urgent else "today", None)
    legal = values.get("legal_status")
    together = values.get("together")
    texts = ("tonight", "why_now", "must_have", "nice_to_have", "avoid", "social_worker", "social_worker_phone", "note")
    return {
        "wanted": values.get("wanted") or _DEFAULT_WANTED, "urgency": by.urgency, "needed_by": by.needed_by,
        "legal_status": legal.code if legal else None, "together": True if together is None else together,
        "max_miles": values.get("max_miles"), "kin_explored": values.get("kin_explored"), **{name: values.get(name) or "" for name in texts},
    }  # fmt: skip


def on_record(texts: Mapping[str, str], children: int, known: Mapping[str, ChildRow]) -> dict[str, str]:
    """What is on record of the known children on the form, by field: it need not be asked again. `known` is by number."""
    found: dict[str, str] = {}
    for number in range(1, children + 1):
        child = known.get(identifier_in(texts.get(f"{prefix(number)}child", "")))
        if child is not None:
            saved = child_texts(number, child)
            names = (prefix(number) + name for name in ("age", "sex", "home_postcode", "name"))
            found |= {name: saved[name] for name in names if saved[name]}
    return found


def identifier_in(text: str) -> str:
    """The council's own number in what names a child; empty where there is none, or it cannot be read."""
    try:
        return read_named(text).identifier
    except Invalid:
        return ""


def count_typed(texts: Mapping[str, str], children: int) -> int:
    """How many of the children on the form have anything typed, counted to the last one that has."""
    every = (n for n in range(children, 1, -1) if any(texts.get(prefix(n) + name, "").strip() for name in CHILD))
    return next(every, 1)


def without_child(texts: Mapping[str, str], number: int, children: int) -> dict[str, str]:
    """The fields of the children once one is taken out: those after it move up, the last ones are empty."""
    moved = {}
    for at in range(number, children + 1):
        for name in CHILD:
            moved[prefix(at) + name] = texts.get(prefix(at + 1) + name, "") if at < children else ""
    return moved


def with_saved(number: int, child: ChildRow, values: Mapping[str, Any], kept: Any) -> dict[str, Any]:
    """A child's values, with what is on record where a field holds what was saved and could not be typed today."""
    at = prefix(number)
    saved: dict[str, Any] = {
        "child": Named(child.initials, child.identifier), "age": typed.AgeOrBirth(child.age, child.born_on),
        "sex": child.sex, "home_postcode": child.home_postcode, "needs": child.needs, "name": child.name,
    }  # fmt: skip
    return {name: saved.get(name.removeprefix(at)) if value is kept else value for name, value in values.items()}


def missing(texts: Mapping[str, str], children: int) -> list[str]:
    """What a provider will ask for and nobody has typed yet."""
    every = [prefix(number) for number in range(1, count_typed(texts, children) + 1)]
    lacks = [
        words for name, words in (("age", "age"), ("sex", "sex"), ("needs", "needs"))
        if any(not texts.get(at + name, "").strip() for at in every)
    ]  # fmt: skip
    for name, words in (("home_postcode", "home postcode"), ("why_now", "why now"), ("tonight", "tonight"),
                        ("legal_status", "legal status"), ("social_worker", "social worker")):  # fmt: skip
        lacks += [] if texts.get(name, "").strip() else [words]
    return lacks
