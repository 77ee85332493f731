"""Fields for what the work is made of: a moment, a day, a fee, needs, a legal status, a code; read as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from placement_tui.domain import typed
from placement_tui.domain.codes import Code
from placement_tui.domain.codes.legal import Legal, legal_words, parse_legal
from placement_tui.domain.codes.needs import NEEDS, find_need, parse_needs
from placement_tui.domain.codes.ssda903 import LEGAL_STATUS
from placement_tui.domain.typed_dates import MONTHS
from placement_tui.domain.typed_numbers import FeeSplit
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid
from placement_tui.widgets.choose import Option
from placement_tui.widgets.fields import Field
from placement_tui.widgets.words import clock_words

LONG = 20_000  # characters; a pasted e-mail fits
LINE = 2_000

Clock = Callable[[], datetime]
YES_NO = (Option(True, "yes", "y"), Option(False, "no", "n"))


def day_text(day: date | None) -> str:
    """A day as the forms show it and read it back: `14 Oct 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def moment_text(at: datetime | None) -> str:
    """A moment in London as the forms show it and read it back: `14 Oct 2026 19:00`."""
    if at is None:
        return ""
    local = at.astimezone(london())
    return f"{day_text(local.date())} {local:%H:%M}"


def yes_text(value: bool | None) -> str:
    """What a field of yes and no shows."""
    return "" if value is None else "yes" if value else "no"


def line_field(id_: str, label: str, help_: str = "", limit: int = LINE, **more: Any) -> Field:
    """One line of somebody's words."""
    return Field(id_, label, help_, limit=limit, check=lambda text: typed.short_text(id_, text, limit), **more)


def long_field(id_: str, label: str, help_: str = "", lines: int = 2, **more: Any) -> Field:
    """Several lines of somebody's words, which may be written in their own editor."""
    check: Callable[[str], Any] = lambda text: typed.long_text(id_, text, LONG)  # noqa: E731 - it is handed over
    return Field(id_, label, help_, "long", limit=LONG, lines=lines, check=check, **more)


def moment_field(id_: str, label: str, help_: str, clock: Clock, *, past: bool = False, **more: Any) -> Field:
    """A moment; beside it, which one was understood."""
    return Field(
        id_, label, help_,
        check=lambda text: typed.when(text, clock(), past=past, field=id_),
        beside=lambda at: _moment_words(at, clock()), **more,
    )  # fmt: skip


def _moment_words(at: datetime, now: datetime) -> str:
    words = clock_words(at, now)
    return f"today {words}" if len(words) == len("16:45") else words


def day_field(id_: str, label: str, help_: str, clock: Clock, *, past: bool = False, **more: Any) -> Field:
    """A day; beside it, which one was understood."""

    def today() -> date:
        return clock().astimezone(london()).date()

    return Field(
        id_, label, help_,
        check=lambda text: typed.day(text, today(), past=past, field=id_),
        beside=lambda day: typed.day_words(day, today()), **more,
    )  # fmt: skip


def fee_field(id_: str, label: str, help_: str, **more: Any) -> Field:
    """A weekly fee with its split."""
    return Field(id_, label, help_, check=lambda text: typed.fee_split(text, id_), beside=_fee_words, **more)


def _fee_words(fee: FeeSplit) -> str:
    return f"{typed.money_words(fee.total)} a week"


def fee_text(care: int, education: int, health: int) -> str:
    """A fee as the forms show it and read it back."""
    return typed.fee_words(FeeSplit(care + education + health, care, education, health))


def code_options(codes: Iterable[Code]) -> tuple[Option, ...]:
    """A code set as options: typed by code or by word."""
    return tuple(Option(code.code, code.spoken) for code in codes)


def code_field(id_: str, label: str, help_: str, codes: Iterable[Code], **more: Any) -> Field:
    """One code of a set."""
    return Field(id_, label, help_, "choice", code_options(codes), **more)


# What most referrals name: shown before a letter is typed, since all of them would fill the screen.
_COMMON_NEEDS = (
    "violence", "missing", "self-harm", "cse", "cce", "gangs", "behaviour", "drugs", "mental-health", "autism", "adhd",
    "send", "ld", "medical", "school", "contact", "siblings", "solo", "fire", "hsb", "offending", "dol",
)  # fmt: skip


_EXPLAINED = 4  # this many needs are shown with their labels


class _NeedsField(Field):
    """Needs, read as a whole by their vocabulary; the help shows what the last word may become, by any synonym."""

    def matching(self, text: str) -> list[Option]:
        """The needs that a typed piece may mean, each with the word to type."""
        start = text.strip().casefold()
        if not start:
            return [Option(word, word) for word in _COMMON_NEEDS]
        whole = find_need(text)
        found = [whole] if whole else [n for n in NEEDS if any(w.startswith(start) for w in (n.word, *n.also))]
        found = found or [need for need in NEEDS if start in need.label.casefold()]
        if len(found) > _EXPLAINED:
            return [Option(need.word, need.word) for need in found]
        return [Option(need.code, need.label, need.word) for need in found]


def needs_field(id_: str, label: str, help_: str = "") -> Field:
    """Needs of a child, by the words that officers type."""
    options = tuple(Option(word, word) for word in _COMMON_NEEDS)
    return _NeedsField(id_, label, help_, options=options, limit=LINE, check=_needs)


def _needs(text: str) -> tuple[str, ...]:
    return tuple(need.code for need in parse_needs(text))


def needs_text(codes: Iterable[str]) -> str:
    """Needs as the forms show them and read them back."""
    return ", ".join(NEEDS[code].word if code in NEEDS else code for code in codes)


def legal_field(id_: str, label: str, help_: str) -> Field:
    """A legal status, by what people say: s20, ICO, C2."""
    options = tuple(Option(code.code, code.spoken) for code in LEGAL_STATUS)
    return Field(id_, label, help_, options=options, check=lambda text: _legal(id_, text), beside=_legal_words)


def _legal(id_: str, text: str) -> Legal:
    try:
        return parse_legal(text)
    except Invalid as error:
        raise Invalid(id_, error.title, error.detail, error.mend)


def _legal_words(legal: Legal) -> str:
    words = LEGAL_STATUS.label(legal.code)
    return f"{legal.code} {words}" + (", unaccompanied" if legal.unaccompanied else "")


def legal_text(code: str | None) -> str:
    """A legal status as the forms show it and read it back."""
    return legal_words(code) if code else ""
