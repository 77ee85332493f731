"""What the rules are asked about, gathered: the offers of a referral, or the placements that go on, in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from placement_tui.db.engine import Session
from placement_tui.db.reads import capacity, homes, overrides, rules, siblings
from placement_tui.domain.capacity import USUAL_FOSTERING_LIMIT, Capacity, Limit, fostering_limit
from placement_tui.domain.codes.provision import coded
from placement_tui.domain.homes import Candidate, Position, Wanted
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.overrides import set_aside
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.referrals import ChildRow, ReferralRow
from placement_tui.domain.rules import FOSTER_HOUSEHOLDS, ChildFacts, Decision, Standing
from placement_tui.domain.rules.fostering import CARERS
from placement_tui.domain.typed_ages import age_on
from placement_tui.domain.typed_times import london
from placement_tui.services.desk import Desk
from placement_tui.services.tasks_opening import is_emergency


def wanted_for(desk: Desk, row: ReferralRow, asked: frozenset[UUID] = frozenset()) -> Wanted:
    """The hard facts of a referral, for the search and the rules."""
    origin = next((child.position for child in row.children if child.position.location), Position())
    # whoever's age is known is held against it, also where a brother's or sister's is not
    children = sorted(row.children, key=lambda child: child.age is None)
    return Wanted(
        row.wanted,
        tuple(child.age for child in children if child.age is not None),
        tuple(child.sex for child in children),
        origin,
        desk.authority,
        desk.adjoining,
        row.max_miles,
        asked,
        together=len(children),
    )


def decisions(
    desk: Desk,
    session: Session,
    referral: ReferralRow,
    offers: Sequence[OfferRow],
    new: NewPlacement | None = None,
) -> dict[UUID, Decision]:
    """What the rules are asked at confirm, by offer: as it would start today, or as `new` says. Offers of homes only."""
    ids = {offer.home_id for offer in offers if offer.home_id is not None}
    if not ids:
        return {}
    new = new or NewPlacement(desk.now)
    starts_on = new.started_at.astimezone(london()).date()
    children = [child for child in referral.children if not new.children or child.id in new.children]
    keys = [child.id for child in children]
    found = {each.id: each for each in homes.candidates(session, desk.now, ids)}
    wanted = replace(
        wanted_for(desk, replace(referral, children=tuple(children))),
        **capacity.for_children(session, referral.id, keys, desk.now, desk.today),
    )
    places = capacity.everywhere(session, desk.now, desk.today, ids)
    family = siblings.family(session, keys)
    facts = _children(session, desk, children, starts_on)
    aside = overrides.of_referral(session, referral.id, desk.today)
    registered = rules.registered_as(session, ids)
    approved = rules.approved(session, [offer.id for offer in offers])
    provision = new.provision or ""
    # Nobody has to say that it is an emergency where the dates say so; then the rules only remind.
    looks_like = None if is_emergency(replace(new, emergency=None), referral.urgency, desk.now) else False
    made = {}
    for offer in offers:
        home = found.get(offer.home_id) if offer.home_id else None
        if home is None:
            continue
        registered_type, sector = registered[home.id]
        made[offer.id] = Decision(
            candidate=home,
            wanted=wanted,
            starts_on=starts_on,
            children=facts,
            kin_explored=referral.kin_explored,
            considered=frozenset(new.considered),
            legal_status=new.legal_status or referral.legal_status,
            place=coded(home.kind, sector).place,
            planned_end_on=new.planned_end_on,
            emergency=looks_like if new.emergency is None else new.emergency,
            outside_terms=new.outside_terms,
            school_changes=new.school_changes,
            approved_by=new.approved_by,
            category=provision if provision.startswith("sa_") else registered_type,
            limit=_limit(desk, home, places.get(home.id), keys, family, starts_on),
            approved=approved.get(offer.id, frozenset()),
            set_aside=set_aside(aside, home.id),
        )
    return made


def standing(desk: Desk, session: Session, only: UUID | None = None) -> list[Standing]:
    """Every placement that goes on (or one), as it stands: a dozen statements, however many there are."""
    today, now = desk.today, desk.now
    rows = rules.standing(session, today, only)
    ids = {home for _, home, *_ in rows}
    if not ids:
        return []
    found = {each.id: each for each in homes.candidates(session, now, ids)}
    places = capacity.everywhere(session, now, today, {key for key in ids if found[key].kind in FOSTER_HOUSEHOLDS})
    orders = rules.deprived(session, today)
    breaks, holidays = rules.short_stays(session, today, {child for _, _, child, *_ in rows})
    aside = rules.aside(session, {referral for _, _, _, referral, *_ in rows if referral is not None})
    approved = rules.approved(session, [offer for _, _, _, _, offer, *_ in rows if offer is not None])
    temporary = rules.temporary(session, [key for key, *_ in rows])
    limits = {
        key: fostering_limit(
            of, (), siblings.family(session, of.children[:1]), today, reading=desk.policy.fostering_limit, carers=CARERS
        )
        for key, of in places.items()
        if of.living > USUAL_FOSTERING_LIMIT
    }
    made = []
    for key, home_id, child, referral, offer, started_at, start, age, age_then, legal, place, category in rows:
        made.append(Standing(
            key, found[home_id], age, age_then, started_at, start, legal, place, category, child in orders, limits.get(home_id),
            tuple(span for other, span in breaks.get(child, {}).items() if other != key),
            tuple(day for other, day in holidays.get(child, {}).items() if other != key),
            frozenset(aside.get((referral, home_id), ())) if referral else frozenset(),
            approved.get(offer, frozenset()), temporary.get(key),
        ))  # fmt: skip
    return made


def _children(session: Session, desk: Desk, rows: Sequence[ChildRow], starts_on: date) -> tuple[ChildFacts, ...]:
    keys = [row.id for row in rows]
    orders = rules.deprived(session, starts_on, keys)
    breaks, holidays = rules.short_stays(session, desk.today, keys)
    return tuple(
        ChildFacts(row.id, row.words, _age(row, starts_on), row.id in orders, tuple(breaks.get(row.id, {}).values()),
                   tuple(holidays.get(row.id, {}).values()))
        for row in rows
    )  # fmt: skip


def _age(row: ChildRow, on: date) -> int | None:
    return age_on(row.born_on, on) if row.born_on is not None and on >= row.born_on else row.age


def _limit(
    desk: Desk, home: Candidate, here: Capacity | None, coming: Sequence[UUID], family: frozenset[UUID], on: date
) -> Limit | None:
    if home.kind not in FOSTER_HOUSEHOLDS or here is None:
        return None
    return fostering_limit(here, coming, family, on, reading=desk.policy.fostering_limit, carers=CARERS)
