"""The five journeys in keys: what DESIGN promises a hand with a phone at the ear, counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement_tui.bootstrap import open_services
from placement_tui.domain.approaches import Refusal
from tests import builders
from tests.officer import Officer, at_desk


@pytest.fixture
def asked(store_path: Path) -> Path:
    """KJ with a wave of thirteen or more, AB with another; the store is closed again."""
    services = open_services(store_path, None, builders.PASSPHRASE)
    for initials, number in (("KJ", "W-1"), ("AB", "W-2")):
        key = builders.referral(services, builders.child(initials, number))
        services.approaches.ask(key, services.homes.nearest(key, 12))
    services.close()
    return store_path


async def to_calls(officer: Officer) -> None:
    await officer.press("enter")
    await officer.sees("waiting", "no:  1")


async def test_a_refusal_is_one_key_and_the_next_provider_is_under_the_cursor(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        first = officer.cursor_line()
        officer.pressed = 0
        await officer.press("2")
        await officer.sees("no matching. u undoes")
        assert officer.pressed == 1
        assert officer.cursor_line() != first
        assert "waiting" in officer.cursor_line()
        row = officer.services.referrals.board().rows[0]
        assert (row.asked, row.refused) == (12, 1)


@pytest.mark.parametrize(
    ("keys", "said"),
    [("na", "no mental health"), ("h2", "no culture"), ("l2", "no "), ("p1", "no fee"), ("t1", "no short notice")],
)
async def test_any_other_reason_is_two_keys(asked: Path, keys: str, said: str) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        officer.pressed = 0
        await officer.press(*keys)
        await officer.sees(said, ". u undoes")
        assert officer.pressed == 2


async def test_what_would_change_it_is_one_more_key_and_any_key_skips_it(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        officer.pressed = 0
        await officer.press("1")
        await officer.sees("no bed. u undoes")
        await officer.press("F")
        await officer.sees("would change it: the fee")
        assert officer.pressed == 2
        await officer.press("1")  # straight on: nothing to skip
        await officer.sees("10 waiting")
        calls = officer.services.approaches.calls(officer.app.place.about)
        refused = [row for row in calls.rows if row.outcome == "refusal"]
        assert [row.would_change for row in refused] == [("fee",), ()]


async def test_the_stage_is_one_more_key(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        await officer.press("1")
        await officer.sees("no bed. u undoes")
        await officer.press("C")
        await officer.sees("said ", "u undoes")
        rows = officer.services.approaches.calls(officer.app.place.about).rows
        assert [row.stage for row in rows if row.outcome == "refusal"] == ["carer_asked"]


async def test_no_reply_call_back_and_offer(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        officer.pressed = 0
        await officer.press("minus")
        await officer.sees("no reply. u undoes")
        assert officer.pressed == 1
        officer.pressed = 0
        await officer.press("b", "2")
        await officer.sees("call back", "u undoes")
        assert officer.pressed <= 3
        officer.pressed = 0
        await officer.press("o")
        await officer.sees("offers", "Enter saves")
        await officer.type("812")
        await officer.press("enter")
        await officer.sees("offer, £812 a week. u undoes")
        assert officer.pressed <= 4 + len("812")


async def test_a_provider_that_rings_back_is_answered_from_anywhere_in_eight_keys(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await officer.press("p")  # somewhere else entirely
        await officer.sees("Placements")
        officer.pressed = 0
        await officer.press("R")
        await officer.sees("Who rings?")
        await officer.type("aldr")
        await officer.sees("Alder Fostering")
        await officer.press("1")
        await officer.sees("rings back")
        assert "Alder" in officer.cursor_line()
        await officer.press("2")
        await officer.sees("Placements", "no matching")
        assert officer.pressed <= 8
        refused = [row for row in officer.services.referrals.board().rows if row.refused]
        assert len(refused) == 1


async def test_from_a_referral_to_its_first_wave_in_four_keys(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    key = builders.referral(services)
    nearest = services.homes.nearest(key, 20)
    services.close()
    async with at_desk(store_path) as officer:
        officer.pressed = 0
        await officer.press("f")
        await officer.sees("of 25")
        await officer.press("a", "w")
        await officer.sees(f"{len(nearest)} asked  {len(nearest)} waiting")
        assert officer.pressed <= 4
        rows = officer.services.approaches.calls(key).rows
        assert [row.home_id for row in rows] == nearest


async def test_undo_is_one_key_from_anywhere_and_says_what_it_undid(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        await officer.press("2")
        await officer.sees("no matching")
        await officer.press("q")
        await officer.sees("Duty board")
        officer.pressed = 0
        await officer.press("u")
        await officer.sees("Undid: log refusal, Alder Fostering")
        assert officer.pressed == 1
        await officer.press("U")
        await officer.sees("Did again: log refusal, Alder Fostering")


async def test_another_child_and_back_exactly_where_i_was_in_three_keys_each_way(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        here = officer.text().splitlines()[0].split()[0]
        await officer.press("j", "j", "j")
        line = officer.cursor_line()
        officer.pressed = 0
        await officer.press("apostrophe")
        await officer.sees("26-0002")
        await officer.press("1")
        await officer.sees_no(here + " ")
        assert officer.pressed <= 3
        officer.pressed = 0
        await officer.press("apostrophe")
        await officer.sees("26-0001")
        await officer.press("apostrophe")
        await officer.sees(here)
        assert officer.pressed <= 3
        assert officer.cursor_line() == line


async def test_keys_held_down_are_each_saved_once(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        await officer.press(*["1"] * 12)
        await officer.sees("0 waiting")
        calls = officer.services.approaches.calls(officer.app.place.about)
        assert [row.outcome for row in calls.rows] == ["refusal"] * 12
        assert len({row.answered_at for row in calls.rows}) == 12


async def test_a_refused_answer_puts_the_cursor_back_and_says_why(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        colleague = open_services(asked, None, builders.PASSPHRASE)
        row = next(each for each in officer.services.approaches.calls(officer.app.place.about).rows)
        colleague.approaches.withdraw(row.id, "PE")
        await officer.press("1")
        await officer.sees("cannot become refusal")
        colleague.close()


async def test_a_colleagues_answer_shows_without_a_key(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await officer.sees("AB 14 M")
        colleague = open_services(asked, None, builders.PASSPHRASE)
        row = colleague.referrals.board().rows[0]
        approach = colleague.approaches.calls(row.id).rows[0]
        colleague.approaches.refuse(approach.id, Refusal(("M1",)))
        await officer.sees("11     1")
        colleague.close()


async def test_what_is_taken_back_is_no_place_to_stay(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    builders.referral(services)
    services.close()
    async with at_desk(store_path) as officer:
        await officer.press("f")
        await officer.sees("of 25")
        await officer.press("u")
        await officer.sees("Duty board", "There is no such referral")


async def test_what_was_said_of_a_change_is_not_said_again_when_u_means_another(asked: Path) -> None:
    async with at_desk(asked) as officer:
        await to_calls(officer)
        await officer.press("1")
        await officer.sees("u undoes")
        await officer.press("f7")
        await officer.sees("Duty board")
        await officer.press("u")
        await officer.sees("Undid")
        await officer.press("enter")
        await officer.sees("12 waiting")
        assert "u undoes" not in officer.text()
