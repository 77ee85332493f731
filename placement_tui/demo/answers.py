"""How homes answer: a reason that fits the kind of home, the child's needs, the distance and the home's own habit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from placement_tui.demo.homes import Home
from placement_tui.demo.seeded import Chance, Odds
from placement_tui.demo.suited import suited
from placement_tui.demo.words import REFUSAL_NOTES
from placement_tui.domain.codes.needs import RELATED
from placement_tui.domain.codes.refusals import REFUSALS

_FOSTER = {"V1": 26, "V2": 3, "V5": 6, "M1": 10, "M2": 5, "M3": 3, "M5": 9, "N0": 3, "L1": 5, "L3": 2, "A2": 2,
           "A3": 2, "A6": 2, "I1": 5, "I2": 2, "I3": 2, "I4": 1, "T1": 2, "T2": 2, "K1": 10, "K3": 2, "K2": 1}  # fmt: skip
_AGENCY = {"V1": 34, "V2": 3, "M1": 10, "M2": 4, "M5": 6, "N0": 4, "L1": 4, "L3": 3, "A2": 1, "I1": 7, "I2": 3,
           "I3": 3, "C1": 6, "C2": 1, "T1": 2, "T2": 2, "K1": 7, "R1": 1}  # fmt: skip
_HOME = {"V1": 24, "V2": 4, "V3": 5, "V4": 3, "M1": 19, "M2": 4, "M3": 2, "M4": 2, "M6": 2, "N0": 4, "L1": 2, "L2": 1,
         "A4": 2, "A5": 1, "S1": 8, "S2": 2, "S3": 2, "C1": 3, "C2": 1, "C3": 2, "T2": 4, "I1": 5, "I2": 3, "I3": 1,
         "R1": 3, "R2": 2, "X9": 1}  # fmt: skip
_SUPPORTED = {"V1": 28, "V3": 4, "V4": 2, "M1": 8, "M4": 4, "S1": 6, "N0": 6, "L1": 3, "L2": 2, "A4": 2, "A5": 2,
              "C1": 4, "I1": 7, "I2": 4, "T1": 3, "R1": 1, "X9": 1}  # fmt: skip
_BASE = {"inhouse": _FOSTER, "household": _FOSTER, "agency": _AGENCY, "sa": _SUPPORTED}

# How much a need weighs in the refusals that speak of it, against some 100 of the others.
_STRENGTH = {"N1": 34, "N2": 14, "N3": 12, "N4": 14, "N5": 14, "N6": 60, "N7": 60, "N8": 8, "N9": 18, "N10": 10,
             "N11": 8, "N12": 14, "N13": 50, "M4": 6, "M6": 20, "K2": 10, "K3": 5, "K4": 36, "L2": 8, "S2": 14,
             "S3": 5}  # fmt: skip
_CHANGES = {
    "I1": Odds({"more_info": 70, "talk_to_sw": 30}),
    "I2": Odds({"updated_risk": 90, "more_info": 10}),
    "I3": Odds({"talk_to_sw": 50, "more_info": 50}),
    "I4": Odds({"talk_to_sw": 100}),
    "S1": Odds({"extra_staffing": 60, "earlier_notice": 20, "nothing": 20}),
    "S2": Odds({"extra_staffing": 80, "fee": 20}),
    "S3": Odds({"therapy": 80, "extra_staffing": 20}),
    "C1": Odds({"fee": 100}),
    "C2": Odds({"fee": 60, "nothing": 40}),
    "C3": Odds({"earlier_notice": 100}),
    "T1": Odds({"earlier_notice": 100}),
    "T2": Odds({"phased": 70, "earlier_notice": 30}),
    "L1": Odds({"transport": 55, "school_found": 25, "nothing": 20}),
    "K1": Odds({"talk_to_sw": 40, "more_info": 30, "nothing": 30}),
    "K4": Odds({"sibling_split": 80, "nothing": 20}),
    "M1": Odds({"phased": 35, "extra_staffing": 25, "nothing": 40}),
    "M6": Odds({"fee": 40, "nothing": 60}),
    "N1": Odds({"extra_staffing": 40, "updated_risk": 30, "talk_to_sw": 20, "nothing": 10}),
    "N2": Odds({"updated_risk": 40, "talk_to_sw": 30, "nothing": 30}),
    "N5": Odds({"therapy": 60, "extra_staffing": 40}),
    "N10": Odds({"therapy": 80, "nothing": 20}),
    "N11": Odds({"school_found": 50, "extra_staffing": 50}),
    "R1": Odds({"updated_risk": 40, "talk_to_sw": 40, "nothing": 20}),
}
_OTHERWISE = Odds({"nothing": 70, "more_info": 15, "earlier_notice": 15})
_STAGES = Odds({"desk": 56, "carer_asked": 29, "after_matching": 13, None: 2})
_AT_THE_DESK = frozenset({"V1", "V3", "V4", "A1", "A3", "A5", "L3"})
_MANY_MILES = 25


@dataclass(frozen=True, slots=True)
class Answer:
    """A refusal, as columns of an approach."""

    reason: str
    stage: str | None
    other_reasons: list[str]
    would_change: list[str]
    note: str


@dataclass(slots=True)
class Asked:
    """What is put to the homes of one referral, with the odds of each reason by kind of home."""

    chance: Chance
    needs: frozenset[str]
    children: int
    urgency: str
    sex: str
    _odds: dict[str, Odds[str]] = field(default_factory=dict)

    def refusal(self, home: Home, miles: float | None, misfit: str | None) -> Answer:
        """The no of a home; `misfit` is the reason where its terms do not fit the child."""
        chance = self.chance
        reason = misfit or self._reason(home, miles)
        others: list[str] = []
        if chance.happens(0.16):
            others = [code for code in [chance.draw(self._by_kind(home.kind))] if code != reason]
        changes: list[str] = []
        if REFUSALS[reason].changeable != "no" and chance.happens(0.62):
            changes = [chance.draw(_CHANGES.get(reason, _OTHERWISE))]
            if changes == ["extra_staffing"] and chance.happens(0.3):
                changes.append("fee")
        stage = "desk" if reason in _AT_THE_DESK and chance.happens(0.85) else chance.draw(_STAGES)
        note = ""
        if reason == "X9" or "X9" in others or chance.happens(0.07):
            note = chance.pick(suited(REFUSAL_NOTES, self.sex, self.children > 1))
        return Answer(reason, stage, others, changes, note)

    def _reason(self, home: Home, miles: float | None) -> str:
        chance = self.chance
        if home.says_free() == 0 and chance.happens(0.3):
            return "V1"
        if miles is not None and miles > _MANY_MILES and chance.happens(0.2):
            return "L1"
        if home.habit and chance.happens(0.55) and self._may(home.habit):
            return home.habit
        return chance.draw(self._by_kind(home.kind))

    def _may(self, code: str) -> bool:
        return not code.startswith("N") or bool(self.needs.intersection(RELATED.get(code, ())))

    def _by_kind(self, kind: str) -> Odds[str]:
        found = self._odds.get(kind)
        if found is None:
            weights: dict[str, float] = dict(_BASE.get(kind, _HOME))
            for code, strength in _STRENGTH.items():
                related = RELATED[code]
                if self.needs.intersection(related):
                    weights[code] = weights.get(code, 0) + strength
            if self.urgency == "now":
                weights["T1"] = weights.get("T1", 0) + 4
                weights["T2"] = weights.get("T2", 0) + 4
            if self.children > 2:
                weights["A2"] = weights.get("A2", 0) + 14
            found = self._odds[kind] = Odds(weights)
        return found


def misfit(home: Home, ages: Iterable[int], sexes: Iterable[str]) -> str | None:
    """The reason that the home's own terms give against these children, None where they fit."""
    if not all(home.age_min <= age <= home.age_max for age in ages):
        return "A1"
    if home.sexes is not None and any(sex not in (home.sexes, "U") for sex in sexes):
        return "A3"
    return None
