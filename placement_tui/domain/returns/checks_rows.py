"""How the episodes of a child follow one another: gaps, overlaps, changes of placement, temporary moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from placement_tui.domain.care import Stay
from placement_tui.domain.episodes import TEMPORARY, Episode
from placement_tui.domain.returns import About, ChildReturn, Fault, birthday
from placement_tui.domain.returns.saying import of_episode, of_record, said_day

_FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
_BEFORE_ADOPTION = ("A3", "A4", "A5", "A6", *_FOSTER)
_MOVED = ("P", "B", "T", "U")
_LAST_RECS = ("E2", "E15")  # died, or found to be an adult
_SAME_CARER_FROM = date(2015, 4, 1)  # rule 217


def check(child: ChildReturn, about: About) -> Iterator[Fault]:
    """Periods, changes, temporary moves."""
    yield from _periods(child, about)
    yield from _stays(child, about)
    for before, row in pairwise(child.rows):
        yield from _follows(child, before, row)
        yield from _change(child, before, row)
    for at, row in enumerate(child.rows):
        yield from _temporary(child, row, child.rows[max(0, at - 2) : at])
        yield from _one(child, row, child.rows[at - 1] if at else None)


def _periods(child: ChildReturn, about: About) -> Iterator[Fault]:
    """Periods that no episode can be made of: over before they began, or on the same day."""
    for period in child.history.periods:
        end = period.ended_on
        if end is None or end > period.began_on or not about.first <= period.began_on <= about.last:
            continue
        rule, words = ("355", "less than a day") if end == period.began_on else ("356", "over before it began")
        text = f"care from {said_day(period.began_on)} to {said_day(end)}: {words}"
        yield of_record(child, "care", period.id, period.began_on, (rule,), text, "Correct the days")
    for row in child.rows:
        if row.dec is not None and not row.rec:
            yield of_episode(child, row, "148", "ended without a reason (REC)", "Say why care ended", noun="care")
        if row.dec is None and row.rec:
            yield of_episode(child, row, "148", f"reason {row.rec} but no last day", "Say when care ended", noun="care")


def _stays(child: ChildReturn, about: About) -> Iterator[Fault]:
    """Two placements at a time; a temporary one over another is as it should be."""
    lasting = [stay for stay in child.history.stays if stay.place not in TEMPORARY]
    for before, stay in pairwise(lasting):
        if not _overlap(before, stay) or stay.from_on > about.last:
            continue
        if before.until_on is None or before.until_on >= about.first:
            text = f"{stay.home} from {said_day(stay.from_on)} begins before {before.home} has ended"
            mend = "End the placement before on the day of the move, or correct the first day"
            yield of_record(child, "ending", before.id, stay.from_on, ("501",), text, mend)


def _overlap(before: Stay, stay: Stay) -> bool:
    ends = before.until_on
    return ends is None or (stay.from_on < ends and before.from_on < ends)


def _follows(child: ChildReturn, before: Episode, row: Episode) -> Iterator[Fault]:
    """One period of care after another."""
    if row.rne != "S":
        return
    if before.dec is None:
        mend = "Say when the earlier time in care ended, or make them one"
        yield of_episode(child, row, "142", "care began again before it had ended", mend, noun="care")
    elif row.decom <= before.dec:
        words = "care began again on the day that it had ended" if row.decom == before.dec else "care overlaps"
        rules = ("388",) if row.decom == before.dec else ("501",)
        mend = "Make the two one: care goes on"
        yield of_episode(child, row, "431", words, mend, noun="care", also=rules)
    if before.rec in _LAST_RECS:
        yield of_episode(
            child, before, "437", f"ended with {before.rec}, yet care goes on", "Correct either", noun="care"
        )


def _change(child: ChildReturn, before: Episode, row: Episode) -> Iterator[Fault]:
    """From one placement to the next in the same period."""
    if not before.continues or row.rne not in _MOVED:
        return
    lasting = not before.temporary and not row.temporary
    if lasting and not before.reason_place_change and before.stay_id is not None:
        text = f"ended {said_day(row.decom)} without a reason"
        yield of_episode(child, before, "225", text, "Log why the placement ended", noun="ending")
    fields = (before.place, before.pl_post, before.urn, before.place_provider)
    same = fields == (row.place, row.pl_post, row.urn, row.place_provider)
    if same and before.home_id != row.home_id and row.stay_id is not None:
        if row.rne in "PT" and all(fields):
            yield _not_told_apart(child, row, "435")
        elif row.rne in "BU":
            yield _not_told_apart(child, row, "436")


def _not_told_apart(child: ChildReturn, row: Episode, rule: str) -> Fault:
    text = "another home, but type, provider, postcode and URN are those of the placement before"
    return of_episode(child, row, rule, text, "Correct the postcode or the URN")


def _temporary(child: ChildReturn, row: Episode, before: Sequence[Episode]) -> Iterator[Fault]:
    if row.temporary:
        if row.rne not in ("P", "B"):
            what = "care begins with" if row.rne == "S" else "a change in the midst of"
            yield of_episode(child, row, "380", f"{what} a temporary placement", "Choose the usual placement's type")
        if row.rec not in ("", "X1"):
            yield of_episode(
                child, row, "381", "care ends in a temporary placement", "End it first, or change its type"
            )
        if row.short_break:
            yield of_episode(child, row, "382", f"temporary placement in a short break ({row.ls})", "Change either")
    if len(before) == 2 and before[1].temporary:
        usual, _ = before
        back = row.rne == "P" and row.place == usual.place and bool(row.pl_post) and row.pl_post == usual.pl_post
        if not back:
            text = f"follows a temporary move, but is not the {usual.place} that the child had left"
            yield of_episode(child, row, "383", text, "Make the temporary placement a lasting one, or end it first")


def _one(child: ChildReturn, row: Episode, before: Episode | None) -> Iterator[Fault]:
    """What one episode says against itself or the one before."""
    born = child.history.born_on
    if row.reason_place_change == "CUSTOD" and born is not None and birthday(born, 10) > row.decom:
        yield of_episode(
            child, row, "234", "ended for custody, but the child was under 10", "Correct it", noun="ending"
        )
    if row.place in ("A3", "A5") and row.decom >= _SAME_CARER_FROM and row.rne not in ("S", "T", "U"):
        text = f"adopted by the present foster carers, yet the carer changed ({row.rne})"
        yield of_episode(child, row, "217", text, "A4 or A6 where the carers are others")
    if row.place in ("A3", "A4") and before is not None and before.place not in _BEFORE_ADOPTION:
        yield of_episode(
            child, row, "336", f"no foster placement before it, but {before.place or 'none'}", "Correct it"
        )
    if row.short_break and row.place in ("U1", "U4"):
        yield of_episode(child, row, "384", f"a short break ({row.ls}) in a long-term foster home", "Change either")
    if row.ls == "V3" and row.rne != "S":
        text, mend = "a change in the midst of a short break (V3)", "Log each break as a time in care of its own"
        also = ("434",) if row.rne == "L" and before is not None and before.pl_post else ()
        yield of_episode(child, row, "366", text, mend, noun="care", also=also)
