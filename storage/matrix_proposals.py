"""Named queries of proposals: made once, approved by different people, settled once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from storage.database import table_of
from storage.tables.matrix import MatrixApprovalRow, MatrixProposalRow
from storage.transaction import Transaction

OPEN, ADOPTED, DECLINED, WITHDRAWN = "open", "adopted", "declined", "withdrawn"


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


_proposals = table_of(MatrixProposalRow).c
_PROPOSAL = select(*(getattr(_proposals, name) for name in Proposal.__slots__))


async def add_proposal(tx: Transaction, **values: Any) -> str:
    id = uuid4().hex
    await tx.execute(insert(MatrixProposalRow).values(id=id, state=OPEN, reason="", **values))
    return id


async def lock_proposal(tx: Transaction, id: str) -> Proposal | None:
    """Held until the transaction ends: of two who decide at once the second sees what the first did."""
    row = (await tx.execute(_PROPOSAL.where(_proposals.id == id).with_for_update())).first()
    return Proposal(*row) if row else None


async def list_open(tx: Transaction, most: int = 50) -> list[Proposal]:
    """The oldest first."""
    query = _PROPOSAL.where(_proposals.state == OPEN).order_by(_proposals.proposed_at, _proposals.id).limit(most)
    return [Proposal(*row) for row in await tx.execute(query)]


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
