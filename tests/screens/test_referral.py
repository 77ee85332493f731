"""The referral's form: eight fields for an emergency, nothing typed is ever lost, every refusal at its field."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from placement_tui.bootstrap import Services
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.widgets.form import Form
from tests import builders
from tests.officer import Officer, at_desk

EIGHT = ("AB", "4", "f", "L20 3AA", "At the office", "", "", "Mother arrested")


async def typed(officer: Officer, *texts: str) -> None:
    """Fill fields, one after the other."""
    for number, text in enumerate(texts):
        await officer.type(text)
        if number < len(texts) - 1:
            await officer.press("tab")


async def paste(officer: Officer, field_id: str, text: str) -> None:
    """Paste into a field."""
    form = officer.app.screen.query_one(Form)
    form.go_to(field_id)
    form.post_message(events.Paste(text))
    await officer.pilot.pause()


async def test_an_emergency_is_logged_in_eight_fields_and_the_homes_are_there(store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("e")
        await officer.sees("Emergency referral", "providers ask for: age, sex")
        await typed(officer, *EIGHT)
        await officer.press("enter")
        await officer.sees("Homes for 26-0001 AB 4 F", "26-0001 logged")
        assert officer.pressed - sum(len(text) for text in EIGHT) == 9  # e, seven times the next field, save
        board = officer.services.referrals.board().rows[0]
        row = officer.services.referrals.get(board.id)
        assert (row.wanted, row.urgency, row.why_now, row.tonight) == (
            ("foster",),
            "now",
            "Mother arrested",
            "At the office",
        )
        assert (row.children[0].age, row.children[0].sex, row.children[0].position.location) == (4, "F", "postcode")
        await officer.press("escape")
        await officer.sees("Duty board", "AB 4 F")


async def test_a_draft_outlives_the_program_and_is_thrown_away_with_another_key(store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("e")
        await officer.sees("Emergency referral")
        await typed(officer, "AB", "4", "f")
        await officer.sees("draft kept as you type")
    async with at_desk(store_path) as officer:  # as after a dropped line: nobody left the form
        await officer.press("e")
        await officer.sees("Draft of", "restored", "female")
        await officer.press("ctrl+x")
        await officer.sees("Throw the draft away?")
        await officer.press("ctrl+x")
        await officer.sees_no("Throw the draft away?")
        await officer.sees("female")
        await officer.press("ctrl+x", "t")
        await officer.sees("Thrown away")
        await officer.sees_no("female")
    async with at_desk(store_path) as officer:
        await officer.press("e")
        await officer.sees("Emergency referral", "Needed by")
        await officer.sees_no("female")


async def test_two_new_referrals_can_be_half_typed_at_once(store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("e")
        await officer.sees("Emergency referral")
        await officer.type("AB")
        await officer.press("ctrl+n")
        await officer.sees_no("AB")
        await officer.type("CD")
        await officer.sees("CD", "draft kept")
        await officer.press("ctrl+n")
        await officer.sees_no("CD")
        await officer.press("ctrl+n")
        await officer.sees("AB", "restored")
        await officer.press("ctrl+n")
        await officer.sees("CD", "restored")


async def test_the_short_and_the_whole_form_lose_nothing_and_an_empty_sibling_is_nobody(store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("n")
        await officer.sees("New referral", "all fields")
        await typed(officer, "AB W-71", "4", "f", "L20 3AA", "violence, mfh")
        await officer.press("f8")
        await officer.sees("eight fields")
        await officer.sees_no("violence")
        await officer.press("f5")
        await officer.sees("Brother or sister 2")
        await officer.type("CD")
        await officer.press("tab")
        await officer.type("7")
        await officer.press("f5")
        await officer.sees("Brother or sister 3")
        await officer.press("f8")
        await officer.sees("all fields")
        await officer.press("ctrl+s")
        await officer.sees("Homes for 26-0001 AB 4 F +1")
        board = officer.services.referrals.board().rows[0]
        first, second = officer.services.referrals.get(board.id).children
        assert first.identifier == "W-71"
        assert set(first.needs) == {"VIOLENCE", "10A"}
        assert (second.initials, second.age, second.home_postcode) == ("CD", 7, "L20 3AA")
        await officer.press("u")
        await officer.sees("There is no such referral")
        assert officer.services.referrals.board().rows == ()


async def test_a_postcode_that_is_not_there_is_said_as_it_is_left_and_refused_at_its_field(store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("e")
        await officer.sees("Emergency referral")
        await typed(officer, "AB", "4", "f", "CH41 9ZZ", "off")
        await officer.sees("! There is no postcode CH41 9ZZ")
        await officer.type("ice")
        assert officer.app.screen.query_one(Form).texts["tonight"] == "office"  # the look-up moved nothing
        await officer.press("ctrl+s")
        await officer.sees("There is no postcode CH41 9ZZ", "Check it with")
        assert officer.cursor_line().startswith("› Home postcode")
        await officer.press("ctrl+u")
        await officer.type("CH41 5AL")
        await officer.press("ctrl+s")
        await officer.sees("Homes for 26-0001")


async def test_an_age_that_contradicts_the_record_is_refused_with_both(
    timed: Services, store_path: Path, clock: builders.Clock
) -> None:
    from datetime import date

    builders.referral(timed, builders.child("RN", "W-9", born_on=date(2014, 5, 3)))
    async with at_desk(store_path, clock=clock) as officer:
        await officer.press("e")
        await officer.sees("Emergency referral")
        await typed(officer, "RN W-9", "9", "f")
        await officer.press("ctrl+s")
        await officer.sees("The age 9 contradicts the date of birth", "the child is 12")
        assert officer.cursor_line().startswith("› Age or birth")
        assert len(officer.services.referrals.board().rows) == 1


async def test_a_known_child_brings_what_is_on_record_and_what_was_learned(
    services: Services, store_path: Path
) -> None:
    referral = builders.referral(services, builders.child("RN", "W-9", sex="F", age=11))
    homes = services.homes.nearest(referral)
    services.approaches.ask(referral, homes)
    offer, _ = services.offers.log(services.approaches.calls(referral).rows[0].id, NewOffer(70_000))
    started = services.placements.start(offer, NewPlacement(services.desk.now))
    services.endings.end(
        started.placements[0], NewEnding(services.desk.today, "CREQB", lesson="Goes to his brother's when frightened")
    )
    async with at_desk(store_path) as officer:
        await officer.press("e")
        await officer.sees("Emergency referral")
        await officer.type("RN W-9")
        await officer.press("tab")
        await officer.sees(
            "female (girl) (on record)", "CH41 5AL (on record)", "tried before  26-0001", "Goes to his brother's"
        )
        await officer.press("ctrl+s")
        await officer.sees("Homes for 26-0002 RN 11 F")
        child = officer.services.referrals.get(officer.services.referrals.board().rows[0].id).children[0]
        assert (child.age, child.sex, child.home_postcode) == (11, "F", "CH41 5AL")


async def test_a_colleagues_change_is_not_undone_by_a_form_that_was_open(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.press("d")
        await officer.sees("26-0001 KJ 14 M", "Carer taken ill today")
        for _ in range(8):
            await officer.press("down")
        assert officer.cursor_line().startswith("› Tonight")
        await officer.press("ctrl+u")
        await officer.type("With an aunt")
        services.referrals.amend(referral, {"why_now": "Carer in hospital", "tonight": "In a taxi"})
        await officer.sees("Carer in hospital", "With an aunt", "A colleague changed this")
        await officer.press("ctrl+s")
        await officer.sees("Two values of ‘tonight’", "yours", "changed by KM", "In a taxi", "t theirs")
        await officer.press("escape")  # later: mine shows, theirs is kept
        await officer.sees("26-0001: saved", "! 1 to settle")
        row = services.referrals.get(referral)
        assert (row.why_now, row.tonight) == ("Carer in hospital", "With an aunt")
        await officer.press("u")
        await officer.sees("Undid: amend referral")
        assert services.referrals.get(referral).tonight == "In a taxi"
        await officer.sees_no("to settle")


async def test_a_brother_can_come_later_and_one_key_takes_all_of_it_back(services: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    async with at_desk(store_path) as officer:
        await officer.press("d")
        await officer.sees("26-0001 KJ 14 M")
        await officer.press("f5")
        await officer.sees("Brother or sister 2")
        await typed(officer, "TJ", "3", "m")
        await officer.press("ctrl+s")
        await officer.sees("26-0001: saved", "KJ 14 M +1")
        await officer.press("u")
        await officer.sees("Undid: amend referral")
        await officer.sees_no("KJ 14 M +1")
        assert len(services.referrals.get(referral).children) == 1


@pytest.mark.parametrize("name", ["Smith [/b]", "Ó Súilleabháin"])
async def test_people_and_pasted_mails_are_taken_as_they_are(store_path: Path, name: str) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("n")
        await officer.sees("New referral")
        await typed(officer, "KJ", "14")
        await paste(officer, "name", name)
        await paste(officer, "must_have", "Waking nights. " * 700)
        await paste(officer, "why_now", "Carer ill. " * 1000)
        await officer.sees("10,999 characters; 2,000 can be saved")
        await officer.press("ctrl+s")
        await officer.sees("10,999 characters")
        await officer.press("ctrl+u", *"ill", "ctrl+s")
        await officer.sees("Homes for 26-0001")
        row = officer.services.referrals.get(officer.services.referrals.board().rows[0].id)
        assert row.children[0].name == name
        assert len(row.must_have) == 10_499


async def test_a_field_that_does_not_show_is_not_forgotten_when_it_cannot_be_read(store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await officer.press("n")
        await officer.sees("New referral")
        await officer.type("KJ")
        officer.app.screen.query_one(Form).go_to("max_miles")
        await officer.type("far")
        await officer.press("f8", "ctrl+s")
        await officer.sees("all fields", "is not a distance")
        assert officer.cursor_line().startswith("› Within miles")


async def test_it_is_whole_on_a_wide_screen_too(services: Services, store_path: Path) -> None:
    builders.referral(services)
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.press("d")
        shown = await officer.sees("Everything that providers ask for is here", "Pat Lowe", "Note")
        assert max(len(line) for line in shown.splitlines()) == 120
