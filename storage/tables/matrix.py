"""The living matrix: every version of what is in force, proposals and approvals, owners and reviews, tool requests.

Why: the database holds what is in force, every replica answers by it, and "as it was on that date" can be asked.
Keeps: what was agreed with since when, who, why and from which ticket; who proposed and approved; who owns a row;
who asked for a tool. For how long: versions, proposals and decisions for ever, since they are the agreements
themselves; a proposal that was begun and not sent for thirty days; who asked for a tool until a year after it was
decided.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime, json_column

IN_FORCE = text("ended IS NULL")
OPEN = text("state = 'open'")


def _json(*, nullable: bool) -> Any:
    return Column(json_column(), nullable=nullable)


def _person() -> Any:
    return Field(default=None, max_length=32, foreign_key="people.id")


class MatrixStateRow(SQLModel, table=True):
    """One row: the newest revision. Locked by whoever adds one, so that revisions commit in their own order."""

    __tablename__ = "matrix_state"

    id: int = Field(primary_key=True)
    revision: int = Field(sa_column=Column(BigInteger(), nullable=False))


class MatrixVersionRow(SQLModel, table=True):
    """What one row, tool or principle says or said. Nothing but `ended` is ever changed."""

    __tablename__ = "matrix_versions"
    __table_args__ = (
        Index("matrix_in_force", "kind", "ref", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),
        Index("matrix_history", "kind", "ref", "revision"),
        Index("matrix_page", "kind", "task", "ref"),
    )

    revision: int = Field(sa_column=Column(BigInteger(), primary_key=True, autoincrement=False))
    kind: str = Field(max_length=12)
    """row, tool, principle or philosophy."""
    ref: str = Field(max_length=100)
    version: int
    content: dict[str, Any] | None = Field(default=None, sa_column=_json(nullable=True))
    """In the shape of the YAML files; None: taken out."""
    hash: str = Field(max_length=32)
    """Of the content: says without reading it whether a file differs."""
    task: str = Field(default="", max_length=100)
    words: str = Field(default="")
    """All its words in small letters, to search in."""
    source: str = Field(max_length=8)
    """file, chat or sheet."""
    since: datetime = Field(sa_type=UtcDateTime)
    ended: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When a newer version took its place; None: in force."""
    by: str | None = _person()
    why: str = Field(default="", max_length=3000)
    """Masked."""
    proposal_id: str | None = Field(default=None, max_length=32, foreign_key="matrix_proposals.id")
    ticket_id: str | None = Field(default=None, max_length=32)
    """From which ticket it came; the ticket itself may be gone."""


class MatrixDifferenceRow(SQLModel, table=True):
    """A file says otherwise than what was agreed in chat since: a person settles it."""

    __tablename__ = "matrix_differences"

    kind: str = Field(primary_key=True, max_length=12)
    ref: str = Field(primary_key=True, max_length=100)
    hash: str = Field(primary_key=True, max_length=32)
    content: dict[str, Any] | None = Field(default=None, sa_column=_json(nullable=True))
    found_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(max_length=8)
    """open, taken (the file's), kept (what is in force), or gone (the file says something else again)."""
    settled_by: str | None = _person()
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MatrixProposalRow(SQLModel, table=True):
    __tablename__ = "matrix_proposals"
    __table_args__ = (
        Index("matrix_proposals_open", "proposed_at", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("matrix_proposals_about", "kind", "ref"),
        Index("matrix_proposals_batch", "batch", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(max_length=12)
    ref: str = Field(max_length=100)
    base: int = Field(sa_column=Column(BigInteger(), nullable=False))
    """The revision it was made from; 0 for something new."""
    content: dict[str, Any] | None = Field(default=None, sa_column=_json(nullable=True))
    looser: bool
    """It lets something through that was not allowed: two approvers."""
    why: str = Field(default="", max_length=3000)
    """Masked."""
    ticket_id: str | None = Field(default=None, max_length=32)
    state: str = Field(max_length=10)
    """draft (nobody else sees it), open, adopted, declined, withdrawn."""
    reason: str = Field(default="", max_length=3000)
    """Why it was declined; masked."""
    proposed_by: str | None = _person()
    proposed_at: datetime = Field(sa_type=UtcDateTime)
    settled_by: str | None = _person()
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    batch: str | None = Field(default=None, max_length=32)
    """The same for all that came with one spreadsheet; None: made in chat."""


class MatrixApprovalRow(SQLModel, table=True):
    """Two accounts that turn out to be one person may each have one; people are counted, not rows."""

    __tablename__ = "matrix_approvals"
    __table_args__ = (Index("matrix_approvals_of", "proposal_id", "person_id"),)

    id: str = Field(primary_key=True, max_length=32)
    proposal_id: str = Field(max_length=32, foreign_key="matrix_proposals.id", ondelete="CASCADE")
    person_id: str = Field(max_length=32, foreign_key="people.id")
    reviewer: bool
    """With the right to review."""
    at: datetime = Field(sa_type=UtcDateTime)


class MatrixReviewRow(SQLModel, table=True):
    """Who owns a row of the matrix and when it is looked at again."""

    __tablename__ = "matrix_reviews"
    __table_args__ = (Index("matrix_reviews_due", "due_at"), Index("matrix_reviews_why", "because"))

    ref: str = Field(primary_key=True, max_length=100)
    owner_id: str | None = _person()
    """None: the AI Lab."""
    due_at: datetime = Field(sa_type=UtcDateTime)
    because: str | None = Field(default=None, max_length=120)
    """late, or policy:<id>: answers say that the row is being reviewed. None: it is up to date."""
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reviewed_by: str | None = _person()


class PolicyVersionRow(SQLModel, table=True):
    """A new version of a policy document that rows lean on, or of a law."""

    __tablename__ = "policy_versions"
    __table_args__ = (UniqueConstraint("policy", "version", name="policy_versions_number"),)

    id: str = Field(primary_key=True, max_length=32)
    policy: str = Field(max_length=100)
    version: int
    what: str = Field(max_length=3000)
    """What changed; masked."""
    by: str | None = _person()
    at: datetime = Field(sa_type=UtcDateTime)


class ToolRequestRow(SQLModel, table=True):
    __tablename__ = "tool_requests"
    __table_args__ = (
        Index("tool_requests_name", "name_folded", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=200)
    name_folded: str = Field(max_length=200)
    what_for: str = Field(max_length=3000)
    """Masked."""
    data: str = Field(max_length=100)
    link: str = Field(default="", max_length=500)
    state: str = Field(max_length=10)
    """open or decided."""
    checklist: dict[str, Any] = Field(sa_column=_json(nullable=False))
    version: int
    """Grows with each change: of two who write at once the second is shown the first."""
    tool: str | None = Field(default=None, max_length=100)
    """The id it got in the register."""
    requested_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None = _person()
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ToolRequesterRow(SQLModel, table=True):
    """Who asked for it, to hear what became of it."""

    __tablename__ = "tool_requesters"
    __table_args__ = (Index("tool_requesters_of", "request_id", "person_id"),)

    id: str = Field(primary_key=True, max_length=32)
    request_id: str = Field(max_length=32, foreign_key="tool_requests.id", ondelete="CASCADE")
    person_id: str = Field(max_length=32, foreign_key="people.id")
    at: datetime = Field(sa_type=UtcDateTime)
