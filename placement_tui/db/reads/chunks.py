"""Many identifiers in runs that one statement takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID


def chunks(ids: Sequence[UUID], size: int = 500) -> Iterable[Sequence[UUID]]:
    """The ids in runs that one statement takes."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
