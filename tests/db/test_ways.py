"""Passphrases and codes: what a guess costs, how long an officer waits, and that no secret is ever shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from placement_tui.bootstrap import Services, open_services
from placement_tui.db import slots, ways
from placement_tui.errors import Locked
from tests import builders

ROOT = Path(__file__).parents[2]


def test_a_guess_costs_what_is_written_down(full_cost: None) -> None:
    """RFC 9106, section 4, second recommended option: 3 passes, 4 lanes, 64 MiB; what this suite makes is cheaper."""
    slot = ways.make_slot(builders.UUID(int=7), "Karen Moss", builders.PASSPHRASE, slots.new_key())
    assert (slot.passes, slot.lanes, slot.memory_kib) == (3, 4, 64 * 1024)
    said = "from placement_tui.db import slots; print(slots.PASSES, slots.LANES, slots.MEMORY_KIB)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["3", "4", str(64 * 1024)]
    for page in ("docs/how-to.md", "placement_tui/db/ways.py"):
        assert "64 MiB, 3 passes, 4 lanes" in (ROOT / page).read_text(encoding="utf-8")


def test_an_accent_typed_in_two_ways_is_one_passphrase(store_path: Path) -> None:
    key = slots.new_key()
    slot = ways.make_slot(builders.UUID(int=7), "Zoé", "quatre caf\u00e9s bien serr\u00e9s", key)
    assert ways.open_slot(slot, "quatre cafe\u0301s bien serre\u0301s") is not None


def test_a_code_is_long_and_of_letters_that_are_not_mistaken() -> None:
    codes = {ways.new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 7
        assert not set(code) & set("AEIOUL0123456789")
        assert ways.read_code(code.lower().replace("-", "")) == code
    assert ways.read_code("correct horse battery staple") is None


def test_no_secret_stands_in_what_things_look_like(services: Services) -> None:
    store = services.desk.store
    way = store.way
    assert way is not None
    file = slots.read(store.path)
    secrets = {
        way.secret().hex(), repr(way.secret()), store.data_key.hex(), repr(store.data_key), builders.PASSPHRASE,
        file.slots[0].wrapped, file.slots[0].sealed,
    }  # fmt: skip
    demo = slots.signed(slots.SlotFile(file.store, 1, (), store.data_key.hex()), store.data_key)
    shown = (
        f"{store!r} {way!r} {file!r} {file.slots!r} {services!r} {services.desk!r} {demo!r} {vars(services.officers)!r}"
    )
    assert not [secret for secret in secrets if secret in shown]


def test_no_secret_stands_in_a_refusal(store_path: Path) -> None:
    with pytest.raises(Locked) as caught:
        open_services(store_path, None, "a passphrase of mine elsewhere")
    said = f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert "elsewhere" not in said


@pytest.mark.parametrize("where", ["placement_tui.db.connecting.connect", "placement_tui.db.ways.Way.key"])
def test_no_secret_stands_in_a_traceback(store_path: Path, where: str) -> None:
    """Of an error that nobody foresaw, in the midst of unlocking."""
    module, _, name = where.rpartition(".")
    code = (
        "import sys\nfrom pathlib import Path\nfrom placement_tui import bootstrap\nfrom pkgutil import resolve_name\n"
        f"place = resolve_name({module!r})\n"
        "def fails(*_, **__): raise RuntimeError('unforeseen')\n"
        f"setattr(place, {name!r}, fails)\n"
        "given = sys.stdin.readline().strip()\n"
        "bootstrap.open_services(Path(sys.argv[1]), None, given)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(store_path)], input=builders.PASSPHRASE, capture_output=True, text=True,
        check=False, timeout=60, cwd=ROOT,
    )  # fmt: skip
    assert "unforeseen" in ran.stderr
    assert builders.PASSPHRASE not in ran.stderr + ran.stdout
