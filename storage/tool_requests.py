"""Named queries of tool requests: one open request for each tool, who asked for it, its checklist and decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from storage.database import add_once, table_of
from storage.tables.matrix import ToolRequesterRow, ToolRequestRow
from storage.transaction import Transaction

OPEN, DECIDED = "open", "decided"
REQUESTERS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ToolRequest:
    id: str
    name: str
    what_for: str
    data: str
    link: str
    state: str
    checklist: Mapping[str, Any]
    version: int
    tool: str | None
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None


_requests = table_of(ToolRequestRow).c
_REQUEST = select(*(getattr(_requests, name) for name in ToolRequest.__slots__))


def fold_name(name: str) -> str:
    return " ".join(name.casefold().split())


async def ask_for(
    tx: Transaction, name: str, *, what_for: str, data: str, link: str, person_id: str, now: datetime
) -> tuple[ToolRequest, bool]:
    """The open request for this tool, and whether it is new: who asks for the same joins it."""
    row = {"name": name, "name_folded": fold_name(name), "what_for": what_for, "data": data, "link": link}
    more = {"state": OPEN, "checklist": {}, "version": 1, "requested_at": now}
    found = await _find_open(tx, name)
    new = False
    if found is None:
        new = await add_once(tx, ToolRequestRow, id=uuid4().hex, **row, **more)
        found = await _find_open(tx, name)
        assert found is not None
    if person_id not in await list_requesters(tx, found.id):
        values = {"id": uuid4().hex, "request_id": found.id, "person_id": person_id, "at": now}
        await tx.execute(insert(ToolRequesterRow).values(**values))
    return found, new


async def _find_open(tx: Transaction, name: str) -> ToolRequest | None:
    query = _REQUEST.where(_requests.name_folded == fold_name(name), _requests.state == OPEN)
    row = (await tx.execute(query)).first()
    return ToolRequest(*row) if row else None


async def lock_request(tx: Transaction, id: str) -> ToolRequest | None:
    row = (await tx.execute(_REQUEST.where(_requests.id == id).with_for_update())).first()
    return ToolRequest(*row) if row else None


async def list_open(tx: Transaction, most: int = 25) -> list[ToolRequest]:
    """The oldest first."""
    query = _REQUEST.where(_requests.state == OPEN).order_by(_requests.requested_at, _requests.id).limit(most)
    return [ToolRequest(*row) for row in await tx.execute(query)]


async def list_requesters(tx: Transaction, id: str) -> list[str]:
    """Person ids, each once."""
    query = select(col(ToolRequesterRow.person_id)).where(col(ToolRequesterRow.request_id) == id).distinct()
    return list((await tx.execute(query)).scalars())


async def save_checklist(tx: Transaction, request: ToolRequest, checklist: Mapping[str, Any]) -> bool:
    """False where somebody changed it since it was looked at, or decided."""
    query = _change(request).values(checklist=dict(checklist), version=request.version + 1)
    return bool((await tx.execute(query)).rowcount)


async def decide(tx: Transaction, request: ToolRequest, tool: str, *, by: str, now: datetime) -> bool:
    """Once."""
    values = {"state": DECIDED, "tool": tool, "decided_by": by, "decided_at": now, "version": request.version + 1}
    return bool((await tx.execute(_change(request).values(**values))).rowcount)


def _change(request: ToolRequest) -> Any:
    return update(ToolRequestRow).where(
        col(ToolRequestRow.id) == request.id,
        col(ToolRequestRow.version) == request.version,
        col(ToolRequestRow.state) == OPEN,
    )


async def forget(tx: Transaction, before: datetime) -> int:
    """Who asked for what was decided long ago."""
    old = select(_requests.id).where(_requests.decided_at < before)
    query = delete(ToolRequesterRow).where(col(ToolRequesterRow.request_id).in_(old))
    return (await tx.execute(query)).rowcount


async def forget_person(tx: Transaction, person_id: str) -> None:
    await tx.execute(delete(ToolRequesterRow).where(col(ToolRequesterRow.person_id) == person_id))
