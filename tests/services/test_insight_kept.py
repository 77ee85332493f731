"""Views that took long are kept: they say what counting anew says, and nothing that they read changes unseen."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from placement_tui.bootstrap import Services
from placement_tui.db.changes import facts, rows
from placement_tui.db.tables import RECORDS, Home
from placement_tui.domain.insight import Report
from placement_tui.services import insight_kept
from placement_tui.services.insight import VIEWS
from tests import builders

ASKED = [(view.name, by) for view in VIEWS if view.name in insight_kept.KEPT for by in ("", *view.by)]


@pytest.fixture(autouse=True)
def everything_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insight_kept, "SLOW", 0.0)
    monkeypatch.setattr(insight_kept.report, "__kwdefaults__", {"slow": 0.0})


@pytest.fixture
def lived(services: Services) -> Services:
    """A team in which something stands in every view."""
    builders.placed(services, builders.child("KJ", "W-1"))
    builders.referral(services, builders.child("AB", "W-2"))
    return services


def anew(services: Services, name: str, by: str) -> Report:
    """The view counted from the records."""
    services.desk.store.checkpoint()
    with services.desk.store.write(None, "forget") as session:
        facts.forget(session)
    return services.insight.report(name, by=by)


@pytest.mark.parametrize(("name", "by"), ASKED)
def test_a_kept_view_says_what_counting_says_and_reads_nothing(lived: Services, name: str, by: str) -> None:
    first = lived.insight.report(name, by=by)
    read: set[str] = set()
    event.listen(lived.desk.store._reader, "before_cursor_execute", lambda *said: read.update(tables(said[2])))
    again = lived.insight.report(name, by=by)
    assert again == first
    assert read & (RECORDS.keys() - {"setting", "officer", "erasure"}) == set()


@pytest.mark.parametrize(("name", "by"), ASKED)
def test_what_a_view_reads_is_never_called_quiet(lived: Services, name: str, by: str) -> None:
    read: set[str] = set()
    event.listen(lived.desk.store._reader, "before_cursor_execute", lambda *said: read.update(tables(said[2])))
    lived.insight.report(name, by=by)
    assert read & RECORDS.keys()
    assert read & insight_kept.KEPT[name] == set()


def test_a_change_is_seen_at_once(lived: Services) -> None:
    before = lived.insight.report("spending")
    placement = lived.placements.open()[0]
    with lived.desk.write("fee") as session:
        rows.change(session, RECORDS["placement"], placement.id, {"care_pence": 999_900})
    after = lived.insight.report("spending")
    assert after != before
    assert after == anew(lived, "spending", "")
    lived.history.undo()
    assert lived.insight.report("spending") == before


def test_a_look_at_a_record_counts_nothing_anew(lived: Services) -> None:
    lived.insight.report("endings")
    with lived.desk.read() as session:
        home = next(iter(session.query(Home).limit(1)))
    lived.approaches.ask(lived.referrals.board().rows[0].id, [home.id])  # a call is none of what endings are counted of
    read: set[str] = set()
    event.listen(lived.desk.store._reader, "before_cursor_execute", lambda *said: read.update(tables(said[2])))
    lived.insight.report("endings")
    assert "ending" not in read


def tables(statement: str) -> set[str]:
    """The tables that a statement reads."""
    return set(re.findall(r'(?:FROM|JOIN|,)\s+"?([a-z_]+)"?(?=[\s,)]|$)', statement))


def test_tables_are_found_in_a_statement() -> None:
    said = "SELECT a.id FROM placement JOIN ending ON ending.placement_id = placement.id, home WHERE x IN (SELECT 1 FROM lesson)"
    assert tables(said) >= {"placement", "ending", "home", "lesson"}
