"""The doors to a provider's page and to what would make the difference: one key, from wherever a home is in hand."""

from __future__ import annotations

from placement_tui.widgets.trail import Trail


class ProviderDoors(Trail):
    """An App in which a provider is one key away."""

    def action_provider(self) -> None:
        """The provider of the home in hand."""
        key = self.place.provider
        if key is not None:
            self.open_place("provider", key)
        else:
            self.place.toast.refused("No provider is in hand here: the homes, the call list and a home's page have one")

    def action_difference(self) -> None:
        """Refusals by what would change them."""
        self.open_place("difference")
