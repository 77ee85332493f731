"""What the board and the trackers ask for first, found without reading every placement"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the board and the trackers ask for first, found without reading every placement"""
    op.create_index(
        "ix_placement_planned_end_on_open",
        "placement",
        ["planned_end_on"],
        unique=False,
        sqlite_where=sa.text("ended_on is null"),
        postgresql_where=sa.text("ended_on is null"),
    )
