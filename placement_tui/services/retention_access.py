"""A request of access: everything that is held about one child, written to a folder, and noted as a look at the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.db.changes import audit as changes
from placement_tui.db.heads import plain
from placement_tui.db.reads import audit, children, subject_access
from placement_tui.db.reads.subject_access import Whole
from placement_tui.domain.audit import AuditRow, Sight
from placement_tui.domain.codes.care import CEASED, MISSING, REVIEW_CODES
from placement_tui.domain.codes.endings import FACTORS
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.codes.ssda903 import CIN, ETHNICITY, LEGAL_STATUS, REASON_PLACE_CHANGE
from placement_tui.domain.operations import same
from placement_tui.domain.restricted import for_file
from placement_tui.domain.retention import CODES
from placement_tui.domain.story_page import page_of
from placement_tui.errors import NotFound
from placement_tui.exchange import subject_access as files
from placement_tui.exchange.pages import as_html
from placement_tui.exchange.subject_access import Held, Record, Seen, Value
from placement_tui.services.desk import Desk
from placement_tui.services.story import story_of

OTHERS = "somebody named in the text"
PLACE = "export of everything"
MOST = 1_000_000  # entries of who saw and changed a record; more than any has
_LEFT_OUT = frozenset({"id", "struck_at", "easting", "northing", "latitude", "longitude"})
_CODED: dict[tuple[str, str], Any] = {
    ("need", "code"): NEEDS, ("approach", "reason"): REFUSALS, ("ending", "reason"): REASON_PLACE_CHANGE, ("factor", "code"): FACTORS,
    ("child", "ethnicity"): ETHNICITY, ("care", "cin"): CIN, ("care", "rec"): CEASED, ("missing", "kind"): MISSING,
    ("legal_status", "code"): LEGAL_STATUS, ("review", "code"): REVIEW_CODES,
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
        records = {each.key: each for each in subject_access.of_child(session, child_id)}
        held = (
            *(_held(each) for each in records.values()),
            *(_typed(*each) for each in subject_access.drafts(session, child_id)),
        )
        seen = tuple(
            Seen(each.at, each.officer, each.command, each.noun, each.what, _gone(each, records.get(each.key)))
            for each in map(for_file, reversed(audit.find(session, child=child_id, limit=MOST)))
        )
        story = as_html(page_of(story_of(session, desk, child_id, named=False), desk.authority_name))
    with desk.store.write(desk.officer.id, "view") as writing:
        changes.note(writing, [Sight("child", (child_id,), PLACE, desk.now)], always=True)
    who = row.name or f"{row.initials} {row.identifier}".strip()
    record = Record(desk.authority_name, who, desk.now, held, seen)
    made = files.write(record, folder, story)
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


def _gone(row: AuditRow, record: Whole | None) -> tuple[Value, ...]:
    """What a change wrote that the record does not say now: the journal holds it, so it is held."""
    if record is None:
        return ()
    return tuple(
        Value(each.name, _said(row.noun, each.name, each.after), _of(record, each.name, each.after))
        for each in row.fields
        if each.name not in _LEFT_OUT | record.refers.keys()
        and not same(each.after, plain(record.values.get(each.name)))
        and each.after not in (None, "", [], {})
    )


def _typed(key: UUID, form: str, saved_at: datetime, typed: dict[str, Any]) -> Held:
    values = [Value("form", form), Value("saved_at", saved_at)]
    values += [Value(name, said, OTHERS) for name, said in typed.items() if said not in (None, "", [], {})]
    return Held("half-typed form", key, False, tuple(values))


def _of(each: Whole, name: str, value: Any) -> str:
    """Whose a value may be, where it is not the child's own."""
    if name in each.refers:
        return {"officer": "staff", "carer": "carers"}.get(each.refers[name], "")
    if each.noun == "child" or name in CODES.get(each.noun, ()) or not isinstance(value, str | list):
        return "brothers and sisters" if each.shared and isinstance(value, str) else ""
    if each.noun == "referral" and name == "reference":
        return ""
    return "brothers and sisters" if each.shared else OTHERS


def _said(noun: str, name: str, value: Any) -> Any:
    codes = _CODED.get((noun, name))
    return f"{codes.label(value)} ({value})" if codes is not None and value in codes else value
