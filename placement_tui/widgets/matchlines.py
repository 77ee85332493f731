"""A home of a search: its cells in the list; in lines, who they are, why they stand there, what they said, what was learned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placement_tui.domain.approaches import Answer
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.endings import LessonRow
from placement_tui.domain.homes import Candidate, Match
from placement_tui.domain.lists import short_conditions
from placement_tui.domain.typed_numbers import money_words
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import ago_words, grade_dated, miles_words


def match_cells(match: Match, now: datetime, stale_hours: float, ours: bool) -> list[Line]:
    """May be asked, name, miles, grade, vacancy, price; `ours` where its beds are for such a child."""
    home = match.candidate
    if match.asked_already:
        may: Line = Span("ask", "muted")
    elif not match.may_be_asked:
        may = Span("no", "bad")
    else:
        may = Span("yes" if not match.findings else "yes!", "good" if not match.findings else "warn")
    name: list[Span] = [Span(home.name)]
    if home.provider != home.name:
        name.append(Span(f"  {home.provider}", "muted"))
    return [
        may, name, miles_words(match.miles, match.approximate), Span(grade_dated(home.grade, home.graded_on)),
        _vacancy(home, now, stale_hours, ours), money_words(home.weekly_pence) if home.weekly_pence else "",
    ]  # fmt: skip


def _vacancy(home: Candidate, now: datetime, stale_hours: float, ours: bool) -> Line:
    if home.free is None:
        return Span("not known", "muted")
    said_at = home.free_said_at
    age = ago_words(said_at, now) if said_at else ""
    words = "full" if not home.free else f"{home.free} free" if ours else f"{home.free} for others"
    if said_at is None or (now - said_at).total_seconds() > stale_hours * 3600:
        return Span(f"{words}, {age} ago?", "warn")
    return Span(f"{words}, {home.free_said_by} {age}", "good" if home.free and ours else "")


def who_lines(match: Match) -> list[Line]:
    """The home under the cursor."""
    home = match.candidate
    facts = []
    if home.places:
        facts.append(f"{home.places} places")
    if home.age_min is not None or home.age_max is not None:
        facts.append(f"ages {home.age_min or 0}-{home.age_max if home.age_max is not None else 17}")
    facts.append({"M": "boys", "F": "girls"}.get(home.sexes or "", "any sex"))
    facts += [f"URN {home.urn}"] if home.urn else []
    facts += [f"tier {home.tier}"] if home.tier else []
    facts += [home.phone] if home.phone else []
    facts += [short] if (short := short_conditions(home.conditions)) else []
    where = (
        "in our area" if match.in_area else home.area or ("out of our area" if match.in_area is False else home.town)
    )
    first: Line = [
        Span(f" {home.name}", "strong"),
        Span(
            f" · {home.provider} · {where}" if home.provider != home.name else f" · {where}",
            "muted",
        ),
    ]
    second: Line = [Span(f" {' · '.join(facts)}")]
    if match.findings:
        blocks = [f for f in match.findings if f.level == "block"] or list(match.findings)
        ink = "bad" if blocks[0].level == "block" else "warn"
        words = "may not be asked" if ink == "bad" else "mind"
        third: Line = [Span(f" {words}: ", ink), Span("; ".join(f"{f.text} ({f.law})" for f in blocks[:2]), ink)]
    else:
        best = sorted(match.parts, key=lambda part: -abs(part.points))[:5]
        third = [
            Span(f" {match.score:.0f} points: ", "muted"),
            Span(", ".join(f"{part.label} {part.points:+.0f}" for part in best), "muted"),
        ]
    return [first, second, third]


def answers_line(home: Candidate, answers: Sequence[Answer]) -> Line:
    """How often it was asked and what it said, the last answers where they are known."""
    counted = (
        f"{home.asked} asked in 12 months, {home.refused} no, {home.offered} offers"
        if home.asked
        else "never asked in 12 months"
    )
    last = f"; last: {', '.join(map(_answered, answers))}" if answers else ""
    return [Span(" answers  ", "muted"), Span(counted + last)]


def _answered(each: Answer) -> str:
    if each.outcome == "refusal":
        return REFUSALS[each.reason].said if each.reason and each.reason in REFUSALS else "no"
    return "yes" if each.outcome == "offer" else "no reply"


def lesson_line(own: Sequence[LessonRow], here: Sequence[LessonRow]) -> Line:
    """The lesson of the child's own last home, else of another child in this one; blank where nothing was learned."""
    if not own and not here:
        return ""
    each = (own or here)[0]
    who = f"{each.child}'s last home" if own else f"of {each.child} here"
    return [Span(" lesson   ", "accent"), Span(f"{each.lesson} "), Span(f"({who}, {each.learned_on:%b %y})", "muted")]
