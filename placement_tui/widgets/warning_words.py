"""Early warnings as lines, and the one line in which a sign is typed while they are still speaking."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.endings import FACTORS, WHO_SAYS
from placement_tui.domain.warnings import NewWarning, WarningRow, read, words_of
from placement_tui.errors import PlacementError
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.text import Line, Span

HELP = (
    "What was seen: third call this week, asks for respite. First, if known, its kind and who says so: CA3 carer: "
    "After ; what is done. Last: seen mon"
)


def ask_warning(place: Place, placement_id: UUID, name: str, text: str = "", wrong: str = "") -> None:
    """Ask what was seen, show what was understood as it is typed, and save it; what is refused comes back as typed."""
    warnings, today = place.services.warnings, place.services.desk.today
    typed = [text]

    def check(said: str) -> NewWarning:
        typed[0] = said
        return read(said, today)

    def refused(error: PlacementError) -> bool:
        ask_warning(place, placement_id, name, typed[0], str(error))
        return True

    def log(new: NewWarning) -> None:
        place.write(lambda: warnings.log(placement_id, new)[1], lambda saved: _said(place, saved), refused)

    box = Ask(f"{name}: warning", HELP, check, text, heard=lambda new: words_of(new, today), wrong=wrong)
    place.app.push_screen(box, given(log))


def _said(place: Place, saved: Saved) -> None:
    place.toast.saved(saved.words)


def typed_words(row: WarningRow) -> str:
    """A warning as it would be typed: to correct it."""
    new = row.new
    head = " ".join(part for part in (new.factor or "", WHO_SAYS.spoken(new.said_by)) if part)
    action = f"; {new.action}" if new.action else ""
    return f"{head}: {new.what}, seen {new.seen_on:%d/%m/%Y}{action}"


def warned_mark(warnings: Sequence[WarningRow]) -> Line:
    """`warned 12d`: in the list of placements, since when somebody sees that it may not last."""
    if not warnings:
        return ""
    age = max(row.age for row in warnings)
    return Span(f"warned {age}d" if age else "warned now", "warn")


def warned_line(warnings: Sequence[WarningRow], width: int) -> Line:
    """The latest sign in a line, with how many there are."""
    if not warnings:
        return ""
    last = max(warnings, key=lambda row: (row.new.seen_on, row.logged_at))
    more = f" (+{len(warnings) - 1})" if len(warnings) > 1 else ""
    kind = f"{FACTORS.spoken(last.new.factor)}, " if last.new.factor else ""
    when = f"{last.age}d ago" if last.age else "today"
    words = f" warned {when}{more}: {kind}{WHO_SAYS.spoken(last.new.said_by)} says {last.new.what}"
    return Span(words if len(words) <= width else f"{words[: width - 1]}\u2026", "warn")


def warning_lines(row: WarningRow, width: int) -> list[Line]:
    """A warning in three lines: whose, what was seen, what was done."""
    new = row.new
    kind = f"{FACTORS.label(new.factor)}; " if new.factor else ""
    said = f" {kind}{WHO_SAYS.spoken(new.said_by)} says: {new.what}"
    done = f" done: {new.action}" if new.action else " nothing is said to be done about it"
    return [
        [Span(f" {row.child} {row.identifier}".rstrip(), "strong"), Span(f" \u00b7 {row.name} \u00b7 {row.officer}", "muted")],
        Span(said if len(said) <= width else f"{said[: width - 1]}\u2026", "warn" if row.open else ""),
        Span(done, "muted"),
    ]  # fmt: skip


def seen_words(row: WarningRow) -> Line:
    """How a warning stands: `open 12 days`, `closed 12/10/2026`, `the placement ended`."""
    if row.ended_on is not None and row.closed_on is None:
        return Span("the placement ended", "muted")
    if row.closed_on is not None:
        return Span(f"closed {row.closed_on:%d/%m/%Y}", "muted")
    return Span(f"open {row.age} day{'' if row.age == 1 else 's'}", "bad" if row.age > 7 else "warn")
