"""The alerts of an import: what it changes of homes where children live, as tasks and as lines of its report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from placement_tui.db.changes import tasks
from placement_tui.db.engine import Session
from placement_tui.db.reads import lists as reads
from placement_tui.domain.imports import Change
from placement_tui.domain.lists import Alert, alerts_of, due_of, report_line
from placement_tui.services.desk import Desk
from placement_tui.services.imports_plan import Row, many

SHOWN = 50  # lines of the report
_WIDE = ("registration", "suspended", "grade")  # what of an agency or provider bears on all of its homes


def raise_alerts(
    session: Session,
    desk: Desk,
    as_at: date,
    homes: Sequence[Row],
    changes: Iterable[Change],
    names: dict[UUID, str],
    dry: bool,
) -> list[str]:
    """Open the tasks that some changes of homes ask for, and say whom they bear on. A trial only says.

    A task belongs to nobody until somebody on duty takes it. What changed of an agency or of a provider of supported
    accommodation concerns the children in its households and settings.
    """
    before = {row["id"]: row for row in homes}
    found = [
        alert
        for change in changes
        if change.noun == "home" and not change.new and change.key in before
        for alert in alerts_of(before[change.key], change.values, as_at)
    ]
    if not found:
        return []
    there = _where(session, found, before)
    concerned = reads.concerned(session, {key for keys in there.values() for key in keys})
    lines, dues, elsewhere = [], [], 0
    said: set[tuple[UUID, str]] = set()  # a setting of its own line is not told again by its provider's
    for alert in found:
        matters = [key for key in there[alert] if key in concerned and (key, alert.what) not in said]
        elsewhere += not matters
        for key in matters:
            said.add((key, alert.what))
            each, name = concerned[key], names.get(key) or before[key]["name"] or "a home"
            about = Alert(key, alert.what, alert.old, alert.new, alert.on, alert.kind)
            dues += [due_of(about, place, child, referral, desk.now) for place, child, _, referral in each.placements]
            lines.append(report_line(about, name, (at[2] for at in each.placements), each.offers, each.calls))
    if dues and not dry:
        tasks.open_for(session, dues, desk.now, None)
    if len(lines) > SHOWN:
        lines[SHOWN:] = [f"and {many(len(lines) - SHOWN, 'home')} more: see Due."]
    if elsewhere:
        lines.append(f"{many(elsewhere, 'change')} of registration, grade or conditions where nobody of ours is.")
    return lines


def _where(session: Session, alerts: Sequence[Alert], before: dict[UUID, Row]) -> dict[Alert, list[UUID]]:
    wide = {before[each.home_id]["urn"] for each in alerts if _is_wide(each, before[each.home_id])}
    under = reads.under_urns(session, {urn for urn in wide if urn})
    return {
        each: [each.home_id, *(key for key in under.get(before[each.home_id]["urn"] or "", ()) if key != each.home_id)]
        if _is_wide(each, before[each.home_id])
        else [each.home_id]
        for each in alerts
    }


def _is_wide(alert: Alert, row: Row) -> bool:
    provider = row["kind"] == "agency" or (row["kind"] == "sa" and row["listed_on"] is not None)
    return provider and alert.what in _WIDE
