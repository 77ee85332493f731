"""Registers: who is under an order, in an unregistered home, 16 and 17, with a connected person; and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from placement_tui.db.changes import registers as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import children, placements, referrals
from placement_tui.db.reads import registers as reads
from placement_tui.domain import registers_checks as checks
from placement_tui.domain.approaches import Saved
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.registers import (
    CATEGORIES,
    TITLES,
    DeprivationRow,
    KinshipRow,
    NewDeprivation,
    NewExtension,
    NewKinship,
    NewSupported,
    NewUnregistered,
    Row,
    UnregisteredRow,
)
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk
from placement_tui.services.tasks_opening import register_changed


class Registers:
    """What an officer does with the registers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self, register: str, closed: bool = False) -> Sequence[Row]:
        """A register's entries with what each lacks; also those that are over, with `closed`."""
        today = self._desk.today
        with self._desk.read() as session:
            if register == "dol":
                return reads.deprivations(session, today, closed)
            if register == "unregistered":
                return reads.unregistered_homes(session, today, closed)
            return reads.supported(session, today) if register == "16-17" else reads.connected(session, today, closed)

    def counts(self) -> dict[str, tuple[int, int]]:
        """For each register how many entries are open, and how many of them lack something."""
        found = {register: self.rows(register) for register in TITLES}
        return {key: (len(rows), sum(bool(row.missing) for row in rows)) for key, rows in found.items()}

    def get(self, register: str, entry_id: UUID) -> Row:
        """One entry, by its id; one of 16 and 17 by its placement's. Raises NotFound."""
        today = self._desk.today
        found: Sequence[Row]
        with self._desk.read() as session:
            if register == "dol":
                found = reads.deprivations(session, today, only=entry_id)
            elif register == "unregistered":
                found = reads.unregistered_homes(session, today, only=entry_id)
            elif register == "16-17":
                found = reads.supported(session, today, only=entry_id)
            else:
                found = reads.connected(session, today, only=entry_id)
        if not found:
            raise NotFound("There is no such entry", TITLES[register], "it may have been undone")
        return found[0]

    def entry_of(self, register: str, placement_id: UUID) -> UUID | None:
        """The open entry that a placement has in a register (its child's, for an order); None where it has none."""
        row = self._placement(placement_id)
        if register == "16-17":
            return placement_id if row.kind == "sa" else None
        with self._desk.read() as session:
            return reads.open_entry(session, register, row.child_id if register == "dol" else placement_id)

    # orders that deprive of liberty

    def log_order(
        self, new: NewDeprivation, *, placement_id: UUID | None = None, referral_id: UUID | None = None,
        child_id: UUID | None = None,
    ) -> tuple[UUID, Saved]:  # fmt: skip
        """Log an order, or that one is sought: of a placement's child, or of a child still looked after elsewhere.

        Raises Invalid for days that cannot be, Refused where the child has an open entry, NotFound.
        """
        checks.check_order(new, self._desk.now)
        with self._desk.write("log DoL order") as session:
            child = self._child(session, placement_id, referral_id, child_id)
            if reads.open_entry(session, "dol", child) is not None:
                raise Refused(
                    "There is an open entry for this child", TITLES["dol"], "change that one, or close it first"
                )
            row = changes.add(session, "dol", {
                **_columns(new), "child_id": child, "placement_id": placement_id, "referral_id": referral_id,
                "logged_at": self._desk.now, "officer_id": self._desk.officer.id,
            })  # fmt: skip
            register_changed(session, self._desk, "dol", row)
        return row.id, self._saved("dol", row.id)

    def change_order(self, entry_id: UUID, new: NewDeprivation) -> Saved:
        """Bring an order up to date. Raises Invalid, NotFound."""
        checks.check_order(new, self._desk.now)
        with self._desk.write("change DoL order") as session:
            register_changed(session, self._desk, "dol", changes.change(session, "dol", entry_id, _columns(new)))
        return self._saved("dol", entry_id)

    # unregistered homes

    def log_unregistered(self, placement_id: UUID, new: NewUnregistered) -> tuple[UUID, Saved]:
        """Log why a child lives in an unregistered home, who agreed, how it ends. Raises Invalid, Refused, NotFound."""
        where = self._going_on(placement_id)
        checks.check_unregistered(new, where.started_at, self._desk.now)
        if not new.why.strip():
            raise Invalid("why", "Say why the child lives there", "section 11 Care Standards Act 2000", "one line does")
        with self._desk.write("log unregistered home") as session:
            self._first(session, "unregistered", placement_id)
            row = changes.add(session, "unregistered", {
                **_columns(new), "placement_id": placement_id, "logged_at": self._desk.now,
                "officer_id": self._desk.officer.id,
            })  # fmt: skip
            register_changed(session, self._desk, "unregistered", row)
        return row.id, self._saved("unregistered", row.id)

    def change_unregistered(self, entry_id: UUID, new: NewUnregistered) -> Saved:
        """Bring an entry up to date. Raises Invalid, NotFound."""
        row = self.get("unregistered", entry_id)
        assert isinstance(row, UnregisteredRow)
        if row.about.placement_id is not None:
            checks.check_unregistered(new, self._placement(row.about.placement_id).started_at, self._desk.now)
        with self._desk.write("change unregistered home") as session:
            changed = changes.change(session, "unregistered", entry_id, _columns(new))
            register_changed(session, self._desk, "unregistered", changed)
        return self._saved("unregistered", entry_id)

    # 16 and 17

    def change_supported(self, placement_id: UUID, new: NewSupported) -> Saved:
        """Say the category of a placement in supported accommodation, and what was checked. Raises Invalid, Refused."""
        where = self._going_on(placement_id)
        if where.kind != "sa":
            raise Refused(
                f"{where.name} is no supported accommodation", HOME_KINDS.label(where.kind),
                "this register is of 16 and 17 in supported accommodation",
            )  # fmt: skip
        if new.category is not None and new.category not in CATEGORIES:
            raise Invalid("category", f"{new.category!r} is none of the four categories", mend=", ".join(CATEGORIES))
        checks.check_checks("16-17", new.checks)
        with self._desk.write("change 16-17") as session:
            columns: dict[str, Any] = {"checks": list(new.checks)}
            changes.change_supported(
                session, placement_id, columns | ({"provision": new.category} if new.category else {})
            )
        return self._saved("16-17", placement_id)

    # connected persons

    def log_kinship(self, placement_id: UUID, new: NewKinship) -> tuple[UUID, Saved]:
        """Log a connected person's temporary approval: at most sixteen weeks (reg 24). Raises Invalid, Refused, NotFound."""
        where = self._going_on(placement_id)
        until = checks.check_kinship(new, where.started_at, self._desk.now)
        with self._desk.write("log kinship") as session:
            self._first(session, "kinship", placement_id)
            row = changes.add(session, "kinship", {
                **_columns(new), "approved_until": until, "placement_id": placement_id, "logged_at": self._desk.now,
                "officer_id": self._desk.officer.id,
            })  # fmt: skip
            register_changed(session, self._desk, "kinship", row)
        return row.id, self._saved("kinship", row.id)

    def change_kinship(self, entry_id: UUID, new: NewKinship) -> Saved:
        """Bring a temporary approval up to date; full approval closes it. Raises Invalid, NotFound."""
        row = self._kinship(entry_id)
        if row.about.placement_id is None:
            raise NotFound("There is no such entry", TITLES["kinship"], "it may have been undone")
        until = checks.check_kinship(new, self._placement(row.about.placement_id).started_at, self._desk.now, row)
        with self._desk.write("change kinship") as session:
            changed = changes.change(session, "kinship", entry_id, {**_columns(new), "approved_until": until})
            register_changed(session, self._desk, "kinship", changed)
            if new.approved_fully_on is not None and row.closed_at is None:
                changes.close(session, "kinship", entry_id, self._desk.now)
        return self._saved("kinship", entry_id)

    def extend(self, entry_id: UUID, new: NewExtension) -> Saved:
        """The one extension of a temporary approval (reg 25): at most eight weeks, after the panel, with the IRO told, by
        the nominated officer. Raises Invalid, Refused.
        """
        row = self._kinship(entry_id)
        checks.check_extension(row, new, self._desk.now)
        with self._desk.write("extend kinship") as session:
            changed = changes.change(session, "kinship", entry_id, {
                "extended_until": new.until, "panel_on": new.panel_on, "iro_told_at": new.iro_told_at,
                "nominated_officer": new.nominated_officer.strip() or row.new.nominated_officer,
            })  # fmt: skip
            register_changed(session, self._desk, "kinship", changed)
        return self._saved("kinship", entry_id)

    def close(self, register: str, entry_id: UUID) -> Saved:
        """An entry is over: the order ended, the home is registered or left, the carer was approved or the child moved.

        Raises Refused where it is over already, NotFound; one of 16 and 17 ends with its placement.
        """
        if register == "16-17":
            raise Refused("An entry of 16 and 17 ends with its placement", mend="end the placement")
        row = self.get(register, entry_id)
        over = row.ended_at if isinstance(row, DeprivationRow) else getattr(row, "closed_at", None)
        if over is not None:
            raise Refused(f"This entry was closed on {over.astimezone(london()):%d/%m/%Y}")
        with self._desk.write(f"close {register} entry") as session:
            closed = changes.close(session, register, entry_id, self._desk.now)
            register_changed(session, self._desk, register, closed)
        return Saved(f"{row.about.child}, {TITLES[register].lower()}: closed", (entry_id,))

    # what they share

    def _first(self, session: Session, register: str, placement_id: UUID) -> None:
        if reads.open_entry(session, register, placement_id) is not None:
            raise Refused(
                "There is an open entry for this placement", TITLES[register], "change that one, or close it first"
            )

    def _placement(self, placement_id: UUID) -> PlacementRow:
        with self._desk.read() as session:
            row = placements.get(session, placement_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such placement", mend="it may have been undone")
        return row

    def _going_on(self, placement_id: UUID) -> PlacementRow:
        row = self._placement(placement_id)
        if row.ended_on is not None:
            raise Refused(
                f"This placement ended on {row.ended_on:%d/%m/%Y}", row.name, "the registers are of those that go on"
            )
        return row

    def _kinship(self, entry_id: UUID) -> KinshipRow:
        row = self.get("kinship", entry_id)
        assert isinstance(row, KinshipRow)
        return row

    def _child(
        self, session: Session, placement_id: UUID | None, referral_id: UUID | None, child_id: UUID | None
    ) -> UUID:
        today = self._desk.today
        if placement_id is not None:
            where = placements.get(session, placement_id, today)
            if where is None:
                raise NotFound("There is no such placement", mend="it may have been undone")
            return where.child_id
        row = referrals.get(session, referral_id, today) if referral_id is not None else None
        if row is not None and child_id is None and len(row.children) == 1:
            return row.children[0].id
        if row is not None and child_id is None:
            raise Invalid("child", "An order is for one child", row.child, "say which")
        if child_id is None or children.get(session, child_id, today) is None:
            raise NotFound("There is no such child", mend="name a placement, or a child of a referral")
        if row is not None and child_id not in {child.id for child in row.children}:
            raise Invalid("child", "That child is not of this referral", row.child, "name one of its children")
        return child_id

    def _saved(self, register: str, entry_id: UUID) -> Saved:
        row = self.get(register, entry_id)
        missing = f"; missing: {', '.join(row.missing)}" if row.missing else ""
        return Saved(f"{row.about.child}, {TITLES[register].lower()}: saved{missing}", (entry_id,))


def _columns(new: NewDeprivation | NewUnregistered | NewKinship) -> dict[str, Any]:
    """What was typed as columns: text trimmed, lists as lists."""
    found: dict[str, Any] = {}
    for each in fields(new):
        value = getattr(new, each.name)
        found[each.name] = (
            value.strip() if isinstance(value, str) else list(value) if isinstance(value, tuple) else value
        )
    return found
