"""From anywhere: find anything, do anything by name, who rings back, switch to another referral."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from placement_tui import commands
from placement_tui.commands import ANYWHERE, keys_words
from placement_tui.domain.approaches import CallRow
from placement_tui.domain.board import Board, BoardRow
from placement_tui.domain.finding import Hit
from placement_tui.domain.folding import fold, skeleton
from placement_tui.domain.vacancies import said_words
from placement_tui.widgets.choose import KEYS
from placement_tui.widgets.columns import Column
from placement_tui.widgets.picker import Picker
from placement_tui.widgets.place import Done, Failed, Place
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import ago_words, answer_words, by_words, wanted_words

_ABOVE = 8  # referrals, children and homes that stand before the providers


class Choice(NamedTuple):
    """One line of the finder: what it is, its value, its words, why it cannot be had now."""

    kind: str
    id: Any
    words: str
    more: str = ""
    reason: str = ""


class FinderBox(ModalScreen[Any]):
    """A box over the place that asked; work on threads comes back to it."""

    DEFAULT_CSS = """
    FinderBox { align: center middle; background: transparent; }
    FinderBox > Vertical { width: 78; max-width: 100%; height: 18; max-height: 100%; border: solid $accent; background: $surface; }
    """
    AUTO_FOCUS = "RecordTable"

    def on_done(self, message: Done) -> None:
        """Take a value."""
        message.stop()
        message.then(message.value)

    def on_failed(self, message: Failed) -> None:
        """A refusal closes the box; the place behind says it."""
        message.stop()
        self.dismiss(None)
        self.app.place.show_error(message.error)  # type: ignore[attr-defined]  # the app that holds places

    def work(self, task: Any, then: Any) -> None:
        """Run on a thread."""
        self.app.work(self, task, then, None, False)  # type: ignore[attr-defined]  # the app that holds places

    @property
    def services(self) -> Any:
        """The open store's services."""
        return self.app.services  # type: ignore[attr-defined]  # the app that holds places

    def on_key(self, event: events.Key) -> None:
        """Escape leaves."""
        if event.key in ("escape", "f3", "f4"):
            event.stop()
            self.dismiss(None)


class FinderDialog(FinderBox):
    """A few letters find a referral, a child, a home; with `commands_of` a place, its commands too."""

    def __init__(self, commands_of: Place | None = None) -> None:
        super().__init__()
        self._place = commands_of

    def compose(self) -> ComposeResult:
        """The picker."""
        with Vertical():
            yield Picker(
                [Column("", 9, ink="muted"), Column("", least=24), Column("", least=16, ink="muted")], self._cells,
                prompt="Do " if self._place else "Find ", labels=True,
                empty="A few letters of a child, home, provider; a reference, URN or phone",
            )  # fmt: skip

    def on_mount(self) -> None:
        """With a place, its commands are there before a letter is typed; without, what letters find."""
        words = "commands; letters find records too" if self._place is not None else ""
        self.query_one(Picker).show(self._commands(""), words)

    def on_picker_typed(self, message: Picker.Typed) -> None:
        """Each key looks again."""
        text, serial = message.text, message.serial
        doing = self._commands(text)
        if not text.strip() or self.services is None:
            self.query_one(Picker).show(doing, serial=serial)
            return

        def found(hits: list[Hit]) -> None:
            rows = [*doing, *(Choice(hit.noun, hit.id, hit.words, hit.more) for hit in hits if hit.noun != "child")]
            self.query_one(Picker).show(rows, f"{len(rows)} found", serial=serial)

        services, picker = self.services, self.query_one(Picker)

        def still() -> bool:
            return picker.serial == serial

        def look() -> list[Hit]:
            hits = services.homes.anything(text, still=still) if still() else []
            named = services.providers.named(text, 4) if still() else []
            return [*hits[:_ABOVE], *named, *hits[_ABOVE:]]

        self.work(look, found)

    def _commands(self, text: str) -> list[Choice]:
        if self._place is None:
            return []
        app: Any = self.app
        words = fold(text).split()
        rows = []
        for command in (*commands.commands_for(self._place.PLACE), *commands.commands_for(ANYWHERE)):
            title = fold(f"{command.title} {command.word}")
            if command.action.endswith("('{key}')") or not all(
                any(part.startswith(word) for part in title.split()) for word in words
            ):
                continue
            owner = app if ANYWHERE in command.where else self._place
            keys = keys_words(command.keys_in(self._place.PLACE))
            rows.append(Choice("command", command.id, command.title, keys, owner.reason_not(command.id) or ""))
        return rows

    def _cells(self, row: Choice) -> list[Line]:
        more: Line = Span(row.reason, "warn") if row.reason else row.more
        return [row.kind, Span(row.words, "struck" if row.reason else ""), more]

    def on_record_table_chosen(self, message: RecordTable.Chosen) -> None:
        """Go there, or do it."""
        row: Choice | None = message.table.row
        if row is None:
            return
        if row.reason:
            self.query_one(Picker).say(Span(row.reason, "warn"))
            return
        self.dismiss((row.kind, row.id))


class WhichHomeDialog(FinderBox):
    """A few letters of a home, misheard ones too; before any, those that are to be asked again."""

    def compose(self) -> ComposeResult:
        """The picker."""
        with Vertical():
            yield Picker(
                [Column("", least=24), Column("", least=16, ink="muted"), Column("", 16, ink="muted")], self._cells,
                prompt="Which home? ", labels=True, empty="No home answers to those letters",
            )  # fmt: skip

    def on_mount(self) -> None:
        """Those whose word is old, before a letter is typed."""
        self._find("", None)

    def on_picker_typed(self, message: Picker.Typed) -> None:
        """Each letter looks again."""
        self._find(message.text, message.serial)

    def _find(self, text: str, serial: int | None) -> None:
        picker = self.query_one(Picker)
        asked = picker.serial

        def found() -> list[Choice]:
            now = self.services.desk.now
            if not text.strip():
                rows = self.services.vacancies.standing()
                return [Choice(row.home_id, row.id, row.name, said_words(row, now)) for row in rows]
            homes = self.services.homes
            found = homes.typed(f"{text} all", homes.wanted(None), lambda: picker.serial == asked, limit=30)
            matches = found.matches if found else ()
            return [Choice(match.candidate.id, match.candidate.id, match.candidate.name,
                           match.candidate.town or match.candidate.provider) for match in matches]  # fmt: skip

        help_ = Span("letters find, a digit picks", "muted")
        self.work(found, lambda rows: picker.show(rows, help_, serial=serial))

    def _cells(self, row: Choice) -> list[Line]:
        return [row.words, row.more, row.reason]

    def on_record_table_chosen(self, message: RecordTable.Chosen) -> None:
        """That one: its id and its name."""
        row: Choice | None = message.table.row
        if row is not None:
            self.dismiss((row.kind, row.words))


class RangBackDialog(FinderBox):
    """Up to four letters of a misheard name, then a label: everyone who is waited for, over all open referrals."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[CallRow] = []
        self._keys: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        """The picker."""
        with Vertical():
            yield Picker(
                [Column("", least=20), Column("", 24, ink="muted", drop=1), Column("", 22)], self._cells,
                prompt="Who rings? ", labels=True, empty="Nobody is waited for under those letters",
            )  # fmt: skip

    def on_mount(self) -> None:
        """Read once; letters then filter what is here."""
        self.work(self.services.approaches.unanswered, self._known)

    def _known(self, rows: list[CallRow]) -> None:
        self._rows = rows
        self._keys = [
            (fold(f"{row.name} {row.provider} {row.phone.replace(' ', '')}"), skeleton(row.name + " " + row.provider))
            for row in rows
        ]
        self._filter(self.query_one(Picker).query_text, None)

    def on_picker_typed(self, message: Picker.Typed) -> None:
        """Each letter filters."""
        self._filter(message.text, message.serial)

    def _filter(self, text: str, serial: int | None) -> None:
        words = fold(text).split()
        bare = [skeleton(word) for word in words]

        def rank(keys: tuple[str, str]) -> int:
            plain, thin = keys
            parts = plain.split()
            if all(any(part.startswith(word) for part in parts) for word in words):
                return 0
            initials = "".join(part[0] for part in parts)
            if words and words[0] in initials:
                return 1
            if bare and all(each and each in thin.replace(" ", "") for each in bare):
                return 2
            return 3 if all(word in plain.replace(" ", "") for word in words) else 9

        ranked = sorted((rank(keys), n) for n, keys in enumerate(self._keys))
        rows = [self._rows[n] for at, n in ranked if at < 9]
        self.query_one(Picker).show(
            rows, Span("letters filter, a digit picks", "muted"), f"{len(rows)} waited for", serial=serial
        )

    def _cells(self, row: CallRow) -> list[Line]:
        return [row.name, f"{row.reference} {row.child}", answer_words(row, self.services.desk.now)]

    def on_record_table_chosen(self, message: RecordTable.Chosen) -> None:
        """That one: their row on the call list."""
        row: CallRow | None = message.table.row
        if row is not None:
            self.dismiss((row.referral_id, row.id))


class SwitchDialog(FinderBox):
    """Open referrals with one-key labels, those just worked on first; pressed twice, the previous one."""

    DEFAULT_CSS = "SwitchDialog > Vertical { height: 20; }"

    def __init__(self, recent: Sequence[Any], here: Any = None) -> None:
        super().__init__()
        self._recent, self._here = list(recent), here
        self._order: list[tuple[str, UUID]] = []

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical():
            yield RecordTable(
                [Column("", 2, ink="key"), Column("", 8), Column("", 12), Column("", least=10), Column("", 10), Column("", 6, ink="muted")],
                self._cells, titles=False, empty="No other referral is open",
            )  # fmt: skip

    def on_mount(self) -> None:
        """Read the board."""
        self.work(self.services.referrals.board, self._known)

    def _known(self, board: Board) -> None:
        rank = {key: n for n, key in enumerate(self._recent)}
        others = [row for row in board.rows if row.id != self._here]
        rows = sorted(others, key=lambda row: rank.get(row.id, len(rank)))
        self._order = [(key, row.id) for key, row in zip((k for k in KEYS if k not in "jkgG"), rows, strict=False)]
        self._label = {key: label for label, key in self._order}
        self.query_one(RecordTable).show(rows)

    def _cells(self, row: BoardRow) -> list[Line]:
        now = self.services.desk.now
        return [self._label.get(row.id, ""), row.reference, row.child, wanted_words(row.wanted),
                by_words(row.urgency, row.needed_by, now), ago_words(row.last_at, now)]  # fmt: skip

    def on_key(self, event: events.Key) -> None:
        """A label goes there; the key that opened this goes to the first."""
        if event.key in ("apostrophe", "f6") and self._order:
            event.stop()
            self.dismiss(self._order[0][1])
            return
        chosen = next((key for label, key in self._order if label == event.character), None)
        if chosen is not None:
            event.stop()
            self.dismiss(chosen)
            return
        super().on_key(event)

    def on_record_table_chosen(self, message: RecordTable.Chosen) -> None:
        """Enter goes to the one under the cursor."""
        if message.key is not None:
            self.dismiss(message.key)
