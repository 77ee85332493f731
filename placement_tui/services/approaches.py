"""Approaches: sending a wave, and logging each answer in the time it takes to hear it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from placement_tui.db.changes import approaches as changes
from placement_tui.db.changes import offers as offer_changes
from placement_tui.db.reads import approaches, homes, referrals
from placement_tui.domain import settings as names
from placement_tui.domain.approaches import ALLOWED, Answer, CallList, CallRow, Refusal, Saved, WaveSent
from placement_tui.domain.codes.declines import CLOSINGS
from placement_tui.domain.codes.refusals import REFUSALS, STAGES, WOULD_CHANGE
from placement_tui.domain.homes import Candidate
from placement_tui.domain.typed_times import london
from placement_tui.domain.waves import (
    ALL_AT_ONCE,
    OFF_FIELD,
    WHY_LIMIT,
    is_off_framework,
    off_words,
    one_tier,
    route_words,
    time_for,
)
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk
from placement_tui.services.profiles import score_of
from placement_tui.services.searching.points import miles_between

NOTE_LIMIT = 20_000


class Approaches:
    """What an officer does on the call list."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def calls(self, referral_id: UUID) -> CallList:
        """A referral's call list. Raises NotFound."""
        with self._desk.read() as session:
            found = approaches.calls(session, referral_id, self._desk.today)
        if found is None:
            raise NotFound("There is no such referral", mend="it may have been undone")
        return found

    def get(self, approach_id: UUID) -> CallRow:
        """One approach. Raises NotFound."""
        with self._desk.read() as session:
            row = approaches.get(session, approach_id, self._desk.today)
        if row is None:
            raise NotFound("There is no such approach", mend="it may have been undone")
        return row

    def unanswered(self) -> list[CallRow]:
        """Everyone who may ring back, over all open referrals; the latest asked first."""
        with self._desk.read() as session:
            return approaches.unanswered(session, self._desk.today)

    def answers(self, home_id: UUID, limit: int = 3) -> list[Answer]:
        """A home's last answers to us, newest first."""
        with self._desk.read() as session:
            return approaches.answers(session, home_id, self._desk.today, limit)

    def ask(
        self,
        referral_id: UUID,
        home_ids: Sequence[UUID],
        *,
        emergency: bool = False,
        off_framework_why: str = "",
        after: int | None = None,
    ) -> WaveSent:
        """Send a wave: one approach to each home, in that order. Homes asked already are left out, with when and by whom.

        A wave to a tier has a time, after which the next tier is to be asked; an emergency asks every tier at once and
        has none. Raises Refused where nobody is left to ask or the referral is not open, and Invalid
        (`off_framework_why`) where a home is off framework and nobody said why, but in an emergency.
        """
        if not home_ids:
            raise Refused("No home is marked", mend="mark some with Space, or the nearest twenty with a")
        with self._desk.write("send wave") as session:
            row = referrals.get(session, referral_id, self._desk.today)
            if row is None:
                raise NotFound("There is no such referral", mend="it may have been undone")
            if row.state != "open":
                raise Refused(f"{row.reference} is {row.state}: nobody is asked for it any more")
            asked = approaches.asked_homes(session, referral_id)
            wanted = list(dict.fromkeys(home_ids))
            found = {each.id: each for each in homes.candidates(session, self._desk.now, set(wanted))}
            origin = next((child.position for child in row.children if child.position.location), None)
            columns: list[dict[str, Any]] = []
            left: list[tuple[str, str]] = []
            for key in wanted:
                home = found.get(key)
                if home is None:
                    raise NotFound("One of the homes is not in the register any more", mend="search again")
                if key in asked:
                    before = asked[key]
                    at = before.asked_at.astimezone(london())
                    left.append(
                        (
                            home.name,
                            f"asked {at:%H:%M on %d %b} by {before.initials or 'somebody'}: {_came_of(before)}",
                        )
                    )
                    continue
                miles = miles_between(origin, home.position)[0] if origin else None
                columns.append({"provider_id": home.provider_id, "home_id": key, "miles": miles})
            if not columns:
                name, why = left[0]
                raise Refused(
                    f"{name} was asked for {row.reference} already"
                    if len(left) == 1
                    else f"All {len(left)} homes were asked for {row.reference} already",
                    why,
                    "it is on the call list: * there asks a no again, where something has changed",
                )
            number = approaches.next_wave(session, referral_id)
            if after is not None and number > after + 1:
                raise Refused(
                    f"A colleague has just sent wave {number - 1} of {row.reference}",
                    mend="it is on the call list; N again asks the tier behind it",
                )
            asked_now = [found[each["home_id"]] for each in columns]
            tier = None if emergency else one_tier(home.tier for home in asked_now)
            time, now = time_for(row.urgency, self._desk.setting(names.WAVE_MINUTES)), self._desk.now
            wave, rows = changes.add_wave(
                session, referral_id, number, now, emergency, columns, self._desk.officer.id,
                tier=tier, until_at=None if tier is None else now + time,
                off_framework_why=self._why_off(asked_now, emergency, off_framework_why),
                score=score_of(session, self._desk, [child.id for child in row.children]),
            )  # fmt: skip
        return WaveSent(wave.id, number, tuple(each.id for each in rows), tuple(left), tier, emergency)

    def _why_off(self, asked: Sequence[Candidate], emergency: bool, why: str) -> str:
        """Why homes are asked that no contract covers; empty where all are covered. Raises Invalid where nobody said."""
        strict = bool(self._desk.setting(names.FRAMEWORK_ONLY))
        off = [home for home in asked if is_off_framework(home.kind, home.route, strict)]
        why = " ".join(why.split())[:WHY_LIMIT]
        if not off:
            return ""
        if not why and not emergency:
            raise Invalid(
                OFF_FIELD, off_words([home.name for home in off]), route_words(off[0].route),
                "say in a few words why no home on a framework will do",
            )  # fmt: skip
        return why or ALL_AT_ONCE

    def refuse(self, approach_id: UUID, refusal: Refusal) -> Saved:
        """Log a no. Raises Invalid for an unknown code or a missing note, Refused where it cannot be one any more."""
        if not refusal.codes:
            raise Invalid("reason", "A refusal has at least one reason", mend="`placement codes refusals` lists them")
        for code in refusal.codes:
            REFUSALS[code]
        for change in refusal.would_change:
            WOULD_CHANGE[change]
        if refusal.stage is not None:
            STAGES[refusal.stage]
        main = REFUSALS[refusal.codes[0]]
        if main.needs_note and not refusal.note.strip():
            raise Invalid(
                "note", f"{main.code} ({main.label.lower()}) needs a note", mend="say in a few words what it was"
            )
        fields: dict[str, Any] = {
            "reason": refusal.codes[0], "other_reasons": list(dict.fromkeys(code for code in refusal.codes if code != refusal.codes[0])), "call_back_at": None,
            "stage": refusal.stage or "desk", "would_change": list(refusal.would_change), "said_by": refusal.said_by,
        }  # fmt: skip
        return self._answer(approach_id, "refusal", f"{main.said}", fields, refusal.note)

    def no_reply(self, approach_id: UUID, note: str = "") -> Saved:
        """Log that nobody answered; the approach can still be answered later."""
        return self._answer(approach_id, "no_reply", "no reply", {"call_back_at": None}, note)

    def call_back(self, approach_id: UUID, at: datetime, note: str = "") -> Saved:
        """Log that they are to be called back at a time. Raises Invalid for a time that is past."""
        if at < self._desk.now:
            raise Invalid(
                "when", f"{at.astimezone(london()):%H:%M on %a %d %b} is past", mend="give a time to come: 16:45, 20m"
            )
        local = at.astimezone(london())
        words = f"call back {local:%H:%M}" if local.date() == self._desk.today else f"call back {local:%a %d %b %H:%M}"
        with self._desk.write("call back") as session:
            row = changes.get(session, approach_id)
            if row.outcome not in ("awaiting", "no_reply"):
                raise Refused(f"It was answered already: {row.outcome.replace('_', ' ')}", mend="undo that first")
            changes.change(session, approach_id, {"call_back_at": at, "outcome": "awaiting", **_noted(row.note, note)})
        return Saved(f"{self.get(approach_id).name}: {words}", (approach_id,))

    def would_change(self, approach_id: UUID, codes: Sequence[str]) -> Saved:
        """Add what would change a no. Raises Invalid, and Refused where it is not a refusal."""
        labels = [WOULD_CHANGE[code].label for code in codes]
        with self._desk.write("would change") as session:
            row = changes.get(session, approach_id)
            if row.outcome != "refusal":
                raise Refused("What would change it belongs to a refusal", mend="log the answer first")
            changes.change(session, approach_id, {"would_change": list(dict.fromkeys((*row.would_change, *codes)))})
        return Saved(f"{self.get(approach_id).name}: would change it: {', '.join(labels).lower()}", (approach_id,))

    def at_stage(self, approach_id: UUID, stage: str) -> Saved:
        """Say at which stage a no was given. Raises Invalid, and Refused where it is not a refusal."""
        label = STAGES[stage].spoken
        with self._desk.write("stage of refusal") as session:
            if changes.get(session, approach_id).outcome != "refusal":
                raise Refused("A stage belongs to a refusal", mend="log the answer first")
            changes.change(session, approach_id, {"stage": stage})
        return Saved(f"{self.get(approach_id).name}: said {label.lower()}", (approach_id,))

    def note(self, approach_id: UUID, note: str) -> Saved:
        """Put a note on an approach, in place of the one there. Raises Invalid where it is too long."""
        _check_note(note)
        with self._desk.write("note") as session:
            changes.change(session, approach_id, {"note": note})
        return Saved(f"{self.get(approach_id).name}: note saved", (approach_id,))

    def withdraw(self, approach_id: UUID, closing: str = "CW") -> Saved:
        """Stop asking: the referral was cancelled (CW), placed elsewhere (PE), or they took their offer back (OW)."""
        CLOSINGS[closing]
        with self._desk.write("withdraw approach") as session:
            row = changes.get(session, approach_id)
            _allowed(row.outcome, "withdrawn")
            offer = approaches.live_offer(session, approach_id)
            if offer:
                offer_changes.decide(session, offer, "withdrawn", self._desk.now, self._desk.officer.id)
            changes.change(session, approach_id, {
                "outcome": "withdrawn", "closing": closing, "answered_at": self._desk.now,
                "answered_by": self._desk.officer.id, "call_back_at": None,
            })  # fmt: skip
        return Saved(f"{self.get(approach_id).name}: withdrawn, {CLOSINGS[closing].label.lower()}", (approach_id,))

    def _answer(self, approach_id: UUID, outcome: str, words: str, fields: dict[str, Any], note: str) -> Saved:
        _check_note(note)
        with self._desk.write("log " + outcome.replace("_", " ")) as session:
            row = changes.get(session, approach_id)
            _allowed(row.outcome, outcome)
            offer = approaches.live_offer(session, approach_id)
            if offer:
                offer_changes.decide(session, offer, "withdrawn", self._desk.now, self._desk.officer.id)
            changes.change(session, approach_id, {
                "outcome": outcome, "answered_at": self._desk.now, "answered_by": self._desk.officer.id,
                **fields, **_noted(row.note, note),
            })  # fmt: skip
        return Saved(f"{self.get(approach_id).name}: {words}", (approach_id,))


def _came_of(before: Any) -> str:
    """What came of an approach: `no, fee`."""
    if before.outcome == "refusal" and before.reason in REFUSALS:
        return f"no, {REFUSALS[before.reason].short}"
    return str(before.outcome).replace("_", " ")


def _allowed(before: str, after: str) -> None:
    if after not in ALLOWED[before]:
        said = before.replace("_", " ")
        raise Refused(
            f"This approach is {said}: it cannot become {after.replace('_', ' ')}", mend="undo the last answer first"
        )


def _noted(there: str, note: str) -> dict[str, str]:
    return {"note": f"{there}\n{note}".strip() if there and note not in there else note} if note else {}


def _check_note(note: str) -> None:
    if len(note) > NOTE_LIMIT:
        raise Invalid(
            "note", f"The note has {len(note):,} characters", f"at most {NOTE_LIMIT:,} are kept", "shorten it"
        )
