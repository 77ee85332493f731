"""The council's own rules: what each setting is called, what may be said, what it means, and how it is shown.

Law is no setting. What a council decides for itself is: the grades that it accepts of each kind of provision, which
authorities adjoin its own (regulation 11(5) CPPCR 2010 leaves that to the map), who approves what, how it reads the
usual fostering limit (Schedule 7 Children Act 1989), and after how many hours a vacancy is an old word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from placement_tui.domain import backups, waves
from placement_tui.domain import settings as names
from placement_tui.domain.capacity import READINGS
from placement_tui.domain.codes import Code, CodeSet, fold
from placement_tui.domain.codes.grades import FOUR_POINT, SUPPORTED
from placement_tui.domain.homes import Policy
from placement_tui.domain.profiles import TEMPLATE, read_template
from placement_tui.domain.report import THRESHOLD, check_threshold
from placement_tui.domain.retention import SCHEDULES, read_years, years_words
from placement_tui.domain.spending import budget_words, read_budget
from placement_tui.domain.typed_numbers import MOST_PENCE, fee_split, money_words
from placement_tui.domain.typed_text import shown
from placement_tui.errors import Invalid

NAME_LENGTH = 100
MOST_HOURS = 720
MOST_TIERS = 9
_YES, _NO = ("yes", "y", "true", "on", "1"), ("no", "n", "false", "off", "0")


@dataclass(frozen=True, slots=True)
class Around:
    """What a typed setting is read against: the present values, and the authorities by GSS code."""

    held: Mapping[str, Any] = field(default_factory=dict)
    authorities: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SettingKind:
    """One thing that a council chooses. `within` is the setting whose mapping holds it, where it is a part of one."""

    name: str
    title: str
    example: str
    read: Callable[[SettingKind, str, Around], Any]
    say: Callable[[Any, Around], str]
    default: Any = None
    help: str = ""
    within: str | None = None

    def value(self, held: Mapping[str, Any]) -> Any:
        """The present value, the program's own where nobody chose."""
        found = (held.get(self.within) or {}).get(self.name) if self.within else held.get(self.name)
        return self.default if found is None else found

    def chosen(self, held: Mapping[str, Any]) -> bool:
        """True where the council said it."""
        found = (held.get(self.within) or {}).get(self.name) if self.within else held.get(self.name)
        return found is not None

    def refuse(self, said: str, detail: str) -> Invalid:
        """The refusal of what was typed, with an example."""
        return Invalid(self.name, f"{self.name} cannot be {shown(said)}", detail, f"type it like: {self.example}")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as shown: its value in words, and whether the council chose it."""

    name: str
    title: str
    shown: str
    value: Any
    chosen: bool
    example: str
    help: str


def policy_of(held: Mapping[str, Any]) -> Policy:
    """The rules that a council's settings make."""
    usual = Policy()
    hours = held.get(names.STALE_HOURS)
    ungraded = held.get(names.UNGRADED)
    reading = held.get(names.FOSTERING_LIMIT)
    return Policy(
        home_grades=_graded(held, names.GRADES_HOME, usual.home_grades),
        agency_grades=_graded(held, names.GRADES_AGENCY, usual.agency_grades),
        supported_grades=_graded(held, names.GRADES_SUPPORTED, usual.supported_grades),
        ungraded_allowed=usual.ungraded_allowed if ungraded is None else bool(ungraded),
        stale_hours=int(hours) if hours else usual.stale_hours,
        fostering_limit=reading if reading in READINGS else usual.fostering_limit,
        emergencies_agreed=bool((held.get(names.APPROVERS) or {}).get("emergency_approver")),
    )


def _graded(held: Mapping[str, Any], name: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    said = held.get(name)
    return usual if said is None else tuple(said)


# how each is read


def _hours(kind: SettingKind, said: str, _: Around) -> int:
    bare = fold(said).removesuffix("hours").removesuffix("hour").removesuffix("h")
    if "-" in said or not bare.isdecimal() or not 1 <= int(bare) <= MOST_HOURS:
        raise kind.refuse(said, f"a whole number of hours, 1 to {MOST_HOURS}")
    return int(bare)


def _yes_no(kind: SettingKind, said: str, _: Around) -> bool:
    word = fold(said)
    if word not in (*_YES, *_NO):
        raise kind.refuse(said, "yes or no")
    return word in _YES


def _reading(kind: SettingKind, said: str, _: Around) -> str:
    word = fold(said)
    for reading in READINGS:
        if word in (reading, reading + "s", "per" + reading, "each" + reading):
            return reading
    raise kind.refuse(said, " or ".join(READINGS))


def _grades(model: CodeSet[Code]) -> Callable[[SettingKind, str, Around], list[str]]:
    scale = [code for code in model if code.code != "not_judged"]

    def read(kind: SettingKind, said: str, _: Around) -> list[str]:
        if fold(said) in ("any", "all"):
            return [code.code for code in scale]
        found: list[str] = []
        for part in (part.strip() for part in said.replace(";", ",").split(",")):
            better = part.endswith("+") or part.casefold().endswith(" or better")
            code = _grade(model, part.removesuffix("+").removesuffix(" or better"))
            if code is None or code not in scale:
                raise kind.refuse(part or said, "grades are " + ", ".join(each.spoken.lower() for each in scale))
            found += [each.code for each in scale[: scale.index(code) + 1]] if better else [code.code]
        return [code.code for code in scale if code.code in found]

    return read


def _grade(model: CodeSet[Code], said: str) -> Code | None:
    word = fold(said)
    short = {"ri": "requires_improvement", "strong": "consistently_strong", "weaknesses": "serious_weaknesses"}
    found = model.find(said) or model.find(short.get(word, ""))
    if found is None and len(word) >= 3:
        fitting = [code for code in model if fold(code.code).startswith(word)]
        found = fitting[0] if len(fitting) == 1 else None
    return found


def _adjoining(kind: SettingKind, said: str, around: Around) -> list[str]:
    parts = [part.strip() for part in said.replace(";", ",").split(",") if part.strip()]
    if not parts:
        raise kind.refuse(said, "name at least one authority, or none to say that nothing adjoins")
    if [fold(part) for part in parts] == ["none"]:
        return []
    changed = [part for part in parts if part[0] in "+-"]
    if changed and len(changed) != len(parts):
        raise kind.refuse(said, "either a whole list, or + and - before each name")
    held = list(kind.value(around.held) or ())
    if len(parts) == 1 and not changed and len(held) > 1:
        raise kind.refuse(said, f"that would leave one of {len(held)}: + before a name adds it, - takes it away")
    codes = held if changed else []
    own = around.held.get(names.AUTHORITY)
    for part in parts:
        sign, name = (part[0], part[1:].strip()) if part[0] in "+-" else ("+", part)
        code = _authority(kind, name, around)
        if code == own:
            raise kind.refuse(name, "the council's own area does not adjoin itself")
        if sign == "-" and code not in codes:
            raise kind.refuse(name, "it is not on the list of those that adjoin")
        codes = [each for each in codes if each != code] + ([code] if sign == "+" else [])
    return sorted(codes)


def _authority(kind: SettingKind, said: str, around: Around) -> str:
    code = said.strip().upper()
    if code in around.authorities:
        return code
    word = fold(said)
    exact = [key for key, name in around.authorities.items() if fold(name) == word]
    near = exact or [key for key, name in around.authorities.items() if word and fold(name).startswith(word)]
    if len(near) == 1:
        return near[0]
    if len(near) > 1:
        raise kind.refuse(said, "it could be " + ", ".join(sorted(around.authorities[key] for key in near)[:5]))
    if len(code) == 9 and code[0] in "ENSW" and code[1:].isdigit() and not around.authorities:
        return code
    raise kind.refuse(said, "no authority answers to that name; `placement import la` brings them in")


def _name(kind: SettingKind, said: str, _: Around) -> str:
    name = " ".join(said.split())
    if not name or len(name) > NAME_LENGTH:
        raise kind.refuse(said, f"a name of 1 to {NAME_LENGTH} letters, an officer's or anybody's")
    return name


def _money(kind: SettingKind, said: str, _: Around) -> int:
    pence = fee_split(said).total
    if not 0 < pence <= MOST_PENCE:
        raise kind.refuse(said, "pounds a week, more than nothing")
    return pence


def _tiers(kind: SettingKind, said: str, _: Around) -> list[str]:
    tiers = [" ".join(part.split()) for part in said.replace(";", ",").split(",")]
    if not all(tiers) or len(tiers) > MOST_TIERS or len({fold(tier) for tier in tiers}) != len(tiers):
        raise kind.refuse(said, f"1 to {MOST_TIERS} different names with commas between, the first tier first")
    return tiers


def _small(_: SettingKind, said: str, __: Around) -> int:
    return check_threshold(said)


def _read_targets(kind: SettingKind, said: str, around: Around) -> dict[str, float]:
    from placement_tui.domain.targets import read_targets  # a hundred definitions that no other setting needs

    return read_targets(kind, said, around)


def _template(_: SettingKind, said: str, __: Around) -> list[list[str]]:
    return [[prompt.key, prompt.title, prompt.asks] for prompt in read_template(said)]


# how each is shown


def _plain(value: Any, _: Around) -> str:
    return "not said" if value in (None, "") else str(value)


def _hours_words(value: Any, _: Around) -> str:
    return "not said" if value is None else f"{value} hour{'' if value == 1 else 's'}"


def _yes_words(value: Any, _: Around) -> str:
    return "yes" if value else "no"


def _reading_words(value: Any, _: Around) -> str:
    return f"three for each {value}"


def _list_words(value: Sequence[str], _: Around) -> str:
    return ", ".join(value) if value else "not said"


def _targets_words(value: Mapping[str, float] | None, around: Around) -> str:
    if not value:
        return "none"
    from placement_tui.domain.targets import targets_words

    return targets_words(value, around)


def _template_words(value: Sequence[Sequence[str]], _: Around) -> str:
    return "; ".join(row[1] for row in value)


def _grades_words(model: CodeSet[Code]) -> Callable[[Any, Around], str]:
    return lambda value, _: ", ".join(model.spoken(code).lower() for code in value) or "none"


def _adjoining_words(value: Sequence[str] | None, around: Around) -> str:
    if value is None:
        return "not said: nothing can be told to be at a distance"
    return ", ".join(sorted(around.authorities.get(code, code) for code in value)) or "none"


def _money_words(value: int | None, _: Around) -> str:
    return "no limit" if value is None else f"{money_words(value)} a week"


_USUAL = Policy()
_APPROVES = "a manager decides where nobody is named"

SETTINGS: dict[str, SettingKind] = {
    kind.name: kind
    for kind in (
        SettingKind(names.GRADES_HOME, "Grades accepted of children's homes", "good+", _grades(FOUR_POINT),
                    _grades_words(FOUR_POINT), _USUAL.home_grades, "below them a manager sets the policy aside, or signs off"),
        SettingKind(names.GRADES_AGENCY, "Grades accepted of fostering agencies", "good+", _grades(FOUR_POINT),
                    _grades_words(FOUR_POINT), _USUAL.agency_grades, "and so of their households"),
        SettingKind(names.GRADES_SUPPORTED, "Outcomes accepted of supported accommodation", "inconsistent+",
                    _grades(SUPPORTED), _grades_words(SUPPORTED), _USUAL.supported_grades, "its own scale of three"),
        SettingKind(names.UNGRADED, "Homes not inspected yet are accepted", "yes", _yes_no, _yes_words,
                    _USUAL.ungraded_allowed, "a foster household is never inspected by itself"),
        SettingKind(names.ADJOINING, "Authorities that adjoin the council's own", "+Halton, -Cheshire East", _adjoining,
                    _adjoining_words, None, "a home outside all of them is at a distance: reg 11(5) CPPCR 2010"),
        SettingKind(names.FOSTERING_LIMIT, "The usual fostering limit is read", "household", _reading, _reading_words,
                    _USUAL.fostering_limit, "Schedule 7 Children Act 1989"),
        SettingKind(names.STALE_HOURS, "A vacancy is an old word after", "48", _hours, _hours_words, _USUAL.stale_hours),
        SettingKind("nominated_officer", "Nominated officer", "Anne Vale", _name, _plain, None,
                    f"reg 11(1)(a) CPPCR 2010; {_APPROVES}", names.APPROVERS),
        SettingKind("director", "Director of Children's Services", "Ruth Cole", _name, _plain, None,
                    f"reg 11(1)(b) CPPCR 2010; {_APPROVES}", names.APPROVERS),
        SettingKind("budget_holder", "Budget holder", "Sam Field", _name, _plain, None, _APPROVES, names.APPROVERS),
        SettingKind("emergency_approver", "Approver in an emergency", "the duty manager", _name, _plain, None, _APPROVES,
                    names.APPROVERS),
        SettingKind(names.BUDGET_LIMIT, "Fee above which the budget holder signs off", "5000", _money, _money_words),
        SettingKind(names.PLACEMENTS_BUDGET, "Budget for placements, of a financial year", "39m", read_budget, budget_words, None,
                    "what is spent and committed stands beside it in `insight spending`"),
        SettingKind(names.OWN_SIGN_OFF, "One may decide what one asked for oneself", "no", _yes_no, _yes_words, False),
        SettingKind(names.TIERS, "Tiers in which providers are asked", "framework, purchasing system, spot", _tiers,
                    _list_words, ()),
        SettingKind(names.WAVE_MINUTES, "A tier has, until the next is asked", "30/120/1440", waves.read_minutes,
                    waves.minutes_words, list(waves.MINUTES), "minutes, where a home is needed now, today, by a date"),
        SettingKind(names.FRAMEWORK_ONLY, "A home without a contract route is off framework", "no", _yes_no, _yes_words, False,
                    "asking one that is off framework needs a reason"),
        SettingKind(names.TARGET_HOURS, "A home is to be found within", "24", _hours, _hours_words, None,
                    "the target that delays are measured against"),
        *(SettingKind(each.setting, f"Kept: {each.title[:1].lower()}{each.title[1:]}", f"{each.years:g}", read_years,
                      years_words, each.years, each.law, names.RETENTION) for each in SCHEDULES if each.years is not None),
        SettingKind(names.PROFILE_TEMPLATE, "Sections of a child's profile", "strengths; words; pets: Animals: which they fear",
                    _template, _template_words, [[each.key, each.title, each.asks] for each in TEMPLATE],
                    "key, or key: title: what it asks, with ; between, in order"),
        SettingKind(names.BACKUP_HOURS, "A backup is made by itself", "24", backups.read_hours,
                    backups.hours_words, backups.HOURS, "while somebody has the program open"),
        SettingKind(names.BACKUP_KEEP, "Backups that are kept", "7/4/12", backups.read_keep, backups.keep_words, [7, 4, 12],
                    "the last copy of each of so many days, weeks and months; others are removed"),
        SettingKind(names.TARGETS, "Own targets of indicators", "I-4a 80%, I-1 10%", _read_targets, _targets_words, {},
                    "all of them at once; one by itself: placement settings target_I-4a 80%"),
        SettingKind(names.SMALL_NUMBER, "Smallest count that is shared", "6", _small, _plain, THRESHOLD,
                    "smaller ones are hidden in what leaves the team, as the Department hides 1 to 5"),
    )
}  # fmt: skip
STORED = frozenset(kind.within or kind.name for kind in SETTINGS.values())  # the rows that hold them


def setting_kind(said: str) -> SettingKind:
    """The setting that is meant. Raises Invalid with the names that there are."""
    word = fold(said)
    found = next((kind for name, kind in SETTINGS.items() if fold(name) == word), None)
    if found is None and said.strip().casefold().startswith("target_"):
        from placement_tui.domain.targets import target_kind

        return target_kind(said.strip()[len("target_") :])
    if found is None:
        near = [name for name in SETTINGS if word and word in fold(name)]
        if len(near) == 1:
            return SETTINGS[near[0]]
        raise Invalid("name", f"{shown(said)} is no setting", mend=f"one of: {', '.join(near or SETTINGS)}")
    return found
