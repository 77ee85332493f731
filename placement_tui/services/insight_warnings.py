"""Whether anybody saw it coming: disrupted endings with a warning logged before them against those without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import median

from placement_tui.db.reads import insight_endings as reads
from placement_tui.db.reads.insight_endings import Sign
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row, share
from placement_tui.domain.insight_endings import Lived, fitting, in_order, keys_of, label_of
from placement_tui.services.desk import Desk
from placement_tui.services.insight_endings import MOST, moves

SOURCE = "early warnings and endings logged here; Walsall 2023-26, Support and Stability Team"
# How an ending was warned of, the surest first; the words stand in its cut.
LOGGED, SAID, NO, NOT_SAID = "logged", "said", "no", "not said"
_LABELS = {
    LOGGED: "Warning logged before",
    SAID: "Signs said at the ending only",
    NO: "No sign, it was said",
    NOT_SAID: "Nobody said",
}
_WARNED = (
    "disrupted endings in these days, by whether an early warning was seen and logged on a day before the last one / all "
    "disrupted endings in these days; signs that the ending's form alone speaks of are counted apart; interval: Wilson, 95%"
)
_LEAD = "days from the first sign that was logged before a disrupted ending to the ending; n: those endings"
_CAME = "placements of which a sign was seen in these days, by what became of them up to today"
_BANDS = ((1, 6, "Under a week"), (7, 27, "1 to 4 weeks"), (28, 90, "to 3 months"), (91, None, "longer"))


def report(desk: Desk, period: Period, by: str) -> Report:
    """Warned before the end, how long before, and what became of the placements that were warned of."""
    with desk.read() as session:
        rows = reads.lived(session, period.first, period.last, whose=True)
        signs = _by_placement(reads.signs(session))
        names = reads.providers(session, {row.provider for row in rows}) if by == "provider" else {}
    broken = [row for row in moves(rows, period) if row.ended_as == "disrupted"]
    if by:
        blocks: tuple[Block, ...] = (_apart(broken, signs, by, names),)
    else:
        blocks = (_warned(broken, signs), *_leads(broken, signs), _came(rows, signs, period))
    return Report("warnings", "Who saw it coming", period, blocks, by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The disrupted endings that were warned of so, or the placements of which a sign was seen (`came`). Raises Invalid."""
    own = {cut.dimension: cut.value for cut in cuts if cut.dimension in ("warned", "lead", "came")}
    with desk.read() as session:
        rows = reads.lived(session, period.first, period.last, whose=True)
        signs = _by_placement(reads.signs(session))
        if "came" in own:
            chosen = [row for row in _seen_in(rows, signs, period) if _became(row, signs[row.id]) == own["came"]]
        else:
            chosen = [row for row in moves(rows, period) if row.ended_as == "disrupted"]
        if "warned" in own:
            chosen = [row for row in chosen if warned_as(row, signs.get(row.id, ())) == own["warned"]]
        if "lead" in own:
            leads = {row.id: lead(row, signs.get(row.id, ())) for row in chosen}
            chosen = [row for row in chosen if _band(leads[row.id]) == own["lead"]]
        chosen = fitting(chosen, [cut for cut in cuts if cut.dimension not in own], {})
        chosen = sorted(chosen, key=lambda row: (row.ended or date.max, row.id), reverse=True)[:limit]
        says = {row.id: _says(row, signs.get(row.id, ())) for row in chosen}
        return reads.behind(session, [row.id for row in chosen], says)


def warned_as(row: Lived, signs: Sequence[Sign]) -> str:
    """How an ending was warned of: logged before, said at the ending only, said that there was none, or not said."""
    if lead(row, signs) is not None:
        return LOGGED
    return NOT_SAID if row.warned is None else SAID if row.warned else NO


def lead(row: Lived, signs: Sequence[Sign]) -> int | None:
    """The days from the first sign that was seen and logged before the ending's day to it; None where there was none."""
    ended = row.ended
    if ended is None:
        return None
    first = min((sign.seen for sign in signs if sign.seen < ended and sign.logged < ended), default=None)
    return (ended - first).days if first is not None else None


def _by_placement(signs: Sequence[Sign]) -> dict[str, list[Sign]]:
    found: dict[str, list[Sign]] = {}
    for sign in signs:
        found.setdefault(sign.placement, []).append(sign)
    return found


def _warned(broken: Sequence[Lived], signs: Mapping[str, Sequence[Sign]]) -> Block:
    counts = Counter(warned_as(row, signs.get(row.id, ())) for row in broken)
    rows = tuple(share(label, counts[key], len(broken), cuts=(Cut("warned", key),)) for key, label in _LABELS.items())
    return Block("warned", "Warned before a disrupted ending", _WARNED, rows, "share", source=SOURCE)


def _apart(broken: Sequence[Lived], signs: Mapping[str, Sequence[Sign]], by: str, names: Mapping[str, str]) -> Block:
    keys = keys_of(by)
    groups: dict[str, list[Lived]] = {}
    for row in broken:
        for key in keys(row):
            groups.setdefault(key, []).append(row)
    order = in_order(by, groups, {key: len(found) for key, found in groups.items()})
    rows = [
        share(label_of(by, key, names), sum(warned_as(row, signs.get(row.id, ())) == LOGGED for row in groups[key]),
              len(groups[key]), cuts=(Cut("warned", LOGGED), Cut(by, key)))
        for key in order[:MOST]
    ]  # fmt: skip
    return Block(
        "warned", f"Warning logged before a disrupted ending, by {by}", _WARNED, tuple(rows), "share", source=SOURCE
    )


def _leads(broken: Sequence[Lived], signs: Mapping[str, Sequence[Sign]]) -> tuple[Block, Block]:
    leads = sorted(days for row in broken if (days := lead(row, signs.get(row.id, ()))) is not None)
    n, cuts = len(leads), (Cut("warned", LOGGED),)
    middle = [Row("Half had at least", median(leads), n, cuts=cuts)] if leads else []
    middle += [Row("Three in four had at least", leads[n // 4], n, cuts=cuts)] if leads else []
    middle += [Row("The longest", leads[-1], n, cuts=cuts)] if leads else []
    counts = Counter(_band(days) for days in leads)
    bands = tuple(Row(label, counts[label], counts[label], cuts=(*cuts, Cut("lead", label))) for _, _, label in _BANDS)
    nothing = "No disrupted ending of these days had a warning logged before it."
    return (
        Block("lead", "Days from the first sign to the end", _LEAD, tuple(middle), "days", "none", SOURCE, nothing),
        Block("bands", "How long before", _LEAD, bands if leads else (), source=SOURCE, empty=nothing),
    )


def _band(days: int | None) -> str:
    found = (
        label for low, high, label in _BANDS if days is not None and days >= low and (high is None or days <= high)
    )
    return next(found, "")


def _seen_in(rows: Sequence[Lived], signs: Mapping[str, Sequence[Sign]], period: Period) -> list[Lived]:
    return [
        row for row in rows
        if row.counts and any(period.first <= sign.seen <= period.last for sign in signs.get(row.id, ()))
    ]  # fmt: skip


def _became(row: Lived, signs: Sequence[Sign]) -> str:
    if row.ended is not None:
        return "disrupted" if row.ended_as == "disrupted" else "ended"
    return "open" if any(sign.closed is None for sign in signs) else "closed"


def _came(rows: Sequence[Lived], signs: Mapping[str, Sequence[Sign]], period: Period) -> Block:
    seen = _seen_in(rows, signs, period)
    counts = Counter(_became(row, signs[row.id]) for row in seen)
    words = {
        "closed": "Goes on, the warning is closed", "open": "Goes on, the warning is open",
        "disrupted": "Disrupted", "ended": "Ended in another way",
    }  # fmt: skip
    made = tuple(share(label, counts[key], len(seen), cuts=(Cut("came", key),)) for key, label in words.items())
    return Block("came", "What became of those that were warned of", _CAME, made, "share", source=SOURCE)


def _says(row: Lived, signs: Sequence[Sign]) -> str:
    days = lead(row, signs)
    end = f"{row.reason or 'ended'} after {row.days} days" if row.ended else "goes on"
    return f"{end}, first sign {days} days before" if days is not None else end
