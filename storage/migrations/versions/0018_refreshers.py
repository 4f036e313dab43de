"""refreshers in chat, what is often answered wrong, which rows were looked at, and decisions on the diploma"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime, json_column

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "refreshers",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("level", sa.String(100), nullable=False),
        sa.Column("questions", json_column(), nullable=False),
        sa.Column("answers", json_column(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_refreshers_person_id", "refreshers", ["person_id"])
    op.create_table(
        "refresher_tally",
        sa.Column("row", sa.String(100), primary_key=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
    )
    op.create_table(
        "refresher_looks",
        sa.Column("row", sa.String(100), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("looked_by", sa.String(32), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("looked_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "diploma_decisions",
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String(64), nullable=False, unique=True),
        sa.Column("content", json_column(), nullable=False),
        sa.Column("adopted_by", sa.String(32), sa.ForeignKey("people.id"), nullable=True),
        sa.Column("adopted_at", UtcDateTime(), nullable=False),
    )


def downgrade() -> None:
    for table in ("diploma_decisions", "refresher_looks", "refresher_tally", "refreshers"):
        op.drop_table(table)
