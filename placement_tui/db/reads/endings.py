"""Endings and lessons as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from placement_tui.db.columns import child, ending, factor, home, lesson, live, need, provider, referral, referral_child
from placement_tui.db.reads import placements
from placement_tui.domain.endings import EndingRow, LessonRow, NewFactor, Sought
from placement_tui.domain.placements import PlacementRow


def of_placement(session: Session, placement_id: UUID, today: date) -> EndingRow | None:
    """How a placement ended, or None where it has not."""
    where = placements.get(session, placement_id, today)
    return of_placements(session, [where]).get(placement_id) if where else None


def of_placements(session: Session, rows: Sequence[PlacementRow]) -> dict[UUID, EndingRow]:
    """How some placements ended, by placement; those that go on are left out. Three statements, however many there are."""
    where = {row.id: row for row in rows}
    query = live(select(ending).where(ending.c.placement_id.in_(where)).order_by(ending.c.id), ending)
    found = session.execute(query).all()
    keys = [row.id for row in found]
    factors: dict[UUID, list[NewFactor]] = defaultdict(list)
    for each in session.execute(live(select(factor).where(factor.c.ending_id.in_(keys)), factor).order_by(factor.c.id)):
        factors[each.ending_id].append(NewFactor(each.code, each.said_by, each.main))
    learned = live(select(lesson.c.ending_id, lesson.c.lesson).where(lesson.c.ending_id.in_(keys)), lesson)
    said = {each.ending_id: each.lesson for each in session.execute(learned.order_by(lesson.c.id.desc()))}
    return {
        row.placement_id: EndingRow(
            row.id, row.placement_id, where[row.placement_id].child, where[row.placement_id].name, row.ended_on,
            row.reason, row.reason_class, row.notice_days, row.warned, row.warnings, row.stability_meeting,
            row.kept_going, row.note, tuple(factors[row.id]), said.get(row.id),
        )
        for row in reversed(found)
    }  # fmt: skip


def lessons_for(
    session: Session, children: Sequence[UUID] = (), homes: Sequence[UUID] = (), limit: int = 50
) -> list[LessonRow]:
    """Lessons of those children and of those homes, newest first."""
    query = _lessons().where(or_(lesson.c.child_id.in_(children), lesson.c.home_id.in_(homes)))
    return [_lesson(row) for row in session.execute(query.limit(limit))]


def lessons(session: Session, limit: int = 200) -> list[LessonRow]:
    """Lessons, newest first."""
    return [_lesson(row) for row in session.execute(_lessons().limit(limit))]


def find_lessons(session: Session, words: Sequence[str], limit: int = 200) -> list[LessonRow]:
    """Lessons in which every word stands, in the lesson itself, the home's name or the child's initials; newest first."""
    query = _lessons()
    for word in words:
        parts = (lesson.c.lesson, home.c.name, provider.c.name, child.c.initials, child.c.identifier)
        query = query.where(or_(*(func.lower(part).contains(word.lower(), autoescape=True) for part in parts)))
    return [_lesson(row) for row in session.execute(query.limit(limit))]


def sought(session: Session) -> list[Sought]:
    """The children for whom a home is looked for now, each with the needs of the referral that are the child's."""
    query = (
        select(referral.c.id, referral.c.reference, child.c.id.label("who"), child.c.initials, need.c.code)
        .join(referral_child, referral_child.c.referral_id == referral.c.id)
        .join(child, child.c.id == referral_child.c.child_id)
        .outerjoin(need, (need.c.referral_id == referral.c.id) & need.c.struck_at.is_(None)
                   & or_(need.c.child_id.is_(None), need.c.child_id == child.c.id))
        .where(referral.c.state == "open")
        .order_by(referral.c.reference, child.c.initials)
    )  # fmt: skip
    found: dict[UUID, tuple[str, set[str]]] = {}
    for row in session.execute(live(query, referral, referral_child)):
        _, needs = found.setdefault(row.who, (f"{row.initials} {row.reference}", set()))
        needs.update([row.code] if row.code else [])
    return [Sought(key, words, frozenset(needs)) for key, (words, needs) in found.items()]


def _lessons() -> Select[Any]:
    return live(
        select(
            lesson,
            child.c.initials,
            home.c.name.label("home_name"),
            provider.c.name.label("provider_name"),
            ending.c.reason,
            ending.c.placement_id,
        )
        .join(child, child.c.id == lesson.c.child_id)
        .join(home, home.c.id == lesson.c.home_id)
        .join(provider, provider.c.id == home.c.provider_id)
        .outerjoin(ending, ending.c.id == lesson.c.ending_id)
        .order_by(lesson.c.learned_on.desc(), lesson.c.id.desc()),
        lesson,
    )


def _lesson(row: Any) -> LessonRow:
    return LessonRow(row.id, row.lesson, row.learned_on, row.child_id, row.initials, row.home_id,
                     row.home_name or row.provider_name, row.reason, tuple(row.needs), row.placement_id)  # fmt: skip
