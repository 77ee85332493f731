"""A group of brothers and sisters: homes with room for all of them, else the least bad splits; and why they were parted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from textual.widget import Widget

from placement_tui.domain.approaches import Saved, WaveSent
from placement_tui.domain.codes.checks import PARTINGS
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.siblings import GroupRow, Parting, Split
from placement_tui.domain.typed import long_text
from placement_tui.errors import Invalid, Refused
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import Option
from placement_tui.widgets.columns import Column
from placement_tui.widgets.dialog import Choose
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.register_words import furthest_words, group_words, split_lines, who_where
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.wave_words import send_wave

_WHY = 500
_NONE = "No home that may be asked has room: i changes what is looked for; agencies are asked by their office"
_ALONE = "There is one child here: l links the referral of a brother or sister"


class _Seen(NamedTuple):
    """What the place shows: the splits where there are several children, else why there are none."""

    referral: ReferralRow
    group: GroupRow | None
    splits: Any
    refused: str


class SiblingsScreen(Place):
    """A referral's brothers and sisters. `about` is the referral."""

    PLACE = "siblings"
    NOUNS = frozenset(
        {"referral", "referral_child", "child", "sibling_group", "placement", "home", "vacancy", "hold", "exemption"}
    )

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._line = ""
        self._seen: _Seen | None = None

    def body(self) -> Iterable[Widget]:
        """What was looked at, then the splits."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [
                Column("Together", 12), Column("Who where", least=30), Column("Apart", 6, "right"),
                Column("Sum", 6, "right", drop=1),
            ],
            self._cells,
            lambda split: tuple((room.id, group) for room, group in split.groups),
            choosing=False,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The split under the cursor."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The splits."""
        return self.query_one("#list", RecordTable)

    def look(self) -> None:
        """Read the group, and look for homes."""
        services, about, line = self.services, self.about, self._line

        def read() -> _Seen:
            referral, group = services.referrals.get(about), services.siblings.group_of(about)
            try:
                return _Seen(referral, group, services.siblings.splits(about, line), "")
            except Refused as error:
                return _Seen(referral, group, None, str(error))

        self.read(read, self._show)

    def _show(self, seen: _Seen) -> None:
        self._seen = seen
        found = seen.splits
        rows = list(found.found) if found else []
        children = found.children if found else seen.referral.children
        who = ", ".join(child.words for child in children)
        self.title_line.say(f"{seen.referral.reference} siblings", who)
        counts: Line = ""
        if found:
            words = f"{found.homes} homes may take one, {found.together} all {len(children)}"
            words += f"; {found.agencies} agencies may be asked for all" if found.agencies else ""
            counts = Span(words + (f" · {self._line}" if self._line else ""), "muted")
        self.query_one("#counts", StatusLine).say(counts, Span(group_words(seen.group), "accent"))
        empty = _NONE if found else _ALONE if len(children) < 2 else seen.refused
        self.table.show(rows, empty=empty)
        self._about()

    def _cells(self, split: Split) -> list[Line]:
        children = self._seen.splits.children if self._seen and self._seen.splits else ()
        together = Span(split.shape_words, "good" if len(split.groups) == 1 else "")
        return [together, who_where(split, children), furthest_words(split), f"{split.cost:.1f}"]

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        split: Split | None = self.table.row
        self.query_one("#about", Block).show(*(split_lines(split) if split is not None else ["", "", ""]))

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """A split has to be under the cursor; there is one group or none."""
        if not self.is_mounted:
            return None
        if self._seen is None:
            return "It is still being read"
        group = self._seen.group
        if command_id in ("siblings.ask", "siblings.home") and self.table.row is None:
            return "No home is under the cursor"
        if command_id == "siblings.unlink" and (group is None or len(group.referrals) < 2):
            return "This referral is linked to no other"
        if command_id == "siblings.part" and self._seen.splits is None:
            return _ALONE
        if command_id == "siblings.together" and (group is None or group.parted_reason is None):
            return "They are looked for together"
        return None

    def action_ask(self) -> None:
        """The homes of the split on the call list."""
        split: Split = self.table.row  # type: ignore[assignment]  # reason_not saw to it
        services, about = self.services, self.about

        def ask(why: str) -> WaveSent:
            homes = [room.id for room, _ in split.groups]
            asked = {row.home_id for row in services.approaches.calls(about).rows}
            new = [home for home in homes if home not in asked]
            if not new:
                raise Refused("These homes were asked already", mend="c shows the call list")
            return services.approaches.ask(about, new, off_framework_why=why)

        def asked(done: WaveSent) -> None:
            before = f", {len(split.groups) - len(done.approaches)} asked before"
            more = before if len(split.groups) > len(done.approaches) else ""
            self.post_message(Open("calls", about, said=f"{len(done.approaches)} asked{more}"))

        send_wave(self, ask, asked)

    def action_query(self) -> None:
        """A line as in the search."""

        def narrow(line: str) -> None:
            self._line = line
            self.look()

        help_ = "A line as in the search: res 20mi good+ free. Empty takes every home that may be asked"
        self.app.push_screen(
            Ask("Narrow the homes", help_, lambda text: " ".join(text.split())[:200], self._line), given(narrow)
        )

    def action_link(self) -> None:
        """The referral of a brother or sister."""
        services, about = self.services, self.about

        def check(text: str) -> str:
            if not text.strip():
                raise Invalid("referral", "Which referral?", mend="type its reference, or the child's initials")
            return text.strip()

        def link(said: str) -> None:
            self.write(lambda: services.siblings.link(about, services.referrals.resolve(said)), self._saved)

        help_ = "The reference of the other referral, 26-0144, or the child's number or initials"
        self.app.push_screen(Ask("Link a brother or sister", help_, check), given(link))

    def action_unlink(self) -> None:
        """Out of the group."""
        siblings, about = self.services.siblings, self.about
        self.write(lambda: siblings.unlink(about), self._saved)

    def action_part(self) -> None:
        """Why they are parted, by one key, then in words."""
        siblings, about = self.services.siblings, self.about
        options = [Option(code.code, code.label) for code in PARTINGS]

        def reason(code: str) -> None:
            def why(words: str) -> None:
                self.write(lambda: siblings.part(about, Parting(code, words)), self._saved)

            def check(text: str) -> str:
                words = long_text("parted_why", text, _WHY)
                if code == "other" and not words:
                    raise Invalid("parted_why", "Another reason needs its words", mend="say in a few words why")
                return words

            help_ = "In your words: what was asked, and why not. It is kept with the group; empty is possible"
            self.app.push_screen(Ask(f"Parted: {PARTINGS.label(code)}", help_, check), given(why))

        self.app.push_screen(Choose("Why are they parted?", options), given(reason))

    def action_together(self) -> None:
        """Together again."""
        siblings, about = self.services.siblings, self.about
        self.write(lambda: siblings.part(about, None), self._saved)

    def action_calls(self) -> None:
        """The call list."""
        self.post_message(Open("calls", self.about))

    def action_home(self) -> None:
        """The first home of the split."""
        self.post_message(Open("home", self.table.row.groups[0][0].id))  # type: ignore[union-attr]  # reason_not saw to it

    def _saved(self, saved: Saved) -> None:
        self.toast.saved(saved.words)
