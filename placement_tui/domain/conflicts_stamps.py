"""Where two values of a field say nothing different that a person meant: when and by whom the program noted what both sides say.

Two officers who decline one offer, finish one task, end one officer's access or undo one record, neither knowing of the
other, agree. That each side wrote down its own time is nothing to settle. Where they do not agree, the times go with what
they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from placement_tui.domain.operations import EMPTY, FieldState
from placement_tui.domain.settings import DATA_KEY_AT, setting_id

_OWN = frozenset({setting_id(DATA_KEY_AT)})  # what each store knows of itself, though the setting is everybody's
# By table: what the program notes beside a field that says it, which that field settles.
_BESIDE = {
    "approach": {"answered_at": "outcome", "answered_by": "outcome"},
    "offer": {"decided_at": "state", "decided_by": "state"},
    "referral": {"closed_at": "state"},
    "sign_off": {"returned_at": "state", "decided_at": "state", "decided_by": "state", "decided_by_name": "state"},
    "task": {"done_at": "state", "done_by": "state", "first_due_at": "due_at", "made_at": "source"},
    "child": {"age_said_on": "age_said"},
    "profile": {"changed_at": "sections", "officer_id": "sections"},
    "suspension": {"lifted_by": "lifted_at"},
    "told": {"officer_id": "told_at"},
}
# That it was done is what these say; when is the program's note.
_DONE = frozenset({"struck_at", "told_at", "released_at", "disabled_at", "lifted_at", "passphrase_at"})


def to_settle(noun: str, key: UUID, states: Mapping[str, FieldState]) -> set[str]:
    """The fields of a record that have two values which a person has to choose from; none of a record that is struck out."""
    struck = states.get("struck_at")
    if key in _OWN or (struck is not None and not struck.conflict and struck.value is not None):
        return set()
    split = {name for name, state in states.items() if state.conflict and not _both_done(name, state)}
    if struck is not None and struck.value is not None and "struck_at" not in split:
        return set()
    beside = _BESIDE.get(noun, {})
    return {name for name in split if name not in beside or beside[name] in split}


def _both_done(name: str, state: FieldState) -> bool:
    return name in _DONE and not any(value in EMPTY for value in state.said)
