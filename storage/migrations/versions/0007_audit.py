"""the audit log, and roles that come from a group"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_lines",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(32), nullable=True),
        sa.Column("act", sa.String(60), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("key_id", sa.String(8), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("audit_lines_about", "audit_lines", ["about", "number"])
    op.add_column("roles", sa.Column("from_group", sa.String(200), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("roles") as roles:
        roles.drop_column("from_group")
    op.drop_table("audit_lines")
