"""What would make the difference: refusals by what would change them; asking again those for whom the thing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from placement_tui.db.changes import approaches as changes
from placement_tui.db.reads import difference, homes
from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.difference import DAYS, Again, Difference, Refused, changed, in_order, table
from placement_tui.domain.homes import Candidate, Wanted
from placement_tui.domain.rules import findings
from placement_tui.domain.typed_text import short_text
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid
from placement_tui.errors import Refused as No
from placement_tui.services.desk import Desk
from placement_tui.services.homes import Homes

WHY = 200  # letters of an officer's own reason


class Differences:
    """What an officer does with the answers of the market."""

    def __init__(self, desk: Desk, homes_: Homes) -> None:
        self._desk, self._homes = desk, homes_

    def look(self, provider_id: UUID | None = None, days: int = DAYS) -> Difference:
        """Refusals of some days and of every open referral, of the market or of one provider. Raises Invalid."""
        if not 1 <= days <= 3650:
            raise Invalid("days", f"{days} days cannot be looked back", mend="1 to 3650")
        with self._desk.read() as session:
            rows = difference.refusals(session, self._desk.now - timedelta(days=days), self._desk.today, provider_id)
        behind = in_order(
            [*self._again([row for row in rows if row.open]), *(Again(row) for row in rows if not row.open)]
        )
        return Difference(table(behind), behind, len(behind), days)

    def ask_again(self, approach_id: UUID, why: str = "") -> Saved:
        """Ask a home again that said no: a new approach, which remembers the first; that keeps its answer.

        `why` is the officer's own word of what has changed, needed where the records show nothing. Raises Invalid without
        one; Refused where the referral is not open, the home was asked again already, or a rule keeps it from being asked.
        """
        said = short_text("why", why, WHY)
        with self._desk.read() as session:
            row = difference.one(session, approach_id, self._desk.today)
        if row is None:
            raise No("Only one who said no, or was not asked any more, is asked again", mend="log their answer first")
        each = self._again([row], whatever=True)[0]
        words = _answered(row)
        if not row.open:
            raise No(f"{row.reference} is not open: nobody is asked for it any more", words)
        if not row.last:
            raise No(f"{row.name} was asked again for {row.reference} already", words, "it is on the call list")
        if each.why_not:
            raise No(f"{row.name} may not be asked: {each.why_not}", words)
        because = "; ".join([*([said] if said else []), *(change.words for change in each.changes)])
        if not because:
            raise Invalid(
                "why", f"Nothing that {row.name} named has changed", words, "say what has: fee agreed by Helen"
            )
        with self._desk.write("ask again") as session:
            first = changes.get(session, approach_id)  # a colleague may have been quicker
            now = difference.one(session, approach_id, self._desk.today)
            if now is None or not now.last:
                raise No(f"{row.name} was asked again for {row.reference} already", words, "it is on the call list")
            made = changes.add(session, {
                "referral_id": first.referral_id, "provider_id": first.provider_id, "home_id": first.home_id,
                "officer_id": self._desk.officer.id, "asked_at": self._desk.now, "miles": first.miles,
                "rank": first.rank, "reopens_id": first.id, "note": f"asked again: {words}; {because}",
            })  # fmt: skip
        return Saved(f"{row.name}: asked again for {row.reference}; {words}; {because}", (made, row.referral_id))

    def _again(self, rows: Sequence[Refused], *, whatever: bool = False) -> list[Again]:
        """What has changed for some refusals, and what keeps those from being asked; of all with `whatever`.

        The rules are read for each referral, so they are not asked of hundreds of refusals for which nothing changed.
        """
        now, stale = self._desk.now, self._desk.policy.stale_hours
        with self._desk.read() as session:
            keys = {row.home_id for row in rows if row.home_id is not None}
            there = {each.id: each for each in homes.candidates(session, now, keys)} if keys else {}
            beds = {key: bed for key, each in there.items() if (bed := _bed(each)) is not None}
            facts = difference.facts(session, rows, beds)
        wanted: dict[UUID, Wanted] = {}
        found = []
        for row in rows:
            since = changed(row, facts, now, stale)
            why_not = ""
            if not row.last:
                why_not = "they were asked again since"
            elif row.open and (since or whatever):
                if row.referral_id not in wanted:
                    wanted[row.referral_id] = replace(self._homes.wanted(row.referral_id), asked=frozenset())
                why_not = self._blocked(there.get(row.home_id) if row.home_id else None, wanted[row.referral_id])
            found.append(Again(row, since, why_not))
        return found

    def _blocked(self, home: Candidate | None, wanted: Wanted) -> str:
        """The first rule that keeps a home from being asked, with its law."""
        if home is None:
            return "it is not in the register"
        law = next((each for each in findings(home, wanted, self._desk.policy) if each.level == "block"), None)
        return f"{law.text} ({law.law})" if law else ""


def _bed(home: Candidate) -> tuple[int, datetime, str] | None:
    return (home.free, home.free_said_at, home.free_said_by) if home.free and home.free_said_at else None


def _answered(row: Refused) -> str:
    """`said no on 12 Nov 16:40 (fee)`."""
    at = row.answered_at.astimezone(london())
    reason = REFUSALS[row.reason].short if row.reason and row.reason in REFUSALS else ""
    return f"said no on {at.day} {at:%b %H:%M}" + (f" ({reason})" if reason else "")
