"""A child's profile: written, kept fresh, scored at each wave; it leaves without what names the child, in every form."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db.columns import draft, operation, wave
from placement_tui.domain.profiles import CLIPBOARD, TEMPLATE, Profile, RiskRow
from placement_tui.domain.profiles_text import as_edited, read_edited
from placement_tui.errors import Conflict, Invalid, Refused, WrongUse
from tests import builders

KIERAN = builders.child("KO", name="Kieran O'Hare", born_on=date(2012, 3, 14))
GOOD = {
    "strengths": "Funny and kind. He bakes, he swims, and he is proud of his garden.",
    "words": '"I want a dog and somebody who listens."',
    "good_day": "Up at seven, music on, a slow breakfast.",
    "helps": "When he feels frightened he needs to know who is there; sit close.",
    "needs": "He needs to feel safe at night because nights were hard: a light and a plan.",
    "worked": "A male carer who did what he said, one job together each day, and the same bedtime.",
    "health": "Well. Sleeps eight hours with a light on, eats everything but fish, glasses since May.",
    "education": "Year 9, attendance of 94 per cent this term, a plan for education, likes art and cooking best.",
    "family": "Every second Saturday from ten to noon with his dad, supervised; it goes well.",
    "support": "20 hours of a mentor each week and transport, from the first day, for six months.",
}
RISK = RiskRow(
    "Goes missing", date(2026, 8, 3), "after calls that were cut short", "being told no", "ring back that evening"
)


@pytest.fixture
def about(timed: Services) -> tuple[UUID, UUID]:
    """A referral and its child."""
    key = builders.referral(timed, KIERAN)
    return key, timed.profiles.of_referral(key)[0].child.id


def test_a_good_profile_passes_and_an_empty_one_says_what_is_missing(timed: Services, about: tuple[UUID, UUID]) -> None:
    empty = timed.profiles.prepare(*about).quality
    assert not empty.passes
    assert len(empty.asks) >= 9
    timed.profiles.save(about[1], GOOD, [RISK])
    made = timed.profiles.prepare(*about)
    assert (made.quality.score, made.quality.asks, made.leaks) == (20, (), ())
    bare = RiskRow("Fighting")
    timed.profiles.save(about[1], {"words": "He would like a dog"}, [RISK, bare])
    worse = timed.profiles.prepare(*about).quality
    assert [point.score for point in worse.points][2:4] == [1, 1]
    assert "Fighting lacks date, context, what keeps everybody safe" in worse.points[3].missing


def test_what_a_reader_trips_over_is_said(timed: Services, about: tuple[UUID, UUID]) -> None:
    timed.profiles.save(about[1], {
        "needs": "He is manipulative and ODD. Diagnosed with ADHD by a paediatrician in 2024.",
        "helps": "DO NOT LEAVE HIM ALONE with matches: fire, violence, weapons, theft, assault.",
    })  # fmt: skip
    flags = timed.profiles.prepare(*about).quality.flags
    labels = [flag.found for flag in flags if flag.kind == "a label without evidence"]
    assert labels == ["manipulative", "ODD"]
    assert {"all capitals", "risk outweighs strength"} <= {flag.kind for flag in flags}


def test_what_is_older_than_a_year_is_asked_about_until_somebody_says_it_is_still_true(
    timed: Services, about: tuple[UUID, UUID], clock: builders.Clock
) -> None:
    timed.profiles.save(about[1], GOOD, [RISK])
    clock.forward(days=400)
    made = timed.profiles.prepare(*about)
    assert made.quality.points[4].score == 0
    text = timed.profiles.edited(about[1])
    assert text.count("Still true?") == len(GOOD) - 1 + 1, "a quote keeps its day; the risks are asked about as one"
    timed.profiles.take(about[1], text.replace("[ ]", "[x]"))
    assert timed.profiles.prepare(*about).quality.points[4].score == 2
    assert timed.profiles.get(about[1]).sections == GOOD


def test_an_edited_text_gives_back_what_was_written() -> None:
    hostile = {"strengths": "## Risks\n> quoted\n\\ back\n### three", "odd": "from an older template"}
    profile = Profile(UUID(int=1), hostile, {}, (RISK, RiskRow("Fire")))
    today = date(2026, 10, 18)
    said = read_edited(as_edited(TEMPLATE, profile, today), TEMPLATE, profile, today)
    assert {key: text for key, text in said.sections.items() if text} == hostile
    assert said.risks == profile.risks


def test_a_quoted_mail_under_a_heading_is_kept_and_the_prompts_are_not(
    timed: Services, about: tuple[UUID, UUID]
) -> None:
    text = timed.profiles.edited(about[1])
    prompt = next(line for line in text.split("\n") if line.startswith("> "))
    timed.profiles.take(about[1], text.replace(prompt, f"{prompt}\n> He bakes.\n>> And swims.", 1))
    kept = timed.profiles.get(about[1]).sections
    assert list(kept.values()) == ["> He bakes.\n>> And swims."]
    timed.profiles.take(about[1], timed.profiles.edited(about[1]))
    assert timed.profiles.get(about[1]).sections == kept


def test_a_name_in_a_quoted_mail_stops_the_export(timed: Services, about: tuple[UUID, UUID]) -> None:
    timed.profiles.save(about[1], {"words": "> From: Donna Smith\n> at Woodchurch\n> High School"})
    assert {leak.what for leak in timed.profiles.prepare(*about).leaks} == {"somebody's name", "a school"}


def test_a_text_that_cannot_be_kept_is_refused_whole(timed: Services, about: tuple[UUID, UUID]) -> None:
    chain = "From: a.b@example.org\n> He likes football.\n" * 5_000
    with pytest.raises(Invalid, match="stands under no heading"):
        timed.profiles.take(about[1], chain)
    with pytest.raises(Invalid, match="At most 50,000 are kept"):
        timed.profiles.take(about[1], "## What helps\n" + chain.replace(">", "-"))
    with pytest.raises(Invalid, match="stands there twice"):
        timed.profiles.take(about[1], "## What helps\na\n## What helps\nb\n")
    with pytest.raises(Invalid, match="is not a date"):
        timed.profiles.take(about[1], "## Risks\n### Fire\n- Date: 31/2/2026\n")
    assert timed.profiles.get(about[1]).empty


def test_two_officers_never_overwrite_each_other(timed: Services, about: tuple[UUID, UUID], store_path: Path) -> None:
    timed.profiles.save(about[1], GOOD)
    before = timed.profiles.get(about[1])
    timed.profiles.save(about[1], {"helps": "A walk."})
    timed.profiles.save(about[1], {"health": "Well."}, before=before)
    assert timed.profiles.get(about[1]).sections["helps"] == "A walk."
    with pytest.raises(Conflict, match="What helps"):
        timed.profiles.save(about[1], {"helps": "A talk."}, before=before)


def test_undo_takes_back_a_profile_with_its_risks(timed: Services, about: tuple[UUID, UUID]) -> None:
    timed.profiles.save(about[1], GOOD, [RISK])
    timed.profiles.save(about[1], {"helps": ""}, [])
    timed.history.undo()
    profile = timed.profiles.get(about[1])
    assert (profile.sections, profile.risks) == (GOOD, (RISK,))


def contents(path: Path) -> str:
    """Everything that a file holds, its own facts too."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    if path.suffix == ".pdf":  # what is packed is unpacked; fonts are left out by being the reader's own
        packed = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
        data = packed.sub(b"", data) + b"".join(zlib.decompress(each) for each in packed.findall(data))
    return data.decode("latin-1")


@pytest.mark.parametrize("ending", [".txt", ".md", ".docx", ".pdf"])
def test_no_file_carries_what_names_the_child(
    timed: Services, about: tuple[UUID, UUID], tmp_path: Path, ending: str
) -> None:
    timed.profiles.save(about[1], GOOD, [RISK])
    target = tmp_path / f"profile{ending}"
    left = timed.profiles.send(*about, target)
    assert target.stat().st_mode & 0o777 == 0o600
    held = contents(target)
    for secret in (
        "Kieran",
        "O'Hare",
        "W-10234",
        "26-0001",
        "5AL",
        "2012",
        "Pat Lowe",
        "496 0900",
        "Karen Moss",
        "python-docx",
    ):
        assert secret not in held, secret
    if ending != ".pdf":
        assert left.code in held
        assert "CH41" in held
    else:
        assert "D:2000" in held, "no time of making"
        assert "calm" in held or "frightened" in held, "it was unpacked"
    with pytest.raises(Refused, match="There is a file already"):
        timed.profiles.send(*about, target)
    row = timed.profiles.sent(about[0])[0]
    assert (row.code, row.anonymised, row.score, row.by) == (left.code, True, 20, "KM")


def test_what_gives_the_child_away_stops_it_until_a_manager_lets_it_pass(
    timed: Services, about: tuple[UUID, UUID], tmp_path: Path, store_path: Path
) -> None:
    timed.profiles.save(about[1], {**GOOD, "helps": "Ask KIE-\nRAN to help you cook."})
    with pytest.raises(Refused, match=r"the child's name|The child's name") as refused:
        timed.profiles.send(*about, tmp_path / "p.txt")
    assert "(What helps, line 1)" in str(refused.value)
    assert not list(tmp_path.glob("p.txt"))
    assert not timed.profiles.sent(about[0])
    with pytest.raises(Refused, match="may not set a rule aside"):
        timed.profiles.send(*about, tmp_path / "p.txt", passing=["KIE- RAN"], why="a dog of that name")
    timed.officers.add("Max Field", "manager", builders.PASSPHRASE + " too")
    manager = open_services(store_path, "Max Field", builders.PASSPHRASE + " too", timed.desk.store.clock)
    try:
        with pytest.raises(Invalid, match="wants a reason"):
            manager.profiles.send(*about, tmp_path / "p.txt", passing=["KIE- RAN"])
        with pytest.raises(Refused, match="KIE- RAN"):
            manager.profiles.send(*about, tmp_path / "p.txt", passing=["another word"], why="a dog of that name")
        manager.profiles.send(*about, tmp_path / "p.txt", passing=["kie- ran"], why="a dog of that name")
        row = manager.profiles.sent(about[0])[0]
    finally:
        manager.close()
    assert (row.by, row.passed_why) == ("MF", "a dog of that name")
    assert row.passed == ('the child\'s name: "KIE- RAN" (What helps, line 1)',)


@pytest.mark.parametrize("name", ["kieran.docx", "KIERAN O'HARE.pdf", "ko.txt", "W-10234.md", "profile 14.3.2012.txt"])
def test_a_file_name_is_looked_at_too(timed: Services, about: tuple[UUID, UUID], tmp_path: Path, name: str) -> None:
    timed.profiles.save(about[1], GOOD)
    with pytest.raises(Refused, match="file's name gives the child away"):
        timed.profiles.send(*about, tmp_path / name)


def test_it_goes_nowhere_else(timed: Services, about: tuple[UUID, UUID], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Nothing is written yet"):
        timed.profiles.send(*about, CLIPBOARD)
    timed.profiles.save(about[1], GOOD)
    with pytest.raises(WrongUse, match="says no kind of file"):
        timed.profiles.send(*about, tmp_path / "profile.exe")
    with pytest.raises(WrongUse, match="nowhere"):
        timed.profiles.send(*about, "the moon")
    with pytest.raises(Refused, match="cannot be written"):
        timed.profiles.send(*about, tmp_path / "missing" / "profile.txt")
    assert not timed.profiles.sent(about[0]), "what did not leave is not said to have left"


def test_the_score_is_kept_with_each_wave(timed: Services, about: tuple[UUID, UUID]) -> None:
    homes = timed.homes.nearest(about[0])
    timed.approaches.ask(about[0], homes[:2])
    timed.profiles.save(about[1], GOOD, [RISK])
    timed.approaches.ask(about[0], homes[2:4])
    with timed.desk.read() as session:
        assert [row.score for row in session.execute(wave.select().order_by(wave.c.number))] == [None, 20]
    bands = {band.band: (band.waves, band.approaches) for band in timed.profiles.by_score()}
    assert bands["no profile"] == (1, 2)
    assert bands["14-20, passes"] == (1, 2)


def test_the_council_changes_the_headings_and_loses_nothing(timed: Services, about: tuple[UUID, UUID]) -> None:
    timed.profiles.save(about[1], GOOD)
    timed.settings.change("profile_template", "words; strengths; pets: Animals: which they fear")
    titles = [prompt.title for prompt in timed.profiles.prepare(*about).template]
    assert titles == ["In their own words", "Strengths and what they enjoy", "Animals", "Risks"]
    assert "## Health\n" in timed.profiles.edited(about[1]), "what was written under another heading stays"
    with pytest.raises(Invalid, match="is no section"):
        timed.settings.change("profile_template", "words; nonsense")


def test_a_viewer_lets_nothing_leave(timed: Services, about: tuple[UUID, UUID], store_path: Path) -> None:
    timed.profiles.save(about[1], GOOD)
    timed.officers.add("Vic Viewer", "viewer", builders.PASSPHRASE + " too")
    reading = open_services(store_path, "Vic Viewer", builders.PASSPHRASE + " too")
    try:
        with pytest.raises(Refused, match="may not change anything"):
            reading.profiles.send(*about, CLIPBOARD)
    finally:
        reading.close()


def test_a_profile_goes_with_its_child(timed: Services, about: tuple[UUID, UUID]) -> None:
    timed.profiles.save(about[1], {**GOOD, "helps": "Zyxwvish calm"}, [RISK])
    timed.profiles.send(*about, CLIPBOARD)
    timed.drafts.save("profile text", str(about[1]), {"text": "Zyxwvish draft"})
    timed.referrals.close(about[0], "not needed")
    timed.retention.erase([about[1]], "entered for the wrong child", "anonymise")
    assert timed.profiles.get(about[1]).empty
    with timed.desk.read() as session:
        assert "Zyxwvish" not in repr(session.execute(operation.select()).all())
        assert not session.execute(draft.select()).all()
