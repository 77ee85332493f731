"""`placement providers`, `placement provider`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli.asking import Command
from placement_tui.cli.homes import kind_words
from placement_tui.cli.output import Column
from placement_tui.domain.codes.grades import grade_label
from placement_tui.domain.codes.refusals import REFUSALS, WOULD_CHANGE
from placement_tui.domain.providers import hours_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from placement_tui.cli.here import Here
    from placement_tui.domain.providers import (
        Asked,
        ConcernRow,
        ContactRow,
        HomeLine,
        ProviderPage,
        ProviderRow,
        SuspensionRow,
        VisitRow,
        VoiceRow,
    )

EVERY: list[Column[ProviderRow]] = [
    Column("name", "Provider"),
    Column("sector", "Sector"),
    Column("tier", "Tier", right=True),
    Column("homes", "Homes", right=True),
    Column("suspended", "Not used", shown=lambda row: str(row.suspended or ""), right=True),
    Column("asked", "Asked", right=True),
    Column("offered", "Offers", right=True),
    Column("refused", "No", right=True),
    Column("concerns", "Concerns", shown=lambda row: str(row.concerns or ""), right=True),
    Column("overdue", "Visits late", shown=lambda row: str(row.overdue or ""), right=True),
    Column("phone", "Phone"),
    Column("id"),
]
PAGE: list[Column[ProviderPage]] = [
    Column("name", "Provider"),
    Column("sector", "Sector"),
    Column("phone", "Phone"),
    Column("out_of_hours_phone", "At night"),
    Column("email", "E-mail"),
    Column("tier", "Tier"),
    Column("route", "Route"),
    Column("doubles", "Also called"),
    Column("note", "Note"),
    Column("home_count", "Homes"),
    Column("suspended_count", "Not used", shown=lambda row: str(row.suspended_count or "")),
    Column("answer_n", "", lambda row: row.speed.n),
    Column("answer_median_hours", "", lambda row: row.speed.median_hours),
    Column("", "They answer in", lambda row: _speed(row.speed.median_hours, row.speed.n)),
    Column("reasons", "Why not", lambda row: dict(row.reasons), lambda row: _counted(row.reasons, REFUSALS.spoken)),
    Column(
        "would_change", "Would change", lambda row: dict(row.would_change),
        lambda row: _counted(row.would_change, WOULD_CHANGE.spoken),
    ),
    Column("our_answers", "", lambda row: row.ours),
    Column("", "We decide in", lambda row: _speed(row.ours.speed.median_hours, row.ours.speed.n)),
    Column("", "Their offers", lambda row: _offers(row)),
    *(Column(name) for name in ("asked", "homes", "contacts", "concerns", "visits", "voices", "suspensions")),
    Column("id"),
]  # fmt: skip
ASKED: list[Column[Asked]] = [
    Column("kind", "Kind", shown=lambda row: kind_words(row.kind)),
    Column("asked", "Asked", right=True),
    Column("offer", "Offers", right=True),
    Column("refusal", "No", right=True),
    Column("no_reply", "No reply", right=True),
    Column("awaiting", "Waiting", right=True),
    Column("withdrawn", "Withdrawn", right=True),
]
CONTACTS: list[Column[ContactRow]] = [
    Column("name", "Name"),
    Column("part", "What"),
    Column("phone", "Phone"),
    Column("out_of_hours_phone", "At night"),
    Column("email", "E-mail"),
    Column("home", "Home"),
    Column("note", "Note"),
]
CONCERNS: list[Column[ConcernRow]] = [
    Column("raised_on", "Raised"),
    Column("home", "Home"),
    Column("what", "What"),
    Column("raised_by", "By"),
    Column("settled_on", "Settled"),
    Column("settled", "How"),
    Column("id", "Id", shown=lambda row: "" if row.settled_on else str(row.id)),
]
VISITS: list[Column[VisitRow]] = [
    Column("due_on", "Due"),
    Column("visited_on", "Made"),
    Column("home", "Home"),
    Column("visitor", "By"),
    Column("found", "Found"),
]
VOICES: list[Column[VoiceRow]] = [
    Column("said_on", "Said"),
    Column("child", "Child"),
    Column("home", "Home"),
    Column("words", "Words"),
    Column("heard_by", "Heard by"),
]
SUSPENSIONS: list[Column[SuspensionRow]] = [
    Column("home", "Home"),
    Column("why", "Why"),
    Column("from_at", "From"),
    Column("lifted_at", "Lifted"),
    Column("lifted_why", "Why lifted"),
]
HOMES: list[Column[HomeLine]] = [
    Column("name", "Home"),
    Column("kind", "Kind", shown=lambda row: kind_words(row.kind)),
    Column("grade", "Grade", shown=lambda row: grade_label(row.grade) if row.grade else ""),
    Column("graded_on", "On"),
    Column("", "Before", lambda row: ", ".join(grade_label(grade) for _, grade in row.grades[1:])),
    Column("ours", "Ours", shown=lambda row: str(row.ours or ""), right=True),
    Column("suspended", "Not used"),
    Column("phone", "Phone"),
    Column("urn", "URN"),
]


def _speed(hours: float | None, n: int) -> str:
    return f"{hours_words(hours)} in the middle (n={n})" if n else ""


def _counted(counts: tuple[tuple[str, int], ...], words: Callable[[str], str]) -> str:
    return ", ".join(f"{words(code).lower()} {count}" for code, count in counts)


def _offers(page: ProviderPage) -> str:
    ours = page.ours
    parts = [(ours.accepted, "accepted"), (ours.declined, "declined"), (ours.lapsed, "lapsed"), (ours.open, "open"),
             (ours.withdrawn, "withdrawn")]  # fmt: skip
    return f"{ours.offers}: {', '.join(f'{n} {word}' for n, word in parts if n)}" if ours.offers else ""


def _none(_parser: argparse.ArgumentParser) -> None:
    pass


def _every(here: Here, _options: argparse.Namespace) -> None:
    here.out.rows(EVERY, here.services.providers.every(), "No provider. Bring some in: placement import --help")


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("provider", metavar="NAME", help="the provider: a name, or beginnings of its words")


def _one(here: Here, options: argparse.Namespace) -> None:
    service = here.services.providers
    page = service.page(service.resolve(options.provider))
    here.out.fields(PAGE, page)
    if here.out.shape == "table":
        here.out.section("To ring", CONTACTS, page.contacts)
        here.out.section("Concerns, open first", CONCERNS, page.concerns)
        here.out.section("Visits", VISITS, page.visits)
        here.out.section("Asked in 12 months", ASKED, page.asked)
        here.out.section("What children said about living there", VOICES, page.voices)
        here.out.section("Homes", HOMES, page.homes)
        here.out.section("Suspensions", SUSPENSIONS, page.suspensions)


COMMANDS = {
    "providers": Command("placement providers --format csv > providers.csv", _none, _every,
                         "Asked, offers and no: of the last 12 months."),
    "provider": Command('placement provider "Brackenfield"', _name, _one,
                        "A name that was merged into another finds the one that is kept. Figures are of 12 months, medians\n"
                        "with their n. JSON carries all of it."),
}  # fmt: skip
