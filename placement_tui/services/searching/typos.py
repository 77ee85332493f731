"""Names that were misheard or mistyped: vowels dropped, letters swapped, wrong, missing, words run together.

Each typed word is held against the different words of the register (a few thousand, not 50,000 names), which are
first narrowed by their consonants and by the pairs of letters that they share; then the whole typed name is held
against the names that share most of its pairs. Similarity runs from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from placement_tui.domain.folding import skeleton
from placement_tui.services.searching.columns import Mask, Rows
from placement_tui.services.searching.pace import Still, go_on
from placement_tui.services.searching.text import TextIndex

Similarity = npt.NDArray[np.float32]

NEAREST_WORDS, NEAREST_NAMES = 200, 200
ENOUGH = 0.62  # of the typed letters, weighed by how well each word is met
ENOUGH_TOGETHER = 0.7
ELSEWHERE_SHARE = 0.9  # a word of the provider or the town says less of a home than one of its name
CUT_SHARE = 0.97  # the beginning of a longer word says less than the whole of one
SKELETON_FLOOR, SKELETON_SHARE = 0.68, 0.3  # the same consonants in the same order: vowels were dropped or wrong
SHORTEST_TOGETHER = 5


class Misspelt:
    """One typed line against every name: what can be said before it is known which homes pass the filter.

    `met_by` is `word_met` of the index, from memory where the word was met before: of a line only the last word grows.
    """

    def __init__(
        self,
        index: TextIndex,
        words: Sequence[bytes],
        met_by: Callable[[bytes], Similarity],
        still: Still | None = None,
    ) -> None:
        self._index = index
        self._together = b"".join(words)
        letters = sum(len(word) for word in words)
        met: Similarity = np.zeros(index.count, np.float32)
        for word in words:
            go_on(still)
            met += met_by(word) * np.float32(len(word) / letters)
        go_on(still)
        _meet_bare(index, self._together, met)
        self._met = met
        self._shared = index.name_pairs.counts(self._together).astype(np.uint8)

    def among(self, allowed: Mask) -> tuple[Rows, Similarity]:
        """The homes among those allowed that are near enough, and how near; rows in order."""
        met = np.where(allowed, self._met, np.float32(0))
        if len(self._together) >= SHORTEST_TOGETHER:
            rows = _most(np.where(allowed, self._shared, 0), NEAREST_NAMES, len(self._together) // 2)
            if len(rows):
                near = _nearness(self._together, self._index.joined.array[rows])
                met[rows] = np.maximum(met[rows], np.where(near >= ENOUGH_TOGETHER, near, 0))
        rows = np.flatnonzero(met >= ENOUGH)
        return rows, met[rows]


def edits_allowed(letters: int) -> int:
    """How many letters of a typed word may be wrong: none of two, one of three to five, two to eight, then three."""
    return 0 if letters < 3 else 1 if letters < 6 else 2 if letters < 9 else 3


def word_met(index: TextIndex, word: bytes) -> Similarity:
    """For each home how well its best word meets a typed one."""
    met: Similarity = np.zeros(index.count, np.float32)
    allowed = edits_allowed(len(word))
    if allowed and not any(0x30 <= mark <= 0x39 for mark in word):
        bare = skeleton(word.decode(errors="ignore")).encode()
        same_bones = _same_bones(index, bare)
        pairs = index.word_pairs.counts(word)
        near = _most(pairs, NEAREST_WORDS, max(1, len(word) - 3 * allowed))
        nearness = _nearness(word, index.spelt[near])
        kept = nearness >= 1 - allowed / len(word) - 1e-6
        bones = SKELETON_FLOOR + SKELETON_SHARE * _nearness(word, index.spelt[same_bones])
        _meet(index, np.concatenate([near[kept], same_bones]), np.concatenate([nearness[kept], bones]), met)
    named, anywhere = index.starting(word)
    met[anywhere] = np.maximum(met[anywhere], ELSEWHERE_SHARE)
    met[named] = 1
    return met


def _same_bones(index: TextIndex, bare: bytes) -> Rows:
    """The words that begin with the same consonants; two consonants have to be all of them."""
    if len(bare) < 2:
        return np.empty(0, np.intp)
    found: Rows = index.skeletons.starting(bare).astype(np.intp)
    return found if len(bare) > 2 else found[index.skeletons.array[found] == bare]


def _meet(index: TextIndex, words: Rows, similarity: Similarity, met: Similarity) -> None:
    """Raise `met` of the homes that hold the words to the words' similarity."""
    rising = np.argsort(similarity, kind="stable")
    words, similarity = words[rising], similarity[rising].astype(np.float32)
    for postings, share in ((index.elsewhere, ELSEWHERE_SHARE), (index.in_name, 1.0)):
        rows, sizes = postings.of(words)
        best: Similarity = np.zeros(index.count, np.float32)
        best[rows] = np.repeat(similarity * np.float32(share), sizes)  # of a repeated row the last, the best, stays
        np.maximum(met, best, out=met)


def _meet_bare(index: TextIndex, together: bytes, met: Similarity) -> None:
    """Raise `met` of the homes whose whole name begins with the consonants of all that was typed."""
    bare = skeleton(together.decode(errors="ignore")).encode()
    if len(bare) < 2:
        return
    rows = index.bare.starting(bare)
    if len(bare) == 2:
        rows = rows[index.bare.array[rows] == bare]
    if len(rows):
        near = _nearness(together, index.joined.array[rows[: 4 * NEAREST_NAMES]])
        met[rows[: len(near)]] = np.maximum(met[rows[: len(near)]], SKELETON_FLOOR + SKELETON_SHARE * near)


def _most(counts: npt.NDArray[np.integer], most: int, least: int) -> Rows:
    """The positions of the highest counts, `most` of them at most, none under `least`."""
    rows = np.flatnonzero(counts >= max(1, least))
    if len(rows) > most:
        rows = rows[np.argpartition(counts[rows], len(rows) - most)[len(rows) - most :]]
    return rows


def _nearness(typed: bytes, spelt: npt.NDArray[np.bytes_]) -> Similarity:
    """Edits (swaps count once) as a similarity, against each whole string and against its beginning."""
    if not len(spelt):
        return np.zeros(0, np.float32)
    size = len(typed)
    whole: list[bytes] = spelt.tolist()
    tried = [*whole, *(one[:size] for one in whole), *(one[: size + 1] for one in whole)]
    scores = cdist([typed], tried, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    full, cut, longer = scores.reshape(3, len(whole))
    best: Similarity = np.maximum(full, np.maximum(cut, longer) * np.float32(CUT_SHARE))
    return best
