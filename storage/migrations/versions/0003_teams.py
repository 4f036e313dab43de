"""Teams' conversation references"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teams_conversations",
        sa.Column("id", sa.String(300), nullable=False),
        sa.Column("tenant", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("service_url", sa.String(500), nullable=False),
        sa.Column("bot", sa.String(200), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_teams_conversations_tenant"), "teams_conversations", ["tenant"])
    op.create_table(
        "teams_people",
        sa.Column("tenant", sa.String(100), nullable=False),
        sa.Column("user", sa.String(200), nullable=False),
        sa.Column("direct", sa.String(300), nullable=True),
        sa.Column("met_in", sa.String(300), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "user"),
    )


def downgrade() -> None:
    op.drop_table("teams_people")
    op.drop_table("teams_conversations")
