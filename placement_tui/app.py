"""The terminal program: knows the places, opens and leaves them, one funnel for errors; holds no logic of the work."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.driver import Driver
from textual.message import Message

from placement_tui.beds import FreeBeds
from placement_tui.commands import ANYWHERE, PLACES, Command, commands_for
from placement_tui.domain.identifiers import ANY, as_id
from placement_tui.doors import Doors
from placement_tui.errors import PlacementError
from placement_tui.keeping import Keeping
from placement_tui.providers import ProviderDoors
from placement_tui.starting import NEED_NO_STORE, Starting, collect_again
from placement_tui.widgets import themes
from placement_tui.widgets.bindings import Commanded, bindings_for
from placement_tui.widgets.place import Place
from placement_tui.widgets.size import SizeMinded

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services
    from placement_tui.domain.approaches import Saved
    from placement_tui.domain.history import Changed
    from placement_tui.opening import Opening

# place -> the module under `screens` and the class in it; imported when it is first opened
SCREENS: dict[str, tuple[str, str]] = {
    "board": ("board", "BoardScreen"),
    "calls": ("calls", "CallsScreen"),
    "homes": ("homes", "HomesScreen"),
    "home": ("home", "HomeScreen"),
    "provider": ("provider", "ProviderScreen"),
    "offers": ("offers", "OffersScreen"),
    "sign_offs": ("sign_offs", "SignOffsScreen"),
    "delay": ("delay", "DelayScreen"),
    "difference": ("difference", "DifferenceScreen"),
    "insight": ("insight", "InsightScreen"),
    "figures": ("figures", "FiguresScreen"),
    "behind": ("behind", "BehindScreen"),
    "vacancies": ("vacancies", "VacanciesScreen"),
    "beds": ("beds", "BedsScreen"),
    "placements": ("placements", "PlacementsScreen"),
    "referral": ("referral", "ReferralScreen"),
    "offer": ("offer", "OfferScreen"),
    "placement": ("placement", "PlacementScreen"),
    "siblings": ("siblings", "SiblingsScreen"),
    "profile": ("profile", "ProfileScreen"),
    "profile_form": ("profile_form", "ProfileFormScreen"),
    "registers": ("registers", "RegistersScreen"),
    "entry": ("entry", "EntryScreen"),
    "care": ("care", "CareScreen"),
    "care_form": ("care_form", "CareFormScreen"),
    "story": ("story", "StoryScreen"),
    "permanence": ("permanence", "PermanenceScreen"),
    "lessons": ("lessons", "LessonsScreen"),
    "ending": ("ending", "EndingScreen"),
    "returns": ("returns", "ReturnsScreen"),
    "due": ("due", "DueScreen"),
    "handover": ("handover", "HandoverScreen"),
    "market": ("market", "MarketScreen"),
    "settings": ("settings", "SettingsScreen"),
    "officers": ("officers", "OfficersScreen"),
    "officer": ("officer", "OfficerScreen"),
    "audit": ("audit", "AuditScreen"),
    "tell": ("tell", "TellScreen"),
    "unlock": ("unlock", "UnlockScreen"),
    "welcome": ("welcome", "WelcomeScreen"),
}
# place -> the table of what it is about, where opening it is a look at a child's record, which the journal notes
SHOWS_CHILD: dict[str, str] = {
    "calls": "referral",
    "homes": "referral",
    "offers": "referral",
    "referral": "referral",
    "tell": "referral",
    "offer": "offer",
    "placement": "offer",
    "ending": "placement",
    "siblings": "referral",
    "profile": "referral",
    "profile_form": "child",
    "entry": ANY,
    "care": "child",
    "care_form": "child",
    "story": "child",
    "audit": ANY,
}
_NEED_STORE = frozenset(command.id for command in commands_for(ANYWHERE) if command.id not in NEED_NO_STORE)


class OthersChanged(Message):
    """The store was changed, by this officer or another."""

    def __init__(self, changed: Changed) -> None:
        super().__init__()
        self.what = changed


class Warned(Message):
    """Something is wrong with the store itself, found while nobody asked."""

    def __init__(self, error: PlacementError) -> None:
        super().__init__()
        self.error = error


class PlacementApp(Commanded, Starting, SizeMinded, Doors, ProviderDoors, FreeBeds, Keeping):
    """`placement` on a terminal."""

    PLACES_AT = SCREENS
    CSS_PATH = "styles/placement.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings_for(ANYWHERE)
    ENABLE_COMMAND_PALETTE = False
    TITLE = "placement"

    def __init__(self, opening: Opening, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self.opening = opening
        self.services: Services | None = None
        self.council, self.demo, self.initials = "", opening.demo, ""
        self.begin_trail()
        self.begin_work()
        self.begin_idle(self.cover)
        self.begin_ahead()

    # coming and going

    def on_mount(self) -> None:
        """Show the first place at once; the store is opened behind it."""
        if not self.is_headless:
            self.heed_signals()
            self.call_after_refresh(self.begin_keeping)
        themes.register(self)
        colours = os.environ.get("TEXTUAL_COLOR_SYSTEM", "")
        self.theme = themes.start_theme(
            os.environ.get("PLACEMENT_THEME", ""), colours, bool(os.environ.get("NO_COLOR"))
        )
        if self.opening.missing:
            self.open_place("welcome")
        elif self.opening.asks:
            self.open_place("unlock")
        else:
            self.open_place("board")
            self.call_after_refresh(self.unlock, self.opening.officer, self.opening.passphrase)
        self.begin_seeing()

    def unlock(self, officer: str | None, passphrase: str | None) -> None:
        """Open the store on a thread; the place in front hears of it."""
        self.work(self.place, lambda: self.opening.open(officer, passphrase), self.opened, self._not_opened, False)

    def opened(self, services: Services) -> None:
        """The store is open: say whose it is, and let every place look."""
        self.services = services
        self.council, self.demo = services.desk.authority_name, services.demo
        self.initials = services.desk.officer.initials
        services.desk.listen(self._heard)
        services.feed.when_locked(self.lock_soon)
        self.opening.passphrase = None  # who comes back types it
        self.watch_idle()
        if self.in_front != "board":
            self.begin_again()
            self.open_place("board")
        for place in self.places:
            if place.is_mounted:
                place.arrive()
        failed = services.officers.failed_words
        if failed:
            self.say_in_front(lambda line: line.refused(failed))
        collect_again()

    def _not_opened(self, error: PlacementError) -> bool:
        if self.opening.asks:  # what this machine remembered did not open it
            self.drop_ahead()
            self.open_place("unlock")
            return False
        if self.in_front == "board":
            self.exit(return_code=error.exit_code, message=str(error))
            return True
        return False

    async def action_quit(self) -> None:
        """Leave; everything is saved already."""
        if not self.end_work():
            return
        if self.services is not None:  # it stays in its place: what was read a moment ago may still be shown
            self.services.close()
        await self.close_places()
        self.exit()

    # others' changes

    def _heard(self, changed: Changed) -> None:
        self.post_message(OthersChanged(changed))

    def told_of_store(self, error: PlacementError) -> None:
        self.post_message(Warned(error))

    def on_warned(self, message: Warned) -> None:
        """What the officer must know of the store, wherever they are."""
        self.place.show_error(message.error)

    def on_others_changed(self, message: OthersChanged) -> None:
        """Every open place hears what changed; a bed that somebody else logged says whom it fits."""
        for place in self.places:
            place.changed(message.what)
        self.hear_of_beds(message.what)

    def came(self, place: Place) -> None:
        """Note who looked at whose record; a thread writes it, once in a quarter of an hour."""
        noun, key = SHOWS_CHILD.get(place.PLACE), as_id(str(place.about).rpartition(" ")[2])
        if noun is not None and key is not None and self.services is not None:
            self.services.audit.seen(noun, key, PLACES[place.PLACE].lower())

    # commands of anywhere

    def say_why_not(self, command: Command, reason: str) -> None:  # noqa: ARG002 - the reason says enough
        """Show why a command cannot run now."""
        self.place.toast.refused(reason)

    def reason_not(self, command_id: str) -> str | None:
        """Nothing but help and leaving works before the store is open."""
        if self.services is None and command_id in _NEED_STORE:
            return "The store is not open yet"
        return self.reason_kept(command_id)

    def action_new_referral(self) -> None:
        """The whole form."""
        self.open_place("referral", "new", short=False)

    def action_emergency_referral(self) -> None:
        """The eight fields."""
        self.open_place("referral", "new", short=True)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._history("undo")

    def action_redo(self) -> None:
        """Put it back."""
        self._history("redo")

    def _history(self, verb: str) -> None:
        services, place = self.services, self.place
        if services is None:
            return

        def said(saved: Saved) -> None:
            words = saved.words[0].upper() + saved.words[1:]
            self._say(words + (". U does it again" if verb == "undo" else ""), verb == "redo")

        place.write(getattr(services.history, verb), said)

    def action_looks(self) -> None:
        """The next colours."""
        names = themes.NAMES
        self.theme = names[(names.index(self.theme) + 1) % len(names) if self.theme in names else 0]
        self.place.toast.saved(f"Colours: {themes.WORDS[self.theme]}", undo=False)

    def action_repaint(self) -> None:
        """Paint everything again."""
        repaint = getattr(self._driver, "repaint", None)
        if repaint is not None:
            repaint()
        self.screen.refresh(layout=True)

    def action_help(self) -> None:
        """Help for this place."""
        from placement_tui.screens.help import HelpDialog

        self.push_screen(HelpDialog(self.place.PLACE))

    def action_find(self) -> None:
        """Find anything."""
        from placement_tui.screens.finder import FinderDialog

        self.push_screen(FinderDialog(), self._go_to)

    def action_palette(self) -> None:
        """Commands and records by name."""
        from placement_tui.screens.finder import FinderDialog

        self.push_screen(FinderDialog(commands_of=self.place), self._go_to)

    def _go_to(self, choice: Any) -> None:
        if choice is None:
            return
        kind, value = choice
        if kind == "command":
            self.call_later(self.place.action_run, value, "")
        elif kind == "referral":
            self.open_place("calls", value)
        elif kind in ("home", "provider"):
            self.open_place(kind, value)

    def action_rang_back(self) -> None:
        """A provider rings back: pick who, then log the answer on their row."""
        from placement_tui.screens.finder import RangBackDialog

        def answered(choice: Any) -> None:
            if choice is not None:
                referral, approach = choice
                self.open_place("calls", referral, approach=approach, returns=True)

        self.push_screen(RangBackDialog(), answered)

    def action_switch(self) -> None:
        """Another referral, by one key."""
        from placement_tui.screens.finder import SwitchDialog

        seen = self.recent("calls")
        here = self.place.about if self.place.PLACE in ("calls", "homes", "offers") else None

        def chosen(choice: Any) -> None:
            if choice is not None:
                self.open_place("calls", choice)

        self.push_screen(SwitchDialog([about for about in dict.fromkeys(seen) if about != here], here), chosen)
