"""Teams of several years as a council has them, seeded: every child's record is as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from placement_tui.domain.returns import birthday
from tests.ssda903.dice import (
    CINS,
    OPENED,
    TODAY,
    Chance,
    a_first_day,
    a_kid,
    fostered,
    group_home,
    looked_at,
    moves,
    orders,
)
from tests.ssda903.kids import Kid, Lived, days, pool


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


def _ordinary(chance: Chance, name: str) -> Iterator[Kid]:
    """Some moves, some orders; some go home again."""
    kid = a_kid(chance, name, (0, 12))
    first = max(a_first_day(chance), days(kid.born or OPENED, 3))
    goes = chance.random() < 0.4
    last = days(first, chance.randint(60, 900)) if goes else None
    last = last if last and last < days(TODAY, -30) else None
    kid.care.append((first, last, chance.choice(CINS), chance.choice(("E4A", "E4B", "E13", "E41")) if last else None))
    moves(chance, kid, first, last)
    orders(chance, kid, first, last)
    looked_at(chance, kid, first, last)
    yield kid


def _teenager(chance: Chance, name: str) -> Iterator[Kid]:
    """Residential care, supported accommodation from sixteen, out at eighteen."""
    kid = a_kid(chance, name, (13, 15))
    assert kid.born is not None
    first = chance.a_day(OPENED, date(2023, 3, 1))
    sixteen, adult = birthday(kid.born, 16), birthday(kid.born, 18)
    last = adult if adult < TODAY else None
    kid.care.append((first, last, chance.choice(CINS), chance.choice(("E5", "E6", "E17")) if last else None))
    move = max(days(first, 40), days(sixteen, chance.randint(0, 100)))
    moves(chance, kid, first, move, 2)
    kid.lived.append(Lived(f"Flat {chance.random()}", "K3", "PR4", chance.postcode("own"), chance.urn(), move, last))
    kid.statuses.append(("C2", first, last))
    looked_at(chance, kid, first, last)
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
    foster = fostered(chance, first, placed, "U5" if same else "U6")
    foster.reason, foster.provider = "CARPL", "PR1"
    with_them = Lived(
        foster.home if same else f"Adopters {chance.random()}", "A5" if same else "A6", "PR1",
        foster.postcode if same else chance.postcode("own", "near"), "XXXXXXX", placed, adopted, by_home=False,
    )  # fmt: skip
    foster.by_home = False
    kid.lived = [foster, with_them]
    kid.statuses = [("C1", first, ordered), ("E1", ordered, adopted)]
    kid.care = [(first, adopted, "N1", "E12")]
    looked_at(chance, kid, first, adopted)
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
    foster = fostered(chance, first, last, chance.choice(("U6", "U4")))
    foster.reason = "CARPL" if last else None
    kid.lived.append(foster)
    looked_at(chance, kid, first, last)
    yield kid


def _short_breaks(chance: Chance, name: str) -> Iterator[Kid]:
    """Breaks one by one (V3), each a time in care of its own."""
    kid = a_kid(chance, name, (3, 11))
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
    kid = a_kid(chance, name, (3, 10))
    kid.mother = None
    first = a_first_day(chance)
    kid.care.append((first, None, "N2", None))
    kid.statuses.append(("V4", first, None))
    kid.lived.append(Lived("Respite Lodge", "R1", "PR4", None, None, first))
    yield kid


def _with_parents(chance: Chance, name: str) -> Iterator[Kid]:
    """A full care order, home on trial."""
    kid = a_kid(chance, name, (2, 9))
    first = a_first_day(chance)
    back = days(first, chance.randint(60, 200))
    foster = fostered(chance, first, back)
    foster.reason = "CARPL"
    kid.care.append((first, None, "N1", None))
    kid.statuses.append(("C2", first, None))
    kid.lived = [foster, Lived(f"Parents {chance.random()}", "P1", "PR0", kid.home, None, back)]
    looked_at(chance, kid, first, None)
    yield kid


def _temporary(chance: Chance, name: str) -> Iterator[Kid]:
    """In hospital, on holiday, elsewhere for a week: logged over the placement, or between two parts of it."""
    kid = a_kid(chance, name, (4, 9))
    first = chance.a_day(OPENED, date(2024, 1, 1))
    kid.care.append((first, None, chance.choice(CINS), None))
    kid.statuses.append(("C2", first, None))
    main = fostered(chance, first, None)
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
    looked_at(chance, kid, first, None)
    kid.missing = []
    yield kid


def _deprived(chance: Chance, name: str) -> Iterator[Kid]:
    """An order that deprives of liberty, in a children's home; an unregistered one for a while."""
    kid = a_kid(chance, name, (9, 11))
    first = chance.a_day(OPENED, date(2024, 1, 1))
    move, back = chance.a_day(date(2025, 5, 1), date(2025, 8, 1)), chance.a_day(date(2025, 10, 1), date(2026, 2, 1))
    one, two = group_home(chance, first, move), group_home(chance, back, None)
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
    looked_at(chance, kid, first, None)
    yield kid


def _kinship(chance: Chance, name: str) -> Iterator[Kid]:
    """A relative: for now, then for long, then a special guardian."""
    kid = a_kid(chance, name, (1, 10))
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
    orders(chance, kid, first, last)
    looked_at(chance, kid, first, last)
    yield kid


def _twice(chance: Chance, name: str) -> Iterator[Kid]:
    """Home, and back in care."""
    kid = a_kid(chance, name, (3, 9))
    first = chance.a_day(OPENED, date(2023, 6, 1))
    home = days(first, chance.randint(100, 500))
    again = days(home, chance.randint(5, 300))
    kid.care = [(first, home, "N1", "E4A"), (again, None, "N5", None)]
    moves(chance, kid, first, home, 2)
    moves(chance, kid, again, None, 2)
    orders(chance, kid, first, home)
    orders(chance, kid, again, None)
    looked_at(chance, kid, first, home)
    yield kid


def _wales(chance: Chance, name: str) -> Iterator[Kid]:
    """Placed in Wales, where Ofsted registers nobody."""
    kid = a_kid(chance, name, (5, 10))
    first = a_first_day(chance)
    move = days(first, chance.randint(30, 150))
    foster = fostered(chance, first, move)
    foster.reason = "CLOSE"
    kid.care.append((first, None, "N5", None))
    kid.statuses.append(("C2", first, None))
    kid.lived = [foster, Lived(f"Ty {chance.random()}", "K2", "PR4", chance.postcode("wales"), "9000001", move)]
    looked_at(chance, kid, first, None)
    yield kid


def _custody(chance: Chance, name: str) -> Iterator[Kid]:
    """Police protection, remand, a young offender institution, a secure home, hospital for good, school."""
    kid = a_kid(chance, name, (11, 12))
    first = chance.a_day(OPENED, date(2023, 6, 1))
    marks = [days(first, count) for count in (2, 60, 180, 300, 420)]
    kid.care.append((first, None, "N6", None))
    kid.statuses = [("L1", first, marks[0]), ("J1", marks[0], marks[2]), ("C2", marks[2], None)]
    stays = [
        fostered(chance, first, marks[1]),
        Lived(f"YOI {chance.random()}", "R5", "PR3", chance.postcode("far"), None, marks[1], marks[2], "CARPL"),
        Lived(
            f"Secure {chance.random()}", "K1", "PR2", chance.postcode("near"), chance.urn(), marks[2], marks[3], "CARPL"
        ),
        Lived(f"Ward {chance.random()}", "R2", "PR3", chance.postcode("near"), None, marks[3], marks[4], "CARPL"),
        Lived(f"School {chance.random()}", "S1", "PR5", chance.postcode("far"), chance.urn(), marks[4]),
    ]
    stays[0].reason = "CUSTOD"
    kid.lived = stays
    looked_at(chance, kid, first, None)
    kid.missing = []
    yield kid


def _mother(chance: Chance, name: str) -> Iterator[Kid]:
    """A girl who becomes a mother while in care, with her child in a family centre."""
    kid = a_kid(chance, name, (11, 11))
    kid.sex, kid.mother = "F", True
    kid.mother_since = chance.a_day(date(2025, 5, 1), date(2026, 2, 1))
    first, move = date(2023, 5, 1), kid.mother_since
    foster = fostered(chance, first, move)
    foster.reason = "CARPL"
    centre = Lived(f"Centre {chance.random()}", "R3", "PR4", chance.postcode("own"), chance.urn(), move)
    kid.care.append((first, None, "N1", None))
    kid.statuses.append(("C2", first, None))
    kid.lived = [foster, centre]
    looked_at(chance, kid, first, None)
    yield kid


def _siblings(chance: Chance, name: str) -> Iterator[Kid]:
    """Three, together from the first day on."""
    first, home = a_first_day(chance), chance.postcode("own")
    together = fostered(chance, first, None)
    for number in range(3):
        kid = a_kid(chance, f"{name}{'ABC'[number]}", (number * 3, number * 3 + 2))
        kid.home = home
        kid.care.append((first, None, "N1", None))
        kid.statuses.append(("C2", first, None))
        kid.lived.append(
            Lived(
                together.home, together.place, together.provider, together.postcode, together.urn, first,
                by_home=together.by_home,
            )
        )  # fmt: skip
        looked_at(chance, kid, first, None)
        yield kid
