"""Profiles as rows: what is written of a child, what was sent, what may not leave, and offers by score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    home,
    live,
    officer,
    placement,
    profile,
    provider,
    referral,
    referral_child,
    risk,
    sent,
    wave,
)
from placement_tui.db.reads import siblings
from placement_tui.domain.leaks import Known, Person
from placement_tui.domain.profiles import BANDS, Profile, RiskRow, ScoreBand, SentRow, code_of

_HOUSEHOLDS = ("inhouse", "household")  # kinds of home whose name is that of the people who live there


def of_child(session: Session, child_id: UUID) -> Profile:
    """A child's profile; an empty one where nothing is written."""
    query = select(profile, officer.c.initials).outerjoin(officer, officer.c.id == profile.c.officer_id)
    row = session.execute(
        live(query.where(profile.c.child_id == child_id), profile).order_by(profile.c.id.desc()).limit(1)
    ).first()
    risks = tuple(
        RiskRow(each.what, each.seen_on, each.context, each.trigger, each.mitigation, each.id)
        for each in session.execute(
            live(select(risk).where(risk.c.child_id == child_id, risk.c.what != ""), risk).order_by(
                risk.c.position, risk.c.id
            )
        )
    )
    if row is None:
        return Profile(child_id, risks=risks)
    said = {key: date.fromisoformat(day) for key, day in (row.said_on or {}).items()}  # anonymised, it holds nothing
    return Profile(child_id, dict(row.sections or {}), said, risks, row.changed_at, row.initials or "")


def row_of(session: Session, child_id: UUID) -> UUID | None:
    """The row that holds a child's profile, or None."""
    query = live(select(profile.c.id).where(profile.c.child_id == child_id), profile)
    return session.execute(query.order_by(profile.c.id.desc()).limit(1)).scalar()


def sent_of(session: Session, referral_id: UUID) -> list[SentRow]:
    """Each time that a profile of a referral left the program, the latest first."""
    query = select(sent, officer.c.initials).outerjoin(officer, officer.c.id == sent.c.officer_id)
    rows = session.execute(live(query.where(sent.c.referral_id == referral_id), sent).order_by(sent.c.sent_at.desc()))
    return [
        SentRow(row.id, code_of(row.id), row.sent_at, row.initials or "", row.form, row.anonymised, row.score,
                tuple(row.passed), row.passed_why)
        for row in rows
    ]  # fmt: skip


def known(session: Session, referral_id: UUID, child_id: UUID) -> Known:
    """The real values that must not leave with a child's profile: theirs, their family's, their workers', former homes."""
    family = siblings.family(session, {child_id})
    people = []
    for row in session.execute(select(child).where(child.c.id.in_(family))):
        who = "the child" if row.id == child_id else "a brother or sister"
        people.append(Person(who, row.name, row.initials, row.identifier, row.born_on, row.home_postcode or ""))
    people.sort(key=lambda person: person.who != "the child")
    theirs = (
        select(referral.c.reference, referral.c.social_worker, referral.c.social_worker_phone)
        .join(referral_child, referral_child.c.referral_id == referral.c.id)
        .where(referral_child.c.child_id.in_(family))
    )
    rows = session.execute(theirs.distinct()).all()
    workers = dict.fromkeys((row.social_worker, row.social_worker_phone) for row in rows)
    people += [Person("the social worker", name, phone=phone) for name, phone in workers if name or phone]
    lived = (
        select(home.c.name, home.c.kind, home.c.phone, provider.c.name.label("owner"))
        .join(placement, placement.c.home_id == home.c.id)
        .outerjoin(provider, provider.c.id == home.c.provider_id)
        .where(placement.c.child_id == child_id)
    )
    homes: list[str] = []
    for place in session.execute(live(lived, placement).distinct()):
        if place.kind in _HOUSEHOLDS and place.name:
            people.append(Person("a carer", place.name, phone=place.phone or ""))
        homes += [name for name in (place.name, "" if place.kind == "inhouse" else place.owner) if name]
    own = session.execute(select(referral.c.reference).where(referral.c.id == referral_id)).scalar()
    references = dict.fromkeys([*(row.reference for row in rows), *([own] if own else [])])
    return Known(tuple(people), tuple(dict.fromkeys(homes)), tuple(references))


def by_score(session: Session) -> list[ScoreBand]:
    """How often those who were asked offered, by the profile's score at the time of the wave; waves without one first."""
    offers = func.sum(case((approach.c.outcome == "offer", 1), else_=0))
    answered = func.sum(case((approach.c.outcome.in_(("offer", "refusal")), 1), else_=0))
    query = (
        select(wave.c.score, func.count(wave.c.id.distinct()).label("waves"), func.count(approach.c.id).label("asked"),
               answered.label("answered"), offers.label("offers"))
        .join(approach, approach.c.wave_id == wave.c.id)
        .group_by(wave.c.score)
    )  # fmt: skip
    rows = session.execute(live(query, wave, approach)).all()
    made = []
    for name, least, most in (("no profile", None, None), *BANDS):
        of_band = [
            row for row in rows
            if (row.score is None if least is None or most is None else row.score is not None and least <= row.score <= most)
        ]  # fmt: skip
        made.append(ScoreBand(name, *(sum(int(getattr(row, each) or 0) for row in of_band)
                                      for each in ("waves", "asked", "answered", "offers"))))  # fmt: skip
    return made


def children_of(session: Session, referral_id: UUID) -> Sequence[UUID]:
    """The children of a referral, in the order in which they were named."""
    query = select(referral_child.c.child_id).where(referral_child.c.referral_id == referral_id)
    return session.execute(live(query, referral_child).order_by(referral_child.c.position)).scalars().all()
