"""Whoever changes anything behind the program's back is found, and what nobody changed is not accused.

The long form, with its table: python -m tests.reliability.tamper
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from placement_tui.bootstrap import open_services
from placement_tui.db.stores import open_store
from placement_tui.db.verify import verify
from placement_tui.domain.history import Head, read_head
from placement_tui.errors import Invalid
from placement_tui.paths import head_path
from tests import builders
from tests.reliability import tamper


@pytest.mark.slow
def test_every_tampering_is_found_and_named(tmp_path: Path) -> None:
    path = tamper.made(tmp_path, 2)
    store, _ = open_store(path, None, builders.PASSPHRASE)
    key = store.data_key
    assert verify(store).faults == ()
    store.close()
    tallies = tamper.run(path, key, 1, 7, lambda _: None)
    assert len(tallies) == len(tamper.KINDS)
    assert {name: (each.tried, each.found, each.named) for name, each in tallies.items()} == dict.fromkeys(
        tallies, (1, 1, 1)
    )


def test_a_store_put_back_to_an_older_copy_is_found_by_the_note_and_by_a_line_written_down(
    store_path: Path,
) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    builders.referral(services)
    services.close()
    older = store_path.with_name("older.db")
    shutil.copy(store_path, older)
    services = open_services(store_path, None, builders.PASSPHRASE)
    builders.referral(services, builders.child("AB", "W-2"))
    line = services.history.verify().head
    services.close()
    assert line is not None
    note = head_path(store_path).read_text(encoding="utf-8")
    shutil.copy(older, store_path)
    services = open_services(store_path, None, builders.PASSPHRASE)
    (fault,) = services.history.verify().faults
    assert f"ended at {line.sequence}" in fault.what
    assert "put back to an earlier state" in fault.what
    head_path(store_path).unlink()
    found = services.history.verify()
    assert found.faults == ()
    assert "No note of where the journal ended" in found.said[0]  # said, so that nobody takes silence for proof
    (fault,) = services.history.verify(known=read_head(line.words)).faults
    assert "was written down" in fault.what
    services.close()
    assert note != head_path(store_path).read_text(encoding="utf-8")


def test_a_backup_knows_where_the_journal_was(store_path: Path) -> None:
    services = open_services(store_path, None, builders.PASSPHRASE)
    builders.referral(services)
    older = store_path.with_name("older.db")
    services.desk.store.checkpoint()
    shutil.copy(store_path, older)
    builders.referral(services, builders.child("AB", "W-2"))
    services.backups.make()
    services.close()
    head_path(store_path).unlink()
    shutil.copy(older, store_path)
    services = open_services(store_path, None, builders.PASSPHRASE)
    (fault,) = services.history.verify().faults
    assert "in the backup" in fault.what
    services.close()


@pytest.mark.parametrize("text", ["", "a:b:c", "0" * 32, f"{'0' * 32}:x:{'0' * 64}", f"{'0' * 32}:1:{'0' * 63}"])
def test_a_line_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="no line of"):
        read_head(text)
    head = Head("a" * 32, 12, "b" * 64)
    assert read_head(head.words.upper()) == head
