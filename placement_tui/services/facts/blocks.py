"""Blocks of figures from facts: counts, shares with their interval, medians and heat maps by any dimension."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import numpy as np

from placement_tui.db.reads import facts as reads
from placement_tui.domain.insight import Behind, Block, Cut, Period, Row, share
from placement_tui.services.desk import Desk
from placement_tui.services.facts.columns import Array
from placement_tui.services.facts.counting import Dimension, Facts, dimension_of
from placement_tui.services.facts.keeping import up_to_date

MOST = 40  # rows of a block; those behind it are told as one
HEAT = 24  # lines of a heat map
SOURCE = "this team's own log of approaches"


class Counted:
    """The facts of a time, and the blocks that are made of them."""

    def __init__(self, desk: Desk, period: Period) -> None:
        self._desk = desk
        self.facts = Facts(up_to_date(desk))
        self.all = self.facts.within(period)

    def shares(
        self, dimension: str, part: Array, whole: Array, cuts: Sequence[Cut] = (), *, most: int = MOST
    ) -> tuple[Row, ...]:
        """For each value of a dimension: those of `part` that stand under it, as a share of those of `whole` that do."""
        found = dimension_of(dimension)
        return self._rows(found, part, self.facts.count(found, whole), cuts, most, by_part=False)

    def parts(self, dimension: str, part: Array, cuts: Sequence[Cut] = (), *, most: int = MOST) -> tuple[Row, ...]:
        """For each value of a dimension: those that stand under it, as a share of all of them."""
        found = dimension_of(dimension)
        total = np.full(len(found.values(self.facts)), len(part))
        return self._rows(found, part, total, cuts, most, by_part=True)

    def _rows(
        self, dimension: Dimension, part: Array, of: Array, cuts: Sequence[Cut], most: int, *, by_part: bool
    ) -> tuple[Row, ...]:
        """Those of `part` under each value as a share of its number in `of`; values beyond `most` are told as one."""
        ours, values = self.facts.count(dimension, part), dimension.values(self.facts)
        order = self.order(dimension, ours if by_part else of)
        words, rest = self.words(dimension, order[:most]), order[most:]
        rows = [
            share(words[n], int(ours[at]), int(of[at]), cuts=(*cuts, Cut(dimension.name, values[at][0])))
            for n, at in enumerate(order[:most])
        ]
        if rest:
            rows.append(
                share(f"{len(rest):,} others", int(ours[rest].sum()), int(of[rest[0]] if by_part else of[rest].sum()))
            )
        return tuple(rows)

    def counts(self, dimension: str, rows: Array, cuts: Sequence[Cut] = (), *, most: int = MOST) -> tuple[Row, ...]:
        """How many stand under each value; of months every one between, with its first day."""
        found = dimension_of(dimension)
        counted = self.facts.count(found, rows)
        order = self.order(found, counted)
        words = self.words(found, order[:most])
        values = found.values(self.facts)
        return tuple(
            Row(words[n], float(counted[at]), int(counted[at]), cuts=(*cuts, Cut(dimension, values[at][0])))
            for n, at in enumerate(order[:most])
        )

    def trend(self, label: str, part: Array, whole: Array, cuts: Sequence[Cut] = ()) -> tuple[Row, ...]:
        """A share month by month, as a line over time."""
        month = dimension_of("month")
        ours, theirs = self.facts.count(month, part), self.facts.count(month, whole)
        values = month.values(self.facts)
        return tuple(
            share(label, int(ours[at]), int(theirs[at]), across=f"{values[at][0]}-01", cuts=(*cuts, Cut("month", values[at][0])))
            for at in range(len(values)) if theirs[at]
        )  # fmt: skip

    def medians(self, dimension: str, rows: Array, cuts: Sequence[Cut] = (), *, most: int = MOST) -> tuple[Row, ...]:
        """How many hours the answers took under each value: half took no longer, and the nearest rank of nine in ten."""
        found = dimension_of(dimension)
        rows = rows[self.facts.own["minutes"][rows] >= 0]
        counted = self.facts.count(found, rows)
        order = self.order(found, counted)[:most]
        words, values = self.words(found, order), found.values(self.facts)
        return tuple(
            self.median(words[n], self.facts.under(found, rows, at), (*cuts, Cut(dimension, values[at][0])))
            for n, at in enumerate(order)
        )

    def median(self, label: str, rows: Array, cuts: Sequence[Cut] = ()) -> Row:
        """The median of hours to the answer of some rows."""
        took = self.facts.minutes(rows)
        if not len(took):
            return Row(label, None, 0, cuts=tuple(cuts))
        ninth = int(np.partition(took, -(-9 * len(took) // 10) - 1)[-(-9 * len(took) // 10) - 1])
        note = f"9 in 10 within {_hours(ninth)}"
        return Row(label, float(np.median(took)) / 60, len(took), note=note, cuts=tuple(cuts))

    def heat(
        self, dimension: str, across: str, part: Array, cuts: Sequence[Cut] = (), *, most: int = HEAT
    ) -> tuple[Row, ...]:
        """For each value of a dimension how its rows spread over another's, as shares of the line."""
        down, right = dimension_of(dimension), dimension_of(across)
        lines = self.facts.count(down, part)
        order = self.order(down, lines)[:most]
        both = self.facts.cross(down, right, part)
        columns = [at for at in range(both.shape[1]) if both[:, at].any()]
        words, values, crossing = self.words(down, order), down.values(self.facts), right.values(self.facts)
        return tuple(
            share(words[n], int(both[at, to]), int(lines[at]), across=right.short.get(*crossing[to]),
                  cuts=(*cuts, Cut(dimension, values[at][0]), Cut(across, crossing[to][0])))
            for n, at in enumerate(order) for to in columns
        )  # fmt: skip

    def order(self, dimension: Dimension, counted: Array) -> list[int]:
        """The values that stand for anything: in their own order, or those with most first."""
        there = np.flatnonzero(counted)
        if not dimension.ordered:
            there = there[np.argsort(-counted[there], kind="stable")]
        return [int(at) for at in there]

    def words(self, dimension: Dimension, order: Sequence[int]) -> list[str]:
        """The values' words; providers are called by name."""
        values = dimension.values(self.facts)
        if dimension.name != "provider":
            coded = dimension.name == "reason"
            return [f"{values[at][0]} {values[at][1]}".strip() if coded else values[at][1] for at in order]
        with self._desk.read() as session:
            names = reads.provider_names(session, [UUID(values[at][0]) for at in order])
        return [names.get(UUID(values[at][0]), "?") for at in order]


def block(name: str, title: str, definition: str, rows: Sequence[Row], **more: object) -> Block:
    """A block of shares, of this team's own log."""
    return Block(name, title, definition, tuple(rows), **{"unit": "share", "source": SOURCE, **more})  # type: ignore[arg-type]  # unit, chart, source, empty


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The approaches behind a figure, the latest first. Raises Invalid for a cut that cannot be made."""
    facts = Facts(up_to_date(desk, keys=True))
    rows = facts.cut(facts.within(period), cuts)
    with desk.read() as session:
        return reads.behind(session, facts.latest(rows, limit), desk.today)


def _hours(minutes: int) -> str:
    return (
        f"{minutes} min"
        if minutes < 120
        else f"{minutes / 60:.0f} h"
        if minutes < 2880
        else f"{minutes / 1440:.0f} days"
    )
