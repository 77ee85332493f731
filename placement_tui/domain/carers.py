"""Whether a child who moves stays with the same carer: what tells a new placement from another line in the return.

Source: Department for Education, guide to the SSDA903 collection: reasons for a new episode P and B (placement and carer)
against T and U (placement, same carer).
"""

from __future__ import annotations

from typing import Any, Protocol

WITH_THEIR_CARERS = (
    "A3",
    "A5",
)  # placed for adoption with the foster carers whom the child lives with already: rule 217


class Moved(Protocol):
    """What of a placement says whose care it is."""

    @property
    def home_id(self) -> Any:
        """The home or household."""

    @property
    def place(self) -> str | None:
        """PLACE."""

    @property
    def reason(self) -> str | None:
        """REASON_PLACE_CHANGE, of its end."""

    @property
    def same_carer(self) -> bool | None:
        """What an officer or a return said; None where nobody did."""


def same_carer(before: Moved, after: Moved) -> bool:
    """Whether the second of two placements, neither temporary, is with the carer of the first."""
    if after.same_carer is not None:
        return after.same_carer
    return after.place in WITH_THEIR_CARERS or after.home_id == before.home_id or before.reason == "PLACE"
