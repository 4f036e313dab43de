"""who is over the day of a diploma, requests for an exemption, and presses that count once"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "diploma_behind",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("level", sa.String(100), nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("manager_id", sa.String(32), sa.ForeignKey("people.id"), nullable=True),
    )
    op.create_index("diploma_behind_by", "diploma_behind", ["by"])
    op.create_index("diploma_behind_person", "diploma_behind", ["person_id"])
    op.create_table(
        "exemption_requests",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("asked_by", sa.String(32), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(3000), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
    )
    op.create_index("ix_exemption_requests_person_id", "exemption_requests", ["person_id"])
    op.create_table(
        "diploma_marks",
        sa.Column("key", sa.String(300), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
    )


def downgrade() -> None:
    for table in ("diploma_marks", "exemption_requests", "diploma_behind"):
        op.drop_table(table)
