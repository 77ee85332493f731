"""`make audit`: do the packages that the program stands on have known weaknesses?

Asks the public advisory database through pip-audit about every version that constraints.txt pins. A weakness fails. A
database that cannot be asked does not: it says how many packages went unasked, so that nobody takes silence for safety.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE = 120  # seconds


def main() -> int:
    """Ask, say, and give 1 where a weakness is known."""
    asked = [
        sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / "constraints.txt"), "--require-hashes",
        "--disable-pip", "--progress-spinner", "off", "--format", "json",
    ]  # fmt: skip
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        print("Known weaknesses: the advisory database could not be asked; nothing was checked", file=sys.stderr)
        return 0
    weak = [each for each in found if each.get("vulns")]
    for each in weak:
        for weakness in each["vulns"]:
            mended = ", ".join(weakness["fix_versions"]) or "no version yet"
            print(f"{each['name']} {each['version']}: {weakness['id']}, mended in {mended}", file=sys.stderr)
    unasked = sum("skip_reason" in each for each in found)
    if unasked:
        print(f"Known weaknesses: {unasked} of {len(found)} packages could not be asked about", file=sys.stderr)
    return 1 if weak else 0


if __name__ == "__main__":
    raise SystemExit(main())
