"""What an officer says of a placement for the regional census alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """What the census asks of a placement and its child; None for what nobody says now. Money is a week's, in pence."""

    route: str | None = None
    provision: str | None = None
    distance_reason: str | None = None
    package: bool | None = None
    solo_required: bool | None = None
    solo: bool | None = None
    care_pence: int | None = None
    education_pence: int | None = None
    health_pence: int | None = None
    ethnicity: str | None = None
