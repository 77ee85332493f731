"""A child's story as a page: for the officer and the review, or for the child who asks for what is held about them."""

from __future__ import annotations

from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.pages import Fact, Page, Section, Table
from placement_tui.domain.story import Story, home_words, said_day, stands, travel_words, where_words

FULL = "FULL: a child's record, with the names of homes and carers. For the child's own team and the review; keep it under lock."
OF_CHILD = "For the child: without the names of foster carers. Look through what people wrote before it is handed over."
_NAMES = {"care": "Care", "status": "Legal status", "placement": "Moved in", "school": "School", "ending": "Ended",
          "missing": "Missing", "order": "Order", "review": "Review", "lesson": "Learned"}  # fmt: skip


def page_of(story: Story, council: str = "") -> Page:
    """The page: how it stands, the homes in a table, then everything in the order of its days."""
    who = story.name or story.child
    about = [f"made on {said_day(story.today)}", council]
    born = f"born {said_day(story.born_on)}" if story.born_on else ""
    number = story.identifier if story.name else ""
    return Page(
        f"The story of {who}",
        FULL if story.named else OF_CHILD,
        (
            Section("How it stands", tuple(Fact(name, value) for name, value in stands(story))),
            Section("Homes", (_homes(story),), "No placement is logged."),
            Section("In the order of days", (_days(story),), "Nothing is logged of this child's care yet."),
            Section("What was learned", tuple(f"- {e.words}" for e in story.entries if e.kind == "lesson")),
        ),
        " · ".join(part for part in (number, born, *about) if part),
    )


def _homes(story: Story) -> Table:
    rows = []
    before = None
    reasons = {entry.on: entry.words for entry in story.entries if entry.kind == "ending"}
    for row in story.placements:
        start = london_day(row.started_at)
        ended = reasons.get(row.ended_on, "ended").rpartition(": ")[2] if row.ended_on else "goes on"
        rows.append((
            said_day(start), str(row.days), home_words(row, story.named), where_words(row), travel_words(before, row), ended
        ))  # fmt: skip
        before = row
    return Table(("From", "Days", "Home", "Where", "The move", "Ended"), tuple(rows), frozenset({1}))


def _days(story: Story) -> Table:
    rows: list[tuple[str, str, str, str]] = []
    for entry in story.entries:
        mark = "! " if entry.level == "bad" else ""
        rows.append((said_day(entry.on), entry.length(story.today), _NAMES[entry.kind], mark + entry.words))
        rows += [("", "", "", line) for line in entry.lines]
    return Table(("Day", "Lasted", "", ""), tuple(rows))
