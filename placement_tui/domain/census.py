"""The Placements North West census: what each open placement says in its words, and what is still missing.

Columns and vocabularies as the region publishes them (domain.codes.census): those of the form first, in its order, then
what the council asks beside it. A value that the vocabulary has no word for is told and left empty, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from placement_tui.domain.codes import Code, CodeSet
from placement_tui.domain.codes import census as codes

YEARS = (2025, 2022)
FAR = 20.0  # miles: beyond it, or out of the area, the form asks why
ADULT = 18
_FOSTER = ("inhouse", "household", "agency")
_OFSTED_KINDS = (
    "res",
    "sa",
    "secure",
    "school",
    "family_centre",
    "agency",
    "household",
    "inhouse",
    "holiday",
    "boarding",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows of one placement on the day. `liberty` is current, previous or no."""

    placement_id: UUID
    child: str
    identifier: str
    age: int | None
    sex: str
    ethnicity: str | None
    legal_status: str | None
    uasc: bool
    provision: str | None
    route: str | None
    provider: str
    sector: str
    home: str
    kind: str
    home_urn: str | None
    provider_urn: str | None
    authority: str | None
    host: str
    registered: bool
    unregistered: bool
    started_on: date
    care_pence: int
    education_pence: int
    health_pence: int
    package: bool | None
    liberty: str
    solo_required: bool | None
    solo: bool | None
    distance_reason: str | None
    in_area: bool | None
    miles: float | None
    ehcp: bool
    missing: int
    placements: int


@dataclass(frozen=True, slots=True)
class Lack:
    """What a row lacks: of whom, in which column, why, and the command that mends it."""

    placement_id: UUID
    child: str
    identifier: str
    column: str
    text: str
    mend: str


@dataclass(frozen=True, slots=True)
class CensusRow:
    """One placement in the form's words, by column; cells that nobody can fill are empty."""

    placement_id: UUID
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CensusPage:
    """The form of a year on a day: its columns, its rows, and what they lack."""

    year: int
    on: date
    columns: tuple[str, ...]
    rows: tuple[CensusRow, ...]
    lacks: tuple[Lack, ...]
    notes: tuple[str, ...] = ()


class _Filling:
    """One row while it is filled."""

    def __init__(self, facts: Facts, year: int, council: str) -> None:
        self.facts, self.year, self.council = facts, year, council
        self.lacks: list[Lack] = []
        self.column = ""

    def lack(self, text: str, mend: str) -> str:
        """An empty cell, and why."""
        facts = self.facts
        self.lacks.append(Lack(facts.placement_id, facts.child, facts.identifier, self.column, text, mend))
        return ""

    def log(self, option: str) -> str:
        """The command that says it of this placement."""
        return f"placement log census {self.facts.identifier} {option}"

    def word(self, code: str | None, said: CodeSet[Code], option: str, listed: str) -> str:
        """The form's word of a code; `listed` is the set of `placement codes` to choose from."""
        mend = self.log(f"{option} CODE (placement codes {listed})")
        if code is None:
            return self.lack("nobody said", mend)
        if code not in said:
            return self.lack(f"{code!r} is no word of the form of {self.year}", mend)
        return said[code].label

    def yes_no(self, value: bool | None, option: str) -> str:
        """Yes or No."""
        return self.lack("nobody said", self.log(f"{option} YES/NO")) if value is None else "Yes" if value else "No"


def _looked_after(row: _Filling) -> str:
    age = row.facts.age
    if row.year < 2025:
        return "Yes"
    if age is None:
        return ""  # told once, under Age
    return codes.LOOKED_AFTER["post_18" if age >= ADULT else "under_18"].label


def _age(row: _Filling) -> str:
    if row.facts.age is None:
        return row.lack("neither age nor date of birth is known", "placement referral change: give --born")
    return str(row.facts.age)


def _gender(row: _Filling) -> str:
    if row.facts.sex not in codes.GENDERS:
        return row.lack(
            "not known",
            "placement referral change: give --sex; the form's words are "
            + ", ".join(each.label for each in codes.GENDERS),
        )
    return codes.GENDERS[row.facts.sex].label


def _ethnicity(row: _Filling) -> str:
    said = row.facts.ethnicity
    if said in ("REFU", "NOBT"):
        return codes.ETHNIC_GROUPS["unknown"].label
    if said == "WROM":
        return row.lack(
            "Gypsy/Roma are two groups of the form",
            "write 'Roma (White)' or 'Gypsy or Irish Traveller (White)' into the file",
        )
    return row.word(said, codes.ETHNIC_GROUPS, "--ethnicity", "ethnicity")


def _sourced(row: _Filling) -> str:
    if row.facts.kind == "inhouse" and row.facts.route is None:
        return ""  # our own carers are under no contract: told once, in a note
    said = codes.ROUTES if row.year >= 2025 else codes.ROUTES_2022
    return row.word(row.facts.route, said, "--route", "routes")


def _provision(row: _Filling) -> str:
    said = codes.TYPES_OF_PROVISION if row.year >= 2025 else codes.TYPES_2022
    return row.word(row.facts.provision, said, "--provision", "provision")


def _establishment(row: _Filling) -> str:
    # Neither the carers' name nor where they live: so the form says.
    return "foster carer" if row.facts.kind in _FOSTER else row.facts.home


def _provider_urn(row: _Filling) -> str:
    facts = row.facts
    return facts.provider_urn or (facts.home_urn or "" if facts.kind in _FOSTER else "")


def _establishment_urn(row: _Filling) -> str:
    facts = row.facts
    if facts.kind in _FOSTER:
        return ""
    if facts.home_urn is None and _registration_code(facts) == "ofsted":
        return row.lack(
            f"{facts.home} has no URN", "placement import ofsted FILE, or --map urn=COLUMN of your own list"
        )
    return facts.home_urn or ""


def _registration_code(facts: Facts) -> str | None:
    if facts.unregistered or facts.provision == "unregistered":
        return "unregistered"
    if facts.provision == "cqc":
        return "cqc"
    land = (facts.authority or "")[:1]
    if land in ("S", "W"):
        return {"S": "scotland", "W": "wales"}[land]
    if facts.kind not in _OFSTED_KINDS:
        return None
    return "ofsted" if facts.registered else "unregistered"


def _registration(row: _Filling) -> str:
    said = codes.REGISTRATIONS if row.year >= 2025 else codes.REGISTRATIONS_2022
    code = _registration_code(row.facts)
    if code is None and "unknown" in said:
        return said["unknown"].label
    return row.word(code, said, "--provision", "provision")


def _distance_reason(row: _Filling) -> str:
    facts = row.facts
    said = codes.DISTANCE_REASONS if row.year >= 2025 else codes.DISTANCE_REASONS_2022
    if facts.distance_reason is not None:
        return row.word(facts.distance_reason, said, "--distance", "distance")
    if facts.in_area is None and facts.miles is None:
        return row.lack("how far it is is not known", row.log("--distance CODE (placement codes distance)"))
    if facts.in_area is not False and (facts.miles or 0.0) <= FAR:
        return said["not_applicable"].label
    return row.word(None, said, "--distance", "distance")


def _solo(row: _Filling) -> str:
    wants, has = row.facts.solo_required, row.facts.solo
    if wants is None or has is None:
        option = " ".join(
            f"{name} YES/NO" for name, value in (("--solo-required", wants), ("--solo", has)) if value is None
        )
        return row.lack("nobody said", row.log(option))
    return codes.SOLO[f"{'yes' if wants else 'no'}_{'yes' if has else 'no'}"].label


def _money(pence: Callable[[Facts], int]) -> Callable[[_Filling], str]:
    return lambda row: f"{pence(row.facts) / 100:.2f}"


def _total(facts: Facts) -> int:
    return facts.care_pence + facts.education_pence + facts.health_pence


def _weekly(row: _Filling) -> str:
    if _total(row.facts) == 0 and row.facts.kind != "inhouse":
        return row.lack("no weekly fee was logged", row.log("--fee FEE"))
    return f"{_total(row.facts) / 100:.2f}"


def _in_area(row: _Filling) -> str:
    return {True: "In", False: "Out", None: ""}[row.facts.in_area]


_Column = tuple[str, Callable[[_Filling], str]]
_CHILD: tuple[_Column, ...] = (
    ("Looked after child?", _looked_after),
    ("Placing Authority", lambda row: row.council),
    ("Identifier", lambda row: row.facts.identifier),
    ("Age", _age),
    ("Gender", _gender),
    ("Ethnic Group", _ethnicity),
    ("How the placement was sourced", _sourced),
    ("Placement start date", lambda row: f"{row.facts.started_on:%d/%m/%Y}"),
    ("Organisation", lambda row: row.facts.provider),
)  # fmt: skip
_COST: tuple[_Column, ...] = (
    ("UASC", lambda row: "Yes" if row.facts.uasc else "No"),
    ("Total weekly cost", _weekly),
    ("Contribution from Social Care", _money(lambda facts: facts.care_pence)),
    ("Contribution from Education", _money(lambda facts: facts.education_pence)),
    ("Contribution from Health", _money(lambda facts: facts.health_pence)),
)  # fmt: skip
_BESIDE: tuple[_Column, ...] = (  # not of the region's form: what the council asks with it
    ("Legal status", lambda row: row.facts.legal_status or ""),
    ("In area", _in_area),
    ("Distance from home (miles)", lambda row: "" if row.facts.miles is None else f"{row.facts.miles:.1f}"),
    ("EHCP or SEN noted", lambda row: "Yes" if row.facts.ehcp else ""),
    ("Missing episodes in 12 months", lambda row: str(row.facts.missing)),
    ("Placements in 12 months", lambda row: str(row.facts.placements)),
)  # fmt: skip
FORMS: dict[int, tuple[_Column, ...]] = {
    2025: (
        *_CHILD,
        ("Provider Company number", lambda _row: ""),  # nothing in the store says it: told once, in a note
        ("Provider Ofsted (or equivalent) URN", _provider_urn),
        ("Establishment", _establishment),
        ("Primary registration type", _registration),
        ("Establishment URN", _establishment_urn),
        ("Placing at Distance Reason", _distance_reason),
        ("Type of provision", _provision),
        *_COST,
        ("Does this placement cost include additional packages?", lambda row: row.yes_no(row.facts.package, "--package")),
        ("Deprivation of Liberty Safeguards in place?", lambda row: codes.LIBERTY[row.facts.liberty].label),
        ("Does this CYP require a solo placement?", _solo),
        *_BESIDE,
    ),
    2022: (
        *_CHILD,
        ("Provider ID", _provider_urn),
        ("Establishment", _establishment),
        ("Registration type", _registration),
        ("Establishment registration URN", _establishment_urn),
        ("Host Authority", lambda row: row.facts.host),
        ("Primary Placing at Distance Reason", _distance_reason),
        ("Type of provision", _provision),
        *_COST,
        *_BESIDE,
    ),
}  # fmt: skip


def filled(facts: list[Facts], year: int, on: date, council: str) -> CensusPage:
    """The form of a year, filled. Raises KeyError for a year that there is no form of."""
    form = FORMS[year]
    rows, lacks = [], []
    for each in facts:
        row, cells = _Filling(each, year, council), []
        for column, value in form:
            row.column = column
            cells.append(value(row))
        rows.append(CensusRow(each.placement_id, tuple(cells)))
        lacks += row.lacks
    notes = []
    own = sum(each.kind == "inhouse" and each.route is None for each in facts)
    if own:
        notes.append(
            f"{own} with our own carers: under no contract, so 'How the placement was sourced' is empty; --commissioned leaves them out."
        )
    if year >= 2025 and facts:
        notes.append("'Provider Company number' is not in the store: fill it in where the form wants it.")
    return CensusPage(year, on, tuple(column for column, _ in form), tuple(rows), tuple(lacks), tuple(notes))
