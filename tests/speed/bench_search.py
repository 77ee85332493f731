"""The search by itself: milliseconds per key at 50,000 homes, what it finds, what it holds, beside `fzf --filter`.

    python tests/speed/bench_search.py [--homes 50000]

A key is the whole line searched again and the first 40 matches made, as a screen does. `exact` is the first frame,
`whole` adds misspelt names. Times are of this machine in this run: compare within the table.
"""

from __future__ import annotations

import argparse
import gc
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from search_corpus import NOW, homes, letters_swapped, letters_wrong, vowels_dropped

from placement_tui.domain.homes import Candidate, Policy, Position, Wanted
from placement_tui.domain.rules import findings
from placement_tui.services.search import SearchIndex

ORIGIN = Position(432_525, 338_700, 52.943, -1.518, "postcode", "E08000015")
REFERRAL = Wanted(
    kinds=("foster", "residential"), ages=(14,), sexes=("F",), origin=ORIGIN, authority="E08000015", max_miles=60
)
SHOWN = 40


def keys(names: list[str], before: str = "", after: str = "") -> Iterator[str]:
    """Every line on the way to each name, with tokens before or after it."""
    for name in names:
        line = before + name.lower() + after
        yield from (line[:end] for end in range(len(before) + 1, len(line) + 1))


def timed(search: Callable[[str], object], lines: Iterator[str]) -> list[float]:
    """Milliseconds for each line, sorted."""
    taken = []
    for line in lines:
        start = perf_counter()
        search(line)
        taken.append((perf_counter() - start) * 1000)
    return sorted(taken)


def row(title: str, taken: list[float]) -> str:
    """One line of the table: p50, p95, p99, worst."""
    at = [taken[min(len(taken) - 1, int(len(taken) * share))] for share in (0.5, 0.95, 0.99)]
    return f"{title:<52}{at[0]:8.2f}{at[1]:8.2f}{at[2]:8.2f}{taken[-1]:8.1f}{len(taken):7}"


def resident() -> float:
    """MiB held by this process, 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
    except OSError:
        return 0.0


def recalled(index: SearchIndex, planted: list[Candidate]) -> dict[str, float]:
    """The share of planted homes among the first ten, 80 for each kind of mistake."""
    chance = random.Random(3)
    kinds: dict[str, Callable[[str], str]] = {
        "vowels dropped": vowels_dropped,
        "letters swapped": lambda name: letters_swapped(name, chance),
        "letters wrong": lambda name: letters_wrong(name, chance),
    }
    shares = {}
    for number, (title, misspell) in enumerate(kinds.items()):
        part = planted[number * 80 : number * 80 + 80]
        found = 0
        for one in part:
            matches = index.search(f'"{misspell(one.name).lower()}"', now=NOW).matches[:10]
            found += one.id in {match.candidate.id for match in matches}
        shares[title] = found / len(part)
    return shares


def against_fzf(register: list[Candidate], lines: list[str]) -> list[float] | None:
    """`fzf --filter` on the same names, the whole process; None where it is not installed."""
    fzf = shutil.which("fzf")
    if fzf is None:
        return None
    names = "\n".join(one.name for one in register).encode()

    def search(line: str) -> None:
        subprocess.run([fzf, "--filter", line], input=names, capture_output=True, check=False)

    return timed(search, iter(lines))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=int, default=50_000)
    count = parser.parse_args().homes

    SearchIndex.build(homes(200)).search("brdgfld", REFERRAL)  # what is loaded on the way is not the index
    gc.collect()
    before = resident()
    index = SearchIndex.build(homes(count))
    gc.collect()
    grown = resident() - before
    register = list(homes(count))
    start = perf_counter()
    index = SearchIndex.build(register)
    built = perf_counter() - start

    gc.freeze()  # the made-up register stays as objects here, which a program does not do
    often = Counter(one.name for one in register)
    lone = [one for one in register if often[one.name] == 1 and not findings(one, Wanted(), Policy())]
    planted = random.Random(11).sample(lone, 240)
    names = [one.name for one in planted[:40]]
    wrong = random.Random(5)
    misspelt = [letters_swapped(name, wrong) for name in names]
    bones = [vowels_dropped(name) for name in names]

    def exact(line: str) -> object:
        return list(index.search_exact(line, REFERRAL, now=NOW).matches[:SHOWN])

    def whole(line: str) -> object:
        return list(index.search(line, REFERRAL, now=NOW).matches[:SHOWN])

    print(f"{count:,} homes, a referral with age, sex, two types and 60 miles; ms per key")
    print(f"{'':<52}{'p50':>8}{'p95':>8}{'p99':>8}{'worst':>8}{'keys':>7}")
    print(row("exact: name", timed(exact, keys(names))))
    print(row("whole: name", timed(whole, keys(names))))
    print(row("whole: misspelt name", timed(whole, keys(misspelt))))
    print(row("whole: consonants", timed(whole, keys(bones))))
    print(row("whole: name after `20mi good+`", timed(whole, keys(names, "20mi good+ "))))
    print(row("whole: name, then ` 20mi good+ free all`", timed(whole, keys(names, "", " 20mi good+ free all"))))
    fresh = [whole_new_referral(index, number) for number in range(40)]
    print(row("whole: the first key of another referral", sorted(fresh)))
    changes = sorted(one_change(index, register[number]) for number in range(40))
    print(row("one home changed, index made anew", changes))
    ours = timed(lambda line: list(index.search(line, now=NOW).matches[:SHOWN]), iter(names))
    print(row("whole: complete names, no referral", ours))
    theirs = against_fzf(register, [name.lower() for name in names])
    print(row("fzf --filter: complete names, whole process", theirs) if theirs else "fzf is not installed")
    print()
    print(
        "found among the first ten:",
        ", ".join(f"{kind} {share:.3f}" for kind, share in recalled(index, planted).items()),
    )
    print(f"built in {built:.2f} s; process grown by {grown:.1f} MiB")


def whole_new_referral(index: SearchIndex, number: int) -> float:
    """Milliseconds of an empty line for a referral that nothing is kept for."""
    place = Position(400_000 + number * 1000, 338_700, 52.9, -1.5, "postcode", "E08000015")
    start = perf_counter()
    list(index.search("", Wanted(kinds=("foster",), ages=(number % 18,), origin=place), now=NOW).matches[:SHOWN])
    return (perf_counter() - start) * 1000


def one_change(index: SearchIndex, one: Candidate) -> float:
    """Milliseconds until an index stands in which one home has changed."""
    start = perf_counter()
    index.with_changes([one])
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
