"""Why providers refuse and how often they offer: a small store, and every figure worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.tables import ReferralChild
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.insight import Block, Cut, Report, wilson
from placement_tui.domain.offers import NewOffer
from placement_tui.errors import Invalid, NotFound
from tests import builders

# Every home stands 0.5 miles further than the one before; the provider's tier is its number by threes.
# number: 1 Brackenfield (home, 0.5 mi, tier 2), 2 Cedar (own carers, 1.1, 3), 4 Elm (agency, 2.1, 2), 5 Fern (home, 2.7, 3),
# 0 Alder (agency, 0.0, 1), 6 Gorse (own carers, 3.2, 1), 17 Rowan (home, 9.0, 3), 20 Umber (agency, 10.6, 3).
A, B = "boy of 14, violence", "girl of 4 and boy of 9, fire-setting"


@pytest.fixture
def told(timed: Services, clock: builders.Clock) -> dict[str, UUID]:
    """Ten approaches for two referrals: four refusals, three offers of which one was taken back, one silence."""
    a = builders.referral(timed, builders.child("KJ", "W-1", age=14, sex="M", needs=("VIOLENCE",)))
    b = builders.referral(
        timed,
        builders.child("AB", "W-2", age=4, sex="F", needs=("FIRE",)),
        builders.child("CD", "W-3", age=9, needs=()),
    )
    keys = {}

    def ask(name: str, key: UUID, minutes: float = 0, again: bool = False) -> UUID:
        home = timed.homes.resolve(f"{name} House" if name not in ("Alder", "Elm", "Umber") else f"{name} Fostering").id
        approach = timed.approaches.ask(key, [home]).approaches[0]
        keys[f"{name} {'again' if again else 'first'} {'A' if key == a else 'B'}"] = approach
        clock.forward(minutes=minutes)
        return approach

    no = timed.approaches.refuse
    no(ask("Brackenfield", a, 30), Refusal(("M1", "N1"), stage="desk", would_change=("phased",)))
    no(ask("Fern", a, 90), Refusal(("N1",), stage="carer_asked"))
    timed.approaches.no_reply(ask("Alder", a, 600))
    timed.offers.log(ask("Cedar", a, 150), NewOffer(80_000))
    ask("Gorse", a)
    rowan = ask("Rowan", a, 60)
    no(rowan, Refusal(("V1",)))
    again = timed.differences.ask_again(rowan, "a bed came free").ids[0]
    keys["Rowan again A"] = again
    clock.forward(minutes=10)
    timed.offers.log(again, NewOffer(90_000))
    no(ask("Brackenfield", b, 45), Refusal(("V1",)))
    timed.offers.log(umber := ask("Umber", b, 240), NewOffer(70_000))
    timed.approaches.withdraw(umber, "OW")
    timed.approaches.withdraw(ask("Elm", b), "CW")
    return keys


def block(report: Report, name: str) -> Block:
    """A block of a report."""
    return next(each for each in report.blocks if each.name == name)


def shares(report: Report, name: str) -> dict[str, tuple[int, int]]:
    """A block's rows as numerator and denominator, by label; of a heat map by both."""
    return {
        f"{row.label} / {row.across}" if row.across else row.label: (int(row.numerator or 0), int(row.denominator or 0))
        for row in block(report, name).rows
    }


def test_no_reply_and_what_was_withdrawn_are_no_refusals(timed: Services, told: dict[str, UUID]) -> None:
    report = timed.insight.report("refusals")
    assert shares(report, "outcomes") == {
        "offered": (2, 10), "offered, and the provider took it back": (1, 10), "refused": (4, 10), "never replied": (1, 10),
        "we withdrew: placed elsewhere or cancelled": (1, 10), "still waited for": (1, 10),
    }  # fmt: skip
    assert shares(report, "family") == {"Vacancy": (2, 4), "Matching": (1, 4), "Needs": (1, 4)}
    assert shares(report, "reason") == {
        "V1 No vacancy": (2, 4), "M1 Impact on children already there": (1, 4), "N1 Violence or aggression": (1, 4),
    }  # fmt: skip
    assert shares(report, "changeable") == {"Partly": (2, 4), "No": (2, 4)}
    assert [row.numerator for row in block(report, "severity").rows] == [3, 1]
    assert shares(report, "filled") == {"named what would change it": (1, 4)}
    assert shares(report, "change") == {"Phased introductions": (1, 1)}
    assert [(row.label, row.numerator) for row in block(report, "stage").rows] == [
        ("At the desk, from the referral", 3), ("After the carer or home was asked", 1),
    ]  # fmt: skip
    assert shares(report, "again") == {"first asked": (4, 6), "asked again": (0, 1)}


def test_a_share_that_would_be_compared_has_its_interval_and_its_n(timed: Services, told: dict[str, UUID]) -> None:
    [first, _] = block(timed.insight.report("refusals"), "again").rows
    assert (first.n, first.value) == (6, pytest.approx(4 / 6))
    assert (first.low, first.high) == pytest.approx((0.30000, 0.90323), abs=1e-4)  # Wilson's, worked out apart
    assert wilson(4, 6) == (first.low, first.high)


REFUSED = {
    "need": {"Violence or aggression to people": (3, 5), "Fire-setting": (1, 2)},
    "age": {"1 to 4": (1, 2), "5 to 9": (1, 2), "10 to 15": (3, 5)},
    "sex": {"Boys": (4, 7), "Girls": (1, 2)},
    "type": {"Children's home": (4, 5), "Our own foster carers": (0, 1), "Independent fostering agency": (0, 1)},
    "tier": {"Tier 2": (2, 2), "Tier 3": (2, 5)},
    "distance": {"5 miles or less": (3, 4), "over 5, up to 10": (1, 2), "over 10, up to 20": (0, 1)},
    "score": {"no profile sent": (4, 7)},
    "month": {"Oct 2026": (4, 7)},
    "asked": {"First asked": (4, 6), "Asked again after an answer": (0, 1)},
    "provider": {"Brackenfield Care": (2, 2), "Rowan Care": (1, 2), "Fern Care": (1, 1), "Cedar Care": (0, 1), "Umber Fostering": (0, 1)},
}  # fmt: skip


def test_refusals_of_answers_by_what_is_known_of_child_and_home(timed: Services, told: dict[str, UUID]) -> None:
    assert {by: shares(timed.insight.report("refusals", by=by), "refused") for by in REFUSED} == REFUSED


def test_what_differs_by_group_is_told_with_the_groups_own_n(timed: Services, told: dict[str, UUID]) -> None:
    report = timed.insight.report("refusals", by="need")
    violence, fire = "Violence or aggression to people", "Fire-setting"
    assert shares(report, "family") == {
        f"{violence} / vacancy": (1, 3), f"{violence} / matching": (1, 3), f"{violence} / needs": (1, 3),
        f"{fire} / vacancy": (1, 1), f"{fire} / matching": (0, 1), f"{fire} / needs": (0, 1),
    }  # fmt: skip
    assert shares(report, "changeable") == {
        f"{violence} / Partly": (2, 3), f"{violence} / No": (1, 3), f"{fire} / Partly": (0, 1), f"{fire} / No": (1, 1),
    }  # fmt: skip
    assert shares(report, "filled") == {violence: (1, 3), fire: (0, 1)}
    assert shares(report, "change") == {
        f"{violence} / phased": (1, 3),
        f"{fire} / phased": (0, 1),
    }
    assert {row.label: row.value for row in block(report, "refusals").rows} == {violence: 3, fire: 1}


OFFERS = {
    "type": {"Children's home": (1, 5), "Our own foster carers": (1, 1), "Independent fostering agency": (1, 2)},
    "age": {"1 to 4": (1, 2), "5 to 9": (1, 2), "10 to 15": (2, 6)},
    "distance": {"5 miles or less": (1, 5), "over 5, up to 10": (1, 2), "over 10, up to 20": (1, 1)},
}


def test_offers_of_approaches_that_ended_by_themselves(timed: Services, told: dict[str, UUID]) -> None:
    assert {by: shares(timed.insight.report("offers", by=by), "offers") for by in OFFERS} == OFFERS


def test_offers_silence_and_the_time_that_an_answer_takes(timed: Services, told: dict[str, UUID]) -> None:
    report = timed.insight.report("offers")
    assert shares(report, "offers") == {
        "offers per approach": (3, 8),
        "offers per answer": (3, 7),
        "never replied": (1, 8),
    }
    hours = {row.label: (row.value, row.n, row.note) for row in block(report, "hours").rows}
    # refusals took 30, 90, 60 and 45 minutes; offers 150 and 10; the one that was taken back is timed at 240
    assert hours["refusals"] == (52.5 / 60, 4, "9 in 10 within 90 min")
    assert hours["offers and refusals"] == (60 / 60, 7, "9 in 10 within 4 h")
    assert hours["offers"] == (150 / 60, 3, "9 in 10 within 4 h")


def test_any_figure_leads_to_the_approaches_behind_it(timed: Services, told: dict[str, UUID]) -> None:
    insight = timed.insight
    for view in ("refusals", "offers"):
        for by in ("", *next(each for each in insight.views() if each.name == view).by):
            for each in insight.report(view, by=by).blocks:
                for row in each.rows:
                    count = len(insight.behind(view, row.cuts))
                    expected = (
                        row.denominator
                        if {"answered", "concluded"} & {cut.value for cut in row.cuts}
                        else row.numerator
                    )
                    assert count == (row.n if expected is None else expected), (view, by, each.name, row)
    [one] = insight.behind("refusals", [Cut("outcome", "refusal"), Cut("change", "phased")])
    assert (one.noun, one.key.split()[1]) == ("approach", str(told["Brackenfield first A"]))
    assert (one.child, one.what) == ("KJ 14 M", "Brackenfield House: no, matching (phased)")
    first, *_ = insight.behind("refusals", [], limit=1)
    assert first.what == "Elm Fostering: withdrawn: referral cancelled", "the latest stands first"


def test_a_day_is_a_day_in_england(timed: Services, clock: builders.Clock) -> None:
    clock.now = datetime(2026, 10, 18, 23, 30, tzinfo=UTC)  # half past midnight in London, where it is summer time
    key = builders.referral(timed)
    timed.approaches.ask(key, timed.homes.nearest(key, 2))
    nineteenth, day_before = date(2026, 10, 19), date(2026, 10, 18)
    assert block(timed.insight.report("refusals", nineteenth, nineteenth), "outcomes").rows[0].n == 2
    assert block(timed.insight.report("refusals", day_before, day_before), "outcomes").rows[0].n == 0


def test_what_was_undone_counts_nowhere_and_what_is_done_again_does(timed: Services, told: dict[str, UUID]) -> None:
    def asked() -> int:
        return block(timed.insight.report("refusals"), "outcomes").rows[0].n

    assert asked() == 10
    timed.history.undo()  # the withdrawal
    timed.history.undo()  # the asking itself
    assert asked() == 9
    timed.history.redo()
    assert asked() == 10


def test_a_child_who_is_taken_out_of_a_group_is_counted_no_more(timed: Services, told: dict[str, UUID]) -> None:
    from sqlalchemy import select

    assert "5 to 9" in shares(timed.insight.report("refusals", by="age"), "refused")
    with timed.desk.write("take out") as session:
        rows = session.execute(select(ReferralChild)).scalars().all()
        next(row for row in rows if row.position == 1).struck_at = timed.desk.now
    assert "5 to 9" not in shares(timed.insight.report("refusals", by="age"), "refused")


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        (Cut("moon", "full"), "no dimension"),
        (Cut("reason", "M99"), "no value"),
        (Cut("outcome", "maybe"), "no outcome"),
    ],
)
def test_a_cut_that_cannot_be_made_is_refused_in_a_sentence(timed: Services, cut: Cut, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        timed.insight.behind("refusals", [cut])


def test_a_view_or_a_way_that_there_is_not_says_which_there_are(timed: Services) -> None:
    with pytest.raises(NotFound, match="refusals, offers"):
        timed.insight.report("moons")
    with pytest.raises(Invalid, match="reason, family"):
        timed.insight.report("refusals", by="moon")


def test_an_empty_time_has_blocks_and_says_so(timed: Services) -> None:
    for view in ("refusals", "offers"):
        for by in ("", *next(each for each in timed.insight.views() if each.name == view).by):
            report = timed.insight.report(view, date(2020, 1, 1), date(2020, 1, 2), by)
            assert report.blocks
            assert all(not row.n or row.value is None for each in report.blocks for row in each.rows)
