"""The slot file beside a store: who may open it. How a slot is opened stands in `placement_tui.db.ways`.

A random 256-bit data key encrypts the store; each officer's slot holds it sealed to a key pair of their own. The file
carries a MAC under a key derived from the data key: a slot changed by hand is refused. Each change counts its
generation up, which the store keeps too, so that an older copy put back shows. A demonstration store's file holds its
key openly.
"""

from __future__ import annotations

import errno
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from placement_tui.errors import Locked, NotFound, Refused, StoreDamaged
from placement_tui.paths import keys_path, server_of

# RFC 9106, section 4: the second recommended option of Argon2id, for where 2 GiB of memory are too much.
MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 4
LONGEST = 4 * 1024 * 1024  # bytes of a slot file: thousands of officers


@dataclass(frozen=True, slots=True)
class Slot:
    """One officer's way in; every value is hex but the name and the costs."""

    officer: str
    name: str
    public: str
    wrapped: str = field(repr=False)
    salt: str = field(repr=False)
    sealed: str = field(repr=False)
    memory_kib: int = MEMORY_KIB
    passes: int = PASSES
    lanes: int = LANES


@dataclass(frozen=True, slots=True)
class SlotFile:
    """The slots of one store. `open_key` is set only where the store is a demonstration.

    `due` says that something was taken away since the data key was made: the next to open the store makes a new one.
    """

    store: str
    generation: int
    slots: tuple[Slot, ...]
    open_key: str | None = field(default=None, repr=False)
    due: bool | None = None
    mac: str = ""

    @property
    def demo(self) -> bool:
        """True where anyone may open the store: its key lies openly in this file."""
        return self.open_key is not None

    def slot(self, name: str | None) -> Slot:
        """The slot of that officer, by name or initials of the name; the only one where no name is given.

        Raises Locked where nobody or more than one is meant.
        """
        if name is None:
            people = [slot for slot in self.slots if slot.officer != recovery_officer(UUID(self.store)).hex]
            if len(people) == 1:
                return people[0]
            raise Locked(
                "Several officers can open this store" if people else "No officer can open this store",
                ", ".join(slot.name for slot in self.slots),
                "say which with --as NAME",
            )
        wanted = name.casefold().strip()
        found = [slot for slot in self.slots if wanted == slot.name.casefold()] or [
            slot for slot in self.slots if wanted == "".join(word[0] for word in slot.name.casefold().split())
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise Locked(f"{name} may be {' or '.join(slot.name for slot in found)}", mend="give the whole name")
        raise Locked(
            f"No officer called {name!r} can open this store",
            mend="an administrator lets somebody in with: placement officers add",
        )

    def slot_of(self, officer: UUID) -> Slot | None:
        """The slot of an officer by id, None where there is none."""
        return next((slot for slot in self.slots if slot.officer == officer.hex), None)

    def check(self, key: bytes) -> None:
        """Refuse a file that something else than this program changed. Raises Locked."""
        if not belongs(self, key):
            raise Locked(
                "The key file was changed by something else than this program", mend="restore it from a backup"
            )


def belongs(file: SlotFile, key: bytes) -> bool:
    """True where a slot file goes with that data key."""
    return hmac.compare_digest(_mac(file, key), file.mac)


def recovery_officer(store: UUID) -> UUID:
    """Who the printed recovery code of a store works as; derived, so that there is at most one."""
    return uuid5(store, "recovery code")


def new_key() -> bytes:
    """A fresh data key: 32 random bytes."""
    return secrets.token_bytes(32)


def next_path(store: Path) -> Path:
    """The slot file of a store that is being given a new data key, until it takes the place of the old."""
    return keys_path(store).with_name(keys_path(store).name + ".next")


def signed(file: SlotFile, key: bytes) -> SlotFile:
    """The file with its MAC under that data key."""
    return replace(file, mac=_mac(file, key))


def write(
    path: Path, key: bytes, store: UUID, slots: tuple[Slot, ...], *, generation: int = 1, demo: bool = False
) -> SlotFile:
    """Write the slot file of the store at `path`, whole or not at all, readable by its owner's group at most."""
    file = signed(SlotFile(store.hex, generation, slots, key.hex() if demo else None), key)
    save(path, file, keys_path(path))
    return file


def copy(store: Path, part: Path) -> SlotFile:
    """Lay a store's slot file beside a copy of it; gives it. Raises NotFound, StoreDamaged, OSError."""
    file = read(store)
    keys_path(part).write_text(json.dumps(_plain(file), indent=1), encoding="utf-8")
    return file


def save(path: Path, file: SlotFile, target: Path) -> None:
    """Write a signed slot file of the store at `path` to `target`, whole or not at all, and on the disk when it ends.

    Raises Refused where the disk takes it not. A server keeps the slot file of its store itself.
    """
    address = server_of(path)
    if address is not None:
        from placement_tui.db import server_slots

        server_slots.put(address, json.dumps(_plain(file), indent=1))
        return
    part = target.with_name(target.name + ".part")
    try:
        _save(path, file, part, target)
    except OSError as cause:
        full = cause.errno == errno.ENOSPC
        raise Refused(
            f"{'The disk is full' if full else 'The key file cannot be written'}: nothing was changed",
            f"{target}{'' if full else f': {cause.strerror}'}",
            "free some space, then do it again" if full else "check that its folder is yours to write",
        ) from None


def _save(path: Path, file: SlotFile, part: Path, target: Path) -> None:
    part.unlink(missing_ok=True)  # of a program that was killed; and what it might be a link to is not followed
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(_plain(file), out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            os.chmod(part, path.stat().st_mode & 0o660)
        replace_whole(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def replace_whole(part: Path, target: Path) -> None:
    """Put one file in another's place, and see that the folder remembers it after a power cut."""
    os.replace(part, target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read(path: Path) -> SlotFile:
    """The slot file of the store at `path`. Raises NotFound, StoreDamaged."""
    address = server_of(path)
    if address is None:
        return read_at(keys_path(path))
    from placement_tui.db import server_slots

    body = server_slots.fetch(address)
    if body is None:
        raise NotFound("There is no store in that database", mend="make one with: placement --store ADDRESS init")
    return _parsed(body, path)


def read_at(target: Path) -> SlotFile:
    """A slot file. Raises NotFound, StoreDamaged."""
    try:
        with target.open("rb") as file:
            text = file.read(LONGEST).decode("utf-8")
    except FileNotFoundError:
        raise NotFound(
            f"There is no key file {target.name} beside the store",
            str(target.parent),
            "put it back from a backup: without it nobody can open the store",
        ) from None
    except (OSError, UnicodeDecodeError) as cause:
        raise StoreDamaged(
            f"The key file {target} cannot be read", type(cause).__name__, "restore it from a backup"
        ) from None
    return _parsed(text, target)


def _parsed(text: str, target: Path) -> SlotFile:
    try:
        return _taken(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise StoreDamaged(f"The key file {target.name} is not one", str(target), "restore it from a backup") from None


def _taken(data: dict[str, Any]) -> SlotFile:
    file = SlotFile(
        UUID(str(data["store"])).hex,
        int(data["generation"]),
        tuple(Slot(**slot) for slot in data["slots"]),
        data.get("open_key"),
        data.get("due"),
        str(data["mac"]),
    )
    for slot in file.slots:
        UUID(slot.officer)
        for value in (slot.public, slot.wrapped, slot.salt, slot.sealed):
            bytes.fromhex(value)
        if not isinstance(slot.name, str) or not all(
            type(n) is int for n in (slot.memory_kib, slot.passes, slot.lanes)
        ):
            raise TypeError
    if file.open_key is not None and len(bytes.fromhex(file.open_key)) != 32:
        raise ValueError
    return file


def _plain(file: SlotFile) -> dict[str, Any]:
    return {"version": 1, **{name: value for name, value in asdict(file).items() if value is not None}}


def _mac(file: SlotFile, key: bytes) -> str:
    plain = {name: value for name, value in _plain(file).items() if name != "mac"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    mac_key = HKDF(SHA256(), 32, salt=None, info=b"placement slot file").derive(key)
    return hmac.digest(mac_key, text, "sha256").hex()
