"""What officers do all day, each as one call of the services: what is counted, and what is measured, is the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from placement_tui.bootstrap import Services
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.vacancies import NewVacancy
from placement_tui.domain.warnings import NewWarning
from tests import builders

Deed = Callable[[], object]
QUERY = "brdg 20mi"


class Day:
    """One store, with the records that its deeds are about: those that a busy referral and a long placement lead to."""

    def __init__(self, services: Services) -> None:
        self.services = services
        services.homes.ready()
        board = services.referrals.board()
        self.referral = max(board.rows, key=lambda row: (row.asked, row.reference)).id
        self.wanted = services.homes.wanted(self.referral)
        placed = services.placements.open()
        self.placement = placed[len(placed) // 2] if placed else None
        self._number = 0

    def reads(self) -> dict[str, Deed]:
        """What is looked at: the places that are open all day first."""
        s, key = self.services, self.referral
        deeds: dict[str, Deed] = {
            "board": s.referrals.board,
            "drafts": s.drafts.waiting,
            "conflicts": s.conflicts.count,
            "last met": s.meetings.status,
            "call list": lambda: s.approaches.calls(key),
            "waves": lambda: s.waves.of(key),
            "referral": lambda: s.referrals.get(key),
            "search opened": lambda: s.homes.wanted(key),
            "search": lambda: s.homes.find(QUERY, self.wanted),
            "anything": lambda: s.homes.anything("oak"),
            "offers": lambda: s.offers.of(key),
            "who may ring back": s.approaches.unanswered,
            "due": s.tasks.due,
            "due, counted": s.tasks.counts,
            "due, done ones": lambda: s.tasks.due(include_done=True),
            "placements": s.placements.open,
            "placements ended": s.placements.ended,
            "free beds": s.vacancies.standing,
            "free beds of a referral": lambda: s.vacancies.for_referral(key),
            "bed board": s.beds.board,
            "holds": s.capacity.holds,
            "sign-offs": s.sign_offs.queue,
            "sign-offs, counted": s.sign_offs.count,
            "warnings": s.warnings.everything,
            "lessons": s.endings.lessons,
            "plans": s.permanence.rows,
            "steps down": s.step_downs.rows,
            "emergencies": s.step_downs.emergencies,
            "registers": s.registers.counts,
            "rules of open placements": s.rules.of_open,
            "overrides": s.overrides.latest,
            "linked referrals": s.siblings.groups,
            "providers": s.providers.every,
            "history": s.history.latest,
            "what makes a difference": s.differences.look,
            "evening hand-over": s.handovers.evening,
            "morning": s.handovers.morning,
            "two values": s.conflicts.unsettled,
            "settings": s.settings.every,
        }
        if self.placement is not None:
            there = self.placement
            deeds |= {
                "story": lambda: s.stories.of(there.child_id),
                "care": lambda: s.care.of_child(there.child_id),
                "home": lambda: s.homes.page(there.home_id),
                "answers of a home": lambda: s.approaches.answers(there.home_id),
                "placement": lambda: s.placements.get(there.id),
                "warnings of a placement": lambda: s.warnings.of_placement(there.id),
                "tasks of a placement": lambda: s.tasks.of_placements([there.id]),
                "history of a child": lambda: s.history.of(there.child_id),
            }
        return deeds

    def views(self) -> dict[str, Deed]:
        """Insight, each view as it opens."""
        s = self.services
        return {view.name: lambda name=view.name: s.insight.report(name) for view in s.insight.views()}  # type: ignore[misc]  # bound in the round

    def writes(self) -> dict[str, Deed]:
        """A referral from its first call to its placement, in that order; each leads to the next."""
        s = self.services
        of: dict[str, Any] = {}

        def received() -> None:
            self._number += 1
            of["referral"] = builders.referral(s, builders.child("ZZ", f"W-99{self._number:03}"))
            of["homes"] = s.homes.nearest(of["referral"], 6, "in")  # in the area nobody has to sign it off

        def asked() -> None:
            of["asked"] = s.approaches.ask(of["referral"], of["homes"], off_framework_why="none nearer").approaches

        def offered() -> None:
            of["offer"] = s.offers.log(of["asked"][3], NewOffer(90_000))[0]

        def placed() -> None:
            new = NewPlacement(s.desk.now, considered=("near",))
            of["placement"] = s.placements.start(of["offer"], new).placements[0]

        return {
            "referral received": received,
            "wave sent": asked,
            "refusal": lambda: s.approaches.refuse(of["asked"][0], Refusal(("M1",))),
            "undone": s.history.undo,
            "no reply": lambda: s.approaches.no_reply(of["asked"][1]),
            "call back": lambda: s.approaches.call_back(of["asked"][2], s.desk.now + timedelta(hours=1)),
            "free bed said": lambda: s.vacancies.log(of["homes"][4], NewVacancy(0)),
            "offer": offered,
            "placed": placed,
            "sign of trouble": lambda: s.warnings.log(of["placement"], NewWarning("away overnight", s.desk.today)),
        }
