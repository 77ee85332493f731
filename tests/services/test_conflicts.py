"""Two officers on one record: different fields merge, the same field keeps both values until somebody settles it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.changes import settings as changes
from placement_tui.domain.identifiers import new_id
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.referrals import NewChild, ReferralRow
from placement_tui.errors import Conflict
from placement_tui.services.desk import Desk
from tests import builders


@pytest.fixture
def other(services: Services) -> Iterator[Services]:
    """A colleague, Priya Lal, at the same store in a program of her own."""
    opened = open_services(services.desk.store.path, None, builders.PASSPHRASE)
    priya = new_id()
    with opened.desk.store.write(None, "add officer") as session:
        changes.add_officer(session, priya, "Priya Lal", "officer")
    desk = Desk(opened.desk.store, priya)
    opened.desk.officer = desk.officer
    yield opened
    opened.close()


@pytest.fixture
def referral(services: Services) -> UUID:
    """KJ's."""
    return builders.referral(services)


def typed(row: ReferralRow, **fields: object) -> NewChild:
    """The first child of a referral as its form sends it: whole, with some fields typed."""
    child = row.children[0]
    whole = NewChild(
        child.initials,
        child.identifier,
        child.name,
        child.born_on,
        child.age,
        child.sex,
        child.home_postcode,
        child.needs,
    )
    return replace(whole, **fields)  # type: ignore[arg-type]  # names of its fields


def test_different_fields_merge_and_nobody_is_asked(services: Services, other: Services, referral: UUID) -> None:
    seen = services.conflicts.seen()
    other.referrals.amend(referral, {"tonight": "With an aunt"}, seen=other.conflicts.seen())
    saved = services.referrals.amend(referral, {"why_now": "Carer in hospital"}, seen=seen)
    row = services.referrals.get(referral)
    assert (row.tonight, row.why_now) == ("With an aunt", "Carer in hospital")
    assert saved.clashes == ()
    assert services.conflicts.count() == 0


def test_the_same_field_keeps_both_values_and_says_whose(services: Services, other: Services, referral: UUID) -> None:
    seen = services.conflicts.seen()
    other.referrals.amend(referral, {"wanted": ("foster",)}, seen=other.conflicts.seen())
    saved = services.referrals.amend(referral, {"wanted": ("residential",)}, seen=seen)
    assert saved.clashes == (referral,)
    assert services.referrals.get(referral).wanted == ("residential",)  # the later one shows
    (found,) = other.conflicts.unsettled()
    assert other.conflicts.count() == 1
    assert [(side.officer, side.words) for side in found.sides] == [("PL", "foster"), ("KM", "res")]
    said = found.said(services.desk.officer.id)
    assert "wanted changed by PL at" in said
    assert "‘foster’ — yours: ‘res’" in said


@pytest.mark.parametrize(("which", "stands"), [(0, "With an aunt"), (1, "In a taxi")], ids=["theirs", "mine"])
def test_one_key_settles_it_for_everybody(
    services: Services, other: Services, referral: UUID, which: int, stands: str
) -> None:
    seen = services.conflicts.seen()
    other.referrals.amend(referral, {"tonight": "With an aunt"})
    services.referrals.amend(referral, {"tonight": "In a taxi"}, seen=seen)
    (row,) = services.conflicts.unsettled()
    services.conflicts.settle(row, row.sides[which].op)
    assert other.referrals.get(referral).tonight == stands
    assert other.conflicts.unsettled() == []
    assert other.conflicts.count() == 0
    with pytest.raises(Conflict, match="settled or changed meanwhile"):
        other.conflicts.settle(row, row.sides[0].op)
    said = {op.fields["tonight"] for op in services.history.of(referral) if op.fields and "tonight" in op.fields}
    assert {"With an aunt", "In a taxi"} <= said  # both stay in the journal
    assert services.history.verify().faults == ()


def test_undoing_what_one_saved_brings_the_colleagues_value_back(
    services: Services, other: Services, referral: UUID
) -> None:
    seen = services.conflicts.seen()
    other.referrals.amend(referral, {"tonight": "With an aunt"})
    services.referrals.amend(referral, {"tonight": "In a taxi"}, seen=seen)
    services.history.undo()
    assert services.referrals.get(referral).tonight == "With an aunt"
    assert services.conflicts.count() == 0


def test_undoing_a_settlement_lets_the_other_value_stand(services: Services, other: Services, referral: UUID) -> None:
    seen = services.conflicts.seen()
    other.referrals.amend(referral, {"tonight": "With an aunt"})
    services.referrals.amend(referral, {"tonight": "In a taxi"}, seen=seen)
    (row,) = services.conflicts.unsettled()
    services.conflicts.settle(row, row.sides[1].op)
    services.history.undo()
    assert services.referrals.get(referral).tonight == "With an aunt"


def test_the_same_value_twice_is_no_conflict_and_neither_is_one_put_back(
    services: Services, other: Services, referral: UUID
) -> None:
    before = services.referrals.get(referral).tonight
    seen = services.conflicts.seen()
    other.referrals.amend(referral, {"tonight": "With an aunt"})
    assert services.referrals.amend(referral, {"tonight": "With an aunt"}, seen=seen).clashes == ()
    seen = services.conflicts.seen()
    other.referrals.amend(referral, {"tonight": before})
    other.referrals.amend(referral, {"tonight": "With an aunt"})
    assert services.referrals.amend(referral, {"tonight": "In a taxi"}, seen=seen).clashes == ()
    assert services.conflicts.count() == 0


def test_three_officers_three_values(services: Services, other: Services, referral: UUID) -> None:
    seen = services.conflicts.seen()
    for words in ("With an aunt", "At the office", "In a taxi"):
        services.referrals.amend(referral, {"tonight": words}, seen=seen)
    (row,) = other.conflicts.unsettled()
    assert [side.words for side in row.sides] == ["With an aunt", "At the office", "In a taxi"]
    other.conflicts.settle(row, row.sides[1].op)
    assert services.referrals.get(referral).tonight == "At the office"
    assert services.conflicts.count() == 0


def test_an_offer_whose_form_was_open_undoes_nothing_of_a_colleagues(
    services: Services, other: Services, referral: UUID
) -> None:
    """The form sends every term, also those that its officer never touched."""
    offer = builders.offered(services, referral, NewOffer(81_200, conditions="two visits", note="rang at noon"))[0]
    seen = services.conflicts.seen()
    other.offers.amend(offer, NewOffer(85_000, conditions="two visits", note="rang at noon"))
    saved = services.offers.amend(offer, NewOffer(81_200, conditions="two visits", note="ask for Jo"), seen=seen)
    row = services.offers.get(offer)
    assert (row.care_pence, row.note) == (85_000, "ask for Jo")
    assert saved.clashes == ()
    saved = services.offers.amend(offer, NewOffer(90_000, conditions="two visits", note="ask for Jo"), seen=seen)
    assert saved.clashes == (offer,)
    (found,) = services.conflicts.unsettled(saved.clashes)
    assert found.field == "fee for care"
    assert [side.words for side in found.sides] == ["£850", "£900"]
    assert found.about.startswith("26-0001 offer of")


def test_a_postcode_and_what_follows_from_it_are_settled_together(
    services: Services, other: Services, referral: UUID
) -> None:
    row, seen = services.referrals.get(referral), services.conflicts.seen()
    child = row.children[0].id
    other.referrals.amend(referral, {}, {child: typed(row, home_postcode="CH62 1AB")})
    services.referrals.amend(referral, {}, {child: typed(row, home_postcode="CH44 5UF")}, seen=seen)
    (found,) = services.conflicts.unsettled()
    assert (found.field, found.about) == ("home postcode", "KJ 14 M")
    assert [side.words for side in found.sides] == ["CH62 1AB", "CH44 5UF"]
    services.conflicts.settle(found, found.sides[0].op)
    now = services.referrals.get(referral).children[0]
    assert now.home_postcode == "CH62 1AB"
    assert now.position.easting == services.desk.position_of("CH62 1AB").easting
    assert services.conflicts.count() == 0


def test_needs_of_two_officers_merge(services: Services, other: Services, referral: UUID) -> None:
    row, seen = services.referrals.get(referral), services.conflicts.seen()
    child = row.children[0].id
    assert row.children[0].needs == ("VIOLENCE",)
    other.referrals.amend(referral, {}, {child: typed(row, needs=("VIOLENCE", "15A"))})
    services.referrals.amend(referral, {}, {child: typed(row, needs=("10A",))}, seen=seen)
    assert set(services.referrals.get(referral).children[0].needs) == {"15A", "10A"}


def test_a_struck_record_waits_for_nobody(services: Services, other: Services, store_path: Path) -> None:
    referral = builders.referral(services)
    seen = services.conflicts.seen()
    services.referrals.amend(referral, {"tonight": "With an aunt"})
    services.referrals.amend(referral, {"tonight": "In a taxi"}, seen=seen)
    assert len(services.conflicts.unsettled()) == 1
    for _ in range(3):
        services.history.undo()
    assert services.conflicts.unsettled() == []
    assert services.conflicts.count() == 0
