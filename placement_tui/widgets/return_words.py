"""Words of the statutory return: a fault as a line and in full."""

from __future__ import annotations

from placement_tui.domain.returns import LOOK, Fault, YearReturn
from placement_tui.widgets.text import Line, Span

NOUNS = {
    "child": "the child's record",
    "care": "the time in care",
    "status": "the legal statuses",
    "placement": "what the return says of it",
    "ending": "the ending",
    "missing": "the times missing",
    "review": "the reviews",
    "deprivation": "the order",
    "held": "what was brought in",
}


def fault_cells(fault: Fault) -> list[Line]:
    """The rule, the child, what is wrong."""
    ink = "muted" if fault.level == LOOK else ""
    return [Span(fault.rule, "warn" if fault.level != LOOK else "muted"), Span(fault.child, ink), Span(fault.text, ink)]


def fault_lines(fault: Fault) -> list[Line]:
    """What to do, where, and what else the same fault raises."""
    also = f" and {', '.join(fault.also)}" if fault.also else ""
    where = NOUNS.get(fault.noun, fault.noun)
    said = "to be explained where it is right" if fault.level == LOOK else "to be mended"
    return [
        fault.text,
        [Span(fault.mend), Span(f"  Enter: {where}", "muted")],
        Span(f"Rule {fault.rule}{also}, {said}", "muted"),
    ]


def return_title(found: YearReturn) -> str:
    """How the return stands, in a line."""
    mend, look = len(found.to_mend), len(found.faults) - len(found.to_mend)
    some = f"{len(found.children):,} children"
    return f"{some}, {mend:,} to mend, {look:,} to explain" if found.faults else f"{some}, nothing to mend"
