"""Whose names stand in no figure that leaves the team: carers', homes' that the public register hides, children's."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from placement_tui.domain.folding import fold
from placement_tui.domain.insight import Block

PUBLIC_KINDS = frozenset({"agency", "adoption", "school", "boarding"})  # organisations; Ofsted publishes their names
_REFERENCE = re.compile(r"\b\d{2}-\d{3,6}\b")  # a referral's
_PERSONAL = frozenset({"child", "referral", "placement", "reference", "plan", "key", "id"})
_WORDS = 12  # of the longest name


def without_names(block: Block, names: Collection[str]) -> Block | None:
    """The block without the rows that name a home, a carer or a record; None where a row is one child's.

    `names` are folded (`folding.fold`).
    """
    if any(cut.dimension in _PERSONAL for row in block.rows for cut in row.cuts):
        return None
    kept = tuple(row for row in block.rows if not _named(f"{row.label} {row.across}", names))
    return replace(block, rows=kept) if len(kept) < len(block.rows) else block


def _named(label: str, names: Collection[str]) -> bool:
    if _REFERENCE.search(label):
        return True
    words = fold(label).split()
    return any(
        " ".join(words[start:end]) in names
        for start in range(len(words))
        for end in range(start + 1, min(len(words), start + _WORDS) + 1)
    )
