"""Ways into a store: an officer's passphrase opens their slot, the slot's private half opens the data key.

The private half of an officer's X25519 pair is kept under Argon2id of the passphrase (RFC 9106, second recommended
option: 64 MiB, 3 passes, 4 lanes); the data key is sealed to the public half (HPKE, RFC 9180), so that taking an
officer out, or making a new data key, needs nobody else's passphrase.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import replace
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from placement_tui.db import slots
from placement_tui.db.slots import Slot, SlotFile, signed
from placement_tui.errors import Invalid, Locked

FLOOR_KIB = 19 * 1024  # a file edited to a cheaper derivation is refused
CEILING_KIB = 1024 * 1024  # and one edited to take all memory
SHORTEST = 12
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXYZ"  # no vowels, which make words, and no letter that looks like a digit
CODE_GROUPS, CODE_GROUP = 7, 4  # 28 letters of 20: 121 bits
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class Way:
    """An officer's slot, opened: its private half, which opens the data key of today and of after a rotation."""

    __slots__ = ("_private", "officer")

    def __init__(self, officer: UUID, private: bytes) -> None:
        """Raises Locked where `private` is no private half."""
        if len(private) != 32:
            raise Locked("What was remembered is not the secret of a slot")
        self.officer, self._private = officer, private

    def __repr__(self) -> str:
        return f"Way({self.officer})"

    def secret(self) -> bytes:
        """The private half, for the keyring of a laptop and nothing else."""
        return self._private

    def key(self, file: SlotFile) -> bytes:
        """The data key that a slot file holds for this officer. Raises Locked where it holds none."""
        slot = file.slot_of(self.officer)
        if slot is None:
            raise Locked(
                "Your way into this store was taken away",
                "an administrator ended or reset it",
                "ask an administrator of the store",
            )
        try:
            private = X25519PrivateKey.from_private_bytes(self._private)
            key = _SUITE.decrypt(bytes.fromhex(slot.sealed), private, self.officer.bytes)
        except (InvalidTag, ValueError):
            raise Locked(
                "Your passphrase was changed or reset since you opened the store",
                mend="open it again with the new one",
            ) from None
        if len(key) != 32:
            raise Locked(
                "The key file was changed by something else than this program", mend="restore it from a backup"
            )
        file.check(key)
        return key


def check_length(passphrase: str) -> None:
    """Refuse a passphrase that is short, of a few characters, or no text. Raises Invalid."""
    try:
        passphrase.encode()
    except UnicodeEncodeError:
        raise Invalid("passphrase", "That passphrase is not text", mend="type it again in UTF-8") from None
    if len(passphrase) < SHORTEST:
        raise Invalid(
            "passphrase",
            f"That passphrase has {len(passphrase)} characters",
            f"It guards the records of children, so it needs at least {SHORTEST}",
            "four unrelated words do well",
        )
    if len(set(passphrase)) < 5:
        raise Invalid("passphrase", "That passphrase repeats a few characters", mend="four unrelated words do well")


def make_slot(officer: UUID, name: str, passphrase: str, key: bytes) -> Slot:
    """A slot that opens `key` for an officer. Raises Invalid where the passphrase is too weak."""
    check_length(passphrase)
    private = X25519PrivateKey.generate()
    salt = secrets.token_bytes(16)
    nonce = secrets.token_bytes(12)
    cost = (slots.MEMORY_KIB, slots.PASSES, slots.LANES)
    wrapped = nonce + AESGCM(_stretch(passphrase, salt, *cost)).encrypt(
        nonce, private.private_bytes_raw(), officer.bytes
    )
    public = private.public_key().public_bytes_raw().hex()
    return sealed_to(Slot(officer.hex, name, public, wrapped.hex(), salt.hex(), "", *cost), key)


def sealed_to(slot: Slot, key: bytes) -> Slot:
    """The slot with a data key sealed to its public half; nobody's passphrase is needed."""
    public = X25519PublicKey.from_public_bytes(bytes.fromhex(slot.public))
    return replace(slot, sealed=_SUITE.encrypt(key, public, UUID(slot.officer).bytes).hex())


def resealed(file: SlotFile, key: bytes) -> SlotFile:
    """The slot file of the same officers under a new data key."""
    people = tuple(sealed_to(slot, key) for slot in file.slots)
    return signed(replace(file, generation=file.generation + 1, slots=people, due=None), key)


def unlock(slot: Slot, passphrase: str) -> Way:
    """An officer's way in. Raises Locked where the passphrase is wrong."""
    way = open_slot(slot, passphrase)
    if way is None:
        raise Locked(
            "That passphrase does not open this store",
            f"tried for {slot.name}",
            "try again, or name another officer with --as",
        )
    return way


def open_slot(slot: Slot, passphrase: str) -> Way | None:
    """The way that a passphrase opens, None where it is the wrong one. Raises Locked for a slot changed by hand."""
    if not (FLOOR_KIB <= slot.memory_kib <= CEILING_KIB and 1 <= slot.passes <= 64 and 1 <= slot.lanes <= 64):
        raise Locked(f"The slot of {slot.name} was changed by hand", mend="restore the key file from a backup")
    officer = UUID(slot.officer)
    wrapped, salt = bytes.fromhex(slot.wrapped), bytes.fromhex(slot.salt)
    for typed in dict.fromkeys((passphrase, read_code(passphrase) or passphrase)):
        try:
            stretched = _stretch(typed, salt, slot.memory_kib, slot.passes, slot.lanes)
            return Way(officer, AESGCM(stretched).decrypt(wrapped[:12], wrapped[12:], officer.bytes))
        except (InvalidTag, ValueError):
            continue
        except MemoryError:
            raise Locked(
                "There is not enough memory to try a passphrase",
                f"it takes {slot.memory_kib // 1024} MiB",
                "close other programs",
            ) from None
    return None


def new_code() -> str:
    """A recovery code to print: groups of letters that a person can type from paper."""
    letters = [secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUPS * CODE_GROUP)]
    return "-".join("".join(letters[at : at + CODE_GROUP]) for at in range(0, len(letters), CODE_GROUP))


def read_code(typed: str) -> str | None:
    """A recovery code as `new_code` gave it, however its groups were typed; None for what is no code."""
    letters = "".join(typed.upper().replace("-", " ").split())
    if len(letters) != CODE_GROUPS * CODE_GROUP or set(letters) - set(CODE_LETTERS):
        return None
    return "-".join(letters[at : at + CODE_GROUP] for at in range(0, len(letters), CODE_GROUP))


def _stretch(passphrase: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kib).derive(
        unicodedata.normalize("NFC", passphrase).encode()  # an é of one keyboard is two letters of another
    )
