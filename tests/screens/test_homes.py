"""The search as it is typed: what a letter paints, what comes after it, and what the next letter takes back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any

import pytest
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

from placement_tui.bootstrap import Services
from placement_tui.cells import Cells
from placement_tui.services import homes as service
from placement_tui.services.searching import names
from placement_tui.widgets.picker import Picker
from tests import builders
from tests.officer import PATIENCE, Officer, at_desk

KEY, FIRST_KEY = 600, 2_000  # bytes of a letter, and of the first, which makes other rows of a list of thirty lines


async def searching(officer: Officer) -> Picker:
    """From the board to the query line of the search for its first referral."""
    await officer.press("f")
    await officer.sees("Homes for", " of 25")
    await officer.press("i")
    await officer.settled()
    picker: Picker = officer.app.place.table
    return picker


def listed(officer: Officer, register: list[str]) -> int:
    """How many of the homes stand in the list, above the line that separates it from what explains one."""
    rows = officer.text().split("───")[0]
    return sum(f" {name} " in rows for name in register)


async def until(happened: list[Any]) -> None:
    """Wait until something has been noted."""
    for _ in range(int(3 * PATIENCE / 0.02)):
        if happened:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nothing happened")


@pytest.fixture
def register(services: Services) -> list[str]:
    """Twenty-five homes and a referral; the names of those that may be asked."""
    referral = builders.referral(services)
    names = [match.candidate.name for match in services.homes.find("", services.homes.wanted(referral)).matches]
    assert len(names) > 12
    return names


async def test_a_letter_shows_ten_rows_and_the_list_shows_the_rest(store_path: Path, register: list[str]) -> None:
    async with at_desk(store_path, size=(120, 40)) as officer:
        picker = await searching(officer)
        assert listed(officer, register) == len(register)
        await officer.type("h")
        await officer.sees("Tab shows the rest")
        assert listed(officer, register) == 10
        await officer.press("tab")
        await officer.sees_no("Tab shows the rest")
        assert len(picker.rows) > 10
        assert listed(officer, register) == len(picker.rows)


async def test_the_home_under_the_cursor_explains_itself_when_the_fingers_rest(
    store_path: Path, register: list[str]
) -> None:
    async with at_desk(store_path, size=(120, 40)) as officer:
        picker = await searching(officer)
        last = register[-1]
        await officer.type(last.lower())
        await officer.sees(f"{last} \u00b7")
        assert picker.row.candidate.name == last


async def test_a_letter_is_painted_with_its_exact_hits_and_without_a_layout(
    store_path: Path, register: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FRAME_SHARE", 0.0)  # whatever has to be guessed comes later
    async with at_desk(store_path, size=(120, 40)) as officer:
        picker = await searching(officer)
        name = register[-1].lower()
        frames, laid_out = frames_of(monkeypatch, picker)
        for end in range(1, len(name) + 1):
            frames.clear()
            await officer.type(name[end - 1])
            await until(frames)
            query, rows = frames[0]
            assert query == name[:end].strip()
            assert register[-1] in rows
        assert not laid_out


async def test_a_letter_is_one_frame_of_few_bytes(
    store_path: Path, register: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FRAME_SHARE", 30.0)  # however slow the machine is
    cells, sizes = Cells(120, 40), list[int]()
    display = App._display

    def counted(app: App[Any], screen: Screen[Any], update: Any) -> None:
        if isinstance(update, CompositorUpdate):
            sizes.append(len(cells.frame(update.render_segments(app.console)).encode()))
        display(app, screen, update)

    monkeypatch.setattr(App, "_display", counted)
    async with at_desk(store_path, size=(120, 40)) as officer:
        await searching(officer)
        own = list[int]()
        for letter in register[-1].lower():
            sizes.clear()
            await officer.type(letter)
            await until(sizes)
            own.append(sizes[0])  # what comes after it explains the home in hand, and only once the fingers rest
        assert median(own) <= KEY
        assert max(own) <= FIRST_KEY


async def test_a_slow_guess_is_given_up_by_the_next_letter(
    store_path: Path, register: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FRAME_SHARE", 0.0)
    gate, met = Event(), list[bytes]()
    word_met = names.word_met

    def slow(index: Any, word: bytes) -> Any:
        met.append(word)
        gate.wait(30)
        return word_met(index, word)

    async with at_desk(store_path, size=(120, 40)) as officer:
        picker = await searching(officer)
        monkeypatch.setattr(names, "word_met", slow)
        shown = list[str]()
        show = picker.show

        def keep(rows: Any, *more: Any, **how: Any) -> None:
            shown.append(picker.query_text)
            show(rows, *more, **how)

        monkeypatch.setattr(picker, "show", keep)
        wrong = f"qx{register[-1].lower()[2:]}"
        await officer.type(wrong)
        await officer.sees(f"Search  {wrong}")  # echoed, though no guess has come to an end
        await until(met)
        before = len(met)
        shown.clear()
        gate.set()
        await officer.sees(register[-1])
        assert shown[-1] == wrong
        assert set(shown) == {wrong}  # what was guessed for fewer letters shows nowhere
        assert len(met) <= before + 2 * len(wrong.split())


def frames_of(monkeypatch: pytest.MonkeyPatch, picker: Picker) -> tuple[list[tuple[str, str]], list[Screen[Any]]]:
    """What is painted from now on, as (query, all rows that show), and the layouts that are made."""
    frames, laid_out = list[tuple[str, str]](), list[Screen[Any]]()
    paint, lay_out = Screen._compositor_refresh, Screen._refresh_layout

    def painted(screen: Screen[Any]) -> None:
        lines = [picker.render_line(y).text.rstrip() for y in range(picker.size.height)]
        frames.append((lines[0].removeprefix(" Search").strip(), "\n".join(lines[2:])))
        paint(screen)

    def laid(screen: Screen[Any], *more: Any, **how: Any) -> None:
        laid_out.append(screen)
        lay_out(screen, *more, **how)

    monkeypatch.setattr(Screen, "_compositor_refresh", painted)
    monkeypatch.setattr(Screen, "_refresh_layout", laid)
    return frames, laid_out
