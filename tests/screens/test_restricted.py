"""A restricted address on the screens: the officer's own show it, a viewer's never; a list is brought in with its faults."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from placement_tui.app import SCREENS
from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Placement
from placement_tui.widgets.place import Open
from tests import builders
from tests.exchange import written_lists as lists
from tests.officer import at_desk

STREET, TOWN, POSTCODE = "7 Zyxmarker Street", "Zyxtown", "CH62 7DY"
MARKERS = ("zyxmarker", "zyxtown", "ch62 7dy")
# Every place that tells of homes, and what it is opened for.
PLACES = {
    "homes": "referral", "calls": "referral", "offers": "referral", "referral": "referral", "provider": "provider",
    "vacancies": None, "beds": None, "placements": None, "registers": None, "due": None, "handover": None,
    "sign_offs": None, "difference": None, "delay": None, "insight": None, "audit": None, "care": "child", "story": "child",
}  # fmt: skip


def planted(services: Services, folder: Path) -> dict[str, UUID]:
    """A home of a restricted address where a child lives, and which is asked for another."""
    bad = lists.home(urn="SC900777", street=STREET, town=TOWN, postcode=POSTCODE, name="Willow Rise")
    services.imports.ofsted(lists.combined(folder, bad))
    home = services.homes.resolve("SC900777")
    placement = builders.placed(services)
    with services.desk.write("place") as session:
        rows.change(session, Placement, placement, {"home_id": home.id, "postcode": POSTCODE})
    referral = builders.referral(services, builders.child("AB", "W-20"))
    services.approaches.ask(referral, [home.id])
    (row,) = services.placements.of_home(home.id)
    return {
        "home": home.id, "provider": home.provider_id, "referral": referral, "child": row.child_id, "placement": placement,
    }  # fmt: skip


async def test_the_officer_reads_it_and_that_it_is_restricted(
    services: Services, store_path: Path, tmp_path: Path
) -> None:
    ids = planted(services, tmp_path)
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.sees("26-0002")
        officer.app.screen.post_message(Open("home", ids["home"]))
        await officer.sees(STREET, TOWN, POSTCODE, "(restricted)", "No more than four children")


async def test_no_place_shows_it_to_a_viewer(services: Services, store_path: Path, tmp_path: Path) -> None:
    ids = planted(services, tmp_path)
    builders.as_role(services, "viewer")
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.sees("26-0002")
        officer.app.screen.post_message(Open("home", ids["home"]))
        await officer.sees("Willow Rise", "address restricted", "shown to the mile")
        for place, about in PLACES.items():
            if place in SCREENS:
                officer.app.screen.post_message(Open(place, ids[about] if about else None))
                await officer.settled(0.1)
                shown = officer.text().casefold()
                assert not [marker for marker in MARKERS if marker in shown], (place, about)
        officer.app.screen.post_message(Open("homes", ids["referral"]))
        await officer.settled()
        for text in ("willow", "Zyxtown"):
            await officer.type(text)
            await officer.settled()
            shown = officer.text().casefold()
            assert "zyxmarker" not in shown
            assert "ch62" not in shown
            await officer.press("ctrl+u")


async def test_a_list_with_faults_is_kept_in_part_only_where_the_officer_says_so(
    services: Services, store_path: Path, tmp_path: Path
) -> None:
    path = lists.combined(tmp_path, lists.home(), lists.home(urn="SC900102", places="Lots"), name="l2025-10-31.xlsx")
    async with at_desk(store_path, size=(120, 40)) as officer:
        await officer.press("i")
        await officer.sees("What it is")
        await officer.press("1", "enter")
        await officer.type(str(path))
        await officer.press("ctrl+s")
        await officer.sees("Keep what is right?", "this is not a whole number")
        await officer.press("k")
        await officer.sees("1 added", "marked restricted")
    assert services.homes.resolve("SC900101").restricted
