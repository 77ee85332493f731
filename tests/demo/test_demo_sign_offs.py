"""Sign-off in the demonstration: lawful, in order; and the delays as another computation finds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services, open_services
from tests.demo.conftest import NOW, Asked

# Each query finds what must not be there.
NEVER = {
    "taken outside the area unapproved": """SELECT 1 FROM placement p JOIN home h ON h.id = p.home_id
        WHERE p.in_area = 0 AND p.referral_id IS NOT NULL AND h.kind <> 'inhouse' AND NOT EXISTS
        (SELECT 1 FROM sign_off s WHERE s.offer_id = p.offer_id AND s.state = 'approved'
         AND (s.kinds LIKE '%out_of_area%' OR s.kinds LIKE '%at_distance%') AND s.decided_at <= p.started_at)""",
    "over the limit unapproved": """SELECT 1 FROM placement p WHERE care_pence + education_pence + health_pence > 550000
        AND referral_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sign_off s WHERE s.offer_id = p.offer_id
        AND s.state = 'approved' AND s.kinds LIKE '%budget%')""",
    "asked before it was offered": "SELECT 1 FROM sign_off s JOIN offer o ON o.id = offer_id WHERE s.asked_at < offered_at",
    "decided before it was asked": "SELECT 1 FROM sign_off WHERE decided_at <= asked_at OR returned_at <= asked_at",
    "decided after it lapsed": "SELECT 1 FROM sign_off WHERE decided_at > lapses_at",
    "decided without anybody": "SELECT 1 FROM sign_off WHERE (decided_at IS NULL) <> (decided_by IS NULL)",
    "decided by who asked": "SELECT 1 FROM sign_off WHERE decided_by = asked_by",
    "refused without why": "SELECT 1 FROM sign_off WHERE state = 'refused' AND why = ''",
    "of another home": """SELECT 1 FROM sign_off s JOIN offer o ON o.id = s.offer_id JOIN approach a ON a.id = o.approach_id
        WHERE a.home_id <> s.home_id OR a.referral_id <> s.referral_id""",
}


@pytest.fixture(scope="module")
def manager(demo_path: Path) -> Iterator[Services]:
    """The demonstration at the manager's desk, at its own moment."""
    services = open_services(demo_path, "Helen Rowe", None, lambda: NOW)
    yield services
    services.close()


@pytest.mark.parametrize("what", NEVER)
def test_sign_off_follows_the_law_and_the_order_of_things(ask: Asked, what: str) -> None:
    assert ask.rows(NEVER[what] + " LIMIT 3") == []


def test_tonight_some_wait_and_a_bed_was_just_lost(manager: Services) -> None:
    states = [each.sign_off.state for each in manager.sign_offs.queue()]
    assert 2 <= states.count("asked") <= 12
    assert "lapsed" in states
    assert any(each.mine for each in manager.sign_offs.queue())


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_delays_are_what_plain_sql_finds(ask: Asked, manager: Services) -> None:
    """Every referral of the year with correlated subqueries, sorted and counted by hand: no line of it is shared."""
    since, until = "2025-10-13 23:00:00", "2026-10-13 22:59:59.999999"  # both days in summer time
    rows = ask.rows(f"""
        SELECT r.received_at,
          (SELECT min(a.asked_at) FROM approach a WHERE a.referral_id = r.id),
          (SELECT min(o.offered_at) FROM offer o JOIN approach a ON a.id = o.approach_id WHERE a.referral_id = r.id),
          (SELECT min(s.asked_at) FROM sign_off s WHERE s.referral_id = r.id),
          (SELECT max(s.decided_at) FROM sign_off s WHERE s.referral_id = r.id
             AND (r.state <> 'placed' OR s.decided_at <= r.closed_at)),
          CASE r.state WHEN 'placed' THEN r.closed_at END
        FROM referral r WHERE r.received_at BETWEEN '{since}' AND '{until}'""")
    figures = {row.code: row for row in manager.delay.figures(date(2025, 10, 14), date(2026, 10, 13))}
    assert figures["referrals"].n == len(rows) > 300
    steps = {
        "search": (0, 1),
        "offer": (1, 2),
        "asking": (2, 3),
        "deciding": (3, 4),
        "securing": (4, 5),
        "whole": (0, 5),
    }
    for code, (begins, ends) in steps.items():
        spans = sorted(
            (moment(row[ends]) - moment(row[begins])).total_seconds() / 60 for row in rows if row[begins] and row[ends]
        )
        count = len(spans)
        middle = (spans[(count - 1) // 2] + spans[count // 2]) / 2
        nine_in_ten = next(each for each in spans if sum(other <= each for other in spans) * 10 >= count * 9)
        assert figures[code].n == count > 50, code
        assert figures[code].median_minutes == pytest.approx(middle, abs=0.11), code
        assert figures[code].p90_minutes == pytest.approx(nine_in_ten, abs=0.11), code
    lost = ask.one(f"""SELECT count(DISTINCT s.offer_id) FROM sign_off s JOIN offer o ON o.id = s.offer_id
        JOIN referral r ON r.id = s.referral_id
        WHERE s.state IN ('asked', 'returned') AND r.received_at BETWEEN '{since}' AND '{until}'
        AND ((s.lapses_at <= '2026-10-13 15:30:00' AND (r.closed_at IS NULL OR s.lapses_at <= r.closed_at)
              AND (o.state <> 'declined' OR s.lapses_at <= o.decided_at))
          OR (o.state IN ('withdrawn', 'lapsed') AND (r.closed_at IS NULL OR o.decided_at <= r.closed_at)))""")
    assert figures["lost"].n == lost > 3
    assert figures["returned"].n == ask.one(f"""SELECT count(*) FROM sign_off s JOIN referral r ON r.id = s.referral_id
        WHERE s.returned_at IS NOT NULL AND r.received_at BETWEEN '{since}' AND '{until}'""")


def test_by_month_and_by_urgency_nobody_is_counted_twice_or_forgotten(manager: Services) -> None:
    whole = {row.code: row.n for row in manager.delay.figures()}
    for by in ("urgency", "month"):
        parts: dict[str, int] = {}
        for row in manager.delay.figures(by=by):
            parts[row.code] = parts.get(row.code, 0) + row.n
        assert parts == whole
