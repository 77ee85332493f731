"""Where things lie: the store and its companions, the state of one person, the logs."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from placement_tui.errors import Invalid

SCHEMES = ("postgresql://", "postgres://")
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs", "fuse.rclone", "9p", "davfs", "fuse.davfs2"}
)


def typed_path(text: str) -> Path:
    """A path as a person types it, `~` and `~name` meaning a home directory. Raises Invalid for nobody's."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        raise Invalid(
            "path", f"{text[:80]!r} begins with the home directory of nobody", mend="write the whole path"
        ) from None


def typed_store(text: str) -> Path:
    """A store as a person names it: a path, or the address of a database on a server. Raises Invalid.

    A server's store has a folder of its own on this machine, for what belongs to this machine alone: its note of the
    address, which is the store's path wherever one is meant, and what lies beside every store.
    """
    if not text.strip().startswith(SCHEMES):
        return typed_path(text)
    from platformdirs import user_data_path

    address = text.strip().replace(SCHEMES[1], SCHEMES[0], 1)
    _refuse_password(address)
    parts = "".join(
        letter if letter.isalnum() or letter in "-." else "-" for letter in address.removeprefix(SCHEMES[0])
    )
    folder = user_data_path("placement", appauthor=False) / "servers"
    note = folder / f"{parts[:60].strip('-.')}-{sha256(address.encode()).hexdigest()[:8]}" / "store.server"
    if server_of(note) != address:
        note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.write_text(address + "\n", encoding="utf-8")
        note.chmod(0o600)
    return note


def _refuse_password(address: str) -> None:
    """Before the address is noted anywhere: what stands in it would lie on the disk, and in a folder's name."""
    where, _, given = address.removeprefix(SCHEMES[0]).partition("?")
    user = where.split("/", 1)[0].rpartition("@")[0]
    names = {each.partition("=")[0].casefold() for each in given.split("&")}
    if ":" in user or names & {"password", "sslpassword"}:
        raise with_password()


def with_password() -> Invalid:
    """The refusal of an address that carries a password."""
    return Invalid(
        "store", "An address with a password in it is seen by everybody on this machine",
        mend="put the password into the file that PGPASSFILE names (~/.pgpass), and leave it out here",
    )  # fmt: skip


def words(store: Path) -> str:
    """What people call a store: its file's name, or the database and the server."""
    address = server_of(store)
    if address is None:
        return store.name
    host, _, database = address.removeprefix(SCHEMES[0]).partition("?")[0].rpartition("@")[2].partition("/")
    return f"{database} on {host or 'this machine'}"


def server_of(store: Path) -> str | None:
    """The address of the server that holds the store, where its path is the note of one; None for a store in a file."""
    try:
        with store.open("rb") as file:
            start = file.read(2048)
    except OSError:
        return None
    if not start.startswith(SCHEMES[0].encode()):
        return None
    return start.split(b"\n", 1)[0].decode("utf-8", "replace").strip()


def keys_path(store: Path) -> Path:
    """The slot file of a store."""
    return store.with_name(store.name + ".keys")


def put_aside(store: Path, end: str = "") -> Path:
    """Where the file of a store lies that was moved to a server; with `end` one of those beside it."""
    return store.with_name(f"{store.name}.moved{end}")


def lock_path(store: Path) -> Path:
    """The advisory lock that writers queue at."""
    return store.with_name(store.name + ".lock")


def backups_dir(store: Path) -> Path:
    """The folder of a store's backups, each a copy with its own slot file beside it."""
    return store.with_name(store.name + ".backups")


def head_path(store: Path) -> Path:
    """The note of where a store's journal ended when the program last did."""
    return store.with_name(store.name + ".head")


def attempts_path(store: Path) -> Path:
    """What is noted of tries to open a store that failed."""
    return store.with_name(store.name + ".attempts")


def state_dir() -> Path:
    """This person's state: the last store opened, the log. Made on first use by whoever writes there."""
    from platformdirs import user_state_path

    return user_state_path("placement", appauthor=False)


def default_store() -> Path:
    """The store that is opened where none is named: `PLACEMENT_STORE`, else one in the person's data folder."""
    named = os.environ.get("PLACEMENT_STORE")
    if named:
        return typed_store(named)
    from platformdirs import user_data_path

    return user_data_path("placement", appauthor=False) / "team.db"


def on_network(path: Path) -> str | None:
    """The kind of network share that a path lies on, or None for a local disk (or where the system does not say)."""
    text = str(path.absolute())
    if text.startswith(("\\\\", "//")):
        return "a network share"
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    best, kind = "", ""
    resolved = str(path.absolute().resolve())
    for line in mounts:
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        place = parts[1].replace("\\040", " ")
        inside = resolved == place or resolved.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(best):
            best, kind = place, parts[2]
    return kind if kind in NETWORK else None
