"""The form that goes with the night: who may be called, with room for what they said; and how its lines are read back.

A line is read where something stands under Answer. Nothing is guessed: a reference, a home, an answer or a code that is
not known refuses the line, with what would be right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.handovers import HandOver
from placement_tui.domain.imports import RefusedLine
from placement_tui.domain.typed_numbers import money
from placement_tui.domain.typed_text import cell_text, clean
from placement_tui.domain.typed_times import when
from placement_tui.errors import Invalid

COLUMNS = ("Ref", "Child", "Home", "Number", "Time", "Answer", "Reason", "Weekly fee", "Said by", "Note")
NEEDED = ("Ref", "Home", "Answer")
ANSWERS = {
    "yes": "offer", "y": "offer", "offer": "offer",
    "no": "refusal", "n": "refusal", "refusal": "refusal", "refused": "refusal",
    "no reply": "no_reply", "-": "no_reply", "none": "no_reply", "no answer": "no_reply",
}  # fmt: skip
NOTE_LIMIT = 20_000
OLDEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class NightLine:
    """One answer that the night team heard. `pence` is the weekly fee of a yes, 0 where none was said."""

    line: int
    reference: str
    home: str
    at: datetime
    outcome: str
    reason: str | None = None
    pence: int = 0
    said_by: str = ""
    note: str = ""


def rows_of(said: HandOver, anonymised: bool = False) -> list[tuple[str, ...]]:
    """The form's rows under its titles: for each child those who were asked and have not answered, then who may be."""
    rows: list[tuple[str, ...]] = [COLUMNS]
    for child in said.children:
        who = child.anonymous if anonymised else child.child
        waiting = [(each.name, each.phone) for each in child.asked if each.outcome in ("awaiting", "no_reply")]
        for name, phone in dict([*waiting, *((each.name, each.phone) for each in child.may_call)]).items():
            rows.append((child.reference, who, cell_text(name), phone, "", "", "", "", "", ""))
    return rows


def read_line(line: int, cells: Mapping[str, str], now: datetime) -> NightLine | RefusedLine | None:
    """What a line says: an answer, what is wrong with it, or None where nothing was filled in."""
    value = {name: clean(cells.get(name, "")) for name in COLUMNS}
    if not value["Answer"]:
        filled = next((name for name in ("Time", "Reason", "Weekly fee", "Said by") if value[name]), None)
        if filled is None:
            return None
        return RefusedLine(line, "Answer", "", "Something is filled in but no answer", "Write yes, no or no reply.")
    outcome = ANSWERS.get(value["Answer"].casefold())
    if outcome is None:
        return RefusedLine(line, "Answer", value["Answer"], "that is no answer", "Write yes, no or no reply.")
    for name in ("Ref", "Home"):
        if not value[name]:
            return RefusedLine(line, name, "", "it is empty", "Say for which referral and which home.")
    try:
        at = _time(value["Time"], now)
        reason = _reason(value["Reason"]) if outcome == "refusal" else None
        pence = money(value["Weekly fee"]) if outcome == "offer" and value["Weekly fee"] else 0
    except Invalid as cause:
        column = {"when": "Time", "reason": "Reason"}.get(cause.field, "Weekly fee")
        return RefusedLine(line, column, value[column], cause.title, f"{(cause.mend or cause.detail).capitalize()}.")
    if len(value["Note"]) > NOTE_LIMIT:
        return RefusedLine(line, "Note", "", f"it has {len(value['Note']):,} characters", "Shorten it.")
    return NightLine(line, value["Ref"].upper(), value["Home"].removeprefix("'"), at, outcome, reason, pence,
                     value["Said by"][:200], value["Note"])  # fmt: skip


def missing_columns(titles: Sequence[str]) -> list[str]:
    """The titles that the form must have and these are not among."""
    there = {clean(title).casefold() for title in titles}
    return [name for name in NEEDED if name.casefold() not in there]


def _time(text: str, now: datetime) -> datetime:
    if not text:
        return now
    at = when(text, now, past=True)
    if at > now and len(text) <= 5:  # 23:40 read in the morning is last night's
        at -= timedelta(days=1)
    if at > now or at < now - OLDEST:
        raise Invalid("when", "That time is to come, or long ago", mend="write it like 21:40, or 14 oct 21:40")
    return at


def _reason(text: str) -> str:
    if not text:
        raise Invalid("reason", "A no has a reason", mend="write a code, or a few words of it: M1, no bed, too far")
    found = REFUSALS.find(text)
    if found is None:
        raise REFUSALS.unknown(text, "reason")
    return found.code
