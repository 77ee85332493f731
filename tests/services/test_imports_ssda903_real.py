"""Five linked years of a fictional council, where they lie beside the project: counted again without the program's code."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pandas
import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.reads import care, ssda903
from placement_tui.domain.care import CareHistory
from tests import builders
from tests.exchange.written_files import REAL
from tests.services.return_files import KEEP, everything, operations

FOLDER = REAL / "ssda903" / "cs_demand_model_samples"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the five years of returns are not beside this checkout")
YEARS = (2017, 2018, 2019, 2020, 2021)
FACTS = ["PLACE", "PLACE_PROVIDER", "PL_POST", "URN"]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A team that brought in all five years."""
    made = builders.team(tmp_path_factory.mktemp("returns") / "team.db")
    begun = time.perf_counter()
    report = made.imports.ssda903([FOLDER], KEEP)
    print(f"{report.words}, in {time.perf_counter() - begun:.1f} s")
    assert report.written
    yield made
    made.close()


@pytest.fixture(scope="module")
def histories(services: Services) -> dict[str, CareHistory]:
    with services.desk.read() as session:
        return {each.identifier: each for each in care.histories(session, services.desk.today)}


@pytest.fixture(scope="module")
def frame() -> pandas.DataFrame:
    """Every episode once, as its latest return says it; each ends by the day on which the child's next begins."""
    every = pandas.concat(
        pandas.read_csv(FOLDER / f"{year}-episodes.csv", dtype=str, keep_default_na=False).assign(year=year + 1)
        for year in YEARS
    )
    every["start"] = pandas.to_datetime(every.DECOM, format="%d/%m/%Y")
    every["end"] = pandas.to_datetime(every.DEC, format="%d/%m/%Y", errors="coerce")
    latest = every.sort_values(["CHILD", "start", "year"]).drop_duplicates(["CHILD", "start"], keep="last").copy()
    following = latest.groupby("CHILD")["start"].shift(-1)
    last = latest.year.max()
    gone = latest.end.isna() & following.isna() & (latest.year < last)
    latest.loc[gone, "end"] = pandas.to_datetime(latest.year.astype(str) + "-03-31")[gone]
    latest["end"] = latest["end"].where(following.isna() | (latest["end"] <= following), following)
    return latest


def placements(frame: pandas.DataFrame) -> pandas.DataFrame:
    """One row for each placement: what L alone parts, and names the same place, is one."""
    before = frame.groupby("CHILD")[[*FACTS, "end", "REC", "DEC"]].shift(1)
    same = (before[FACTS] == frame[FACTS]).all(axis=1) & (before.end == frame.start) & (frame.RNE == "L")
    number = (~same).groupby(frame.CHILD).cumsum()
    return frame.groupby([frame.CHILD, number]).agg(start=("start", "first"), end=("end", "last")).reset_index()


def test_every_child_and_every_row_is_there(
    services: Services, histories: dict[str, CareHistory], frame: pandas.DataFrame
) -> None:
    assert set(histories) == set(frame.CHILD)
    lines = sum(len(pandas.read_csv(file, dtype=str)) for file in FOLDER.glob("*.csv") if file.stat().st_size > 2)
    with services.desk.read() as session:
        kept = len(ssda903.rows_held(session))
    assert kept == lines - 12  # eleven reviews of a day that has another, and one that stands there twice
    headers = pandas.concat(pandas.read_csv(FOLDER / f"{year}-header.csv", dtype=str) for year in YEARS)
    with services.desk.read() as session:
        stored = {row["identifier"]: row for row in ssda903.children(session)}
    assert set(stored) == set(headers.CHILD) | set(frame.CHILD)
    for row in headers.itertuples():
        child = stored[row.CHILD]
        assert (f"{child['born_on']:%d/%m/%Y}", child["sex"], child["ethnicity"]) == (
            row.DOB, {"1": "M", "2": "F"}[row.SEX], row.ETHNIC,
        )  # fmt: skip


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021, 2022])
def test_placements_open_on_31_march_are_those_of_the_files(
    histories: dict[str, CareHistory], frame: pandas.DataFrame, year: int
) -> None:
    day = date(year, 3, 31)
    stays = [stay for each in histories.values() for stay in each.stays]
    ours = sum(1 for stay in stays if stay.from_on <= day and (stay.until_on is None or day < stay.until_on))
    at = pandas.Timestamp(day)
    assert ours == int(((frame.start <= at) & (frame.end.isna() | (at < frame.end))).sum())
    assert ours > 20


@pytest.mark.parametrize("year", [2018, 2019, 2020, 2021, 2022])
def test_each_child_has_as_many_placements_in_a_year_as_the_files_say(
    histories: dict[str, CareHistory], frame: pandas.DataFrame, year: int
) -> None:
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    rows = placements(frame)
    within = rows[(rows.start <= pandas.Timestamp(last)) & (rows.end.isna() | (rows.end >= pandas.Timestamp(first)))]
    theirs = within.groupby("CHILD").size().to_dict()
    ours = {
        child: count
        for child, each in histories.items()
        if (count := sum(1 for s in each.stays if s.from_on <= last and (s.until_on is None or s.until_on >= first)))
    }
    assert ours == theirs


def test_legal_statuses_and_care_cover_the_same_days_as_the_episodes(
    histories: dict[str, CareHistory], frame: pandas.DataFrame
) -> None:
    far = pandas.Timestamp(date(2030, 1, 1))
    days = (frame.end.fillna(far) - frame.start).dt.days
    for code, expected in days.groupby(frame.LS).sum().items():
        ours = sum(
            ((status.until_on or far.date()) - status.from_on).days
            for each in histories.values()
            for status in each.statuses
            if status.code == code
        )
        assert ours == expected, code
    cared = sum(((p.ended_on or far.date()) - p.began_on).days for each in histories.values() for p in each.periods)
    assert cared == days.sum()


def test_bringing_them_in_again_writes_nothing(services: Services) -> None:
    before = operations(services)
    report = services.imports.ssda903([FOLDER], KEEP)
    assert (report.added, report.changed, report.corrections) == (0, 0, ())
    assert operations(services) == before


@pytest.mark.slow
def test_one_year_after_the_other_is_the_same_as_all_at_once(tmp_path: Path) -> None:
    found = []
    for name, orders in (("apart", ([2020], [2019], [2021])), ("at once", ([2019, 2020, 2021],))):
        (tmp_path / name).mkdir(mode=0o700)
        made = builders.team(tmp_path / name / "team.db")
        for years in orders:
            assert made.imports.ssda903(
                [file for year in years for file in sorted(FOLDER.glob(f"{year}-*"))], KEEP
            ).written
        found.append(everything(made))
        made.close()
    assert found[0] == found[1]
    assert len(found[0]) > 300
