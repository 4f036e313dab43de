"""Named queries of the outbox: add, claim in order per place, settle."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, bindparam, func, insert, select, text, update
from sqlmodel import col

from storage.claiming import CLAIM, CLAIM_HEADS, CLAIM_IN_WINDOW, TAKE, WINDOW_END, waiting_query
from storage.database import table_of
from storage.prepared import Prepared
from storage.tables.columns import Written
from storage.tables.outbox import OutboxRow
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message this worker alone may send now."""

    id: int
    key: str
    kind: str
    platform: str
    place: dict[str, Any]
    place_key: str
    card: dict[str, Any]
    replaces: str | None
    attempts: int
    claimed_at: datetime
    reason: str
    """Why an earlier try did not end it; "" at the first."""
    good_until: datetime | None = None

    @property
    def unclear(self) -> bool:
        """An earlier try ended without telling whether it arrived."""
        return self.reason.startswith(UNCLEAR)


_ADD = Prepared(insert(table_of(OutboxRow)))
_ARRIVED = Prepared(update(table_of(OutboxRow)).where(table_of(OutboxRow).c.id == bindparam("row_id")))
_SETTLE = Prepared(
    update(table_of(OutboxRow)).where(
        table_of(OutboxRow).c.id == bindparam("row_id"),
        table_of(OutboxRow).c.state == "sending",
        table_of(OutboxRow).c.attempts == bindparam("try_number"),
    )
)
"""Only by who has it in hand: what another took over, since we were silent, is theirs to settle."""


_OPEN = text("state IN ('waiting', 'sending')")
"""Word for word the condition of the partial indexes: SQLite uses them for nothing else, not for bound values."""


def new_key() -> str:
    return uuid4().hex


async def add(
    tx: Transaction,
    *,
    key: str,
    kind: str,
    place: dict[str, Any],
    place_key: str,
    card: dict[str, Any] | Written,
    due_at: datetime,
    replaces: str | None = None,
    person_id: str | None = None,
    good_until: datetime | None = None,
    failed: str | None = None,
) -> None:
    """`failed`: why it can go nowhere; it is never sent, and stands in the delivery report."""
    row = {
        "key": key,
        "kind": kind,
        "platform": place["platform"],
        "place": place,
        "place_key": place_key,
        "person_id": person_id,
        "card": card,
        "replaces": replaces,
        "state": "waiting" if failed is None else "failed",
        "reason": failed,
        "attempts": 0,
        "due_at": due_at,
        "wanted_at": due_at,
        "good_until": good_until,
    }
    await _ADD.run(tx, **row)


async def claim(tx: Transaction, limits: Mapping[str, int], now: datetime) -> list[Claimed]:
    """Of each of these platforms the oldest waiting message of each place that has none under way, at most as many
    as its limit says, now ours."""
    names = tuple(name for name, most in limits.items() if most > 0)
    if not names:
        return []
    waiting = (await tx.execute(waiting_query(names), {"now": now})).one()
    ids = []
    for name, waits in zip(names, waiting, strict=True):
        if waits:
            ids += await _find_claimable(tx, name, now, limits[name])
    if not ids:
        return []
    rows: Sequence[Row[Any]] = (await tx.execute(TAKE, {"ids": ids, "now": now})).all()
    return sorted((_claimed(row) for row in rows), key=lambda claimed: claimed.id)


async def _find_claimable(tx: Transaction, platform: str, now: datetime, most: int) -> list[int]:
    values = {"platform": platform, "now": now, "most": most}
    last = (await tx.execute(WINDOW_END, {"platform": platform, "now": now})).one_or_none()
    if last is None:
        return list((await tx.execute(CLAIM, values)).scalars())
    bounds = {"last_due": last.due_at, "last_id": last.id}
    ids = list((await tx.execute(CLAIM_IN_WINDOW, {**values, **bounds})).scalars())
    return ids if len(ids) == most else list((await tx.execute(CLAIM_HEADS, values)).scalars())


def _claimed(row: Row[Any]) -> Claimed:
    return Claimed(
        id=row.id,
        key=row.key,
        kind=row.kind,
        platform=row.platform,
        place=row.place,
        place_key=row.place_key,
        card=row.card,
        replaces=row.replaces,
        attempts=row.attempts,
        claimed_at=row.claimed_at,
        reason=row.reason or "",
        good_until=row.good_until,
    )


UNCLEAR = "unclear"
"""How the reason begins on a waiting row one of whose tries ended without an answer: look before sending again."""


def mark_unclear(reason: str) -> str:
    return reason if reason.startswith(UNCLEAR) else f"{UNCLEAR}: {reason}"


async def settle_sent(tx: Transaction, id: int, platform_id: str | None, now: datetime) -> None:
    """It arrived, and that stays true whoever has it in hand meanwhile."""
    values = {"state": "sent", "platform_id": platform_id, "sent_at": now, "reason": None}
    await _ARRIVED.run(tx, row_id=id, **values)


async def settle_later(tx: Transaction, claimed: Claimed, due_at: datetime, reason: str) -> None:
    """It waits until `due_at`, and with it all that stands behind it in the same place: nothing overtakes it."""
    if not await _settle(tx, claimed, state="waiting", due_at=due_at, reason=reason[:500]):
        return
    behind = (
        update(OutboxRow)
        .where(
            _OPEN,
            col(OutboxRow.place_key) == claimed.place_key,
            col(OutboxRow.state) == "waiting",
            col(OutboxRow.due_at) < due_at,
        )
        .values(due_at=due_at)
    )
    await tx.execute(behind)


async def settle_ended(tx: Transaction, claimed: Claimed, state: str, reason: str) -> None:
    """failed, unclear or cancelled, with a reason a person can read."""
    await _settle(tx, claimed, state=state, reason=reason[:500])


async def _settle(tx: Transaction, claimed: Claimed, **values: Any) -> bool:
    return bool(await _SETTLE.run(tx, row_id=claimed.id, try_number=claimed.attempts, **values))


async def recover_left_behind(
    tx: Transaction, claimed_before: datetime, now: datetime, *, but_not: Collection[int] = ()
) -> int:
    """Messages whose sender died in mid-send wait again, marked unclear; how many. `but_not`: ids still in hand."""
    query = (
        update(OutboxRow)
        .where(
            _OPEN,
            col(OutboxRow.state) == "sending",
            col(OutboxRow.claimed_at) <= claimed_before,
            col(OutboxRow.id).not_in(list(but_not)),
        )
        .values(state="waiting", due_at=now, reason=UNCLEAR)
    )
    return (await tx.execute(query)).rowcount


async def find_platform_id(tx: Transaction, key: str) -> str | None:
    query = select(col(OutboxRow.platform_id)).where(col(OutboxRow.key) == key)
    found: str | None = (await tx.execute(query)).scalar_one_or_none()
    return found


async def count_by_state(tx: Transaction) -> dict[str, int]:
    query = select(col(OutboxRow.state), func.count()).group_by(col(OutboxRow.state))
    return {state: int(number) for state, number in (await tx.execute(query)).all()}


async def cancel(tx: Transaction, key: str, reason: str) -> bool:
    """False where it is on its way, or was settled already."""
    query = (
        update(OutboxRow)
        .where(
            col(OutboxRow.key) == key,
            col(OutboxRow.state) == "waiting",
            func.coalesce(col(OutboxRow.reason), "").not_like(f"{UNCLEAR}%"),
        )
        .values(state="cancelled", reason=reason[:500])
    )
    return bool((await tx.execute(query)).rowcount)


async def was_told(tx: Transaction, person_id: str, kind: str, since: datetime) -> bool:
    """Whether a message of this kind went to this person, or is on its way."""
    query = select(func.count()).where(
        col(OutboxRow.person_id) == person_id,
        col(OutboxRow.kind) == kind,
        col(OutboxRow.wanted_at) >= since,
        col(OutboxRow.state).in_(("waiting", "sending", "sent", "unclear")),
    )
    return bool((await tx.execute(query)).scalar_one())
