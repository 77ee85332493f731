"""A home's page: who they are, judgements, answers to us, lessons, our children there; and free beds, logged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from textual.widget import Widget

from placement_tui.domain.approaches import Answer, Saved
from placement_tui.domain.endings import LessonRow
from placement_tui.domain.homes import HomePage
from placement_tui.domain.placements import PlacementRow
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.home_words import Vacancy, home_page, read_vacancy
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.words import grade_dated

_ANSWERS = 20


class _Seen(NamedTuple):
    """What the page is made of."""

    page: HomePage
    answers: list[Answer]
    lessons: list[LessonRow]
    placements: list[PlacementRow]


class HomeScreen(Place):
    """A home. `about` is its id."""

    PLACE = "home"
    NOUNS = frozenset({"home", "provider", "vacancy", "approach", "offer", "placement", "ending", "lesson", "grade"})

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
            lines = home_page(*self._seen, desk.policy, desk.now, self.size.width - 1)
            self.query_one(Reading).show(lines, keep=True)

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
        return None

    def action_vacancy(self) -> None:
        """How many beds they say are free."""
        home = self._seen.page.candidate  # type: ignore[union-attr]  # reason_not saw to it
        today, homes = self.services.desk.today, self.services.homes

        def log(said: Vacancy) -> None:
            self.write(
                lambda: homes.say_vacancy(home.id, said.beds, from_on=said.from_on, until_on=said.until_on), self._saved
            )

        of = f" of {home.places}" if home.places else ""
        help_ = f"How many beds{of} are free? 2, none, 1 from mon, 1 until 30 oct. It is kept with the time and you"
        self.app.push_screen(Ask(f"{home.name}: beds free", help_, lambda text: read_vacancy(text, today)), given(log))

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
