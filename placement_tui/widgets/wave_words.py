"""Waves on the screen: how much time a tier has left, and asking why a home off framework is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from placement_tui.domain.approaches import WaveSent
from placement_tui.domain.typed_text import short_text
from placement_tui.domain.waves import OFF_FIELD, WHY_LIMIT, WaveRow
from placement_tui.errors import Invalid, PlacementError
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.text import Line, Span


def wave_line(waves: Sequence[WaveRow], now: datetime, names: Sequence[str] = ()) -> Line:
    """The last wave: its tier and until when it has time; once that is over, which key asks the next tier."""
    if not waves:
        return ""
    last = waves[-1]
    if last.over(now):
        return [Span(f"{last.words(now, names)}: ", "warn"), Span("N", "key"), Span(" asks the next tier", "muted")]
    return Span(last.words(now, names), "muted")


def send_wave(place: Place, send: Callable[[str], WaveSent], sent: Callable[[WaveSent], object]) -> None:
    """Send a wave; where a home is off framework ask why in one line, and send it with that."""

    def refused(error: PlacementError) -> bool:
        if not isinstance(error, Invalid) or error.field != OFF_FIELD:
            return False
        help_ = "Why will no home on a framework do? A few words; they are kept with the wave"
        check = lambda text: short_text("why", text, WHY_LIMIT, required=True)  # noqa: E731 - two lines say less
        place.app.push_screen(Ask(error.title, help_, check), given(lambda why: place.write(lambda: send(why), sent)))
        return True

    place.write(lambda: send(""), sent, refused)
