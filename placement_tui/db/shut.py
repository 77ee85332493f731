"""What stands in a store's place while its officer is away: it has no key, and every use of it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.db.engine import Session, Store
from placement_tui.errors import Locked


class ShutStore(Store):
    """A store that was closed, and whose key was let go."""

    def __init__(self, path: Path, *, demo: bool, clock: Callable[[], datetime]) -> None:
        self.path, self.demo, self.way = path, demo, None
        self.clock = clock

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Raises Locked."""
        raise _away()
        yield  # a context manager has one

    @contextmanager
    def write(self, officer: UUID | None, command: str, *, undoes: UUID | None = None) -> Iterator[Session]:  # noqa: ARG002 - as the open store takes them
        """Raises Locked."""
        raise _away()
        yield  # a context manager has one

    @contextmanager
    def maintain(self) -> Iterator[Any]:
        """Raises Locked."""
        raise _away()
        yield  # a context manager has one

    def raw(self, *, query_only: bool = True) -> Any:  # noqa: ARG002 - as the open store takes it
        """Raises Locked."""
        raise _away()

    def close(self) -> None:
        """It is."""


def _away() -> Locked:
    return Locked("The store is closed while its officer is away", mend="type the passphrase again")
