"""Providers as rows: one provider's page in a fixed number of statements, all of them with their counts, their names."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import (
    approach,
    child,
    concern,
    contact,
    grade,
    home,
    live,
    offer,
    officer,
    placement,
    provider,
    suspension,
    visit,
    voice,
)
from placement_tui.db.reads import restricted
from placement_tui.domain.providers import (
    ANSWERS,
    SPANS,
    YEAR,
    Asked,
    ConcernRow,
    ContactRow,
    HomeLine,
    Named,
    OurAnswers,
    ProviderPage,
    ProviderRow,
    Speed,
    SuspensionRow,
    VisitRow,
    VoiceRow,
    speed,
)
from placement_tui.domain.providers_merge import follow

HOMES, LISTED, REASONS = 100, 50, 8
Counts = tuple[tuple[str, int], ...]
_NAME = func.coalesce(func.nullif(home.c.name, ""), provider.c.name)


def page(session: Session, provider_id: UUID, now: datetime) -> ProviderPage | None:
    """Everything that is known of a provider, or None where there is none; a merged one is read under its new name."""
    of = and_(home.c.provider_id == provider_id, home.c.struck_at.is_(None), home.c.past.is_(False))
    names = session.execute(
        select(provider).where((provider.c.id == provider_id) | (provider.c.merged_into_id == provider_id))
    ).all()
    row: Any = next((each for each in names if each.id == provider_id and each.struck_at is None), None)
    if row is None:
        return None
    doubles = tuple(sorted(each.name for each in names if each.merged_into_id == provider_id))
    since = now - YEAR
    counts = session.execute(
        select(func.count(), func.sum(case((home.c.suspended.is_not(None), 1), else_=0))).where(of)
    ).one()
    fast, reasons, changes = _answers(session, provider_id, since)
    return ProviderPage(
        row.id, row.name, row.sector, row.phone, row.out_of_hours_phone, row.email, row.tier, row.route, row.note,
        doubles, counts[0], counts[1] or 0, _homes(session, row.name, of),
        _asked(session, provider_id, since), fast, reasons, changes,
        _ours(session, provider_id, since, now), _contacts(session, provider_id), _concerns(session, of),
        _visits(session, of), _voices(session, of), _suspensions(session, of),
    )  # fmt: skip


def every(session: Session, now: datetime, today: date) -> list[ProviderRow]:
    """Every provider by name but those known from old returns alone, with its homes, 12 months of asking, open concerns and overdue visits."""
    homes: dict[UUID, tuple[int, int]] = {
        row[0]: (row[1], row[2])
        for row in session.execute(
            live(select(home.c.provider_id, func.count(), func.count(home.c.suspended)), home)
            .where(home.c.past.is_(False))
            .group_by(home.c.provider_id)
        )
    }
    in_returns = set(session.execute(select(home.c.provider_id).where(home.c.past.is_(True)).distinct()).scalars())
    asked: dict[UUID, dict[str, int]] = defaultdict(dict)
    of = and_(
        approach.c.provider_id == provider.c.id, approach.c.asked_at >= now - YEAR
    )  # the year of each, and no more
    said = live(select(provider.c.id, approach.c.outcome, func.count()).join(approach, of), approach)
    said = said.group_by(provider.c.id, approach.c.outcome)
    for key, outcome, count in session.execute(said):
        asked[key][outcome] = count
    worries = _by_provider(session, concern, concern.c.settled_on.is_(None))
    due = _by_provider(session, visit, and_(visit.c.visited_on.is_(None), visit.c.due_on < today))
    return [
        ProviderRow(
            row.id, row.name, row.sector, row.tier, row.phone, homes.get(row.id, (0, 0))[0], homes.get(row.id, (0, 0))[1], sum(asked[row.id].values()),
            asked[row.id].get("offer", 0), asked[row.id].get("refusal", 0), worries.get(row.id, 0), due.get(row.id, 0),
        )
        for row in session.execute(live(select(provider), provider).order_by(func.lower(provider.c.name), provider.c.id))
        if row.id in homes or row.id in asked or row.id not in in_returns
    ]  # fmt: skip


def names(session: Session) -> list[Named]:
    """Every name that a provider has or had before it was merged, each with the id of the one that is kept."""
    rows = session.execute(
        select(provider.c.id, provider.c.name, provider.c.struck_at, provider.c.merged_into_id)
    ).all()
    kept = {row.id: row for row in rows}
    merged = {row.id: row.merged_into_id for row in rows}
    found = []
    for row in rows:
        last = kept.get(follow(merged, row.id)) if row.merged_into_id else row
        if last is not None and last.struck_at is None:
            found.append(Named(last.id, row.name, last.name if last.id != row.id else ""))
    return found


def home_ids(session: Session, provider_id: UUID) -> list[tuple[UUID, str, str | None]]:
    """A provider's homes that may be asked: id, name, and why one is not used."""
    query = select(home.c.id, _NAME.label("name"), home.c.suspended).join(provider, provider.c.id == home.c.provider_id)
    return [
        (row.id, row.name, row.suspended)
        for row in session.execute(
            live(query.where(home.c.provider_id == provider_id, home.c.past.is_(False)), home).order_by(home.c.id)
        )
    ]


def residents(session: Session, provider_id: UUID, limit: int = LISTED) -> list[tuple[UUID, str, UUID, str]]:
    """Children of ours who live or lived in a provider's homes, the latest first: child, initials, home, its name."""
    query = (
        select(child.c.id, child.c.initials, home.c.id.label("home_id"), _NAME.label("name"))
        .join(placement, placement.c.child_id == child.c.id)
        .join(home, home.c.id == placement.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .where(home.c.provider_id == provider_id)
        .order_by(placement.c.ended_on.is_not(None), placement.c.started_at.desc(), placement.c.id)
        .limit(limit)
    )
    return [(row.id, row.initials, row.home_id, row.name) for row in session.execute(live(query, placement, child))]


def open_suspension(session: Session, home_id: UUID) -> UUID | None:
    """The suspension of a home that nobody lifted, the latest."""
    query = select(suspension.c.id).where(suspension.c.home_id == home_id, suspension.c.lifted_at.is_(None))
    return session.execute(live(query, suspension).order_by(suspension.c.id.desc()).limit(1)).scalar()


def open_visit(session: Session, home_id: UUID) -> UUID | None:
    """The visit of a home that is due and was not made, the first due."""
    query = select(visit.c.id).where(visit.c.home_id == home_id, visit.c.visited_on.is_(None))
    return session.execute(live(query, visit).order_by(visit.c.due_on, visit.c.id).limit(1)).scalar()


def _homes(session: Session, name: str, of: Any) -> tuple[HomeLine, ...]:
    ours = (
        select(placement.c.home_id, func.count().label("ours"))
        .join(home, home.c.id == placement.c.home_id)
        .where(of, placement.c.ended_on.is_(None), placement.c.struck_at.is_(None))
        .group_by(placement.c.home_id)
        .subquery()
    )
    query = (
        select(home, func.coalesce(ours.c.ours, 0).label("ours"))
        .outerjoin(ours, ours.c.home_id == home.c.id)
        .where(of)
        .order_by(home.c.suspended.is_(None), func.coalesce(ours.c.ours, 0).desc(), home.c.name, home.c.id)
        .limit(HOMES)
    )
    rows = session.execute(query).all()
    judged: dict[UUID, list[tuple[date | None, str]]] = defaultdict(list)
    query = live(select(grade).where(grade.c.home_id.in_([row.id for row in rows])), grade)
    for each in session.execute(query.order_by(grade.c.inspected_on.desc())):
        judged[each.home_id].append((each.inspected_on, each.overall))
    return tuple(
        restricted.shown(session, HomeLine(row.id, row.name or name, row.kind, row.town, row.urn, row.registered, row.grade, row.graded_on,
                 row.places, row.ours, row.phone, row.out_of_hours_phone, row.suspended, tuple(judged[row.id]),
                 row.restricted))
        for row in rows
    )  # fmt: skip


def _ours_to(provider_id: UUID, since: datetime) -> Any:
    return and_(approach.c.provider_id == provider_id, approach.c.asked_at >= since, approach.c.struck_at.is_(None))


def _asked(session: Session, provider_id: UUID, since: datetime) -> tuple[Asked, ...]:
    kind = func.coalesce(home.c.kind, "other")
    query = (
        select(kind.label("kind"), approach.c.outcome, func.count())
        .outerjoin(home, home.c.id == approach.c.home_id)
        .where(_ours_to(provider_id, since))
        .group_by(kind, approach.c.outcome)
    )
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for each, outcome, count in session.execute(query):
        counts[each][outcome] = count
    rows = [Asked(each, sum(said.values()), *(said.get(name, 0) for name in ANSWERS)) for each, said in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.asked, row.kind)))


def _answers(session: Session, provider_id: UUID, since: datetime) -> tuple[Speed, Counts, Counts]:
    """How fast they answered, why not (by the main reason), and what would change it: of the latest `SPANS` answers."""
    query = (
        select(
            approach.c.asked_at, approach.c.answered_at, approach.c.outcome, approach.c.reason, approach.c.would_change
        )
        .where(
            _ours_to(provider_id, since), approach.c.outcome.in_(("offer", "refusal")), approach.c.answered_at.is_not(None)
        )
        .order_by(approach.c.asked_at.desc())
        .limit(SPANS)
    )  # fmt: skip
    rows = session.execute(query).all()
    no = [row for row in rows if row.outcome == "refusal"]
    reasons = Counter(row.reason for row in no if row.reason)
    changes = Counter(code for row in no for code in row.would_change)
    return speed([(row.asked_at, row.answered_at) for row in rows]), _commonest(reasons), _commonest(changes)


def _commonest(counts: Counter[str]) -> Counts:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:REASONS])


def _ours(session: Session, provider_id: UUID, since: datetime, now: datetime) -> OurAnswers:
    """What became of the offers to what was asked since then."""
    lapsed = and_(offer.c.state == "open", offer.c.expires_at <= now)
    state = case((lapsed, "lapsed"), else_=offer.c.state)
    said = approach.c.outcome.in_(("offer", "withdrawn"))  # one that became a no is counted with the refusals
    of = and_(_ours_to(provider_id, since), said, offer.c.struck_at.is_(None))
    joined = offer.join(approach, approach.c.id == offer.c.approach_id)
    counts = {
        row[0]: row[1]
        for row in session.execute(select(state, func.count()).select_from(joined).where(of).group_by(state))
    }
    spans = session.execute(
        select(offer.c.offered_at, offer.c.decided_at).select_from(joined)
        .where(of, offer.c.state.in_(("accepted", "declined")), offer.c.decided_at.is_not(None))
        .order_by(approach.c.asked_at.desc()).limit(SPANS)
    )  # fmt: skip
    return OurAnswers(
        sum(counts.values()), counts.get("accepted", 0), counts.get("declined", 0), counts.get("lapsed", 0),
        counts.get("withdrawn", 0), counts.get("open", 0), speed([(row.offered_at, row.decided_at) for row in spans]),
    )  # fmt: skip


def _at(table: Any, of: Any) -> Any:
    query = select(table, _NAME.label("home_name")).join(home, home.c.id == table.c.home_id)
    return live(query.join(provider, provider.c.id == home.c.provider_id).where(of), table)


def _contacts(session: Session, provider_id: UUID) -> tuple[ContactRow, ...]:
    query = select(contact, home.c.name.label("home_name")).outerjoin(home, home.c.id == contact.c.home_id)
    query = live(query.where(contact.c.provider_id == provider_id), contact).order_by(contact.c.id).limit(LISTED)
    return tuple(
        ContactRow(row.id, row.name, row.part, row.phone, row.out_of_hours_phone, row.email, row.note,
                   row.home_name or "")
        for row in session.execute(query)
    )  # fmt: skip


def _concerns(session: Session, of: Any) -> tuple[ConcernRow, ...]:
    query = _at(concern, of).order_by(
        concern.c.settled_on.is_not(None), concern.c.raised_on.desc(), concern.c.id.desc()
    )
    return tuple(
        ConcernRow(row.id, row.home_id, row.home_name, row.what, row.raised_on, row.raised_by, row.settled_on,
                   row.settled)
        for row in session.execute(query.limit(LISTED))
    )  # fmt: skip


def _visits(session: Session, of: Any) -> tuple[VisitRow, ...]:
    query = _at(visit, of).order_by(
        visit.c.visited_on.is_not(None), case((visit.c.visited_on.is_(None), visit.c.due_on)), visit.c.visited_on.desc()
    )
    return tuple(
        VisitRow(row.id, row.home_id, row.home_name, row.due_on, row.visited_on, row.visitor, row.found)
        for row in session.execute(query.limit(LISTED))
    )


def _voices(session: Session, of: Any) -> tuple[VoiceRow, ...]:
    query = (
        _at(voice, of).add_columns(child.c.initials).outerjoin(child, child.c.id == voice.c.child_id)
        .order_by(voice.c.said_on.desc(), voice.c.id.desc()).limit(LISTED)
    )  # fmt: skip
    return tuple(
        VoiceRow(row.id, row.home_id, row.home_name, row.initials or "", row.said_on, row.words, row.heard_by)
        for row in session.execute(query)
    )


def _suspensions(session: Session, of: Any) -> tuple[SuspensionRow, ...]:
    query = (
        _at(suspension, of).add_columns(officer.c.initials).outerjoin(officer, officer.c.id == suspension.c.officer_id)
        .order_by(suspension.c.lifted_at.is_not(None), suspension.c.id.desc()).limit(LISTED)
    )  # fmt: skip
    return tuple(
        SuspensionRow(row.id, row.home_id, row.home_name, row.why, row.from_at, row.initials or "", row.lifted_at,
                      row.lifted_why)
        for row in session.execute(query)
    )  # fmt: skip


def _by_provider(session: Session, table: Any, where: Any) -> dict[UUID, int]:
    query = select(home.c.provider_id, func.count()).join(home, home.c.id == table.c.home_id).where(where)
    return {row[0]: row[1] for row in session.execute(live(query, table, home).group_by(home.c.provider_id))}
