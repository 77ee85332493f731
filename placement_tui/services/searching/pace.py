"""How long a search may go on: until the next key, or until its share of a frame is used."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

Still = Callable[[], bool]


class Superseded(Exception):
    """The search was given up: nobody waits for it any more, or it took more than its share of the frame."""


def go_on(still: Still | None) -> None:
    """Asked between the steps of a search. Raises Superseded where `still` says that it is not wanted any more."""
    if still is not None and not still():
        raise Superseded


def within(seconds: float) -> Still:
    """True for so many seconds of this thread's own work: what other programs do with the machine does not count."""
    end = thread_time() + seconds
    return lambda: thread_time() < end
