"""How often those who are asked offer, by everything known of child and home; no replies, and how long an answer takes.

Offers per approach: of approaches that came to an end by themselves. Those that the council withdrew, and those that may
still be answered, are in neither number; an offer that the provider took back was one.
"""

from __future__ import annotations

from collections.abc import Sequence

from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, share
from placement_tui.services.desk import Desk
from placement_tui.services.facts.blocks import Counted, block
from placement_tui.services.facts.blocks import behind as records
from placement_tui.services.facts.counting import NO_REPLY, dimension_of

_FIRST = ("type", "age", "sex", "need", "tier", "distance", "score", "asked")
_DONE = Cut("outcome", "concluded")
_OFFERS = ("Offers of approaches that ended in an offer, a refusal or no reply. Those that we withdrew or still wait for are "
           "left out.")  # fmt: skip
_ANSWERS = "Offers of offers and refusals together."
_SILENT = "Approaches that were never answered, of those that ended in an offer, a refusal or no reply."
_TIME = "From asking to an offer or a refusal: half took no longer; nine in ten by the nearest rank."
_GROUPS = " Brothers and sisters asked for together count under each one's."


def report(desk: Desk, period: Period, by: str) -> Report:
    """Offers of approaches made in a time, set apart."""
    counted = Counted(desk, period)
    return Report("offers", "How often they offer", period, _by(counted, by) if by else _all(counted), by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The approaches behind a figure, the latest first. Raises Invalid."""
    return records(desk, period, cuts, limit)


def _all(counted: Counted) -> tuple[Block, ...]:
    facts, rows = counted.facts, counted.all
    done, answered, offered = facts.concluded(rows), facts.answered(rows), facts.offered(rows)
    silent = facts.of(rows, NO_REPLY)
    made = [
        block("offers", "Of those asked", f"{_OFFERS} Per answer: of offers and refusals together.", (
            share("offers per approach", len(offered), len(done), cuts=(_DONE,)),
            share("offers per answer", len(offered), len(answered), cuts=(Cut("outcome", "answered"),)),
            share("never replied", len(silent), len(done), cuts=(Cut("outcome", "no_reply"),)),
        )),
        block("hours", "Time to an answer", _TIME, (
            counted.median("offers and refusals", answered, (Cut("outcome", "answered"),)),
            counted.median("offers", offered, (Cut("outcome", "offered"),)),
            counted.median("refusals", facts.cut(rows, (Cut("outcome", "refusal"),)), (Cut("outcome", "refusal"),)),
        ), unit="hours"),
        block("month", "Offers per approach, month by month", _OFFERS, counted.trend("offers", offered, done, (_DONE,)), chart="trend"),
    ]  # fmt: skip
    for name in _FIRST:
        made.append(block(name, f"Offers per approach, by {dimension_of(name).words}", _OFFERS + _several(name),
                          counted.shares(name, offered, done, (_DONE,), most=20)))  # fmt: skip
    return tuple(made)


def _by(counted: Counted, by: str) -> tuple[Block, ...]:
    facts, rows, words = counted.facts, counted.all, dimension_of(by).words
    done, answered, offered = facts.concluded(rows), facts.answered(rows), facts.offered(rows)
    if by == "month":
        return (
            block("offers", "Offers per approach, month by month", _OFFERS, counted.trend("offers", offered, done, (_DONE,)), chart="trend"),
            block("silent", "Never replied, month by month", _SILENT,
                  counted.trend("never replied", facts.of(rows, NO_REPLY), done, (_DONE,)), chart="trend"),
            block("hours", "Time to an answer, by month of asking", _TIME,
                  counted.medians(by, answered, (Cut("outcome", "answered"),)), unit="hours"),
        )  # fmt: skip
    several = _several(by)
    return (
        block("offers", f"Offers per approach, by {words}", _OFFERS + several, counted.shares(by, offered, done, (_DONE,))),
        block("answers", f"Offers per answer, by {words}", _ANSWERS + several,
              counted.shares(by, offered, answered, (Cut("outcome", "answered"),))),
        block("silent", f"Never replied, by {words}", _SILENT + several,
              counted.shares(by, facts.of(rows, NO_REPLY), done, (_DONE,))),
        block("hours", f"Time to an answer, by {words}", _TIME + several,
              counted.medians(by, answered, (Cut("outcome", "answered"),)), unit="hours"),
    )  # fmt: skip


def _several(name: str) -> str:
    return _GROUPS if name in ("age", "sex", "need") else ""
