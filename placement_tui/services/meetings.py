"""Two stores of a team meet: what each says of itself, what it gives, what it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui import __version__
from placement_tui.db.changes import doubles
from placement_tui.db.changes import laptops as laptop_changes
from placement_tui.db.changes import meetings as changes
from placement_tui.db.changes import meetings_erased as erased_changes
from placement_tui.db.engine import Session
from placement_tui.db.migrate import HEAD
from placement_tui.db.reads import laptops
from placement_tui.db.reads import meetings as reads
from placement_tui.db.reads import meetings_erased as erased_reads
from placement_tui.domain.meetings import (
    BATCH,
    PROTOCOL,
    LaptopRow,
    LastMet,
    Met,
    Standing,
    lacks,
    shared_words,
    skew_words,
)
from placement_tui.errors import NotFound, Refused, WrongUse
from placement_tui.exchange import bundles
from placement_tui.services.desk import Desk
from placement_tui.services.retention import Retention


@dataclass(frozen=True, slots=True)
class Other:
    """What the other store says of itself; `has` where it is a laptop's with the open referrals alone: what it has of them."""

    device: str
    name: str
    now: datetime
    standing: Standing
    skew: str = ""
    has: Mapping[frozenset[UUID], str] | None = field(default=None, repr=False)


class Meetings:
    """What a store says and does at a meeting; how the words travel is no matter of its own."""

    def __init__(self, desk: Desk, retention: Retention) -> None:
        self._desk, self._retention = desk, retention
        self._laptop: bool | None = None
        self.batch = BATCH  # operations in one transaction

    def hello(self) -> dict[str, Any]:
        """Who this is, by which protocol and tables, what its clock says, and how far it knows every chain."""
        with self._desk.read() as session:
            standing = reads.standing(session)
            device = reads.own_device(session)
            named = reads.device_named(session, device) if device else None
            part = {"has": laptops.whole(session)} if laptops.open_only(session) else {}
        return {
            "protocol": PROTOCOL, "tables": HEAD, "version": __version__, "device": device.hex if device else "",
            "name": (named.name or named.letter) if named else "", "now": self._desk.now.isoformat(),
            "standing": {key: [number, hash_] for key, (number, hash_) in standing.items()},
            "laptop": bool(named and named.letter), **part,
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
            device = UUID(said["device"]).hex if said["device"] else ""
            other = Other(device, str(said["name"])[:100], datetime.fromisoformat(said["now"]), standing,
                          has=_has(said))  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError):
            raise WrongUse(
                "The other end does not speak as this program does", mend="see that it is `placement` that answers"
            ) from None
        with self._desk.read() as session:
            ours = reads.standing(session)
            known = reads.hashes(session, other.standing)
            other = self._may_meet(session, other, bool(said.get("laptop")))
        if ours and other.standing and not ours.keys() & other.standing.keys():
            raise Refused("The two stores are not of one team", "neither knows a change of the other",
                          "a laptop's store is made from the team's: `placement init --join`")  # fmt: skip
        if any(hash_ != other.standing[key][1] for key, hash_ in known.items()):
            raise Refused(changes.FORKED, "what they wrote is not the same", "one of the two is a copy that went on: `placement restore` gives a copy a device of its own")  # fmt: skip
        return replace(other, skew=skew_words(other.now - self._desk.now, other.name or "the other machine"))

    def _may_meet(self, session: Session, other: Other, laptop: bool) -> Other:
        """Whom a laptop with the open referrals alone may meet: the council's store. Raises Refused."""
        if other.has is None and other.device and laptops.chosen(session, UUID(other.device)):
            other = replace(other, has={})
        part = laptops.open_only(session)
        if (part and laptop) or (other.has is not None and reads.is_laptop(session)):
            raise Refused("A laptop that holds the open referrals alone meets the council's store, and no other laptop",
                          f"{other.name or 'the other'} and this one are laptops",
                          "meet the council's store from each of them: placement sync")  # fmt: skip
        return other

    def lacking(self, other: Other) -> int:
        """How many operations the other lacks."""
        with self._desk.read() as session:
            return reads.count(session, *self._after(session, other))

    def give(self, other: Other) -> Iterator[dict[str, Any]]:
        """What the other lacks, a batch at a time, each with what erasures of the batch took out of earlier operations.

        A laptop with the open referrals alone gets first what became open and lay there without its values.
        """
        with self._desk.read() as session:
            after, until = self._after(session, other)
            sight = None if other.has is None else laptops.Sight(session, other.has)
            for family in sight.returned(other.standing) if sight else ():
                yield {"tables": HEAD, "operations": family, "emptied": []}
            for found in reads.lacking(session, after, self.batch, until):
                batch = sight.of(found) if sight else found
                erased = {UUID(row["intention"]) for row in batch if row["noun"] == "erasure"}
                yield {
                    "tables": HEAD,
                    "operations": batch,
                    "emptied": erased_reads.emptied(session, erased) if erased else [],
                }

    def _after(self, session: Session, other: Other) -> tuple[dict[str, int], dict[str, int]]:
        """By device, after which operation the other lacks some, and up to which this store can give them."""
        after = lacks(reads.standing(session), other.standing)
        return after, laptops.ends(session, after) if laptops.open_only(session) else {}

    def take(self, frame: dict[str, Any]) -> Met:
        """Take a batch in: all of it or nothing. Raises Refused."""
        self._desk.require("log")
        batch, emptied, tables = frame.get("operations"), frame.get("emptied", []), str(frame.get("tables", HEAD))
        if tables != HEAD:
            raise _other_version(f"its tables are of version {tables}, here they are of {HEAD}", tables > HEAD)
        if (
            not isinstance(batch, list)
            or not isinstance(emptied, list)
            or not all(isinstance(row, dict) for row in batch)
        ):
            raise WrongUse("The other end does not speak as this program does", mend="meet again")
        with self._desk.store.write(None, "meet") as session:
            changes.prepare(session)
            return changes.take_in(session, batch, emptied)

    def standing(self) -> Standing:
        """How far this store knows every chain; taken before it gives, it is what the other knows afterwards at least."""
        with self._desk.read() as session:
            return reads.standing(session)

    def keep(self, other: Other, given: Standing | None = None) -> None:
        """Note that they met, and how far the other knows every chain now: as far as it said, and as far as it was given.

        What a colleague or another laptop brought in while the two talked is in neither: the other may lack it. Without
        `given` it was all that is here now.
        """
        with self._desk.store.write(None, "meet") as session:
            numbers = {key: number for key, (number, _) in other.standing.items()}
            ours = reads.standing(session) if given is None else given
            ends = self._after(session, other)[1] if ours else {}
            for key, (number, _) in ours.items():
                numbers[key] = max(numbers.get(key, 0), ends.get(key, number))
            has = None if other.has is None else sorted({key.hex for each in other.has for key in each})
            changes.keep(session, other.device, other.name, self._desk.now, numbers, has)
            doubles.note(session, self._desk.now)

    def own_key(self) -> str:
        """The private key that bundles for this store are opened with."""
        with self._desk.store.write(None, "make bundle key") as session:
            return changes.own_key(session, bundles.new_key, bundles.public_of)

    def write_bundle(
        self, name: str, path: Path, progress: Callable[[int, int], object] | None = None
    ) -> tuple[int, int]:
        """Write what another store of the team lacks, as far as is known, sealed to it; gives operations and bytes.

        Raises NotFound, Refused.
        """
        self._desk.require("log")
        device = self._device(name)
        own = self.own_key()
        with self._desk.read() as session:
            theirs = reads.public_of(session, device.id)
            known = reads.known_of(session, device.id)
            has = reads.had_by(session, device.id)
        if not theirs or known is None:
            raise Refused(
                f"{device.name} has told no key yet",
                "it never met this store",
                "meet it once over a line: placement sync",
            )
        standing = {key: (number, "") for key, number in known.items()}
        other = Other(device.id.hex, device.name, self._desk.now, standing, has=has)
        with self._desk.read() as session:
            other = self._may_meet(session, other, bool(device.letter))
        count = self.lacking(other)
        given = _counting(self.give(other), count, progress)
        frames = chain([{"hello": self.hello(), "comes": count}], given)
        size = bundles.write(path, {"from": self.hello()["device"], "for": device.id.hex}, frames, own, theirs)
        return count, size

    def read_bundle(self, path: Path, progress: Callable[[int, int], object] | None = None) -> tuple[Other, Met]:
        """Take in a bundle that another store of the team made for this one. Raises Refused, StoreDamaged, WrongUse."""
        said = bundles.header_of(path)
        with self._desk.read() as session:
            sender = self._sender(session, said)
        frames = bundles.read(path, self.own_key(), sender)
        first = next(frames, {})
        if not isinstance(first.get("hello"), dict):
            raise WrongUse("The bundle says nothing of who made it", str(path), "have it made again")
        other, met = self.meet(first["hello"]), Met()
        for frame in frames:
            met.add(self.take(frame))
            if progress is not None and isinstance(first.get("comes"), int):
                progress(met.taken, first["comes"])
        self.keep(other, {})
        return other, met

    def _sender(self, session: Session, said: dict[str, Any]) -> str:
        try:
            found = reads.public_of(session, UUID(said["from"]))
        except (KeyError, ValueError, TypeError, AttributeError):
            found = ""
        if not found:
            raise Refused(
                "The bundle comes from a store that this one does not know",
                mend="meet it once over a line: placement sync",
            )
        return found

    def _device(self, name: str) -> LaptopRow:
        with self._desk.read() as session:
            rows = [row for row in reads.devices(session) if not row.own]
        wanted = name.casefold().strip()
        found = [row for row in rows if wanted in (row.name.casefold(), row.letter.casefold())]
        if len(found) != 1:
            raise NotFound(
                f"There is no other device called {name!r}",
                ", ".join(row.name for row in rows),
                "`placement laptops` lists them",
            )
        return found[0]

    def clean(self, met: Met, other: Other) -> int:
        """After a meeting: where an erasure came in, leave nothing of it in the file's free pages, its log and its backups.

        A laptop that holds the open referrals alone lets go of those that were closed; gives how many records that were.
        """
        gone = 0
        with self._desk.read() as session:
            part = laptops.open_only(session)
            known = reads.known_of(session, UUID(other.device)) if part else None
        if known is not None:
            with self._desk.store.write(None, "let go") as session:
                gone = laptop_changes.let_go(session, known)
        self.finish(anyway=bool(gone or met.erased))
        return gone

    def finish(self, *, anyway: bool = False) -> None:
        """Clean the files after an erasure that came in, also where the line broke after it or the program was killed."""
        with self._desk.read() as session:
            due = erased_reads.unclean(session)
        if (due or anyway) and self._retention.follow() and due:
            with self._desk.store.write(None, "clean") as session:
                erased_changes.cleaned(session)

    def last(self) -> list[LastMet]:
        """The stores that this one met, the latest first, and how many of its own changes each does not know yet."""
        with self._desk.read() as session:
            return reads.met(session)

    def status(self) -> str:
        """What a laptop's status line says of its last meeting; empty where this is no laptop."""
        with self._desk.read() as session:
            if self._laptop is None:
                self._laptop = reads.is_laptop(session)
            known = reads.met(session) if self._laptop else []
            waiting = reads.unshared(session, "sign_off") if known and known[0].unshared else set()
        return shared_words(known[0] if known else None, self._desk.now, len(waiting))

    def untold(self, noun: str) -> set[UUID]:
        """The records of a table of which a laptop knows something that the team does not yet; none in the team's store."""
        with self._desk.read() as session:
            return reads.unshared(session, noun)


def _counting(
    frames: Iterable[dict[str, Any]], whole: int, progress: Callable[[int, int], object] | None
) -> Iterator[dict[str, Any]]:
    done = 0
    for frame in frames:
        yield frame
        done += len(frame["operations"])
        if progress is not None:
            progress(done, whole)


def _has(said: dict[str, Any]) -> dict[frozenset[UUID], str] | None:
    """What a laptop with the open referrals alone says that it has: families of children, each with its mark."""
    if said.get("has") is None:
        return None
    return {frozenset(UUID(key) for key in children): str(mark) for children, mark in said["has"]}


def _other_version(detail: str, newer: bool) -> Refused:
    return Refused("The other store is of another version: nothing was exchanged", detail,
                   "update this program" if newer else "update the program at the other end")  # fmt: skip
