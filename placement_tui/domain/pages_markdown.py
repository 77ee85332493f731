"""A page as Markdown: for an e-mail or a record system that draws it, and plain enough to be read as it is."""

from __future__ import annotations

import re

from placement_tui.domain.pages import Page, Table
from placement_tui.domain.pages_text import runs
from placement_tui.domain.typed_text import clean

_SIGNS = re.compile(r"^(\s{0,3})([#>+]|-{3,}|={3,}|`{3,})", re.MULTILINE)


def as_markdown(page: Page) -> str:
    """The page as Markdown. What people typed cannot become a heading."""
    lines = [f"# {clean(page.title)}", ""]
    if page.about:
        lines += [clean(page.about), ""]
    lines += [f"**{clean(page.holds)}**", ""]
    for section in page.sections:
        lines += ["#" * (section.depth + 1) + f" {clean(section.title)}", ""]
        for kind, part in runs(section):
            if kind == "table":
                lines += [*_table(part), ""]
            elif kind == "facts":
                lines += [*(f"- **{clean(fact.name)}:** {clean(fact.value)}" for fact in part), ""]
            else:
                lines += [_SIGNS.sub(r"\1\\\2", clean(str(part), lines=True)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(table: Table) -> list[str]:
    rows = [[clean(cell).replace("|", "\\|") for cell in row] for row in (table.titles, *table.rows)]
    ruled = ["| " + " | ".join(row) + " |" for row in rows]
    return [ruled[0], "|" + " --- |" * len(table.titles), *ruled[1:]]
