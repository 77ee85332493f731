"""The talk of a meeting, word by word: who says what, and what each does with it. The same for a line and for a file.

The one who called gives first and takes then; each batch is kept as it comes, so that a line that breaks loses nothing
and the next meeting goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from placement_tui.domain.meetings import Met, Standing
from placement_tui.errors import PlacementError, Refused, StoreDamaged
from placement_tui.exchange.meetings import Line
from placement_tui.services.meetings import Meetings, Other

Progress = Callable[[int, int], None]  # done, and how many there are


@dataclass(slots=True)
class Talk:
    """How a meeting went: with whom, what went, what came, how many bytes."""

    other: Other
    gone: int = 0
    met: Met = field(default_factory=Met)
    sent: int = 0
    came: int = 0


def call(meetings: Meetings, line: Line, sent: Progress | None = None, received: Progress | None = None) -> Talk:
    """Meet as the one who called. Raises Refused, StoreDamaged where the line broke, WrongUse."""
    met, gone = Met(), _Gone()
    try:
        line.send(meetings.hello())
        other = meetings.meet(_said(line))
        _say(line, {"agreed": True})
        _said(line)
        _give(meetings, line, other, gone, sent)
        _take(meetings, line, met, received)
        _say(line, {"thanks": met.taken})
    except StoreDamaged as error:
        if not line.came:
            raise Refused("Nobody answered at the other end", "what ssh or the program there said stands above",
                          "see that your account, your passphrase and the store there are right: --there, --as-there, --program") from None  # fmt: skip
        raise StoreDamaged(error.title, f"{error.detail}; {gone.done:,} changes had gone, {met.taken:,} had come and are kept", error.mend) from None  # fmt: skip
    return _kept(meetings, line, other, gone, met)


def answer(meetings: Meetings, line: Line) -> Talk:
    """Meet as the one who was called; what is refused is told to the caller as well."""
    said = _said(line)  # where nobody calls, nobody is told anything
    met, gone = Met(), _Gone()
    try:
        line.send(meetings.hello())
        other = meetings.meet(said)
        _said(line)
        _say(line, {"agreed": True})
        _take(meetings, line, met, None)
        _give(meetings, line, other, gone, None)
        _said(line)
    except PlacementError as error:
        with suppress(PlacementError):
            line.send({"refused": [error.title, error.detail, error.mend]})
        raise
    return _kept(meetings, line, other, gone, met)


@dataclass(slots=True)
class _Gone:
    """What was given, and how far this store knew every chain before it gave."""

    done: int = 0
    given: Standing = field(default_factory=dict)


def _kept(meetings: Meetings, line: Line, other: Other, gone: _Gone, met: Met) -> Talk:
    meetings.keep(other, gone.given)
    return Talk(other, gone.done, met, line.sent, line.came)


def _give(meetings: Meetings, line: Line, other: Other, gone: _Gone, progress: Progress | None) -> None:
    gone.given = meetings.standing()
    whole = meetings.lacking(other)
    _say(line, {"comes": whole})
    for frame in meetings.give(other):
        _say(line, frame)
        gone.done += len(frame["operations"])
        if progress is not None:
            progress(gone.done, whole)
    _say(line, {"end": gone.done})


def _take(meetings: Meetings, line: Line, met: Met, progress: Progress | None) -> None:
    whole = _counted(_said(line).get("comes", 0))
    while True:
        frame = _said(line)
        if "end" in frame:
            return
        met.add(meetings.take(frame))
        if progress is not None:
            progress(met.taken, whole)


def _counted(said: object) -> int:
    """How many they say that come: for the bar alone, so that what is no number is none."""
    return said if isinstance(said, int) else 0


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
