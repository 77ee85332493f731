"""A child's time in care line by line, as screens and the command line list it: the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from placement_tui.domain.care import CareHistory, open_period, return_misses, status_on
from placement_tui.domain.codes.care import CEASED, MISSING, REVIEW_CODES
from placement_tui.domain.codes.ssda903 import CIN, LEGAL_STATUS
from placement_tui.domain.story import lasted
from placement_tui.domain.tasks import reference_of

KINDS = {"care": "In care", "status": "Legal status", "missing": "Missing", "review": "Review"}
_ORDER = ("review", "missing", "status", "care")  # of one day: what lasts longest comes last, under what lies in it


@dataclass(frozen=True, slots=True)
class CareLine:
    """One period, legal status, time missing or review; `lasted` is how long it was, or is so far."""

    id: UUID
    kind: str
    on: date
    until: date | None
    code: str
    words: str
    lasted: str
    open: bool

    @property
    def ref(self) -> str:
        """The short reference that a person types."""
        return reference_of(self.id)

    @property
    def title(self) -> str:
        """What it is, for people."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class CareSummary:
    """A child who is in care or placed today, and what the return would miss of them."""

    child_id: UUID
    identifier: str
    initials: str
    since: date | None
    cin: str | None
    status: str | None
    lives: str
    missing: tuple[str, ...]


def care_lines(history: CareHistory, today: date) -> list[CareLine]:
    """Every row of a child's time in care, the latest first."""
    found = []
    for period in history.periods:
        words = CIN.label(period.cin).lower() if period.cin else "category of need not said"
        if period.rec:
            words += f"; ceased: {CEASED.spoken(period.rec).lower()}"
        codes = " ".join(code for code in (period.cin, period.rec) if code)
        found.append(CareLine(
            period.id, "care", period.began_on, period.ended_on, codes, words,
            lasted(period.began_on, period.ended_on or today), period.ended_on is None,
        ))  # fmt: skip
    for status in history.statuses:
        over = status.until_on
        found.append(CareLine(
            status.id, "status", status.from_on, over, status.code, LEGAL_STATUS.spoken(status.code),
            lasted(status.from_on, over or today), over is None,
        ))  # fmt: skip
    for away in history.missing:
        words = MISSING.spoken(away.kind) + ("" if away.until_on else ", not back yet")
        found.append(CareLine(
            away.id, "missing", away.from_on, away.until_on, away.kind, words,
            lasted(away.from_on, away.until_on or today), away.until_on is None,
        ))  # fmt: skip
    for review in history.reviews:
        words = REVIEW_CODES.spoken(review.code)
        found.append(CareLine(review.id, "review", review.held_on, None, review.code, words, "", False))
    return sorted(found, key=lambda line: (-line.on.toordinal(), _ORDER.index(line.kind), line.id))


def summary_of(history: CareHistory, today: date) -> CareSummary | None:
    """One line of a child who is in care or placed today; None for another."""
    period, status = open_period(history), status_on(history, today)
    lives = next((stay.home for stay in history.stays if stay.from_on <= today and stay.until_on is None), "")
    if period is None and not lives:
        return None
    return CareSummary(
        history.child_id, history.identifier, history.initials, period.began_on if period else None,
        period.cin if period else None, status.code if status and period else None, lives, return_misses(history, today),
    )  # fmt: skip
