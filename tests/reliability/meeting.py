"""Stores of one team for the tests of meeting: a server and laptops with clocks of their own, lines that are cut, bundles.

Everything is the real thing: encrypted SQLite files, the services, the frames, the talk. Only the pipe between two
programs is one that stops at a byte.
"""

from __future__ import annotations

import atexit
import os
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import IO, Any
from uuid import UUID

from sqlalchemy import select

from placement_tui.bootstrap import Services
from placement_tui.db.changes import meetings as changes
from placement_tui.db.changes import officers
from placement_tui.db.columns import columns_of, local, operation
from placement_tui.db.reads import officers as officer_reads
from placement_tui.db.tables import RECORDS
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.meetings import Met
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import PlacementError
from placement_tui.exchange import bundles
from placement_tui.exchange.meetings import Line
from placement_tui.services.meetings_talk import answer, call
from tests import builders

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
MOST = 5  # stores of a team
PEOPLE = ("Karen Moss", "Dev Shah", "Ann Wood")  # who sits at the stores, in turn; all administrators


@cache
def made() -> Path:
    """A folder with a team's store and the laptops made from it; tests work on copies."""
    folder = Path(mkdtemp(prefix="meeting-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "0").mkdir(mode=0o700)
    team = builders.team(folder / "0" / "team.db", builders.Clock(NOW))
    builders.homes(team, ("Ash", "Beech", "Cope", "Dunes"), kinds=("agency", "res"))
    with team.desk.write("add officers") as session:
        for name in PEOPLE[1:]:
            officers.add(session, new_id(), name, "".join(part[0] for part in name.split()), "administrator", None)
        officers.add(session, new_id(), "Leaving Soon", "LS", "officer", None)
    _work(team)
    members, privates = [], []
    for number in range(1, MOST):
        privates.append(bundles.new_key())
        with team.desk.write("add laptop") as session:
            public = bundles.public_of(privates[-1])
            members.append(changes.add_member(session, f"laptop {number}", chr(ord("A") + number), public).id)
    team.meetings.own_key()
    team.desk.store.checkpoint()
    for number, member in enumerate(members, 1):
        (folder / str(number)).mkdir(mode=0o700)
        for name in ("team.db", "team.db.keys"):
            shutil.copy(folder / "0" / name, folder / str(number) / name)
        laptop = builders.opened(folder / str(number) / "team.db", builders.Clock(NOW))
        with laptop.desk.store.write(None, "join") as session:
            changes.hand_over(session, privates[number - 1])
            changes.become(session, member)
        meet(laptop, team)  # so that each can make a bundle for the other
        laptop.desk.store.checkpoint()
        laptop.close()
    team.desk.store.checkpoint()
    team.close()
    return folder


def _work(team: Services) -> None:
    """What the team had before anybody went: a child placed, one with offers, one who was just referred."""
    builders.placed(team, builders.child("KJ", "W-0", name="Kit Jonesa"))
    referral = builders.referral(team, builders.child("KJ", "W-1", name="Kit Jonesb"))
    builders.offered(team, referral, NewOffer(81_000), NewOffer(82_000, expires_at=NOW + timedelta(hours=3)))
    builders.referral(team, builders.child("KJ", "W-2", name="Kit Jonesc"))


class Stores:
    """So many of the team's stores, copied and opened; the first is the server's."""

    def __init__(self, count: int, skews: list[timedelta]) -> None:
        self.folder = Path(mkdtemp(prefix="meeting-"))
        self.clocks = [builders.Clock(NOW + skew) for skew in skews[:count]]
        self.all: list[Services] = []
        for number, clock in enumerate(self.clocks):
            shutil.copytree(made() / str(number), self.folder / str(number))
            (self.folder / str(number)).chmod(0o700)
            services = builders.opened(self.folder / str(number) / "team.db", clock)
            with services.desk.read() as session:
                people = {row.name: row for row in officer_reads.everyone(session)}
            services.desk.officer = people[PEOPLE[number % len(PEOPLE)]]
            self.all.append(services)

    def close(self) -> None:
        """Let go of them all."""
        for each in self.all:
            each.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Cut:
    """The writing end of a pipe that breaks after so many bytes."""

    def __init__(self, out: IO[bytes], left: int | None) -> None:
        self._out, self._left = out, left

    def write(self, data: bytes) -> int:
        """Pass on what still goes through. Raises OSError where it broke."""
        if self._left is None:
            return self._out.write(data)
        through, self._left = data[: self._left], self._left - min(self._left, len(data))
        self._out.write(through)
        if len(through) < len(data):
            self._out.flush()
            self._out.close()
            raise BrokenPipeError("the line was cut")
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""
        self._out.flush()

    def close(self) -> None:
        """Say that no more comes."""
        with suppress(OSError, ValueError):
            self._out.close()


@dataclass
class Ended:
    """How a meeting ended at each end: with nothing, or with what went wrong."""

    caller: PlacementError | None = None
    answerer: PlacementError | None = None
    other: BaseException | None = None  # what must never be
    sent: int = 0
    came: int = 0
    met: list[Met] = field(default_factory=list)


def meet(caller: Services, answerer: Services, cuts: tuple[int | None, int | None] = (None, None)) -> Ended:
    """A whole meeting over two pipes that are cut after so many bytes: what the caller says, and what it hears."""
    ended = Ended()
    there, from_caller = os.pipe()
    here, from_answerer = os.pipe()
    ways = [os.fdopen(there, "rb", 0), os.fdopen(here, "rb", 0)]
    caller_out, answerer_out = (
        Cut(os.fdopen(each, "wb", 0), cut) for each, cut in zip((from_caller, from_answerer), cuts, strict=True)
    )

    def run(talk: Callable[[], Any], out: Cut, side: str) -> None:
        try:
            ended.met.append(talk().met)
        except PlacementError as error:
            setattr(ended, side, error)
        except BaseException as error:
            ended.other = error
        finally:
            out.close()

    line = Line(ways[1], caller_out)  # type: ignore[arg-type] # a pipe that breaks is a file as far as a line needs one
    back = Line(ways[0], answerer_out)  # type: ignore[arg-type] # the same
    other = threading.Thread(target=run, args=(lambda: answer(answerer.meetings, back), answerer_out, "answerer"))
    other.start()
    run(lambda: call(caller.meetings, line), caller_out, "caller")
    other.join(60)
    for each in ways:
        each.close()
    ended.sent, ended.came = line.sent, line.came
    if ended.other is not None:
        raise ended.other
    return ended


def known(services: Services) -> dict[UUID, Any]:
    """Every operation that a store has, by id, as it lies there."""
    with services.desk.read() as session:
        return {row.id: row for row in session.execute(select(operation))}


def dump(services: Services) -> dict[str, Any]:
    """Every record of every table, the journal, and what waits for an officer: canonical, to compare stores with."""
    with services.desk.read() as session:
        found: dict[str, Any] = {
            noun: sorted(tuple(map(str, row)) for row in session.execute(select(*columns_of(table))))
            for noun, table in RECORDS.items()
        }
        found["operation"] = sorted(tuple(map(str, row)) for row in session.execute(select(*operation.c)))
    found["conflicts"] = sorted(waiting(services).items())
    return found


def waiting(services: Services) -> dict[str, str]:
    """The records that are noted as waiting for an officer, each with its table."""
    with services.desk.read() as session:
        return dict(session.execute(select(local.c.value).where(local.c.name == "conflicts")).scalar() or {})
