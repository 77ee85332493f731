"""Two officers changed one field: both values, and one key that says which stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from placement_tui.domain.conflicts import ConflictRow, Side
from placement_tui.errors import Conflict, PlacementError
from placement_tui.widgets.dialog import Dialog, paragraphs
from placement_tui.widgets.place import Place
from placement_tui.widgets.text import Line, Span, plain
from placement_tui.widgets.words import clock_words

_THEIRS = "t123456789"  # a second colleague on the same field is rare, a tenth is none


class SettleDialog(Dialog[UUID | None]):
    """Answers the operation whose value is to stand; None leaves both, and the board goes on saying so."""

    def __init__(self, row: ConflictRow, officer: UUID, now: Any, which: str = "") -> None:
        super().__init__(f"Two values of ‘{row.field}’{which}")
        self._row, self._now = row, now
        own = [side for side in row.sides if side.officer_id == officer][-1:]
        others = [side for side in reversed(row.sides) if side not in own]
        self._keys = {**dict(zip("m", own, strict=False)), **dict(zip(_THEIRS, others, strict=False))}

    def body(self, width: int) -> list[Line]:
        """Whose, when, what; then the keys."""
        lines: list[Line] = [Span(" " + plain(self._row.about), "muted"), ""]
        for key, side in self._keys.items():
            who = "yours" if key == "m" else f"changed by {side.officer or 'somebody'}"
            lines.append([Span(f" {key}  ", "key"), Span(f"{plain(who)} at {clock_words(side.at, self._now)}", "muted"),
                          Span("  shows now" if side is self._row.sides[-1] else "", "muted")])  # fmt: skip
            lines += paragraphs(f"   ‘{side.words}’", width, "strong")
        keys = [Span(" m", "key"), Span(" mine  ", "muted")] if "m" in self._keys else [Span(" ")]
        return [*lines, "", [*keys, Span("t", "key"), Span(" theirs  ", "muted"), Span("Esc", "key"), Span(" later: both are kept", "muted")]]  # fmt: skip

    def press(self, key: str) -> None:
        """Let one stand, or leave."""
        side: Side | None = self._keys.get(key)
        if side is not None:
            self.dismiss(side.op)
        elif key in ("escape", "q"):
            self.dismiss(None)


def settle_each(place: Place, rows: Sequence[ConflictRow], done: Callable[[], object]) -> None:
    """Put each before the officer, one after another; `done` follows the last, or the first that is left for later."""
    if not rows:
        done()
        return
    services, row = place.services, rows[0]
    which = f", and {len(rows) - 1} more" if len(rows) > 1 else ""

    def settled(saved: Any) -> None:
        place.toast.saved(saved.words)
        settle_each(place, rows[1:], done)

    def refused(error: PlacementError) -> bool:
        if isinstance(error, Conflict):
            place.toast.refused(str(error))
            settle_each(place, rows[1:], done)
            return True
        return False

    def chosen(op: UUID | None) -> None:
        if op is None:
            done()
        else:
            place.write(lambda: services.conflicts.settle(row, op), settled, refused)

    desk = services.desk
    place.app.push_screen(SettleDialog(row, desk.officer.id, desk.now, which), chosen)
