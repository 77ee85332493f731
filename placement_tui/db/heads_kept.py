"""Where the journal ends, kept outside of it: a note beside the store, every backup, a line that somebody wrote down.

A journal whose last operations are cut off is whole as far as it goes. Only what was kept elsewhere shows it. The note
carries a MAC under a key that lies in the store and in no other place, so that nobody changes the note who cannot open
the store; the key outlives a change of the data key.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import select

from placement_tui.db.columns import local
from placement_tui.db.connecting import opens
from placement_tui.db.engine import Store
from placement_tui.db.told import FAILURES, told
from placement_tui.domain.backups import read_name
from placement_tui.domain.history import Fault, Head
from placement_tui.errors import PlacementError
from placement_tui.paths import backups_dir, head_path

KEY = "head key"
_OWN = "SELECT json_extract(value, '$.device'), json_extract(value, '$.sequence'), json_extract(value, '$.hash') FROM local WHERE name = 'chain'"


def keep(store: Store) -> None:
    """Note where the store's own chain ends now, if it went on since; where that cannot be written nothing happens."""
    with suppress(PlacementError, OSError, ValueError, *FAILURES):
        with store.read() as session:
            chain, key = (
                session.execute(select(local.c.value).where(local.c.name == name)).scalar() for name in ("chain", KEY)
            )
        if not chain or not chain["sequence"]:
            return
        head = Head(str(chain["device"]), int(chain["sequence"]), str(chain["hash"]))
        before = _read(store)
        if before is not None and before.device == head.device and before.sequence >= head.sequence:
            return  # another desk's program ended later, or nothing went on
        _write(store, head, bytes.fromhex(key) if key else _new_key(store))


def faults(store: Store, raw: Any, known: Head | None) -> tuple[list[Fault], list[str]]:
    """What the ends that were kept say against the journal, and what could not be compared, in words."""
    found: list[Fault] = []
    said: list[str] = []
    note = head_path(store.path)
    if not note.exists():
        said.append(
            f"No note of where the journal ended is kept beside the store ({note.name}): it is made when the program ends"
        )
    else:
        kept = _read(store)
        if kept is None or not hmac.compare_digest(_mac(kept, _key(raw)), _mac_of(store)):
            found.append(
                Fault("", 0, f"the note of where the journal ended was changed by something else ({note.name})")
            )
        else:
            found += _against(raw, kept, "when the program last ended")
    for path in _backups(store):
        end = _end_of(path, store.data_key)
        if end is None:
            said.append(f"The backup {path.name} could not be compared: it opens with an earlier key")
        else:
            found += _against(raw, end, f"in the backup {path.name}")
    if known is not None:
        found += _against(raw, known, "when that line was written down")
    return found, said


def _against(raw: Any, kept: Head, when: str) -> list[Fault]:
    row = raw.execute(
        "SELECT hash FROM operation WHERE device = ? AND sequence = ?", (kept.device, kept.sequence)
    ).fetchone()
    if row is not None and row[0] == kept.hash:
        return []
    if row is not None or not kept.sequence:
        what = f"operation {kept.sequence:,} is not the one that stood there {when}" if row else ""
    else:
        last = raw.execute("SELECT max(sequence) FROM operation WHERE device = ?", (kept.device,)).fetchone()[0] or 0
        what = f"the journal ended at {kept.sequence:,} {when}, and now ends at {last:,}: its end was cut off, or the store was put back to an earlier state"  # fmt: skip
    return [Fault(kept.device, kept.sequence, what)] if what else []


def _own_head(raw: Any) -> Head | None:
    row = raw.execute(_OWN).fetchone()
    return Head(str(row[0]), int(row[1]), str(row[2])) if row and row[1] else None


def _backups(store: Store) -> list[Path]:
    folder = backups_dir(store.path)
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if read_name(path.name) is not None and path.is_file())
    return []


def _end_of(path: Path, key: bytes) -> Head | None:
    if not opens(path, key):
        return None
    backup = Store(path, key)
    try:
        with told(path):
            raw = backup.raw()
            try:
                return _own_head(raw)
            finally:
                raw.close()
    except PlacementError:
        return None
    finally:
        backup.close()


def _read(store: Store) -> Head | None:
    try:
        data = json.loads(head_path(store.path).read_text(encoding="utf-8"))
        return Head(str(data["device"]), int(data["sequence"]), str(data["hash"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _mac_of(store: Store) -> str:
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        return str(json.loads(head_path(store.path).read_text(encoding="utf-8"))["mac"])
    return ""


def _mac(head: Head, key: bytes) -> str:
    return hmac.digest(key, json.dumps([head.device, head.sequence, head.hash]).encode(), "sha256").hex()


def _key(raw: Any) -> bytes:
    row = raw.execute("SELECT json_extract(value, '$') FROM local WHERE name = ?", (KEY,)).fetchone()
    try:
        return bytes.fromhex(row[0]) if row else b""
    except (ValueError, TypeError):
        return b""


def _new_key(store: Store) -> bytes:
    from placement_tui.db.tables import Local

    key = secrets.token_bytes(32)
    with store.write(None, "note the end") as session:
        row = session.get(Local, KEY)
        if row is not None:  # a colleague's program was quicker
            return bytes.fromhex(row.value)
        session.add(Local(name=KEY, value=key.hex()))
    return key


def _write(store: Store, head: Head, key: bytes) -> None:
    target = head_path(store.path)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    text = json.dumps({"device": head.device, "sequence": head.sequence, "hash": head.hash, "mac": _mac(head, key)})
    part.unlink(missing_ok=True)  # what it might be a link to is not followed
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text + "\n")
        os.chmod(part, store.path.stat().st_mode & 0o660)
        os.replace(part, target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
