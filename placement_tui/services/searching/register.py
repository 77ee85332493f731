"""Every home of the register by row: its facts as arrays for the masks, the whole candidate for what is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from itertools import islice
from operator import attrgetter
from typing import Any
from uuid import UUID

import numpy as np

from placement_tui.domain.homes import Candidate, Position
from placement_tui.services.searching.columns import (
    Days,
    Flags,
    Ids,
    Labels,
    Mask,
    Moments,
    Numbers,
    Reals,
    Rows,
    Texts,
)

CHUNK = 4096  # rows that are held as objects at a time while the index is built
_NUMBERS = (
    *("places", "ours", "others", "held", "age_min", "age_max", "tier", "weekly_pence", "free"),
    *("asked", "offered", "refused", "lessons", "free_age_min", "free_age_max"),
)
_POSITION = ("easting", "northing", "latitude", "longitude", "location", "authority")


class Register:
    """Candidates by row. Rows that were changed since it was built are kept whole beside the columns."""

    def __init__(self) -> None:
        self.ids, self.provider_ids = Ids(), Ids()
        self.name, self.urn, self.phone = Texts(), Texts(), Texts()
        self.kind, self.provider, self.town, self.area = Labels[str](), Labels[str](), Labels[str](), Labels[str]()
        self.free_said_by = Labels[str]()
        self.location, self.authority = Labels["str | None"](), Labels["str | None"]()
        self.grade, self.sexes = Labels["str | None"](), Labels["str | None"]()
        self.route, self.suspended = Labels["str | None"](), Labels["str | None"]()
        self.easting, self.northing = Numbers(), Numbers()
        self.latitude, self.longitude = Reals(), Reals()
        self.places, self.age_min, self.age_max = Numbers(), Numbers(), Numbers()
        self.ours, self.others, self.held = Numbers(), Numbers(), Numbers()
        self.tier, self.weekly_pence, self.free = Numbers(), Numbers(), Numbers()
        self.asked, self.offered, self.refused, self.lessons = Numbers(), Numbers(), Numbers(), Numbers()
        self.free_age_min, self.free_age_max = Numbers(), Numbers()
        self.free_sexes = Labels["str | None"]()
        self.registered, self.graded_on, self.free_said_at = Flags(), Days(), Moments()
        self.restricted, self.conditions = Flags(), Labels[str]()
        self.alive: Mask = np.empty(0, np.bool_)
        self.built = 0  # rows in the columns; later ones are in `changed` only
        self.changed: dict[int, Candidate] = {}
        self._new_rows: dict[UUID, int] = {}

    @property
    def count(self) -> int:
        """How many rows there are, gone ones among them."""
        return len(self.alive)

    @property
    def considered(self) -> int:
        """How many homes there are."""
        return int(np.count_nonzero(self.alive))

    def fill(self, candidates: Iterable[Candidate]) -> Iterable[Sequence[Candidate]]:
        """Take every candidate in, a chunk at a time; each chunk is handed on before it is let go."""
        source = iter(candidates)
        while chunk := list(islice(source, CHUNK)):
            self._add(chunk)
            yield chunk
        for name, column in vars(self).items():
            if isinstance(column, Ids):
                column.close(sought=name == "ids")
            elif hasattr(column, "close"):
                column.close()
        self.built = len(self.ids.array)
        self.alive = np.ones(self.built, np.bool_)

    def _add(self, chunk: Sequence[Candidate]) -> None:
        self.ids.add([one.id for one in chunk])
        self.provider_ids.add([one.provider_id for one in chunk])
        for name in (*FACTS, *SHOWN):
            read = attrgetter(_PATHS.get(name, name))
            getattr(self, name).add([read(one) for one in chunk])

    def candidate(self, row: int) -> Candidate:
        """The candidate of a row, equal to the one that was given."""
        if row in self.changed:
            return self.changed[row]
        place = {name: getattr(self, name).at(row) for name in _POSITION}
        rest = {name: getattr(self, name).at(row) for name in _PLAIN}
        return Candidate(id=self.ids.at(row), provider_id=self.provider_ids.at(row), position=Position(**place), **rest)

    def rows_of(self, ids: Collection[UUID]) -> Rows:
        """The rows of those ids that are in the register."""
        rows = self.ids.rows(ids)
        if not self._new_rows:
            return rows
        new = [self._new_rows[one] for one in ids if one in self._new_rows]
        return np.concatenate([rows, np.array(new, np.intp)])

    def with_changes(self, changed: Sequence[Candidate], gone: Collection[UUID] = ()) -> tuple[Register, Rows]:
        """A copy with those candidates put in or replaced and those ids taken out, and the rows that it touched."""
        other = copy(self)
        other.changed, other._new_rows = dict(self.changed), dict(self._new_rows)
        latest = {one.id: one for one in changed}
        count = self.count
        known = {self.candidate_id(int(row)): int(row) for row in self.rows_of(latest)}
        for one in latest:
            if one not in known:
                known[one] = other._new_rows[one] = count
                count += 1
        rows = np.array([known[one] for one in latest], np.intp)
        other.changed.update({known[one]: candidate for one, candidate in latest.items()})
        other.alive = np.ones(count, np.bool_)
        other.alive[: self.count] = self.alive
        other.alive[rows] = True
        for name in FACTS:
            read = attrgetter(_PATHS.get(name, name))
            values: list[Any] = [read(one) for one in latest.values()]
            if values:
                setattr(other, name, getattr(self, name).with_rows(rows, count, values))
        out = other.rows_of(gone)
        other.alive[out] = False
        return other, rows

    def candidate_id(self, row: int) -> UUID:
        """The id of a row."""
        return self.changed[row].id if row >= self.built else self.ids.at(row)


# The masks and the order read these, so that a change reaches them; the rest is read of shown rows only.
FACTS = (
    *("kind", "registered", "grade", "sexes", "suspended", "free_said_at", "free_sexes"),
    *(name for name in _NUMBERS if name != "refused"),
    *_POSITION,
)
SHOWN = ("name", "provider", "town", "area", "urn", "phone", "graded_on", "route", "free_said_by", "refused",
         "restricted", "conditions")  # fmt: skip
_PATHS = {name: f"position.{name}" for name in _POSITION}
_PLAIN = tuple(name for name in (*FACTS, *SHOWN) if name not in _POSITION)
