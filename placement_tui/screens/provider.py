"""A provider's page: what we asked and they answered, whom to ring, visits, concerns, what children said; logged by a key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain import providers_typed as forms
from placement_tui.domain.approaches import Saved
from placement_tui.domain.providers import (
    ConcernRow,
    NewConcern,
    NewContact,
    NewVisit,
    NewVoice,
    ProviderPage,
)
from placement_tui.domain.providers_merge import MergeLook
from placement_tui.domain.typed import long_text, short_text
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import Option
from placement_tui.widgets.dialog import Choose, Confirm
from placement_tui.widgets.place import Leave, Open, Place, given
from placement_tui.widgets.provider_words import provider_page
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.which_home import BY_KEY, which_home

_NOBODY = "a child who is not named"


class ProviderScreen(Place):
    """A provider. `about` is its id."""

    PLACE = "provider"
    NOUNS = frozenset({
        "provider", "home", "grade", "approach", "offer", "contact", "visit", "concern", "voice", "suspension", "placement",
    })  # fmt: skip

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._page: ProviderPage | None = None

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
        """Read everything about the provider."""
        self.read(lambda: self.services.providers.page(self.about), self._show)

    def _show(self, page: ProviderPage) -> None:
        self._page = page
        late = sum(row.overdue(self.services.desk.today) for row in page.visits)
        waits = (
            [f"{page.open_concerns} open concern{'' if page.open_concerns == 1 else 's'}"] if page.open_concerns else []
        )
        waits += [f"{late} visit{'' if late == 1 else 's'} overdue"] if late else []
        self.title_line.say(
            page.name, ", ".join(waits) or f"{page.home_count} home{'' if page.home_count == 1 else 's'}"
        )
        self._paint()
        self.renew_footer()

    def _paint(self) -> None:
        if self._page is not None:
            lines = provider_page(self._page, self.services.desk.now, self.size.width - 1)
            self.query_one(Reading).show(lines, keep=True)

    @property
    def page(self) -> ProviderPage:
        """What is shown, in a command that `reason_not` lets run only when it is."""
        return self._page  # type: ignore[return-value]  # reason_not saw to it

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Numbers that are not there cannot be copied, and what is of a home needs one."""
        if not self.is_mounted:
            return None
        page = self._page
        if page is None:
            return "The page is still being read"
        if command_id == "provider.copy" and not self._numbers():
            return f"There is no number for {page.name}"
        if command_id == "provider.copy_night" and not self._night():
            return f"There is no number for the night for {page.name}"
        if command_id == "provider.drop" and not page.contacts:
            return "There is no contact: a adds one"
        if command_id == "provider.settle" and not page.open_concerns:
            return "No concern is open"
        needs_home = ("provider.visit", "provider.concern", "provider.voice", "provider.suspend", "provider.home")
        if command_id in needs_home and not page.home_count:
            return f"{page.name} has no homes in the register"
        return None

    def _numbers(self) -> list[tuple[str, str]]:
        page = self.page
        found = [(page.name, page.phone), *((row.name, row.phone) for row in page.contacts)]
        return [pair for pair in [*found, *((row.name, row.phone) for row in page.homes)] if pair[1]]

    def _night(self) -> list[tuple[str, str]]:
        page = self.page
        found = [(page.name, page.out_of_hours_phone), *((row.name, row.out_of_hours_phone) for row in page.contacts)]
        found += [(row.name, row.out_of_hours_phone) for row in page.homes]
        return [pair for pair in found if pair[1]][:BY_KEY]

    def action_copy(self) -> None:
        """The first number."""
        self._copy(*self._numbers()[0])

    def action_copy_night(self) -> None:
        """The number for the night; by one more key where there are several."""
        found = self._night()
        if len(found) == 1:
            self._copy(*found[0])
            return
        options = [Option(pair, f"{pair[0]}  {pair[1]}") for pair in found]
        self.app.push_screen(
            Choose("Whose number for the night?", options, again="Y"), given(lambda pair: self._copy(*pair))
        )

    def _copy(self, whose: str, number: str) -> None:
        self.app.copy_to_clipboard(number)
        self.toast.saved(f"Copied {number} ({whose})", undo=False)

    def action_contact(self) -> None:
        """One line."""
        help_ = "Jo Hale, manager, 0151 496 0123, night 07700 900123, jo@example.org"

        def log(new: NewContact) -> None:
            self._save(lambda: self.services.providers.add_contact(self.about, new))

        self.app.push_screen(Ask(f"{self.page.name}: whom to ring", help_, forms.contact), given(log))

    def action_drop(self) -> None:
        """Off the list."""
        options = [Option(row.id, f"{row.name} {row.phone}") for row in self.page.contacts[:BY_KEY]]
        service = self.services.providers
        self.app.push_screen(Choose("Who is no longer to be rung?", options),
                             given(lambda key: self._save(lambda: service.drop_contact(key))))  # fmt: skip

    def action_visit(self) -> None:
        """Due, or made."""
        service, today = self.services.providers, self.services.desk.today

        def ask(home: UUID, name: str) -> None:
            def log(typed: forms.TypedVisit) -> None:
                new = NewVisit(home, typed.due_on, typed.visited_on, "", typed.found)
                self._save(lambda: service.log_visit(new))

            help_ = "due 3 dec plans one. Made: the day, a colon, what was found. today: warm, two staff on"
            self.app.push_screen(Ask(f"{name}: visit", help_, lambda text: forms.visit(text, today)), given(log))

        self._of_home("Which home is visited?", ask)

    def action_concern(self) -> None:
        """What worries somebody."""

        def ask(home: UUID, name: str) -> None:
            def log(what: str) -> None:
                new = NewConcern(home, what, self.services.desk.today)
                self._save(lambda: self.services.providers.raise_concern(new))

            check: Callable[[str], str] = lambda text: long_text("concern", text, forms.TEXT, required=True)  # noqa: E731 - it is handed over
            self.app.push_screen(Ask(f"{name}: a concern", "What it is, and who says so", check), given(log))

        self._of_home("About which home?", ask)

    def action_settle(self) -> None:
        """How a concern ended."""
        rows = [row for row in self.page.concerns if row.settled_on is None][:BY_KEY]
        if len(rows) == 1:
            self._settle(rows[0])
            return
        options = [Option(row, f"{row.home}: {row.what[:40]}") for row in rows]
        self.app.push_screen(Choose("Which concern is settled?", options), given(self._settle))

    def _settle(self, row: ConcernRow) -> None:
        check: Callable[[str], str] = lambda text: long_text("settled", text, forms.TEXT, required=True)  # noqa: E731 - it is handed over
        service = self.services.providers
        self.app.push_screen(Ask(f"{row.home}: how was it settled?", row.what[:180], check),
                             given(lambda how: self._save(lambda: service.settle_concern(row.id, how))))  # fmt: skip

    def action_voice(self) -> None:
        """Whose words, then the words."""
        self.read(lambda: self.services.providers.residents(self.about), self._whose_words, "residents")

    def _whose_words(self, there: list[tuple[UUID, str, UUID, str]]) -> None:
        children = list({each[0]: each for each in reversed(there)}.values())[::-1]
        options = [Option(each, f"{each[1]} ({each[3]})") for each in children[: BY_KEY - 1]]

        def chosen(each: tuple[UUID, str, UUID, str] | str) -> None:
            if isinstance(each, str):
                self._of_home("Of which home did they speak?", lambda home, name: self._words(home, name, None, ""))
            else:
                self._words(each[2], each[3], each[0], each[1])

        if options:
            self.app.push_screen(Choose("Who said it?", [*options, Option(_NOBODY, _NOBODY, "z")]), given(chosen))
        else:
            chosen(_NOBODY)

    def _words(self, home: UUID, name: str, child: UUID | None, initials: str) -> None:
        def log(words: str) -> None:
            new = NewVoice(home, words, self.services.desk.today, child)
            self._save(lambda: self.services.providers.log_voice(new))

        check: Callable[[str], str] = lambda text: long_text("words", text, forms.TEXT, required=True)  # noqa: E731 - it is handed over
        title = f"{initials or 'A child'} about {name}"
        self.app.push_screen(Ask(title, "As they said it, not as we would", check), given(log))

    def action_note(self) -> None:
        """In your own words."""
        service, check = self.services.providers, lambda text: long_text("note", text, forms.TEXT)
        self.app.push_screen(Ask(f"Note on {self.page.name}", "What everybody should know of them", check, self.page.note),
                             given(lambda note: self._save(lambda: service.note(self.about, note))))  # fmt: skip

    def action_suspend(self) -> None:
        """One home or all, in or out of use."""
        self.read(lambda: self.services.providers.homes_of(self.about), self._suspend, "homes")

    def _suspend(self, homes: list[tuple[UUID, str, str | None]]) -> None:
        used = [(key, name) for key, name, why in homes if why is None]
        shut = [(key, name) for key, name, why in homes if why is not None]
        options: list[Option] = []
        if len(used) > 1:
            options.append(Option((False, used), f"suspend every home ({len(used)})", "e"))
        if len(shut) > 1:
            options.append(Option((True, shut), f"lift all ({len(shut)})", "f"))
        room = BY_KEY - len(options)
        options += [Option((True, [each]), f"lift {each[1]}") for each in shut[:room]]
        options += [Option((False, [each]), f"suspend {each[1]}") for each in used[: max(0, room - len(shut))]]
        if len(options) == 1:
            self._why(*options[0].value)
        else:
            self.app.push_screen(Choose("Suspend, or lift it", options), given(lambda pair: self._why(*pair)))

    def _why(self, lift: bool, homes: list[tuple[UUID, str]]) -> None:
        name = homes[0][1] if len(homes) == 1 else f"{len(homes)} homes"
        service, keys = self.services.providers, [key for key, _ in homes]
        title = f"{name}: used again, why?" if lift else f"{name}: not to be used, why?"
        work = service.lift if lift else service.suspend
        check: Callable[[str], str] = lambda text: short_text("why", text, forms.LINE, required=True)  # noqa: E731 - it is handed over
        self.app.push_screen(Ask(title, "In a few words: it stands beside the home wherever it shows", check),
                             given(lambda why: self._save(lambda: work(keys, why))))  # fmt: skip

    def action_home(self) -> None:
        """One home's page."""
        self._of_home("Which home?", lambda home, _name: self.post_message(Open("home", home)))

    def action_difference(self) -> None:
        """Their refusals by what would change them."""
        self.post_message(Open("difference", self.about))

    def action_merge(self) -> None:
        """Into which other, then what would move, then another key."""
        service = self.services.merging

        def look(said: str) -> None:
            self.read(lambda: service.look(self.about, self.services.providers.resolve(said)), self._confirm, "merge")

        help_ = f"The name of the one that is kept; everything of {self.page.name} goes to it"
        check: Callable[[str], str] = lambda text: short_text("name", text, forms.LINE, required=True)  # noqa: E731 - it is handed over
        self.app.push_screen(Ask(f"{self.page.name} is the double of", help_, check), given(look))

    def _confirm(self, look: MergeLook) -> None:
        words = f"{look.words[0].upper()}{look.words[1:]}." + "".join(
            f" {each}." for each in (*look.takes, *look.minds)
        )
        service = self.services.merging

        def merged(saved: Saved) -> None:
            self.post_message(Open("provider", look.into_id))
            self.post_message(Leave(saved.words))

        def confirmed(yes: bool) -> None:
            if yes:
                self.write(lambda: service.merge(look.from_id, look.into_id), merged)

        self.app.push_screen(Confirm(f"Merge {look.name} into {look.into}?", words, "merge", "m"), given(confirmed))

    # what several share

    def _of_home(self, title: str, then: Callable[[UUID, str], object]) -> None:
        page, service, about = self.page, self.services.providers, self.about
        homes = [(row.id, row.name) for row in page.homes]
        which_home(self, title, homes, page.home_count, lambda: service.homes_of(about), then)

    def _save(self, work: Callable[[], Saved]) -> None:
        self.write(work, lambda saved: self.toast.saved(saved.words))
