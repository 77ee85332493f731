"""Why providers refuse: by reason and family, by everything known of child and home, and what would change it.

A refusal is an approach whose outcome is one. No reply, what the council withdrew or declined, and an offer that the
provider took back are none (`domain/codes/declines.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from placement_tui.domain.facts import OF_REFUSALS
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row, share
from placement_tui.services.desk import Desk
from placement_tui.services.facts.blocks import Counted, block
from placement_tui.services.facts.blocks import behind as records
from placement_tui.services.facts.columns import Array
from placement_tui.services.facts.counting import REFUSED, dimension_of

_NO = Cut("outcome", "refusal")
_TIME = "Approaches made in the time, refused by now."
_MAIN = "by the main reason"
_GROUPS = "Brothers and sisters asked for together count under each one's."


def report(desk: Desk, period: Period, by: str) -> Report:
    """The refusals of approaches made in a time, set apart."""
    counted = Counted(desk, period)
    no = counted.facts.of(counted.all, REFUSED)
    blocks = _by(counted, no, by) if by else _all(counted, no)
    return Report("refusals", "Why providers refuse", period, blocks, by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The approaches behind a figure, the latest first. Raises Invalid."""
    return records(desk, period, cuts, limit)


def _all(counted: Counted, no: Array) -> tuple[Block, ...]:
    first = counted.facts.cut(counted.all, (Cut("asked", "first"),))
    again = counted.facts.cut(counted.all, (Cut("asked", "again"),))
    return (
        block("outcomes", "What came of approaches", "Every approach made in the time, by what came of it until now.",
              _outcomes(counted)),
        block("family", "Refusals by family of reasons", f"Of all refusals, {_MAIN}. {_TIME}", counted.parts("family", no, (_NO,))),
        block("reason", "Refusals by reason", f"Of all refusals, {_MAIN}. {_TIME}", counted.parts("reason", no, (_NO,), most=15)),
        block("changeable", "Could the council change it?",
              f"Of all refusals, {_MAIN}: whether such a reason can be changed by the council, as the code list says. {_TIME}",
              counted.parts("changeable", no, (_NO,))),
        block("severity", "A circumstance, a capability, or for good", f"Of all refusals, {_MAIN}. {_TIME}",
              counted.parts("severity", no, (_NO,))),
        block("filled", "Was it asked what would change it?", f"Refusals for which at least one thing is named that would change it. {_TIME}",
              (_filled(counted, no),)),
        block("change", "What would change it", f"Of the refusals for which that is named; one may name several. {_TIME}",
              _changes(counted, no)),
        block("stage", "At which stage they refused", f"Of all refusals. {_TIME}", counted.parts("stage", no, (_NO,))),
        block("again", "First answers against later ones",
              "Of those who offered or refused: refusals at the first asking, and of those asked again after an answer.",
              (_refused("first asked", counted, first, "first"), _refused("asked again", counted, again, "again"))),
        block("month", "Refusals of answers, month by month", "Refusals of offers and refusals together, by the month of asking.",
              counted.trend("refused", no, counted.facts.answered(counted.all), (_NO,)), chart="trend"),
    )  # fmt: skip


def _by(counted: Counted, no: Array, by: str) -> tuple[Block, ...]:
    words = dimension_of(by).words
    made: list[Block] = []
    several = f" {_GROUPS}" if by in ("age", "sex", "need") else ""
    if by in OF_REFUSALS:
        made.append(
            block(
                "refusals", f"Refusals by {words}", f"Of all refusals, {_MAIN}. {_TIME}", counted.parts(by, no, (_NO,))
            )
        )
    else:
        answered = counted.facts.answered(counted.all)
        made += [
            block("refused", f"Refusals of answers, by {words}",
                  f"Refusals of offers and refusals together, each under its own.{several}",
                  counted.shares(by, no, answered, (Cut("outcome", "answered"),))),
            block("refusals", f"How many refusals, by {words}", f"{_TIME}{several}", counted.counts(by, no, (_NO,)), unit="count"),
        ]  # fmt: skip
    if by not in ("family", "reason"):
        made.append(block("family", f"Why, by {words}", f"Of the refusals on each line, those of each family, {_MAIN}. {_TIME}{several}",
                          counted.heat(by, "family", no, (_NO,)), chart="heat"))  # fmt: skip
    if by not in ("changeable", "severity"):
        made.append(block("changeable", f"Changeable by the council, by {words}",
                          f"Of the refusals on each line, whether the council can change the main reason. {_TIME}{several}",
                          counted.heat(by, "changeable", no, (_NO,)), chart="heat"))  # fmt: skip
    if by not in ("filled", "change"):
        said = counted.facts.cut(no, (Cut("filled", "yes"),))
        made.append(block("filled", f"Asked what would change it, by {words}",
                          f"Of the refusals of each, those for which at least one thing is named. {_TIME}{several}",
                          counted.shares(by, said, no, (_NO, Cut("filled", "yes")))))  # fmt: skip
    if by != "change":
        made.append(block("change", f"What would change it, by {words}",
                          f"Of the refusals on each line, those that name each thing; one may name several. {_TIME}{several}",
                          counted.heat(by, "change", no, (_NO,)), chart="heat"))  # fmt: skip
    return tuple(made)


def _outcomes(counted: Counted) -> tuple[Row, ...]:
    facts, rows = counted.facts, counted.all
    named = (
        ("offer", "offered"), ("OW", "offered, and the provider took it back"), ("refusal", "refused"),
        ("no_reply", "never replied"), ("withdrawn", "we withdrew: placed elsewhere or cancelled"), ("awaiting", "still waited for"),
    )  # fmt: skip
    return tuple(
        share(words, len(facts.cut(rows, (Cut("outcome", value),))), len(rows), cuts=(Cut("outcome", value),))
        for value, words in named
    )


def _filled(counted: Counted, no: Array) -> Row:
    said = counted.facts.cut(no, (Cut("filled", "yes"),))
    return share("named what would change it", len(said), len(no), cuts=(_NO, Cut("filled", "yes")))


def _changes(counted: Counted, no: Array) -> tuple[Row, ...]:
    said = counted.facts.cut(no, (Cut("filled", "yes"),))
    return counted.parts("change", said, (_NO,))


def _refused(words: str, counted: Counted, rows: Array, asked: str) -> Row:
    no, answered = counted.facts.of(rows, REFUSED), counted.facts.answered(rows)
    return share(words, len(no), len(answered), cuts=(Cut("asked", asked), Cut("outcome", "answered")))
