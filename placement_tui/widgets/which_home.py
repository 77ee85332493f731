"""Which home of a provider is meant: the only one at once, one of a few by a key, one of many by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from placement_tui.domain.folding import fold
from placement_tui.domain.typed import shown
from placement_tui.errors import Invalid
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import Option
from placement_tui.widgets.dialog import Choose
from placement_tui.widgets.place import Place, given

BY_KEY = 12  # that are chosen by one key, and fit the smallest screen

Then = Callable[[UUID, str], object]


def which_home(
    place: Place, title: str, homes: Sequence[tuple[UUID, str]], count: int,
    everything: Callable[[], Sequence[tuple[UUID, str, str | None]]], then: Then,
) -> None:  # fmt: skip
    """Call `then` with the home's id and name. `homes` are the first of `count`; `everything` reads them all."""
    if count == 1:
        then(*homes[0])
    elif count <= BY_KEY:
        place.app.push_screen(Choose(title, [Option(each, each[1]) for each in homes]), given(lambda each: then(*each)))
    else:
        place.read(everything, lambda rows: _typed(place, title, rows, then), "homes")


def _typed(place: Place, title: str, rows: Sequence[tuple[UUID, str, str | None]], then: Then) -> None:
    def check(text: str) -> tuple[UUID, str]:
        words = fold(text).split()
        found = [(key, name) for key, name, _ in rows if _begins(words, name)]
        found = [each for each in found if fold(each[1]) == fold(text)] or found
        if len(found) != 1:
            raise Invalid("home", f"{len(found)} homes answer to {shown(text)}", mend="give more of its name")
        return found[0]

    ask = Ask(title, f"A few letters of its name: there are {len(rows)}", check)
    place.app.push_screen(ask, given(lambda each: then(*each)))


def _begins(words: Sequence[str], name: str) -> bool:
    parts = fold(name).split()
    return bool(words) and all(any(part.startswith(word) for part in parts) for word in words)
