"""Clocks, sign-off, sibling groups, holds, exemptions, registers, hand-over"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from placement_tui.db.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Clocks, sign-off, sibling groups, holds, exemptions, registers, hand-over"""
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("anonymised", sa.Boolean(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sibling_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("asked_together", sa.Integer(), nullable=True),
        sa.Column("parted_reason", sa.String(), nullable=True),
        sa.Column("parted_why", sa.Text(), nullable=False),
        sa.Column("parted_at", UtcDateTime(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "exemption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
        ),
        sa.ForeignKeyConstraint(
            ["home_id"],
            ["home.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemption_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemption_home_id"), ["home_id"], unique=False)

    op.create_table(
        "rota",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("night_on", sa.Date(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_id"],
            ["home.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("rota", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rota_night_on"), ["night_on"], unique=False)

    op.create_table(
        "hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("beds", sa.Integer(), nullable=False),
        sa.Column("held_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=True),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("beds > 0", name="hold_beds"),
        sa.ForeignKeyConstraint(
            ["home_id"],
            ["home.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_home_id"), ["home_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hold_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "sign_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("home_id", sa.Uuid(), nullable=True),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_of", sa.Uuid(), nullable=True),
        sa.Column("asked_of_name", sa.String(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("lapses_at", UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("returned_at", UtcDateTime(), nullable=True),
        sa.Column("returned_for", sa.Text(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["asked_of"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["home_id"],
            ["home.id"],
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sign_off_asked_at_open",
            ["asked_at"],
            unique=False,
            sqlite_where=sa.text("state in ('asked', 'returned')"),
            postgresql_where=sa.text("state in ('asked', 'returned')"),
        )
        batch_op.create_index(batch_op.f("ix_sign_off_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_off_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "deprivation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("order_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("ofsted_told_at", UtcDateTime(), nullable=True),
        sa.Column("judgment_sent_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("logged_at", UtcDateTime(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("deprivation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deprivation_child_id"), ["child_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deprivation_placement_id"), ["placement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deprivation_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "kinship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column("approved_until", sa.Date(), nullable=False),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("panel_on", sa.Date(), nullable=True),
        sa.Column("iro_told_at", UtcDateTime(), nullable=True),
        sa.Column("nominated_officer", sa.String(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("approved_fully_on", sa.Date(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("logged_at", UtcDateTime(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("kinship", schema=None) as batch_op:
        batch_op.create_index(
            "ix_kinship_approved_until", ["approved_until"], unique=False, sqlite_where=None, postgresql_where=None
        )
        batch_op.create_index(batch_op.f("ix_kinship_placement_id"), ["placement_id"], unique=False)

    op.create_table(
        "override",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("sign_off_id", sa.Uuid(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("overridden_at", UtcDateTime(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_id"],
            ["home.id"],
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.ForeignKeyConstraint(
            ["sign_off_id"],
            ["sign_off.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_override_home_id"), ["home_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_override_referral_id"), ["referral_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("to_whom", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("first_due_at", UtcDateTime(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("placement_id", sa.Uuid(), nullable=True),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("approach_id", sa.Uuid(), nullable=True),
        sa.Column("home_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("moved_why", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approach_id"],
            ["approach.id"],
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
        ),
        sa.ForeignKeyConstraint(
            ["done_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["home_id"],
            ["home.id"],
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["offer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_child_id"), ["child_id"], unique=False)
        batch_op.create_index(
            "ix_task_due_at_open",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(batch_op.f("ix_task_placement_id"), ["placement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_referral_id"), ["referral_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_source"), ["source"], unique=False)

    op.create_table(
        "unregistered",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=False),
        sa.Column("end_plan", sa.Text(), nullable=False),
        sa.Column("end_by", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("registration", sa.String(), nullable=False),
        sa.Column("ofsted_told_at", UtcDateTime(), nullable=True),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("logged_at", UtcDateTime(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("unregistered", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unregistered_placement_id"), ["placement_id"], unique=False)

    with op.batch_alter_table("home", schema=None) as batch_op:
        batch_op.add_column(sa.Column("others_children", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("others_said_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("on_rota", sa.Boolean(), server_default=sa.text("0"), nullable=False))

    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("emergency", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("emergency_until", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("outside_terms", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("school_changes", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("considered", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("approved_by", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("checks", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))

    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sibling_group_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("kin_explored", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_referral_sibling_group_id"), ["sibling_group_id"], unique=False)
        batch_op.create_foreign_key("referral_sibling_group", "sibling_group", ["sibling_group_id"], ["id"])
