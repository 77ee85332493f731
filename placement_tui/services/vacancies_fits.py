"""The facts that say whom some beds are for, gathered in a dozen statements however many referrals are open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from placement_tui.db.engine import Session
from placement_tui.db.reads import capacity, endings, siblings
from placement_tui.db.reads import vacancies as reads
from placement_tui.domain.capacity import Capacity
from placement_tui.domain.homes import Candidate, Position, Wanted
from placement_tui.domain.vacancies import Leaving, OpenReferral, Vacant
from placement_tui.domain.vacancies_fits import Fit, best_first, fit
from placement_tui.services.desk import Desk
from placement_tui.services.searching.points import miles_between


@dataclass(frozen=True, slots=True)
class Fitting:
    """What is known of some homes and of the open referrals, to be put side by side."""

    desk: Desk
    referrals: list[OpenReferral]
    homes: Mapping[UUID, Candidate]
    places: dict[UUID, Capacity]
    asked: set[tuple[UUID, UUID]]
    aside: dict[UUID, frozenset[tuple[UUID, str]]]
    related: set[tuple[UUID, UUID]]  # a referral, and a child of ours in one of the homes who is a brother or sister
    leaving: dict[UUID, list[Leaving]]
    lessons: Counter[UUID]  # by child

    def of(self, bed: Vacant) -> list[Fit]:
        """Every open referral beside one bed, those that it lawfully fits first, best first."""
        home = self.homes.get(bed.home_id)
        if home is None:
            return []
        if bed.from_on is not None:
            gone = sum(each.on <= bed.from_on for each in self.leaving.get(home.id, ()))
            home = replace(home, ours=max(0, home.ours - gone))
        found = []
        for each in self.referrals:
            wanted = self._wanted(each, home.id)
            miles = miles_between(wanted.origin, home.position) if wanted.origin.location else (None, False)
            lessons = home.lessons + sum(self.lessons[child.id] for child in each.children)
            found.append(fit(bed, home, each, wanted, self.desk.policy, self.desk.now, miles, lessons))
        return best_first(found)

    def _wanted(self, row: OpenReferral, home_id: UUID) -> Wanted:
        """The hard facts of a referral as far as one home is concerned: what `Homes.wanted` gathers for all homes."""
        keys = {child.id for child in row.children}
        known = [child.age for child in row.children if child.age is not None]
        here = self.places[home_id]
        named = {each.child_id for each in here.exemptions if each.stands(self.desk.today)}
        kin = sum((row.id, child) in self.related and child not in keys for child in here.children)
        held = here.held_for(row.id)
        return Wanted(
            row.wanted,
            tuple(known) if len(known) == len(row.children) else (),
            tuple(child.sex for child in row.children),
            next((child.position for child in row.children if child.position.location), Position()),
            self.desk.authority,
            self.desk.adjoining,
            row.max_miles,
            frozenset({home_id}) if (row.id, home_id) in self.asked else frozenset(),
            together=len(row.children),
            held=frozenset({(home_id, held)}) if held else frozenset(),
            siblings=frozenset({(home_id, kin)}) if kin else frozenset(),
            exempt=frozenset({home_id}) if keys and named.issuperset(keys.union(here.children)) else frozenset(),
            set_aside=self.aside.get(row.id, frozenset()),
        )


def fitting(session: Session, desk: Desk, homes: Mapping[UUID, Candidate], only: UUID | None = None) -> Fitting:
    """Gather the facts of some homes, and of every open referral (or one)."""
    ids, listed = set(homes), list(homes)
    referrals = reads.open_referrals(session, desk.today, only)
    places = capacity.everywhere(session, desk.now, desk.today, ids)
    leaving: dict[UUID, list[Leaving]] = defaultdict(list)
    for each in reads.leaving(session, desk.today, ids):
        leaving[each.home_id].append(each)
    children = [child.id for row in referrals for child in row.children]
    return Fitting(
        desk, referrals, homes, places,
        reads.asked_for(session, listed), dict(reads.aside_for(session, listed)), _related(session, referrals, places), leaving,
        Counter(each.child_id for each in endings.lessons_for(session, children, ())),
    )  # fmt: skip


def _related(
    session: Session, referrals: Sequence[OpenReferral], places: Mapping[UUID, Capacity]
) -> set[tuple[UUID, UUID]]:
    living = {child for of in places.values() for child in of.children}
    if len(referrals) < len(living):
        return {
            (row.id, child)
            for row in referrals
            for child in siblings.family(session, [each.id for each in row.children]) & living
        }
    found = set()
    for child in living:
        family = siblings.family(session, [child])
        found |= {(row.id, child) for row in referrals if any(each.id in family for each in row.children)}
    return found
