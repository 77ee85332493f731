"""The short forms of a provider's page: a contact, a visit and a concern as one types them while on the phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from placement_tui.domain import typed
from placement_tui.domain.providers import NewContact
from placement_tui.errors import Invalid

LINE, TEXT = 200, 20_000
_MAIL = re.compile(r"[^@\s,]+@[^@\s,]+\.[^@\s,]+")
_NIGHT = re.compile(r"(?:at )?(?:night|out of hours|ooh|after hours)[: ]*", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[0-9(]")
_DUE = re.compile(r"due\s+(?P<day>.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class TypedVisit:
    """A visit as typed: the day on which it is due, or the day on which it was made and what was found."""

    due_on: date | None = None
    visited_on: date | None = None
    found: str = ""


def contact(text: str) -> NewContact:
    """`Jo Hale, manager, 0151 496 0123, night 07700 900123, jo@example.org`. Raises Invalid."""
    name, part, phone, night, mail = "", "", "", "", ""
    for piece in (typed.clean(piece) for piece in text.split(",")):
        after = _NIGHT.match(piece)
        if not piece:
            continue
        if "@" in piece:
            mail = email(piece)
        elif after:
            night = typed.phone(piece[after.end() :])
        elif _NUMBER.match(piece):
            phone, night = (typed.phone(piece), night) if not phone else (phone, typed.phone(piece))
        elif not name:
            name = typed.short_text("name", piece, LINE)
        else:
            part = typed.short_text("part", f"{part}, {piece}" if part else piece, LINE)
    return checked(NewContact(name, part, phone, night, mail))


def checked(new: NewContact) -> NewContact:
    """The contact, where it has a name and a way to reach them. Raises Invalid."""
    if not new.name.strip():
        raise Invalid("name", "Whose number is it?", mend="begin with the name: Jo Hale, manager, 0151 496 0123")
    if not (new.phone or new.out_of_hours_phone or new.email):
        raise Invalid("phone", f"There is no way to reach {new.name}", mend="add a number, or an e-mail address")
    return new


def email(text: str) -> str:
    """An e-mail address, by its shape. Raises Invalid."""
    said = typed.short_text("email", text, LINE)
    if not _MAIL.fullmatch(said):
        raise Invalid("email", f"{typed.shown(text)} is no e-mail address", mend="type it like jo@example.org")
    return said


def visit(text: str, today: date) -> TypedVisit:
    """`due 3 dec`; or `today: warm, two staff on`, `12 nov: no cook`. Raises Invalid."""
    due = _DUE.fullmatch(text.strip())
    if due is not None:
        return TypedVisit(due_on=typed.day(due["day"], today, field="due"))
    day, colon, found = text.partition(":")
    if not colon:
        raise Invalid(
            "visit", f"{typed.shown(text)} says neither when it is due nor when it was made",
            mend="due 3 dec; or the day, a colon and what was found: today: warm, two staff on",
        )  # fmt: skip
    on = typed.day(day, today, past=True, field="visited")
    if on > today:
        raise Invalid("visited", f"{on:%d/%m/%Y} is still to come", mend="a visit that is planned: due 3 dec")
    return TypedVisit(visited_on=on, found=typed.long_text("found", found, TEXT))


def day_past(field: str, on: date, today: date) -> date:
    """A day that has come. Raises Invalid."""
    if on > today:
        raise Invalid(field, f"{on:%d/%m/%Y} is still to come", mend="give today, or a day before")
    return on
