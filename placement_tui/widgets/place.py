"""What every place of work shares: the frame of lines, reading and writing off the screen's thread, and its commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar
from uuid import UUID

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from placement_tui import commands
from placement_tui.commands import Command
from placement_tui.errors import NotFound, PlacementError
from placement_tui.widgets.bindings import Commanded, bindings_for, reasons
from placement_tui.widgets.gathering import Gathering
from placement_tui.widgets.lines import FooterLine, Rule, TitleLine, ToastLine
from placement_tui.widgets.text import width_of

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services
    from placement_tui.domain.history import Changed

T = TypeVar("T")


def given(then: Callable[[Any], object]) -> Callable[[Any], None]:
    """`then` for an answer that may not come: a dialog or a strip that was left answers None, and nothing happens."""

    def take(answer: Any) -> None:
        if answer is not None:
            then(answer)

    return take


class Open(Message, namespace="place"):
    """Open a place: the app knows which screen it is. `about` is what it is opened for; `more` goes to the screen."""

    bubble = True

    def __init__(self, place: str, about: Any = None, **more: Any) -> None:
        super().__init__()
        self.place, self.about, self.more = place, about, more
        self.asker: Place | None = None


class Leave(Message, namespace="place"):
    """This place is done: go back to the one before, and forget it, unless it is `kept`. `said` is shown there."""

    bubble = True

    def __init__(self, said: str = "", undo: bool = True, kept: bool = False) -> None:
        super().__init__()
        self.said, self.undo, self.kept = said, undo, kept
        self.asker: Place | None = None


class Done(Message):
    """Work on a thread is done; `then` takes its value on the screen's own thread."""

    def __init__(self, then: Callable[[Any], object], value: Any) -> None:
        super().__init__()
        self.then, self.value = then, value


class Failed(Message):
    """Work on a thread was refused; `otherwise` takes the error first where it is given."""

    def __init__(self, error: PlacementError, otherwise: Callable[[PlacementError], bool] | None) -> None:
        super().__init__()
        self.error, self.otherwise = error, otherwise


class Place(Commanded, Gathering[None]):
    """One place of work. Subclasses give `PLACE`, `body()`, `look()` (read and show), and `action_...` for commands."""

    PLACE: ClassVar[str] = ""
    NOUNS: ClassVar[frozenset[str]] = frozenset()  # tables whose changes make it look again
    READY: ClassVar[str] = "look"  # the group of reading whose first answer makes it ready for its commands
    closes: ClassVar[bool] = False  # True where going back closes it: a form, whose draft is kept
    AUTO_FOCUS = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Bind the place's own commands."""
        if cls.PLACE:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", []), *bindings_for(cls.PLACE)]
        super().__init_subclass__(**kwargs)

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__()
        self.about, self.more = about, more
        self._asked: dict[str, int] = {}
        self._stale = True
        self._lit: Changed | None = None
        self._held: list[tuple[str, str]] | None = [] if type(self).look is not Place.look else None

    # the frame

    def compose(self) -> ComposeResult:
        """Title, body, what was just done, the next likely keys."""
        host: Any = self.app
        yield TitleLine(commands.PLACES.get(self.PLACE, ""), council=host.council, demo=host.demo, id="title")
        yield from self.body()
        yield Rule()
        yield from self.foot()
        yield ToastLine(id="toast")
        yield FooterLine(commands.footer_for(self.PLACE), place=self.PLACE, id="footer")

    def body(self) -> Iterable[Widget]:
        """What stands between title and foot."""
        return ()

    def foot(self) -> Iterable[Widget]:
        """What stands between the rule and the line that says what was done."""
        return ()

    @property
    def title_line(self) -> TitleLine:
        """Where we are."""
        return self.query_one("#title", TitleLine)

    @property
    def toast(self) -> ToastLine:
        """What was just done."""
        return self.query_one("#toast", ToastLine)

    def renew_footer(self) -> None:
        """Say which commands cannot run now."""
        self.query_one("#footer", FooterLine).offer(
            commands.footer_for(self.PLACE), reasons(self.PLACE, self), self.PLACE
        )

    async def action_run(self, command_id: str, key: str = "") -> None:
        """Run a command; one that comes before there is anything on the screen waits for it."""
        if self._held is not None:
            self._held.append((command_id, key))
        else:
            await super().action_run(command_id, key)

    def begin(self) -> None:
        """It is about to be opened: where it reads from an open store, what it reads is painted with it."""
        if self._held is not None and getattr(self.app, "services", None) is not None:
            self.be_patient()

    @property
    def is_reading(self) -> bool:
        """True until there is something on the screen for its commands."""
        return self._held is not None

    def release(self) -> None:
        """There is something on the screen: run what was asked for meanwhile, in order."""
        held, self._held = self._held, None
        self.impatient()
        for command_id, key in held or ():
            self.call_later(self.action_run, command_id, key)

    def say_why_not(self, command: Command, reason: str) -> None:  # noqa: ARG002 - the reason says enough
        """Show why a command cannot run now."""
        self.toast.refused(reason)

    def show_error(self, error: PlacementError) -> None:
        """Show a refusal where this place shows what was done; one that is longer than a line, whole, in a dialog."""
        words = str(error)
        self.toast.refused(words)
        if width_of(words) > self.size.width - 2:
            from placement_tui.widgets.dialog import Message as Dialog

            self.app.push_screen(Dialog.of(error))

    # data up, intentions down

    @property
    def services(self) -> Services:
        """The open store's services; a place is not looked at before they are there."""
        found: Services = self.app.services  # type: ignore[attr-defined]  # the app that holds places has it
        return found

    def on_mount(self) -> None:
        """Look, when the store is open."""
        self.arrive()

    def on_screen_resume(self) -> None:
        """Look again where something changed meanwhile."""
        self.arrive()

    @property
    def provider(self) -> UUID | None:
        """The provider of the home in hand, in a place that has one."""
        return None

    def called_again(self) -> None:
        """It was open already and is opened again, with other `more`."""

    def arrive(self) -> None:
        """Read and show what this place shows, where it is due and possible."""
        if self._stale and self.is_mounted and getattr(self.app, "services", None) is not None:
            self._stale = False
            self.look()

    def look(self) -> None:
        """Read on a thread and show."""

    def again(self) -> None:
        """Look again after a while in which nothing was heard: now where it is in front, else when it comes back."""
        self._stale = True
        if self.is_current:
            self.arrive()

    def audited(self) -> tuple[UUID | None, str]:
        """The record whose views and changes are asked for here, and its words; None for the whole store."""
        return (self.about, self.title_line.said.split("  ")[0]) if isinstance(self.about, UUID) else (None, "")

    def changed(self, what: Changed) -> None:
        """Something was changed by somebody: look again, now where this place is in front, else when it comes back."""
        if what.nouns & self.NOUNS:
            self._lit = what
            self._stale = True
            if self.is_current:
                self.arrive()

    def read(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        group: str = "look",
        otherwise: Callable[[PlacementError], bool] | None = None,
    ) -> None:
        """Run `work` on a thread and give its value to `then`; an older answer of the same group is dropped."""
        number = self._asked[group] = self._asked.get(group, 0) + 1

        def latest(value: T) -> None:
            if self._asked[group] == number:
                then(value)
                if group == self.READY:
                    self.release()

        self.app.work(self, work, latest, otherwise, False)  # type: ignore[attr-defined]  # the app that holds places

    def write(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        otherwise: Callable[[PlacementError], bool] | None = None,
    ) -> None:
        """Run a change on the writing thread, in the order in which changes were asked for."""
        self.app.work(self, work, then, otherwise, True)  # type: ignore[attr-defined]  # the app that holds places

    def post_message(self, message: Message) -> bool:
        """Post; one that opens or leaves a place says which place it comes from, for another may be in front by then."""
        if isinstance(message, Open | Leave):
            message.asker = self
        return super().post_message(message)

    def on_done(self, message: Done) -> None:
        """Take a value."""
        message.stop()
        if self.is_attached:
            message.then(message.value)

    def on_failed(self, message: Failed) -> None:
        """Show a refusal, unless whoever asked takes it; what waits for the first answer need wait no longer."""
        message.stop()
        if self._held is not None:
            self.release()
        if not self.is_attached or (message.otherwise and message.otherwise(message.error)):
            return
        if isinstance(message.error, NotFound) and self.about is not None:
            # what this place is about was taken back: there is nothing here any more
            self.post_message(Leave(message.error.title + ": " + message.error.mend, undo=False))
        else:
            self.show_error(message.error)

    def lit(self, noun: str) -> frozenset[Any]:
        """The records of a table that somebody else has just changed, once."""
        what, self._lit = self._lit, None
        own: Any = self.app
        if what is None or what.by == own.initials:
            return frozenset()
        return what.ids.get(noun, frozenset())
