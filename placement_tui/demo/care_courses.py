"""How time in care goes: under which legal statuses, why it began and ceased; ethnicity and pupil numbers as they are spread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from placement_tui.demo.seeded import Chance, Odds
from placement_tui.domain.care import Stay
from placement_tui.domain.typed_ages import age_on, birthday

Span = tuple[str, date, date | None]

_ETHNICITY = Odds({"WBRI": 84, "WOTH": 3, "MWBC": 2, "MWBA": 1.5, "MWAS": 1.5, "MOTH": 2, "BAFR": 1.5, "AOTH": 1, "WIRT": 1,
                   "APKN": 0.7, "CHNE": 0.4, "BCRB": 0.4, "WROM": 0.6, "NOBT": 0.4})  # fmt: skip
_ALONE = Odds({"OOTH": 40, "AOTH": 24, "BAFR": 24, "WOTH": 12})
_CIN = Odds({"N1": 64, "N3": 4, "N4": 11, "N5": 15, "N8": 6})
_HOME = Odds({"E4A": 66, "E13": 14, "E8": 8, "E3": 4})
_ORDERED = Odds({"E4A": 34, "E41": 14, "E46": 16, "E48": 16, "E13": 10, "E3": 5})
_ADULT = Odds({"E5": 55, "E6": 12, "E8": 18})
_UNPLANNED = ("CREQB", "CREQO", "CHILD", "LAREQ", "ALLEG", "STAND")
_SHORT = {"L1": 3, "L2": 8, "L3": 7, "J2": 2}  # days that a status lasts at most before another follows
_RANK = ("L1", "L2", "V2", "C1", "C2")
_INTERIM, _NO_ORDER_FROM, _SCHOOL, _REMAND = 230, 17, 5, 10
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def statuses_of(
    chance: Chance,
    began: date,
    over: date | None,
    stays: Sequence[Stay],
    said: Sequence[str],
    born: date,
    today: date,
) -> list[Span]:
    """From what each placement was logged with: never back from an order, never longer in police protection than it lasts."""
    adult_soon = birthday(born, _NO_ORDER_FROM)
    begins: list[tuple[str, date]] = []
    for stay, code in zip(stays, said, strict=True):
        remanded = code == "J1" and age_on(born, stay.from_on) >= _REMAND
        code = "C2" if code == "E1" else code  # nobody here is to be adopted
        wanted = code if code in _RANK or remanded else "V4" if list(said) == ["V4"] else "V2"
        if wanted in ("C1", "C2") and stay.from_on >= adult_soon and not begins:
            wanted = "V2"
        if not begins:
            first = ("C1" if chance.happens(0.5) else "V2") if wanted == "C2" and _long(began, over) else wanted
            begins.append((first, began))
            if first != wanted:
                _then(begins, wanted, began + timedelta(days=chance.randint(90, _INTERIM)), over, adult_soon)
        elif _further(begins[-1][0], wanted) and stay.from_on > begins[-1][1]:
            _then(begins, wanted, stay.from_on, over, adult_soon)
        lasts = _SHORT.get(begins[-1][0])
        if lasts is not None:
            _then(
                begins, "V2" if chance.happens(0.4) else "C1", begins[-1][1] + timedelta(days=lasts), over, adult_soon
            )
    if begins[-1][0] == "C1":
        _then(begins, "C2", begins[-1][1] + timedelta(days=chance.randint(150, _INTERIM)), over, adult_soon)
    begins = [begins[0], *(each for each in begins[1:] if each[1] <= today)]  # an order is logged once it is made
    untils = [*(day for _, day in begins[1:]), over]
    return [(code, first, until) for (code, first), until in zip(begins, untils, strict=True)]


def _then(begins: list[tuple[str, date]], code: str, day: date, over: date | None, no_order_from: date) -> None:
    order = code in ("C1", "C2")
    code = "V2" if order and day >= no_order_from and begins[-1][0] in ("L1", "L2") else code
    if begins[-1][0] == code or day <= begins[-1][1] or (over is not None and day >= over):
        return
    if not (code in ("C1", "C2") and day >= no_order_from):
        begins.append((code, day))


def _further(now: str, code: str) -> bool:
    return now in _RANK and code in _RANK and _RANK.index(code) > _RANK.index(now)


def _long(began: date, over: date | None) -> bool:
    return over is None or (over - began).days > _INTERIM


def ended(chance: Chance, stay: Stay, status: str, adult_on: date, on: date) -> str:
    """Why care ceased (REC), by how the last placement ended, the legal status and the age."""
    if (adult_on - on).days < 60:
        return chance.draw(_ADULT)
    if stay.reason == "CUSTOD":
        return "E9"
    if status == "J1":
        return "E14"
    if status == "V4" or stay.reason in _UNPLANNED:
        return "E4A" if status == "V4" else "E4B"
    rec = chance.draw(_ORDERED if status in ("C1", "C2") else _HOME)
    return "E48" if rec == "E46" and not (stay.place or "").startswith("U") else rec


def cin_of(chance: Chance, needs: Sequence[str], short: bool) -> str:
    """The category of need (CIN): fixed for the whole period."""
    if "9A" in needs:
        return "N8"
    if short or (set(needs) & {"6A", "5A", "MEDICAL"} and chance.happens(0.5)):
        return "N2"
    if set(needs) & {"OFFENDING", "13A"} and chance.happens(0.5):
        return "N6"
    return chance.draw(_CIN)


def ethnicity_of(chance: Chance, unaccompanied: bool) -> str:
    """As it is spread in the region, of children who came alone otherwise."""
    return chance.draw(_ALONE if unaccompanied else _ETHNICITY)


def upn_of(chance: Chance, born: date, today: date, unaccompanied: bool) -> str:
    """A pupil number, or why there is none."""
    if age_on(born, today) < _SCHOOL:
        return "UN1"
    if unaccompanied:
        return "UN2"
    return chance.pick(_UPN_LETTERS) + "".join(str(chance.randint(0, 9)) for _ in range(12))


def mother_of(expecting: bool, born: date, since: date, today: date) -> dict[str, bool | date]:
    """Whether a girl is a mother; the one who was expecting is, if there was time for it."""
    day = since + timedelta(days=150)
    if expecting and age_on(born, day) >= 15 and day < today:
        return {"mother": True, "mother_since": day}
    return {"mother": False}
