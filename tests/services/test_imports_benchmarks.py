"""The Department's tables come in, whatever their layout; of some areas only; and stand beside the team's own figures."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.columns import benchmark, live
from placement_tui.errors import BadFile, Refused
from tests import builders
from tests.exchange.written_files import REAL, write_csv
from tests.services.market_files import areas, counts, operations

PLACES = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,la_name,new_la_code"
OLD = f"{PLACES},cla_group,placement_stability,number,percentage"
NEW = f"{PLACES},cla_group,placement_stability,children_count,children_percent"
MARCH, TOTAL, MANY = "CLA on 31 March", "Total children", "With 3 or more placements during the year"
ENGLAND = "{year},Reporting year,National,E92000001,England,,,,,"
NORTH_WEST = "{year},Reporting year,Regional,E92000001,England,E12000002,North West,,,"
WIRRAL = "{year},Reporting year,Local authority,E92000001,England,E12000002,North West,344,Wirral,E08000015"
LIVERPOOL = "{year},Reporting year,Local authority,E92000001,England,E12000002,North West,341,Liverpool,E08000012"
BARNSLEY = (
    "{year},Reporting year,Local authority,E92000001,England,E12000003,Yorkshire and The Humber,370,Barnsley,E08000016"
)


def table(
    path: Path, header: str, year: int, figures: dict[str, tuple[str, str, str]], name: str = "stability.csv"
) -> Path:
    """A table of I-1: for each area the total, the count and the percentage."""
    lines = [header]
    for area, (total, count, percent) in figures.items():
        place = area.format(year=year)
        lines += [f"{place},{MARCH},{MANY},{count},{percent}", f"{place},{MARCH},{TOTAL},{total},100"]
    return write_csv(path / name, [line.split(",") for line in lines])


SHOWN = {ENGLAND: ("83630", "8660", "10"), NORTH_WEST: ("14600", "1300", "9"), WIRRAL: ("700", "63", "9"),
         LIVERPOOL: ("1400", "c", "c"), BARNSLEY: ("420", "40", "10")}  # fmt: skip


@pytest.fixture
def known(timed: Services, tmp_path: Path) -> Services:
    """A team of Wirral that knows its neighbours."""
    builders.as_role(timed, "administrator")
    timed.imports.areas(areas(tmp_path))
    return timed


def kept(services: Services) -> dict[tuple[str, str, str], tuple[str, float | None, float | None, float | None]]:
    with services.desk.read() as session:
        rows = session.execute(live(benchmark.select(), benchmark))
        return {
            (row.indicator, row.period, row.area): (row.shown, row.value, row.numerator, row.denominator)
            for row in rows
        }


@pytest.mark.parametrize("header", [OLD, NEW], ids=["2024", "2025"])
def test_both_layouts_give_the_same_figures_and_other_authorities_are_left_aside(
    known: Services, tmp_path: Path, header: str
) -> None:
    report = known.imports.dfe([table(tmp_path, header, 2025, SHOWN)])
    assert (counts(report), report.written) == ((10, 4, 0, 0), True)
    assert kept(known) == {
        ("pct_3plus_placements", "2025", "England"): ("10", 10.0, 8660.0, 83630.0),
        ("pct_3plus_placements", "2025", "North West"): ("9", 9.0, 1300.0, 14600.0),
        ("pct_3plus_placements", "2025", "344"): ("9", 9.0, 63.0, 700.0),
        ("pct_3plus_placements", "2025", "341"): ("c", None, None, None),  # as it stands there, and no number
    }
    assert any("1 figures of 1 authority" in note for note in report.notes)


def test_again_changes_nothing_and_a_correction_is_named(known: Services, tmp_path: Path) -> None:
    known.imports.dfe([table(tmp_path, NEW, 2025, SHOWN)])
    before = operations(known)
    assert counts(known.imports.dfe([table(tmp_path, NEW, 2025, SHOWN)]))[1:] == (0, 0, 4)
    assert operations(known) == before
    report = known.imports.dfe([table(tmp_path, NEW, 2025, SHOWN | {WIRRAL: ("700", "70", "10")})])
    assert counts(report)[1:] == (0, 1, 3)
    assert "Wirral 2025, pct_3plus_placements: was 9, is 10." in report.notes
    known.history.undo()
    assert kept(known)["pct_3plus_placements", "2025", "344"][0] == "9"


def test_the_other_layouts_and_a_compressed_file(known: Services, tmp_path: Path) -> None:
    long = "year,level,region,la_gss,la3,la_name,indicator,unit,value,source_table\n2024,Local authority,North West,E08000015,344,Wirral,pct_foster,percent,70,t\n"
    packed = tmp_path / "long.csv.gz"
    packed.write_bytes(gzip.compress(long.encode()))
    wide = write_csv(
        tmp_path / "figures-2023.csv",
        [["level", "region", "la3", "la_name", "pct_foster"], ["Local authority", "North West", "344", "Wirral", "k"]],
    )
    assert counts(known.imports.dfe([packed, wide])) == (2, 2, 0, 0)
    assert kept(known) == {
        ("pct_foster", "2024", "344"): ("70", 70.0, None, None),
        ("pct_foster", "2023", "344"): ("k", None, None, None),
    }


def test_a_figure_that_is_neither_number_nor_mark_is_refused_with_its_line_and_nothing_is_written(
    known: Services, tmp_path: Path
) -> None:
    report = known.imports.dfe([table(tmp_path, NEW, 2025, SHOWN | {WIRRAL: ("700", "about 60", "9")})])
    assert not report.written
    assert [(line.line, line.column, line.value) for line in report.refused] == [(6, "children_count", "about 60")]
    assert kept(known) == {}


def test_what_is_no_table_and_a_file_that_was_cut_off_are_refused(known: Services, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="none of the Department's tables"):
        known.imports.dfe([write_csv(tmp_path / "x.csv", [["a", "b"], ["1", "2"]])])
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(b"year,level\n" * 1000)[:40])
    with pytest.raises(BadFile, match="cut off or harmed"):
        known.imports.dfe([cut])


def test_without_the_authorities_it_says_what_to_bring_in_first(timed: Services, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="placement import la"):
        timed.imports.dfe([table(tmp_path, NEW, 2025, SHOWN)])


def test_each_indicator_stands_beside_its_neighbours_the_region_and_england(known: Services, tmp_path: Path) -> None:
    assert known.insight.report("beside").blocks[0].rows == ()
    known.imports.dfe(
        [table(tmp_path, OLD, 2024, SHOWN), table(tmp_path, NEW, 2025, SHOWN, "la_cla_placement_stability.csv")]
    )
    [block] = known.insight.report("beside").blocks
    assert block.source == "Department for Education, la_cla_placement_stability, 31 March 2025"
    rows = {row.label: row for row in block.rows}
    assert list(rows) == [
        "ours, as recorded here",
        "Wirral, as published",
        "statistical neighbours, median",
        "Liverpool",
        "North West",
        "England",
    ]
    assert (rows["England"].value, rows["England"].numerator, rows["England"].denominator) == (0.1, 8660.0, 83630.0)
    assert rows["Liverpool"].value is None
    assert rows["Liverpool"].note == "c: hidden, too few"
    assert rows["statistical neighbours, median"].note == "of 0 of 1: the others are not published"


FOLDER = REAL / "dfe"


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the Department's tables are not beside this checkout")
def test_the_tables_as_published_come_in_and_agree_with_each_other(timed: Services) -> None:
    builders.as_role(timed, "administrator")
    timed.imports.areas([REAL / "la" / "england_las.csv"])
    raw = timed.imports.dfe(sorted((FOLDER / "raw_2025").glob("*.csv")))
    assert (raw.refused, raw.written) == ((), True)
    long = timed.imports.dfe([FOLDER / "cla_indicators_long_2021_2025.csv.gz"])
    assert (long.refused, long.changed) == ((), 0)  # the same figures of the same tables
    assert timed.imports.dfe([FOLDER / "cla_indicators_2025_wide.csv"]).added == 0
    found = kept(timed)
    assert found["pct_3plus_placements", "2025", "344"] == ("9", 9.0, 59.0, 681.0)
    assert found["pct_stable_2yrs_u16", "2024", "England"][0] == "68"  # 19,750 of 29,000
    assert found["pct_3plus_two_years", "2024", "England"][0] == "23"  # 13,700 of 60,430
    assert ("pct_3plus_placements", "2025", "370") not in found  # Barnsley is nobody's neighbour here
    block = next(each for each in timed.insight.report("beside").blocks if each.name == "beside-I-2")
    assert next(row.value for row in block.rows if row.label == "England") == 0.69
