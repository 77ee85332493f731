"""What indicators count: children looked after on a day, placements and periods of care that began or ended in a time.

Each is a small tuple without anybody's name, so that many alike are one with a count: a council of any size is counted in
a moment. The counting of placements and carers is in `histories`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from placement_tui.domain.insight import Period

FOSTER = frozenset({"U1", "U2", "U3", "U4", "U5", "U6"})
KINSHIP = frozenset({"U1", "U2", "U3"})
LONG_TERM = frozenset({"U1", "U4"})
ADOPTION = frozenset({"A3", "A4", "A5", "A6"})
SUPPORTED = frozenset({"K3", "H5", "P2"})  # K3 since 2025-26; until then H5 and P2
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
SHORT_BREAKS = frozenset({"V3", "V4"})
GOOD = frozenset({"outstanding", "good"})
FOUR_POINT = frozenset({"outstanding", "good", "requires_improvement", "inadequate"})
SPOT = "direct"


class Living(NamedTuple):
    """A child looked after on the day, and where: None wherever it is not known.

    `placements_year` and `placements_two` are those with a day within the 12 and the 24 months up to the day, `moves_...`
    the changes of carer within them; `two_years` and `two_and_a_half` say for how long the child is looked after without a
    break; `same_carer` and `same_place` that they live there for two years.
    """

    age: int | None = None
    place: str | None = None
    provider: str | None = None
    near: bool | None = None
    inside: bool | None = None
    distant: bool | None = None
    in_region: bool | None = None
    kind: str | None = None
    registered: bool | None = None
    grade: str | None = None
    route: str | None = None
    overstays: bool = False
    by_care: bool = True
    uasc: bool = False
    remanded: bool = False
    liberty: bool = False
    two_years: bool = False
    two_and_a_half: bool = False
    placements_year: int = 0
    placements_two: int = 0
    moves_year: int = 0
    moves_two: int = 0
    same_carer: bool = False
    same_place: bool = False


class Start(NamedTuple):
    """A placement with another carer that began in the period; `before` is the PLACE that the child came from."""

    age: int | None = None
    place: str | None = None
    provider: str | None = None
    kind: str | None = None
    near: bool | None = None
    inside: bool | None = None
    wanted: str | None = None
    obtained: str | None = None
    grade: str | None = None
    emergency: bool = False
    school: bool | None = None
    before: str | None = None


class End(NamedTuple):
    """A placement, no temporary one, that ended in the period: REASON_PLACE_CHANGE, None where none was logged."""

    reason: str | None = None
    place: str | None = None


class Ceased(NamedTuple):
    """A period of care that ended in the period: REC, and whether it had lasted under twelve months."""

    rec: str | None = None
    within_year: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that indicators count, of one period and its last day. A mapping counts how many are alike."""

    period: Period
    living: Mapping[Living, int] = field(default_factory=Counter)
    starts: Mapping[Start, int] = field(default_factory=Counter)
    ends: Mapping[End, int] = field(default_factory=Counter)
    began: int = 0
    ceased: Mapping[Ceased, int] = field(default_factory=Counter)
    outside_before: int | None = None
    entry_to_moving_in: Sequence[int] = ()
    entry_to_order: Sequence[int] = ()
    order_to_match: Sequence[int] = ()
    open_days: Sequence[int] = ()
    answer_hours: Sequence[float] = ()
    word_hours: Sequence[float] = ()
    scores: Sequence[int] = ()
    siblings: Sequence[bool] = ()
    leavers: Sequence[bool] = ()
