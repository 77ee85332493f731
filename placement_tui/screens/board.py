"""The duty board: open referrals, most urgent first; the line under the cursor explains itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.typed_times import london
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.task_words import due_count, due_line
from placement_tui.widgets.text import Line, Span, width_of
from placement_tui.widgets.words import ago_words, by_words, clock_words, wanted_words

if TYPE_CHECKING:
    from placement_tui.domain.board import Board, BoardRow
    from placement_tui.domain.glance import Glance

_MINUTE = 60.0  # ages are shown in minutes; nothing is painted for a second that passed
_NAMED = 2  # of those whose answer is waited for; the call list has them all
_ROOMY = 100  # columns in which the counts may be sentences
_EMPTY = "No referral is open. n logs one, e is for an emergency, ? helps"  # true only once the board was read


class BoardScreen(Place):
    """Where the day is seen."""

    PLACE = "board"
    NOUNS = frozenset(
        {"referral", "referral_child", "child", "need", "approach", "offer", "placement", "sign_off", "task"}
    )

    def body(self) -> Iterable[Widget]:
        """Counts, then the referrals."""
        yield StatusLine("opening the store…", id="counts")
        yield RecordTable(
            [
                Column("Ref", 8), Column("Child", 11), Column("Wanted", least=10), Column("By", 10),
                Column("Age", 4, "right", drop=2), Column("Asked", 5, "right", drop=1), Column("Wait", 4, "right"),
                Column("No", 4, "right"), Column("Offer", 5, "right"), Column("Last", 7, drop=3),
            ],
            self._cells,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """What the referral under the cursor is about."""
        about = Block(id="about")
        about.styles.height = 4
        yield about

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._conflicts = 0
        self._met = ""  # what a laptop says of its last meeting

    def on_mount(self) -> None:
        """The list takes the keys; ages are painted again each minute."""
        self.table.focus()
        self.set_interval(_MINUTE, self._minute)
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The referrals."""
        return self.query_one("#list", RecordTable)

    @property
    def picked(self) -> BoardRow:
        """The row under the cursor, in a command that `reason_not` lets run only where there is one."""
        return cast("BoardRow", self.table.row)

    def audited(self) -> tuple[UUID | None, str]:
        """The referral under the cursor."""
        row: BoardRow | None = self.table.row
        return (None, "") if row is None else (row.id, f"{row.reference} {row.child}")

    @property
    def _now(self) -> datetime:
        services: Any = getattr(self.app, "services", None)
        return datetime.now(UTC) if services is None else cast(datetime, services.desk.now)

    def arrive(self) -> None:
        """Read the board; until the store is open, show what it last was and say so."""
        host: Any = self.app
        if host.services is None and host.opening.glance is not None and self.is_mounted:
            self._show_glance(host.opening.glance)
        super().arrive()

    def look(self) -> None:
        """Read the board; what a laptop says of its meetings comes after it."""
        services = self.services
        self.read(
            lambda: (
                services.glances.arrived(),
                services.referrals.board(),
                len(services.drafts.waiting()),
                services.conflicts.count(),
            ),
            lambda found: self._show(*found),
        )

    def release(self) -> None:
        """There is a board that is true: what was typed meanwhile is handed on."""
        super().release()
        host: Any = self.app
        host.hand_on()

    def _show_glance(self, glance: Glance) -> None:
        now = self._now
        host: Any = self.app
        self.table.show(glance.board.rows, empty=_EMPTY)
        self.title_line.belongs_to(glance.council, host.demo)
        self.title_line.say("Duty board", _moment(now))
        own = Span(f"as of {clock_words(glance.read_at, now)}, reading…", "warn")
        self.query_one("#counts", StatusLine).say(self._counts(glance.board, glance.open), own)
        self._about()

    def _counts(self, board: Board, rows: int) -> list[Span]:
        counts: list[Span] = [Span(f"{rows} open"), Span("   "),
                              Span(f"{board.tonight} tonight", "warn" if board.tonight else "muted"), Span("   "),
                              due_count(board.due, board.overdue), Span("   "),
                              Span(f"{board.offers} offered", "good" if board.offers else "muted")]  # fmt: skip
        if board.sign_offs:
            one = board.sign_offs == 1
            waits = (" waits" if one else " wait") if self.size.width >= _ROOMY else ""
            counts += [Span("   "), Span(f"{board.sign_offs} sign-off{'' if one else 's'}{waits}", "warn")]
        return counts

    def _minute(self) -> None:
        self._stale = True
        if self.is_current:
            self.arrive()

    def _show(self, through: int, board: Board, drafts: int, conflicts: int) -> None:
        now = self._now
        host: Any = self.app
        host.read_through = through
        lit = self.lit("approach") | self.lit("referral")
        changed = [row.id for row in board.rows if row.id in lit]
        self.table.show(board.rows, changed=changed, empty=_EMPTY)
        self.title_line.belongs_to(host.council, host.demo)
        self.title_line.say("Duty board", _moment(now))
        counts = self._counts(board, len(board.rows))
        if drafts:
            kept = " kept" if self.size.width >= _ROOMY else ""
            counts += [Span("   "), Span(f"{drafts} draft{'s' if drafts > 1 else ''}{kept}", "accent")]
        self._conflicts = conflicts
        if conflicts:
            counts = [Span("!", "key"), Span(f" {conflicts} to settle", "bad"), Span("   "), *counts]
        self._say_counts(counts)
        self._about()
        self.renew_footer()
        services = self.services
        self.read(services.meetings.status, lambda met: self._show_met(counts, met), "met")
        self.read(lambda: services.glances.keep(board, through), lambda _: None, "glance", lambda _: True)

    def _show_met(self, counts: list[Span], met: str) -> None:
        if met != self._met:
            self._met = met
            self._say_counts(counts)

    def _say_counts(self, counts: list[Span]) -> None:
        met, officer = self._met, self.services.desk.officer
        room = self.size.width - width_of(counts) - 3  # the counts say more than one's own name
        whose = officer.name if width_of(officer.name) <= room else officer.initials
        own = Span(met, "muted" if met.startswith("all") else "warn") if met else Span(whose, "muted")
        self.query_one("#counts", StatusLine).say(counts, own)

    def _cells(self, row: BoardRow) -> list[Line]:
        now = self._now
        return [
            row.reference, row.child, wanted_words(row.wanted), by_words(row.urgency, row.needed_by, now),
            Span(ago_words(row.received_at, now), "muted"), str(row.asked), Span(str(row.awaiting), "accent" if row.awaiting else "muted"),
            str(row.refused + row.no_reply), Span(str(row.offered), "good" if row.offered else "muted"),
            Span(f"{ago_words(row.last_at, now)} {row.last_by}", "muted"),
        ]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()
        self.renew_footer()

    def on_record_table_chosen(self) -> None:
        """Enter opens the call list."""
        self.action_open()

    def _about(self) -> None:
        row: BoardRow | None = self.table.row
        block = self.query_one("#about", Block)
        if row is None:
            block.show("", "", "", "")
            return
        now = self._now
        why = f"{row.why_now or 'not said'} · home {row.home_postcode or 'not known'}"
        lines: list[Line] = [[Span(" why now  ", "muted"), Span(why)]]
        if row.tonight:
            lines.append([Span(" tonight  ", "muted"), Span(row.tonight)])
        lines.append([Span(" due      ", "muted"), *due_line(row.due, now, self.size.width - 10)])
        if row.waiting:
            named = row.waiting[:_NAMED]
            more = f" and {row.awaiting - len(named)} more" if row.awaiting > len(named) else ""
            lines.append([Span(" next     ", "muted"), Span(f"{row.awaiting} waiting: {', '.join(named)}{more}")])
        elif row.asked == 0:
            lines.append([Span(" next     ", "muted"), Span("f finds homes: nobody has been asked", "accent")])
        else:
            lines.append([Span(" next     ", "muted"), Span("f finds more homes: nobody is waited for", "accent")])
        block.show(*lines, *[""] * (4 - len(lines)))

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Without a referral under the cursor, and offers only where there are some."""
        if command_id in ("board.open", "board.homes", "board.offers", "board.details", "board.copy", "board.close"):
            row: BoardRow | None = self.table.row if self.is_mounted else None
            if row is None:
                return "No referral is open: n logs one"
            if command_id == "board.offers" and not row.offered:
                return f"{row.reference} has no offer yet"
        if command_id == "board.settle" and not self._conflicts:
            return "No field has two values"
        return None

    def action_open(self) -> None:
        """The call list."""
        if self.table.row is not None:
            self.post_message(Open("calls", self.table.row.id))

    def action_homes(self) -> None:
        """The search."""
        self.post_message(Open("homes", self.picked.id))

    def action_offers(self) -> None:
        """The offers side by side."""
        self.post_message(Open("offers", self.picked.id))

    def action_details(self) -> None:
        """The whole form."""
        self.post_message(Open("referral", self.picked.id))

    def action_placements(self) -> None:
        """Where children live now."""
        self.post_message(Open("placements"))

    def action_settle(self) -> None:
        """What two officers said of one field, one after another."""
        from placement_tui.widgets.settle import settle_each

        self.read(self.services.conflicts.unsettled, lambda rows: settle_each(self, rows, self._settled), "conflicts")

    def _settled(self) -> None:
        self._stale = True
        self.arrive()

    def action_market(self) -> None:
        """Bring in homes."""
        self.post_message(Open("market"))

    def action_returns(self) -> None:
        """The statutory return."""
        self.post_message(Open("returns"))

    def action_copy(self) -> None:
        """The reference to the terminal's clipboard."""
        row = self.picked
        self.app.copy_to_clipboard(row.reference)
        self.toast.saved(f"Copied {row.reference}", undo=False)

    def action_close_referral(self) -> None:
        """Close without a placement; asks why."""
        from placement_tui.widgets.ask import Ask

        row = self.picked
        help_ = "Why is a home no longer wanted? Approaches still waiting are withdrawn. u undoes it"

        def closed(reason: Any) -> None:
            if reason is not None:
                self.write(
                    lambda: self.services.referrals.close(row.id, reason), lambda saved: self.toast.saved(saved.words)
                )

        self.app.push_screen(Ask(f"Close {row.reference} {row.child}", help_, _said), closed)


def _said(text: str) -> str:
    from placement_tui.domain.typed import short_text

    return short_text("reason", text, 500, required=True)


def _moment(now: datetime) -> str:
    local = now.astimezone(london())
    return f"{local:%a} {local.day} {local:%b %H:%M}"
