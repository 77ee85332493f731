"""The columns of facts, how records become them, and how they lie in a block of bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt

from placement_tui.domain.approaches import OUTCOMES
from placement_tui.domain.codes.declines import CLOSINGS
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.codes.refusals import REFUSALS, STAGES, WOULD_CHANGE
from placement_tui.domain.facts import AGES, age_band, score_band
from placement_tui.domain.typed_times import london

Array = npt.NDArray[Any]
Columns = dict[str, Array]

NEVER, NOWHERE = -1, -1  # minutes of what was not answered, miles that nobody knows
FIRST = date(2000, 1, 1)
_KEY = {"hi": "<u8", "lo": "<u8"}
# Of approaches the keys lie apart: figures need none, only what leads to records or brings them up to date.
LAYOUT: dict[str, dict[str, str]] = {
    "approach": {
        "referral": "<i4", "home": "<i4", "provider": "<i4", "minutes": "<i4", "day": "<u2", "miles": "<i2", "would": "<u2",
        "outcome": "u1", "closing": "u1", "reason": "u1", "stage": "u1", "again": "u1", "live": "u1", "score": "u1",
    },
    "approach keys": dict(_KEY),
    "referral": {**_KEY, "needs": "<u8", "needs2": "<u8", "ages": "u1", "sexes": "u1", "live": "u1"},
    "home": {**_KEY, "kind": "u1", "tier": "u1"},
    "provider": {**_KEY, "tier": "u1"},
}  # fmt: skip

OTHER = 255  # a code that this version does not know
SEXES = ("M", "F", "U")


def _places(codes: Iterable[str]) -> dict[str | None, int]:
    """0 for nothing, then the codes in their order."""
    return {None: 0, **{code: at for at, code in enumerate(codes, 1)}}


_OUTCOME = {code: at for at, code in enumerate(OUTCOMES)}
_CLOSING = _places(code.code for code in CLOSINGS)
_REASON = _places(code.code for code in REFUSALS)
_STAGE = _places(code.code for code in STAGES)
_KIND = _places(code.code for code in HOME_KINDS)
_WOULD = {code.code: 1 << at for at, code in enumerate(WOULD_CHANGE)}
_NEED = {code.code: at for at, code in enumerate(NEEDS)}


def version() -> str:
    """What the kept columns must have been made by: another layout or another code set makes them anew."""
    sets = [list(each) for each in (_OUTCOME, _CLOSING, _REASON, _STAGE, _KIND, _WOULD, _NEED)]
    said = json.dumps([2, LAYOUT, sets, AGES, SEXES], default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def empty() -> dict[str, Columns]:
    """Every table without a row."""
    return {name: {column: np.empty(0, kind) for column, kind in layout.items()} for name, layout in LAYOUT.items()}


def packed(columns: Columns, start: int, end: int) -> bytes:
    """Some rows of every column, one column after another."""
    return b"".join(np.ascontiguousarray(column[start:end]).tobytes() for column in columns.values())


def unpacked(table: str, bodies: Sequence[bytes]) -> Columns:
    """The columns that blocks hold, one block after another. Raises ValueError for bytes that are no such block."""
    layout = LAYOUT[table]
    width = sum(np.dtype(kind).itemsize for kind in layout.values())
    parts: dict[str, list[Array]] = {column: [] for column in layout}
    for body in bodies:
        count, rest = divmod(len(body), width)
        if rest:
            raise ValueError(f"{len(body)} bytes are no rows of {table}")
        at = 0
        for column, kind in layout.items():
            parts[column].append(np.frombuffer(body, kind, count, at))
            at += count * np.dtype(kind).itemsize
    return {name: np.concatenate(each) if each else np.empty(0, layout[name]) for name, each in parts.items()}


def joined(parts: Sequence[Columns], table: str) -> Columns:
    """Runs of rows as one."""
    return {
        name: np.concatenate([part[name] for part in parts]) if parts else np.empty(0, kind)
        for name, kind in LAYOUT[table].items()
    }


def keys_of(ids: Sequence[str]) -> Columns:
    """Identifiers in hexadecimal as two columns."""
    both = np.frombuffer(bytes.fromhex("".join(ids)), ">u8").reshape(-1, 2)
    return {"hi": both[:, 0].astype("<u8"), "lo": both[:, 1].astype("<u8")}


def ids_at(columns: Columns, rows: Array) -> list[UUID]:
    """The identifiers of some rows."""
    both = zip(columns["hi"][rows].tolist(), columns["lo"][rows].tolist(), strict=True)
    return [UUID(int=hi << 64 | lo) for hi, lo in both]


def places(columns: Columns) -> dict[str, int]:
    """Where each identifier stands."""
    both = np.stack([columns["hi"], columns["lo"]], axis=1).astype(">u8").tobytes().hex()
    return {both[at : at + 32]: at // 32 for at in range(0, len(both), 32)}


class Places:
    """What a run of approaches needs to become columns: where referrals, homes and providers stand, scores of waves."""

    def __init__(self, tables: Mapping[str, Columns], scores: Mapping[str, int]) -> None:
        self.referral, self.home, self.provider = (places(tables[name]) for name in ("referral", "home", "provider"))
        self.scores = {wave: score_band(score) for wave, score in scores.items()}
        self._hours: dict[str, int] = {}
        self._changes: dict[str, int] = {"[]": 0}

    def day(self, said: str) -> int:
        """The day in England of a moment as the store holds it, as days since the first of 2000."""
        hour = said[:13]
        found = self._hours.get(hour)
        if found is None:  # England's clocks change at full hours of UTC
            at = datetime.fromisoformat(f"{hour}:00+00:00").astimezone(london())
            found = self._hours[hour] = max(0, (at.date() - FIRST).days)
        return found

    def would(self, said: str) -> int:
        """A list of changes in JSON as bits."""
        found = self._changes.get(said)
        if found is None:
            bits = [_WOULD.get(code, 0) for code in json.loads(said or "[]") or []]
            found = self._changes[said] = sum(set(bits))
        return found


def approaches(rows: Sequence[Sequence[Any]], of: Places) -> tuple[Columns, Columns]:
    """A run of approaches, and their keys. Raises KeyError where one is of a record that has no place."""
    if not rows:
        made = empty()
        return made["approach"], made["approach keys"]
    (ids, live, referral, home, provider, wave, asked, answered, outcome, closing, reason, stage, would, again,
     miles) = zip(*rows, strict=True)  # fmt: skip
    kinds = LAYOUT["approach"]
    values: dict[str, Iterable[Any]] = {
        "referral": [of.referral[each] for each in referral],
        "home": [NOWHERE if each is None else of.home[each] for each in home],
        "provider": [of.provider[each] for each in provider],
        "minutes": _minutes(asked, answered),
        "day": [of.day(each) for each in asked],
        "miles": [NOWHERE if each is None else min(32_000, round(each * 10)) for each in miles],
        "would": [of.would(each) for each in would],
        "outcome": [_OUTCOME.get(each, OTHER) for each in outcome],
        "closing": [_CLOSING.get(each, OTHER) for each in closing],
        "reason": [_REASON.get(each, OTHER) for each in reason],
        "stage": [_STAGE.get(each, OTHER) for each in stage],
        "again": again,
        "live": live,
        "score": [of.scores.get(each, 0) for each in wave],
    }
    return {name: np.array(values[name], kind) for name, kind in kinds.items()}, keys_of(ids)


def _minutes(asked: Sequence[str], answered: Sequence[str | None]) -> Array:
    """Whole minutes from asking to the answer; NEVER where there is none, or before it was asked."""
    start = np.array([each[:19] for each in asked], "datetime64[s]")
    end = np.array([each[:19] if each else "NaT" for each in answered], "datetime64[s]")
    took = (end - start).astype("timedelta64[m]").astype("int64")
    return np.where(np.isnat(end) | (took < 0), NEVER, np.minimum(took, 2**31 - 1))


def referral(live: bool, ages: Sequence[int | None], sexes: Sequence[str], needs: Sequence[str]) -> tuple[int, ...]:
    """What is counted of a referral: its needs, the ages and sexes of its children as bits, whether it stands."""
    bits = [0, 0]
    for code in needs:
        at = _NEED.get(code)
        if at is not None:
            bits[at // 64] |= 1 << at % 64
    banded = 0
    for age in ages or [None]:
        banded |= 1 << age_band(age)
    known = 0
    for sex in sexes or ["U"]:
        known |= 1 << SEXES.index(sex if sex in SEXES else "U")
    return bits[0], bits[1], banded, known, int(live)


def referrals(rows: Iterable[tuple[str, bool, Sequence[int | None], Sequence[str], Sequence[str]]]) -> Columns:
    """Referrals as columns."""
    taken = list(rows)
    values = list(zip(*(referral(*each[1:]) for each in taken), strict=True)) or [()] * 5
    made = keys_of([each[0] for each in taken])
    for name, said in zip(("needs", "needs2", "ages", "sexes", "live"), values, strict=True):
        made[name] = np.array(said, LAYOUT["referral"][name])
    return made


def homes(rows: Sequence[Sequence[Any]]) -> Columns:
    """Homes as columns."""
    made = keys_of([row[0] for row in rows])
    made["kind"] = np.array([_KIND.get(row[1], OTHER) for row in rows], "u1")
    made["tier"] = np.array([_tier(row[2]) for row in rows], "u1")
    return made


def providers(rows: Sequence[Sequence[Any]]) -> Columns:
    """Providers as columns."""
    made = keys_of([row[0] for row in rows])
    made["tier"] = np.array([_tier(row[1]) for row in rows], "u1")
    return made


def _tier(said: int | None) -> int:
    return min(max(0, said or 0), 250)
