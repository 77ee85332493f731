"""docs/performance.md, from what was measured."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from tests.ptydrive import SLOW_LINK, Sample
from tests.speed.measuring import READS, Results, at, middle

# Step -> what it is to reach: in time, in bytes. None where nothing is promised.
STEPS: dict[str, tuple[str, int | None]] = {
    "cursor, one line": ("1.2x a bare field", 350),
    "search key, to its echo": ("1.2x a bare field", 600),
    "help, opened": ("45 ms", 3_500),
    "help, left": ("45 ms", None),
    "call list, opened": ("40 ms", 7_000),
    "call list, left": ("40 ms", 7_000),
    "homes, opened": ("40 ms", 7_000),
    "homes, left": ("40 ms", 7_000),
    "a refusal, to 'saved'": ("p95 50 ms", None),
    "its undoing": ("", None),
}
HEAD = """# Performance

Written by `make bench` on {day}; run it on your own machine for your own figures. Times are milliseconds as a person at
the terminal has them: from the key's write to the read of the bytes that put the expected text on an emulated screen of
120x40 in 24-bit colour. p50 is the middle of the samples, p95 is reached by one in twenty. *Reach* is what the design asks
for; it is a goal, not a claim, and a figure that misses it stands here as it was measured. Tests hold the bytes, the pieces
and what is loaded before the first paint (tests/speed/test_counts.py); no test holds a time.

Machine: {machine}.
"""


def written(results: Sequence[Results], search: str, day: date) -> str:
    """The whole page."""
    parts = [HEAD.format(day=f"{day.day} {day:%B %Y}", machine=machine())]
    for found in results:
        rows = found.store.rows
        counted = f"{rows['referral']:,} referrals, {rows['approach']:,} approaches, {rows['home']:,} homes"
        parts.append(
            f"## Demonstration at scale {found.store.scale}\n\n{counted}, {rows['operation']:,} operations in the "
            f"journal; made in {found.store.seconds:.0f} s.\n"
        )
        parts += [starting(found), steps(found), typing(found), reading(found), holding(found)]
    parts.append(f"## The search by itself\n\n```text\n{search.strip()}\n```\n")
    return "\n".join(parts)


def machine() -> str:
    """Cores, processor, system and Python, in words."""
    info = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else None
    processor = named[1] if named else platform.machine()
    return f"{os.cpu_count()} cores ({processor}), {platform.system()}, Python {platform.python_version()}"


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, numbers to the right."""
    head = f"| {' | '.join(titles)} |\n|{'|'.join(['---'] + ['---:'] * (len(titles) - 1))}|\n"
    return head + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def ms(seconds: float) -> str:
    """Seconds as milliseconds, three figures."""
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def seconds_of(samples: Sequence[Sample]) -> list[float]:
    """The times of samples."""
    return [sample.seconds for sample in samples]


def starting(found: Results) -> str:
    """Cold starts beside a bare Textual program."""
    bare = at(seconds_of(found.steps["bare: first paint"]), 0.5)
    key = at(found.seconds["bare: a key typed at once"], 0.5)
    rows = []
    for name, reach in (("bare: first paint", ""), ("first paint", "1.2x"), ("referrals on the board", "1.2x")):
        samples = found.steps[name]
        values = seconds_of(samples)
        size = f"{middle(samples, lambda sample: sample.size):,.0f}"
        rows.append([name, ms(at(values, 0.5)), ms(at(values, 0.95)), f"{at(values, 0.5) / bare:.2f}x", reach, size])
    for name, reach in (("bare: a key typed at once", ""), ("a key typed at once", "1.25x")):
        values = found.seconds[name]
        rows.append([name, ms(at(values, 0.5)), ms(at(values, 0.95)), f"{at(values, 0.5) / key:.2f}x", reach, ""])
    said = (
        "\nFrom the start of the process. The first paint is the frame of the duty board; the store is opened behind it. "
        "*A key typed at once* is written before the program has painted anything, and is timed to what it does: a letter in the field, the help.\n"
    )
    return "### Start\n\n" + table(["", "p50", "p95", "to bare", "reach", "bytes"], rows) + said


def steps(found: Results) -> str:
    """Keys of the day."""
    bare = found.steps["bare: a key in a field"]
    rows = [_step("bare: a key in a field", bare, "", None)]
    rows += [_step(name, found.steps[name], time, size) for name, (time, size) in STEPS.items()]
    link = f"{SLOW_LINK[0] * 1000:.0f} ms and {SLOW_LINK[1] / 1000:.0f} kbit/s"
    said = (
        f"\nThe last column is the time until everything has arrived over a line of {link}, reckoned from the same bytes."
        f"\nDoing nothing for five seconds: {found.idle_bytes} bytes. Thirty moves of the mouse: {found.mouse_bytes} bytes.\n"
    )
    titles = ["key", "p50", "p95", "reach", "bytes", "reach", "pieces", "slow line"]
    return "### Keys\n\n" + table(titles, rows) + said


def _step(name: str, samples: Sequence[Sample], time: str, size: int | None) -> list[str]:
    values = seconds_of(samples)
    link = middle(samples, lambda sample: sample.over_link(*SLOW_LINK, whole=True))
    return [
        name, ms(at(values, 0.5)), ms(at(values, 0.95)), time,
        f"{middle(samples, lambda sample: sample.size):,.0f}", f"{size:,}" if size else "",
        f"{middle(samples, lambda sample: len(sample.chunks)):.0f}", ms(link),
    ]  # fmt: skip


def typing(found: Results) -> str:
    """The search as it is typed, beside fzf on the same names."""
    names = [
        "search key, to the last change", "search, quick fingers: echo", "fzf: a key, to the last change",
    ]  # fmt: skip
    rows = []
    for name in names:
        values = found.seconds.get(name)
        if values:
            rows.append([name, ms(at(values, 0.5)), ms(at(values, 0.95)), ms(max(values)), str(len(values))])
    said = (
        "\nEach letter of a misspelt name, on the screen of the search with a referral's facts, and in `fzf` on the bare "
        "names. Quick fingers type a letter each 80 ms.\n"
    )
    if not any(name in found.seconds for name in names[2:]):
        said = "\nfzf is not installed here: nothing to compare with.\n"
    return "### Typing in the search\n\n" + table(["", "p50", "p95", "worst", "keys"], rows) + said


def reading(found: Results) -> str:
    """One-shot runs of the command line."""
    rows = []
    for name in ("python -c pass", *(title for title, _ in READS)):
        values = found.seconds[name]
        reach = {"python -c pass": "", "placement --help": "100"}.get(name, "500")
        rows.append([f"`{name}`", ms(at(values, 0.5)), ms(at(values, 0.95)), reach])
    return "### Command line, whole runs\n\n" + table(["", "p50", "p95", "reach"], rows)


def holding(found: Results) -> str:
    """Memory."""
    rows = [
        ["bare Textual", f"{found.bare_peak_kib / 1024:.0f}", ""],
        ["the session above, at its most", f"{found.peak_kib / 1024:.0f}", "80"],
    ]
    return "### Memory\n\n" + table(["", "MiB", "reach"], rows)
