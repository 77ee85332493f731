"""The tables, and only them. Each carries one of the product's words.

A `Record` is journaled: every change of it becomes an operation in the same transaction. `Draft`, `Local` and
`Summary` belong to this store alone and are not; `Operation` is the journal itself. Table models do not validate: `placement_tui.domain`
holds the checked inputs.
"""

from __future__ import annotations

from placement_tui.db.tables.approaches import Approach, Offer, Told, Wave
from placement_tui.db.tables.areas import Authority, Benchmark, Boundary, Constituency, District
from placement_tui.db.tables.base import Record
from placement_tui.db.tables.care import Care, Held, LegalStatus, Missing, Review
from placement_tui.db.tables.handovers import HandOver, Rota
from placement_tui.db.tables.homes import Exemption, Grade, Hold, Home, OthersBed, Provider, Vacancy
from placement_tui.db.tables.journal import Draft, Local, Operation, Summary
from placement_tui.db.tables.permanence import EarlyWarning, PermanencePlan, PermanenceStep, StepDown
from placement_tui.db.tables.placements import Ending, Factor, Lesson, Placement
from placement_tui.db.tables.profiles import Profile, Risk, Sent
from placement_tui.db.tables.providers import BlockBed, Concern, Contact, Suspension, Visit, Voice
from placement_tui.db.tables.referrals import Child, Need, Referral, ReferralChild, SiblingGroup
from placement_tui.db.tables.registers import Deprivation, Kinship, Unregistered
from placement_tui.db.tables.sign_offs import Override, SignOff
from placement_tui.db.tables.tasks import Task
from placement_tui.db.tables.team import Attempt, Device, Erasure, Officer, Setting

__all__ = [
    "RECORDS",
    "Approach",
    "Attempt",
    "Authority",
    "Benchmark",
    "BlockBed",
    "Boundary",
    "Care",
    "Child",
    "Concern",
    "Constituency",
    "Contact",
    "Deprivation",
    "Device",
    "District",
    "Draft",
    "EarlyWarning",
    "Ending",
    "Erasure",
    "Exemption",
    "Factor",
    "Grade",
    "HandOver",
    "Held",
    "Hold",
    "Home",
    "Kinship",
    "LegalStatus",
    "Lesson",
    "Local",
    "Missing",
    "Need",
    "Offer",
    "Officer",
    "Operation",
    "OthersBed",
    "Override",
    "PermanencePlan",
    "PermanenceStep",
    "Placement",
    "Profile",
    "Provider",
    "Record",
    "Referral",
    "ReferralChild",
    "Review",
    "Risk",
    "Rota",
    "Sent",
    "Setting",
    "SiblingGroup",
    "SignOff",
    "StepDown",
    "Summary",
    "Suspension",
    "Task",
    "Told",
    "Unregistered",
    "Vacancy",
    "Visit",
    "Voice",
    "Wave",
]  # fmt: skip

RECORDS: dict[str, type[Record]] = {str(table.__tablename__): table for table in Record.__subclasses__()}
