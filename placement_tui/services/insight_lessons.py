"""What was learned: how many endings left a lesson, on which needs the lessons bear, and whose homes taught them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from placement_tui.db.reads import insight_endings as reads
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.insight import Behind, Block, Cut, Period, Report, Row, share
from placement_tui.domain.insight_endings import fitting
from placement_tui.services.desk import Desk
from placement_tui.services.insight_endings import MOST, moves

SOURCE = "lessons of the endings logged here; `placement lessons WORDS` finds them by their words"
_LONGEST = 90  # characters of a lesson in a line


def report(desk: Desk, period: Period, by: str) -> Report:
    """The share of endings that left a lesson, and the lessons by need and by provider; `by` is one of these alone."""
    with desk.read() as session:
        endings = {row.id: row for row in moves(reads.ended(session, period.first, period.last, whose=True), period)}
        learned = [each for each in reads.learned(session, period.first, period.last) if each.placement in endings]
        names = reads.providers(session, {row.provider for row in endings.values()})
    taught = {each.placement for each in learned}
    broken = [row for row in endings.values() if row.ended_as == "disrupted"]
    kept = (
        share("Disrupted endings", sum(row.id in taught for row in broken), len(broken),
              cuts=(Cut("lesson", "yes"), Cut("class", "disrupted"))),
        share("All endings", len(taught), len(endings), cuts=(Cut("lesson", "yes"),)),
        share("Disrupted, none written", sum(row.id not in taught for row in broken), len(broken),
              cuts=(Cut("lesson", "no"), Cut("class", "disrupted"))),
    )  # fmt: skip
    needs = Counter(need for each in learned for need in dict.fromkeys(each.needs))
    owners = Counter(endings[each.placement].provider for each in learned)
    blocks = {
        "": Block("written", "Endings that left a lesson",
                  "endings in these days that were moves and left a lesson / those endings; interval: Wilson, 95%", kept,
                  "share", source=SOURCE),
        "need": Block("need", "Lessons by the need that they bear on", "lessons of these days; one may bear on several needs",
                      tuple(Row(NEEDS.spoken(need), count, count, cuts=(Cut("bears", need),))
                            for need, count in needs.most_common()), source=SOURCE),
        "provider": Block("provider", "Lessons by provider", f"lessons of these days by who ran the home; the {MOST} with most",
                          tuple(Row(names.get(key, key), count, count, cuts=(Cut("lesson", "yes"), Cut("provider", key)))
                                for key, count in owners.most_common(MOST)), source=SOURCE),
    }  # fmt: skip
    chosen = tuple(block for name, block in blocks.items() if not by or name == by)
    return Report("lessons", "What was learned", period, chosen, by)


def behind(desk: Desk, period: Period, cuts: Sequence[Cut], limit: int) -> list[Behind]:
    """The placements whose ending taught it, each with the lesson; with `lesson = no` those that left none. Raises Invalid."""
    own = {cut.dimension: cut.value for cut in cuts if cut.dimension in ("bears", "lesson")}
    with desk.read() as session:
        rows = moves(reads.ended(session, period.first, period.last, whose=True), period)
        lessons: dict[str, str] = {}
        for each in reads.learned(session, period.first, period.last):
            if own.get("bears", "") in ("", *each.needs):
                lessons.setdefault(each.placement, each.lesson)
        wanted = own.get("lesson", "yes") != "no"
        chosen = fitting([row for row in rows if (row.id in lessons) == wanted],
                         [cut for cut in cuts if cut.dimension not in own], {})  # fmt: skip
        chosen = sorted(chosen, key=lambda row: (row.ended, row.id), reverse=True)[:limit]
        says = {row.id: _short(lessons.get(row.id) or f"{row.reason}, no lesson") for row in chosen}
        return reads.behind(session, [row.id for row in chosen], says)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}\u2026"
