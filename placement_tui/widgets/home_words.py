"""A home's page as lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from placement_tui.domain import typed
from placement_tui.domain.approaches import Answer
from placement_tui.domain.codes.census import ROUTES
from placement_tui.domain.codes.endings import CLASSES
from placement_tui.domain.codes.provision import HOME_KINDS
from placement_tui.domain.codes.refusals import REFUSALS
from placement_tui.domain.endings import LessonRow
from placement_tui.domain.homes import Candidate, HomePage, Policy
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.restricted import WORDS
from placement_tui.domain.typed_times import london
from placement_tui.domain.vacancies import more_words
from placement_tui.widgets.pages import columns, heading, paragraph, said
from placement_tui.widgets.placement_words import CLASS_INK, days_words
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import ago_words, change_words, grade_words


def home_page(
    page: HomePage, answers: Sequence[Answer], lessons: Sequence[LessonRow], placements: Sequence[PlacementRow],
    policy: Policy, now: datetime, width: int,
) -> list[Line]:  # fmt: skip
    """Everything that is known of a home: who they are, judgements, answers to us, lessons, placements there."""
    home, today = page.candidate, now.astimezone(london()).date()
    lines: list[Line] = []
    if not home.registered:
        since = f" since {page.deregistered_on:%d %b %Y}" if page.deregistered_on else ""
        lines.append(Span(f" Not registered: {page.registration_status or 'it left the register'}{since}", "bad"))
    elif "suspend" in page.registration_status.casefold():
        lines.append(Span(f" Registration: {page.registration_status}", "bad"))
    if home.suspended:
        lines += paragraph(f"Not used: {home.suspended}", width, ink="bad")
    lines += [
        *said("provider", home.provider if home.provider != home.name else "", width),
        *said("kind", _kind(page), width),
        *said("phone", home.phone or Span("no number", "warn"), width, "strong"),
        *said("at night", page.night_phone, width, "strong"),
        *said("rota", "on the night rota" if page.on_rota else "", width),
        *said("e-mail", page.email, width),
        *said("address", _address(page), width),
        *said("area", _area(page), width),
        *said("URN", home.urn or "", width),
        *said("may take", _takes(home), width),
        *said("conditions", home.conditions, width),
        *said("free", _free(home, policy, now), width),
        *said("contract", _contract(home), width),
        *said("note", page.note, width),
    ]
    lines += [*heading(f"Lessons ({len(lessons)})"), *_lessons(lessons, width)]
    lines += [*heading(f"Answers to us: {_counted(home)}"), *_answers(answers, now)]
    lines += [*heading("Beds said to be free"), *_vacancies(page, now)]
    lines += [*heading("Judgements"), *_grades(page, width)]
    lines += [*heading(f"Our children there ({len(placements)})"), *_placements(placements, today)]
    return lines[1:] if lines and lines[0] == "" else lines


def _kind(page: HomePage) -> str:
    kind = HOME_KINDS.label(page.candidate.kind)
    return (
        f"{kind} ({page.provision_type})"
        if page.provision_type and page.provision_type.lower() not in kind.lower()
        else kind
    )


def _address(page: HomePage) -> str:
    address = ", ".join(part for part in (page.address, page.candidate.town, page.postcode) if part)
    return f"{address} (restricted)" if page.candidate.restricted and address not in ("", WORDS) else address


def _area(page: HomePage) -> str:
    position = page.candidate.position
    middle = "shown to the mile" if page.candidate.restricted else "placed at the middle of its constituency"
    near = f" ({middle})" if position.location == "approximate" else ""
    return ", ".join(part for part in (page.candidate.area, page.constituency) if part) + near


def _takes(home: Candidate) -> str:
    parts = [f"{home.places} place{'' if home.places == 1 else 's'}"] if home.places else []
    if home.age_min is not None or home.age_max is not None:
        parts.append(f"ages {home.age_min or 0} to {17 if home.age_max is None else home.age_max}")
    return ", ".join([*parts, {"M": "boys", "F": "girls"}.get(home.sexes or "", "any sex")])


def _free(home: Candidate, policy: Policy, now: datetime) -> Span:
    if home.free is None or home.free_said_at is None:
        return Span("nobody said: v logs it", "muted")
    stale = (now - home.free_said_at).total_seconds() > policy.stale_hours * 3600
    words = f"{home.free or 'none'}, said {ago_words(home.free_said_at, now)} ago" + (": ask again" if stale else "")
    return Span(words, "warn" if stale else "good" if home.free else "")


def _vacancies(page: HomePage, now: datetime) -> list[Line]:
    today = now.astimezone(london()).date()
    lines: list[Line] = []
    for each in page.vacancies:
        more = more_words(each, today).removeprefix(", ")
        by = (
            f"{ago_words(each.said_at, now)} ago, {each.said_by}"
            if each.said_by
            else f"{ago_words(each.said_at, now)} ago"
        )
        lines.append(
            columns(
                [(f"{each.beds or 'none'} {'due' if each.expected else 'free'}", 9), (Span(by, "muted"), 14), (more, 1)]
            )
        )
    return lines or [Span("   nobody said", "muted")]


def _contract(home: Candidate) -> str:
    parts = [f"tier {home.tier}"] if home.tier else []
    parts += [ROUTES.label(home.route)] if home.route else []
    parts += [f"{typed.money_words(home.weekly_pence)} a week"] if home.weekly_pence else []
    return ", ".join(parts)


def _grades(page: HomePage, width: int) -> list[Line]:
    if not page.grades:
        home = page.candidate
        return said(
            "", grade_words(home.grade) if home.grade else Span("never inspected", "muted"), width, label_width=2
        )
    return [
        columns([(f"{on:%d %b %Y}" if on else "no date", 13), (grade_words(overall), 16), (Span(source, "muted"), 1)])
        for on, overall, source in page.grades
    ]


def _counted(home: Candidate) -> str:
    if not home.asked:
        return "not asked in 12 months"
    return f"{home.asked} asked in 12 months, {home.refused} no, {home.offered} offer{'' if home.offered == 1 else 's'}"


def _answers(answers: Sequence[Answer], now: datetime) -> list[Line]:
    lines: list[Line] = []
    for each in answers:
        word, ink = {"offer": ("offer", "good"), "refusal": ("no", ""), "no_reply": ("no reply", "warn")}.get(
            each.outcome, (each.outcome.replace("_", " "), "muted")
        )
        if each.outcome == "refusal" and each.reason and each.reason in REFUSALS:
            word = f"no: {REFUSALS[each.reason].short}"
        change = f"would change it: {change_words(each.would_change)}" if each.would_change else ""
        more = " · ".join(part for part in (change, each.note) if part)
        lines.append(columns([(f"{ago_words(each.at, now)} ago", 9), (each.reference, 9), (each.child, 10), (Span(word, ink), 24), (Span(more, "muted"), 1)]))  # fmt: skip
    return lines or [Span("   none yet", "muted")]


def _lessons(lessons: Sequence[LessonRow], width: int) -> list[Line]:
    lines: list[Line] = []
    for each in lessons:
        why = f", {each.reason}" if each.reason else ""
        lines += paragraph(f"{each.lesson} ({each.child}, {each.learned_on:%b %Y}{why})", width, 3, "accent")
    return lines or [Span("   none yet", "muted")]


def _placements(placements: Sequence[PlacementRow], today: date) -> list[Line]:
    lines: list[Line] = []
    for each in placements:
        begin = typed.day_words(each.started_at.astimezone(london()).date(), today)
        ended: Line = Span("there now", "good")
        if each.ended_on is not None:
            label = CLASSES.label(each.reason_class).lower() if each.reason_class else "ended"
            ended = Span(f"{label} {each.reason or ''}".strip(), CLASS_INK.get(each.reason_class or "", "muted"))
        lines.append(columns([(each.child, 11), (f"from {begin}", 22), (days_words(each.days), 10), (ended, 1)]))
    return lines or [Span("   none yet", "muted")]
