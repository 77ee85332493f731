"""The measurement of `make bench` in its quick form: every step of the day once, and the page that comes of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="a pseudo-terminal")
from tests.ptydrive import Sample
from tests.speed import bench, day, keys, page, plain, reach, sections, sections_more
from tests.speed.measuring import Results, in_turns
from tests.speed.page import Row, Section
from tests.speed.reach import Reach, Taken
from tests.speed.steps import Desk
from tests.speed.stores import SMALL, Measured

pytestmark = [pytest.mark.pty, pytest.mark.xdist_group("speed")]
TODAY = date(2026, 11, 22)


@pytest.fixture
def results(demo_store: Path, tmp_path: Path) -> Results:
    """A session that measures a copy of the demonstration."""
    for end in ("", ".keys"):
        shutil.copy(f"{demo_store}{end}", tmp_path / f"demo.db{end}")
    rows = {"referral": 700, "approach": 8_000, "home": 400, "placement": 800, "operation": 30_000}
    return Results((Measured(SMALL, tmp_path / "demo.db", rows),))


def test_the_whole_day_is_lived_through_and_leaves_the_store_as_it_was(results: Results) -> None:
    with Desk(results.stores[0].path) as desk:
        desk.board()
        in_turns({SMALL: day.day(desk)}, results)
    assert {name for _, name in results.steps} == set(day.STEPS)
    section = sections.keys(results, TODAY)
    assert all(f"| {name} | " in section.text for name in day.STEPS)
    assert {row.what for row in section.rows} >= {"key echo, p99", "bytes: dialog", "slow line: screen"}
    plain.compare(results, 1)
    cost = sections_more.encryption(results, TODAY)
    assert plain.price(results) is not None
    assert cost.rows[0].what == "encryption's price through the services"


def test_a_figure_beyond_its_limit_is_called_missed_and_by_what() -> None:
    limits = Reach(bare=1.2, p99=17, size=350, line=125)
    good = Taken(p50=4, p95=6, p99=9, size=340, pieces=1, line=120)
    assert reach.verdict(reach.missed(limits, [good], 4)) == reach.REACHED
    slow = Taken(p50=6, p95=9, p99=18, size=340, pieces=1, line=126)
    assert reach.missed(limits, [good, slow], 4) == ["p99", "line", "bare"]
    assert reach.judged(None, 5) == "not measured"
    assert reach.judged(0.96, 0.95, more_is_better=True) == reach.REACHED


def test_what_is_measured_again_takes_its_own_place_and_the_rest_stays(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    old = Section(
        sections.KEYS, "old keys", [Row("a key", "5 ms", "9 ms", "**missed**"), Row("a start", "1x", "1x", "reached")]
    )
    page.written(file, [old, Section(sections_more.ENGINE, "engine")], bench.ORDER)
    file.write_text(f"{file.read_text(encoding='utf-8')}\n## {page.STAYS[0]}\n\nblocks\n", encoding="utf-8")
    for _ in range(2):
        page.written(file, [Section(sections.KEYS, "new keys", [Row("a key", "5 ms", "4 ms", "reached")])], bench.ORDER)
        text = file.read_text(encoding="utf-8")
        assert "old keys" not in text
        assert "| a key | 5 ms | 4 ms | reached |" in text
        assert "| a start | 1x | 1x | reached |" in text
        for heading in (sections.KEYS, sections_more.ENGINE, page.STAYS[0], page.TESTED):
            assert text.count(f"## {heading}\n") == 1


def test_the_slow_line_takes_the_time_of_its_bytes() -> None:
    sample = Sample(0.01, ((0.01, b"x" * 3_107),))
    assert sample.over_link(0.1, 256_000, whole=True) == pytest.approx(0.01 + 3_200 * 8 / 256_000 + 0.1)


def test_a_reason_is_two_keys_at_the_most_and_fewer_on_average() -> None:
    for kind in ("inhouse", "agency", "res", "sa"):
        assert 1 < keys.keys(kind).reason < 1.5


def test_the_parts_that_hold_a_count_are_there() -> None:
    root = Path(__file__).parents[2]
    for _, _, by in page.HELD:
        for name in by.replace(" and", ",").replace(";", ",").split(","):
            if name.strip().startswith("tests/"):
                assert (root / name.strip()).exists(), name
