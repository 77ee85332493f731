"""Two values of one field: both are kept, shown in words, and settled by an officer.

A conflict is found by what each officer had read and never by clocks (`placement_tui.domain.operations.fold`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS
from placement_tui.domain.typed_numbers import money_words
from placement_tui.domain.typed_times import london

# Fields that say one thing together: the first names it, and settling it settles them all.
TOGETHER: tuple[tuple[str, ...], ...] = (
    ("home_postcode", "easting", "northing", "latitude", "longitude", "location", "authority"),
    ("born_on", "age_said", "age_said_on"),
    ("needed_by", "urgency"),
    ("state", "decided_at", "decided_by", "decided_by_name", "declined_reason", "closed_at", "closed_reason", "done_at", "done_by",
     "returned_at"),
    ("outcome", "answered_at", "answered_by", "call_back_at", "reason", "other_reasons", "would_change", "stage", "closing"),
    ("due_at", "first_due_at", "moved_why"),
    ("sections", "said_on", "changed_at"),
)  # fmt: skip
_NAMES = {
    "care_pence": "fee for care", "education_pence": "fee for education", "health_pence": "fee for health",
    "start_at": "could start", "expires_at": "lapses", "home_postcode": "home postcode", "born_on": "age or birth",
    "needed_by": "needed by", "max_miles": "within miles", "social_worker_phone": "their phone", "struck_at": "struck out",
}  # fmt: skip
_NOUNS = {"referral": "referral", "child": "child", "offer": "offer", "home": "home", "placement": "placement"}
LONGEST = 160  # letters of a value beside another; the whole of it stands in the history


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values: who said it, when, by which operation."""

    op: UUID
    officer_id: UUID | None
    officer: str
    at: datetime
    values: Mapping[str, Any]  # by field, as the journal keeps them

    @property
    def words(self) -> str:
        """The value in words."""
        return value_words(self.values)


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A field (or several that say one thing) of a record with more than one value; the latest, which shows, is last."""

    noun: str
    key: UUID
    fields: tuple[str, ...]
    about: str
    sides: tuple[Side, ...]

    @property
    def field(self) -> str:
        """What the field is called."""
        return field_words(self.fields[0])

    def said(self, officer: UUID | None) -> str:
        """`26-0142 KJ 14 M: wanted changed by KM at 14:02: ‘foster’ — yours: ‘res’`."""
        parts = []
        for side in self.sides:
            who = (
                "yours"
                if side.officer_id == officer
                else f"changed by {side.officer or 'somebody'} at {moment_words(side.at)}"
            )
            parts.append(f"{who}: ‘{side.words}’")
        return f"{self.about or self.noun}: {self.field} {' — '.join(parts)}"


def groups(fields: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """The fields, those together that say one thing, the naming one first."""
    found = [together for each in TOGETHER if (together := tuple(name for name in each if name in fields))]
    taken = {name for together in found for name in together}
    return [*found, *((name,) for name in fields if name not in taken)]


def field_words(name: str) -> str:
    """A field's name for people."""
    lead = next((each[0] for each in TOGETHER if name in each), name)
    return _NAMES.get(lead, _NAMES.get(name, lead.replace("_", " ")))


def value_words(values: Mapping[str, Any]) -> str:
    """What fields say, for people."""
    for each in TOGETHER:
        if next(iter(values), "") in each:
            said = [_words(name, values[name]) for name in each if values.get(name) not in (None, "", [])]
            return said[0] if said else "nothing"
    return ", ".join(_words(name, value) for name, value in values.items()) or "nothing"


def moment_words(at: datetime) -> str:
    """A time on the clock of England, with its day."""
    local = at.astimezone(london())
    return f"{local:%H:%M} on {local:%a} {local.day} {local:%b}"


def _words(name: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "wanted" and isinstance(value, list):
        return ", ".join(KINDS.spoken(kind) if kind in KINDS else str(kind) for kind in value)
    if name in ("outcome", "state"):
        return str(value).replace("_", " ")
    if name.endswith("_pence"):
        return money_words(int(value))
    if name == "legal_status" and value in LEGAL_STATUS:
        return LEGAL_STATUS.label(value)
    if name == "code" and value in NEEDS:
        return NEEDS.label(value)
    if name == "age_said":
        return f"{value} years"
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    text = str(value)
    if name.endswith("_at") or name == "needed_by":
        return moment_words(datetime.fromisoformat(text))
    if name.endswith("_on"):
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
