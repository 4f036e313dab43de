"""the weekly digest: posts, their lines, and consent to be quoted"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime, json_column

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(320), nullable=False),
        sa.Column("week", sa.String(8), nullable=False),
        sa.Column("posted_in", sa.String(8), nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("good_until", UtcDateTime(), nullable=False),
        sa.Column("seen", json_column(), nullable=False),
        sa.Column("more", json_column(), nullable=False),
        sa.Column("card", json_column(), nullable=True),
        sa.Column("outbox_key", sa.String(32), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settled_by", sa.String(32), nullable=True),
        sa.Column("reported_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["settled_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel", "week", name="digests_week"),
        sa.UniqueConstraint("channel", "posted_in", name="digests_posted"),
    )
    op.create_table(
        "digest_lines",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("digest_id", sa.String(32), nullable=False),
        sa.Column("section", sa.String(40), nullable=False),
        sa.Column("ref", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("figures", json_column(), nullable=True),
        sa.Column("reworded", sa.String(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest_id", "section", "ref", name="digest_lines_ref"),
    )
    op.create_index("digest_lines_digest", "digest_lines", ["digest_id", "number"])
    op.create_table(
        "digest_consents",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("digest_id", sa.String(32), nullable=False),
        sa.Column("question_id", sa.String(32), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("question_id"),
    )
    op.create_index("digest_consents_digest", "digest_consents", ["digest_id"])
    op.create_index("digest_consents_person", "digest_consents", ["person_id"])


def downgrade() -> None:
    op.drop_table("digest_consents")
    op.drop_table("digest_lines")
    op.drop_table("digests")
