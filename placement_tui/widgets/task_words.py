"""Tasks in words: how many are due, the line of what is due, and a task's cells. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from placement_tui.domain.clocks_calls import DOUBLE
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.tasks import due_words, group_of, is_notice
from placement_tui.domain.typed import day_words
from placement_tui.widgets.text import Line, Span, width_of
from placement_tui.widgets.words import clock_words

if TYPE_CHECKING:
    from placement_tui.domain.tasks import TaskRow

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
    """`call back Brackenfield 16:45 · 8 notices by Wed 21 Oct (Reg 13)`: calls and offers first, then what the law asks.

    What one law wants by one day is one thing. As many things as fit, then how many more.
    """
    things: dict[tuple[str, str], list[TaskRow]] = {}
    for task in sorted(tasks, key=lambda task: (bool(task.law), task.due_at)):
        by = due_words(task.due_at, now) + (", late" if task.late(now) else "")
        things.setdefault((task.law or task.source, by), []).append(task)
    parts = [Span(_thing(same, by), "bad" if same[0].late(now) else "") for (_, by), same in things.items()]
    if not parts:
        return [Span("nothing today", "muted")]
    line = [parts[0]]
    for number, part in enumerate(parts[1:], 1):
        more = Span(f" · {len(parts) - number} more", "muted")
        left = width - (width_of([more]) if number < len(parts) - 1 else 0)
        if width_of([*line, part]) + 3 > left:
            return [*line, more]
        line += [Span(" · ", "muted"), part]
    return line


def _thing(tasks: Sequence[TaskRow], by: str) -> str:
    first = tasks[0]
    law = f" ({first.short_law})" if first.law else ""
    noun = "notices" if all(is_notice(task) for task in tasks) else "things"
    return f"{first.title if len(tasks) == 1 else f'{len(tasks)} {noun}'} {by}{law}"


def due_cell(task: TaskRow, now: datetime) -> Span:
    """When it is due, in the list: `late by Fri 16 Oct`, `today 16:45`, `by Wed 21 Oct`, or that it is done."""
    if task.state != "open":
        return Span(GROUP_WORDS[task.state], GROUP_INK[task.state])
    group = group_of(task, now)
    words = due_words(task.due_at, now)
    if group == "late":
        day, today = london_day(task.counts_from), london_day(now)
        since = due_words(task.counts_from, now).removeprefix("by ") if day == today else day_words(day, today)
        words = f"late {since}"
    elif group == "today" and not words.startswith("by"):
        words = f"today {words}"
    return Span(words, GROUP_INK.get(group, ""))


def counts_line(tasks: Sequence[TaskRow], now: datetime) -> list[Span]:
    """`3 late   2 today   7 this week   4 later`."""
    groups = [group_of(task, now) for task in tasks]
    line: list[Span] = []
    for name in ("late", "today", "this week", "later"):
        count = groups.count(name)
        line += [Span(f"{count} {GROUP_WORDS[name]}", GROUP_INK.get(name, "") if count else "muted"), Span("   ")]
    finished = groups.count("done") + groups.count("dropped")
    return [*line, Span(f"{finished} finished", "muted")] if finished else line[:-1]


def task_lines(task: TaskRow, now: datetime) -> list[Line]:
    """The task under the cursor: what, of whom; the law, until when, with whom; what was said about it."""
    who = " ".join(part for part in (task.child, task.reference) if part)
    where = "".join(f" · {part}" for part in (who, task.name) if part)
    law = task.law or ("from the records of the search" if not task.stored else "")
    by = f"with {task.officer}" if task.officer else "with nobody"
    facts = [
        law,
        due_words(task.due_at, now),
        f"to {task.to_whom}" if task.to_whom and task.to_whom not in task.title else "",
        by,
    ]
    lines: list[Line] = [
        [Span(f" {task.title}", "strong"), Span(where)],
        [Span(f" {' · '.join(fact for fact in facts if fact)}"), Span(f" · {task.ref}", "muted")],
    ]  # fmt: skip
    if task.state != "open" and task.done_at is not None:
        word = GROUP_WORDS[task.state]
        said = f": {task.note}" if task.note else ""
        lines.append(Span(f" {word} {clock_words(task.done_at, now)} {task.done_by}{said}", "muted"))
    elif task.moved:
        first = due_words(task.first_due_at, now)
        said = task.moved_why.replace("\n", "; ")
        lines.append(Span(f" {'the law says ' if task.law else 'first '}{first}; moved: {said}", "warn"))
    else:
        lines.append(Span(f" {task.note}", "warn") if task.rule == DOUBLE else "")
    return lines
