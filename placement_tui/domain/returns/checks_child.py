"""What is wrong with the child's own record: Header and UASC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from placement_tui.domain.codes.care import UPN
from placement_tui.domain.codes.ssda903 import ETHNICITY, SEX
from placement_tui.domain.returns import LOOK, About, ChildReturn, Fault, birthday
from placement_tui.domain.returns.saying import of_child, of_episode, said_day
from placement_tui.domain.returns.tables import is_uasc, mother_in, sex_in

_YOUNG_UASC = 11  # rule 231: under eleven at the end of the year, to be looked at


def check(child: ChildReturn, about: About) -> Iterator[Fault]:
    """Sex, birth, ethnicity, UPN, motherhood and asylum."""
    yield from _codes(child, about)
    yield from _birth(child, about)
    yield from _upn(child, about)
    yield from _mother(child, about)
    yield from _uasc(child, about)


def _codes(child: ChildReturn, about: About) -> Iterator[Fault]:
    of = child.history
    if not SEX.valid(sex_in(of.sex, about.year), about.last):
        yield of_child(child, "101", f"sex {of.sex or 'blank'} is none of M, F, U", "Correct the sex")
    elif of.sex == "U":
        yield of_child(child, "232", "sex is said to be not known", "Ask, or explain it with the return", level=LOOK)
    if of.ethnicity not in ETHNICITY:
        what = f"{of.ethnicity} is no code" if of.ethnicity else "not said"
        yield of_child(child, "103", f"ethnicity: {what}", "Say it; NOBT while it was not obtained, REFU where refused")


def _birth(child: ChildReturn, about: About) -> Iterator[Fault]:
    born = child.history.born_on
    if born is None:
        yield of_child(child, "102", "the date of birth is not known", "Log it")
        return
    if born > about.last:
        yield of_child(child, "301", f"born {said_day(born)}, after the year ended", "Correct the date of birth")
    if about.first > birthday(born, 25):
        yield of_child(child, "351", f"born {said_day(born)}: over 25 when the year began", "Correct the date of birth")
    if child.rows and child.rows[0].decom < born:
        yield of_episode(child, child.rows[0], "302", "begins before the child was born", "Correct either", noun="care")
    for row in child.rows:
        if row.rne == "S" and birthday(born, 18) <= row.decom:
            mend = "Correct the first day in care or the date of birth"
            yield of_episode(child, row, "352", "came into care at 18 or over", mend, noun="care")


def _upn(child: ChildReturn, about: About) -> Iterator[Fault]:
    upn, born = (child.history.upn or "").upper(), child.history.born_on
    if not upn:
        if any(not row.short_break for row in child.rows):
            mend = "Log it; UN1 before school age, UN2 to UN5 where the guide says so"
            yield of_child(child, "442", "no unique pupil number (UPN)", mend)
    elif not UPN.fullmatch(upn):
        yield of_child(child, "168", f"UPN {upn} has not the form of one", "A letter and twelve digits, or UN1 to UN5")
    elif upn == "UN1" and born is not None and birthday(born, 4) <= date(about.year - 2, 8, 31):
        yield of_child(child, "209", "UN1 is for children below school age", "Log the pupil's own number")


def _mother(child: ChildReturn, about: About) -> Iterator[Fault]:
    of = child.history
    said, since = mother_in(child, about.year)
    if of.sex == "F" and of.mother is None and not child.short_breaks_only:
        ceased = any(row.dec and row.rec not in ("", "X1") and not row.short_break for row in child.rows)
        also = ("607",) if ceased else ()
        yield of_child(child, "393", "not said whether she is a mother", "Say yes or no", also=also)
    if said != "1":
        return
    if since is None:
        yield of_child(child, "611", "a mother, but not since when", "Log when her first child was born")
    if of.born_on is not None and birthday(of.born_on, 11) > about.first:
        yield of_child(child, "620", "a mother before she was 11", "Correct the date of birth, or that she is a mother")
    if of.born_on is not None and since is not None and since <= of.born_on:
        yield of_child(child, "621", "younger than her child", "Correct one of the two dates of birth")


def _uasc(child: ChildReturn, about: About) -> Iterator[Fault]:
    of = child.history
    if not is_uasc(child, about.year) or of.born_on is None:
        return
    if of.uasc_ceased_on is not None and birthday(of.born_on, 18) < of.uasc_ceased_on <= about.last:
        mend = "It ceases on the 18th birthday at the latest: correct the day"
        yield of_child(child, "304", f"UASC status ceased {said_day(of.uasc_ceased_on)}, after turning 18", mend)
    if birthday(of.born_on, _YOUNG_UASC) > about.last:
        mend = "Check the date of birth; explain it with the return where it is right"
        yield of_child(child, "231", "an unaccompanied asylum-seeking child under 11", mend, level=LOOK)
