"""What the SSDA903 return says of times missing, of reviews and of pupils; the reasons for which care ceases."""

from __future__ import annotations

import re

from placement_tui.domain.codes import Code, CodeSet
from placement_tui.domain.codes.ssda903 import REC, SOURCE

MISSING = CodeSet(
    "kind of absence (MISSING)",
    SOURCE,
    (
        Code("M", "Missing from placement: not where expected, and nobody knows where", short="missing"),
        Code("A", "Away from placement without authorisation: not where expected, but known where", short="away"),
    ),
)

REVIEW_CODES = CodeSet(
    "participation in a review (REVIEW_CODE)",
    SOURCE,
    (
        Code("PN0", "Under 4 years old at the time of the review", short="under 4"),
        Code("PN1", "Attends, and speaks for themselves", short="attends, speaks"),
        Code("PN2", "Attends, and an advocate speaks for them", short="attends, advocate speaks"),
        Code("PN3", "Attends, and conveys their view by symbols, without words", short="attends, by symbols"),
        Code("PN4", "Attends, but neither speaks nor conveys a view", short="attends, no view"),
        Code("PN5", "Absent, but an advocate who was briefed speaks for them", short="absent, advocate"),
        Code("PN6", "Absent, but conveys their feelings by other means", short="absent, other means"),
        Code("PN7", "Absent, and conveys no views", short="absent, no views"),
    ),
)

CEASED = CodeSet("reason that care ceased (REC)", SOURCE, tuple(code for code in REC if code.code != "X1"))
"""Every REC but X1, which is of an episode that another follows: no period of care ends by it."""

TALKS_FROM = 4
"""From this birthday on a review says how the child took part (rules 440 and 441)."""

UPN = re.compile(r"[A-HJ-NP-RT-Z](\d{12}|\d{11}[A-Z])|UN[1-5]", re.ASCII)
"""A unique pupil number: a letter other than I, O and S, then twelve digits; or why there is none, UN1 to UN5."""
