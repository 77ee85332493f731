"""What a session measured: samples by store and step, and the two ways of taking them in turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.ptydrive import SLOW_LINK, Sample, Terminal
from tests.speed import day
from tests.speed.reach import Taken
from tests.speed.steps import BARE, ENV, QUIET, Desk, shown
from tests.speed.stores import Measured

BARE_KEY = "bare: a key in a field"
ENOUGH = 120  # samples for a p99
FIRST = "first: "  # of a session: what is needed for it is loaded then


@dataclass
class Results:
    """Samples and times by the name of the store and of the step; other programs stand under their own names."""

    stores: tuple[Measured, ...]
    steps: dict[tuple[str, str], list[Sample]] = field(default_factory=dict)
    seconds: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    counts: dict[tuple[str, str], float] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def add(self, store: str, name: str, *samples: Sample) -> None:
        """Keep samples of a step."""
        self.steps.setdefault((store, name), []).extend(samples)

    def time(self, store: str, name: str, *seconds: float) -> None:
        """Keep times that have no bytes."""
        self.seconds.setdefault((store, name), []).extend(seconds)

    def times(self, store: str, name: str) -> list[float]:
        """The seconds of a step, whichever way they were kept; empty where it was not measured."""
        return [each.seconds for each in self.steps.get((store, name), [])] or self.seconds.get((store, name), [])

    def p(self, store: str, name: str, share: float = 0.5) -> float | None:
        """The milliseconds below which that share of a step's times lies; None where it was not measured."""
        values = self.times(store, name)
        return at(values, share) * 1000 if values else None

    def most(self, name: str, share: float = 0.5) -> float | None:
        """The same of whichever store has more."""
        found = [value for store in self.stores if (value := self.p(store.name, name, share)) is not None]
        return max(found, default=None)

    def count(self, name: str) -> float | None:
        """The larger of the counts of that name."""
        found = [self.counts[key] for key in self.counts if key[1] == name]
        return max(found, default=None)


def at(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def middle(samples: Sequence[Sample], of: Callable[[Sample], float]) -> float:
    """The median of something that each sample has."""
    return at([of(sample) for sample in samples], 0.5)


def taken(samples: Sequence[Sample]) -> Taken:
    """A step's figures: milliseconds, bytes, pieces, and milliseconds until all has come over the slow line."""
    times = [sample.seconds * 1000 for sample in samples]
    return Taken(
        at(times, 0.5), at(times, 0.95), at(times, 0.99), middle(samples, lambda sample: sample.size),
        middle(samples, lambda sample: len(sample.chunks)),
        middle(samples, lambda sample: sample.over_link(*SLOW_LINK, whole=True)) * 1000,
    )  # fmt: skip


def last(sample: Sample) -> float:
    """Seconds until nothing changed any more."""
    return max(sample.seconds, *(at for at, _ in sample.chunks))


def in_turns(of: Mapping[str, Iterator[day.Step]], results: Results, kept_as: str = "") -> None:
    """One step of each in turn, until all are at their end; kept under their names with that before them."""
    left = dict(of)
    while left:
        for name, steps in list(left.items()):
            found = next(steps, None)
            if found is None:
                del left[name]
            else:
                step, sample = found
                results.add(name, kept_as + step, sample)


def days(results: Results, rounds: int) -> None:
    """The officer's day on every store at once, again and again, with a bare field beside them; then memory."""
    with ExitStack() as stack:
        bare = stack.enter_context(Terminal(BARE, env=ENV))
        desks = {store.name: stack.enter_context(Desk(store.path)) for store in results.stores}
        bare.wait("ready")
        for name, desk in desks.items():
            desk.board()
            desk.press("g")
            results.counts[name, "idle bytes"], results.counts[name, "mouse bytes"] = desk.idle(3), desk.mouse()
        for number in range(rounds + 1):
            in_turns({name: day.day(desk) for name, desk in desks.items()}, results, FIRST if number == 0 else "")
        fast(results, bare, desks, ENOUGH if rounds > 1 else 10)
        for name, desk in desks.items():
            results.counts[name, "peak KiB"] = desk.peak_rss_kib()
        results.counts["bare", "bare peak KiB"] = bare.peak_rss_kib()


def fast(results: Results, bare: Terminal, desks: Mapping[str, Desk], count: int) -> None:
    """A letter in a bare field, the cursor, and a letter in a form, in turns and often enough for a p99."""
    typed = ""
    for number in range(count):
        typed = typed + str(number % 10)
        results.add("bare", BARE_KEY, bare.measure(typed[-1], typed[-40:], QUIET / 2))
        for name, desk in desks.items():
            results.add(name, "cursor, one line", desk.move("down" if number % 8 < 4 else "up"))
        if len(typed) == 60:
            bare.press(*["backspace"] * 60)
            bare.quiet()
            typed = ""
    for desk in desks.values():
        desk.measure("e", "eight fields", QUIET)
    for number in range(count):
        end = number % 20 + 1
        for name, desk in desks.items():
            until = shown(rf"^› Child +\* {'abcdefghijklmnopqrst'[:end]}(?!\w)")
            results.add(name, "a letter in a form", desk.measure("abcdefghijklmnopqrst"[end - 1], until, QUIET / 2))
            if end == 20:
                desk.press(*["backspace"] * 20)
                desk.quiet()
    for desk in desks.values():
        desk.press(*["backspace"] * 20)
        desk.quiet()
        desk.press("escape")
        desk.quiet()
