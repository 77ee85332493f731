"""What people type, found in what homes are called: words by their beginnings, initials, numbers.

Words of a home's name lead over words of its provider, town and area. See `typos` for what is misspelt.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placement_tui.domain.folding import fold, initials, skeleton
from placement_tui.domain.homes import Candidate
from placement_tui.services.searching.columns import Mask, Rows
from placement_tui.services.searching.keys import Bigrams, Bytes, Ints, Keys, Postings, bytes_array

# How well a name was met, the best first: all of it, its beginning, words of it, words of provider, town or area,
# its initials, the first of its initials. Misspelt ones come last, by how much is wrong.
WHOLE, START, NAME, ELSEWHERE, INITIALS, FIRST_INITIALS, MISSPELT = range(7)
UNMET = 255

WORD_WIDTH, NAME_WIDTH, SKELETON_WIDTH, INITIALS_WIDTH, NUMBER_WIDTH = 24, 32, 20, 8, 12
Quality = npt.NDArray[np.uint8]


class TextIndex:
    """The words of some homes, by row from 0."""

    def __init__(self, writer: TextWriter) -> None:
        self.count = len(writer.name_sizes)
        spelt = sorted(writer.words)
        rank = np.empty(len(spelt), np.int32)
        rank[[writer.words[word] for word in spelt]] = np.arange(len(spelt), dtype=np.int32)
        self.words = Keys(bytes_array(spelt, WORD_WIDTH), WORD_WIDTH)
        self.in_name = Postings(rank[_ints(writer.name_words)], _repeated(writer.name_sizes), len(spelt))
        found = [shared.postings(rank) for shared in (writer.providers, writer.towns, writer.areas)]
        self.elsewhere = Postings(
            np.concatenate([words for words, _ in found]), np.concatenate([rows for _, rows in found]), len(spelt)
        )
        bones = [skeleton(word.decode(errors="ignore")).encode() for word in spelt]
        self.skeletons = Keys(bytes_array(bones, SKELETON_WIDTH), SKELETON_WIDTH)
        self.word_pairs = Bigrams(self.words.array)
        self.joined = Keys(_together(writer.joined), NAME_WIDTH)
        self.bare = Keys(_together(writer.bare), SKELETON_WIDTH)
        self.name_pairs = Bigrams(self.joined.array)
        self.initials = Keys(_together(writer.initials), INITIALS_WIDTH)
        self.numbers = Keys(_together(writer.numbers), NUMBER_WIDTH)
        self.number_rows: Ints = _ints(writer.number_rows)
        self.lengths: npt.NDArray[np.uint8] = np.array(writer.lengths, np.uint8)

    @property
    def spelt(self) -> Bytes:
        """The different words, sorted."""
        return self.words.array

    def starting(self, word: bytes) -> tuple[Mask, Mask]:
        """Homes with a word in the name that starts so, and homes with one anywhere."""
        named, anywhere = np.zeros(self.count, np.bool_), np.zeros(self.count, np.bool_)
        span = self.words.span(word)
        named[self.in_name.between(*span)] = True
        anywhere[self.elsewhere.between(*span)] = True
        if any(0x30 <= mark <= 0x39 for mark in word):
            anywhere[self.number_rows[self.numbers.starting(word)]] = True
        return named, anywhere | named

    def exact(self, words: Sequence[bytes]) -> tuple[Rows, Quality]:
        """Homes that every word begins a word of, with how well the name was met; rows in order."""
        named = anywhere = np.ones(self.count, np.bool_)
        for word in words:
            here, there = self.starting(word)
            named, anywhere = named & here, anywhere & there
        quality: Quality = np.full(self.count, UNMET, np.uint8)
        if len(words) == 1 and len(words[0]) >= 2:
            rows = self.initials.starting(words[0])
            quality[rows] = np.where(self.initials.array[rows] == words[0], INITIALS, FIRST_INITIALS)
        quality[anywhere] = ELSEWHERE
        quality[named] = NAME
        together = b"".join(words)
        starts = self.joined.starting(together)
        quality[starts] = START
        quality[starts[(self.lengths[starts] == len(together)) & named[starts]]] = WHOLE
        met = np.flatnonzero(quality != UNMET)
        return met, quality[met]

    def knows(self, word: bytes) -> bool:
        """True where this is a whole word of some home, so that nothing in it looks misspelt."""
        starting = self.words.starting(word)
        return bool(len(starting)) and bytes(self.spelt[starting[0]]) == word

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        parts = [part for part in vars(self).values() if not isinstance(part, int)]
        return sum(part.nbytes for part in parts)


class Shared:
    """What many homes have in common, a provider, a town, an area: its words once, and which home has which."""

    def __init__(self, words: dict[bytes, int], with_initials: bool = False) -> None:
        self._words, self._with_initials = words, with_initials
        self._numbers: dict[str, int] = {}
        self._spelt, self._sizes, self._rows = array("i"), array("i"), array("i")

    def add(self, text: str) -> None:
        """One home more at the end."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self._numbers)
            folded = fold(text)
            spelt = dict.fromkeys([*folded.split(), *([initials(folded)] if self._with_initials else [])])
            keys = [word.encode()[:WORD_WIDTH] for word in spelt if word]
            self._spelt.extend([self._words.setdefault(key, len(self._words)) for key in keys])
            self._sizes.append(len(keys))
        self._rows.append(number)

    def postings(self, rank: Ints) -> tuple[Ints, Ints]:
        """The words of every home, end to end, by their rank, and the home of each."""
        words = Postings(_repeated(self._sizes), rank[_ints(self._spelt)], len(self._numbers))
        found, sizes = words.of(_ints(self._rows))
        return found.astype(np.int32), np.repeat(np.arange(len(self._rows), dtype=np.int32), sizes)


class TextWriter:
    """Takes homes in chunk by chunk and makes a TextIndex of their words."""

    def __init__(self) -> None:
        self.words: dict[bytes, int] = {}
        self.name_words, self.name_sizes, self.lengths = array("i"), array("i"), array("i")
        # People ask for a provider by its initials, for "nfa" as for "national".
        self.providers = Shared(self.words, with_initials=True)
        self.towns, self.areas = Shared(self.words), Shared(self.words)
        self.joined, self.bare, self.initials, self.numbers = list[Bytes](), list[Bytes](), list[Bytes](), list[Bytes]()
        self.number_rows = array("i")

    def add(self, candidates: Sequence[Candidate]) -> None:
        """Rows more at the end."""
        words, first = self.words, len(self.name_sizes)
        folded = [fold(one.name) for one in candidates]
        for name in folded:
            spelt = [word.encode()[:WORD_WIDTH] for word in name.split()]
            self.name_words.extend([words.setdefault(word, len(words)) for word in spelt])
            self.name_sizes.append(len(spelt))
        joined = [name.replace(" ", "") for name in folded]
        spelt = [name.encode() for name in joined]
        self.lengths.extend([min(len(name), 255) for name in spelt])
        self.joined.append(bytes_array(spelt, NAME_WIDTH))
        self.bare.append(bytes_array([skeleton(name).encode() for name in joined], SKELETON_WIDTH))
        self.initials.append(bytes_array([initials(name).encode() for name in folded], INITIALS_WIDTH))
        for shared, texts in (
            (self.providers, [one.provider for one in candidates]),
            (self.towns, [one.town for one in candidates]),
            (self.areas, [one.area for one in candidates]),
        ):
            for text in texts:
                shared.add(text)
        numbers: list[bytes] = []
        for row, one in enumerate(candidates, first):
            for number in (one.urn, one.phone):
                if number:
                    plain = number.replace(" ", "")
                    numbers.append((plain if plain.isdigit() else fold(number).replace(" ", "")).encode())
                    self.number_rows.append(row)
        self.numbers.append(bytes_array(numbers, NUMBER_WIDTH))

    def close(self) -> TextIndex:
        """The index of all that was added."""
        return TextIndex(self)


def typed_words(words: Sequence[str]) -> tuple[bytes, ...]:
    """What was typed as the index spells it. The parts of a phone number are put together."""
    spelt: list[bytes] = []
    for word in " ".join(fold(word) for word in words).split():
        if spelt and word.isdigit() and spelt[-1].isdigit() and spelt[-1].startswith(b"0"):
            spelt[-1] = (spelt[-1] + word.encode())[:WORD_WIDTH]
        else:
            spelt.append(word.encode()[:WORD_WIDTH])
    return tuple(spelt)


def _together(parts: list[Bytes]) -> Bytes:
    return np.concatenate(parts) if parts else np.empty(0, "S1")


def _ints(numbers: array[int]) -> Ints:
    return np.array(numbers, np.int32)


def _repeated(sizes: array[int]) -> Ints:
    return np.repeat(np.arange(len(sizes), dtype=np.int32), _ints(sizes))
