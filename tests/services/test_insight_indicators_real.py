"""Five fictional years of the return, where they lie beside the project: the indicators once more by pandas, from the files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas
import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.insight import Row
from tests import builders
from tests.exchange.written_files import REAL
from tests.services.return_files import KEEP

FOLDER = REAL / "ssda903" / "cs_demand_model_samples"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the five years of returns are not beside this checkout")
DAYS = (date(2019, 3, 31), date(2020, 3, 31), date(2021, 3, 31), date(2022, 3, 31))


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A team that brought in all five years."""
    made = builders.team(tmp_path_factory.mktemp("returns") / "team.db")
    assert made.imports.ssda903([FOLDER], KEEP).written
    yield made
    made.close()


@pytest.fixture(scope="module")
def episodes() -> pandas.DataFrame:
    """Every episode as its latest return says it, with the child's date of birth; short breaks left out."""
    read = {"dtype": str, "keep_default_na": False}
    years = range(2017, 2022)
    every = pandas.concat(
        pandas.read_csv(FOLDER / f"{year}-episodes.csv", **read).assign(year=year + 1) for year in years
    )
    born = pandas.concat(pandas.read_csv(FOLDER / f"{year}-header.csv", **read) for year in years).drop_duplicates(
        "CHILD", keep="last"
    )
    every["start"] = pandas.to_datetime(every.DECOM, format="%d/%m/%Y")
    every["end"] = pandas.to_datetime(every.DEC, format="%d/%m/%Y", errors="coerce")
    latest = every.sort_values(["CHILD", "start", "year"]).drop_duplicates(["CHILD", "start"], keep="last")
    following = latest.groupby("CHILD")["start"].shift(-1)
    gone = latest.end.isna() & following.isna() & (latest.year < latest.year.max())
    latest.loc[gone, "end"] = pandas.to_datetime(latest.year.astype(str) + "-03-31")[gone]
    latest["end"] = latest["end"].where(following.isna() | (latest["end"] <= following), following)
    latest["born"] = latest.CHILD.map(pandas.to_datetime(born.set_index("CHILD").DOB, format="%d/%m/%Y"))
    return latest[~latest.LS.isin(["V3", "V4"])].copy()


def worked(episodes: pandas.DataFrame, on: date) -> dict[str, tuple[int, int]]:
    """The indicators of a day, from the reasons for new episodes alone.

    Some of these made-up returns contradict themselves: S without a day out of care is taken for another placement
    (unless PLACE ended the one before), and so is L at another address.
    """
    day = pandas.Timestamp(on)
    known = episodes[episodes.start <= day].copy()
    open_ = known[known.end.isna() | (known.end > day)].drop_duplicates("CHILD", keep="last").set_index("CHILD")
    known = known[known.CHILD.isin(open_.index)]
    before = known.groupby("CHILD")[["end", "PL_POST", "REASON_PLACE_CHANGE"]].shift(1)
    enters = before.end != known.start
    entry = known[enters].groupby("CHILD").start.max()
    steady = known[~known.PLACE.str.startswith("T")].copy()
    elsewhere = (steady.RNE == "L") & (before.PL_POST != steady.PL_POST)
    again = (steady.RNE == "S") & (before.REASON_PLACE_CHANGE != "PLACE")
    steady["number"] = (steady.RNE.isin(["P", "B"]) | again | enters | elsewhere).groupby(steady.CHILD).cumsum()
    of = steady.groupby(["CHILD", "number"]).agg(start=("start", "min"), end=("end", "last")).reset_index()

    def placed(months: int) -> pandas.Series[int]:
        after = day - pandas.DateOffset(months=months)
        return of[of.end.isna() | (of.end > after)].groupby("CHILD").size().reindex(open_.index).fillna(0)

    later = (open_.born.dt.month > day.month) | ((open_.born.dt.month == day.month) & (open_.born.dt.day > day.day))
    age = day.year - open_.born.dt.year - later.astype(int)
    two = entry.reindex(open_.index) <= day - pandas.DateOffset(months=24)
    long = (entry.reindex(open_.index) <= day - pandas.DateOffset(months=30)) & (age < 16)
    now = of.groupby("CHILD").start.last().reindex(open_.index)
    stays = now <= day - pandas.DateOffset(months=24)
    foster = open_.PLACE.str.match(r"U[1-6]$")
    return {
        "I-1": (int((placed(12) >= 3).sum()), len(open_)),
        "I-2": (int((long & stays).sum()), int(long.sum())),
        "I-3": (int((two & (placed(24) >= 3)).sum()), int(two.sum())),
        "H-1": (int(foster.sum()), len(open_)),
        "H-2": (int((foster & (open_.PLACE_PROVIDER == "PR1")).sum()), int(foster.sum())),
        "H-6": (int((open_.PLACE == "P1").sum()), len(open_)),
        "H-7": (int((open_.PLACE == "K2").sum()), len(open_)),
        "A-4": (int(age.between(10, 15).sum()), len(open_)),
    }  # fmt: skip


def row_of(services: Services, on: date, code: str) -> Row:
    """One indicator's row for the year up to a day."""
    report = services.insight.report("indicators", date(on.year - 1, 4, 1), on)
    return next(row for block in report.blocks for row in block.rows if row.cuts[0].value == code)


@pytest.mark.parametrize("on", DAYS)
def test_the_indicators_are_what_pandas_makes_of_the_files(
    services: Services, episodes: pandas.DataFrame, on: date
) -> None:
    for code, expected in worked(episodes, on).items():
        row = row_of(services, on, code)
        assert (code, row.numerator, row.denominator) == (code, *expected)


def test_who_is_behind_a_figure_are_as_many_as_it_counts(services: Services) -> None:
    on = DAYS[1]
    for code in ("I-1", "I-2", "H-7", "E-1", "F-9"):
        row = row_of(services, on, code)
        found = services.insight.behind("indicators", row.cuts, date(on.year - 1, 4, 1), on, 5_000)
        assert len({(each.noun, each.key) for each in found}) == row.numerator
