"""Retention: what is over its time, erasing or anonymising it, and what is held about one child."""

from __future__ import annotations

import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from placement_tui.db import rotation, scrubbing
from placement_tui.db.changes import facts
from placement_tui.db.changes import retention as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import retention
from placement_tui.db.reads.retention import Subject
from placement_tui.domain import settings as names
from placement_tui.domain.retention import SCHEDULES, Due, Erased, Going, Schedule, Way, early, shift_of
from placement_tui.domain.typed_text import clean
from placement_tui.errors import Invalid, NotFound, PlacementError, Refused
from placement_tui.services.backups import Backups
from placement_tui.services.desk import Desk
from placement_tui.services.history import History
from placement_tui.services.retention_access import Exported, export

LONGEST = 500  # letters of a reason
_FINISH = "`placement retention --finish` goes on"
_READ = f"a colleague's program is reading, so the log beside the store is not empty yet: {_FINISH}"
_FREE_PAGES = "the store's file could not be written anew, and its free pages may hold what was erased"
_STAY = "copies that were taken to another place are not reached: remove those by hand"


class Retention:
    """What an administrator does with records that are over their time, or that somebody asked to have erased."""

    def __init__(self, desk: Desk, backups: Backups) -> None:
        self._desk, self._backups = desk, backups

    def due(self) -> list[Due]:
        """Every schedule as it stands: what is held, what is over its time. Raises Refused."""
        self._desk.require("retention")
        with self._desk.read() as session:
            return retention.every(session, {each.kind: self._years(each) for each in SCHEDULES}, self._desk.today)

    def going(self, children: Collection[UUID]) -> Going:
        """What erasing some children would take; nothing is changed. Raises NotFound, Refused."""
        self._desk.require("retention")
        with self._desk.read() as session:
            of = self._subject(session, children)
            return Going(
                of.who,
                {noun: len(keys) for noun, keys in of.own.items() if keys},
                retention.operations_of(session, of.keys),
                len(retention.drafts_about(session, of)),
                len(retention.mentions(session, of)),
                sum(len(keys) for keys in of.shared.values()),
                of.open,
                early(of.born, self._desk.today),
            )

    def erase(self, children: Collection[UUID], why: str, way: Way = "erase") -> Erased:
        """Erase some children with all that is theirs alone, or leave what statistics need of them.

        Their values go from the rows, the journal, the drafts, the log, the free pages, and the store's own backups:
        those are replaced by a new one. It cannot be undone. Raises NotFound, Invalid, and Refused for a child who
        lives in a home or waits for one, and where the store does not verify.
        """
        self._desk.require("retention")
        self._desk.require_everything("Erasures")
        with self._desk.read() as session:
            of = self._subject(session, children)
        said = self._why(why, of)
        self._may(of)
        self._sound()
        with self._desk.write("erase child" if way == "erase" else "anonymise child") as session:
            of = self._subject(session, children)
            self._may(of)
            taken, mentions, drafts = self._take(session, of, way)
            one = next(iter(of.children)) if len(of.children) == 1 else None
            changes.note(session, "child", way, said, one, taken, self._desk.now)
        done = "Erased" if way == "erase" else "Made anonymous"
        words = f"{done}: {_counted(taken.records, 'record')}, {_counted(taken.operations, 'change')} in the journal"
        return self._after(words, way, taken, drafts, mentions)

    def apply(self, why: str) -> list[Erased]:
        """Do what every schedule says with what is over its time. Raises Refused, Invalid.

        Children who live in a home or wait for one are left, whatever their age.
        """
        self._desk.require("retention")
        self._desk.require_everything("Erasures")
        reason = self._why(why, None)
        self._sound()
        done: list[Erased] = []
        for each in self.due():
            if each.keys:
                found = self._one(each, reason)
                if found is not None:
                    done.append(found)
        if done:
            last = done[-1]
            done[-1] = self._finish(last)
        return done

    def _one(self, due: Due, why: str) -> Erased | None:
        schedule, keys = due.schedule, set(due.keys)
        with self._desk.write(f"retention {schedule.kind.replace('_', ' ')}") as session:
            if schedule.kind == "draft":
                changes.drop_drafts(session, sorted(keys))
                changes.note(session, "draft", "erase", why, None, changes.Taken(), self._desk.now)
                return Erased(f"{schedule.title}: {_counted(len(keys), 'draft')} gone", "erase", 0, 0, len(keys), 0)
            mentions = drafts = 0
            if schedule.kind in ("child", "referral"):
                keys = {key for key in keys if not retention.subject(session, {key}).open}
                if not keys:
                    return None
                taken, mentions, drafts = self._take(session, retention.subject(session, keys), schedule.way)
            else:
                taken = changes.take(session, {schedule.kind: keys}, schedule.way, self._desk.now)
            changes.note(session, schedule.kind, schedule.way, why, None, taken, self._desk.now)
        words = f"{schedule.title}: {_counted(taken.records, 'record')} {_WAYS[schedule.way]}"
        return Erased(words, schedule.way, taken.records, taken.operations, drafts, mentions)

    def _take(self, session: Session, of: Subject, way: Way) -> tuple[changes.Taken, int, int]:
        mentions, drafts = retention.mentions(session, of), retention.drafts_about(session, of)
        taken = changes.take(session, of.own, way, self._desk.now, shift_of(of.first))
        for each in mentions:
            changes.restate(session, each.noun, {each.key: each.columns}, taken, each.operations)
        changes.drop_drafts(session, drafts)
        return taken, len(mentions), len(drafts)

    def _after(self, words: str, way: Way, taken: changes.Taken, drafts: int, mentions: int) -> Erased:
        return self._finish(Erased(words, way, taken.records, taken.operations, drafts, mentions))

    def _finish(self, done: Erased) -> Erased:
        """Leave nothing in the file's free pages, in its log, and in the backups beside it."""
        left: list[str] = []
        store = self._desk.store
        older = scrubbing.copies(store.path, store.data_key)
        try:
            if not scrubbing.scrub(store):
                left.append(_READ)
        except PlacementError as error:  # what was erased is erased: the records are gone, the disk is not clean
            left.append(f"{_FREE_PAGES}: {error.title[:1].lower()}{error.title[1:].split(':')[0]}. {_FINISH}")
        with suppress(PlacementError):
            rotation.rotate(store)  # what the disk still holds of earlier pages is under a key that nobody has now
        backup: Path | None = None
        gone: list[Path] = []
        stay: list[Path] = []
        if older:
            try:
                backup = self._backup()
                gone, stay = scrubbing.remove(older)
            except PlacementError as error:
                left.append(f"no new backup could be made, and the older ones hold what was erased: {error} {_FINISH}")
        left += [f"{path} could not be removed: remove it by hand" for path in stay]
        return replace(done, removed=tuple(gone), backup=backup, left=(*left, _STAY))

    def _backup(self) -> Path:
        """A new backup; one of the same second has its name."""
        try:
            return self._backups.make().path
        except Refused:
            time.sleep(1.1)
            return self._backups.make().path

    def access(self, child_id: UUID, folder: Path) -> Exported:
        """Write everything that is held about a child to a new folder. Raises NotFound, Refused."""
        return export(self._desk, child_id, folder)

    def finish(self) -> Erased:
        """Go on with an erasure whose files could not all be cleaned. Raises Refused."""
        self._desk.require("retention")
        return self._finish(Erased("Cleaned: the file, its log and its backups", "erase", 0, 0, 0, 0))

    def follow(self) -> Erased:
        """After an erasure that another store of the team made came in: clean the files here as well."""
        with self._desk.store.write(None, "erase") as session:
            facts.forget(session)
        return self._finish(Erased("Cleaned: the file, its log and its backups", "erase", 0, 0, 0, 0))

    def _subject(self, session: Session, children: Collection[UUID]) -> Subject:
        of = retention.subject(session, children)
        if len(of.who) != len(of.children) or not of.children:
            raise NotFound("There is no such child", mend="`placement audit CHILD` finds one by the identifier")
        return of

    def _may(self, of: Subject) -> None:
        if of.open:
            raise Refused(of.open, "nothing was erased", "end it first: the record is still worked with")

    def _why(self, why: str, of: Subject | None) -> str:
        said = clean(why).strip()
        if not said:
            raise Invalid("why", "An erasure needs its reason", mend='for example --why "75 years after birth"')
        if len(said) > LONGEST:
            raise Invalid("why", f"The reason has {len(said):,} letters", mend=f"at most {LONGEST} are kept")
        if of is not None and of.pattern is not None and of.pattern.search(said):
            raise Invalid("why", "The reason names the child", "it is kept for good", "say it without the name")
        return said

    def _sound(self) -> None:
        """Backups go with an erasure: never those of a store that may have to be put back from one."""
        faults = History(self._desk).verify().faults
        if faults:
            raise Refused(
                f"The store does not verify: {_counted(len(faults), 'fault')}",
                "erasing would take away what shows why",
                "see `placement verify` first",
            )

    def _years(self, schedule: Schedule) -> float | None:
        chosen = (self._desk.setting(names.RETENTION) or {}).get(schedule.setting)
        return schedule.years if chosen is None or schedule.years is None else float(chosen)


_WAYS = {"erase": "erased", "anonymise": "made anonymous"}


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
