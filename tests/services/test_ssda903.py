"""The return as an officer makes it: who may, where it goes, what it holds, what is noted of it."""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.domain.codes.ssda903_tables import TABLES
from placement_tui.errors import Invalid, Refused
from tests import builders
from tests.ssda903 import dirty, kids
from tests.ssda903.check_903 import AFTER


@pytest.fixture
def clock() -> builders.Clock:
    """20 April 2027: the return of 2026-27 is due."""
    return builders.Clock(AFTER)


@contextmanager
def with_kids(services: Services, *children: kids.Kid) -> Iterator[Services]:
    kids.save(services, children)
    yield services


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_files_have_the_exact_columns_and_only_their_owner_may_read_them(timed: Services, tmp_path: Path) -> None:
    kid = dirty.clean(1, reviews=[(date(2026, 9, 1), "PN1")], missing=[("M", date(2026, 9, 2), date(2026, 9, 3))])
    with with_kids(timed, kid):
        made = timed.returns.export(tmp_path / "out", 2027)
    assert {path.name for path in made.files} == {"header.csv", "episodes.csv", "reviews.csv", "missing.csv"}
    for table, name in (("Header", "header.csv"), ("Episodes", "episodes.csv"), ("Missing", "missing.csv")):
        raw = (tmp_path / "out" / name).read_bytes()
        assert raw.decode("utf-8").splitlines()[0] == ",".join(TABLES[table])
        assert stat.S_IMODE((tmp_path / "out" / name).stat().st_mode) == 0o600
    assert rows(tmp_path / "out", "header.csv")[0]["DOB"] == "10/05/2013"
    assert rows(tmp_path / "out", "missing.csv")[0]["MIS_END"] == "03/09/2026"
    assert "1 Header, 1 Episodes, 1 Reviews, 1 Missing; nothing to mend" in made.words


def test_a_return_in_the_folder_is_never_written_over_unless_said(timed: Services, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with with_kids(timed, dirty.clean(1, reviews=[(date(2025, 9, 1), "PN1")])):
        timed.returns.export(out, 2026)
        before = {path.name: path.read_bytes() for path in out.iterdir()}
        with pytest.raises(Refused, match="There is a return in"):
            timed.returns.export(out, 2027)
        assert {path.name: path.read_bytes() for path in out.iterdir()} == before
        timed.returns.export(out, 2027, force=True)
    assert {path.name for path in out.iterdir()} == {"header.csv", "episodes.csv"}, "last year's reviews are gone"


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(timed: Services, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with with_kids(timed, dirty.clean(1)), pytest.raises(Refused, match="No folder can be made"):
        timed.returns.export(tmp_path / "file", 2027)
    out = tmp_path / "out"
    out.mkdir()
    (out / "episodes.csv.part").mkdir()  # something in the way of the second file
    with pytest.raises(Refused, match="cannot be written"):
        timed.returns.export(out, 2027)
    assert {path.name for path in out.iterdir()} == {"episodes.csv.part"}


def test_who_may_only_look_makes_no_return(timed: Services, tmp_path: Path) -> None:
    builders.as_role(timed, "viewer")
    with pytest.raises(Refused, match="may not make the statutory return"):
        timed.returns.export(tmp_path / "out", 2027)
    with pytest.raises(Refused):
        timed.returns.check(2027)
    assert not (tmp_path / "out").exists()


def test_each_child_in_it_is_noted_as_looked_at(timed: Services, tmp_path: Path) -> None:
    keys = kids.save(timed, [dirty.clean(1), dirty.clean(2)])
    timed.returns.export(tmp_path / "out", 2027)
    for key in keys.values():
        assert any("statutory return" in str(row) for row in timed.audit.find(child=key))


def test_a_year_to_come_is_no_return(timed: Services, tmp_path: Path) -> None:
    assert timed.returns.this_year == 2028
    assert timed.returns.last_whole_year == 2027
    for year in (2029, 2014):
        with pytest.raises(Invalid, match=f"There is no return of {year}"):
            timed.returns.check(year)


def test_an_asylum_seeking_childs_status_ends_at_18_unless_said_before(timed: Services, tmp_path: Path) -> None:
    still, over = dirty._asylum(1), dirty._asylum(2)
    over.uasc_ceased = date(2026, 9, 1)
    before = dirty._asylum(3)
    before.uasc_ceased = date(2025, 9, 1)
    with with_kids(timed, still, over, before):
        timed.returns.export(tmp_path / "out", 2027)
    found = {row["CHILD"]: row["DUC"] for row in rows(tmp_path / "out", "uasc.csv")}
    assert found == {"D-001": "09/09/2027", "D-002": "01/09/2026"}
    assert {row["HOME_POST"] for row in rows(tmp_path / "out", "episodes.csv")} == {""}


def test_a_mother_is_one_from_the_day_on(timed: Services, tmp_path: Path) -> None:
    girl = dirty.clean(1, sex="F", mother=True, mother_since=date(2026, 5, 1), born=date(2010, 1, 1))
    with with_kids(timed, girl):
        timed.returns.export(tmp_path / "2026", 2026)
        timed.returns.export(tmp_path / "2027", 2027)
    (before,), (after,) = rows(tmp_path / "2026", "header.csv"), rows(tmp_path / "2027", "header.csv")
    assert (before["MOTHER"], before["MC_DOB"]) == ("0", "")
    assert (after["MOTHER"], after["MC_DOB"]) == ("1", "01/05/2026")


def test_an_order_that_deprives_of_liberty_is_returned_from_2027_on(timed: Services, tmp_path: Path) -> None:
    kid = dirty.clean(1, orders=[(date(2026, 3, 1), date(2026, 5, 1))])
    kid.lived[0].place = "K2"
    with with_kids(timed, kid):
        timed.returns.export(tmp_path / "2026", 2026)
        timed.returns.export(tmp_path / "2027", 2027)
    assert not (tmp_path / "2026" / "dolo.csv").exists()
    assert rows(tmp_path / "2027", "dolo.csv") == [
        {"CHILD": "D-001", "DOB": "10/05/2013", "DOLO_START": "01/03/2026", "DOLO_END": "01/05/2026"}
    ]


def test_a_placement_without_a_time_in_care_is_said_and_not_left_out_without_a_word(timed: Services) -> None:
    keys = kids.save(timed, [dirty.clean(1, care=[])])
    (fault,) = timed.returns.check(2027)
    assert (fault.rule, fault.noun, fault.child_id) == ("EPI", "care", keys["D-001"])
    assert "no time in care was logged" in fault.text


def test_one_identifier_for_two_children_is_said(timed: Services) -> None:
    kids.save(timed, [dirty.clean(1), dirty.clean(1, upn="B000000000002")])
    assert [fault.text for fault in timed.returns.check(2027)] == ["identifier D-001 is of 2 children"] * 2
