"""The real registers, where they lie beside the project: every year in order, in reverse, and once more."""

from __future__ import annotations

import csv
import io
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


def a_fifth(folder: Path, year: int) -> Path:
    """The rows of one URN in five, the same in every year, as a register of that year."""
    rows = list(csv.reader(io.StringIO(file(f"{year}.csv").read_bytes().decode("latin-1"), newline="")))
    head = next(number for number, row in enumerate(rows) if "URN" in row)
    urn = rows[head].index("URN")
    path = folder / f"provider_at_march_{year}.csv"
    with path.open("w", newline="", encoding="latin-1") as out:  # every byte stays what it was
        csv.writer(out).writerows(
            [*rows[: head + 1], *(row for row in rows[head + 1 :] if row[urn].endswith(("0", "5")))]
        )
    return path


def team(path: Path) -> Services:
    """A team that knows the areas."""
    services = builders.team(path)
    services.imports.areas(AREAS)
    assert services.desk.authority_name == "Wirral"
    return services


def test_every_year_whole_and_once_more(tmp_path: Path) -> None:
    services = team(tmp_path / "team.db")
    added = []
    for year in YEARS:
        report = imported(services, f"{year}.csv")
        assert report.read == LISTED[year]
        added.append(report.added)
    assert sum(added) == services.homes.count() == 7068
    found = held(services)
    standing = [home for home in found.values() if home["registered"]]
    assert len(standing) == LISTED[2025]
    assert all(home["location"] in ("postcode", "approximate") and home["authority"] for home in standing)
    assert all(
        home["name"] == "" and home["location"] == "approximate" for home in standing if home["kind"] == "secure"
    )
    assert max(len(home["grades"]) for home in found.values()) == 4
    before = operations(services)
    for name in ("2025.ods", "2025.csv", "2015.csv"):
        assert counts(imported(services, name))[1:3] == (0, 0)
    assert operations(services) == before
    assert services.history.undo().words.startswith("undid: import register")
    assert sum(1 for home in held(services).values() if home["registered"]) == LISTED[2023]
    assert not services.history.verify().faults
    services.close()


def test_the_years_in_any_order_say_the_same(tmp_path: Path) -> None:
    files = {year: a_fifth(tmp_path, year) for year in YEARS}
    said = []
    for name, years in (("forward", YEARS), ("backward", YEARS[::-1])):
        services = team(tmp_path / f"{name}.db")
        for year in years:
            report = services.imports.register(files[year])
            assert report.written
            assert LISTED[year] / 6 < report.read < LISTED[year] / 4
        said.append(comparable(services))
        assert not services.history.verify().faults
        services.close()
    assert said[0] == said[1]
