"""The real registers, where they lie beside the project: every year in order, in reverse, and once more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.folding import fold
from placement_tui.domain.imports import ImportReport
from tests import builders
from tests.exchange.written_files import REAL
from tests.services.market_files import counts, held, operations

YEARS = (2015, 2019, 2023, 2025)
LISTED = {2015: 2605, 2019: 2864, 2023: 3546, 2025: 5600}
AREAS = [REAL / "la" / name for name in ("pcon24_centroids_uk.csv", "lad_to_la_2025.csv", "england_las.csv")]
pytestmark = [
    pytest.mark.skipif(not (REAL / "ofsted").is_dir(), reason="the real registers are not beside this checkout"),
    pytest.mark.slow,
]


def file(name: object) -> Path:
    return REAL / "ofsted" / f"provider_at_march_{name}"


def imported(services: Services, name: object) -> ImportReport:
    report = services.imports.register(file(name))
    print(f"{name}: {report.words}, in {report.seconds:.1f} s")
    assert report.written
    assert report.refused == ()
    assert report.read == report.added + report.changed + report.unchanged
    return report


def comparable(services: Services) -> dict[str, Any]:
    # Of two spellings of an owner ("St.Christopher's", "St Christopher's") and of two sectors the first read is kept.
    return {urn: {**home, "provider": fold(home["provider"]), "sector": ""} for urn, home in held(services).items()}


def test_four_years_and_a_workbook_in_any_order(tmp_path: Path) -> None:
    forward, backward = builders.team(tmp_path / "forward.db"), builders.team(tmp_path / "backward.db")
    for services in (forward, backward):
        areas = services.imports.areas(AREAS)
        print(f"areas: {areas.words}, in {areas.seconds:.1f} s")
        assert services.desk.authority_name == "Wirral"
    added = []
    for year in YEARS:
        report = imported(forward, f"{year}.csv")
        assert report.read == LISTED[year]
        added.append(report.added)
    assert sum(added) == forward.homes.count() == 7068
    for year in reversed(YEARS):
        imported(backward, f"{year}.csv")
    one, other = comparable(forward), comparable(backward)
    assert one == other
    standing = [home for home in one.values() if home["registered"]]
    assert len(standing) == LISTED[2025]
    assert all(home["location"] in ("postcode", "approximate") and home["authority"] for home in standing)
    assert all(
        home["name"] == "" and home["location"] == "approximate" for home in standing if home["kind"] == "secure"
    )
    assert max(len(home["grades"]) for home in one.values()) == 4
    before = operations(forward)
    for name in ("2025.ods", "2025.csv", "2015.csv"):
        assert counts(imported(forward, name))[1:3] == (0, 0)
    assert operations(forward) == before
    assert forward.history.undo().words.startswith("undid: import register")
    assert sum(1 for home in held(forward).values() if home["registered"]) == LISTED[2023]
    for services in (forward, backward):
        assert not services.history.verify().faults
        services.close()
