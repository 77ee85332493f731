"""What is tracked beyond the placement itself: plans, steps down, emergencies past their plan, temporary approvals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from placement_tui.domain.clocks import About, Due
from placement_tui.domain.clocks_days import day_end, london_day
from placement_tui.domain.warnings import LOOK_AGAIN

# Rules of what is due by a tracker; each is read from the record that it follows.
STEP, TARGET, REVIEW, WARNING, EMERGENCY = "permanence_step", "permanence", "step_down", "warning", "emergency"
TRACKED = (STEP, TARGET, REVIEW, WARNING, EMERGENCY)
_WORDS = 60  # characters of somebody's words in the title of a task


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """A placement made in an emergency that goes on; `until` is its plan: the bed's last hour, else the planned end."""

    placement_id: UUID
    child_id: UUID
    child: str
    identifier: str
    home_id: UUID
    name: str
    reference: str | None
    started_at: datetime
    days: int
    until: date | None

    def past(self, today: date) -> int | None:
        """Days past its plan; 0 where it has none, None where it is still within it."""
        if self.until is None:
            return 0
        return (today - self.until).days if self.until < today else None


def emergency_until(emergency_until: datetime | None, planned_end_on: date | None) -> date | None:
    """Until when an emergency placement was meant: the end of the bed for the night, else its planned end."""
    return london_day(emergency_until) if emergency_until is not None else planned_end_on


def step_due(key: UUID, what: str, on: date, about: About) -> Due:
    """A step of a permanence plan is due on its day."""
    return Due(f"permanence_step/{key}/due", STEP, "", f"permanence: {_short(what)}", "", day_end(on), about)


def target_due(key: UUID, plan: str, on: date, about: About) -> Due:
    """A child's plan is reached by its target, or says what holds it up."""
    return Due(f"permanence_plan/{key}/target", TARGET, "", f"permanence by now: {plan}", "", day_end(on), about)


def review_due(key: UUID, to: str, on: date, about: About) -> Due:
    """A step down is reviewed on its day, so that it does not drift."""
    return Due(f"step_down/{key}/review", REVIEW, "", f"review the step down to {to}", "", day_end(on), about)


def warning_due(placement: UUID, what: str, others: int, seen_on: date, about: About) -> Due:
    """The open warnings of a placement are looked at again within a week of the latest sign; `others` stand beside it."""
    more = f" (+{others})" if others else ""
    title = f"warning, look again: {_short(what)}{more}"
    return Due(f"placement/{placement}/warning", WARNING, "", title, "", day_end(seen_on + LOOK_AGAIN), about)


def emergency_due(key: UUID, on: date, about: About) -> Due:
    """A placement made in an emergency has reached the end that was planned for it, and goes on."""
    title = "emergency placement ends by its plan: where next?"
    return Due(f"placement/{key}/emergency", EMERGENCY, "", title, "", day_end(on), about)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}\u2026"
