"""The names of the whole register: the index that was built, and a small one over what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from placement_tui.domain.homes import Candidate
from placement_tui.services.searching.columns import Mask, Rows
from placement_tui.services.searching.pace import Still, go_on
from placement_tui.services.searching.text import MISSPELT, Quality, TextIndex, TextWriter, typed_words
from placement_tui.services.searching.typos import Misspelt, Similarity, word_met

K = TypeVar("K")
V = TypeVar("V")

EXACT_ENOUGH = 20  # so many exact hits on the screen leave nothing to guess
MISSPELT_SHOWN = 50
MISSPELT_BEHIND = 0.2  # no guess is shown that is so much further off than the best
_STEP = 25  # misspelt names are told apart to a twenty-fifth, then the order of `domain.matching` decides


class Kept(Generic[K, V]):
    """The last few values that were made, by what they were made from. Shared by threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._values: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made where it is not held. Two threads may both make it; either is right."""
        with self._lock:
            if key in self._values:
                value = self._values[key] = self._values.pop(key)
                return value
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                del self._values[next(iter(self._values))]
        return value


class Names:
    """Rows by name. `moved` are the homes whose words changed since `base` was built, `alive` the rows that are left."""

    def __init__(self, base: TextIndex, alive: Mask, moved: dict[int, Candidate] | None = None) -> None:
        self._base, self._alive = base, alive
        self._moved = moved or {}
        self._parts: list[tuple[TextIndex, Rows | None, Mask | None]] = [(base, None, None)]
        self.lengths: npt.NDArray[np.uint8] = base.lengths
        if self._moved:
            writer = TextWriter()
            writer.add(list(self._moved.values()))
            latest, rows = writer.close(), np.array(list(self._moved), np.intp)
            still = np.ones(base.count, np.bool_)
            still[rows[rows < base.count]] = False
            self._parts = [(base, None, still), (latest, rows, None)]
            self.lengths = np.zeros(len(alive), np.uint8)
            self.lengths[: base.count] = base.lengths
            self.lengths[rows] = latest.lengths
        self._exact = Kept[tuple[bytes, ...], tuple[Rows, Quality]](8)
        self._misspelt = Kept[tuple[bytes, ...], list[Misspelt]](4)
        self._met = Kept[tuple[int, bytes], Similarity](6)

    def with_moved(self, moved: dict[int, Candidate], alive: Mask) -> Names:
        """A copy in which those rows are named anew."""
        return Names(self._base, alive, {**self._moved, **moved})

    def typed(self, words: Sequence[str]) -> tuple[bytes, ...]:
        """The words to look for. A number alone that no home has is left out: it is a token half typed."""
        spelt = typed_words(words)
        bare = tuple(word for word in spelt if not (len(word) < 3 and word.isdigit()))
        return spelt if len(bare) == len(spelt) or len(self.exact(spelt)[0]) else bare

    def exact(self, words: tuple[bytes, ...]) -> tuple[Rows, Quality]:
        """Rows that each word begins a word of (or their initials), and how well; see `text.TextIndex.exact`."""
        return self._exact.get(words, lambda: self._find_exact(words))

    def _find_exact(self, words: tuple[bytes, ...]) -> tuple[Rows, Quality]:
        found: list[tuple[Rows, Quality]] = []
        for index, place, still in self._parts:
            rows, quality = index.exact(words)
            if still is not None:
                rows, quality = rows[still[rows]], quality[still[rows]]
            rows = rows if place is None else place[rows]
            here = self._alive[rows]
            found.append((rows[here], quality[here]))
        return np.concatenate([rows for rows, _ in found]), np.concatenate([quality for _, quality in found])

    def found(
        self, words: tuple[bytes, ...], passes: Mask, open_to: Mask, guess: bool, still: Still | None = None
    ) -> tuple[Rows, Quality]:
        """The rows among those that pass: exact ones, and with `guess` misspelt ones where exact ones are few.

        A name that is spelt as some home's is, none of which is `open_to` be asked, is not guessed at: the filter or a
        rule hides it, and saying so is the answer. Raises Superseded where `still` ends the guessing.
        """
        everywhere, quality = self.exact(words)
        here = passes[everywhere]
        rows, quality = everywhere[here], quality[here]
        shown = int(np.count_nonzero(open_to[rows]))
        hidden = not shown and len(everywhere) and all(self._knows(word) for word in words)
        if not guess or shown >= EXACT_ENOUGH or hidden:
            return rows, quality
        go_on(still)
        rest = passes.copy()
        rest[rows] = False
        more, nearness = self._guessed(words, rest, still)
        guessed = (MISSPELT + np.floor((1 - nearness) * _STEP + 1e-4)).astype(np.uint8)
        return np.concatenate([rows, more]), np.concatenate([quality, guessed])

    def _guessed(self, words: tuple[bytes, ...], rest: Mask, still: Still | None) -> tuple[Rows, Similarity]:
        made = self._misspelt.get(words, lambda: [self._against(index, words, still) for index, _, _ in self._parts])
        go_on(still)
        found: list[tuple[Rows, Similarity]] = []
        for misspelt, (index, place, own) in zip(made, self._parts, strict=True):
            allowed = rest[: index.count] if place is None else rest[place]
            rows, nearness = misspelt.among(allowed if own is None else allowed & own)
            found.append((rows if place is None else place[rows], nearness))
        rows, nearness = np.concatenate([one for one, _ in found]), np.concatenate([near for _, near in found])
        if not len(rows):
            return rows, nearness
        close = nearness >= nearness.max() - MISSPELT_BEHIND
        rows, nearness = rows[close], nearness[close]
        if len(rows) > MISSPELT_SHOWN:
            best = np.lexsort((rows, -nearness))[:MISSPELT_SHOWN]
            rows, nearness = rows[best], nearness[best]
        return rows, nearness

    def _against(self, index: TextIndex, words: tuple[bytes, ...], still: Still | None) -> Misspelt:
        return Misspelt(
            index, words, lambda word: self._met.get((id(index), word), lambda: word_met(index, word)), still
        )

    def _knows(self, word: bytes) -> bool:
        return any(index.knows(word) for index, _, _ in self._parts)
