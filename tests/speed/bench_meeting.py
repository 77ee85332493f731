"""What a meeting costs: so many changes of a laptop taken in by a store of any size, in time, in memory and in bytes.

    python -m tests.speed.bench_meeting --base STORE --rows 100000

`--base` is a demonstration's store (`placement demo --scale 125 --dir DIR --build-only`); it is copied twice and left as
it is. Without it a small one is made.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.changes import meetings as changes
from placement_tui.db.journal import add_all
from placement_tui.db.tables import Child
from placement_tui.demo.build import build
from placement_tui.domain.identifiers import new_id
from placement_tui.exchange.meetings import pack, unpack


def main() -> None:
    """Measure, and say it in a line each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", type=Path)
    parser.add_argument("--rows", type=int, default=2_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        team, laptop = pair(Path(folder), asked.base)
        write(laptop, asked.rows)
        for line in meeting(laptop, team):
            print(line)
        team.close()
        laptop.close()


def pair(folder: Path, base: Path | None) -> tuple[Services, Services]:
    """A store and a laptop's, made of copies of one file."""
    if base is None:
        build(folder, 1, 7, lambda _done, _whole: None)
        base = folder / "demo.db"
    opened = []
    for name in ("team", "laptop"):
        (folder / name).mkdir(mode=0o700)
        for suffix in ("", ".keys"):
            shutil.copyfile(f"{base}{suffix}", folder / name / f"demo.db{suffix}")
            (folder / name / f"demo.db{suffix}").chmod(0o600)
        services = open_services(folder / name / "demo.db")
        who = next(row for row in services.officers.everyone() if row.role == "administrator")
        services.close()
        opened.append(open_services(folder / name / "demo.db", who.name))
    team, laptop = opened
    with team.desk.write("add laptop") as session:
        member = changes.add_member(session, "a laptop", "A")
    first = team.meetings
    for frame in first.give(first.meet(laptop.meetings.hello())):
        laptop.meetings.take(frame)
    with laptop.desk.store.write(None, "join") as session:
        changes.become(session, member.id)
    return team, laptop


def write(laptop: Services, rows: int) -> None:
    """So many changes on the laptop."""
    for start in range(0, rows, 5_000):
        with laptop.desk.write("log") as session:
            add_all(
                session,
                [
                    Child(id=new_id(), identifier=f"L-{start + n}", initials="XX")
                    for n in range(min(5_000, rows - start))
                ],
            )


def meeting(laptop: Services, team: Services) -> list[str]:
    """The laptop gives, the team takes: what it took."""
    began, held, came, sent = time.perf_counter(), [], 0, 0
    for frame in laptop.meetings.give(laptop.meetings.meet(team.meetings.hello())):
        body = pack(frame)
        sent += len(body)
        at = time.perf_counter()
        came += team.meetings.take(unpack(body[4:])).taken
        held.append(time.perf_counter() - at)
    took = time.perf_counter() - began
    again = time.perf_counter()
    nothing = sum(
        team.meetings.take(frame).taken for frame in laptop.meetings.give(laptop.meetings.meet(team.meetings.hello()))
    )
    again = time.perf_counter() - again
    held.sort()
    return [
        f"{came:,} operations taken in by a store that is now {size(team):,.0f} MB: {took:.1f} s, {came / took:,.0f} a second",
        f"one batch, its write lock held: median {median(held) * 1000:.0f} ms, 95% {held[int(len(held) * 0.95)] * 1000:.0f} ms",
        f"{sent / 1e6:.1f} MB travelled, {sent / max(1, came):.0f} bytes an operation; memory at most "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB",
        f"meeting again with nothing new: {again * 1000:.0f} ms, {nothing} operations",
    ]


def size(services: Services) -> float:
    """A store's file in MB."""
    return services.desk.store.path.stat().st_size / 1e6


if __name__ == "__main__":
    main()
