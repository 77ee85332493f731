"""What would make the difference, as cells and lines."""

from __future__ import annotations

from datetime import datetime

from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.difference import CHANGES, Again, Row
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import ago_words


def row_cells(row: Row) -> list[Line]:
    """What would change it, and the counts."""
    again = Span(str(row.again), "good") if row.again else Span("-", "muted")
    return [row.label, str(row.refusals), Span(str(row.said), "muted"), str(row.providers), str(row.open), again]


def again_cells(each: Again, now: datetime) -> list[Line]:
    """One refusal: whether it could be asked again, whose, who said no, when, why, and what has changed."""
    row = each.refused
    ink = "" if row.open else "muted"
    may: Line = Span("yes", "good") if each.ready else Span("no", "bad") if each.why_not else ""
    why = REFUSALS[row.reason].short if row.reason and row.reason in REFUSALS else ""
    since = each.changes[0].words if each.changes else ""
    return [may, Span(row.reference, ink), Span(row.child, ink), Span(row.name, ink), f"{ago_words(row.answered_at, now)}",
            Span(why, ink), Span(since if each.ready else each.why_not or since, "accent" if each.ready else "muted")]  # fmt: skip


def again_lines(each: Again | None, now: datetime) -> list[Line]:
    """The refusal under the cursor: who and when, what would change it, what has changed or stands in the way."""
    if each is None:
        return ["", "", ""]
    row = each.refused
    why = REFUSALS[row.reason].said if row.reason and row.reason in REFUSALS else "no"
    first: Line = [
        Span(f" {row.name}", "strong"), Span(f" {row.phone}" if row.phone else ""),
        Span(f" · {why} for {row.reference} {row.child}, {ago_words(row.answered_at, now)} ago", "muted"),
    ]  # fmt: skip
    would = ", ".join(CHANGES[code].lower() for code in row.codes)
    note = f" · {row.note}" if row.note else ""
    second: Line = [Span(" would change it: ", "muted"), Span(would), Span(note, "muted")]
    if not row.open:
        return [first, second, Span(" This referral is not open any more", "muted")]
    if each.why_not:
        return [first, second, Span(f" May not be asked: {each.why_not}", "bad")]
    if each.changes:
        return [first, second, Span(f" Since then: {'; '.join(change.words for change in each.changes)}", "good")]
    return [
        first,
        second,
        Span(" Nothing of it has changed that the records show: a asks again with your own reason", "muted"),
    ]
