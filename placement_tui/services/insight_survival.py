"""How long placements last: the share that still goes on after so many days, by type, provider or forced choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from placement_tui.db.reads import insight_endings as reads
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row
from placement_tui.domain.insight_endings import Keys, Lived, fitting, keys_of, label_of
from placement_tui.domain.survival import Step, at, followed_on, kaplan_meier, median, thinned
from placement_tui.errors import Invalid
from placement_tui.services.desk import Desk

GROUPS = 8  # curves of one figure; more cannot be told apart
MARKS = (7, 28, 91, 182, 365, 730)
STEPS = 120  # of one curve in a drawing
SOURCE = "placements and endings logged here"
_FOLLOWED = (
    "placements that started in these days (T0 to T4 left out), each followed to the last of them; the share that goes on "
    "after so many days by Kaplan and Meier; n: those followed for so long; "
)
_INTERVAL = "; interval: Greenwood on the log-log scale, 95%"
EVENTS = {
    "disrupted": "an event is a disrupted ending; every other ending, and a placement that goes on, is counted until its last "
    "day and no longer (censored)",
    "move": "an event is any ending that is a move, planned ones too; PLACE, and a placement that goes on, are counted until "
    "their last day and no longer (censored)",
}
_TITLES = {"disrupted": "disruption", "move": "any move"}


def report(desk: Desk, period: Period, by: str) -> Report:
    """Survival until a disruption and until any move, at fixed days and as curves."""
    with desk.read() as session:
        rows = _cohort(reads.started(session, period.first, period.last, whose=by == "provider"))
        names = reads.providers(session, {row.provider for row in rows}) if by == "provider" else {}
    last = min(period.last, desk.today)
    groups = _groups(rows, by)
    blocks = [block for event in EVENTS for block in _blocks(event, groups, by, names, last)]
    return Report("survival", "How long placements last", period, tuple(blocks), by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The placements of a curve: all that were followed, or with `event` those that ended so, `day` within so many days.

    Raises Invalid.
    """
    last = min(period.last, desk.today)
    own = {cut.dimension: cut.value for cut in cuts if cut.dimension in ("event", "day")}
    event, day = own.get("event"), own.get("day", "")
    if event is not None and event not in EVENTS:
        raise Invalid("cut", f"{event!r} is no event of a curve", mend=" or ".join(EVENTS))
    if day and not day.isdigit():
        raise Invalid("cut", f"{day!r} is no number of days", mend="a whole number of days")
    with desk.read() as session:
        whose = any(cut.dimension == "provider" for cut in cuts)
        rows = _cohort(reads.started(session, period.first, period.last, whose=whose))
        chosen = fitting(rows, [cut for cut in cuts if cut.dimension not in own], {})
        if event is not None:
            seen = {row.id: followed(row, event, last) for row in chosen}
            chosen = [row for row in chosen if seen[row.id][1] and (not day or seen[row.id][0] <= int(day))]
        chosen = sorted(chosen, key=lambda row: (row.started, row.id), reverse=True)[:limit]
        says = {row.id: _says(row, last) for row in chosen}
        return reads.behind(session, [row.id for row in chosen], says)


def followed(row: Lived, event: str, last: date) -> tuple[int, bool]:
    """For how many days a placement was followed up to the last day, and whether it ended so by then."""
    if row.ended is None or row.ended > last:
        return max(0, (last - row.started).days), False
    kind = row.ended_as
    ended = kind == "disrupted" if event == "disrupted" else kind not in (None, "not_a_move")
    return row.days, ended


def _cohort(rows: Sequence[Lived]) -> list[Lived]:
    return [row for row in rows if row.counts]


def _says(row: Lived, last: date) -> str:
    if row.ended is None:
        return f"goes on, {max(0, (last - row.started).days)} days"
    return f"{row.reason or 'no reason logged'} after {row.days} days"


def _groups(rows: Sequence[Lived], by: str) -> dict[str, list[Lived]]:
    """The rows by value, the largest groups first; all of them where they are not set apart."""
    if not by:
        return {"": list(rows)}
    keys: Keys = keys_of(by)
    found: dict[str, list[Lived]] = {}
    for row in rows:
        for key in keys(row):
            found.setdefault(key, []).append(row)
    order = sorted(found, key=lambda key: (-len(found[key]), key))
    if by == "forced":
        order = [key for key in ("as wanted", "not as wanted", "not said") if key in found]
    return {key: found[key] for key in order[:GROUPS]}


def _blocks(
    event: str, groups: Mapping[str, Sequence[Lived]], by: str, names: Mapping[str, str], last: date
) -> list[Block]:
    words = _FOLLOWED + EVENTS[event] + _INTERVAL
    marks: list[Row] = []
    curve: list[Row] = []
    for key, rows in groups.items():
        label = label_of(by, key, names).strip() if by else "All placements"
        cuts = (Cut("event", event), *((Cut(by, key),) if by else ()))
        steps = kaplan_meier(followed(row, event, last) for row in rows)
        marks += _marks(label, rows, steps, cuts)
        curve += [_row(label, 0, Step(0, 1.0, len(rows), 0, 0, None, None), cuts)] if steps else []
        curve += [_row(label, step.day, step, cuts) for step in thinned(steps, STEPS)]
    until = _TITLES[event]
    return [
        Block(f"{event}-days", f"Still going on: until {until}", words, tuple(marks), "share", "none", SOURCE),
        Block(f"{event}-curve", f"Survival until {until}", words, tuple(curve), "share", "survival", SOURCE),
    ]


def _marks(label: str, rows: Sequence[Lived], steps: Sequence[Step], cuts: tuple[Cut, ...]) -> list[Row]:
    half = median(steps)
    found = []
    for day in MARKS:
        n = followed_on(steps, day)
        step = at(steps, day) or (Step(day, 1.0, len(rows), 0, 0, None, None) if n else None)
        if step is None:
            break
        note = f"half had ended by day {half}" if half is not None and half <= day else ""
        found.append(replace(_row(label, day, step, cuts, note), n=n))
    return found


def _row(label: str, day: int, step: Step, cuts: tuple[Cut, ...], note: str = "") -> Row:
    return Row(
        label, step.share, step.at_risk, None, None, step.low, step.high, str(day), note, (*cuts, Cut("day", str(day)))
    )
