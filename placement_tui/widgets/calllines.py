"""The foot of the call list: who is under the cursor, what they answered before, and the keys that answer for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placement_tui.domain.approaches import Answer, CallRow
from placement_tui.domain.codes.declines import CLOSINGS
from placement_tui.domain.codes.refusals import FAMILIES, REFUSALS, commonest
from placement_tui.domain.endings import LessonRow
from placement_tui.widgets.choose import Option, fitted
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import ago_words, change_words


def first_line(row: CallRow, now: datetime) -> Line:
    """Who they are, when they were asked and by whom, and what would change their answer, or the note."""
    line = [Span(f" {row.name}", "strong")]
    if row.provider != row.name:
        line.append(Span(f" ({row.provider})", "muted"))
    line.append(Span(f" · asked {ago_words(row.asked_at, now)} ago by {row.asked_by}"))
    if row.outcome == "refusal" and row.would_change:
        line.append(Span(f" · would change it: {change_words(row.would_change)}", "accent"))
    elif row.note:
        line.append(Span(f" · {row.note}", "muted"))
    return line


def call_lines(row: CallRow, answers: Sequence[Answer], lessons: Sequence[LessonRow], now: datetime) -> list[Line]:
    """The same with their last answers to us and the latest lesson of a placement there: three lines."""
    words = [answer_line(each) for each in answers]
    last: Line = [Span(" last answers: ", "muted"), Span("; ".join(words) or "none to us yet")]
    learned: Line = ""
    if lessons:
        each = lessons[0]
        learned = [Span(" lesson: ", "accent"), Span(f"{each.lesson} ({each.child}, {each.learned_on:%b %y})")]
    return [first_line(row, now), last, learned]


def key_lines(kind: str, width: int) -> list[Line]:
    """The nine commonest reasons of that kind of provider, then the families: at most three lines."""
    options = [Option(code.code, code.short, str(number)) for number, code in enumerate(commonest(kind), 1)]
    options += [Option(family.key, family.short, family.key, ink="muted") for family in FAMILIES]
    return fitted(options, width, 3, lead="no:")[:3]


def back_options() -> list[Option]:
    """When to call back, in minutes, and a time of one's own."""
    usual = (("in 10 minutes", 10), ("20 minutes", 20), ("half an hour", 30), ("an hour", 60), ("2 hours", 120))
    made = [Option(minutes, words, str(number)) for number, (words, minutes) in enumerate(usual, 1)]
    return [*made, Option("other", "another time", "b")]


def withdraw_options() -> list[Option]:
    """Why an approach ends without an answer."""
    return [Option(code.code, code.label.lower(), str(number)) for number, code in enumerate(CLOSINGS, 1)]


def answer_line(each: Answer) -> str:
    """A past answer in a few words: `no matching (KJ 14 M: the fee)`."""
    if each.outcome == "refusal":
        said = REFUSALS[each.reason].said if each.reason and each.reason in REFUSALS else "no"
        return f"{said} ({each.child}{': ' + change_words(each.would_change) if each.would_change else ''})"
    return f"{'yes' if each.outcome == 'offer' else 'no reply'} ({each.child})"
