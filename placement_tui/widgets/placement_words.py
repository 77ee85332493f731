"""A placement in words: its page with its ending, the codes of an ending, and who says what contributed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placement_tui.domain.codes.census import ROUTES, TYPES_OF_PROVISION
from placement_tui.domain.codes.endings import CLASSES, FACTOR_FAMILIES, FACTORS, REASON_CLASS, WHO_SAYS
from placement_tui.domain.codes.provision import HOME_KINDS, KINDS
from placement_tui.domain.codes.rules import CONSIDERED
from placement_tui.domain.codes.ssda903 import REASON_PLACE_CHANGE
from placement_tui.domain.endings import EndingRow, NewFactor
from placement_tui.domain.homes import Finding
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.rules import RULES
from placement_tui.domain.typed import day_words
from placement_tui.domain.typed_times import london
from placement_tui.widgets.law_words import law_page
from placement_tui.widgets.pages import heading, said
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import fee_line, grade_words, miles_words

CLASS_INK = {"disrupted": "bad", "protective": "warn", "planned": "good"}


def class_words(reason_class: str) -> Span:
    """`counts as disrupted`: how an ending is counted."""
    if reason_class == "not_a_move":
        return Span("no move: left out of every rate", "muted")
    return Span(f"counts as {CLASSES.label(reason_class).lower()}", CLASS_INK.get(reason_class, ""))


def factor_line(factor: NewFactor) -> str:
    """`IN2 risks not shared (carer)`."""
    return f"{factor.code} {FACTORS.spoken(factor.code)} ({WHO_SAYS.spoken(factor.said_by)})"


def days_words(days: int) -> str:
    """`1 day`, `61 days`."""
    return f"{days} day{'' if days == 1 else 's'}"


def started_words(row: PlacementRow, today: date) -> str:
    """`Tue 14 Oct, 61 days`."""
    return f"{day_words(row.started_at.astimezone(london()).date(), today)}, {days_words(row.days)}"


def placement_page(
    row: PlacementRow, ending: EndingRow | None, today: date, width: int, law: Sequence[Finding] = ()
) -> list[Line]:
    """Everything about a placement, what was considered, how it ended, and what the rules say of it today."""
    obtained = KINDS.label(row.type_obtained)
    wanted = KINDS.label(row.type_wanted) if row.type_wanted else ""
    if not wanted:
        kind: Line = obtained
    else:
        kind = (
            Span(f"{obtained}, as wanted")
            if row.type_wanted == row.type_obtained
            else Span(f"{obtained}; {wanted.lower()} was wanted", "warn")
        )
    where = {True: "in our area", False: "out of our area", None: ""}[row.in_area]
    miles = f"{miles_words(row.miles)} miles" if row.miles is not None else ""
    lines: list[Line] = [
        *said("child", f"{row.child}  {row.identifier}".strip(), width, "strong"),
        *said("home", row.name, width, "strong"),
        *said("provider", row.provider if row.provider != row.name else "", width),
        *said("kind", HOME_KINDS.label(row.kind), width),
        *said("phone", row.phone, width),
        *said("referral", row.reference or "", width),
        *said("from", started_words(row, today), width),
        *said("planned until", day_words(row.planned_end_on, today) if row.planned_end_on else "", width),
        *said("type", kind, width),
        *said("census type", TYPES_OF_PROVISION.label(row.provision) if row.provision else "", width),
        *said("PLACE", " ".join(part for part in (row.place, row.place_provider) if part), width),
        *said("route", ROUTES.label(row.route) if row.route else "", width),
        *said("a week", fee_line(row.care_pence, row.education_pence, row.health_pence), width),
        *said("distance", ", ".join(part for part in (miles, where) if part), width),
        *said("grade then", grade_words(row.grade_at_start) if row.grade_at_start else "", width),
        *said("considered", ", ".join(CONSIDERED.spoken(code) for code in row.considered.ticks), width),
        *said("shown then", ", ".join(f"{RULES[rule].title} ({rule})" for rule in row.considered.shown if rule in RULES), width),
        *said("agreed by", row.approved_by, width),
    ]  # fmt: skip
    if law:
        lines = [Span(" Law and policy today", "head"), *law_page(law, width), "", *lines]
    return lines + (ending_lines(ending, today, width) if ending else _not_ended(row, today, width))


def _not_ended(row: PlacementRow, today: date, width: int) -> list[Line]:
    if row.ended_on is None:
        return ["", Span(" It goes on. e, in the list, ends it", "muted")]
    return [*heading("The ending"), *said("ended", day_words(row.ended_on, today), width)]


def ending_lines(ending: EndingRow, today: date, width: int) -> list[Line]:
    """How a placement ended, why, and the lesson."""
    notice = "" if ending.notice_days is None else f", notice {days_words(ending.notice_days)}"
    reason = f"{ending.reason}  {REASON_PLACE_CHANGE.label(ending.reason)}"
    meeting = {True: "held", False: "not held", None: ""}[ending.stability_meeting]
    warned = {True: "yes", False: "no", None: ""}[ending.warned]
    lines: list[Line] = [
        *heading("The ending"),
        *said("ended", day_words(ending.ended_on, today) + notice, width),
        *said("reason", reason, width),
        *said("", class_words(ending.reason_class), width),
    ]
    for number, factor in enumerate(ending.factors):
        lines += said(
            "" if number else "factors", factor_line(factor) + (", the main one" if factor.main else ""), width
        )
    lines += said("warned", ": ".join(part for part in (warned, ending.warnings) if part), width)
    lines += said("stability mtg", meeting, width)
    lines += said("kept going by", ending.kept_going, width)
    lines += said("LESSON", ending.lesson or "", width, "accent")
    lines += said("note", ending.note, width)
    return lines


def codes_page(place: str | None, today: date, width: int) -> list[Line]:
    """What the codes of an ending mean: the reasons with their class, then the factors by family."""
    lines: list[Line] = [Span(" Reasons (REASON_PLACE_CHANGE), and how each is counted", "head")]
    for code in REASON_PLACE_CHANGE.on(today):
        counted = CLASSES.label(REASON_CLASS.get(code.code, "other")).lower()
        lines += said(
            code.code,
            Span(f"{code.label}: {counted}", CLASS_INK.get(REASON_CLASS.get(code.code, ""), "")),
            width,
            label_width=8,
        )
        lines += said("", Span(code.note, "muted"), width, label_width=8) if code.note else []
    if place in ("T0", "T1", "T2", "T3", "T4"):
        lines += [
            "",
            Span(f" This placement is {place}, a temporary one: its ending is no move, whatever the reason", "warn"),
        ]
    for family in FACTOR_FAMILIES:
        lines += [
            *heading(f"{family.code}  {family.label}"),
            Span(f"   usually beside {', '.join(family.beside)}", "muted"),
        ]
        lines += [
            line for f in FACTORS if f.family == family.code for line in said(f.code, f.label, width, label_width=8)
        ]
    lines += [*heading("Who says so"), *(Span(f"   {code.spoken}", "") for code in WHO_SAYS)]
    return lines


def factors_words(factors: Sequence[NewFactor]) -> str:
    """The factors in short, the main one first."""
    return ", ".join(FACTORS.spoken(factor.code) for factor in factors)
