"""Free beds: what a home cannot have is refused, what stands is listed, and whom a bed lawfully fits."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.reads import vacancies as spoken
from placement_tui.domain.capacity import Terms
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.vacancies import NewVacancy, Vacant, standing
from placement_tui.errors import Invalid, NotFound, Refused
from tests import builders


def home_called(services: Services, name: str) -> UUID:
    return services.homes.resolve(name).id


def lives(services: Services, home: UUID, initials: str, number: str, **more: object) -> UUID:
    """A child of ours in a home since now; the placement."""
    referral = builders.referral(services, builders.child(initials, number))
    approach = services.approaches.ask(referral, [home]).approaches[0]
    offer, _ = services.offers.log(approach, NewOffer(80_000))
    return services.placements.start(offer, NewPlacement(services.desk.now, **more)).placements[0]  # type: ignore[arg-type]  # fields of it


def of(services: Services, home: UUID) -> list[Vacant]:
    return services.vacancies.standing(home)


def test_a_home_cannot_have_more_beds_than_nobody_has(timed: Services, clock: builders.Clock) -> None:
    home = home_called(timed, "Brackenfield House")
    lives(timed, home, "AB", "W-1")
    timed.capacity.hold(home, 1, clock.now + timedelta(hours=3))
    timed.capacity.say_others(home, 1)
    with pytest.raises(Invalid, match="1 ours, 1 of others, 1 held, 1 free") as refused:
        timed.vacancies.log(home, NewVacancy(2))
    assert "release the hold" in refused.value.mend
    timed.vacancies.log(home, NewVacancy(1))
    assert of(timed, home)[0].left == 1


def test_one_bed_is_not_said_to_be_free_twice(timed: Services) -> None:
    home = home_called(timed, "Brackenfield House")
    today = timed.desk.today
    timed.capacity.say_others(home, 3)
    timed.vacancies.log(home, NewVacancy(1, from_on=today + timedelta(days=5)))
    with pytest.raises(Refused, match="two vacancies for one bed") as refused:
        timed.vacancies.log(home, NewVacancy(1, from_on=today + timedelta(days=7)))
    assert "KM logged 1 bed" in str(refused.value)
    timed.vacancies.log(
        home, NewVacancy(1, from_on=today + timedelta(days=5), said_by="Jo")
    )  # the same bed, said again
    assert [row.said_by for row in of(timed, home)] == ["Jo"]


def test_a_bed_for_children_whom_the_home_does_not_take_is_refused(timed: Services) -> None:
    home = home_called(timed, "Brackenfield House")
    timed.capacity.say_terms(home, Terms(4, 10, 4, "F"))
    with pytest.raises(Refused, match="boys only"):
        timed.vacancies.log(home, NewVacancy(1, sexes="M"))
    with pytest.raises(Refused, match="It takes ages 4 to 10, girls only"):
        timed.vacancies.log(home, NewVacancy(1, age_min=12))


def test_a_bed_that_is_not_free_yet_is_not_found_as_free(timed: Services, clock: builders.Clock) -> None:
    home = home_called(timed, "Brackenfield House")
    referral = builders.referral(timed)
    timed.vacancies.log(home, NewVacancy(1, from_on=timed.desk.today + timedelta(days=2)))

    def free() -> bool:
        found = timed.homes.find("free", timed.homes.wanted(referral), limit=99)
        return any(match.candidate.id == home for match in found.matches)

    assert not free()
    assert [row.left for row in of(timed, home)] == [1]
    clock.forward(days=1, hours=20)
    assert free()  # its day has come, and nobody had to say so again
    timed.vacancies.log(home, NewVacancy(1, until_on=timed.desk.today))
    assert free()
    clock.forward(days=1)
    assert not free()
    assert timed.homes.page(home).candidate.free is None


def test_old_words_ask_to_be_checked_and_one_answer_makes_them_fresh_or_takes_them_away(
    timed: Services, clock: builders.Clock
) -> None:
    home = home_called(timed, "Brackenfield House")
    timed.vacancies.log(home, NewVacancy(2, 8, 14, "F", said_by="Jo"))
    clock.forward(hours=49)
    [row] = of(timed, home)
    assert row.asks(timed.desk.now, timed.desk.policy.stale_hours)
    timed.vacancies.still_so(row.id)
    [fresh] = of(timed, home)
    assert not fresh.asks(timed.desk.now, timed.desk.policy.stale_hours)
    assert (fresh.left, fresh.age_min, fresh.sexes, fresh.said_by) == (2, 8, "F", "Jo")
    timed.vacancies.gone(fresh.id)
    assert of(timed, home) == []
    timed.history.undo()
    assert len(of(timed, home)) == 1
    with pytest.raises(NotFound, match="not free any more"):
        timed.vacancies.still_so(row.id)


def test_a_placement_takes_the_bed_and_a_planned_end_and_an_ending_free_it(
    timed: Services, clock: builders.Clock
) -> None:
    home = home_called(timed, "Brackenfield House")
    timed.vacancies.log(home, NewVacancy(1))
    clock.forward(minutes=1)
    ends = timed.desk.today + timedelta(days=10)
    placement = lives(timed, home, "AB", "W-1", planned_end_on=ends)
    [row] = of(timed, home)
    assert (row.why, row.from_on, row.expected) == ("AB to leave", ends, True)
    timed.vacancies.gone(row.id)
    assert of(timed, home) == []
    timed.history.undo()
    timed.endings.end(placement, NewEnding(timed.desk.today, "CARPL"))
    [row] = of(timed, home)
    assert (row.why, row.left) == ("", 1)


def test_a_bed_that_a_child_left_asks_what_became_of_it(timed: Services, clock: builders.Clock) -> None:
    home = home_called(timed, "Brackenfield House")
    placement = lives(timed, home, "AB", "W-1")
    clock.forward(days=3)
    timed.endings.end(placement, NewEnding(timed.desk.today, "CARPL"))
    [row] = of(timed, home)
    assert row.why == "AB left"
    assert row.asks(timed.desk.now, 48)
    timed.vacancies.still_so(row.id)
    [row] = of(timed, home)
    assert (row.why, row.left, row.logged_by) == ("", 1, "KM")


def test_a_bed_that_a_child_left_is_answered_where_the_homes_own_word_is_too_old(
    timed: Services, clock: builders.Clock
) -> None:
    home = home_called(timed, "Brackenfield House")
    placement = lives(timed, home, "AB", "W-1")
    timed.vacancies.log(home, NewVacancy(0))
    clock.forward(days=33)
    timed.endings.end(placement, NewEnding(timed.desk.today, "CARPL"))
    [row] = [each for each in timed.vacancies.standing() if each.home_id == home]
    assert [each.id for each in of(timed, home)] == [row.id], "the home's own list says what the whole list says"
    builders.referral(timed, builders.child("CD", "W-2"))
    assert len(timed.vacancies.fits(row.id)) == 1
    timed.vacancies.gone(row.id)
    assert of(timed, home) == []


def test_a_new_bed_says_whom_it_lawfully_fits_best_first(timed: Services) -> None:
    home = home_called(timed, "Brackenfield House")
    girl = builders.referral(timed, builders.child("AB", "W-1", sex="F", age=9))
    boy = builders.referral(timed, builders.child("CD", "W-2", sex="M", age=9))
    asked = builders.referral(timed, builders.child("EF", "W-3", sex="F", age=9))
    two = builders.referral(
        timed, builders.child("GH", "W-4", sex="F", age=9), builders.child("IJ", "W-5", sex="F", age=10)
    )
    timed.approaches.ask(asked, [home])
    saved = timed.vacancies.log(home, NewVacancy(1, 8, 14, "F"))
    fits = {each.id: each for each in timed.vacancies.fits(saved.ids[0])}
    assert [key for key, each in fits.items() if each.lawful] == [girl]
    assert fits[boy].reason == "the bed is for ages 8 to 14, girls only"
    assert "asked" in fits[asked].reason
    assert fits[two].reason == "1 bed for 2 children"
    reference = fits[girl].reference
    assert timed.vacancies.news(saved.ids) == [f"Brackenfield House: 1 bed fits {reference}"]
    assert next(each.id for _, each in timed.vacancies.for_referral(girl)) == girl
    assert home not in [bed.home_id for bed, _ in timed.vacancies.for_referral(boy)]


def test_a_bed_for_girls_is_not_free_for_a_boy_in_the_search_either(timed: Services) -> None:
    home = home_called(timed, "Brackenfield House")
    girl = builders.referral(timed, builders.child("AB", "W-1", sex="F", age=9))
    boy = builders.referral(timed, builders.child("CD", "W-2", sex="M", age=9))
    timed.vacancies.log(home, NewVacancy(1, 8, 14, "F"))

    def labels(line: str, referral: UUID) -> list[str]:
        found = timed.homes.find(line, timed.homes.wanted(referral), limit=99).matches
        return next(([part.label for part in match.parts] for match in found if match.candidate.id == home), [])

    assert "1 free, said now" in labels("free", girl)
    assert labels("free", boy) == []
    assert any(label.startswith("1 free, for others") for label in labels("", boy))


def test_what_fits_is_what_the_search_lets_be_asked(timed: Services) -> None:
    """Whatever home has a bed: a referral fits it exactly where the search for that referral does not bar the home."""
    for initials, age, sex in (("AB", 3, "F"), ("CD", 14, "M"), ("EF", 17, "U")):
        builders.referral(timed, builders.child(initials, f"W-{initials}", age=age, sex=sex))
    open_ids = [row.id for row in timed.referrals.board().rows]
    homes = timed.homes.find("all", limit=99).matches
    for match in homes:
        timed.vacancies.log(match.candidate.id, NewVacancy(1))
    may = {
        key: {
            m.candidate.id for m in timed.homes.find("all", timed.homes.wanted(key), limit=99).matches if m.may_be_asked
        }
        for key in open_ids
    }
    for row in timed.vacancies.standing():
        for each in timed.vacancies.fits(row.id):
            assert each.lawful == (row.home_id in may[each.id]), (row.name, each)


def test_a_colleague_hears_of_it(services: Services) -> None:
    import threading

    home = home_called(services, "Brackenfield House")
    builders.referral(services, builders.child("AB", "W-1", sex="F", age=9))
    heard: list[list[str]] = []
    done = threading.Event()
    colleague = open_services(services.desk.store.path, None, builders.PASSPHRASE)

    def hears(changed: object) -> None:
        heard.append(colleague.vacancies.news(changed.ids["vacancy"]))  # type: ignore[attr-defined]  # a Changed
        done.set()

    colleague.feed.start()
    colleague.desk.listen(hears)
    services.vacancies.log(home, NewVacancy(1))
    assert done.wait(2.0)
    assert heard[0][0].startswith("Brackenfield House: 1 bed fits ")
    colleague.close()


def test_a_day_is_a_day(timed: Services) -> None:
    with pytest.raises(Invalid, match="past"):
        timed.vacancies.log(home_called(timed, "Brackenfield House"), NewVacancy(1, from_on=date(2020, 1, 1)))


def test_only_what_may_stand_is_read_of_what_was_ever_said(timed: Services, clock: builders.Clock) -> None:
    homes = [home_called(timed, name) for name in ("Brackenfield House", "Cedar House")]
    today = timed.desk.today
    said = [NewVacancy(beds % 3) for beds in range(12)]
    said[3:3] = [
        NewVacancy(1, from_on=today + timedelta(days=1)),
        NewVacancy(2, from_on=today + timedelta(days=4), expected=True),
    ]
    for new in said:
        for home in homes:
            clock.now += timedelta(minutes=7)
            timed.vacancies.log(home, new)
    with timed.desk.read() as session:
        kept, every = spoken.said(session), spoken.said(session, since=clock.now - timedelta(days=2))
        assert spoken.said(session, {homes[0]}).keys() == {homes[0]}
    assert [len(kept[home]) for home in homes] == [3, 3]
    for days in range(7):
        day = today + timedelta(days=days)
        assert [standing(kept[home], day) for home in homes] == [standing(every[home], day) for home in homes]
