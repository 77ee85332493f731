"""Sign-off in words: how it stands beside an offer, and what a decision needs to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.sign_offs import SignOffRow, ToDecide, kinds_words, waited
from placement_tui.domain.typed_numbers import money_words
from placement_tui.domain.typed_times import london
from placement_tui.widgets.text import Line, Span, fit, plain
from placement_tui.widgets.words import by_words, clock_words, fee_line, grade_dated, miles_words

SOON = timedelta(hours=1)
FACTS = 8  # lines of a request's facts, always as many
_NAMED = 9  # letters of what a line is about


def sign_off_words(rows: Sequence[SignOffRow], needed: Sequence[str], now: datetime) -> Span:
    """How an offer stands: `asked of PL 1h 12m ago (out of area), lapses 18:00 in 22m`."""
    last = {kind: row for row in rows if row.state not in ("withdrawn", "over") for kind in row.kinds}
    shown = [row for row in rows if row in last.values()]
    open_kinds = [kind for kind in needed if kind not in last]
    said = [standing(row, now) for row in shown]
    if open_kinds:
        said.append(Span(f"needs {kinds_words(open_kinds)}: s asks", "warn"))
    if not said:
        return Span("none needed", "muted")
    worst = next((ink for ink in ("bad", "warn", "accent", "good") if any(each.ink == ink for each in said)), "")
    return Span("; ".join(each.text for each in said), worst)


def standing(row: SignOffRow, now: datetime) -> Span:
    """How one request stands."""
    what = f"({kinds_words(row.kinds)})"
    if row.state == "asked":
        left = row.lapses_at - now if row.lapses_at else None
        until = f", lapses {_clock(row.lapses_at)} in {waited(left)}" if row.lapses_at and left else ""
        ink = "warn" if left is not None and left < SOON else "accent"
        return Span(f"asked of {_whom(row)} {waited(now - row.asked_at)} ago {what}{until}", ink)
    if row.state == "returned":
        return Span(f"returned {what}: {row.returned_for}", "warn")
    if row.state == "lapsed" and row.lapsed_at is not None:
        since = clock_words(row.asked_at, row.lapsed_at)
        return Span(f"lapsed {_clock(row.lapsed_at)} waiting since {since}: bed lost {what}", "bad")
    who = f"{row.decided_by_name} by phone, logged by {row.decided_by}" if row.by_word else row.decided_by
    if row.state == "approved":
        return Span(f"approved by {who} {clock_words(row.decided_at or now, now)} {what}", "good")
    if row.state == "refused":
        return Span(f"refused by {who} {what}: {row.why}", "bad")
    return Span(f"{row.state} {what}", "muted")


def lapse_words(row: SignOffRow, now: datetime) -> Span:
    """When a request lapses, for its cell: `18:00 in 22m`, `returned`, `LOST 18:00`."""
    if row.state == "lapsed":
        return Span(f"LOST {_clock(row.lapsed_at)}" if row.lapsed_at else "LOST", "bad")
    if row.state == "returned":
        return Span("returned", "muted")
    if row.lapses_at is None:
        return Span("no time said", "muted")
    left = row.lapses_at - now
    day = row.lapses_at.astimezone(london()).date() != now.astimezone(london()).date()
    return Span(f"{f'{row.lapses_at.astimezone(london()):%a} ' if day else ''}{_clock(row.lapses_at)} in {waited(left)}",
                "bad" if left < SOON / 2 else "warn" if left < SOON else "")  # fmt: skip


def facts(item: ToDecide, now: datetime, width: int) -> list[Line]:
    """What a decision needs, in `FACTS` lines: the home, the cost, the law, who asked, the child, who else was tried."""
    row = item.sign_off
    lines: list[Line] = [
        _home(item),
        _named("cost", _cost(item.offer, now)),
        _named("law", "; ".join(item.law)),
        _named("asked", f"{row.asked_by} {waited(now - row.asked_at)} ago of {_whom(row)}" + (f": {row.words}" if row.words else "")),
        _child(item, now),
        _named("tonight", item.tonight or item.why_now or Span("not said", "muted")),
        _named("tried", _tried(item)),
        _last(item, now),
    ]  # fmt: skip
    return [_cut(line, width) for line in lines]


def _home(item: ToDecide) -> list[Span]:
    offer = item.offer
    if offer is None:
        return [Span(f" {item.sign_off.name}", "strong")]
    where = {True: "in area", False: "out of area", None: "area not known"}[offer.in_area]
    miles = f"{miles_words(offer.miles, offer.approximate)} mi, " if offer.miles is not None else ""
    grade = grade_dated(offer.grade, offer.graded_on) if offer.grade else "not inspected"
    return [Span(f" {offer.name}", "strong"),
            Span(f" · {HOME_KINDS.spoken(offer.kind).lower()} · {miles}{where} · {grade}")]  # fmt: skip


def _cost(offer: OfferRow | None, now: datetime) -> str:
    if offer is None:
        return "not known"
    year = f", {money_words(round(offer.year_end_pence, -2))} to 31 March" if offer.year_end_pence is not None else ""
    start = f" · from {clock_words(offer.start_at, now)}" if offer.start_at else ""
    return f"{fee_line(offer.care_pence, offer.education_pence, offer.health_pence)} a week{year}{start}"


def _child(item: ToDecide, now: datetime) -> list[Span]:
    by = by_words(item.urgency, item.needed_by, now)
    why = f" · {item.why_now}" if item.why_now else ""
    return [*_named("child", f"{item.sign_off.child} · home {item.home_postcode or 'not known'} · "), by, Span(why)]


def _tried(item: ToDecide) -> str:
    said = f"{item.asked} asked, {item.refused} no, {item.waiting} waiting"
    others = [
        f"{each.name} {money_words(each.total_pence)}" + (f" {miles_words(each.miles)} mi" if each.miles is not None else "")
        for each in item.others
    ]  # fmt: skip
    return f"{said}; also offered: {', '.join(others)}" if others else f"{said}; no other offer stands"


def _last(item: ToDecide, now: datetime) -> Line:
    row = item.sign_off
    if row.state == "returned":
        return _named("returned", Span(row.returned_for, "warn"))
    if row.state == "lapsed":
        return _named("lost", Span(standing(row, now).text, "bad"))
    if row.returned_for:
        return _named("mended", f"it was returned for: {row.returned_for}")
    if row.lapses_at is not None:
        return _named("lapses", Span(f"{clock_words(row.lapses_at, now)}: undecided by then, the bed is lost", "muted"))
    return ""


def _named(name: str, words: str | Span) -> list[Span]:
    return [Span(f" {name.ljust(_NAMED)}", "muted"), Span(words) if isinstance(words, str) else words]


def _cut(line: Line, width: int) -> Line:
    if isinstance(line, str | Span):
        return line
    made, left = [], width
    for part in line:
        span = part if isinstance(part, Span) else Span(part)
        text = plain(span.text)
        made.append(Span(fit(text, left).rstrip() if len(text) > left else text, span.ink))
        left = max(0, left - len(text))
    return made


def _whom(row: SignOffRow) -> str:
    return row.asked_of or "a manager"


def _clock(at: datetime) -> str:
    return f"{at.astimezone(london()):%H:%M}"
