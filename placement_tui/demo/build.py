"""Build a demonstration store: a fictional team on real geography, its key openly beside it."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from placement_tui.db import engine, journal, migrate, slots, stores
from placement_tui.demo import beds, care, history, officers, profiles, providers, registers, tonight
from placement_tui.demo import homes as market
from placement_tui.demo.seeded import Chance
from placement_tui.demo.stream import Stream
from placement_tui.demo.team import HISTORY, Team
from placement_tui.errors import Refused, WrongUse
from placement_tui.paths import keys_path, lock_path

NAME = "demo.db"


def build(
    directory: Path,
    scale: int = 1,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
    now: datetime | None = None,
    homes: int | None = None,
) -> Path:
    """Make `demo.db` and its key file in `directory`, and give its path; the same seed, scale and now give the same.

    At scale 1: some 60 open referrals, 700 children, 400 homes and 8,000 approaches of two years up to `now` (an aware
    time; the present where None). All but the open referrals grow with `scale`; `homes` makes the market of about so many
    whatever the scale is. `progress(done, of)` is called as the history is told. Raises Refused where a store is there
    already or the place will not do, WrongUse for a scale below 1 or a market that is too small to find a home in.
    """
    if scale < 1:
        raise WrongUse("A demonstration needs a scale of 1 or more", f"it was {scale}", "say --scale 1")
    if homes is not None and homes < market.USUAL:
        raise WrongUse(
            f"A demonstration needs a market of {market.USUAL} homes or more",
            f"it was {homes}",
            f"say --homes {market.USUAL}",
        )
    path = directory / NAME
    if keys_path(path).exists():
        raise Refused("There is a key file already", str(keys_path(path)), "choose an empty folder with --dir")
    moment = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    key = slots.new_key()
    stores.create(path, key)
    collecting = gc.isenabled()
    gc.disable()  # millions of short-lived rows and no cycles among them: looking for some took half of the time
    try:
        store = engine.Store(path, key, demo=True)
        try:
            migrate.migrate(store)
            _fill(store, scale, seed, progress, moment, homes)
        finally:
            store.close()
        chance = Chance(seed)
        slots.write(path, key, chance.id(moment), (), demo=True)
    except BaseException:
        for left in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
        raise
    finally:
        if collecting:
            gc.enable()
        lock_path(path).unlink(missing_ok=True)
    return path


def _fill(
    store: engine.Store,
    scale: int,
    seed: int,
    progress: Callable[[int, int], None] | None,
    now: datetime,
    homes: int | None,
) -> None:
    chance = Chance(f"{seed} {scale}")
    device = chance.id(now)
    with store.write(None, "demo") as session:
        journal.start_chain(session, device)
    stream = Stream(store, chance)
    team = Team(stream, chance, scale, now, homes)
    team.open(device)
    officers.tell(team)
    tonight.plan_ahead(team)
    history.tell(team, progress)
    tonight.tell(team)
    registers.tonight(team, team.seeking)
    providers.tell(team)
    profiles.tonight(team)
    beds.tell(team)
    stream.close()
    care.tell(team, store)
    if progress is not None:
        progress(HISTORY.days, HISTORY.days)
