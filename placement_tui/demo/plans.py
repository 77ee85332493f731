"""What is asked for when a referral is made: the kinds wanted, how soon, and what is written about the child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from placement_tui.demo.children import RISKS, Child
from placement_tui.demo.seeded import Chance, Odds
from placement_tui.demo.suited import suited
from placement_tui.demo.words import AVOID, FOR_NOW, MUST_HAVE, NICE_TO_HAVE, TONIGHT, WHY_NOW

URGENCIES = Odds({"now": 12, "today": 30, "date": 58})
_LEGAL = Odds({"V2": 46, "C1": 21, "C2": 22, "E1": 3})
_URGENT_LEGAL = Odds({"V2": 60, "C1": 16, "C2": 10, "L1": 9, "L2": 3, "J1": 2})
_TEENS = Odds({("foster", "residential"): 50, ("residential",): 28, ("foster",): 22})
_RISKY_TEENS = Odds({("foster", "residential"): 30, ("residential",): 70})
_OLDER = Odds({("supported",): 56, ("foster", "supported"): 26, ("residential",): 18})
_FROM_SCHOOL_AGE = 8
_TEN, _SUPPORTED_FROM, _TEENAGE = 10, 16, 13


@dataclass(frozen=True, slots=True)
class Plan:
    """A referral as it will be logged. `together` is None for one child."""

    wanted: tuple[str, ...]
    urgency: str
    needed_by: datetime | None
    why_now: str
    tonight: str
    legal_status: str
    together: bool
    must_have: str
    nice_to_have: str
    avoid: str
    max_miles: float | None
    social_worker: str
    social_worker_phone: str
    planned_end: timedelta | None = None

    def columns(self) -> dict[str, Any]:
        """As columns of a referral."""
        names = ("urgency", "needed_by", "why_now", "tonight", "legal_status", "together", "must_have", "nice_to_have",
                 "avoid", "max_miles", "social_worker", "social_worker_phone")  # fmt: skip
        return {"wanted": list(self.wanted), **{name: getattr(self, name) for name in names}}


def plan(
    chance: Chance,
    at: datetime,
    children: list[Child],
    worker: tuple[str, str],
    *,
    moved: bool = False,
    urgency: str | None = None,
) -> Plan:
    """A plan for one child or for brothers and sisters; `moved` where a placement ends."""
    eldest = max(children, key=lambda child: child.age(at))
    age, sex, several = eldest.age(at), eldest.sex, len(children) > 1
    needs = {need for child in children for need in child.needs}
    urgency = urgency or chance.draw(URGENCIES)
    wanted = _wanted(chance, age, several, needs, urgency)
    soon = urgency != "date"

    def write(lines: tuple[str, ...], share: float) -> str:
        return chance.pick(suited(lines, sex, several)) if chance.happens(share) else ""

    return Plan(
        wanted=wanted,
        urgency=urgency,
        needed_by=at + chance.days(2, 34) if urgency == "date" else None,
        why_now=write(_why(age, needs, wanted, moved and not chance.happens(0.25), urgency), 1),
        tonight=write(TONIGHT, 0.95) if soon else write(FOR_NOW, 0.7),
        legal_status="V4" if wanted == ("short_breaks",) else chance.draw(_URGENT_LEGAL if soon else _LEGAL),
        together=not several or chance.happens(0.86),
        must_have=write(MUST_HAVE, 0.6),
        nice_to_have=write(NICE_TO_HAVE, 0.35),
        avoid=write(AVOID, 0.3),
        max_miles=float(chance.pick((10, 15, 20, 20, 25, 40))) if chance.happens(0.3) else None,
        social_worker=worker[0],
        social_worker_phone=worker[1],
        planned_end=timedelta(days=chance.pick((28, 90, 180, 365))) if chance.happens(0.4) else None,
    )


def _wanted(chance: Chance, age: int, several: bool, needs: set[str], urgency: str) -> tuple[str, ...]:
    if several:
        return ("foster",)
    if "PREGNANT" in needs or (age < 1 and chance.happens(0.12)):
        return ("parent_and_child",) if age < 1 or chance.happens(0.5) else ("supported", "parent_and_child")
    if urgency == "date" and needs & {"MEDICAL", "6A", "AUTISM", "5A"} and chance.happens(0.1):
        return ("short_breaks",)
    if age < _TEN:
        return ("foster",) if age < _FROM_SCHOOL_AGE or chance.happens(0.7) else ("foster", "residential")
    risks = len(needs & RISKS)
    if age >= _TEENAGE and risks > 2 and chance.happens(0.06):
        return ("secure",)
    if age >= _SUPPORTED_FROM:
        return chance.draw(_OLDER)
    if age < _TEENAGE and risks < 2:
        return ("foster",) if chance.happens(0.6) else ("foster", "residential")
    return chance.draw(_RISKY_TEENS if risks > 2 else _TEENS)


def _why(age: int, needs: set[str], wanted: tuple[str, ...], moved: bool, urgency: str) -> tuple[str, ...]:
    if wanted == ("short_breaks",):
        return WHY_NOW["breaks"]
    if "parent_and_child" in wanted:
        return WHY_NOW["parent"]
    if moved:
        return WHY_NOW["moved"] if urgency != "date" else WHY_NOW["moved"] + WHY_NOW["planned"]
    if "9A" in needs:
        return WHY_NOW["alone"]
    if age < 1:
        return WHY_NOW["baby"]
    if age < _TEN:
        return WHY_NOW["young"]
    return WHY_NOW["older"] if age >= _SUPPORTED_FROM else WHY_NOW["teen"]
