"""A store whose files or folder are open to others, or were put there by somebody else, is refused with its mend."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from pathlib import Path

import pytest

from placement_tui.bootstrap import make_store, open_services
from placement_tui.db import private
from placement_tui.errors import Refused
from placement_tui.paths import keys_path
from tests import builders

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and owners are those of POSIX systems")
SOMEBODY, SOMEBODY_ELSE = 61_001, 61_002


def refusal(path: Path) -> Refused | None:
    """What opening it says."""
    try:
        open_services(path, None, builders.PASSPHRASE).close()
    except Refused as said:
        return said
    return None


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644, 0o666, 0o601])
@pytest.mark.parametrize("which", range(len(private.files_of(Path("x")))))
def test_every_file_of_the_store_is_closed_to_others(store_path: Path, which: int, mode: int) -> None:
    file = private.files_of(store_path)[which]
    file.touch()
    file.chmod(mode)
    said = refusal(store_path)
    assert said is not None
    assert f"chmod o= {file}" in said.mend
    file.chmod(stat.S_IMODE(file.stat().st_mode) & ~0o007)
    assert refusal(store_path) is None


@pytest.mark.parametrize("mode", [0o755, 0o777, 0o1777, 0o702, 0o704])
def test_the_folder_is_closed_to_others(store_path: Path, mode: int) -> None:
    store_path.parent.chmod(mode)
    said = refusal(store_path)
    assert said is not None
    command = re.search(r"chmod o= (\S+),", said.mend)
    assert command
    assert os.system(f"chmod o= {command[1]}") == 0
    assert refusal(store_path) is None


def test_a_store_is_not_made_in_an_open_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(Refused, match="look into the store's folder"):
        make_store(tmp_path / "team.db", builders.WIRRAL, "Karen Moss", builders.PASSPHRASE)
    assert list(tmp_path.iterdir()) == []
    make_store(tmp_path / "own" / "team.db", builders.WIRRAL, "Karen Moss", builders.PASSPHRASE).close()
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("mode", "files"), [(0o2770, 0o660), (0o700, 0o660), (0o750, 0o600), (0o711, 0o600)])
def test_a_folder_of_ones_own_or_of_the_team_will_do(store_path: Path, mode: int, files: int) -> None:
    store_path.parent.chmod(mode)
    for file in (store_path, keys_path(store_path)):
        file.chmod(files)
    assert refusal(store_path) is None


@pytest.mark.parametrize("which", ["", ".keys"])
@pytest.mark.parametrize(("mode", "files"), [(0o750, 0o640), (0o770, 0o660), (0o711, 0o620)])
def test_a_group_that_does_not_share_the_folder_reads_nothing_in_it(
    store_path: Path, mode: int, files: int, which: str
) -> None:
    """An account's first group may be everybody's on this machine."""
    store_path.parent.chmod(mode)
    file = store_path.with_name(store_path.name + which)
    file.chmod(files)
    said = refusal(store_path)
    assert said is not None
    assert os.system(f"chmod g= {file}") == 0
    assert said.mend.endswith(f"chmod g= {file}")
    assert refusal(store_path) is None


@pytest.mark.parametrize("end", ["", ".keys", ".lock", ".attempts"])
def test_a_link_in_the_place_of_a_file_is_refused(store_path: Path, tmp_path: Path, end: str) -> None:
    file = store_path.with_name(store_path.name + end)
    file.touch()
    away = file.rename(tmp_path / "elsewhere")
    file.symlink_to(away)
    said = refusal(store_path)
    assert said is not None
    assert "is a link" in said.title
    assert str(away) in said.mend


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize(
    ("owner", "group", "folder", "refused"),
    [
        (SOMEBODY, SOMEBODY, 0o700, False),
        (0, 0, 0o700, False),
        (SOMEBODY_ELSE, SOMEBODY, 0o770, True),
        (SOMEBODY_ELSE, SOMEBODY, 0o2770, False),
        (SOMEBODY_ELSE, SOMEBODY_ELSE, 0o2770, True),
    ],
)
def test_a_key_file_of_somebody_else_is_refused(owner: int, group: int, folder: int, refused: bool) -> None:
    """In a folder that the team shares, a colleague's is no stranger's."""
    with tempfile.TemporaryDirectory() as place:
        assert _refused(Path(place), owner, group, folder) == refused


def _refused(place: Path, owner: int, group: int, folder: int) -> bool:
    keys = place / "team.db.keys"
    keys.touch()
    os.chown(place, SOMEBODY, SOMEBODY)
    place.chmod(folder)
    os.chown(keys, owner, group)
    keys.chmod(0o660)
    child = os.fork()
    if not child:
        os.setgid(SOMEBODY)
        os.seteuid(SOMEBODY)
        code = 9
        try:
            private._check_owner(keys)
            code = 0
        except Refused as said:
            code = 1 if "belongs to somebody else" in said.title and "chown" in said.mend else 2
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 1)
    return bool(code)
