"""`placement profile` as somebody uses it who sees no screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_a_profile_is_written_checked_and_let_leave_from_the_command_line(run: Any, tmp_path: Path) -> None:
    made = run("referral", "add", "--child", "KO,14,M,CH41 5AL,W-10777", "--wanted", "foster", "--by", "tonight")
    assert made.code == 0, made.err
    reference = made.out.strip()
    text = tmp_path / "written.md"
    text.write_text("## What helps\nAsk KO, W-10777, on 0151 496 0900.\n", encoding="utf-8")
    assert run("profile", reference, "--from", str(text)).code == 0
    checked = run("profile", reference, "--check")
    assert checked.code == 1
    assert "Look yourself for the name" in checked.err
    refused = run("profile", reference, "--out", str(tmp_path / "p.docx"))
    assert refused.code == 1
    assert "in 3 places" in refused.err
    assert "(What helps, line 1)" in refused.err
    assert not (tmp_path / "p.docx").exists()
    text.write_text("## What helps\nA calm voice.\n", encoding="utf-8")
    assert run("profile", reference, "--from", str(text)).code == 0
    assert run("profile", reference, "--out", str(tmp_path / "ko.docx")).code == 1, "the file's name"
    printed = run("profile", reference, "--out", "-")
    assert "A calm voice." in printed.out
    assert "W-10777" not in printed.out
    sent = run("profile", reference, "--sent", "--format", "json").row
    assert sent["anonymised"] is True
    assert sent["code"] in printed.out
    assert run("profile", reference, "--copy").code == 2, "there is no terminal"
    assert run("profile", reference, "--edit").code == 2
    assert run("insight", "profiles", "--format", "json").code == 0
