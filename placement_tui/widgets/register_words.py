"""The registers in words: how an entry stands in a line, and whole; splits of brothers and sisters too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from placement_tui.domain.codes.census import TYPES_OF_PROVISION
from placement_tui.domain.codes.checks import PARTINGS
from placement_tui.domain.codes.grades import grade_label
from placement_tui.domain.referrals import ChildRow
from placement_tui.domain.registers import (
    CHECKS,
    TITLES,
    DeprivationRow,
    Row,
    SupportedRow,
    UnregisteredRow,
)
from placement_tui.domain.siblings import GroupRow, Room, Split
from placement_tui.domain.typed import day_words
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import miles_words

SHORT = {"dol": "DoL", "unregistered": "unregistered", "16-17": "16-17", "kinship": "kinship"}
_SOON = 14  # days before an end that are said in warning ink


def tabs_line(here: str, counts: Mapping[str, tuple[int, int]]) -> Line:
    """`1 DoL 4, 3 lack  2 unregistered 2 ...`; the one that shows stands out."""
    parts: list[Span] = []
    for key, (register, short) in enumerate(SHORT.items(), 1):
        some, lacking = counts.get(register, (0, 0))
        parts += [Span(f"{key} ", "key"), Span(f"{short} {some}", "strong" if register == here else "muted")]
        parts += [Span(f" !{lacking}", "warn")] if lacking else []
        parts.append(Span("   "))
    return parts


def stands_words(row: Row, today: date) -> Line:
    """How an entry stands, in a few words."""
    if isinstance(row, DeprivationRow):
        if row.ended_at is not None:
            return Span("over", "muted")
        ends = row.new.ends_on
        if ends is None:
            return Span("no order yet" if row.new.order_on is None else "no end", "warn")
        return Span(f"until {day_words(ends, today)}", _ink((ends - today).days))
    if isinstance(row, UnregisteredRow):
        days = f"{row.days} day{'' if row.days == 1 else 's'}"
        return Span(f"{days}, over" if row.closed_at else days, "muted" if row.closed_at else "bad")
    if isinstance(row, SupportedRow):
        category = f"category {row.category[-1]}" if row.category else "no category"
        return Span(category, "" if row.category else "warn")
    if row.closed_at is not None:
        return Span("approved" if row.new.approved_fully_on else "over", "muted")
    left = f"{row.left} d left" if row.left >= 0 else f"{-row.left} d over"
    return Span(f"week {row.week}, {left}", _ink(row.left))


def _ink(left: int) -> str:
    return "bad" if left < 0 else "warn" if left <= _SOON else ""


def missing_words(row: Row) -> Line:
    """What it lacks."""
    return Span("; ".join(row.missing), "warn") if row.missing else Span("nothing", "good")


def entry_lines(row: Row, today: date) -> list[Line]:
    """An entry in three lines: whose, what is known, what is missing."""
    about = row.about
    parts = [part for part in (f"{about.child} {about.identifier}".strip(), about.name, about.reference or "") if part]
    who: Line = [Span(f" {parts[0]}", "strong"), *(Span(f" · {part}", "muted") for part in parts[1:])]
    known = " · ".join(_known(row, today))
    lacks: Line = (
        [Span(" missing: ", "muted"), Span("; ".join(row.missing), "warn")]
        if row.missing
        else Span(" nothing is missing", "good")
    )
    return [who, Span(f" {known}", "muted"), lacks]


def _known(row: Row, today: date) -> list[str]:
    found: list[str] = []
    if isinstance(row, DeprivationRow):
        new = row.new
        found += [f"order {day_words(new.order_on, today)}"] if new.order_on else []
        found += [f"review {day_words(new.review_on, today)}"] if new.review_on else []
        found += [part for part in (new.case_number, new.terms) if part]
    elif isinstance(row, UnregisteredRow):
        known = row.new
        found += [
            part for part in (known.why, known.agreed_by and f"agreed by {known.agreed_by}", known.end_plan) if part
        ]
        found += [f"ends by {day_words(known.end_by, today)}"] if known.end_by else []
    elif isinstance(row, SupportedRow):
        found.append(
            TYPES_OF_PROVISION.label(row.category) if row.category else "which of the four categories is not said"
        )
        found.append("registered" if row.registered else "not registered")
        found += [grade_label(row.outcome)] if row.outcome else []
        found += _checked("16-17", row.checks)
    else:
        found.append(f"approved {day_words(row.new.approved_on, today)}, until {day_words(row.until, today)}")
        found += ["extended"] if row.extended_until else []
        found += [row.new.nominated_officer] if row.new.nominated_officer else []
        found += _checked("kinship", row.new.checks)
    return found or [TITLES["dol"]]


def _checked(register: str, codes: Sequence[str]) -> list[str]:
    return [f"checked: {', '.join(CHECKS[register].spoken(code) for code in codes)}"] if codes else []


def who_where(split: Split, children: Sequence[ChildRow]) -> Line:
    """`Fir Lane: AB, CD · Oak House: EF`."""
    parts: list[Span] = []
    for at, (room, group) in enumerate(split.groups):
        parts += [Span(" · ", "muted")] if at else []
        parts += [Span(f"{room.name}: "), Span(names(children, group), "strong")]
    return parts


def names(children: Sequence[ChildRow], group: Sequence[int]) -> str:
    """`AB 4, CD 6`: brothers and sisters often have the same initials."""
    named = (children[child] for child in group)
    return ", ".join(
        f"{child.initials or child.identifier} {'?' if child.age is None else child.age}" for child in named
    )


def furthest_words(split: Split) -> str:
    """Miles between the two that live furthest apart; nothing together, `?` where it is not known."""
    if len(split.groups) == 1:
        return ""
    return "?" if split.furthest is None else miles_words(split.furthest)


def split_lines(split: Split) -> list[Line]:
    """A split in three lines: its homes, the distances between siblings, the sum and its parts."""
    homes: list[Span] = [Span(" ")]
    for at, (room, _) in enumerate(split.groups):
        homes += [Span(" · ", "muted")] if at else []
        homes += [Span(room.name, "strong"), Span(f" {_room_words(room)}", "muted")]
    apart = "; ".join(
        f"{one} to {other} {'?' if miles is None else miles_words(miles)}" for one, other, miles in split.between
    )
    parts = " + ".join(f"{part.label} {part.points:.1f}" for part in split.parts)
    return [
        homes,
        Span(f" miles apart: {apart}" if apart else " all in one home", "muted"),
        Span(f" sum {split.cost:.1f} = {parts}", "muted"),
    ]


def _room_words(room: Room) -> str:
    said = "free" if room.sure else "room"
    with_them = f", {room.siblings} of theirs there" if room.siblings else ""
    miles = "" if room.miles is None else f" {miles_words(room.miles)} mi"
    phone = f" {room.phone}" if room.phone else ""
    return f"{said} for {room.room}{with_them}{miles}{phone}"


def group_words(group: GroupRow | None) -> str:
    """`linked: 26-0142, 26-0144`, and why they were parted."""
    if group is None:
        return ""
    linked = f"linked: {', '.join(ref for _, ref in group.referrals)}" if len(group.referrals) > 1 else ""
    parted = f"parted: {PARTINGS.spoken(group.parted_reason)}" if group.parted_reason else ""
    parted += f" ({group.parted_why})" if parted and group.parted_why else ""
    return " · ".join(part for part in (linked, parted) if part)
