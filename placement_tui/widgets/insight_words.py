"""A view of insight as lines: each block's title, its bars, picture or table, and where the cursor can stand on them."""

from __future__ import annotations

from collections.abc import Sequence

from placement_tui.domain.insight import Block, Report
from placement_tui.domain.insight_words import few, interval, rests_on, shown
from placement_tui.widgets.charts import lines_of
from placement_tui.widgets.charts_bars import bars
from placement_tui.widgets.figures import FiguresPage, Stop
from placement_tui.widgets.text import Line, Span, fit, plain, width_of, wrap

LEAST_PICTURE = 8  # lines
_GAP = "  "


def figures_page(report: Report, width: int, height: int, table: bool) -> FiguresPage:
    """The report in a width; pictures are at most as high as the page, so that one shows whole."""
    lines: list[Line] = []
    stops: list[Stop] = []
    room = width - 2  # the cursor's sign on the left, the thumb on the right
    for block in report.blocks:
        if lines:
            lines.append("")
        stops.append(Stop(len(lines), block, None))
        lines.append(_title(block, room))
        if not block.rows:
            lines += [Span("  " + line, "muted") for line in wrap(block.empty, max(20, room - 3))]
            continue
        if not table and block.chart not in ("bars", "none"):
            lines += lines_of(block, room, max(LEAST_PICTURE, height - 3))
            continue
        made = _table(block, room) if table or block.chart == "none" else bars(block, room, len(block.rows))
        head = len(made) - len(block.rows)
        lines += made[:head]
        stops += [Stop(len(lines) + n, block, row) for n, row in enumerate(block.rows)]
        lines += made[head:]
    return FiguresPage(lines, stops)


def foot_lines(stop: Stop | None, width: int, height: int) -> list[Line]:
    """What the cursor stands on, in words: the figure with its n and interval, then what exactly is counted."""
    if stop is None:
        return [""] * height
    block, row = stop.block, stop.row
    lines: list[Line] = []
    if row is None:
        lines.append(Span(f" {plain(block.title)}", "strong"))
    else:
        label = " · ".join(part for part in (plain(row.label), plain(row.across)) if part)
        parts = [shown(row.value, block.unit), rests_on(row) if row.value != row.n or row.numerator is not None else ""]
        if span := interval(row, block.unit):
            parts.append(f"95% between {span.replace('-', ' and ')}")
        if few(row):
            parts.append("too few to compare")
        words = ", ".join(part for part in parts if part)
        note = f"  {plain(row.note)}" if row.note else ""
        lines.append([Span(f" {label}: ", "strong"), Span(words), Span(note, "muted")])
    room, left = max(20, width - 2), height - len(lines)
    whole = wrap(plain(f"{block.definition} ({block.source})" if block.source else block.definition), room)
    said = (
        whole if len(whole) <= left else wrap(plain(block.definition), room)
    )  # whose figures they are gives way first
    if len(said) > left:
        said = (*said[: left - 1], fit(" ".join(said[left - 1 :]), room))
    lines += [Span(" " + line, "muted") for line in said]
    return [*lines, *[""] * (height - len(lines))]


def _title(block: Block, room: int) -> Line:
    # No sum beside it: one record may stand in several rows (open and overdue), and a sum would count it twice.
    many = len({row.label for row in block.rows}) if block.chart == "heat" else len(block.rows)
    right = f"{many} rows" if many > 1 else ""
    left = fit(plain(block.title), max(8, room - width_of(right) - 2)).rstrip()
    return [Span(left, "head"), Span(" " * max(1, room - width_of(left) - width_of(right))), Span(right, "muted")]


def _table(block: Block, room: int) -> list[Line]:
    """The rows under a line of column titles; columns that say nothing are left out, notes give way first."""
    rows = block.rows
    columns: list[tuple[str, list[str], bool]] = [
        ("", [plain(row.label) for row in rows], False),
        ("at", [plain(row.across) for row in rows], False),
        ("figure", [shown(row.value, block.unit) for row in rows], True),
        ("95%", [interval(row, block.unit) for row in rows], True),
        ("n", [rests_on(row).removeprefix("n ") for row in rows], True),
        ("note", [plain(row.note) for row in rows], False),
    ]
    columns = [column for column in columns if any(column[1])]
    sizes = [max(width_of(cell) for cell in [title, *cells]) for title, cells, _ in columns]
    over = sum(sizes) + len(_GAP) * (len(sizes) - 1) + 1 - room
    for at in (len(sizes) - 1, 0):  # the note, then the label
        if over > 0 and (at == 0 or columns[at][0] == "note"):
            cut = min(over, sizes[at] - 8) if sizes[at] > 8 else 0
            sizes[at] -= cut
            over -= cut
    lines: list[Line] = [_row([title for title, _, _ in columns], sizes, columns, "muted")]
    lines += [_row([cells[n] for _, cells, _ in columns], sizes, columns) for n in range(len(rows))]
    return lines


def _row(
    cells: Sequence[str], sizes: Sequence[int], columns: Sequence[tuple[str, list[str], bool]], ink: str = ""
) -> Line:
    made = [Span(" ")]
    for cell, size, (title, _, right) in zip(cells, sizes, columns, strict=True):
        quiet = ink or ("muted" if title in ("95%", "n", "note") else "strong" if title == "figure" else "")
        made += [Span(fit(cell, size, "right" if right else "left"), quiet), Span(_GAP)]
    return made[:-1]
