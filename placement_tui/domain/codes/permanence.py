"""Where a child is to grow up: the plans for permanence, which placements are what each plan wants, and steps down.

No official list exists of the plans; these are the routes that the guidance to the Care Planning, Placement and Case
Review (England) Regulations 2010 names. `places` are the PLACE codes (SSDA903) in which a child lives as the plan says.
"""

from __future__ import annotations

from dataclasses import dataclass

from placement_tui.domain.codes import Code, CodeSet, fold

SOURCE = "Words of this program; the routes to permanence of the care planning guidance, PLACE of the SSDA903"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Code):
    """One plan: the words that people type for it, and the PLACE codes that are what it wants."""

    words: tuple[str, ...]
    places: tuple[str, ...]


PLANS: CodeSet[Plan] = CodeSet(
    "plan for permanence",
    SOURCE,
    (
        Plan("return_home", "Return home", short="home", words=("rehab", "reunification", "parents"), places=("P1",)),
        Plan("kinship", "Family or friends: guardianship, arrangements order, kinship",
             short="kinship", words=("sgo", "cao", "specialguardianship", "family", "connected"), places=("U1", "U2", "U3")),
        Plan("long_term_foster", "Long-term foster care", short="long-term foster", words=("ltf", "longterm", "fostering"),
             places=("U1", "U4")),
        Plan("adoption", "Adoption, early permanence too", short="adoption", words=("adopt", "ffa", "placementorder"),
             places=("A3", "A4", "A5", "A6", "U2", "U5")),
        Plan("residential", "A children's home or school until 18", short="residential to 18", words=("res", "childrenshome"),
             places=("K2", "S1", "R1")),
        Plan("independence", "Independence: supported accommodation, staying put from 18", short="independence",
             words=("supported", "stayingput", "16+", "leavingcare"), places=("K3", "P3")),
        Plan("not_decided", "Not decided yet: parallel plans", short="not decided", words=("parallel", "twintrack"), places=()),
    ),
)  # fmt: skip

# To what a child is to move on from a placement: to a family, or to less support.
STEPS_DOWN: CodeSet[Plan] = CodeSet(
    "step down",
    SOURCE,
    (
        Plan("foster", "A foster family", short="foster", words=("fostering", "carer"), places=("U4", "U5", "U6")),
        Plan("kinship", "Family or friends", short="kinship", words=("kin", "sgo", "family"), places=("U1", "U2", "U3")),
        Plan("home", "Home to the parents", short="home", words=("parents", "return"), places=("P1",)),
        Plan("residential", "A children's home, from secure or hospital", short="res", words=("childrenshome",),
             places=("K2", "S1")),
        Plan("supported", "Supported accommodation", short="supported", words=("sa", "16+", "semi"), places=("K3", "P3")),
    ),
)  # fmt: skip

FAMILY = ("foster", "kinship", "home")  # steps down that lead into a family


def parse_plan(text: str, codes: CodeSet[Plan] = PLANS, field: str = "plan") -> Plan:
    """The plan that was typed as code, label or in people's words. Raises Invalid with the nearest."""
    wanted = fold(text)
    found = codes.find(text) or next((each for each in codes if wanted in map(fold, each.words)), None)
    if found is None:
        raise codes.unknown(text, field)
    return found
