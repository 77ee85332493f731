"""What the law made due lately: notices and plans of the last weeks, most of them done in time, a few late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from placement_tui.demo.seeded import Chance, in_hours
from placement_tui.demo.stream import Act
from placement_tui.demo.team import Team
from placement_tui.domain.clocks import (
    ENDS_WITH_PLACEMENT,
    About,
    Due,
    EndingFacts,
    PlacementFacts,
    ending_clocks,
    placement_clocks,
)
from placement_tui.domain.tasks import task_id
from placement_tui.exchange.calendar import is_working

LATELY = timedelta(days=45)  # older placements have had their notices long ago
_IN_TIME, _SOON = 0.94, 0.45  # shares done: of what was due before now, and of what is still to come


def of_placement(team: Team, act: Act, facts: PlacementFacts, ends: datetime) -> None:
    """The tasks of a placement that starts, where it is a late one; `ends` is when it will end."""
    if act.at > team.now - LATELY:
        _open(team, act, placement_clocks(facts, is_working), ends)


def of_ending(team: Team, act: Act, about: About, ended_on: date, at_risk: bool, moved: bool) -> None:
    """The notice and the review of an ending, where it is a late one."""
    if act.at > team.now - LATELY and about.placement_id is not None:
        _open(team, act, ending_clocks(EndingFacts(about.placement_id, ended_on, at_risk, moved, about), is_working))


def of_register(team: Team, act: Act, dues: Sequence[Due]) -> None:
    """The tasks of a register's entry; what the weeks of a temporary approval have left behind is done."""
    chance = Chance(f"register tasks {act.intention}")
    for due in dues:
        key = task_id(due.source)
        act.new("task", _columns(due, act), key)
        if due.rule == "L12" and due.due_at < team.now:
            done = in_hours(max(act.at, due.due_at - chance.days(2, 6)), chance)
            _finish(team, act.officer, key, min(done, due.due_at), chance, {"state": "done"})


def _open(team: Team, act: Act, dues: Sequence[Due], ends: datetime | None = None) -> None:
    chance = Chance(f"tasks {act.intention}")  # its own, so that the rest of the team's history does not hang on it
    for due in dues:
        key = task_id(due.source)
        act.new("task", _columns(due, act), key)
        late = due.due_at < team.now
        last = min(team.now, max(due.due_at, act.at + timedelta(minutes=40)))
        done = in_hours(act.at + chance.minutes(40, 7 * 1440), chance)
        if not chance.happens(_IN_TIME if late else _SOON):
            done = team.now
        elif late and done >= last:
            done = act.at + (last - act.at) * chance.random()
        if ends is not None and ends < min(done, team.now) and due.rule in ENDS_WITH_PLACEMENT:
            _finish(team, act.officer, key, ends, chance, {"state": "dropped", "note": "the placement ended"})
        elif act.at < done < team.now:
            _finish(team, team.officers[chance.randrange(len(team.officers) - 1)], key, done, chance, {"state": "done"})


def _finish(team: Team, officer: UUID | None, key: UUID, at: datetime, chance: Chance, values: dict[str, Any]) -> None:
    act = Act(team.stream, at, officer, "finish task", chance.id(at))
    act.change("task", key, {**values, "done_at": at, "done_by": officer})


def _columns(due: Due, act: Act) -> dict[str, Any]:
    about = due.about
    return {
        "source": due.source, "rule": due.rule, "law": due.law, "title": due.title, "to_whom": due.to_whom, "made_at": act.at,
        "due_at": due.due_at, "first_due_at": due.due_at, "officer_id": act.officer, "referral_id": about.referral_id,
        "placement_id": about.placement_id, "child_id": about.child_id, "home_id": about.home_id,
    }  # fmt: skip
