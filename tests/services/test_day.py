"""What an officer does in a day, at the services: what is saved, what is refused and with which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.endings import NewEnding, NewFactor
from placement_tui.domain.offers import NewOffer, year_end_cost
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.referrals import NewChild
from placement_tui.domain.vacancies import NewVacancy
from placement_tui.errors import Invalid, NotFound, Refused
from tests import builders


def test_references_count_up_within_the_year(timed: Services, clock: builders.Clock) -> None:
    first = timed.referrals.get(builders.referral(timed)).reference
    second = timed.referrals.get(builders.referral(timed, builders.child("AB", "W-2"))).reference
    assert (first, second) == ("26-0001", "26-0002")
    clock.forward(days=75, hours=10)  # midnight of New Year's Eve passes in London
    assert timed.referrals.get(builders.referral(timed, builders.child("CD", "W-3"))).reference == "27-0001"


def test_the_board_has_the_most_urgent_first(timed: Services, clock: builders.Clock) -> None:
    later = builders.referral(timed, builders.child("LA", "1"), urgency="date", needed_by=clock.now + timedelta(days=9))
    soon = builders.referral(timed, builders.child("SO", "2"), urgency="date", needed_by=clock.now + timedelta(days=2))
    tonight = builders.referral(timed, builders.child("TO", "3"), urgency="today")
    now = builders.referral(timed, builders.child("NO", "4"), urgency="now")
    older = builders.referral(timed, builders.child("OL", "5"), urgency="now")
    assert [row.id for row in timed.referrals.board().rows] == [now, older, tonight, soon, later]
    assert timed.referrals.board().tonight == 3


def test_the_board_counts_and_says_what_is_due(timed: Services, clock: builders.Clock) -> None:
    key = builders.referral(timed)
    wave = timed.approaches.ask(key, timed.homes.nearest(key, 6))
    timed.approaches.refuse(wave.approaches[0], Refusal(("V1",)))
    timed.approaches.no_reply(wave.approaches[1])
    timed.approaches.call_back(wave.approaches[2], clock.now + timedelta(minutes=20))
    timed.offers.log(wave.approaches[3], NewOffer(50_000, expires_at=clock.now + timedelta(hours=3)))
    row = timed.referrals.board().rows[0]
    assert (row.asked, row.awaiting, row.refused, row.no_reply, row.offered) == (6, 3, 1, 1, 1)
    assert [item.title.split(" ")[0] for item in row.due] == ["call", "offer"]
    assert (timed.referrals.board().due, timed.referrals.board().overdue) == (2, 0)
    clock.forward(minutes=21)
    assert (timed.referrals.board().due, timed.referrals.board().overdue) == (2, 1)
    assert row.last_by == "KM"


def test_a_sibling_group_needs_room_for_all(services: Services) -> None:
    group = builders.referral(services, builders.child("AB", "1", age=4, sex="F"), builders.child("CD", "2", age=6, sex="M"),
                              builders.child("EF", "3", age=9), builders.child("GH", "4", age=11), builders.child("IJ", "5", age=2))  # fmt: skip
    assert services.referrals.get(group).child == "AB 4 F +4"
    found = services.homes.find("", services.homes.wanted(group))
    # every home has four places; an agency is asked through its office, whose households together have more
    assert {match.candidate.kind for match in found.matches} == {"agency"}
    assert dict(found.blocked)["places"] > 0


def test_a_known_child_is_one_record_and_remembers(services: Services) -> None:
    first = builders.referral(services)
    wave = services.approaches.ask(first, services.homes.nearest(first, 3))
    services.approaches.refuse(wave.approaches[0], Refusal(("M1",)))
    services.referrals.close(first, "Went to an aunt")
    again = services.referrals.get(builders.referral(services))
    assert again.children[0].id == services.referrals.get(first).children[0].id
    assert [(tried.asked, tried.refused, tried.main_reason) for tried in again.tried] == [(3, 1, "M1")]
    assert services.approaches.calls(first).rows[1].closing == "CW"


@pytest.mark.parametrize(
    ("child", "field"),
    [
        (NewChild(), "child"),
        (builders.child(age=18), "age"),
        (builders.child(age=12, born_on=date(2010, 1, 1)), "age"),
        (builders.child(sex="X"), "sex"),
        (builders.child(needs=("NOPE",)), "need"),
        (builders.child(home_postcode="ZZ99 9ZZ"), "postcode"),
        (builders.child(home_postcode="CH41"), "postcode"),
    ],
)  # fmt: skip
def test_a_referral_that_cannot_be_names_the_field_and_saves_nothing(
    services: Services, child: NewChild, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        builders.referral(services, child)
    assert caught.value.field == field
    assert caught.value.mend or caught.value.detail
    assert services.referrals.board().rows == ()


def test_an_age_that_contradicts_the_date_of_birth_on_record(services: Services) -> None:
    builders.referral(services, builders.child(born_on=date(2012, 3, 5), age=None))
    with pytest.raises(Invalid, match="date of birth"):
        builders.referral(services, builders.child(born_on=date(2013, 3, 5), age=None))


def test_names_and_long_texts_are_kept_as_typed(services: Services) -> None:
    key = builders.referral(
        services, builders.child(name="Ó Súilleabháin [/b]"), why_now="Smith [/b]", note="x" * 20_000
    )
    row = services.referrals.get(key)
    assert (row.children[0].name, row.why_now, len(row.note)) == ("Ó Súilleabháin [/b]", "Smith [/b]", 20_000)
    with pytest.raises(Invalid, match="20,001 characters"):
        services.referrals.amend(key, {"note": "x" * 20_001})
    assert len(services.referrals.get(key).note) == 20_000


def test_nobody_is_asked_twice(services: Services) -> None:
    key = builders.referral(services)
    homes = services.homes.nearest(key, 5)
    services.approaches.ask(key, homes[:3])
    with pytest.raises(Refused, match=r"asked for 26-0001 already.*by KM: awaiting"):
        services.approaches.ask(key, homes[:1])
    again = services.approaches.ask(key, homes)
    assert len(again.approaches) == 2
    assert len(again.left_out) == 3
    assert again.number == 2
    assert not set(services.homes.nearest(key, 25)) & set(homes)


def test_two_officers_asking_at_once_ask_once(services: Services) -> None:
    key = builders.referral(services)
    homes = services.homes.nearest(key, 3)
    colleague = open_services(services.desk.store.path, None, builders.PASSPHRASE)
    colleague.approaches.ask(key, homes)
    with pytest.raises(Refused, match="already"):
        services.approaches.ask(key, homes)
    colleague.close()


@pytest.mark.parametrize(
    ("refusal", "match"),
    [(Refusal(()), "at least one reason"), (Refusal(("Q9",)), "Q9"), (Refusal(("X9",)), "needs a note"),
     (Refusal(("M1",), would_change=("magic",)), "magic"), (Refusal(("M1",), stage="never"), "never"),
     (Refusal(("M1",), note="x" * 20_001), "20,001")],
)  # fmt: skip
def test_a_refusal_that_cannot_be_leaves_the_approach_waiting(services: Services, refusal: Refusal, match: str) -> None:
    key = builders.referral(services)
    approach = services.approaches.ask(key, services.homes.nearest(key, 1)).approaches[0]
    with pytest.raises(Invalid, match=match):
        services.approaches.refuse(approach, refusal)
    assert services.approaches.get(approach).outcome == "awaiting"


def test_a_refusal_keeps_every_code_and_the_first_is_main(services: Services) -> None:
    key = builders.referral(services)
    approach = services.approaches.ask(key, services.homes.nearest(key, 1)).approaches[0]
    services.approaches.refuse(
        approach, Refusal(("N1", "M1", "N1"), "carer_asked", ("more_info",), "Jo", "Too soon after the last")
    )
    services.approaches.would_change(approach, ["fee", "more_info"])
    row = services.approaches.get(approach)
    assert (row.reason, row.other_reasons, row.stage) == ("N1", ("M1",), "carer_asked")
    assert row.would_change == ("more_info", "fee")
    assert row.note == "Too soon after the last"


def test_a_call_back_is_not_in_the_past(timed: Services, clock: builders.Clock) -> None:
    key = builders.referral(timed)
    approach = timed.approaches.ask(key, timed.homes.nearest(key, 1)).approaches[0]
    with pytest.raises(Invalid, match="is past"):
        timed.approaches.call_back(approach, clock.now - timedelta(minutes=1))
    timed.approaches.call_back(approach, clock.now + timedelta(minutes=10))
    assert timed.approaches.get(approach).call_back_at is not None
    timed.approaches.refuse(approach, Refusal(("V1",)))
    assert timed.approaches.get(approach).call_back_at is None


@pytest.mark.parametrize("new", [NewOffer(-1), NewOffer(0, -5), NewOffer(100, 0, -1), NewOffer(9_000_000)])
def test_an_offer_below_zero_or_beyond_reason_is_refused(services: Services, new: NewOffer) -> None:
    key = builders.referral(services)
    approach = services.approaches.ask(key, services.homes.nearest(key, 1)).approaches[0]
    with pytest.raises(Invalid, match=r"below zero|more than any home"):
        services.offers.log(approach, new)
    assert services.approaches.get(approach).outcome == "awaiting"


def offered(services: Services, count: int = 3) -> tuple[object, list[object]]:
    key = builders.referral(services)
    wave = services.approaches.ask(key, services.homes.nearest(key, 8))
    return key, [
        services.offers.log(approach, NewOffer(80_000 + number))[0]
        for number, approach in enumerate(wave.approaches[:count])
    ]


def test_one_offer_is_accepted_the_others_declined_and_everyone_is_told(services: Services) -> None:
    key, offers = offered(services)
    services.offers.accept(offers[1])  # type: ignore[arg-type]  # an id
    with pytest.raises(Refused, match="accepted already"):
        services.offers.accept(offers[0])  # type: ignore[arg-type]  # an id
    started = services.placements.start(offers[1], NewPlacement(services.desk.now, others_reason="distance"))  # type: ignore[arg-type]
    states = [(offer.state, offer.declined_reason) for offer in services.offers.of(key)]  # type: ignore[arg-type]
    assert states == [("declined", "distance"), ("accepted", None), ("declined", "distance")]
    rows = services.approaches.calls(key).rows  # type: ignore[arg-type]
    assert [row.closing for row in rows[3:]] == ["PE"] * 5
    assert {row.outcome for row in rows[3:]} == {"withdrawn"}
    names = {row.name for row in rows}
    assert {person.who for person in started.tell} == names | {"Pat Lowe"}
    assert all(person.phone for person in started.tell)
    services.placements.told(started.tell[0].id)
    assert [person.told_at is not None for person in services.placements.to_tell(key)].count(True) == 1  # type: ignore[arg-type]


def test_a_placement_keeps_what_was_wanted_against_what_was_got(services: Services) -> None:
    key = builders.referral(services, wanted=("residential", "foster"))
    homes = [match.candidate for match in services.homes.find("", services.homes.wanted(key)).matches]
    agency = next(home for home in homes if home.kind == "agency")
    approach = services.approaches.ask(key, [agency.id]).approaches[0]
    offer, _ = services.offers.log(approach, NewOffer(81_200, 5_000, 2_500))
    row = services.offers.get(offer)
    assert (row.type_obtained, row.wish, row.total_pence) == ("foster", 1, 88_700)
    made = services.placements.start(offer, NewPlacement(services.desk.now)).placements[0]
    placed = services.placements.get(made)
    assert (placed.type_wanted, placed.type_obtained) == ("residential", "foster")
    assert (placed.place, placed.place_provider) == ("U6", "PR4")
    assert (placed.care_pence, placed.education_pence, placed.health_pence) == (81_200, 5_000, 2_500)
    assert placed.in_area is True


def test_a_placement_never_starts_before_its_offer_nor_overlaps_another(timed: Services, clock: builders.Clock) -> None:
    key, offers = offered(timed, 1)
    with pytest.raises(Invalid, match="before it was offered"):
        timed.placements.start(offers[0], NewPlacement(clock.now - timedelta(days=2)))  # type: ignore[arg-type]
    timed.placements.start(offers[0], NewPlacement(clock.now))  # type: ignore[arg-type]
    again, later = offered(timed, 1)
    assert again != key
    with pytest.raises(Refused, match=r"lives at .* and it is open"):
        timed.placements.start(later[0], NewPlacement(clock.now + timedelta(days=3)))  # type: ignore[arg-type]
    assert timed.referrals.get(again).state == "open"  # type: ignore[arg-type]
    assert len(timed.placements.open()) == 1


def test_a_full_home_takes_nobody(services: Services) -> None:
    children = [builders.child(f"C{n}", f"W-{n}", age=8) for n in range(4)]
    key = builders.referral(services, *children)
    home = services.homes.nearest(key, 1, "res")
    approach = services.approaches.ask(key, home).approaches[0]
    offer, _ = services.offers.log(approach, NewOffer(10_000))
    assert len(services.placements.start(offer, NewPlacement(services.desk.now)).placements) == 4
    other = builders.referral(services, builders.child("ZZ", "W-99", age=8))
    late = services.approaches.ask(other, home).approaches[0]
    offer, _ = services.offers.log(late, NewOffer(10_000))
    with pytest.raises(Refused, match="4 places and 4 of our children"):
        services.placements.start(offer, NewPlacement(services.desk.now))


def test_one_child_of_a_group_at_a_time_leaves_the_referral_open(services: Services) -> None:
    pair = (builders.child("AB", "1", age=8), builders.child("CD", "2", age=9))
    key = builders.referral(services, *pair, together=False)
    first, second = services.referrals.get(key).children
    wave = services.approaches.ask(key, services.homes.nearest(key, 4))
    offer, _ = services.offers.log(wave.approaches[0], NewOffer(10_000))
    other, _ = services.offers.log(wave.approaches[1], NewOffer(10_000))
    services.placements.start(offer, NewPlacement(services.desk.now, children=(first.id,)))
    assert services.referrals.get(key).state == "open"
    assert services.offers.get(other).state == "open"
    services.placements.start(other, NewPlacement(services.desk.now, children=(second.id,)))
    assert services.referrals.get(key).state == "placed"


@pytest.mark.parametrize(
    ("ending", "field"),
    [
        (NewEnding(date(2026, 10, 17), "CREQB"), "ended"),
        (NewEnding(date(2026, 10, 19), "CREQB"), "ended"),
        (NewEnding(date(2026, 10, 18), "NOPE"), "reason for placement change"),
        (NewEnding(date(2026, 10, 18), "OTHER"), "note"),
        (NewEnding(date(2026, 10, 18), "CREQB", (NewFactor("ZZ1"),)), "contributing factor"),
        (NewEnding(date(2026, 10, 18), "CREQB", (NewFactor("IN2", "stranger"),)), "who says so"),
        (NewEnding(date(2026, 10, 18), "CREQB", notice_days=-1), "notice"),
    ],
)  # fmt: skip
def test_an_ending_that_cannot_be_leaves_the_placement_open(timed: Services, ending: NewEnding, field: str) -> None:
    _, offers = offered(timed, 1)
    made = timed.placements.start(offers[0], NewPlacement(timed.desk.now)).placements[0]  # type: ignore[arg-type]
    with pytest.raises(Invalid) as caught:
        timed.endings.end(made, ending)
    assert caught.value.field == field or field.split(" ")[0] in caught.value.field
    assert timed.placements.get(made).ended_on is None


def test_an_ending_is_logged_once_with_its_class_and_its_lesson_shows_in_the_next_search(
    timed: Services, clock: builders.Clock
) -> None:
    key, offers = offered(timed, 1)
    made = timed.placements.start(offers[0], NewPlacement(clock.now)).placements[0]  # type: ignore[arg-type]
    clock.forward(days=61)
    factors = (NewFactor("IN2", "carer", main=True), NewFactor("SU1", "social_worker"))
    new = NewEnding(timed.desk.today, "CREQB", factors, 0, True, "Two calls in November", False, "A name to ring after 22:00",
                    "Goes to his brother's when frightened", ("VIOLENCE",))  # fmt: skip
    _, saved = timed.endings.end(made, new)
    assert "counts as disrupted" in saved.words
    row = timed.endings.of(made)
    assert (row.reason_class, row.notice_days, [f.code for f in row.factors], row.factors[0].said_by) == (
        "disrupted",
        0,
        ["IN2", "SU1"],
        "carer",
    )
    with pytest.raises(Refused, match="ended on"):
        timed.endings.end(made, new)
    child = timed.referrals.get(key).children[0]  # type: ignore[arg-type]
    home = timed.placements.get(made).home_id
    assert [lesson.lesson for lesson in timed.endings.lessons_for(children=[child.id])] == [
        "Goes to his brother's when frightened"
    ]
    assert [lesson.lesson for lesson in timed.endings.lessons_for(homes=[home])] == [
        "Goes to his brother's when frightened"
    ]
    again = builders.referral(timed)
    found = timed.homes.find("", timed.homes.wanted(again))
    assert next(match.candidate.lessons for match in found.matches if match.candidate.id == home) == 1


def test_cost_to_year_end_by_hand() -> None:
    assert year_end_cost(70_000, date(2026, 3, 31)) == 10_000  # the last day: one seventh of a week
    assert year_end_cost(70_000, date(2026, 4, 1)) == 3_650_000  # 365 days
    assert year_end_cost(70_000, date(2027, 4, 1)) == 3_660_000  # the leap day of 2028 is in it


def test_vacancies_are_said_by_somebody_and_the_latest_counts(timed: Services, clock: builders.Clock) -> None:
    key = timed.homes.resolve("Brackenfield House").id
    timed.vacancies.log(key, NewVacancy(2, said_by="Jo"))
    clock.forward(minutes=5)
    timed.vacancies.log(key, NewVacancy(0))
    page = timed.homes.page(key).candidate
    assert (page.free, page.free_said_by) == (0, "KM")
    for beds, why in ((-1, "0 to 99"), (5, "4 places")):
        with pytest.raises(Invalid, match=why):
            timed.vacancies.log(key, NewVacancy(beds))


def test_a_home_is_found_by_misheard_name_urn_or_phone(services: Services) -> None:
    assert services.homes.resolve("brcknfld").name == "Brackenfield House"
    assert services.homes.resolve("9000001").name == "Brackenfield House"
    assert any(hit.words == "Brackenfield House" for hit in services.homes.anything("0151 496 0101"))
    with pytest.raises(NotFound, match="several"):
        services.homes.resolve("house")
    with pytest.raises(NotFound, match="No home answers"):
        services.homes.resolve("qqqqzzzz")


def test_a_colleagues_change_is_heard_within_a_second(services: Services) -> None:
    import threading

    heard = threading.Event()
    services.feed.start()
    services.desk.listen(lambda changed: heard.set() if "referral" in changed.nouns else None)
    colleague = open_services(services.desk.store.path, None, builders.PASSPHRASE)
    builders.referral(colleague)
    assert heard.wait(1.0)
    assert len(services.referrals.board().rows) == 1
    colleague.close()


def test_drafts_are_kept_by_form_and_officer_and_forgotten_when_saved(services: Services) -> None:
    services.drafts.save("referral", "new", {"initials": "K"})
    services.drafts.save("referral", "new", {"initials": "KJ [/b]"})
    other = open_services(services.desk.store.path, None, builders.PASSPHRASE)
    kept = other.drafts.load("referral", "new")
    assert kept is not None
    assert kept[0] == {"initials": "KJ [/b]"}
    other.drafts.discard("referral", "new")
    assert services.drafts.load("referral", "new") is None
    other.close()
