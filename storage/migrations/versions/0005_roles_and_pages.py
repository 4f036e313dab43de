"""roles, links to pages and their sessions; since when a message waits"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roles",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(100), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("given_by", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["given_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("roles_person", "roles", ["person_id", "role"])
    op.create_index("roles_role", "roles", ["role"])
    op.create_table(
        "page_links",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index(op.f("ix_page_links_person_id"), "page_links", ["person_id"])
    op.create_table(
        "page_sessions",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index(op.f("ix_page_sessions_person_id"), "page_sessions", ["person_id"])
    op.add_column("outbox", sa.Column("wanted_at", UtcDateTime(), nullable=True))
    op.execute("UPDATE outbox SET wanted_at = due_at")
    op.create_index("outbox_wanted", "outbox", ["wanted_at"])


def downgrade() -> None:
    op.drop_index("outbox_wanted", table_name="outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("wanted_at")
    op.drop_table("page_sessions")
    op.drop_table("page_links")
    op.drop_table("roles")
