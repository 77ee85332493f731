"""The user's own editor for a long text."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported


def editor_command() -> list[str]:
    """The editor as the user has set it: $VISUAL, $EDITOR, else one that every system has."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if sys.platform == "win32" else "vi")
    return shlex.split(chosen, posix=sys.platform != "win32")


def edit_outside(app: App[Any], text: str) -> tuple[str, str]:
    """Open `text` in the user's editor; returns (text, "") when done, or (the old text, why it could not be).

    The file is readable by its owner only, in memory where the system has a place for that, and is removed after.
    """
    memory = Path("/dev/shm")  # noqa: S108 - memory, so that a child's story does not reach the disk
    try:
        with tempfile.TemporaryDirectory(prefix="placement-", dir=memory if memory.is_dir() else None) as folder:
            path = Path(folder) / "note.txt"
            path.write_text(text, encoding="utf-8")
            command = editor_command()
            with app.suspend():
                code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the user's own editor
            if code != 0:
                return text, f"{command[0]} ended with {code}; nothing was changed"
            written = path.read_text(encoding="utf-8", errors="replace")
            return (written[:-1] if written.endswith("\n") and not text.endswith("\n") else written), ""
    except SuspendNotSupported:
        return text, "An editor cannot be opened from here"
    except (OSError, ValueError) as error:
        return text, f"The editor did not start: {error}. Set EDITOR to one that is installed"
