"""The place of what would make the difference: the table, the list behind it, and asking again by one key."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from placement_tui.bootstrap import Services
from placement_tui.db.tables import Vacancy
from placement_tui.domain.approaches import Refusal
from tests import builders
from tests.officer import at_desk


def refused(services: Services, *said: tuple[str, str]) -> UUID:
    """A referral for which homes of these names said no, for these reasons."""
    key = builders.referral(services)
    for home, code in said:
        approach = services.approaches.ask(key, [services.homes.resolve(home).id]).approaches[0]
        services.approaches.refuse(approach, Refusal((code,)))
    return key


async def test_a_bed_that_came_free_is_first_and_one_key_asks_again(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    key = refused(timed, ("Fern House", "C1"), ("Brackenfield House", "V1"), ("Nettle House", "V1"))
    clock.forward(hours=3)
    with timed.desk.write("log vacancy") as session:
        home = timed.homes.resolve("Brackenfield House").id
        session.add(Vacancy(home_id=home, beds=1, said_at=clock.now, officer_id=timed.desk.officer.id))
    async with at_desk(store_path, (120, 40), clock) as officer:
        await officer.press("c")
        shown = await officer.sees("What would make the difference", "1 could be asked again", "3 refusals: 90 days")
        assert shown.index("A bed free") < shown.index("The fee")
        assert shown.index("Brackenfield House") < shown.index("Nettle House")
        await officer.sees("Since then: 1 bed free, said 18 Oct to KM")
        await officer.press("a")
        await officer.sees("Brackenfield House: asked again for 26-0001; said no on 18 Oct 15:00 (no bed)")
        rows = timed.approaches.calls(key).rows
        assert [(row.name, row.outcome) for row in rows][-1] == ("Brackenfield House", "awaiting")
        assert rows[-1].reopens == rows[1].id
        await officer.press("u")
        await officer.sees("1 could be asked again")


async def test_what_no_record_shows_needs_the_officers_own_word(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    key = refused(timed, ("Fern House", "C1"))
    async with at_desk(store_path, (100, 30), clock) as officer:
        await officer.press("enter")
        await officer.sees("Fern House", "no fee")
        await officer.press("asterisk")
        await officer.sees("Fern House: ask again, what has changed?", "said no on 18 Oct 15:00 (fee)")
        await officer.press("enter")
        await officer.sees("cannot be left out")
        await officer.type("fee agreed by Helen")
        await officer.press("enter")
        await officer.sees("asked again for 26-0001", "2 asked  1 waiting")
        assert timed.approaches.calls(key).rows[-1].note.endswith("fee agreed by Helen")


async def test_who_waits_for_an_answer_is_not_asked_again(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    key = builders.referral(timed)
    timed.approaches.ask(key, [timed.homes.resolve("Fern House").id])
    async with at_desk(store_path, (100, 30), clock) as officer:
        await officer.press("enter")
        await officer.sees("Fern House")
        await officer.press("asterisk")
        await officer.sees("Fern House has not said no")


async def test_nobody_said_no(timed: Services, store_path: Path, clock: builders.Clock) -> None:
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("c")
        await officer.sees("Nobody said no in that time", "0 refusals: 90 days")
        await officer.press("a")
        await officer.sees("Nobody said no for that")
        await officer.press("p")
        await officer.sees("0 refusals: 365 days")
