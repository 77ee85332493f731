"""Erase children about whom every text of every table holds a marker, and search every byte for the markers.

Searched is all that lies in the store's folder once decrypted page by page with the key of before and the key of after
(the store, its log, its backups), the same files as they are, and the whole store as SQLCipher exports it in plain.

    python -m tests.reliability.erasing --children 6
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from placement_tui.bootstrap import Services
from placement_tui.domain.retention import Way
from tests import builders
from tests.reliability import plain_pages, planted


def exported(services: Services, target: Path) -> bytes:
    """The store without its encryption, as SQLCipher itself writes it."""
    raw = services.desk.store.raw(query_only=False)
    try:
        raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
        raw.execute("SELECT sqlcipher_export('plain')").fetchall()
        raw.execute("DETACH DATABASE plain")
    finally:
        raw.close()
    assert sqlite3.connect(target).execute("SELECT count(*) FROM operation").fetchone()[0]
    return target.read_bytes()


def everything(services: Services, folder: Path, keys: Iterable[bytes]) -> Iterable[bytes]:
    """All that lies in the store's folder, decrypted with any of these keys, and as it is."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        data = path.read_bytes()
        yield data
        if path.name.endswith((".db", "-wal")):
            for key in keys:
                yield from plain_pages.pages(path, key)
    yield exported(services, folder.parent / "plain.db")
    (folder.parent / "plain.db").unlink()


def main() -> int:
    """Erase them one after the other, and print what was found of each; ends with 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=6)
    options = parser.parse_args()
    left = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "team"
        folder.mkdir(mode=0o700)
        services = builders.team(folder / "team.db")
        builders.homes(services)
        children = [planted.child(services, f"C{n}", f"Qchild{n}x") for n in range(options.children)]
        stays = planted.child(services, "ST", "Qstays")
        services.backups.make()
        sys.stdout.write("| way | markers | hits before | hits after | bytes searched after | seconds |\n")
        sys.stdout.write("| --- | --- | --- | --- | --- | --- |\n")
        for number, child in enumerate(children):
            way: Way = "erase"
            before = services.desk.store.data_key
            there, _ = plain_pages.hits(everything(services, folder, [before]), child.markers)
            started = time.monotonic()
            services.retention.erase({child.child}, f"number {number}", way)
            seconds = time.monotonic() - started
            keys = [before, services.desk.store.data_key]
            found, searched = plain_pages.hits(everything(services, folder, keys), child.markers)
            left += sum(found.values())
            sys.stdout.write(
                f"| {way} | {len(child.markers)} | {sum(there.values()):,} | {sum(found.values())} | {searched:,} | {seconds:.1f} |\n"
            )
        kept, _ = plain_pages.hits(everything(services, folder, [services.desk.store.data_key]), stays.markers)
        faults = services.history.verify().faults
        services.close()
    sys.stdout.write(
        f"\nof the child who stays {sum(bool(each) for each in kept.values())} of {len(kept)} markers are there; "
        f"{len(faults)} faults\n"
    )
    return 1 if left or faults or not all(kept.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
