"""Named queries of decisions on the diploma: adopt one once, and find what was adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from storage import audit
from storage.database import add_once, table_of
from storage.tables.decisions import DecisionRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Decision:
    version: int
    fingerprint: str
    content: dict[str, Any]
    adopted_by: str | None
    adopted_at: datetime


_rows = table_of(DecisionRow)
_COLUMNS = [_rows.c[name] for name in Decision.__slots__]


async def find(tx: Transaction, fingerprint: str) -> Decision | None:
    row = (await tx.execute(select(*_COLUMNS).where(_rows.c.fingerprint == fingerprint))).first()
    return None if row is None else Decision(*row)


async def find_last(tx: Transaction) -> Decision | None:
    row = (await tx.execute(select(*_COLUMNS).order_by(_rows.c.version.desc()).limit(1))).first()
    return None if row is None else Decision(*row)


async def adopt(tx: Transaction, fingerprint: str, content: dict[str, Any], by: str, now: datetime) -> bool:
    """As the next version; False where this was adopted before, or something else this very moment."""
    newest = (await tx.execute(select(func.max(_rows.c.version)))).scalar_one_or_none() or 0
    row = {"version": newest + 1, "fingerprint": fingerprint, "content": content}
    if not await add_once(tx, DecisionRow, **row, adopted_by=by, adopted_at=now):
        return False
    about, details = f"decision:{newest + 1}", {"fingerprint": fingerprint}
    await audit.add(tx, actor=by, act="diploma.adopted", about=about, details=details, now=now)
    return True
