"""Verify a store: its journal against itself, its records against the journal, its end against what is known of it.

Three walks in one reading transaction, in bounded memory:

1. every device's chain in order: each operation's hash is made of the one before it, its own header and its digest;
2. every record: its operations' values against their digests, and the row against the fold of its operations;
3. the end of the chains: against the store's own mark, against a note kept beside the store and against every backup.

And what guards the journal has to stand, and nothing beside it that this program does not make.

What it cannot see. The hashes carry no secret: whoever holds the data key and the skill can write a whole chain anew
from some operation on, with the records to match. Only what is kept elsewhere shows that: the note beside the store
(under a key derived from the data key, so it stops who has not that), a backup they do not reach, or the line that
`placement verify` prints, written down by somebody else. A store put back as a whole to an older copy is seen in the
same way, and in no other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlmodel import SQLModel

from placement_tui.db import heads_kept, moving
from placement_tui.db.engine import Store
from placement_tui.db.folded import Folded
from placement_tui.db.migrate import TRIGGERS
from placement_tui.db.told import told
from placement_tui.domain.history import Fault, Head, Verified
from placement_tui.domain.operations import GENESIS, chain_hash
from placement_tui.domain.typed_text import clean

Progress = Callable[[int, int], None]
PAGES_KEPT = "PRAGMA cache_size=-65536"  # the second walk goes by record, and comes back to the same pages
STEP = 2_000

_CHAIN = (
    "SELECT id, device, sequence, hlc, at, officer_id, command, intention, undoes, noun, key, base, digest, hash"
    " FROM operation ORDER BY device, sequence"
)


def verify(store: Store, progress: Progress | None = None, known: Head | None = None) -> Verified:
    """Everything that does not hold, each with its place. `known` is an end that somebody wrote down.

    Raises StoreDamaged where the store cannot be read at all.
    """
    with told(store.path), _reading(store) as raw:
        total = raw.execute("SELECT count(*) FROM operation").fetchone()[0] * 2
        told_of = _Steps(progress, total)
        chains = _Chains(raw, told_of)
        chains.walk()
        folded = Folded(raw, told_of)
        folded.walk()
        faults = [*chains.faults, *_strangers(raw, chains), *folded.faults, *_own_end(raw, chains), *_schema(raw)]
        kept, said = heads_kept.faults(store, raw, known)
        if folded.withheld:
            said.append(
                f"{folded.withheld:,} changes are here without what they say: closed cases are kept at the council"
            )
        faults += [*kept, *(Fault("", 0, what) for what in _harmed_pages(raw))]
        if store.server:
            faults += [Fault("", 0, what) for what in _server_faults(store)]
        head = _head(raw, chains)
    return Verified(chains.count, len(chains.ends), tuple(faults), folded.records, head, tuple(said))


class _Steps:
    """Says how far the walks are, now and then."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self) -> None:
        self._done += 1
        if self._progress is not None and self._done % STEP == 0:
            self._progress(self._done, self._total)


class _Chains:
    """The first walk: each device's operations in their order."""

    def __init__(self, raw: Any, step: Callable[[], None]) -> None:
        self._raw, self._step = raw, step
        self.faults: list[Fault] = []
        self.ends: dict[str, tuple[int, str]] = {}
        self.count = 0
        self._previous: tuple[str, ...] = (GENESIS,)

    def walk(self) -> None:
        """Go along all of them."""
        device, expected = None, 1
        for row in self._raw.execute(_CHAIN):
            self.count += 1
            self._step()
            if row[1] != device:
                device, expected, self._previous = row[1], 1, (GENESIS,)
            self._look(row, expected)
            sequence = row[2] if isinstance(row[2], int) else expected
            expected = max(expected, sequence + 1)
            self.ends[str(device)] = (expected - 1, str(row[13]))

    def _look(self, row: Any, expected: int) -> None:
        """One operation. A hash that was changed accuses itself and not the operation after it."""
        digest, hash_ = row[12], row[13]
        made = [_made(previous, row, digest) for previous in self._previous]
        if row[2] != expected:
            missing = row[2] - expected if isinstance(row[2], int) else 0
            self._fault(row, f"{missing:,} before it are missing" if missing > 0 else "it stands out of its order")
        elif hash_ not in made:
            self._fault(row, "its header or its place was changed, or the operation before it")
        self._previous = (hash_,) if hash_ in made else (hash_, *made)

    def _fault(self, row: Any, what: str) -> None:
        sequence = row[2] if isinstance(row[2], int) else 0
        self.faults.append(Fault(str(row[1]), sequence, f"{what} ({row[9]})", str(row[9]), str(row[10])))


def _made(previous: str, row: Any, digest: str) -> str:
    """The hash that the operation ought to have."""
    try:
        base = json.loads(row[11]) if row[11] != "{}" else {}
        header = [*row[:4], iso(row[4]), *row[5:11], base]
        return chain_hash(str(previous), header, str(digest))
    except (ValueError, TypeError, RecursionError):
        return ""


def iso(stored: Any) -> Any:
    """A time as the journal spells it, of a time as SQLite keeps it."""
    if not isinstance(stored, str):
        return stored
    return stored.removesuffix(".000000").replace(" ", "T", 1) + "+00:00"


def _strangers(raw: Any, chains: _Chains) -> list[Fault]:
    """Chains of devices that no operation made known."""
    query = "SELECT o.key FROM device d CROSS JOIN operation o ON o.key = d.id WHERE o.noun = 'device'"
    known = {row[0] for row in raw.execute(query)}
    return [
        Fault(device, 1, f"the journal knows no such device: its {end:,} operations are not ours", "device", device)
        for device, (end, _) in chains.ends.items()
        if device not in known
    ]


def _own_end(raw: Any, chains: _Chains) -> list[Fault]:
    """What the store's own mark of the end of its chain says against the chain."""
    row = raw.execute("SELECT value FROM local WHERE name = 'chain'").fetchone()
    try:
        mark = json.loads(row[0]) if row else None
        device, sequence, hash_ = (mark["device"], mark["sequence"], mark["hash"]) if mark else ("", 0, GENESIS)
    except (ValueError, KeyError, TypeError):
        return [Fault("", 0, "the mark of where the chain ends was changed")]
    if mark is None:
        return [Fault("", 0, "the mark of where the chain ends is gone")] if chains.count else []
    end, last = chains.ends.get(device, (0, GENESIS))
    if end != sequence:
        return [Fault(device, sequence, f"the chain ends at {end:,}, not where it should")]
    return [] if last == hash_ else [Fault(device, sequence, "the chain ends with another operation than it should")]


def _schema(raw: Any) -> list[Fault]:
    """What guards the journal and is gone or changed, and what no version of this program makes.

    A trigger or a view of somebody else's would do its work at the next write or read, without a trace of who does it.
    """
    query = "SELECT type, name, sql FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'sqlite_%'"
    own = {*SQLModel.metadata.tables, "alembic_version"}
    found = {name: sql for kind, name, sql in raw.execute(query) if kind != "table" or name not in own}
    changed = [name for name, sql in TRIGGERS.items() if found.pop(name, None) != sql]
    return [
        *(Fault("", 0, f"what keeps the journal from being changed is gone or altered ({name})") for name in changed),
        *(Fault("", 0, f"this program did not make the {clean(name)[:80]} in the store") for name in sorted(found)),
    ]


def _server_faults(store: Store) -> list[str]:
    from placement_tui.db import server_schema

    with store.read() as session:
        return server_schema.faults(session.connection())


def _head(raw: Any, chains: _Chains) -> Head | None:
    row = raw.execute("SELECT json_extract(value, '$.device') FROM local WHERE name = 'chain'").fetchone()
    device = row[0] if row else ""
    end = chains.ends.get(device)
    return Head(device, *end) if end else None


def _harmed_pages(raw: Any) -> list[str]:
    """What the cipher says of each page of the file that was changed behind its back, twice over.

    It reads beside the locks, and might meet a page that is just being written; the second look does not.
    """
    found = [{row[0] for row in raw.execute("PRAGMA cipher_integrity_check")}]
    if found[0]:
        found.append({row[0] for row in raw.execute("PRAGMA cipher_integrity_check")})
    return sorted(set.intersection(*found))


@contextmanager
def _reading(store: Store) -> Iterator[Any]:
    """One state of the store, however long the walk takes; of a store on a server a copy in an encrypted file is read."""
    raw = moving.opened_copy(store) if store.server else store.raw()
    try:
        raw.execute(PAGES_KEPT)
        raw.execute("BEGIN")
        yield raw
    finally:
        raw.close()
