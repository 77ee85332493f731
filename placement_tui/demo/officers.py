"""Beside the duty team: who administers the store, who left it, and tries to open it that failed."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from placement_tui.demo.seeded import Chance
from placement_tui.demo.stream import Act
from placement_tui.demo.team import Team

ADMINISTRATOR, LEFT = "Ruth Hale", "Tom Birch"
TRIES = ((2.2, "duty-2"), (2.2, "duty-2"), (2.2, "duty-2"), (19.4, "duty-1"))  # all in the administrator's name


def tell(team: Team) -> None:
    """Tell of them; with chance of its own, so that nothing else of the team's is changed by it."""
    chance = Chance("officers")

    def act(at: datetime, officer: UUID | None, command: str) -> Act:
        return Act(team.stream, at.replace(microsecond=0), officer, command, chance.id(at))

    joined = team.start + timedelta(hours=1)
    ruth, tom = chance.id(joined), chance.id(joined + timedelta(minutes=5))
    first = act(joined, None, f"add officer {ADMINISTRATOR}")
    first.new("officer", {"name": ADMINISTRATOR, "initials": "RH", "role": "administrator"}, ruth)
    second = act(joined + timedelta(minutes=5), ruth, f"add officer {LEFT}")
    second.new("officer", {"name": LEFT, "initials": "TB", "role": "officer"}, tom)
    ended = team.now - timedelta(days=200)
    why = "moved to the adoption team"
    act(ended, ruth, f"end access of {LEFT}").change("officer", tom, {"disabled_at": ended, "disabled_why": why})
    for number, (days, machine) in enumerate(TRIES):
        at = team.now - timedelta(days=days) + timedelta(seconds=11 * number)
        values = {"name": ADMINISTRATOR, "tried_at": at, "machine": machine, "account": "duty"}
        act(at + timedelta(hours=5), team.officers[0], "failed tries to open").new("attempt", values, chance.id(at))
