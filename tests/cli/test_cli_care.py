"""A child's time in care and a child's story on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def lives(run: Run, asked: str) -> str:
    """KJ, a boy of 14, has lived at the first home that was asked since today; his legal status is not said."""
    home = run("calls", asked, "--format", "json").rows[0]["name"]
    assert run("log", "offer", asked, home, "--fee", "812").code == 0
    done = run("place", asked, home, "--start", "now", "--approved-by", "Ann Poole", "--school", "Fir Lane High",
               "--distance", "refused due to need", "--package", "yes", "--solo", "no", "--format", "json")  # fmt: skip
    assert done.code == 1, "the census has no such word"
    done = run("place", asked, home, "--start", "now", "--approved-by", "Ann Poole", "--school", "Fir Lane High",
               "--distance", "refused_need", "--package", "yes", "--solo", "no", "--format", "json")  # fmt: skip
    assert done.code == 0, done.err
    assert done.row["care"] == ["KJ: no period of care is logged, the return would miss it"]
    return asked


@pytest.fixture
def in_care(run: Run, kj: str) -> str:
    """KJ is in care since March under section 20."""
    done = run("log", "care", "W-10234", "--from", "2 mar 2026", "--legal", "s20", "--need", "N1")
    assert done.code == 0, done.err
    return kj


def codes(run: Run) -> list[tuple[str, str, str | None]]:
    """KJ's rows, the latest first."""
    return [(row["code"], row["on"], row["until"]) for row in run("care", "W-10234", "--format", "json").rows]


def test_what_the_placement_was_given_for_the_census_is_listed(run: Run, lives: str) -> None:
    row = run("placements", "--format", "json").row
    assert (row["distance_reason"], row["package"], row["solo"], row["school"]) == (
        "refused_need", True, False, "Fir Lane High",
    )  # fmt: skip


def test_the_whole_of_care_from_beginning_to_end(run: Run, in_care: str) -> None:
    assert run("log", "status", "KJ", "--legal", "ICO", "--from", "1 jun 2026").code == 0
    assert run("log", "missing", in_care, "--from", "3 oct 2026", "--away").code == 0
    assert "back on 04/10/2026" in run("log", "missing", "KJ", "--back", "4 oct 2026").err
    assert run("log", "review", "KJ", "--on", "20 mar 2026", "--code", "PN1").code == 0
    assert run("log", "care", "KJ", "--ends", "today", "--why", "returned home, planned").code == 0
    assert codes(run) == [
        ("A", "2026-10-03", "2026-10-04"), ("C1", "2026-06-01", "2026-10-14"), ("PN1", "2026-03-20", None),
        ("V2", "2026-03-02", "2026-06-01"), ("N1 E4A", "2026-03-02", "2026-10-14"),
    ]  # fmt: skip


def test_a_row_is_corrected_and_struck_out_by_its_reference(run: Run, in_care: str) -> None:
    run("log", "status", "KJ", "--legal", "ICO", "--from", "1 jun 2026")
    shown = run("care", "KJ")
    ref = next(line.split()[0] for line in shown.out.splitlines() if "C1" in line)
    assert run("log", "status", "KJ", "--row", ref, "--from", "4 jun 2026").code == 0
    assert ("C1", "2026-06-04", None) in codes(run)
    assert "is no such row" in run("log", "review", "KJ", "--row", ref, "--code", "PN1").err
    assert run("log", "status", "KJ", "--row", ref, "--strike").code == 0
    assert codes(run) == [("V2", "2026-03-02", None), ("N1", "2026-03-02", None)]
    assert run("undo").code == 0
    assert ("C1", "2026-06-04", None) in codes(run)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("log", "care", "KJ", "--ends", "today"), "Say why care ceased"),
        (("log", "care", "KJ"), "Say since when the child is in care"),
        (("log", "care", "KJ", "--from", "today"), "Say under which legal status it begins"),
        (("log", "status", "KJ", "--legal", "ICO"), "there is none on 14/10/2026"),
        (("log", "status", "KJ"), "Say which legal status"),
        (("log", "review", "KJ"), "Say how the child took part"),
        (("log", "particulars", "KJ"), "Nothing was given to save"),
        (("log", "particulars", "KJ", "--mother", "yes"), "Only a girl is returned as a mother"),
        (("care", "Nobody"), "No child or referral answers to"),
        (("story", "KJ", "--out", "story.odt"), "says no kind of page"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(run: Run, kj: str, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.code in (1, 2, 3, 4)
    assert said in done.err


def test_the_list_says_what_the_return_would_miss(run: Run, lives: str) -> None:
    row = run("care", "--misses", "--format", "json").row
    assert (row["initials"], row["since"]) == ("KJ", None)
    assert row["missing"] == ["no period of care since 14/10/2026: the return would miss it"]
    assert "To mend: no period of care since" in run("care", "KJ").err, "'Missing' is a child who is gone"
    run("log", "care", "KJ", "--from", "today", "--legal", "s20", "--need", "N1")
    run("log", "particulars", "KJ", "--ethnicity", "white british", "--upn", "a123456789012")
    assert run("care", "--format", "json").row["missing"] == ["date of birth"]


def test_the_story_is_read_and_written_and_both_are_noted(run: Run, lives: str, tmp_path: Path) -> None:
    story = run("story", "W-10234")
    assert "The story of KJ W-10234" in story.out
    assert "Fir Lane High" in story.out
    assert "CH41" not in story.out, "no address stands in it"
    target = tmp_path / "story.html"
    assert run("story", "KJ", "--out", str(target), "--for-child").code == 0
    assert "Fir Lane High" in target.read_text()
    assert target.stat().st_mode & 0o077 == 0
    rows = run("audit", "W-10234", "--views", "--format", "json").rows
    seen = {row["command"] for row in rows}
    assert {"view story", "view story, to a file"} <= seen
    assert "There is a file already" in run("story", "KJ", "--out", str(target)).err
