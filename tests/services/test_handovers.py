"""The hand-over at 17:15 and at 08:30: what it tells, what it leaves out when it is anonymised, and the night's form."""

from __future__ import annotations

import csv
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services
from placement_tui.db.changes import rows
from placement_tui.db.tables import Home
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.handover_page import page_of
from placement_tui.domain.handovers import EVENING, MORNING, NewRota, kind_at, night_of
from placement_tui.domain.handovers_form import COLUMNS
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.pages_text import as_text
from placement_tui.domain.vacancies import NewVacancy
from placement_tui.errors import BadFile, Invalid, Refused
from tests import builders

TUESDAY = datetime(2026, 10, 20, 16, 15, tzinfo=UTC)  # 17:15 in London


@pytest.fixture
def evening(timed: Services, clock: builders.Clock) -> Services:
    """A team on a Tuesday at 17:15."""
    clock.now = TUESDAY
    return timed


def filled(path: Path, answers: dict[str, dict[str, str]]) -> Path:
    """The form with some homes' lines filled in."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(answers.get(row["Home"], {}))
    target = path.with_name("filled.csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return target


def test_the_sheet_tells_the_risk_who_was_tried_and_why_and_who_may_still_be_called(evening: Services) -> None:
    key = builders.referral(evening, tonight="Runs to his brother's when frightened")
    evening.approaches.ask(key, evening.homes.nearest(key, 3))
    first, second, third = evening.approaches.calls(key).rows
    evening.approaches.refuse(first.id, Refusal(("M1",)))
    evening.offers.log(second.id, NewOffer(81_200, expires_at=TUESDAY + timedelta(hours=3)))
    sheet = evening.handovers.evening()
    (child,) = sheet.children
    text = as_text(page_of(sheet))
    assert child.reference in text
    assert "KJ 14 M" in text
    assert "Runs to his brother's when frightened" in text
    assert f"Tried and refused: {first.name} (matching)" in text
    assert f"Offer stands: {second.name}, £812 a week, lapses 20:15" in text
    assert f"Asked, not answered: {third.name}" in text
    assert "Pat Lowe 0151 496 0900" in text
    assert {each.name for each in child.may_call}.isdisjoint({first.name, second.name, third.name})
    assert all(each.phone for each in child.may_call)
    asked = {row.home_id for row in evening.approaches.calls(key).rows}
    assert [each.home_id for each in child.may_call if each.free != 0] == [
        home for home in evening.homes.nearest(key, 40) if home not in asked
    ][: len(child.may_call)]


def test_the_number_for_the_night_goes_before_the_number_of_the_day(evening: Services) -> None:
    key = builders.referral(evening)
    home = evening.homes.nearest(key, 1)[0]
    with evening.desk.write("night number") as session:
        rows.change(session, Home, home, {"out_of_hours_phone": "0151 496 0777"})
    (child,) = evening.handovers.evening().children
    found = next(each for each in child.may_call if each.home_id == home)
    assert (found.phone, found.at_night) == ("0151 496 0777", True)


def test_a_home_that_said_it_is_full_is_called_last(evening: Services) -> None:
    key = builders.referral(evening)
    wanted = evening.homes.wanted(key)
    best = next(
        m.candidate for m in evening.homes.find("", wanted).matches if m.may_be_asked and m.candidate.free is None
    )
    evening.vacancies.log(best.id, NewVacancy(0))
    (child,) = evening.handovers.evening().children
    full = [each.home_id for each in child.may_call if each.free == 0]
    assert full in ([], [best.id])
    assert full == [each.home_id for each in child.may_call][len(child.may_call) - len(full) :]


def test_what_runs_out_before_the_office_opens_stands_on_it(evening: Services) -> None:
    key = builders.referral(evening)
    evening.approaches.ask(key, evening.homes.nearest(key, 2))
    first, second = evening.approaches.calls(key).rows
    evening.approaches.call_back(first.id, TUESDAY + timedelta(hours=4))
    evening.approaches.call_back(second.id, TUESDAY + timedelta(hours=20))
    said = [each.words for each in evening.handovers.evening().pending]
    assert any(first.name in words for words in said)
    assert not any(second.name in words for words in said)


def test_on_a_friday_the_night_lasts_until_monday(evening: Services, clock: builders.Clock) -> None:
    clock.now = datetime(2026, 10, 23, 16, 15, tzinfo=UTC)
    assert evening.handovers.evening().until == datetime(2026, 10, 26, 8, 30, tzinfo=UTC)  # clocks went back on Sunday
    clock.now = datetime(2026, 12, 24, 17, 15, tzinfo=UTC)  # Christmas Day, Boxing Day's substitute and a weekend
    assert evening.handovers.evening().until == datetime(2026, 12, 29, 8, 30, tzinfo=UTC)


def test_anonymised_means_without_initials_words_and_workers(evening: Services) -> None:
    key = builders.referral(
        evening, builders.child("QZ", name="Quentin Zephaniah"), why_now="WHYMARK", tonight="RISKMARK",
        must_have="MUSTMARK", avoid="AVOIDMARK",
    )  # fmt: skip
    evening.approaches.ask(key, evening.homes.nearest(key, 1))
    row = evening.approaches.calls(key).rows[0]
    evening.approaches.call_back(row.id, TUESDAY + timedelta(hours=1))
    sheet = evening.handovers.evening("SAIDMARK of QZ")
    whole, bare = as_text(page_of(sheet)), as_text(page_of(sheet, anonymised=True))
    marks = ("QZ", "WHYMARK", "RISKMARK", "MUSTMARK", "AVOIDMARK", "SAIDMARK", "Pat Lowe", "0151 496 0900")
    assert [mark for mark in marks if mark not in whole] == []
    assert [mark for mark in marks if mark in bare] == []
    assert "a boy of 14" in bare
    assert "ANONYMISED" in bare.split("\n\n")[1]
    assert "FULL" in whole.split("\n\n")[1]
    morning = as_text(page_of(evening.handovers.morning(), anonymised=True))
    assert "QZ" not in morning


def test_the_morning_tells_what_changed_since_the_evening(evening: Services, clock: builders.Clock) -> None:
    before = builders.referral(evening, builders.child("AA", "W-1"))
    evening.handovers.made(EVENING, "Alder will ring at nine")
    clock.forward(hours=5)
    key = builders.referral(evening, builders.child("BB", "W-2"))
    evening.approaches.ask(key, evening.homes.nearest(key, 2))
    first, second = evening.approaches.calls(key).rows
    evening.approaches.refuse(first.id, Refusal(("V1",)))
    evening.offers.log(second.id, NewOffer(90_000))
    clock.now = TUESDAY + timedelta(hours=15, minutes=15)  # 08:30
    text = as_text(page_of(evening.handovers.morning()))
    assert "Since Tue 20 Oct 17:15" in text
    assert "referral for BB 14 M" in text
    assert f"{first.name}: no, no bed" in text
    assert f"{second.name}: yes" in text
    assert "Alder will ring at nine" in text
    assert "referral for AA" not in text
    assert evening.referrals.get(before).reference not in text.split("Due today")[0]


def test_a_morning_without_a_hand_over_tells_since_the_office_closed(timed: Services, clock: builders.Clock) -> None:
    clock.now = datetime(2026, 10, 19, 7, 45, tzinfo=UTC)  # Monday 08:45
    assert timed.handovers.morning().since == datetime(2026, 10, 16, 16, 0, tzinfo=UTC)  # Friday 17:00


@pytest.mark.parametrize(
    ("at", "kind", "night"),
    [
        (datetime(2026, 10, 20, 7, 29, tzinfo=UTC), MORNING, date(2026, 10, 19)),
        (datetime(2026, 10, 20, 7, 30, tzinfo=UTC), MORNING, date(2026, 10, 20)),
        (datetime(2026, 10, 20, 10, 59, tzinfo=UTC), MORNING, date(2026, 10, 20)),
        (datetime(2026, 10, 20, 11, 0, tzinfo=UTC), EVENING, date(2026, 10, 20)),
        (datetime(2026, 10, 20, 23, 30, tzinfo=UTC), MORNING, date(2026, 10, 20)),
    ],
)
def test_before_noon_it_is_the_nights_hand_over(at: datetime, kind: str, night: date) -> None:
    assert (kind_at(at), night_of(at)) == (kind, night)


def test_who_is_on_call_stands_on_it_and_its_lack_is_said(evening: Services) -> None:
    assert "Nobody is named to approve tonight" in as_text(page_of(evening.handovers.evening()))
    evening.handovers.add_rota(NewRota(date(2026, 10, 20), "approver", "Pat Lowe", "0151 496 0100"))
    evening.handovers.add_rota(NewRota(date(2026, 10, 20), "carer", "The Nuttalls", "0151 496 0101", "babies"))
    evening.handovers.add_rota(NewRota(date(2026, 10, 21), "approver", "Sam Orme", "0151 496 0102"))
    text = as_text(page_of(evening.handovers.evening()))
    assert "Nobody is named" not in text
    assert "Pat Lowe" in text
    assert "The Nuttalls" in text
    assert "Sam Orme" not in text
    row = evening.handovers.rota()[0]
    evening.handovers.strike_rota(row.id)
    assert "Pat Lowe" not in as_text(page_of(evening.handovers.evening()))
    evening.history.undo()
    assert [each.name for each in evening.handovers.rota()] == ["Pat Lowe", "The Nuttalls", "Sam Orme"]


def test_a_rota_that_cannot_be_is_refused(evening: Services) -> None:
    with pytest.raises(Invalid, match="is over"):
        evening.handovers.add_rota(NewRota(date(2026, 10, 19), "approver", "Pat Lowe", "0151 496 0100"))
    with pytest.raises(Invalid, match="has no number"):
        evening.handovers.add_rota(NewRota(date(2026, 10, 20), "approver", "Pat Lowe"))
    with pytest.raises(Invalid, match="nobody's part"):
        evening.handovers.add_rota(NewRota(date(2026, 10, 20), "king", "Pat Lowe", "0151 496 0100"))
    assert evening.handovers.rota() == []


def test_a_carer_on_the_rota_stands_on_it_with_free_beds_and_terms(evening: Services) -> None:
    home = evening.homes.find("cedar house").matches[0].candidate
    with evening.desk.write("terms") as session:
        rows.change(session, Home, home.id, {"age_min": 5, "age_max": 11, "sexes": "F"})
    assert evening.handovers.evening().carers == ()
    assert evening.handovers.home_on_rota(home.id, True).words == f"{home.name}: on the night rota"
    (carer,) = evening.handovers.evening().carers
    assert (carer.name, carer.takes) == (home.name, "girls of 5 to 11")
    evening.handovers.home_on_rota(home.id, False)
    assert evening.handovers.evening().carers == ()


def test_a_file_is_its_owners_and_is_never_written_over(evening: Services, tmp_path: Path) -> None:
    builders.referral(evening)
    sheet = evening.handovers.evening()
    for name in ("a.txt", "a.html", "a.pdf"):
        evening.handovers.save(page_of(sheet), tmp_path / name)
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        with pytest.raises(Refused, match="There is a file already"):
            evening.handovers.save(page_of(sheet), tmp_path / name)
    evening.night_form.save(sheet, tmp_path / "a.csv")
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o600
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_the_form_comes_back_filled_and_is_logged_as_said(
    evening: Services, clock: builders.Clock, tmp_path: Path
) -> None:
    key = builders.referral(evening)
    evening.approaches.ask(key, evening.homes.nearest(key, 2))
    asked = [row.name for row in evening.approaches.calls(key).rows]
    sheet = evening.handovers.evening()
    new = sheet.children[0].may_call[0].name
    evening.night_form.save(sheet, tmp_path / "form.csv")
    clock.now = TUESDAY + timedelta(hours=15)
    form = filled(tmp_path / "form.csv", {
        asked[0]: {"Answer": "no", "Reason": "M1", "Time": "21:40", "Said by": "Jo", "Note": "a younger child there"},
        asked[1]: {"Answer": "no reply", "Time": "22:00"},
        new: {"Answer": "yes", "Weekly fee": "£4,150", "Time": "23:10"},
    })  # fmt: skip
    trial = evening.night_form.take(form, dry=True)
    assert (trial.added, trial.changed, trial.written) == (1, 2, False)
    report = evening.night_form.take(form)
    assert (report.added, report.changed, report.refused, report.written) == (1, 2, (), True)
    rows = {row.name: row for row in evening.approaches.calls(key).rows}
    assert (rows[asked[0]].outcome, rows[asked[0]].reason) == ("refusal", "M1")
    assert rows[asked[0]].answered_at == datetime(2026, 10, 20, 20, 40, tzinfo=UTC)
    assert "a younger child there" in rows[asked[0]].note
    assert rows[asked[1]].outcome == "no_reply"
    assert rows[new].outcome == "offer"
    assert rows[new].miles is not None
    (offer,) = evening.offers.of(key)
    assert offer.care_pence == 415_000
    again = evening.night_form.take(form)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    evening.history.undo()
    assert {row.outcome for row in evening.approaches.calls(key).rows} == {"awaiting"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"Answer": "perhaps"}, "that is no answer"),
        ({"Answer": "no"}, "A no has a reason"),
        ({"Answer": "no", "Reason": "zzz9"}, "zzz9"),
        ({"Answer": "yes", "Weekly fee": "lots"}, "lots"),
        ({"Answer": "no", "Reason": "M1", "Time": "25:99"}, "25:99"),
        ({"Answer": "no", "Reason": "M1", "Ref": "99-9999"}, "no referral has it"),
        ({"Answer": "no", "Reason": "M1", "Home": "Nowhere At All Manor"}, "no home answers"),
        ({"Reason": "M1"}, "no answer"),
    ],
)
def test_a_line_that_cannot_be_right_keeps_the_whole_form_out(
    evening: Services, tmp_path: Path, line: dict[str, str], reason: str
) -> None:
    key = builders.referral(evening)
    sheet = evening.handovers.evening()
    evening.night_form.save(sheet, tmp_path / "form.csv")
    first, second = (each.name for each in sheet.children[0].may_call[:2])
    form = filled(tmp_path / "form.csv", {first: {"Answer": "no reply"}, second: line})
    report = evening.night_form.take(form)
    assert not report.written
    assert [refused.line for refused in report.refused] == [3]
    assert reason.casefold() in str(report.refused[0]).casefold()
    assert evening.approaches.calls(key).rows == ()


def test_two_answers_of_one_home_are_put_before_a_person(evening: Services, tmp_path: Path) -> None:
    key = builders.referral(evening)
    reference = evening.referrals.get(key).reference
    home = evening.handovers.evening().children[0].may_call[0].name
    lines = [",".join(COLUMNS), f"{reference},,{home},,,no,M1,,,", f"{reference},,{home},,,yes,,,,"]
    (tmp_path / "form.csv").write_text("\n".join(lines), encoding="utf-8")
    report = evening.night_form.take(tmp_path / "form.csv")
    assert not report.written
    assert "line 2 says something of it too" in str(report.refused[0])


def test_another_file_is_not_taken_for_the_form(evening: Services, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("URN,Name\n9000001,Fir Lane\n", encoding="utf-8")
    with pytest.raises(BadFile, match="is not the night team's form"):
        evening.night_form.take(tmp_path / "other.csv")


def test_a_home_whose_name_is_a_formula_goes_out_as_text_and_comes_back(evening: Services, tmp_path: Path) -> None:
    key = builders.referral(evening)
    home = evening.homes.nearest(key, 1)[0]
    with evening.desk.write("rename") as session:
        rows.change(session, Home, home, {"name": "=cmd()|House"})
    evening.night_form.save(evening.handovers.evening(), tmp_path / "form.csv")
    assert "'=cmd()|House" in (tmp_path / "form.csv").read_text(encoding="utf-8-sig")
    form = filled(tmp_path / "form.csv", {"'=cmd()|House": {"Answer": "no reply"}})
    assert evening.night_form.take(form).written
    assert evening.approaches.calls(key).rows[0].home_id == home
