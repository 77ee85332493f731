"""Bands in which facts of approaches are counted: of age, of distance, of a profile's score."""

from __future__ import annotations

from placement_tui.domain.distance import NEAR_MILES
from placement_tui.domain.profiles import BANDS

# The bands of the Department's statistics on children looked after; 0 stands alone.
AGES: tuple[tuple[str, str, int], ...] = (
    ("0", "under 1", 0), ("1-4", "1 to 4", 4), ("5-9", "5 to 9", 9), ("10-15", "10 to 15", 15), ("16-17", "16 and 17", 200),
)  # fmt: skip
# Up to and with so many miles; the Department's own bound of 20 is one of them.
MILES: tuple[tuple[str, str, float], ...] = (
    ("0-5", "5 miles or less", 5.0), ("5-10", "over 5, up to 10", 10.0), ("10-20", "over 10, up to 20", NEAR_MILES),
    ("20-50", "over 20, up to 50", 50.0), ("50+", "over 50 miles", 9e9),
)  # fmt: skip
SCORES: tuple[tuple[str, str], ...] = (
    ("none", "no profile sent"), *((f"{least}-{most}", name) for name, least, most in BANDS),
)  # fmt: skip
NOT_KNOWN = "not known"
# The ways to set approaches apart: those that a refusal alone has, and those that every approach has.
OF_REFUSALS = ("reason", "family", "changeable", "severity", "change", "filled", "stage")
OF_APPROACHES = ("need", "age", "sex", "type", "provider", "tier", "distance", "score", "month", "asked")


def age_band(age: int | None) -> int:
    """The place of an age among `AGES`; one past the last for an age that nobody said, or before birth (-1)."""
    if age is None:
        return len(AGES)
    return next(at for at, (_, _, last) in enumerate(AGES) if age <= last)


def score_band(score: int | None) -> int:
    """The place of a profile's score among `SCORES`, 0 where none was sent."""
    if score is None:
        return 0
    return next((at for at, (_, least, most) in enumerate(BANDS, 1) if least <= score <= most), 0)
