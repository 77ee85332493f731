"""The doors that stand open everywhere: one command, one place."""

from __future__ import annotations

from placement_tui.widgets.trail import Trail


class Doors(Trail):
    """An App whose places of the whole team, and of the referral in hand, are one command away."""

    def action_due(self) -> None:
        """What is due."""
        self.open_place("due")

    def action_handover(self) -> None:
        """The sheet for the night, or what the night brought."""
        self.open_place("handover")

    def action_settings(self) -> None:
        """What the council chooses for itself."""
        self.open_place("settings")

    def action_delay(self) -> None:
        """Where the time goes."""
        self.open_place("delay")

    def action_insight(self) -> None:
        """The views of insight."""
        self.open_place("insight")

    def action_sign_offs(self) -> None:
        """What waits for sign-off."""
        self.open_place("sign_offs")

    def action_registers(self) -> None:
        """The four registers."""
        self.open_place("registers")

    def action_siblings(self) -> None:
        """The brothers and sisters of the referral in hand."""
        self._of_referral("siblings", "board", "calls", "homes", "offers")

    def action_profile(self) -> None:
        """The profile of the child of the referral in hand."""
        self._of_referral("profile", "board", "calls", "homes", "offers", "referral", "siblings", "tell")

    def _of_referral(self, place: str, *among: str) -> None:
        referral, _ = self.place.audited() if self.place.PLACE in among else (None, "")
        if referral is None:
            self.place.toast.refused("No referral is in hand here: the board, the call list and the homes have one")
        else:
            self.open_place(place, referral)
