"""The board pack: every view of insight in one file, with nothing in it that tells of a single child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placement_tui.db.reads import report as reads
from placement_tui.domain import settings as names
from placement_tui.domain.indicators.sharing import hidden_in, withhold
from placement_tui.domain.insight import Block, Period
from placement_tui.domain.report import THRESHOLD, Pack, Section, check_threshold
from placement_tui.domain.report_masking import shareable
from placement_tui.domain.report_names import without_names
from placement_tui.errors import Invalid, PlacementError, WrongUse
from placement_tui.services.desk import Desk
from placement_tui.services.insight import Insight

Progress = Callable[[int, int], None]
ENDINGS = (".xlsx", ".html", ".htm")


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it: words for people, the file, and how much is in it."""

    words: str
    path: Path
    sections: int
    figures: int
    hidden: int


class Boards:
    """What an officer hands to the board, a panel or another council."""

    def __init__(self, desk: Desk, insight: Insight) -> None:
        self._desk, self._insight = desk, insight

    def pack(
        self,
        first: date | None = None,
        last: date | None = None,
        threshold: object = None,
        progress: Progress | None = None,
    ) -> Pack:
        """Every view's figures for the period, the year up to today where no days are given, as they may be shared.

        A view that cannot be counted is named with its reason; the others stand. Raises Invalid, Locked.
        """
        self._desk.refresh_officer()
        least = self.threshold if threshold is None else check_threshold(threshold)
        views = self._insight.views()
        steps = len(views) + 1
        blocks: list[tuple[str, Block]] = []
        period: Period | None = None
        refused: list[tuple[str, str]] = []
        also: dict[str, set[str]] = {}
        with self._desk.read() as session:
            names = reads.names(session)
        for at, view in enumerate(views):
            if progress:
                progress(at, steps)
            try:
                report = self._insight.report(view.name, first, last)
            except Invalid as error:
                if error.field in ("from", "to"):
                    raise
                refused.append((view.title, str(error)))
                continue
            except PlacementError as error:
                refused.append((view.title, str(error)))
                continue
            period = report.period if period is None else period
            if view.name == "indicators":  # what it hides, no other table tells
                also = hidden_in(report, least - 1)
            report = withhold(report, least - 1, also)
            public = (without_names(block, names) for block in report.blocks)
            blocks += [(view.name, block) for block in public if block is not None]
        beside = {at for at, (name, _) in enumerate(blocks) if name == "beside"}
        shared = shareable([block for _, block in blocks], least, beside)
        if progress:
            progress(steps, steps)
        by_view: dict[str, list[int]] = {}
        for at, (name, _) in enumerate(blocks):
            by_view.setdefault(name, []).append(at)
        sections = tuple(
            Section(view.name, view.title, view.about, tuple(shared[at] for at in by_view[view.name]))
            for view in views
            if view.name in by_view
        )
        desk = self._desk
        whole = period or Period(first or desk.today, last or desk.today)
        return Pack(desk.authority_name, whole, desk.officer.name, desk.now, least, sections, tuple(refused))

    @property
    def threshold(self) -> int:
        """The council's threshold: counts below it are hidden."""
        said = self._desk.setting(names.SMALL_NUMBER)
        return THRESHOLD if said is None else int(said)

    def write(
        self,
        path: Path,
        first: date | None = None,
        last: date | None = None,
        threshold: object = None,
        progress: Progress | None = None,
    ) -> Written:
        """Write the pack as its file's ending says: .xlsx, or .html for print. The file is new, whole, and its owner's alone.

        Raises WrongUse for another ending, Refused where a file is there or none can be written, Invalid.
        """
        ending = path.suffix.casefold()
        if ending not in ENDINGS:
            raise WrongUse(f"{path.name!r} says no kind of pack", "by its ending", "name it .xlsx or .html")
        from placement_tui.exchange.board_html import as_html
        from placement_tui.exchange.board_xlsx import as_xlsx
        from placement_tui.exchange.pages import refuse_there, write_whole

        refuse_there(path)  # before the work, not after it
        pack = self.pack(first, last, threshold, progress)
        write_whole(path, as_xlsx(pack) if ending == ".xlsx" else as_html(pack).encode())
        figures = sum(len(block.rows) for section in pack.sections for block in section.blocks)
        hidden = sum(block.hidden for section in pack.sections for block in section.blocks)
        words = (
            f"{path}: {len(pack.sections)} questions, {figures:,} figures, {hidden:,} of them hidden (counts below "
            f"{pack.threshold}, and what would give one away)"
        )
        for title, why in pack.refused:
            words += f"; {title} left out: {why}"
        return Written(words, path, len(pack.sections), figures, hidden)
