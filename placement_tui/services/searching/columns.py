"""The register's values as columns: as objects, 50,000 candidates would take four times the memory.

A column is filled chunk by chunk with `add`, made ready with `close`, and gives each value back exactly as it was.
`with_rows` is a copy in which some rows hold other values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Hashable, Iterable, Sequence
from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

NO_NUMBER = -(2**31)
NEVER = -(2**63)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Packed(ABC, Generic[T]):
    """A column in one array. Subclasses say how a value is packed."""

    dtype: npt.DTypeLike = np.int32

    def __init__(self) -> None:
        self.array: npt.NDArray[Any] = np.empty(0, self.dtype)
        self._parts: list[npt.NDArray[Any]] = []

    @abstractmethod
    def packed(self, values: Sequence[T]) -> npt.NDArray[Any]:
        """The values as one array of this column's type."""

    @abstractmethod
    def at(self, row: int) -> T:
        """The value of a row as it was added."""

    def add(self, values: Sequence[T]) -> None:
        """Rows more at the end."""
        self._parts.append(self.packed(values))

    def close(self) -> None:
        """Put the parts together: after this the column is read."""
        if self._parts:
            self.array = np.concatenate([self.array, *self._parts])
            self._parts = []

    def with_rows(self, rows: Rows, count: int, values: Sequence[T]) -> Self:
        """A copy of `count` rows in which `rows` hold `values`. Rows past the present end must be among them."""
        other = copy(self)
        packed = other.packed(values)
        grown = np.empty(count, np.promote_types(self.array.dtype, packed.dtype))
        grown[: len(self.array)] = self.array
        grown[rows] = packed
        other.array = grown
        return other


class Numbers(Packed["int | None"]):
    """Whole numbers within 32 bits, or None, held as `NO_NUMBER`."""

    def packed(self, values: Sequence[int | None]) -> npt.NDArray[Any]:
        return np.array([NO_NUMBER if value is None else value for value in values], np.int32)

    def at(self, row: int) -> int | None:
        value = int(self.array.item(row))
        return None if value == NO_NUMBER else value

    @property
    def known(self) -> Mask:
        """Where there is a number."""
        known: Mask = self.array != NO_NUMBER
        return known


class Reals(Packed["float | None"]):
    """Floating numbers, or None, held as NaN."""

    dtype = np.float64

    def packed(self, values: Sequence[float | None]) -> npt.NDArray[Any]:
        return np.array(values, np.float64)

    def at(self, row: int) -> float | None:
        value = float(self.array.item(row))
        return None if value != value else value


class Flags(Packed[bool]):
    """Yes or no."""

    dtype = np.bool_

    def packed(self, values: Sequence[bool]) -> npt.NDArray[Any]:
        return np.array(values, np.bool_)

    def at(self, row: int) -> bool:
        return bool(self.array.item(row))


class Moments(Packed["datetime | None"]):
    """Aware moments to the microsecond, or None; given back in UTC."""

    dtype = np.int64

    def packed(self, values: Sequence[datetime | None]) -> npt.NDArray[Any]:
        return np.array([NEVER if value is None else microseconds(value) for value in values], np.int64)

    def at(self, row: int) -> datetime | None:
        value = int(self.array.item(row))
        return None if value == NEVER else _EPOCH + value * _MICROSECOND


class Days(Packed["date | None"]):
    """Dates, or None, held as ordinal 0."""

    def packed(self, values: Sequence[date | None]) -> npt.NDArray[Any]:
        return np.array([0 if value is None else value.toordinal() for value in values], np.int32)

    def at(self, row: int) -> date | None:
        value = int(self.array.item(row))
        return None if value == 0 else date.fromordinal(value)


class Labels(Packed[H]):
    """Values of which there are few: each is kept once, the rows hold its number."""

    dtype = np.int16

    def __init__(self) -> None:
        super().__init__()
        self.values: list[H] = []
        self._codes: dict[H, int] = {}

    def packed(self, values: Sequence[H]) -> npt.NDArray[Any]:
        codes = self._codes
        new = [value for value in dict.fromkeys(values) if value not in codes]
        if new:
            # Fresh ones, since a copy of this column shares the old ones with it.
            self._codes = codes = codes | {value: at for at, value in enumerate(new, len(codes))}
            self.values = [*self.values, *new]
        width = np.int16 if len(codes) < 2**15 else np.int32
        return np.array([codes[value] for value in values], width)

    def at(self, row: int) -> H:
        code: int = self.array.item(row)
        return self.values[code]

    def among(self, wanted: Collection[H]) -> Mask:
        """Where the value is one of `wanted`."""
        table = np.array([value in wanted for value in self.values], np.bool_)
        return np.zeros(len(self.array), np.bool_) if not len(table) else table[self.array]

    def mapped(self, numbers: Iterable[float]) -> Floats:
        """For each row the number that belongs to its value; `numbers` follow `values`."""
        table = np.array(list(numbers), np.float64)
        return np.zeros(len(self.array)) if not len(table) else table[self.array]


class Texts:
    """Strings that are mostly all different, or None, end to end in one block of UTF-8."""

    def __init__(self) -> None:
        self._block = b""
        self._ends: npt.NDArray[np.uint32] = np.zeros(1, np.uint32)
        self._absent: set[int] = set()
        self._blocks: list[bytes] = []
        self._sizes: list[npt.NDArray[np.uint32]] = []
        self._count = 0

    def add(self, values: Sequence[str | None]) -> None:
        """Rows more at the end."""
        self._absent.update(row for row, value in enumerate(values, self._count) if value is None)
        self._count += len(values)
        pieces = [(value or "").encode("utf-8", "surrogatepass") for value in values]
        self._sizes.append(np.array([len(piece) for piece in pieces], np.uint32))
        self._blocks.append(b"".join(pieces))

    def close(self) -> None:
        """Put the blocks together: after this the column is read."""
        self._block = b"".join(self._blocks)
        self._ends = np.concatenate([np.zeros(1, np.uint32), *self._sizes])
        np.cumsum(self._ends, out=self._ends)
        self._blocks, self._sizes = [], []

    def at(self, row: int) -> str | None:
        """The value of a row as it was added."""
        if row in self._absent:
            return None
        start, end = self._ends.item(row), self._ends.item(row + 1)
        return self._block[start:end].decode("utf-8", "surrogatepass")


class Ids:
    """UUIDs in 16 bytes each, and the way back from an id to its row."""

    def __init__(self) -> None:
        self.array: npt.NDArray[np.bytes_] = np.empty(0, "S16")
        self._order: npt.NDArray[np.int32] = np.empty(0, np.int32)
        self._parts: list[bytes] = []

    def add(self, values: Iterable[UUID]) -> None:
        """Rows more at the end."""
        self._parts.append(b"".join([value.bytes for value in values]))

    def close(self, sought: bool = False) -> None:
        """Put the parts together; `sought` where rows are looked up by id."""
        self.array = np.concatenate([self.array, np.frombuffer(b"".join(self._parts), "S16")])
        self._parts = []
        if sought:
            self._order = np.argsort(self.array, kind="stable").astype(np.int32)

    def at(self, row: int) -> UUID:
        """The id of a row."""
        return UUID(bytes=self.array[row].ljust(16, b"\0"))

    def rows(self, ids: Collection[UUID]) -> Rows:
        """The rows of those ids that are here, in no order."""
        if not ids or not len(self.array):
            return np.empty(0, np.intp)
        sought = np.frombuffer(b"".join([one.bytes for one in ids]), "S16")
        places = np.searchsorted(self.array, sought, sorter=self._order)
        rows: Rows = self._order[np.minimum(places, len(self.array) - 1)].astype(np.intp)
        found: Rows = rows[self.array[rows] == sought]
        return found


def microseconds(moment: datetime) -> int:
    """An aware moment as microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND
