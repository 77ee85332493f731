"""Why placements did not last, on a small team whose every figure is worked out by hand here, and on a large one twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.tables import Child, EarlyWarning, Ending, Factor, Home, Lesson, Placement, Provider
from placement_tui.demo.build import build
from placement_tui.domain.codes.endings import class_of
from placement_tui.domain.insight import Block, Cut, Row, wilson
from placement_tui.domain.rates import poisson
from placement_tui.errors import Invalid

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)  # thirty days


def block(services: Services, view: str, name: str, by: str = "", first: date = FIRST, last: date = LAST) -> Block:
    """One block of a view."""
    return next(each for each in services.insight.report(view, first, last, by).blocks if each.name == name)


def row(of: Block, label: str, across: str = "") -> Row:
    """The row of a block with that label."""
    return next(each for each in of.rows if each.label.strip() == label and each.across == across)


def figure(of: Block, label: str) -> tuple[float | None, float | None]:
    """Numerator and denominator."""
    found = row(of, label)
    return found.numerator, found.denominator


@pytest.fixture
def told(timed: Services) -> Services:
    """Eight placements of two providers: three disrupted, one protective, a closure, a plan, two that are no move."""
    # child, home, starts, ends, reason, place, wanted, obtained, emergency, notice, warned
    table: tuple[tuple[Any, ...], ...] = (
        ("AA", 0, "2026-08-22", "2026-09-11", "CREQB", "U6", "foster", "foster", True, 0, True),
        ("BB", 0, "2026-09-01", "2026-09-06", "CREQO", "U6", "foster", "foster", False, 28, None),
        ("CC", 1, "2026-03-01", "2026-09-21", "LAREQ", "K2", "foster", "residential", True, 7, False),
        ("DD", 1, "2026-09-11", "2026-09-16", "ALLEG", "K2", "residential", "residential", False, 0, None),
        ("EE", 0, "2026-07-01", "2026-09-30", "CLOSE", "U6", "foster", "foster", False, 30, None),
        ("FF", 1, "2025-08-01", "2026-09-02", "CARPL", "K2", "residential", "residential", False, None, None),
        ("GG", 0, "2026-09-01", "2026-09-11", "PLACE", "U6", "foster", "foster", False, None, None),
        ("HH", 0, "2026-09-05", "2026-09-08", "CREQB", "T4", "foster", "foster", False, 0, None),
        ("II", 0, "2026-09-21", None, None, "U6", "foster", "foster", False, None, None),
    )  # fmt: skip
    with timed.desk.write("history") as session:
        homes = []
        for name in ("Alpha Fostering", "Beta Homes"):
            provider = Provider(name=name)
            session.add(provider)
            session.flush()
            homes.append(Home(provider_id=provider.id, name=f"{name} One", kind="res"))
            session.add(homes[-1])
        session.flush()
        for initials, where, starts, ends, reason, place, wanted, obtained, emergency, notice, warned in table:
            child = Child(initials=initials, identifier=f"X-{initials}")
            session.add(child)
            session.flush()
            lived = Placement(
                child_id=child.id, home_id=homes[where].id, place=place, type_wanted=wanted, type_obtained=obtained,
                started_at=datetime.fromisoformat(f"{starts}T12:00").replace(tzinfo=UTC), emergency=emergency,
                ended_on=date.fromisoformat(ends) if ends else None,
            )  # fmt: skip
            session.add(lived)
            session.flush()
            if reason is None:
                continue
            ending = Ending(
                placement_id=lived.id, ended_on=lived.ended_on, logged_at=timed.desk.now, reason=reason,
                reason_class=class_of(reason, place), notice_days=notice, warned=warned,
            )  # fmt: skip
            session.add(ending)
            session.flush()
            if initials in ("AA", "CC"):
                session.add(Factor(ending_id=ending.id, code="CA3", said_by="carer", main=True))
                session.add(Factor(ending_id=ending.id, code="SU2", said_by="carer"))
            if initials == "AA":
                session.add(Factor(ending_id=ending.id, code="SU1", said_by="social_worker"))
                session.add(Lesson(ending_id=ending.id, child_id=child.id, home_id=lived.home_id, learned_on=lived.ended_on,
                                   lesson="Ring the carer on Fridays", needs=["VIOLENCE"]))  # fmt: skip
                for seen in ("2026-09-01", "2026-09-09"):
                    session.add(EarlyWarning(
                        placement_id=lived.id, seen_on=date.fromisoformat(seen), what="asks for respite", factor="SU2",
                        logged_at=datetime.fromisoformat(f"{seen}T15:00").replace(tzinfo=UTC),
                    ))  # fmt: skip
            if initials == "BB":  # seen before, and written down on the day itself: that warned nobody
                session.add(EarlyWarning(placement_id=lived.id, seen_on=date(2026, 9, 3), what="shouting",
                                         logged_at=datetime(2026, 9, 6, 9, tzinfo=UTC)))  # fmt: skip
    return timed


def test_disruption_is_out_of_the_endings_that_were_moves(told: Services) -> None:
    shares = block(told, "endings", "disruption")
    # AA, BB, CC of AA, BB, CC, DD, EE, FF: PLACE and T4 stand in no figure
    assert figure(shares, "Disrupted") == (3, 6)
    assert figure(shares, "Protective") == (1, 6)
    assert figure(shares, "The home closed") == (1, 6)
    found = row(shares, "Disrupted")
    assert (found.value, found.low, found.high) == (0.5, *wilson(3, 6))  # type: ignore[misc]  # n is not 0
    counts = block(told, "endings", "counts")
    assert [(each.label.strip(), each.value) for each in counts.rows] == [
        ("Planned", 2), ("of them the home closed", 1), ("Disrupted", 3), ("Protective", 1), ("Other", 0), ("Not a move", 2),
    ]  # fmt: skip
    assert sum(each.value or 0 for each in block(told, "endings", "reasons").rows) == 6


def test_a_thousand_placement_days_are_nights_spent_in_these_days(told: Services) -> None:
    # AA 1-10 Sep: 10. BB 5. CC 1-20 Sep: 20. DD 5. EE 1-29 Sep: 29. FF 1. GG 10. HH is T4: none. II 21-30 Sep: 10.
    found = row(block(told, "endings", "rate"), "All placements")
    assert (found.numerator, found.denominator, found.n) == (3, 90, 8)
    low, high = poisson(3)
    assert (found.value, found.low, found.high) == pytest.approx((3 / 90 * 1000, low / 90 * 1000, high / 90 * 1000))


def test_disruption_is_set_apart_by_what_is_known_of_a_placement(told: Services) -> None:
    by = {way: block(told, "endings", "disruption", way) for way in ("provider", "type", "forced", "notice", "since")}
    assert figure(by["provider"], "Alpha Fostering") == (2, 3)
    assert figure(by["provider"], "Beta Homes") == (1, 3)
    assert figure(by["type"], "Fostering") == (2, 3)
    assert figure(by["forced"], "as wanted") == (2, 5)
    assert figure(by["forced"], "not as wanted") == (1, 1)
    assert figure(by["forced"], "foster wanted, res got") == (1, 1)
    assert [(each.label, each.numerator, each.denominator) for each in by["notice"].rows] == [
        ("none", 1, 2), ("1 week", 1, 1), ("4 weeks or more", 1, 2), ("not said", 0, 1),
    ]  # fmt: skip
    assert [(each.label, each.numerator, each.denominator) for each in by["since"].rows] == [
        ("first week", 1, 2), ("2nd to 4th week", 1, 1), ("to 6 months", 0, 1), ("to a year", 1, 1), ("2nd year", 0, 1),
    ]  # fmt: skip
    assert row(by["provider"], "Alpha Fostering").note == "1 closed"
    rates = block(told, "endings", "rate", "emergency")
    assert figure(rates, "emergency") == (2, 30)  # AA and CC: 10 + 20 nights
    assert figure(rates, "planned") == (1, 60)
    ages = block(told, "endings", "rate", "since")
    # the first week of a placement: BB 5 of 5, DD 5 of 5, GG 7 of 10, II 7 of 10
    assert figure(ages, "first week") == (1, 24)
    months = block(told, "endings", "rate", "month", date(2026, 8, 1), LAST)
    assert [(each.label, each.denominator) for each in months.rows] == [("2026-08", 103), ("2026-09", 90)]
    with pytest.raises(Invalid, match="cannot be set apart"):
        told.insight.report("endings", FIRST, LAST, "moon")


def test_any_figure_leads_to_the_placements_behind_it(told: Services) -> None:
    for way in ("provider", "type", "forced", "notice", "since", "emergency", "month"):
        for each in block(told, "endings", "disruption", way).rows:
            assert len(told.insight.behind("endings", each.cuts, FIRST, LAST)) == each.numerator
    found = told.insight.behind("endings", (Cut("class", "disrupted"),), FIRST, LAST)
    assert [(each.child, each.what) for each in found] == [
        ("CC", "Beta Homes One: LAREQ after 204 days"), ("AA", "Alpha Fostering One: CREQB after 20 days"),
        ("BB", "Alpha Fostering One: CREQO after 5 days"),
    ]  # fmt: skip
    assert {each.child for each in told.insight.behind("endings", (Cut("class", "not_a_move"),), FIRST, LAST)} == {
        "GG",
        "HH",
    }
    with pytest.raises(Invalid, match="set apart by 'moon'"):
        told.insight.behind("endings", (Cut("moon", "1"),), FIRST, LAST)


def test_survival_follows_those_who_came_and_censors_every_other_end(told: Services) -> None:
    first = date(2026, 8, 1)
    # started since August: AA 20 days disrupted, BB 5 disrupted, DD 5 protective, GG 10 no move, II goes on, 9 days; HH is T4
    marks = block(told, "survival", "disrupted-days", first=first)
    week = row(marks, "All placements", "7")
    assert (week.value, week.n) == (
        pytest.approx(0.8),
        3,
    )  # 1 of the 5 followed to day 5; AA, GG, II longer than a week
    curve = block(told, "survival", "disrupted-curve", first=first)
    assert [(each.across, each.value) for each in curve.rows] == [("0", 1.0), ("5", pytest.approx(0.8)), ("20", 0.0)]
    moves = block(told, "survival", "move-curve", first=first)
    assert [(each.across, each.value) for each in moves.rows] == [("0", 1.0), ("5", pytest.approx(0.6)), ("20", 0.0)]
    ended = told.insight.behind("survival", (Cut("event", "disrupted"), Cut("day", "7")), first, LAST)
    assert [each.child for each in ended] == ["BB"]


def test_factors_say_who_says_so_and_beside_which_reason(told: Services) -> None:
    families = block(told, "factors", "family")
    assert figure(families, "Support") == (2, 2)  # one ending names two factors of it and counts once
    assert row(families, "Support").note == "the main one in 0"
    assert row(families, "Carer or home").note == "the main one in 2"
    assert row(block(told, "factors", "who"), "Support", "carer").value == 2
    assert row(block(told, "factors", "who"), "Support", "social worker").value == 1
    assert row(block(told, "factors", "reason"), "Support", "CREQB").value == 1
    assert row(block(told, "factors", "reason"), "Support", "LAREQ").value == 1
    assert block(told, "factors", "again").rows == ()  # two providers: nowhere twice
    cuts = (Cut("factor", "SU2"), Cut("who", "carer"), Cut("weight", "contributory"))
    assert [each.child for each in told.insight.behind("factors", cuts, FIRST, LAST)] == ["CC", "AA"]


def test_a_warning_counts_where_it_was_written_before_the_last_day(told: Services) -> None:
    warned = block(told, "warnings", "warned")
    assert [(each.label, each.numerator, each.denominator) for each in warned.rows] == [
        ("Warning logged before", 1, 3), ("Signs said at the ending only", 0, 3), ("No sign, it was said", 1, 3),
        ("Nobody said", 1, 3),
    ]  # fmt: skip
    assert [each.value for each in block(told, "warnings", "lead").rows] == [10, 10, 10]  # the first sign, 1 to 11 Sep
    assert row(block(told, "warnings", "bands"), "1 to 4 weeks").value == 1
    assert figure(block(told, "warnings", "came"), "Disrupted") == (2, 2)
    assert [each.child for each in told.insight.behind("warnings", (Cut("warned", "logged"),), FIRST, LAST)] == ["AA"]


def test_lessons_are_counted_and_found_by_their_words(told: Services) -> None:
    assert figure(block(told, "lessons", "written"), "Disrupted endings") == (1, 3)
    assert row(block(told, "lessons", "need"), "violence").value == 1
    assert [each.child for each in told.insight.behind("lessons", (Cut("bears", "VIOLENCE"),), FIRST, LAST)] == ["AA"]
    assert [each.lesson for each in told.endings.find_lessons("fridays carer")] == ["Ring the carer on Fridays"]
    assert told.endings.find_lessons("fridays alpha")
    assert told.endings.find_lessons("100%") == []


# the large team, counted a second time in another way


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The made-up team of two years."""
    path = build(tmp_path_factory.mktemp("demo"), now=datetime(2026, 10, 14, 15, tzinfo=UTC))
    services = open_services(path, "PL", clock=lambda: datetime(2026, 10, 14, 15, tzinfo=UTC))
    yield services
    services.close()


def test_pandas_counts_the_same(demo: Services) -> None:
    pandas = pytest.importorskip("pandas")
    with demo.desk.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT p.started_at, p.ended_on, p.place, p.type_wanted, p.type_obtained, e.reason FROM placement p "
            "LEFT JOIN ending e ON e.placement_id = p.id AND e.struck_at IS NULL WHERE p.struck_at IS NULL"
        ).fetchall()  # fmt: skip
    table = pandas.DataFrame(rows, columns=["start", "end", "place", "wanted", "got", "reason"])
    london = (
        pandas.to_datetime(table["start"]).dt.tz_localize("UTC").dt.tz_convert("Europe/London").dt.tz_localize(None)
    )
    table["start"], table["end"] = london.dt.normalize(), pandas.to_datetime(table["end"])
    first, last = pandas.Timestamp(2025, 10, 15), pandas.Timestamp(2026, 10, 14)
    table = table[~table["place"].isin(["T0", "T1", "T2", "T3", "T4"])]
    ended = table[table["end"].between(first, last) & table["reason"].notna() & (table["reason"] != "PLACE")]
    broken = ended["reason"].isin(["CREQB", "CREQO", "CHILD", "LAREQ"])
    days = (last.date(), first.date())
    assert figure(block(demo, "endings", "disruption", "", days[1], days[0]), "Disrupted") == (broken.sum(), len(ended))
    until = table["end"].fillna(last + pandas.Timedelta(days=1)).clip(upper=last + pandas.Timedelta(days=1))
    nights = (until - table["start"].clip(lower=first)).dt.days.clip(lower=0)
    assert row(block(demo, "endings", "rate", "", days[1], days[0]), "All placements").denominator == nights.sum()
    by_type = block(demo, "endings", "disruption", "type", days[1], days[0])
    expected = broken.groupby(ended["got"]).agg(["sum", "count"])
    for each in by_type.rows:
        key = next(cut.value for cut in each.cuts if cut.dimension == "type")
        assert (each.numerator, each.denominator) == tuple(expected.loc[key])


def test_every_row_of_every_view_leads_to_as_many_records_as_it_counts(demo: Services) -> None:
    views = {view.name: view for view in demo.insight.views()}
    for name in ("endings", "factors", "lessons", "warnings", "trackers"):
        for by in ("", *views[name].by):
            for each in (row for made in demo.insight.report(name, by=by).blocks for row in made.rows):
                if not each.cuts or "rate" in name or each.n > 400 or (name, by) == ("endings", "need"):
                    continue
                count = each.numerator if each.numerator is not None else each.n
                if count is not None and each.low is None and each.value != count:
                    continue  # a median rests on its records, it does not count them
                assert len(demo.insight.behind(name, each.cuts)) == count, (name, by, each)


def test_the_longest_year_of_the_made_up_team_survives_as_scipy_says(demo: Services) -> None:
    stats = pytest.importorskip("scipy.stats")
    with demo.desk.read() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT date(p.started_at), p.ended_on, e.reason FROM placement p LEFT JOIN ending e ON e.placement_id = p.id "
            "WHERE p.started_at >= '2025-10-15' AND p.started_at < '2026-10-14' AND coalesce(p.place, '') NOT LIKE 'T_'"
        ).fetchall()  # fmt: skip
    last, ended, lost = date(2026, 10, 13), [], []
    for start, end, reason in rows:
        days = (
            (date.fromisoformat(end) if end and date.fromisoformat(end) <= last else last) - date.fromisoformat(start)
        ).days
        broken = end is not None and date.fromisoformat(end) <= last and reason in ("CREQB", "CREQO", "CHILD", "LAREQ")
        (ended if broken else lost).append(days)
    theirs = stats.ecdf(stats.CensoredData(uncensored=ended, right=lost)).sf
    marks = block(demo, "survival", "disrupted-days", "", date(2025, 10, 15), last)
    for day in (28, 91, 182):
        assert row(marks, "All placements", str(day)).value == pytest.approx(float(theirs.evaluate(day)), abs=0.02)
