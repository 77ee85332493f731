"""Places of a home from its page: beds held, others' children, terms of approval, exemptions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import placements
from placement_tui.domain.capacity import Terms
from placement_tui.errors import Invalid
from placement_tui.widgets.capacity_words import read_hold, read_terms
from tests import builders
from tests.officer import at_desk


async def test_beds_held_others_terms_and_an_exemption_are_logged_from_the_page(
    services: Services, store_path: Path
) -> None:
    placement = services.placements.get(builders.placed(services, wanted=("foster",)))
    home = services.homes.find("inhouse", limit=1).matches[0].candidate
    coming = builders.referral(services, builders.child("EF", "W-5", age=9))
    with services.desk.write("lives with our own carer") as session:
        placements.get(session, placement.id).home_id = home.id
    async with at_desk(store_path, size=(100, 45)) as officer:
        await officer.press("p")
        await officer.sees("1 go on")
        await officer.press("h")
        await officer.sees(home.name, "Places: 4 places: 1 ours, others not said, 3 free")
        await officer.press("B")
        await officer.sees("holds no bed")
        await officer.press("b")
        await officer.sees("beds held", "How many, until when, for which referral")
        await officer.type("2")
        await officer.press("enter")
        await officer.sees("Until when?")
        await officer.press("ctrl+u")
        await officer.type("2 until tomorrow 12:00 for 26-0002")
        await officer.press("enter")
        await officer.sees("2 held for 26-0002 until", "1 ours, others not said, 2 held, 1 free")
        await officer.press("o")
        await officer.type("1")
        await officer.press("enter")
        await officer.sees("1 of others, 2 held, 0 free")
        await officer.press("t")
        await officer.type("4-12, girls")
        await officer.press("enter")
        await officer.sees("ages 4 to 12, girls only, 4 places", "ages 4 to 12, girls")
        await officer.press("e")
        await officer.sees("Whom does the exemption name?", "KJ 14 M W-10234")
        await officer.press("1")
        await officer.sees("exempt for KJ 14 M, by Wirral", "KJ W-10234, by Wirral")
        await officer.press("B")
        await officer.sees("2 no longer held")
        await officer.press("u")
        await officer.sees("2 for 26-0002 until")
    assert services.capacity.of(home.id).held_for(coming) == 2


def test_a_hold_and_terms_are_typed_in_one_line() -> None:
    now = datetime(2026, 10, 18, 14, 0, tzinfo=UTC)
    assert read_hold("until 18:00", now)[::2] == (1, "")
    assert read_hold("2 until tomorrow 12:00 for 26-0142", now)[::2] == (2, "26-0142")
    before = Terms(0, 17, 3, None)
    assert read_terms("4-12, 2, girls", before) == Terms(4, 12, 2, "F")
    assert read_terms("any age", before) == Terms(None, None, 3, None)
    assert read_terms("8+", before) == Terms(8, None, 3, None)
    for wrong in ("", "until", "2 until", "until blah"):
        with pytest.raises(Invalid):
            read_hold(wrong, now)
    for wrong in ("", "tall", "12-"):
        with pytest.raises(Invalid):
            read_terms(wrong, before)
