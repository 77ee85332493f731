"""A child's story: to read, and to print."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.pages import Page
from placement_tui.domain.story import Story
from placement_tui.errors import Invalid
from placement_tui.paths import typed_path
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.page_lines import page_lines
from placement_tui.widgets.place import Open, Place, given
from placement_tui.widgets.reading import Reading


class StoryScreen(Place):
    """One child. `about` is the child."""

    PLACE = "story"
    NOUNS = frozenset(
        {"care", "legal_status", "missing", "review", "placement", "ending", "lesson", "child", "deprivation", "home"}
    )

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._named = True
        self._seen: tuple[Story, Page] | None = None

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Reading(id="page")

    def on_mount(self) -> None:
        """The page scrolls."""
        self.query_one(Reading).focus()
        super().on_mount()

    def on_resize(self) -> None:
        """Its lines are broken for the width."""
        self._paint()

    def audited(self) -> tuple[UUID | None, str]:
        """The child."""
        return self.about, self._seen[0].child if self._seen else ""

    def look(self) -> None:
        """Put it together from what is logged."""
        stories, child, named = self.services.stories, self.about, self._named

        def read() -> tuple[Story, Page]:
            story = stories.of(child, named)
            return story, stories.page(story)

        self.read(read, self._show)

    def _show(self, seen: tuple[Story, Page]) -> None:
        self._seen = seen
        story = seen[0]
        how = "full" if story.named else "without carers' names"
        self.title_line.say(f"{story.child}: story", f"{len(story.entries)} entries, {how}")
        self._paint()
        self.renew_footer()

    def _paint(self) -> None:
        if self._seen is not None:
            self.query_one(Reading).show(page_lines(self._seen[1], self.size.width), keep=True)

    # commands

    def reason_not(self, command_id: str) -> str | None:
        """It has to be read; a viewer takes no file away."""
        if self._seen is None:
            return "It is still being read"
        if command_id == "story.save" and self.services.desk.officer.role == "viewer":
            return "A viewer reads it on the screen"
        return None

    def action_named(self) -> None:
        """With or without the names of foster carers."""
        self._named = not self._named
        self.look()

    def action_save_file(self) -> None:
        """To a file, as its ending says."""
        stories, child, named = self.services.stories, self.about, self._named

        def write(target: Path) -> None:
            self.write(
                lambda: stories.save(child, target, named), lambda saved: self.toast.saved(saved.words, undo=False)
            )

        start = str(Path.home() / f"story-{self.services.desk.today:%Y-%m-%d}.pdf")
        help_ = "Its ending says what: .html, .pdf or .txt. Only you may read it; that it was written is noted"
        self.app.push_screen(Ask("Write the story to a file", help_, read_target, start), given(write))

    def action_care(self) -> None:
        """The child's time in care."""
        self.post_message(Open("care", self.about))


def read_target(text: str) -> Path:
    """A file's name with an ending that can be written. Raises Invalid."""
    target = typed_path(text)
    if target.suffix.casefold() not in (".txt", ".html", ".htm", ".pdf"):
        raise Invalid("file", "Its ending says what it is", mend="end it in .html, .pdf or .txt")
    if target.exists():
        raise Invalid("file", "There is a file of that name already", mend="give it another name")
    return target
