"""A bundle: one half of a meeting in a file, for a laptop that has no line to the team.

It is encrypted to the store that it is for and authenticated by the store that made it: an ephemeral and the sender's own
X25519 key are both agreed with the receiver's (the construction of RFC 9180, section 4.1, AuthEncap), the secret goes
through HKDF-SHA256 with both public keys and the header, and each frame is sealed with ChaCha20-Poly1305 under a counter.
The last frame says that it is the last, so that a file that was cut off is refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from placement_tui.errors import Refused, StoreDamaged, WrongUse
from placement_tui.exchange.meetings import LONGEST, pack, unpack

VERSION = 1
_KIND = b"placement bundle "
MAGIC = _KIND + b"%d\n" % VERSION
_HEADER = 64 * 1024  # bytes of a header at most
_NOT_OURS = "the store that it is for opens it, and no other"


def new_key() -> str:
    """A private key for bundles, as hex."""
    return X25519PrivateKey.generate().private_bytes_raw().hex()


def public_of(private: str) -> str:
    """The public half of a private key, as hex."""
    return _private(private).public_key().public_bytes_raw().hex()


def write(path: Path, header: dict[str, Any], frames: Iterable[dict[str, Any]], private: str, theirs: str) -> int:
    """Write a bundle whole or not at all, readable by its owner only; gives its size in bytes. Raises Refused."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    if path.exists():
        raise Refused("There is a file of that name already", str(path), "name another")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            _write(out, header, frames, private, theirs)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    except OSError as cause:
        raise Refused(
            "The bundle could not be written", cause.strerror or "", "free some space, or name another folder"
        ) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return path.stat().st_size


def _write(out: IO[bytes], header: dict[str, Any], frames: Iterable[dict[str, Any]], private: str, theirs: str) -> None:
    fleeting = X25519PrivateKey.generate()
    said = {
        **header,
        "fleeting": fleeting.public_key().public_bytes_raw().hex(),
        "from_key": public_of(private),
        "for_key": theirs,
    }
    text = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    out.write(MAGIC + len(text).to_bytes(4, "big") + text)
    there = _public(theirs)
    sealing = _cipher(fleeting.exchange(there) + _private(private).exchange(there), text)
    number = 0
    for frame in frames:
        _seal(out, sealing, number, pack(frame), b"more")
        number += 1
    _seal(out, sealing, number, b"", b"last")


def _seal(out: IO[bytes], sealing: ChaCha20Poly1305, number: int, data: bytes, mark: bytes) -> None:
    sealed = sealing.encrypt(number.to_bytes(12, "big"), data, mark)
    out.write(mark + len(sealed).to_bytes(4, "big") + sealed)


def header_of(path: Path) -> dict[str, Any]:
    """What a bundle says of itself, not yet known to be true. Raises Refused, WrongUse."""
    with _opened(path) as file:
        return _header(file, path)[0]


def read(path: Path, private: str, sender: str) -> Iterator[dict[str, Any]]:
    """The frames of a bundle from the store whose public key is `sender`. Raises Refused, StoreDamaged, WrongUse."""
    with _opened(path) as file:
        said, text = _header(file, path)
        own = _private(private)
        if said.get("for_key") != public_of(private) or said.get("from_key") != sender:
            raise Refused("The bundle is not for this store", str(path), _NOT_OURS)
        opening = _cipher(_agreed(own, said.get("fleeting")) + _agreed(own, sender), text)
        number = 0
        while True:
            mark, size = file.read(4), int.from_bytes(file.read(4), "big")
            sealed = file.read(min(size, LONGEST))
            if mark not in (b"more", b"last") or len(sealed) < size or size > LONGEST:
                raise StoreDamaged(
                    "The bundle is cut off", str(path), "what came before is kept; have it made and copied again"
                )
            try:
                data = opening.decrypt(number.to_bytes(12, "big"), sealed, mark)
            except InvalidTag:
                raise StoreDamaged(
                    "The bundle was changed or harmed",
                    str(path),
                    "what came before is kept; have it made and copied again",
                ) from None
            if mark == b"last":
                return
            yield unpack(data[4:])
            number += 1


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as cause:
        raise Refused("The bundle cannot be read", f"{path}: {cause.strerror}", "name the file") from None


def _header(file: IO[bytes], path: Path) -> tuple[dict[str, Any], bytes]:
    try:
        first = file.read(len(MAGIC))
        if first != MAGIC:
            _refuse_other(first if first.endswith(b"\n") else first + file.readline(16), path)
        size = int.from_bytes(file.read(4), "big")
        text = file.read(min(size, _HEADER))
        said = json.loads(text)
        if size > _HEADER or not isinstance(said, dict):
            raise TypeError
    except (ValueError, TypeError, RecursionError):
        raise WrongUse(
            "That is no bundle of this program", str(path), "`placement bundle --for NAME FILE` makes one"
        ) from None
    return said, text


def _refuse_other(first: bytes, path: Path) -> None:
    """Raises Refused for a bundle of another version of this program, ValueError for what is none."""
    version = int(first.removeprefix(_KIND)) if first.startswith(_KIND) else VERSION
    if version == VERSION:
        raise ValueError
    raise Refused(
        f"The bundle was made by {'a newer' if version > VERSION else 'an older'} version of this program: nothing was taken in",
        f"{path} is of version {version:,}, this program reads {VERSION}",
        "update this program" if version > VERSION else "have it made again, with the program of now",
    )


def _cipher(secret: bytes, header: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt=None, info=MAGIC + header).derive(secret))


def _agreed(own: X25519PrivateKey, public: object) -> bytes:
    """The secret that two keys share. Raises WrongUse for a point that shares none."""
    try:
        return own.exchange(_public(public))
    except ValueError:
        raise WrongUse("The bundle names something that is no key", mend="have it made again") from None


def _private(hexed: str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(hexed))


def _public(hexed: object) -> X25519PublicKey:
    try:
        return X25519PublicKey.from_public_bytes(bytes.fromhex(str(hexed)))
    except ValueError:
        raise WrongUse("The bundle names something that is no key", mend="have it made again") from None
