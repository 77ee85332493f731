"""The quick form of `tests/reliability/rotations.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(os.name != "posix", reason="several officers on one store are a matter of POSIX systems")
def test_a_rotation_killed_at_any_moment_leaves_a_store_that_opens_with_everything_in_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.rotations", "--kills", "40"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2], timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["kills"] >= 40
    assert found["rotated"] > 0
    assert found["acknowledged"] > 0
    assert found["finished"] + found["cleared"] > 0  # some were hit in their middle
