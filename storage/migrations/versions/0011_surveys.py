"""surveys of a team"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime, json_column

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "survey_rounds",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("survey", sa.String(100), nullable=False),
        sa.Column("survey_version", sa.Integer(), nullable=False),
        sa.Column("title", json_column(), nullable=False),
        sa.Column("purpose", json_column(), nullable=False),
        sa.Column("questions", json_column(), nullable=False),
        sa.Column("lead_id", sa.String(32), nullable=True),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("survey_rounds_lead", "survey_rounds", ["lead_id", "opened_at"])
    op.create_index("survey_rounds_survey", "survey_rounds", ["survey", "opened_at"])
    op.create_index("survey_rounds_open", "survey_rounds", ["closes_at"], **_where("state = 'open'"))
    op.create_table(
        "survey_invitations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("survey_invitations_round", "survey_invitations", ["round_id", "person_id"])
    op.create_index("survey_invitations_person", "survey_invitations", ["person_id"])
    op.create_table(
        "survey_answers",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("question", sa.String(100), nullable=False),
        sa.Column("chosen", json_column(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("survey_answers_round", "survey_answers", ["round_id", "question"])
    op.create_table(
        "survey_results",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("question", sa.String(100), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("counts", json_column(), nullable=False),
        sa.Column("texts", json_column(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "question"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("survey_results")
    op.drop_table("survey_answers")
    op.drop_table("survey_invitations")
    op.drop_table("survey_rounds")
