"""The measurement of insight in its quick form, and what a view may ask of the store: counts, never times."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from placement_tui.bootstrap import Services
from placement_tui.domain.approaches import Refusal
from placement_tui.services.facts import keeping
from tests import builders
from tests.speed import bench_insight


@pytest.fixture
def asked(timed: Services) -> Services:
    """A store with six approaches, two of them refused."""
    key = builders.referral(timed)
    for approach in timed.approaches.ask(key, timed.homes.nearest(key, 6)).approaches[:2]:
        timed.approaches.refuse(approach, Refusal(("V1",)))
    return timed


def statements(services: Services, work: Any) -> int:
    """How many statements some work asks of the store."""
    said: list[str] = []
    engine = services.desk.store._reader

    def heard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", heard)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", heard)
    return len(said)


def test_a_view_reads_blocks_and_no_more_the_more_records_there_are(asked: Services) -> None:
    keeping.up_to_date(asked.desk)
    few = statements(asked, lambda: asked.insight.report("refusals", by="need"))
    for number in range(3):
        key = builders.referral(asked, builders.child("AB", f"W-{number}"))
        asked.approaches.ask(key, asked.homes.nearest(key, 20))
    with asked.desk.store.write(None, "test") as session:
        keeping.changes.forget(session)
    keeping.up_to_date(asked.desk)
    assert statements(asked, lambda: asked.insight.report("refusals", by="need")) == few
    assert few < 30


def test_every_view_is_measured_and_the_section_takes_its_own_place(asked: Services, tmp_path: Path) -> None:
    found = bench_insight.figures(asked, 1)
    assert {each.view for each in found} >= {view.name for view in asked.insight.views()}
    words = bench_insight.section(found, (0.3, 0.5), 0.1, 6, 0.1, 12)
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n{bench_insight.TITLE}\n\nold\n\n## After\n\nstays\n", encoding="utf-8")
    for _ in range(2):
        bench_insight.put(page, words)
        text = page.read_text(encoding="utf-8")
        assert text.count(bench_insight.TITLE) == 1
        assert "old" not in text
        assert text.endswith("## After\n\nstays\n")
    assert f"{date.today().year}" in text
