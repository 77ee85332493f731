"""What is planned for a child beyond tonight, and what is seen before a home gives up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from placement_tui.db.tables.base import Record, listed, must_time, text_column


class PermanencePlan(Record, table=True):
    """The plan for where a child will grow up: what it is, by when, and what holds it up."""

    __tablename__: ClassVar[Any] = "permanence_plan"
    __table_args__ = (listed("permanence_plan", "target_on", where="closed_on is null"),)

    child_id: UUID = Field(foreign_key="child.id", index=True)
    plan: str
    decided_on: date | None = None
    target_on: date | None = None
    held_up_by: str = text_column()
    closed_on: date | None = None
    closed_why: str = text_column()
    logged_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    note: str = text_column()


class PermanenceStep(Record, table=True):
    """One step of a permanence plan: by when, and when it was done."""

    __tablename__: ClassVar[Any] = "permanence_step"
    __table_args__ = (listed("permanence_step", "due_on", where="done_on is null"),)

    permanence_plan_id: UUID = Field(foreign_key="permanence_plan.id", index=True)
    what: str
    due_on: date | None = None
    done_on: date | None = None
    position: int = 0


class StepDown(Record, table=True):
    """That a child is to move on from a placement to a family or to less support: to what, by when, reviewed when."""

    __tablename__: ClassVar[Any] = "step_down"
    __table_args__ = (listed("step_down", "review_on", where="closed_on is null"),)

    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    to_type: str
    target_on: date | None = None
    review_on: date | None = None
    reviewed_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    logged_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
    note: str = text_column()


class EarlyWarning(Record, table=True):
    """A sign, seen while the child still lives there, that a placement may not last: what, who says so, what was done."""

    __tablename__: ClassVar[Any] = "early_warning"
    __table_args__ = (
        listed("early_warning", "seen_on"),
        listed("early_warning", "closed_on", where="closed_on is null"),
    )

    placement_id: UUID = Field(foreign_key="placement.id", index=True)
    seen_on: date
    factor: str | None = None
    said_by: str = "officer"
    what: str = text_column()
    action: str = text_column()
    closed_on: date | None = None
    logged_at: datetime = must_time()
    officer_id: UUID | None = Field(default=None, foreign_key="officer.id")
