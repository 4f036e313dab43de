"""Named queries of reviews: who owns a row, when it is looked at again, which rows wait for that, and policies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.tables.matrix import MatrixReviewRow, PolicyVersionRow
from storage.transaction import Transaction

LATE = "late"


@dataclass(frozen=True, slots=True)
class Review:
    ref: str
    owner_id: str | None
    due_at: datetime
    because: str | None
    reviewed_at: datetime | None
    reviewed_by: str | None


_reviews = table_of(MatrixReviewRow).c
_REVIEW = select(*(getattr(_reviews, name) for name in Review.__slots__))


async def list_under_review(tx: Transaction) -> frozenset[str]:
    """Rows that wait for somebody to say whether they still hold."""
    return frozenset((await tx.execute(select(_reviews.ref).where(_reviews.because.is_not(None)))).scalars())


async def plan_missing(tx: Transaction, due: Mapping[str, datetime]) -> int:
    """Every row gets its moment; one that has one keeps it. Called under the lock of the matrix."""
    known = set((await tx.execute(select(_reviews.ref))).scalars())
    missing = [{"ref": ref, "due_at": due_at} for ref, due_at in due.items() if ref not in known]
    for start in range(0, len(missing), 500):
        await tx.execute(insert(table_of(MatrixReviewRow)), missing[start : start + 500])
    return len(missing)


async def find_review(tx: Transaction, ref: str) -> Review | None:
    row = (await tx.execute(_REVIEW.where(_reviews.ref == ref))).first()
    return Review(*row) if row else None


async def list_due(tx: Transaction, before: datetime, most: int = 10_000) -> list[Review]:
    """Those that are due by then, or wait for another reason; the longest waiting first."""
    query = _REVIEW.where((_reviews.due_at <= before) | _reviews.because.is_not(None))
    rows = await tx.execute(query.order_by(_reviews.due_at, _reviews.ref).limit(most))
    return [Review(*row) for row in rows]


async def note_late(tx: Transaction, now: datetime) -> int:
    """What nobody looked at in time says so from now on; how many rows."""
    due = (col(MatrixReviewRow.due_at) <= now, col(MatrixReviewRow.because).is_(None))
    query = update(MatrixReviewRow).where(*due)
    return (await tx.execute(query.values(because=LATE))).rowcount


async def note_because(tx: Transaction, refs: Sequence[str], because: str) -> None:
    """These rows wait for this reason from now on."""
    for start in range(0, len(refs), 500):
        query = update(MatrixReviewRow).where(col(MatrixReviewRow.ref).in_(refs[start : start + 500]))
        await tx.execute(query.values(because=because))


async def confirm(tx: Transaction, ref: str, *, due_at: datetime, by: str | None, now: datetime) -> None:
    """It still holds, or was changed just now."""
    values: dict[str, Any] = {"due_at": due_at, "because": None, "reviewed_at": now, "reviewed_by": by}
    if not await add_once(tx, MatrixReviewRow, ref=ref, **values):
        await tx.execute(update(MatrixReviewRow).where(col(MatrixReviewRow.ref) == ref).values(**values))


async def hand_over(tx: Transaction, ref: str, owner_id: str | None) -> None:
    """None: the AI Lab."""
    await tx.execute(update(MatrixReviewRow).where(col(MatrixReviewRow.ref) == ref).values(owner_id=owner_id))


# ---------------------------------------------------------------- policies


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    policy: str
    version: int
    what: str
    by: str | None
    at: datetime


async def add_policy_version(tx: Transaction, policy: str, what: str, *, by: str, now: datetime) -> int:
    """Its number; of two at once the database keeps one."""
    newest = select(func.max(col(PolicyVersionRow.version))).where(col(PolicyVersionRow.policy) == policy)
    version = int((await tx.execute(newest)).scalar() or 1) + 1
    row = {"id": uuid4().hex, "policy": policy, "version": version, "what": what, "by": by, "at": now}
    await tx.execute(insert(PolicyVersionRow).values(**row))
    return version


async def list_policy_versions(tx: Transaction) -> dict[str, PolicyVersion]:
    """The newest of each policy that ever got one."""
    columns = [getattr(table_of(PolicyVersionRow).c, name) for name in PolicyVersion.__slots__]
    rows = await tx.execute(select(*columns).order_by(col(PolicyVersionRow.version)))
    return {row[0]: PolicyVersion(*row) for row in rows}
