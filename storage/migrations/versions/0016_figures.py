"""figures of the diploma, kept per day"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figures_days",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("known_on", sa.Date(), primary_key=True),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("partial", sa.Text(), nullable=True),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "figures",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("known_on", sa.Date(), primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("counts", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("figures")
    op.drop_table("figures_days")
