"""The program on a store that opens when a file is there. What was loaded when opening was asked for goes to another.

Arguments: the file for the modules, the store, the file that lets it open.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from placement_tui import opening
from placement_tui.cli.main import main

target, store, go = sys.argv[1:]
really = opening.Opening.open


def noted(self: opening.Opening, *who: Any) -> Any:
    """Opening the store is the first thing that is asked for once the frame is painted."""
    Path(target).write_text(json.dumps(sorted(sys.modules)), encoding="utf-8")
    until = time.monotonic() + 60
    while not Path(go).exists() and time.monotonic() < until:
        time.sleep(0.01)
    return really(self, *who)


opening.Opening.open = noted  # a test's own ear at the one place where the store comes in
sys.exit(main(["--store", store]))
