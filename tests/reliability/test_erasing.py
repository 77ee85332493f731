"""After an erasure nothing of the child is left in any file, and everything of everybody else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.tables import RECORDS
from placement_tui.domain.audit import VIEW
from placement_tui.domain.vacancies import NewVacancy
from placement_tui.errors import Refused
from tests import builders
from tests.reliability import plain_pages, planted
from tests.reliability.erasing import everything

# Tables that lead to no child: whoever makes a new one says here that it holds nothing of any, or gives it a reference.
OF_NO_CHILD = frozenset(
    {
        "provider", "home", "grade", "vacancy", "officer", "device", "setting", "erasure", "rota", "attempt", "authority",
        "district", "constituency", "hand_over", "contact", "visit", "concern", "suspension", "block_bed",
        "others_bed", "benchmark", "boundary",
    }
)  # fmt: skip


@pytest.fixture
def two(services: Services) -> tuple[planted.Planted, planted.Planted]:
    """The child who is to be erased, and another; a home's note that names the first; backups of it all."""
    gone, stays = planted.child(services, "GO", "Qgone"), planted.child(services, "ST", "Qstays")
    services.vacancies.log(gone.home, NewVacancy(1))
    with services.desk.write("amend home") as session:
        home = session.get_one(RECORDS["home"], gone.home)
        home.note = "Do not offer QgoneID a room to share"  # type: ignore[attr-defined]  # a home
    services.backups.make()
    services.backups.make(kind="before")
    services.audit.noted("referral", gone.referral, "call list")
    return gone, stays


@pytest.mark.slow
def test_no_value_of_an_erased_child_is_left_in_any_file(
    services: Services, store_path: Path, two: tuple[planted.Planted, planted.Planted]
) -> None:
    gone, stays = two
    assert set(RECORDS) - OF_NO_CHILD == gone.tables  # a new table is planted too
    before = services.desk.store.data_key
    found, searched = plain_pages.hits(everything(services, store_path.parent, [before]), gone.markers)
    assert all(found.values()), [marker for marker, count in found.items() if not count]  # what is there is found

    done = services.retention.erase({gone.child}, "asked for by the person")

    keys = [before, services.desk.store.data_key]
    found, searched = plain_pages.hits(everything(services, store_path.parent, keys), gone.markers)
    assert {marker: count for marker, count in found.items() if count} == {}
    assert searched > 5_000_000
    kept, _ = plain_pages.hits(everything(services, store_path.parent, keys[1:]), stays.markers)
    assert all(kept.values())
    assert done.records > 25
    assert done.drafts == 2
    assert done.mentions == 1
    assert len(done.removed) == 2
    assert done.backup is not None
    assert done.backup.is_file()
    assert services.history.verify().faults == ()
    rows = services.audit.find(child=gone.child, limit=10_000)
    assert VIEW + "call list" in {row.command for row in rows}  # who looked stays known
    assert {row.command for row in rows if row.kind == "change" and not row.erased} == {"erase child"}
    page = services.homes.page(gone.home)
    assert page.note == "Do not offer [erased] a room to share"
    with pytest.raises(Refused, match="cannot be brought back"):
        services.history.undo()


def test_a_request_of_access_leaves_out_nothing_that_was_planted(
    services: Services, tmp_path: Path, two: tuple[planted.Planted, planted.Planted]
) -> None:
    """What stands, what was written before, and what is half typed: an erasure would take it, so a request shows it."""
    wanted, other = two
    done = services.retention.access(wanted.child, tmp_path / "access")
    for name in ("record.html", "record.json"):
        text = (tmp_path / "access" / name).read_text(encoding="utf-8")
        assert [marker for marker in wanted.markers if marker not in text] == []
        assert [marker for marker in other.markers if marker in text] == []
    assert done.marked > 100


@pytest.mark.slow
def test_an_anonymous_child_keeps_what_statistics_need_and_nothing_else(
    services: Services, store_path: Path, two: tuple[planted.Planted, planted.Planted]
) -> None:
    gone, _ = two
    row = services.placements.of_child(gone.child)[0]
    before = services.desk.store.data_key
    services.retention.erase({gone.child}, "over its time", "anonymise")
    keys = [before, services.desk.store.data_key]
    from placement_tui.domain.retention import CODES

    codes = {f"{noun}{name}".replace("_", "") for noun, names in CODES.items() for name in names}
    personal = [m for m in gone.markers if not any(f"{planted.TEXTS - 1}{code}" in m for code in codes)]
    assert len(personal) > 100
    found, _ = plain_pages.hits(everything(services, store_path.parent, keys), personal)
    assert {marker: count for marker, count in found.items() if count} == {}
    after = services.placements.of_child(gone.child)
    assert len(after) == 1
    assert after[0].home_id == row.home_id
    assert (after[0].started_at.day, after[0].started_at.month) <= (31, row.started_at.month)
    with services.desk.read() as session:
        child = session.get_one(RECORDS["child"], gone.child)
        assert (child.identifier, child.initials, child.name, child.home_postcode) == ("", "", "", None)  # type: ignore[attr-defined]  # a child
        assert child.easting is None  # type: ignore[attr-defined]  # a child
    assert services.history.verify().faults == ()


def test_a_child_somebody_works_for_is_not_erased(services: Services) -> None:
    placement = services.placements.get(builders.placed(services))
    with pytest.raises(Refused, match=r"KJ lives at .* since .* Nothing was erased"):
        services.retention.erase({placement.child_id}, "asked for")
    referral = builders.referral(services, builders.child("AB", "W-77"))
    child = services.referrals.get(referral).children[0].id
    with pytest.raises(Refused, match="of AB is open"):
        services.retention.erase({child}, "asked for")
