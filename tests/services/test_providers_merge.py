"""A provider that is there twice: looked at, merged in one step, found by both names, and taken back whole."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.tables import Home, Provider
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.providers import NewContact
from placement_tui.errors import NotFound, Refused
from tests import builders


def provider_of(services: Services, home: str) -> UUID:
    """Whose home that is."""
    return services.homes.resolve(home).provider_id


def asked(services: Services, home: str, identifier: str = "W-1") -> UUID:
    """A home of that name was asked and said no."""
    key = builders.referral(services, builders.child("AB", identifier))
    approach = services.approaches.ask(key, [services.homes.resolve(home).id]).approaches[0]
    services.approaches.refuse(approach, Refusal(("V1",)))
    return key


def test_history_follows_and_one_undo_takes_all_of_it_back(timed: Services) -> None:
    double, kept = provider_of(timed, "Fern House"), provider_of(timed, "Brackenfield House")
    asked(timed, "Fern House")
    asked(timed, "Brackenfield House", "W-2")
    timed.providers.add_contact(double, NewContact("Jo Hale", phone="0151 496 0123"))
    before = timed.providers.page(double), timed.providers.page(kept)

    look = timed.merging.look(double, kept)
    assert look.words == "1 home, 1 approach and 1 contact go to Brackenfield Care"
    assert (timed.providers.page(double), timed.providers.page(kept)) == before, "a look writes nothing"

    assert "Fern Care is Brackenfield Care now: 3 records moved" in timed.merging.merge(double, kept).words
    page = timed.providers.page(kept)
    assert (page.home_count, page.all_asked.asked, page.all_asked.refusal, len(page.contacts)) == (2, 2, 2, 1)
    assert page.doubles == ("Fern Care",)
    with pytest.raises(NotFound):
        timed.providers.page(double)
    assert timed.history.verify().faults == ()

    timed.history.undo()
    assert (timed.providers.page(double), timed.providers.page(kept)) == before
    assert timed.history.verify().faults == ()
    timed.history.redo()
    assert timed.providers.page(kept).home_count == 2


def test_the_old_name_finds_the_one_that_is_kept_and_so_does_the_search_of_homes(timed: Services) -> None:
    timed.homes.ready()
    double, kept = provider_of(timed, "Fern House"), provider_of(timed, "Brackenfield House")
    timed.merging.merge(double, kept)
    assert timed.providers.resolve("Fern Care") == kept
    assert [(hit.id, hit.words, hit.more) for hit in timed.providers.named("fern ca")] == [
        (kept, "Brackenfield Care", "was Fern Care")
    ]
    assert timed.homes.resolve("Fern House").provider == "Brackenfield Care"
    timed.history.undo()
    assert timed.providers.resolve("Fern Care") == double
    assert timed.homes.resolve("Fern House").provider == "Fern Care"


def test_what_the_kept_one_lacks_is_taken_over_and_what_it_has_stays(timed: Services) -> None:
    double, kept = provider_of(timed, "Fern House"), provider_of(timed, "Brackenfield House")
    with timed.desk.write("fill in") as session:
        session.get_one(Provider, double).out_of_hours_phone = "07700 900123"
        session.get_one(Provider, double).note = "Ask for Jo"
        session.get_one(Provider, kept).note = "Framework until March"
    phone = timed.providers.page(kept).phone
    look = timed.merging.look(double, kept)
    assert look.takes == ("Brackenfield Care takes over its number for the night and its note",)
    timed.merging.merge(double, kept)
    page = timed.providers.page(kept)
    assert (page.phone, page.out_of_hours_phone) == (phone, "07700 900123")
    assert page.note == "Framework until March\nAsk for Jo"


def test_homes_of_one_name_at_both_are_pointed_out(timed: Services) -> None:
    double, kept = provider_of(timed, "Fern House"), provider_of(timed, "Brackenfield House")
    with timed.desk.write("a double home") as session:
        session.add(Home(provider_id=double, name="Brackenfield House", kind="res"))
    assert "Brackenfield House" in timed.merging.look(double, kept).minds[0]


def test_what_is_no_double_is_refused(timed: Services) -> None:
    double, kept = provider_of(timed, "Fern House"), provider_of(timed, "Brackenfield House")
    third = provider_of(timed, "Juniper House")
    own = provider_of(timed, "Cedar House")
    assert timed.providers.page(own).sector == "own"
    with pytest.raises(Refused, match="into itself"):
        timed.merging.look(kept, kept)
    with pytest.raises(Refused, match="council itself"):
        timed.merging.merge(own, kept)
    timed.merging.merge(double, kept)
    with pytest.raises(Refused, match="merged into Brackenfield Care already"):
        timed.merging.merge(double, third)
    with pytest.raises(Refused, match="merged into Brackenfield Care already"):
        timed.merging.merge(third, double)
    with pytest.raises(NotFound):
        timed.merging.merge(third, builders.referral(timed))
    assert timed.providers.page(third).home_count == 1


def test_a_double_of_a_double_is_the_last_one(timed: Services) -> None:
    first, second = provider_of(timed, "Fern House"), provider_of(timed, "Brackenfield House")
    third = provider_of(timed, "Juniper House")
    timed.merging.merge(first, second)
    timed.merging.merge(second, third)
    assert timed.providers.resolve("Fern Care") == third
    assert timed.providers.page(third).home_count == 3


def test_a_later_list_that_names_the_double_does_not_bring_it_back(timed: Services, tmp_path: Path) -> None:
    double, kept = provider_of(timed, "Fern House"), provider_of(timed, "Brackenfield House")
    timed.merging.merge(double, kept)
    listed = tmp_path / "homes.csv"
    listed.write_text(
        "Name,Type,Provider,Postcode,Places\nFern House,Children's home,Fern Care,,5\n"
        "Fern Lodge,Children's home,Fern Care,CH41 5AL,3\n"
    )
    timed.imports.providers(listed)
    named = [row.name for row in timed.providers.every()]
    assert "Fern Care" not in named
    page = timed.providers.page(kept)
    assert {row.name for row in page.homes} >= {"Brackenfield House", "Fern Lodge"}
    assert timed.homes.resolve("Fern Lodge").provider == "Brackenfield Care"
    assert timed.history.verify().faults == ()
