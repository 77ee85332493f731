"""One demonstration of scale 1, made once; its tests only read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from placement_tui.db import stores
from placement_tui.demo import build

NOW = datetime(2026, 10, 13, 15, 30, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs them all, so that the store is made once."""
    for item in items:
        if "/tests/demo/" in str(item.path):
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(scope="session")
def demo_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("demo"), now=NOW)


class Asked:
    """The store's rows by SQL."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self._connection.execute(sql))

    def one(self, sql: str) -> Any:
        return self.rows(sql)[0][0]


@pytest.fixture(scope="session")
def ask(demo_path: Path) -> Iterator[Asked]:
    store, _ = stores.open_store(demo_path, None, None)
    connection = store.raw()
    yield Asked(connection)
    connection.close()
    store.close()
