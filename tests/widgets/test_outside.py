"""A long text in the user's own editor: where it lies meanwhile, and what is left of it."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from placement_tui.widgets import outside

APP: Any = SimpleNamespace(suspend=nullcontext)
posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for an editor")


@posix
def test_what_is_edited_lies_in_a_file_of_its_owner_alone_and_is_gone_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\nstat -c "%a %n" "$1" "$(dirname "$1")" > {tmp_path}/seen\necho more >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    assert outside.edit_outside(APP, "a story\n") == ("a story\nmore\n", "")
    file, folder = (line.split(" ", 1) for line in (tmp_path / "seen").read_text().splitlines())
    assert file[0] == "600"
    assert folder[0] == "700"
    assert not Path(folder[1]).exists()


@posix
def test_vim_is_told_to_keep_nothing_and_another_editor_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vim = tmp_path / "vim.basic"
    vim.write_text("#!/bin/sh\n")
    vim.chmod(0o700)
    (tmp_path / "vi").symlink_to(vim)
    monkeypatch.delenv("VISUAL", raising=False)
    for chosen, extra in ((str(tmp_path / "vi"), ["-n", "-i", "NONE"]), ("ed -s", [])):
        monkeypatch.setenv("EDITOR", chosen)

        assert outside.editor_command() == [*chosen.split(), *extra]


@posix
@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="memory with a name")
def test_what_an_editor_of_a_killed_program_left_is_swept_away_and_a_living_ones_is_not() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = Path(f"/dev/shm/placement-{ended.pid}-abc")
    mine = Path(f"/dev/shm/placement-{os.getpid()}-abc")
    for folder in (left, mine):
        folder.mkdir(mode=0o700)
        (folder / "note.txt").write_text("a story")
    try:
        outside.sweep()
        assert not left.exists()
        assert (mine / "note.txt").exists()
    finally:
        for folder in (left, mine):
            (folder / "note.txt").unlink(missing_ok=True)
            if folder.exists():
                folder.rmdir()
