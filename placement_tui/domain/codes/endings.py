"""Why a placement ended: the statutory reason's class, the factors beside it, and who says so.

The class follows the Department's own definitions: *disrupted* are the reasons that its guidance calls broken down or
disrupted and not a planned move. Disruption rate = ended(disrupted) / ended(all but not_a_move). The factors are
assembled from research on foster breakdown and local disruption procedures; no council publishes a coding scheme.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from placement_tui.domain.codes import Code, CodeSet, fold
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE

SOURCE = "Assembled for this program from published research and procedures"

CLASSES = CodeSet(
    "class of ending",
    SOURCE,
    (
        Code("planned", "Planned"),
        Code("disrupted", "Disrupted", note="Counts as a breakdown"),
        Code("protective", "Protective", note="Counted separately: allegation, standards of care, approval removed"),
        Code("other", "Other"),
        Code("not_a_move", "Not a move", note="The same carer, or a temporary move: left out of every rate"),
    ),
)

REASON_CLASS = {
    "CARPL": "planned",
    "CLOSE": "planned",
    "ALLEG": "protective",
    "STAND": "protective",
    "APPRR": "protective",
    "CREQB": "disrupted",
    "CREQO": "disrupted",
    "CHILD": "disrupted",
    "LAREQ": "disrupted",
    "PLACE": "not_a_move",
    "CUSTOD": "other",
    "OTHER": "other",
}

NEEDS_NOTE = frozenset({"OTHER"})  # the guide keeps OTHER for the exceptional: it says why
MARKET_LOSS = frozenset({"CLOSE"})  # planned, and yet a home that the market has lost

_TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})


def class_of(reason: str, place: str | None = None) -> str:
    """The class of an ending by its REASON_PLACE_CHANGE; `place` is its PLACE code, since temporary moves are no moves.

    Raises Invalid where the reason is not on the statutory list.
    """
    if place in _TEMPORARY:
        return "not_a_move"
    return REASON_CLASS[REASON_PLACE_CHANGE[reason].code]


def counts_as_disruption(reason: str, place: str | None = None) -> bool:
    """Whether the ending counts as a breakdown. Raises Invalid where the reason is not on the statutory list."""
    return class_of(reason, place) == "disrupted"


@dataclass(frozen=True, slots=True)
class FactorFamily:
    """A family of contributing factors, and the statutory reasons that it usually stands beside."""

    code: str
    label: str
    beside: tuple[str, ...]


FACTOR_FAMILIES = (
    FactorFamily("CH", "Child", ("CREQB", "CHILD")),
    FactorFamily("CA", "Carer or home", ("CREQO", "CLOSE")),
    FactorFamily("MA", "Matching", ("CREQB", "CREQO", "CHILD", "LAREQ")),
    FactorFamily("IN", "Information", ("CREQB",)),
    FactorFamily("SU", "Support", ("CREQB", "CREQO")),
    FactorFamily("ED", "Education", ("CREQO",)),
    FactorFamily("FT", "Family time", ("CHILD",)),
    FactorFamily("SG", "Safeguarding", ("ALLEG", "STAND", "APPRR")),
    FactorFamily("SY", "System", ("LAREQ", "CLOSE")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor(Code):
    """One contributing factor of an ending, and its family's code."""

    family: str


_TABLE = """
CH1 | Externalising behaviour or violence                  | violence
CH2 | Self-harm, or mental health deteriorated             | self-harm, mental health
CH3 | Missing                                              | missing
CH4 | Exploitation (sexual or criminal)                    | exploitation
CH5 | Offending or police                                  | offending
CH6 | Substance use                                        | substance use
CH7 | Did not want to be there                             | did not want it
CH8 | Unmet health needs or SEND                           | health or SEND unmet
CA1 | Carer's health or bereavement                        | carer's health
CA2 | Relationship or household change                     | household change
CA3 | Burn-out                                             | burn-out
CA4 | Carers' own children                                 | own children
CA5 | Skills or experience short                           | skills short
CA6 | Expectations wrong                                   | expectations wrong
CA7 | Staff turnover or manager                            | staff turnover
CA8 | Retirement or resignation                            | retired or resigned
MA1 | Placed outside approval or plan                      | outside approval
MA2 | Forced choice, no alternative                        | forced choice
MA3 | Incompatible with residents                          | incompatible residents
MA4 | Brothers and sisters split                           | siblings split
MA5 | Culture, faith or language                           | culture or language
MA6 | Emergency without introductions                      | no introductions
MA7 | Too far                                              | too far
IN1 | Needs understated                                    | needs understated
IN2 | Risks not shared                                     | risks not shared
IN3 | Information late or out of date                      | information late
IN4 | Views of the child not gathered                      | child not asked
SU1 | CAMHS or therapy absent or waiting                   | CAMHS waiting
SU2 | No respite                                           | no respite
SU3 | What the carer asked for not answered                | carer not answered
SU4 | Social worker changed or absent                      | worker changed
SU5 | Stability meeting not held                           | no stability meeting
ED1 | Excluded from school                                 | excluded
ED2 | No school place                                      | no school place
ED3 | Part-time timetable                                  | part-time timetable
ED4 | Long travel to school                                | long travel
FT1 | Distress around family time                          | contact distress
FT2 | Distance or frequency of family time                 | contact distance
FT3 | A parent undermines                                  | parent undermines
FT4 | Wants to go home                                     | wants to go home
SG1 | Allegation against the carer                         | allegation
SG2 | Harm by or against another child                     | another child
SG3 | Standards of care                                    | standards of care
SG4 | Placement in an unsafe location                      | unsafe location
SY1 | The authority's decision on cost or plan             | cost or plan decision
SY2 | Provider gave notice, no cause given                 | notice, no cause
SY3 | Registration or closure                              | registration, closure
SY4 | Funding ended                                        | funding ended
SY5 | Drift past the plan                                  | drift past plan
"""


def _rows() -> Iterator[Factor]:
    for line in _TABLE.strip().splitlines():
        code, label, short = (cell.strip() for cell in line.split("|"))
        yield Factor(code, label, short=short, family=code[:2])


FACTORS: CodeSet[Factor] = CodeSet("contributing factor", SOURCE, tuple(_rows()))

WEIGHTS = CodeSet(
    "weight of a factor",
    SOURCE,
    (Code("primary", "Primary"), Code("contributory", "Contributory")),
)

WHO_SAYS = CodeSet(
    "who says so",
    SOURCE,
    (
        Code("child", "The child", short="child"),
        Code("carer", "The carer or home", short="carer"),
        Code("social_worker", "The social worker", short="social worker"),
        Code("iro", "The independent reviewing officer", short="IRO"),
        Code("officer", "The placements officer", short="officer"),
        Code("family", "The family", short="family"),
    ),
)

_WHO = {
    "sw": "social_worker", "socialworker": "social_worker", "worker": "social_worker", "yp": "child", "cyp": "child",
    "youngperson": "child", "fc": "carer", "fostercarer": "carer", "home": "carer", "staff": "carer", "manager": "carer",
    "me": "officer", "us": "officer", "parent": "family", "mother": "family", "mum": "family", "father": "family",
    "dad": "family", "reviewing": "iro",
}  # fmt: skip


def who_says(text: str) -> str | None:
    """Who says so, as people call them: `sw`, `mum`, `carer`, the first letters of one; None for nobody known."""
    said = fold(text)
    if not said:
        return None
    return _WHO.get(said) or next((who.code for who in WHO_SAYS if fold(who.short).startswith(said)), None)


def likely_factors(reason: str) -> tuple[Factor, ...]:
    """Every factor, those whose family usually stands beside the reason first, otherwise in the order of the list."""
    beside = {family.code for family in FACTOR_FAMILIES if reason in family.beside}
    return tuple(sorted(FACTORS, key=lambda factor: factor.family not in beside))
