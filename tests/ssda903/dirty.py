"""One fault a child, in the return of 2026 (and a few of 2027): what the program and the validator must both find."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.ssda903.kids import Kid, Lived, days, pool

FIRST = date(2024, 6, 1)
MID = date(2025, 9, 1)
LATE = date(2025, 12, 1)
Change = Callable[[Kid], object]


def clean(number: int, **fields: object) -> Kid:
    """A boy of twelve in foster care since June 2024, nothing wrong with him."""
    name = f"D-{number:03d}"
    kid = Kid(
        name, date(2013, 5, 10), "M", "WBRI", f"A{number:012d}", home=pool("own")[0],
        care=[(FIRST, None, "N1", None)],
        statuses=[("C2", FIRST, None)],
        lived=[Lived(f"Carer {name}", "U6", "PR4", pool("near")[0], "9000001", FIRST)],
    )  # fmt: skip
    for field, value in fields.items():
        setattr(kid, field, value)
    return kid


def dirty() -> list[tuple[str, Kid]]:
    """Each fault in words, with the child who has it; the first is clean, the second alone in the country."""
    made = [("nothing", clean(0)), ("asylum", _asylum(1))]
    for number, (words, change) in enumerate(FAULTS, 2):
        kid = clean(number)
        change(kid)
        made.append((words, kid))
    return made


def _asylum(number: int) -> Kid:
    kid = clean(number, born=date(2009, 9, 9), uasc=True, home=None)
    kid.statuses = [("V2", FIRST, None)]
    return kid


def _set(**fields: object) -> Change:
    return lambda kid: [setattr(kid, name, value) for name, value in fields.items()]


def _stay(**fields: object) -> Change:
    return lambda kid: [setattr(kid.lived[0], name, value) for name, value in fields.items()]


def _move(to: Lived | None = None, reason: str | None = "CARPL", day: date = MID, **fields: object) -> Change:
    """To another carer on a day."""

    def change(kid: Kid) -> None:
        kid.lived[0].last, kid.lived[0].reason = day, reason
        other = to or Lived(f"Other {kid.identifier}", "U6", "PR4", pool("near")[1], "9000002", day)
        for name, value in fields.items():
            setattr(other, name, value)
        kid.lived.append(other)

    return change


def _status(code: str, first: date = MID, last: date | None = None) -> Change:
    """Another status for a while, C2 before and after."""

    def change(kid: Kid) -> None:
        kid.statuses = [("C2", FIRST, first), (code, first, last)]
        if last:
            kid.statuses.append(("C2", last, None))

    return change


def _leaves(rec: str | None, day: date = MID) -> Change:
    def change(kid: Kid) -> None:
        kid.care = [(FIRST, day, "N1", rec)]
        kid.statuses = [(kid.statuses[0][0], FIRST, day)]
        kid.lived[-1].last = day

    return change


def _both(*changes: Change) -> Change:
    return lambda kid: [change(kid) for change in changes]


def _temporary(place: str, count: int, back: bool = True, postcode: int = 3) -> Change:
    """A temporary move over the placement; without `back` the child goes elsewhere."""

    def change(kid: Kid) -> None:
        until = days(MID, count)
        kid.lived.append(Lived(f"T {kid.identifier}", place, None, pool("near")[postcode], None, MID, until))
        if not back:
            kid.lived[0].last = until
            kid.lived.append(Lived(f"N {kid.identifier}", "U6", "PR4", pool("near")[4], "9000003", until))

    return change


def _again(day: date, until: date = MID, cin: str = "N1") -> Change:
    """Care ends, and begins once more."""

    def change(kid: Kid) -> None:
        kid.care = [(FIRST, until, "N1", "E4A"), (day, None, cin, None)]

    return change


def _three_holidays(kid: Kid) -> None:
    for number in range(3):
        first = days(MID, 40 * number)
        kid.lived.append(Lived(f"T {kid.identifier}{number}", "T3", None, pool("near")[3], None, first, days(first, 5)))


def _breaks(count: int, length: int, gap: int = 5) -> Change:
    """Short breaks, each of so many days."""

    def change(kid: Kid) -> None:
        day = date(2025, 4, 10)
        kid.care, kid.statuses, kid.lived = [], [], []
        for _ in range(count):
            until = days(day, length)
            kid.care.append((day, until, "N2", "E4A"))
            kid.statuses.append(("V3", day, until))
            kid.lived.append(Lived("Lodge", "R1", "PR4", None, None, day, until))
            day = days(until, gap)

    return change


def _ad1(**fields: str) -> Change:
    def change(kid: Kid) -> None:
        row = {
            "CHILD": kid.identifier, "DOB": f"{kid.born:%d/%m/%Y}", "DATE_INT": "01/07/2025", "DATE_MATCH": "10/07/2025",
            "FOSTER_CARE": "0", "NB_ADOPTR": "2", "SEX_ADOPTR": "MF", "LS_ADOPTR": "L11",
        } | fields  # fmt: skip
        kid.held.append((2026, "AD1", row))

    return change


def _decided(**fields: str) -> Change:
    def change(kid: Kid) -> None:
        row = {"CHILD": kid.identifier, "DOB": f"{kid.born:%d/%m/%Y}", "DATE_PLACED": "01/07/2025"} | fields
        kid.held.append((2026, "PlacedAdoption", row))

    return change


def _adopted(kid: Kid) -> None:
    """As it should be: decided 1 July, ordered 5 July, placed 1 September, adopted 1 December."""
    kid.statuses = [("C2", FIRST, date(2025, 7, 5)), ("E1", date(2025, 7, 5), LATE)]
    kid.lived[0].last, kid.lived[0].reason = MID, "CARPL"
    kid.lived.append(Lived(f"A {kid.identifier}", "A6", "PR1", pool("own")[5], "XXXXXXX", MID, LATE))
    kid.care = [(FIRST, LATE, "N1", "E12")]


FAULTS: list[tuple[str, Change]] = [
    ("sex is no code", _set(sex="X")),
    ("sex not known", _set(sex="U")),
    ("no date of birth", _set(born=None)),
    ("no ethnicity", _set(ethnicity=None)),
    ("ethnicity is no code", _set(ethnicity="WBRX")),
    ("UPN has not the form", _set(upn="I123")),
    ("UN1 at school age", _set(upn="UN1")),
    ("no UPN", _set(upn=None)),
    ("same UPN, one", _set(upn="B000000000001")),
    ("same UPN, the other", _set(upn="B000000000001")),
    ("born after the year", _set(born=date(2026, 5, 1))),
    ("over 25", _set(born=date(1999, 5, 1))),
    ("in care before birth", _set(born=date(2024, 8, 1))),
    ("girl, mother not said", _set(sex="F")),
    ("girl who left, mother not said", _both(_set(sex="F"), _leaves("E4A"))),
    ("mother since when", _set(sex="F", mother=True)),
    ("mother too young", _set(sex="F", mother=True, mother_since=MID, born=date(2015, 5, 1))),
    ("younger than her child", _set(sex="F", mother=True, mother_since=date(2012, 1, 1))),
    ("asylum ceased after 18", _set(
        uasc=True, uasc_ceased=date(2025, 9, 1), born=date(2007, 6, 1), home=None,
        care=[(FIRST, date(2025, 6, 1), "N8", "E17")], statuses=[("C2", FIRST, date(2025, 6, 1))],
    )),
    ("asylum at nine", _set(
        uasc=True, born=date(2016, 5, 1), home=None, care=[(FIRST, None, "N8", None)], statuses=[("V2", FIRST, None)],
    )),
    ("care for less than a day", _set(care=[(MID, MID, "N1", "E4A"), (LATE, None, "N1", None)])),
    ("care over before it began", _set(care=[(MID, days(MID, -3), "N1", "E4A"), (LATE, None, "N1", None)])),
    ("two placements at a time", lambda kid: kid.lived.append(
        Lived(f"Second {kid.identifier}", "U6", "PR4", pool("near")[6], "9000006", MID))),
    ("legal status is no code", _set(statuses=[("C9", FIRST, None)])),
    ("category of need is no code", _set(care=[(FIRST, None, "N9", None)])),
    ("placement type is no code", _stay(place="U9")),
    ("placement type of another year", _stay(place="H5")),
    ("provider is no code", _stay(provider="PR9")),
    ("reason for leaving is no code", _leaves("E99")),
    ("reason of the ending is no code", _move(reason="MOVED")),
    ("left without a reason", _leaves(None)),
    ("reason but no last day", _set(care=[(FIRST, None, "N1", "E4A")])),
    ("care again before it ended", _set(care=[(FIRST, None, "N1", None), (MID, None, "N1", None)])),
    ("care again the same day", _again(MID)),
    ("care overlaps", _again(days(MID, -10))),
    ("died, yet in care again", _set(care=[(FIRST, MID, "N1", "E2"), (LATE, None, "N1", None)])),
    ("moved without a reason", _move(reason=None)),
    ("another home with the same facts", _move(postcode=pool("near")[0], urn="9000001")),
    ("the same with another status", _both(
        _move(postcode=pool("near")[0], urn="9000001"), _set(statuses=[("C1", FIRST, MID), ("C2", MID, None)]),
    )),
    ("custody under ten", _both(_set(born=date(2016, 1, 1)), _move(reason="CUSTOD"))),
    ("care begins in hospital", _both(
        _set(care=[(MID, None, "N1", None)], statuses=[("C2", MID, None)]),
        _stay(first=days(MID, 5)), lambda kid: kid.lived.insert(0, Lived(
            f"T {kid.identifier}", "T1", None, pool("near")[3], None, MID, days(MID, 5))),
    )),
    ("another status in hospital", _both(_temporary("T1", 30), _set(
        statuses=[("C1", FIRST, days(MID, 9)), ("C2", days(MID, 9), None)]))),
    ("care ends on holiday", _both(_temporary("T2", 9), _leaves("E4A", days(MID, 9)), _stay(last=days(MID, 9)))),
    ("does not come back", _temporary("T4", 5, back=False)),
    ("hospital too long", _temporary("T1", 43)),
    ("carers away too long", _temporary("T3", 22)),
    ("eight days elsewhere", _temporary("T4", 8)),
    ("carers away three times", _three_holidays),
    ("short break elsewhere", _both(_breaks(1, 5), lambda kid: kid.lived.__setitem__(0, Lived(
        "Lodge", "T4", None, None, None, kid.care[0][0], kid.care[0][1])))),
    ("short break in a long-term home", _both(_set(statuses=[("V4", FIRST, None)]), _stay(place="U4", urn=None))),
    ("short break with a change", _both(_set(statuses=[("C2", FIRST, MID), ("V3", MID, days(MID, 4))]),
        _set(care=[(FIRST, days(MID, 4), "N1", "E4A")]), _stay(last=days(MID, 4), place="R1", urn=None))),
    ("short break too long", _breaks(1, 18)),
    ("76 days of short breaks", _breaks(19, 4)),
    ("V3 and V4", _both(_breaks(2, 4), lambda kid: kid.statuses.__setitem__(1, ("V4", *kid.statuses[1][1:])))),
    ("adopted by present carers, others", _both(
        _set(statuses=[("E1", FIRST, None)]), _decided(DATE_PLACED="01/06/2024"),
        _move(place="A5", urn="XXXXXXX", provider="PR1", same_carer=False))),
    ("adoption by consent from a home", _both(_stay(place="K2"), _decided(), _move(place="A4", provider="PR1"))),
    ("police protection", _status("L1", MID, days(MID, 4))),
    ("emergency protection", _status("L2", MID, days(MID, 22))),
    ("assessment order", _status("L3", MID, days(MID, 8))),
    ("PACE", _status("J2", MID, days(MID, 22))),
    ("remand under ten", _both(_set(born=date(2016, 1, 1)), _status("J1"))),
    ("with parents under s20", _both(_set(statuses=[("V2", FIRST, None)]), _stay(place="P1", provider="PR0", urn=None))),
    ("placement order is missing", _both(_decided(DATE_PLACED="01/06/2024"), _move(place="A6", provider="PR1"))),
    ("placement order too early", _both(_set(
        born=date(2004, 1, 1), care=[(date(2005, 1, 1), None, "N1", None)], statuses=[("E1", date(2005, 1, 1), None)],
        lived=[Lived("Old", "U6", "PR4", pool("near")[0], "9000001", date(2005, 1, 1))],
    ), _decided(DATE_PLACED="01/01/2005"))),
    ("before October 1991", _set(
        care=[(date(1990, 1, 1), None, "N1", None)], statuses=[("C2", date(1990, 1, 1), None)],
        lived=[Lived("Oldest", "U6", "PR4", pool("near")[0], "9000001", date(1990, 1, 1))],
    )),
    ("came at 18", _set(born=date(2006, 5, 1), care=[(FIRST, None, "N1", None)])),
    ("still there at 18", _set(born=date(2007, 9, 1))),
    ("adopted, not placed", _both(_leaves("E11"), _ad1())),
    ("adopted at 18", _both(_adopted, _ad1(), _decided(), _set(born=date(2007, 12, 1)))),
    ("SGO to a former carer, in a home", _both(_stay(place="K2"), _leaves("E46"))),
    ("SGO after 18", _both(_set(born=date(2007, 8, 1)), _leaves("E45"))),
    ("stayed at 18, was not", _leaves("E17")),
    ("on their own at twelve", _leaves("E5")),
    ("adult care at twelve", _leaves("E7")),
    ("in care after adoption", _both(_adopted, _ad1(), _decided(), lambda kid: (
        kid.care.append((date(2026, 1, 5), None, "N1", None)), kid.statuses.append(("C2", date(2026, 1, 5), None)),
        kid.lived.append(Lived("After", "U6", "PR4", pool("near")[7], "9000007", date(2026, 1, 5)))))),
    ("nobody knows where", lambda kid: (setattr(kid.lived[0], "last", MID), setattr(kid.lived[0], "reason", "CARPL"),
        kid.lived.append(Lived("Later", "U6", "PR4", pool("near")[8], "9000008", LATE)))),
    ("nowhere at all", _set(lived=[])),
    ("no type", _stay(place="")),
    ("no provider", _stay(provider=None)),
    ("own provision with parents", _stay(place="P1", provider="PR1")),
    ("other council in hospital", _stay(place="R2", provider="PR2")),
    ("NHS foster care", _stay(provider="PR3")),
    ("private parents", _stay(place="P1", provider="PR4")),
    ("voluntary parents", _stay(place="P1", provider="PR5")),
    ("parents foster", _stay(provider="PR0")),
    ("own home far away", _stay(place="K2", provider="PR1")),
    ("no URN", _stay(urn=None)),
    ("agency's X in a home", _stay(place="K2", urn="XXXXXXX")),
    ("flat elsewhere", _both(_set(born=date(2008, 5, 1)), _stay(place="K3"))),
    ("no postcode", _stay(postcode=None)),
    ("no such postcode", _stay(postcode="CH99 9ZZ")),
    ("lives at home", _stay(postcode=pool("own")[0])),
    ("far north", _stay(postcode="KW1 4YT", urn=None)),
    ("no home", _set(home=None)),
    ("no such home", _set(home="CH99 9ZZ")),
    ("flat at twelve", _both(_stay(place="K3", postcode=pool("own")[6]), _leaves("E4A"))),
    ("custody at nine", _both(_set(born=date(2015, 1, 1)), _stay(place="R5", provider="PR3", urn=None), _leaves("E4A"))),
    ("school at three", _both(_set(born=date(2021, 5, 1), upn="UN2"), _stay(place="S1"), _leaves("E4A"))),
    ("work at twelve", _both(_stay(place="P3", urn=None), _leaves("E4A"))),
    ("missing: no kind", _set(missing=[("X", MID, MID)])),
    ("missing: over before it began", _set(missing=[("M", MID, days(MID, -3))])),
    ("missing twice at once", _set(missing=[("M", MID, days(MID, 9)), ("A", days(MID, 4), days(MID, 12))])),
    ("missing before birth", _set(missing=[("M", date(2013, 5, 1), date(2025, 4, 9))])),
    ("missing before care", _set(missing=[("M", date(2024, 5, 1), date(2025, 4, 9))])),
    ("missing, and the placement ended", _both(_move(), _set(missing=[("M", days(MID, -3), None)]))),
    ("missing, and care ended", _both(_leaves("E4A"), _set(missing=[("M", days(MID, -3), None)]))),
    ("missing after care", _both(_leaves("E4A"), _set(missing=[("M", days(MID, 3), days(MID, 5))]))),
    ("missing at 18", _both(_set(born=date(2007, 9, 1)), _leaves("E17"), _set(missing=[("M", days(MID, -3), MID)]))),
    ("review: no code", _set(reviews=[(MID, "PN9")])),
    ("review: PN0 at twelve", _set(reviews=[(MID, "PN0")])),
    ("review: spoke at two", _set(born=date(2023, 1, 1), upn="UN1", reviews=[(MID, "PN1")])),
    ("adopted, AD1 not complete", _both(_adopted, _decided(), _ad1(LS_ADOPTR=""))),
    ("AD1 codes", _both(_adopted, _decided(), _ad1(FOSTER_CARE="9", NB_ADOPTR="7", SEX_ADOPTR="XX", LS_ADOPTR="L9"))),
    ("AD1 days", _both(_adopted, _decided(), _ad1(DATE_INT="31/02/2025", DATE_MATCH="x"))),
    ("AD1, not adopted", _ad1()),
    ("AD1 half, not adopted", _ad1(LS_ADOPTR="")),
    ("placed, no decision", _both(_adopted, _ad1())),
    ("placement order, no decision", _set(statuses=[("E1", FIRST, None)])),
    ("decision: days and codes", _decided(
        DATE_PLACED="31/02/2025", DATE_PLACED_CEASED="31/02/2025", REASON_PLACED_CEASED="RD9")),
    ("decision ended without a reason", _decided(DATE_PLACED_CEASED="01/12/2025")),
    ("left under a placement order", _both(
        _set(statuses=[("E1", FIRST, None)]), _decided(DATE_PLACED="01/06/2024"), _leaves("E4A"))),
]  # fmt: skip

NEXT = date(2026, 9, 1)


def dirty_next() -> list[tuple[str, Kid]]:
    """Faults of orders that deprive of liberty, in the return of 2027; the first child is clean."""
    made = [("nothing", clean(0))]
    orders: list[tuple[str, list[tuple[date, date | None]], str]] = [
        ("fits", [(NEXT, days(NEXT, 20))], "K2"),
        ("over before it began", [(NEXT, NEXT)], "K2"),
        ("before birth", [(date(2013, 5, 1), days(NEXT, 20))], "K2"),
        ("two at once", [(NEXT, days(NEXT, 20)), (days(NEXT, 9), days(NEXT, 40))], "K2"),
        ("goes on after care", [(NEXT, days(NEXT, 90))], "K2 left"),
        ("in foster care", [(NEXT, days(NEXT, 20))], "U6"),
        ("in a secure home", [(NEXT, days(NEXT, 20))], "K1"),
    ]
    for number, (words, spans, place) in enumerate(orders, 1):
        kid = clean(number)
        kid.lived[0].place = place[:2]
        kid.orders = spans
        if place.endswith("left"):
            _leaves("E4A", days(NEXT, 30))(kid)
        made.append((words, kid))
    return made
