"""Free beds as lines, and the one line in which a bed is typed while they are still speaking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from placement_tui.domain.approaches import CallList, Saved
from placement_tui.domain.typed_times import london
from placement_tui.domain.vacancies import (
    NewVacancy,
    Vacant,
    beds_words,
    more_words,
    said_words,
    short_said,
    short_words,
)
from placement_tui.domain.vacancies_fits import Fit
from placement_tui.domain.waves import WaveRow
from placement_tui.errors import PlacementError
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.referral_words import earlier_lines
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.words import miles_words

if TYPE_CHECKING:
    from placement_tui.bootstrap import Services

HELP = "2 girls 8-14 from mon, Jo. Or: none. Or: 1 expected from fri. After the comma who says so"
SHOWN = 3  # referrals that stand below a bed


def ask_vacancy(place: Place, home_id: UUID, name: str, text: str = "", wrong: str = "") -> None:
    """Ask what a home says of its beds, show what was understood as it is typed, save it, and say whom it fits.

    What the store refuses comes back with the words as they were typed, so that nothing is said twice on the phone.
    """
    vacancies, today = place.services.vacancies, place.services.desk.today
    typed = [text]

    def check(said: str) -> NewVacancy:
        typed[0] = said
        return vacancies.read(said)

    def log(new: NewVacancy) -> None:
        def save() -> tuple[Saved, list[str]]:
            saved = vacancies.log(home_id, new)
            return saved, vacancies.news(saved.ids[:1])

        place.write(save, lambda done: say_saved(place, *done), refused)

    def refused(error: PlacementError) -> bool:
        ask_vacancy(place, home_id, name, typed[0], str(error))
        return True

    box = Ask(f"{name}: free beds", HELP, check, text, heard=lambda new: new.words(today), wrong=wrong)
    place.app.push_screen(box, given(log))


def say_saved(place: Place, saved: Saved, news: Sequence[str]) -> None:
    """What was saved, and whom it fits."""
    fits = [each.partition(" fits " if " fits " in each else " fit ")[2] for each in news]
    place.toast.saved(saved.words + (f". Fits {fits[0]}" if fits else ""))


def bed_cells(row: Vacant, now: datetime, stale_hours: int) -> list[Line]:
    """One bed on its line: how many, where, for whom and when, who said so, their number."""
    today = now.astimezone(london()).date()
    asks = row.asks(now, stale_hours)
    number: Line = Span(f"{row.left}", "warn" if asks else "" if not row.begun(today) or row.expected else "good")
    due = "expected " if row.expected and not row.why else ""
    said = short_said(row, now) + ("?" if asks and not row.why else "")
    return [
        number,
        row.name,
        [Span(due, "muted"), Span(short_words(row, today))],
        Span(said, "warn" if asks else "muted"),
        row.phone,
    ]


def fit_lines(row: Vacant, fits: Sequence[Fit], now: datetime, most: int = SHOWN) -> list[Line]:
    """Under a bed: which open referrals it fits, best first, and why; else why the first does not."""
    fitting = [each for each in fits if each.lawful]
    said = f" · {said_words(row, now)}" if not row.why else ""
    head: list[Span] = [Span(f" {row.name}", "strong"), Span(said, "muted")]
    if not fits:
        return [[*head, Span("  no referral is open", "muted")]]
    count = f"  fits {len(fitting)} of {len(fits)} open" if fitting else f"  fits none of {len(fits)} open"
    lines: list[Line] = [[*head, Span(count, "good" if fitting else "muted")]]
    for each in (fitting or fits)[:most]:
        why = ", ".join(_reasons(each)) if each.lawful else each.reason
        lines.append([Span(f"  {each.reference} {each.label}  ", "" if each.lawful else "muted"), Span(why, "muted")])
    return lines


def _reasons(each: Fit) -> list[str]:
    miles = f"{miles_words(each.miles, each.approximate)} miles" if each.miles is not None else "distance not known"
    parts = [part.label for part in each.parts if "mile" not in part.label and "free" not in part.label]
    counts = [f"{each.needs} need{'' if each.needs == 1 else 's'}"] if each.needs else []
    counts += [f"{each.lessons} lesson{'' if each.lessons == 1 else 's'}"] if each.lessons else []
    warnings = [finding.text for finding in each.findings if finding.level == "warn"][:1]
    return [miles, *parts[:3], *counts, *warnings]


class CallsSeen(NamedTuple):
    """A referral's call list, its waves, and while nobody is on it how to begin: what earlier searches for the child came
    to and taught, and the beds said lately that it may have, as six lines.
    """

    calls: CallList
    waves: list[WaveRow]
    beds: list[Line]


def calls_seen(services: Services, referral_id: UUID) -> CallsSeen:
    """Read what the call list shows."""
    calls = services.approaches.calls(referral_id)
    lines: list[Line] = []
    if not calls.rows:
        row = services.referrals.get(referral_id)
        lessons = services.endings.lessons_for(children=[child.id for child in row.children])
        before = earlier_lines([(row.children[0], row.tried, lessons)] if row.children else [], row.reference)
        lines = [line for line in before if line]
        lines += fitting_beds(services.vacancies.for_referral(referral_id), services.desk.now)
    return CallsSeen(calls, services.waves.of(referral_id), [*lines, *[""] * (6 - len(lines))])


def fitting_beds(found: Sequence[tuple[Vacant, Fit]], now: datetime, most: int = SHOWN) -> list[Line]:
    """For a new referral, the beds that it may have, best first."""
    if not found:
        return []
    lines: list[Line] = [Span(f" {len(found)} free bed{'' if len(found) == 1 else 's'} said lately may fit: f finds homes, "
                              "free narrows to them", "accent")]  # fmt: skip
    today = now.astimezone(london()).date()
    for bed, each in found[:most]:
        miles = f"{miles_words(each.miles, each.approximate)} miles, " if each.miles is not None else ""
        more = more_words(bed, today)
        lines.append(
            [Span(f"   {bed.name}  "), Span(f"{miles}{beds_words(bed.left)}{more}; {said_words(bed, now)}", "muted")]
        )
    return lines
