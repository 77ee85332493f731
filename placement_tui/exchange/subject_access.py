"""What is held about one child, as a page that a person reads and as JSON: for a request of access.

The right is to one's own data (UK GDPR, article 15); what is of somebody else is weighed before it is handed over (Data
Protection Act 2018, Schedule 2, paragraph 16). So every value that is or may be of another person stands marked.
"""

from __future__ import annotations

import html
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.errors import Refused

PAGE, DATA, STORY, READ_FIRST = "record.html", "record.json", "story.html", "READ FIRST.txt"
MARK = "look through before handing over"

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:52em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #ccc;padding:.2em .6em;text-align:left;vertical-align:top}th{width:14em;font-weight:600}"
    "mark{background:#ffe08a}h2{margin-top:2em}caption{text-align:left;font-weight:600}"
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that is held. `of` says whose it may be, where it is not the child's own."""

    name: str
    value: Any
    of: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One record: its kind, and what it says."""

    noun: str
    key: UUID
    struck: bool
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody saw or changed a record. `said` is what they wrote that no longer stands, or stands beside another value."""

    at: datetime
    officer: str
    command: str
    noun: str
    what: str
    said: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything: whose, who holds it, when it was asked for."""

    council: str
    child: str
    made_at: datetime
    held: tuple[Held, ...]
    seen: tuple[Seen, ...]

    @property
    def marked(self) -> int:
        """How many values are marked."""
        held = sum(bool(value.of) for each in self.held for value in each.values)
        return held + sum(bool(value.of) for each in self.seen for value in each.said)


def write(record: Record, folder: Path, story: str) -> tuple[Path, ...]:
    """The files, the story too, in a new folder that only its owner may read. Raises Refused where there is something already."""
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise Refused(
            f"There is something at {folder} already", mend="name a new folder: nothing is written over"
        ) from None
    except OSError as cause:
        raise Refused(f"No folder can be made at {folder}", cause.strerror or "", "name another place") from None
    made = []
    for name, text in ((READ_FIRST, _first(record)), (PAGE, page(record)), (DATA, data(record)), (STORY, story)):
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        made.append(folder / name)
    return tuple(made)


def data(record: Record) -> str:
    """All of it as JSON."""
    return json.dumps(asdict(record), ensure_ascii=False, indent=1, default=_plain) + "\n"


def page(record: Record) -> str:
    """All of it as a page that needs nothing else to be read."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-GB"><head><meta charset="utf-8">',
        f"<title>What is held about {_text(record.child)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>What {_text(record.council)} holds about {_text(record.child)}</h1>",
        f"<p>{len(record.held)} records, taken on {_text(record.made_at)}. Marked values ({record.marked}) are or may be of "
        f"other people: <mark>{MARK}</mark>.</p>",
    ]
    noun = ""
    for each in record.held:
        if each.noun != noun:
            noun = each.noun
            parts.append(f"<h2>{_text(_words(noun).capitalize())}</h2>")
        parts.append("<table>" + ("<caption>struck out</caption>" if each.struck else ""))
        parts += [f"<tr><th>{_text(_words(value.name))}</th><td>{_marked(value)}</td></tr>" for value in each.values]
        parts.append("</table><br>")
    parts.append("<h2>Who saw and changed it, and what they wrote that stands no more</h2><table>")
    parts += [
        f"<tr><th>{_text(each.at)}</th><td><mark title='staff'>{_text(each.officer)}</mark> {_text(each.command)}: "
        f"{_text(_words(each.noun))} {_text(each.what)}"
        + "".join(f"<br>{_text(_words(value.name))}: {_marked(value)}" for value in each.said)
        + "</td></tr>"
        for each in record.seen
    ]
    return "\n".join([*parts, "</table></body></html>", ""])


def _first(record: Record) -> str:
    return (
        f"This folder holds everything that {record.council}'s placements store holds about one child ({record.child}),\n"
        f"taken on {_plain(record.made_at)}: {len(record.held)} records, and {len(record.seen)} entries of who saw and changed them, with\n"
        "what was written and stands no more.\n\n"
        f"{PAGE}  to read in a browser, without a network\n{DATA}  the same for a program\n"
        f"{STORY}  where the child lived, day by day, without the names of foster carers\n\n"
        f"{record.marked} values are marked: {MARK}. They are or may be of other people: carers, staff of providers,\n"
        "social workers, brothers and sisters. (Data Protection Act 2018, Schedule 2, paragraph 16.)\n\n"
        "It is a child's record. It is not encrypted any more: keep it where only those who need it can read it, and remove\n"
        "it when it was handed over. That it was made stands in the store's journal.\n"
    )


def _marked(value: Value) -> str:
    text = _text(value.value)
    return f"<mark title='{_text(value.of)}: {MARK}'>{text}</mark>" if value.of else text


def _text(value: Any) -> str:
    said = _plain(value)
    if isinstance(said, list | dict):
        said = json.dumps(said, ensure_ascii=False)
    return html.escape(str(said), quote=True).replace("\n", "<br>")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M %Z").strip()
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping | Sequence | int | float | str | bool | type(None)):
        return value
    return str(value)


def _words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")
