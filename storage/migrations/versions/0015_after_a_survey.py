"""what follows a survey: themes, the language it goes out in, rounds that follow another"""

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime, json_column

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("survey_rounds", sa.Column("language", sa.String(2), nullable=False, server_default=""))
    op.add_column("survey_rounds", sa.Column("follows", sa.String(32), nullable=True))
    op.add_column("survey_rounds", sa.Column("repeats", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("survey_results", sa.Column("themes", json_column(), nullable=False, server_default="[]"))
    op.create_table(
        "survey_follow_ups",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["survey_rounds.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "what"),
    )


def downgrade() -> None:
    op.drop_table("survey_follow_ups")
    op.drop_column("survey_results", "themes")
    op.drop_column("survey_rounds", "repeats")
    op.drop_column("survey_rounds", "follows")
    op.drop_column("survey_rounds", "language")
