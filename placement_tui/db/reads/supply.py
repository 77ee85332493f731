"""What was asked for, what is free, who holds the local beds, and what local homes had said when a child went away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    home,
    live,
    need,
    others_bed,
    placement,
    provider,
    referral,
    referral_child,
    vacancy,
)
from placement_tui.db.reads import vacancies
from placement_tui.db.reads.children import age_of
from placement_tui.db.reads.referrals import chunks
from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.insight import Behind
from placement_tui.domain.supply import WORD_LASTS, Asked, Begun, Free, LocalHome, Word
from placement_tui.domain.vacancies import standing

_NAME = func.coalesce(func.nullif(home.c.name, ""), provider.c.name)


def asked(session: Session, start: datetime, end: datetime, today: date) -> list[Asked]:
    """The referrals received between two moments, and all open ones, with ages today and needs."""
    within = or_(referral.c.state == "open", (referral.c.received_at >= start) & (referral.c.received_at < end))
    query = select(referral.c.id, referral.c.received_at, referral.c.state, referral.c.wanted).where(within)
    rows = session.execute(live(query, referral)).all()
    open_ones = [row.id for row in rows if row.state == "open"]
    ages: dict[UUID, list[int | None]] = defaultdict(list)
    needs: dict[UUID, set[str]] = defaultdict(set)
    for chunk in chunks(open_ones):
        of = (
            select(referral_child.c.referral_id, child.c.born_on, child.c.age_said, child.c.age_said_on)
            .join(child, child.c.id == referral_child.c.child_id)
            .where(referral_child.c.referral_id.in_(chunk))
        )
        for row in session.execute(live(of, referral_child)):
            ages[row.referral_id].append(age_of(row, today))
        codes = select(need.c.referral_id, need.c.code).where(need.c.referral_id.in_(chunk))
        for row in session.execute(live(codes, need)):
            needs[row.referral_id].add(row.code)
    return [
        Asked(row.id, london_day(row.received_at), row.state, row.wanted[0] if row.wanted else "", tuple(ages[row.id]),
              frozenset(needs[row.id]))
        for row in rows
    ]  # fmt: skip


def free(session: Session, now: datetime, today: date, authority: str | None) -> list[Free]:
    """The beds that homes say are free now; a word older than four weeks says nothing."""
    said = vacancies.said(session, since=vacancies.since(now))
    stands = {
        key: word for key, words in said.items() if (word := standing(words, today).now) is not None and word.beds
    }
    found = []
    for chunk in chunks(sorted(stands)):
        query = select(home.c.id, home.c.kind, home.c.age_min, home.c.age_max, home.c.authority).where(
            home.c.id.in_(chunk), home.c.registered.is_(True), home.c.past.is_(False)
        )
        for row in session.execute(live(query, home)):
            word = stands[row.id]
            low = word.age_min if word.age_min is not None else row.age_min
            high = word.age_max if word.age_max is not None else row.age_max
            found.append(Free(row.id, row.kind, word.beds, low, high, row.authority == authority is not None))
    return found


def begun(session: Session, start: datetime, end: datetime) -> list[Begun]:
    """The placements that began between two moments; temporary stays (T0-T4) and those of old returns are none."""
    query = (
        select(placement.c.id, placement.c.referral_id, placement.c.started_at, placement.c.type_wanted,
               placement.c.type_obtained, placement.c.in_area)
        .where(placement.c.started_at >= start, placement.c.started_at < end, placement.c.source == "")
        .where(or_(placement.c.place.is_(None), placement.c.place.not_like("T%")))
        .order_by(placement.c.started_at, placement.c.id)
    )  # fmt: skip
    return [
        Begun(row.id, row.referral_id, row.started_at, row.type_wanted or "", row.type_obtained, row.in_area)
        for row in session.execute(live(query, placement))
    ]


def local_homes(session: Session, authority: str | None) -> list[LocalHome]:
    """The registered homes in the council's own area with what is known of who lives there; agencies have no beds."""
    query = (
        select(
            home.c.id, _NAME.label("name"), home.c.kind, home.c.places, home.c.others_children, home.c.others_said_at
        )
        .join(provider, provider.c.id == home.c.provider_id)
        .where(
            home.c.authority == authority, home.c.registered.is_(True), home.c.past.is_(False), home.c.kind != "agency"
        )
        .order_by(_NAME, home.c.id)
    )
    rows = session.execute(live(query, home)).all() if authority else []
    ids = [row.id for row in rows]
    ours: Counter[UUID] = Counter()
    whose: dict[UUID, list[Any]] = defaultdict(list)
    for chunk in chunks(ids):
        living = select(placement.c.home_id, func.count()).where(
            placement.c.home_id.in_(chunk), placement.c.ended_on.is_(None)
        )
        for row in session.execute(live(living, placement).group_by(placement.c.home_id)):
            ours[row[0]] = row[1]
        spoken = live(select(others_bed).where(others_bed.c.home_id.in_(chunk)), others_bed).order_by(
            others_bed.c.said_at
        )
        for row in session.execute(spoken):
            before = whose[row.home_id]
            if before and before[-1].said_at != row.said_at:
                before.clear()
            before.append(row)
    return [
        LocalHome(row.id, row.name, row.kind, row.places, ours[row.id], row.others_children, row.others_said_at,
                  tuple((each.authority, each.beds, each.since_on) for each in whose.get(row.id, ()) if each.beds))
        for row in rows
    ]  # fmt: skip


def away_now(session: Session) -> int:
    """How many of our children live outside the council's own area."""
    query = (
        select(func.count())
        .select_from(placement)
        .where(placement.c.ended_on.is_(None), placement.c.in_area.is_(False))
    )
    return int(session.execute(live(query, placement)).scalar_one())


def words(session: Session, homes: Collection[UUID], start: datetime, end: datetime) -> dict[UUID, list[Word]]:
    """By home, what it said of beds free at once, from two weeks before `start` to `end`."""
    found: dict[UUID, list[Word]] = defaultdict(list)
    for chunk in chunks(sorted(homes)):
        query = select(vacancy.c.home_id, vacancy.c.said_at, vacancy.c.beds, vacancy.c.from_on).where(
            vacancy.c.home_id.in_(chunk), vacancy.c.said_at >= start - WORD_LASTS, vacancy.c.said_at < end,
            vacancy.c.expected.is_(False),
        )  # fmt: skip
        for row in session.execute(live(query, vacancy)):
            if row.from_on is None or row.from_on <= london_day(row.said_at):
                found[row.home_id].append(Word(row.said_at, row.beds))
    return dict(found)


def approached(session: Session, referrals: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """By referral, the homes that were approached."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for chunk in chunks(sorted(referrals)):
        query = select(approach.c.referral_id, approach.c.home_id).where(
            approach.c.referral_id.in_(chunk), approach.c.home_id.is_not(None)
        )
        for row in session.execute(live(query, approach)):
            found[row.referral_id].add(row.home_id)
    return {key: frozenset(homes) for key, homes in found.items()}


def referrals(session: Session, ids: Collection[UUID], limit: int) -> list[Behind]:
    """Some referrals, each on one line, the latest first."""
    found: list[Any] = []
    for chunk in chunks(sorted(ids)):
        query = (
            select(
                referral.c.id,
                referral.c.reference,
                referral.c.received_at,
                referral.c.state,
                child.c.initials,
                child.c.identifier,
            )
            .join(referral_child, referral_child.c.referral_id == referral.c.id)
            .join(child, child.c.id == referral_child.c.child_id)
            .where(referral.c.id.in_(chunk), referral_child.c.position == 0)
        )
        found += session.execute(live(query, referral, referral_child)).all()
    found.sort(key=lambda row: (row.received_at, row.id), reverse=True)
    return [
        Behind(
            "referral",
            str(row.id),
            london_day(row.received_at),
            row.reference,
            f"{row.initials} {row.identifier}".strip(),
            row.state,
        )
        for row in found[:limit]
    ]
