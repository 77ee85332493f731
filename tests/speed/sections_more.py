"""The sections of docs/performance.md that need no terminal: commands, encryption's price, other measurements' own words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.speed import commands, plain
from tests.speed.keys import CHANCE, RINGING, WAITING, keys
from tests.speed.measuring import Results
from tests.speed.page import Row, Section, number, table, when
from tests.speed.reach import judged
from tests.speed.sections import head, times
from tests.speed.steps import ENV
from tests.speed.stores import LARGE, SMALL

COMMANDS, PRICE, KEYS = "The command line, whole runs", "What the encryption costs", "Keys for a refusal"
GROWTH, MEETING, ENGINE = "A hundred times as much", "What a laptop brings back", "The search by itself"
FOLDER = Path(__file__).parent


def command_line(results: Results, today: date) -> Section:
    """One-shot commands."""
    rows, slowest = [], 0.0
    helped = results.p("bare", commands.HELP)
    for name, limit in ((commands.NOTHING, None), (commands.HELP, 100)):
        p50 = results.p("bare", name)
        rows.append(
            [
                f"`{name}`",
                "",
                number(p50),
                number(results.p("bare", name, 0.95)),
                str(limit or ""),
                judged(p50, limit) if limit else "",
            ]
        )
    for title, _ in commands.READS:
        for store in results.stores:
            p50 = results.p(store.name, title)
            slowest = max(slowest, p50 or 0)
            rows.append(
                [
                    f"`{title}`",
                    store.name,
                    number(p50),
                    number(results.p(store.name, title, 0.95)),
                    "500",
                    judged(p50, 500),
                ]
            )
    give = [
        Row("`placement --help`", "100 ms", number(helped, " ms"), judged(helped, 100)),
        Row("one-shot commands, the slowest's p50", "500 ms", number(slowest, " ms"), judged(slowest, 500)),
    ]
    return Section(COMMANDS, head(results, today) + table(["", "store", "p50", "p95", "reach", ""], rows), give)


def encryption(results: Results, today: date) -> Section:
    """The services over the store, over a plain copy, and the statements alone; and over the larger store."""
    rows = []
    for work in (*plain.READS, plain.LOG):
        ours, bare, alone = (results.p(name, work) for name in (SMALL, plain.PLAIN, plain.ALONE))
        rows.append([work, number(ours), number(bare), times(ours / bare if ours and bare else None), number(alone),
                     number(results.p(LARGE, work)), times(plain.growth(results, work))])  # fmt: skip
    cost = plain.price(results)
    give = [Row("encryption's price through the services", "1.3x", times(cost), judged(cost, 1.3))]
    said = (
        "\nMedians. The same services over SQLCipher and over a copy that is not encrypted, in turns; *sqlite3* asks the same "
        f"statements of that copy with Python's own driver and makes nothing of the rows. Together: {times(cost)} of plain SQLite.\n"
    )
    titles = ["", "small", "plain SQLite", "ratio", "sqlite3", "large", "growth"]
    return Section(PRICE, head(results, today) + table(titles, rows) + said, give)


def refusal_keys(today: date) -> Section:
    """The keys of a refusal by the model."""
    each = keys()
    rows = [
        ["the provider under the cursor, who is rung next", number(each.reason), "2.2", judged(each.reason, 2.2)],
        [f"whichever of {WAITING} rings", number(each.any_provider), "2.2", judged(each.any_provider, 2.2)],
    ]
    give = [Row(f"keys for a refusal: {row[0]}", row[2], row[1], row[3]) for row in rows]
    said = (
        "\nCounted from the keys that the program declares (tests/speed/keys.py). A reason on a digit is one key, any other two; "
        f"which it is follows Zipf's law. Who rings is geometric (p = {CHANCE}) in the order of the list; the cursor goes there by "
        f"single steps, or by R, two letters and a label ({RINGING} keys). No dialog asks for confirmation on the way.\n"
    )
    return Section(KEYS, when(today) + "\n\n" + table(["", "keys on average", "reach", ""], rows) + said, give)


def script(title: str, name: str, words: Sequence[str], today: date) -> Section | None:
    """What a measurement of its own prints, as it prints it; None where there is none of that name."""
    if not (FOLDER / name).is_file():
        return None
    environment = {**os.environ, **ENV}
    done = subprocess.run(
        [sys.executable, str(FOLDER / name), *words], capture_output=True, text=True, check=False, env=environment
    )
    said = done.stdout.strip("\n") or done.stderr.strip()[-2_000:]
    shown = " ".join(Path(word).name if "/" in word else word for word in words)
    return Section(
        title,
        f"{when(today)} `python tests/speed/{name} {shown}`\n\n```text\n{said}\n```\n",
        found(title, said),
    )


def found(title: str, said: str) -> list[Row]:
    """What the words of another measurement give to the first table."""
    rows = []
    if title == MEETING:
        took, held = re.search(r"taken in .*?: ([\d.,]+) s", said), re.search(r"95% ([\d.,]+) ms", said)
        for words, limit, unit, match in (
            ("merging 100,000 operations", 20, " s", took),
            ("the write lock of a merge, p95", 50, " ms", held),
        ):
            value = float(match[1].replace(",", "")) if match else None
            rows.append(Row(words, f"{limit}{unit}", number(value, unit), judged(value, limit)))
    if title == GROWTH:
        for kind in ("board", "call list", "search", "refusal"):
            match = re.search(rf"^{kind} +[\d.,]+ +[\d.,]+ +([\d.]+) ", said, re.M)
            grown = float(match[1]) if match else None
            rows.append(Row(f"growth to a hundred times as much: {kind}", "1.3x", times(grown), judged(grown, 1.3)))
    if title == ENGINE:
        for kind in ("vowels dropped", "letters swapped", "letters wrong", "initials", "prefixes"):
            match = re.search(rf"{kind} ([01]\.\d+)", said)
            if match:
                share = float(match[1])
                rows.append(
                    Row(
                        f"search finds, of 80 planted: {kind}",
                        "0.95",
                        f"{share:.3f}",
                        judged(share, 0.95, more_is_better=True),
                    )
                )
    return rows
