"""Short programs run by a fresh interpreter: what a process has loaded cannot be seen in one that loaded all."""

from __future__ import annotations

import json
import subprocess
import sys

# What a start must not wait for: the store below, and what only some commands need.
STORE = {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "sqlcipher3", "cryptography"}
HEAVY = STORE | {"numpy", "rapidfuzz", "geopy", "pyproj", "keyring", "python_calamine", "msgpack", "brotli"}


def loaded_by(code: str) -> set[str]:
    """The names of all modules that a fresh interpreter holds after running `code`."""
    said = run(f"{code}\nimport sys, json\nsys.stderr.write('\\n' + json.dumps(sorted(sys.modules)))")
    return set(json.loads(said.rsplit("\n", 1)[1]))


def run(code: str) -> str:
    """What the code says on stderr; raises AssertionError with it where the code fails."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stderr
