"""The dice of made-up teams, and the parts that many histories have: homes, moves, orders, reviews."""

from __future__ import annotations

from datetime import date
from random import Random

from placement_tui.domain.codes.ssda903_tables import year_of
from placement_tui.domain.returns import birthday
from tests.ssda903.kids import Kid, Lived, days, pool

OPENED = date(2022, 6, 1)
TODAY = date(2027, 4, 20)
ETHNIC = ("WBRI", "WBRI", "WBRI", "WIRI", "MWBC", "AIND", "BAFR", "OOTH", "REFU", "NOBT")
REASONS = ("CARPL", "CLOSE", "ALLEG", "STAND", "APPRR", "CREQB", "CREQO", "CHILD", "LAREQ", "OTHER")
CINS = ("N1", "N1", "N1", "N2", "N3", "N4", "N5", "N6", "N8")


class Chance(Random):
    """The dice, with what is thrown for often."""

    def a_day(self, first: date, last: date) -> date:
        """A day between two, both included."""
        return days(first, self.randint(0, max(0, (last - first).days)))

    def postcode(self, *areas: str) -> str:
        """A real postcode of one of these areas."""
        return self.choice(pool(self.choice(areas or ("own", "own", "near", "far"))))

    def upn(self) -> str:
        """A pupil number of the right form."""
        return self.choice("ABCDEFGHJKLMNPQRTUVWXYZ") + "".join(self.choices("0123456789", k=12))

    def urn(self) -> str:
        """A registration number of a home that is made up."""
        return self.choice((f"SC9{self.randrange(10**5):05d}", f"9{self.randrange(10**6):06d}"))


def a_kid(chance: Chance, name: str, ages: tuple[int, int]) -> Kid:
    """A child of an age between two in June 2022, to begin with."""
    born = chance.a_day(birthday(OPENED, -ages[1] - 1), birthday(OPENED, -ages[0]))
    sex = chance.choice("MF")
    home = chance.postcode("own", "own", "near")
    return Kid(
        name, born, sex, chance.choice(ETHNIC), chance.upn(), False if sex == "F" else None, home=home,
    )  # fmt: skip


def a_first_day(chance: Chance) -> date:
    """A first day in care, from June 2022 to the end of 2026."""
    return chance.a_day(OPENED, date(2026, 12, 1))


def fostered(chance: Chance, first: date, last: date | None, place: str = "U6") -> Lived:
    own = chance.random() < 0.4
    provider = "PR1" if own else chance.choice(("PR4", "PR5"))
    return Lived(
        f"Carer {chance.random()}", place, provider, chance.postcode(), chance.urn(), first, last,
        by_home=chance.random() < 0.5,
    )  # fmt: skip


def group_home(chance: Chance, first: date, last: date | None) -> Lived:
    area = chance.choice(("own", "near", "far"))
    provider = chance.choice(("PR1", "PR4")) if area == "own" else chance.choice(("PR2", "PR4", "PR5"))
    return Lived(f"Home {chance.random()}", "K2", provider, chance.postcode(area), chance.urn(), first, last)


def moves(chance: Chance, kid: Kid, first: date, last: date | None, most: int = 4) -> None:
    """Placements one after the other from a first day to a last."""
    until = last or TODAY
    day, count = first, 0
    while True:
        end = days(day, chance.randint(20, 500))
        ends = count < most and end < days(until, -10)
        make = fostered if chance.random() < 0.7 else group_home
        lived = make(chance, day, end if ends else last)
        lived.reason = chance.choice(REASONS) if ends or last else None
        kid.lived.append(lived)
        if not ends:
            return
        day, count = end, count + 1


def orders(chance: Chance, kid: Kid, first: date, last: date | None) -> None:
    """Section 20, then an interim care order, then a full one."""
    day = days(first, chance.randint(20, 200))
    later = days(day, chance.randint(60, 300))
    until = last or TODAY
    if day >= until:
        kid.statuses.append(("V2", first, last))
        return
    kid.statuses.append(("V2", first, day))
    if later >= until:
        kid.statuses.append(("C1", day, last))
        return
    kid.statuses += [("C1", day, later), ("C2", later, last)]


def looked_at(chance: Chance, kid: Kid, first: date, last: date | None) -> None:
    """Reviews while in care, and for some times missing."""
    day, until = days(first, 20), last or TODAY
    while day < until:
        young = kid.born is not None and day < birthday(kid.born, 4)
        kid.reviews.append((day, "PN0" if young else f"PN{chance.randint(1, 7)}"))
        day = days(day, chance.randint(85, 180))
    if chance.random() < 0.4:
        for lived in kid.lived:
            ends = lived.last or TODAY
            if (ends - lived.first).days > 30 and lived.place[0] != "T":
                start = chance.a_day(days(lived.first, 2), days(ends, -12))
                end = days(start, chance.randint(0, 9))
                # Over 31 March the validator finds 575 and 577 wrongly: its rule 365 leaves its own days in DEC.
                if year_of(start) == year_of(end):
                    kid.missing.append((chance.choice("MA"), start, end))
