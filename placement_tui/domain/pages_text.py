"""A page as plain text: lines broken at a width, tables aligned."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

from placement_tui.domain.pages import Fact, Page, Section, Table
from placement_tui.domain.typed_text import clean


def as_text(page: Page, width: int = 78) -> str:
    """The page as plain text, lines broken at `width`."""
    holds = wrap(clean(page.holds), width)
    lines = [clean(page.title), clean(page.about), "", *holds, ""]
    for section in page.sections:
        rule = "=" if section.depth == 1 else "-"
        title = clean(section.title)
        lines += ["", title, rule * min(width, len(title))]
        for kind, part in runs(section):
            if kind == "table":
                lines += table_lines(part, width)
            elif kind == "facts":
                for fact in part:
                    lines += _fact_lines(fact, width)
            else:
                for line in clean(str(part), lines=True).splitlines():
                    lines += wrap(line, width) or [""]
    return "\n".join([*lines, "", *holds]) + "\n"


def runs(section: Section) -> Iterator[tuple[str, Any]]:
    """The parts of a section by kind: facts that follow each other are one run."""
    facts: list[Fact] = []
    for part in section.shown:
        if isinstance(part, Fact):
            facts.append(part)
            continue
        if facts:
            yield "facts", facts
            facts = []
        yield ("table" if isinstance(part, Table) else "text"), part
    if facts:
        yield "facts", facts


def table_lines(table: Table, width: int) -> list[str]:
    """A table as lines of aligned cells; the widest column is cut into lines where they would be too long."""
    kept = [at for at in range(len(table.titles)) if any(row[at] for row in table.rows)]
    if not kept:
        return []
    cells = [[clean(row[at]) for at in kept] for row in table.rows]
    titles = [clean(table.titles[at]) for at in kept]
    sizes = [max(1, len(title), *(len(row[at]) for row in cells)) for at, title in enumerate(titles)]
    while sum(sizes) + 2 * (len(sizes) - 1) > width and max(sizes) > 8:
        sizes[sizes.index(max(sizes))] -= 1
    lines = []
    for row in [titles, *cells] if any(titles) else cells:
        broken = [wrap(cell, size) or [""] for cell, size in zip(row, sizes, strict=True)]
        for at in range(max(map(len, broken))):
            parts = [
                (part[at] if at < len(part) else "").rjust(size)
                if kept[column] in table.right
                else (part[at] if at < len(part) else "").ljust(size)
                for column, (part, size) in enumerate(zip(broken, sizes, strict=True))
            ]
            lines.append("  ".join(parts).rstrip())
    return lines


def _fact_lines(fact: Fact, width: int) -> list[str]:
    mark = "! " if fact.level else ""
    first, *rest = clean(fact.value, lines=True).splitlines() or [""]
    lines = wrap(f"{mark}{clean(fact.name)}: {first}", width, subsequent_indent="    ")
    for line in rest:
        lines += wrap(line, width, initial_indent="    ", subsequent_indent="    ")
    return lines
