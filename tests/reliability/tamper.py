"""Tamper with a store in every way that we know, at random places, and see whether `placement verify` finds each.

A store of a few thousand operations, with undone changes, views, an erasure and an anonymous child in it, is copied,
changed by SQL with its triggers dropped, and verified. A tampering counts as found where a fault is told; as named
where a fault tells its place: its operation (or the one after, where either may be the changed one) or its record.

    python -m tests.reliability.tamper --each 125
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from placement_tui.bootstrap import Services
from placement_tui.db import migrate, verify
from placement_tui.db.connecting import connect
from placement_tui.db.engine import Store
from placement_tui.domain.history import Fault
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.operations import chain_hash, content_digest
from placement_tui.paths import head_path
from tests import builders
from tests.reliability import planted


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was tampered: operations by device and sequence, records by key, or the ends of chains."""

    operations: frozenset[tuple[str, int]] = frozenset()
    keys: frozenset[str] = frozenset()
    ends: bool = False

    def named(self, fault: Fault) -> bool:
        """True where a fault tells this place."""
        near = {(device, sequence + more) for device, sequence in self.operations for more in (0, 1)}
        at_end = self.ends and any(word in fault.what for word in ("end", "note", "line", "stood there"))
        return (fault.device, fault.sequence) in near or fault.key in self.keys or at_end


Tampering = Callable[[Any, random.Random, Path], Place]
HEADER = ("hlc", "at", "officer_id", "command", "intention", "undoes", "noun", "key", "base", "device")
OPERATION = "SELECT * FROM operation WHERE rowid = ?"
VALUED = "fields IS NOT NULL AND fields <> '{}'"


def operation(raw: Any, chance: random.Random, where: str = "1", but_last: bool = False) -> dict[str, Any]:
    """An operation at random."""
    last = " AND sequence < (SELECT max(sequence) FROM operation)" if but_last else ""
    rows = [row[0] for row in raw.execute(f"SELECT rowid FROM operation WHERE {where}{last}")]
    cursor = raw.execute(OPERATION, (chance.choice(rows),))
    return dict(zip([each[0] for each in cursor.description], cursor.fetchone(), strict=True))


def at(*rows: dict[str, Any]) -> Place:
    """The place of some operations."""
    return Place(frozenset((row["device"], row["sequence"]) for row in rows), frozenset(row["key"] for row in rows))


def value_changed(raw: Any, chance: random.Random, _: Path) -> Place:
    """One value of one operation."""
    row = operation(raw, chance, VALUED)
    fields = json.loads(row["fields"])
    name = chance.choice(sorted(fields))
    fields[name] = "tampered" if fields[name] != "tampered" else None
    raw.execute("UPDATE operation SET fields = ? WHERE id = ?", (json.dumps(fields), row["id"]))
    return at(row)


def header_changed(raw: Any, chance: random.Random, _: Path) -> Place:
    """Who, when, by what command, of which record, replacing what."""
    row = operation(raw, chance)
    name = chance.choice(HEADER)
    other = operation(raw, chance)[name]
    if other == row[name] or name == "device":
        other = {"hlc": row["hlc"] + 1, "at": "2020-01-01 00:00:00.000000", "base": '{"x": ["y"]}'}.get(
            name, new_id().hex
        )
    raw.execute(f"UPDATE operation SET {name} = ? WHERE id = ?", (other, row["id"]))
    return Place(
        frozenset({(row["device"], row["sequence"]), (str(other), row["sequence"])}),
        frozenset({row["key"], str(other)}),
    )


def row_deleted(raw: Any, chance: random.Random, _: Path) -> Place:
    """One operation, not the last."""
    row = operation(raw, chance, but_last=True)
    raw.execute("DELETE FROM operation WHERE id = ?", (row["id"],))
    return at(row)


def two_swapped(raw: Any, chance: random.Random, _: Path) -> Place:
    """Two operations change places."""
    one = operation(raw, chance)
    other = operation(raw, chance, f"device = '{one['device']}' AND sequence <> {one['sequence']}")
    for sequence, key in ((-1, one["id"]), (one["sequence"], other["id"]), (other["sequence"], one["id"])):
        raw.execute("UPDATE operation SET sequence = ? WHERE id = ?", (sequence, key))
    return at(one, other)


def one_rehashed(raw: Any, chance: random.Random, _: Path) -> Place:
    """A value changed, with its digest and the operation's own hash made anew."""
    row = operation(raw, chance, VALUED, but_last=True)
    _forge(row, _other_fields(row), _hash_before(raw, row))
    _put(raw, row)
    return at(row)


def tail_cut(raw: Any, chance: random.Random, _: Path) -> Place:
    """The last operations taken away; the store's own mark is left."""
    device, last = _end(raw)
    raw.execute(
        "DELETE FROM operation WHERE device = ? AND sequence > ?", (device, last - chance.randint(1, last // 2))
    )
    return Place(ends=True)


def tail_cut_and_marked(raw: Any, chance: random.Random, _: Path) -> Place:
    """The last operations taken away with what they made, and the store's own mark set back: only the note knows."""
    device, last = _end(raw)
    keep = last - chance.randint(1, last // 2)
    gone = raw.execute(
        "SELECT DISTINCT noun, key FROM operation WHERE device = ? AND sequence > ?", (device, keep)
    ).fetchall()
    raw.execute("DELETE FROM operation WHERE device = ? AND sequence > ?", (device, keep))
    _mark(raw, device)
    for noun, key in gone:
        if not raw.execute("SELECT 1 FROM operation WHERE key = ?", (key,)).fetchone():
            raw.execute(f"DELETE FROM {noun} WHERE id = ?", (key,))
    return Place(keys=frozenset(key for _, key in gone), ends=True)


def tail_rewritten(raw: Any, chance: random.Random, _: Path) -> Place:
    """A value changed, the record with it, and every hash from there on made anew: only the note knows."""
    row = operation(raw, chance, "noun = 'approach' AND instr(fields, 'asked_at') > 0")
    fields = json.loads(row["fields"])
    fields["channel"] = "letter"
    previous = _hash_before(raw, row)
    _forge(row, fields, previous)
    _put(raw, row)
    raw.execute("UPDATE approach SET channel = 'letter' WHERE id = ?", (row["key"],))
    cursor = raw.execute(
        "SELECT * FROM operation WHERE device = ? AND sequence > ? ORDER BY sequence", (row["device"], row["sequence"])
    )
    names = [each[0] for each in cursor.description]
    previous = row["hash"]
    for values in cursor.fetchall():
        later = dict(zip(names, values, strict=True))
        later["hash"] = previous = _hash(later, previous)
        _put(raw, later)
    _mark(raw, row["device"])
    return Place(ends=True)


def row_inserted(raw: Any, chance: random.Random, _: Path) -> Place:
    """One operation more at the end, well hashed and marked, that no record knows of."""
    row = operation(raw, chance, "noun = 'approach' AND instr(fields, 'asked_at') > 0")
    device, last = _end(raw)
    end = raw.execute("SELECT hash, hlc FROM operation WHERE device = ? AND sequence = ?", (device, last)).fetchone()
    row |= {"id": new_id().hex, "device": device, "sequence": last + 1, "hlc": end[1] + 1, "base": "{}"}
    _forge(row, {"note": "they rang at noon"}, end[0])
    _insert(raw, row)
    if chance.random() < 0.5:
        _mark(raw, device)
    return at(row)


def device_forged(raw: Any, chance: random.Random, _: Path) -> Place:
    """A chain of a device that nobody made known, whole in itself, that begins a record of its own."""
    device, previous = new_id().hex, "0" * 64
    rows = []
    for sequence in range(1, chance.randint(2, 5)):
        row = operation(raw, chance, "noun = 'child' AND instr(fields, 'initials') > 0")
        key = new_id().hex
        row |= {"id": new_id().hex, "device": device, "sequence": sequence, "key": key, "base": "{}"}
        _forge(row, {"id": key, "identifier": "X", "initials": "X", "sex": "U"}, previous)
        previous = row["hash"]
        _insert(raw, row)
        raw.execute("INSERT INTO child (id, identifier, initials, name, sex) VALUES (?, 'X', 'X', '', 'U')", (key,))
        rows.append(row)
    return at(*rows)


def device_row_forged(raw: Any, chance: random.Random, _: Path) -> Place:
    """A device put into the list of devices, or another letter given to one."""
    if chance.random() < 0.5:
        key = new_id().hex
        raw.execute("INSERT INTO device (id, letter, name) VALUES (?, 'Z', 'laptop')", (key,))
    else:
        key = raw.execute("SELECT id FROM device ORDER BY random() LIMIT 1").fetchone()[0]
        raw.execute("UPDATE device SET letter = 'Z' WHERE id = ?", (key,))
    return Place(keys=frozenset({key}))


def values_taken_out(raw: Any, chance: random.Random, _: Path) -> Place:
    """What an erasure does to an operation, which the triggers allow, without one."""
    row = operation(raw, chance, VALUED)
    raw.execute("UPDATE operation SET fields = NULL, salt = '' WHERE id = ?", (row["id"],))
    return at(row)


def record_changed(raw: Any, chance: random.Random, _: Path) -> Place:
    """A column of a record, without an operation."""
    noun, key, names = _record(raw, chance)
    name = chance.choice([each for each in names if each != "id"])
    before = raw.execute(f"SELECT {name} FROM {noun} WHERE id = ?", (key,)).fetchone()[0]
    raw.execute(f"UPDATE {noun} SET {name} = ? WHERE id = ?", (_other(before, name), key))
    return Place(keys=frozenset({key}))


def record_deleted(raw: Any, chance: random.Random, _: Path) -> Place:
    """A record taken away."""
    noun, key, _names = _record(raw, chance)
    raw.execute(f"DELETE FROM {noun} WHERE id = ?", (key,))
    return Place(keys=frozenset({key}))


def record_inserted(raw: Any, chance: random.Random, _: Path) -> Place:
    """A copy of a record under another id."""
    noun, key, names = _record(raw, chance, unlike="setting")
    new = new_id().hex if chance.random() < 0.5 else "0" * 32  # among the last, and before the first
    listed = ", ".join(f"[{name}]" for name in names if name != "id")
    raw.execute(f"INSERT INTO {noun} (id, {listed}) SELECT ?, {listed} FROM {noun} WHERE id = ?", (new, key))
    return Place(keys=frozenset({new}))


def note_changed(_raw: Any, chance: random.Random, path: Path) -> Place:
    """The note beside the store, put back or to another hash."""
    note = head_path(path)
    data = json.loads(note.read_text(encoding="utf-8"))
    if chance.random() < 0.5:
        data["sequence"] -= chance.randint(1, data["sequence"] - 1)
    else:
        data["hash"] = data["hash"][::-1]
    note.write_text(json.dumps(data), encoding="utf-8")
    return Place(ends=True)


KINDS: tuple[Tampering, ...] = (
    value_changed, header_changed, row_deleted, two_swapped, one_rehashed, row_inserted, tail_cut, tail_cut_and_marked,
    tail_rewritten, device_forged, device_row_forged, values_taken_out, record_changed, record_deleted, record_inserted,
    note_changed,
)  # fmt: skip


def _end(raw: Any) -> tuple[str, int]:
    mark = json.loads(raw.execute("SELECT value FROM local WHERE name = 'chain'").fetchone()[0])
    return mark["device"], mark["sequence"]


def _mark(raw: Any, device: str) -> None:
    """Set the store's own mark to the end that there is."""
    row = raw.execute(
        "SELECT sequence, hash, hlc FROM operation WHERE device = ? ORDER BY sequence DESC LIMIT 1", (device,)
    ).fetchone()
    mark = {"device": device, "sequence": row[0], "hash": row[1], "hlc": row[2]}
    raw.execute("UPDATE local SET value = ? WHERE name = 'chain'", (json.dumps(mark),))


def _hash_before(raw: Any, row: dict[str, Any]) -> str:
    found = raw.execute(
        "SELECT hash FROM operation WHERE device = ? AND sequence = ?", (row["device"], row["sequence"] - 1)
    ).fetchone()
    return str(found[0]) if found else "0" * 64


def _hash(row: dict[str, Any], previous: str) -> str:
    names = ("id", "device", "sequence", "hlc", "at", "officer_id", "command", "intention", "undoes", "noun", "key")
    header = [verify.iso(row[name]) if name == "at" else row[name] for name in names]
    return chain_hash(previous, [*header, json.loads(row["base"])], row["digest"])


def _forge(row: dict[str, Any], fields: dict[str, Any], previous: str) -> None:
    row["salt"] = row["salt"] or "00" * 16
    row["fields"], row["digest"] = json.dumps(fields), content_digest(fields, row["salt"])
    row["hash"] = _hash(row, previous)


def _other_fields(row: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(row["fields"])
    return fields | {sorted(fields)[0]: "tampered"}


def _put(raw: Any, row: dict[str, Any]) -> None:
    raw.execute(
        "UPDATE operation SET fields = :fields, salt = :salt, digest = :digest, hash = :hash WHERE id = :id", row
    )


def _insert(raw: Any, row: dict[str, Any]) -> None:
    raw.execute(f"INSERT INTO operation ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)})", row)


def _record(raw: Any, chance: random.Random, unlike: str = "") -> tuple[str, str, list[str]]:
    nouns = [row[0] for row in raw.execute("SELECT DISTINCT noun FROM operation WHERE noun <> ?", (unlike,)).fetchall()]
    noun = chance.choice(sorted(nouns))
    keys = [row[0] for row in raw.execute(f"SELECT id FROM {noun}")]
    return noun, chance.choice(keys), [row[1] for row in raw.execute(f"PRAGMA table_info({noun})")]


def _other(before: Any, name: str) -> Any:
    """A value that is not the one before, and that the column takes."""
    if name in ("struck_at",) or name.endswith("_at"):
        return "2020-01-01 00:00:00.000000"
    if name.endswith("_on"):
        return "2020-01-01"
    if isinstance(before, int | float):
        return before + 1
    if isinstance(before, str) and before[:1] in "[{":
        return '["tampered"]'
    return "tampered"


@dataclass(slots=True)
class Tally:
    """What became of the tamperings of one kind."""

    tried: int = 0
    found: int = 0
    named: int = 0
    missed: list[Place] = field(default_factory=list)


def made(folder: Path, referrals: int) -> Path:
    """A store to tamper with; every verification of it on the way must find nothing."""
    path = folder / "team.db"
    services = builders.team(path)
    builders.homes(services)
    gone, bare = planted.child(services, "GO", "Qgone"), planted.child(services, "BA", "Qbare")
    for number in range(referrals):
        _search(services, number)
    sound(services)
    services.retention.erase({gone.child}, "tampering is tried on what is left")
    sound(services)
    services.retention.erase({bare.child}, "tampering is tried on what is left", "anonymise")
    sound(services)
    services.close()
    return path


def _search(services: Services, number: int) -> None:
    from placement_tui.domain.approaches import Refusal

    referral = builders.referral(services, builders.child(f"C{number % 10}", f"W-{number:05d}"))
    for key in services.approaches.ask(referral, services.homes.nearest(referral, 12)).approaches[:4]:
        services.approaches.refuse(key, Refusal(("M1",)))
    services.history.undo()
    services.audit.noted("referral", referral, "call list")


def sound(services: Services) -> None:
    """A false alarm ends the run."""
    faults = services.history.verify().faults
    if faults:
        raise AssertionError(f"a false alarm: {faults[0]}")


def tamper(path: Path, key: bytes, kind: Tampering, chance: random.Random, tally: Tally) -> None:
    """One tampering with a copy, and what `verify` says of it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        shutil.copy(path, copy)
        shutil.copy(head_path(path), head_path(copy))
        raw = connect(copy, key, query_only=False)
        raw.execute("PRAGMA foreign_keys=OFF")
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("BEGIN IMMEDIATE")
        place = kind(raw, chance, copy)
        for sql in migrate.TRIGGERS.values():  # whoever covers their traces puts them back
            raw.execute(sql)
        raw.execute("COMMIT")
        raw.close()
        store = Store(copy, key)
        faults = verify.verify(store).faults
        store.close()
    tally.tried += 1
    tally.found += bool(faults)
    if any(place.named(fault) for fault in faults):
        tally.named += 1
    else:
        tally.missed.append(place)


def run(path: Path, key: bytes, each: int, seed: int, say: Callable[[str], object]) -> dict[str, Tally]:
    """Every kind `each` times."""
    chance = random.Random(seed)
    tallies: dict[str, Tally] = {}
    for kind in KINDS:
        name = kind.__name__.replace("_", " ")
        tally = tallies.setdefault(name, Tally())
        for _ in range(each):
            tamper(path, key, kind, chance, tally)
        say(f"| {name} | {tally.tried} | {tally.found} | {tally.named} |")
    return tallies


def main() -> int:
    """Print the table; ends with 1 where anything was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=125, help="tamperings of each kind")
    parser.add_argument("--referrals", type=int, default=60, help="the size of the store")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder), options.referrals)
        from placement_tui.db.stores import open_store

        store, _ = open_store(path, None, builders.PASSPHRASE)
        key = store.data_key
        untouched = [verify.verify(store) for _ in range(20)]
        store.close()
        alarms = sum(bool(each.faults) for each in untouched)
        sys.stdout.write(
            f"{untouched[0].operations:,} operations, {untouched[0].records:,} records; "
            f"{alarms} false alarms in {len(untouched) + 3} verifications of the untouched store\n\n"
            "| tampering | tried | found | named |\n| --- | --- | --- | --- |\n"
        )
        started = time.monotonic()
        tallies = run(path, key, options.each, options.seed, lambda line: sys.stdout.write(line + "\n"))
    tried, found = sum(each.tried for each in tallies.values()), sum(each.found for each in tallies.values())
    named = sum(each.named for each in tallies.values())
    sys.stdout.write(f"| all | {tried} | {found} | {named} |\n\n{time.monotonic() - started:.0f} s\n")
    return 0 if tried == found and not alarms else 1


if __name__ == "__main__":
    sys.exit(main())
