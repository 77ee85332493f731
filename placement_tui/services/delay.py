"""Where the time goes: the stage times of the referrals of some months."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from placement_tui.db.reads import delay
from placement_tui.domain.delay import Figure, StageTimes, figures, year_before
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid
from placement_tui.services.desk import Desk

BY = ("all", "urgency", "month")


class Delay:
    """What a commissioner, a manager or an inspector asks of the time that a home takes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def times(self, first: date | None = None, last: date | None = None) -> list[StageTimes]:
        """Each referral received from `first` to `last`, both days counted, as days are in England; the year up to then where None.

        Raises Invalid where the last day comes before the first.
        """
        self._desk.require_everything("Figures")
        end = last or self._desk.today
        start = first or year_before(end)
        if end < start:
            raise Invalid(
                "to", "The last day comes before the first", f"{start:%d/%m/%Y} to {end:%d/%m/%Y}", "turn them round"
            )
        with self._desk.read() as session:
            return delay.times(session, _midnight(start), _midnight(end + timedelta(days=1)), self._desk.now)

    def figures(self, first: date | None = None, last: date | None = None, by: str = "all") -> list[Figure]:
        """Medians, 90th percentiles and counts of those referrals: together, by urgency, or by month. Raises Invalid."""
        if by not in BY:
            raise Invalid("by", f"{by!r} is no way to group them", mend=f"it is one of {', '.join(BY)}")
        return figures(self.times(first, last), by)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), london()).astimezone(UTC)
