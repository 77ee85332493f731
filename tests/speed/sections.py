"""The sections of docs/performance.md that come of a terminal: their tables, and what they give to the first one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tests.speed import day, officers, racing, reach, starting
from tests.speed.measuring import BARE_KEY, FIRST, Results, taken
from tests.speed.page import Row, Section, number, table, when
from tests.speed.reach import Reach, Taken, judged, missed, verdict
from tests.speed.stores import LARGE, SMALL

START, KEYS, SEARCH, WRITING = "Start", "Keys", "Typing in the search", "Twenty officers writing"


def head(results: Results, today: date) -> str:
    """When, where, and on what."""
    return when(today) + "\n" + "".join(f"\n- {store.name}: {store.words}" for store in results.stores) + "\n\n"


def of(results: Results, name: str) -> dict[str, Taken]:
    """A step's figures by store."""
    return {
        store.name: taken(results.steps[store.name, name])
        for store in results.stores
        if (store.name, name) in results.steps
    }


def three(each: Taken | None) -> str:
    """p50, p95 and p99 in one cell."""
    return "-" if each is None else " / ".join(number(value) for value in (each.p50, each.p95, each.p99))


def ratio(one: float | None, other: float | None) -> float | None:
    """How many times the other; None where either is missing."""
    return one / other if one is not None and other else None


def times(value: float | None) -> str:
    """A ratio, as it is said."""
    return "-" if value is None else f"{value:.2f}x"


def start(results: Results, today: date) -> Section:
    """Cold starts, first keys, memory, quitting, coming back."""
    bare, bare_key = results.p("bare", starting.BARE_PAINT), results.p("bare", starting.BARE_EARLY)
    limits = {starting.PAINT: ("1.2x", bare), starting.BOARD_FILLED: ("1.2x", bare), starting.EARLY: ("1.25x", bare_key),
              starting.LOADING: ("p99 17", None), starting.QUIT: ("p50 100", None), starting.BACK: ("p50 20", None)}  # fmt: skip
    rows, give = [], []
    for name in (starting.BARE_PAINT, starting.BARE_EARLY, "bare: quitting"):
        rows.append(
            [name, "", *(number(results.p("bare", name, share)) for share in (0.5, 0.95, 0.99)), "", "", "", ""]
        )
    for name, (limit, to) in limits.items():
        for store in results.stores:
            p50 = results.p(store.name, name)
            if p50 is None:
                continue
            sizes = results.steps.get((store.name, name), [])
            size = number(taken(sizes).size) if sizes else ""
            p99 = results.p(store.name, name, 0.99)
            value = ratio(p50, to) if to else (p99 if limit.startswith("p99") else p50)
            said = judged(value, float(limit.removesuffix("x").split()[-1]))
            rows.append([name, store.name, number(p50), number(results.p(store.name, name, 0.95)), number(p99),
                         times(ratio(p50, to)) if to else "", size, limit, said])  # fmt: skip
            give.append(Row(f"{name}, {store.name} store", limit.replace("1.2", "bare x 1.2").removesuffix("x") if to else f"{limit} ms",
                            times(value) if to else number(value, " ms"), said))  # fmt: skip
    for name in starting.PEERS:
        p50 = results.p(name, starting.PAINT)
        if p50 is not None:
            rows.append([f"{starting.version(name)}, its list", "", number(p50), number(results.p(name, starting.PAINT, 0.95)),
                         number(results.p(name, starting.PAINT, 0.99)), times(ratio(p50, bare)),
                         number(taken(results.steps[name, starting.PAINT]).size), "", ""])  # fmt: skip
    give += peers(results) + memory(results)
    said = (
        "\nFrom the start of the process. The first paint is the frame of the duty board; the store is opened behind it. *A key "
        "typed at once* is written before the program has painted anything, and timed to what it does: a letter in the field, "
        "the help.\n"
    )
    return Section(
        START,
        head(results, today) + table(["", "store", "p50", "p95", "p99", "to bare", "bytes", "reach", ""], rows) + said,
        give,
    )


def peers(results: Results) -> list[Row]:
    """How far ahead of other programs the board is there."""
    ours = results.p(SMALL, starting.PAINT)
    rows = []
    for name, limit, words in (("vd", 1.0, "VisiData"), ("tl", 1 / 3, "Toolong, the quickest Textual peer")):
        value = ratio(ours, results.p(name, starting.PAINT))
        rows.append(Row(f"first paint, to {words}", f"{limit:.2f}x", times(value), judged(value, limit)))
    return rows


def memory(results: Results) -> list[Row]:
    """The most that was held, by an idle board and by a day's session."""
    rows = []
    for name, limit in ((SMALL, 80), (LARGE, 120)):
        for words, key in (("idle board", "idle KiB"), ("a day's session", "peak KiB")):
            kib = results.counts.get((name, key))
            if kib is not None:
                rows.append(
                    Row(
                        f"memory, {words}, {name} store",
                        f"{limit} MiB",
                        f"{kib / 1024:.0f} MiB",
                        judged(kib / 1024, limit),
                    )
                )
    return rows


def keys(results: Results, today: date) -> Section:
    """Every key of the day, on both stores."""
    bare = results.p("bare", BARE_KEY) or 0.0
    rows = []
    field = results.steps.get(("bare", BARE_KEY))
    if field:
        one = taken(field)
        rows.append([BARE_KEY, three(one), "", "", "", number(one.size), number(one.pieces), number(one.line), "", ""])
    for name, limits in day.STEPS.items():
        found = of(results, name)
        if not found:
            continue
        first = [sample.seconds * 1000 for store in found for sample in results.steps.get((store, FIRST + name), [])]
        most = {what: max(getattr(each, what) for each in found.values()) for what in ("size", "pieces", "line")}
        rows.append([name, *(three(found.get(store)) for store in (SMALL, LARGE)), times(growth(found)),
                     number(max(first, default=None)), number(most["size"]), number(most["pieces"]), number(most["line"]), limits.words,
                     verdict(missed(limits, found.values(), bare))])  # fmt: skip
    idle = {name: results.count(f"{name} bytes") for name in ("idle", "mouse")}
    titles = [
        "key",
        "small: p50 / p95 / p99",
        "large: p50 / p95 / p99",
        "growth",
        "first",
        "bytes",
        "pieces",
        "line",
        "reach",
        "",
    ]
    said = (
        "\n*First* is the slower store's first time in a session, when what is needed for it is loaded. *Line* is the time until "
        "everything has arrived over a line of 100 ms and 256 kbit/s, reckoned from the same bytes. Bytes, pieces and line are of "
        f"the store that has more.\nDoing nothing for three seconds: {number(idle['idle'])} bytes. Thirty moves of the mouse: "
        f"{number(idle['mouse'])} bytes.\n"
    )
    return Section(KEYS, head(results, today) + table(titles, rows, 7) + said, list(key_rows(results, bare, idle)))


def growth(found: dict[str, Taken]) -> float | None:
    """How many times as long in the larger store."""
    return ratio(found[LARGE].p50, found[SMALL].p50) if LARGE in found and SMALL in found else None


def worst(
    results: Results, kinds: tuple[Reach, ...], what: str, among: Iterable[str] = day.STEPS
) -> tuple[float | None, str]:
    """The most of something among the steps of some kinds, and whose it is."""
    found = [
        (getattr(each, what), name) for name in among if day.STEPS[name] in kinds for each in of(results, name).values()
    ]
    return max(found, default=(None, ""))


def key_rows(results: Results, bare: float, idle: dict[str, float | None]) -> Iterable[Row]:
    """What the table of what is to be reached says of keys."""
    for name, step in (("key echo", "a letter in a form"), ("cursor", "cursor, one line")):
        found = of(results, step).values()
        p50 = ratio(max((each.p50 for each in found), default=None), bare)
        p99 = max((each.p99 for each in found), default=None)
        yield Row(f"{name}, p50", "bare field x 1.2", times(p50), judged(p50, 1.2))
        yield Row(f"{name}, p99", "17 ms", number(p99, " ms"), judged(p99, 17))
    dialogs, screens, escapes = (reach.DIALOG,), (reach.SCREEN,), (reach.LEFT,)
    for words, among, kinds, limit in (
        ("opening a referral, p50", ["call list, opened", "the referral's form, opened"], screens, 40),
        ("any place, the slowest's p50", list(day.STEPS), screens, 40), ("any dialog, the slowest's p50", list(day.STEPS), dialogs, 40),
        ("Escape, the slowest's p50", list(day.STEPS), escapes, 45),
    ):  # fmt: skip
        value, whose = worst(results, kinds, "p50", among)
        yield Row(words, f"{limit} ms", f"{number(value, ' ms')}{f' ({whose})' if whose else ''}", judged(value, limit))
    for words, kinds, what, limit in (
        ("bytes: echo", (reach.ECHO,), "size", 130), ("bytes: cursor", (reach.CURSOR,), "size", 350),
        ("bytes: search key", (reach.SEARCH,), "size", 600), ("bytes: dialog", dialogs, "size", 3_500),
        ("bytes: screen change", screens, "size", 7_000), ("pieces: a key", (reach.ECHO, reach.CURSOR, reach.SEARCH), "pieces", 1),
        ("slow line: key", (reach.ECHO, reach.CURSOR, reach.SEARCH), "line", 125), ("slow line: dialog", dialogs, "line", 280),
        ("slow line: screen", screens, "line", 430),
    ):  # fmt: skip
        value, whose = worst(results, kinds, what)
        unit = " ms" if what == "line" else ""
        yield Row(
            words, f"{limit:,}{unit}", f"{number(value, unit)}{f' ({whose})' if whose else ''}", judged(value, limit)
        )
    for name, value in idle.items():
        yield Row(f"bytes: {name}", "0", number(value), judged(value, 0))
    paint = [
        taken(results.steps[store.name, starting.PAINT]).size
        for store in results.stores
        if (store.name, starting.PAINT) in results.steps
    ]
    if paint:
        yield Row("bytes: first paint", "10,000", number(max(paint)), judged(max(paint), 10_000))


def search(results: Results, today: date) -> Section:
    """Letters in the search, beside fzf and sqlite3."""
    rows = []
    names = [f"{line}, {what}" for line in racing.LINES for what in (racing.ECHO, racing.DONE)] + [racing.QUICK]
    for name in names:
        for who in (*(store.name for store in results.stores), "fzf", "sqlite3"):
            if results.times(who, name):
                values = [number(results.p(who, name, share)) for share in (0.5, 0.95, 0.99, 1.0)]
                sizes = results.steps.get((who, name), [])
                size = [number(taken(sizes).size), number(taken(sizes).pieces)] if sizes else ["", ""]
                rows.append(
                    [
                        name,
                        who if who not in (SMALL, LARGE) else f"{who} store",
                        *values,
                        str(len(results.times(who, name))),
                        *size,
                    ]
                )
    typed = f"a name, {racing.DONE}"
    fzf = {share: results.p("fzf", typed, share) for share in (0.5, 0.95)}
    give = []
    for words, share, limit in (("p50", 0.5, 0.6), ("p95", 0.95, 0.5)):
        value = ratio(results.most(f"{racing.FILTERED}, {racing.DONE}", share), fzf[share])
        give.append(
            Row(f"search key with filters, painted, {words}", f"fzf x {limit}", times(value), judged(value, limit))
        )
        value = ratio(results.most(typed, share), fzf[share])
        give.append(
            Row(f"search key of a name, painted, {words}", f"fzf x {limit}", times(value), judged(value, limit))
        )
    fuzzy, quick = results.most(f"misspelt, {racing.DONE}", 0.95), results.most(racing.QUICK, 1.0)
    give.append(Row("misspelt names listed, p95", "40 ms", number(fuzzy, " ms"), judged(fuzzy, 40)))
    give.append(Row("keys 80 ms apart, worst echo", "10 ms", number(quick, " ms"), judged(quick, 10)))
    said = (
        f"\nTyped letter by letter: {', '.join(f'*{what}* `{line}`' for what, line in racing.LINES.items())}; on the screen of the "
        f"search with a referral's facts, and in {starting.version('fzf') or 'fzf (not installed here)'} on the same names. `sqlite3` "
        "is asked the third line as a question over the same homes, from Enter to its prompt. Quick fingers type a letter each 80 ms.\n"
    )
    titles = ["", "", "p50", "p95", "p99", "worst", "keys", "bytes", "pieces"]
    return Section(SEARCH, head(results, today) + table(titles, rows) + said, give)


def writing(results: Results, today: date) -> Section:
    """Refusals while others write."""
    rows, give = [], []
    for store in results.stores:
        for name in (officers.ALONE, officers.TWENTY, officers.FLAT_OUT):
            for before, words in (("", "at a desk, to 'saved'"), (officers.SERVICE, "by the others, committed")):
                values = results.times(store.name, before + name)
                if values:
                    p95 = results.p(store.name, before + name, 0.95)
                    said = "" if before else judged(p95, 50)
                    rows.append([name, store.name, words, *(number(results.p(store.name, before + name, share)) for share in (0.5, 0.95, 0.99)),
                                 str(len(values)), "" if before else "p95 50", said])  # fmt: skip
    for name in (officers.ALONE, officers.TWENTY, officers.FLAT_OUT):
        p95 = results.most(name, 0.95)
        give.append(Row(f"a refusal to 'saved', {name}, p95", "50 ms", number(p95, " ms"), judged(p95, 50)))
    said = (
        f"\nEach officer is a program of its own with the store open, and logs a refusal every {officers.PACE:g} s; every commit "
        "is on the disk (`synchronous=FULL`) before it is called saved. One without a pause writes as fast as the store takes it.\n"
    )
    titles = ["", "store", "", "p50", "p95", "p99", "n", "reach", ""]
    return Section(WRITING, head(results, today) + table(titles, rows) + said, give)
