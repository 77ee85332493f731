"""A child's profile in lines: its text with what gives the child away marked, its checks, and what left of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from placement_tui.domain.leaks import Leak
from placement_tui.domain.pages import Page
from placement_tui.domain.profile_quality import Quality
from placement_tui.domain.profiles import SentRow
from placement_tui.widgets.page_lines import page_lines
from placement_tui.widgets.pages import heading, paragraph
from placement_tui.widgets.text import Line, Span, spans
from placement_tui.widgets.words import clock_words

_SCORES = ("bad", "warn", "good")


def marked_page(page: Page, leaks: Sequence[Leak], width: int) -> list[Line]:
    """The page; what gives the child away stands in [brackets] and in the colour of what must not be."""
    found = sorted({leak.found for leak in leaks}, key=len, reverse=True)
    return [_marked(line, found) for line in page_lines(page, width)] if found else page_lines(page, width)


def _marked(line: Line, found: Sequence[str]) -> Line:
    made: list[Span | str] = []
    for span in spans(line):
        made += _split(span, found)
    return made


def _split(span: Span, found: Sequence[str]) -> Iterable[Span]:
    for words in found:
        before, hit, after = span.text.partition(words)
        if hit:
            return [
                *_split(Span(before, span.ink), found),
                Span(f"[{words}]", "bad"),
                *_split(Span(after, span.ink), found),
            ]
    return [span] if span.text else []


def check_lines(quality: Quality, leaks: Sequence[Leak], unknown: Sequence[str], width: int) -> list[Line]:
    """What gives the child away, then the ten checks, what a reader trips over, and what to ask the social worker."""
    lines: list[Line] = []
    if leaks:
        lines += [Span(" Gives the child away", "head")]
        for leak in leaks:
            lines += paragraph(leak.words, width, ink="bad")
        lines.append("")
    if unknown:
        words = f"Look yourself for {', '.join(unknown)}: not kept here, so the check cannot"
        lines += [*paragraph(words, width, ink="warn"), ""]
    lines.append([Span(" Ten checks  ", "head"), Span(quality.words, "good" if quality.passes else "warn")])
    for point in quality.points:
        lines.append([Span(f" {point.score} of 2  ", _SCORES[point.score]), Span(f"{point.number} {point.title}")])
        if point.missing:
            lines += paragraph(point.missing, width, indent=11, ink="muted")
    others = [flag for flag in quality.flags if flag.kind != "gives the child away"]
    if others:
        lines += heading("A reader trips over")
        for flag in others:
            lines += paragraph(flag.words, width, ink="warn")
    if quality.asks:
        lines += heading("Ask the social worker")
        for ask in quality.asks:
            lines += paragraph(f"- {ask}", width)
    return lines


def live_lines(quality: Quality, leaks: Sequence[Leak], key: str, title: str) -> list[Line]:
    """Three lines beside a text that is being typed: the score, what is missing first, what gives the child away here."""
    here = [leak for leak in leaks if leak.heading == title] or list(leaks)
    missing = [point for point in quality.points if point.missing]
    first: Line = [Span(" " + quality.words, "good" if quality.passes else "warn"),
                   Span("  " + " ".join(f"{point.number}:{point.score}" for point in quality.points), "muted")]  # fmt: skip
    second: Line = Span(f" {missing[0].title}: {missing[0].missing}", "muted") if missing else ""
    flags = [
        flag
        for flag in quality.flags
        if flag.kind != "gives the child away" and (flag.heading == title or key == "risks")
    ]
    third: Line = (
        Span(f" Gives the child away, {len(leaks)}: {here[0].words}", "bad") if here
        else Span(" " + flags[0].words, "warn") if flags else ""
    )  # fmt: skip
    return [first, second, third]


def sent_lines(rows: Sequence[SentRow], now: datetime, width: int) -> list[Line]:
    """What left, the latest first."""
    if not rows:
        return paragraph("Nothing of it has left the program", width, ink="muted")
    lines: list[Line] = []
    for row in rows:
        form = row.form if row.anonymised else f"{row.form}, FULL"
        score = "" if row.score is None else f", {row.score} of 20"
        lines.append(
            [Span(f" {row.code}  ", "strong"), Span(f"{clock_words(row.sent_at, now)} {row.by}  {form}{score}")]
        )
        for each in row.passed:
            lines += paragraph(f"let pass: {each}", width, indent=10, ink="warn")
        if row.passed_why:
            lines += paragraph(f"because {row.passed_why}", width, indent=10, ink="muted")
    return lines
