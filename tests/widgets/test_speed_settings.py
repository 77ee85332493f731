"""The private names that conftest.py changes to make screens quick to test are still there and still mean the same."""

from __future__ import annotations

import inspect

import textual._wait


def test_the_waits_that_conftest_shortens_exist() -> None:
    source = inspect.getsource(textual._wait.wait_for_idle)
    assert "await sleep(SLEEP_GRANULARITY)" in source
    assert "< SLEEP_IDLE" in source
