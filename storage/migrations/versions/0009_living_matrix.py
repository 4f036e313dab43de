"""the living matrix: versions, proposals, reviews, tool requests"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime, json_column

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_IN_FORCE = sa.text("ended IS NULL")
_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "matrix_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "matrix_proposals",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("ref", sa.String(100), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("content", json_column(), nullable=True),
        sa.Column("looser", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(3000), nullable=False),
        sa.Column("ticket_id", sa.String(32), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(3000), nullable=False),
        sa.Column("proposed_by", sa.String(32), nullable=True),
        sa.Column("proposed_at", UtcDateTime(), nullable=False),
        sa.Column("settled_by", sa.String(32), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("matrix_proposals_about", "matrix_proposals", ["kind", "ref"])
    op.create_index(
        "matrix_proposals_open", "matrix_proposals", ["proposed_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "matrix_approvals",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("proposal_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("reviewer", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["matrix_proposals.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("matrix_approvals_of", "matrix_approvals", ["proposal_id", "person_id"])
    op.create_table(
        "matrix_versions",
        sa.Column("revision", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("ref", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", json_column(), nullable=True),
        sa.Column("hash", sa.String(32), nullable=False),
        sa.Column("task", sa.String(100), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("source", sa.String(8), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("ended", UtcDateTime(), nullable=True),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("why", sa.String(3000), nullable=False),
        sa.Column("proposal_id", sa.String(32), nullable=True),
        sa.Column("ticket_id", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["people.id"]),
        sa.ForeignKeyConstraint(["proposal_id"], ["matrix_proposals.id"]),
        sa.PrimaryKeyConstraint("revision"),
    )
    op.create_index("matrix_history", "matrix_versions", ["kind", "ref", "revision"])
    op.create_index(
        "matrix_in_force",
        "matrix_versions",
        ["kind", "ref"],
        unique=True,
        sqlite_where=_IN_FORCE,
        postgresql_where=_IN_FORCE,
    )
    op.create_index("matrix_page", "matrix_versions", ["kind", "task", "ref"])
    op.create_table(
        "matrix_differences",
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("ref", sa.String(100), nullable=False),
        sa.Column("hash", sa.String(32), nullable=False),
        sa.Column("content", json_column(), nullable=True),
        sa.Column("found_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("settled_by", sa.String(32), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("kind", "ref", "hash"),
    )
    op.create_table(
        "matrix_reviews",
        sa.Column("ref", sa.String(100), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("because", sa.String(120), nullable=True),
        sa.Column("reviewed_at", UtcDateTime(), nullable=True),
        sa.Column("reviewed_by", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["reviewed_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("ref"),
    )
    op.create_index("matrix_reviews_due", "matrix_reviews", ["due_at"])
    op.create_index("matrix_reviews_why", "matrix_reviews", ["because"])
    op.create_table(
        "policy_versions",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("policy", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(3000), nullable=False),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("policy", "version", name="policy_versions_number"),
    )
    op.create_table(
        "tool_requests",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("name_folded", sa.String(200), nullable=False),
        sa.Column("what_for", sa.String(3000), nullable=False),
        sa.Column("data", sa.String(100), nullable=False),
        sa.Column("link", sa.String(500), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("checklist", json_column(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tool", sa.String(100), nullable=True),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(32), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "tool_requests_name",
        "tool_requests",
        ["name_folded"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_table(
        "tool_requesters",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("request_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["tool_requests.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tool_requesters_of", "tool_requesters", ["request_id", "person_id"])


def downgrade() -> None:
    op.drop_table("tool_requesters")
    op.drop_table("tool_requests")
    op.drop_table("policy_versions")
    op.drop_table("matrix_reviews")
    op.drop_table("matrix_differences")
    op.drop_table("matrix_versions")
    op.drop_table("matrix_approvals")
    op.drop_table("matrix_proposals")
    op.drop_table("matrix_state")
