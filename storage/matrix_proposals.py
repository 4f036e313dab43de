"""Named queries of proposals: made once, approved by different people, settled once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import col

from storage.database import table_of
from storage.tables.matrix import MatrixApprovalRow, MatrixProposalRow
from storage.transaction import Transaction

DRAFT, OPEN, ADOPTED, DECLINED, WITHDRAWN = "draft", "open", "adopted", "declined", "withdrawn"
DRAFTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Proposal:
    id: str
    kind: str
    ref: str
    base: int
    content: dict[str, Any] | None
    looser: bool
    why: str
    ticket_id: str | None
    state: str
    reason: str
    proposed_by: str | None
    proposed_at: datetime
    settled_by: str | None
    settled_at: datetime | None
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What came with one spreadsheet and is still open."""

    id: str
    number: int
    proposed_by: str | None


_proposals = table_of(MatrixProposalRow).c
_PROPOSAL = select(*(getattr(_proposals, name) for name in Proposal.__slots__))


async def add_proposal(tx: Transaction, *, state: str = OPEN, **values: Any) -> str:
    id = uuid4().hex
    await tx.execute(insert(MatrixProposalRow).values(id=id, state=state, reason="", **values))
    return id


async def save_draft(tx: Transaction, id: str, **values: Any) -> bool:
    """Changed, or sent with `state=OPEN`; False where it was sent before."""
    drafted = col(MatrixProposalRow.state) == DRAFT
    query = update(MatrixProposalRow).where(col(MatrixProposalRow.id) == id, drafted)
    return bool((await tx.execute(query.values(**values))).rowcount)


async def drop_draft(tx: Transaction, id: str) -> None:
    drafted = (col(MatrixProposalRow.id) == id, col(MatrixProposalRow.state) == DRAFT)
    await tx.execute(delete(MatrixProposalRow).where(*drafted))


async def forget_drafts(tx: Transaction, before: datetime) -> int:
    """Begun and never sent."""
    old = (col(MatrixProposalRow.state) == DRAFT, col(MatrixProposalRow.proposed_at) < before)
    return (await tx.execute(delete(MatrixProposalRow).where(*old))).rowcount


async def forget_person(tx: Transaction, person_id: str) -> None:
    """What they began and never sent; what they proposed is part of how the matrix came about."""
    theirs = (col(MatrixProposalRow.state) == DRAFT, col(MatrixProposalRow.proposed_by) == person_id)
    await tx.execute(delete(MatrixProposalRow).where(*theirs))


async def lock_proposal(tx: Transaction, id: str) -> Proposal | None:
    """Held until the transaction ends: of two who decide at once the second sees what the first did."""
    row = (await tx.execute(_PROPOSAL.where(_proposals.id == id).with_for_update())).first()
    return Proposal(*row) if row else None


async def list_open(tx: Transaction, most: int = 50, *, by: str | None = None) -> list[Proposal]:
    """Those made in chat, the oldest first; `by`: of this person only."""
    query = _PROPOSAL.where(_proposals.state == OPEN, _proposals.batch.is_(None))
    query = query.where(_proposals.proposed_by == by) if by is not None else query
    rows = await tx.execute(query.order_by(_proposals.proposed_at, _proposals.id).limit(most))
    return [Proposal(*row) for row in rows]


async def list_batches(tx: Transaction, most: int = 10) -> list[Batch]:
    """Spreadsheets of which something is open, the oldest first."""
    query = (
        select(_proposals.batch, func.count(), _proposals.proposed_by)
        .where(_proposals.state == OPEN, _proposals.batch.is_not(None))
        .group_by(_proposals.batch, _proposals.proposed_by)
        .order_by(func.min(_proposals.proposed_at), _proposals.batch)
    )
    return [Batch(*row) for row in await tx.execute(query.limit(most))]


async def list_open_of(tx: Transaction, batch: str, *, skip: int = 0, most: int) -> list[Proposal]:
    query = _PROPOSAL.where(_proposals.state == OPEN, _proposals.batch == batch)
    rows = await tx.execute(query.order_by(_proposals.kind, _proposals.ref).offset(skip).limit(most))
    return [Proposal(*row) for row in rows]


async def count_open_of(tx: Transaction, batch: str) -> int:
    query = select(func.count()).select_from(table_of(MatrixProposalRow))
    return int((await tx.execute(query.where(_proposals.state == OPEN, _proposals.batch == batch))).scalar_one())


async def count_open(tx: Transaction) -> int:
    query = select(func.count()).select_from(table_of(MatrixProposalRow)).where(_proposals.state == OPEN)
    return int((await tx.execute(query)).scalar_one())


async def list_open_about(tx: Transaction, kind: str, ref: str) -> list[Proposal]:
    query = _PROPOSAL.where(_proposals.kind == kind, _proposals.ref == ref, _proposals.state == OPEN)
    return [Proposal(*row) for row in await tx.execute(query.order_by(_proposals.proposed_at))]


async def settle(tx: Transaction, id: str, state: str, now: datetime, *, by: str | None, reason: str = "") -> bool:
    """False where it was settled before."""
    query = update(MatrixProposalRow).where(col(MatrixProposalRow.id) == id, col(MatrixProposalRow.state) == OPEN)
    values = {"state": state, "settled_by": by, "settled_at": now, "reason": reason}
    return bool((await tx.execute(query.values(**values))).rowcount)


async def approve(tx: Transaction, proposal_id: str, person_id: str, *, reviewer: bool, now: datetime) -> bool:
    """False where this person did already. The proposal is locked by the caller."""
    if person_id in {one for one, _ in await list_approvals(tx, proposal_id)}:
        return False
    row = {"id": uuid4().hex, "proposal_id": proposal_id, "person_id": person_id, "reviewer": reviewer, "at": now}
    await tx.execute(insert(MatrixApprovalRow).values(**row))
    return True


async def list_approvals(tx: Transaction, proposal_id: str) -> Sequence[tuple[str, bool]]:
    """Who approved, and whether as a reviewer; each person once."""
    query = (
        select(col(MatrixApprovalRow.person_id), col(MatrixApprovalRow.reviewer))
        .where(col(MatrixApprovalRow.proposal_id) == proposal_id)
        .order_by(col(MatrixApprovalRow.at))
    )
    found: dict[str, bool] = {}
    for person_id, reviewer in await tx.execute(query):
        found[person_id] = found.get(person_id, False) or reviewer
    return list(found.items())
