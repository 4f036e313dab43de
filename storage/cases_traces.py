"""Where words of a case stand outside its own table, and taking them out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlmodel import col

from storage.digests import OPEN
from storage.tables.digests import DigestLineRow, DigestRow
from storage.transaction import Transaction

SUCCESS, FAILURE = "cases_success", "cases_failure"
"""The sections of the weekly post that tell of cases."""


async def drop_lines(tx: Transaction, case_id: str) -> None:
    """Out of every weekly post that has not gone out, also where an editor wrote the line anew."""
    still_open = select(col(DigestRow.id)).where(col(DigestRow.state).in_(OPEN))
    query = delete(DigestLineRow).where(
        col(DigestLineRow.section).in_((SUCCESS, FAILURE)),
        col(DigestLineRow.ref) == case_id,
        col(DigestLineRow.digest_id).in_(still_open),
    )
    await tx.execute(query)


@dataclass(frozen=True, slots=True)
class Posted:
    """A weekly post that tells of a case, as it stands in its channel."""

    digest_id: str
    channel: str
    card: dict[str, Any]
    outbox_key: str
    line: str


async def find_posted(tx: Transaction, case_id: str) -> list[Posted]:
    """As long as its lines are kept."""
    line = func.coalesce(col(DigestLineRow.reworded), col(DigestLineRow.text))
    columns = (DigestRow.id, DigestRow.channel, DigestRow.card, DigestRow.outbox_key)
    query = (
        select(*map(col, columns), line)
        .join_from(DigestRow, DigestLineRow, col(DigestLineRow.digest_id) == col(DigestRow.id))
        .where(
            col(DigestLineRow.section).in_((SUCCESS, FAILURE)),
            col(DigestLineRow.ref) == case_id,
            col(DigestRow.state) == "sent",
            col(DigestRow.card).is_not(None),
        )
    )
    return [Posted(*row) for row in await tx.execute(query)]


async def replace_posted(tx: Transaction, posted: Posted, case_id: str, card: dict[str, Any]) -> None:
    """The post as it stands now; its line about this case is gone too."""
    await tx.execute(update(DigestRow).where(col(DigestRow.id) == posted.digest_id).values(card=card))
    lines = delete(DigestLineRow).where(
        col(DigestLineRow.digest_id) == posted.digest_id,
        col(DigestLineRow.ref) == case_id,
        col(DigestLineRow.section).in_((SUCCESS, FAILURE)),
    )
    await tx.execute(lines)
