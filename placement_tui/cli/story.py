"""`placement story`: where a child lived, moved, went to school and was missing, how each home ended, what was learned."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.domain.story import Entry

if TYPE_CHECKING:
    from placement_tui.cli.here import Here

ENTRIES: list[Column[Entry]] = [
    Column("on", "Day"),
    Column("until", "Until"),
    Column("kind", "What"),
    Column("words", "In words"),
    Column("lines", "More", shown=lambda entry: "; ".join(entry.lines)),
    Column("level"),
    Column("id"),
]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("child", metavar="CHILD", help="child identifier or initials, or a referral's reference")
    parser.add_argument(
        "--out", metavar="FILE", help="write the page to a file that only you may read: .html, .pdf or .txt"
    )
    parser.add_argument("--for-child", action="store_true", help="without the names of foster carers")


def _run(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.pages_text import as_text
    from placement_tui.paths import typed_path

    stories, child = here.services.stories, records.child(here, options.child)
    if options.out:
        here.out.say(stories.save(child, typed_path(options.out), not options.for_child).words)
        return
    here.services.audit.seen("child", child, "story")
    story = stories.of(child, not options.for_child)
    if here.out.shape == "table":
        here.out.data.write(as_text(stories.page(story)))
        return
    columns: list[Column[Any]] = [*ENTRIES]
    here.out.rows(columns, story.entries)


COMMANDS = {
    "story": Command(
        "placement story W-10234\n  placement story W-10234 --out story.pdf", _options, _run,
        "No address stands in it. That it was read or written is noted in the journal.",
    )
}  # fmt: skip
