"""An offer as the comparison says it: cost, distance, whether it was wanted, its start, grade, law and when it lapses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placement_tui.domain.codes.census import ROUTES
from placement_tui.domain.codes.declines import DECLINES
from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.homes import Finding
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.typed import age_words
from placement_tui.domain.typed_numbers import money_words
from placement_tui.widgets.law_words import law_line
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import clock_words, fee_line, grade_dated, miles_words

LABELS = (
    "state", "week", "to year end", "distance", "wanted", "start", "lapses", "grade", "law", "sign-off", "route", "conditions", "phone",
)  # fmt: skip
_WISHES = ("first choice", "second choice", "third choice")


def offer_cells(row: OfferRow, law: Sequence[Finding] | None, signed: Line, now: datetime) -> tuple[Line, ...]:
    """One offer's answers, in the order of `LABELS`; `signed` says how its sign-off stands."""
    return (
        state_words(row, now),
        fee_line(row.care_pence, row.education_pence, row.health_pence),
        money_words(round(row.year_end_pence, -2)) if row.year_end_pence is not None else Span("-", "muted"),
        _distance(row),
        _wanted(row),
        clock_words(row.start_at, now) if row.start_at else Span("not said", "muted"),
        _lapses(row, now),
        grade_dated(row.grade, row.graded_on) if row.grade else Span("not inspected", "muted"),
        law_line(law),
        signed,
        ROUTES.spoken(row.route) if row.route else Span("not said", "muted"),
        row.conditions or Span("none", "muted"),
        row.phone or Span("no number", "muted"),
    )


def state_words(row: OfferRow, now: datetime) -> Span:
    """Whether it stands: `open`, `LAPSED`, `ACCEPTED`, `declined, distance`, `withdrawn`."""
    if row.lapsed(now) or row.state == "lapsed":
        return Span("LAPSED", "bad")
    if row.state == "accepted":
        return Span("ACCEPTED", "good")
    if row.state == "declined":
        why = f", {DECLINES.spoken(row.declined_reason).lower()}" if row.declined_reason else ""
        return Span(f"declined{why}", "muted")
    return Span(row.state, "accent" if row.state == "open" else "muted")


def _distance(row: OfferRow) -> Line:
    if row.miles is None:
        return Span("not known", "muted")
    where = {True: ", in area", False: ", out of area", None: ""}[row.in_area]
    return Span(f"{miles_words(row.miles, row.approximate)} mi{where}", "warn" if row.in_area is False else "")


def _wanted(row: OfferRow) -> Line:
    kind = KINDS.spoken(row.type_obtained)
    if row.wish is None:
        return Span(f"{kind}: not asked for", "warn")
    return f"{kind}: {_WISHES[row.wish] if row.wish < len(_WISHES) else 'a later choice'}"


def _lapses(row: OfferRow, now: datetime) -> Line:
    if row.expires_at is None or row.state not in ("open", "accepted"):
        return Span("no time said" if row.expires_at is None else "-", "muted")
    if row.expires_at <= now:
        return Span(f"{clock_words(row.expires_at, now)}, {age_words(now - row.expires_at)} ago", "bad")
    left = row.expires_at - now
    return Span(
        f"{clock_words(row.expires_at, now)}, in {age_words(left)}", "warn" if left.total_seconds() < 7200 else ""
    )
