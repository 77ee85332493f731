"""A provider's page as lines: what we asked and they answered, whom to ring, what to look after, what children said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from placement_tui.domain import typed
from placement_tui.domain.codes.census import ROUTES
from placement_tui.domain.codes.provision import HOME_KINDS, SECTORS
from placement_tui.domain.codes.refusals import REFUSALS, WOULD_CHANGE
from placement_tui.domain.providers import Asked, HomeLine, OurAnswers, ProviderPage, SuspensionRow, hours_words
from placement_tui.domain.typed_times import london
from placement_tui.widgets.pages import columns, heading, paragraph, said
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import grade_dated

_HOMES_SHOWN = 40


def provider_page(page: ProviderPage, now: datetime, width: int) -> list[Line]:
    """Everything that is known of a provider; what waits for somebody stands first."""
    today = now.astimezone(london()).date()
    lines: list[Line] = []
    if page.suspended_count:
        some = (
            "every home" if page.suspended_count == page.home_count else f"{page.suspended_count} of {page.home_count}"
        )
        lines.append(Span(f" Not used: {some}. s lifts it, with the reason", "bad"))
    lines += [
        *said("sector", SECTORS.label(page.sector) if page.sector in SECTORS else page.sector, width),
        *said("phone", page.phone or Span("no number", "warn"), width, "strong"),
        *said("at night", page.out_of_hours_phone, width, "strong"),
        *said("e-mail", page.email, width),
        *said("contract", _contract(page), width),
        *said("also called", ", ".join(page.doubles), width),
        *said("note", page.note, width),
    ]
    lines += [*heading(f"To ring ({len(page.contacts)})"), *_contacts(page)]
    lines += [*heading(f"Concerns ({page.open_concerns} open)"), *_concerns(page, today, width)]
    lines += [*heading(_visits_head(page, today)), *_visits(page, today, width)]
    lines += [*heading("What we asked, 12 months"), *_asked(page.asked, page.all_asked)]
    lines += [*_answers(page, width)]
    lines += [*heading("What we answered to their offers, 12 months"), *_ours(page.ours)]
    lines += [*heading(f"What children said about living there ({len(page.voices)})"), *_voices(page, today, width)]
    lines += [*heading(f"Homes ({page.home_count})"), *_homes(page.homes, page.home_count, width)]
    if page.suspensions:
        lines += [*heading("Suspensions"), *_suspensions(page.suspensions, width)]
    return lines


def reason_words(code: str) -> str:
    """A reason by its short label."""
    return REFUSALS[code].short if code in REFUSALS else code


def change_label(code: str) -> str:
    """What would change a no, by its short label."""
    return WOULD_CHANGE[code].spoken if code in WOULD_CHANGE else code


def _contract(page: ProviderPage) -> str:
    parts = [f"tier {page.tier}"] if page.tier else []
    return ", ".join([*parts, *([ROUTES.label(page.route)] if page.route else [])])


def _contacts(page: ProviderPage) -> list[Line]:
    lines: list[Line] = []
    for row in page.contacts:
        who = f"{row.name}, {row.part}" if row.part else row.name
        numbers = [Span(row.phone, "strong")] if row.phone else []
        if row.out_of_hours_phone:
            numbers += [Span("  night ", "muted"), Span(row.out_of_hours_phone, "strong")]
        more = " ".join(part for part in (row.email, f"({row.home})" if row.home else "", row.note) if part)
        lines.append(columns([(who, 30), ([*numbers, Span(f"  {more}", "muted")], 1)]))
    return lines or [Span("   nobody yet: a adds Jo Hale, manager, 0151 496 0123, night 07700 900123", "muted")]


def _concerns(page: ProviderPage, today: date, width: int) -> list[Line]:
    lines: list[Line] = []
    for row in page.concerns:
        head = f"{typed.day_words(row.raised_on, today)}, {row.home}, {row.raised_by}"
        if row.settled_on is None:
            lines.append(columns([(Span("open", "bad"), 8), (Span(head, "muted"), 1)]))
        else:
            settled = f"settled {typed.day_words(row.settled_on, today)}"
            lines.append(columns([(Span(settled, "muted"), 22), (Span(head, "muted"), 1)]))
        lines += paragraph(row.what, width, 5, "" if row.settled_on is None else "muted")
        if row.settled:
            lines += paragraph(f"settled: {row.settled}", width, 5, "muted")
    return lines or [Span("   none: c logs one", "muted")]


def _visits_head(page: ProviderPage, today: date) -> str:
    late = sum(row.overdue(today) for row in page.visits)
    return f"Visits ({late} overdue)" if late else "Visits"


def _visits(page: ProviderPage, today: date, width: int) -> list[Line]:
    lines: list[Line] = []
    for row in page.visits:
        if row.visited_on is None:
            due = typed.day_words(row.due_on, today) if row.due_on else "no day"
            ink, word = ("bad", "overdue since") if row.overdue(today) else ("warn", "due")
            lines.append(columns([(Span(f"{word} {due}", ink), 28), (row.home, 1)]))
            continue
        by = f"{row.home}, {row.visitor}" if row.visitor else row.home
        lines.append(columns([(f"made {typed.day_words(row.visited_on, today)}", 28), (Span(by, "muted"), 1)]))
        lines += paragraph(row.found, width, 5) if row.found else []
    return lines or [Span("   none: v plans one (due 3 dec) or logs one (today: what was found)", "muted")]


def _asked(rows: Sequence[Asked], everything: Asked) -> list[Line]:
    if not everything.asked:
        return [Span("   nothing", "muted")]
    sizes = (22, 7, 7, 7, 10, 9, 1)
    titles = ("", "asked", "offer", "no", "no reply", "waiting", "withdrawn")
    lines: list[Line] = [columns([(Span(word, "muted"), size) for word, size in zip(titles, sizes, strict=True)])]
    for row in [*rows, *([everything] if len(rows) > 1 else [])]:
        kind = HOME_KINDS.spoken(row.kind) if row.kind else "all"
        cells = (
            kind,
            *(f"{n:,}" for n in (row.asked, row.offer, row.refusal, row.no_reply, row.awaiting, row.withdrawn)),
        )
        lines.append(columns(list(zip(cells, sizes, strict=True))))
    return lines


def _answers(page: ProviderPage, width: int) -> list[Line]:
    everything = page.all_asked
    if not everything.answered:
        return []
    share = f"{everything.offer} of {everything.answered} answers were offers"
    lines = said("yes", share, width)
    lines += said("how fast", f"{hours_words(page.speed.median_hours)} in the middle (n={page.speed.n})", width)
    lines += said("why not", _counted(page.reasons, reason_words) or Span("no reason logged", "muted"), width)
    nothing_said = Span("nobody asked: c after a refusal on the call list", "muted")
    return lines + said("would change", _counted(page.would_change, change_label) or nothing_said, width)


def _counted(counts: Sequence[tuple[str, int]], words: object) -> str:
    return ", ".join(f"{words(code)} {count}" for code, count in counts)  # type: ignore[operator]  # a function of a code


def _ours(ours: OurAnswers) -> list[Line]:
    if not ours.offers:
        return [Span("   no offers", "muted")]
    names = ("accepted", "declined", "lapsed", "withdrawn", "open")
    parts = [f"{getattr(ours, name)} {name}" for name in names if getattr(ours, name)]
    fast = f"decided in {hours_words(ours.speed.median_hours)} in the middle (n={ours.speed.n})"
    lines: list[Line] = [f"   {ours.offers} offer{'' if ours.offers == 1 else 's'}: {', '.join(parts)}"]
    return [*lines, f"   {fast}" if ours.speed.n else Span("   none was decided", "muted")]


def _voices(page: ProviderPage, today: date, width: int) -> list[Line]:
    lines: list[Line] = []
    for row in page.voices:
        lines += paragraph(f"“{row.words}”", width, 3, "accent")
        who = row.child or "a child, not named"
        lines.append(
            Span(f"     {who}, {typed.day_words(row.said_on, today)}, {row.home}; heard by {row.heard_by}", "muted")
        )
    return lines or [Span("   nobody asked them yet: w keeps their words", "muted")]


def _homes(rows: Sequence[HomeLine], count: int, width: int) -> list[Line]:
    lines: list[Line] = []
    for row in rows[:_HOMES_SHOWN]:
        ours = f"{row.ours} of ours" if row.ours else ""
        grade = grade_dated(row.grade, row.graded_on) if row.grade else "not inspected"
        lines.append(columns([(row.name, 28), (Span(HOME_KINDS.spoken(row.kind), "muted"), 16), (grade, 18), (ours, 11), (row.phone, 1)]))  # fmt: skip
        if row.suspended:
            lines += paragraph(f"not used: {row.suspended}", width, 5, "bad")
        before = [f"{grade_dated(overall, on)}" for on, overall in row.grades[1:]]
        if before:
            lines += paragraph(f"before: {', '.join(before)}", width, 5, "muted")
    if count > _HOMES_SHOWN:
        lines.append(Span(f"   and {count - _HOMES_SHOWN:,} more: / finds each", "muted"))
    return lines or [Span("   none in the register", "muted")]


def _suspensions(rows: Sequence[SuspensionRow], width: int) -> list[Line]:
    lines: list[Line] = []
    for row in rows:
        since = f"from {row.from_at.astimezone(london()):%d %b %Y}" if row.from_at else "from a day not known"
        until = f" to {row.lifted_at.astimezone(london()):%d %b %Y}" if row.lifted_at else ""
        lines += paragraph(f"{row.home}, {since}{until}: {row.why}", width, 3, "" if row.lifted_at else "bad")
        lines += paragraph(f"lifted: {row.lifted_why}", width, 5, "muted") if row.lifted_why else []
    return lines
