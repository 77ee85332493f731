"""What is checked of a home that no inspectorate vouches for, and why brothers and sisters are parted."""

from __future__ import annotations

from placement_tui.domain.codes import Code, CodeSet

SOURCE = "Assembled for this program; no official list exists"

# The welfare of a child in a setting that should be registered and is not: the council is its only inspector.
UNREGISTERED_CHECKS = CodeSet(
    "check of an unregistered home",
    SOURCE,
    (
        Code("visit", "Visited by the social worker", short="visited"),
        Code("staff", "Staff: DBS, references, training seen", short="staff"),
        Code("premises", "Premises: safe, insured, fire risk assessed", short="premises"),
        Code("risk", "Risk assessment written and shared", short="risk assessment"),
        Code("plan", "Daily plan: school, health, contact", short="daily plan"),
        Code("insurance", "Provider's insurance and policies seen", short="insurance"),
    ),
)

SUPPORTED_CHECKS = CodeSet(
    "check of supported accommodation",
    SOURCE,
    (
        Code("visit", "Seen by the social worker with the young person", short="visited"),
        Code("wishes", "The young person's wishes and feelings written down", short="wishes"),
        Code("residents", "Who else lives there is known and weighed", short="residents"),
        Code("support", "Hours of support agreed, and who gives them", short="support"),
        Code("risk", "Risk assessment written and shared", short="risk assessment"),
    ),
)

# Regulation 24(2) and Schedule 4 of the Care Planning, Placement and Case Review (England) Regulations 2010.
KINSHIP_CHECKS = CodeSet(
    "check of a connected person",
    "Reg 24 and Sch 4, Care Planning, Placement and Case Review (England) Regulations 2010; short words of this program",
    (
        Code("visit", "The home visited and seen", short="visited"),
        Code("relationship", "Their relationship with the child and its history", short="relationship"),
        Code("household", "Who else lives there, and their checks", short="household"),
        Code("health", "Their health, physical and mental", short="health"),
        Code("parenting", "How they bring up children, and keep this one safe", short="parenting"),
        Code("dbs", "Criminal record checks", short="DBS"),
        Code("wishes", "The child's wishes and feelings", short="wishes"),
        Code("agreement", "The written agreement with them", short="agreement"),
    ),
)

PARTINGS = CodeSet(
    "reason for parting brothers and sisters",
    SOURCE,
    (
        Code("no_home", "No home had room for all of them", short="no room for all"),
        Code("tonight", "For tonight only, together again at the next home", short="tonight only"),
        Code("risk", "One is a risk to another, by assessment", short="risk"),
        Code("needs", "Their needs cannot be met in one home", short="needs"),
        Code("wishes", "The children's own wish", short="their wish"),
        Code("family", "One of them lives with family or friends", short="family"),
        Code("school", "To keep a school, health care or work going", short="school"),
        Code("court", "The court's order or care plan", short="court"),
        Code("other", "Other", note="say why in the note"),
    ),
)
