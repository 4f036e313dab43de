"""the clock: occasions, nudges, confirmations"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime, json_column

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "occasions",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "nudges",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("good_until", UtcDateTime(), nullable=False),
        sa.Column("outbox_key", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "nudges_waiting", "nudges", ["due_at", "person_id"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )
    op.create_index("nudges_person", "nudges", ["person_id", "due_at"])
    op.create_index("nudges_subject", "nudges", ["subject"])
    op.create_index(op.f("ix_nudges_outbox_key"), "nudges", ["outbox_key"])
    op.create_table(
        "confirmations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("event", json_column(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.add_column("outbox", sa.Column("good_until", UtcDateTime(), nullable=True))
    op.add_column("people", sa.Column("nudges_paused_until", UtcDateTime(), nullable=True))
    op.add_column("due", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("due") as due:
        due.drop_column("attempts")
    with op.batch_alter_table("people") as people:
        people.drop_column("nudges_paused_until")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("good_until")
    op.drop_table("confirmations")
    op.drop_table("nudges")
    op.drop_table("occasions")
