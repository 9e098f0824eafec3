"""Measured in public: calendars, tallies by day, cycles, drafts, reported figures, what follows a breach.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "planned_stops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("text", portal.db.PlainText(), nullable=False),
        sa.Column("announced_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_stops")),
    )
    op.create_table(
        "legal_clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", portal.db.PlainText(), nullable=False),
        sa.Column("title", portal.db.PlainText(), nullable=False),
        sa.Column("reference", portal.db.PlainText(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fixed",
                "building_permit",
                "delay_notice",
                "decision_request",
                name="clockkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum(
                "working_days",
                "weeks",
                "calendar_days",
                "months",
                "working_hours",
                "clock_hours",
                "same_day",
                name="unit",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("extension", sa.Integer(), nullable=True),
        sa.Column("completion_order", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", portal.db.PlainText(), nullable=False),
        sa.Column("source", portal.db.PlainText(), nullable=False),
        sa.Column("note", portal.db.PlainText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_clocks")),
        sa.UniqueConstraint("key", "valid_from", name=op.f("uq_legal_clocks_key_valid_from")),
    )
    op.create_table(
        "legal_clock_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clock_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "added", "ended", "verified", "withdrawn", name="entrykind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("said", portal.db.PlainText(), nullable=False),
        sa.Column("signed", portal.db.PlainText(), nullable=False),
        sa.Column("written_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["clock_id"], ["legal_clocks.id"], name=op.f("fk_legal_clock_entries_clock_id_legal_clocks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_clock_entries")),
    )
    with op.batch_alter_table("legal_clock_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_clock_entries_clock_id"), ["clock_id"], unique=False)

    op.create_table(
        "probe_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("last_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probe_days")),
        sa.UniqueConstraint("day", name=op.f("uq_probe_days_day")),
    )
    op.create_table(
        "shadows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", portal.db.PlainText(), nullable=False),
        sa.Column("digest", portal.db.PlainText(), nullable=False),
        sa.Column("measured_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shadows")),
        sa.UniqueConstraint("subject", name=op.f("uq_shadows_subject")),
    )
    op.create_table(
        "calendar_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("name", portal.db.PlainText(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("written_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("published_at", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_by", portal.db.PlainText(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_calendar_revisions_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_calendar_revisions_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_revisions")),
        sa.UniqueConstraint("number", name=op.f("uq_calendar_revisions_number")),
    )
    with op.batch_alter_table("calendar_revisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_revisions_department_id"), ["department_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_calendar_revisions_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "month_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("text", portal.db.PlainText(), nullable=False),
        sa.Column("signed", portal.db.PlainText(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("written_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_month_notes_pledge_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_month_notes_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_notes")),
    )
    with op.batch_alter_table("month_notes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_month_notes_pledge_id_month"), ["pledge_id", "month"], unique=False
        )

    op.create_table(
        "pledge_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("stands", "withdrawn", name="lookkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("name", portal.db.PlainText(), nullable=False),
        sa.Column("note", portal.db.PlainText(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_reviews_pledge_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_pledge_reviews_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_reviews")),
    )
    with op.batch_alter_table("pledge_reviews", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_reviews_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("kind", portal.db.PlainText(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_follow_ups_case_id")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_follow_ups_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pledge_versions.id"], name=op.f("fk_follow_ups_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sa.UniqueConstraint(
            "case_id", "version_id", "cycle", "kind", name=op.f("uq_follow_ups_case_id_version_id_cycle_kind")
        ),
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_follow_ups_department_id_done_at_due_on"),
            ["department_id", "done_at", "due_on"],
            unique=False,
        )

    op.create_table(
        "legal_times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("key", portal.db.PlainText(), nullable=False),
        sa.Column("nominal_on", sa.Date(), nullable=False),
        sa.Column("adjusted_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("warn_at", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_legal_times_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_times")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_legal_times_case_id_key")),
    )
    with op.batch_alter_table("legal_times", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_times_warn_at"), ["warn_at"], unique=False)

    op.create_table(
        "pledge_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("slug", portal.db.PlainText(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "writing",
                "in_review",
                "reviewed",
                "decided",
                "published",
                "dropped",
                name="draftstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_pledge_drafts_department_id")
        ),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_drafts_pledge_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pledge_versions.id"], name=op.f("fk_pledge_drafts_version_id")
        ),
        sa.ForeignKeyConstraint(["written_by_id"], ["staff.id"], name=op.f("fk_pledge_drafts_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_drafts")),
    )
    with op.batch_alter_table("pledge_drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pledge_drafts_department_id_state"), ["department_id", "state"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pledge_drafts_pledge_id"), ["pledge_id"], unique=False)

    op.create_table(
        "reported_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=True),
        sa.Column("outcomes", sa.Integer(), nullable=True),
        sa.Column("value", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("source", portal.db.PlainText(), nullable=False),
        sa.Column("vouched_by", portal.db.PlainText(), nullable=False),
        sa.Column("note", portal.db.PlainText(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("key", portal.db.PlainText(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reported_figures_staff_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pledge_versions.id"], name=op.f("fk_reported_figures_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_figures")),
        sa.UniqueConstraint("key", name=op.f("uq_reported_figures_key")),
    )
    with op.batch_alter_table("reported_figures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reported_figures_version_id_month"), ["version_id", "month"], unique=False
        )

    op.create_table(
        "draft_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "writing",
                "in_review",
                "reviewed",
                "decided",
                "published",
                "dropped",
                name="draftstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("name", portal.db.PlainText(), nullable=False),
        sa.Column("note", portal.db.PlainText(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["pledge_drafts.id"], name=op.f("fk_draft_steps_draft_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_draft_steps_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_steps")),
    )
    with op.batch_alter_table("draft_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_steps_draft_id"), ["draft_id"], unique=False)

    with op.batch_alter_table("case_clocks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cycle", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("first_due", sa.Date(), nullable=False, server_default="2000-01-01"))
        batch_op.add_column(
            sa.Column(
                "pausing",
                sa.Enum("none", "harmless", "decisive", name="pausing", native_enum=False, length=40),
                nullable=False,
                server_default="none",
            )
        )
        batch_op.add_column(sa.Column("warn_at", portal.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_case_clocks_case_id_version_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_case_clocks_warn_at"), ["warn_at"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_case_clocks_case_id_version_id_cycle"), ["case_id", "version_id", "cycle"]
        )

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cycle", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("pledge_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("about", portal.db.PlainText(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_cases_pledge_id"), ["pledge_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_cases_pledge_id"), "pledges", ["pledge_id"], ["id"])

    with op.batch_alter_table("pledge_versions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "starts_at",
                sa.Enum("received", "complete", "breached", name="start", native_enum=False, length=40),
                nullable=False,
                server_default="received",
            )
        )
        batch_op.add_column(
            sa.Column(
                "pause_policy",
                sa.Enum(
                    "none", "question", "question_or_law", name="pausepolicy", native_enum=False, length=40
                ),
                nullable=False,
                server_default="question_or_law",
            )
        )
        batch_op.add_column(sa.Column("compensation", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("published_at", portal.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("withdrawn_reason", portal.db.PlainText(), nullable=False, server_default="")
        )

    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.add_column(sa.Column("life_situations", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("keeper_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_pledges_keeper_id"), "staff", ["keeper_id"], ["id"])

    with op.batch_alter_table("pledge_scopes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("valid_to", sa.Date(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_pledge_scopes_pledge_id_service_id_category"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_pledge_scopes_pledge_id_service_id_category_valid_from"),
            ["pledge_id", "service_id", "category", "valid_from"],
        )

    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "grain",
                sa.Enum("open", "month", "day", name="grain", native_enum=False, length=40),
                nullable=False,
                server_default="month",
            )
        )
        batch_op.add_column(
            sa.Column(
                "pausing",
                sa.Enum("none", "harmless", "decisive", name="pausing", native_enum=False, length=40),
                nullable=False,
                server_default="none",
            )
        )
        batch_op.drop_index(batch_op.f("ix_tallies_state_due"))
        batch_op.drop_constraint(
            batch_op.f("uq_tallies_pledge_id_version_id_state_day_due_length"), type_="unique"
        )
        batch_op.create_index(batch_op.f("ix_tallies_grain_day"), ["grain", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_tallies_pledge_id"), ["pledge_id"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_tallies_version_id_grain_state_day_due_length_pausing"),
            ["version_id", "grain", "state", "day", "due", "length", "pausing"],
        )

    op.execute("UPDATE case_clocks SET first_due = due_on")
    # The old tallies knew no days; `portal migrate` counts them anew from the clocks.
    op.execute("DELETE FROM tallies")


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_tallies_version_id_grain_state_day_due_length_pausing"), type_="unique"
        )
        batch_op.drop_index(batch_op.f("ix_tallies_pledge_id"))
        batch_op.drop_index(batch_op.f("ix_tallies_grain_day"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_tallies_pledge_id_version_id_state_day_due_length"),
            ["pledge_id", "version_id", "state", "day", "due", "length"],
        )
        batch_op.create_index(batch_op.f("ix_tallies_state_due"), ["state", "due"], unique=False)
        batch_op.drop_column("pausing")
        batch_op.drop_column("grain")

    # Without days a place can stand only once under a pledge: the ones that last are kept.
    op.execute("DELETE FROM pledge_scopes WHERE valid_to IS NOT NULL")
    with op.batch_alter_table("pledge_scopes", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_pledge_scopes_pledge_id_service_id_category_valid_from"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_pledge_scopes_pledge_id_service_id_category"),
            ["pledge_id", "service_id", "category"],
        )
        batch_op.drop_column("valid_to")
        batch_op.drop_column("valid_from")

    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_pledges_keeper_id"), type_="foreignkey")
        batch_op.drop_column("reminded_on")
        batch_op.drop_column("keeper_id")
        batch_op.drop_column("life_situations")

    with op.batch_alter_table("pledge_versions", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("published_at")
        batch_op.drop_column("compensation")
        batch_op.drop_column("pause_policy")
        batch_op.drop_column("starts_at")

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_cases_pledge_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_cases_pledge_id"))
        batch_op.drop_column("about")
        batch_op.drop_column("pledge_id")
        batch_op.drop_column("cycle")

    with op.batch_alter_table("case_clocks", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_case_clocks_case_id_version_id_cycle"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_case_clocks_warn_at"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_case_clocks_case_id_version_id"), ["case_id", "version_id"]
        )
        batch_op.drop_column("warn_at")
        batch_op.drop_column("pausing")
        batch_op.drop_column("first_due")
        batch_op.drop_column("cycle")

    with op.batch_alter_table("draft_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_steps_draft_id"))

    op.drop_table("draft_steps")
    with op.batch_alter_table("reported_figures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reported_figures_version_id_month"))

    op.drop_table("reported_figures")
    with op.batch_alter_table("pledge_drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_drafts_pledge_id"))
        batch_op.drop_index(batch_op.f("ix_pledge_drafts_department_id_state"))

    op.drop_table("pledge_drafts")
    with op.batch_alter_table("legal_times", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_legal_times_warn_at"))

    op.drop_table("legal_times")
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_ups_department_id_done_at_due_on"))

    op.drop_table("follow_ups")
    with op.batch_alter_table("pledge_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_reviews_pledge_id"))

    op.drop_table("pledge_reviews")
    with op.batch_alter_table("month_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_month_notes_pledge_id_month"))

    op.drop_table("month_notes")
    with op.batch_alter_table("calendar_revisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_revisions_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_revisions_department_id"))

    op.drop_table("calendar_revisions")
    op.drop_table("shadows")
    op.drop_table("probe_days")
    with op.batch_alter_table("legal_clock_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_legal_clock_entries_clock_id"))

    op.drop_table("legal_clock_entries")
    op.drop_table("legal_clocks")
    op.drop_table("planned_stops")
