"""Bringing in a file: what it says of one file is not said of the next."""

from __future__ import annotations

from pathlib import Path

from placement_tui.bootstrap import Services
from tests.officer import at_desk
from tests.services.return_files import episode, write_return


async def test_a_file_with_a_bad_line_is_not_promised_and_another_files_report_goes(
    services: Services, store_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / ("a folder " * 12).strip() / "homes.csv"  # what is said of it is longer than a line
    file.parent.mkdir()
    file.write_text(
        "Name,Kind,Phone,Postcode,Places\nSmith [/b],inhouse,0151 496 0001,CH41 5AA,2\n"
        "Ó Súilleabháin,inhouse,0151 496 0002,CH41 5AA,-3\n",
        encoding="utf-8",
    )
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.press("i")
        await officer.sees("What it is", "F3 anything")
        await officer.press("left", "right")
        await officer.sees("the team's own list")
        await officer.press("enter")
        await officer.type(str(file))
        await officer.press("f5")
        shown = await officer.sees("below zero", "Smith [/b]", "mend the lines below")
        assert "Ctrl+S brings it in." not in shown
        await officer.press("z", "f5")
        await officer.sees("There is no file", "Any key closes this")
        await officer.press("escape")
        await officer.sees("nothing was written")
        await officer.sees_no("below zero")


async def test_what_it_is_can_be_said_anew_by_typing(services: Services, store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("i")
        await officer.sees("What it is", "the team's own list")
        await officer.press("1")
        await officer.sees("Ofsted's public register")


async def test_a_return_with_a_fault_asks_whether_what_is_right_is_kept(
    services: Services, store_path: Path, tmp_path: Path
) -> None:
    folder = write_return(
        tmp_path, 2020, Episodes=[episode("K1", "01/05/2019", "01/06/2019"), episode("K2", "01/05/2019")]
    )
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.press("i")
        await officer.sees("What it is", "the team's own list")
        await officer.press("down")
        await officer.type(str(folder))
        await officer.press("f5")
        await officer.sees("no reason is given (rule 148)", "Ctrl+S asks whether to keep what is right")
        await officer.press("ctrl+s")
        await officer.sees("Keep what is right?", "1 line, REC")
        await officer.press("x")
        await officer.sees("Nothing was written")
        await officer.press("ctrl+s")
        await officer.sees("Keep what is right?")
        await officer.press("k")
        await officer.sees("return 2020: brought in")
        assert [row.identifier for row in officer.services.placements.open()] == ["K2"]
