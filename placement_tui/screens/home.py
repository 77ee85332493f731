"""A home's page: who they are, judgements, answers to us, lessons, our children there; and free beds, logged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.approaches import Answer, Saved
from placement_tui.domain.capacity import Capacity, Terms
from placement_tui.domain.endings import LessonRow
from placement_tui.domain.homes import Candidate, HomePage
from placement_tui.domain.placements import PlacementRow
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.capacity_words import Hold, capacity_lines, read_hold, read_terms
from placement_tui.widgets.choose import Option
from placement_tui.widgets.dialog import Choose
from placement_tui.widgets.home_words import home_page
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.vacancy_words import ask_vacancy
from placement_tui.widgets.words import grade_dated

_ANSWERS = 20


class _Seen(NamedTuple):
    """What the page is made of."""

    page: HomePage
    answers: list[Answer]
    lessons: list[LessonRow]
    placements: list[PlacementRow]
    places: Capacity


class HomeScreen(Place):
    """A home. `about` is its id."""

    PLACE = "home"
    NOUNS = frozenset(
        {
            "home",
            "provider",
            "vacancy",
            "approach",
            "offer",
            "placement",
            "ending",
            "lesson",
            "grade",
            "hold",
            "exemption",
        }
    )

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._seen: _Seen | None = None

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Reading(id="page")

    def on_mount(self) -> None:
        """The page scrolls."""
        self.query_one(Reading).focus()
        super().on_mount()

    def on_resize(self) -> None:
        """Its lines are broken for the width."""
        self._paint()

    def look(self) -> None:
        """Read everything about the home."""
        services, about = self.services, self.about

        def read() -> _Seen:
            return _Seen(
                services.homes.page(about), services.approaches.answers(about, _ANSWERS),
                services.endings.lessons_for(homes=[about]), services.placements.of_home(about),
                services.capacity.of(about),
            )  # fmt: skip

        self.read(read, self._show)

    def _show(self, seen: _Seen) -> None:
        self._seen = seen
        home = seen.page.candidate
        self.title_line.say(home.name, grade_dated(home.grade, home.graded_on) if home.grade else "not inspected")
        self._paint()
        self.renew_footer()

    def _paint(self) -> None:
        if self._seen is not None:
            desk = self.services.desk
            seen, width = self._seen, self.size.width - 1
            lines = home_page(seen.page, seen.answers, seen.lessons, seen.placements, desk.policy, desk.now, width)
            lines += capacity_lines(seen.places, desk.now, desk.today, width)
            self.query_one(Reading).show(lines, keep=True)

    @property
    def provider(self) -> UUID | None:
        """Whose home this is."""
        return self._seen.page.candidate.provider_id if self._seen else None

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Numbers that are not there cannot be copied."""
        if not self.is_mounted:
            return None
        if self._seen is None:
            return "The page is still being read"
        page = self._seen.page
        if command_id == "home.copy" and not page.candidate.phone:
            return f"There is no number for {page.candidate.name}"
        if command_id == "home.copy_night" and not page.night_phone:
            return f"There is no number for the night for {page.candidate.name}"
        if command_id == "home.release" and not self._seen.places.holds:
            return f"{page.candidate.name} holds no bed"
        if command_id == "home.exemption" and not any(row.ended_on is None for row in self._seen.placements):
            return "No child of ours lives there. For one who is to come: placement log exemption"
        return None

    def action_vacancy(self) -> None:
        """How many beds they say are free."""
        home = self._seen.page.candidate  # type: ignore[union-attr]  # reason_not saw to it
        ask_vacancy(self, home.id, home.name)

    def action_hold(self) -> None:
        """Beds that they keep for us."""
        home, desk = self._home, self.services.desk
        services = self.services

        def log(typed: Hold) -> None:
            def work() -> Saved:
                key = services.referrals.resolve(typed.reference) if typed.reference else None
                return services.capacity.hold(home.id, typed.beds, typed.until, referral_id=key)[1]

            self.write(work, self._saved)

        help_ = "How many, until when, for which referral: 1 until tomorrow 12:00 for 26-0142"
        self.app.push_screen(Ask(f"{home.name}: beds held", help_, lambda text: read_hold(text, desk.now)), given(log))

    def action_release(self) -> None:
        """Beds that they need not keep."""
        capacity, holds = self.services.capacity, self._seen.places.holds  # type: ignore[union-attr]  # reason_not saw to it

        def release(key: Any) -> None:
            self.write(lambda: capacity.release(key), self._saved)

        if len(holds) == 1:
            release(holds[0].id)
            return
        options = [Option(hold.id, f"{hold.beds} for {hold.reference or 'nobody named'}") for hold in holds]
        self.app.push_screen(Choose("Which hold is let go?", options), given(release))

    def action_others(self) -> None:
        """How many children of other authorities live there."""
        home, capacity = self._home, self.services.capacity

        def log(said: Any) -> None:
            self.write(lambda: capacity.say_others(home.id, said), self._saved)

        self.app.push_screen(
            Ask(
                f"{home.name}: children of others",
                "3, none, or 2 Liverpool since 1 mar, 1 Sefton",
                capacity.read_others,
            ),
            given(log),
        )

    def action_terms(self) -> None:
        """Whom they take."""
        home, capacity = self._home, self.services.capacity
        before = Terms(home.age_min, home.age_max, home.places, home.sexes)

        def log(terms: Terms) -> None:
            self.write(lambda: capacity.say_terms(home.id, terms), self._saved)

        help_ = f"Ages, number, sex, with commas: 4-12, 2, girls. Now: {before.words}. What is left out stays"
        self.app.push_screen(Ask(f"{home.name}: terms", help_, lambda text: read_terms(text, before)), given(log))

    def action_exemption(self) -> None:
        """Leave to foster one who lives there over the usual limit."""
        home, capacity = self._home, self.services.capacity
        there = [row for row in self._seen.placements if row.ended_on is None]  # type: ignore[union-attr]  # reason_not saw to it

        def log(child: Any) -> None:
            self.write(lambda: capacity.exempt(home.id, child)[1], self._saved)

        options = [Option(row.child_id, f"{row.child} {row.identifier}") for row in there]
        self.app.push_screen(
            Choose("Whom does the exemption name?", options, detail="Given by the authority where the carer lives"),
            given(log),
        )

    @property
    def _home(self) -> Candidate:
        return self._seen.page.candidate  # type: ignore[union-attr]  # reason_not saw to it

    def action_rota(self) -> None:
        """The night team rings it first, or does not."""
        page = self._seen.page  # type: ignore[union-attr]  # reason_not saw to it
        home, on, service = page.candidate.id, not page.on_rota, self.services.handovers
        self.write(lambda: service.home_on_rota(home, on), self._saved)

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)

    def action_copy(self) -> None:
        """The number to the terminal's clipboard."""
        page = self._seen.page  # type: ignore[union-attr]  # reason_not saw to it
        self._copy(page.candidate.phone, page.candidate.name)

    def action_copy_night(self) -> None:
        """The number for the night."""
        page = self._seen.page  # type: ignore[union-attr]  # reason_not saw to it
        self._copy(page.night_phone, f"{page.candidate.name}, at night")

    def _copy(self, number: str, whose: str) -> None:
        self.app.copy_to_clipboard(number)
        self.toast.saved(f"Copied {number} ({whose})", undo=False)
