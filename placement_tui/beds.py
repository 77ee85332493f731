"""What the App does with free beds: one logged while a home is on the phone, and a colleague's told wherever one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from placement_tui.commands import find, key_words
from placement_tui.widgets.place import Place
from placement_tui.widgets.trail import Trail

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services
    from placement_tui.domain.history import Changed


class FreeBeds(Trail):
    """An App in which a bed is logged from anywhere."""

    initials: str
    services: Services | None

    def hear_of_beds(self, what: Changed) -> None:
        """A bed that somebody else logged: whom it fits, in a quiet line of the place in front. No key waits for it."""
        beds = tuple(what.ids.get("vacancy", ())) if what.by != self.initials else ()
        services = self.services
        if not beds or services is None:
            return
        place = self.place

        def tell(lines: list[str]) -> None:
            from placement_tui.widgets.formplace import FormPlace

            if lines:
                more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
                command = find("calls.vacancies" if place.PLACE == "calls" else "anywhere.vacancies")
                key = "" if isinstance(place, FormPlace) else command.keys_in(place.PLACE)[0]
                place.toast.told(lines[0] + more, key_words(key), "shows")

        place.read(lambda: services.vacancies.news(beds), tell, "news", lambda _: True)

    def action_vacancy(self) -> None:
        """Which home has beds free, then what they say; on a home's own page straight the latter."""
        from placement_tui.screens.finder import WhichHomeDialog
        from placement_tui.widgets.vacancy_words import ask_vacancy

        place: Place = self.place
        if place.PLACE == "home" and isinstance(place.about, UUID):
            ask_vacancy(place, place.about, place.title_line.said.split("  ")[0])
            return

        def chosen(home: Any) -> None:
            if home is not None:
                ask_vacancy(place, *home)

        self.push_screen(WhichHomeDialog(), chosen)

    def action_beds(self) -> None:
        """The bed board."""
        self.open_place("beds")

    def action_vacancies(self) -> None:
        """The free beds."""
        self.open_place("vacancies")
