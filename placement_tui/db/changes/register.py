"""Write what an import found: homes, providers and grades, thousands at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from placement_tui.db import bulk, journal
from placement_tui.domain.imports import Change

_CHUNK = 1000


def write(session: Session, changes: Sequence[Change], progress: Callable[[int], None] | None = None) -> None:
    """Make and change records as one intention, each with its operation. Writes nothing where there is nothing.

    New records come first, whatever their order here: a changed one may refer to them. `progress` hears how many are
    done.
    """
    here = journal.context(session)
    now = here.clock()
    if not changes:
        return
    ordered = [change for change in changes if change.new] + [change for change in changes if not change.new]
    new = sum(1 for change in changes if change.new)
    # One statement's worth after another, but all new ones at once: they refer to each other in any order.
    starts = [0, *range(new, len(ordered), _CHUNK)] if new else [*range(0, len(ordered), _CHUNK)]
    for start, end in zip(starts, [*starts[1:], len(ordered)], strict=True):
        bulk.append(
            session,
            [
                bulk.Step(
                    now, here.officer, each.noun, each.key, dict(each.values), each.new, here.command, here.intention
                )
                for each in ordered[start:end]
            ],
        )
        if progress:
            progress(end)
