"""Officers of a store: added, ended, let in again, given roles and passphrases; and what each may do."""

from __future__ import annotations

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.errors import Invalid, Locked, NotFound, Refused
from tests import builders

PRIYA = "velvet anchor toucan plum"
NEW = "marble kettle onward drift"


def opened(services: Services, name: str, passphrase: str) -> Services:
    return open_services(services.desk.store.path, name, passphrase)


def test_an_added_officer_opens_the_store_with_a_passphrase_of_their_own(services: Services) -> None:
    key = services.officers.add("Priya  Lal", "officer", PRIYA)
    hers = opened(services, "PL", PRIYA)
    assert (hers.desk.officer.id, hers.desk.officer.name) == (key, "Priya Lal")
    builders.referral(hers)
    hers.close()
    assert len(services.referrals.board().rows) == 1
    with pytest.raises(Locked, match="does not open"):
        opened(services, "Priya Lal", builders.PASSPHRASE)


@pytest.mark.file_store
def test_an_ended_officer_opens_nothing_of_later_not_with_the_old_key_file_either(services: Services) -> None:
    path = services.desk.store.path
    key = services.officers.add("Priya Lal", "officer", PRIYA)
    hers = opened(services, "Priya Lal", PRIYA)
    old = path.with_name(path.name + ".keys").read_bytes()
    services.officers.disable(key, "left the team")
    builders.referral(services)
    with pytest.raises(Locked, match="taken away"):
        hers.referrals.board()
    with pytest.raises(Locked, match="taken away"):
        builders.referral(hers)
    hers.close()
    with pytest.raises(Locked, match="No officer called"):
        opened(services, "Priya Lal", PRIYA)
    path.with_name(path.name + ".keys").write_bytes(old)
    with pytest.raises(Exception, match="not with this key"):
        opened(services, "Priya Lal", PRIYA)


def test_colleagues_go_on_while_the_data_key_changes(services: Services) -> None:
    services.officers.add("Priya Lal", "officer", PRIYA)
    hers = opened(services, "Priya Lal", PRIYA)
    for _ in range(3):
        with hers.desk.read() as reading:
            services.officers.rotate()
            assert reading.connection().exec_driver_sql("SELECT count(*) FROM home").scalar() == 25
        builders.referral(hers, builders.child(identifier=""))
    assert len(services.referrals.board().rows) == 3
    assert services.history.verify().faults == ()
    hers.close()


def test_the_last_administrator_stays(services: Services) -> None:
    mine = services.desk.officer.id
    priya = services.officers.add("Priya Lal", "officer", PRIYA)
    services.officers.recovery_code()  # it is no person: somebody has to have the right every day
    with pytest.raises(Refused, match="last administrator"):
        services.officers.set_role(mine, "manager")
    with pytest.raises(Refused, match="Nobody ends their own access"):
        services.officers.disable(mine, "x")
    services.officers.set_role(priya, "administrator")
    services.officers.set_role(mine, "manager")
    with pytest.raises(Refused, match="may not add or change officers"):
        services.officers.add("Adam Doyle", "officer", NEW)
    hers = opened(services, "Priya Lal", PRIYA)
    with pytest.raises(Refused, match="last administrator"):
        hers.officers.set_role(priya, "viewer")
    hers.close()


def test_a_new_role_holds_at_once_in_a_session_that_is_open(services: Services) -> None:
    priya = services.officers.add("Priya Lal", "officer", PRIYA)
    hers = opened(services, "Priya Lal", PRIYA)
    builders.referral(hers)
    services.officers.set_role(priya, "viewer")
    with pytest.raises(Refused, match="role is viewer"):
        builders.referral(hers)
    hers.close()
    assert services.history.latest(1)[0].command == "make Priya Lal viewer"
    assert services.history.latest(1)[0].fields == {"role": "viewer"}


def test_an_officer_is_let_in_again_with_a_new_passphrase(services: Services) -> None:
    priya = services.officers.add("Priya Lal", "officer", PRIYA)
    with pytest.raises(Invalid, match="Say why"):
        services.officers.disable(priya, " ")
    services.officers.disable(priya, "on leave")
    row = services.officers.everyone()[1]
    assert (row.works, row.has_slot, row.disabled_why) == (False, False, "on leave")
    with pytest.raises(Refused, match="ended already"):
        services.officers.disable(priya, "again")
    with pytest.raises(Refused, match="has ended"):
        services.officers.reset(priya, NEW)
    services.officers.enable(priya, NEW)
    opened(services, "Priya Lal", NEW).close()
    with pytest.raises(Locked):
        opened(services, "Priya Lal", PRIYA)


def test_a_reset_passphrase_opens_and_the_one_before_does_not(services: Services) -> None:
    priya = services.officers.add("Priya Lal", "officer", PRIYA)
    services.officers.reset(priya, NEW)
    opened(services, "Priya Lal", NEW).close()
    with pytest.raises(Locked):
        opened(services, "Priya Lal", PRIYA)
    with pytest.raises(Refused, match="passwd"):
        services.officers.reset(services.desk.officer.id, NEW)


@pytest.mark.parametrize("role", ["viewer", "officer", "manager", "administrator"])
def test_everybody_changes_their_own_passphrase_and_goes_on(services: Services, role: str) -> None:
    services.officers.add("Priya Lal", role, PRIYA)
    hers = opened(services, "Priya Lal", PRIYA)
    with pytest.raises(Locked, match="not your passphrase"):
        hers.officers.change_passphrase("something else entirely", NEW)
    hers.officers.change_passphrase(PRIYA, NEW)
    services.officers.rotate()
    assert not hers.referrals.board().rows
    hers.close()
    opened(services, "Priya Lal", NEW).close()
    with pytest.raises(Locked):
        opened(services, "Priya Lal", PRIYA)


def test_the_recovery_code_opens_however_it_is_typed_from_paper(services: Services) -> None:
    code = services.officers.recovery_code()
    opened(services, "recovery code", code.lower().replace("-", " ")).close()
    recovered = opened(services, "Recovery code", code)
    assert recovered.desk.officer.role == "administrator"
    recovered.officers.reset(services.desk.officer.id, NEW)
    recovered.close()
    opened(services, "Karen Moss", NEW).close()
    karen = opened(services, None, NEW)  # the code is no second person to choose from
    second = karen.officers.recovery_code()
    with pytest.raises(Locked):
        opened(services, "Recovery code", code)
    opened(services, "Recovery code", second).close()
    karen.close()


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("short", "5 characters"),
        ("aaaaaaaaaaaaaaaa", "repeats"),
        ("password1234", "too easy"),
        ("karen moss wirral", "too easy"),
        ("KarenMoss-Wirral-2026", "too easy"),
        ("qwertyuiop123", "too easy"),
        ("\udcff" * 20, "not text"),
    ],
)
def test_a_passphrase_that_is_guessed_soon_is_refused(services: Services, passphrase: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        services.officers.add("Priya Lal", "officer", passphrase)
    assert services.officers.strength(passphrase)
    assert services.officers.strength(NEW) is None
    assert services.officers.strength("x" * 4 + NEW * 40) is None


@pytest.mark.parametrize("name", ["", " ", "Recovery code", "y" * 101, "--"])
def test_a_name_that_is_none_is_refused(services: Services, name: str) -> None:
    with pytest.raises(Invalid):
        services.officers.add(name, "officer", PRIYA)


def test_officers_are_told_apart(services: Services) -> None:
    services.officers.add("Kim Marsh", "officer", PRIYA)
    assert [row.initials for row in services.officers.everyone()] == ["KM", "KMA"]
    with pytest.raises(Refused, match="works with this store already"):
        services.officers.add("karen moss", "officer", PRIYA)
    with pytest.raises(Locked, match="Karen Moss or Kim Marsh"):
        opened(services, "km", PRIYA)
    with pytest.raises(Invalid, match="no role"):
        services.officers.add("Adam Doyle", "boss", PRIYA)
    with pytest.raises(NotFound):
        services.officers.set_role(builders.referral(services), "viewer")
