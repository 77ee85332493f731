"""Let a laptop's store go of what is not its to hold, and take the values in again of what became open.

The operations stay, with their places, their hashes and what they replace, so that the journal is whole and merges; their
values are at the council. The records that they make are not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, null, select, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from placement_tui.db.backups import MARK
from placement_tui.db.changes import settings
from placement_tui.db.columns import columns_of, draft, local, operation, summary
from placement_tui.db.heads import CONFLICTS
from placement_tui.db.reads import laptops as reads
from placement_tui.db.reads.audit import SETS_SOMETHING
from placement_tui.db.reads.referrals import chunks
from placement_tui.db.tables import RECORDS, Local
from placement_tui.domain.meetings import open_only_name
from placement_tui.domain.operations import WITHHELD

_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


def choose(session: Session, device: UUID) -> None:
    """Note for every store of the team that a device holds the open referrals alone."""
    settings.put(session, open_only_name(device), True)


def become_open_only(session: Session) -> int:
    """Make a copy of a team's store one that holds the open referrals alone; gives how many records it let go of."""
    session.execute(local.delete().where(local.c.name == MARK))
    session.add(Local(name=reads.OPEN_ONLY, value=True))
    session.execute(draft.delete())
    return let_go(session)


def let_go(session: Session, known: Mapping[str, int] | None = None) -> int:
    """Take out what is about none of the store's families any more, and give how many records that were.

    `known` says how far the council's store knows every chain; as long as it lacks something of what would go, all stays.
    """
    kept = frozenset().union(*(each.keys for each in reads.families(session)))
    gone: dict[str, set[UUID]] = {}
    for noun in reads.scoped():
        over = set(session.execute(select(columns_of(RECORDS[noun]).id)).scalars()) - kept
        if over := over - reads.of_nobody(session, noun, over):
            gone[noun] = over
    keys = set().union(*gone.values())
    if not keys or (known is not None and _lacks(session, keys, known)):
        return 0
    values = {"fields": null(), "salt": WITHHELD}
    for chunk in chunks(sorted(keys)):
        c = operation.c
        session.execute(
            operation.update().where(c.key.in_(chunk), c.fields.is_not(None), SETS_SOMETHING).values(**values)
        )
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name in gone:
            _delete(session, table, sorted(gone[table.name]))
    _forget(session, keys)
    return len(keys)


def _delete(session: Session, table: Table, keys: Sequence[UUID]) -> None:
    """Take rows away. Those that refer to others of their own table are looked for at each, which needs an index meanwhile."""
    own = [column.name for column in table.c if any(key.column.table is table for key in column.foreign_keys)]
    for name in own:
        session.execute(text(f"CREATE INDEX let_go_{name} ON {table.name} ({name})"))
    for chunk in chunks(keys):
        session.execute(table.delete().where(table.c.id.in_(chunk)))
    for name in own:
        session.execute(text(f"DROP INDEX let_go_{name}"))


def _lacks(session: Session, keys: set[UUID], known: Mapping[str, int]) -> bool:
    c = operation.c
    for chunk in chunks(sorted(keys)):
        query = select(c.device, c.sequence).where(c.key.in_(chunk))
        if any(row.sequence > known.get(row.device.hex, 0) for row in session.execute(query)):
            return True
    return False


def _forget(session: Session, keys: set[UUID]) -> None:
    """Half-typed forms about them, that their fields have two values, and figures that were worked out with them."""
    spelt = {key.hex for key in keys}
    for row in session.execute(select(draft.c.id, draft.c.about, draft.c.typed)).all():
        named = {each.replace("-", "") for each in _ID.findall(f"{row.about} {json.dumps(row.typed)}")}
        if named & spelt:
            session.execute(draft.delete().where(draft.c.id == row.id))
    session.execute(summary.delete())
    waiting = session.get(Local, CONFLICTS)
    if waiting is not None:
        waiting.value = {key: noun for key, noun in waiting.value.items() if key not in spelt}


def give_back(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put the values in again of operations that lay here without them; of those erased meanwhile, that they were."""
    table = operation
    erased = [row["id"] for row in rows if row["fields"] is None]
    for chunk in chunks(erased):
        session.execute(table.update().where(table.c.id.in_(chunk)).values(salt=""))
    if there := [
        {"the_id": row["id"], "values_": row["fields"], "salt_": row["salt"]}
        for row in rows
        if row["fields"] is not None
    ]:
        update = table.update().where(table.c.id == bindparam("the_id"))
        session.execute(update.values(fields=bindparam("values_"), salt=bindparam("salt_")), there)
