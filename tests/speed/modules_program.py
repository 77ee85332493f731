"""The program on a store; what it had loaded when its first frame stood goes to a file. Arguments: file, store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from placement_tui import opening
from placement_tui.cli.main import main

target, store = sys.argv[1:]
really = opening.Opening.open


def noted(self: opening.Opening, *who: Any) -> Any:
    """Opening the store is the first thing that is asked for once the frame is painted."""
    Path(target).write_text(json.dumps(sorted(sys.modules)), encoding="utf-8")
    return really(self, *who)


opening.Opening.open = noted  # a test's own ear at the one place where the store comes in
sys.exit(main(["--store", store]))
