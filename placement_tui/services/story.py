"""A child's story: everything that was logged of where they lived and how it went, in the order of its days."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from placement_tui.db.changes import audit
from placement_tui.db.engine import Session
from placement_tui.db.reads import children, endings, placements
from placement_tui.domain.approaches import Saved
from placement_tui.domain.audit import Sight
from placement_tui.domain.pages import Page
from placement_tui.domain.story import Story, tell
from placement_tui.domain.story_page import page_of
from placement_tui.errors import NotFound
from placement_tui.exchange.pages import made, write_private
from placement_tui.services.care_rows import history
from placement_tui.services.desk import Desk

PRINTED = "story, to a file"


class Stories:
    """The story of one child, to be read or printed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, child_id: UUID, named: bool = True) -> Story:
        """A child's story; with `named` the names of foster carers too. Raises NotFound."""
        with self._desk.read() as session:
            return story_of(session, self._desk, child_id, named)

    def page(self, story: Story) -> Page:
        """A story as a page."""
        return page_of(story, self._desk.authority_name)

    def save(self, child_id: UUID, path: Path, named: bool = True) -> Saved:
        """Write it to a file as its ending says: .txt, .html or .pdf; noted before as a look at the child's record.

        Raises NotFound, WrongUse for another ending, Refused for a viewer and where no such file can be made.
        """
        self._desk.require("log")
        story = self.of(child_id, named)
        data = made(self.page(story), path)
        with self._desk.store.write(self._desk.officer.id, "view") as session:
            audit.note(session, [Sight("child", (child_id,), PRINTED, self._desk.now)], always=True)
        write_private(path, data)
        return Saved(f"{story.child}: the story is in {path}", (child_id,))


def story_of(session: Session, desk: Desk, child_id: UUID, named: bool) -> Story:
    """A child's story as it stands in this session. Raises NotFound."""
    today = desk.today
    row = children.get(session, child_id, today)
    if row is None:
        raise NotFound("There is no such child", mend="it may have been undone")
    rows = placements.of_child(session, child_id, today)
    found = endings.of_placements(session, [each for each in rows if each.ended_on is not None])
    lessons = [each for each in endings.lessons_for(session, [child_id], limit=500) if each.child_id == child_id]
    return tell(history(session, child_id, today), rows, found, lessons, today, name=row.name, named=named)
