"""What the rules say, in words: one line for a list, a page with each law and how it is mended."""

from __future__ import annotations

from collections.abc import Sequence

from placement_tui.domain.homes import Finding
from placement_tui.domain.rules import RULES
from placement_tui.widgets.text import Line, Span, plain, wrap

_INK = {"block": "bad", "warn": "warn"}
_INDENT = "     "


def law_line(found: Sequence[Finding] | None) -> Line:
    """The gravest with its law, and how many more; None while the rules have not answered yet."""
    if found is None:
        return Span("…", "muted")
    if not found:
        return Span("nothing in the way", "good")
    first = found[0]
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return Span(f"{first.text} ({first.law}){more}", _INK.get(first.level, ""))


def law_page(found: Sequence[Finding], width: int) -> list[Line]:
    """Each finding: what it says, its law and number, and what mends it."""
    if not found:
        return [Span(" Nothing in law or policy is in the way", "good")]
    lines: list[Line] = []
    for finding in found:
        rule = RULES.get(finding.rule)
        sign = "NO  " if finding.level == "block" else "mind"
        for number, part in enumerate(wrap(plain(finding.text), width - 7)):
            lines.append(
                [Span(f" {sign if number == 0 else '    '} ", _INK.get(finding.level, "")), Span(part, "strong")]
            )
        about = f"{finding.law}, rule {finding.rule}" + (f": {rule.title}" if rule else "")
        lines += [Span(f" {_INDENT}{part}", "muted") for part in wrap(plain(about), width - 7)]
        if rule and rule.mend:
            lines += [Span(f" {_INDENT}{part}", "accent") for part in wrap(plain(rule.mend), width - 7)]
        lines.append("")
    return lines[:-1]
