"""What is over its time, what would go with a child, and where else they are named."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    attempt,
    child,
    columns_of,
    draft,
    hand_over,
    home,
    live,
    operation,
    placement,
    provider,
    referral,
    referral_child,
    rota,
)
from placement_tui.db.reads import belonging
from placement_tui.db.reads.audit import SETS_NOTHING, SETS_SOMETHING
from placement_tui.db.reads.belonging import Belongings
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.retention import ERASED, SCHEDULES, Due, Schedule, born_at_latest, over

# Of these only notes are looked at: a home may be called what a child is called.
NAMED = frozenset(
    {"provider", "home", "officer", "device", "setting", "erasure", "attempt", "authority", "district", "constituency"}
)
SHORTEST = 3  # letters of a name or an identifier that is looked for in texts


def due(session: Session, schedule: Schedule, years: float | None, today: date) -> Due:
    """One schedule as it stands."""
    if schedule.kind == "view":
        held = session.execute(select(func.count()).select_from(operation).where(SETS_NOTHING)).scalar_one()
        return Due(schedule, None, held, 0)
    if years is None:
        return Due(schedule, None, 0, 0)
    rows = list(_since(session, schedule.kind))
    known = [(key, since) for key, since in rows if since is not None]
    gone = [(since, key) for key, since in known if over(since, years, today)]
    oldest = min(gone)[0] if gone else None
    return Due(schedule, years, len(rows), len(gone), oldest, len(rows) - len(known), tuple(key for _, key in gone))


def every(session: Session, years: dict[str, float | None], today: date) -> list[Due]:
    """All schedules as they stand; `years` by kind."""
    return [due(session, each, years[each.kind], today) for each in SCHEDULES]


def _since(session: Session, kind: str) -> Iterable[tuple[UUID, date | None]]:
    """The records of a kind that may go one day, each with the day from which its time runs."""
    if kind in ("child", "referral"):
        placed = select(placement.c.child_id).where(placement.c.struck_at.is_(None))
        query = select(child.c.id, child.c.born_on, child.c.age_said, child.c.age_said_on)
        query = query.where(child.c.id.in_(placed) if kind == "child" else child.c.id.not_in(placed))
        query = query.where(or_(child.c.identifier != "", child.c.initials != ""))
        for row in session.execute(live(query, child)):
            yield row.id, born_at_latest(row.born_on, row.age_said, row.age_said_on)
    elif kind == "approach":
        said = or_(approach.c.note != "", approach.c.said_by != "")
        query = select(approach.c.id, referral.c.closed_at).join(referral, referral.c.id == approach.c.referral_id)
        for row in session.execute(query.where(referral.c.closed_at.is_not(None), said)):
            yield row.id, london_day(row.closed_at)
    else:
        table, column = _DATED[kind]
        query = select(table.c.id, column)
        if kind == "hand_over":
            query = query.where(table.c.said != "")
        if kind != "draft":
            query = live(query, table)
        for row in session.execute(query):
            yield row[0], london_day(row[1]) if isinstance(row[1], datetime) else row[1]


_DATED: dict[str, tuple[Any, Any]] = {
    "hand_over": (hand_over, hand_over.c.made_at),
    "rota": (rota, rota.c.night_on),
    "attempt": (attempt, attempt.c.tried_at),
    "draft": (draft, draft.c.saved_at),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Children who are to be erased together, with all that is theirs."""

    children: frozenset[UUID]
    who: tuple[str, ...]
    own: Belongings
    shared: Belongings
    open: str
    names: tuple[str, ...]
    first: datetime | None
    born: tuple[date | None, ...]

    @property
    def keys(self) -> set[UUID]:
        """Every record that is theirs alone."""
        return {key for keys in self.own.values() for key in keys}

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds one of the names in a text, as a word."""
        if not self.names:
            return None
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, self.names)) + r")(?!\w)", re.I)


def subject(session: Session, children: Collection[UUID]) -> Subject:
    """Some children, what belongs to them, and what they are called: nothing that is a word of the language too."""
    own, shared = belonging.of_children(session, children)
    if groups := belonging.groups_of(session, own.get("referral", set())):
        own["sibling_group"] = groups
    rows = session.execute(select(child).where(child.c.id.in_(children))).all()
    names = [row.identifier for row in rows] + [row.name for row in rows if " " in row.name.strip()]
    references = select(referral.c.reference, referral.c.received_at).where(
        referral.c.id.in_(own.get("referral", set()))
    )
    found = session.execute(references).all()
    names += [row.reference for row in found]
    wanted = tuple(sorted({text.strip() for text in names if len(text.strip()) >= SHORTEST}, key=len, reverse=True))
    who = tuple(f"{row.initials} {row.identifier}".strip() for row in rows)
    first = min((row.received_at for row in found), default=None)
    placed = set(session.execute(select(placement.c.child_id).where(placement.c.child_id.in_(children))).scalars())
    born = tuple(born_at_latest(row.born_on, row.age_said, row.age_said_on) for row in rows if row.id in placed)
    return Subject(frozenset(children), who, own, shared, _open(session, children), wanted, first, born)


def _open(session: Session, children: Collection[UUID]) -> str:
    """Why these may not be erased now: somebody still works for them."""
    name = func.coalesce(func.nullif(home.c.name, ""), provider.c.name).label("home")
    lives = (
        select(child.c.initials, placement.c.started_at, name)
        .join(child, child.c.id == placement.c.child_id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .where(placement.c.child_id.in_(children), placement.c.ended_on.is_(None))
    )
    row = session.execute(live(lives, placement)).first()
    if row is not None:
        return f"{row.initials} lives at {row.home} since {london_day(row.started_at):%d/%m/%Y}"
    searched = (
        select(child.c.initials, referral.c.reference)
        .join(referral_child, referral_child.c.child_id == child.c.id)
        .join(referral, referral.c.id == referral_child.c.referral_id)
        .where(child.c.id.in_(children), referral.c.state == "open")
    )
    row = session.execute(live(searched, referral, referral_child)).first()
    return f"A home is being looked for: {row.reference} of {row.initials} is open" if row is not None else ""


def operations_of(session: Session, keys: Collection[UUID]) -> int:
    """How many operations of some records hold values."""
    c = operation.c
    return sum(
        session.execute(
            select(func.count()).where(c.key.in_(chunk), SETS_SOMETHING, c.fields.is_not(None))
        ).scalar_one()
        for chunk in chunks(sorted(keys))
    )


@dataclass(frozen=True, slots=True)
class Mention:
    """A record of something else whose texts name the children: which operations do, and what those said, without the names."""

    noun: str
    key: UUID
    columns: dict[str, Any]
    operations: frozenset[UUID]


def mentions(session: Session, of: Subject) -> list[Mention]:
    """The records that stay and name the children in a text, now or in an operation.

    The journal holds every value that a row ever had.
    """
    words = of.pattern
    if words is None:
        return []
    theirs = of.keys
    c = operation.c
    said = cast(c.fields, String)
    terms = [json.dumps(name)[1:-1].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for name in of.names]
    query = select(c.id, c.noun, c.key, c.fields).where(or_(*(said.ilike(f"%{term}%", escape="\\") for term in terms)))
    by_record: dict[tuple[str, UUID], set[UUID]] = {}
    said_by: dict[UUID, set[str]] = {}
    for row in session.execute(query):
        texts = {name: value for name, value in row.fields.items() if row.noun not in NAMED or name == "note"}
        if row.key not in theirs and row.noun in RECORDS and _says(texts, words):
            by_record.setdefault((row.noun, row.key), set()).add(row.id)
            said_by.setdefault(row.key, set()).update(row.fields)
    found = []
    for (noun, key), ops in by_record.items():
        columns = columns_of(RECORDS[noun])
        there = session.execute(select(*columns).where(columns.id == key)).first()
        if there is not None:
            values = {
                name: without(value, words) if noun not in NAMED or name == "note" else value
                for name, value in dict(there._mapping).items()
                if name != "id" and name in said_by[key]
            }
            found.append(Mention(noun, key, values, frozenset(ops)))
    return found


def _says(value: Any, words: re.Pattern[str]) -> bool:
    if isinstance(value, dict):
        return any(_says(each, words) for each in value.values())
    if isinstance(value, list):
        return any(_says(each, words) for each in value)
    return isinstance(value, str) and words.search(value) is not None


def without(value: Any, words: re.Pattern[str]) -> Any:
    """A value in which the names stand no more."""
    if isinstance(value, str):
        return words.sub(ERASED, value)
    if isinstance(value, list):
        return [without(each, words) for each in value]
    if isinstance(value, dict):
        return {name: without(each, words) for name, each in value.items()}
    return value


def drafts_about(session: Session, of: Subject) -> list[UUID]:
    """Half-typed forms that are about the children or name them."""
    words = of.pattern
    keys = {spelt for key in of.keys | set().union(*of.shared.values()) for spelt in (str(key), key.hex)}
    return [
        row.id
        for row in session.execute(select(draft.c.id, draft.c.about, draft.c.typed))
        if row.about in keys
        or (words is not None and _says(row.typed, words))
        or any(each in keys for each in _strings(row.typed))
    ]


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
