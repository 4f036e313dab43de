"""the register of people, certificates and the diploma"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables.columns import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _person(name: str, *, nullable: bool = False) -> tuple[sa.Column[Any], sa.ForeignKeyConstraint]:
    return (
        sa.Column(name, sa.String(32), nullable=nullable),
        sa.ForeignKeyConstraint([name], ["people.id"]),
    )


def _between(*, ends: bool = False) -> tuple[sa.Column[Any], sa.Column[Any]]:
    return sa.Column("since", sa.Date(), nullable=False), sa.Column("until", sa.Date(), nullable=not ends)


def upgrade() -> None:
    op.create_table(
        "register_periods",
        sa.Column("id", sa.String(32), primary_key=True),
        *_person("person_id"),
        *_between(),
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("location", sa.String(200), nullable=False),
        sa.Column("function", sa.String(200), nullable=False),
        *_person("manager_id", nullable=True),
        sa.Column("started", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("latest", sa.Boolean(), nullable=False),
    )
    op.create_index("register_person", "register_periods", ["person_id", "since"])
    op.create_index("register_unit", "register_periods", ["unit", "since"])
    op.create_index("register_manager", "register_periods", ["manager_id"])
    latest: dict[str, Any] = {"sqlite_where": sa.text("latest"), "postgresql_where": sa.text("latest")}
    op.create_index("register_latest", "register_periods", ["person_id"], **latest)
    op.create_table(
        "register_aliases",
        sa.Column("email", sa.String(320), primary_key=True),
        *_person("person_id"),
    )
    op.create_index("ix_register_aliases_person_id", "register_aliases", ["person_id"])
    op.create_table(
        "register_absences",
        sa.Column("id", sa.String(32), primary_key=True),
        *_person("person_id"),
        *_between(),
        *_person("noted_by", nullable=True),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
    )
    op.create_index("register_absences_person", "register_absences", ["person_id", "since"])
    op.create_table(
        "register_exemptions",
        sa.Column("id", sa.String(32), primary_key=True),
        *_person("person_id"),
        *_between(ends=True),
        sa.Column("reason", sa.String(3000), nullable=False),
        *_person("given_by", nullable=True),
        sa.Column("given_at", UtcDateTime(), nullable=False),
    )
    op.create_index("register_exemptions_person", "register_exemptions", ["person_id", "since"])
    _make_certificates()


def _make_certificates() -> None:
    op.create_table(
        "certificates",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        *_person("person_id"),
        sa.Column("level", sa.String(100), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("issuer", sa.String(200), nullable=False),
        sa.Column("evidence", sa.String(1000), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("replaces", sa.String(32), nullable=True),
        *_person("added_by", nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
    )
    op.create_index("certificates_person", "certificates", ["person_id", "issued"])
    op.create_index("certificates_expires", "certificates", ["expires"])
    op.create_index("certificates_replaces", "certificates", ["replaces"])


def downgrade() -> None:
    for table in (
        "certificates",
        "register_exemptions",
        "register_absences",
        "register_aliases",
        "register_periods",
    ):
        op.drop_table(table)
