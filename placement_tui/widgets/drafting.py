"""A form's draft, written as it is typed: at most one write waits for the writing thread, and the latest text wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from placement_tui.errors import PlacementError
from placement_tui.widgets.place import Place

NEW = "new"  # what a form is about that makes something; further ones half typed at once are "new 2", "new 3"


def next_new(about: str, typed: bool, waiting: Iterable[str]) -> str | None:
    """The half-typed new one after `about`, then a blank one where something is typed in this, then the first again.

    `waiting` is what the form's drafts are about. None where this one is blank and there is no other.
    """
    numbers = sorted({_number(each) for each in waiting if each.startswith(NEW)})
    here = _number(about)
    later = next((number for number in numbers if number > here), None)
    if later is None and typed:
        later = max([here, *numbers]) + 1
    number = later or next(iter(numbers), here)
    return None if number == here else NEW if number == 1 else f"{NEW} {number}"


def _number(about: str) -> int:
    last = about.rpartition(" ")[2]
    return int(last) if last.isdigit() else 1


class DraftKeeper:
    """Keeps what is typed in one form about one thing."""

    def __init__(self, place: Place, form: str, about: str) -> None:
        self._place, self._form, self.about = place, form, about
        self._latest: dict[str, Any] | None = None  # what waits to be written; None when nothing does
        self.gone = False  # saved: whatever is still typed belongs to no draft

    def keep(self, texts: Mapping[str, Any]) -> None:
        """Write this, in place of what was written before; nothing is kept where there are no texts."""
        waits = self._latest is not None
        self._latest = dict(texts)
        if not waits and not self.gone:
            self._place.write(self._write, lambda _: None, self._refused)

    def forget(self) -> None:
        """On the writing thread: the form was saved."""
        self.gone = True
        self._place.services.drafts.discard(self._form, self.about)

    def _write(self) -> None:
        latest, self._latest = self._latest, None
        if self.gone or latest is None:
            return
        drafts = self._place.services.drafts
        if latest:
            drafts.save(self._form, self.about, latest)
        else:
            drafts.discard(self._form, self.about)

    def _refused(self, error: PlacementError) -> bool:
        self._place.toast.failed(f"The draft could not be kept: {error}")
        return True
