"""An officer's slot secret in a laptop's own keyring: opt-in, never the only copy, never the passphrase or data key.

Only the keyrings of the systems themselves are used. What `keyring` would take where there is none of them (plaintext
files, a prompt in the middle of a screen, nothing at all) counts as no keyring. Over SSH the passphrase is asked for:
a keyring there is another machine's, or prompts on somebody else's screen.
"""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from placement_tui.errors import Locked, PlacementError, Refused
from placement_tui.paths import state_dir

if TYPE_CHECKING:
    from placement_tui.db.ways import Way

SERVICE = "placement"
PATIENCE = 3.0  # seconds: a prompt on a screen elsewhere never answers
ALLOWED = {
    ("keyring.backends.SecretService", "Keyring"): "the Secret Service",
    ("keyring.backends.kwallet", "DBusKeyring"): "KWallet",
    ("keyring.backends.kwallet", "DBusKeyringKWallet4"): "KWallet",
    ("keyring.backends.Windows", "WinVaultKeyring"): "the Windows Credential Locker",
    ("keyring.backends.macOS", "Keyring"): "the macOS Keychain",
}
T = TypeVar("T")


def over_ssh() -> bool:
    """True where this program is used from another machine."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def remembered(store: Path) -> str | None:
    """The name of the officer whose secret this account's keyring holds for a store; None where it holds none.

    It looks at a note of its own and not at the keyring, which takes a while to find.
    """
    if over_ssh():
        return None
    found = _notes().get(_note_of(store))
    return str(found["name"]) if found else None


def remember(store: Path, store_id: UUID, name: str, way: Way) -> str:
    """Keep an officer's slot secret in the keyring, read it back, and give the keyring's name. Raises Refused."""
    if over_ssh():
        raise Refused("Over SSH nothing is remembered", "the keyring would be the server's", "type the passphrase")
    user, secret = _user(store_id, way.officer), way.secret().hex()

    def keep() -> str:
        backend, words = _backend()
        backend.set_password(SERVICE, user, secret)
        if backend.get_password(SERVICE, user) != secret:
            raise _none("it does not give back what it was given")
        return words

    words = _patiently(keep)
    notes = _notes()
    notes[_note_of(store)] = {"store": store_id.hex, "officer": way.officer.hex, "name": name}
    _write_notes(notes)
    return words


def recall(store: Path) -> Way:
    """The way in that the keyring holds for a store, which opens its data key. Raises Locked where it holds none.

    What no longer opens (the passphrase was changed, the officer's access ended) is forgotten.
    """
    from placement_tui.db import slots
    from placement_tui.db.ways import Way

    note = _notes().get(_note_of(store))
    if note is None or over_ssh():
        raise Locked("Nothing is remembered for this store", mend="type the passphrase")
    officer = UUID(note["officer"])
    try:
        secret = _patiently(lambda: _backend()[0].get_password(SERVICE, _user(UUID(note["store"]), officer)))
    except Refused as refusal:
        raise Locked(refusal.title, refusal.detail, "type the passphrase") from None
    try:
        way = Way(officer, bytes.fromhex(secret or ""))
        way.key(slots.read(store))
    except (Locked, ValueError):
        forget(store)
        raise Locked(
            "What this machine remembered no longer opens the store, and was forgotten",
            mend="type the passphrase; to remember it again: placement passwd --remember",
        ) from None
    return way


def forget(store: Path) -> bool:
    """Forget a store's secret; True where something was remembered. The note goes even where the keyring is away."""
    notes = _notes()
    note = notes.pop(_note_of(store), None)
    if note is None:
        return False
    user = _user(UUID(note["store"]), UUID(note["officer"]))
    with suppress(PlacementError):
        _patiently(lambda: _backend()[0].delete_password(SERVICE, user))
    _write_notes(notes)
    return True


def available() -> str:
    """The name of the keyring that would be used. Raises Refused where there is none."""
    return _patiently(lambda: _backend()[1])


def _backend() -> tuple[Any, str]:
    """The system's own keyring and its name. Raises Refused where there is none."""
    import keyring

    chosen = keyring.get_keyring()
    for each in getattr(chosen, "backends", None) or [chosen]:
        words = ALLOWED.get((type(each).__module__, type(each).__qualname__))
        if words:
            return each, words
    name = f"{type(chosen).__module__}.{type(chosen).__qualname__}"
    if type(chosen).__module__ in ("keyring.backends.fail", "keyring.backends.null"):
        raise _none("none runs here")
    raise _none(f"{name} does not guard what it keeps as the system's own do")


def _none(why: str) -> Refused:
    return Refused("There is no keyring to remember it in", why, "the passphrase is asked for each time")


def _patiently(work: Callable[[], T]) -> T:
    """Do it on a thread that nobody waits for longer than a few seconds. Raises Refused for whatever goes wrong."""
    answer: queue.SimpleQueue[T | Refused] = queue.SimpleQueue()

    def run() -> None:
        try:
            answer.put(work())
        except Refused as refusal:
            answer.put(refusal)
        except BaseException as cause:  # its plug-ins raise what they like, and may put secrets into it
            answer.put(_none(f"it says {type(cause).__name__}"))

    threading.Thread(target=run, name="keyring", daemon=True).start()
    try:
        found = answer.get(timeout=PATIENCE)
    except queue.Empty:
        raise _none(f"it did not answer within {PATIENCE:.0f} seconds") from None
    if isinstance(found, Refused):
        raise found
    return found


def _user(store_id: UUID, officer: UUID) -> str:
    return f"{store_id.hex}.{officer.hex}"


def _note_of(store: Path) -> str:
    return str(store.resolve())


def _notes() -> dict[str, dict[str, str]]:
    try:
        notes = json.loads((state_dir() / "remembered.json").read_text(encoding="utf-8"))
        return {
            str(store): note
            for store, note in notes.items()
            if UUID(note["officer"]) and UUID(note["store"]) and isinstance(note["name"], str)
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write_notes(notes: dict[str, dict[str, str]]) -> None:
    file = state_dir() / "remembered.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = file.with_suffix(".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(notes, out)
        os.replace(part, file)
    except OSError as cause:
        raise Refused("What is remembered cannot be noted", cause.strerror or "", f"check {file.parent}") from None
