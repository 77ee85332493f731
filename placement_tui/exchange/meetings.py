"""How a meeting travels: frames over a pair of pipes, and the system's own `ssh` to the program at the other end.

A frame is four bytes of length and that many bytes of JSON, compressed by zlib. Whatever the other end sends is read
within bounds: it may be of another version, broken off, or not this program at all.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from placement_tui.domain.typed_text import clean
from placement_tui.errors import Refused, StoreDamaged, WrongUse

LONGEST = 32 * 1024 * 1024  # bytes of a frame as it travels
WIDEST = 128 * 1024 * 1024  # and unpacked
_AGAIN = "meet again: it goes on where it was"


class Line:
    """Two pipes between two programs."""

    def __init__(self, into: IO[bytes], out: IO[bytes]) -> None:
        self._into, self._out = into, out
        self.sent = self.came = 0

    def send(self, frame: dict[str, Any]) -> None:
        """Raises StoreDamaged where the line broke."""
        data = pack(frame)
        try:
            self._out.write(data)
            self._out.flush()
        except (OSError, ValueError):
            raise StoreDamaged("The line broke", "nobody hears at the other end", _AGAIN) from None
        self.sent += len(data)

    def receive(self) -> dict[str, Any]:
        """Raises StoreDamaged where the line broke, WrongUse for what is no frame."""
        size = int.from_bytes(self._exactly(4), "big")
        if not 0 < size <= LONGEST:
            raise WrongUse(
                "The other end does not speak as this program does",
                f"a frame of {size:,} bytes",
                "see that it is `placement` that answers",
            )
        return unpack(self._exactly(size))

    def _exactly(self, size: int) -> bytes:
        parts = []
        while size:
            try:
                part = self._into.read(min(size, 1 << 20))
            except (OSError, ValueError):
                part = b""
            if not part:
                raise StoreDamaged("The line broke", "the other end fell silent", _AGAIN)
            parts.append(part)
            size -= len(part)
            self.came += len(part)
        return b"".join(parts)


def pack(frame: dict[str, Any]) -> bytes:
    """A frame as it travels."""
    body = zlib.compress(json.dumps(frame, separators=(",", ":"), ensure_ascii=False).encode(), 6)
    return len(body).to_bytes(4, "big") + body


def unpack(body: bytes) -> dict[str, Any]:
    """What a frame says. Raises WrongUse."""
    try:
        opening = zlib.decompressobj()
        text = opening.decompress(body, WIDEST)
        if opening.unconsumed_tail or not opening.eof:
            raise ValueError
        found = json.loads(text)
        if not isinstance(found, dict):
            raise TypeError
    except (ValueError, TypeError, RecursionError, zlib.error):
        raise WrongUse(
            "The other end does not speak as this program does",
            "what came is no frame",
            "see that it is `placement` that answers",
        ) from None
    return found


@contextmanager
def over_ssh(where: str, command: list[str], passphrase: str | None, ssh: str = "ssh") -> Iterator[Line]:
    """A line to the program at the other end of `ssh where`, which reads its passphrase as the first line. Raises Refused.

    `ssh` is the system's own, with options where a test or a council needs some.
    """
    if where.startswith("-") or not where:
        raise WrongUse(f"{clean(where)!r} is no place to go to", mend="name it as ssh does: karen@duty-server")
    try:
        argv = [*shlex.split(ssh), "-T", where, "--", *(shlex.quote(word) for word in command)]
        running = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)  # noqa: S603 - ssh, as the officer says
    except (OSError, ValueError) as cause:
        why = getattr(cause, "strerror", None) or "its options are not understood"
        raise Refused("ssh cannot be started", why, "install OpenSSH's client, or mend what --ssh says") from None
    assert running.stdin is not None
    assert running.stdout is not None
    try:
        if passphrase is not None:
            with suppress(OSError):
                running.stdin.write(passphrase.encode() + b"\n")
                running.stdin.flush()
        yield Line(running.stdout, running.stdin)
    finally:
        for pipe in (running.stdin, running.stdout):
            with suppress(OSError):
                pipe.close()
        try:
            running.wait(timeout=10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
