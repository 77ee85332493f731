"""A home of a search in three lines: who they are, what they may take, and why they stand where they stand."""

from __future__ import annotations

from placement_tui.domain.homes import Match
from placement_tui.domain.lists import short_conditions
from placement_tui.widgets.text import Line, Span


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
