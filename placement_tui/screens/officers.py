"""Officers: who may open the store, as what; their access, and what an administrator seals away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from textual.widget import Widget

from placement_tui.domain.officers import RIGHT_WORDS, RIGHTS, ROLES, AttemptRow, OfficerRow, may, who_may
from placement_tui.domain.typed import short_text
from placement_tui.domain.typed_times import london
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import Option
from placement_tui.widgets.columns import Column
from placement_tui.widgets.dialog import Choose, Confirm, Dialog, paragraphs
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span, plain, wrap
from placement_tui.widgets.words import ago_words

_TRIES = 50  # of the latest that failed, those of each officer are counted


class OfficersScreen(Place):
    """A list for administrators; for anybody else their own line."""

    PLACE = "officers"
    NOUNS = frozenset({"officer", "setting", "attempt"})
    closes = True

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._tries: list[AttemptRow] = []

    def body(self) -> Iterable[Widget]:
        """How many, then each."""
        yield StatusLine("reading…", id="counts")
        yield RecordTable(
            [
                Column("", 4), Column("Name", least=12), Column("Role", 13), Column("Access", 20),
                Column("Passphrase of", 13, drop=2), Column("Failed tries", 12, drop=1),
            ],
            self._cells,
            choosing=False,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """What the one under the cursor may do."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The officers."""
        return self.query_one("#list", RecordTable)

    @property
    def picked(self) -> OfficerRow:
        """The row under the cursor, in a command that `reason_not` lets run only where there is one."""
        return cast(OfficerRow, self.table.row)

    def look(self) -> None:
        """Read them, and the tries that failed where the role may."""
        services = self.services
        audits = may(services.desk.officer.role, "audit")

        def read() -> tuple[list[OfficerRow], list[AttemptRow]]:
            return services.officers.everyone(), services.officers.attempts(_TRIES) if audits else []

        self.read(read, self._show)

    def _show(self, found: tuple[list[OfficerRow], list[AttemptRow]]) -> None:
        everyone, self._tries = found
        me = self.services.desk.officer
        rows = everyone if may(me.role, "officers") else [row for row in everyone if row.id == me.id]
        works = sum(row.works and not row.recovery for row in everyone)
        self.title_line.say("Officers", f"{me.name}, {me.role}")
        self.query_one("#counts", StatusLine).say(f"{works} work with the store", self._strangers(everyone))
        self.table.show(
            sorted(rows, key=lambda row: (not row.works, row.recovery, row.name.casefold())), empty="Nobody"
        )
        self._about()
        self.renew_footer()

    def _strangers(self, everyone: list[OfficerRow]) -> Line:
        names = {row.name.casefold() for row in everyone}
        others = sum(each.name.casefold() not in names for each in self._tries)
        return Span(f"{others} failed tries under other names" if others else "", "warn")

    def _cells(self, row: OfficerRow) -> list[Line]:
        now = self.services.desk.now
        tries = [each for each in self._tries if each.name.casefold() == row.name.casefold()]
        if not row.works:
            ended = row.disabled_at.astimezone(london()) if row.disabled_at else now
            access: Line = Span(f"ended {ended.day} {ended:%b %Y}", "muted")
        elif row.recovery:
            access = Span("the sealed code", "muted")
        else:
            access = Span("works", "good") if row.has_slot else Span("has no passphrase", "warn")
        return [
            row.initials, row.name, row.role, access,
            Span(f"{ago_words(row.passphrase_at, now)} ago" if row.passphrase_at else "", "muted"),
            Span(f"{len(tries)}, {ago_words(tries[0].tried_at, now)} ago" if tries else "", "warn"),
        ]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()
        self.renew_footer()

    def _about(self) -> None:
        row: OfficerRow | None = self.table.row
        block = self.query_one("#about", Block)
        if row is None:
            block.show("", "", "")
            return
        tries = [each for each in self._tries if each.name.casefold() == row.name.casefold()]
        last = (
            f"last failed try from {tries[0].machine or 'a machine not named'}, account {tries[0].account or '?'}"
            if tries
            else ""
        )
        why = f"access ended: {row.disabled_why}" if not row.works else f"may {_rights(row.role) or 'look'}"
        said = wrap(plain(f"{row.name}  {why}"), max(20, self.size.width - 2))[:2]
        lines: list[Line] = [*(Span(f" {line}") for line in said), *([Span(f" {last}", "warn")] if last else [])]
        block.show(*lines[:3], *[""] * (3 - len(lines)))

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Most is for administrators, and a demonstration has no passphrases."""
        if not self.is_mounted or not command_id.startswith("officers."):
            return None
        if (
            command_id in ("officers.mine", "officers.reset", "officers.recovery", "officers.rotate")
            and self.services.demo
        ):
            return "A demonstration has no passphrases"
        if command_id == "officers.mine":
            return None
        if not may(self.services.desk.officer.role, "officers"):
            return f"Ask {who_may('officers')}: m changes your own passphrase"
        row: OfficerRow | None = self.table.row
        if command_id in ("officers.role", "officers.reset", "officers.end"):
            return self._reason_of(command_id, row)
        return None

    def _reason_of(self, command_id: str, row: OfficerRow | None) -> str | None:
        if row is None:
            return "Nobody is under the cursor"
        if row.recovery:
            return "The sealed code is no person: C prints a new one"
        own = row.id == self.services.desk.officer.id
        if own and command_id == "officers.reset":
            return "Your own is changed with m"
        if own and command_id == "officers.end":
            return "Nobody ends their own access: ask another administrator"
        if not row.works and command_id != "officers.end":
            return f"The access of {row.name} has ended: X gives it back"
        return None

    def action_add(self) -> None:
        """A new officer."""
        self.post_message(Open("officer", "add"))

    def action_mine(self) -> None:
        """My own passphrase."""
        self.post_message(Open("officer", "mine"))

    def action_reset(self) -> None:
        """A new passphrase for a colleague."""
        self.post_message(Open("officer", ("reset", self.picked.id), words=self.picked.name))

    def action_role(self) -> None:
        """Another role."""
        row, officers = self.picked, self.services.officers
        options = [
            Option(role, role, role[0], reason_not="" if role != row.role else "that is the role now") for role in ROLES
        ]
        detail = "\n".join(f"{role}: {_rights(role) or 'only looks'}" for role in ROLES)
        self.app.push_screen(
            Choose(f"What may {row.name} do?", options, detail=detail),
            given(lambda role: self._do(lambda: officers.set_role(row.id, role), f"{row.name}: {role}")),
        )

    def action_end(self) -> None:
        """End the access, with a reason and another key; or let in again, with a new passphrase."""
        row, officers = self.picked, self.services.officers
        if not row.works:
            if self.services.demo:
                self.toast.refused("A demonstration has no passphrases")
                return
            self.post_message(Open("officer", ("enable", row.id), words=row.name))
            return

        def confirmed(why: str) -> None:
            words = (
                f"{row.name} can no longer open the store, and the store gets a new data key. What they did stays in the "
                f"records as theirs. {why}."
            )
            self.app.push_screen(
                Confirm(f"End the access of {row.name}?", words, "end access", "X"),
                lambda yes: (
                    self._do(lambda: officers.disable(row.id, why), f"The access of {row.name} has ended")
                    if yes
                    else None
                ),
            )

        help_ = "Why does it end? left the team, passphrase was seen"
        self.app.push_screen(Ask(f"End the access of {row.name}", help_, _why), given(confirmed))

    def action_recovery(self) -> None:
        """Show a new recovery code, once."""
        officers = self.services.officers
        words = (
            "Whoever has it opens the store as an administrator. A code that was printed before opens nothing any more."
        )

        def shown(code: str) -> None:
            self.app.push_screen(CodeDialog(code), lambda _: self.toast.saved("The recovery code is made", undo=False))

        def confirmed(yes: Any) -> None:
            if yes:
                self.toast.say(Span("making the code…", "muted"))
                self.write(officers.recovery_code, shown)

        self.app.push_screen(Confirm("Make a new recovery code?", words, "make it", "C"), confirmed)

    def action_rotate(self) -> None:
        """A new data key."""
        officers = self.services.officers
        words = "Every page of the store is encrypted again, while everybody goes on working. An older copy keeps its own key."
        self.app.push_screen(
            Confirm("Give the store a new data key?", words, "make it", "N"),
            lambda yes: self._do(officers.rotate, "The store has a new data key") if yes else None,
        )

    def _do(self, work: Callable[[], Any], said: str) -> None:
        self.toast.say(Span("saving…", "muted"))
        self.write(work, lambda _: self.toast.saved(said, undo=False))


class CodeDialog(Dialog[None]):
    """The recovery code, shown once: only one key takes it away, so that no stray one does."""

    ink = "warn"

    def __init__(self, code: str) -> None:
        super().__init__("The recovery code, shown this once")
        self._code = code

    def body(self, width: int) -> list[Line]:
        """The code, what to do with it, and the key."""
        said = "Write it down, seal it, and keep it away from this machine. It is not saved anywhere in a way that could be read again."
        keys = [Span(" w", "key"), Span(" it is written down: take it off the screen", "muted")]
        return [Span(f"   {self._code}", "strong"), "", *paragraphs(said, width), "", keys]

    def press(self, key: str) -> None:
        """Away with it."""
        if key == "w":
            self._code = ""
            self.dismiss(None)


def _rights(role: str) -> str:
    return ", ".join(words for right, words in RIGHT_WORDS.items() if may(role, right) and right in RIGHTS)


def _why(text: str) -> str:
    return short_text("reason", text, 500, required=True)
