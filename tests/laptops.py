"""Laptops for tests: a store made from the file that the team made for it, and a meeting over a pair of pipes."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

from placement_tui.bootstrap import Services
from placement_tui.exchange.meetings import Line
from placement_tui.services.laptops import join
from placement_tui.services.meetings_talk import answer, call
from tests import builders


def laptop(server: Services, folder: Path, name: str, *, open_only: bool = False, clock: Any = None) -> Services:
    """A laptop's store, made of its file as the pages say; it has the team's clock where it is given none."""
    stick, place = folder / name / "stick", folder / name / "store"
    for each in (stick, place):
        each.mkdir(parents=True, mode=0o700)
    file = server.laptops.make_file(name, stick, open_only)
    clock = clock or server.desk.store.clock
    join(file, place / "laptop.db", None, builders.PASSPHRASE, clock)
    return builders.opened(place / "laptop.db", clock)


def sync(one: Services, server: Services) -> int:
    """One whole meeting, as over a line; gives how many records the laptop let go of."""
    there, here = os.pipe(), os.pipe()
    ends = [
        os.fdopen(fd, mode, buffering=0)
        for fd, mode in ((there[0], "rb"), (there[1], "wb"), (here[0], "rb"), (here[1], "wb"))
    ]
    answered: list[Any] = []

    def listen() -> None:
        with ends[0], ends[3]:
            answered.append(answer(server.meetings, Line(ends[0], ends[3])))

    listening = threading.Thread(target=listen)
    listening.start()
    try:
        with ends[1], ends[2]:
            talk = call(one.meetings, Line(ends[2], ends[1]))
    finally:
        listening.join(60)
    server.meetings.clean(answered[0].met, answered[0].other)
    return one.meetings.clean(talk.met, talk.other)
