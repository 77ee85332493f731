"""What a test needs of the machine. Where it is missing the test is skipped with the reason; under CI=true it fails."""

from __future__ import annotations

import os
import shutil

import pytest


def program(name: str) -> str:
    """The path of an installed program."""
    found = shutil.which(name)
    if found is None:
        missing(f"{name} is not installed")
    return str(found)


def missing(reason: str) -> None:
    """Skip this test and say why; on a machine that was set up to have everything, fail instead."""
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"{reason}, and the machine that checks everything must have it")
    pytest.skip(reason)
