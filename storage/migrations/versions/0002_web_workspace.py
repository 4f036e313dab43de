"""the web workspace"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime, json_column, serial_column

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "web_messages",
        sa.Column("id", serial_column(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("author", sa.String(80), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("card", json_column(), nullable=True),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("change"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("web_messages_place", "web_messages", ["place", "thread", "id"])
    op.create_table(
        "web_reads",
        sa.Column("user", sa.String(80), nullable=False),
        sa.Column("place", sa.String(80), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user", "place"),
    )
    op.create_table(
        "web_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("web_counter")
    op.drop_table("web_reads")
    op.drop_table("web_messages")
