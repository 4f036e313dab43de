"""badges: a number for each certificate that was taken along as a signed file"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "badges",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("certificate_id", sa.String(32), nullable=False, unique=True),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("badges")
