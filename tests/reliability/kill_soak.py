"""Officers write, and their programs are killed (SIGKILL) at random moments; what was acknowledged must all be there.

    python -m tests.reliability.kill_soak --officers 20 --kills 500

Each officer is a process of its own that logs referrals, sends waves, logs refusals and offers, and keeps drafts, all
through the services. What a service has returned from is acknowledged: the process says so on a pipe, and another
process, which is never killed, keeps the list. A killed officer's program is started again at once on the same store,
and says how long the store took to open. In the end everybody is killed in one blow, and the store is looked at.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.bootstrap import Services, open_services, wire
from placement_tui.db.changes import settings as changes
from placement_tui.db.engine import Store
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.doctor import BAD
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.referrals import NewReferral
from placement_tui.errors import PlacementError
from placement_tui.services import doctor
from placement_tui.services.desk import Desk
from tests import builders

REASONS = ("M1", "M4", "N1", "N2", "N5")


@dataclass
class Result:
    """What a run came to."""

    kills: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    opened: list[float] = field(default_factory=list)  # seconds, of each restart after a kill, colleagues writing
    alone: list[float] = field(default_factory=list)  # seconds, after all were killed, with the passphrase
    operations: int = 0
    faults: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def lines(self) -> list[str]:
        """The figures, one a line."""
        each = ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.acknowledged.items()))
        opened, alone = sorted(self.opened), sorted(self.alone)
        return [
            f"kills                     {self.kills:,}",
            f"acknowledged              {sum(self.acknowledged.values()):,} ({each})",
            f"acknowledged and missing  {len(self.lost):,}",
            f"refused with a sentence   {sum(self.refused.values()):,}",
            f"operations verified       {self.operations:,}, faults {len(self.faults)}",
            f"doctor --full             {len(self.wrong)} wrong",
            f"open while others write   p50 {statistics.median(opened) * 1000:.0f} ms, max {opened[-1] * 1000:.0f} ms of {len(opened)}",
            f"open after all died       p50 {statistics.median(alone) * 1000:.0f} ms, max {alone[-1] * 1000:.0f} ms of {len(alone)}, Argon2id in it",
            f"seconds                   {self.seconds:.0f}",
        ]


def soak(folder: Path, officers: int, kills: int, seed: int = 1, pause: tuple[float, float] = (0.02, 0.5)) -> Result:
    """Run it in a folder of its own."""
    path = folder / "team.db"
    services = builders.team(path)
    builders.homes(services)
    people = [new_id() for _ in range(officers)]
    with services.desk.store.write(services.desk.officer.id, "add officers") as session:
        for number, key in enumerate(people):
            changes.add_officer(session, key, f"Officer {number + 1}", "officer")
    _turn(services, random.Random(seed), 0, 0, lambda **_: None)  # what is imported late is imported before the forks
    key = services.desk.store.data_key
    services.close()  # a connection must not be taken over a fork
    result, chance = Result(), random.Random(seed)
    acks: list[dict[str, Any]] = []
    running: dict[int, tuple[int, int, bytearray]] = {}  # reading end -> process, officer, what is left of a line

    def start(number: int) -> None:
        reading, writing = os.pipe()
        process = os.fork()
        if process == 0:
            try:
                os.close(reading)
                for other in running:
                    os.close(other)
                _work(path, key, people[number], number, chance.randrange(1 << 30) + result.kills, writing)
            finally:
                os._exit(1)  # an officer works until it is killed
        os.close(writing)
        running[reading] = (process, number, bytearray())

    def hear(wait: float) -> None:
        until = time.monotonic() + wait
        while (left := until - time.monotonic()) > 0:
            for reading in select.select(list(running), [], [], left)[0]:
                _take(running[reading], os.read(reading, 65536), acks, result)

    def kill(reading: int) -> int:
        process, number, rest = running[reading]
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        while data := os.read(reading, 65536):  # what it had said before
            _take((process, number, rest), data, acks, result)
        os.close(reading)
        del running[reading]
        return number

    began = time.monotonic()
    for number in range(officers):
        start(number)
    hear(1.0)
    while result.kills < kills:
        hear(chance.uniform(*pause))
        number = kill(chance.choice(list(running)))
        result.kills += 1
        start(number)
    hear(1.0)
    for reading in list(running):
        kill(reading)
        result.kills += 1
    result.seconds = time.monotonic() - began
    _look(path, acks, result)
    return result


def _take(who: tuple[int, int, bytearray], data: bytes, acks: list[dict[str, Any]], result: Result) -> None:
    rest = who[2]
    rest += data
    *lines, tail = bytes(rest).split(b"\n")
    rest[:] = tail  # a line that was cut off acknowledges nothing
    for line in lines:
        said = json.loads(line)
        if said["kind"] == "opened":
            result.opened.append(said["seconds"])
        elif said["kind"] == "refused":
            result.refused[said["words"]] += 1
        else:
            acks.append({**said, "officer": who[1]})


def _work(path: Path, key: bytes, officer: UUID, number: int, seed: int, pipe: int) -> None:
    chance = random.Random(seed)

    def say(**said: Any) -> None:
        os.write(pipe, json.dumps(said).encode() + b"\n")  # one write: whole or not at all

    began = time.monotonic()
    services = wire(Desk(Store(path, key), officer))
    services.homes.count()
    say(kind="opened", seconds=time.monotonic() - began)
    drafts = services.drafts.load("soak", str(number))
    typed = int(drafts[0]["typed"]) if drafts else 0
    while True:
        try:
            typed = _turn(services, chance, number, typed, say)
        except PlacementError as error:
            say(kind="refused", words=error.title)


def _turn(services: Services, chance: random.Random, number: int, typed: int, say: Any) -> int:
    mark = f"{number}-{os.getpid()}-{chance.randrange(1 << 40)}"
    referral, _ = services.referrals.log(
        NewReferral((builders.child("KJ", ""),), wanted=("foster",), urgency="today", note=mark)
    )
    say(kind="referral", id=referral.hex, mark=mark)
    wave = services.approaches.ask(referral, services.homes.nearest(referral, chance.randint(3, 12)))
    say(kind="wave", id=referral.hex, mark=len(wave.approaches))
    for approach in wave.approaches:
        typed += 1
        services.drafts.save("soak", str(number), {"typed": str(typed), "text": "x" * chance.randint(1, 400)})
        say(kind="draft", id=str(number), mark=typed)
        mark = f"{number}-{typed}-{chance.randrange(1 << 40)}"
        if chance.random() < 0.8:
            services.approaches.refuse(approach, Refusal((chance.choice(REASONS),), note=mark))
            say(kind="refusal", id=approach.hex, mark=mark)
        else:
            offer, _ = services.offers.log(approach, NewOffer(chance.randint(50_000, 500_000), note=mark))
            say(kind="offer", id=offer.hex, mark=mark)
        time.sleep(chance.uniform(0, 0.02))
    return typed


def _look(path: Path, acks: list[dict[str, Any]], result: Result) -> None:
    for _ in range(3):
        began = time.monotonic()
        services = open_services(path, None, builders.PASSPHRASE)
        services.homes.count()
        result.alone.append(time.monotonic() - began)
        services.close()
    services = open_services(path, None, builders.PASSPHRASE)
    found = _found(services)
    for ack in acks:
        result.acknowledged[ack["kind"]] += 1
        if not found(ack):
            result.lost.append(f"{ack['kind']} {ack['id']} of officer {ack['officer']}: {ack['mark']}")
    verified = services.history.verify()
    result.operations = verified.operations
    result.faults = [fault.what for fault in verified.faults]
    result.wrong = [
        f"{check.name}: {check.said}" for check in doctor.inside(services.desk, full=True) if check.level == BAD
    ]
    services.close()


def _found(services: Services) -> Any:
    raw = services.desk.store.raw()

    def rows(query: str) -> list[Any]:
        return [(str(row[0]).replace("-", ""), *row[1:]) for row in raw.execute(query)]

    referrals = {row[0]: row[1] for row in rows("SELECT id, note FROM referral")}
    waves = {row[0]: row[1] for row in rows("SELECT referral_id, count(*) FROM approach GROUP BY referral_id")}
    answers = {row[0]: (row[1], row[2]) for row in rows("SELECT id, outcome, note FROM approach")}
    offers = {row[0]: row[1] for row in rows("SELECT id, note FROM offer")}
    kept = rows("SELECT about, json_extract(typed, '$.typed') FROM draft WHERE form = 'soak'")
    drafts = {row[0]: int(row[1]) for row in kept}
    raw.close()

    def there(ack: dict[str, Any]) -> bool:
        key, mark = ack["id"], ack["mark"]
        if ack["kind"] == "referral":
            return bool(referrals.get(key) == mark)
        if ack["kind"] == "wave":
            return bool(waves.get(key) == mark)
        if ack["kind"] == "refusal":
            return bool(answers.get(key) == ("refusal", mark))
        if ack["kind"] == "offer":
            return bool(offers.get(key) == mark)
        return bool(drafts.get(key, -1) >= mark)  # a later one, not acknowledged, may have been committed

    return there


def main() -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--officers", type=int, default=20)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pause", type=float, default=0.5, help="seconds between two kills, at most")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="placement-soak-") as folder:
        result = soak(Path(folder), asked.officers, asked.kills, asked.seed, (0.02, asked.pause))
    if asked.json:
        print(json.dumps({
            "kills": result.kills, "acknowledged": sum(result.acknowledged.values()), "lost": result.lost,
            "faults": result.faults, "wrong": result.wrong, "opened": len(result.opened),
        }))  # fmt: skip
        return int(bool(result.lost or result.faults or result.wrong))
    print("\n".join(result.lines()))
    for what in (*result.lost[:10], *result.faults[:10], *result.wrong):
        print("WRONG", what)
    return int(bool(result.lost or result.faults or result.wrong))


if __name__ == "__main__":
    sys.exit(main())
