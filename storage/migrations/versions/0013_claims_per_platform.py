"""claims per platform: what waits for one that is switched off is no longer read past"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('waiting', 'sending')")


def upgrade() -> None:
    _make_index("platform", "due_at", "id")


def downgrade() -> None:
    _make_index("due_at", "id")


def _make_index(*columns: str) -> None:
    op.drop_index("outbox_open", "outbox")
    op.create_index("outbox_open", "outbox", list(columns), sqlite_where=_OPEN, postgresql_where=_OPEN)
