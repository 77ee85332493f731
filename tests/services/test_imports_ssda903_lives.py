"""Any lives in care that agree with themselves, brought in year by year in any order, are exported as they came in.

The five years of samples contradict themselves; what differs there is named in the last test.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from placement_tui.bootstrap import Services
from placement_tui.domain.codes.ssda903_tables import TABLES, first_day, last_day
from placement_tui.domain.imports import ReturnChoices
from placement_tui.domain.returns.tables import tables
from placement_tui.domain.ssda903_rows import day_of
from tests import builders, engines
from tests.exchange.written_files import REAL
from tests.services.return_files import KEEP, episode, header, operations, write_return

SAMPLES = REAL / "ssda903" / "cs_demand_model_samples"
Row = dict[str, str]
YEARS = (2025, 2026)
PLACES = (
    {"PLACE": "U6", "PLACE_PROVIDER": "PR4", "PL_POST": "CH41 5AA", "URN": "SC900100"},
    {"PLACE": "U4", "PLACE_PROVIDER": "PR1", "PL_POST": "L20 3AA", "URN": "9700002"},
    {"PLACE": "K2", "PLACE_PROVIDER": "PR4", "PL_POST": "PR1 2AA", "URN": "9700003"},
    {"PLACE": "P1", "PLACE_PROVIDER": "PR0", "PL_POST": "CH41 5AL", "URN": ""},
    {"PLACE": "R2", "PLACE_PROVIDER": "PR3", "PL_POST": "CH41 5AA", "URN": ""},
)
STATUSES = ("C1", "C2", "V2", "E1")
REASONS = ("CARPL", "CLOSE", "ALLEG", "CREQB", "CHILD", "OTHER")


def exported(services: Services, year: int) -> dict[str, list[Row]]:
    """The rows of each part of a year's return, as it would be written."""
    made = tables(services.returns.of_year(year).children, year)
    return {name: [dict(zip(TABLES[name], row, strict=True)) for row in rows] for name, rows in made}


def as_counts(rows: list[Row]) -> Counter[tuple[tuple[str, str], ...]]:
    return Counter(tuple(sorted(row.items())) for row in rows)


@st.composite
def lives(draw: st.DrawFn, child: str) -> list[Row]:
    """A child's episodes that agree with each other: one or two periods of care, within two collection years."""
    day = first_day(YEARS[0]) + timedelta(days=draw(st.integers(0, 200)))
    found: list[Row] = []
    for _ in range(draw(st.integers(1, 2))):
        place, status = draw(st.integers(0, len(PLACES) - 1)), draw(st.sampled_from(STATUSES))
        cin, rne = draw(st.sampled_from(("N1", "N4", "N8"))), "S"
        for left in reversed(range(draw(st.integers(1, 5)))):
            end = day + timedelta(days=draw(st.integers(2, 120)))
            row = episode(child, f"{day:%d/%m/%Y}", RNE=rne, LS=status, CIN=cin, **PLACES[place])
            found.append(row)
            if not left and draw(st.booleans()):
                return found
            row |= {"DEC": f"{end:%d/%m/%Y}", "REC": "X1" if left else draw(st.sampled_from(("E4A", "E8", "E46")))}
            day = end
            rne = draw(st.sampled_from(("L", "P", "B")))
            if left and rne != "L":
                place = (place + draw(st.integers(1, len(PLACES) - 1))) % len(PLACES)
                row["REASON_PLACE_CHANGE"] = draw(st.sampled_from(REASONS))
            if rne != "P":
                status = draw(st.sampled_from([each for each in STATUSES if each != status]))
        day += timedelta(days=draw(st.integers(1, 30)))
    return found


def of_year(rows: list[Row], year: int) -> list[Row]:
    """The episodes of a year as its return says them: what ends later is open."""
    found = []
    for row in rows:
        start, end = day_of(row["DECOM"]), day_of(row["DEC"])
        if start and start <= last_day(year) and (end is None or end >= first_day(year)):
            later = end is not None and end > last_day(year)
            found.append(row | {"DEC": "", "REC": "", "REASON_PLACE_CHANGE": ""} if later else row)
    return found


def a_team(made: Path, folder: Path) -> Services:
    """A store of its own, from the one that was made once."""
    folder.mkdir(mode=0o700)
    engines.copied(made, folder / made.name)
    return builders.opened(folder / made.name)


# An example takes a second: to shrink one would take minutes.
@settings(max_examples=8, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_lives_come_out_as_they_came_in(
    made_team: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("lives")
    services = a_team(made_team, folder / "store")
    whole = [row for at in range(data.draw(st.integers(1, 4))) for row in data.draw(lives(f"K{at}"))]
    came = {}
    for year in YEARS:
        if rows := of_year(whole, year):
            heads = [header(child, SEX="F") for child in dict.fromkeys(row["CHILD"] for row in rows)]
            came[year] = write_return(folder, year, Episodes=rows, Header=heads)
    order = [
        (path, ReturnChoices(keep_good=True, year=year))
        for year, path in data.draw(st.permutations(list(came.items())))
    ]
    for path, choices in order:
        report = services.imports.ssda903([path], choices)
        assert report.written
        assert not report.refused
    for year in came:
        out = exported(services, year)
        assert as_counts(out["Episodes"]) == as_counts(of_year(whole, year))
        assert {row["CHILD"] for row in out["Header"]} == {row["CHILD"] for row in of_year(whole, year)}
    before = operations(services)
    for path, choices in order:
        services.imports.ssda903([path], choices)
    assert operations(services) == before
    services.close()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the five years of returns are not beside this checkout")
def test_a_year_of_the_samples_comes_out_as_it_came_in(tmp_path: Path) -> None:
    services = builders.team(tmp_path / "team.db")
    assert services.imports.ssda903(sorted(SAMPLES.glob("2021-*.csv")), KEEP).written
    out = exported(services, 2022)
    services.close()

    def came(name: str) -> list[Row]:
        with (SAMPLES / f"2021-{name}.csv").open(newline="") as file:
            return list(csv.DictReader(file))

    theirs = {(row["CHILD"], row["DECOM"]): row for row in came("episodes")}
    ours = {(row["CHILD"], row["DECOM"]): row for row in out["Episodes"]}
    rows = sorted(theirs.values(), key=lambda row: (row["CHILD"], day_of(row["DECOM"])))
    overlaps = {
        one["CHILD"]
        for one, other in pairwise(rows)
        if one["CHILD"] == other["CHILD"]
        and (day_of(one["DEC"]) or last_day(2030)) > (day_of(other["DECOM"]) or last_day(2030))
    }
    # Rows under L, T or U that change nothing are no episodes of their own.
    gone = [row for key, row in theirs.items() if key not in ours and row["CHILD"] not in overlaps]
    assert set(ours) <= set(theirs)
    assert len(overlaps) < 5
    assert {row["RNE"] for row in gone} <= {"L", "T", "U"}
    for name in ("LS", "PLACE"):
        assert all(row[name] == theirs[key][name] for key, row in ours.items())
    # An end moves only where a row was no episode of its own, overlapped, or lay after 31 March.
    moved = [key for key, row in ours.items() if row["DEC"] != theirs[key]["DEC"]]
    assert len(moved) <= len(gone) + 8
    assert as_counts(out["OC3"]) <= as_counts(came("oc3"))
