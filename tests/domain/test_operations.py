"""A record's state is a pure function of its operations: any order, any repetition, conflicts by what each knew."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.operations import Op, chain_hash, content_digest, fold


@st.composite
def histories(draw: st.DrawFn) -> list[Op]:
    """Replicas that write and meet: each operation replaces what its replica knew as heads."""
    ops: list[Op] = []
    known: list[set[str]] = [set() for _ in range(3)]
    for number in range(draw(st.integers(1, 14))):
        replica = draw(st.integers(0, 2))
        if draw(st.booleans()):
            known[replica] |= known[draw(st.integers(0, 2))]
        seen = [op for op in ops if op.id in known[replica]]
        names = draw(st.sets(st.sampled_from(["phone", "name", "places"]), min_size=1))
        state = fold(seen)
        base = {name: list(state[name].heads) for name in names if name in state}
        fields = {name: draw(st.integers(0, 3)) for name in names}
        clock = draw(st.integers(0, 50))  # wrong by any amount
        ops.append(Op(f"{number:02d}", f"device{replica}", clock, fields, base))
        known[replica].add(ops[-1].id)
    return ops


@given(histories(), st.randoms())
def test_order_and_repetition_do_not_matter(ops: list[Op], chance: random.Random) -> None:
    shuffled = ops + chance.sample(ops, k=chance.randint(0, len(ops)))
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(ops)


@given(histories())
def test_heads_are_what_nobody_replaced(ops: list[Op]) -> None:
    for name, state in fold(ops).items():
        setting = [op for op in ops if name in (op.fields or {})]
        unreplaced = {op.id for op in setting if not any(op.id in other.base.get(name, []) for other in setting)}
        assert set(state.heads) == unreplaced
        values = {(op.fields or {})[name] for op in setting if op.id in unreplaced}
        assert state.conflict == (len(values) > 1)
        assert state.value in values


@given(histories())
def test_an_operation_that_names_all_heads_settles_the_conflict(ops: list[Op]) -> None:
    state = fold(ops)
    name = next(iter(state))
    settled = Op("zz", "device9", -1, {name: 99}, {name: list(state[name].heads)})
    after = fold([*ops, settled])[name]
    assert after.value == 99
    assert not after.conflict


def test_the_digest_hides_and_binds_the_values() -> None:
    one, other = content_digest({"name": "Fir"}, "00" * 16), content_digest({"name": "Fir"}, "01" * 16)
    assert one != other  # a short value cannot be guessed from its digest once the salt is gone
    assert content_digest({"name": "Elm"}, "00" * 16) != one
    assert chain_hash("a", [1], one) != chain_hash("b", [1], one)
    assert chain_hash("a", [1], one) != chain_hash("a", [2], one)
