"""The addresses that Ofsted sends to authorities alone, and what of them leaves the officer's own screen: nothing.

The public register redacts where every children's home is; the lists for authorities do not, and are restricted. So there
are two ways to hand a row out. `for_file`: whatever the role, what goes into a file has no restricted address.
`for_viewer`: on a viewer's screen too, and distances are to the mile, from the middle of a square of a mile, so that no
number of searches finds the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatch
from typing import Any, TypeVar

from placement_tui.domain.audit import AuditField, AuditRow
from placement_tui.domain.conflicts import ConflictRow
from placement_tui.domain.history import OperationRow
from placement_tui.domain.homes import Candidate, HomePage, Match, Position
from placement_tui.domain.providers import HomeLine, ProviderPage

T = TypeVar("T")

WORDS = "address restricted"
REDACTED_KINDS = ("res", "secure", "sa")  # kinds of home whose place no public register tells
SQUARE = 1609  # metres: a mile
_DEGREES = 0.02  # about as much, where no grid reference is known
# The columns that say where somebody lives. Who reads a table of homes or placements whole leaves these out.
ADDRESS: dict[str, tuple[str, ...]] = {
    "home": ("address", "town", "postcode", "easting", "northing", "latitude", "longitude"),
    "placement": ("postcode",),
}


def rounded(miles: float | None, restricted: bool) -> float | None:
    """A distance as a viewer sees it: to the mile where the home's address is restricted."""
    return float(round(miles)) if restricted and miles is not None else miles


def coarse(position: Position) -> Position:
    """The middle of the square of a mile that a place lies in; its authority, which is public, stays."""
    if position.location not in ("postcode", "given"):
        return position  # a constituency's middle is public
    if position.easting is not None and position.northing is not None:
        east, north = (each // SQUARE * SQUARE + SQUARE // 2 for each in (position.easting, position.northing))
        return Position(east, north, None, None, "approximate", position.authority)
    if position.latitude is not None and position.longitude is not None:
        latitude, longitude = (
            round(round(each / _DEGREES) * _DEGREES, 2) for each in (position.latitude, position.longitude)
        )
        return Position(None, None, latitude, longitude, "approximate", position.authority)
    return Position(authority=position.authority)


def fields_without(noun: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a change set, without where somebody lives: the journal does not say whether that was restricted."""
    hidden = ADDRESS.get(noun, ())
    return {name: WORDS if name in hidden and value not in (None, "") else value for name, value in fields.items()}


@singledispatch
def for_file(row: Any) -> Any:
    """The row as it may be written to a file."""
    return row


@for_file.register
def _(row: Candidate) -> Candidate:
    return replace(row, town="", position=coarse(row.position)) if row.restricted else row


@for_file.register
def _(row: Match) -> Match:
    return replace(row, candidate=for_file(row.candidate)) if row.candidate.restricted else row


@for_file.register
def _(row: HomePage) -> HomePage:
    if not row.candidate.restricted:
        return row
    return replace(row, candidate=for_file(row.candidate), address=WORDS, postcode=None)


@for_file.register
def _(row: HomeLine) -> HomeLine:
    return replace(row, town="") if row.restricted else row


@for_file.register
def _(row: ProviderPage) -> ProviderPage:
    return replace(row, homes=tuple(for_file(each) for each in row.homes))


@for_file.register
def _(row: OperationRow) -> OperationRow:
    if row.noun not in ADDRESS or row.fields is None:
        return row
    return replace(row, fields=fields_without(row.noun, row.fields))


@for_file.register
def _(row: AuditRow) -> AuditRow:
    if row.noun not in ADDRESS:
        return row
    hidden = ADDRESS[row.noun]
    fields = tuple(
        AuditField(each.name, WORDS if each.before else each.before, WORDS if each.after else each.after)
        if each.name in hidden
        else each
        for each in row.fields
    )
    return replace(row, fields=fields)


@for_file.register
def _(row: ConflictRow) -> ConflictRow:
    if row.noun not in ADDRESS:
        return row
    sides = tuple(replace(side, values=fields_without(row.noun, side.values)) for side in row.sides)
    return replace(row, sides=sides)


def for_viewer(row: T) -> T:
    """The row as somebody may see it who may not see restricted addresses."""
    shown: T = for_file(row)
    if isinstance(shown, Match) and shown.candidate.restricted:
        return replace(shown, miles=rounded(shown.miles, True))
    return shown
