"""Facts brought up to date: kept blocks, then what the journal says arrived since; kept again where that was much."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np

from placement_tui.db.changes import facts as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import facts as reads
from placement_tui.errors import PlacementError
from placement_tui.services.desk import Desk
from placement_tui.services.facts import columns
from placement_tui.services.facts.columns import LAYOUT, Columns, Places

BLOCK = 32_768  # rows of a block
MUCH = 2_000  # records that changed: from so many on, what was brought up to date is kept
LONG = 20_000  # and operations, whatever they were about
_WIDE = {"approach": "approach keys"}


@dataclass(slots=True)
class Tables:
    """The columns of every table, how far the journal went, and which blocks differ from those that are kept."""

    tables: dict[str, Columns] = field(default_factory=columns.empty)
    through: int = 0
    mark: str = ""
    erasures: int = 0
    made: str = ""  # by which name its blocks are kept; empty where they are not
    dirty: dict[str, set[int]] = field(default_factory=dict)
    changed: int = 0


def up_to_date(desk: Desk, *, keys: bool = False, keep: bool = True) -> Tables:
    """Every fact as the store stands now; with `keys` the identifiers of approaches too."""
    with desk.read() as session:
        found = _kept(session, keys)
        at, mark = reads.arrived(session)
        if found is not None and at > found.through:
            found = _caught_up(session, found, at)
        if found is None:
            found = whole(session)
        late = found.changed >= MUCH or at - found.through >= LONG
        found.through, found.mark = at, mark
    if keep and (late or not found.made):
        _keep(desk, found)
    return found


def whole(session: Session) -> Tables:
    """Every fact from the records themselves."""
    made = Tables(erasures=reads.erasures(session))
    made.tables["referral"] = columns.referrals(reads.referrals(session))
    made.tables["home"] = columns.joined([columns.homes(run) for run in reads.homes(session)], "home")
    made.tables["provider"] = columns.joined([columns.providers(run) for run in reads.providers(session)], "provider")
    of = Places(made.tables, reads.scores(session))
    parts = [columns.approaches(run, of) for run in reads.approaches(session)]
    made.tables["approach"] = columns.joined([part[0] for part in parts], "approach")
    made.tables["approach keys"] = columns.joined([part[1] for part in parts], "approach keys")
    return made


def _kept(session: Session, keys: bool) -> Tables | None:
    """The blocks that are kept; None where there are none, or not of this version, this journal, these records."""
    head = reads.kept_head(session)
    if head is None or head["version"] != columns.version() or head["erasures"] != reads.erasures(session):
        return None
    if reads.operation_at(session, head["through"]) != head["mark"]:
        return None
    made = Tables(through=head["through"], mark=head["mark"], erasures=head["erasures"], made=head["made"])
    for table in LAYOUT:
        if table == "approach keys" and not keys:
            continue
        names = [_name(head["made"], table, number) for number in range(head["blocks"][table])]
        bodies = reads.kept(session, names)
        if len(bodies) != len(names):
            return None
        made.tables[table] = columns.unpacked(table, list(bodies.values()))
    return made


def _caught_up(session: Session, made: Tables, until: int) -> Tables | None:
    """What arrived since, record by record; None where so much did that all is read faster anew."""
    said = reads.changed(session, made.through, until)
    if not said:
        return made
    of, asked = reads.touched(session, said)
    made.changed = sum(len(keys) for keys in said.values())
    if len(of) + len(asked) > max(5_000, len(made.tables["approach"]["day"]) // 4):
        return None
    _replace(
        made,
        "provider",
        columns.joined(
            [columns.providers(run) for run in reads.providers(session, said.get("provider", ()))], "provider"
        ),
    )
    _replace(
        made, "home", columns.joined([columns.homes(run) for run in reads.homes(session, said.get("home", ()))], "home")
    )
    _replace(made, "referral", columns.referrals(reads.referrals(session, of)))
    if not asked:
        return made
    if not len(made.tables["approach keys"]["hi"]) and len(made.tables["approach"]["day"]):
        found = _kept(session, keys=True)
        if found is None:
            return None
        made.tables["approach keys"] = found.tables["approach keys"]
    rows = [row for run in reads.approaches(session, asked) for row in run]
    scores = reads.scores(session, {UUID(row[5]) for row in rows if row[5] is not None})
    try:
        values, keys = columns.approaches(rows, Places(made.tables, scores))
    except KeyError:  # of a record that no operation told of
        return None
    _replace(made, "approach", values, keys)
    return made


def _replace(made: Tables, table: str, values: Columns, keys: Columns | None = None) -> None:
    """Put rows in the place of those with the same identifier; those that are new go behind the last."""
    own = made.tables[table]
    keyed = made.tables[_WIDE[table]] if keys is not None else own
    new = keys if keys is not None else values
    if not len(new["hi"]):
        return
    at = _find(keyed, new)
    there = at >= 0
    dirty = made.dirty.setdefault(table, set())
    dirty.update((at[there] // BLOCK).tolist())
    count = len(keyed["hi"])
    added = int((~there).sum())
    if added:
        dirty.update(range(count // BLOCK, (count + added - 1) // BLOCK + 1))
    for name, column in values.items():
        grown = np.concatenate([own[name], column[~there]])
        grown[at[there]] = column[there]
        own[name] = grown
    if keys is not None:
        wide = made.dirty.setdefault(_WIDE[table], set())
        if added:
            wide.update(range(count // BLOCK, (count + added - 1) // BLOCK + 1))
        for name, column in keys.items():
            keyed[name] = np.concatenate([keyed[name], column[~there]])


def _find(columns_: Columns, wanted: Columns) -> Any:
    """Where each of some identifiers stands, -1 for those that do not."""
    order = np.argsort(wanted["lo"], kind="stable")
    lows = wanted["lo"][order]
    at = np.searchsorted(lows, columns_["lo"])
    near = np.flatnonzero(lows[np.minimum(at, len(lows) - 1)] == columns_["lo"])
    found = {
        (hi, lo): int(place)
        for place, hi, lo in zip(near, columns_["hi"][near].tolist(), columns_["lo"][near].tolist(), strict=True)
    }
    pairs = zip(wanted["hi"].tolist(), wanted["lo"].tolist(), strict=True)
    return np.array([found.get(pair, -1) for pair in pairs], "i8")


def _keep(desk: Desk, made: Tables) -> None:
    """Keep them for the next time. Where the store cannot be written now, they are only not kept."""
    try:
        _kept_anew(desk, made) if not made.made else _kept_again(desk, made)
    except PlacementError:
        return


def _kept_again(desk: Desk, made: Tables) -> None:
    """Write the blocks that differ, in one short transaction, unless somebody else kept others meanwhile."""
    blocks = {
        _name(made.made, table, number): columns.packed(made.tables[table], number * BLOCK, (number + 1) * BLOCK)
        for table, numbers in made.dirty.items()
        for number in numbers
    }
    with desk.store.write(desk.officer.id, "keep facts") as session:
        head = reads.kept_head(session)
        if head is None or head["made"] != made.made or head["through"] >= made.through:
            return
        if reads.erasures(session) != made.erasures:
            return
        changes.keep(session, blocks, made.through, desk.now)
        counts = {**head["blocks"], **{table: _blocks(made, table) for table in made.dirty}}
        changes.keep_head(
            session, {**head, "through": made.through, "mark": made.mark, "blocks": counts}, made.through, desk.now
        )


def _kept_anew(desk: Desk, made: Tables) -> None:
    """Write every block, each in a transaction of its own so that nobody waits, and last what makes them stand."""
    made_by = secrets.token_hex(4)
    names = []
    for table in LAYOUT:
        for number in range(_blocks(made, table)):
            name = _name(made_by, table, number)
            body = columns.packed(made.tables[table], number * BLOCK, (number + 1) * BLOCK)
            with desk.store.write(desk.officer.id, "keep facts") as session:
                changes.keep(session, {name: body}, made.through, desk.now)
            names.append(name)
    with desk.store.write(desk.officer.id, "keep facts") as session:
        there = reads.kept_names(session)
        others = [name for name in there if name not in set(names)]
        head = reads.kept_head(session)
        stands = set(names) <= set(there) and reads.erasures(session) == made.erasures
        if not stands or (head is not None and head["version"] == columns.version() and head["through"] > made.through):
            changes.drop(session, names)
            return
        changes.drop(session, others)
        changes.keep_head(session, {
            "version": columns.version(), "made": made_by, "through": made.through, "mark": made.mark,
            "erasures": made.erasures, "blocks": {table: _blocks(made, table) for table in LAYOUT},
        }, made.through, desk.now)  # fmt: skip
    made.made = made_by


def _blocks(made: Tables, table: str) -> int:
    count = len(next(iter(made.tables[table].values())))
    return -(-count // BLOCK)


def _name(made: str, table: str, number: int) -> str:
    return f"{reads.NAMES} {made} {table} {number:04}"


def as_rows(made: Tables) -> Mapping[UUID, tuple[Any, ...]]:
    """Every approach by its identifier, with all that is counted of it: what two ways to the same facts are compared by."""
    tables = made.tables
    known = {
        name: columns.ids_at(tables[name], np.arange(len(tables[name]["hi"])))
        for name in ("referral", "home", "provider")
    }
    own = tables["approach"]
    rows = zip(*(own[name].tolist() for name in LAYOUT["approach"]), strict=True)
    told: dict[UUID, tuple[Any, ...]] = {}
    of = {
        name: list(
            zip(*(tables[name][column].tolist() for column in LAYOUT[name] if column not in ("hi", "lo")), strict=True)
        )
        for name in known
    }
    for key, (referral, home, provider, *rest) in zip(
        columns.ids_at(tables["approach keys"], np.arange(len(own["day"]))), rows, strict=True
    ):
        told[key] = (
            known["referral"][referral], of["referral"][referral], None if home < 0 else (known["home"][home], of["home"][home]),
            known["provider"][provider], of["provider"][provider], *rest,
        )  # fmt: skip
    return told
