"""A provider's side: what was asked and answered, what is logged of them, and what happens to it when a child is erased."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, event

from placement_tui.bootstrap import Services
from placement_tui.db.tables import Voice
from placement_tui.domain import providers_typed as forms
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.providers import NewConcern, NewContact, NewVisit, NewVoice, hours_words
from placement_tui.errors import Invalid, NotFound, Refused
from tests import builders


def brackenfield(services: Services) -> tuple[UUID, UUID]:
    """A residential home and its provider."""
    home = services.homes.resolve("Brackenfield House")
    return home.id, home.provider_id


def test_the_page_counts_what_was_asked_answered_and_how_fast(timed: Services, clock: builders.Clock) -> None:
    home, provider = brackenfield(timed)
    for number, hours in enumerate((1, 3, 8)):
        key = builders.referral(timed, builders.child("KJ", f"W-{number}"))
        approach = timed.approaches.ask(key, [home]).approaches[0]
        clock.forward(hours=hours)
        if number == 2:
            offer, _ = timed.offers.log(approach, NewOffer(400_000))
            clock.forward(hours=2)
            timed.offers.decline(offer, "price")
        else:
            timed.approaches.refuse(approach, Refusal(("V1", "M1"), would_change=("earlier_notice",)))
    page = timed.providers.page(provider)
    (asked,) = page.asked
    assert (asked.kind, asked.asked, asked.offer, asked.refusal, asked.no_reply) == ("res", 3, 1, 2, 0)
    assert (page.speed.n, page.speed.median_hours) == (3, 3.0)
    assert page.reasons == (("V1", 2),)
    assert page.would_change == (("earlier_notice", 2),)
    assert (page.ours.offers, page.ours.declined, page.ours.accepted) == (1, 1, 0)
    assert (page.ours.speed.n, page.ours.speed.median_hours) == (1, 2.0)


def test_what_is_older_than_a_year_is_not_counted(timed: Services, clock: builders.Clock) -> None:
    home, provider = brackenfield(timed)
    approach = timed.approaches.ask(builders.referral(timed), [home]).approaches[0]
    timed.approaches.refuse(approach, Refusal(("V1",)))
    clock.forward(days=364)
    assert timed.providers.page(provider).all_asked.refusal == 1
    clock.forward(days=2)
    page = timed.providers.page(provider)
    assert (page.all_asked.asked, page.reasons, page.speed.n) == (0, (), 0)


def test_an_offer_whose_time_ran_out_is_lapsed_whatever_its_state_says(timed: Services, clock: builders.Clock) -> None:
    home, provider = brackenfield(timed)
    approach = timed.approaches.ask(builders.referral(timed), [home]).approaches[0]
    timed.offers.log(approach, NewOffer(400_000, expires_at=clock.now + timedelta(hours=1)))
    assert (timed.providers.page(provider).ours.open, timed.providers.page(provider).ours.lapsed) == (1, 0)
    clock.forward(hours=2)
    assert (timed.providers.page(provider).ours.open, timed.providers.page(provider).ours.lapsed) == (0, 1)


def test_the_page_takes_the_same_number_of_statements_however_much_there_is(timed: Services) -> None:
    home, provider = brackenfield(timed)

    def statements() -> int:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        timed.providers.page(provider)
        event.remove(Engine, "before_cursor_execute", note)
        return sum(statement.lstrip().upper().startswith("SELECT") for statement in seen)

    before = statements()
    assert before > 5, "nothing was counted"
    for number in range(6):
        approach = timed.approaches.ask(
            builders.referral(timed, builders.child("AB", f"W-9{number}")), [home]
        ).approaches[0]
        timed.approaches.refuse(approach, Refusal(("V1",)))
        timed.providers.raise_concern(NewConcern(home, f"Concern {number}", timed.desk.today))
        timed.providers.log_voice(NewVoice(home, "I like the garden", timed.desk.today))
        timed.providers.add_contact(provider, NewContact(f"Jo {number}", phone="0151 496 0123"))
    assert statements() == before


def test_contacts_visits_concerns_and_words_are_logged_and_undone(timed: Services) -> None:
    home, provider = brackenfield(timed)
    service, today = timed.providers, timed.desk.today
    service.add_contact(provider, forms.contact("Jo Hale, manager, 0151 496 0123, night 07700 900123"))
    (jo,) = service.page(provider).contacts
    assert (jo.name, jo.part, jo.phone, jo.out_of_hours_phone) == (
        "Jo Hale",
        "manager",
        "0151 496 0123",
        "07700 900123",
    )
    service.log_visit(NewVisit(home, due_on=today + timedelta(days=3)))
    service.raise_concern(NewConcern(home, "No cook since Monday", today))
    assert service.page(provider).open_concerns == 1
    service.settle_concern(service.page(provider).concerns[0].id, "A cook began on Tuesday")
    page = service.page(provider)
    assert (page.open_concerns, page.concerns[0].settled) == (0, "A cook began on Tuesday")
    with pytest.raises(Refused, match="settled on"):
        service.settle_concern(page.concerns[0].id, "Twice")
    for left in (1, 0):
        timed.history.undo()
        assert service.page(provider).open_concerns == left
    timed.history.undo()
    timed.history.undo()
    page = service.page(provider)
    assert (page.contacts, page.visits, page.concerns) == ((), (), ())
    assert timed.history.verify().faults == ()


def test_a_visit_that_is_made_settles_the_one_that_was_due(timed: Services, clock: builders.Clock) -> None:
    home, provider = brackenfield(timed)
    today = timed.desk.today
    timed.providers.log_visit(NewVisit(home, due_on=today + timedelta(days=2)))
    clock.forward(days=5)
    (due,) = timed.providers.page(provider).visits
    assert due.overdue(timed.desk.today)
    timed.providers.log_visit(NewVisit(home, visited_on=timed.desk.today, found="Warm, two staff on"))
    (made,) = timed.providers.page(provider).visits
    assert (made.id, made.found, made.visitor) == (due.id, "Warm, two staff on", "Karen Moss")
    assert not made.overdue(timed.desk.today)


@pytest.mark.parametrize(
    ("typed", "field"),
    [("", "name"), ("Jo Hale", "phone"), ("0151 496 0123", "name"), ("Jo, jo@nowhere", "email"), ("Jo, 12", "phone"),
     ("Jo, night call me", "phone"), ("J" * 300 + ", 0151 496 0123", "name")],
)  # fmt: skip
def test_a_contact_nobody_can_reach_is_refused(typed: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        forms.contact(typed)
    assert refusal.value.field == field


def test_bad_days_and_empty_words_are_refused(timed: Services) -> None:
    home, provider = brackenfield(timed)
    service, today = timed.providers, timed.desk.today
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    for wrong in (
        lambda: service.log_visit(NewVisit(home)),
        lambda: service.log_visit(NewVisit(home, due_on=yesterday)),
        lambda: service.log_visit(NewVisit(home, visited_on=tomorrow)),
        lambda: service.log_visit(NewVisit(home, due_on=today, visited_on=today)),
        lambda: service.raise_concern(NewConcern(home, "  ", today)),
        lambda: service.raise_concern(NewConcern(home, "Cold", tomorrow)),
        lambda: service.log_voice(NewVoice(home, "", today)),
        lambda: service.log_voice(NewVoice(home, "x" * 200_000, today)),
        lambda: service.suspend([home], " "),
        lambda: service.note(provider, "x" * 200_000),
        lambda: forms.visit("soon", today),
        lambda: forms.visit("due yesterday", today),
        lambda: forms.visit("tomorrow: nice", today),
    ):
        with pytest.raises(Invalid):
            wrong()
    page = service.page(provider)
    assert (page.visits, page.concerns, page.voices, page.suspended_count, page.note) == ((), (), (), 0, "")


def test_a_suspended_home_may_not_be_asked_until_it_is_lifted_with_a_reason(timed: Services) -> None:
    home, provider = brackenfield(timed)
    key = builders.referral(timed)
    wanted = timed.homes.wanted(key)

    def may() -> bool:
        found = timed.homes.find("Brackenfield all", wanted).matches
        return next(match.may_be_asked for match in found if match.candidate.id == home)

    assert may()
    timed.providers.suspend([home], "Two staff dismissed on Monday")
    assert not may()
    assert timed.providers.page(provider).suspended_count == 1
    with pytest.raises(Refused, match="not used already"):
        timed.providers.suspend([home], "Again")
    timed.providers.lift([home], "New manager since 3 October")
    assert may()
    (one,) = timed.providers.page(provider).suspensions
    assert (one.why, one.lifted_why) == ("Two staff dismissed on Monday", "New manager since 3 October")
    with pytest.raises(Refused, match="Nothing is suspended"):
        timed.providers.lift([home], "Twice")
    timed.history.undo()
    assert not may()


def test_all_homes_of_a_provider_are_suspended_in_one_step_and_undone_in_one(timed: Services) -> None:
    _, provider = brackenfield(timed)
    with timed.desk.write("a second home") as session:
        from placement_tui.db.tables import Home

        session.add(Home(provider_id=provider, name="Brackenfield Lodge", kind="res"))
    keys = [key for key, _, _ in timed.providers.homes_of(provider)]
    assert len(keys) == 2
    assert "2 homes: not used" in timed.providers.suspend(keys, "Under investigation").words
    assert timed.providers.page(provider).suspended_count == 2
    timed.history.undo()
    assert timed.providers.page(provider).suspended_count == 0


def test_what_a_child_said_goes_when_the_child_is_erased_and_the_rest_stays(timed: Services) -> None:
    home, provider = brackenfield(timed)
    key = builders.referral(timed, builders.child("KJ", "W-77"))
    child = timed.referrals.get(key).children[0].id
    timed.providers.log_voice(NewVoice(home, "The dog sleeps on my bed", timed.desk.today, child))
    timed.providers.log_voice(NewVoice(home, "It is loud at night", timed.desk.today))
    timed.providers.raise_concern(NewConcern(home, "No cook since Monday", timed.desk.today))
    timed.referrals.close(key, "Stays with an aunt")
    timed.retention.erase([child], "The council's schedule")
    page = timed.providers.page(provider)
    assert [row.words for row in page.voices] == ["It is loud at night"]
    assert page.concerns[0].what == "No cook since Monday"
    with timed.desk.read() as session:
        assert "dog" not in repr([row.words for row in session.query(Voice)])
    assert timed.history.verify().faults == ()


def test_a_provider_is_found_by_beginnings_of_its_words_and_never_by_guessing(timed: Services) -> None:
    _, provider = brackenfield(timed)
    assert timed.providers.resolve("brackenfield care") == provider
    assert timed.providers.resolve("brack") == provider
    assert [hit.id for hit in timed.providers.named("brack ca")] == [provider]
    with pytest.raises(NotFound, match="No provider answers"):
        timed.providers.resolve("nobody at all")
    with pytest.raises(NotFound, match="could be"):
        timed.providers.resolve("care")
    with pytest.raises(NotFound):
        timed.providers.resolve("")


def test_the_list_counts_homes_answers_concerns_and_late_visits(timed: Services, clock: builders.Clock) -> None:
    home, provider = brackenfield(timed)
    approach = timed.approaches.ask(builders.referral(timed), [home]).approaches[0]
    timed.approaches.refuse(approach, Refusal(("V1",)))
    timed.providers.raise_concern(NewConcern(home, "Cold", timed.desk.today))
    timed.providers.log_visit(NewVisit(home, due_on=timed.desk.today))
    clock.forward(days=1)
    row = next(row for row in timed.providers.every() if row.id == provider)
    assert (row.homes, row.asked, row.refused, row.offered, row.concerns, row.overdue) == (1, 1, 1, 0, 1, 1)


def test_hours_read_as_people_say_them() -> None:
    assert [hours_words(each) for each in (None, 0.4, 3.25, 60.0)] == ["-", "24m", "3.2h", "2.5d"]
