"""Where the call list leads: more homes, the next tier, the offers, the form, the home's page, a number on the clipboard."""

from __future__ import annotations

from typing import cast

from placement_tui.domain.approaches import CallRow, WaveSent
from placement_tui.widgets.place import Open, Place
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.wave_words import send_wave


class CallDoors(Place):
    """A place with a list of approaches of a referral, and the ways out of it."""

    waves_seen = 0  # how many waves the officer sees

    @property
    def table(self) -> RecordTable:
        """The approaches."""
        return self.query_one("#list", RecordTable)

    @property
    def picked(self) -> CallRow:
        """The row under the cursor, in a command that `reason_not` lets run only where there is one."""
        return cast(CallRow, self.table.row)

    def action_next_tier(self) -> None:
        """Ask the next tier."""
        waves, about, seen = self.services.waves, self.about, self.waves_seen

        def sent(wave: WaveSent) -> None:
            self.toast.saved(wave.words)
            self.table.move_to(wave.approaches[0])

        send_wave(self, lambda why: waves.send_next(about, why, after=seen), sent)

    def action_homes(self) -> None:
        """More homes."""
        self.post_message(Open("homes", self.about))

    def action_vacancies(self) -> None:
        """The free beds."""
        self.post_message(Open("vacancies"))

    def action_offers(self) -> None:
        """Compare."""
        self.post_message(Open("offers", self.about))

    def action_details(self) -> None:
        """The referral's form."""
        self.post_message(Open("referral", self.about))

    def action_provider(self) -> None:
        """The home's page."""
        row: CallRow | None = self.table.row
        if row is not None and row.home_id is not None:
            self.post_message(Open("home", row.home_id))

    def action_copy(self) -> None:
        """The number to the terminal's clipboard."""
        row = self.picked
        self.app.copy_to_clipboard(row.phone)
        self.toast.saved(f"Copied {row.phone} ({row.name})", undo=False)
