"""Settings of the whole suite."""

from __future__ import annotations

import os

import textual._wait
from hypothesis import settings

# What a screen would be told by the terminal it is tested on; a developer's own settings change no test.
for name in ("NO_COLOR", "COLORTERM", "PLACEMENT_ASCII", "PLACEMENT_DRIVER", "TEXTUAL_THEME"):
    os.environ.pop(name, None)
os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"
os.environ["PLACEMENT_ASCII"] = "0"

# Textual waits 20 ms for each key to settle; 2 ms are enough, and the suite is four times as fast. The names are
# private: tests/widgets/test_speed_settings.py says so when they go.
textual._wait.SLEEP_GRANULARITY = 0.002
textual._wait.SLEEP_IDLE = 0.0015

settings.register_profile("placement", deadline=None)  # two shared cores: a slow second is no failure
settings.load_profile("placement")
