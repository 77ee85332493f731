"""Asking a home again that said no: at once where the records show what has changed, else an officer says what has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from placement_tui.domain.typed import short_text
from placement_tui.errors import Invalid, PlacementError
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.place import Place, given

_MOST = 200


def ask_again(place: Place, approach_id: UUID, name: str) -> None:
    """Ask again; the first answer stays."""
    service: Any = place.services.differences

    def said(why: str) -> None:
        place.write(lambda: service.ask_again(approach_id, why), lambda saved: place.toast.saved(saved.words), unsaid)

    def unsaid(error: PlacementError) -> bool:
        if not isinstance(error, Invalid) or error.field != "why":
            return False
        ask = Ask(
            f"{name}: ask again, what has changed?", f"They {error.detail}. fee agreed by Helen; a night worker is paid for",
            lambda text: short_text("why", text, _MOST, required=True),
        )  # fmt: skip
        place.app.push_screen(ask, given(said))
        return True

    said("")
