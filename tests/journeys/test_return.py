"""From an ending logged at the desk to a clean return: what was logged is the return, what lacks is one key away."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.care import NewPeriod, Particulars
from tests import builders
from tests.officer import Officer, at_desk
from tests.ssda903.validator import BROKEN, PYTHON, Job, judge

SIZE = (120, 40)


async def _to_the_fault(officer: Officer, words: str) -> None:
    """The cursor on the fault with these words."""
    await officer.press("g")
    for _ in range(12):
        lines = officer.lines()
        if any(line.startswith("›") and words in line for line in lines):
            return
        await officer.press("j")
    raise AssertionError(officer.text())


async def test_an_ending_at_the_desk_becomes_a_clean_return(
    timed: Services, store_path: Path, clock: builders.Clock, tmp_path: Path
) -> None:
    placement = builders.placed(timed, builders.child(born_on=date(2012, 5, 1)))
    child = timed.placements.get(placement).child_id
    clock.forward(days=10)
    out = tmp_path / "return"
    async with at_desk(store_path, size=SIZE, clock=clock) as officer:
        # the carer gives up: reason and lesson, as on any day
        await officer.press("p")
        await officer.sees("KJ 14 M", "1 go on")
        await officer.press("e")
        await officer.sees("KJ 14 M leaves")
        await officer.press("tab")
        await officer.type("creqb")
        await officer.sees("counts as disrupted")
        await officer.press("ctrl+s")
        await officer.sees("0 go on")

        # the return of the running year says what lacks
        await officer.press("S")
        await officer.sees("Statutory return 2025-26", "No child was in care in this year")
        await officer.press("tab")
        await officer.sees("Statutory return 2026-27", "5 to mend", "ethnicity: not said", "no unique pupil number")
        await officer.sees("nothing was logged of where the child lived", "no postcode of the placement")

        # where the placement was, in one line
        await _to_the_fault(officer, "no postcode of the placement")
        await officer.press("enter")
        await officer.sees("what the return says", "U6 PR4")
        await officer.type(" L20 3ZZ")
        await officer.press("enter")
        await officer.sees("There is no postcode L20 3ZZ")
        await officer.press("backspace", "backspace")
        await officer.type("AA")
        await officer.press("enter")
        await officer.sees("the return says of the placement: U6, PR4, L20 3AA", "4 to mend")

        # the rest is said in the child's time in care: Enter goes there
        await _to_the_fault(officer, "no category of need")
        await officer.press("enter")
        await officer.sees("time in care", "In care")
        services = officer.services
        period = services.care.of_child(child).periods[0]
        services.care.correct(child, period.id, NewPeriod(period.began_on, "N1", home_postcode=period.home_postcode))
        services.care.say(child, Particulars("WBRI", "A123456789012"))
        services.care.cease(child, date(2026, 10, 28), "E4A")
        await officer.press("escape")
        await officer.sees("Statutory return 2026-27", "Nothing to mend in the return of 2026-27: e writes its files")

        # the files
        await officer.press("e")
        await officer.sees("Write the return of 2027 to a folder", "with addresses, not encrypted")
        await officer.press("ctrl+u")
        await officer.type(str(out))
        await officer.press("enter")
        await officer.sees("1 Header, 1 Episodes; nothing to mend")
    with (out / "episodes.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    urn = row.pop("URN")
    assert urn.startswith("90")
    assert row == {
        "CHILD": "W-10234", "DECOM": "18/10/2026", "RNE": "S", "LS": "V2", "CIN": "N1", "PLACE": "U6",
        "PLACE_PROVIDER": "PR4", "DEC": "28/10/2026", "REC": "E4A", "REASON_PLACE_CHANGE": "", "HOME_POST": "CH41 5AL",
        "PL_POST": "L20 3AA",
    }  # fmt: skip
    if PYTHON.exists():
        (found,) = judge([Job(2027, tuple(out.iterdir()))])
        assert found.issues == ()
        assert found.fails <= BROKEN
