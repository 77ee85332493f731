"""Officers at the screen: added, given roles and passphrases, ended; the sealed code; and what others may of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.errors import Locked
from tests import builders
from tests.officer import Officer, at_desk

STRONG = "plum ocean tractor violin"
ME = "Karen Moss"
OTHER = "seven lanterns under moss"


@pytest.fixture
def two(services: Services, store_path: Path) -> Path:
    """A store of an administrator and an officer, closed."""
    services.officers.add("Pat Lowe", "officer", STRONG)
    return store_path


async def at_officers(officer: Officer, words: str) -> None:
    """Open the list from the board."""
    await officer.sees("tonight")
    await officer.press("K")
    await officer.sees("work with the store", words)


def opens(store: Path, name: str, passphrase: str) -> str:
    """The role of whoever opens it so."""
    opened = open_services(store, name, passphrase)
    try:
        return opened.desk.officer.role
    finally:
        opened.close()


async def test_an_officer_is_added_and_the_strength_is_said_as_it_is_typed(
    services: Services, store_path: Path
) -> None:
    async with at_desk(store_path) as officer:
        await at_officers(officer, "Karen Moss")
        await officer.press("a")
        await officer.sees("nothing typed here is kept")
        await officer.type("Pat Lowe")
        await officer.press("enter", "enter")
        await officer.type("pass")
        await officer.sees("too weak")
        await officer.type("word")
        await officer.sees("too weak")
        await officer.press("ctrl+u")
        await officer.type(STRONG)
        shown = await officer.sees("strong enough")
        assert STRONG not in shown
        await officer.press("enter")
        await officer.type(STRONG + "s")
        await officer.press("enter")
        await officer.sees("The two differ")
        await officer.press("backspace", "enter")
        await officer.sees("Pat Lowe can open the store", "2 work with")
    assert opens(store_path, "Pat Lowe", STRONG) == "officer"


async def test_nothing_typed_about_an_officer_is_kept_as_a_draft(services: Services, store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await at_officers(officer, "Karen Moss")
        await officer.press("a")
        await officer.sees("A new officer")
        await officer.type("Pat Lowe")
        await officer.press("enter", "enter")
        await officer.type(STRONG)
        await officer.press("escape")
        await officer.sees("1 work with")
        assert officer.services.drafts.waiting() == []
        await officer.press("a")
        await officer.sees("A new officer")
        assert "Pat" not in officer.text()


async def test_a_role_is_changed_by_two_keys_and_says_what_it_may(two: Path) -> None:
    async with at_desk(two, size=(120, 40), name=ME) as officer:
        await at_officers(officer, "Pat Lowe")
        await officer.press("j", "r")
        await officer.sees("What may Pat Lowe do?", "sign off")
        await officer.press("o")
        await officer.sees("that is the role now")
        await officer.press("m")
        await officer.sees("Pat Lowe: manager")
    assert opens(two, "Pat Lowe", STRONG) == "manager"


async def test_an_access_ends_with_a_reason_and_another_key_and_is_given_back(two: Path) -> None:
    async with at_desk(two, name=ME) as officer:
        await at_officers(officer, "Pat Lowe")
        await officer.press("X")
        await officer.sees("Nobody ends their own access")
        await officer.press("j", "X")
        await officer.sees("Why does it end?")
        await officer.press("enter")
        await officer.sees("cannot be left out")
        await officer.type("left the team")
        await officer.press("enter")
        await officer.sees("can no longer open the store", "any other key")
        await officer.press("X")
        await officer.sees_no("any other key")
        assert all(row.works for row in officer.services.officers.everyone())
        await officer.press("X")
        await officer.sees("Why does it end?")
        await officer.type("left the team")
        await officer.press("enter")
        await officer.sees("any other key")
        await officer.press("e")
        await officer.sees("The access of Pat Lowe has ended", "left the team", "1 work with")
        with pytest.raises(Locked):
            opens(two, "Pat Lowe", STRONG)
        await officer.press("p")
        await officer.sees("X gives it back")
        await officer.press("X")
        await officer.sees("Let in again", "Pat Lowe")
        await officer.type(OTHER)
        await officer.press("enter")
        await officer.type(OTHER)
        await officer.press("enter")
        await officer.sees("Pat Lowe can open the store again", "2 work with")
    assert opens(two, "Pat Lowe", OTHER) == "officer"


async def test_a_forgotten_passphrase_is_given_anew(two: Path) -> None:
    async with at_desk(two, name=ME) as officer:
        await at_officers(officer, "Pat Lowe")
        await officer.press("p")
        await officer.sees("Your own is changed with m")
        await officer.press("j", "p")
        await officer.sees("A new passphrase", "Pat Lowe")
        await officer.type(OTHER)
        await officer.press("enter")
        await officer.type(OTHER)
        await officer.press("enter")
        await officer.sees("opens the store with the new passphrase")
    assert opens(two, "Pat Lowe", OTHER) == "officer"
    with pytest.raises(Locked):
        opens(two, "Pat Lowe", STRONG)


async def test_one_changes_ones_own_with_the_old_one(two: Path) -> None:
    async with at_desk(two, name=ME) as officer:
        await at_officers(officer, "Pat Lowe")
        await officer.press("m")
        await officer.sees("My own passphrase")
        await officer.type("not the one")
        await officer.press("enter")
        await officer.type(OTHER)
        await officer.press("enter")
        await officer.type(OTHER)
        await officer.press("enter")
        await officer.sees("not your passphrase of now")
        await officer.press("ctrl+u")
        await officer.type(builders.PASSPHRASE)
        await officer.press("ctrl+s")
        await officer.sees("Your new passphrase opens the store")
    assert opens(two, "Karen Moss", OTHER) == "administrator"


async def test_the_sealed_code_is_shown_once_and_opens_the_store(services: Services, store_path: Path) -> None:
    async with at_desk(store_path) as officer:
        await at_officers(officer, "Karen Moss")
        await officer.press("C")
        await officer.sees("Make a new recovery code?")
        await officer.press("m")
        shown = await officer.sees("shown this once")
        code = re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4})+", shown)
        assert code, shown
        await officer.press("enter", "escape", "q", "space")
        assert code[0] in officer.text()  # no stray key takes it away
        await officer.press("w")
        await officer.sees("The recovery code is made")
        assert code[0] not in officer.text()
        assert "the sealed code" in officer.text()
    assert opens(store_path, "Recovery code", code[0]) == "administrator"


async def test_the_store_gets_a_new_data_key_while_it_is_open(services: Services, store_path: Path) -> None:
    before = services.desk.store.data_key
    async with at_desk(store_path) as officer:
        await at_officers(officer, "Karen Moss")
        await officer.press("N")
        await officer.sees("Give the store a new data key?")
        await officer.press("m")
        await officer.sees("The store has a new data key")
        assert officer.services.desk.store.data_key != before
        await officer.press("f7")
        builders.referral(officer.services)
        await officer.sees("26-0001")


async def test_failed_tries_stand_beside_the_name(two: Path) -> None:
    for _ in range(2):
        with pytest.raises(Locked):
            open_services(two, "Pat Lowe", "guess")
    async with at_desk(two, size=(120, 40), name=ME) as officer:
        await at_officers(officer, "Pat Lowe")
        await officer.press("j")
        await officer.sees("2, 0m ago", "last failed try from")


async def test_whoever_is_no_administrator_changes_only_their_own(two: Path) -> None:
    async with at_desk(two, passphrase=STRONG, name="Pat Lowe") as officer:
        await officer.sees("tonight")
        await officer.press("K")
        await officer.sees("My own passphrase")
        await officer.press("escape")
        await officer.press("H")
        await officer.sees("ask a manager or an administrator")
