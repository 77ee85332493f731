"""Who knew what: what of a team's work has to stand, worked out without the journal's own account of what replaces what.

The oracle is told of every operation when it is made, with all that its store knew at that moment. A value is replaced by
one whose author knew it, and by no other. What it is told of, it keeps; it reads neither `base` nor the clock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Heads = dict[tuple[str, UUID, str], list[tuple[Any, UUID]]]
# When and by whom the program noted what another field says.
NOTED = {
    ("approach", "answered_at"): "outcome", ("approach", "answered_by"): "outcome", ("offer", "decided_at"): "state",
    ("offer", "decided_by"): "state", ("referral", "closed_at"): "state", ("task", "done_at"): "state",
    ("task", "done_by"): "state", ("task", "made_at"): "source", ("task", "first_due_at"): "due_at",
    ("child", "age_said_on"): "age_said", ("told", "officer_id"): "told_at",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """An operation as it was made: its bit, what it says, and the bits of all that its store knew."""

    bit: int
    noun: str
    key: UUID
    intention: UUID
    fields: dict[str, Any]
    knew: int
    order: tuple[int, UUID, UUID]


class Oracle:
    """All that was ever acknowledged at any store."""

    def __init__(self) -> None:
        self.said: dict[UUID, Said] = {}
        self.taken: set[UUID] = set()  # whose values an erasure took out where it was made
        self._bits: dict[UUID, int] = {}

    def before(self, rows: dict[UUID, Any]) -> None:
        """What the stores had in common from the start."""
        self.made(sorted(rows.values(), key=lambda row: row.hlc), 0)

    def made(self, rows: list[Any], knew: int) -> None:
        """Operations that a store just made, in their order, knowing that."""
        for row in rows:
            self._bits[row.id] = 1 << len(self._bits)
            fields = row.fields or {}
            self.said[row.id] = Said(
                self._bits[row.id], row.noun, row.key, row.intention, fields, knew, (row.hlc, row.device, row.id)
            )
            knew |= self._bits[row.id]

    def mask(self, ids: Any) -> int:
        """The bits of some operations."""
        mask = 0
        for each in ids:
            mask |= self._bits[each]
        return mask

    def erased(self) -> set[UUID]:
        """The operations whose values have to be gone: taken by an erasure, or said of a whole record beside it.

        Of two erasures of one record that did not know each other the one stands that leaves less, else the later.
        """
        erasures = {each.intention for each in self.said.values() if each.noun == "erasure"}
        whole: dict[UUID, list[tuple[UUID, Said]]] = defaultdict(list)
        for op, each in self.said.items():
            if op not in self.taken and each.intention in erasures and self._whole(each):
                whole[each.key].append((op, each))
        gone = set(self.taken)
        for op, each in self.said.items():
            if ends := whole[each.key]:
                last, end = max(ends, key=lambda pair: (pair[1].fields["struck_at"] is not None, pair[1].order))
                if op != last and not each.knew & end.bit:
                    gone.add(op)
        return gone

    def _whole(self, said: Said) -> bool:
        """True for what is left of a record that was erased as a whole."""
        return "struck_at" in said.fields and "id" not in said.fields

    def heads(self) -> Heads:
        """By table, record and field: every value that nobody replaced who knew it, and the operation."""
        gone = self.erased()
        by_key: dict[UUID, list[tuple[UUID, Said]]] = defaultdict(list)
        for op, each in self.said.items():
            by_key[each.key].append((op, each))
        found: Heads = defaultdict(list)
        for key, ops in by_key.items():
            for op, each in ops:
                for name, value in each.fields.items() if op not in gone else ():
                    if not any(name in other.fields and other.knew & each.bit for _, other in ops):
                        found[each.noun, key, name].append((value, op))
        return found

    def split(self) -> dict[tuple[str, UUID], set[str]]:
        """The records that a person has to settle, with the fields that two people set differently."""
        heads = self.heads()
        found: dict[tuple[str, UUID], set[str]] = defaultdict(set)
        for (noun, key, name), values in heads.items():
            if any(value != values[0][0] for value, _ in values) and not self._agreed(noun, key, name, heads):
                found[noun, key].add(name)
        return {each: names for each, names in found.items() if not self._struck(*each, heads)}

    def _struck(self, noun: str, key: UUID, heads: Heads) -> bool:
        """Everybody who said so last took the record out; what is left of two minds is a matter to settle."""
        said = [value for value, _ in heads.get((noun, key, "struck_at"), ())]
        return bool(said) and None not in said

    def _agreed(self, noun: str, key: UUID, name: str, heads: Heads) -> bool:
        """Both say the same, and only when or by whom is noted differently."""
        if (noun, name) == ("setting", "value"):
            return "data_key_at" in {each.fields.get("name") for each in self.said.values() if each.key == key}
        if name in ("struck_at", "told_at", "released_at", "disabled_at"):
            return None not in [value for value, _ in heads[noun, key, name]]
        lead = NOTED.get((noun, name))
        if lead is None:
            return False
        said = [value for value, _ in heads.get((noun, key, lead), ())]
        return all(value == said[0] for value in said) or (lead == "told_at" and self._agreed(noun, key, lead, heads))
