"""Tasks in words: how many are due, the line of what is due, and a task's cells. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placement_tui.domain.tasks import TaskRow, due_words
from placement_tui.widgets.text import Span, width_of

GROUP_WORDS = {
    "late": "late", "today": "today", "this week": "this week", "later": "later", "done": "done", "dropped": "not needed",
}  # fmt: skip
GROUP_INK = {"late": "bad", "today": "warn", "done": "good", "later": "muted", "dropped": "muted"}


def due_count(due: int, overdue: int) -> Span:
    """`3 due`, `3 due, 1 late`: what is to be done before today is over."""
    if not due:
        return Span("0 due", "muted")
    return Span(f"{due} due, {overdue} late", "bad") if overdue else Span(f"{due} due", "warn")


def due_line(tasks: Sequence[TaskRow], now: datetime, width: int) -> list[Span]:
    """`call back Brackenfield 16:45 · tell the area authority by Wed 21 Oct (Reg 13)`, as many as fit, then how many more."""
    if not tasks:
        return [Span("nothing today", "muted")]
    line: list[Span] = []
    for number, task in enumerate(tasks):
        law = f" ({task.short_law})" if task.law else ""
        late = task.late(now)
        part = Span(f"{task.title} {due_words(task.due_at, now)}{law}{', late' if late else ''}", "bad" if late else "")
        rest = f" · {len(tasks) - number} more"
        if line and width_of([*line, part]) + 3 > width - (len(rest) if number < len(tasks) - 1 else 0):
            return [*line, Span(rest, "muted")]
        line += [Span(" · ", "muted"), part] if line else [part]
    return line
