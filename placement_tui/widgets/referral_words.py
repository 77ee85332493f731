"""What earlier searches for a known child came to, and what was learned, in two lines."""

from __future__ import annotations

from collections.abc import Iterable

from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.endings import LessonRow
from placement_tui.domain.referrals import ChildRow, Tried
from placement_tui.widgets.text import Line, Span

KnownChild = tuple[ChildRow, tuple[Tried, ...], list[LessonRow]]


def tried_words(each: Tried) -> str:
    """What an earlier search came to: `25-0031 (Aug 25): 18 asked, 12 no, mostly matching, 1 offer`."""
    reason = f", mostly {REFUSALS[each.main_reason].short}" if each.main_reason and each.main_reason in REFUSALS else ""
    offers = f"{each.offered} offer{'' if each.offered == 1 else 's'}"
    return f"{each.reference} ({each.received_at:%b %y}): {each.asked} asked, {each.refused} no{reason}, {offers}"


def earlier_lines(known: Iterable[KnownChild], own: str) -> list[Line]:
    """The searches before `own`, a reference, and the latest lesson; always two lines."""
    children = list(known)
    tried = [each for _, earlier, _ in children for each in earlier if each.reference != own]
    learned = [each for _, _, lessons in children for each in lessons]
    lines: list[Line] = ["", ""]
    if tried:
        lines[0] = [Span(" tried before  ", "muted"), Span("; ".join(tried_words(each) for each in tried[:3]))]
    if learned:
        where = f" ({learned[0].name}, {learned[0].learned_on:%b %y})"
        lines[1] = [Span(" lesson        ", "accent"), Span(learned[0].lesson), Span(where, "muted")]
    return lines
