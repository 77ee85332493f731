"""What stands in a store's files once they are decrypted, page by page: also in free pages and in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT = 4096, 80, 16  # SQLCipher 4: 16 bytes of IV and 64 of MAC at the end of each page
WAL_HEADER, FRAME_HEADER = 32, 24


def pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Every page of a store's file or of its write-ahead log, decrypted."""
    data = path.read_bytes()
    if path.name.endswith("-wal"):
        step = FRAME_HEADER + PAGE
        for start in range(WAL_HEADER, len(data) - step + 1, step):
            number = int.from_bytes(data[start : start + 4], "big")
            yield _decrypt(data[start + FRAME_HEADER : start + step], key, first=number == 1)
    else:
        for start in range(0, len(data) - PAGE + 1, PAGE):
            yield _decrypt(data[start : start + PAGE], key, first=start == 0)


def _decrypt(page: bytes, key: bytes, *, first: bool) -> bytes:
    iv = page[-RESERVED : -RESERVED + 16]
    text = page[SALT if first else 0 : -RESERVED]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(text) + decryptor.finalize()


def hits(found: Iterable[bytes], markers: Iterable[str]) -> tuple[dict[str, int], int]:
    """How often each marker stands in these bytes, and how many bytes were searched.

    Texts that do not fit a page go on in others, so that all are searched as one.
    """
    whole = b"".join(found)
    return {marker: whole.count(marker.encode()) for marker in markers}, len(whole)
