"""One demonstration store for every count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.speed.steps import make_demo


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration at scale 1."""
    return make_demo(tmp_path_factory.mktemp("demo"))
