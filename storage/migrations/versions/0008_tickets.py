"""tickets of the AI Lab; questions that wait become tickets"""

import re
from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime, json_column, serial_column

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TWO_DAYS = timedelta(days=2)


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("reading", json_column(), nullable=False),
        sa.Column("row", sa.String(100), nullable=True),
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("unnamed", sa.Integer(), nullable=False),
        sa.Column("meant_for", sa.String(32), nullable=True),
        sa.Column("claimed_by", sa.String(32), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("answer_by", UtcDateTime(), nullable=False),
        sa.Column("due_by", UtcDateTime(), nullable=True),
        sa.Column("reacted_at", UtcDateTime(), nullable=True),
        sa.Column("reaction_minutes", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answer_minutes", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(32), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("merged_into", sa.String(32), nullable=True),
        sa.Column("place", json_column(), nullable=True),
        sa.Column("card_key", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["meant_for"], ["people.id"]),
        sa.ForeignKeyConstraint(["claimed_by"], ["people.id"]),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tickets_state", "tickets", ["state", "opened_at", "id"])
    op.create_index("tickets_claimed", "tickets", ["claimed_by", "state", "opened_at"])
    op.create_index("tickets_due", "tickets", ["due_by"])
    op.create_index("tickets_row", "tickets", ["row", "state", "opened_at"])
    op.create_index("tickets_counted", "tickets", ["state", "claimed_by", "due_by"])
    op.create_index("tickets_opened", "tickets", ["opened_at", "reaction_minutes", "answer_minutes"])
    op.create_table(
        "ticket_askers",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("ticket_id", sa.String(32), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ticket_askers_ticket", "ticket_askers", ["ticket_id"])
    op.create_index("ticket_askers_person", "ticket_askers", ["person_id"])
    op.create_table(
        "ticket_codes",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("ticket_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash"),
    )
    op.create_index("ix_ticket_codes_ticket_id", "ticket_codes", ["ticket_id"])
    op.create_table(
        "ticket_notes",
        sa.Column("id", serial_column(), autoincrement=True, nullable=False),
        sa.Column("ticket_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["by"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ticket_notes_ticket", "ticket_notes", ["ticket_id", "id"])
    op.create_table(
        "ticket_words",
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("ticket_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "ticket_id"),
    )
    op.create_index("ticket_words_ticket", "ticket_words", ["ticket_id"])
    op.create_index("ticket_words_begin", "ticket_words", ["word"], postgresql_ops={"word": "text_pattern_ops"})
    op.create_table(
        "ticket_letters",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("reading", json_column(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("handovers") as handovers:
        handovers.add_column(sa.Column("ticket_id", sa.String(32), nullable=True))
        handovers.create_foreign_key("handovers_ticket", "tickets", ["ticket_id"], ["id"], ondelete="SET NULL")
        handovers.create_index("ix_handovers_ticket_id", ["ticket_id"])
    _open_tickets(op.get_bind())


def downgrade() -> None:
    with op.batch_alter_table("handovers") as handovers:
        handovers.drop_index("ix_handovers_ticket_id")
        handovers.drop_constraint("handovers_ticket", type_="foreignkey")
        handovers.drop_column("ticket_id")
    for name in ("letters", "words", "notes", "codes", "askers"):
        op.drop_table(f"ticket_{name}")
    op.drop_table("tickets")


_handovers = sa.table(
    "handovers",
    sa.column("id"),
    sa.column("question_id"),
    sa.column("note"),
    sa.column("state"),
    sa.column("opened_at", UtcDateTime()),
    sa.column("ticket_id"),
)
_questions = sa.table(
    "questions", sa.column("id"), sa.column("text"), sa.column("language"), sa.column("reading", json_column())
)
_askers = sa.table("askers", sa.column("question_id"), sa.column("person_id"))
_tickets = sa.table(
    "tickets",
    *(sa.column(name) for name in ("id", "version", "state", "text", "note", "language", "row", "unit", "asks")),
    sa.column("unnamed"),
    sa.column("reading", json_column()),
    *(sa.column(name, UtcDateTime()) for name in ("opened_at", "answer_by", "due_by")),
)
_ticket_askers = sa.table(
    "ticket_askers",
    sa.column("id"),
    sa.column("ticket_id"),
    sa.column("person_id"),
    sa.column("since", UtcDateTime()),
)
_ticket_words = sa.table("ticket_words", sa.column("word"), sa.column("ticket_id"))


def _open_tickets(connection: sa.Connection) -> None:
    """Every question that waits becomes a ticket of its own, with its asker, where that is still known."""
    waiting = (
        sa.select(
            _handovers.c.id,
            _handovers.c.note,
            _handovers.c.opened_at,
            _questions.c.text,
            _questions.c.language,
            _questions.c.reading,
            _askers.c.person_id,
        )
        .select_from(
            _handovers.join(_questions, _questions.c.id == _handovers.c.question_id).outerjoin(
                _askers, _askers.c.question_id == _questions.c.id
            )
        )
        .where(_handovers.c.state == "open")
    )
    for one in connection.execute(waiting).all():
        near = (one.reading or {}).get("candidates") or [None]
        until = one.opened_at + _TWO_DAYS
        connection.execute(
            _tickets.insert().values(
                id=one.id,
                version=1,
                state="open",
                text=one.text,
                note=one.note,
                language=one.language,
                reading=one.reading,
                row=near[0],
                unit="",
                asks=1,
                unnamed=0,
                opened_at=one.opened_at,
                answer_by=until,
                due_by=until,
            )
        )
        if one.person_id is not None:
            asker = {"id": one.id, "ticket_id": one.id, "person_id": one.person_id, "since": one.opened_at}
            connection.execute(_ticket_askers.insert().values(**asker))
        for word in sorted({word[:40] for word in re.findall(r"\w{2,}", f"{one.text} {one.note}".lower())}):
            connection.execute(_ticket_words.insert().values(word=word, ticket_id=one.id))
        connection.execute(_handovers.update().where(_handovers.c.id == one.id).values(ticket_id=one.id))
