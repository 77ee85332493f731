"""Who may open the store, changed while others work in it: the slot file rewritten, a new data key put in place.

A rotation seals a new data key to every slot in a second slot file (`.keys.next`), re-encrypts the store in one
transaction of SQLite's own (`PRAGMA rekey`), and puts the second file in the place of the first. Killed before that
transaction is committed, the store opens with the first file; killed after, with the second: at each moment one of them
goes with it, and whoever opens the store tries both. Officers who work meanwhile hold the private half of their own
slot, and open the new data key with it when the old fails (`Store.renew`). Nothing here is done but under the writers'
queue, so that there is one rotation at a time and no write beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement_tui.db import slots, ways
from placement_tui.db.columns import local
from placement_tui.db.connecting import opens
from placement_tui.db.engine import Store
from placement_tui.db.queue import queue
from placement_tui.db.slots import Slot, SlotFile
from placement_tui.db.tables import Local
from placement_tui.db.told import FAILURES, told
from placement_tui.errors import Locked, PlacementError, Refused, StoreDamaged
from placement_tui.paths import keys_path

KEYS = "keys"  # the name under which the store knows the generation of its slot file
Edit = Callable[[tuple[Slot, ...], bytes], tuple[Slot, ...]]


def put_slots(session: Session, store: Store, edit: Edit, *, due: bool = False) -> SlotFile:
    """Rewrite the slot file in a writing session; `edit` is given the slots and the data key, and gives the new slots.

    `due` says that a way in is taken away, so that a rotation has to follow. Raises Locked, NotFound, StoreDamaged.
    """
    store.sure()
    settle(store)
    file = slots.read(store.path)
    file.check(store.data_key)
    edited = replace(
        file,
        generation=max(file.generation, _known(session)) + 1,
        slots=edit(file.slots, store.data_key),
        due=True if due or file.due else None,
    )
    edited = slots.signed(edited, store.data_key)
    slots.save(store.path, edited, keys_path(store.path))
    _know(session, edited.generation)
    return edited


def rotate(store: Store, *, only_due: bool = False) -> bool:
    """Give the store a new data key while others work in it; True where that was done.

    `only_due` does it where an officer's way in was taken away and no rotation ended since. Raises Refused where the
    disk has no room (the old key stays), Locked, StoreDamaged.
    """
    with told(store.path), queue(store.path):
        store.sure()
        settle(store)
        file = slots.read(store.path)
        file.check(store.data_key)
        if file.demo or (only_due and not file.due):
            return False
        key = slots.new_key()
        following = ways.resealed(file, key)
        pending = slots.next_path(store.path)
        slots.save(store.path, following, pending)
        if not store.server:  # which encrypts with a key of its own; there the data key guards the ways in alone
            _encrypt_again(store, key)
            slots.replace_whole(pending, keys_path(store.path))
        store.use_key(key)
        store.checkpoint()  # no page under the old key need lie there any longer, and a copy of the file alone opens
    with store.write(None, "rotate") as session:
        _know(session, max(following.generation, _known(session)))
    return True


def settle(store: Store) -> None:
    """Finish a rotation that was killed, or clear it away; only under the writers' queue, with a key that opens."""
    pending = slots.next_path(store.path)
    if not pending.exists():
        return
    try:
        done = slots.belongs(slots.read_at(pending), store.data_key)
    except StoreDamaged:
        done = False
    if done:
        slots.replace_whole(pending, keys_path(store.path))
    else:
        pending.unlink(missing_ok=True)


def check(store: Store) -> None:
    """Refuse a slot file that is older than the store knows, and end what a killed rotation or removal left undone.

    Raises Locked.
    """
    if store.demo:
        return
    with store.read() as session:
        known = _known(session)
    pending = slots.next_path(store.path).exists()
    if pending:
        with suppress(PlacementError, OSError), queue(store.path):  # whoever may write does it; reading goes on
            store.sure()
            settle(store)
    file = slots.read(store.path)
    if file.generation < known:
        raise Locked(
            "The key file is an older copy than the store",
            f"it is of change {file.generation}, the store knows of {known}",
            "restore the newer key file: the older may let in somebody who was taken out",
        )
    if file.due:
        with suppress(PlacementError, OSError):
            rotate(store, only_due=True)


def _encrypt_again(store: Store, key: bytes) -> None:
    """Re-encrypt every page in one transaction; after a failure the old key holds, and the next slot file is gone."""
    failure: BaseException | None = None
    try:
        raw = store.raw(query_only=False)
        try:
            raw.execute(f"PRAGMA rekey=\"x'{key.hex()}'\"")
        finally:
            raw.close()
    except FAILURES as cause:
        failure = cause
    if opens(store.path, key):
        return
    if opens(store.path, store.data_key):
        slots.next_path(store.path).unlink(missing_ok=True)
    if failure is not None:
        raise failure
    size = store.path.stat().st_size
    if shutil.disk_usage(store.path.parent).free < 2 * size:  # the cipher does not say so
        raise Refused(
            "The disk is full: the data key was not changed", str(store.path),
            f"free {2 * size / 1_000_000:,.0f} MB, then say: placement rotate; until then the old key holds",
        )  # fmt: skip
    raise Refused("The data key was not changed", str(store.path), "the old one still holds: try again")


def _known(session: Session) -> int:
    value = session.execute(select(local.c.value).where(local.c.name == KEYS)).scalar()
    return int(value["generation"]) if value else 0


def _know(session: Session, generation: int) -> None:
    row = session.get(Local, KEYS)
    if row is None:
        session.add(Local(name=KEYS, value={"generation": generation}))
    else:
        row.value = {"generation": generation}
