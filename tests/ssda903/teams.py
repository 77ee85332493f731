"""Teams of several years as a council has them, seeded: every child's record is as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


def team(seed: int, children: int = 60) -> list[Kid]:
    """A team's children; each kind of history comes in turn."""
    chance = Chance(seed)
    made: list[Kid] = []
    kinds = (
        _ordinary, _teenager, _adopted, _asylum, _ordinary, _short_breaks, _with_parents, _temporary, _deprived, _kinship,
        _twice, _wales, _ordinary, _custody, _agreement, _mother, _ordinary, _siblings,
    )  # fmt: skip
    number = 0
    while len(made) < children:
        made.extend(kinds[number % len(kinds)](chance, f"W-{seed:02d}{len(made):03d}"))
        number += 1
    for kid in made:
        _elsewhere(chance, kid)
    return made


def _elsewhere(chance: Chance, kid: Kid) -> None:
    """No placement at the family home's own postcode (392d): both were drawn from one pool."""
    if any(lived.postcode == kid.home and lived.place != "P1" for lived in kid.lived):
        taken = {lived.postcode for lived in kid.lived}
        before, kid.home = kid.home, next(each for each in pool("own") if each not in taken)
        for lived in kid.lived:
            if lived.place == "P1" and lived.postcode == before:
                lived.postcode = kid.home


def _kid(chance: Chance, name: str, ages: tuple[int, int]) -> Kid:
    """A child of an age between two in June 2022, to begin with."""
    born = chance.a_day(birthday(OPENED, -ages[1] - 1), birthday(OPENED, -ages[0]))
    sex = chance.choice("MF")
    home = chance.postcode("own", "own", "near")
    return Kid(
        name, born, sex, chance.choice(ETHNIC), chance.upn(), False if sex == "F" else None, home=home,
    )  # fmt: skip


def _from(chance: Chance) -> date:
    """A first day in care, from June 2022 to the end of 2026."""
    return chance.a_day(OPENED, date(2026, 12, 1))


def _leaves(kid: Kid, day: date) -> date:
    """The last day that a child can be in care: the 18th birthday."""
    return min(day, birthday(kid.born or day, 18))


def _foster(chance: Chance, first: date, last: date | None, place: str = "U6") -> Lived:
    own = chance.random() < 0.4
    provider = "PR1" if own else chance.choice(("PR4", "PR5"))
    return Lived(
        f"Carer {chance.random()}", place, provider, chance.postcode(), chance.urn(), first, last,
        by_home=chance.random() < 0.5,
    )  # fmt: skip


def _group_home(chance: Chance, first: date, last: date | None) -> Lived:
    area = chance.choice(("own", "near", "far"))
    provider = chance.choice(("PR1", "PR4")) if area == "own" else chance.choice(("PR2", "PR4", "PR5"))
    return Lived(f"Home {chance.random()}", "K2", provider, chance.postcode(area), chance.urn(), first, last)


def _moves(chance: Chance, kid: Kid, first: date, last: date | None, most: int = 4) -> None:
    """Placements one after the other from a first day to a last."""
    until = last or TODAY
    day, count = first, 0
    while True:
        end = days(day, chance.randint(20, 500))
        ends = count < most and end < days(until, -10)
        make = _foster if chance.random() < 0.7 else _group_home
        lived = make(chance, day, end if ends else last)
        lived.reason = chance.choice(REASONS) if ends or last else None
        kid.lived.append(lived)
        if not ends:
            return
        day, count = end, count + 1


def _orders(chance: Chance, kid: Kid, first: date, last: date | None) -> None:
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


def _looked_at(chance: Chance, kid: Kid, first: date, last: date | None) -> None:
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


def _ordinary(chance: Chance, name: str) -> Iterator[Kid]:
    """Some moves, some orders; some go home again."""
    kid = _kid(chance, name, (0, 12))
    first = max(_from(chance), days(kid.born or OPENED, 3))
    goes = chance.random() < 0.4
    last = days(first, chance.randint(60, 900)) if goes else None
    last = last if last and last < days(TODAY, -30) else None
    kid.care.append((first, last, chance.choice(CINS), chance.choice(("E4A", "E4B", "E13", "E41")) if last else None))
    _moves(chance, kid, first, last)
    _orders(chance, kid, first, last)
    _looked_at(chance, kid, first, last)
    yield kid


def _teenager(chance: Chance, name: str) -> Iterator[Kid]:
    """Residential care, supported accommodation from sixteen, out at eighteen."""
    kid = _kid(chance, name, (13, 15))
    assert kid.born is not None
    first = chance.a_day(OPENED, date(2023, 3, 1))
    sixteen, adult = birthday(kid.born, 16), birthday(kid.born, 18)
    last = adult if adult < TODAY else None
    kid.care.append((first, last, chance.choice(CINS), chance.choice(("E5", "E6", "E17")) if last else None))
    move = max(days(first, 40), days(sixteen, chance.randint(0, 100)))
    _moves(chance, kid, first, move, 2)
    kid.lived.append(Lived(f"Flat {chance.random()}", "K3", "PR4", chance.postcode("own"), chance.urn(), move, last))
    kid.statuses.append(("C2", first, last))
    _looked_at(chance, kid, first, last)
    yield kid


def _adopted(chance: Chance, name: str) -> Iterator[Kid]:
    """A baby: an interim order, a placement order, placed for adoption, adopted."""
    kid = Kid(name, chance.a_day(date(2023, 5, 1), date(2026, 1, 1)), chance.choice("MF"), "WBRI", "UN1", home=None)
    assert kid.born is not None
    kid.mother = False if kid.sex == "F" else None
    kid.home = chance.postcode("own")
    first = days(kid.born, chance.randint(1, 30))
    decided = days(first, 120)
    ordered = days(decided, 60)
    matched = days(ordered, 50)
    placed = days(matched, 30)
    adopted = days(placed, chance.randint(150, 250))
    same = chance.random() < 0.5
    foster = _foster(chance, first, placed, "U5" if same else "U6")
    foster.reason, foster.provider = "CARPL", "PR1"
    with_them = Lived(
        foster.home if same else f"Adopters {chance.random()}", "A5" if same else "A6", "PR1",
        foster.postcode if same else chance.postcode("own", "near"), "XXXXXXX", placed, adopted, by_home=False,
    )  # fmt: skip
    foster.by_home = False
    kid.lived = [foster, with_them]
    kid.statuses = [("C1", first, ordered), ("E1", ordered, adopted)]
    kid.care = [(first, adopted, "N1", "E12")]
    _looked_at(chance, kid, first, adopted)
    text = {"CHILD": kid.identifier, "DOB": f"{kid.born:%d/%m/%Y}"}
    for year in (2024, 2025, 2026, 2027):
        if decided <= date(year, 3, 31) and adopted >= date(year - 1, 4, 1):
            kid.held.append((year, "PlacedAdoption", {**text, "DATE_PLACED": f"{decided:%d/%m/%Y}"}))
        if date(year - 1, 4, 1) <= adopted <= date(year, 3, 31):
            kid.held.append(
                (year, "AD1", {
                    **text, "DATE_INT": f"{decided:%d/%m/%Y}", "DATE_MATCH": f"{matched:%d/%m/%Y}",
                    "FOSTER_CARE": "1" if same else "0", "NB_ADOPTR": "2", "SEX_ADOPTR": "MF", "LS_ADOPTR": "L11",
                })
            )  # fmt: skip
    yield kid


def _asylum(chance: Chance, name: str) -> Iterator[Kid]:
    """Alone in the country at fifteen or sixteen, with no home postcode."""
    born = chance.a_day(date(2007, 6, 1), date(2011, 12, 1))
    first = chance.a_day(max(birthday(born, 15), OPENED), min(days(birthday(born, 17), -10), days(TODAY, -60)))
    adult = birthday(born, 18)
    last = adult if adult < TODAY else None
    kid = Kid(name, born, "M", "OOTH", chance.choice(("UN2", "UN3", "UN5")), uasc=True)
    kid.care.append((first, last, "N8", "E17" if last else None))
    kid.statuses.append(("V2", first, last))
    foster = _foster(chance, first, last, chance.choice(("U6", "U4")))
    foster.reason = "CARPL" if last else None
    kid.lived.append(foster)
    _looked_at(chance, kid, first, last)
    yield kid


def _short_breaks(chance: Chance, name: str) -> Iterator[Kid]:
    """Breaks one by one (V3), each a time in care of its own."""
    kid = _kid(chance, name, (3, 11))
    kid.mother = None
    kid.upn = None
    day = chance.a_day(OPENED, date(2023, 1, 1))
    for _ in range(chance.randint(8, 20)):
        until = days(day, chance.randint(1, 4))
        kid.care.append((day, until, "N2", "E4A"))
        kid.statuses.append(("V3", day, until))
        kid.lived.append(Lived("Respite Lodge", "R1", "PR4", None, None, day, until))
        day = days(until, chance.randint(40, 90))
    yield kid


def _agreement(chance: Chance, name: str) -> Iterator[Kid]:
    """An agreed series of breaks as a whole (V4)."""
    kid = _kid(chance, name, (3, 10))
    kid.mother = None
    first = _from(chance)
    kid.care.append((first, None, "N2", None))
    kid.statuses.append(("V4", first, None))
    kid.lived.append(Lived("Respite Lodge", "R1", "PR4", None, None, first))
    yield kid


def _with_parents(chance: Chance, name: str) -> Iterator[Kid]:
    """A full care order, home on trial."""
    kid = _kid(chance, name, (2, 9))
    first = _from(chance)
    back = days(first, chance.randint(60, 200))
    foster = _foster(chance, first, back)
    foster.reason = "CARPL"
    kid.care.append((first, None, "N1", None))
    kid.statuses.append(("C2", first, None))
    kid.lived = [foster, Lived(f"Parents {chance.random()}", "P1", "PR0", kid.home, None, back)]
    _looked_at(chance, kid, first, None)
    yield kid


def _temporary(chance: Chance, name: str) -> Iterator[Kid]:
    """In hospital, on holiday, elsewhere for a week: logged over the placement, or between two parts of it."""
    kid = _kid(chance, name, (4, 9))
    first = chance.a_day(OPENED, date(2024, 1, 1))
    kid.care.append((first, None, chance.choice(CINS), None))
    kid.statuses.append(("C2", first, None))
    main = _foster(chance, first, None)
    kid.lived.append(main)
    day = days(first, 50)
    for place, most in (("T1", 42), ("T3", 21), ("T4", 7), ("T2", 14), ("T0", 30)):
        until = days(day, chance.randint(1, most))
        kid.lived.append(
            Lived(f"{place} {chance.random()}", place, None, chance.postcode("own", "near"), None, day, until)
        )
        if chance.random() < 0.5:  # the placement was ended and begun again
            main.last = day
            main = Lived(main.home, main.place, main.provider, main.postcode, main.urn, until, by_home=main.by_home)
            kid.lived.append(main)
        day = days(until, chance.randint(100, 250))
    kid.lived.sort(key=lambda lived: lived.first)
    _looked_at(chance, kid, first, None)
    kid.missing = []
    yield kid


def _deprived(chance: Chance, name: str) -> Iterator[Kid]:
    """An order that deprives of liberty, in a children's home; an unregistered one for a while."""
    kid = _kid(chance, name, (9, 11))
    first = chance.a_day(OPENED, date(2024, 1, 1))
    move, back = chance.a_day(date(2025, 5, 1), date(2025, 8, 1)), chance.a_day(date(2025, 10, 1), date(2026, 2, 1))
    one, two = _group_home(chance, first, move), _group_home(chance, back, None)
    one.reason = "LAREQ"
    kid.care.append((first, None, "N6", None))
    kid.statuses.append(("C2", first, None))
    between = Lived(f"Cottage {chance.random()}", "Z12", None, chance.postcode(), None, move, back, "CARPL")
    kid.lived = [one, between, two]
    day = days(move, 1)
    for _ in range(chance.randint(1, 5)):
        until = days(day, chance.randint(28, 90))
        kid.orders.append((day, until))
        day = days(until, chance.randint(0, 60))
    _looked_at(chance, kid, first, None)
    yield kid


def _kinship(chance: Chance, name: str) -> Iterator[Kid]:
    """A relative: for now, then for long, then a special guardian."""
    kid = _kid(chance, name, (1, 10))
    first = chance.a_day(OPENED, date(2024, 6, 1))
    settled = days(first, chance.randint(90, 300))
    ends = days(settled, chance.randint(100, 900))
    last = ends if ends < days(TODAY, -30) else None
    where, urn = chance.postcode("own", "near"), chance.urn()
    home = f"Relative {chance.random()}"
    kid.care.append((first, last, "N1", "E45" if last else None))
    kid.lived = [
        Lived(home, "U3", "PR1", where, urn, first, settled, "PLACE"),
        Lived(home, "U1", "PR1", where, urn, settled, last, "CARPL" if last else None, True),
    ]
    _orders(chance, kid, first, last)
    _looked_at(chance, kid, first, last)
    yield kid


def _twice(chance: Chance, name: str) -> Iterator[Kid]:
    """Home, and back in care."""
    kid = _kid(chance, name, (3, 9))
    first = chance.a_day(OPENED, date(2023, 6, 1))
    home = days(first, chance.randint(100, 500))
    again = days(home, chance.randint(5, 300))
    kid.care = [(first, home, "N1", "E4A"), (again, None, "N5", None)]
    _moves(chance, kid, first, home, 2)
    _moves(chance, kid, again, None, 2)
    _orders(chance, kid, first, home)
    _orders(chance, kid, again, None)
    _looked_at(chance, kid, first, home)
    yield kid


def _wales(chance: Chance, name: str) -> Iterator[Kid]:
    """Placed in Wales, where Ofsted registers nobody."""
    kid = _kid(chance, name, (5, 10))
    first = _from(chance)
    move = days(first, chance.randint(30, 150))
    foster = _foster(chance, first, move)
    foster.reason = "CLOSE"
    kid.care.append((first, None, "N5", None))
    kid.statuses.append(("C2", first, None))
    kid.lived = [foster, Lived(f"Ty {chance.random()}", "K2", "PR4", chance.postcode("wales"), "9000001", move)]
    _looked_at(chance, kid, first, None)
    yield kid


def _custody(chance: Chance, name: str) -> Iterator[Kid]:
    """Police protection, remand, a young offender institution, a secure home, hospital for good, school."""
    kid = _kid(chance, name, (11, 12))
    first = chance.a_day(OPENED, date(2023, 6, 1))
    marks = [days(first, count) for count in (2, 60, 180, 300, 420)]
    kid.care.append((first, None, "N6", None))
    kid.statuses = [("L1", first, marks[0]), ("J1", marks[0], marks[2]), ("C2", marks[2], None)]
    stays = [
        _foster(chance, first, marks[1]),
        Lived(f"YOI {chance.random()}", "R5", "PR3", chance.postcode("far"), None, marks[1], marks[2], "CARPL"),
        Lived(
            f"Secure {chance.random()}", "K1", "PR2", chance.postcode("near"), chance.urn(), marks[2], marks[3], "CARPL"
        ),
        Lived(f"Ward {chance.random()}", "R2", "PR3", chance.postcode("near"), None, marks[3], marks[4], "CARPL"),
        Lived(f"School {chance.random()}", "S1", "PR5", chance.postcode("far"), chance.urn(), marks[4]),
    ]
    stays[0].reason = "CUSTOD"
    kid.lived = stays
    _looked_at(chance, kid, first, None)
    kid.missing = []
    yield kid


def _mother(chance: Chance, name: str) -> Iterator[Kid]:
    """A girl who becomes a mother while in care, with her child in a family centre."""
    kid = _kid(chance, name, (11, 11))
    kid.sex, kid.mother = "F", True
    kid.mother_since = chance.a_day(date(2025, 5, 1), date(2026, 2, 1))
    first, move = date(2023, 5, 1), kid.mother_since
    foster = _foster(chance, first, move)
    foster.reason = "CARPL"
    centre = Lived(f"Centre {chance.random()}", "R3", "PR4", chance.postcode("own"), chance.urn(), move)
    kid.care.append((first, None, "N1", None))
    kid.statuses.append(("C2", first, None))
    kid.lived = [foster, centre]
    _looked_at(chance, kid, first, None)
    yield kid


def _siblings(chance: Chance, name: str) -> Iterator[Kid]:
    """Three, together from the first day on."""
    first, home = _from(chance), chance.postcode("own")
    together = _foster(chance, first, None)
    for number in range(3):
        kid = _kid(chance, f"{name}{'ABC'[number]}", (number * 3, number * 3 + 2))
        kid.home = home
        kid.care.append((first, None, "N1", None))
        kid.statuses.append(("C2", first, None))
        kid.lived.append(
            Lived(
                together.home, together.place, together.provider, together.postcode, together.urn, first,
                by_home=together.by_home,
            )
        )  # fmt: skip
        _looked_at(chance, kid, first, None)
        yield kid


Make = Callable[[Chance, str], Iterator[Kid]]
