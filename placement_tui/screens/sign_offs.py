"""What waits for sign-off, the soonest to lapse first, with what a decision needs; and what was lost by waiting today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.sign_offs import ToDecide, kinds_words, waited
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.sign_off_words import FACTS, facts, lapse_words
from placement_tui.widgets.signing import ask_again, decide, save
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span

_MINUTE = 60.0
_EMPTY = "Nothing waits for sign-off. On an offer, s asks for it"
_DECIDING = ("sign_offs.approve", "sign_offs.refuse", "sign_offs.return_for")


class SignOffsScreen(Place):
    """The queue of those who decide, and of those who wait for them."""

    PLACE = "sign_offs"
    NOUNS = frozenset({"sign_off", "offer", "approach", "referral", "placement", "setting"})

    def body(self) -> Iterable[Widget]:
        """How many wait, then which."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [
                Column("Ref", 8), Column("Child", 10), Column("Home", least=12), Column("For", 13),
                Column("Waits", 7, "right"), Column("Of", 12, drop=1), Column("Lapses", 16),
            ],
            self._cells,
            key=lambda item: item.sign_off.id,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """What a decision needs to know."""
        block = Block(id="about")
        block.styles.height = FACTS
        yield block

    def on_mount(self) -> None:
        """The list takes the keys; ages are painted again each minute."""
        self.table.focus()
        self.set_interval(_MINUTE, self._minute)
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """What waits."""
        return self.query_one("#list", RecordTable)

    @property
    def picked(self) -> ToDecide:
        """The request under the cursor, in a command that `reason_not` lets run only where there is one."""
        return cast(ToDecide, self.table.row)

    def look(self) -> None:
        """Read the queue."""
        services = self.services
        self.read(
            lambda: (services.sign_offs.queue(), services.meetings.untold("sign_off")), lambda found: self._show(*found)
        )

    def _minute(self) -> None:
        self._stale = True
        if self.is_current:
            self.arrive()

    def _show(self, items: list[ToDecide], untold: set[UUID]) -> None:
        lit = self.lit("sign_off")
        self.table.show(items, changed=[each.sign_off.id for each in items if each.sign_off.id in lit], empty=_EMPTY)
        states = [each.sign_off.state for each in items]
        asked, mine = states.count("asked"), sum(each.mine and each.sign_off.state == "asked" for each in items)
        self.title_line.say("Sign-off", f"{asked} {'waits' if asked == 1 else 'wait'}")
        counts: list[Span] = [Span(f"{mine} for you to decide", "warn" if mine else "muted")]
        if states.count("returned"):
            counts += [Span("   "), Span(f"{states.count('returned')} returned, with the officer", "muted")]
        if states.count("lapsed"):
            beds = "bed" if states.count("lapsed") == 1 else "beds"
            counts += [Span("   "), Span(f"{states.count('lapsed')} {beds} lost waiting, in 24 hours", "bad")]
        waits = len(untold & {each.sign_off.id for each in items if each.sign_off.state == "asked"})
        news = Span(f"{waits} not told: goes at the next sync, or ring" if waits else "", "warn")
        self.query_one("#counts", StatusLine).say(counts, news)
        self._about()

    def _cells(self, item: ToDecide) -> list[Line]:
        row, now = item.sign_off, self.services.desk.now
        ink = "" if row.state == "asked" else "muted"
        age = waited((row.ended_at or now) - row.asked_at)
        return [
            Span(row.reference, ink), Span(row.child, ink), Span(row.name, ink), Span(kinds_words(row.kinds), ink),
            Span(age, ink), Span(row.asked_of or "a manager", ink), lapse_words(row, now),
        ]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The request under the cursor explains itself."""
        self._about()

    def on_record_table_chosen(self) -> None:
        """Enter opens the offers."""
        self.action_open()

    def on_resize(self) -> None:
        """Its facts are cut for the width."""
        if self.is_mounted:
            self._about()

    def _about(self) -> None:
        item: ToDecide | None = self.table.row
        lines = facts(item, self.services.desk.now, self.size.width - 2) if item else []
        self.query_one("#about", Block).show(*lines, *[""] * (FACTS - len(lines)))
        self.renew_footer()

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """A request has to be under the cursor, and in a state for it."""
        if not self.is_mounted or not command_id.startswith("sign_offs."):
            return None
        item: ToDecide | None = self.table.row
        if item is None:
            return "Nothing waits for sign-off"
        row = item.sign_off
        if command_id in _DECIDING and row.state == "lapsed":
            return "It lapsed while it waited: if the home offers again, s asks again"
        if command_id == "sign_offs.return_for" and row.state == "returned":
            return f"It was returned already, for: {row.returned_for}"
        if command_id == "sign_offs.again" and row.state == "asked":
            return f"It waits for {row.asked_of or 'a manager'}: ring them, a logs what they say"
        if command_id == "sign_offs.withdraw" and not row.waiting:
            return "It lapsed: nothing waits any more"
        if command_id == "sign_offs.page" and row.home_id is None:
            return f"{row.name} is a provider without a home in the register"
        return None

    def action_approve(self) -> None:
        """At once, or with who said so."""
        self._decide("approve")

    def action_refuse(self) -> None:
        """Why, then as approving."""
        self._decide("refuse")

    def action_return_for(self) -> None:
        """For what, then as approving."""
        self._decide("return")

    def _decide(self, verb: str) -> None:
        decide(self, self.picked.sign_off, self.picked.mine, verb)

    def action_again(self) -> None:
        """With an answer; a lapsed one as it was."""
        ask_again(self, self.picked.sign_off)

    def action_withdraw(self) -> None:
        """Nobody need decide it."""
        key = self.picked.sign_off.id
        save(self, lambda: self.services.sign_offs.withdraw(key))

    def action_open(self) -> None:
        """The offers of the referral."""
        if self.table.row is not None:
            row = self.picked.sign_off
            self.post_message(Open("offers", row.referral_id, offer=row.offer_id))

    def action_page(self) -> None:
        """The home's page."""
        self.post_message(Open("home", self.picked.sign_off.home_id))

    def action_calls(self) -> None:
        """Everybody asked."""
        self.post_message(Open("calls", self.picked.sign_off.referral_id))
