"""Waves and tiers: who is asked together, for how long, who next; and nobody is asked twice, whoever asks."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.tables import Home
from placement_tui.domain.approaches import Refusal, WaveSent
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.waves import ALL_AT_ONCE, is_off_framework
from placement_tui.errors import Invalid, PlacementError, Refused
from tests import builders


def tiers_of(services: Services, sent: WaveSent) -> set[int | None]:
    return {row.tier for row in services.approaches.calls(_referral(services)).rows if row.id in sent.approaches}


def _referral(services: Services) -> UUID:
    return services.referrals.board().rows[0].id


def wave_tasks(services: Services) -> list[str]:
    return [row.title for row in services.tasks.due() if row.rule == "wave"]


def direct(services: Services, *ids: UUID) -> None:
    with services.desk.write("change homes") as session:
        for key in ids:
            home = session.get(Home, key)
            assert home is not None
            home.route = "direct"


def test_tier_by_tier_with_a_time_for_each(timed: Services, clock: builders.Clock) -> None:
    key = builders.referral(timed)  # today: two hours
    first = timed.waves.send_next(key)
    assert tiers_of(timed, first) == {1}
    [wave] = timed.waves.of(key)
    assert wave.until_at == wave.sent_at + timedelta(hours=2)
    assert not wave.over(timed.desk.now)
    clock.forward(hours=2)
    assert timed.waves.of(key)[0].over(timed.desk.now)
    assert wave_tasks(timed) == ["wave 1 (tier 1) is over: ask the next"]
    second = timed.waves.send_next(key)
    assert tiers_of(timed, second) == {2}
    assert wave_tasks(timed) == ["wave 2 (tier 2) is over: ask the next"]
    timed.waves.send_next(key)
    with pytest.raises(Refused, match="No tier behind tier 3"):
        timed.waves.send_next(key)


def test_the_time_is_over_when_all_said_no_and_stands_still_while_there_is_an_offer(
    timed: Services, clock: builders.Clock
) -> None:
    key = builders.referral(timed)
    sent = timed.waves.send_next(key)
    clock.forward(minutes=10)
    for approach in sent.approaches[1:]:
        timed.approaches.refuse(approach, Refusal(("M1",)))
    assert not timed.waves.of(key)[0].over(timed.desk.now)
    timed.approaches.refuse(sent.approaches[0], Refusal(("M1",)))
    assert timed.waves.of(key)[0].over(timed.desk.now)
    timed.history.undo()
    timed.offers.log(sent.approaches[0], NewOffer(80_000))
    clock.forward(hours=5)
    assert not timed.waves.of(key)[0].over(timed.desk.now)
    assert wave_tasks(timed) == []


def test_more_time_may_be_given_and_it_is_not_ticked_off(timed: Services, clock: builders.Clock) -> None:
    timed.waves.send_next(builders.referral(timed))
    [task] = [row for row in timed.tasks.due() if row.rule == "wave"]
    with pytest.raises(Refused, match="not ticked off"):
        timed.tasks.done(task.id)
    timed.tasks.move(task.id, clock.now + timedelta(hours=5), "two of them ring back after school")
    clock.forward(hours=3)
    assert not timed.waves.of(_referral(timed))[0].over(timed.desk.now)


def test_an_emergency_asks_every_tier_at_once_and_says_so(timed: Services) -> None:
    key = builders.referral(timed, urgency="now")
    sent = timed.approaches.ask(key, timed.homes.nearest(key, 12), emergency=True)
    [wave] = timed.waves.of(key)
    assert (wave.tier, wave.until_at) == (None, None)
    assert "every tier at once" in sent.words
    assert len(tiers_of(timed, sent)) > 1
    assert wave_tasks(timed) == []


def test_off_framework_needs_a_reason_that_is_kept(timed: Services) -> None:
    key = builders.referral(timed)
    ids = timed.homes.nearest(key, 4, "ifa res")
    direct(timed, *ids[:2])
    with pytest.raises(Invalid, match="and 1 more are off framework") as refused:
        timed.approaches.ask(key, ids)
    assert refused.value.field == "off_framework_why"
    assert timed.approaches.calls(key).rows == ()  # nobody was asked by half
    timed.approaches.ask(key, ids, off_framework_why="  nobody on a framework takes twins ")
    assert timed.waves.of(key)[0].off_framework_why == "nobody on a framework takes twins"
    other = builders.referral(timed, builders.child("AB", "W-2"), urgency="now")
    timed.approaches.ask(other, ids, emergency=True)
    assert timed.waves.of(other)[0].off_framework_why == ALL_AT_ONCE


def test_what_is_off_framework_is_the_councils_to_say(timed: Services) -> None:
    assert is_off_framework("res", "direct", strict=False)
    assert not is_off_framework("res", None, strict=False)
    assert is_off_framework("res", None, strict=True)
    assert not is_off_framework("inhouse", None, strict=True)
    key = builders.referral(timed)
    timed.settings.change("framework_only", "yes")
    home = next(match.candidate for match in timed.homes.find("res", timed.homes.wanted(key)).matches)
    with pytest.raises(Invalid, match="off framework"):
        timed.approaches.ask(key, [home.id])


def test_the_times_are_the_councils_to_set(timed: Services) -> None:
    timed.settings.change("wave_minutes", "10/45/600")
    key = builders.referral(timed)
    timed.waves.send_next(key)
    [wave] = timed.waves.of(key)
    assert wave.until_at == wave.sent_at + timedelta(minutes=45)
    with pytest.raises(Invalid):
        timed.settings.change("wave_minutes", "10/45")


def test_two_colleagues_at_the_same_moment_ask_nobody_twice(services: Services) -> None:
    key = builders.referral(services)
    ids = services.homes.nearest(key, 12)
    colleague = open_services(services.desk.store.path, None, builders.PASSPHRASE)
    ready = threading.Barrier(2)
    sent: list[WaveSent] = []
    refused: list[PlacementError] = []

    def ask(who: Services, homes: list[UUID]) -> None:
        ready.wait()
        try:
            sent.append(who.approaches.ask(key, homes))
        except PlacementError as error:
            refused.append(error)

    threads = [
        threading.Thread(target=ask, args=(services, ids[:9])),
        threading.Thread(target=ask, args=(colleague, ids[3:])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    colleague.close()
    rows = services.approaches.calls(key).rows
    assert sorted(row.home_id.bytes for row in rows if row.home_id) == sorted(each.bytes for each in ids)
    assert not refused
    left = [name for each in sent for name, _ in each.left_out]
    assert len(left) == 6
    assert {each.number for each in sent} == {1, 2}


def test_two_colleagues_who_ask_for_the_same_tier_send_one_wave(services: Services) -> None:
    key = builders.referral(services)
    colleague = open_services(services.desk.store.path, None, builders.PASSPHRASE)
    ready = threading.Barrier(2)
    said: list[str] = []

    def send(who: Services) -> None:
        ready.wait()
        try:
            said.append(who.waves.send_next(key, after=0).words)
        except Refused as error:
            said.append(str(error))

    threads = [threading.Thread(target=send, args=(who,)) for who in (services, colleague)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    colleague.close()
    assert len(services.waves.of(key)) == 1
    assert len(said) == 2
    assert sum("wave 1" in each.casefold() and "to call" in each for each in said) == 1
