"""A request of access: everything that is held about one child, written to a folder, and noted as a look at the record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.db.changes import audit as changes
from placement_tui.db.reads import audit, children, subject_access
from placement_tui.db.reads.subject_access import Whole
from placement_tui.domain.audit import Sight
from placement_tui.domain.codes.endings import FACTORS
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
from placement_tui.domain.retention import CODES
from placement_tui.errors import NotFound
from placement_tui.exchange import subject_access as files
from placement_tui.exchange.subject_access import Held, Record, Seen, Value
from placement_tui.services.desk import Desk

PLACE = "export of everything"
MOST = 1_000_000  # entries of who saw and changed a record; more than any has
_LEFT_OUT = frozenset({"id", "struck_at", "easting", "northing", "latitude", "longitude"})
_CODED: dict[tuple[str, str], Any] = {
    ("need", "code"): NEEDS, ("approach", "reason"): REFUSALS, ("ending", "reason"): REASON_PLACE_CHANGE, ("factor", "code"): FACTORS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, how many records, how many values are marked as of others."""

    words: str
    folder: Path
    files: tuple[Path, ...]
    records: int
    marked: int


def export(desk: Desk, child_id: UUID, folder: Path) -> Exported:
    """Everything about a child. Noted before the files are made. Raises NotFound, Refused."""
    desk.require("audit")
    with desk.read() as session:
        row = children.get(session, child_id, desk.today)
        if row is None:
            raise NotFound("There is no such child", mend="name one by the council's identifier")
        held = tuple(_held(each) for each in subject_access.of_child(session, child_id))
        seen = tuple(
            Seen(each.at, each.officer, each.command, each.noun, each.what)
            for each in reversed(audit.find(session, child=child_id, limit=MOST))
        )
    with desk.store.write(desk.officer.id, "view") as writing:
        changes.note(writing, [Sight("child", (child_id,), PLACE, desk.now)], always=True)
    who = row.name or f"{row.initials} {row.identifier}".strip()
    record = Record(desk.authority_name, who, desk.now, held, seen)
    made = files.write(record, folder)
    words = (
        f"{len(held)} records about {row.initials} {row.identifier} written to {folder}, not encrypted: "
        f"{record.marked} marked values are or may be of other people; read “{files.READ_FIRST}”"
    )
    return Exported(words, folder, made, len(held), record.marked)


def _held(each: Whole) -> Held:
    values = tuple(
        Value(name, _said(each.noun, name, value), _of(each, name, value))
        for name, value in each.values.items()
        if name not in _LEFT_OUT and value not in (None, "", [], {})
    )
    return Held(each.noun, each.key, each.struck, values)


def _of(each: Whole, name: str, value: Any) -> str:
    """Whose a value may be, where it is not the child's own."""
    if name in each.refers:
        return {"officer": "staff", "carer": "carers"}.get(each.refers[name], "")
    if each.noun == "child" or name in CODES.get(each.noun, ()) or not isinstance(value, str | list):
        return "brothers and sisters" if each.shared and isinstance(value, str) else ""
    if each.noun == "referral" and name == "reference":
        return ""
    return "brothers and sisters" if each.shared else "somebody named in the text"


def _said(noun: str, name: str, value: Any) -> Any:
    codes = _CODED.get((noun, name))
    return f"{codes.label(value)} ({value})" if codes is not None and value in codes else value
