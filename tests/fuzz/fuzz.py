"""Throw hostile input at every target for a while, guided by what the program does with it, and count.

    python tests/fuzz/fuzz.py --seconds 60            # every target; needs atheris (Linux)
    python tests/fuzz/fuzz.py --seconds 600 register

Each target runs in a process of its own, held to two gigabytes. The smallest inputs that reached something new are kept
in `tests/fuzz/corpus/`, which the tests replay; a fault is kept there as `fault-...` and fails them until it is mended.
The counts are added up in `tests/fuzz/counts.json`.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORPUS, COUNTS = HERE / "corpus", HERE / "counts.json"
KEPT, LARGEST = 40, 2_048  # files kept for a target, bytes of each


def main() -> int:
    """Run the targets one after the other; 1 where a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    sys.path.insert(0, str(ROOT))
    if options.inside:
        _inside(options.targets[0], rest)
        return 0
    from tests.fuzz.targets import TARGETS

    faults = 0
    counts = json.loads(COUNTS.read_text()) if COUNTS.exists() else {}
    for name in options.targets or TARGETS:
        found = _one(name, options.seconds)
        faults += found["faults"]
        before = counts.get(name, {})
        counts[name] = {**found, "inputs": found["inputs"] + before.get("inputs", 0),
                        "seconds": found["seconds"] + before.get("seconds", 0)}  # fmt: skip
        COUNTS.write_text(json.dumps(dict(sorted(counts.items())), indent=1) + "\n")
        print(f"{name:10} {found['inputs']:>9,} inputs  {found['corpus']:>3} kept  {found['faults']} faults")
    return 1 if faults else 0


def _one(name: str, seconds: int) -> dict[str, object] | dict[str, int]:
    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "corpus"
        work.mkdir()
        command = [sys.executable, str(HERE / "fuzz.py"), name, "--inside", str(work), str(kept)]
        limits = [f"-max_total_time={seconds}", f"-max_len={LARGEST}", "-rss_limit_mb=2048", "-timeout=20",
                  f"-artifact_prefix={kept}/fault-"]  # fmt: skip
        done = subprocess.run([*command, *limits], cwd=ROOT, capture_output=True, text=True, check=False)
        ran = re.search(r"Done (\d+) runs", done.stderr) or re.search(r"#(\d+)\s[^\n]*\n(?!.*#\d)", done.stderr, re.S)
        faults = len(list(kept.glob("fault-*")))
        if done.returncode and not faults:
            print(done.stderr[-2000:], file=sys.stderr)
            faults = 1
        if not faults:
            for file in work.iterdir():
                shutil.copy(file, kept / file.name)
            _thin(kept)
    return {"inputs": int(ran[1]) if ran else 0, "seconds": seconds, "corpus": len(list(kept.iterdir())),
            "faults": faults, "on": f"{datetime.now(UTC):%Y-%m-%d}"}  # fmt: skip


def _thin(kept: Path) -> None:
    """Of what was found keep the smallest; what was written by hand has a name with an ending, and stays."""
    found = sorted((file for file in kept.iterdir() if not file.suffix), key=lambda file: file.stat().st_size)
    for file in found[KEPT:]:
        file.unlink()


def _inside(name: str, rest: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["placement_tui"]):
        from tests.fuzz import targets
    atheris.Setup([sys.argv[0], *rest], lambda data: targets.run(name, data) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main())
