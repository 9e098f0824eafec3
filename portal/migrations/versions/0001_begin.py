"""Begin.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

import portal.db

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "municipality", "company", "partner", name="organisationkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisations_slug")),
    )
    op.create_table(
        "outbox_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "sent", "failed", name="delivery", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("written_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("locked_until", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sent_at", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_letters")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_letters_key")),
    )
    with op.batch_alter_table("outbox_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_letters_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_letters_state_due_at"), ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_letters_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempts_who_at"), ["who", "at"], unique=False)

    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("password_set_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kept_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
    )
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_files_digest"), ["digest"], unique=False)

    op.create_table(
        "departments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("visit", sa.String(), nullable=False),
        sa.Column("liaison", sa.JSON(), nullable=False),
        sa.Column("emergency_phone", sa.String(), nullable=False),
        sa.Column("emergency_hours", sa.String(), nullable=False),
        sa.Column("duty_phone", sa.String(), nullable=False),
        sa.Column("duty_hours", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_departments_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("slug", name=op.f("uq_departments_slug")),
    )
    with op.batch_alter_table("departments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_departments_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "staff_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "service_advisor",
                "case_officer",
                "editor",
                "manager",
                "admin",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_grants_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_grants")),
        sa.UniqueConstraint(
            "staff_id", "role", "department_id", name=op.f("uq_staff_grants_staff_id_role_department_id")
        ),
    )
    with op.batch_alter_table("staff_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_grants_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_staff_grants_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "staff_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("began_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_sessions_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_sessions_token_hash")),
    )
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_sessions_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("rosa_level", sa.Integer(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum("public", "internal", name="visibility", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("related_service", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_answers_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("slug", name=op.f("uq_answers_slug")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answers_visibility_department_id"), ["visibility", "department_id"], unique=False
        )

    op.create_table(
        "opening_exceptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=True),
        sa.Column("closes", sa.Time(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_opening_exceptions_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_exceptions")),
    )
    with op.batch_alter_table("opening_exceptions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opening_exceptions_department_id_day"), ["department_id", "day"], unique=False
        )

    op.create_table(
        "opening_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_opening_hours_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_hours")),
    )
    with op.batch_alter_table("opening_hours", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_hours_department_id"), ["department_id"], unique=False)

    op.create_table(
        "pledges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("paused_reason", sa.String(), nullable=False),
        sa.Column("statistics_only", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_pledges_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledges")),
        sa.UniqueConstraint("slug", name=op.f("uq_pledges_slug")),
    )
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledges_department_id"), ["department_id"], unique=False)

    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("contains", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("channels", sa.String(), nullable=False),
        sa.Column("rosa_level", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "information", "transaction", "dialogue", name="servicekind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "secrecy",
            sa.Enum("open", "needs_check", "secret", name="secrecy", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("e_service", sa.String(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("quality_owner_id", sa.Integer(), nullable=False),
        sa.Column("delivery_owner_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("rosa_level between 1 and 6", name=op.f("ck_services_rosa_level")),
        sa.ForeignKeyConstraint(
            ["delivery_owner_id"], ["departments.id"], name=op.f("fk_services_delivery_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_services_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["quality_owner_id"], ["departments.id"], name=op.f("fk_services_quality_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("slug", name=op.f("uq_services_slug")),
    )
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_services_department_id"), ["department_id"], unique=False)

    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("submission", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "web", "phone", "email", "post", "visit", "api", name="channel", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("received_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("registered_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("received", "active", "waiting", "closed", name="state", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "remedied",
                "answered",
                "approved",
                "rejected",
                "no_action",
                "not_ours",
                "duplicate",
                "not_found",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("due_at", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_cases_department_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["staff.id"], name=op.f("fk_cases_officer_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_cases_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
        sa.UniqueConstraint("submission", name=op.f("uq_cases_submission")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cases_department_id_state_due_at"),
            ["department_id", "state", "due_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_cases_officer_id_state_due_at"), ["officer_id", "state", "due_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cases_service_id"), ["service_id"], unique=False)

    op.create_table(
        "pledge_scopes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_scopes_pledge_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_pledge_scopes_service_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_scopes")),
        sa.UniqueConstraint(
            "pledge_id", "service_id", "category", name=op.f("uq_pledge_scopes_pledge_id_service_id_category")
        ),
    )
    with op.batch_alter_table("pledge_scopes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pledge_scopes_service_id_category"), ["service_id", "category"], unique=False
        )

    op.create_table(
        "pledge_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("short", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("applies_to", sa.String(), nullable=False),
        sa.Column("not_applies", sa.JSON(), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("remedy", sa.JSON(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "first_answer",
                "remedy",
                "decision",
                "forwarding",
                "call_back",
                "officer_named",
                "completeness",
                "first_contact",
                "calls",
                "survey",
                "availability",
                "readability",
                "work_log",
                name="measure",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("measured_as", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "cases",
                "phone",
                "survey",
                "monitor",
                "work_log",
                "text",
                name="source",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column(
            "unit",
            sa.Enum("working_days", "weeks", "calendar_days", name="unit", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("target", sa.Numeric(precision=4, scale=1), nullable=False),
        sa.Column(
            "target_unit",
            sa.Enum("percent", "persons_at_most", "index", name="targetunit", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("holding_answer", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("paragraph", sa.String(), nullable=False),
        sa.Column("registry_number", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("law", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_versions_pledge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_versions")),
        sa.UniqueConstraint("pledge_id", "number", name=op.f("uq_pledge_versions_pledge_id_number")),
    )
    op.create_table(
        "service_categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_service_categories_department_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_service_categories_service_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_categories")),
        sa.UniqueConstraint("service_id", "key", name=op.f("uq_service_categories_service_id_key")),
    )
    op.create_table(
        "case_clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("started_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running", "paused", "late", "kept", "broken", name="tallystate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("ended_at", portal.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_clocks_case_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pledge_versions.id"], name=op.f("fk_case_clocks_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_clocks")),
        sa.UniqueConstraint("case_id", "version_id", name=op.f("uq_case_clocks_case_id_version_id")),
    )
    with op.batch_alter_table("case_clocks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_clocks_state_due_at"), ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_clocks_version_id"), ["version_id"], unique=False)

    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opened",
                "assigned",
                "advanced",
                "answered",
                "holding_answer",
                "asked",
                "supplemented",
                "message",
                "noted",
                "handed_over",
                "kept",
                "breached",
                "closed",
                name="eventkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum("citizen", "staff", "system", name="actorkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_events_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_events")),
    )
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_events_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("from_citizen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_files_case_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_case_files_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_files")),
        sa.UniqueConstraint("case_id", "file_id", name=op.f("uq_case_files_case_id_file_id")),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("began_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", portal.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_drafts_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_drafts_token_hash")),
    )
    op.create_table(
        "tallies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running", "paused", "late", "kept", "broken", name="tallystate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_tallies_pledge_id")),
        sa.ForeignKeyConstraint(["version_id"], ["pledge_versions.id"], name=op.f("fk_tallies_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tallies")),
        sa.UniqueConstraint(
            "pledge_id",
            "version_id",
            "state",
            "day",
            "due",
            "length",
            name=op.f("uq_tallies_pledge_id_version_id_state_day_due_length"),
        ),
    )
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tallies_state_due"), ["state", "due"], unique=False)


def downgrade() -> None:
    """Take the step back."""
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tallies_state_due"))

    op.drop_table("tallies")
    op.drop_table("drafts")
    op.drop_table("case_files")
    with op.batch_alter_table("case_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_events_case_id"))

    op.drop_table("case_events")
    with op.batch_alter_table("case_clocks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_clocks_version_id"))
        batch_op.drop_index(batch_op.f("ix_case_clocks_state_due_at"))

    op.drop_table("case_clocks")
    op.drop_table("service_categories")
    op.drop_table("pledge_versions")
    with op.batch_alter_table("pledge_scopes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_scopes_service_id_category"))

    op.drop_table("pledge_scopes")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_service_id"))
        batch_op.drop_index(batch_op.f("ix_cases_officer_id_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_cases_department_id_state_due_at"))

    op.drop_table("cases")
    with op.batch_alter_table("services", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_services_department_id"))

    op.drop_table("services")
    with op.batch_alter_table("pledges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledges_department_id"))

    op.drop_table("pledges")
    with op.batch_alter_table("opening_hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_hours_department_id"))

    op.drop_table("opening_hours")
    with op.batch_alter_table("opening_exceptions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_exceptions_department_id_day"))

    op.drop_table("opening_exceptions")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_visibility_department_id"))

    op.drop_table("answers")
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_sessions_staff_id"))

    op.drop_table("staff_sessions")
    with op.batch_alter_table("staff_grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_grants_staff_id"))
        batch_op.drop_index(batch_op.f("ix_staff_grants_department_id"))

    op.drop_table("staff_grants")
    with op.batch_alter_table("departments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_departments_organisation_id"))

    op.drop_table("departments")
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_files_digest"))

    op.drop_table("stored_files")
    op.drop_table("staff")
    with op.batch_alter_table("sign_in_attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_attempts_who_at"))

    op.drop_table("sign_in_attempts")
    with op.batch_alter_table("outbox_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_letters_state_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_letters_state_due_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_letters_about"))

    op.drop_table("outbox_letters")
    op.drop_table("organisations")
