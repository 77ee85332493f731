"""The user's own editor for a long text."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

from textual.app import App, SuspendNotSupported

_MEMORY = Path("/dev/shm")  # noqa: S108 - memory, so that a child's story does not reach the disk
_BEGINS = "placement-"
KEPT_EVERY = 1.0  # seconds
_VIM = ("-n", "-i", "NONE")  # no swap file, and no list of what was yanked and searched for


def editor_command() -> list[str]:
    """The editor as the user has set it: $VISUAL, $EDITOR, else one that every system has; Vim is told to keep nothing."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if sys.platform == "win32" else "vi")
    command = shlex.split(chosen, posix=sys.platform != "win32")
    real = os.path.realpath(shutil.which(command[0]) or command[0]) if command else ""
    return [*command, *_VIM] if Path(real).name.startswith(("vim", "nvim")) else command


def sweep() -> None:
    """Remove what an editor of a killed program of this account left in memory."""
    if not _MEMORY.is_dir() or not hasattr(os, "getuid"):
        return
    for folder in _MEMORY.glob(f"{_BEGINS}[0-9]*-*"):
        with suppress(OSError, ValueError):
            owner = int(folder.name.split("-")[1])
            if folder.lstat().st_uid == os.getuid() and not folder.is_symlink() and not _runs(owner):
                shutil.rmtree(folder)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def edit_outside(app: App[Any], text: str, keep: Callable[[str], object] | None = None) -> tuple[str, str]:
    """Open `text` in the user's editor, the screen given to it; otherwise as `edit_file`."""
    return edit_file(text, app.suspend, keep)


def edit_file(
    text: str,
    around: Callable[[], AbstractContextManager[Any]] = nullcontext,
    keep: Callable[[str], object] | None = None,
) -> tuple[str, str]:
    """Open `text` in the user's editor; returns (text, "") when done, or (the old text, why it could not be).

    The file is readable by its owner only, in memory where the system has a place for that, and is removed after. `keep`
    is given what was written so far whenever the editor saves it, so that a dropped line loses none of it.
    """
    try:
        with tempfile.TemporaryDirectory(
            prefix=f"{_BEGINS}{os.getpid()}-", dir=_MEMORY if _MEMORY.is_dir() else None
        ) as folder:
            path = Path(folder) / "note.txt"
            path.touch(mode=0o600)
            path.write_text(text, encoding="utf-8")
            command = editor_command()
            with around(), _kept(path, text, keep):
                code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the user's own editor
            if code != 0:
                return text, f"{command[0]} ended with {code}; nothing was changed"
            written = path.read_text(encoding="utf-8", errors="replace")
            return (written[:-1] if written.endswith("\n") and not text.endswith("\n") else written), ""
    except SuspendNotSupported:
        return text, "An editor cannot be opened from here"
    except (OSError, ValueError) as error:
        return text, f"The editor did not start: {error}. Set EDITOR to one that is installed"


@contextmanager
def _kept(path: Path, before: str, keep: Callable[[str], object] | None) -> Iterator[None]:
    """While the editor is open: what it saves is given to `keep`, at most once a second."""
    if keep is None:
        yield
        return
    done = Event()

    def watch() -> None:
        last = before
        while not done.wait(KEPT_EVERY):
            with suppress(OSError):
                now = path.read_text(encoding="utf-8", errors="replace")
                if now and now != last:
                    last = now
                    keep(now)

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        done.set()
        watching.join()
