"""What was asked for an offer before it could be taken: given, refused, returned, and now and then too late.

Each offer has a chance of its own, so that what is told here leaves the rest of the story as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from placement_tui.demo.approaches import Call, Logged
from placement_tui.demo.places import OWN, adjoining
from placement_tui.demo.seeded import Chance
from placement_tui.demo.stream import Act
from placement_tui.demo.team import OFFICERS, SETTINGS, Team
from placement_tui.domain.codes.sign_offs import KINDS

MANAGER = next(number for number, (_, role) in enumerate(OFFICERS) if role == "manager")
APPROVERS: dict[str, str] = SETTINGS["approvers"]
_WORDS = (
    "Nearest that would take {them} this week; family can get there by train",
    "Four homes in the borough said no on matching; this one knows the school",
    "Social worker has spoken to the parents and agrees",
    "Only offer so far, and the bed {they} sleep in tonight is not {theirs} tomorrow",
    "",
)
_MISSING = (
    "What do the parents say?",
    "How will the school run work?",
    "Has the area authority been asked?",
    "Fee split, please",
)
_MENDED = (
    "Asked today: they agree",
    "Taxi for a fortnight, then the bus; costed",
    "Yes, rung at noon; no concerns on file",
)
_REFUSALS = (
    "Too far for contact twice a week: try our own carers again",
    "Not at that fee: ask for the framework price",
)
_REASONS = ("Nothing nearer stands", "Family is near there", "", "", "")


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer as sign-off sees it: where and at what weekly fee, by whom it was logged, and until when it stands."""

    key: UUID
    logged: Logged
    call: Call
    pence: int
    until: datetime | None
    made: datetime  # when it came into the store, which of an old one is when it ended

    def chance(self) -> Chance:
        """What is left to chance about it."""
        return Chance(f"sign-off {self.key}")


def kinds(offered: Offered) -> list[tuple[str, ...]]:
    """What the offer needs, a group for each approver; the council's own carers are never out of its hands."""
    home, found = offered.call.candidate.home, []
    if home.spot.authority != OWN and home.kind != "inhouse":
        found.append("out_of_area" if home.spot.authority in _adjoining() else "at_distance")
    if offered.pence > SETTINGS["budget_limit_pence"]:
        found.append("budget")
    groups: dict[str, tuple[str, ...]] = {}
    for code in found:
        who = APPROVERS[KINDS[code].office]
        groups[who] = (*groups.get(who, ()), code)
    return list(groups.values())


def given(team: Team, offered: Offered, until: datetime) -> None:
    """All that the offer needs, approved before it was taken; one in eight came back for something first."""
    chance, since = offered.chance(), offered.call.answered_at
    for group in kinds(offered):
        asked = since + (until - since) * (0.04 + 0.3 * chance.random())
        decided = asked + (until - asked) * (0.15 + 0.75 * chance.random())
        back = asked + (decided - asked) * 0.4 if chance.happens(0.12) else None
        fields = {"state": "approved", "decided_at": decided, "why": chance.pick(_REASONS)} | _who(team, group)
        _write(team, offered, chance, group, asked, back, decided, "approve sign-off", fields)


def not_given(team: Team, offered: Offered, fate: str, ended: datetime) -> None:
    """An offer that was not taken: some were still waiting when it lapsed or was taken back, some were refused."""
    chance, since = offered.chance(), offered.call.answered_at
    if not chance.happens(0.8):
        return
    for group in kinds(offered):
        asked = since + (ended - since) * (0.1 + 0.5 * chance.random())
        if fate == "declined" and chance.happens(0.6):
            decided = asked + (ended - asked) * (0.2 + 0.7 * chance.random())
            fields = {"state": "refused", "decided_at": decided, "why": chance.pick(_REFUSALS)} | _who(team, group)
            _write(team, offered, chance, group, asked, None, decided, "refuse sign-off", fields)
        else:
            _write(team, offered, chance, group, asked, None, None, "", {})


def open_now(team: Team, offered: Offered, number: int) -> datetime | None:
    """Tonight's: in turn one that waits, one that lapsed and is asked anew, one returned, one given, one not asked yet.

    Gives until when the offer stood at first, where the home had to offer again.
    """
    chance, since, now = offered.chance(), offered.call.answered_at, team.now
    turn, first = number % 5, None
    for group in kinds(offered):
        asked = since + (now - since) * (0.1 + 0.3 * chance.random())
        if turn == 1:
            first = now - timedelta(minutes=chance.randint(35, 80))
            first = max(first, since + (now - since) * 0.6)
            _write(team, offered, chance, group, asked, None, None, "", {"lapses_at": first})
            asked = first + (now - first) * 0.5
            _write(
                team, offered, chance, group, asked, None, None, "", {"words": "They hold it until this evening now"}
            )
        elif turn in (0, 2):
            back = asked + (now - asked) * 0.5 if turn == 2 else None
            _write(team, offered, chance, group, asked, back, None, "", {})
        elif turn == 3:
            decided = asked + (now - asked) * 0.7
            fields = {"state": "approved", "decided_at": decided, "why": "Nothing nearer stands"} | _who(team, group)
            _write(team, offered, chance, group, asked, None, decided, "approve sign-off", fields)
    return first


def _write(
    team: Team, offered: Offered, chance: Chance, group: Sequence[str], asked: datetime, back: datetime | None,
    decided: datetime | None, command: str, fields: dict[str, Any],
) -> None:  # fmt: skip
    approver = APPROVERS[KINDS[group[0]].office]
    manager = team.officers[MANAGER]
    first: dict[str, Any] = {
        "referral_id": offered.logged.id, "offer_id": offered.key, "home_id": offered.call.candidate.home.id,
        "kinds": list(group), "words": _words(chance, offered), "asked_at": asked, "asked_by": _asker(team, offered),
        "asked_of": manager if approver == OFFICERS[MANAGER][0] else None,
        "asked_of_name": "" if approver == OFFICERS[MANAGER][0] else approver,
        "approver": KINDS[group[0]].office, "lapses_at": offered.until,
    }  # fmt: skip
    if decided is None:
        first |= fields
    key = chance.id(asked)
    written = max(asked, offered.made)
    _act(team, chance, written, first["asked_by"], "ask for sign-off").new("sign_off", first, key)
    if back is not None:
        returned = {"state": "returned", "returned_at": back, "returned_for": chance.pick(_MISSING)}
        _act(team, chance, back, manager, "return sign-off").change("sign_off", key, returned)
    if decided is not None:
        if back is not None:
            again = _act(team, chance, back + (decided - back) / 2, first["asked_by"], "ask for sign-off again")
            again.change("sign_off", key, {"state": "asked", "words": chance.pick(_MENDED)})
        _act(team, chance, decided, fields["decided_by"], command).change("sign_off", key, fields)


def _who(team: Team, group: Sequence[str]) -> dict[str, Any]:
    """Who decided: the manager at the program, or the Director on the phone, logged by the manager."""
    approver = APPROVERS[KINDS[group[0]].office]
    own = approver == OFFICERS[MANAGER][0]
    return {"decided_by": team.officers[MANAGER], "decided_by_name": "" if own else approver}


def _asker(team: Team, offered: Offered) -> UUID:
    """Whoever logged the offer; nobody decides what they asked for, so that the manager has a colleague ask."""
    by = offered.call.officer
    return team.officers[0] if by == team.officers[MANAGER] else by


def _words(chance: Chance, offered: Offered) -> str:
    several, sex = len(offered.logged.children) > 1, offered.logged.children[0].sex
    them, they, theirs = ("them", "they", "theirs") if several or sex not in "MF" else (
        ("him", "he", "his") if sex == "M" else ("her", "she", "hers")
    )  # fmt: skip
    said = chance.pick(_WORDS).format(them=them, they=they, theirs=theirs)
    return said.replace("he sleep ", "he sleeps ").replace("she sleep ", "she sleeps ")


def _act(team: Team, chance: Chance, at: datetime, officer: UUID, command: str) -> Act:
    return Act(team.stream, at, officer, command, chance.id(at))


@cache
def _adjoining() -> frozenset[str]:
    return frozenset(adjoining())
