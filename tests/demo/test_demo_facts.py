"""What must hold in any team's records holds in the made-up one: the law, the order of things, and that nobody is real."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date

import pytest

from placement_tui.demo.lessons import LESSONS
from placement_tui.demo.suited import suited
from placement_tui.demo.words import AVOID, MUST_HAVE, TONIGHT, WHY_NOW
from placement_tui.domain.codes.census import ROUTES, TYPES_OF_PROVISION
from placement_tui.domain.codes.declines import CLOSINGS, DECLINES
from placement_tui.domain.codes.endings import FACTORS, REASON_CLASS, WHO_SAYS
from placement_tui.domain.codes.grades import model_of
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.codes.provision import HOME_KINDS, KINDS, SECTORS
from placement_tui.domain.codes.refusals import REFUSALS, STAGES, WOULD_CHANGE
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS, PLACE, PLACE_PROVIDER
from placement_tui.domain.distance import statutory_miles
from placement_tui.domain.homes import Position
from placement_tui.exchange.postcodes import Postcodes
from tests.demo.conftest import NOW, Asked

LAST = NOW.strftime("%Y-%m-%d %H:%M:%S.000000")

# Each query finds what must not be there.
NEVER = {
    "answered before it was asked": "SELECT 1 FROM approach WHERE answered_at <= asked_at",
    "awaiting and answered": "SELECT 1 FROM approach WHERE (outcome = 'awaiting') <> (answered_at IS NULL)",
    "refused without a reason": "SELECT 1 FROM approach WHERE (outcome = 'refusal') <> (reason IS NOT NULL)",
    "other, without a note": "SELECT 1 FROM approach WHERE note = '' AND (reason = 'X9' OR other_reasons LIKE '%X9%')",
    "withdrawn without saying why": "SELECT 1 FROM approach WHERE (outcome = 'withdrawn') <> (closing IS NOT NULL)",
    "asked twice": "SELECT 1 FROM approach WHERE reopens_id IS NULL GROUP BY referral_id, home_id HAVING count(*) > 1",
    "asked again without an answer": """SELECT 1 FROM approach a JOIN approach f ON f.id = a.reopens_id
        WHERE f.outcome <> 'refusal' OR f.answered_at > a.asked_at OR f.home_id <> a.home_id""",
    "asked before the wave": "SELECT 1 FROM approach JOIN wave ON wave.id = wave_id WHERE asked_at < sent_at",
    "asked before it was received": "SELECT 1 FROM approach a JOIN referral r ON r.id = referral_id WHERE asked_at < received_at",
    "still waited for when closed": """SELECT 1 FROM approach a JOIN referral r ON r.id = referral_id
        WHERE outcome = 'awaiting' AND state <> 'open'""",
    "an offer before its approach": "SELECT 1 FROM offer JOIN approach a ON a.id = approach_id WHERE offered_at < asked_at",
    "an offer of none": """SELECT 1 FROM offer JOIN approach a ON a.id = approach_id
        WHERE outcome <> 'offer' AND offer.state <> 'withdrawn'""",
    "decided before it was offered": "SELECT 1 FROM offer WHERE decided_at < offered_at",
    "declined without a reason": "SELECT 1 FROM offer WHERE (state = 'declined') <> (declined_reason IS NOT NULL)",
    "an open offer that has lapsed": f"SELECT 1 FROM offer WHERE state = 'open' AND expires_at <= '{LAST}'",
    "an open offer of a closed referral": """SELECT 1 FROM offer JOIN approach a ON a.id = approach_id
        JOIN referral r ON r.id = a.referral_id WHERE offer.state = 'open' AND r.state <> 'open'""",
    "placed without a placement": """SELECT 1 FROM referral r WHERE (state = 'placed') <>
        EXISTS (SELECT 1 FROM placement p WHERE p.referral_id = r.id)""",
    "closed before it was received": "SELECT 1 FROM referral WHERE closed_at <= received_at",
    "open and closed": "SELECT 1 FROM referral WHERE (state = 'open') <> (closed_at IS NULL)",
    "started before it was offered": "SELECT 1 FROM placement JOIN offer o ON o.id = offer_id WHERE started_at < offered_at",
    "elsewhere than offered": """SELECT 1 FROM placement p JOIN offer o ON o.id = offer_id
        JOIN approach a ON a.id = o.approach_id WHERE a.home_id <> p.home_id OR a.referral_id <> p.referral_id""",
    "ended before it started": "SELECT 1 FROM placement WHERE ended_on < date(started_at)",
    "ended without an ending": """SELECT 1 FROM placement p WHERE (ended_on IS NOT NULL) <>
        EXISTS (SELECT 1 FROM ending e WHERE e.placement_id = p.id AND e.ended_on = p.ended_on)""",
    "ended twice": "SELECT 1 FROM ending GROUP BY placement_id HAVING count(*) > 1",
    "a child in two homes": """SELECT 1 FROM placement a JOIN placement b ON a.child_id = b.child_id AND a.id <> b.id
        AND a.started_at <= b.started_at AND (a.ended_on IS NULL OR a.ended_on > date(b.started_at))""",
    "grown up and in care": """SELECT 1 FROM placement p JOIN child c ON c.id = child_id
        WHERE date(coalesce(c.born_on, date(c.age_said_on, '-' || c.age_said || ' years')), '+18 years')
        <= date(coalesce(p.ended_on, p.started_at))""",
    "born after moving in": "SELECT 1 FROM placement p JOIN child c ON c.id = child_id WHERE c.born_on > date(started_at)",
    "under 16 in supported accommodation": """SELECT 1 FROM placement p JOIN child c ON c.id = child_id
        WHERE place = 'K3' AND date(born_on, '+16 years') > date(started_at)""",
    "more beds than places": "SELECT 1 FROM vacancy JOIN home h ON h.id = home_id WHERE beds > places",
    "asked of a home that is not registered": "SELECT 1 FROM approach JOIN home h ON h.id = home_id WHERE registered = 0",
    "a date to keep that is not there": "SELECT 1 FROM referral WHERE (urgency = 'date') <> (needed_by IS NOT NULL)",
    "a referral without a child": """SELECT 1 FROM referral r WHERE NOT EXISTS
        (SELECT 1 FROM referral_child c WHERE c.referral_id = r.id)""",
    "a setting with an id of its own": "SELECT 1 FROM operation WHERE noun = 'operation'",
}
PAST = {
    "approach": ("asked_at", "answered_at"),
    "referral": ("received_at", "closed_at"),
    "placement": ("started_at", "ended_on"),
    "offer": ("offered_at", "decided_at"),
    "ending": ("logged_at", "ended_on"),
    "lesson": ("learned_on",),
    "vacancy": ("said_at",),
    "grade": ("inspected_on",),
    "wave": ("sent_at",),
    "operation": ("at",),
    "care": ("began_on", "ended_on"),
    "legal_status": ("from_on", "until_on"),
    "missing": ("from_on", "until_on"),
    "review": ("held_on",),
}


@pytest.mark.parametrize("what", NEVER)
def test_never(ask: Asked, what: str) -> None:
    assert ask.rows(NEVER[what]) == []


def test_every_reference_holds(ask: Asked) -> None:
    assert ask.rows("PRAGMA foreign_key_check") == []


def test_nothing_is_said_of_the_future_but_what_is_planned(ask: Asked) -> None:
    for table, columns in PAST.items():
        for column in columns:
            assert ask.one(f"SELECT max({column}) FROM {table}") <= LAST, (table, column)


def test_a_home_never_holds_more_children_than_it_has_places(ask: Asked) -> None:
    moves: dict[str, list[tuple[str, int]]] = defaultdict(list)
    places: dict[str, int] = {}
    for home, most, start, end in ask.rows(
        "SELECT home_id, places, date(started_at), ended_on FROM placement JOIN home h ON h.id = home_id "
        "WHERE places IS NOT NULL"
    ):
        places[home] = most
        moves[home] += [(start, 1), (end or "9999-12-31", -1)]
    for home, changes in moves.items():
        inside = 0
        for _, step in sorted(changes):
            inside += step
            assert inside <= places[home]


def test_codes_are_those_of_the_lists(ask: Asked) -> None:
    def said(column: str, table: str) -> set[str]:
        return {value for (value,) in ask.rows(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")}

    def listed(column: str, table: str) -> set[str]:
        return {code for text in said(column, table) for code in json.loads(text)}

    assert said("reason", "approach") | listed("other_reasons", "approach") <= {code.code for code in REFUSALS}
    assert listed("would_change", "approach") <= {code.code for code in WOULD_CHANGE}
    assert said("stage", "approach") <= {code.code for code in STAGES}
    assert said("closing", "approach") <= {code.code for code in CLOSINGS}
    assert said("declined_reason", "offer") <= {code.code for code in DECLINES}
    assert said("code", "need") | listed("needs", "lesson") <= {code.code for code in NEEDS}
    assert said("code", "factor") <= {code.code for code in FACTORS}
    assert said("said_by", "factor") <= {code.code for code in WHO_SAYS}
    assert said("kind", "home") <= {code.code for code in HOME_KINDS}
    assert said("sector", "provider") <= {code.code for code in SECTORS}
    assert said("route", "home") | said("route", "placement") <= {code.code for code in ROUTES}
    assert said("type_obtained", "placement") | listed("wanted", "referral") <= {code.code for code in KINDS}
    assert said("provision", "placement") <= {code.code for code in TYPES_OF_PROVISION}
    assert said("place", "placement") <= {code.code for code in PLACE}
    assert said("place_provider", "placement") <= {code.code for code in PLACE_PROVIDER}
    assert said("legal_status", "referral") <= {code.code for code in LEGAL_STATUS}
    for reason, kind in ask.rows("SELECT DISTINCT reason, reason_class FROM ending"):
        assert REASON_CLASS[reason] == kind
    for kind, grade in ask.rows("SELECT DISTINCT kind, overall FROM grade JOIN home h ON h.id = home_id"):
        assert grade in model_of(kind)
    assert ask.rows("SELECT 1 FROM ending WHERE reason = 'OTHER' AND note = ''") == []


def test_nobody_and_no_home_is_real(ask: Asked) -> None:
    numbers = {
        number
        for table, column in (("home", "phone"), ("home", "out_of_hours_phone"), ("provider", "phone"),
                              ("provider", "out_of_hours_phone"), ("referral", "social_worker_phone"))
        for (number,) in ask.rows(f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''")
    }  # fmt: skip
    assert all(re.fullmatch(r"0151 496 0\d{3}|01632 960\d{3}", number) for number in numbers)
    urns = [urn for (urn,) in ask.rows("SELECT urn FROM home WHERE urn IS NOT NULL")]
    assert len(set(urns)) == len(urns) == 188
    assert all(re.fullmatch(r"9\d{6}", urn) for urn in urns)
    assert ask.rows("SELECT 1 FROM home WHERE urn IS NOT NULL AND kind IN ('inhouse', 'household')") == []
    mails = {mail for (mail,) in ask.rows("SELECT email FROM home UNION SELECT email FROM provider")}
    assert all(mail.endswith(".example") for mail in mails)
    identifiers = [each for (each,) in ask.rows("SELECT identifier FROM child")]
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"W-\d{5,}", each) for each in identifiers)


def test_places_are_real_postcodes_where_the_directory_has_them(ask: Asked) -> None:
    directory = Postcodes(dict(ask.rows("SELECT code, authority FROM district")))
    rows = ask.rows("SELECT postcode, easting, northing, authority FROM home WHERE location = 'postcode' LIMIT 60")
    for postcode, easting, northing, authority in rows:
        place = directory.look_up(postcode)
        assert (place.easting, place.northing, place.authority) == (easting, northing, authority)
    known = dict(ask.rows("SELECT coalesce(location, ''), count(*) FROM home GROUP BY 1"))
    assert known["approximate"] >= 3
    assert known["given"] >= 1
    assert ask.rows("SELECT 1 FROM home WHERE location <> 'postcode' AND (easting OR postcode)") == []
    assert ask.one("SELECT count(*) FROM home WHERE authority = 'E08000015'") > 120
    assert ask.one("SELECT count(DISTINCT authority) FROM home") > 10


def test_distances_are_the_statutory_ones(ask: Asked) -> None:
    rows = ask.rows(
        "SELECT a.miles, h.easting, h.northing, c.easting, c.northing FROM approach a JOIN home h ON h.id = a.home_id "
        "JOIN referral_child rc ON rc.referral_id = a.referral_id AND rc.position = 0 JOIN child c ON c.id = rc.child_id "
        "WHERE h.location = 'postcode' AND c.location = 'postcode'"
    )
    assert len(rows) > 5_000
    for miles, east, north, from_east, from_north in rows:
        here, there = (Position(e, n, location="postcode") for e, n in ((east, north), (from_east, from_north)))
        assert statutory_miles(here, there) == miles


def test_answers_make_patterns_worth_looking_at(ask: Asked) -> None:
    reasons = dict(ask.rows("SELECT reason, count(*) FROM approach WHERE reason IS NOT NULL GROUP BY 1"))
    assert max(reasons, key=lambda code: reasons[code]) == "V1"
    assert len(reasons) > 40

    def share(code: str, need: str) -> float:
        said = "SELECT avg(reason = '{}') FROM approach a WHERE reason IS NOT NULL AND {} EXISTS (SELECT 1 FROM need n " \
               "WHERE n.referral_id = a.referral_id AND n.code = '{}')"  # fmt: skip
        return float(ask.one(said.format(code, "", need)) / max(0.001, ask.one(said.format(code, "NOT", need))))

    assert share("N1", "VIOLENCE") > 4
    assert share("N2", "10A") > 4
    outcomes = dict(
        ask.rows("SELECT outcome, 1.0 * count(*) / (SELECT count(*) FROM approach) FROM approach GROUP BY 1")
    )
    assert 0.05 < outcomes["offer"] < 0.16
    assert 0.55 < outcomes["refusal"] < 0.8
    assert 0.05 < outcomes["no_reply"] < 0.16
    near, far = (
        ask.one(f"SELECT avg(n) FROM (SELECT (SELECT count(*) FROM approach a WHERE a.home_id = h.id) n FROM home h "
                f"WHERE authority {sign} 'E08000015')")
        for sign in ("=", "<>")
    )  # fmt: skip
    assert near > 1.5 * far
    assert ask.one("SELECT count(*) FROM placement WHERE type_wanted <> type_obtained") > 20
    assert ask.one("SELECT count(*) FROM home WHERE suspended IS NOT NULL") >= 3
    assert ask.one("SELECT count(*) FROM home WHERE registered = 0") >= 3


def test_tonight_is_alive(ask: Asked) -> None:
    assert ask.one("SELECT count(*) FROM referral WHERE state = 'open' AND urgency = 'now'") == 4
    assert ask.one(f"SELECT count(*) FROM approach WHERE call_back_at < '{LAST}'") >= 1
    assert ask.one(f"SELECT count(*) FROM approach WHERE call_back_at > '{LAST}'") >= 5
    assert ask.one(f"SELECT count(*) FROM vacancy WHERE said_at > datetime('{LAST}', '-2 days')") >= 30
    by_state = ask.rows(
        "SELECT count(*), sum(outcome = 'awaiting'), sum(outcome = 'offer') FROM referral r "
        "LEFT JOIN approach a ON a.referral_id = r.id AND 1 WHERE state = 'open' GROUP BY r.id"
    )
    assert sum(asked >= 20 for asked, _, _ in by_state) >= 2
    assert ask.one("SELECT count(*) FROM referral r WHERE state = 'open' AND NOT EXISTS "
                   "(SELECT 1 FROM approach a WHERE a.referral_id = r.id)") >= 8  # fmt: skip
    assert sum((yes or 0) >= 2 for _, _, yes in by_state) >= 1
    assert ask.one("SELECT count(DISTINCT r.id) FROM referral r JOIN referral_child c ON c.referral_id = r.id "
                   "JOIN lesson l ON l.child_id = c.child_id WHERE state = 'open'") >= 8  # fmt: skip
    assert ask.one("SELECT count(*) FROM (SELECT 1 FROM referral r JOIN referral_child c ON c.referral_id = r.id "
                   "WHERE state = 'open' GROUP BY r.id HAVING count(*) > 1)") >= 4  # fmt: skip


def test_every_entry_of_a_register_has_its_clocks(ask: Asked) -> None:
    """Weeks of a temporary approval, reviews and ends of an order, the day by which an unregistered home ends."""
    for noun, source in (("kinship", "kinship"), ("deprivation", "deprivation"), ("unregistered", "unregistered")):
        entries = ask.one(f"SELECT count(*) FROM {noun}")
        clocked = ask.one(
            f"SELECT count(DISTINCT substr(source, {len(source) + 2}, 36)) FROM task WHERE source LIKE '{source}/%'"
        )
        assert entries == clocked > 0, noun


def test_there_is_enough_to_read() -> None:
    assert len(LESSONS) >= 80
    assert len({sentence for sentence, _ in LESSONS}) == len(LESSONS)
    assert all(need in NEEDS for _, needs in LESSONS for need in needs)
    assert min(len(TONIGHT), len(MUST_HAVE), len(AVOID), sum(map(len, WHY_NOW.values()))) >= 20
    for lines in (TONIGHT, MUST_HAVE, AVOID, *WHY_NOW.values()):
        assert not any(
            re.search(r"\b(he|his|him)\b", line) for line in suited(lines, "F") if len(suited(lines, "F")) < len(lines)
        )


def test_ages_said_agree_with_the_day_they_were_said(ask: Asked) -> None:
    assert ask.one("SELECT count(*) FROM child WHERE born_on IS NULL AND age_said IS NULL") == 0
    assert 5 < ask.one("SELECT count(*) FROM child WHERE age_said IS NOT NULL") < 80
    assert ask.one("SELECT max(age_said_on) FROM child") <= date(2026, 10, 13).isoformat()
