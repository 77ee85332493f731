"""Indicators of a team's own store: by care or by placements, with targets, earlier years, and hidden where they are shared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from placement_tui.bootstrap import Services
from placement_tui.db.tables import Care, Child, Ending, Home, LegalStatus, Placement, Provider, Vacancy
from placement_tui.domain.indicators.sharing import withheld
from placement_tui.domain.insight import Cut, Period, Row
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.errors import Invalid, NotFound
from placement_tui.services.insight_indicators_facts import facts_of
from tests import builders

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)


@pytest.fixture
def told(timed: Services) -> Services:
    """Twelve children of a fictional team; K01 moved twice in the year, K02 is known by an open placement alone."""
    builders.as_role(timed, "manager")
    with timed.desk.write("history") as session:
        homes = []
        for name, sector, kind, authority in (
            ("Own", "own", "inhouse", "E08000015"),
            ("Far", "private", "res", "E08000003"),
        ):
            provider = Provider(name=f"{name} provider", sector=sector)
            session.add(provider)
            session.flush()
            homes += [
                Home(provider_id=provider.id, name=f"{name} {number}", kind=kind, authority=authority)
                for number in range(3)
            ]
        session.add_all(homes)
        session.flush()
        for number in range(1, 13):
            child = Child(identifier=f"K{number:02}", initials="KX", born_on=date(2014, 6, number), sex="F")
            session.add(child)
            session.flush()
            if number != 2:
                session.add(Care(child_id=child.id, began_on=date(2023, 1, 1)))
                session.add(LegalStatus(child_id=child.id, code="C2", from_on=date(2023, 1, 1)))
            stays: Sequence[tuple[int, date, date | None]] = [(number % 3, date(2023, 1, 1), None)]
            if number == 1:
                days = [date(2023, 1, 1), date(2025, 6, 1), date(2025, 9, 1)]
                stays = [(0, days[0], days[1]), (3, days[1], days[2]), (4, days[2], None)]
            for home, first, until in stays:
                placement = Placement(
                    child_id=child.id, home_id=homes[home].id, started_at=datetime.combine(first, time(12), UTC), ended_on=until,
                    miles=30.0 if home > 2 else 4.0, type_wanted="foster", type_obtained="residential" if home > 2 else "foster",
                )  # fmt: skip
                session.add(placement)
                session.flush()
                if until:
                    session.add(
                        Ending(
                            placement_id=placement.id,
                            ended_on=until,
                            logged_at=timed.desk.now,
                            reason="CREQB",
                            reason_class="disrupted",
                        )
                    )
    return timed


def row(services: Services, code: str, last: date = LAST) -> Row:
    """An indicator's row for the year up to a day."""
    report = services.insight.report(
        "indicators", date(last.year - 1, last.month, last.day) if last != LAST else FIRST, last
    )
    return next(row for block in report.blocks for row in block.rows if row.cuts[0] == Cut("indicator", code))


def counts(services: Services, code: str) -> tuple[float | None, float | None]:
    found = row(services, code)
    return found.numerator, found.denominator


def test_the_store_gives_what_a_person_counts(told: Services) -> None:
    assert row(told, "C-1").value == 12
    assert "1 by an open placement alone" in row(told, "C-1").note
    assert counts(told, "I-1") == (1, 12)
    assert counts(told, "I-2") == (
        11,
        12,
    )  # by placements that follow each other K02 is looked after since 2023 as well
    assert counts(told, "I-4a") == (11, 12)  # where a home lies says it, since no placement does
    assert counts(told, "L-2") == (1, 12)
    assert counts(told, "H-2") == (11, 11)  # PLACE and its provider come of the kind of home
    assert counts(told, "H-7") == (1, 12)
    assert counts(told, "E-1") == (2, 2)
    assert counts(told, "F-7") == (2, 2)
    assert row(told, "F-4").value == 2


def test_who_is_behind_a_figure(told: Services) -> None:
    found = told.insight.behind("indicators", row(told, "I-1").cuts, FIRST, LAST)
    assert [(each.noun, each.child) for each in found] == [("placement", "KX")]
    assert found[0].what.startswith("Far 1; Three or more placements")
    assert len(told.insight.behind("indicators", row(told, "I-2").cuts, FIRST, LAST)) == 11
    assert len(told.insight.behind("indicators", row(told, "C-1").cuts, FIRST, LAST, 5)) == 5
    with pytest.raises(NotFound):
        told.insight.behind("indicators", row(told, "M-1").cuts, FIRST, LAST)


def test_a_theme_shows_each_figure_at_earlier_years_and_a_month_at_earlier_months(told: Services) -> None:
    block = told.insight.report("indicators", FIRST, LAST, "stability").blocks[0]
    assert [row.across for row in block.rows] == [f"{year}-03-31" for year in range(2022, 2027)]
    assert [(row.numerator, row.denominator) for row in block.rows] == [(0, 0), (0, 12), (0, 12), (0, 12), (1, 12)]
    assert "placements" in block.definition
    month = told.insight.report("indicators", date(2026, 2, 1), date(2026, 2, 28), "location").blocks[0]
    assert [row.across for row in month.rows][-3:] == ["2025-12-31", "2026-01-31", "2026-02-28"]


def test_a_target_is_said_beside_its_figure_and_undo_takes_it_back(told: Services) -> None:
    told.settings.change("target_i-4A", "95%")
    assert row(told, "I-4a").note == "target at least 95%: not met"
    told.settings.change("targets", "I-4a 90%, I-1 10%, M-1 14")
    assert row(told, "I-4a").note == "target at least 90%: met"
    assert row(told, "I-1").note == "target at most 10%: met"
    assert told.settings.get("target_M-1").shown == "at most 14 days"
    told.history.undo()
    assert row(told, "I-1").note == ""
    for name, said in (("target_I-1", "120%"), ("target_I-1", "many"), ("targets", "I-99 3"), ("small_number", "1")):
        with pytest.raises(Invalid):
            told.settings.change(name, said)


def test_what_is_shared_hides_small_counts_and_follows_the_council_s_own_threshold(told: Services) -> None:
    shared = told.insight.shared(told.insight.report("indicators", FIRST, LAST))
    by_code = {row.label.split()[0]: row for block in shared.blocks for row in block.rows}
    assert by_code["I-1"].hidden
    assert by_code["I-4a"].hidden  # eleven of twelve say the same of the one
    assert (by_code["I-1"].value, by_code["I-1"].numerator, by_code["I-1"].note) == (None, None, "")
    assert by_code["C-1"].value == 12
    told.settings.change("small_number", "20")
    shared = told.insight.shared(told.insight.report("indicators", FIRST, LAST))
    assert all(row.hidden or not row.n for block in shared.blocks for row in block.rows)


def test_kept_facts_are_those_that_are_counted_anew_until_something_changes(told: Services) -> None:
    period = Period(FIRST, LAST)
    first = facts_of(told.desk, [period], slow=0)[0]
    assert facts_of(told.desk, [period], slow=0)[0].living == first.living
    with told.desk.write("one more") as session:
        child = Child(identifier="K99", initials="KZ", born_on=date(2014, 6, 1), sex="F")
        session.add(child)
        session.flush()
        session.add(Care(child_id=child.id, began_on=date(2026, 1, 1)))
    again = facts_of(told.desk, [period], slow=0)[0]
    assert (sum(first.living.values()), sum(again.living.values())) == (12, 13)
    told.history.undo()
    assert facts_of(told.desk, [period], slow=0)[0].living == first.living


def test_a_store_without_anything_gives_every_indicator_without_a_value(timed: Services) -> None:
    blocks = timed.insight.report("indicators").blocks
    rows = [row for block in blocks if block.name != "finding" for row in block.rows]
    assert not any(row.value for row in rows)


WHOLES = st.integers(0, 60).flatmap(
    lambda whole: st.tuples(st.just(whole), st.lists(st.integers(0, whole), min_size=4, max_size=4))
)


@settings(max_examples=150, deadline=None)
@given(WHOLES)
def test_the_ages_that_are_shared_tell_no_age_that_is_hidden(said: tuple[int, list[int]]) -> None:
    whole, cuts = said
    edges = [0, *sorted(cuts), whole]
    parts = [after - before for before, after in pairwise(edges)]
    rows = {
        f"A-{number}": Row(
            "", part / whole if whole else None, whole, part, whole, cuts=(Cut("indicator", f"A-{number}"),)
        )
        for number, part in enumerate(parts, 1)
    }
    hidden = withheld(rows, 5)
    assert {code for code, part in zip(rows, parts, strict=True) if 1 <= part <= 5} <= hidden
    counted = [part for code, part in zip(rows, parts, strict=True) if code in hidden]
    if 0 < whole <= 5:
        assert hidden == set(rows)
    elif any(counted):
        known = [part for part in counted if part]
        assert len(known) >= 2  # one by itself is what the others leave
        assert sum(known) > len(known)  # and of several that are not none, some may be more than one


def test_how_a_home_is_found_is_counted_of_referrals_offers_and_words(timed: Services, clock: builders.Clock) -> None:
    with timed.desk.write("words") as session:
        known = list(session.scalars(select(Home)))[:4]
        for home, hours in zip(known, (1, 23, 30, 200), strict=True):
            session.add(Vacancy(home_id=home.id, beds=1, said_at=clock.now - timedelta(hours=hours)))
    key = builders.referral(timed)
    offer = builders.offered(timed, key, NewOffer(81_200))[0]
    builders.referral(timed, builders.child("LM", "W-2"))
    clock.forward(hours=10)
    timed.placements.start(offer, NewPlacement(timed.desk.now))
    clock.forward(days=3)
    rows = {block.name: block.rows[-1] for block in timed.insight.report("indicators", by="finding").blocks}
    assert rows["M-4"].value == pytest.approx(10, abs=0.01)
    assert (rows["M-1"].value, rows["M-1"].n) == (4, 1)  # received on Sunday 18 October; it is Thursday 22 October now
    assert (rows["M-5"].numerator, rows["M-6"].numerator) == (0, 3)
