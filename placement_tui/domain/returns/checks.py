"""Everything that must be mended or explained before the return of a year is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from placement_tui.domain.care import CareHistory
from placement_tui.domain.returns import (
    About,
    ChildReturn,
    Fault,
    YearReturn,
    checks_adoption,
    checks_child,
    checks_codes,
    checks_missing,
    checks_orders,
    checks_places,
    checks_rows,
)
from placement_tui.domain.returns.saying import of_child, of_record, said_day

NOT_IN_CARE = "EPI"  # the validator's word for a child of whom episodes are missing
_FAMILIES = (checks_child, checks_codes, checks_rows, checks_orders, checks_places, checks_missing, checks_adoption)


def checked(children: Sequence[ChildReturn], histories: Iterable[CareHistory], about: About) -> YearReturn:
    """The return of a year with its faults, those of a child together, in order of their days."""
    faults = [fault for child in children for family in _FAMILIES for fault in family.check(child, about)]
    faults += [*_same_upn(children), *_same_child(children), *_no_care(histories, about)]
    faults.sort(key=lambda fault: (fault.child, str(fault.child_id), fault.day or about.first, fault.rule))
    return YearReturn(about.year, tuple(children), tuple(faults))


def _same_upn(children: Iterable[ChildReturn]) -> Iterator[Fault]:
    by_upn: dict[str, list[ChildReturn]] = defaultdict(list)
    for child in children:
        upn = (child.history.upn or "").upper()
        if upn and not upn.startswith("UN"):
            by_upn[upn].append(child)
    for upn, same in by_upn.items():
        if len(same) > 1:
            for child in same:
                others = ", ".join(each.history.identifier for each in same if each is not child)
                yield of_child(child, "444", f"UPN {upn} is that of {others} too", "Correct whichever is wrong")


def _same_child(children: Iterable[ChildReturn]) -> Iterator[Fault]:
    """One identifier for two records: the return would mix the two."""
    by_name: dict[str, list[ChildReturn]] = defaultdict(list)
    for child in children:
        by_name[child.history.identifier.upper()].append(child)
    for name, same in by_name.items():
        if not name or len(same) > 1:
            for child in same:
                text = f"identifier {name} is of {len(same)} children" if name else "the child has no identifier"
                yield of_child(child, "", text, "Give each the council's own identifier")


def _no_care(histories: Iterable[CareHistory], about: About) -> Iterator[Fault]:
    """Placements of the year outside every time in care: the return would leave them out without a word."""
    for history in histories:
        for stay in history.stays:
            if stay.from_on > about.known or (stay.until_on is not None and stay.until_on <= about.first):
                continue
            covered = any(
                (period.ended_on is None or stay.from_on < period.ended_on)
                and (stay.until_on is None or period.began_on < stay.until_on)
                for period in history.periods
            )
            if not covered and stay.until_on != stay.from_on:
                child = ChildReturn(history, (), (), (), (), ())
                text = f"{stay.home} from {said_day(stay.from_on)}: no time in care was logged"
                yield of_record(
                    child, "care", None, stay.from_on, (NOT_IN_CARE,), text, "Log when care began, and its category"
                )
                break
