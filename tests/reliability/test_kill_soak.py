"""The quick form of `tests/reliability/kill_soak.py`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="several officers on one store are a matter of POSIX systems")
def test_what_was_acknowledged_survives_the_killing_of_the_programs_that_wrote_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.kill_soak", "--officers", "6", "--kills", "25", "--pause", "0.3", "--json"],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2], timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["kills"] >= 25
    assert found["acknowledged"] > 50
    assert found["lost"] == found["faults"] == found["wrong"] == []
    assert found["opened"] > 15
