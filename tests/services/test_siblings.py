"""Brothers and sisters: linked, looked for together, parted only with a reason; a journey for a group of four."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Home
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.referrals import NewReferral
from placement_tui.domain.siblings import Parting
from placement_tui.errors import Conflict, Invalid, NotFound, Refused
from tests import builders

YOUNGER = (builders.child("AB", "W-1", age=4, sex="F"), builders.child("CD", "W-2", age=6, sex="M"))
ELDER = (builders.child("EF", "W-3", age=9, sex="F"), builders.child("GH", "W-4", age=12, sex="M"))


def offer_of(services: Services, referral: UUID, home: UUID) -> UUID:
    """An offer of that home."""
    wave = services.approaches.ask(referral, [home])
    return services.offers.log(wave.approaches[0], NewOffer(81_200))[0]


def houses(services: Services, kind: str = "res") -> list[UUID]:
    """The homes of a kind, those nearest to where the children lived first."""
    found = services.homes.find(kind, limit=50).matches
    return [match.candidate.id for match in sorted(found, key=lambda match: match.candidate.position.easting or 0)]


def changed_homes(services: Services, homes: list[UUID], **columns: Any) -> None:
    with services.desk.write("change homes") as session:
        for home in homes:
            rows.change(session, Home, home, columns)


# groups


def test_linked_referrals_are_one_group_until_they_are_unlinked(services: Services) -> None:
    first, second, third = (builders.referral(services, *children) for children in (YOUNGER, ELDER, (builders.child("IJ", "W-5", age=1),)))  # fmt: skip
    assert services.siblings.group_of(first) is None
    saved = services.siblings.link(first, second)
    assert saved.words == "Linked: 26-0001, 26-0002: AB 4 F, CD 6 M, EF 9 F, GH 12 M" or saved.words.startswith(
        "Linked: "
    )
    services.siblings.link(third, second)
    group = services.siblings.group_of(third)
    assert group is not None
    assert (len(group.referrals), [child.initials for child in group.children]) == (3, ["AB", "CD", "EF", "GH", "IJ"])
    assert group.asked_together == 5
    services.siblings.unlink(third)
    assert services.siblings.group_of(third) is None
    services.history.undo()
    assert services.siblings.group_of(third) == group
    services.siblings.unlink(third)
    services.siblings.unlink(first)
    assert services.siblings.groups() == []  # a group of one is none
    with pytest.raises(Refused, match="linked to no other"):
        services.siblings.unlink(second)


def test_a_sibling_in_two_groups_and_a_child_twice_are_refused(services: Services) -> None:
    pairs = [builders.referral(services, builders.child(f"A{n}", f"W-{n}", age=5)) for n in range(5)]
    services.siblings.link(pairs[0], pairs[1])
    services.siblings.link(pairs[2], pairs[3])
    with pytest.raises(Refused, match="is of another group") as refused:
        services.siblings.link(pairs[0], pairs[2])
    assert "unlink it there first" in str(refused.value).lower()
    with pytest.raises(Refused, match="are linked already"):
        services.siblings.link(pairs[1], pairs[0])
    with pytest.raises(Refused, match="is one referral already"):
        services.siblings.link(pairs[0], pairs[0])
    twin = builders.referral(services, builders.child("A1", "W-1", age=5))
    with pytest.raises(Refused, match="A1 5 M is in both"):
        services.siblings.link(pairs[1], twin)
    with pytest.raises(Refused, match="A1 5 M is in both"):
        services.siblings.link(pairs[0], twin)  # the other referral of the group has the child
    services.referrals.close(pairs[4], "stays with his aunt")
    with pytest.raises(Refused, match="is closed"):
        services.siblings.link(pairs[0], pairs[4])


def test_a_home_for_a_linked_referral_has_room_for_all_of_the_group(services: Services) -> None:
    first, second = builders.referral(services, *YOUNGER), builders.referral(services, *ELDER, wanted=("residential",))
    assert services.homes.wanted(first).children == 2
    services.siblings.link(first, second)
    wanted = services.homes.wanted(first)
    assert (wanted.children, wanted.ages) == (4, (4, 6, 9, 12))
    services.siblings.part(first, Parting("risk", "by the assessment of 2 October"))
    assert services.homes.wanted(first).children == 2
    services.siblings.part(first, None)
    assert services.homes.wanted(first).children == 4


# a group of four: asked for together, the least bad split, and why they were parted


def test_a_group_of_four_from_referral_to_two_homes_side_by_side(timed: Services, clock: builders.Clock) -> None:
    four = builders.referral(timed, *YOUNGER, *ELDER, wanted=("residential",))
    homes = houses(timed)
    whole = timed.siblings.splits(four)
    assert [child.initials for child in whole.children] == ["AB", "CD", "EF", "GH"]  # the youngest first
    assert (whole.homes, whole.together) == (6, 4)  # two of the six said yesterday that they have one bed
    assert whole.found[0].shape_words == "all together"
    assert whole.found[0].groups[0][0].id == homes[0]

    changed_homes(timed, homes, places=2)
    split = timed.siblings.splits(four)
    assert split.together == 0
    best = split.found[0]
    assert best.shape == (2, 2)
    assert [[split.children[child].initials for child in group] for _, group in best.groups] == [
        ["AB", "CD"],
        ["EF", "GH"],
    ]
    assert {room.id for room, _ in best.groups} == {homes[0], homes[1]}  # next to one another, and the nearest
    ((_, _, apart),) = best.between
    assert apart == pytest.approx(2.1, abs=0.1)  # four homes of 800 m east and 300 m north lie between them
    assert best.furthest == apart
    assert [part.label for part in best.parts] == ["2 homes", "furthest apart", "from home"]

    row = timed.referrals.get(four)
    pair = tuple(child.id for child in row.children[:2])
    (first_home, _), (second_home, _) = best.groups
    first = offer_of(timed, four, first_home.id)
    with pytest.raises(Invalid, match="EF 9 F, GH 12 M would live elsewhere") as refused:
        timed.placements.start(first, NewPlacement(clock.now, children=pair))
    assert refused.value.field == "parted"
    with pytest.raises(Invalid, match="needs its words"):
        timed.placements.start(first, NewPlacement(clock.now, children=pair, parting=Parting("other")))
    timed.placements.start(
        first, NewPlacement(clock.now, children=pair, parting=Parting("no_home", "none of nine had four beds"))
    )
    group = timed.siblings.group_of(four)
    assert group is not None
    assert (group.asked_together, group.parted_reason, group.parted_why) == (4, "no_home", "none of nine had four beds")
    assert group.parted_at is not None
    assert timed.referrals.get(four).state == "open"  # two are still to be placed

    second = offer_of(timed, four, second_home.id)
    elder = tuple(child.id for child in row.children[2:])
    timed.placements.start(second, NewPlacement(clock.now, children=elder))  # why they are parted is known
    assert timed.referrals.get(four).state == "placed"
    lived = {place.identifier: place.home_id for place in timed.placements.open()}
    assert lived == {"W-1": first_home.id, "W-2": first_home.id, "W-3": second_home.id, "W-4": second_home.id}


def test_siblings_by_their_own_referrals_may_go_to_one_home_without_being_parted(
    timed: Services, clock: builders.Clock
) -> None:
    first, second = (builders.referral(timed, *children, wanted=("residential",)) for children in (YOUNGER, ELDER))
    timed.siblings.link(first, second)
    home = houses(timed)[0]
    one = offer_of(timed, first, home)
    with pytest.raises(Invalid, match="would live elsewhere"):
        timed.placements.start(one, NewPlacement(clock.now))
    two = offer_of(timed, second, home)
    timed.placements.start(one, NewPlacement(clock.now))  # the others are offered a place there too
    timed.placements.start(two, NewPlacement(clock.now))
    group = timed.siblings.group_of(first)
    assert group is not None
    assert group.parted_reason is None


def test_children_who_need_not_be_together_are_not_asked_about(timed: Services, clock: builders.Clock) -> None:
    pair = builders.referral(timed, *YOUNGER, wanted=("residential",), together=False)
    offer = offer_of(timed, pair, houses(timed)[0])
    timed.placements.start(offer, NewPlacement(clock.now, children=(timed.referrals.get(pair).children[0].id,)))
    assert timed.siblings.group_of(pair) is None


def test_a_home_where_a_sibling_lives_has_room_for_the_others_over_the_usual_limit(
    timed: Services, clock: builders.Clock
) -> None:
    carers = houses(timed, "inhouse")
    first = builders.referral(timed, YOUNGER[0], wanted=("foster",))
    timed.placements.start(offer_of(timed, first, carers[0]), NewPlacement(clock.now))
    three = builders.referral(timed, YOUNGER[1], *ELDER, wanted=("foster",))
    assert timed.siblings.splits(three, "inhouse").found[0].shape == (3,)
    stranger_there = {
        room.id: room.room for split in timed.siblings.splits(three, "inhouse").found for room, _ in split.groups
    }
    assert stranger_there.get(carers[0], 0) < 3  # nobody knows yet that AB is their sister
    builders.referral(timed, YOUNGER[0], YOUNGER[1])  # named together once
    split = timed.siblings.splits(three, "inhouse")
    here = next(room for each in split.found for room, _ in each.groups if room.id == carers[0])
    assert (here.room, here.siblings) == (3, 1)


def test_one_child_is_no_group_and_nine_are_too_many(services: Services) -> None:
    with pytest.raises(Refused, match="is for 1 child"):
        services.siblings.splits(builders.referral(services))
    with pytest.raises(Refused, match="is for one child"):
        services.siblings.part(builders.referral(services), Parting("risk"))
    many = builders.referral(services, *(builders.child(f"C{n}", f"W-{n}", age=5) for n in range(9)))
    with pytest.raises(Refused, match="is for 9 children"):
        services.siblings.splits(many)
    with pytest.raises(NotFound):
        services.siblings.splits(UUID(int=1))


# children of a referral


def test_a_sibling_is_taken_out_of_a_referral_and_put_back_by_undo(services: Services) -> None:
    pair = builders.referral(services, *YOUNGER)
    gone, stays = services.referrals.get(pair).children
    saved = services.referrals.remove_child(pair, gone.id)
    assert saved.words.endswith("AB 4 F taken out")
    assert [child.initials for child in services.referrals.get(pair).children] == ["CD"]
    with pytest.raises(Refused, match="is the only child"):
        services.referrals.remove_child(pair, stays.id)
    with pytest.raises(NotFound):
        services.referrals.remove_child(pair, gone.id)
    services.history.undo()
    back = services.referrals.get(pair)
    assert [child.initials for child in back.children] == ["AB", "CD"]
    assert back.children[0].needs == YOUNGER[0].needs


def test_a_placed_child_is_not_taken_out(timed: Services, clock: builders.Clock) -> None:
    pair = builders.referral(timed, *YOUNGER, wanted=("residential",), together=False)
    child = timed.referrals.get(pair).children[0].id
    timed.placements.start(offer_of(timed, pair, houses(timed)[0]), NewPlacement(clock.now, children=(child,)))
    with pytest.raises(Refused, match="is placed by"):
        timed.referrals.remove_child(pair, child)


def test_a_second_open_referral_of_a_child_is_asked_about_first(services: Services) -> None:
    new = NewReferral((YOUNGER[0],), ("foster",))
    first, reference = services.referrals.log(new)
    with pytest.raises(Conflict, match=f"AB W-1 has an open referral already, {reference}"):
        services.referrals.log(new)
    second, _ = services.referrals.log(new, again=True)
    assert second != first
    services.referrals.close(first, "one too many")
    services.referrals.close(second, "home again")
    services.referrals.log(new)  # nothing is open: nothing to ask
