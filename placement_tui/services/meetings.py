"""Two stores of a team meet: what each says of itself, what it gives, what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from placement_tui import __version__
from placement_tui.db.changes import meetings as changes
from placement_tui.db.migrate import HEAD
from placement_tui.db.reads import meetings as reads
from placement_tui.domain.meetings import PROTOCOL, LastMet, Met, Standing, lacks, shared_words, skew_words
from placement_tui.errors import Refused, WrongUse
from placement_tui.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Other:
    """What the other store says of itself."""

    device: str
    name: str
    now: datetime
    standing: Standing
    skew: str = ""


class Meetings:
    """What a store says and does at a meeting; how the words travel is no matter of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def hello(self) -> dict[str, Any]:
        """Who this is, by which protocol and tables, what its clock says, and how far it knows every chain."""
        with self._desk.read() as session:
            standing = reads.standing(session)
            device = reads.own_device(session)
            named = reads.device_named(session, device) if device else None
        return {
            "protocol": PROTOCOL, "tables": HEAD, "version": __version__, "device": device.hex if device else "",
            "name": (named.name or named.letter) if named else "", "now": self._desk.now.isoformat(),
            "standing": {key: [number, hash_] for key, (number, hash_) in standing.items()},
        }  # fmt: skip

    def meet(self, said: dict[str, Any]) -> Other:
        """Understand the other's hello. Raises Refused where the two cannot merge, WrongUse where it is no hello."""
        try:
            if said["protocol"] != PROTOCOL:
                raise _other_version(
                    f"it speaks protocol {said['protocol']}, this program {PROTOCOL}", said["protocol"] > PROTOCOL
                )
            if said["tables"] != HEAD:
                raise _other_version(
                    f"its tables are of version {said['tables']}, here they are of {HEAD}", said["tables"] > HEAD
                )
            standing = {UUID(key).hex: (int(number), str(hash_)) for key, (number, hash_) in said["standing"].items()}
            other = Other(str(said["device"]), str(said["name"])[:100], datetime.fromisoformat(said["now"]), standing)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise WrongUse(
                "The other end does not speak as this program does", mend="see that it is `placement` that answers"
            ) from None
        with self._desk.read() as session:
            ours = reads.standing(session)
            known = reads.hashes(session, other.standing)
        if ours and other.standing and not ours.keys() & other.standing.keys():
            raise Refused("The two stores are not of one team", "neither knows a change of the other",
                          "a laptop's store is made from the team's: `placement init --join`")  # fmt: skip
        if any(hash_ != other.standing[key][1] for key, hash_ in known.items()):
            raise Refused(changes.FORKED, "what they wrote is not the same", "one of the two is a copy that went on: `placement restore` gives a copy a device of its own")  # fmt: skip
        words = skew_words(other.now - self._desk.now, other.name or "the other machine")
        return Other(other.device, other.name, other.now, other.standing, words)

    def lacking(self, other: Other) -> int:
        """How many operations the other lacks."""
        with self._desk.read() as session:
            return reads.count(session, lacks(reads.standing(session), other.standing))

    def give(self, other: Other) -> Iterator[dict[str, Any]]:
        """What the other lacks, a batch at a time, each with what erasures of the batch took out of earlier operations."""
        with self._desk.read() as session:
            for batch in reads.lacking(session, lacks(reads.standing(session), other.standing)):
                erased = {UUID(row["intention"]) for row in batch if row["noun"] == "erasure"}
                yield {"operations": batch, "emptied": reads.emptied(session, erased) if erased else []}

    def take(self, frame: dict[str, Any]) -> Met:
        """Take a batch in: all of it or nothing. Raises Refused."""
        batch, emptied = frame.get("operations"), frame.get("emptied", [])
        if (
            not isinstance(batch, list)
            or not isinstance(emptied, list)
            or not all(isinstance(row, dict) for row in batch)
        ):
            raise WrongUse("The other end does not speak as this program does", mend="meet again")
        with self._desk.store.write(None, "meet") as session:
            return changes.take_in(session, batch, emptied)

    def keep(self, other: Other, sequence: int | None = None) -> None:
        """Note that they met, and how far the other knows this store's own chain now."""
        with self._desk.store.write(None, "meet") as session:
            changes.keep(session, other.device, other.name, self._desk.now, sequence)

    def last(self) -> list[LastMet]:
        """The stores that this one met, the latest first, and how many of its own changes each does not know yet."""
        with self._desk.read() as session:
            return reads.met(session)

    def status(self) -> str:
        """What a laptop's status line says of its last meeting; empty where this is no laptop."""
        with self._desk.read() as session:
            if not reads.is_laptop(session):
                return ""
            known = reads.met(session)
        return shared_words(known[0] if known else None, self._desk.now)


def _other_version(detail: str, newer: bool) -> Refused:
    return Refused("The other store is of another version: nothing was exchanged", detail,
                   "update this program" if newer else "update the program at the other end")  # fmt: skip
