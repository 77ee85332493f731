"""A page as lines for a screen: the same sections as on paper, broken for a width. No widget here."""

from __future__ import annotations

from placement_tui.domain.pages import Page
from placement_tui.domain.pages_text import runs, table_lines
from placement_tui.widgets.pages import heading, paragraph, said
from placement_tui.widgets.text import Line, Span

LABEL = 20


def page_lines(page: Page, width: int) -> list[Line]:
    """Every section of a page; what it holds stands first."""
    lines: list[Line] = [*paragraph(page.holds, width, ink="warn")]
    for section in page.sections:
        lines += heading(section.title) if section.depth == 1 else ["", Span(f" {section.title}", "strong")]
        for kind, part in runs(section):
            if kind == "table":
                first, *rest = table_lines(part, width - 2)
                lines += [Span(f" {first}", "muted" if any(part.titles) else ""), *(Span(f" {line}") for line in rest)]
            elif kind == "facts":
                for fact in part:
                    lines += said(fact.name, fact.value, width, fact.level, label_width=LABEL)
            else:
                lines += paragraph(str(part), width)
    return lines
