"""Who signs off: of whom a kind is asked, and whether somebody may decide it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from placement_tui.db.engine import Session
from placement_tui.db.reads import officers
from placement_tui.domain import settings as names
from placement_tui.domain.codes.sign_offs import KINDS
from placement_tui.domain.officers import OfficerRow
from placement_tui.domain.sign_offs import (
    Approver,
    SignOffRow,
    holders,
    kinds_words,
    match_officer,
    may_decide,
    who_decides,
)
from placement_tui.errors import Refused
from placement_tui.services.desk import Desk


def who_holds(desk: Desk, everyone: Iterable[OfficerRow]) -> dict[str, Approver]:
    """Who holds which office, as the council's settings say."""
    return holders(dict(desk.setting(names.APPROVERS) or {}), everyone)


def own_allowed(desk: Desk) -> bool:
    """True where the council lets people decide what they asked for themselves."""
    return bool(desk.setting(names.OWN_SIGN_OFF))


def usual(desk: Desk, code: str, everyone: Sequence[OfficerRow]) -> Approver | None:
    """Whom a kind is asked of: the holder of its office, else the only manager besides who asks."""
    holder = who_holds(desk, everyone).get(KINDS[code].office)
    if holder is not None:
        return holder
    managers = [each for each in everyone if each.role == "manager" and each.id != desk.officer.id]
    return Approver(managers[0].name, "manager", managers[0].id) if len(managers) == 1 else None


def approvers(
    desk: Desk, session: Session, wanted: Sequence[str], asked_of: str | None
) -> dict[Approver, tuple[str, ...]]:
    """The kinds by whom they are asked of; with `asked_of`, all of that person. Raises Refused where they may not."""
    everyone = officers.everyone(session)
    if asked_of is None:
        groups: dict[Approver, tuple[str, ...]] = {}
        for code in wanted:
            approver = usual(desk, code, everyone) or Approver("", "manager")
            groups[approver] = (*groups.get(approver, ()), code)
        return groups
    held = who_holds(desk, everyone)
    officer, said = match_officer(asked_of, everyone), " ".join(asked_of.split())
    offices = [KINDS[code].office for code in wanted]
    if officer is not None and may_decide(wanted, officer, held):
        return {Approver(officer.name, offices[0] if offices[0] in held else "manager", officer.id): tuple(wanted)}
    named = [held[office] for office in offices if office in held]
    if officer is None and len(named) == len(offices) and all(_same(each.name, said) for each in named):
        return {named[0]: tuple(wanted)}
    raise Refused(
        f"{officer.name if officer else said} does not approve this: {kinds_words(wanted)}",
        f"{who_decides(wanted, held)} does",
        "ask them, or leave out of whom",
    )


def decider_of(desk: Desk, session: Session, row: SignOffRow, by: str) -> str:
    """The name to keep of somebody who is not at the program; empty where the officer decides. Raises Refused.

    Nobody decides what they asked for themselves, unless a setting lets them.
    """
    everyone, officer = officers.everyone(session), desk.officer
    held, said = who_holds(desk, everyone), " ".join(by.split())
    named = match_officer(said, everyone) if said else officer
    if named is not None and named.id == row.asked_by_id and not own_allowed(desk):
        raise Refused(
            f"{named.name} asked for this, and nobody decides what they asked for",
            f"{who_decides(row.kinds, held)} does",
            "log what they said with their name, where they said it on the phone",
        )
    if named is not None and may_decide(row.kinds, named, held):
        return "" if named.id == officer.id else named.name
    if named is None and _by_name(said, row, held, everyone):
        return said
    raise Refused(
        f"{named.name if named else said} does not approve this: {kinds_words(row.kinds)}",
        f"{who_decides(row.kinds, held)} does",
        "ask them; what they say on the phone is logged with their name",
    )


def _by_name(said: str, row: SignOffRow, held: dict[str, Approver], everyone: Sequence[OfficerRow]) -> bool:
    """True for a name outside the program that holds the office of each kind, or the emergency approver's.

    Where nobody holds the office and no officer is a manager, the council has not said who approves: any name will do.
    """
    no_manager = not any(each.role == "manager" for each in everyone)
    for code in row.kinds:
        kind = KINDS[code]
        offices = (kind.office,) if kind.statutory else (kind.office, "emergency_approver")
        fitting = [held[office].name for office in offices if office in held]
        if not any(_same(name, said) for name in fitting) and (fitting or not no_manager):
            return False
    return True


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
