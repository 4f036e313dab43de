"""shared cases"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables.cases import word_type
from storage.tables.columns import UtcDateTime, json_column

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=True),
        sa.Column("code_sum", sa.String(64), nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("did", sa.String(), nullable=False),
        sa.Column("happened", sa.String(), nullable=False),
        sa.Column("learned", sa.String(), nullable=False),
        sa.Column("tool", sa.String(200), nullable=False),
        sa.Column("task", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("in_digest", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shared_on", UtcDateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(32), nullable=True),
        sa.Column("settled_on", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("merged_into", sa.String(32), nullable=True),
        sa.Column("use_case", sa.String(100), nullable=True),
        sa.Column("stance", sa.String(10), nullable=True),
        sa.Column("tags", json_column(), nullable=False),
        sa.Column("proposed", json_column(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("message_key", sa.String(32), nullable=True),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["claimed_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_sum"),
        sqlite_with_rowid=False,
    )
    op.create_index("cases_published", "cases", ["published_at", "id"], **_where("published_at IS NOT NULL"))
    of_row = ["use_case", "published_at", "id"]
    op.create_index("cases_of_row", "cases", of_row, **_where("published_at IS NOT NULL"))
    op.create_index("cases_waiting", "cases", ["shared_on", "id"], **_where("state IN ('new', 'claimed')"))
    op.create_index("cases_stale", "cases", ["shared_on", "id"], **_where("stale"))
    op.create_index("cases_person", "cases", ["person_id"])
    op.create_index("cases_merged", "cases", ["merged_into"])
    op.create_table(
        "case_words",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("word", word_type(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "word"),
        sqlite_with_rowid=False,
    )
    op.create_index("case_words_word", "case_words", ["word", "case_id"])
    op.create_table(
        "case_reactions",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_reactions_case", "case_reactions", ["case_id", "person_id"])
    op.create_table(
        "case_moments",
        sa.Column("channel", sa.String(500), nullable=False),
        sa.Column("place", json_column(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.String(32), nullable=True),
        sa.Column("asked_on", UtcDateTime(), nullable=True),
        sa.Column("shared_on", UtcDateTime(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("changed_on", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("channel"),
    )


def downgrade() -> None:
    op.drop_table("case_moments")
    op.drop_table("case_reactions")
    op.drop_table("case_words")
    op.drop_table("cases")
