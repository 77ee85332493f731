"""One demonstration for every terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.speed.steps import make_demo


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration at scale 1, which nobody changes."""
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(made_demo: Path, tmp_path: Path) -> Path:
    """A copy of it, this test's own."""
    for each in made_demo.parent.iterdir():
        shutil.copy2(each, tmp_path / each.name)
    return tmp_path / made_demo.name
