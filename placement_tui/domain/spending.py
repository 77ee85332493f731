"""What homes cost: by type, route and provider, the premium over the council's own, what is committed to the year's end.

Worcestershire 2015 compares external with in-house fees and tracks each plan "to try to forecast the costs"; Walsall
2023-26 asks for spot against framework and for joint funding; Sefton 2023 for children who move often at a high cost.
Money is integer pence; a weekly fee is spread over its days, a day being a seventh.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from placement_tui.domain.codes.census import ROUTES
from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.insight import Block, Cut, Row, share

NOT_NAMED = "not named"
MOST_BUDGET = 1_000_000_000  # pounds a year; no council's placements cost as much
OFF_FRAMEWORK = "direct"  # the census's route "Direct Award / Off Framework"
PAYERS = (("care", "social care"), ("education", "education"), ("health", "health"))


@dataclass(frozen=True, slots=True)
class Cost:
    """A placement and its weekly fee in pence, split by who pays; `own` where the council itself runs the home."""

    id: UUID
    child_id: UUID
    type: str
    route: str
    provider: str
    own: bool
    from_on: date
    until_on: date | None
    planned_end_on: date | None
    care: int
    education: int
    health: int

    @property
    def weekly(self) -> int:
        """The whole fee."""
        return self.care + self.education + self.health

    def lives(self, on: date) -> bool:
        """True from the first day until the day before it ended."""
        return self.from_on <= on and (self.until_on is None or on < self.until_on)


BY: dict[str, Callable[[Cost], str]] = {
    "type": lambda row: row.type,
    "route": lambda row: row.route,
    "provider": lambda row: row.provider or NOT_NAMED,
    "own": lambda row: "own" if row.own else "bought",
}
WORDS: dict[str, Callable[[str], str]] = {
    "type": lambda code: KINDS.label(code) if code in KINDS else NOT_NAMED,
    "route": lambda code: ROUTES.label(code) if code in ROUTES else NOT_NAMED,
    "provider": str,
    "own": lambda code: "the council's own" if code == "own" else "bought",
}


def weekly(costs: Sequence[Cost], on: date, by: str) -> Block:
    """The mean weekly fee of the placements that stand on a day, set apart, the dearest sum first."""
    groups: dict[str, list[Cost]] = defaultdict(list)
    for row in costs:
        if row.lives(on) and row.weekly:
            groups[BY[by](row)].append(row)
    rows = [_mean(WORDS[by](key), found, Cut(by, key)) for key, found in groups.items()]
    rows.sort(key=lambda row: -(row.value or 0) * row.n)
    everything = [row for found in groups.values() for row in found]
    total = [_mean("all", everything)] if everything else []
    return Block(
        "weekly", f"Weekly cost by {'whose home it is' if by == 'own' else by}",
        "mean weekly fee of the placements that stand on the last day and have a fee: care, education and health together; "
        "n is how many; the sum is what they cost in a week",
        (*rows, *total), "pence", source="Wirral 2022-25; Sefton 2023: value for money; Worcestershire 2015: fees by type",
        empty="No placement with a fee stands on that day.",
    )  # fmt: skip


def premium(costs: Iterable[Cost], on: date) -> Block:
    """What a bought home costs over one of the council's own, by type, where there are both."""
    groups: dict[str, tuple[list[Cost], list[Cost]]] = defaultdict(lambda: ([], []))
    for row in costs:
        if row.lives(on) and row.weekly:
            groups[row.type][row.own].append(row)
    rows = []
    for kind, (bought, own) in sorted(groups.items()):
        if bought and own:
            there, here = _of(bought) / len(bought), _of(own) / len(own)
            note = f"{len(bought)} bought at {_pounds(there)}, {len(own)} own at {_pounds(here)}"
            rows.append(
                Row(
                    WORDS["type"](kind),
                    there - here,
                    len(bought) + len(own),
                    note=note,
                    cuts=(Cut("type", kind),),
                )
            )
    return Block(
        "premium", "What a bought home costs over our own",
        "mean weekly fee of bought homes less the mean of the council's own, same type, on the last day",
        tuple(rows), "pence", source="Worcestershire 2015: £1,500 residential, £450 fostering (derived)",
        empty="No type has both bought homes and homes of the council's own with a fee.",
    )  # fmt: skip


def committed(costs: Iterable[Cost], on: date, budget: int | None = None) -> Block:
    """What this financial year (1 April to 31 March) has cost so far, and will if nothing changes."""
    begins, ends = financial_year(on)
    spent: dict[str, float] = defaultdict(float)
    ahead: dict[str, float] = defaultdict(float)
    counted: dict[str, int] = defaultdict(int)
    for row in costs:
        if not row.weekly:
            continue
        last = (row.until_on - timedelta(days=1)) if row.until_on else None
        past = _days(max(row.from_on, begins), min(last or on, on))
        spent[row.type] += row.weekly * past / 7
        if row.lives(on):
            to = min(row.planned_end_on or ends, ends) if (row.planned_end_on or ends) > on else on
            left = _days(on + timedelta(days=1), min(to, last or to))
            ahead[row.type] += row.weekly * left / 7
        counted[row.type] += past > 0 or row.lives(on)
    rows = [
        Row(WORDS["type"](kind), spent[kind] + ahead[kind], n, note=_parted(spent[kind], ahead[kind]), cuts=(Cut("type", kind),))
        for kind, n in sorted(counted.items()) if n
    ]  # fmt: skip
    whole = sum(row.value or 0 for row in rows)
    if rows:
        note = _parted(sum(spent.values()), sum(ahead.values()))
        note += f"; {whole / budget:.0%} of the budget of {_pounds(budget)}" if budget else ""
        rows.append(Row("all", whole, sum(row.n for row in rows), note=note))
    return Block(
        "committed", f"This financial year, to {ends:%d %B %Y}",
        "what placements cost from 1 April to the last day, and what they will cost from then to 31 March if each lasts to "
        "its planned end, or to 31 March where none is planned, at the fee of now",
        tuple(rows), "pence", source="Worcestershire 2015: forecast; Walsall 2023-26: placements budget",
        empty="No placement of this year has a fee.",
    )  # fmt: skip


def joint(costs: Iterable[Cost], on: date) -> Block:
    """How many placements are paid for together with education or health, and who pays what."""
    standing = [row for row in costs if row.lives(on) and row.weekly]
    together = [row for row in standing if row.education or row.health]
    rows = [share("jointly funded", len(together), len(standing))] if standing else []
    whole = sum(row.weekly for row in standing)
    for field, words in PAYERS:
        paid = sum(getattr(row, field) for row in standing)
        if standing:
            n = sum(bool(getattr(row, field)) for row in standing)
            rows.append(
                Row(f"paid by {words}", paid / whole, n, paid / 100, whole / 100, note="of the weekly cost, in pounds")
            )
    return Block(
        "joint", "Joint funding", "placements with a contribution of education or health, of those with a fee on the last day; then "
        "each payer's share of the weekly cost", tuple(rows), "share", source="Walsall 2023-26: joint funding (ICB, Education)",
        empty="No placement with a fee stands on that day.",
    )  # fmt: skip


def routes(costs: Iterable[Cost], first: date, last: date) -> Block:
    """By which contract route the placements of some days were made; off framework is spot."""
    begun = [row for row in costs if first <= row.from_on <= last]
    groups: dict[str, int] = defaultdict(int)
    for row in begun:
        groups[row.route] += 1
    rows = [
        share(WORDS["route"](key), n, len(begun), cuts=(Cut("route", key),), note="spot" if key == OFF_FRAMEWORK else "")
        for key, n in sorted(groups.items(), key=lambda each: (-each[1], each[0]))
    ]  # fmt: skip
    return Block(
        "routes", "How placements were sourced", "placements that began in the period by contract route, of all that did",
        tuple(rows), "share", source="Placements North West census; Walsall 2023-26: spot against framework",
        empty="No placement began in that time.",
    )  # fmt: skip


def moving(costs: Iterable[Cost], on: date, most: int) -> Block:
    """Children who live in a dear home and have had three placements or more in the year up to a day."""
    since = on - timedelta(days=365)
    had: dict[UUID, int] = defaultdict(int)
    dear: set[UUID] = set()
    standing: set[UUID] = set()
    for row in costs:
        if row.from_on <= on and (row.until_on is None or row.until_on > since):
            had[row.child_id] += 1
        if row.lives(on):
            standing.add(row.child_id)
            if row.weekly > most:
                dear.add(row.child_id)
    count = sum(had[child] >= 3 for child in dear)
    rows = (share("three placements or more, and dear now", count, len(standing)),) if standing else ()
    return Block(
        "moving", "Moved often and at a high cost",
        f"children who live in a home over £{most / 100:,.0f} a week on the last day and lived in three placements or more in "
        "the 365 days before, of children who live in a placement", rows, "share",
        source="Sefton 2023: multiple high-cost placements that do not meet their needs", empty="No child lives in a placement.",
    )  # fmt: skip


def read_budget(kind: Any, said: str, _: object) -> int:
    """A year's budget in pence: `39m`, `39,000,000`, `850k`. Raises the kind's refusal."""
    match = re.fullmatch(r"£?\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*(k|m|million|thousand)?", said.strip().casefold())
    times = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
    pounds = float(match[1].replace(",", "")) * times.get(match[2] or "", 1) if match else 0
    if not 0 < pounds <= MOST_BUDGET:
        raise kind.refuse(said, "pounds a year, more than nothing")
    return round(pounds * 100)


def budget_words(value: int | None, _: object) -> str:
    """`£39,000,000 a year`."""
    return "not said" if value is None else f"{_pounds(value)} a year"


def financial_year(on: date) -> tuple[date, date]:
    """The first and last day of the financial year of a day: 1 April to 31 March."""
    year = on.year if on >= date(on.year, 4, 1) else on.year - 1
    return date(year, 4, 1), date(year + 1, 3, 31)


def _pounds(pence: float) -> str:
    return f"£{pence / 100:,.0f}"


def _parted(spent: float, ahead: float) -> str:
    return f"{_pounds(spent)} so far, {_pounds(ahead)} to come"


def _days(first: date, last: date) -> int:
    return max(0, (last - first).days + 1)


def _of(found: Iterable[Cost]) -> int:
    return sum(row.weekly for row in found)


def _mean(label: str, found: Sequence[Cost], *cuts: Cut) -> Row:
    whole = _of(found)
    return Row(label, whole / len(found), len(found), note=f"{_pounds(whole)} a week together", cuts=cuts)
