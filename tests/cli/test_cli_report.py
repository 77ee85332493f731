"""`placement report board` as a script calls it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_pack_is_written_and_said_in_words_and_in_data(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    made = run("report", "board", "--from", "1/4/2026", "--to", "30/9/2026", "--out", str(path), "--format", "json")
    assert made.code == 0
    assert made.row["file"] == str(path)
    assert made.row["sections"] > 3
    assert "counts below 6" in made.err
    assert zipfile.ZipFile(path).testzip() is None
    page = tmp_path / "pack.html"
    assert run("report", "board", "--out", str(page), "--threshold", "10").code == 0
    assert "1 to 9" in page.read_text()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--out", "pack.pdf"), 2, "Name it .xlsx or .html"),
        (("--out", "there.html"), 1, "There is a file already"),
        (("--out", "pack.html", "--threshold", "1"), 1, "is no threshold"),
        (("--out", "pack.html", "--from", "1/10/2026", "--to", "1/9/2026"), 1, "comes before the first"),
        ((), 2, "--out"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("mine")
    ran = run("report", "board", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert not (tmp_path / "pack.html").exists()
    assert (tmp_path / "there.html").read_text() == "mine"
