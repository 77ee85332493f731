"""A laptop's keyring: a real Secret Service on a private bus, a machine without one, and keyrings that guard nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import pytest

from placement_tui import keyrings
from placement_tui.bootstrap import Services, open_services
from placement_tui.errors import Locked, Refused
from placement_tui.paths import state_dir
from tests import builders, needs

UNLOCKED = 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"'
NEVER_UNLOCKED = 'gnome-keyring-daemon --start --components=secrets >/dev/null; exec "$@"'
ROOT = Path(__file__).parents[2]
NEW = "marble kettle onward drift"


def environment(home: Path, **more: str) -> dict[str, str]:
    """A session of its own, without a screen."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
    }
    own = {"HOME": home, "XDG_DATA_HOME": home / "data", "XDG_STATE_HOME": home / "state", "XDG_RUNTIME_DIR": home}
    return kept | {key: str(value) for key, value in own.items()} | {"PYTHONPATH": str(ROOT)} | more


def on_a_bus(daemon: str, code: str, store: Path, home: Path) -> list[str]:
    """What a program says on a private bus with a keyring daemon."""
    needs.program("gnome-keyring-daemon")
    bus = needs.program("dbus-run-session")
    ran = subprocess.run(
        [bus, "--", "sh", "-c", daemon, "sh", sys.executable, "-c", textwrap.dedent(code), str(store), builders.PASSPHRASE, NEW],
        env=environment(home), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


BEGIN = """
    import os, sys
    from pathlib import Path
    import keyring
    from placement_tui import keyrings
    from placement_tui.bootstrap import open_services
    from placement_tui.errors import PlacementError
    store, passphrase, new = Path(sys.argv[1]), *sys.argv[2:]
    def opens(name=None, given=None):
        try:
            services = open_services(store, name, given)
        except PlacementError as refusal:
            return type(refusal).__name__ + ": " + refusal.title
        print(services.desk.officer.name)
        return services
"""


def test_a_real_secret_service_opens_the_store_until_the_passphrase_changes(store_path: Path, tmp_path: Path) -> None:
    said = on_a_bus(UNLOCKED, BEGIN + """
    services = opens(given=passphrase)
    key = services.desk.store.data_key
    print(services.officers.remember())
    services.close()
    kept = keyring.get_keyring()
    import secretstorage
    items = [item.get_secret().decode() for each in secretstorage.get_all_collections(secretstorage.dbus_init())
             for item in each.get_all_items()]
    print(len(items), any(passphrase in item or key.hex() in item for item in items))
    again = opens()
    again.officers.rotate()
    again.close()
    opens("KM").close()
    print(opens("Priya Lal"))
    os.environ["SSH_CONNECTION"] = "192.0.2.1 50000 192.0.2.2 22"
    print(keyrings.remembered(store), opens())
    del os.environ["SSH_CONNECTION"]
    last = opens()
    last.officers.change_passphrase(passphrase, new)
    last.close()
    print(keyrings.remembered(store), opens())
    """, store_path, tmp_path)  # fmt: skip
    assert said == [
        "Karen Moss",
        "the Secret Service",
        "1 False",  # neither the passphrase nor the data key
        "Karen Moss",
        "Karen Moss",  # after a new data key, and by initials
        "Locked: No officer called 'Priya Lal' can open this store",  # nobody else is let in by it
        "None Locked: The store is locked",  # not over SSH
        "Karen Moss",
        "None Locked: The store is locked",
    ]


def test_what_is_remembered_of_an_ended_officer_opens_nothing_and_goes(services: Services, tmp_path: Path) -> None:
    priya = services.officers.add("Priya Lal", "officer", NEW)
    said = on_a_bus(UNLOCKED, BEGIN + """
    hers = opens("Priya Lal", new)
    hers.officers.remember()
    hers.close()
    mine = opens("Karen Moss", passphrase)
    mine.officers.disable(hers.desk.officer.id, "left")
    mine.close()
    print(keyrings.remembered(store))
    print(opens())
    print(keyrings.remembered(store))
    """, services.desk.store.path, tmp_path)  # fmt: skip
    assert said[2:] == [
        "Priya Lal",
        "Locked: What this machine remembered no longer opens the store, and was forgotten",
        "None",
    ]
    assert [row.works for row in services.officers.everyone() if row.id == priya] == [False]


def test_a_keyring_that_wants_a_prompt_is_no_keyring(store_path: Path, tmp_path: Path) -> None:
    said = on_a_bus(NEVER_UNLOCKED, BEGIN + """
    services = opens(given=passphrase)
    try:
        print(services.officers.remember())
    except PlacementError as refusal:
        print(refusal.title)
    services.close()
    os._exit(0)
    """, store_path, tmp_path)  # fmt: skip
    assert said == ["Karen Moss", "There is no keyring to remember it in"]


def test_without_a_bus_it_says_so_at_once(store_path: Path, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, builders.PASSPHRASE.encode())
    os.close(writing)
    words = ["passwd", "--remember", "--store", str(store_path), "--passphrase-fd", str(reading)]
    began = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-m", "placement_tui", *words], env=environment(tmp_path), capture_output=True, text=True,
        check=False, timeout=60, pass_fds=(reading,), cwd=ROOT,
    )  # fmt: skip
    os.close(reading)
    assert time.monotonic() - began < 8
    assert ran.returncode == 1
    assert ran.stderr.startswith("There is no keyring to remember it in.")
    assert not (tmp_path / "state").exists() or not list((tmp_path / "state").rglob("remembered.json"))


class Plain(keyring.backend.KeyringBackend):
    """Keeps secrets as they are, as keyrings.alt does."""

    priority = 9  # type: ignore[assignment]  # a property of the class in keyring's own words
    kept: dict[tuple[str, str], str] = {}  # noqa: RUF012 - what all of them share is what is looked at

    def get_password(self, service: str, username: str) -> str | None:
        """What was kept."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password


class Stuck(Plain):
    """Asks on a screen that nobody sits at."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Wait."""
        time.sleep(30)


class Telling(Plain):
    """Puts what it was given into its error."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Fail."""
        raise ValueError(password)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> object:
    """Register a backend with keyring itself, and put what was there back."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)
    Plain.kept.clear()
    (state_dir() / "remembered.json").unlink(missing_ok=True)


def test_a_keyring_that_guards_nothing_is_refused_and_given_nothing(services: Services, use: object) -> None:
    use(Plain())  # type: ignore[operator]
    with pytest.raises(Refused, match="There is no keyring") as caught:
        services.officers.remember()
    assert "Plain does not guard what it keeps" in caught.value.detail
    assert Plain.kept == {}
    use(keyring.backends.fail.Keyring())  # type: ignore[operator]
    with pytest.raises(Refused, match="There is no keyring"):
        services.officers.remember()


def test_a_keyring_that_does_not_answer_is_waited_for_shortly(
    services: Services, use: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(keyrings.ALLOWED, (Stuck.__module__, "Stuck"), "a stuck keyring")
    monkeypatch.setattr(keyrings, "PATIENCE", 0.2)
    use(Stuck())  # type: ignore[operator]
    began = time.monotonic()
    with pytest.raises(Refused, match="There is no keyring"):
        services.officers.remember()
    assert time.monotonic() - began < 2


def test_an_error_of_a_keyring_tells_no_secret(
    services: Services, use: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(keyrings.ALLOWED, (Telling.__module__, "Telling"), "a telling keyring")
    use(Telling())  # type: ignore[operator]
    with pytest.raises(Refused) as caught:
        services.officers.remember()
    way = services.desk.store.way
    assert way is not None
    assert way.secret().hex() not in f"{caught.value} {caught.value.__context__!r}"


@pytest.mark.parametrize("notes", ["", "[]", '{"x": 3}', '{"%s": {"officer": "x"}}', "\x00"])
def test_a_note_that_is_none_means_nothing_is_remembered(store_path: Path, use: object, notes: str) -> None:
    state_dir().mkdir(parents=True, exist_ok=True)
    (state_dir() / "remembered.json").write_text(notes.replace("%s", str(store_path)))
    assert keyrings.remembered(store_path) is None
    with pytest.raises(Locked, match="Nothing is remembered"):
        keyrings.recall(store_path)
    assert keyrings.forget(store_path) is False


def test_a_note_of_what_the_keyring_lost_is_forgotten(
    services: Services, use: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(keyrings.ALLOWED, (Plain.__module__, "Plain"), "a keyring of tests")
    use(Plain())  # type: ignore[operator]
    assert services.officers.remember() == "a keyring of tests"
    path = services.desk.store.path
    open_services(path).close()
    note = json.loads((state_dir() / "remembered.json").read_text())[str(path.resolve())]
    assert (note["name"], len(Plain.kept)) == ("Karen Moss", 1)
    Plain.kept.clear()
    with pytest.raises(Locked, match="was forgotten"):
        open_services(path)
    with pytest.raises(Locked, match="The store is locked"):
        open_services(path)
