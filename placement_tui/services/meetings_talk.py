"""The talk of a meeting, word by word: who says what, and what each does with it. The same for a line and for a file.

The one who called gives first and takes then; each batch is kept as it comes, so that a line that breaks loses nothing
and the next meeting goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from placement_tui.domain.meetings import Met
from placement_tui.errors import PlacementError, Refused, StoreDamaged
from placement_tui.exchange.meetings import Line
from placement_tui.services.meetings import Meetings, Other

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Talk:
    """How a meeting went: with whom, what went, what came, how many bytes."""

    other: Other
    gone: int = 0
    met: Met = field(default_factory=Met)
    sent: int = 0
    came: int = 0


def call(meetings: Meetings, line: Line, progress: Progress | None = None) -> Talk:
    """Meet as the one who called. Raises Refused, StoreDamaged where the line broke, WrongUse."""
    line.send(meetings.hello())
    other = meetings.meet(_said(line))
    _say(line, {"agreed": True})
    _said(line)
    gone = _give(meetings, line, other, progress)
    met = _take(meetings, line, progress)
    _say(line, {"thanks": met.taken})
    return _kept(meetings, line, other, gone, met)


def answer(meetings: Meetings, line: Line) -> Talk:
    """Meet as the one who was called; what is refused is told to the caller as well."""
    said = _said(line)  # where nobody calls, nobody is told anything
    try:
        line.send(meetings.hello())
        other = meetings.meet(said)
        _said(line)
        _say(line, {"agreed": True})
        met = _take(meetings, line, None)
        gone = _give(meetings, line, other, None)
        _said(line)
    except PlacementError as error:
        with suppress(PlacementError):
            line.send({"refused": [error.title, error.detail, error.mend]})
        raise
    return _kept(meetings, line, other, gone, met)


def _kept(meetings: Meetings, line: Line, other: Other, gone: int, met: Met) -> Talk:
    meetings.keep(other)
    return Talk(other, gone, met, line.sent, line.came)


def _give(meetings: Meetings, line: Line, other: Other, progress: Progress | None) -> int:
    whole, done = meetings.lacking(other), 0
    _say(line, {"comes": whole})
    for frame in meetings.give(other):
        _say(line, frame)
        done += len(frame["operations"])
        if progress is not None:
            progress("sent", done, whole)
    _say(line, {"end": done})
    return done


def _take(meetings: Meetings, line: Line, progress: Progress | None) -> Met:
    whole, met = int(_said(line).get("comes", 0)), Met()
    while True:
        frame = _said(line)
        if "end" in frame:
            return met
        met.add(meetings.take(frame))
        if progress is not None:
            progress("received", met.taken, whole)


def _say(line: Line, frame: dict[str, Any]) -> None:
    """Send; where nobody hears any more, what they said last is the reason."""
    try:
        line.send(frame)
    except StoreDamaged:
        with suppress(StoreDamaged):
            while True:
                _said(line)
        raise


def _said(line: Line) -> dict[str, Any]:
    frame = line.receive()
    if "refused" in frame:
        words = [str(each)[:500] for each in frame["refused"]][:3] if isinstance(frame["refused"], list) else []
        title, detail, mend = [*words, "", "", ""][:3]
        raise Refused(f"The other store refused: {title}", detail, mend)
    return frame
