"""A child's profile: to read as it would leave, with its checks beside it, and to let leave."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.containers import Horizontal
from textual.widget import Widget

from placement_tui.domain.approaches import Saved
from placement_tui.domain.profiles import CLIPBOARD, RISKS, Subject
from placement_tui.domain.typed import long_text
from placement_tui.errors import Invalid
from placement_tui.paths import typed_path
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import Option
from placement_tui.widgets.dialog import Choose, Confirm
from placement_tui.widgets.lines import StatusLine
from placement_tui.widgets.outside import edit_outside
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.profile_words import check_lines, marked_page, sent_lines
from placement_tui.widgets.readdialog import ReadDialog
from placement_tui.widgets.reading import Reading
from placement_tui.widgets.text import Line, Span

if TYPE_CHECKING:
    from placement_tui.services.profiles import Left, Prepared

WIDE = 110  # cells from which text and checks stand beside each other
MOST_COPIED = 70_000  # bytes; most terminals take no more of OSC 52
DRAFT = "profile text"
_EMPTY = "Nothing is written yet. Enter writes it section by section, E opens it in your own editor."


class _Seen(NamedTuple):
    """The children of the referral, and the one that is shown as it would leave."""

    children: tuple[Subject, ...]
    made: Prepared
    drafted: bool


class ProfileScreen(Place):
    """The profiles of a referral's children, one at a time. `about` is the referral."""

    PLACE = "profile"
    NOUNS = frozenset({"profile", "risk", "referral", "child", "sent", "setting", "referral_child"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._at = 0
        self._checks = self._full = False
        self._seen: _Seen | None = None

    def body(self) -> Iterable[Widget]:
        """How good it is, the text, the checks."""
        yield StatusLine(id="score")
        yield Horizontal(Reading(id="text"), Reading(id="checks"))

    def on_mount(self) -> None:
        """The text scrolls."""
        self._turned()
        super().on_mount()

    def on_resize(self) -> None:
        """Its lines are broken for the width."""
        self._turned()
        self._paint()

    def look(self) -> None:
        """Read it as it would leave."""
        service, about, full = self.services.profiles, self.about, self._full
        drafts, at = self.services.drafts, self._at

        def read() -> _Seen:
            children = service.of_referral(about)
            key = children[min(at, len(children) - 1)].child.id
            drafted = drafts.load(DRAFT, str(key)) is not None
            return _Seen(children, service.prepare(about, key, full=full), drafted)

        self.read(read, self._show)

    def _show(self, seen: _Seen) -> None:
        self._seen = seen
        made = seen.made
        many = f", child {self._at + 1} of {len(seen.children)}" if len(seen.children) > 1 else ""
        state = "FULL" if self._full else "anonymised"
        self.title_line.say(f"{made.referral.reference} profile", f"{made.subject.child.words}{many}, {state}")
        ink = "good" if made.quality.passes else "warn"
        leaks: Line = Span(f"gives the child away: {len(made.leaks)}, Tab says where", "bad") if made.leaks else ""
        self.query_one("#score", StatusLine).say(Span(made.quality.words, ink), leaks)
        if seen.drafted:
            self.toast.say([Span("What you wrote in your editor is not saved yet: ", "accent"), Span("E", "key"), Span(" opens it", "muted")])  # fmt: skip
        self._paint()
        self.renew_footer()

    def _turned(self) -> None:
        wide = self.size.width >= WIDE
        text, checks = self.query_one("#text", Reading), self.query_one("#checks", Reading)
        text.display, checks.display = wide or not self._checks, wide or self._checks
        (checks if self._checks else text).focus()

    def _paint(self) -> None:
        seen = self._seen
        if seen is None:
            return
        width = self.size.width // 2 if self.size.width >= WIDE else self.size.width
        made = seen.made
        empty = [Span(f" {_EMPTY}", "muted"), ""] if made.subject.profile.empty else []
        self.query_one("#text", Reading).show([*empty, *marked_page(made.page, made.leaks, width - 2)], keep=True)
        self.query_one("#checks", Reading).show(
            check_lines(made.quality, made.leaks, made.unknown, width - 2), keep=True
        )

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """It has to be read; what leaves has to be written; a viewer changes nothing."""
        if self._seen is None:
            return "It is still being read"
        profile = self._seen.made.subject.profile
        changes = ("profile.write", "profile.editor", "profile.true", "profile.save", "profile.copy")
        if command_id in changes and self.services.desk.officer.role == "viewer":
            return "A viewer reads it, and changes nothing"
        if command_id in ("profile.save", "profile.copy") and profile.empty:
            return "Nothing is written yet: Enter writes it"
        if command_id == "profile.true" and not self._old():
            return "Nothing in it is older than a year"
        if command_id == "profile.child" and len(self._seen.children) < 2:
            return "There is one child here"
        if command_id == "profile.asks" and not self._seen.made.quality.asks:
            return "Nothing is open"
        return None

    def _old(self) -> list[Option]:
        made = self._now
        today, profile = self.services.desk.today, made.subject.profile
        titles = {prompt.key: prompt.title for prompt in made.template}
        keys = [*profile.stale(today), *((RISKS,) if profile.stale_risks(today) else ())]
        return [Option(key, titles.get(key, key)) for key in keys]

    @property
    def _now(self) -> Prepared:
        assert self._seen is not None, "reason_not saw to it"
        return self._seen.made

    def action_write_it(self) -> None:
        """The form."""
        self.post_message(Open("profile_form", f"{self.about} {self._now.subject.child.id}"))

    def action_editor(self) -> None:
        """The whole of it in the user's own editor."""
        services, child, before = self.services, self._now.subject.child.id, self._now.subject.profile

        def keep(written: str) -> None:
            services.drafts.save(DRAFT, str(child), {"text": written})

        def edit(text: str) -> None:
            written, trouble = edit_outside(self.app, text, keep)
            if trouble:
                self.toast.refused(trouble)
                return

            def save() -> Saved:
                keep(written)
                saved = services.profiles.take(child, written, before)
                services.drafts.discard(DRAFT, str(child))
                return saved

            self.write(save, self._saved)

        def text() -> str:
            draft = services.drafts.load(DRAFT, str(child))
            return str(draft[0].get("text", "")) if draft else services.profiles.edited(child)

        self.read(text, edit, "editor")

    def action_turn(self) -> None:
        """The other one."""
        self._checks = not self._checks
        self._turned()

    def action_still_true(self) -> None:
        """Which section, by one key."""
        service, child = self.services.profiles, self._now.subject.child.id
        options = [*self._old(), Option("all", "All of these")]

        def said(key: str) -> None:
            keys = [str(option.value) for option in options[:-1]] if key == "all" else [key]
            self.write(lambda: service.save(child, {}, None, keys), self._saved)

        self.app.push_screen(Choose("Still true today?", options), given(said))

    def action_next_child(self) -> None:
        """The next one, then the first."""
        assert self._seen is not None, "reason_not saw to it"
        self._at = (self._at + 1) % len(self._seen.children)
        self.look()

    def action_full(self) -> None:
        """With or without what names the child."""
        self._full = not self._full
        self.look()

    def action_save_file(self) -> None:
        """To a file, as its ending says."""
        what = "FULL: it names the child" if self._full else "Anonymised"
        help_ = f"{what}. Its ending says what: .txt, .md, .docx or .pdf. Only you may read it"
        start = str(Path.home() / f"profile-{self.services.desk.today:%Y-%m-%d}.docx")
        self.app.push_screen(Ask("Write it to a file", help_, read_target, start), given(self._leave))

    def action_copy(self) -> None:
        """To the terminal's clipboard."""
        size = len(self._now.text.encode())
        if size > MOST_COPIED:
            self.toast.refused(
                f"It is too long for a clipboard over a terminal ({size:,} bytes): w writes it to a file"
            )
            return
        self._leave(CLIPBOARD)

    def _leave(self, to: Path | str) -> None:
        """Let it leave; where something gives the child away, a manager is asked why it may all the same."""
        leaks = self._now.leaks
        if not leaks or self.services.desk.officer.role != "manager":
            self._send(to)
            return
        detail = "; ".join(leak.words for leak in leaks[:6]) + (
            f"; and {len(leaks) - 6} more" if len(leaks) > 6 else ""
        )

        def sure(yes: bool) -> None:
            if yes:
                help_ = "It is kept with your name. Escape lets nothing leave"
                self.app.push_screen(Ask("Why may it leave all the same?", help_, read_why), given(pass_with))

        def pass_with(why: str) -> None:
            self._send(to, tuple(leak.found for leak in leaks), why)

        self.app.push_screen(
            Confirm("It gives the child away. Let it leave all the same?", detail, "let it leave", "L"), given(sure)
        )

    def _send(self, to: Path | str, passing: tuple[str, ...] = (), why: str = "") -> None:
        service, about, child, full = self.services.profiles, self.about, self._now.subject.child.id, self._full

        def left(done: Left) -> None:
            if to == CLIPBOARD:
                self.app.copy_to_clipboard(done.text)
                self.toast.saved(f"Copied: {done.words}", undo=False)
            else:
                self.toast.saved(done.words, undo=False)

        self.write(lambda: service.send(about, child, to, full=full, passing=passing, why=why), left)

    def action_asks(self) -> None:
        """The open items to the terminal's clipboard."""
        asks = self._now.quality.asks
        self.app.copy_to_clipboard("\n".join(f"- {ask}" for ask in asks) + "\n")
        self.toast.saved(f"Copied {len(asks)} questions for the social worker", undo=False)

    def action_sent(self) -> None:
        """What left, over this place."""
        now, service, about = self.services.desk.now, self.services.profiles, self.about

        def show(rows: Any) -> None:
            self.app.push_screen(ReadDialog("What left of it", lambda width: sent_lines(rows, now, width), ("s",)))

        self.read(lambda: service.sent(about), show, "sent")

    def action_calls(self) -> None:
        """The call list."""
        self.post_message(Open("calls", self.about))

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)
        self.look()


def read_target(text: str) -> Path:
    """A file's name with an ending that can be written. Raises Invalid."""
    target = typed_path(text)
    if target.suffix.casefold() not in (".txt", ".md", ".docx", ".pdf"):
        raise Invalid("file", "Its ending says what it is", mend="end it in .txt, .md, .docx or .pdf")
    if target.exists():
        raise Invalid("file", "There is a file of that name already", mend="give it another name")
    return target


def read_why(text: str) -> str:
    """A reason. Raises Invalid where there is none."""
    return long_text("why", text, 2_000, required=True)
