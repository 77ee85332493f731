"""Homes: the search of the register for a referral; marks become a wave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from textual.timer import Timer
from textual.widget import Widget

from placement_tui.domain.approaches import Answer, WaveSent
from placement_tui.domain.endings import LessonRow
from placement_tui.domain.homes import Found, Match, Wanted
from placement_tui.domain.matching import beds_are_for
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.waves import NextTier
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block
from placement_tui.widgets.matchlines import answers_line, lesson_line, match_cells, who_lines
from placement_tui.widgets.picker import Picker
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.wave_words import send_wave

FIRST = 20
MOST_TYPED = 10  # rows that show while a name is typed: what was meant is among them (tests/services/test_search.py)
PAUSE = 0.25  # seconds without a letter, after which the home under the cursor explains itself
SHOWN = 500  # matches held for the list; nobody reads further than that, and the count says how many there are


class HomesScreen(Place):
    """The search. `about` is the referral; None searches the register for nobody."""

    PLACE = "homes"
    READY = "find"
    NOUNS = frozenset({"home", "provider", "vacancy", "approach", "lesson", "referral", "child", "need"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._referral: ReferralRow | None = None
        self._wanted: Wanted | None = None
        self._lessons: list[LessonRow] = []
        self._found: Found | None = None
        self._given_up: list[str] = []
        self._rest: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """Query line, the filter in words, the homes."""
        yield Picker(
            [
                Column("May", 4), Column("Name", least=18), Column("Miles", 5, "right"), Column("Grade", 19, drop=2),
                Column("Vacancy", 18, drop=1), Column("£ a week", 8, "right", drop=3),
            ],
            self._cells,
            key=lambda match: match.candidate.id,
            prompt="Search ",
            empty="No home passes: r gives up one constraint, Backspace in the query line another",
            choosing=False,
            typing=self.more.get("typing", False),
            at_once=self._at_once,
            most=MOST_TYPED,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The home under the cursor: why it stands where it stands, what it answered before, what was learned."""
        about = Block(id="about")
        about.styles.height = 5
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        self._rest = self.set_interval(PAUSE, self._rested, pause=True)
        super().on_mount()

    @property
    def table(self) -> Picker:
        """The query line and the homes."""
        return self.query_one("#list", Picker)

    def look(self) -> None:
        """Read the referral and search."""
        services, about = self.services, self.about

        def work() -> tuple[ReferralRow | None, Wanted, list[LessonRow]]:
            if about is None:
                return None, services.homes.wanted(None), []
            row = services.referrals.get(about)
            return (
                row,
                services.homes.wanted(about),
                services.endings.lessons_for(children=[c.id for c in row.children]),
            )

        self.read(work, self._known)

    def _known(self, known: tuple[ReferralRow | None, Wanted, list[LessonRow]]) -> None:
        self._referral, wanted, self._lessons = known
        if self._wanted is not None and self._wanted.max_miles is None:
            from dataclasses import replace

            wanted = replace(wanted, max_miles=None)  # what was given up stays given up
        self._wanted = wanted
        row = self._referral
        self.title_line.say(f"Homes for {row.reference} {row.child}" if row else "Homes")
        self._search(self.table.query_text, None)

    def _at_once(self, text: str, serial: int) -> bool:
        """Exact hits, and misspelt ones where they are found as quickly, in the frame of the key itself."""
        if self._wanted is None:
            return False
        found, whole = self.services.homes.at_once(text, self._wanted, limit=SHOWN) or (None, False)
        if found is not None and (whole or found.matches):
            self._show(found, serial)
        return whole

    def on_picker_typed(self, message: Picker.Typed) -> None:
        """What takes longer than a frame comes when it is found, unless another letter comes before."""
        self._search(message.text, message.serial)

    def _search(self, text: str, serial: int | None) -> None:
        services, wanted, table = self.services, self._wanted, self.table
        if wanted is None:
            return
        asked = table.serial

        def still() -> bool:
            return table.serial == asked

        def show(found: Found | None) -> None:
            if found is not None and still():
                self._show(found, serial)

        self.read(lambda: services.homes.typed(text, wanted, still, limit=SHOWN), show, "find")

    def _show(self, found: Found, serial: int | None) -> None:
        self._found = found
        marks = len(self.table.marks)
        left = found.blocked_in_words() if not found.matches else ""
        status: list[Span] = [Span(found.words or "every home"), *([Span("  " + left, "warn")] if left else [])]
        status += [Span(f"  {problem}", "warn") for problem in found.problems[:1]]
        count = f"{found.total:,} of {found.considered:,}" + (f"  {marks} marked" if marks else "")
        self.table.show(found.matches, status, Span(count, "muted"), serial=serial)
        self._explain()

    def _cells(self, match: Match) -> list[Line]:
        desk = self.services.desk
        ours = self._wanted is None or beds_are_for(match.candidate, self._wanted)
        return match_cells(match, desk.now, desk.policy.stale_hours, ours)

    def on_record_table_moved(self) -> None:
        """The home under the cursor explains itself."""
        self._explain()

    def on_record_table_chosen(self) -> None:
        """Enter opens its page."""
        self.action_page()

    def on_picker_turned(self) -> None:
        """In the list, at once."""
        self._explain()

    def _explain(self) -> None:
        """Say why the home under the cursor stands there; while letters come, only once they pause."""
        if self.table.typing and self._rest is not None:
            self._rest.reset()
            self._rest.resume()
        else:
            self._about()

    def _rested(self) -> None:
        if self._rest is not None:
            self._rest.pause()
        self._about()

    def _about(self) -> None:
        self.renew_footer()
        match: Match | None = self.table.row
        block = self.query_one("#about", Block)
        if match is None:
            block.show(*[""] * 5)
            return
        home, services = match.candidate, self.services
        block.show(*who_lines(match), answers_line(home, ()), "")
        self.read(lambda: (services.approaches.answers(home.id, 3), services.endings.lessons_for(homes=[home.id])[:2]),
                  lambda found: self._more_about(match, *found), "about")  # fmt: skip

    def _more_about(self, match: Match, answers: list[Answer], lessons: list[LessonRow]) -> None:
        if self.table.key == match.candidate.id:
            known = answers_line(match.candidate, answers), lesson_line(self._lessons, lessons)
            self.query_one("#about", Block).show(*who_lines(match), *known)

    @property
    def provider(self) -> UUID | None:
        """Whose home is under the cursor."""
        match: Match | None = self.table.row
        return match.candidate.provider_id if match else None

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """Marks and waves need a referral, and homes."""
        if not self.is_mounted:
            return None
        if (
            command_id
            in ("homes.mark", "homes.mark_first", "homes.mark_tier", "homes.unmark", "homes.wave", "homes.calls")
            and self.about is None
        ):
            return "Nobody is searched for: open this from a referral"
        if command_id in ("homes.mark", "homes.page", "homes.copy") and self.table.row is None:
            return "No home is under the cursor"
        if command_id == "homes.wave" and not self.table.marks:
            return "No home is marked: Space marks one, a the first twenty"
        return None

    def action_query(self) -> None:
        """Letters go to the query line."""
        self.table.turn(typing=True)

    def action_relax(self) -> None:
        """Give up the one constraint that brings the most homes."""
        services, text, wanted = self.services, self.table.query_text, self._wanted
        if wanted is None:
            return
        kept = wanted

        def relaxed(found: tuple[str, Wanted, str] | None) -> None:
            if found is None:
                self.toast.refused("Nothing is left to give up: every home that the law allows is shown")
                return
            line, self._wanted, words = found
            self.toast.saved(f"Gave up {words}", undo=False)
            if line != text:
                self.table.put_query(line)
            else:
                self._search(line, None)

        self.read(lambda: services.homes.relaxed(text, kept), relaxed, "relax")

    def action_mark(self) -> None:
        """Mark the home under the cursor, or take the mark off."""
        match = cast(Match, self.table.row)
        key = match.candidate.id
        if match.asked_already:
            self.toast.refused(f"{match.candidate.name} was asked already: c shows the call list")
            return
        blocks = [finding for finding in match.findings if finding.level == "block"]
        if blocks:
            self.toast.refused(f"{match.candidate.name} may not be asked: {blocks[0].text} ({blocks[0].law})")
            return
        self.table.mark([key], key not in self.table.marks)
        self.table.action_move(1)
        self._marked()

    def action_mark_first(self) -> None:
        """Mark the first twenty that may be asked."""
        ids = []
        for match in self.table.rows:
            if match.may_be_asked and not match.asked_already:
                ids.append(match.candidate.id)
            if len(ids) == FIRST:
                break
        self.table.mark(ids)
        self._marked()
        self.toast.saved(f"{len(ids)} marked: w makes the wave", undo=False)

    def action_mark_tier(self) -> None:
        """Mark the next tier."""
        waves, about, line = self.services.waves, self.about, self.table.query_text

        def mark(found: NextTier | None) -> None:
            if found is None:
                self.toast.refused("No tier has anybody left who may be asked: a marks the first twenty of all")
                return
            self.table.mark(found.homes)
            self._marked()
            words = f"{len(found.homes)} of tier {found.tier} marked"
            more = f", {found.total - len(found.homes)} more may be asked" if found.total > len(found.homes) else ""
            self.toast.saved(f"{words}{more}: w makes the wave", undo=False)

        self.read(lambda: waves.next_tier(about, line), mark, "tier")

    def action_unmark(self) -> None:
        """No marks."""
        self.table.unmark_all()
        self._marked()

    def _marked(self) -> None:
        found = self._found
        if found is not None:
            marks = len(self.table.marks)
            count = f"{found.total:,} of {found.considered:,}" + (f"  {marks} marked" if marks else "")
            self.table.say(Span(found.words or "every home"), Span(count, "muted"))
        self.renew_footer()

    def action_wave(self) -> None:
        """Ask every marked home."""
        marks = self.table.marks
        order = [match.candidate.id for match in self.table.rows if match.candidate.id in marks]
        ids: list[UUID] = order + [key for key in marks if key not in order]
        services, about = self.services, self.about
        tiers = {match.candidate.tier for match in self.table.rows if match.candidate.id in marks}
        # one tier asked by itself is a wave to that tier, with its time, also where a home is needed now
        every = len(tiers) > 1 or tiers == {None} or len(ids) > len(order)
        emergency = every and self._referral is not None and self._referral.urgency == "now"

        def sent(wave: WaveSent) -> None:
            self.table.unmark_all()
            self.post_message(Open("calls", about, said=wave.words))

        send_wave(
            self, lambda why: services.approaches.ask(about, ids, emergency=emergency, off_framework_why=why), sent
        )

    def action_page(self) -> None:
        """The home's page."""
        match: Match | None = self.table.row
        if match is not None:
            self.post_message(Open("home", match.candidate.id))

    def action_calls(self) -> None:
        """Those asked so far."""
        self.post_message(Open("calls", self.about))

    def action_copy(self) -> None:
        """The number to the terminal's clipboard."""
        home = cast(Match, self.table.row).candidate
        self.app.copy_to_clipboard(home.phone)
        self.toast.saved(f"Copied {home.phone} ({home.name})", undo=False)
