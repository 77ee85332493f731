"""The doors to a provider's page and to what would make the difference: one key, from wherever a home is in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.trail import Trail

if TYPE_CHECKING:
    from placement_tui.domain.approaches import CallRow


class ProviderDoors(Trail):
    """An App in which a provider is one key away."""

    def action_provider(self) -> None:
        """The provider of the home in hand."""
        row = self._called
        key = self.place.provider if row is None else row.provider_id
        if key is not None:
            self.open_place("provider", key)
        else:
            self.place.toast.refused("No provider is in hand here: the homes, the call list and a home's page have one")

    def action_difference(self) -> None:
        """Refusals by what would change them."""
        self.open_place("difference")

    def action_ask_again(self) -> None:
        """Ask the one under the cursor of the call list again, who said no."""
        from placement_tui.domain.difference import REOPENED
        from placement_tui.widgets.asking_again import ask_again

        row = self._called
        if row is None:
            self.place.toast.refused("Nobody who said no is in hand here: the call list has them")
        elif row.outcome not in REOPENED:
            self.place.toast.refused(f"{row.name} has not said no: log their answer first")
        else:
            ask_again(self.place, row.id, row.name)

    @property
    def _called(self) -> CallRow | None:
        """The approach under the cursor of a call list."""
        return self.place.query_one(RecordTable).row if self.place.PLACE == "calls" else None
