"""Kill a rotation of the data key at random moments while colleagues write; nothing acknowledged may be missing.

Each round a process rotates over and over until it is killed (SIGKILL), a second writes and acknowledges, and is killed
as well in every other round. Then the store is opened by the slot files that the kill left, every acknowledged write is
looked for, and the file's pages and the journal's chains are checked.

    python -m tests.reliability.rotations --kills 400
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from placement_tui.bootstrap import wire
from placement_tui.db import engine, rotation, slots, stores, ways
from placement_tui.db.tables import Provider
from placement_tui.paths import keys_path
from placement_tui.services.desk import Desk
from tests import builders

FILLING = 4_000_000  # bytes, so that a rotation takes long enough to be hit in its middle


def opened(path: Path, way: ways.Way) -> engine.Store:
    """The store, by the private half that a session holds: what Argon2id guards is not what is tested."""
    return stores.open_by(path, lambda _: way)


def main(arguments: list[str]) -> int:
    """Run the rounds, print what was found as JSON, and give 1 where anything was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "team.db"
        way = made(path)
        found = {"kills": 0, "acknowledged": 0, "lost": 0, "harmed": 0, "unopened": 0, "rotated": 0, "finished": 0,
                 "cleared": 0, "writer_failed": 0}  # fmt: skip
        began = time.monotonic()
        for round_ in range(asked.kills):
            one_round(path, way, chance, round_, found)
        found["seconds"] = round(time.monotonic() - began)
    print(json.dumps(found))
    return int(any(found[bad] for bad in ("lost", "harmed", "unopened", "writer_failed")))


def made(path: Path) -> ways.Way:
    """A team's store with something in it; gives its administrator's way in."""
    services = builders.team(path)
    store = services.desk.store
    with store.maintain() as connection:
        filling = f"INSERT INTO local (name, value) VALUES ('filling', '\"' || hex(randomblob({FILLING // 2})) || '\"')"
        connection.exec_driver_sql(filling)
        connection.commit()
    services.close()
    return ways.unlock(slots.read(path).slots[0], builders.PASSPHRASE)


def one_round(path: Path, way: ways.Way, chance: random.Random, number: int, found: dict[str, int]) -> None:
    """Two processes, one or both killed; then the store is looked at."""
    generation = slots.read(path).generation
    rotating, writing = started(rotate_on, path, way, 0), started(write_on, path, way, number)
    os.read(rotating[1], 1)  # both have it open
    os.read(writing[1], 1)
    time.sleep(chance.random() * 0.12)
    os.kill(rotating[0], signal.SIGKILL)
    if number % 2:
        os.kill(writing[0], signal.SIGKILL)
    else:
        time.sleep(0.01)
        with contextlib.suppress(ProcessLookupError):
            os.kill(writing[0], signal.SIGTERM)
    os.waitpid(rotating[0], 0)
    _, status = os.waitpid(writing[0], 0)
    if not number % 2 and status != signal.SIGTERM:
        found["writer_failed"] += 1
    acknowledged = read_all(writing[1]).split()
    read_all(rotating[1])
    found["kills"] += 1 + number % 2
    found["acknowledged"] += len(acknowledged)
    pending = slots.next_path(path).exists()
    try:
        store = opened(path, way)
    except Exception as cause:
        print(f"round {number}: {cause}", file=sys.stderr)
        found["unopened"] += 1
        return
    before = keys_path(path).read_bytes()
    rotation.check(store)
    if pending:
        found["finished" if keys_path(path).read_bytes() != before else "cleared"] += 1
    with store.read() as session:
        names = set(session.execute(text("SELECT name FROM provider")).scalars())
        sound = session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    found["lost"] += sum(name not in names for name in acknowledged)
    faults = wire(Desk(store, way.officer)).history.verify().faults if number % 10 == 9 else ()
    found["harmed"] += (not sound) + len(faults)
    store.close()
    found["rotated"] += slots.read(path).generation - generation


def rotate_on(path: Path, way: ways.Way, say: int, _number: int) -> None:
    """Rotate until killed, with a breath between for those who write."""
    store = opened(path, way)
    os.write(say, b"!")
    while True:
        rotation.rotate(store)
        time.sleep(0.005)


def write_on(path: Path, way: ways.Way, say: int, number: int) -> None:
    """Write until killed, acknowledging each after its commit; one session throughout, under whatever key."""
    store = opened(path, way)
    os.write(say, b"!")
    for count in range(1_000_000):
        name = f"provider-{number}-{count}"
        with store.write(way.officer, "add provider") as session:
            session.add(Provider(name=name))
        os.write(say, name.encode() + b"\n")


def started(work: object, path: Path, way: ways.Way, number: int) -> tuple[int, int]:
    """A process that does it, and what it says; forked, so that nothing has to be imported again."""
    hear, say = os.pipe()
    child = os.fork()
    if not child:
        os.close(hear)
        try:
            work(path, way, say, number)  # type: ignore[operator]
        except BaseException as cause:
            print(f"{type(cause).__name__}: {cause}", file=sys.stderr)
        os._exit(3)
    os.close(say)
    return child, hear


def read_all(descriptor: int) -> str:
    """What is left in a pipe whose writer has ended."""
    with os.fdopen(descriptor, "rb") as file:
        return file.read().decode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
