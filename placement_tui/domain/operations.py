"""The journal's arithmetic: a record's state is a pure function of its operations.

An operation sets fields and names, for each, the operations that it replaces. The heads of a field are the operations
that set it and that no other replaces. The shown value is the latest head; more than one head with differing values is
a conflict, found by what each knew and not by clocks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
WITHHELD = "withheld"  # in place of the salt of an operation whose values this store has not: they are at the council
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Op:
    """What the fold needs of an operation; ids are hex text. `fields` is None where the values were erased."""

    id: str
    device: str
    hlc: int
    fields: Mapping[str, Any] | None
    base: Mapping[str, list[str]]

    @property
    def order(self) -> tuple[int, str, str]:
        """Later wins for display; device and id break ties the same way in every store."""
        return (self.hlc, self.device, self.id)


@dataclass(frozen=True, slots=True)
class FieldState:
    """A field's shown value and the ids of its heads, latest last; what each of them says."""

    value: Any
    heads: tuple[str, ...]
    conflict: bool
    said: tuple[Any, ...] = ()


def fold(ops: Iterable[Op]) -> dict[str, FieldState]:
    """The state that a set of one record's operations gives, whatever their order or repetition."""
    unique = {op.id: op for op in ops}
    replaced: dict[str, set[str]] = {}
    for op in unique.values():
        for name, bases in op.base.items():
            replaced.setdefault(name, set()).update(bases)
    heads: dict[str, list[Op]] = {}
    for op in unique.values():
        for name in op.fields or ():
            if op.id not in replaced.get(name, ()):
                heads.setdefault(name, []).append(op)
    state = {}
    for name, found in heads.items():
        found.sort(key=lambda op: op.order)
        values = [(op.fields or {})[name] for op in found]
        split = any(value != values[-1] for value in values)
        state[name] = FieldState(values[-1], tuple(op.id for op in found), split, tuple(values))
    return state


def ends(fields: Mapping[str, Any] | None) -> bool:
    """True for what an erasure says of a record that it took as a whole: also whether it is struck out."""
    return fields is not None and "struck_at" in fields and "id" not in fields


def knowing(ops: Iterable[Any], of: str) -> set[str]:
    """Those of one record's operations whose author knew that one, which said every field; itself is among them."""
    bases = {op.id.hex: {head for heads in op.base.values() for head in heads} for op in ops}
    found, more = {of}, True
    while more:
        fresh = {op for op, heads in bases.items() if op not in found and heads & found}
        more = bool(fresh)
        found |= fresh
    return found


def same(one: Any, other: Any) -> bool:
    """True for values that people take for the same: nothing is nothing, however it is written."""
    return bool(one == other) or (one in EMPTY and other in EMPTY)


def canonical(value: Any) -> bytes:
    """One spelling of a JSON value, for hashing."""
    return _ENCODER.encode(value).encode()


def content_digest(fields: Mapping[str, Any], salt: str) -> str:
    """The keyed digest that stands for an operation's values in the chain; erasing values and salt leaves it true."""
    return hashlib.blake2b(canonical(fields), key=bytes.fromhex(salt), digest_size=32).hexdigest()


def chain_hash(previous: str, header: list[Any], digest: str) -> str:
    """The hash of an operation: over the one before it on its device, its own header, and its values' digest."""
    return hashlib.sha256(previous.encode() + canonical(header) + digest.encode()).hexdigest()
