"""What is over its time goes, what is not stays, and a child's own record can be handed to them."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services, wire
from placement_tui.db.changes import officers
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.retention import SCHEDULES, born_at_latest, over, shift_of
from placement_tui.errors import Invalid, Refused
from placement_tui.services.desk import Desk
from tests import builders


@pytest.fixture
def manager(timed: Services) -> Iterator[Services]:
    """A manager at the same store, who may not erase."""
    key = new_id()
    with timed.desk.write("add officer") as session:
        officers.add(session, key, "Ada Bell", "AB", "manager", timed.desk.now)
    opened = wire(Desk(timed.desk.store, key))
    yield opened
    opened.audit.close()


def due(services: Services) -> dict[str, tuple[int, int]]:
    return {row.schedule.kind: (row.held, row.due) for row in services.retention.due()}


def left(services: Services, clock: builders.Clock, *children: object, **fields: object) -> PlacementRow:
    """A child who lived in a home and left it."""
    placement = builders.placed(services, *children, **fields)  # type: ignore[arg-type]  # new children
    clock.forward(days=2)
    services.endings.end(placement, NewEnding(services.desk.today, "CREQB", lesson="Wants a dog"))
    return services.placements.get(placement)


def test_time_runs_out_on_the_anniversary_and_not_before() -> None:
    assert not over(date(2010, 10, 19), 75, date(2085, 10, 18))
    assert over(date(2010, 10, 18), 75, date(2085, 10, 18))
    assert not over(date(2012, 2, 29), 75, date(2087, 2, 28))
    assert over(date(2012, 2, 29), 75, date(2087, 3, 1))
    assert not over(date(2026, 10, 1), 0.25, date(2026, 12, 30))
    assert over(date(2026, 10, 1), 0.25, date(2027, 1, 1))


def test_an_age_said_gives_the_latest_day_of_birth_that_it_allows() -> None:
    assert born_at_latest(None, 14, date(2026, 10, 18)) == date(2012, 10, 18)
    assert born_at_latest(None, 3, date(2024, 2, 29)) == date(2021, 2, 28)
    assert born_at_latest(date(2012, 5, 6), 3, date(2024, 2, 29)) == date(2012, 5, 6)
    assert born_at_latest(None, None, date(2024, 2, 29)) is None


def test_every_schedule_names_its_law_and_is_a_setting(timed: Services) -> None:
    for each in SCHEDULES:
        assert each.law
        assert (each.years is None) or timed.settings.get(each.setting).value == each.years
    timed.settings.change("keep_rota_years", "2")
    assert next(row.years for row in timed.retention.due() if row.schedule.kind == "rota") == 2
    with pytest.raises(Invalid, match="It is a number of years"):
        timed.settings.change("keep_rota_years", "soon")
    with pytest.raises(Invalid, match="The law wants at least 75: reg 50"):
        timed.settings.change("keep_child_years", "10")


def test_a_child_is_kept_seventy_five_years_from_birth_and_then_goes(timed: Services, clock: builders.Clock) -> None:
    placement = left(timed, clock, builders.child(born_on=date(2012, 3, 4)))
    assert due(timed)["child"] == (1, 0)
    clock.forward(days=365.25 * 60.3)
    assert timed.retention.apply("yearly review") == []
    clock.forward(days=30 * 3)
    assert due(timed)["child"] == (1, 1)
    (done,) = [each for each in timed.retention.apply("yearly review") if each.way == "erase"]
    assert done.records > 10
    assert due(timed)["child"] == (0, 0)
    assert timed.placements.of_child(placement.child_id) == []
    assert timed.history.verify().faults == ()


def test_what_was_said_on_old_calls_goes_and_the_answers_stay(timed: Services, clock: builders.Clock) -> None:
    referral = builders.referral(timed)
    key = timed.approaches.ask(referral, timed.homes.nearest(referral, 1)).approaches[0]
    timed.approaches.refuse(key, Refusal(("M1",), note="She said the lad is known to them"))
    timed.referrals.close(referral, "went home")
    clock.forward(days=365.25 * 6 - 2)
    assert due(timed)["approach"] == (1, 0)
    clock.forward(days=3)
    assert due(timed)["approach"] == (1, 1)
    timed.retention.apply("yearly review")
    row = timed.approaches.get(key)
    assert (row.outcome, row.reason, row.note) == ("refusal", "M1", "")
    assert not any("known to them" in str(each.fields) for each in timed.history.of(key))
    assert timed.history.verify().faults == ()


def test_a_half_typed_form_that_nobody_went_on_with_goes(timed: Services, clock: builders.Clock) -> None:
    timed.drafts.save("referral", "new", {"initials": "KJ"})
    clock.forward(days=80)
    timed.drafts.save("referral", "new 2", {"initials": "AB"})
    clock.forward(days=20)
    assert due(timed)["draft"] == (2, 1)
    timed.retention.apply("yearly review")
    assert [about for _, about, _ in timed.drafts.waiting()] == ["new 2"]


def test_brothers_and_sisters_keep_what_is_theirs_as_well(timed: Services, clock: builders.Clock) -> None:
    first = builders.child("KJ", "W-10234", name="Kai Jones")
    row = left(
        timed, clock, first, builders.child("AB", "W-20", name="Ada Brown"), note="Kai Jones and Ada Brown are close"
    )
    referral = timed.referrals.get(row.referral_id)
    other = next(child for child in referral.children if child.initials == "AB")
    mine = next(child for child in referral.children if child.initials == "KJ")
    for each in timed.placements.of_child(other.id):
        if each.ended_on is None:
            timed.endings.end(each.id, NewEnding(timed.desk.today, "CREQB"))
    for each in timed.placements.of_child(mine.id):
        if each.ended_on is None:
            timed.endings.end(each.id, NewEnding(timed.desk.today, "CREQB"))
    going = timed.retention.going({mine.id})
    assert going.shared > 0
    assert "reg 50" in going.early
    timed.retention.erase({mine.id}, "asked for by the person")
    after = timed.referrals.get(referral.id)
    assert [child.initials for child in after.children] == ["AB"]
    assert after.note == "[erased] and Ada Brown are close"
    assert len(timed.placements.of_child(other.id)) == 1
    assert timed.placements.of_child(mine.id) == []
    assert timed.history.verify().faults == ()


def test_a_reason_that_names_the_child_is_refused(timed: Services, clock: builders.Clock) -> None:
    row = left(timed, clock)
    for why, said in (("", "needs its reason"), ("for W-10234", "names the child"), ("x" * 501, "501 letters")):
        with pytest.raises(Invalid, match=said):
            timed.retention.erase({row.child_id}, why)
    assert timed.placements.get(row.id).identifier == "W-10234"


def test_only_an_administrator_erases(manager: Services, timed: Services, clock: builders.Clock) -> None:
    row = left(timed, clock)
    for use in (
        manager.retention.due,
        lambda: manager.retention.apply("why"),
        lambda: manager.retention.going({row.child_id}),
        lambda: manager.retention.erase({row.child_id}, "why"),
    ):
        with pytest.raises(Refused, match="may not erase records"):
            use()


def test_a_store_that_does_not_verify_erases_nothing(timed: Services, clock: builders.Clock) -> None:
    row = left(timed, clock)
    with timed.desk.store.maintain() as connection:
        connection.exec_driver_sql("UPDATE home SET note = 'changed behind its back'")
        connection.commit()
    with pytest.raises(Refused, match="does not verify"):
        timed.retention.erase({row.child_id}, "asked for")


def test_durations_stay_when_a_child_is_made_anonymous(timed: Services, clock: builders.Clock) -> None:
    before = left(timed, clock)
    received = timed.referrals.get(before.referral_id).received_at
    timed.retention.erase({before.child_id}, "statistics need it", "anonymise")
    after = timed.placements.of_child(before.child_id)[0]
    moved = shift_of(received)
    assert moved > timedelta()
    assert after.started_at == before.started_at - moved
    assert timed.endings.of(after.id).reason == "CREQB"
    assert timed.endings.of(after.id).lesson == ""


def test_a_request_of_access_gives_everything_and_marks_what_is_of_others(
    timed: Services, clock: builders.Clock, tmp_path: Path
) -> None:
    row = left(timed, clock, builders.child(name="Kai <b>Jones</b>"), note="Mum's number is 0151 496 0000")
    out = tmp_path / "access"
    done = timed.retention.access(row.child_id, out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in done.files} == {0o600}
    page = (out / "record.html").read_text(encoding="utf-8")
    assert "Kai &lt;b&gt;Jones&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "Mum&#x27;s number is 0151 496 0000</mark>" in page
    assert "Pat Lowe</mark>" in page  # the social worker
    assert "Wants a dog" in page
    data = json.loads((out / "record.json").read_text(encoding="utf-8"))
    assert {each["noun"] for each in data["held"]} >= {
        "child",
        "referral",
        "need",
        "approach",
        "offer",
        "placement",
        "lesson",
    }
    assert done.records == len(data["held"])
    story = (out / "story.html").read_text(encoding="utf-8")
    assert "Kai &lt;b&gt;Jones&lt;/b&gt;" in story
    assert "carer asks, behaviour (disrupted)" in story
    assert "story.html" in (out / "READ FIRST.txt").read_text(encoding="utf-8")
    first = timed.audit.find(child=row.child_id, kind="view")[0]
    assert first.command == "view export of everything"
    with pytest.raises(Refused, match="already"):
        timed.retention.access(row.child_id, out)
