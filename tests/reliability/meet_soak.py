"""Any work at any number of stores, any meetings, any bundles, cut at any byte: in the end all stores are the same.

    python -m tests.reliability.meet_soak --examples 300 --steps 60

hypothesis chooses: two to five stores with clocks up to a year apart; what their officers do, through the services;
who meets whom, over a pipe that breaks after any number of bytes in either direction; bundles that are cut off, changed,
old, or read twice. When all have met, every table of every store is the same, and so are the journals; nothing that was
acknowledged is missing; and what waits for an officer is what an oracle says that never looks at the journal's own
account of who knew what.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from placement_tui.db.reads.meetings import own_device
from placement_tui.db.verify import verify
from placement_tui.errors import PlacementError, Refused
from tests.reliability import meeting, meeting_work
from tests.reliability.meeting_oracle import Oracle

COUNTS: Counter[str] = Counter()
small = st.integers(0, 30)
store = st.integers(0, meeting.MOST - 1)
skew = st.one_of(st.integers(-28, 28), st.integers(-3, 3), st.integers(0, 24 * 366), st.integers(-24 * 366, 0)).map(
    lambda hours: timedelta(hours=hours)
)
work = st.lists(st.tuples(st.sampled_from(sorted(meeting_work.ALL)), small, small), min_size=2, max_size=6)
place = st.one_of(st.none(), st.integers(0, 400), st.integers(0, 60_000))  # the byte after which a line breaks


class Meeting(RuleBasedStateMachine):
    """A team's stores, and everything that may happen to them."""

    def __init__(self) -> None:
        super().__init__()
        self.stores: meeting.Stores | None = None

    @initialize(count=st.integers(2, meeting.MOST), skews=st.lists(skew, min_size=meeting.MOST, max_size=meeting.MOST))
    def begin(self, count: int, skews: list[timedelta]) -> None:
        """The stores as they come from the team's file."""
        self.stores = meeting.Stores(count, skews)
        for each in self.stores.all:
            each.meetings.batch = 5  # so that a line breaks between batches, wherever it breaks
        self.oracle, self.number = Oracle(), 0
        every = {key: row for each in self.stores.all for key, row in meeting.known(each).items()}
        self.oracle.before(every)
        self.have = [meeting.known(each) for each in self.stores.all]
        self.devices = []
        for each in self.stores.all:
            with each.desk.read() as session:
                self.devices.append(own_device(session))
        self.bundles: list[tuple[int, bytes]] = []

    def at(self, number: int) -> int:
        """Which of the stores that there are."""
        assert self.stores is not None
        return number % len(self.stores.all)

    def look(self, number: int) -> list[Any]:
        """See what a store has now; gives what it made since."""
        assert self.stores is not None
        before, now = self.have[number], meeting.known(self.stores.all[number])
        assert before.keys() <= now.keys(), "an operation is gone"
        self.have[number] = now
        fresh = [row for key, row in now.items() if key not in before]
        own = sorted((row for row in fresh if row.device == self.devices[number]), key=lambda row: row.sequence)
        self.oracle.made(own, self.oracle.mask(before))
        return own

    @rule(number=store, done=work)
    def shift(self, number: int, done: list[tuple[str, int, int]]) -> None:
        """An officer does some things at a store."""
        for what, one, two in done:
            self.work(number, what, one, two)

    @rule(numbers=st.lists(store, min_size=2, max_size=2), done=work)
    def twice(self, numbers: list[int], done: list[tuple[str, int, int]]) -> None:
        """Two officers do the same at two stores, neither knowing of the other."""
        for number in numbers:
            for what, one, two in done:
                self.work(number, what, one, two)

    def work(self, number: int, what: str, one: int, two: int) -> None:
        """One thing; what is refused leaves nothing."""
        assert self.stores is not None
        number, self.number = self.at(number), self.number + 1
        there = self.stores.all[number]
        refused = False
        try:
            COUNTS[what if meeting_work.ALL[what](there, self.number, one, two) is not False else "nothing to do"] += 1
        except PlacementError as error:
            note(f"{what} at {number}: {error}")
            COUNTS["refused"] += 1
            refused = True
        before = self.have[number]
        own = self.look(number)
        if refused and what != "erase":  # which closes the referral before
            assert own == [], f"{what} was refused, and {len(own)} operations stayed"
        self.oracle.taken |= {key for key, row in self.have[number].items() if row.fields is None and before.get(key) is not None and before[key].fields is not None}  # fmt: skip

    @rule(one=store, two=store, there=place, back=place)
    def meet(self, one: int, two: int, there: int | None, back: int | None) -> None:
        """Two stores meet; the line may break in either direction."""
        assert self.stores is not None
        one, two = self.at(one), self.at(two)
        if one == two:
            return
        ended = meeting.meet(self.stores.all[one], self.stores.all[two], (there, back))
        COUNTS["met" if ended.caller is None else "cut"] += 1
        if there is None and back is None:
            assert (ended.caller, ended.answerer) == (None, None)
        for each in (one, two):
            assert self.look(each) == [], "meeting makes no operations"

    @rule(one=store, two=store)
    def bundle(self, one: int, two: int) -> None:
        """One store makes a bundle for another; it lies about until somebody reads it."""
        assert self.stores is not None
        one, two = self.at(one), self.at(two)
        one, two = (one, 0) if one else (0, two)  # those who met in the beginning
        if one == two:
            return
        path = self.stores.folder / f"bundle {self.number} {len(self.bundles)}"
        name = f"laptop {two}" if two else self.team_name(one)
        why = ""
        try:
            self.stores.all[one].meetings.write_bundle(name, path)
        except Refused as error:
            why = error.title
        assert self.look(one) == []
        if why:
            assert "has told no key yet" in why
            return
        COUNTS["bundle made"] += 1
        self.bundles.append((two, path.read_bytes()))

    def team_name(self, number: int) -> str:
        """What the server's device is called."""
        assert self.stores is not None
        return self.stores.all[number].laptops.every()[0].name

    @rule(
        which=small,
        number=store,
        cut=st.one_of(st.none(), st.integers(0, 60_000)),
        flip=st.booleans(),
        right=st.booleans(),
    )
    def read(self, which: int, number: int, cut: int | None, flip: bool, right: bool) -> None:
        """A bundle is read, by whom it is for or by another: whole, cut off, or with a bit changed."""
        assert self.stores is not None
        if not self.bundles:
            return
        whom, data = self.bundles[which % len(self.bundles)]
        number = whom if right else self.at(number)
        whole = data
        if cut is not None and flip:
            cut %= len(data)
            data = data[:cut] + bytes((data[cut] ^ 1,)) + data[cut + 1 :]
        elif cut is not None:
            data = data[: cut % len(data)]
        path = self.stores.folder / "read"
        path.write_bytes(data)
        why = ""
        try:
            self.stores.all[number].meetings.read_bundle(path)
        except PlacementError as error:
            why = str(error)
        COUNTS["bundle refused" if why else "bundle read"] += 1
        assert (why == "") == ((data, number) == (whole, whom)), why or "a harmed bundle was taken for whole"
        assert "gap" not in why
        assert self.look(number) == []

    @rule(number=store, by=skew)
    def clock(self, number: int, by: timedelta) -> None:
        """A clock jumps: a flat battery, a summer's time, a wrong year."""
        assert self.stores is not None
        self.stores.clocks[self.at(number)].now += by / 4

    def teardown(self) -> None:
        """All meet, and agree."""
        if self.stores is None:
            return
        try:
            self.all_agree()
        finally:
            self.stores.close()

    def all_agree(self) -> None:
        """Everyone meets the server twice over lines that hold; then they are compared."""
        assert self.stores is not None
        first, *others = self.stores.all
        for _ in range(2):
            for each in others:
                ended = meeting.meet(each, first)
                assert (ended.caller, ended.answerer) == (None, None)
        dumps = [meeting.dump(each) for each in self.stores.all]
        for found in dumps[1:]:
            for noun in dumps[0]:
                apart = set(map(str, dumps[0][noun])) ^ set(map(str, found[noun]))
                assert apart == set(), f"the stores differ in {noun}"
        rows = meeting.known(first)
        COUNTS["operations"] += len(rows)
        COUNTS["examples"] += 1
        assert rows.keys() == self.oracle.said.keys(), "what was acknowledged is not what there is"
        assert {key for key, row in rows.items() if row.fields is None} == self.oracle.erased(), "what is erased"
        split = self.oracle.split()
        COUNTS["fields split"] += sum(len(names) for names in split.values())
        assert meeting.waiting(first) == {key.hex: noun for noun, key in split}, "what waits for an officer"
        for each in self.stores.all:
            found = verify(each.desk.store)
            assert found.faults == (), found.faults


def run(examples: int, steps: int, *, fixed: bool = False) -> None:
    """So many histories of so many steps; `fixed` are the same each time."""
    run_state_machine_as_test(
        Meeting,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=fixed, print_blob=True,
            database=None, suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,), report_multiple_bugs=False,
        ),
    )  # fmt: skip


def main() -> None:
    """Run it, and say what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--steps", type=int, default=50)
    asked = parser.parse_args()
    began = time.process_time()
    try:
        run(asked.examples, asked.steps)
    finally:
        print(f"{time.process_time() - began:,.0f} s of CPU")
        print(", ".join(f"{count:,} {what}" for what, count in sorted(COUNTS.items(), key=lambda each: -each[1])))


if __name__ == "__main__":
    main()
