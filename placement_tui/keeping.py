"""What the App does to keep records to those who may see them: the lock, the clipboard, the officers, the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from placement_tui.hardening import harden
from placement_tui.widgets.idle import Idle
from placement_tui.widgets.leaving import Leaving
from placement_tui.widgets.outside import sweep

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services


class Keeping(Leaving, Idle):
    """An App with officers, a lock, and nothing left behind."""

    initials: str

    def _open(self) -> Services:
        """The open store's services, in a command that `reason_not` lets run only when there are some."""
        assert self.services is not None
        return self.services

    def begin_keeping(self) -> None:
        """Once the first screen stands: close this process's memory to others, and remove what a killed one left."""
        harden()
        sweep()

    def cover(self, why: str) -> Screen[Any]:
        """What covers everything while the officer is away; nothing of ours stays on the clipboard."""
        from placement_tui.domain.typed_times import london
        from placement_tui.screens.locked import LockedScreen

        self.empty_clipboard()
        at = self._open().desk.now.astimezone(london())
        return LockedScreen(self.initials, f"{at:%H:%M}", why)

    def lock_soon(self, why: str) -> None:
        """Lock, from any thread."""
        self.call_later(self.lock, why)

    def reason_kept(self, command_id: str) -> str | None:
        """Why one of these commands cannot run now, in words; None when it can."""
        if self.services is None:
            return None
        from placement_tui.domain.officers import may, who_may

        role = self.services.desk.officer.role
        if command_id == "anywhere.lock" and self.demo:
            return "A demonstration has no passphrase to come back with"
        if command_id == "anywhere.audit" and not may(role, "audit"):
            return f"To read who saw and changed what, ask {who_may('audit')}"
        if command_id == "anywhere.officers" and self.demo and not may(role, "officers"):
            return "A demonstration has no passphrases"
        return None

    def action_audit(self) -> None:
        """Who saw and changed what is in front."""
        about, words = self.place.audited()
        self.open_place("audit", about, words=words)

    def action_officers(self) -> None:
        """The officers; for whoever may not change them, their own passphrase."""
        from placement_tui.domain.officers import may

        if may(self._open().desk.officer.role, "officers"):
            self.open_place("officers")
        else:
            self.open_place("officer", "mine")

    def action_lock(self) -> None:
        """Lock now."""
        self.lock()

    def action_clear_clipboard(self) -> None:
        """Take what we copied off the clipboard."""
        if self.empty_clipboard():
            self.place.toast.saved("The clipboard is empty", undo=False)
        else:
            self.place.toast.refused("Nothing of this program is on the clipboard")
