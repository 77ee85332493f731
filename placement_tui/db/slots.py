"""The slot file beside a store: who may open it, and with what.

A random 256-bit data key encrypts the store. Each officer has an X25519 pair whose private half is kept under Argon2id
of the passphrase (RFC 9106, second recommended option: 64 MiB, 3 passes, 4 lanes); the data key is sealed to the public
half (HPKE, RFC 9180), so that taking an officer out needs nobody else's passphrase. The file carries a MAC under a key
derived from the data key: a slot changed by hand is refused. A demonstration store's file holds its key openly.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from placement_tui.errors import Invalid, Locked, NotFound, Refused, StoreDamaged
from placement_tui.paths import keys_path

MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 4
FLOOR_KIB = 19 * 1024  # a file edited to a cheaper derivation is refused
SHORTEST = 12
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True)
class Slot:
    """One officer's way in; every value is hex but the name and the costs."""

    officer: str
    name: str
    public: str
    wrapped: str
    salt: str
    sealed: str
    memory_kib: int = MEMORY_KIB
    passes: int = PASSES
    lanes: int = LANES


@dataclass(frozen=True, slots=True)
class SlotFile:
    """The slots of one store. `open_key` is set only where the store is a demonstration."""

    store: str
    generation: int
    slots: tuple[Slot, ...]
    open_key: str | None = None
    mac: str = ""

    @property
    def demo(self) -> bool:
        """True where anyone may open the store: its key lies openly in this file."""
        return self.open_key is not None

    def slot(self, name: str | None) -> Slot:
        """The slot of that officer, by name or initials of the name; the only one where no name is given."""
        if name is None:
            if len(self.slots) == 1:
                return self.slots[0]
            raise Locked(
                "Several officers can open this store",
                ", ".join(s.name for s in self.slots),
                "say which with --as NAME",
            )
        wanted = name.casefold().strip()
        for slot in self.slots:
            if wanted in (slot.name.casefold(), "".join(word[0] for word in slot.name.casefold().split())):
                return slot
        raise Locked(
            f"No officer called {name!r} can open this store", mend="ask an administrator of the store for a slot"
        )


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that is too easy to guess. Raises Invalid."""
    if len(passphrase) < SHORTEST:
        raise Invalid(
            "passphrase",
            f"That passphrase has {len(passphrase)} characters",
            f"It guards the records of children, so it needs at least {SHORTEST}",
            "four unrelated words do well",
        )
    if len(set(passphrase)) < 5:
        raise Invalid("passphrase", "That passphrase repeats a few characters", mend="four unrelated words do well")


def new_key() -> bytes:
    """A fresh data key: 32 random bytes."""
    return secrets.token_bytes(32)


def make_slot(officer: UUID, name: str, passphrase: str, key: bytes) -> Slot:
    """A slot that opens `key` for an officer. Raises Invalid where the passphrase is too weak."""
    check_passphrase(passphrase)
    private = X25519PrivateKey.generate()
    public = private.public_key()
    salt = secrets.token_bytes(16)
    nonce = secrets.token_bytes(12)
    wrapped = nonce + AESGCM(_stretch(passphrase, salt, MEMORY_KIB, PASSES, LANES)).encrypt(
        nonce, private.private_bytes_raw(), officer.bytes
    )
    return Slot(
        officer.hex,
        name,
        public.public_bytes_raw().hex(),
        wrapped.hex(),
        salt.hex(),
        _SUITE.encrypt(key, public, officer.bytes).hex(),
    )


def write(
    path: Path, key: bytes, store: UUID, slots: tuple[Slot, ...], *, generation: int = 1, demo: bool = False
) -> SlotFile:
    """Write the slot file of the store at `path`, whole or not at all, readable by its owner's group at most."""
    file = SlotFile(store.hex, generation, slots, key.hex() if demo else None)
    file = SlotFile(file.store, file.generation, file.slots, file.open_key, _mac(file, key))
    target = keys_path(path)
    part = target.with_name(target.name + ".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(_plain(file), out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    if path.exists():
        os.chmod(part, path.stat().st_mode & 0o660)
    os.replace(part, target)
    return file


def read(path: Path) -> SlotFile:
    """The slot file of the store at `path`. Raises NotFound, StoreDamaged."""
    target = keys_path(path)
    try:
        text = target.read_text(encoding="utf-8")
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
    try:
        data: dict[str, Any] = json.loads(text)
        file = SlotFile(
            str(data["store"]),
            int(data["generation"]),
            tuple(Slot(**slot) for slot in data["slots"]),
            data.get("open_key"),
            str(data["mac"]),
        )
        for slot in file.slots:
            for value in (slot.officer, slot.public, slot.wrapped, slot.salt, slot.sealed):
                bytes.fromhex(value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise StoreDamaged(f"The key file {target.name} is not one", str(target), "restore it from a backup") from None
    return file


def unlock(file: SlotFile, name: str | None, passphrase: str | None) -> tuple[bytes, UUID | None]:
    """The data key, and the officer whose slot gave it (None for a demonstration store).

    Raises Locked where the passphrase is wrong or missing, or a slot was changed by hand.
    """
    if file.open_key is not None:
        key = bytes.fromhex(file.open_key)
        officer = None
    else:
        slot = file.slot(name)
        if passphrase is None:
            raise Locked("The store is locked", mend="give the passphrase: on a terminal, or with --passphrase-fd N")
        key, officer = _open(slot, passphrase), UUID(slot.officer)
    if not hmac.compare_digest(_mac(file, key), file.mac):
        raise Locked("The key file was changed by something else than this program", mend="restore it from a backup")
    return key, officer


def _open(slot: Slot, passphrase: str) -> bytes:
    if not (FLOOR_KIB <= slot.memory_kib <= 4 * 1024 * 1024 and 1 <= slot.passes <= 64 and 1 <= slot.lanes <= 64):
        raise Locked(f"The slot of {slot.name} was changed by hand", mend="restore the key file from a backup")
    officer = UUID(slot.officer).bytes
    wrapped = bytes.fromhex(slot.wrapped)
    try:
        stretched = _stretch(passphrase, bytes.fromhex(slot.salt), slot.memory_kib, slot.passes, slot.lanes)
        private = X25519PrivateKey.from_private_bytes(AESGCM(stretched).decrypt(wrapped[:12], wrapped[12:], officer))
        return _SUITE.decrypt(bytes.fromhex(slot.sealed), private, officer)
    except (InvalidTag, ValueError):
        raise Locked(
            "That passphrase does not open this store",
            f"tried for {slot.name}",
            "try again, or name another officer with --as",
        ) from None


def add(path: Path, key: bytes, slot: Slot) -> SlotFile:
    """Put one more slot into the file. Raises Refused where that name is taken."""
    file = read(path)
    if any(slot.name.casefold() == other.name.casefold() for other in file.slots):
        raise Refused(f"{slot.name} has a slot already")
    return write(path, key, UUID(file.store), (*file.slots, slot), generation=file.generation, demo=file.demo)


def seal_to(slot: Slot, key: bytes) -> str:
    """The data key sealed again to a slot's public half; nobody's passphrase is needed."""
    return _SUITE.encrypt(
        key, X25519PublicKey.from_public_bytes(bytes.fromhex(slot.public)), UUID(slot.officer).bytes
    ).hex()


def _stretch(passphrase: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kib).derive(
        passphrase.encode()
    )


def _plain(file: SlotFile) -> dict[str, Any]:
    return {"version": 1, **{name: value for name, value in asdict(file).items() if value is not None}}


def _mac(file: SlotFile, key: bytes) -> str:
    plain = {name: value for name, value in _plain(file).items() if name != "mac"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    mac_key = HKDF(SHA256(), 32, salt=None, info=b"placement slot file").derive(key)
    return hmac.digest(mac_key, text, "sha256").hex()
