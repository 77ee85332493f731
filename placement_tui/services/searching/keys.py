"""Two small indexes over byte strings: those that start with a prefix, and those that hold a pair of letters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.bytes_]
Ints = npt.NDArray[np.int32]

_LETTERS = 38  # nothing, a to z, 0 to 9, anything else
_BLOCK = 4096  # strings that are taken apart at a time, so that building needs little room
_SLICE = 2**16
_CODES = np.full(256, _LETTERS - 1, np.uint16)
_CODES[0] = 0
_CODES[ord("a") : ord("z") + 1] = np.arange(1, 27)
_CODES[ord("0") : ord("9") + 1] = np.arange(27, 37)


class Keys:
    """Byte strings in any order; which of them start with a prefix. Strings and prefixes count up to `width` bytes."""

    def __init__(self, strings: Bytes, width: int) -> None:
        self.array = strings
        self._cut = strings.dtype.itemsize >= width
        self._order: Ints = np.argsort(self.array, kind="stable").astype(np.int32)

    def span(self, prefix: bytes) -> tuple[int, int]:
        """The part of the sorted order whose strings start with a prefix."""
        width = self.array.dtype.itemsize
        if len(prefix) > width and not self._cut:
            return 0, 0
        # Probes of the array's own width: a wider one would have numpy copy the whole array first.
        low = np.array(prefix[:width], self.array.dtype)
        first = int(np.searchsorted(self.array, low, sorter=self._order))
        if len(prefix) >= width:
            return first, int(np.searchsorted(self.array, low, side="right", sorter=self._order))
        high = np.array(prefix + b"\xff" * (width - len(prefix)), self.array.dtype)  # no UTF-8 byte is 0xff
        return first, int(np.searchsorted(self.array, high, side="right", sorter=self._order))

    def starting(self, prefix: bytes) -> Ints:
        """The positions of the strings that start with a prefix."""
        first, end = self.span(prefix)
        return self._order[first:end]

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.array.nbytes + self._order.nbytes


class Postings:
    """For each of a range of numbers the rows under it, end to end. Rows within a number are in order."""

    def __init__(self, numbers: npt.NDArray[np.integer], rows: npt.NDArray[np.integer], size: int) -> None:
        self.starts = np.zeros(size + 1, np.int32)
        for first in range(0, len(numbers), _SLICE):
            self.starts[1:] += np.bincount(numbers[first : first + _SLICE], minlength=size)
        np.cumsum(self.starts, out=self.starts)
        self.rows: npt.NDArray[np.integer] = np.empty(len(rows), row_type(int(rows.max(initial=0))))
        free = self.starts[:-1].copy()
        # Slice by slice, since sorting a million numbers at once needs eight times the room of the result.
        for first in range(0, len(numbers), _SLICE):
            part = numbers[first : first + _SLICE]
            order = np.argsort(part, kind="stable")
            part = part[order]
            starts = np.flatnonzero(np.concatenate([[True], part[1:] != part[:-1]]))
            sizes = np.diff(np.append(starts, len(part)))
            within = np.arange(len(part)) - np.repeat(starts, sizes)
            self.rows[free[part] + within] = rows[first + order]
            free[part[starts]] += sizes.astype(np.int32)

    def of(self, numbers: npt.NDArray[np.integer]) -> tuple[npt.NDArray[np.integer], npt.NDArray[np.integer]]:
        """The rows under each of some numbers, end to end, and how many each number brought."""
        first = self.starts[numbers]
        sizes = self.starts[numbers + 1] - first
        ends = np.cumsum(sizes)
        total = int(ends[-1]) if len(ends) else 0
        return self.rows[np.repeat(first - (ends - sizes), sizes) + np.arange(total, dtype=np.int32)], sizes

    def between(self, first: int, end: int) -> npt.NDArray[np.integer]:
        """The rows under a run of neighbouring numbers."""
        return self.rows[self.starts[first] : self.starts[end]]

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self.rows.nbytes + self.starts.nbytes


class Bigrams:
    """Which strings hold a pair of neighbouring letters; the first letter counts as a pair with nothing before it."""

    def __init__(self, strings: Bytes) -> None:
        pairs, rows = [np.empty(0, np.uint16)], [np.empty(0, row_type(len(strings)))]
        for first in range(0, len(strings), _BLOCK):
            found = _pairs(strings[first : first + _BLOCK])
            held = found > 0
            pairs.append(found[held])
            numbers = np.arange(first, first + len(found), dtype=row_type(len(strings)))
            rows.append(np.repeat(numbers, np.count_nonzero(held, axis=1)))
        self._count = len(strings)
        self._postings = Postings(np.concatenate(pairs), np.concatenate(rows), _LETTERS * _LETTERS)

    def counts(self, text: bytes) -> npt.NDArray[np.integer]:
        """For each string how many of the text's pairs it holds."""
        pairs = _pairs(np.array([text or b"\0"]))
        rows, _ = self._postings.of(np.unique(pairs[pairs > 0]))
        return np.bincount(rows, minlength=self._count)

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        return self._postings.nbytes


def row_type(highest: int) -> type[np.uint16] | type[np.int32]:
    """The narrowest type for row numbers up to `highest`."""
    return np.uint16 if highest < 2**16 else np.int32


def bytes_array(strings: list[bytes], width: int) -> Bytes:
    """Byte strings in an array no wider than they need, those longer than `width` cut."""
    longest = max((len(one) for one in strings), default=1)
    return np.array(strings, f"S{max(1, min(width, longest))}")


def _pairs(strings: Bytes) -> npt.NDArray[np.uint16]:
    """The number of each pair of letters of each string, 0 past its end."""
    width = strings.dtype.itemsize
    letters = _CODES[np.ascontiguousarray(strings).view(np.uint8).reshape(len(strings), width)]
    pairs = letters.copy()
    pairs[:, 1:] += letters[:, :-1] * np.uint16(_LETTERS)
    pairs[letters == 0] = 0
    return pairs
