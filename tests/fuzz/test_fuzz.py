"""Hostile input to everything that reads: what earlier runs found is thrown again, and something new each time.

A long run that is guided by what the program does with its input is `tests/fuzz/fuzz.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, run

CORPUS = Path(__file__).parent / "corpus"
SEEDS = {name: [file.read_bytes() for file in sorted((CORPUS / name).iterdir())] for name in TARGETS}


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_before_is_taken_or_refused(name: str) -> None:
    assert len(SEEDS[name]) > 2, "nothing was ever found for it"
    answers = {run(name, data) for data in SEEDS[name]}
    assert answers <= {"taken", "refused"}


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=60)
@given(data=st.data())
def test_what_is_near_it_is_taken_or_refused(name: str, data: st.DataObject) -> None:
    seed = data.draw(st.sampled_from(SEEDS[name]))
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, len(seed)))
    new = data.draw(
        st.one_of(st.binary(max_size=40), st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace")))
    )
    run(name, seed[:start] + new * data.draw(st.sampled_from((1, 1, 1, 300))) + seed[end:])
