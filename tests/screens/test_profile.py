"""The profile at the screen: one key from the call list, written with its score beside it, stopped where it would leak."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

from placement_tui.bootstrap import open_services
from tests import builders
from tests.officer import at_desk


def made(path: Path, clock: Any) -> Any:
    """A referral of a child whose name and birth are known."""
    services = open_services(path, None, builders.PASSPHRASE, clock)
    key = builders.referral(services, builders.child("KO", name="Kieran O'Hare", born_on=date(2012, 3, 14)))
    services.close()
    return key


async def test_it_is_written_with_its_score_beside_it_and_kept_as_a_draft(store_path: Path, clock: Any) -> None:
    key = made(store_path, clock)
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("full_stop")
        await officer.sees("KO 14 M, anonymised", "Nothing is written yet", "Home is in", "CH41")
        await officer.press("enter")
        await officer.sees("of 20, passes at 14", "Strengths and what")
        await officer.type("Funny, kind, bakes with Keiran")
        await officer.sees("Gives the child away", "Keiran", "1:2 2:2")
        await officer.press("escape")
        await officer.sees("The draft is kept")
        await officer.press("enter")
        await officer.sees("Draft of", "bakes with Keiran")
        await officer.press("ctrl+s")
        await officer.sees("gives the child away: 1", "[Keiran]")
        await officer.press("y")
        await officer.sees("It gives the child away in 1 place")
        assert not officer.services.profiles.sent(key)


async def test_the_checks_stand_behind_tab_and_beside_it_where_there_is_room(store_path: Path, clock: Any) -> None:
    made(store_path, clock)
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("full_stop")
        await officer.sees("anonymised")
        await officer.press("tab")
        await officer.sees("Ten checks", "1 Opens with the child, not the incident")
    async with at_desk(store_path, (120, 40), clock) as officer:
        await officer.press("full_stop")
        await officer.sees("Ten checks", "Home is in", "Ask the social worker")


async def test_clean_text_goes_to_the_clipboard_and_into_the_list_of_what_left(store_path: Path, clock: Any) -> None:
    key = made(store_path, clock)
    services = open_services(store_path, None, builders.PASSPHRASE, clock)
    services.profiles.save(services.profiles.of_referral(key)[0].child.id, {"strengths": "Funny, kind, and he bakes."})
    services.close()
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("full_stop")
        await officer.sees("he bakes")
        await officer.press("y")
        await officer.sees("Copied: Profile P-")
        assert "he bakes" in officer.app.clipboard
        assert "Kieran" not in officer.app.clipboard
        await officer.press("s")
        await officer.sees("What left of it", "the clipboard")


async def test_what_the_editor_saved_survives_the_program(
    store_path: Path, clock: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    """The editor is a program that saves and is then killed with ours: what it saved is there again."""
    from placement_tui.widgets import outside

    monkeypatch.setattr(outside, "KEPT_EVERY", 0.02)
    script = tmp_path / "editor"
    script.write_text('#!/bin/sh\nprintf "## What helps\\nA walk by the sea.\\n" > "$1"\nsleep 0.4\nexit 1\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    monkeypatch.delenv("VISUAL", raising=False)
    kept: list[str] = []
    text, why = outside.edit_file("old", keep=kept.append)
    assert text == "old"
    assert "ended with 1" in why
    assert kept == ["## What helps\nA walk by the sea.\n"]
    assert not list(Path("/dev/shm").glob(f"placement-{os.getpid()}-*"))
