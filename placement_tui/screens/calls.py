"""The call list: a referral's approaches; each answer is one verb, saved at once, and the cursor goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.approaches import Answer, CallList, CallRow, Refusal, Saved
from placement_tui.domain.codes.refusals import (
    REFUSALS,
    WOULD_CHANGE,
    change_of,
    commonest,
    family_of,
    in_family,
    stage_of,
)
from placement_tui.domain.endings import LessonRow
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.typed import fee_split, long_text, when
from placement_tui.errors import PlacementError
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.calldoors import CallDoors
from placement_tui.widgets.calllines import back_options, call_lines, first_line, key_lines, withdraw_options
from placement_tui.widgets.choose import ChooseStrip, Option
from placement_tui.widgets.columns import Column
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Leave, Open, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.vacancy_words import CallsSeen, calls_seen
from placement_tui.widgets.wave_words import wave_line
from placement_tui.widgets.words import (
    answer_words,
    by_words,
    grade_words,
    miles_words,
    wanted_words,
)


class CallsScreen(CallDoors):
    """One referral's calls. `more["approach"]` puts the cursor there; `more["returns"]` goes back after one answer."""

    PLACE = "calls"
    NOUNS = frozenset({"approach", "offer", "referral", "home", "provider", "referral_child", "child"})

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._calls: CallList | None = None
        self._answered: UUID | None = None  # the refusal just given, which a capital letter may add to
        self._beneath: UUID | None = None
        self._beds: list[Line] = []  # free beds that a referral may have of which nobody was asked yet

    def body(self) -> Iterable[Widget]:
        """The referral in a line, then who was asked."""
        yield StatusLine(id="counts")
        yield RecordTable(
            [
                Column("Provider", least=18), Column("Tier", 4, "right", drop=2), Column("Miles", 5, "right"),
                Column("Grade", 11, drop=1), Column("Phone", 14), Column("Answer", 20),
            ],
            self._cells,
            empty="Nobody has been asked yet. f finds homes",
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The provider under the cursor, and the keys that answer for it."""
        about = Block(id="about")
        about.styles.height = 3
        yield about
        strip = ChooseStrip(id="strip")
        strip.styles.height = 3
        yield strip

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def strip(self) -> ChooseStrip:
        """Where one key chooses."""
        return self.query_one("#strip", ChooseStrip)

    def called_again(self) -> None:
        """Opened for a provider that rings back."""
        if self.is_mounted and self.more.get("approach") is not None:
            self.table.move_to(self.more["approach"])

    def look(self) -> None:
        """Read the call list."""
        self.read(lambda: calls_seen(self.services, self.about), self._show)

    def _show(self, seen: CallsSeen) -> None:
        first, now, calls = self._calls is None, self.services.desk.now, seen.calls
        self._calls, self._beds, self.waves_seen = calls, seen.beds, len(seen.waves)
        lit = self.lit("approach")
        wanted = self.more.get("approach")
        if first and wanted is None:
            wanted = next((row.id for row in calls.rows if row.outcome == "awaiting" and not self._later(row)), None)
        self.table.show(
            calls.rows, changed=[row.id for row in calls.rows if row.id in lit], cursor=wanted if first else None
        )
        self.title_line.say(f"{calls.reference} {calls.child}", f"{len(calls.rows)} asked  {calls.waiting} waiting")
        self.query_one("#counts", StatusLine).say(
            [Span(wanted_words(calls.wanted)), Span(" · "), by_words(calls.urgency, calls.needed_by, now)],
            Span("rings back: log the answer", "accent") if self.more.get("returns") else wave_line(seen.waves, now),
        )
        self._about()

    def _cells(self, row: CallRow) -> list[Line]:
        return [
            row.name, str(row.tier or ""), miles_words(row.miles, row.approximate), Span(grade_words(row.grade), "muted"),
            row.phone, answer_words(row, self.services.desk.now),
        ]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The provider under the cursor: who they are, what they said before, what was learned there."""
        self._about()

    def on_record_table_chosen(self) -> None:
        """Enter opens the home's page."""
        self.action_provider()

    def _about(self) -> None:
        row: CallRow | None = self.table.row
        self.renew_footer()
        if row is None:
            self.query_one("#about", Block).show(*self._beds[:3])
            self.strip.rest(*self._beds[3:])
            return
        self._keys(row)
        if self._beneath != row.id:
            self._beneath = row.id
            self.query_one("#about", Block).show(first_line(row, self.services.desk.now), "", "")
        if row.home_id is not None:
            home: UUID = row.home_id
            services = self.services
            self.read(lambda: (services.approaches.answers(home, 3), services.endings.lessons_for(homes=[home])[:1]),
                      lambda found: self._show_about(row, *found), "about")  # fmt: skip

    def _show_about(self, row: CallRow, answers: list[Answer], lessons: list[LessonRow]) -> None:
        if self.table.key != row.id:
            return
        self.query_one("#about", Block).show(*call_lines(row, answers, lessons, self.services.desk.now))

    def _keys(self, row: CallRow) -> None:
        self.strip.rest(*key_lines(row.kind, self.size.width))

    @staticmethod
    def _later(row: CallRow) -> bool:
        return row.call_back_at is not None

    # answers

    def reason_not(self, command_id: str) -> str | None:
        """Answers need a provider under the cursor."""
        if not self.is_mounted or command_id in (
            "calls.homes",
            "calls.offers",
            "calls.details",
            "calls.next_tier",
            "calls.vacancies",
        ):
            return None
        row: CallRow | None = self.table.row
        if row is None:
            return "Nobody has been asked yet: f finds homes"
        if (
            command_id in ("calls.refuse", "calls.family", "calls.no_reply", "calls.call_back", "calls.offer")
            and row.outcome == "withdrawn"
        ):
            return f"{row.name}: this approach ended"
        return None

    def action_refuse(self, key: str) -> None:
        """One of the nine: the whole refusal."""
        row = self.picked
        self._refuse(row, commonest(row.kind)[int(key) - 1].code)

    def action_family(self, key: str) -> None:
        """A reason by its family: the strip shows the family's own."""
        row = self.picked
        family = family_of(key)
        if family is None:
            return
        options = [Option(code.code, code.short, code.key) for code in in_family(key)]
        self.strip.ask(f"no, {family.short}", options, given(lambda code: self._refuse(row, code)))

    def _refuse(self, row: CallRow, code: str) -> None:
        if REFUSALS[code].needs_note:
            help_ = "In a few words: what did they say?"
            self.app.push_screen(Ask(f"{row.name}: no", help_, lambda text: long_text("note", text, 2000, required=True)),
                                 given(lambda note: self._log_refusal(row, code, note)))  # fmt: skip
        else:
            self._log_refusal(row, code, "")

    def _log_refusal(self, row: CallRow, code: str, note: str) -> None:
        if row.outcome == "refusal":
            said = REFUSALS[row.reason].short if row.reason else "no"
            options = [
                Option("change", f"change it to {REFUSALS[code].short}", "1"),
                Option("add", f"add {REFUSALS[code].short} to it", "2"),
            ]
            self.strip.ask(f"{row.name} said {said}", options, given(lambda how: self._again(row, code, how, note)))
            return
        self._answer(row, lambda: self.services.approaches.refuse(row.id, Refusal((code,), note=note)), refusal=True)

    def _again(self, row: CallRow, code: str, how: str, note: str) -> None:
        codes = (code,) if how == "change" or not row.reason else (row.reason, *row.other_reasons, code)
        refusal = Refusal(tuple(dict.fromkeys(codes)), row.stage, row.would_change, note=note)
        self._answer(row, lambda: self.services.approaches.refuse(row.id, refusal), refusal=True)

    def action_change_now(self, key: str) -> None:
        """A capital straight after a refusal: what would change it."""
        choice = change_of(key)
        if choice is not None:
            self._add_now(lambda answered: self.services.approaches.would_change(answered, [choice.code]))

    def action_stage_now(self, key: str) -> None:
        """A capital straight after a refusal: at which stage."""
        choice = stage_of(key)
        if choice is not None:
            self._add_now(lambda answered: self.services.approaches.at_stage(answered, choice.code))

    def _add_now(self, add: Callable[[UUID], Saved]) -> None:
        answered = self._answered
        if answered is None:
            self.toast.refused("A capital letter adds to the answer just given: log the refusal first")
        else:
            self.write(lambda: add(answered), self._saved)

    def action_change(self) -> None:
        """What would change it: on the refusal under the cursor, else on the one just given."""
        row = self.picked
        target = row.id if row.outcome == "refusal" else self._answered
        if target is None:
            self.toast.refused(f"{row.name} has not refused: log the answer first")
            return
        name = row.name if target == row.id else next((r.name for r in self.table.rows if r.id == target), "")
        options = [Option(choice.code, choice.spoken, choice.key.lower()) for choice in WOULD_CHANGE]
        self.strip.ask(f"{name}: would change it", options,
                       given(lambda code: self.write(lambda: self.services.approaches.would_change(target, [code]), self._saved)))  # fmt: skip

    def action_no_reply(self) -> None:
        """Nobody answered."""
        row = self.picked
        self._answer(row, lambda: self.services.approaches.no_reply(row.id))

    def action_call_back(self) -> None:
        """At a time: one key for the usual ones, or typed."""
        row = self.picked
        options = back_options()
        self.strip.ask(f"{row.name}: call back", options, given(lambda choice: self._back(row, choice)))

    def _back(self, row: CallRow, choice: Any) -> None:
        now = self.services.desk.now
        if choice == "other":
            check: Callable[[str], datetime] = lambda text: when(text, self.services.desk.now)  # noqa: E731 - two lines say less
            self.app.push_screen(Ask(f"{row.name}: call back when?", "16:45, 1645, 20m, 2h, tomorrow 10:00, wed 9:30", check),
                                 given(lambda at: self._answer(row, lambda: self.services.approaches.call_back(row.id, at))))  # fmt: skip
        else:
            self._answer(row, lambda: self.services.approaches.call_back(row.id, now + timedelta(minutes=choice)))

    def action_offer(self) -> None:
        """The weekly fee first; the rest can follow."""
        row = self.picked
        if row.offer_id is not None:
            self.post_message(Open("offer", row.offer_id))
            return
        help_ = "£ a week: 812, or 3600/550/0 as care/education/health. Terms can follow: = compares, e changes them"
        self.app.push_screen(Ask(f"{row.name} offers", help_, fee_split), given(lambda fee: self._offer(row, fee)))

    def _offer(self, row: CallRow, fee: Any) -> None:
        new = NewOffer(fee.care, fee.education, fee.health)
        self._answer(row, lambda: self.services.offers.log(row.id, new)[1])

    def action_withdraw(self) -> None:
        """We no longer ask them."""
        row = self.picked
        options = withdraw_options()
        self.strip.ask(f"{row.name}: withdraw", options,
                       given(lambda code: self._answer(row, lambda: self.services.approaches.withdraw(row.id, code))))  # fmt: skip

    def action_note(self) -> None:
        """In your own words."""
        row = self.picked
        self.app.push_screen(Ask(f"Note on {row.name}", "What they said, who said it", lambda text: long_text("note", text, 20_000), row.note),
                             given(lambda note: self.write(lambda: self.services.approaches.note(row.id, note), self._saved)))  # fmt: skip

    def _answer(self, row: CallRow, work: Callable[[], Saved], refusal: bool = False) -> None:
        """Save, and go on at once: the next provider is under the cursor while the disk still turns."""
        before = row.id
        self._answered = None
        self._go_on(row)

        def saved(done: Saved) -> None:
            self._answered = row.id if refusal else None
            self._saved(done)
            if refusal:
                hint = "  ".join(f"{choice.key} {choice.spoken}" for choice in list(WOULD_CHANGE)[:6])
                self.query_one("#counts", StatusLine).say(
                    [Span("would change it: ", "accent"), Span(hint + "  …c all", "muted")]
                )
            if self.more.pop("returns", False):
                self.more.pop("approach", None)
                self.post_message(Leave(done.words, kept=True))

        def refused(error: PlacementError) -> bool:
            self.table.move_to(before)
            self.show_error(error)
            return True

        self.write(work, saved, refused)

    def _go_on(self, row: CallRow) -> None:
        rows: list[CallRow] = list(self.table.rows)
        at = next((n for n, each in enumerate(rows) if each.id == row.id), 0)
        following = rows[at + 1 :] + rows[:at]
        target = next((each for each in following if each.outcome == "awaiting" and not self._later(each)), None)
        if target is not None and not self.more.get("returns"):
            self.table.move_to(target.id)

    def _saved(self, done: Saved) -> None:
        self.toast.saved(done.words)
