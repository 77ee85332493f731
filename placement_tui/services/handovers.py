"""The hand-over to the night team and back: made from what is logged, and the rota of who is on call."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from placement_tui.db.changes import handovers as changes
from placement_tui.db.engine import Session
from placement_tui.db.reads import approaches, capacity, offers, referrals, sign_offs, tasks
from placement_tui.db.reads import handovers as reads
from placement_tui.db.reads.referrals import children_of
from placement_tui.domain.approaches import Saved
from placement_tui.domain.board import BoardRow
from placement_tui.domain.clocks_days import NIGHT_ENDS, at_london, day_end, london_day, next_working_day
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
from placement_tui.domain.handovers import (
    EVENING,
    MAY_BE_CALLED,
    MORNING,
    ROLES,
    Asked,
    Carer,
    HandOver,
    Happening,
    MayCall,
    NewRota,
    OpenChild,
    Pending,
    RotaRow,
    anonymous_child,
    night_of,
)
from placement_tui.domain.pages import Page
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.spoken import outcome_words, wanted_words
from placement_tui.domain.typed_times import OFFICE_CLOSES
from placement_tui.errors import Invalid
from placement_tui.exchange.calendar import is_working
from placement_tui.exchange.pages import save
from placement_tui.services.desk import Desk
from placement_tui.services.homes import Homes

TEXT_LIMIT = 20_000
NAME_LIMIT = 100
HANDED_EARLY = timedelta(hours=4)  # an evening's hand-over made before the office closed


class Handovers:
    """What an officer does at 17:15 and at 08:30."""

    def __init__(self, desk: Desk, homes: Homes) -> None:
        self._desk, self._homes = desk, homes

    def evening(self, said: str = "") -> HandOver:
        """What the night team needs to know: every open child, whom to call, what runs out before morning."""
        now = self._desk.now
        until = at_london(next_working_day(night_of(now), is_working), NIGHT_ENDS)
        with self._desk.read() as session:
            board = referrals.board(session, now, self._desk.today)
            on_call = tuple(reads.on_call(session, night_of(now)))
            carers = self._carers(session, on_call, now)
            pending = self._pending(session, now, until)
            waiting = self._waiting(session, now)
            happened = self._happened(session, at_london(night_of(now), NIGHT_ENDS), now)
        children = tuple(self._child(row) for row in board.rows)
        placed = tuple(each for each in happened if " placed with " in each.words)
        return HandOver(
            EVENING, now, self._desk.officer.initials, self._desk.authority_name, until, on_call, children, carers,
            pending, placed, waiting, said=said,
        )  # fmt: skip

    def morning(self) -> HandOver:
        """What happened since the last evening's hand-over, and what is due today."""
        now = self._desk.now
        until = day_end(london_day(now))
        with self._desk.read() as session:
            last = reads.last_made(session, now)
            since, said = self._since(last, now)
            happened = self._happened(session, since, now)
            pending = self._pending(session, now, until, late=True)
            waiting = self._waiting(session, now)
            on_call = tuple(reads.on_call(session, night_of(since)))
        return HandOver(
            MORNING, now, self._desk.officer.initials, self._desk.authority_name, until, on_call,
            pending=pending, happened=happened, waiting=waiting, since=since, said=said,
        )  # fmt: skip

    def made(self, kind: str, said: str = "", anonymised: bool = False) -> Saved:
        """Note that a hand-over was given or read, with the words said beside it; the next morning begins from here."""
        if len(said) > TEXT_LIMIT:
            raise Invalid("said", f"That text has {len(said):,} characters", f"at most {TEXT_LIMIT:,} are kept")
        with self._desk.write("hand over") as session:
            row = changes.add(session, kind, self._desk.now, self._desk.officer.id, anonymised, said.strip())
        words = "Handed over to the night team" if kind == EVENING else "The night's hand-over was read"
        return Saved(words, (row.id,))

    def save(self, page: Page, path: Path) -> None:
        """Write a hand-over's page: .txt, .html or .pdf, readable by its owner only. Raises WrongUse, Refused."""
        save(page, path)

    def rota(self, first: date | None = None) -> list[RotaRow]:
        """Who is on call from a night on, from tonight where no day is given."""
        with self._desk.read() as session:
            return reads.rota_from(session, first or night_of(self._desk.now))

    def add_rota(self, new: NewRota) -> Saved:
        """Put somebody on call for a night. Raises Invalid for a night that is past, a role that is none, no name."""
        if new.role not in ROLES:
            raise Invalid("role", f"{new.role!r} is nobody's part", ", ".join(ROLES), "say which of these")
        if not new.name.strip() or len(new.name) > NAME_LIMIT:
            raise Invalid("name", "Somebody on call has a name", f"of at most {NAME_LIMIT} letters")
        if new.role != "carer" and not any(letter.isdigit() for letter in new.phone):
            raise Invalid("phone", f"{new.name} has no number", "nobody can ring them", "give the number for the night")
        if new.night_on < night_of(self._desk.now):
            raise Invalid("night", f"The night of {new.night_on:%d/%m/%Y} is over", mend="give tonight or a later day")
        with self._desk.write("add to rota") as session:
            row = changes.add_rota(session, new)
        return Saved(f"{new.name}: {ROLES[new.role]}, night of {new.night_on:%a %d %b}", (row.id,))

    def strike_rota(self, rota_id: UUID) -> Saved:
        """Take somebody off the rota."""
        with self._desk.write("take off rota") as session:
            row = changes.strike_rota(session, rota_id, self._desk.now)
        return Saved(f"{row.name}: not on call on {row.night_on:%a %d %b}", (rota_id,))

    def home_on_rota(self, home_id: UUID, on: bool) -> Saved:
        """Put a home or carer on the rota of every night, or take it off: whom the night team rings first."""
        name = self._homes.page(home_id).candidate.name
        with self._desk.write("home on rota" if on else "home off rota") as session:
            changes.home_on_rota(session, home_id, on)
        return Saved(f"{name}: {'on' if on else 'off'} the night rota", (home_id,))

    def _since(self, last: Any, now: datetime) -> tuple[datetime, str]:
        """From when on a morning tells: the last hand-over, or when the office last closed; on a Monday that is Friday."""
        day = london_day(now) - timedelta(days=1)
        while not is_working(day):
            day -= timedelta(days=1)
        closed = at_london(day, OFFICE_CLOSES)
        if last is not None and last.made_at >= closed - HANDED_EARLY:
            return last.made_at, last.said
        return closed, ""

    def _child(self, row: BoardRow) -> OpenChild:
        wanted = self._homes.wanted(row.id)
        found = self._homes.find("", wanted, limit=4 * MAY_BE_CALLED)
        able = [match for match in found.matches if match.may_be_asked]
        full = [match for match in able if match.candidate.free == 0]  # they said so: called last
        matches = [*(match for match in able if match not in full), *full][:MAY_BE_CALLED]
        with self._desk.read() as session:
            whole: ReferralRow | None = referrals.get(session, row.id, self._desk.today)
            calls = approaches.calls(session, row.id, self._desk.today)
            stand = offers.of_referral(session, row.id, self._desk.authority, self._desk.today)
            rows = calls.rows if calls else ()
            phones = reads.night_phones(
                session, {each.home_id for each in rows if each.home_id} | {match.candidate.id for match in matches}
            )
        assert whole is not None, "an open referral is there"
        asked = tuple(
            Asked(each.name, each.outcome, each.reason, each.answered_at or each.asked_at,
                  _night_first(phones, each.home_id) or each.phone, each.call_back_at)
            for each in rows
        )  # fmt: skip
        may = []
        for match in matches:
            night, day = phones.get(match.candidate.id, ("", ""))
            warned = tuple(finding.text for finding in match.findings if finding.level == "warn")
            may.append(MayCall(match.candidate.id, match.candidate.name, night or day, bool(night), match.miles,
                               match.candidate.free, match.candidate.grade, warned))  # fmt: skip
        return OpenChild(
            row.id, row.reference, whole.child, _anonymous(whole), whole.wanted, whole.urgency, whole.needed_by,
            whole.legal_status, whole.needs, whole.tonight, whole.why_now, whole.avoid, whole.must_have,
            whole.social_worker, whole.social_worker_phone, asked,
            tuple(each for each in stand if each.state == "open" and not each.lapsed(self._desk.now)), tuple(may),
            found.blocked_in_words(),
        )  # fmt: skip

    def _carers(self, session: Session, on_call: tuple[RotaRow, ...], now: datetime) -> tuple[Carer, ...]:
        rows = reads.carers(session)
        free = capacity.everywhere(session, now, self._desk.today, {row.id for row in rows}) if rows else {}
        listed = [
            Carer(row.name, row.night or row.phone or "", _takes(row.age_min, row.age_max, row.sexes),
                  free[row.id].free if row.id in free else None)
            for row in rows
        ]  # fmt: skip
        return (*listed, *(Carer(row.name, row.phone, "", None, row.note) for row in on_call if row.role == "carer"))

    def _pending(self, session: Session, now: datetime, until: datetime, late: bool = False) -> tuple[Pending, ...]:
        rows = [row for row in tasks.open_now(session, now) if row.due_at <= until and (late or row.due_at > now)]
        return tuple(
            Pending(
                row.due_at, _named((row.reference, row.child, row.title)), _named((row.reference, row.title)), row.law
            )
            for row in sorted(rows, key=lambda row: row.due_at)
        )

    def _waiting(self, session: Session, now: datetime) -> tuple[Pending, ...]:
        rows = sign_offs.undecided(session, now, self._desk.today, now)
        return tuple(
            Pending(row.asked_at, f"{row.reference} {row.child}: {row.name}, asked of {row.asked_of or 'a manager'}",
                    f"{row.reference}: {row.name}, asked of {row.asked_of or 'a manager'}", ", ".join(row.kinds))
            for row in rows if row.waiting
        )  # fmt: skip

    def _happened(self, session: Session, since: datetime, until: datetime) -> tuple[Happening, ...]:
        told: list[Happening] = []
        arrived = reads.received(session, since, until)
        children = children_of(session, [row.id for row in arrived], self._desk.today)
        for row in arrived:
            who = children.get(row.id, ())
            label = who[0].words + (f" +{len(who) - 1}" if len(who) > 1 else "") if who else "?"
            plain = anonymous_child([each.age for each in who], [each.sex for each in who])
            words = f"referral for {{}}, {wanted_words(row.wanted)}"
            told.append(_happening(row.at, row.initials, f"{row.reference} {words}", label, plain, row.id))
        for row in reads.answers(session, since, until):
            words = f"{row.name}: {outcome_words(row.outcome, row.reason)}"
            vain = row.outcome in ("refusal", "no_reply")
            told.append(
                Happening(row.at, row.initials or "", words, words, row.referral_id, row.reference)
                if vain
                else _happening(row.at, row.initials, f"{row.reference} {words}", "", "", row.referral_id)
            )
        for row in reads.closed(session, since, until):
            told.append(Happening(row.at, "", f"{row.reference} closed: {row.closed_reason or ''}",
                                  f"{row.reference} closed", row.id))  # fmt: skip
        for row in reads.placements(session, since, until):
            if since < row.started_at <= until:
                number = f", {row.night or row.phone}" if row.night or row.phone else ""
                bed = " for the night only" if row.emergency and row.emergency_until else ""
                told.append(_happening(row.started_at, row.initials, f"{{}} placed with {row.name}{bed}{number}",
                                       row.child, "a child", row.referral_id))  # fmt: skip
            if row.logged_at is not None and since < row.logged_at <= until:
                told.append(_happening(row.logged_at, "", f"{{}} left {row.name}: {REASON_PLACE_CHANGE.spoken(row.reason).lower()}", row.child, "a child",
                                       row.referral_id))  # fmt: skip
        return tuple(sorted(told, key=lambda each: each.at))


def _happening(at: datetime, by: str | None, words: str, child: str, plain: str, about: UUID | None) -> Happening:
    return Happening(at, by or "", words.format(child), words.format(plain), about)


def _named(parts: tuple[str, ...]) -> str:
    return " ".join(part for part in parts if part)


def _anonymous(row: ReferralRow) -> str:
    return anonymous_child([child.age for child in row.children], [child.sex for child in row.children])


def _night_first(phones: dict[UUID, tuple[str, str]], home: UUID | None) -> str:
    night, day = phones.get(home, ("", "")) if home else ("", "")
    return night or day


def _takes(low: int | None, high: int | None, sexes: str | None) -> str:
    """`boys of 11 to 17`: whom terms of approval allow."""
    who = {"M": "boys", "F": "girls"}.get(sexes or "", "")
    span = "" if low is None and high is None else f"{low or 0} to {high if high is not None else 17}"
    return " of ".join(part for part in (who, span) if part)
