"""What an offer is signed off for, the office that approves it, and the law or rule that says so."""

from __future__ import annotations

from dataclasses import dataclass

from placement_tui.domain.codes import Code, CodeSet

SOURCE = "Assembled for this program from CPPCR 2010 and councils' schemes of delegation"


@dataclass(frozen=True, slots=True)
class Kind(Code):
    """Something that is approved: the office that approves it, and the law or rule that says so.

    `statutory` marks an office that the law itself names: where the council has said who holds it, nobody else decides.
    """

    office: str = "manager"
    law: str = "council policy"
    statutory: bool = False


KINDS: CodeSet[Kind] = CodeSet(
    "kind of sign-off",
    SOURCE,
    (
        Kind(
            "out_of_area", "Outside the council's area", short="out of area", office="nominated_officer",
            law="Reg 11(1)(a) CPPCR 2010", statutory=True,
        ),
        Kind(
            "at_distance", "At a distance: neither here nor in an adjoining area", short="at a distance",
            office="director", law="Reg 11(1)(b) CPPCR 2010", statutory=True,
        ),
        Kind("grade", "Grade below the council's policy", short="grade below policy"),
        Kind("budget", "Fee over the limit", short="budget", office="budget_holder", law="scheme of delegation"),
        Kind(
            "unregistered", "Unregistered provision", short="unregistered", office="director",
            law="s11 Care Standards Act 2000",
        ),
        Kind("override", "A rule set aside", short="override"),
        Kind("emergency", "Emergency placement", short="emergency", office="emergency_approver"),
        Kind(
            "education", "Year 10 or 11 schooling disrupted", short="schooling", office="nominated_officer",
            law="Reg 10 CPPCR 2010",
        ),
        Kind("other", "Something else", short="other"),
    ),
)  # fmt: skip
