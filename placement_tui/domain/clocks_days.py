"""Days as the law counts them: working days in England, weeks, and where a day begins and ends.

Regulation 2 of the Care Planning, Placement and Case Review (England) Regulations 2010 (CPPCR): a working day is any day
but a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday. Which those are is not known here: every function
that needs it is given `is_working`. The day on which something happens is not counted; a day ends at midnight in London.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from placement_tui.domain.typed_times import DAY_ENDS, OFFICE_CLOSES, london

IsWorking = Callable[[date], bool]

NIGHT_ENDS = time(8, 30)  # until then the night team has the desk: what starts before belongs to the evening before


def london_day(at: datetime) -> date:
    """The day that a moment falls on in England."""
    return at.astimezone(london()).date()


def at_london(day: date, clock: time) -> datetime:
    """The moment, in UTC, at which London's clock shows that time on that day."""
    return datetime.combine(day, clock, london()).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The last minute of a day in England: what is due by a day is due by then."""
    return at_london(day, DAY_ENDS)


def next_working_day(day: date, is_working: IsWorking) -> date:
    """The first working day after `day`."""
    return working_days_after(day, 1, is_working)


def working_days_after(day: date, count: int, is_working: IsWorking) -> date:
    """The last of the `count` working days that follow `day`, which itself is not counted."""
    while count:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


def weeks_after(day: date, weeks: int) -> date:
    """The same day of the week so many weeks later: the last day of a period of weeks that `day` begins."""
    return day + timedelta(weeks=weeks)


def emergency_ends(started_at: datetime, is_working: IsWorking) -> datetime:
    """When a bed for the night is over: 17:00 on the next working day.

    A child who comes at two in the morning came in the night before: the working day that follows is the same date.
    """
    local = started_at.astimezone(london())
    night_of = local.date() - timedelta(days=local.time() < NIGHT_ENDS)
    return at_london(next_working_day(night_of, is_working), OFFICE_CLOSES)
