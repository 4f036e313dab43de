"""batches of proposals: what came with one spreadsheet is looked at together"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.add_column("matrix_proposals", sa.Column("batch", sa.String(32), nullable=True))
    op.create_index(
        "matrix_proposals_batch", "matrix_proposals", ["batch"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    op.drop_index("matrix_proposals_batch", "matrix_proposals")
    op.drop_column("matrix_proposals", "batch")
