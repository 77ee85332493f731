"""Codes that are blank or not on the lists of the year."""

from __future__ import annotations

from collections.abc import Iterator

from placement_tui.domain.codes import Code, CodeSet
from placement_tui.domain.codes.ssda903 import CIN, LEGAL_STATUS, PLACE, PLACE_PROVIDER, REASON_PLACE_CHANGE, REC
from placement_tui.domain.episodes import Episode
from placement_tui.domain.returns import About, ChildReturn, Fault
from placement_tui.domain.returns.saying import of_episode

# column of the episode, rule, list, words, the record where it stands
_CODED: tuple[tuple[str, str, CodeSet[Code], str, str], ...] = (
    ("ls", "144", LEGAL_STATUS, "legal status", "status"),
    ("cin", "145", CIN, "category of need", "care"),
    ("place", "146", PLACE, "placement type", "placement"),
    ("rec", "149", REC, "reason care ended", "care"),
    ("place_provider", "178", PLACE_PROVIDER, "placement provider", "placement"),
    ("reason_place_change", "1009", REASON_PLACE_CHANGE, "reason of the ending", "ending"),
)
_NEVER_BLANK = {"ls": "Log the legal status of these days", "cin": "Log the category of need"}


def check(child: ChildReturn, about: About) -> Iterator[Fault]:
    """Each code of each episode; a category of need once for a period of care."""
    told: set[tuple[str, object]] = set()
    for row in child.rows:
        for column, rule, codes, words, noun in _CODED:
            code: str = getattr(row, column)
            key = (rule, row.care_id if noun == "care" else (row.status_id if noun == "status" else row.decom))
            if key in told:
                continue
            if code and not codes.valid(code, about.last):
                told.add(key)
                yield of_episode(child, row, rule, _wrong(code, codes, words, about), "Choose another", noun=noun)
            elif not code and column in _NEVER_BLANK:
                told.add(key)
                yield _blank(child, row, rule, words, _NEVER_BLANK[column], noun)


def _wrong(code: str, codes: CodeSet[Code], words: str, about: About) -> str:
    when = f"is not on the list of {about.year - 1}-{about.year % 100:02}" if code in codes else "is no code"
    return f"{words} {code} {when}"


def _blank(child: ChildReturn, row: Episode, rule: str, words: str, mend: str, noun: str) -> Fault:
    return of_episode(child, row, rule, f"no {words}", mend, noun=noun)
