"""What lists, trackers and hand-overs ask for first, found without reading everything there ever was"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What the board counts is in the index whole: none of the rows is read for it. Those that ended have one without the rest,
# or whoever lives in a few homes would be looked for among all who live anywhere.
NAMED = (
    ("ix_placement_ended", "placement", ("ended_on", "id"), "ended_on is not null"),
    (
        "ix_placement_emergency_open",
        "placement",
        ("emergency", "planned_end_on", "emergency_until", "struck_at"),
        "ended_on is null",
    ),
    ("ix_task_due_open", "task", ("due_at", "rule", "law", "first_due_at", "struck_at"), "state = 'open'"),
)
# Table, columns, and which rows of it: all of them, or the few that are open.
INDEXES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("approach", ("answered_at",), ""),
    ("concern", ("raised_on",), "settled_on is null"),
    ("deprivation", ("ends_on",), "ended_at is null"),
    ("early_warning", ("closed_on",), "closed_on is null"),
    ("early_warning", ("seen_on",), ""),
    ("ending", ("ended_on",), ""),
    ("ending", ("logged_at",), ""),
    ("hand_over", ("kind", "made_at"), ""),
    ("hold", ("until_at",), "released_at is null"),
    ("home", ("kind",), ""),
    ("home", ("others_children",), "others_children is not null"),
    ("kinship", ("closed_at",), "closed_at is null"),
    ("lesson", ("learned_on", "id"), ""),
    ("offer", ("decided_at",), ""),
    ("operation", ("hlc",), ""),
    ("permanence_plan", ("target_on",), "closed_on is null"),
    ("permanence_step", ("due_on",), "done_on is null"),
    ("placement", ("planned_end_on",), "ended_on is null"),
    ("placement", ("started_at",), ""),
    ("referral", ("closed_at",), ""),
    ("referral", ("received_at",), ""),
    ("step_down", ("review_on",), "closed_on is null"),
    ("task", ("done_at",), ""),
    ("unregistered", ("end_by",), "closed_at is null"),
    ("vacancy", ("from_on",), "from_on is not null"),
    ("vacancy", ("said_at",), ""),
    ("vacancy", ("until_on",), "until_on is not null"),
    ("visit", ("due_on",), "visited_on is null"),
    ("wave", ("sent_at",), ""),
)


def upgrade() -> None:
    """What lists, trackers and hand-overs ask for first, found without reading everything there ever was"""
    for table, columns, where in INDEXES:
        name = "_".join(("ix", table, *columns)) + ("_open" if where else "")
        only = sa.text(where) if where else None
        op.create_index(name, table, list(columns), unique=False, sqlite_where=only, postgresql_where=only)
    for name, table, columns, where in NAMED:
        only = sa.text(where)
        op.create_index(name, table, list(columns), unique=False, sqlite_where=only, postgresql_where=only)
    op.drop_index("ix_task_due_at_open", table_name="task")
    # With the outcome before the time, the use of a home in the last year was counted from everything it was ever asked.
    op.create_index("ix_approach_home_asked", "approach", ["home_id", "asked_at", "outcome", "struck_at"], unique=False)
    op.drop_index("ix_approach_home_outcome_asked", table_name="approach")
