"""An import is one intention: one key takes all of it back, unless something stands on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import settings
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.vacancies import NewVacancy
from placement_tui.errors import BadFile, Conflict
from tests.services.market_files import agency, counts, held, listed, operations, register, team_list

OLD, NEW = date(2018, 5, 1), date(2024, 6, 2)


def two_years(folder: Path) -> tuple[Path, Path]:
    first = [listed(2023, f"91{n:05}", owner=f"Owner {n % 9}", grade="Good", on=OLD, places=n % 5) for n in range(1200)]
    later = [listed(2025, f"91{n:05}", owner=f"Group {n % 7}", grade="Inadequate", on=NEW) for n in range(300, 1500)]
    return register(folder, 2023, *first), register(folder, 2025, *later)


def test_each_year_is_undone_whole_and_done_again(services: Services, tmp_path: Path) -> None:
    first, later = two_years(tmp_path)
    begun = held(services)
    services.imports.register(first)
    middle = held(services)
    report = services.imports.register(later)
    assert (counts(report), report.closed) == ((1200, 300, 900, 0), 300)
    end = held(services)
    said = services.history.undo()
    assert said.words == "undid: import register, 1500 homes"
    assert held(services) == middle
    services.history.redo()
    assert held(services) == end
    services.history.undo()
    assert held(services) == middle
    services.history.undo()
    assert held(services) == begun
    assert not services.history.verify().faults
    assert counts(services.imports.register(later)) == (1200, 1200, 0, 0)


def test_what_was_done_before_a_large_import_can_still_be_undone(services: Services, tmp_path: Path) -> None:
    home = services.homes.find("alder all").matches[0].candidate.id
    services.vacancies.log(home, NewVacancy(2))
    services.imports.register(two_years(tmp_path)[0])
    assert services.history.undo().words.startswith("undid: import register")
    assert services.history.undo().words.startswith("undid: log vacancy")


def test_an_import_that_a_colleague_used_since_says_what_stands_on_it(services: Services, tmp_path: Path) -> None:
    mine, colleague = services.desk.officer, replace(services.desk.officer, id=another_officer(services))
    services.imports.register(register(tmp_path, 2025, agency(2025, "9100002", "Gull Fostering")))
    home = services.homes.find("gull all").matches[0].candidate.id
    services.desk.officer = colleague
    services.vacancies.log(home, NewVacancy(1))
    services.desk.officer = mine
    before, store = operations(services), held(services)
    with pytest.raises(Conflict, match="1 vacancy stands on it"):
        services.history.undo()
    assert (operations(services), held(services)) == (before, store)


def test_a_home_that_a_list_changed_since_keeps_what_it_says(services: Services, tmp_path: Path) -> None:
    services.imports.register(register(tmp_path, 2025, listed(2025, "9100001", owner="Fir Ltd")))
    services.imports.providers(team_list(tmp_path, "URN,Home,Type", "9100001,Fir House,Residential"))
    assert services.history.undo().words == "undid: import list, 1 homes"
    assert held(services)["9100001"]["name"] == ""
    services.history.redo()
    assert held(services)["9100001"]["name"] == "Fir House"


def test_what_a_list_taught_about_its_columns_goes_with_it(services: Services, tmp_path: Path) -> None:
    path = team_list(tmp_path, "Who,Kind", "Fir House,Children's home")
    services.imports.providers(path, corrections={"name": "Who"})
    services.history.undo()
    with pytest.raises(BadFile):
        services.imports.providers(path)
    services.imports.providers(path, corrections={"name": "Who"})
    assert counts(services.imports.providers(path)) == (1, 0, 0, 1)


def another_officer(services: Services) -> UUID:
    key = new_id()
    with services.desk.write("add officer") as session:
        settings.add_officer(session, key, "Sam Reed", "officer")
    return key
